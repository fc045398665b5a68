// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-store"

#include "config.h"

#include "yeji-store-private.h"

#include "yeji-json.h"
#include "yeji-store-seal.h"

typedef struct
{
  YejiStore *store;
  char *uuid;                  /* (nullable) */
  gint64 seq;                  /* of a report */
  char *body;
  YejiRecord *record;
  GPtrArray *list;
} Work;

static void
free_work (gpointer data)
{
  Work *work = data;

  g_free (work->uuid);
  g_clear_pointer (&work->list, g_ptr_array_unref);
  g_free (work);
}

static YejiMoveReport *
read_report (YejiStore *self,
             YejiRows  *rows)
{
  YejiMoveReport *report = g_new0 (YejiMoveReport, 1);
  g_autoptr (JsonNode) notes = yeji_json_parse (yeji_rows_text (rows, 5), -1, NULL);

  report->uuid = yeji_rows_dup_text (rows, 0);
  report->name = yeji_rows_dup_text (rows, 1);
  report->from = yeji_rows_dup_text (rows, 2);
  report->to = yeji_rows_dup_text (rows, 3);
  report->at = yeji_rows_dup_text (rows, 4);
  report->seq = yeji_rows_int (rows, 6);
  if (notes != NULL)
    yeji_store_open_notes (self, report->uuid, notes);
  report->notes = notes != NULL
                    ? yeji_move_notes_from_json (notes)
                    : g_ptr_array_new_with_free_func ((GDestroyNotify) yeji_move_note_free);
  return report;
}

/**
 * yeji_store_read_move_reports: (skip)
 * @uuid: (nullable): a record; %NULL for all
 * @after: those with a greater seq
 *
 * Returns: (transfer full) (nullable) (element-type YejiMoveReport): the reports, the last first
 */
GPtrArray *
yeji_store_read_move_reports (YejiStore   *self,
                              YejiSql     *sql,
                              const char  *uuid,
                              gint64       after,
                              GError     **error)
{
  g_autoptr (GPtrArray) list = NULL;
  g_autoptr (GError) local_error = NULL;
  g_autoptr (YejiRows) rows = NULL;

  rows = yeji_sql_query (sql, error,
                         "SELECT m.record, r.name, m.from_version, m.to_version, m.at, m.notes,"
                         " m.seq"
                         " FROM move m JOIN record r ON r.uuid = m.record"
                         " WHERE (?1 IS NULL OR m.record = ?1) AND m.seq > ?2 ORDER BY m.seq DESC",
                         "si", uuid, after);
  if (rows == NULL)
    return NULL;
  list = g_ptr_array_new_with_free_func ((GDestroyNotify) yeji_move_report_free);
  while (yeji_rows_next (rows, &local_error))
    g_ptr_array_add (list, read_report (self, rows));
  if (local_error == NULL)
    return g_steal_pointer (&list);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}

/**
 * yeji_store_read_last_move: (skip)
 * @seq: (out): of the last report, 0 if there is none
 */
gboolean
yeji_store_read_last_move (YejiSql  *sql,
                           gint64   *seq,
                           GError  **error)
{
  g_autoptr (YejiRows) rows = yeji_sql_query (sql, error,
                                              "SELECT coalesce (max (seq), 0) FROM move", "");

  if (rows == NULL || !yeji_rows_next (rows, error))
    return FALSE;
  *seq = yeji_rows_int (rows, 0);
  return TRUE;
}

static gboolean
run_list (YejiSql   *sql,
          gpointer   data,
          GError   **error)
{
  Work *work = data;

  work->list = yeji_store_read_move_reports (work->store, sql, work->uuid, 0, error);
  return work->list != NULL;
}

static gboolean
run_load_before (YejiSql   *sql,
                 gpointer   data,
                 GError   **error)
{
  Work *work = data;
  g_autoptr (GError) local_error = NULL;
  g_autoptr (YejiRows) rows = NULL;

  rows = yeji_sql_query (sql, error, "SELECT body_before FROM move WHERE seq = ?1", "i",
                         work->seq);
  if (rows == NULL)
    return FALSE;
  if (yeji_rows_next (rows, &local_error))
    work->body = yeji_rows_dup_text (rows, 0);
  else if (local_error == NULL)
    g_set_error (&local_error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_NOT_FOUND,
                 "no move %" G_GINT64_FORMAT, work->seq);
  if (local_error == NULL)
    {
      work->record = yeji_shelf_read (yeji_store_get_shelf (work->store), sql, work->body, error);
      return work->record != NULL;
    }
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/**
 * yeji_store_read_before_move: (skip)
 *
 * Returns: (transfer full) (nullable): the record before a move, under the dictionary of then
 */
YejiRecord *
yeji_store_read_before_move (YejiStore  *self,
                             YejiSql    *sql,
                             gint64      seq,
                             GError    **error)
{
  Work work = { self };

  work.seq = seq;
  run_load_before (sql, &work, error);
  g_free (work.body);
  return work.record;
}

static void
on_listed (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Work *work = g_task_get_task_data (task);
  GError *error = NULL;

  if (yeji_db_run_finish (YEJI_DB (source), result, &error))
    g_task_return_pointer (task, g_steal_pointer (&work->list), (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

/**
 * yeji_store_load_before_move:
 * @seq: of a report
 *
 * Returns: (transfer full) (nullable): the record as it was before it was moved, under the version
 * of then
 */
YejiRecord *
yeji_store_load_before_move (YejiStore  *self,
                             gint64      seq,
                             GError    **error)
{
  Work work = { self };
  gboolean done;

  g_return_val_if_fail (YEJI_IS_STORE (self), NULL);

  work.seq = seq;
  done = yeji_db_run (yeji_store_get_db (self), run_load_before, &work, error);
  g_free (work.body);
  return done ? work.record : NULL;
}

/**
 * yeji_store_list_move_reports:
 * @uuid: (nullable): a record; %NULL for all
 *
 * Returns: (transfer container) (nullable) (element-type YejiMoveReport): what became of records
 * when the dictionary changed, the last first
 */
GPtrArray *
yeji_store_list_move_reports (YejiStore   *self,
                              const char  *uuid,
                              GError     **error)
{
  Work work = { self };

  g_return_val_if_fail (YEJI_IS_STORE (self), NULL);

  work.uuid = (char *) uuid;
  return yeji_db_run (yeji_store_get_db (self), run_list, &work, error) ? work.list : NULL;
}

void
yeji_store_list_move_reports_async (YejiStore           *self,
                                    const char          *uuid,
                                    GCancellable        *cancellable,
                                    GAsyncReadyCallback  callback,
                                    gpointer             user_data)
{
  Work *work;

  g_return_if_fail (YEJI_IS_STORE (self));

  work = g_new0 (Work, 1);
  work->store = self;
  work->uuid = g_strdup (uuid);
  yeji_store_start (self, run_list, work, free_work, yeji_store_list_move_reports_async,
                    cancellable, on_listed, callback, user_data);
}

GPtrArray *
yeji_store_list_move_reports_finish (YejiStore     *self,
                                     GAsyncResult  *result,
                                     GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
