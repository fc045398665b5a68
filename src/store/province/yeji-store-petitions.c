// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-store"

#include "config.h"

#include "yeji-petition-private.h"

#include <string.h>

#include "yeji-clock.h"
#include "yeji-store-private.h"
#include "yeji-store-seal.h"
#include "yeji-transfer-store.h"
#include "yeji-vault.h"

/* The slot that the province keeps such documents in; no slot of the dictionary. */
#define SLOT "evidence"
#define MAX_CHANGES 500

typedef struct
{
  YejiStore *store;
  const char *id;
  const char *record;          /* (nullable) */
  const YejiPetition *petition;
  GPtrArray *list;             /* (element-type YejiPetition) */
  GPtrArray *rows;             /* (element-type YejiTransferRow) */
} Job;

/* In the order of the columns. */
static const gsize texts[] = {
  G_STRUCT_OFFSET (YejiPetition, id), G_STRUCT_OFFSET (YejiPetition, record),
  G_STRUCT_OFFSET (YejiPetition, reason), G_STRUCT_OFFSET (YejiPetition, there),
  G_STRUCT_OFFSET (YejiPetition, message), G_STRUCT_OFFSET (YejiPetition, office),
  G_STRUCT_OFFSET (YejiPetition, reviewer), G_STRUCT_OFFSET (YejiPetition, failure),
  G_STRUCT_OFFSET (YejiPetition, created_at), G_STRUCT_OFFSET (YejiPetition, sent_at),
  G_STRUCT_OFFSET (YejiPetition, decided_at),
};

static gboolean
finish (GError  *failure,
        GError **error)
{
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, failure);
  return FALSE;
}

static gboolean
refuse (GError     **error,
        const char  *what)
{
  g_set_error_literal (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_STATE, what);
  return FALSE;
}

static YejiPetition *
read_petition (YejiRows *rows)
{
  YejiPetition *self = yeji_petition_new ("", YEJI_PETITION_CORRECTION);

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_free (G_STRUCT_MEMBER (char *, self, texts[i]));
      G_STRUCT_MEMBER (char *, self, texts[i]) = yeji_rows_dup_text (rows, (int) i);
    }
  if (g_str_equal (yeji_rows_text (rows, 11), "withdrawal"))
    self->kind = YEJI_PETITION_WITHDRAWAL;
  yeji_petition_state_from_text (yeji_rows_text (rows, 12), &self->state);
  self->begun = yeji_rows_int (rows, 13) != 0;
  self->attempts = (guint) yeji_rows_int (rows, 14);
  self->next_attempt = yeji_rows_int (rows, 15);
  return self;
}

static gboolean
read_changes (YejiStore     *store,
              YejiSql       *sql,
              YejiPetition  *petition,
              GError       **error)
{
  GError *failure = NULL;
  g_autoptr (YejiRows) rows = NULL;

  rows = yeji_sql_query (sql, error,
                         "SELECT \"table\", \"row\", field, pointer, before, after"
                         " FROM petition_change WHERE petition = ?1 ORDER BY rowid", "s",
                         petition->id);
  if (rows == NULL)
    return FALSE;
  while (yeji_rows_next (rows, &failure))
    {
      YejiChange line = {
        yeji_rows_dup_text (rows, 0), yeji_rows_dup_text (rows, 1), yeji_rows_dup_text (rows, 2),
        yeji_rows_dup_text (rows, 4), yeji_rows_dup_text (rows, 5),
      };

      yeji_store_open_line (store, petition->record, &line);
      yeji_petition_add_change (petition, line.table, line.row, line.field,
                                yeji_rows_text (rows, 3), line.before, line.after);
      g_free (line.table);
      g_free (line.row);
      g_free (line.field);
      g_free (line.before);
      g_free (line.after);
    }
  return finish (failure, error);
}

static gboolean
read_files (YejiSql       *sql,
            YejiPetition  *petition,
            GError       **error)
{
  GError *failure = NULL;
  g_autoptr (YejiRows) rows = NULL;

  rows = yeji_sql_query (sql, error,
                         "SELECT sha256, filename, media_type, size FROM petition_file"
                         " WHERE petition = ?1 ORDER BY rowid", "s", petition->id);
  if (rows == NULL)
    return FALSE;
  while (yeji_rows_next (rows, &failure))
    yeji_petition_add_file (petition, yeji_rows_text (rows, 0), yeji_rows_text (rows, 1),
                            yeji_rows_text (rows, 2), yeji_rows_int (rows, 3));
  return finish (failure, error);
}

/* Of one petition, of one record, or all: those that were made last come first. */
static gboolean
run_list (YejiSql   *sql,
          gpointer   data,
          GError   **error)
{
  Job *job = data;
  GError *failure = NULL;
  g_autoptr (YejiRows) rows = NULL;

  rows = yeji_sql_query (sql, error,
                         "SELECT id, record, reason, there, message, office, reviewer, failure,"
                         " created_at, sent_at, decided_at, kind, state, begun, attempts,"
                         " next_attempt FROM petition"
                         " WHERE (?1 IS NULL OR id = ?1) AND (?2 IS NULL OR record = ?2)"
                         " ORDER BY created_at DESC, rowid DESC", "ss", job->id, job->record);
  if (rows == NULL)
    return FALSE;
  while (yeji_rows_next (rows, &failure))
    g_ptr_array_add (job->list, read_petition (rows));
  if (!finish (failure, error))
    return FALSE;
  for (guint i = 0; i < job->list->len; i++)
    if (!read_changes (job->store, sql, g_ptr_array_index (job->list, i), error)
        || !read_files (sql, g_ptr_array_index (job->list, i), error))
      return FALSE;
  return TRUE;
}

/**
 * yeji_store_list_petitions:
 * @uuid: (nullable): of a record; %NULL for all
 *
 * Returns: (transfer full) (element-type YejiPetition) (nullable): what was asked of the province,
 *   the newest first
 */
GPtrArray *
yeji_store_list_petitions (YejiStore   *self,
                           const char  *uuid,
                           GError     **error)
{
  g_autoptr (GPtrArray) list = NULL;
  Job job = { .store = self, .record = uuid };

  g_return_val_if_fail (YEJI_IS_STORE (self), NULL);

  list = g_ptr_array_new_with_free_func ((GDestroyNotify) yeji_petition_free);
  job.list = list;
  if (!yeji_db_run (yeji_store_get_db (self), run_list, &job, error))
    return NULL;
  return g_steal_pointer (&list);
}

/* On the database's thread. */
static YejiPetition *
find_petition (YejiStore   *self,
               YejiSql     *sql,
               const char  *id,
               GError     **error)
{
  g_autoptr (GPtrArray) list = NULL;
  Job job = { .store = self, .id = id };

  list = g_ptr_array_new_with_free_func ((GDestroyNotify) yeji_petition_free);
  job.list = list;
  if (!run_list (sql, &job, error))
    return NULL;
  if (list->len > 0)
    return g_ptr_array_steal_index (list, 0);
  g_set_error (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_NOT_FOUND, "no application %s", id);
  return NULL;
}

static gboolean
run_get (YejiSql   *sql,
         gpointer   data,
         GError   **error)
{
  Job *job = data;
  YejiPetition *found = find_petition (job->store, sql, job->id, error);

  if (found == NULL)
    return FALSE;
  g_ptr_array_add (job->list, found);
  return TRUE;
}

/**
 * yeji_store_get_petition:
 *
 * Returns: (transfer full) (nullable): the petition, or %NULL with %YEJI_STORE_ERROR_NOT_FOUND
 */
YejiPetition *
yeji_store_get_petition (YejiStore   *self,
                         const char  *id,
                         GError     **error)
{
  g_autoptr (GPtrArray) list = NULL;
  Job job = { .store = self, .id = id };

  g_return_val_if_fail (YEJI_IS_STORE (self), NULL);

  list = g_ptr_array_new_with_free_func ((GDestroyNotify) yeji_petition_free);
  job.list = list;
  if (!yeji_db_run (yeji_store_get_db (self), run_get, &job, error))
    return NULL;
  return g_ptr_array_steal_index (list, 0);
}

/* The text as it is stored. Of a place that is not known any more everything may be personal. */
static char *
seal (YejiStore                *self,
      const char               *record,
      const YejiPetitionChange *change,
      const char               *text)
{
  YejiChange line = { change->table, change->row, change->field };
  g_autofree char *place = NULL;

  if (*change->table != '\0')
    return yeji_store_seal_line (self, record, 0, &line, text);
  place = yeji_seal_make_line_place (record, "", "", "");
  return yeji_vault_seal (yeji_store_get_vault (self), text, 0, place);
}

static gboolean
write_changes (YejiStore           *self,
               YejiSql             *sql,
               const YejiPetition  *petition,
               GError             **error)
{
  if (!yeji_sql_exec (sql, error, "DELETE FROM petition_change WHERE petition = ?1", "s",
                      petition->id))
    return FALSE;
  for (guint i = 0; i < petition->changes->len; i++)
    {
      const YejiPetitionChange *change = g_ptr_array_index (petition->changes, i);
      g_autofree char *before = seal (self, petition->record, change, change->before);
      g_autofree char *after = seal (self, petition->record, change, change->after);

      if (!yeji_sql_exec (sql, error,
                          "INSERT INTO petition_change (petition, record, \"table\", \"row\","
                          " field, pointer, before, after)"
                          " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)", "ssssssss", petition->id,
                          petition->record, change->table, change->row, change->field,
                          change->pointer, before, after))
        return FALSE;
    }
  return TRUE;
}

static gboolean
write_files (YejiSql             *sql,
             const YejiPetition  *petition,
             GError             **error)
{
  if (!yeji_sql_exec (sql, error, "DELETE FROM petition_file WHERE petition = ?1", "s",
                      petition->id))
    return FALSE;
  for (guint i = 0; i < petition->files->len; i++)
    {
      const YejiPetitionFile *file = g_ptr_array_index (petition->files, i);

      if (!yeji_sql_exec (sql, error,
                          "INSERT INTO petition_file (petition, record, sha256, filename,"
                          " media_type, size) VALUES (?1, ?2, ?3, ?4, ?5, ?6)", "sssssi",
                          petition->id, petition->record, file->sha256, file->filename,
                          file->media_type, file->size))
        return FALSE;
    }
  return TRUE;
}

/**
 * yeji_petition_settle_state: (skip)
 *
 * Notes in a record that is approved whether something waits that is asked for it. Who counts
 * records by their states need not look here.
 */
gboolean
yeji_petition_settle_state (YejiSql     *sql,
                            const char  *uuid,
                            GError     **error)
{
  return yeji_sql_exec (sql, error,
                        "UPDATE record SET server_state = iif (EXISTS (SELECT 1 FROM petition p"
                        "  WHERE p.record = ?1 AND p.state IN ('queued', 'requested')),"
                        "  'correction_requested', 'approved')"
                        " WHERE uuid = ?1 AND server_state IN ('approved', 'correction_requested')"
                        " AND EXISTS (SELECT 1 FROM petition p WHERE p.record = ?1)", "s", uuid);
}

static gboolean
write_petition (YejiSql             *sql,
                const YejiPetition  *petition,
                GError             **error)
{
  g_autofree char *now = yeji_clock_now ();

  return yeji_sql_exec (sql, error,
                        "INSERT INTO petition (id, record, kind, state, reason, there, message,"
                        " office, reviewer, failure, created_at, changed_at, sent_at, decided_at,"
                        " begun, attempts, next_attempt)"
                        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14,"
                        " ?15, ?16, ?17) ON CONFLICT (id) DO UPDATE SET state = excluded.state,"
                        " reason = excluded.reason, there = excluded.there,"
                        " message = excluded.message, office = excluded.office,"
                        " reviewer = excluded.reviewer, failure = excluded.failure,"
                        " changed_at = excluded.changed_at, sent_at = excluded.sent_at,"
                        " decided_at = excluded.decided_at, begun = excluded.begun,"
                        " attempts = excluded.attempts, next_attempt = excluded.next_attempt",
                        "ssssssssssssssiii", petition->id, petition->record,
                        yeji_petition_kind_to_text (petition->kind),
                        yeji_petition_state_to_text (petition->state), petition->reason,
                        petition->there, petition->message, petition->office, petition->reviewer,
                        petition->failure, petition->created_at, now, petition->sent_at,
                        petition->decided_at, (gint64) petition->begun,
                        (gint64) petition->attempts, petition->next_attempt)
         && yeji_petition_settle_state (sql, petition->record, error);
}

/* A draft may be written at any time; what left it may not. */
static gboolean
require_draft (YejiStore   *self,
               YejiSql     *sql,
               const char  *id,
               GError     **error)
{
  g_autoptr (GError) reason = NULL;
  g_autoptr (YejiPetition) stored = find_petition (self, sql, id, &reason);

  if (stored != NULL && stored->state != YEJI_PETITION_DRAFT)
    return refuse (error, "the application has left, and is fixed");
  if (stored != NULL || g_error_matches (reason, YEJI_STORE_ERROR, YEJI_STORE_ERROR_NOT_FOUND))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&reason));
  return FALSE;
}

static gboolean
run_save (YejiSql   *sql,
          gpointer   data,
          GError   **error)
{
  const Job *job = data;

  return require_draft (job->store, sql, job->petition->id, error)
         && write_petition (sql, job->petition, error)
         && write_changes (job->store, sql, job->petition, error)
         && write_files (sql, job->petition, error);
}

/**
 * yeji_store_save_petition:
 * @petition: a draft
 *
 * Stores a draft as it is now; on the disk when it returns. Fails with %YEJI_STORE_ERROR_STATE when
 * it was sent meanwhile.
 */
gboolean
yeji_store_save_petition (YejiStore           *self,
                          const YejiPetition  *petition,
                          GError             **error)
{
  Job job = { .store = self, .petition = petition };

  g_return_val_if_fail (YEJI_IS_STORE (self), FALSE);
  g_return_val_if_fail (petition->state == YEJI_PETITION_DRAFT, FALSE);

  if (!yeji_db_run (yeji_store_get_db (self), run_save, &job, error))
    return FALSE;
  yeji_store_announce (self, petition->record);
  return TRUE;
}

/* What the province takes, by what the file is and not by its name. */
static gboolean
check_type (const YejiCopy  *copy,
            GError         **error)
{
  static const char * const types[] = { "application/pdf", "image/jpeg", NULL };

  if (g_strv_contains (types, copy->media_type))
    return TRUE;
  g_set_error (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_FILE,
               "the file is %s by its content, and only PDF and JPEG are taken",
               copy->media_type);
  return FALSE;
}

/**
 * yeji_store_add_petition_file:
 * @petition: a draft
 *
 * Copies a document into the profile, adds it to the draft and stores that. Fails with
 * %YEJI_STORE_ERROR_FILE, %YEJI_STORE_ERROR_FULL, and as yeji_store_save_petition() does.
 */
gboolean
yeji_store_add_petition_file (YejiStore     *self,
                              YejiPetition  *petition,
                              GFile         *file,
                              GCancellable  *cancellable,
                              GError       **error)
{
  const char *directory = yeji_store_get_directory (self);
  const YejiLimits *limits = yeji_dictionary_get_limits (yeji_store_get_dictionary (self));
  g_autofree char *name = g_file_get_basename (file);
  g_autofree char *shown = g_filename_display_name (name);
  g_autoptr (GRWLockReaderLocker) locker = NULL;
  g_autoptr (YejiCopy) copy = NULL;

  g_return_val_if_fail (YEJI_IS_STORE (self), FALSE);

  if (petition->files->len >= YEJI_PETITION_MAX_FILES)
    {
      g_set_error (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_FULL, "%d documents at most",
                   YEJI_PETITION_MAX_FILES);
      return FALSE;
    }
  copy = yeji_copy_new (directory, file, limits->file_size, cancellable, error);
  if (copy == NULL || !check_type (copy, error))
    return FALSE;
  /* nobody deletes the content between its name and the line that names it */
  locker = g_rw_lock_reader_locker_new (yeji_store_get_files_lock (self));
  if (!yeji_copy_keep (copy, directory, error))
    return FALSE;
  yeji_petition_add_file (petition, copy->sha256, shown, copy->media_type, copy->size);
  return yeji_store_save_petition (self, petition, error);
}

/* What cannot be opened, for want of its key, must not be sent. */
static gboolean
check_complete (YejiPetition  *petition,
                GError       **error)
{
  g_autofree char *reason = g_strstrip (g_strdup (petition->reason));

  if (*reason == '\0' || g_utf8_strlen (petition->reason, -1) > YEJI_PETITION_MAX_REASON)
    return refuse (error, "the reason is missing");
  if (petition->kind == YEJI_PETITION_CORRECTION && petition->changes->len == 0)
    return refuse (error, "nothing is to be corrected");
  if (petition->kind == YEJI_PETITION_CORRECTION && petition->files->len == 0)
    return refuse (error, "the evidence is missing");
  if (petition->changes->len > MAX_CHANGES)
    return refuse (error, "it corrects too many places");
  for (guint i = 0; i < petition->changes->len; i++)
    {
      const YejiPetitionChange *change = g_ptr_array_index (petition->changes, i);

      if (yeji_vault_is_token (change->after) || g_str_equal (change->before, change->after))
        return refuse (error, "a change of it changes nothing, or cannot be read");
    }
  return TRUE;
}

static gboolean
check_record (YejiSql             *sql,
              const YejiPetition  *petition,
              GError             **error)
{
  g_autoptr (YejiEntry) entry = yeji_entry_read (sql, petition->record, error);
  YejiState state;

  if (entry == NULL)
    return FALSE;
  state = yeji_entry_get_state (entry);
  if (state == YEJI_STATE_CORRECTION_REQUESTED)
    return refuse (error, "another application for the record waits");
  if (yeji_entry_get_revision (entry) != NULL
      && (state == YEJI_STATE_APPROVED
          || (state == YEJI_STATE_INCOMPLETE && petition->kind == YEJI_PETITION_WITHDRAWAL)))
    return TRUE;
  g_set_error (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_STATE, "the record is %s",
               yeji_state_to_text (state));
  return FALSE;
}

static gboolean
run_queue (YejiSql   *sql,
           gpointer   data,
           GError   **error)
{
  const Job *job = data;
  g_autoptr (YejiPetition) found = find_petition (job->store, sql, job->id, error);

  if (found == NULL)
    return FALSE;
  if (found->state == YEJI_PETITION_QUEUED)
    return TRUE;
  if (found->state != YEJI_PETITION_DRAFT)
    return refuse (error, "the application was sent");
  if (!check_record (sql, found, error) || !check_complete (found, error))
    return FALSE;
  found->state = YEJI_PETITION_QUEUED;
  found->next_attempt = 0;
  found->attempts = 0;
  g_clear_pointer (&found->failure, g_free);
  return write_petition (sql, found, error);
}

/* Fixed from now on, as it may have been sent. */
static gboolean
run_reopen (YejiSql   *sql,
            gpointer   data,
            GError   **error)
{
  const Job *job = data;
  g_autoptr (YejiPetition) found = find_petition (job->store, sql, job->id, error);

  if (found == NULL)
    return FALSE;
  if (found->state == YEJI_PETITION_DRAFT)
    return TRUE;
  if (found->state != YEJI_PETITION_QUEUED || found->begun)
    return refuse (error, "the application is being sent");
  found->state = YEJI_PETITION_DRAFT;
  return write_petition (sql, found, error);
}

static gboolean
run_discard (YejiSql   *sql,
             gpointer   data,
             GError   **error)
{
  const Job *job = data;

  return require_draft (job->store, sql, job->id, error)
         && yeji_sql_exec (sql, error, "DELETE FROM petition_change WHERE petition = ?1", "s",
                           job->id)
         && yeji_sql_exec (sql, error, "DELETE FROM petition_file WHERE petition = ?1", "s",
                           job->id)
         && yeji_sql_exec (sql, error, "DELETE FROM petition WHERE id = ?1", "s", job->id);
}

static gboolean
run_and_tell (YejiStore   *self,
              YejiDbFunc   func,
              const char  *id,
              GError     **error)
{
  Job job = { .store = self, .id = id };

  if (!yeji_db_run (yeji_store_get_db (self), func, &job, error))
    return FALSE;
  yeji_store_announce (self, NULL);
  return TRUE;
}

/**
 * yeji_store_queue_petition:
 *
 * Puts a draft among what is to be sent. Fails with %YEJI_STORE_ERROR_STATE when a part of it is
 * missing, or the record is not approved, or another petition for it waits.
 */
gboolean
yeji_store_queue_petition (YejiStore   *self,
                           const char  *id,
                           GError     **error)
{
  g_return_val_if_fail (YEJI_IS_STORE (self), FALSE);

  return run_and_tell (self, run_queue, id, error);
}

/**
 * yeji_store_reopen_petition:
 *
 * Makes a petition that waits to be sent a draft again. Fails with %YEJI_STORE_ERROR_STATE when the
 * province may have it.
 */
gboolean
yeji_store_reopen_petition (YejiStore   *self,
                            const char  *id,
                            GError     **error)
{
  g_return_val_if_fail (YEJI_IS_STORE (self), FALSE);

  return run_and_tell (self, run_reopen, id, error);
}

/**
 * yeji_store_discard_petition:
 *
 * Throws a draft away, as the clerk wishes.
 */
gboolean
yeji_store_discard_petition (YejiStore   *self,
                             const char  *id,
                             GError     **error)
{
  g_return_val_if_fail (YEJI_IS_STORE (self), FALSE);

  return run_and_tell (self, run_discard, id, error);
}

/* What waits in the queue already keeps its place there. */
static gboolean
enqueue_row (YejiSql                *sql,
             const char             *record,
             const YejiTransferRow  *row,
             GError                **error)
{
  g_autofree char *now = yeji_clock_now ();

  return yeji_sql_exec (sql, error,
                        "INSERT INTO transfer (record, slot, sha256, filename, media_type, size,"
                        " state, position, added_at) VALUES (?1, '" SLOT "', ?2, ?3, ?4, ?5,"
                        " 'waiting', (SELECT coalesce (max (position), 0) + 1 FROM transfer), ?6)"
                        " ON CONFLICT (record, slot, sha256) DO UPDATE SET state = 'waiting',"
                        " message = NULL, received_at = NULL, failures = 0, next_attempt = 0"
                        " WHERE state IN ('received', 'cancelled')",
                        "ssssis", record, row->sha256, row->filename, row->media_type, row->size,
                        now);
}

static gboolean
run_begin (YejiSql   *sql,
           gpointer   data,
           GError   **error)
{
  const Job *job = data;
  g_autoptr (YejiPetition) found = find_petition (job->store, sql, job->id, error);

  if (found == NULL)
    return FALSE;
  if (found->state != YEJI_PETITION_QUEUED)
    return refuse (error, "the application does not wait to be sent any more");
  for (guint i = 0; i < job->rows->len; i++)
    if (!enqueue_row (sql, found->record, g_ptr_array_index (job->rows, i), error))
      return FALSE;
  found->begun = job->rows->len == 0;
  return write_petition (sql, found, error);
}

/**
 * yeji_store_begin_petition:
 * @rows: (element-type YejiTransferRow): documents of it that the province lacks
 *
 * Puts the documents of a petition into the queue of transfers; where none is missing, notes that
 * it is about to be sent itself, so that nobody changes it any more. Fails with
 * %YEJI_STORE_ERROR_STATE when it was taken back.
 */
gboolean
yeji_store_begin_petition (YejiStore   *self,
                           const char  *id,
                           GPtrArray   *rows,
                           GError     **error)
{
  Job job = { .store = self, .id = id, .rows = rows };

  g_return_val_if_fail (YEJI_IS_STORE (self), FALSE);

  return yeji_db_run (yeji_store_get_db (self), run_begin, &job, error);
}

static gboolean
run_note (YejiSql   *sql,
          gpointer   data,
          GError   **error)
{
  const Job *job = data;

  return write_petition (sql, job->petition, error);
}

/**
 * yeji_store_note_petition:
 * @petition: as it was read, with what is known of it now
 *
 * Notes what became of a petition that was sent; what is asked for stays as it is stored.
 */
gboolean
yeji_store_note_petition (YejiStore           *self,
                          const YejiPetition  *petition,
                          GError             **error)
{
  Job job = { .store = self, .petition = petition };

  g_return_val_if_fail (YEJI_IS_STORE (self), FALSE);

  if (!yeji_db_run (yeji_store_get_db (self), run_note, &job, error))
    return FALSE;
  yeji_store_announce (self, petition->record);
  return TRUE;
}

/* Where the changes of another computer are in the record that is here. */
static void
place_changes (YejiStore    *self,
               YejiSql      *sql,
               YejiPetition *petition)
{
  g_autoptr (YejiRecord) record = yeji_store_read_record (self, sql, petition->record, TRUE, NULL);

  for (guint i = 0; record != NULL && i < petition->changes->len; i++)
    {
      YejiPetitionChange *change = g_ptr_array_index (petition->changes, i);
      YejiPlace place;

      if (!yeji_record_resolve (record, change->pointer, &place, NULL) || place.field == NULL)
        continue;
      g_free (change->table);
      g_free (change->row);
      g_free (change->field);
      change->table = g_strdup (place.table->id);
      change->row = g_strdup (yeji_row_get_id (place.row));
      change->field = g_strdup (place.field->id);
    }
}

static void
take (char       **member,
      const char  *text)
{
  if (text == NULL)
    return;
  g_free (*member);
  *member = g_strdup (text);
}

/**
 * yeji_petition_apply_answer: (skip)
 * @answer: what the province has; `id` is the key that it was sent under
 *
 * Takes over what the province says of a petition. One of another computer becomes known here; of
 * one that was written here only what became of it is taken.
 */
gboolean
yeji_petition_apply_answer (YejiStore           *self,
                            YejiSql             *sql,
                            const YejiPetition  *answer,
                            GError             **error)
{
  g_autoptr (GError) reason = NULL;
  g_autoptr (YejiPetition) known = find_petition (self, sql, answer->id, &reason);

  if (known == NULL && !g_error_matches (reason, YEJI_STORE_ERROR, YEJI_STORE_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&reason));
      return FALSE;
    }
  if (known == NULL)
    {
      place_changes (self, sql, (YejiPetition *) answer);
      return write_petition (sql, answer, error) && write_changes (self, sql, answer, error)
             && write_files (sql, answer, error);
    }
  /* a decision that was read stays, whatever an older line of the changes says */
  if (known->state >= YEJI_PETITION_GRANTED && answer->state == YEJI_PETITION_REQUESTED)
    return TRUE;
  known->state = answer->state;
  known->begun = TRUE;
  g_clear_pointer (&known->failure, g_free);
  take (&known->there, answer->there);
  take (&known->message, answer->message);
  take (&known->office, answer->office);
  take (&known->reviewer, answer->reviewer);
  take (&known->sent_at, answer->sent_at);
  take (&known->decided_at, answer->decided_at);
  return write_petition (sql, known, error);
}
