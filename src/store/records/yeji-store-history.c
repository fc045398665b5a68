// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-store"

#include "config.h"

#include "yeji-undo.h"

#include "yeji-change-apply.h"
#include "yeji-store-private.h"

typedef struct
{
  YejiStore *store;
  const char *uuid;
  const char *at;
  YejiRecord *record;
} Work;

static const YejiHistoryLine *
get_line (GPtrArray *lines,
          guint      index)
{
  return g_ptr_array_index (lines, index);
}

/* The index behind the last line that was there at that time. Steps are what counts: a clock that
 * was set back makes a later step look earlier. */
static guint
find_end (GPtrArray *lines,
          GDateTime *at)
{
  guint end = lines->len;

  for (; end > 0; end--)
    {
      const YejiHistoryLine *line = get_line (lines, end - 1);
      g_autoptr (GDateTime) then = g_date_time_new_from_iso8601 (line->at, NULL);

      /* what was done elsewhere says when it was done there */
      if (!yeji_history_line_is_elsewhere (line) && then != NULL && g_date_time_compare (then, at) <= 0)
        break;
    }
  return end;
}

static gboolean
is_move (const YejiHistoryLine *line)
{
  return *line->change->table == '\0' && g_str_equal (line->change->field, "dictionary");
}

/* A move to another dictionary keeps the record before it whole. */
static gboolean
go_before_move (Work                   *work,
                YejiSql                *sql,
                const YejiHistoryLine  *line,
                GError                **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (YejiRows) rows = NULL;
  YejiRecord *before;
  gint64 seq;

  rows = yeji_sql_query (sql, error,
                         "SELECT seq FROM move WHERE record = ?1 AND at = ?2"
                         " ORDER BY seq DESC LIMIT 1", "ss", work->uuid, line->at);
  if (rows == NULL)
    return FALSE;
  if (!yeji_rows_next (rows, &local_error))
    {
      if (local_error == NULL)
        return TRUE;           /* not kept: as near as the lines lead */
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  seq = yeji_rows_int (rows, 0);
  g_clear_pointer (&rows, yeji_rows_free);
  before = yeji_store_read_before_move (work->store, sql, seq, error);
  if (before == NULL)
    return FALSE;
  g_object_unref (work->record);
  work->record = before;
  return TRUE;
}

/* Takes back the step that ends before @end; returns where it begins. */
static guint
take_back (Work      *work,
           GPtrArray *lines,
           guint      end)
{
  g_autoptr (GPtrArray) changes = g_ptr_array_new ();
  g_autoptr (GPtrArray) applied = NULL;
  guint start = end;

  while (start > 0 && get_line (lines, start - 1)->step == get_line (lines, end - 1)->step)
    start--;
  for (guint i = start; i < end; i++)
    g_ptr_array_add (changes, get_line (lines, i)->change);
  if (!is_move (get_line (lines, start)) && !yeji_history_line_is_idle (get_line (lines, start)))
    applied = yeji_record_apply (work->record, changes, TRUE);
  return start;
}

static gboolean
run_load_at (YejiSql   *sql,
             gpointer   data,
             GError   **error)
{
  Work *work = data;
  g_autoptr (GDateTime) at = g_date_time_new_from_iso8601 (work->at, NULL);
  g_autoptr (GPtrArray) lines = NULL;
  guint end;

  work->record = yeji_store_read_record (work->store, sql, work->uuid, TRUE, error);
  if (work->record == NULL)
    return FALSE;
  lines = yeji_store_read_history (work->store, sql, work->uuid, error);
  if (lines == NULL)
    return FALSE;
  end = at != NULL ? find_end (lines, at) : 0;
  if (end == 0)
    {
      g_set_error (error, YEJI_UNDO_ERROR, YEJI_UNDO_ERROR_TIME, "%s was not there at %s",
                   work->uuid, work->at);
      return FALSE;
    }
  for (guint i = lines->len; i > end;)
    {
      i = take_back (work, lines, i);
      if (is_move (get_line (lines, i)) && !yeji_history_line_is_idle (get_line (lines, i))
          && !go_before_move (work, sql, get_line (lines, i), error))
        return FALSE;
    }
  return TRUE;
}

/**
 * yeji_store_load_at:
 * @at: a moment, RFC 3339
 *
 * Loads a record as it was, under the dictionary that it had. Where lines were made one by
 * yeji_store_compact_history(), what lay between them on that day is not known any more.
 *
 * Returns: (transfer full) (nullable): the record; %NULL with %YEJI_UNDO_ERROR_TIME when it was not
 * there yet, or @at is no moment
 */
YejiRecord *
yeji_store_load_at (YejiStore   *self,
                    const char  *uuid,
                    const char  *at,
                    GError     **error)
{
  Work work = { self, uuid, at };

  g_return_val_if_fail (YEJI_IS_STORE (self), NULL);
  g_return_val_if_fail (uuid != NULL, NULL);
  g_return_val_if_fail (at != NULL, NULL);

  if (yeji_db_run (yeji_store_get_db (self), run_load_at, &work, error))
    return work.record;
  g_clear_object (&work.record);
  return NULL;
}

/**
 * yeji_store_get_field_history:
 * @table: a table's id
 * @row: a row's id
 * @field: a field's id
 *
 * Returns: (transfer full) (nullable) (element-type YejiHistoryLine): every change of one value,
 * the oldest first
 */
GPtrArray *
yeji_store_get_field_history (YejiStore   *self,
                              const char  *uuid,
                              const char  *table,
                              const char  *row,
                              const char  *field,
                              GError     **error)
{
  g_autoptr (GPtrArray) lines = yeji_store_get_history (self, uuid, error);

  for (guint i = lines != NULL ? lines->len : 0; i-- > 0;)
    {
      const YejiChange *change = get_line (lines, i)->change;

      if (!g_str_equal (change->table, table) || !g_str_equal (change->row, row)
          || !g_str_equal (change->field, field))
        g_ptr_array_remove_index (lines, i);
    }
  return g_steal_pointer (&lines);
}
