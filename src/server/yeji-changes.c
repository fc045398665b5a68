// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-changes"

#include "config.h"

#include "yeji-handlers.h"

#include <string.h>

#include "yeji-case.h"
#include "yeji-json.h"

#define PAGE 100

static gboolean
read_state (YejiSql  *sql,
            char    **epoch,
            gint64   *last,
            GError  **error)
{
  g_autoptr (YejiRows) rows = NULL;

  rows = yeji_sql_query (sql, error,
                         "SELECT value, (SELECT coalesce (max (seq), 0) FROM change) FROM server"
                         " WHERE key = 'epoch'",
                         "");
  if (rows == NULL || !yeji_rows_next (rows, error))
    return FALSE;
  *epoch = yeji_rows_dup_text (rows, 0);
  *last = yeji_rows_int (rows, 1);
  return TRUE;
}

/* FALSE: a cursor of another database, or of a later state of this one that a backup undid. */
static gboolean
read_cursor (const char *text,
             const char *epoch,
             gint64      last,
             gint64     *since)
{
  gsize length = strlen (epoch);

  *since = 0;
  if (text == NULL || *text == '\0')
    return TRUE;
  return strncmp (text, epoch, length) == 0 && text[length] == '-'
         && g_ascii_string_to_signed (text + length + 1, 10, 0, last, since, NULL);
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
                         " points, at, record, files_due_at, files_complete_at FROM change"
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

/**
 * yeji_changes_list:
 *
 * `GET /v1/changes?since=CURSOR&wait=SECONDS`: what became of the enterprise's records. Who has to
 * wait is held by the server's main loop, not here.
 */
YejiResponse *
yeji_changes_list (YejiServerContext  *context,
                   YejiSql            *sql,
                   YejiRequest        *request,
                   GError            **error)
{
  const char *cursor = yeji_request_get_query (request, "since");
  g_autofree char *epoch = NULL;
  g_autofree char *next = NULL;
  g_autoptr (JsonArray) page = NULL;
  YejiResponse *response;
  JsonObject *object;
  JsonNode *node;
  gint64 last, since;
  gboolean more;

  if (!read_state (sql, &epoch, &last, error))
    return NULL;
  if (!read_cursor (cursor, epoch, last, &since))
    return yeji_refuse_status (request, 410, YEJI_WIRE_STALE, "游标已失效，请从头获取。",
                               "The cursor is no more: start without it.");
  page = read_page (sql, request->account->enterprise, &since, &more, error);
  if (page == NULL)
    return NULL;

  next = g_strdup_printf ("%s-%" G_GINT64_FORMAT, epoch, since);
  object = json_object_new ();
  json_object_set_array_member (object, "changes", json_array_ref (page));
  json_object_set_string_member (object, "next", next);
  json_object_set_boolean_member (object, "more", more);
  node = json_node_new (JSON_NODE_OBJECT);
  json_node_take_object (node, object);
  response = yeji_response_new (200, node);
  if (json_array_get_length (page) == 0)
    response->hold_seconds = read_wait (context, request);
  return response;
}
