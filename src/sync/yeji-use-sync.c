// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-sync"

#include "config.h"

#include "yeji-use-sync.h"

#include "yeji-json.h"
#include "yeji-use-list.h"

#define PATH "/v1/qualification-applications"
/* Pages of lists that are asked for in one cycle, so that it ends. */
#define MAX_PAGES 50

/**
 * yeji_use_sync_is_due:
 *
 * Returns: whether a list waits to be sent or taken back
 */
gboolean
yeji_use_sync_is_due (YejiStore *store)
{
  g_autoptr (GPtrArray) lists = yeji_store_get_use_lists (store, NULL);

  for (guint i = 0; lists != NULL && i < lists->len; i++)
    {
      const YejiUseList *list = g_ptr_array_index (lists, i);

      if (list->state == YEJI_USE_QUEUED || list->state == YEJI_USE_WITHDRAWING)
        return TRUE;
    }
  return FALSE;
}

static JsonNode *
make_body (const YejiUseList *list)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();
  JsonArray *records = json_array_new ();

  for (guint i = 0; list->records[i] != NULL; i++)
    json_array_add_string_element (records, list->records[i]);
  json_object_set_string_member (object, "kind", list->kind);
  json_object_set_string_member (object, "name", list->name);
  json_object_set_array_member (object, "records", records);
  json_object_set_boolean_member (object, "again", list->again);
  json_node_take_object (node, object);
  return node;
}

static char *
describe (const YejiRefusal *refusal)
{
  GString *text = g_string_new (refusal->detail != NULL ? refusal->detail : refusal->title);

  for (guint i = 0; refusal->errors != NULL && i < refusal->errors->len; i++)
    g_string_append_printf (text, "\n%s",
                            yeji_problem_get_message (g_ptr_array_index (refusal->errors, i)));
  return g_string_free (text, FALSE);
}

/* A refusal that the same request would meet again is an answer, and no error of the cycle. */
static gboolean
note_refusal (YejiStore          *store,
              const YejiUseList  *list,
              YejiReply          *reply,
              GError            **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autofree char *message = NULL;

  yeji_reply_check (reply, &local_error);
  if (!g_error_matches (local_error, YEJI_SYNC_ERROR, YEJI_SYNC_ERROR_REFUSED)
      || reply->status == SOUP_STATUS_UNAUTHORIZED)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  message = describe (reply->refusal);
  return yeji_store_note_use_refused (store, list->id,
                                      g_str_equal (reply->refusal->kind, YEJI_WIRE_USED), message,
                                      error);
}

/* What this program cannot read, of a newer province perhaps, is left as it is: not @known. */
static gboolean
note_answer (YejiStore   *store,
             const char  *id,
             JsonNode    *answer,
             gboolean    *known,
             GError     **error)
{
  g_autoptr (GError) local_error = NULL;

  *known = yeji_store_note_use_answer (store, id, answer, &local_error);
  if (local_error == NULL
      || g_error_matches (local_error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_STATE))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static gboolean
send_list (YejiStore          *store,
           YejiProvince       *province,
           const YejiUseList  *list,
           GCancellable       *cancellable,
           GError            **error)
{
  g_autoptr (JsonNode) body = make_body (list);
  g_autoptr (YejiReply) reply = NULL;
  gboolean known;

  if (!yeji_store_note_use_tried (store, list->id, error))
    return FALSE;
  reply = yeji_province_call (province, "POST", PATH, body, cancellable, error, "Idempotency-Key",
                              list->id, NULL);
  if (reply == NULL)
    return FALSE;
  if (reply->refusal != NULL)
    return note_refusal (store, list, reply, error);
  if (!note_answer (store, list->id, reply->body, &known, error))
    return FALSE;
  if (!known)
    g_set_error (error, YEJI_SYNC_ERROR, YEJI_SYNC_ERROR_UNREACHABLE, "the answer is no list");
  return known;
}

/* Whatever the province says to it, the list as it is there comes with the others. */
static gboolean
withdraw_list (YejiProvince       *province,
               YejiStore          *store,
               const YejiUseList  *list,
               GCancellable       *cancellable,
               GError            **error)
{
  g_autofree char *path = g_strdup_printf (PATH "/%s:withdraw", list->server_id);
  g_autoptr (YejiReply) reply = yeji_province_call (province, "POST", path, NULL, cancellable,
                                                    error, NULL);
  g_autoptr (GError) local_error = NULL;
  gboolean known;

  if (reply == NULL)
    return FALSE;
  if (yeji_reply_check (reply, &local_error))
    return note_answer (store, NULL, reply->body, &known, error);
  if (g_error_matches (local_error, YEJI_SYNC_ERROR, YEJI_SYNC_ERROR_REFUSED))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static gboolean
note_page (YejiStore  *store,
           JsonObject *page,
           GError    **error)
{
  JsonArray *lists = yeji_json_get_array (page, "applications");
  gboolean known;

  for (guint i = 0; lists != NULL && i < json_array_get_length (lists); i++)
    if (!note_answer (store, NULL, json_array_get_element (lists, i), &known, error))
      return FALSE;
  return TRUE;
}

static gboolean
has_more (JsonObject *page)
{
  JsonNode *more = json_object_get_member (page, "more");

  return more != NULL && JSON_NODE_HOLDS_VALUE (more)
         && json_node_get_value_type (more) == G_TYPE_BOOLEAN && json_node_get_boolean (more);
}

/**
 * yeji_use_sync_fetch:
 *
 * Asks how all lists of the enterprise stand, those that other computers made too. A province that
 * knows of no lists has none. Blocks; fails as yeji_province_call() does.
 */
gboolean
yeji_use_sync_fetch (YejiStore     *store,
                     YejiProvince  *province,
                     GCancellable  *cancellable,
                     GError       **error)
{
  gboolean more = TRUE;

  g_return_val_if_fail (YEJI_IS_STORE (store), FALSE);
  g_return_val_if_fail (YEJI_IS_PROVINCE (province), FALSE);

  for (guint i = 1; more && i <= MAX_PAGES; i++)
    {
      g_autofree char *path = g_strdup_printf (PATH "?page=%u", i);
      g_autoptr (YejiReply) reply = yeji_province_call (province, "GET", path, NULL, cancellable,
                                                        error, NULL);
      JsonObject *page = reply != NULL ? yeji_json_node_object (reply->body) : NULL;

      if (reply == NULL)
        return FALSE;
      if (reply->status == SOUP_STATUS_NOT_FOUND)
        return TRUE;
      if (!yeji_reply_check (reply, error) || (page != NULL && !note_page (store, page, error)))
        return FALSE;
      more = page != NULL && has_more (page);
    }
  return TRUE;
}

/**
 * yeji_use_sync_run:
 *
 * Sends the lists that wait, takes back those that are to be, and asks how all stand. Where there
 * are no lists, nobody is asked. Blocks; fails as yeji_province_call() does.
 */
gboolean
yeji_use_sync_run (YejiStore     *store,
                   YejiProvince  *province,
                   GCancellable  *cancellable,
                   GError       **error)
{
  g_autoptr (GPtrArray) lists = yeji_store_get_use_lists (store, error);
  gboolean known = FALSE;

  if (lists == NULL)
    return FALSE;
  for (guint i = 0; i < lists->len; i++)
    {
      const YejiUseList *list = g_ptr_array_index (lists, i);

      if (list->state == YEJI_USE_QUEUED
          && !send_list (store, province, list, cancellable, error))
        return FALSE;
      if (list->state == YEJI_USE_WITHDRAWING && list->server_id != NULL
          && !withdraw_list (province, store, list, cancellable, error))
        return FALSE;
      known = known || list->state != YEJI_USE_DRAFT;
    }
  return !known || yeji_use_sync_fetch (store, province, cancellable, error);
}
