// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-store"

#include "config.h"

#include "yeji-store-private.h"

#include "yeji-bin-private.h"
#include "yeji-clock.h"
#include "yeji-history.h"
#include "yeji-store-seal.h"
#include "yeji-store-seen.h"

/* The arguments and the result of a transaction that reads or marks one record. */
typedef struct
{
  YejiStore *store;
  char *uuid;
  gboolean as_is;              /* under its own version of the dictionary */
  YejiRecord *record;
  YejiEntry *entry;
  GPtrArray *list;
} Lookup;

static void
free_lookup (gpointer data)
{
  Lookup *lookup = data;

  g_free (lookup->uuid);
  g_clear_object (&lookup->record);
  g_clear_object (&lookup->entry);
  g_clear_pointer (&lookup->list, g_ptr_array_unref);
  g_free (lookup);
}

/**
 * yeji_store_read_record: (skip)
 * @as_is: under the version of the dictionary under which it is stored
 *
 * Returns: (transfer full) (nullable): the record, %NULL with %YEJI_STORE_ERROR_NOT_FOUND
 */
YejiRecord *
yeji_store_read_record (YejiStore   *self,
                        YejiSql     *sql,
                        const char  *uuid,
                        gboolean     as_is,
                        GError     **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (YejiRows) rows = yeji_sql_query (sql, error, "SELECT body FROM record WHERE uuid = ?1",
                                              "s", uuid);

  if (rows == NULL)
    return NULL;
  if (!yeji_rows_next (rows, &local_error))
    {
      if (local_error != NULL)
        g_propagate_error (error, g_steal_pointer (&local_error));
      else
        g_set_error (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_NOT_FOUND, "no record %s", uuid);
      return NULL;
    }
  return as_is ? yeji_shelf_read (yeji_store_get_shelf (self), sql, yeji_rows_text (rows, 0), error)
               : yeji_shelf_read_under (yeji_store_get_shelf (self), sql, yeji_rows_text (rows, 0),
                                        yeji_store_get_dictionary (self), error);
}

static gboolean
run_load (YejiSql   *sql,
          gpointer   data,
          GError   **error)
{
  Lookup *lookup = data;

  lookup->record = yeji_store_read_record (lookup->store, sql, lookup->uuid, lookup->as_is, error);
  if (lookup->record != NULL)
    yeji_store_mark_seen (lookup->store, lookup->record);
  return lookup->record != NULL;
}

static gboolean
run_list (YejiSql   *sql,
          gpointer   data,
          GError   **error)
{
  Lookup *lookup = data;

  lookup->list = yeji_entry_read_all (sql, error);
  return lookup->list != NULL;
}

static gboolean
run_get_entry (YejiSql   *sql,
               gpointer   data,
               GError   **error)
{
  Lookup *lookup = data;

  lookup->entry = yeji_entry_read (sql, lookup->uuid, error);
  return lookup->entry != NULL;
}

/* A step of the history, unless the record was there already. */
static gboolean
write_bin_step (YejiStore   *self,
                YejiSql     *sql,
                YejiEntry   *entry,
                gboolean     into,
                const char  *at,
                GError     **error)
{
  const char *uuid = yeji_entry_get_uuid (entry);
  const YejiChange change = { (char *) "", (char *) "", (char *) YEJI_CHANGE_BIN,
                              (char *) (into ? "" : YEJI_CHANGE_IN_BIN),
                              (char *) (into ? YEJI_CHANGE_IN_BIN : "") };
  gint64 step;

  if ((yeji_entry_get_removed_at (entry) != NULL) == into)
    return TRUE;
  return yeji_store_read_next_step (sql, uuid, &step, error)
    && yeji_store_write_change (self, sql, uuid, step, &change, into ? "removed" : "restored", at,
                                error);
}

/**
 * yeji_store_put_into_bin: (skip)
 *
 * A record in the bin is not sent: restored, it waits for the clerk to submit it again.
 */
gboolean
yeji_store_put_into_bin (YejiStore   *self,
                         YejiSql     *sql,
                         const char  *uuid,
                         GError     **error)
{
  g_autofree char *now = yeji_clock_now ();
  g_autoptr (YejiEntry) entry = yeji_entry_read (sql, uuid, error);
  gint64 day;

  return entry != NULL
    && yeji_bin_note_day (sql, now, &day, error)
    && yeji_sql_exec (sql, error, "DELETE FROM outbox WHERE uuid = ?1", "s", uuid)
    && yeji_sql_exec (sql, error,
                      "UPDATE record SET removed_at = ?2, bin_since = ?3, expired_at = NULL"
                      " WHERE uuid = ?1 AND removed_at IS NULL",
                      "ssi", uuid, now, day)
    && write_bin_step (self, sql, entry, TRUE, now, error);
}

static gboolean
run_remove (YejiSql   *sql,
            gpointer   data,
            GError   **error)
{
  Lookup *lookup = data;

  return yeji_store_put_into_bin (lookup->store, sql, lookup->uuid, error);
}

static gboolean
run_restore (YejiSql   *sql,
             gpointer   data,
             GError   **error)
{
  Lookup *lookup = data;
  g_autofree char *now = yeji_clock_now ();
  g_autoptr (YejiEntry) entry = yeji_entry_read (sql, lookup->uuid, error);

  return entry != NULL
    && yeji_sql_exec (sql, error, "UPDATE record SET removed_at = NULL WHERE uuid = ?1",
                      "s", lookup->uuid)
    && write_bin_step (lookup->store, sql, entry, FALSE, now, error);
}

/* Everything of a line but the change. */
static YejiHistoryLine *
begin_history_line (YejiRows *rows)
{
  YejiHistoryLine *line = g_new0 (YejiHistoryLine, 1);

  line->step = yeji_rows_int (rows, 0);
  line->at = yeji_rows_dup_text (rows, 6);
  line->who = yeji_rows_dup_text (rows, 7);
  line->why = yeji_rows_dup_text (rows, 8);
  line->batch = yeji_rows_dup_text (rows, 9);
  line->undoes = yeji_rows_int (rows, 10);
  return line;
}

static YejiHistoryLine *
read_history_line (YejiStore  *self,
                   const char *uuid,
                   YejiRows   *rows)
{
  YejiHistoryLine *line = begin_history_line (rows);

  line->change = g_new0 (YejiChange, 1);
  line->change->table = yeji_rows_dup_text (rows, 1);
  line->change->row = yeji_rows_dup_text (rows, 2);
  line->change->field = yeji_rows_dup_text (rows, 3);
  line->change->before = yeji_rows_dup_text (rows, 4);
  line->change->after = yeji_rows_dup_text (rows, 5);
  yeji_store_open_line (self, uuid, line->change);
  yeji_change_unpack (line->change);
  return line;
}

/* The lines that the one stands for that made the record. */
static gboolean
read_made_lines (YejiStore   *self,
                 YejiSql     *sql,
                 YejiRows    *rows,
                 GPtrArray   *lines,
                 GError     **error)
{
  g_autoptr (YejiRecord) made = yeji_shelf_read (yeji_store_get_shelf (self), sql,
                                                 yeji_rows_text (rows, 5), error);
  g_autoptr (YejiRecord) nothing = NULL;
  g_autoptr (GPtrArray) changes = NULL;

  if (made == NULL)
    return FALSE;
  nothing = yeji_record_new (yeji_record_get_dictionary (made), yeji_record_get_uuid (made), NULL);
  changes = yeji_record_diff (nothing, made);
  g_ptr_array_set_free_func (changes, NULL);
  for (guint i = 0; i < changes->len; i++)
    {
      YejiHistoryLine *line = begin_history_line (rows);

      line->change = g_ptr_array_index (changes, i);
      g_ptr_array_add (lines, line);
    }
  return TRUE;
}

static gboolean
is_made_line (YejiRows *rows)
{
  return *yeji_rows_text (rows, 1) == '\0'
    && g_str_equal (yeji_rows_text (rows, 3), YEJI_HISTORY_MADE)
    && !yeji_rows_is_null (rows, 5);
}

/**
 * yeji_store_read_history: (skip)
 *
 * Returns: (transfer full) (nullable) (element-type YejiHistoryLine): the record's history, the
 * oldest first; empty for a record that is not there
 */
GPtrArray *
yeji_store_read_history (YejiStore   *self,
                         YejiSql     *sql,
                         const char  *uuid,
                         GError     **error)
{
  g_autoptr (GPtrArray) lines = NULL;
  g_autoptr (GError) local_error = NULL;
  g_autoptr (YejiRows) rows = NULL;

  rows = yeji_sql_query (sql, error,
                         "SELECT step, \"table\", \"row\", field, before,"
                         " CASE WHEN " YEJI_HISTORY_MADE_IS_RECORD
                         " THEN (SELECT body FROM record WHERE uuid = ?1) ELSE after END,"
                         " at, who, why, batch, coalesce (undoes, 0)"
                         " FROM history WHERE record = ?1 ORDER BY step, rowid",
                         "s", uuid);
  if (rows == NULL)
    return NULL;
  lines = g_ptr_array_new_with_free_func ((GDestroyNotify) yeji_history_line_free);
  while (local_error == NULL && yeji_rows_next (rows, &local_error))
    if (is_made_line (rows))
      read_made_lines (self, sql, rows, lines, &local_error);
    else
      g_ptr_array_add (lines, read_history_line (self, uuid, rows));
  if (local_error == NULL)
    return g_steal_pointer (&lines);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}

static gboolean
run_get_history (YejiSql   *sql,
                 gpointer   data,
                 GError   **error)
{
  Lookup *lookup = data;
  g_autoptr (YejiEntry) entry = yeji_entry_read (sql, lookup->uuid, error);

  if (entry != NULL)
    lookup->list = yeji_store_read_history (lookup->store, sql, lookup->uuid, error);
  return lookup->list != NULL;
}

static Lookup *
new_lookup (YejiStore  *self,
            const char *uuid)
{
  Lookup *lookup = g_new0 (Lookup, 1);

  lookup->store = self;
  lookup->uuid = g_strdup (uuid);
  return lookup;
}

static void
on_loaded (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Lookup *lookup = g_task_get_task_data (task);
  GError *error = NULL;

  if (yeji_db_run_finish (YEJI_DB (source), result, &error))
    g_task_return_pointer (task, g_steal_pointer (&lookup->record), g_object_unref);
  else
    g_task_return_error (task, error);
}

static void
on_listed (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Lookup *lookup = g_task_get_task_data (task);
  GError *error = NULL;

  if (yeji_db_run_finish (YEJI_DB (source), result, &error))
    g_task_return_pointer (task, g_steal_pointer (&lookup->list),
                           (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

/**
 * yeji_store_load:
 *
 * Loads a record. One that was submitted under another version of the dictionary is stored as it
 * was; what is given out is moved to the store's.
 *
 * Returns: (transfer full) (nullable): the record, one in the bin too; %NULL with
 * %YEJI_STORE_ERROR_NOT_FOUND
 */
YejiRecord *
yeji_store_load (YejiStore   *self,
                 const char  *uuid,
                 GError     **error)
{
  Lookup lookup = { self, (char *) uuid };

  g_return_val_if_fail (YEJI_IS_STORE (self), NULL);
  g_return_val_if_fail (uuid != NULL, NULL);

  return yeji_db_run (yeji_store_get_db (self), run_load, &lookup, error) ? lookup.record : NULL;
}

/**
 * yeji_store_load_as_is:
 *
 * Loads a record under the version of the dictionary under which it is stored: a draft under the
 * newest, one that was submitted under the one that counted then. Its dictionary may be another
 * object than the store's, so forms and validators of that one cannot be used with it.
 *
 * Returns: (transfer full) (nullable): the record
 */
YejiRecord *
yeji_store_load_as_is (YejiStore   *self,
                       const char  *uuid,
                       GError     **error)
{
  Lookup lookup = { self, (char *) uuid, TRUE };

  g_return_val_if_fail (YEJI_IS_STORE (self), NULL);
  g_return_val_if_fail (uuid != NULL, NULL);

  return yeji_db_run (yeji_store_get_db (self), run_load, &lookup, error) ? lookup.record : NULL;
}

void
yeji_store_load_async (YejiStore           *self,
                       const char          *uuid,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  g_return_if_fail (YEJI_IS_STORE (self));
  g_return_if_fail (uuid != NULL);

  yeji_store_start (self, run_load, new_lookup (self, uuid), free_lookup, yeji_store_load_async,
                    cancellable, on_loaded, callback, user_data);
}

YejiRecord *
yeji_store_load_finish (YejiStore     *self,
                        GAsyncResult  *result,
                        GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * yeji_store_list:
 *
 * Returns: (transfer full) (nullable) (element-type YejiEntry): all records, those in the bin too,
 * the one that was changed last first
 */
GPtrArray *
yeji_store_list (YejiStore  *self,
                 GError    **error)
{
  Lookup lookup = { self };

  g_return_val_if_fail (YEJI_IS_STORE (self), NULL);

  return yeji_db_run (yeji_store_get_db (self), run_list, &lookup, error) ? lookup.list : NULL;
}

void
yeji_store_list_async (YejiStore           *self,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  g_return_if_fail (YEJI_IS_STORE (self));

  yeji_store_start (self, run_list, new_lookup (self, NULL), free_lookup, yeji_store_list_async,
                    cancellable, on_listed, callback, user_data);
}

GPtrArray *
yeji_store_list_finish (YejiStore     *self,
                        GAsyncResult  *result,
                        GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * yeji_store_get_entry:
 *
 * Returns: (transfer full) (nullable): what a list shows of the record
 */
YejiEntry *
yeji_store_get_entry (YejiStore   *self,
                      const char  *uuid,
                      GError     **error)
{
  Lookup lookup = { self, (char *) uuid };

  g_return_val_if_fail (YEJI_IS_STORE (self), NULL);
  g_return_val_if_fail (uuid != NULL, NULL);

  return yeji_db_run (yeji_store_get_db (self), run_get_entry, &lookup, error) ? lookup.entry
                                                                               : NULL;
}

static gboolean
run_mark (YejiStore   *self,
          YejiDbFunc   func,
          const char  *uuid,
          GError     **error)
{
  Lookup lookup = { self, (char *) uuid };

  if (!yeji_db_run (yeji_store_get_db (self), func, &lookup, error))
    return FALSE;
  yeji_store_announce (self, uuid);
  return TRUE;
}

/**
 * yeji_store_remove:
 *
 * Puts a record into the bin. If it waits to be sent, it does not any more.
 */
gboolean
yeji_store_remove (YejiStore   *self,
                   const char  *uuid,
                   GError     **error)
{
  g_return_val_if_fail (YEJI_IS_STORE (self), FALSE);
  g_return_val_if_fail (uuid != NULL, FALSE);

  return run_mark (self, run_remove, uuid, error);
}

/**
 * yeji_store_restore:
 *
 * Takes a record out of the bin.
 */
gboolean
yeji_store_restore (YejiStore   *self,
                    const char  *uuid,
                    GError     **error)
{
  g_return_val_if_fail (YEJI_IS_STORE (self), FALSE);
  g_return_val_if_fail (uuid != NULL, FALSE);

  return run_mark (self, run_restore, uuid, error);
}

/**
 * yeji_store_get_history:
 *
 * Returns: (transfer full) (nullable) (element-type YejiHistoryLine): every change of the record,
 * in the order in which they happened
 */
GPtrArray *
yeji_store_get_history (YejiStore   *self,
                        const char  *uuid,
                        GError     **error)
{
  Lookup lookup = { self, (char *) uuid };

  g_return_val_if_fail (YEJI_IS_STORE (self), NULL);
  g_return_val_if_fail (uuid != NULL, NULL);

  if (yeji_db_run (yeji_store_get_db (self), run_get_history, &lookup, error))
    return lookup.list;
  g_clear_pointer (&lookup.list, g_ptr_array_unref);
  return NULL;
}
