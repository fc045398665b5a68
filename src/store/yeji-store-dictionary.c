// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-store"

#include "config.h"

#include "yeji-store-private.h"

#include "yeji-clock.h"
#include "yeji-json.h"
#include "yeji-store-index.h"
#include "yeji-store-seal.h"

#include <string.h>

/* Records that the clerk may change are moved when the dictionary changes: on a copy, all of them
 * or none, with the body before and a report kept. A record in the province's hands stays as it was
 * sent, and is moved when it comes back. */

#define MIGRATED "migrated"

/* What a record is before it is moved. */
typedef struct
{
  YejiRecord *old;
  YejiRecord *base;            /* (nullable): what the province has */
  char *body;
} Before;

typedef struct
{
  YejiStore *store;
  char *version;
  char *sha256;
  GBytes *bundle;
  YejiDictionary *dictionary;
  char *uuid;                  /* (nullable) */
  char *body;
  YejiRecord *record;
  GPtrArray *list;
  gint64 after;                /* reports with a greater seq; or the seq of one */
} Work;

static void
clear_before (Before *before)
{
  g_clear_object (&before->old);
  g_clear_object (&before->base);
  g_clear_pointer (&before->body, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Before, clear_before)

static void
free_work (gpointer data)
{
  Work *work = data;

  g_free (work->version);
  g_free (work->sha256);
  g_clear_pointer (&work->bundle, g_bytes_unref);
  g_clear_object (&work->dictionary);
  g_free (work->uuid);
  g_free (work->body);
  g_clear_object (&work->record);
  g_clear_pointer (&work->list, g_ptr_array_unref);
  g_free (work);
}

static gboolean
read_before (YejiStore   *self,
             YejiSql     *sql,
             const char  *uuid,
             Before      *before,
             GError     **error)
{
  YejiShelf *shelf = yeji_store_get_shelf (self);
  g_autofree char *base = NULL;
  g_autoptr (YejiRows) rows = NULL;

  rows = yeji_sql_query (sql, error, "SELECT body, base_body FROM record WHERE uuid = ?1",
                         "s", uuid);
  if (rows == NULL || !yeji_rows_next (rows, error))
    return FALSE;
  before->body = yeji_rows_dup_text (rows, 0);
  base = yeji_rows_dup_text (rows, 1);
  g_clear_pointer (&rows, yeji_rows_free);   /* the shelf asks, too */
  before->old = yeji_shelf_read (shelf, sql, before->body, error);
  if (before->old == NULL || base == NULL)
    return before->old != NULL;
  before->base = yeji_shelf_read_under (shelf, sql, base, yeji_shelf_get_current (shelf), error);
  return before->base != NULL;
}

static gboolean
write_line (YejiStore   *self,
            YejiSql     *sql,
            const char  *uuid,
            gint64       step,
            YejiChange   change,
            const char  *at,
            GError     **error)
{
  return yeji_store_write_change (self, sql, uuid, step, &change, MIGRATED, at, error);
}

/* Values that are another now, or elsewhere, and first of all the version. */
static gboolean
write_history (YejiStore   *self,
               YejiSql     *sql,
               YejiRecord  *old,
               YejiRecord  *new,
               GPtrArray   *notes,
               const char  *at,
               GError     **error)
{
  const char *uuid = yeji_record_get_uuid (new);
  const char *from = yeji_dictionary_get_version (yeji_record_get_dictionary (old));
  const char *to = yeji_dictionary_get_version (yeji_record_get_dictionary (new));
  gint64 step;

  if (!yeji_store_read_next_step (sql, uuid, &step, error)
      || !write_line (self, sql, uuid, step,
                      (YejiChange) { (char *) "", (char *) "", (char *) "dictionary", (char *) from,
                                     (char *) to }, at, error))
    return FALSE;
  for (guint i = 0; i < notes->len; i++)
    {
      const YejiMoveNote *note = g_ptr_array_index (notes, i);

      if (note->kind != YEJI_MOVE_CODE_MAPPED && note->kind != YEJI_MOVE_KEPT_ASIDE
          && note->kind != YEJI_MOVE_PUT_BACK)
        continue;
      if (!write_line (self, sql, uuid, step,
                       (YejiChange) { note->table, note->row, note->field,
                                      note->before != NULL ? note->before : (char *) "",
                                      note->after != NULL ? note->after : (char *) "" }, at, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
write_report (YejiStore    *self,
              YejiSql      *sql,
              const Before *before,
              YejiRecord   *new,
              GPtrArray    *notes,
              const char   *at,
              GError      **error)
{
  g_autoptr (JsonNode) node = yeji_move_notes_to_json (notes);
  g_autofree char *text = yeji_store_seal_notes (self, yeji_record_get_dictionary (new),
                                                 yeji_record_get_uuid (new), node);

  return yeji_sql_exec (sql, error,
                        "INSERT INTO move (record, from_version, to_version, at, notes,"
                        " body_before) VALUES (?1, ?2, ?3, ?4, ?5, ?6)", "ssssss",
                        yeji_record_get_uuid (new),
                        yeji_dictionary_get_version (yeji_record_get_dictionary (before->old)),
                        yeji_dictionary_get_version (yeji_record_get_dictionary (new)), at, text,
                        before->body);
}

/* When it was changed, and by whom, is the clerk's own; what was found in it, is not known yet. */
static gboolean
write_moved (YejiStore   *self,
             YejiSql     *sql,
             YejiRecord  *new,
             YejiRecord  *base,
             GError     **error)
{
  g_autofree char *body = yeji_store_make_body (self, new, 0, error);
  g_autofree char *digest = yeji_store_digest (self, new);
  g_autofree char *base_body = base != NULL ? yeji_store_seal_record (self, base, 0) : NULL;
  g_autofree char *base_digest = base != NULL ? yeji_store_digest (self, base) : NULL;

  if (body == NULL)
    return FALSE;
  return yeji_sql_exec (sql, error,
                        "UPDATE record SET name = ?2, number = ?3, dictionary = ?4, digest = ?5,"
                        " body = ?6, base_digest = ?7, base_body = ?8, n_errors = NULL,"
                        " n_warnings = NULL, generation = generation + 1 WHERE uuid = ?1",
                        "ssssssss", yeji_record_get_uuid (new),
                        yeji_row_get_title (yeji_record_get_project (new)),
                        yeji_store_get_number (new),
                        yeji_dictionary_get_version (yeji_record_get_dictionary (new)), digest,
                        body, base_digest, base_body);
}

static gboolean
list_pointers (YejiSql      *sql,
               const char   *uuid,
               GPtrArray    *pointers,
               GError      **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (YejiRows) rows = NULL;

  rows = yeji_sql_query (sql, error, "SELECT DISTINCT pointer FROM point WHERE record = ?1", "s",
                         uuid);
  if (rows == NULL)
    return FALSE;
  while (yeji_rows_next (rows, &local_error))
    g_ptr_array_add (pointers, yeji_rows_dup_text (rows, 0));
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/* The reviewer's points stay where they were made, whatever the place is called now. A renamed
 * place may have the name of another one that moved on: the marks keep them apart. */
static gboolean
move_points (YejiSql     *sql,
             YejiRecord  *old,
             YejiRecord  *new,
             GError     **error)
{
  const char *uuid = yeji_record_get_uuid (new);
  g_autoptr (GPtrArray) pointers = g_ptr_array_new_with_free_func (g_free);

  if (!list_pointers (sql, uuid, pointers, error))
    return FALSE;
  for (guint i = 0; i < pointers->len; i++)
    {
      const char *before = g_ptr_array_index (pointers, i);
      g_autofree char *after = yeji_record_move_pointer (old, new, before);
      g_autofree char *marked = g_strconcat ("moved:", after, NULL);

      if (!yeji_sql_exec (sql, error,
                          "UPDATE point SET pointer = ?3 WHERE record = ?1 AND pointer = ?2",
                          "sss", uuid, before, marked))
        return FALSE;
    }
  return yeji_sql_exec (sql, error,
                        "UPDATE point SET pointer = substr (pointer, 7) WHERE record = ?1"
                        " AND pointer LIKE 'moved:%'", "s", uuid);
}

static gboolean
move (YejiStore   *self,
      YejiSql     *sql,
      const char  *uuid,
      const char  *at,
      GError     **error)
{
  YejiDictionary *current = yeji_shelf_get_current (yeji_store_get_shelf (self));
  g_auto (Before) before = { NULL };
  g_autoptr (YejiRecord) new = NULL;
  g_autoptr (GPtrArray) notes = NULL;

  if (!read_before (self, sql, uuid, &before, error))
    {
      g_prefix_error (error, "%s: ", uuid);
      return FALSE;
    }
  /* A version that is not known here was read as if it were the current one. */
  if (yeji_record_get_dictionary (before.old) == current)
    return TRUE;
  new = yeji_record_move (before.old, current, &notes);
  return write_report (self, sql, &before, new, notes, at, error)
    && write_history (self, sql, before.old, new, notes, at, error)
    && move_points (sql, before.old, new, error)
    && write_moved (self, sql, new, before.base, error)
    && yeji_store_index_again (self, sql, uuid, before.body, error);
}

static gboolean
is_older (YejiStore   *self,
          YejiSql     *sql,
          const char  *uuid,
          gboolean    *older,
          GError     **error)
{
  YejiDictionary *current = yeji_shelf_get_current (yeji_store_get_shelf (self));
  g_autoptr (GError) local_error = NULL;
  g_autoptr (YejiRows) rows = NULL;

  rows = yeji_sql_query (sql, error,
                         "SELECT 1 FROM record WHERE uuid = ?1 AND dictionary <> ?2", "ss", uuid,
                         yeji_dictionary_get_version (current));
  if (rows == NULL)
    return FALSE;
  *older = yeji_rows_next (rows, &local_error);
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/**
 * yeji_store_move_editable: (skip)
 *
 * Moves a record to the dictionary that counts, if it is of another version and in the clerk's
 * hands.
 */
gboolean
yeji_store_move_editable (YejiStore   *self,
                          YejiSql     *sql,
                          const char  *uuid,
                          const char  *at,
                          GError     **error)
{
  g_autoptr (YejiEntry) entry = NULL;
  gboolean older;

  if (!is_older (self, sql, uuid, &older, error))
    return FALSE;
  if (!older)
    return TRUE;
  entry = yeji_entry_read (sql, uuid, error);
  if (entry == NULL)
    return FALSE;
  return !yeji_entry_is_in_hand (entry) || move (self, sql, uuid, at, error);
}

static GPtrArray *
list_older (YejiStore  *self,
            YejiSql    *sql,
            GError    **error)
{
  YejiDictionary *current = yeji_shelf_get_current (yeji_store_get_shelf (self));
  g_autoptr (GPtrArray) uuids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) local_error = NULL;
  g_autoptr (YejiRows) rows = NULL;

  rows = yeji_sql_query (sql, error, "SELECT uuid FROM record WHERE dictionary < ?1"
                         " OR dictionary > ?1", "s", yeji_dictionary_get_version (current));
  if (rows == NULL)
    return NULL;
  while (yeji_rows_next (rows, &local_error))
    g_ptr_array_add (uuids, yeji_rows_dup_text (rows, 0));
  if (local_error == NULL)
    return g_steal_pointer (&uuids);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}

/**
 * yeji_store_move_all: (skip)
 *
 * Moves every record that is in the clerk's hands to the dictionary that counts.
 */
gboolean
yeji_store_move_all (YejiStore  *self,
                     YejiSql    *sql,
                     GError    **error)
{
  g_autoptr (GPtrArray) uuids = list_older (self, sql, error);
  g_autofree char *now = yeji_clock_now ();

  for (guint i = 0; uuids != NULL && i < uuids->len; i++)
    if (!yeji_store_move_editable (self, sql, g_ptr_array_index (uuids, i), now, error))
      return FALSE;
  return uuids != NULL;
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

static gboolean
run_list_reports (YejiSql   *sql,
                  gpointer   data,
                  GError   **error)
{
  Work *work = data;
  g_autoptr (GPtrArray) list = NULL;
  g_autoptr (GError) local_error = NULL;
  g_autoptr (YejiRows) rows = NULL;

  rows = yeji_sql_query (sql, error,
                         "SELECT m.record, r.name, m.from_version, m.to_version, m.at, m.notes,"
                         " m.seq"
                         " FROM move m JOIN record r ON r.uuid = m.record"
                         " WHERE (?1 IS NULL OR m.record = ?1) AND m.seq > ?2 ORDER BY m.seq DESC",
                         "si", work->uuid, work->after);
  if (rows == NULL)
    return FALSE;
  list = g_ptr_array_new_with_free_func ((GDestroyNotify) yeji_move_report_free);
  while (yeji_rows_next (rows, &local_error))
    g_ptr_array_add (list, read_report (work->store, rows));
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  work->list = g_steal_pointer (&list);
  return TRUE;
}

static gboolean
read_last_report (YejiSql  *sql,
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

/* In memory the older dictionary counts again where the transaction fails. */
static gboolean
run_adopt (YejiSql   *sql,
           gpointer   data,
           GError   **error)
{
  Work *work = data;
  YejiShelf *shelf = yeji_store_get_shelf (work->store);
  g_autoptr (YejiDictionary) offered = yeji_shelf_dup_offered (shelf);

  if (offered == NULL)
    {
      work->list = g_ptr_array_new_with_free_func ((GDestroyNotify) yeji_move_report_free);
      return TRUE;
    }
  work->dictionary = g_object_ref (yeji_shelf_get_current (shelf));
  if (read_last_report (sql, &work->after, error)
      && yeji_shelf_adopt (shelf, sql, offered, error)
      && yeji_store_move_all (work->store, sql, error)
      && run_list_reports (sql, work, error))
    return TRUE;
  yeji_shelf_set_current (shelf, work->dictionary);
  yeji_shelf_set_offered (shelf, offered);
  return FALSE;
}

static gboolean
run_offer (YejiSql   *sql,
           gpointer   data,
           GError   **error)
{
  Work *work = data;

  return yeji_shelf_offer (yeji_store_get_shelf (work->store), sql, work->dictionary, work->bundle,
                           work->sha256, error);
}

static gboolean
run_offer_known (YejiSql   *sql,
                 gpointer   data,
                 GError   **error)
{
  Work *work = data;

  return yeji_shelf_offer_known (yeji_store_get_shelf (work->store), sql, work->version, error);
}

static gboolean
run_withdraw (YejiSql   *sql,
              gpointer   data,
              GError   **error)
{
  Work *work = data;

  return yeji_shelf_withdraw (yeji_store_get_shelf (work->store), sql, error);
}

static gboolean
run_find_sum (YejiSql   *sql,
              gpointer   data,
              GError   **error)
{
  Work *work = data;

  return yeji_shelf_find_sum (sql, work->version, &work->sha256, error);
}

static gboolean
run_find (YejiSql   *sql,
          gpointer   data,
          GError   **error)
{
  Work *work = data;
  YejiDictionary *found = NULL;

  if (!yeji_shelf_find (yeji_store_get_shelf (work->store), sql, work->version, &found, error))
    return FALSE;
  g_set_object (&work->dictionary, found);
  return TRUE;
}

static gboolean
run_dup_version (YejiSql   *sql,
                 gpointer   data,
                 GError   **error)
{
  Work *work = data;
  YejiDictionary *current = yeji_shelf_get_current (yeji_store_get_shelf (work->store));

  work->version = g_strdup (yeji_dictionary_get_version (current));
  return TRUE;
}

static gboolean
run_read (YejiSql   *sql,
          gpointer   data,
          GError   **error)
{
  Work *work = data;

  work->record = yeji_shelf_read (yeji_store_get_shelf (work->store), sql, work->body, error);
  return work->record != NULL;
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
                         work->after);
  if (rows == NULL)
    return FALSE;
  if (yeji_rows_next (rows, &local_error))
    work->body = yeji_rows_dup_text (rows, 0);
  else if (local_error == NULL)
    g_set_error (&local_error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_NOT_FOUND,
                 "no move %" G_GINT64_FORMAT, work->after);
  if (local_error == NULL)
    return run_read (sql, work, error);
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

  work.after = seq;
  run_load_before (sql, &work, error);
  g_free (work.body);
  return work.record;
}

static Work *
new_work (YejiStore *self)
{
  Work *work = g_new0 (Work, 1);

  work->store = self;
  return work;
}

static void
on_listed (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Work *work = g_task_get_task_data (task);
  GError *error = NULL;

  if (!yeji_db_run_finish (YEJI_DB (source), result, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  if (g_task_get_source_tag (task) == yeji_store_adopt_dictionary_async)
    yeji_store_announce (work->store, NULL);
  g_task_return_pointer (task, g_steal_pointer (&work->list), (GDestroyNotify) g_ptr_array_unref);
}

/**
 * yeji_store_read:
 * @body: a record, JSON
 *
 * Reads a record under the version of the dictionary that it names, if the profile knows it.
 *
 * Returns: (transfer full) (nullable): the record
 */
YejiRecord *
yeji_store_read (YejiStore   *self,
                 const char  *body,
                 GError     **error)
{
  Work work = { self };
  gboolean done;

  g_return_val_if_fail (YEJI_IS_STORE (self), NULL);
  g_return_val_if_fail (body != NULL, NULL);

  work.body = (char *) body;
  done = yeji_db_run (yeji_store_get_db (self), run_read, &work, error);
  return done ? work.record : NULL;
}

/**
 * yeji_store_load_before_move:
 * @seq: of a report
 *
 * Returns: (transfer full) (nullable): the record as it was before it was moved, under the version of
 * then
 */
YejiRecord *
yeji_store_load_before_move (YejiStore  *self,
                             gint64      seq,
                             GError    **error)
{
  Work work = { self };
  gboolean done;

  g_return_val_if_fail (YEJI_IS_STORE (self), NULL);

  work.after = seq;
  done = yeji_db_run (yeji_store_get_db (self), run_load_before, &work, error);
  g_free (work.body);
  return done ? work.record : NULL;
}

/**
 * yeji_store_get_offered_dictionary:
 *
 * Tells which dictionary the province uses now, when it is another one than that of the drafts. It
 * has been fetched and verified, and waits for yeji_store_adopt_dictionary(). Does not block.
 *
 * Returns: (transfer full) (nullable): the dictionary, %NULL if there is no other
 */
YejiDictionary *
yeji_store_get_offered_dictionary (YejiStore *self)
{
  g_return_val_if_fail (YEJI_IS_STORE (self), NULL);

  return yeji_shelf_dup_offered (yeji_store_get_shelf (self));
}

/**
 * yeji_store_dup_dictionary_version:
 *
 * Returns: (transfer full) (nullable): the version under which drafts are written: that of
 * yeji_store_get_dictionary(), or of what was adopted since the store was opened
 */
char *
yeji_store_dup_dictionary_version (YejiStore  *self,
                                   GError    **error)
{
  Work work = { self };

  g_return_val_if_fail (YEJI_IS_STORE (self), NULL);

  return yeji_db_run (yeji_store_get_db (self), run_dup_version, &work, error) ? work.version
                                                                               : NULL;
}

/**
 * yeji_store_find_dictionary:
 * @dictionary: (out) (transfer full) (nullable): %NULL when that version was never used here
 *
 * Finds a version of the dictionary that the profile knows.
 */
gboolean
yeji_store_find_dictionary (YejiStore       *self,
                            const char      *version,
                            YejiDictionary **dictionary,
                            GError         **error)
{
  Work work = { self };
  gboolean done;

  g_return_val_if_fail (YEJI_IS_STORE (self), FALSE);
  g_return_val_if_fail (version != NULL, FALSE);

  work.version = (char *) version;
  done = yeji_db_run (yeji_store_get_db (self), run_find, &work, error);
  *dictionary = work.dictionary;
  return done;
}

/**
 * yeji_store_find_dictionary_sum:
 *
 * Returns: (transfer full) (nullable): the SHA-256 of the bundle that the profile has of that
 * version, in hexadecimal digits; %NULL if it has none, and with @error set when it cannot be read
 */
char *
yeji_store_find_dictionary_sum (YejiStore   *self,
                                const char  *version,
                                GError     **error)
{
  Work work = { self };

  g_return_val_if_fail (YEJI_IS_STORE (self), NULL);
  g_return_val_if_fail (version != NULL, NULL);

  work.version = (char *) version;
  return yeji_db_run (yeji_store_get_db (self), run_find_sum, &work, error) ? work.sha256 : NULL;
}

/**
 * yeji_store_offer_dictionary:
 * @dictionary: what @bundle says; it was verified
 * @bundle: as it was fetched
 * @sha256: of @bundle, hexadecimal digits
 *
 * Keeps the province's dictionary, and tells by "dictionary-offered". No record changes.
 */
gboolean
yeji_store_offer_dictionary (YejiStore       *self,
                             YejiDictionary  *dictionary,
                             GBytes          *bundle,
                             const char      *sha256,
                             GError         **error)
{
  Work work = { self };

  g_return_val_if_fail (YEJI_IS_STORE (self), FALSE);
  g_return_val_if_fail (YEJI_IS_DICTIONARY (dictionary), FALSE);
  g_return_val_if_fail (bundle != NULL && sha256 != NULL, FALSE);

  work.dictionary = dictionary;
  work.bundle = bundle;
  work.sha256 = (char *) sha256;
  if (!yeji_db_run (yeji_store_get_db (self), run_offer, &work, error))
    return FALSE;
  yeji_store_announce_offer (self);
  return TRUE;
}

/**
 * yeji_store_offer_known_dictionary:
 * @version: of a dictionary that the profile has
 *
 * Does what yeji_store_offer_dictionary() does with a dictionary that was fetched before.
 *
 * Returns: %FALSE with %YEJI_STORE_ERROR_NOT_FOUND if the profile has no such version
 */
gboolean
yeji_store_offer_known_dictionary (YejiStore   *self,
                                   const char  *version,
                                   GError     **error)
{
  Work work = { self };

  g_return_val_if_fail (YEJI_IS_STORE (self), FALSE);
  g_return_val_if_fail (version != NULL, FALSE);

  work.version = (char *) version;
  if (!yeji_db_run (yeji_store_get_db (self), run_offer_known, &work, error))
    return FALSE;
  yeji_store_announce_offer (self);
  return TRUE;
}

/**
 * yeji_store_withdraw_dictionary:
 *
 * Forgets what was offered: the province uses the dictionary that counts here.
 */
gboolean
yeji_store_withdraw_dictionary (YejiStore  *self,
                                GError    **error)
{
  Work work = { self };

  g_return_val_if_fail (YEJI_IS_STORE (self), FALSE);

  return yeji_db_run (yeji_store_get_db (self), run_withdraw, &work, error);
}

/**
 * yeji_store_adopt_dictionary:
 * @reports: (out) (optional) (transfer container) (element-type YejiMoveReport): one a record
 *
 * Goes over to the dictionary that is offered: every record in the clerk's hands is moved, all of
 * them or none, with its body before, a line in its history and a report kept; records that the
 * province has stay as they were sent. From then on records are written under that dictionary. The
 * store goes on to give out records under the one that it was opened with, so that no form
 * breaks: close it and open it again to use the new one. What is moved counts as not checked yet.
 * Without an offer nothing is done.
 */
gboolean
yeji_store_adopt_dictionary (YejiStore   *self,
                             GPtrArray  **reports,
                             GError     **error)
{
  Work *work;
  gboolean done;

  g_return_val_if_fail (YEJI_IS_STORE (self), FALSE);

  work = new_work (self);
  done = yeji_db_run (yeji_store_get_db (self), run_adopt, work, error);
  if (done && reports != NULL)
    *reports = g_steal_pointer (&work->list);
  free_work (work);
  if (done)
    yeji_store_announce (self, NULL);
  return done;
}

void
yeji_store_adopt_dictionary_async (YejiStore           *self,
                                   GCancellable        *cancellable,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data)
{
  g_return_if_fail (YEJI_IS_STORE (self));

  yeji_store_start (self, run_adopt, new_work (self), free_work, yeji_store_adopt_dictionary_async,
                    cancellable, on_listed, callback, user_data);
}

/**
 * yeji_store_adopt_dictionary_finish:
 *
 * Returns: (transfer container) (nullable) (element-type YejiMoveReport): as @reports of
 * yeji_store_adopt_dictionary()
 */
GPtrArray *
yeji_store_adopt_dictionary_finish (YejiStore     *self,
                                    GAsyncResult  *result,
                                    GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
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
  return yeji_db_run (yeji_store_get_db (self), run_list_reports, &work, error) ? work.list : NULL;
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

  work = new_work (self);
  work->uuid = g_strdup (uuid);
  yeji_store_start (self, run_list_reports, work, free_work, yeji_store_list_move_reports_async,
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
