// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-store"

#include "config.h"

#include "yeji-intake-store.h"

#include "yeji-bin-private.h"
#include "yeji-clock.h"
#include "yeji-store-private.h"

/* A document that was shrunk after it was attached: the attachment stays the same one, and what it
 * held is named in it as its original, which is kept as long as the attachment is. */

typedef struct
{
  YejiStore *store;
  YejiDictionary *dictionary;
  const char *id;
  YejiAttachment *attachment;  /* (nullable) */
  const char *sha256;          /* what it is to hold */
  const char *media_type;
  gint64 size;
  const char *original;        /* (nullable) */
  const char *findings;        /* (nullable) */
  int n_flaws;
} Work;

static void
clear_work (Work *work)
{
  g_clear_object (&work->attachment);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Work, clear_work)

static void
init_work (Work       *work,
           YejiStore  *store,
           const char *id)
{
  work->store = store;
  work->dictionary = yeji_store_get_dictionary (store);
  work->id = id;
  work->n_flaws = -1;
}

static gboolean
run_read (YejiSql   *sql,
          gpointer   data,
          GError   **error)
{
  Work *work = data;
  g_autoptr (YejiRows) rows = NULL;
  GError *failure = NULL;

  rows = yeji_sql_query (sql, error,
                         YEJI_ATTACHMENT_SELECT "WHERE a.id = ?1 AND a.removed_at IS NULL", "s",
                         work->id);
  if (rows == NULL)
    return FALSE;
  g_clear_object (&work->attachment);
  if (yeji_rows_next (rows, &failure))
    work->attachment = yeji_attachment_new_from_rows (rows);
  else if (failure == NULL)
    g_set_error (&failure, YEJI_STORE_ERROR, YEJI_STORE_ERROR_NOT_FOUND, "no document %s",
                 work->id);
  if (failure == NULL)
    return yeji_entry_require_editable (sql, yeji_attachment_get_record (work->attachment), error);
  g_propagate_error (error, failure);
  return FALSE;
}

/* What was sent or waits to be sent names the content that it had, and what was found in that is to
 * be known when it comes back: it stays in the bin under an id of its own. */
static gboolean
leave_shadow (YejiSql  *sql,
              Work     *work,
              GError  **error)
{
  g_autofree char *id = g_uuid_string_random ();
  g_autofree char *now = yeji_clock_now ();
  gint64 day;

  return yeji_bin_note_day (sql, now, &day, error)
    && yeji_sql_exec (sql, error,
                      "INSERT INTO attachment (id, record, slot, sha256, filename, media_type,"
                      " size, position, added_at, removed_at, bin_since, upload_url, received_at,"
                      " rotation, origin, original, findings, n_flaws) SELECT ?2, record, slot,"
                      " sha256, filename, media_type, size, position, added_at, ?3, ?4, upload_url,"
                      " received_at, rotation, origin, original, findings, n_flaws"
                      " FROM attachment WHERE id = ?1", "sssi", work->id, id, now, day);
}

/* Where the slot had the content before, what the province said of it and what was found in it is
 * known. */
#define EARLIER(column) \
  "(SELECT b." column " FROM attachment b WHERE b.record = attachment.record" \
  " AND b.slot = attachment.slot AND b.sha256 = ?2 AND b." column " IS NOT NULL" \
  " AND b.id <> ?1 ORDER BY b.rowid DESC LIMIT 1)"

static gboolean
write_content (YejiSql  *sql,
               Work     *work,
               GError  **error)
{
  return yeji_sql_exec (sql, error,
                        "UPDATE attachment SET sha256 = ?2, media_type = ?3, size = ?4,"
                        " original = ?5, upload_url = NULL,"
                        " received_at = " EARLIER ("received_at") ","
                        " findings = ifnull (?6, " EARLIER ("findings") "),"
                        " n_flaws = ifnull (nullif (?7, -1), " EARLIER ("n_flaws") ")"
                        " WHERE id = ?1", "sssissi", work->id, work->sha256, work->media_type,
                        work->size, work->original, work->findings, (gint64) work->n_flaws);
}

static gboolean
check_other (YejiSql  *sql,
             Work     *work,
             GError  **error)
{
  const char *slot = yeji_attachment_get_slot (work->attachment);
  g_autofree char *same = NULL;

  if (!yeji_attachment_find_content (sql, yeji_attachment_get_record (work->attachment), slot,
                                     work->sha256, &same, error))
    return FALSE;
  if (same == NULL || g_str_equal (same, work->id))
    return TRUE;
  g_set_error (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_FILE, "%s has this file already", slot);
  return FALSE;
}

/* What was shrunk twice keeps what it was at first. */
static gboolean
run_replace (YejiSql   *sql,
             gpointer   data,
             GError   **error)
{
  Work *work = data;

  if (!run_read (sql, work, error) || !check_other (sql, work, error))
    return FALSE;
  if (g_str_equal (work->sha256, yeji_attachment_get_sha256 (work->attachment)))
    return TRUE;
  work->original = yeji_attachment_get_original (work->attachment);
  if (work->original == NULL)
    work->original = yeji_attachment_get_sha256 (work->attachment);
  if (g_str_equal (work->original, work->sha256))
    work->original = NULL;
  return leave_shadow (sql, work, error) && write_content (sql, work, error);
}

static gboolean
run_restore (YejiSql   *sql,
             gpointer   data,
             GError   **error)
{
  Work *work = data;
  const char *original;

  if (!run_read (sql, work, error))
    return FALSE;
  original = yeji_attachment_get_original (work->attachment);
  if (g_strcmp0 (original, work->sha256) != 0)
    {
      g_set_error (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_STATE, "%s was changed meanwhile",
                   work->id);
      return FALSE;
    }
  return check_other (sql, work, error) && leave_shadow (sql, work, error)
    && write_content (sql, work, error);
}

static gboolean
check_slot (Work        *work,
            const char  *media_type,
            gint64       size,
            GError     **error)
{
  const char *id = yeji_attachment_get_slot (work->attachment);
  const YejiSlot *slot = yeji_dictionary_find_slot (work->dictionary, id);

  if (slot == NULL)
    {
      g_set_error (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_NOT_FOUND,
                   "the dictionary has no document slot %s", id);
      return FALSE;
    }
  if (size > yeji_dictionary_get_limits (work->dictionary)->file_size)
    {
      g_set_error_literal (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_FILE,
                           "the file is larger than the limit");
      return FALSE;
    }
  return yeji_attachment_check_type (slot, media_type, error);
}

/**
 * yeji_store_replace_content:
 * @shrunk: what the document is to hold: read to its end, and not needed any more then
 * @findings: (nullable): JSON, what the examiner found in it
 *
 * Gives a document another content, made of its own. The one that it had is kept with it, named as
 * its original; the upload begins anew. yeji_store_restore_original() takes that back. Blocks.
 *
 * Returns: %FALSE with %YEJI_STORE_ERROR_FILE when the slot does not take it,
 *   %YEJI_STORE_ERROR_STATE when the record may not be changed, or %YEJI_STORE_ERROR_NOT_FOUND
 */
gboolean
yeji_store_replace_content (YejiStore   *self,
                            const char  *attachment_id,
                            GFile       *shrunk,
                            const char  *findings,
                            GError     **error)
{
  g_auto (Work) work = { NULL };
  const char *directory;
  const YejiLimits *limits;
  g_autoptr (YejiCopy) copy = NULL;
  g_autoptr (GRWLockReaderLocker) locker = NULL;

  g_return_val_if_fail (YEJI_IS_STORE (self), FALSE);
  g_return_val_if_fail (attachment_id != NULL, FALSE);
  g_return_val_if_fail (G_IS_FILE (shrunk), FALSE);

  init_work (&work, self, attachment_id);
  directory = yeji_store_get_directory (self);
  limits = yeji_dictionary_get_limits (work.dictionary);
  if (!yeji_db_run (yeji_store_get_db (self), run_read, &work, error))
    return FALSE;
  copy = yeji_copy_new (directory, shrunk, limits->file_size, NULL, error);
  if (copy == NULL || !check_slot (&work, copy->media_type, copy->size, error))
    return FALSE;
  work.sha256 = copy->sha256;
  work.media_type = copy->media_type;
  work.size = copy->size;
  work.n_flaws = yeji_store_count_flaws (findings, limits);
  work.findings = work.n_flaws >= 0 ? findings : NULL;
  /* Nobody deletes the content between its name and its attachment. */
  locker = g_rw_lock_reader_locker_new (yeji_store_get_files_lock (self));
  if (!yeji_copy_keep (copy, directory, error)
      || !yeji_db_run (yeji_store_get_db (self), run_replace, &work, error))
    return FALSE;
  yeji_store_announce (self, yeji_attachment_get_record (work.attachment));
  return TRUE;
}

/**
 * yeji_store_restore_original:
 *
 * Gives a document the content back that it had before it was shrunk. Blocks.
 *
 * Returns: %FALSE with %YEJI_STORE_ERROR_FILE when that is larger than the limit, of a type that
 *   the slot does not take or gone, or %YEJI_STORE_ERROR_STATE when the document was not shrunk or
 *   may not be changed
 */
gboolean
yeji_store_restore_original (YejiStore   *self,
                             const char  *attachment_id,
                             GError     **error)
{
  g_auto (Work) work = { NULL };
  g_autofree char *sha256 = NULL;
  g_autofree char *media_type = NULL;

  g_return_val_if_fail (YEJI_IS_STORE (self), FALSE);
  g_return_val_if_fail (attachment_id != NULL, FALSE);

  init_work (&work, self, attachment_id);
  if (!yeji_db_run (yeji_store_get_db (self), run_read, &work, error))
    return FALSE;
  sha256 = g_strdup (yeji_attachment_get_original (work.attachment));
  if (sha256 == NULL)
    {
      g_set_error (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_STATE, "%s was not shrunk",
                   attachment_id);
      return FALSE;
    }
  if (!yeji_copies_look_at (yeji_store_get_directory (self), sha256, &media_type, &work.size,
                            error)
      || !check_slot (&work, media_type, work.size, error))
    return FALSE;
  work.sha256 = sha256;
  work.media_type = media_type;
  if (!yeji_db_run (yeji_store_get_db (self), run_restore, &work, error))
    return FALSE;
  yeji_store_announce (self, yeji_attachment_get_record (work.attachment));
  return TRUE;
}
