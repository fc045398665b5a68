// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-sync"

#include "config.h"

#include "yeji-colleague.h"

#include <glib/gi18n-lib.h>

#include "yeji-json.h"
#include "yeji-sync-words.h"
#include "yeji-wire.h"

/* The name that this profile gave itself, which says nothing of the computer. */
#define COMPUTER_SETTING "presence-computer"
/* What was heard last, for who has no connection that waits for news: the list and when that was. */
#define HEARD_SETTING "presence-heard"
#define HEARD_MEMBER "heard"

#define MAX_COLLEAGUES 200
#define MAX_WHO 100

static const struct
{
  const char *member;
  gsize offset;
} texts[] = {
  { "uuid", G_STRUCT_OFFSET (YejiColleague, uuid) },
  { "computer", G_STRUCT_OFFSET (YejiColleague, computer) },
  { "who", G_STRUCT_OFFSET (YejiColleague, who) },
  { "at", G_STRUCT_OFFSET (YejiColleague, at) },
};

static YejiColleague *
read_colleague (JsonObject *object)
{
  g_autoptr (YejiColleague) self = g_new0 (YejiColleague, 1);

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      const char *text = object != NULL ? yeji_json_get_string (object, texts[i].member) : NULL;

      if (text == NULL)
        return NULL;
      G_STRUCT_MEMBER (char *, self, texts[i].offset) = g_strdup (text);
    }
  return g_utf8_strlen (self->who, -1) <= MAX_WHO ? g_steal_pointer (&self) : NULL;
}

static JsonArray *
print_list (GPtrArray *colleagues)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < colleagues->len; i++)
    {
      YejiColleague *colleague = g_ptr_array_index (colleagues, i);
      JsonObject *object = json_object_new ();

      for (guint j = 0; j < G_N_ELEMENTS (texts); j++)
        json_object_set_string_member (object, texts[j].member,
                                       G_STRUCT_MEMBER (char *, colleague, texts[j].offset));
      json_array_add_object_element (array, object);
    }
  return array;
}

static gint64
get_now (void)
{
  return g_get_real_time () / G_USEC_PER_SEC;
}

/**
 * yeji_colleague_dup_computer:
 *
 * Gives this computer the name by which the others know it, the first time. Blocks.
 *
 * Returns: (transfer full) (nullable): the name
 */
char *
yeji_colleague_dup_computer (YejiStore  *store,
                             GError    **error)
{
  g_autoptr (GError) failure = NULL;
  g_autofree char *name = yeji_store_get_setting (store, COMPUTER_SETTING, &failure);

  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return NULL;
    }
  if (name != NULL)
    return g_steal_pointer (&name);
  name = g_uuid_string_random ();
  return yeji_store_set_setting (store, COMPUTER_SETTING, name, error) ? g_steal_pointer (&name)
                                                                       : NULL;
}

/**
 * yeji_colleague_read_list:
 * @page: an answer of `GET /v1/changes`
 *
 * Returns: (transfer full) (nullable) (element-type YejiColleague): who edits what on other
 *   computers; %NULL: the province does not tell
 */
GPtrArray *
yeji_colleague_read_list (JsonObject *page)
{
  JsonArray *array = yeji_json_get_array (page, YEJI_WIRE_MEMBER_EDITING);
  GPtrArray *colleagues;

  if (array == NULL)
    return NULL;
  colleagues = g_ptr_array_new_with_free_func ((GDestroyNotify) yeji_colleague_free);
  for (guint i = 0; i < MIN (json_array_get_length (array), MAX_COLLEAGUES); i++)
    {
      YejiColleague *colleague
        = read_colleague (yeji_json_node_object (json_array_get_element (array, i)));

      if (colleague != NULL)
        g_ptr_array_add (colleagues, colleague);
    }
  return colleagues;
}

static char *
print_heard (GPtrArray *colleagues)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();

  json_node_take_object (node, object);
  json_object_set_int_member (object, HEARD_MEMBER, get_now ());
  json_object_set_array_member (object, YEJI_WIRE_MEMBER_EDITING, print_list (colleagues));
  return yeji_json_print (node, FALSE);
}

/**
 * yeji_colleague_keep_list:
 * @page: an answer of `GET /v1/changes`
 *
 * Keeps what yeji_colleague_load_list() tells. While nobody edits anything nothing is written.
 * Blocks.
 */
gboolean
yeji_colleague_keep_list (YejiStore   *store,
                          JsonObject  *page,
                          GError     **error)
{
  g_autoptr (GPtrArray) colleagues = yeji_colleague_read_list (page);
  g_autoptr (GError) failure = NULL;
  g_autofree char *known = NULL;
  g_autofree char *heard = NULL;

  if (colleagues == NULL)
    return TRUE;
  if (colleagues->len > 0)
    heard = print_heard (colleagues);
  else
    {
      known = yeji_store_get_setting (store, HEARD_SETTING, &failure);
      if (failure == NULL && known == NULL)
        return TRUE;
    }
  return yeji_store_set_setting (store, HEARD_SETTING, heard, error);
}

/* A clock that was set back makes nothing fresh. */
static gboolean
is_fresh (JsonObject *object)
{
  gint64 age = get_now () - yeji_json_get_int (object, HEARD_MEMBER, 0);

  return age >= -YEJI_COLLEAGUE_STALE && age < YEJI_COLLEAGUE_STALE;
}

/**
 * yeji_colleague_load_list:
 *
 * Tells what was heard when the province was asked last, until that may be over. Blocks.
 *
 * Returns: (transfer full) (nullable) (element-type YejiColleague): who edits what on other
 *   computers, as far as is known
 */
GPtrArray *
yeji_colleague_load_list (YejiStore  *store,
                          GError    **error)
{
  g_autoptr (GError) failure = NULL;
  g_autofree char *text = yeji_store_get_setting (store, HEARD_SETTING, &failure);
  g_autoptr (JsonNode) node = text != NULL ? yeji_json_parse (text, -1, NULL) : NULL;
  JsonObject *object = yeji_json_node_object (node);
  GPtrArray *colleagues = NULL;

  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return NULL;
    }
  if (object != NULL && is_fresh (object))
    colleagues = yeji_colleague_read_list (object);
  return colleagues != NULL
           ? colleagues
           : g_ptr_array_new_with_free_func ((GDestroyNotify) yeji_colleague_free);
}

/**
 * yeji_colleague_forget_list:
 *
 * Forgets what was heard, as who signs out does. Blocks.
 */
gboolean
yeji_colleague_forget_list (YejiStore  *store,
                            GError    **error)
{
  return yeji_store_set_setting (store, HEARD_SETTING, NULL, error);
}

/**
 * yeji_colleague_find:
 * @colleagues: (element-type YejiColleague)
 *
 * Returns: (nullable) (transfer none): who edits a record on another computer
 */
const YejiColleague *
yeji_colleague_find (GPtrArray  *colleagues,
                     const char *uuid)
{
  for (guint i = 0; i < colleagues->len; i++)
    {
      const YejiColleague *colleague = g_ptr_array_index (colleagues, i);

      if (g_str_equal (colleague->uuid, uuid))
        return colleague;
    }
  return NULL;
}

/**
 * yeji_colleague_to_text:
 *
 * Returns: (transfer full): who edits a record on another computer, in words
 */
char *
yeji_colleague_to_text (const YejiColleague *self)
{
  g_autofree char *moment = yeji_sync_words_moment (self->at);

  /* Translators: a person's name and a time of day */
  return g_strdup_printf (_("%s has been editing this record on another computer since %s"),
                          self->who, moment);
}

/**
 * yeji_colleague_free:
 * @self: (transfer full) (nullable)
 *
 * Frees a colleague.
 */
void
yeji_colleague_free (YejiColleague *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (G_STRUCT_MEMBER (char *, self, texts[i].offset));
  g_free (self);
}
