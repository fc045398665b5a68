// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-submissions"

#include "config.h"

#include "yeji-following.h"

#include "yeji-announced.h"
#include "yeji-audit.h"
#include "yeji-case.h"
#include "yeji-clock.h"
#include "yeji-json.h"
#include "yeji-receipts.h"

/* The last document of a submission is there: from now on it can be decided on. */
static gboolean
complete (YejiSql            *sql,
          YejiServerContext  *context,
          YejiCase           *found,
          GError            **error)
{
  g_autofree char *receipt = NULL;

  found->files_complete_at = yeji_clock_now ();
  g_clear_pointer (&found->files_due_at, g_free);
  receipt = yeji_receipts_write (context, sql, found, error);
  return receipt != NULL
         && yeji_sql_exec (sql, error,
                           "UPDATE record SET files_due_at = NULL, files_complete_at = ?2"
                           " WHERE uuid = ?1",
                           "ss", found->uuid, found->files_complete_at)
         && yeji_case_write_change (found, sql, FALSE, error)
         && yeji_audit_write (sql, "", "record.files.complete", found->uuid, NULL, error);
}

/* A document that comes when its submission was decided on already belongs to it all the same: who
 * else writes the record would think otherwise that it was taken out.
 * @record: (out) (transfer full) (nullable): the record whose last submission lists the file
 * @waits: (out): whether it is under review and waits for it */
static gboolean
find_announced (YejiSql     *sql,
                const char  *file,
                char       **record,
                gboolean    *waits,
                GError     **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (YejiRows) rows = NULL;

  *record = NULL;
  rows = yeji_sql_query (sql, error,
                         "SELECT file.record, state = '" YEJI_STATE_SUBMITTED "'"
                         "  AND files_complete_at IS NULL FROM file"
                         " JOIN record ON record.uuid = file.record"
                         " JOIN announced ON announced.record = file.record"
                         "  AND announced.slot = file.slot AND announced.sha256 = file.sha256"
                         " WHERE file.id = ?1",
                         "s", file);
  if (rows == NULL)
    return FALSE;
  if (yeji_rows_next (rows, &local_error))
    {
      *record = yeji_rows_dup_text (rows, 0);
      *waits = yeji_rows_int (rows, 1) != 0;
    }
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/**
 * yeji_following_note_arrival:
 * @file: the id of an upload that has just become complete
 * @changed: (out): whether somebody is to be told
 *
 * Adds a document to the submission that lists it, if one does, and ends its wait.
 */
gboolean
yeji_following_note_arrival (YejiSql            *sql,
                             YejiServerContext  *context,
                             const char         *file,
                             gboolean           *changed,
                             GError            **error)
{
  g_autofree char *record = NULL;
  g_autoptr (YejiCase) found = NULL;
  YejiAnnouncedCount count;
  gboolean waits;

  *changed = FALSE;
  if (!find_announced (sql, file, &record, &waits, error))
    return FALSE;
  if (record == NULL)
    return TRUE;
  if (!yeji_sql_exec (sql, error, "UPDATE file SET submitted = 1 WHERE id = ?1", "s", file))
    return FALSE;
  if (!waits)
    return TRUE;
  if (!yeji_announced_count (sql, record, &count, error))
    return FALSE;
  if (count.received < count.announced)
    return TRUE;
  found = yeji_case_load (sql, record, error);
  if (found == NULL || !complete (sql, context, found, error))
    return FALSE;
  *changed = TRUE;
  return TRUE;
}

static GPtrArray *
list_overdue (YejiSql  *sql,
              GError  **error)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *now = yeji_clock_now ();
  g_autoptr (GError) local_error = NULL;
  g_autoptr (YejiRows) rows = NULL;

  rows = yeji_sql_query (sql, error,
                         "SELECT uuid FROM record WHERE files_due_at IS NOT NULL"
                         " AND files_due_at < ?1 AND state = '" YEJI_STATE_SUBMITTED "'",
                         "s", now);
  if (rows == NULL)
    return NULL;
  while (yeji_rows_next (rows, &local_error))
    g_ptr_array_add (records, yeji_rows_dup_text (rows, 0));
  if (local_error == NULL)
    return g_steal_pointer (&records);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}

/* One point for each slot that lacks documents. */
static JsonNode *
list_points (YejiSql     *sql,
             const char  *record,
             gint64      *n_missing,
             GError     **error)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_ARRAY);
  JsonArray *array = json_array_new ();
  g_autoptr (GError) local_error = NULL;
  g_autoptr (YejiRows) rows = NULL;

  json_node_take_array (node, array);
  *n_missing = 0;
  rows = yeji_sql_query (sql, error,
                         "SELECT slot, count (*) FROM announced WHERE record = ?1"
                         " AND NOT EXISTS (SELECT 1 FROM file"
                         "  WHERE file.record = announced.record AND file.slot = announced.slot"
                         "   AND file.sha256 = announced.sha256 AND complete = 1)"
                         " GROUP BY slot ORDER BY slot",
                         "s", record);
  if (rows == NULL)
    return NULL;
  while (yeji_rows_next (rows, &local_error))
    {
      g_autofree char *pointer = g_strconcat ("/documents/", yeji_rows_text (rows, 0), NULL);
      g_autofree char *comment = NULL;
      JsonObject *point = json_object_new ();

      comment = g_strdup_printf ("有 %" G_GINT64_FORMAT " 份已列入提交清单的材料未在期限内传到。",
                                 yeji_rows_int (rows, 1));
      json_object_set_string_member (point, "pointer", pointer);
      json_object_set_string_member (point, "comment", comment);
      json_array_add_object_element (array, point);
      *n_missing += yeji_rows_int (rows, 1);
    }
  if (local_error == NULL)
    return g_steal_pointer (&node);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}

/* The day and the minute in China, as people write them. */
static char *
format_due (const char *text)
{
  g_autoptr (GTimeZone) china = g_time_zone_new_offset (8 * 60 * 60);
  g_autoptr (GDateTime) moment = g_date_time_new_from_iso8601 (text, NULL);
  g_autoptr (GDateTime) local = NULL;

  if (moment == NULL)
    return g_strdup (text);
  local = g_date_time_to_timezone (moment, china);
  return g_date_time_format (local, "%Y-%m-%d %H:%M");
}

static gboolean
return_overdue (YejiSql            *sql,
                YejiServerContext  *context,
                const char         *record,
                GError            **error)
{
  g_autoptr (YejiCase) found = yeji_case_load (sql, record, error);
  g_autoptr (JsonNode) points = NULL;
  g_autofree char *due = NULL;
  g_autofree char *message = NULL;
  gint64 n_missing;

  if (found == NULL)
    return FALSE;
  points = list_points (sql, record, &n_missing, error);
  if (points == NULL)
    return FALSE;
  due = format_due (found->files_due_at);
  message = g_strdup_printf ("截至 %s，还有 %" G_GINT64_FORMAT " 份材料没有传到，已自动退回。"
                             "请补传后重新提交。", due, n_missing);
  return yeji_case_return (found, context, sql, message, points, "record.returned.overdue", error);
}

/**
 * yeji_following_return_overdue:
 * @changed: (out): whether somebody is to be told
 *
 * Gives back the records whose documents did not come in time, and says so.
 */
gboolean
yeji_following_return_overdue (YejiSql            *sql,
                               YejiServerContext  *context,
                               gboolean           *changed,
                               GError            **error)
{
  g_autoptr (GPtrArray) records = list_overdue (sql, error);

  *changed = FALSE;
  if (records == NULL)
    return FALSE;
  for (guint i = 0; i < records->len; i++)
    if (!return_overdue (sql, context, g_ptr_array_index (records, i), error))
      return FALSE;
  *changed = records->len > 0;
  return TRUE;
}
