// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-store"

#include "config.h"

#include "yeji-intake-store.h"

#include "yeji-bin-private.h"
#include "yeji-clock.h"
#include "yeji-store-private.h"
#include "yeji-undo.h"

/* What a taking did is in the rows themselves: attachments and files of the tray that it made name
 * it, and so do those that it took out of the tray. Undone it puts the former into the bin, with
 * its own moment as theirs, so that it knows them again, and gives the latter back. */

typedef struct
{
  YejiStore *store;
  const char *batch;
  gboolean again;              /* whether it is to be done again */
  char *now;
  char *undone_at;             /* (nullable) */
  gint64 day;
  GHashTable *touched;         /* uuids */
  GPtrArray *left;             /* (element-type YejiFilePlace) */
  gboolean tray;
  char *found;                 /* (nullable) */
} Work;

static void
clear_work (Work *work)
{
  g_free (work->now);
  g_free (work->undone_at);
  g_free (work->found);
  g_clear_pointer (&work->touched, g_hash_table_unref);
  g_clear_pointer (&work->left, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Work, clear_work)

static gboolean
finish (GError  *failure,
        GError **error)
{
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, failure);
  return FALSE;
}

/**
 * yeji_taking_begin: (skip)
 *
 * Notes that there is a taking, so that it can be undone.
 */
gboolean
yeji_taking_begin (YejiSql     *sql,
                   const char  *batch,
                   const char  *now,
                   GError     **error)
{
  return yeji_sql_exec (sql, error, "INSERT INTO taking (batch, at) VALUES (?1, ?2)", "ss", batch,
                        now);
}

/**
 * yeji_store_announce_all: (skip)
 * @uuids: a set of records
 * @tray: whether the tray changed, too
 *
 * Announces what was done with many documents.
 */
void
yeji_store_announce_all (YejiStore  *self,
                         GHashTable *uuids,
                         gboolean    tray)
{
  GHashTableIter iter;
  gpointer uuid;

  if (tray)
    yeji_store_announce_tray (self);
  if (tray || g_hash_table_size (uuids) > 1)
    {
      yeji_store_announce (self, NULL);
      return;
    }
  g_hash_table_iter_init (&iter, uuids);
  while (g_hash_table_iter_next (&iter, &uuid, NULL))
    yeji_store_announce (self, uuid);
}

static gboolean
find_taking (YejiSql  *sql,
             Work     *work,
             GError  **error)
{
  g_autoptr (YejiRows) rows = NULL;
  GError *failure = NULL;
  gboolean found;

  rows = yeji_sql_query (sql, error, "SELECT undone_at FROM taking WHERE batch = ?1", "s",
                         work->batch);
  if (rows == NULL)
    return FALSE;
  found = yeji_rows_next (rows, &failure);
  if (found)
    work->undone_at = yeji_rows_dup_text (rows, 0);
  if (failure == NULL && (!found || (work->undone_at != NULL) != work->again))
    g_set_error (&failure, YEJI_UNDO_ERROR, YEJI_UNDO_ERROR_NOTHING,
                 found ? "%s is %s already" : "there is no taking %s", work->batch,
                 work->again ? "done" : "undone");
  return finish (failure, error);
}

/* What the province was or is to be sent, or may not be changed, stays. */
static gboolean
may_go (YejiSql     *sql,
        const char  *id,
        const char  *uuid,
        gboolean    *may,
        GError     **error)
{
  g_autoptr (GError) reason = NULL;
  int queued;

  *may = FALSE;
  if (!yeji_entry_require_editable (sql, uuid, &reason))
    {
      if (reason->domain == YEJI_STORE_ERROR)
        return TRUE;
      return finish (g_steal_pointer (&reason), error);
    }
  queued = yeji_sql_has_row (sql, error,
                             "SELECT 1 FROM attachment a JOIN outbox o ON o.uuid = a.record"
                             " JOIN json_each (o.files) f ON a.slot = f.value ->> 'slot'"
                             "  AND a.sha256 = f.value ->> 'sha256' WHERE a.id = ?1", "s", id);
  *may = queued == 0;
  return queued >= 0;
}

static void
add_left (Work       *work,
          const char *id,
          const char *uuid,
          const char *name,
          const char *slot,
          const char *filename)
{
  YejiFilePlace *place = g_new0 (YejiFilePlace, 1);

  place->id = g_strdup (id);
  place->uuid = g_strdup (uuid);
  place->name = g_strdup (name != NULL ? name : "");
  place->slot = g_strdup (slot);
  place->filename = g_strdup (filename);
  g_ptr_array_add (work->left, place);
}

/* The rows of a query: id, record, its name, slot, filename, and what else is asked for. */
static gboolean
read_places (YejiRows   *rows,
             GPtrArray  *places,
             GError    **error)
{
  GError *failure = NULL;

  if (rows == NULL)
    return FALSE;
  while (yeji_rows_next (rows, &failure))
    {
      YejiFilePlace *place = g_new0 (YejiFilePlace, 1);

      place->id = yeji_rows_dup_text (rows, 0);
      place->uuid = yeji_rows_dup_text (rows, 1);
      place->name = yeji_rows_dup_text (rows, 2);
      place->slot = yeji_rows_dup_text (rows, 3);
      place->filename = yeji_rows_dup_text (rows, 4);
      g_ptr_array_add (places, place);
    }
  return finish (failure, error);
}

#define PLACE_SELECT \
  "SELECT a.id, a.record, ifnull (r.name, ''), a.slot, a.filename FROM attachment a" \
  " LEFT JOIN record r ON r.uuid = a.record "

static gboolean
take_out (YejiSql              *sql,
          Work                 *work,
          const YejiFilePlace  *place,
          GError              **error)
{
  gboolean may;

  if (!may_go (sql, place->id, place->uuid, &may, error))
    return FALSE;
  if (!may)
    {
      add_left (work, place->id, place->uuid, place->name, place->slot, place->filename);
      return TRUE;
    }
  g_hash_table_add (work->touched, g_strdup (place->uuid));
  return yeji_sql_exec (sql, error,
                        "UPDATE attachment SET removed_at = ?2, bin_since = ?3 WHERE id = ?1",
                        "ssi", place->id, work->now, work->day);
}

static gboolean
undo_attachments (YejiSql  *sql,
                  Work     *work,
                  GError  **error)
{
  g_autoptr (GPtrArray) places = NULL;
  g_autoptr (YejiRows) rows = NULL;

  places = g_ptr_array_new_with_free_func ((GDestroyNotify) yeji_file_place_free);
  rows = yeji_sql_query (sql, error,
                         PLACE_SELECT "WHERE a.batch = ?1 AND a.removed_at IS NULL"
                         " ORDER BY a.rowid", "s", work->batch);
  if (!read_places (rows, places, error))
    return FALSE;
  g_clear_pointer (&rows, yeji_rows_free);
  for (guint i = 0; i < places->len; i++)
    if (!take_out (sql, work, g_ptr_array_index (places, i), error))
      return FALSE;
  return TRUE;
}

/* What was moved since is another attachment of the same record and content, and what was in the
 * tray is an attachment of another taking. */
static gboolean
list_moved (YejiSql  *sql,
            Work     *work,
            GError  **error)
{
  g_autoptr (YejiRows) rows = NULL;

  rows = yeji_sql_query (sql, error,
                         PLACE_SELECT "WHERE a.removed_at IS NULL AND a.batch IS NOT ?1"
                         " AND (EXISTS (SELECT 1 FROM attachment b WHERE b.batch = ?1"
                         "   AND b.removed_at IS NOT NULL AND b.removed_at <> ?2"
                         "   AND b.record = a.record AND b.sha256 = a.sha256"
                         "   AND b.added_at <= a.added_at)"
                         "  OR a.id IN (SELECT attachment FROM tray WHERE batch = ?1"
                         "   AND removed_at IS NOT NULL))"
                         " ORDER BY a.rowid", "ss", work->batch, work->now);
  return read_places (rows, work->left, error);
}

static gboolean
undo_tray (YejiSql  *sql,
           Work     *work,
           GError  **error)
{
  gint64 n;

  if (!yeji_sql_exec (sql, error,
                      "UPDATE tray SET removed_at = ?2, bin_since = ?3, left_batch = NULL,"
                      " attachment = NULL WHERE batch = ?1 AND removed_at IS NULL", "ssi",
                      work->batch, work->now, work->day))
    return FALSE;
  n = yeji_sql_changes (sql);
  if (!yeji_sql_exec (sql, error,
                      "UPDATE tray SET removed_at = NULL, expired_at = NULL, bin_since = NULL"
                      " WHERE left_batch = ?1 AND removed_at IS NOT NULL AND (attachment IS NULL"
                      "  OR EXISTS (SELECT 1 FROM attachment a WHERE a.id = tray.attachment"
                      "   AND a.removed_at IS NOT NULL))", "s", work->batch))
    return FALSE;
  work->tray |= n + yeji_sql_changes (sql) > 0;
  return TRUE;
}

/* Its place may be taken by now: the same content is there again, or the slot is full. */
static gboolean
put_back (YejiSql              *sql,
          Work                 *work,
          const YejiFilePlace  *place,
          const char           *sha256,
          GError              **error)
{
  YejiDictionary *dictionary = yeji_store_get_dictionary (work->store);
  const YejiSlot *slot = yeji_dictionary_find_slot (dictionary, place->slot);
  g_autoptr (GError) reason = NULL;
  g_autofree char *same = NULL;

  if (slot == NULL
      || !yeji_entry_require_editable (sql, place->uuid, &reason)
      || !yeji_attachment_find_content (sql, place->uuid, place->slot, sha256, &same, &reason)
      || (same == NULL
          && !yeji_attachment_check_room (sql, place->uuid, slot,
                                          yeji_dictionary_get_limits (dictionary), &reason)))
    {
      if (reason != NULL && reason->domain != YEJI_STORE_ERROR)
        return finish (g_steal_pointer (&reason), error);
      add_left (work, place->id, place->uuid, place->name, place->slot, place->filename);
      return TRUE;
    }
  if (same != NULL)
    return TRUE;
  g_hash_table_add (work->touched, g_strdup (place->uuid));
  return yeji_sql_exec (sql, error,
                        "UPDATE attachment SET removed_at = NULL, expired_at = NULL,"
                        " bin_since = NULL WHERE id = ?1", "s", place->id);
}

static gboolean
redo_attachments (YejiSql  *sql,
                  Work     *work,
                  GError  **error)
{
  g_autoptr (GPtrArray) places = NULL;
  g_autoptr (GPtrArray) sums = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (YejiRows) rows = NULL;
  GError *failure = NULL;

  places = g_ptr_array_new_with_free_func ((GDestroyNotify) yeji_file_place_free);
  rows = yeji_sql_query (sql, error,
                         PLACE_SELECT "WHERE a.batch = ?1 AND a.removed_at = ?2 ORDER BY a.rowid",
                         "ss", work->batch, work->undone_at);
  if (!read_places (rows, places, error))
    return FALSE;
  g_clear_pointer (&rows, yeji_rows_free);
  rows = yeji_sql_query (sql, error,
                         "SELECT sha256 FROM attachment WHERE batch = ?1 AND removed_at = ?2"
                         " ORDER BY rowid", "ss", work->batch, work->undone_at);
  if (rows == NULL)
    return FALSE;
  while (yeji_rows_next (rows, &failure))
    g_ptr_array_add (sums, yeji_rows_dup_text (rows, 0));
  g_clear_pointer (&rows, yeji_rows_free);
  if (!finish (failure, error))
    return FALSE;
  for (guint i = 0; i < places->len; i++)
    if (!put_back (sql, work, g_ptr_array_index (places, i), g_ptr_array_index (sums, i), error))
      return FALSE;
  return TRUE;
}

static gboolean
redo_tray (YejiSql  *sql,
           Work     *work,
           GError  **error)
{
  gint64 n;

  if (!yeji_sql_exec (sql, error,
                      "UPDATE tray SET removed_at = NULL, expired_at = NULL, bin_since = NULL"
                      " WHERE batch = ?1 AND removed_at = ?2", "ss", work->batch, work->undone_at))
    return FALSE;
  n = yeji_sql_changes (sql);
  if (!yeji_sql_exec (sql, error,
                      "UPDATE tray SET removed_at = ?2, bin_since = ?3 WHERE left_batch = ?1"
                      " AND removed_at IS NULL AND (attachment IS NULL"
                      "  OR EXISTS (SELECT 1 FROM attachment a WHERE a.id = tray.attachment"
                      "   AND a.removed_at IS NULL))", "ssi", work->batch, work->now, work->day))
    return FALSE;
  work->tray |= n + yeji_sql_changes (sql) > 0;
  return TRUE;
}

static gboolean
note_slots (YejiSql  *sql,
            Work     *work,
            GError  **error)
{
  GHashTableIter iter;
  gpointer uuid;

  g_hash_table_iter_init (&iter, work->touched);
  while (g_hash_table_iter_next (&iter, &uuid, NULL))
    if (!yeji_store_note_slots (work->store, sql, uuid, error))
      return FALSE;
  return TRUE;
}

static gboolean
run_change (YejiSql   *sql,
            gpointer   data,
            GError   **error)
{
  Work *work = data;

  if (!find_taking (sql, work, error) || !yeji_bin_note_day (sql, work->now, &work->day, error))
    return FALSE;
  if (work->again)
    return redo_attachments (sql, work, error) && redo_tray (sql, work, error)
      && note_slots (sql, work, error)
      && yeji_sql_exec (sql, error, "UPDATE taking SET undone_at = NULL WHERE batch = ?1", "s",
                        work->batch);
  return list_moved (sql, work, error) && undo_attachments (sql, work, error)
    && undo_tray (sql, work, error) && note_slots (sql, work, error)
    && yeji_sql_exec (sql, error, "UPDATE taking SET undone_at = ?2 WHERE batch = ?1", "ss",
                      work->batch, work->now);
}

static gboolean
change (YejiStore   *self,
        const char  *batch,
        gboolean     again,
        GPtrArray  **left,
        GError     **error)
{
  g_auto (Work) work = { self, batch, again };

  work.now = yeji_clock_now ();
  work.touched = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  work.left = g_ptr_array_new_with_free_func ((GDestroyNotify) yeji_file_place_free);
  if (!yeji_db_run (yeji_store_get_db (self), run_change, &work, error))
    return FALSE;
  yeji_store_announce_all (self, work.touched, work.tray);
  if (left != NULL)
    *left = g_steal_pointer (&work.left);
  return TRUE;
}

static gboolean
run_find (YejiSql   *sql,
          gpointer   data,
          GError   **error)
{
  Work *work = data;
  g_autoptr (YejiRows) rows = NULL;
  GError *failure = NULL;

  rows = yeji_sql_query (sql, error,
                         "SELECT batch FROM taking WHERE undone_at IS NULL ORDER BY seq DESC"
                         " LIMIT 1", "");
  if (rows == NULL)
    return FALSE;
  if (yeji_rows_next (rows, &failure))
    work->found = yeji_rows_dup_text (rows, 0);
  return finish (failure, error);
}

/**
 * yeji_store_undo_taking:
 * @batch: of yeji_store_take_files(), yeji_store_place_tray() or yeji_store_remove_tray()
 * @left: (out) (optional) (element-type YejiFilePlace): what was changed since, and stays: moved to
 *     another slot, placed out of the tray, or of a record that was submitted
 *
 * Takes it back: what it brought goes into the bin, what it took out of the tray is there again.
 * Blocks.
 *
 * Returns: %FALSE with %YEJI_UNDO_ERROR_NOTHING when it is undone already
 */
gboolean
yeji_store_undo_taking (YejiStore   *self,
                        const char  *batch,
                        GPtrArray  **left,
                        GError     **error)
{
  g_return_val_if_fail (YEJI_IS_STORE (self), FALSE);
  g_return_val_if_fail (batch != NULL, FALSE);

  return change (self, batch, FALSE, left, error);
}

/**
 * yeji_store_redo_taking:
 * @left: (out) (optional) (element-type YejiFilePlace): what could not be put back: its record may
 *     not be changed any more, or the slot is full
 *
 * Does again what yeji_store_undo_taking() took back. Blocks.
 *
 * Returns: %FALSE with %YEJI_UNDO_ERROR_NOTHING when it is not undone
 */
gboolean
yeji_store_redo_taking (YejiStore   *self,
                        const char  *batch,
                        GPtrArray  **left,
                        GError     **error)
{
  g_return_val_if_fail (YEJI_IS_STORE (self), FALSE);
  g_return_val_if_fail (batch != NULL, FALSE);

  return change (self, batch, TRUE, left, error);
}

/**
 * yeji_store_find_last_taking:
 *
 * Returns: (transfer full) (nullable): the last one that is not undone; %NULL when there is none,
 *   or with an error. Blocks
 */
char *
yeji_store_find_last_taking (YejiStore  *self,
                             GError    **error)
{
  g_auto (Work) work = { self };

  g_return_val_if_fail (YEJI_IS_STORE (self), NULL);

  if (!yeji_db_run (yeji_store_get_db (self), run_find, &work, error))
    return NULL;
  return g_steal_pointer (&work.found);
}
