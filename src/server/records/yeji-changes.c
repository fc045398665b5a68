// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-changes"

#include "config.h"

#include "yeji-handlers.h"

#include "yeji-case.h"
#include "yeji-epoch.h"
#include "yeji-json.h"
#include "yeji-push-work.h"

#define PAGE 100

/* A cursor is `EPOCH-SEQUENCE-SUM`: the sum is of the change with that number, so that a copy of
 * the whole directory that was put back, and went its own way, does not take it for its own. */
#define SUM_LENGTH 12

/* (transfer full) (nullable): the sum of a change; "" for number 0; NULL when there is no such
 * change of this enterprise, or with @error */
static char *
sum_change (YejiSql     *sql,
            const char  *enterprise,
            gint64       seq,
            GError     **error)
{
  g_autoptr (YejiRows) rows = NULL;
  g_autofree char *text = NULL;
  g_autofree char *sum = NULL;

  if (seq == 0)
    return g_strdup ("");
  rows = yeji_sql_query (sql, error,
                         "SELECT uuid || revision || state || at FROM change"
                         " WHERE seq = ?1 AND enterprise = ?2", "is", seq, enterprise);
  if (rows == NULL || !yeji_rows_next (rows, error))
    return NULL;
  text = yeji_rows_dup_text (rows, 0);
  sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
  return g_strndup (sum, SUM_LENGTH);
}

static char *
print_cursor (const char *epoch,
              gint64      seq,
              const char *sum)
{
  return g_strdup_printf ("%s-%" G_GINT64_FORMAT "%s%s", epoch, seq, *sum != '\0' ? "-" : "", sum);
}

/* FALSE, maybe with @error: a cursor of another database, or of another course of this one. Those
 * of earlier versions have no sum. */
static gboolean
read_cursor (YejiSql     *sql,
             const char  *enterprise,
             const char  *text,
             const char  *epoch,
             gint64      *since,
             GError     **error)
{
  g_auto (GStrv) parts = g_strsplit (text != NULL ? text : "", "-", 3);
  guint n_parts = g_strv_length (parts);
  g_autofree char *sum = NULL;

  *since = 0;
  if (text == NULL || *text == '\0')
    return TRUE;
  if (n_parts < 2 || !g_str_equal (parts[0], epoch)
      || !g_ascii_string_to_signed (parts[1], 10, 0, G_MAXINT64, since, NULL))
    return FALSE;
  sum = sum_change (sql, enterprise, *since, error);
  return sum != NULL && (n_parts == 2 || g_str_equal (parts[2], sum));
}

static YejiResponse *
refuse_cursor (YejiRequest *request,
               YejiEpoch   *epoch)
{
  YejiResponse *response = yeji_refuse_status (request, 410, YEJI_WIRE_STALE,
                                               "游标已失效，请从头获取。",
                                               "The cursor is no more: start without it.");

  if (epoch->restored_at != NULL)
    json_object_set_string_member (json_node_get_object (response->body),
                                   YEJI_WIRE_MEMBER_RESTORED_AT, epoch->restored_at);
  return response;
}

static void
set_known (JsonObject *object,
           const char *member,
           const char *text)
{
  if (text != NULL)
    json_object_set_string_member (object, member, text);
}

static JsonObject *
read_change (YejiRows *rows)
{
  g_autofree char *revision = g_strdup_printf ("r%" G_GINT64_FORMAT, yeji_rows_int (rows, 2));
  const char *record = yeji_rows_text (rows, 10);
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "uuid", yeji_rows_text (rows, 1));
  json_object_set_string_member (object, "revision", revision);
  json_object_set_string_member (object, "state", yeji_rows_text (rows, 3));
  set_known (object, "grade", yeji_rows_text (rows, 4));
  set_known (object, "office", yeji_rows_text (rows, 5));
  set_known (object, "reviewer", yeji_rows_text (rows, 6));
  set_known (object, "message", yeji_rows_text (rows, 7));
  json_object_set_member (object, "points", yeji_points_to_json (yeji_rows_text (rows, 8)));
  json_object_set_string_member (object, "at", yeji_rows_text (rows, 9));
  set_known (object, YEJI_WIRE_MEMBER_FILES_DUE_AT, yeji_rows_text (rows, 11));
  set_known (object, YEJI_WIRE_MEMBER_FILES_COMPLETE_AT, yeji_rows_text (rows, 12));
  if (!yeji_rows_is_null (rows, 13))
    {
      g_autofree char *content = g_strdup_printf ("r%" G_GINT64_FORMAT, yeji_rows_int (rows, 13));

      json_object_set_string_member (object, YEJI_WIRE_MEMBER_CONTENT, content);
    }
  if (!yeji_rows_is_null (rows, 14))
    json_object_set_member (object, YEJI_WIRE_MEMBER_APPLICATION,
                            yeji_json_parse (yeji_rows_text (rows, 14), -1, NULL));
  if (!yeji_rows_is_null (rows, 15))
    json_object_set_member (object, YEJI_WIRE_MEMBER_NATIONAL,
                            yeji_json_parse (yeji_rows_text (rows, 15), -1, NULL));
  if (record != NULL)
    json_object_set_member (object, "record", yeji_json_parse (record, -1, NULL));
  return object;
}

/* Fills a page; since becomes the last number on it. */
static JsonArray *
read_page (YejiSql      *sql,
           const char   *enterprise,
           gint64       *since,
           gboolean     *more,
           GError      **error)
{
  g_autoptr (JsonArray) array = json_array_new ();
  g_autoptr (YejiRows) rows = NULL;
  g_autoptr (GError) local_error = NULL;

  *more = FALSE;
  rows = yeji_sql_query (sql, error,
                         "SELECT seq, uuid, revision, state, grade, office, reviewer, message,"
                         " points, at, record, files_due_at, files_complete_at, content_revision,"
                         " application, " YEJI_PUSH_STATE ("change.uuid")
                         " FROM change"
                         " WHERE enterprise = ?1 AND seq > ?2 ORDER BY seq LIMIT ?3",
                         "sii", enterprise, *since, (gint64) PAGE + 1);
  if (rows == NULL)
    return NULL;
  while (!*more && yeji_rows_next (rows, &local_error))
    {
      *more = json_array_get_length (array) == PAGE;
      if (*more)
        break;
      *since = yeji_rows_int (rows, 0);
      json_array_add_object_element (array, read_change (rows));
    }
  if (local_error == NULL)
    return g_steal_pointer (&array);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}

static guint
read_wait (YejiServerContext *context,
           YejiRequest       *request)
{
  const char *text = yeji_request_get_query (request, "wait");
  guint64 seconds = text != NULL ? g_ascii_strtoull (text, NULL, 10) : 0;

  return (guint) MIN (seconds, context->settings.wait_seconds);
}

/* What is being edited on other computers. FALSE: who asks does not know it yet. */
static gboolean
add_editing (YejiServerContext *context,
             YejiRequest       *request,
             JsonObject        *object)
{
  const char *known = yeji_request_get_query (request, YEJI_WIRE_MEMBER_EDITING);
  g_autofree char *tag = NULL;
  JsonArray *editing = yeji_editing_list (context->editing, request->account->enterprise,
                                          yeji_request_get_query (request, "computer"),
                                          g_get_monotonic_time (), &tag);

  json_object_set_array_member (object, YEJI_WIRE_MEMBER_EDITING, editing);
  json_object_set_string_member (object, YEJI_WIRE_MEMBER_EDITING_TAG, tag);
  return known == NULL || g_str_equal (known, tag);
}

/**
 * yeji_changes_list:
 *
 * `GET /v1/changes?since=CURSOR&wait=SECONDS&computer=ID&editing=TAG`: what became of the
 * enterprise's records, and what is being edited elsewhere. Who has to wait is held by the server's
 * main loop, not here.
 */
YejiResponse *
yeji_changes_list (YejiServerContext  *context,
                   YejiSql            *sql,
                   YejiRequest        *request,
                   GError            **error)
{
  const char *cursor = yeji_request_get_query (request, "since");
  const char *enterprise = request->account->enterprise;
  g_auto (YejiEpoch) epoch = { NULL };
  g_autofree char *next = NULL;
  g_autofree char *sum = NULL;
  g_autoptr (GError) local_error = NULL;
  g_autoptr (JsonArray) page = NULL;
  YejiResponse *response;
  JsonObject *object;
  JsonNode *node;
  gint64 since;
  gboolean more, known;

  if (!yeji_epoch_read (sql, &epoch, error))
    return NULL;
  if (!read_cursor (sql, enterprise, cursor, epoch.id, &since, &local_error))
    {
      if (local_error == NULL)
        return refuse_cursor (request, &epoch);
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  page = read_page (sql, enterprise, &since, &more, error);
  sum = page != NULL ? sum_change (sql, enterprise, since, error) : NULL;
  if (sum == NULL)
    return NULL;

  next = print_cursor (epoch.id, since, sum);
  object = json_object_new ();
  json_object_set_array_member (object, "changes", json_array_ref (page));
  json_object_set_string_member (object, "next", next);
  json_object_set_boolean_member (object, "more", more);
  known = add_editing (context, request, object);
  node = json_node_new (JSON_NODE_OBJECT);
  json_node_take_object (node, object);
  response = yeji_response_new (200, node);
  if (json_array_get_length (page) == 0 && known)
    response->hold_seconds = read_wait (context, request);
  return response;
}
