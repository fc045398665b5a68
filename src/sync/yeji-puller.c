// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-sync"

#include "config.h"

#include "yeji-puller.h"

/* What the protocol allows at most. */
#define WAIT "25"

/* One page of the province's changes. */
typedef struct
{
  GPtrArray *answers;          /* (element-type YejiAnswer) */
  char *next;
  gboolean more;
} Page;

static void
page_clear (Page *self)
{
  g_clear_pointer (&self->answers, g_ptr_array_unref);
  g_clear_pointer (&self->next, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Page, page_clear)

static const struct
{
  const char *member;
  gboolean required;
  gsize offset;
} texts[] = {
  { "uuid", TRUE, G_STRUCT_OFFSET (YejiAnswer, uuid) },
  { "revision", TRUE, G_STRUCT_OFFSET (YejiAnswer, revision) },
  { "state", TRUE, G_STRUCT_OFFSET (YejiAnswer, state) },
  { "at", TRUE, G_STRUCT_OFFSET (YejiAnswer, at) },
  { "grade", FALSE, G_STRUCT_OFFSET (YejiAnswer, grade) },
  { "office", FALSE, G_STRUCT_OFFSET (YejiAnswer, office) },
  { "reviewer", FALSE, G_STRUCT_OFFSET (YejiAnswer, reviewer) },
  { "message", FALSE, G_STRUCT_OFFSET (YejiAnswer, message) },
  { YEJI_WIRE_MEMBER_FILES_COMPLETE_AT, FALSE, G_STRUCT_OFFSET (YejiAnswer, files_at) },
};

static void
set_unreadable (const char  *what,
                GError     **error)
{
  g_set_error (error, YEJI_SYNC_ERROR, YEJI_SYNC_ERROR_UNREACHABLE, "the changes have %s", what);
}

static void
read_points (JsonArray *array,
             GPtrArray *points)
{
  guint length = array != NULL ? json_array_get_length (array) : 0;

  for (guint i = 0; i < length; i++)
    {
      JsonObject *object = yeji_json_node_object (json_array_get_element (array, i));
      const char *pointer = object != NULL ? yeji_json_get_string (object, "pointer") : NULL;
      const char *comment = object != NULL ? yeji_json_get_string (object, "comment") : NULL;

      if (comment != NULL)
        g_ptr_array_add (points, yeji_point_new (pointer != NULL ? pointer : "", comment));
    }
}

static char *
read_record (JsonObject *object)
{
  JsonNode *node = json_object_get_member (object, "record");

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? yeji_json_print (node, FALSE) : NULL;
}

static YejiAnswer *
read_change (JsonObject  *object,
             GError     **error)
{
  g_autoptr (YejiAnswer) answer = yeji_answer_new ();

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      const char *text = yeji_json_get_string (object, texts[i].member);

      if (text == NULL && texts[i].required)
        {
          set_unreadable ("a change that lacks a part", error);
          return NULL;
        }
      G_STRUCT_MEMBER (char *, answer, texts[i].offset) = g_strdup (text);
    }
  if (!g_uuid_string_is_valid (answer->uuid))
    {
      set_unreadable ("a change of no record", error);
      return NULL;
    }
  for (char *c = answer->uuid; *c != '\0'; c++)   /* as a record that is read is known */
    *c = g_ascii_tolower (*c);
  read_points (yeji_json_get_array (object, "points"), answer->points);
  answer->record = read_record (object);
  return g_steal_pointer (&answer);
}

static gboolean
read_changes (JsonArray  *changes,
              GPtrArray  *answers,
              GError    **error)
{
  for (guint i = 0; i < json_array_get_length (changes); i++)
    {
      JsonObject *object = yeji_json_node_object (json_array_get_element (changes, i));
      YejiAnswer *answer = object != NULL ? read_change (object, error) : NULL;

      if (object == NULL)
        set_unreadable ("a change that is no object", error);
      if (answer == NULL)
        return FALSE;
      g_ptr_array_add (answers, answer);
    }
  return TRUE;
}

static gboolean
read_page (YejiReply   *reply,
           const char  *cursor,
           Page        *page,
           GError     **error)
{
  JsonObject *object = yeji_json_node_object (reply->body);
  JsonArray *changes = object != NULL ? yeji_json_get_array (object, "changes") : NULL;
  const char *next = object != NULL ? yeji_json_get_string (object, "next") : NULL;
  JsonNode *more = object != NULL ? json_object_get_member (object, "more") : NULL;

  if (reply->status != SOUP_STATUS_OK || changes == NULL || next == NULL)
    {
      set_unreadable ("no list or no cursor", error);
      return FALSE;
    }
  page->answers = g_ptr_array_new_with_free_func ((GDestroyNotify) yeji_answer_free);
  page->next = g_strdup (next);
  page->more = more != NULL && JSON_NODE_HOLDS_VALUE (more) && json_node_get_boolean (more);
  if (!read_changes (changes, page->answers, error))
    return FALSE;
  /* or it would go on for ever */
  if (g_strcmp0 (cursor, next) == 0 && (page->answers->len > 0 || page->more))
    {
      set_unreadable ("a cursor that stands still", error);
      return FALSE;
    }
  return TRUE;
}

static gboolean
get_cursor (YejiStore  *store,
            char      **cursor,
            GError    **error)
{
  g_autoptr (GError) failure = NULL;

  *cursor = yeji_store_get_setting (store, YEJI_PULLER_CURSOR, &failure);
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

static YejiReply *
get_changes (YejiProvince  *province,
             const char    *cursor,
             const char    *wait,
             GCancellable  *cancellable,
             GError       **error)
{
  g_autoptr (GString) path = g_string_new ("/v1/changes?wait=");

  g_string_append (path, wait);
  if (cursor != NULL)
    {
      g_string_append (path, "&since=");
      g_string_append_uri_escaped (path, cursor, NULL, FALSE);
    }
  return yeji_province_call (province, "GET", path->str, NULL, cancellable, error, NULL);
}

static gboolean
fetch_page (YejiProvince  *province,
            const char    *cursor,
            Page          *page,
            GCancellable  *cancellable,
            GError       **error)
{
  g_autoptr (YejiReply) reply = get_changes (province, cursor, "0", cancellable, error);
  gboolean forgotten = reply != NULL && reply->status == SOUP_STATUS_GONE && cursor != NULL;

  if (reply == NULL)
    return FALSE;
  if (forgotten)
    {
      g_info ("the province forgot the cursor; all changes come anew");
      return fetch_page (province, NULL, page, cancellable, error);
    }
  return yeji_reply_check (reply, error) && read_page (reply, cursor, page, error);
}

/**
 * yeji_puller_pull:
 * @n_changes: (inout): increased by what came
 *
 * Fetches what the province decided, page by page; each page and the cursor behind it get into the
 * store together. Fails as yeji_province_send() and yeji_reply_check() do, and as the store does.
 *
 * Returns: whether everything there is has come
 */
gboolean
yeji_puller_pull (YejiStore     *store,
                  YejiProvince  *province,
                  guint         *n_changes,
                  GCancellable  *cancellable,
                  GError       **error)
{
  g_autofree char *cursor = NULL;
  gboolean more = TRUE;

  if (!get_cursor (store, &cursor, error))
    return FALSE;
  while (more)
    {
      g_auto (Page) page = { NULL };

      if (!fetch_page (province, cursor, &page, cancellable, error)
          || !yeji_store_apply_answers (store, page.answers, page.next, error))
        return FALSE;
      *n_changes += page.answers->len;
      more = page.more;
      g_free (cursor);
      cursor = g_steal_pointer (&page.next);
    }
  return TRUE;
}

/**
 * yeji_puller_wait:
 * @news: (out): whether there is something to pull
 *
 * Waits until the province has news, 25 seconds at most. Nothing is stored. Fails as
 * yeji_puller_pull() does.
 *
 * Returns: whether the province answered
 */
gboolean
yeji_puller_wait (YejiStore     *store,
                  YejiProvince  *province,
                  gboolean      *news,
                  GCancellable  *cancellable,
                  GError       **error)
{
  g_auto (Page) page = { NULL };
  g_autofree char *cursor = NULL;
  g_autoptr (YejiReply) reply = NULL;

  if (!get_cursor (store, &cursor, error))
    return FALSE;
  reply = get_changes (province, cursor, WAIT, cancellable, error);
  if (reply == NULL)
    return FALSE;
  if (reply->status == SOUP_STATUS_GONE)
    {
      *news = TRUE;
      return TRUE;
    }
  if (!yeji_reply_check (reply, error) || !read_page (reply, cursor, &page, error))
    return FALSE;
  *news = page.answers->len > 0;
  return TRUE;
}
