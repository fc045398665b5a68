// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-store"

#include "config.h"

#include "yeji-store-declared.h"

#include <glib/gstdio.h>

#include "yeji-json.h"
#include "yeji-platform.h"
#include "yeji-store-private.h"

/* What the province said of single numbers, and under which filter. */
#define SETTING_ANSWERS "declared.answers"
#define MAX_ANSWERS 1000

#define DATA_KEY "yeji-declared"

/* Of one store. */
typedef struct
{
  YejiDeclared *declared;
  GMutex lock;                 /* the three below */
  gboolean loaded;
  char *tag;                   /* (nullable): the sum of the filter's bytes, with its quotes */
  JsonObject *answers;         /* key -> what the province said */
} Known;

static void
free_known (gpointer data)
{
  Known *known = data;

  g_object_unref (known->declared);
  g_mutex_clear (&known->lock);
  g_free (known->tag);
  json_object_unref (known->answers);
  g_free (known);
}

static Known *
get_known (YejiStore *self)
{
  static GMutex lock;
  Known *known;

  g_mutex_lock (&lock);
  known = g_object_get_data (G_OBJECT (self), DATA_KEY);
  if (known == NULL)
    {
      known = g_new0 (Known, 1);
      known->declared = yeji_declared_new ();
      known->answers = json_object_new ();
      g_mutex_init (&known->lock);
      g_object_set_data_full (G_OBJECT (self), DATA_KEY, known, free_known);
    }
  g_mutex_unlock (&lock);
  return known;
}

static char *
make_tag (GBytes *bytes)
{
  g_autofree char *sum = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);

  return g_strdup_printf ("\"%s\"", sum);
}

/* What is damaged is as good as none: it is fetched again, and says nothing until then. */
static YejiNumberFilter *
read_filter (const char  *directory,
             char       **tag)
{
  g_autofree char *path = g_build_filename (directory, YEJI_STORE_DECLARED_FILE, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  YejiNumberFilter *filter;
  char *content = NULL;
  gsize size = 0;

  *tag = NULL;
  if (!g_file_get_contents (path, &content, &size, &error))
    {
      if (!g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
        g_message ("%s", error->message);
      return NULL;
    }
  bytes = g_bytes_new_take (content, size);
  filter = yeji_number_filter_new (bytes, &error);
  if (filter == NULL)
    g_message ("%s: %s", path, error->message);
  else
    *tag = make_tag (bytes);
  return filter;
}

static void
read_answers (Known      *known,
              const char *text)
{
  g_autoptr (JsonNode) node = text != NULL ? yeji_json_parse (text, -1, NULL) : NULL;
  JsonObject *all = yeji_json_node_object (node);
  JsonObject *answers = all != NULL ? yeji_json_get_object (all, "answers") : NULL;
  const char *tag = all != NULL ? yeji_json_get_string (all, "tag") : NULL;
  g_autoptr (GList) keys = answers != NULL ? json_object_get_members (answers) : NULL;

  if (answers == NULL || known->tag == NULL || g_strcmp0 (tag, known->tag) != 0)
    return;
  json_object_unref (known->answers);
  known->answers = json_object_ref (answers);
  for (GList *key = keys; key != NULL; key = key->next)
    yeji_declared_learn_json (known->declared, key->data,
                              json_object_get_member (answers, key->data));
}

static gboolean
write_answers (YejiStore  *self,
               Known      *known,
               GError    **error)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *text = NULL;

  if (json_object_get_size (known->answers) == 0)
    return yeji_store_set_setting (self, SETTING_ANSWERS, NULL, error);
  json_node_take_object (node, json_object_new ());
  json_object_set_string_member (json_node_get_object (node), "tag",
                                 known->tag != NULL ? known->tag : "");
  json_object_set_object_member (json_node_get_object (node), "answers",
                                 json_object_ref (known->answers));
  text = yeji_json_print (node, FALSE);
  return yeji_store_set_setting (self, SETTING_ANSWERS, text, error);
}

/**
 * yeji_store_get_declared:
 *
 * Gives what is known of the projects that other systems have, to be handed to the rules. It knows
 * of nothing before yeji_store_load_declared().
 *
 * Returns: (transfer none): the same object for as long as the store is open
 */
YejiDeclared *
yeji_store_get_declared (YejiStore *self)
{
  g_return_val_if_fail (YEJI_IS_STORE (self), NULL);

  return get_known (self)->declared;
}

static gboolean
read_exempt (YejiSql   *sql,
             gpointer   data,
             GError   **error)
{
  GHashTable *uuids = data;
  GError *local_error = NULL;
  g_autoptr (YejiRows) rows = yeji_sql_query (sql, error,
                                              "SELECT uuid FROM record WHERE grade IS NOT NULL"
                                              " OR server_state IN ('approved', 'incomplete')", "");

  if (rows == NULL)
    return FALSE;
  while (yeji_rows_next (rows, &local_error))
    g_hash_table_add (uuids, yeji_rows_dup_text (rows, 0));
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, local_error);
  return FALSE;
}

/**
 * yeji_store_refresh_declared:
 *
 * Notes which records the province has confirmed, and are not held against themselves.
 */
gboolean
yeji_store_refresh_declared (YejiStore  *self,
                             GError    **error)
{
  g_autoptr (GHashTable) uuids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  g_return_val_if_fail (YEJI_IS_STORE (self), FALSE);

  if (!yeji_db_run (yeji_store_get_db (self), read_exempt, uuids, error))
    return FALSE;
  yeji_declared_exempt (get_known (self)->declared, g_steal_pointer (&uuids));
  return TRUE;
}

/**
 * yeji_store_load_declared:
 *
 * Reads what the profile knows, at the first call; a filter of a million numbers takes some ten
 * milliseconds. What is damaged or missing is no error.
 */
gboolean
yeji_store_load_declared (YejiStore  *self,
                          GError    **error)
{
  Known *known;
  g_autoptr (YejiNumberFilter) filter = NULL;
  g_autofree char *answers = NULL;
  GError *failure = NULL;
  gboolean first;

  g_return_val_if_fail (YEJI_IS_STORE (self), FALSE);

  known = get_known (self);
  g_mutex_lock (&known->lock);
  first = !known->loaded;
  if (first)
    {
      answers = yeji_store_get_setting (self, SETTING_ANSWERS, &failure);
      if (failure == NULL)
        {
          filter = read_filter (yeji_store_get_directory (self), &known->tag);
          yeji_declared_set_filter (known->declared, filter);
          read_answers (known, answers);
          known->loaded = TRUE;
        }
    }
  g_mutex_unlock (&known->lock);
  if (failure != NULL)
    {
      g_propagate_error (error, failure);
      return FALSE;
    }
  return !first || yeji_store_refresh_declared (self, error);
}

/**
 * yeji_store_dup_declared_tag:
 *
 * Returns: (transfer full) (nullable): the entity tag of the filter that is here, %NULL: there is
 *   none that can be read
 */
char *
yeji_store_dup_declared_tag (YejiStore *self)
{
  Known *known;
  char *tag;

  g_return_val_if_fail (YEJI_IS_STORE (self), NULL);

  known = get_known (self);
  g_mutex_lock (&known->lock);
  tag = g_strdup (known->tag);
  g_mutex_unlock (&known->lock);
  return tag;
}

static gboolean
write_filter (const char  *path,
              GBytes      *bytes,
              GError     **error)
{
  if (bytes != NULL)
    return g_file_set_contents_full (path, g_bytes_get_data (bytes, NULL),
                                     (gssize) g_bytes_get_size (bytes),
                                     G_FILE_SET_CONTENTS_CONSISTENT
                                     | G_FILE_SET_CONTENTS_DURABLE, 0600, error);
  yeji_platform_remove (path);
  return TRUE;
}

/**
 * yeji_store_take_declared:
 * @bytes: (nullable): the filter as the province sent it; %NULL: there is none any more
 *
 * Replaces the filter, wholly or not at all, and tells by "changed". What was answered under the one
 * before is forgotten. Fails with an error of #YejiNumberFilterError when @bytes are none; the one
 * before stays.
 */
gboolean
yeji_store_take_declared (YejiStore  *self,
                          GBytes     *bytes,
                          GError    **error)
{
  Known *known;
  g_autoptr (YejiNumberFilter) filter = NULL;
  g_autofree char *path = NULL;
  gboolean done, news;

  g_return_val_if_fail (YEJI_IS_STORE (self), FALSE);

  known = get_known (self);
  path = g_build_filename (yeji_store_get_directory (self), YEJI_STORE_DECLARED_FILE, NULL);
  if (bytes != NULL)
    {
      filter = yeji_number_filter_new (bytes, error);
      if (filter == NULL)
        return FALSE;
    }
  g_mutex_lock (&known->lock);
  news = known->tag != NULL || (filter != NULL && yeji_number_filter_get_count (filter) > 0);
  done = write_filter (path, bytes, error);
  if (done)
    {
      g_free (known->tag);
      known->tag = bytes != NULL ? make_tag (bytes) : NULL;
      known->loaded = TRUE;
      json_object_unref (known->answers);
      known->answers = json_object_new ();
      yeji_declared_set_filter (known->declared, filter);
      done = write_answers (self, known, error);
    }
  g_mutex_unlock (&known->lock);
  if (done && news)
    yeji_store_announce (self, NULL);
  return done;
}

/**
 * yeji_store_note_declared:
 * @answer: what the province says of @number
 *
 * Keeps an answer of the province until another filter comes.
 *
 * Returns: %FALSE with an error when it cannot be kept; it counts all the same until the store is
 *   closed
 */
gboolean
yeji_store_note_declared (YejiStore   *self,
                          const char  *number,
                          JsonNode    *answer,
                          GError     **error)
{
  g_autofree char *key = yeji_number_fold (number);
  gboolean done = TRUE;
  Known *known;

  g_return_val_if_fail (YEJI_IS_STORE (self), FALSE);

  known = get_known (self);
  if (key == NULL)
    return TRUE;
  if (!yeji_declared_learn_json (known->declared, key, answer))
    {
      g_set_error (error, YEJI_JSON_ERROR, YEJI_JSON_ERROR_MEMBER, "no answer about %s", key);
      return FALSE;
    }
  g_mutex_lock (&known->lock);
  if (json_object_get_size (known->answers) < MAX_ANSWERS)
    {
      json_object_set_member (known->answers, key, json_node_copy (answer));
      done = write_answers (self, known, error);
    }
  g_mutex_unlock (&known->lock);
  return done;
}

/**
 * yeji_declared_new_for_directory:
 * @directory: of a profile that need not be open
 *
 * Returns: (transfer full) (nullable): what its filter says; %NULL where there is none
 */
YejiDeclared *
yeji_declared_new_for_directory (const char *directory)
{
  g_autofree char *tag = NULL;
  g_autoptr (YejiNumberFilter) filter = read_filter (directory, &tag);
  YejiDeclared *declared;

  if (filter == NULL)
    return NULL;
  declared = yeji_declared_new ();
  yeji_declared_set_filter (declared, filter);
  return declared;
}
