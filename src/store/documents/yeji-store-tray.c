// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-store"

#include "config.h"

#include "yeji-intake-store.h"

#include "yeji-bin-private.h"
#include "yeji-clock.h"
#include "yeji-store-private.h"

/* Files that wait for a record and a slot. One that leaves stays as a row that is out, so that the
 * taking can be undone; what was removed lies in the bin like that. */

typedef struct
{
  YejiStore *store;
  GPtrArray *files;            /* (nullable) (element-type YejiTrayFile) */
  const char *const *ids;
  const char *uuid;
  const YejiSlot *slot;
  const YejiLimits *limits;
  char *batch;
  char *now;
  gint64 day;
} Work;

#define FILE_SELECT \
  "SELECT id, sha256, filename, origin, media_type, findings, original, added_at, size, rotation" \
  " FROM tray "

static void
clear_work (Work *work)
{
  g_clear_pointer (&work->files, g_ptr_array_unref);
  g_free (work->batch);
  g_free (work->now);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Work, clear_work)

static void
free_work (gpointer data)
{
  clear_work (data);
  g_free (data);
}

static void
init_work (Work              *work,
           YejiStore         *store,
           const char *const *ids)
{
  work->store = store;
  work->ids = ids;
  work->batch = g_uuid_string_random ();
  work->now = yeji_clock_now ();
}

static gboolean
read_files (YejiRows   *rows,
            GPtrArray  *files,
            GError    **error)
{
  GError *failure = NULL;

  if (rows == NULL)
    return FALSE;
  while (yeji_rows_next (rows, &failure))
    {
      YejiTrayFile *file = g_new0 (YejiTrayFile, 1);

      file->id = yeji_rows_dup_text (rows, 0);
      file->sha256 = yeji_rows_dup_text (rows, 1);
      file->filename = yeji_rows_dup_text (rows, 2);
      file->origin = yeji_rows_dup_text (rows, 3);
      file->media_type = yeji_rows_dup_text (rows, 4);
      file->findings = yeji_rows_dup_text (rows, 5);
      file->original = yeji_rows_dup_text (rows, 6);
      file->added_at = yeji_rows_dup_text (rows, 7);
      file->size = yeji_rows_int (rows, 8);
      file->rotation = (int) yeji_rows_int (rows, 9);
      g_ptr_array_add (files, file);
    }
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, failure);
  return FALSE;
}

static gboolean
run_list (YejiSql   *sql,
          gpointer   data,
          GError   **error)
{
  Work *work = data;
  g_autoptr (YejiRows) rows = NULL;

  work->files = g_ptr_array_new_with_free_func ((GDestroyNotify) yeji_tray_file_free);
  rows = yeji_sql_query (sql, error, FILE_SELECT "WHERE removed_at IS NULL ORDER BY rowid", "");
  return read_files (rows, work->files, error);
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
    g_task_return_pointer (task, g_steal_pointer (&work->files),
                           (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

/* Fails when one is not in the tray. */
static gboolean
find_files (YejiSql  *sql,
            Work     *work,
            gboolean  removed,
            GError  **error)
{
  work->files = g_ptr_array_new_with_free_func ((GDestroyNotify) yeji_tray_file_free);
  for (guint i = 0; work->ids[i] != NULL; i++)
    {
      g_autoptr (YejiRows) rows = NULL;

      rows = yeji_sql_query (sql, error,
                             FILE_SELECT "WHERE id = ?1 AND (removed_at IS NOT NULL) = ?2"
                             " AND (?2 = 0 OR attachment IS NULL)", "si", work->ids[i],
                             (gint64) removed);
      if (!read_files (rows, work->files, error))
        return FALSE;
      if (work->files->len <= i)
        {
          g_set_error (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_NOT_FOUND,
                       removed ? "no removed file %s" : "no file %s in the tray", work->ids[i]);
          return FALSE;
        }
    }
  return TRUE;
}

/* One that is named twice is out already, and has an attachment maybe. */
static gboolean
take_out (YejiSql     *sql,
          const Work  *work,
          const char  *id,
          const char  *attachment,
          GError     **error)
{
  return yeji_sql_exec (sql, error,
                        "UPDATE tray SET removed_at = ?2, bin_since = ?3, left_batch = ?4,"
                        " attachment = ?5 WHERE id = ?1 AND removed_at IS NULL", "ssiss", id,
                        work->now, work->day, work->batch, attachment);
}

/* A content that the slot has already is not attached once more. */
static gboolean
place (YejiSql             *sql,
       const Work          *work,
       const YejiTrayFile  *file,
       GError             **error)
{
  g_autofree char *id = NULL;
  g_autofree char *same = NULL;

  if (!yeji_attachment_check_type (work->slot, file->media_type, error)
      || !yeji_attachment_find_same (sql, work->uuid, work->slot->id, file->sha256,
                                     file->original, &same, error))
    {
      g_prefix_error (error, "%s: ", file->filename);
      return FALSE;
    }
  if (same != NULL)
    return take_out (sql, work, file->id, NULL, error);
  if (!yeji_attachment_check_room (sql, work->uuid, work->slot, work->limits, error))
    {
      g_prefix_error (error, "%s: ", file->filename);
      return FALSE;
    }
  id = g_uuid_string_random ();
  return yeji_sql_exec (sql, error,
                        "INSERT INTO attachment (id, record, slot, sha256, filename, media_type,"
                        " size, position, added_at, rotation, batch, origin, original, findings,"
                        " n_flaws) SELECT ?2, ?3, ?4, sha256, filename, media_type, size,"
                        " (SELECT coalesce (max (position), 0) + 1 FROM attachment"
                        "  WHERE record = ?3 AND slot = ?4), ?5, rotation, ?6, origin, original,"
                        " findings, n_flaws FROM tray WHERE id = ?1", "ssssss", file->id, id,
                        work->uuid, work->slot->id, work->now, work->batch)
    && take_out (sql, work, file->id, id, error);
}

static gboolean
run_place (YejiSql   *sql,
           gpointer   data,
           GError   **error)
{
  Work *work = data;

  if (!yeji_entry_require_editable (sql, work->uuid, error)
      || !find_files (sql, work, FALSE, error)
      || !yeji_bin_note_day (sql, work->now, &work->day, error))
    return FALSE;
  for (guint i = 0; i < work->files->len; i++)
    if (!place (sql, work, g_ptr_array_index (work->files, i), error))
      return FALSE;
  return yeji_store_note_slots (work->store, sql, work->uuid, error)
    && yeji_taking_begin (sql, work->batch, work->now, error);
}

static gboolean
run_remove (YejiSql   *sql,
            gpointer   data,
            GError   **error)
{
  Work *work = data;

  if (!find_files (sql, work, FALSE, error)
      || !yeji_bin_note_day (sql, work->now, &work->day, error))
    return FALSE;
  for (guint i = 0; work->ids[i] != NULL; i++)
    if (!take_out (sql, work, work->ids[i], NULL, error))
      return FALSE;
  return yeji_taking_begin (sql, work->batch, work->now, error);
}

static gboolean
run_restore (YejiSql   *sql,
             gpointer   data,
             GError   **error)
{
  Work *work = data;

  if (!find_files (sql, work, TRUE, error))
    return FALSE;
  for (guint i = 0; work->ids[i] != NULL; i++)
    if (!yeji_sql_exec (sql, error,
                        "UPDATE tray SET removed_at = NULL, expired_at = NULL, bin_since = NULL,"
                        " left_batch = NULL WHERE id = ?1", "s", work->ids[i]))
      return FALSE;
  return TRUE;
}

static gboolean
change (Work        *work,
        YejiDbFunc   func,
        char       **batch,
        GError     **error)
{
  g_autoptr (GHashTable) uuids = NULL;

  if (batch != NULL)
    *batch = NULL;
  if (work->ids[0] == NULL)
    return TRUE;
  if (!yeji_db_run (yeji_store_get_db (work->store), func, work, error))
    return FALSE;
  uuids = g_hash_table_new (g_str_hash, g_str_equal);
  yeji_store_announce_all (work->store, uuids, TRUE);
  if (batch != NULL)
    *batch = g_steal_pointer (&work->batch);
  return TRUE;
}

/**
 * yeji_store_list_tray:
 *
 * Returns: (transfer full) (nullable) (element-type YejiTrayFile): what waits in the tray, in the
 *   order in which it came. Blocks
 */
GPtrArray *
yeji_store_list_tray (YejiStore  *self,
                      GError    **error)
{
  g_auto (Work) work = { NULL };

  g_return_val_if_fail (YEJI_IS_STORE (self), NULL);

  init_work (&work, self, NULL);
  if (!yeji_db_run (yeji_store_get_db (self), run_list, &work, error))
    return NULL;
  return g_steal_pointer (&work.files);
}

void
yeji_store_list_tray_async (YejiStore           *self,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  Work *work;

  g_return_if_fail (YEJI_IS_STORE (self));

  work = g_new0 (Work, 1);
  yeji_store_start (self, run_list, work, free_work, yeji_store_list_tray_async, cancellable,
                    on_listed, callback, user_data);
}

GPtrArray *
yeji_store_list_tray_finish (YejiStore     *self,
                             GAsyncResult  *result,
                             GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * yeji_store_place_tray:
 * @ids: (array zero-terminated=1): of files in the tray
 * @batch: (out) (optional) (nullable): the taking, for yeji_store_undo_taking(); %NULL when there
 *     was no id
 *
 * Puts files of the tray into a slot, in that order. All or none; one that the slot has already
 * only leaves the tray. Blocks.
 *
 * Returns: %FALSE with %YEJI_STORE_ERROR_FILE when the slot does not take one or is full,
 *   %YEJI_STORE_ERROR_STATE when the record may not be changed, or %YEJI_STORE_ERROR_NOT_FOUND
 */
gboolean
yeji_store_place_tray (YejiStore          *self,
                       const char *const  *ids,
                       const char         *uuid,
                       const char         *slot,
                       char              **batch,
                       GError            **error)
{
  g_auto (Work) work = { NULL };
  YejiDictionary *dictionary;

  g_return_val_if_fail (YEJI_IS_STORE (self), FALSE);
  g_return_val_if_fail (ids != NULL && uuid != NULL && slot != NULL, FALSE);

  init_work (&work, self, ids);
  dictionary = yeji_store_get_dictionary (self);
  work.uuid = uuid;
  work.limits = yeji_dictionary_get_limits (dictionary);
  work.slot = yeji_dictionary_find_slot (dictionary, slot);
  if (work.slot == NULL)
    {
      g_set_error (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_NOT_FOUND,
                   "the dictionary has no document slot %s", slot);
      return FALSE;
    }
  return change (&work, run_place, batch, error);
}

/**
 * yeji_store_remove_tray:
 * @ids: (array zero-terminated=1): of files in the tray
 * @batch: (out) (optional) (nullable): the taking, for yeji_store_undo_taking()
 *
 * Moves files of the tray into the bin, where they stay as long as other documents do. All or none.
 * Blocks.
 */
gboolean
yeji_store_remove_tray (YejiStore          *self,
                        const char *const  *ids,
                        char              **batch,
                        GError            **error)
{
  g_auto (Work) work = { NULL };

  g_return_val_if_fail (YEJI_IS_STORE (self), FALSE);
  g_return_val_if_fail (ids != NULL, FALSE);

  init_work (&work, self, ids);
  return change (&work, run_remove, batch, error);
}

/**
 * yeji_store_restore_tray:
 * @ids: (array zero-terminated=1): of files that were removed from the tray
 *
 * Brings them back out of the bin. All or none. Blocks.
 */
gboolean
yeji_store_restore_tray (YejiStore          *self,
                         const char *const  *ids,
                         GError            **error)
{
  g_auto (Work) work = { NULL };

  g_return_val_if_fail (YEJI_IS_STORE (self), FALSE);
  g_return_val_if_fail (ids != NULL, FALSE);

  init_work (&work, self, ids);
  return change (&work, run_restore, NULL, error);
}
