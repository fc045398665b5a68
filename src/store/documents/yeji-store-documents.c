// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-store"

#include "config.h"

#include "yeji-store-private.h"

#include <string.h>

#include "yeji-bin-private.h"
#include "yeji-clock.h"

/* What becomes an attachment. */
typedef struct
{
  YejiStore *store;
  const char *uuid;
  const YejiSlot *slot;
  const YejiLimits *limits;
  const char *filename;
  const YejiCopy *copy;        /* (nullable): before the copy was made */
  YejiAttachment *attachment;
} Attach;

/* A mark on an attachment. */
typedef struct
{
  YejiStore *store;
  const char *id;
  const char *uuid;            /* (nullable): of the record that it must belong to */
  const char *upload_url;
  char *found_uuid;
} Mark;

typedef struct
{
  const char *uuid;
  gint64 seq;
  GPtrArray *list;
  GStrvBuilder *slots;
} Reading;

static gboolean
read_attachments (YejiRows   *rows,
                  GPtrArray  *list,
                  GError    **error)
{
  g_autoptr (GError) local_error = NULL;

  if (rows == NULL)
    return FALSE;
  while (yeji_rows_next (rows, &local_error))
    g_ptr_array_add (list, yeji_attachment_new_from_rows (rows));
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/**
 * yeji_attachment_check_room: (skip)
 *
 * Returns: whether the slot and the record take one document more; %FALSE with
 *   %YEJI_STORE_ERROR_FULL when not
 */
gboolean
yeji_attachment_check_room (YejiSql           *sql,
                            const char        *uuid,
                            const YejiSlot    *slot,
                            const YejiLimits  *limits,
                            GError           **error)
{
  g_autoptr (YejiRows) rows = NULL;

  rows = yeji_sql_query (sql, error,
                         "SELECT count (*), coalesce (sum (slot = ?2), 0) FROM attachment"
                         " WHERE record = ?1 AND removed_at IS NULL",
                         "ss", uuid, slot->id);
  if (rows == NULL || !yeji_rows_next (rows, error))
    return FALSE;
  if (yeji_rows_int (rows, 1) >= slot->max_files)
    {
      g_set_error (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_FULL,
                   "%s already has %u files, which is the limit", slot->id, slot->max_files);
      return FALSE;
    }
  if (yeji_rows_int (rows, 0) >= limits->files)
    {
      g_set_error (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_FULL,
                   "the record already has %u files, which is the limit", limits->files);
      return FALSE;
    }
  return TRUE;
}

/* Before the copy is made: what is known to fail need not be copied. */
static gboolean
run_check (YejiSql   *sql,
           gpointer   data,
           GError   **error)
{
  Attach *attach = data;

  return yeji_entry_require_editable (sql, attach->uuid, error);
}

static gboolean
find_same (YejiSql    *sql,
           Attach     *attach,
           GPtrArray  *found,
           GError    **error)
{
  g_autoptr (YejiRows) rows = NULL;

  rows = yeji_sql_query (sql, error,
                         YEJI_ATTACHMENT_SELECT
                         "WHERE a.record = ?1 AND a.slot = ?2 AND a.sha256 = ?3"
                         " AND a.removed_at IS NULL",
                         "sss", attach->uuid, attach->slot->id, attach->copy->sha256);
  return read_attachments (rows, found, error);
}

static gboolean
insert_attachment (YejiSql       *sql,
                   const Attach  *attach,
                   GError       **error)
{
  g_autofree char *id = g_uuid_string_random ();
  g_autofree char *now = yeji_clock_now ();

  return yeji_sql_exec (sql, error,
                        "INSERT INTO attachment (id, record, slot, sha256, filename, media_type,"
                        " size, position, added_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7,"
                        " (SELECT coalesce (max (position), 0) + 1 FROM attachment"
                        "  WHERE record = ?2 AND slot = ?3), ?8)",
                        "ssssssis", id, attach->uuid, attach->slot->id, attach->copy->sha256,
                        attach->filename, attach->copy->media_type, attach->copy->size, now);
}

static gboolean
run_attach (YejiSql   *sql,
            gpointer   data,
            GError   **error)
{
  Attach *attach = data;
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_object_unref);

  if (!yeji_entry_require_editable (sql, attach->uuid, error)
      || !find_same (sql, attach, found, error))
    return FALSE;
  if (found->len == 0)
    {
      if (!yeji_attachment_check_room (sql, attach->uuid, attach->slot, attach->limits, error)
          || !insert_attachment (sql, attach, error)
          || !find_same (sql, attach, found, error))
        return FALSE;
    }
  if (!yeji_store_note_slots (attach->store, sql, attach->uuid, error))
    return FALSE;
  attach->attachment = g_ptr_array_steal_index (found, 0);
  return TRUE;
}

/**
 * yeji_attachment_check_type: (skip)
 *
 * Returns: %FALSE with %YEJI_STORE_ERROR_FILE when the slot does not take that media type
 */
gboolean
yeji_attachment_check_type (const YejiSlot  *slot,
                            const char      *media_type,
                            GError         **error)
{
  g_autofree char *types = NULL;

  if (g_strv_contains ((const char *const *) slot->types, media_type))
    return TRUE;
  types = g_strjoinv (", ", slot->types);
  g_set_error (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_FILE,
               "the file is %s by its content, and %s takes %s", media_type, slot->id, types);
  return FALSE;
}

static gboolean
attach_copy (YejiStore     *self,
             Attach        *attach,
             GFile         *file,
             GCancellable  *cancellable,
             GError       **error)
{
  const char *directory = yeji_store_get_directory (self);
  g_autoptr (GRWLockReaderLocker) locker = NULL;
  g_autoptr (YejiCopy) copy = NULL;

  copy = yeji_copy_new (directory, file, attach->limits->file_size, cancellable, error);
  if (copy == NULL || !yeji_attachment_check_type (attach->slot, copy->media_type, error)
      || g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  /* Nobody deletes the content between its name and its attachment. */
  locker = g_rw_lock_reader_locker_new (yeji_store_get_files_lock (self));
  if (!yeji_copy_keep (copy, directory, error))
    return FALSE;
  attach->copy = copy;
  return yeji_db_run (yeji_store_get_db (self), run_attach, attach, error);
}

static gboolean
find_marked (YejiSql  *sql,
             Mark     *mark,
             GError  **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (YejiRows) rows = yeji_sql_query (sql, error,
                                              "SELECT record FROM attachment WHERE id = ?1",
                                              "s", mark->id);

  if (rows == NULL)
    return FALSE;
  if (yeji_rows_next (rows, &local_error))
    mark->found_uuid = yeji_rows_dup_text (rows, 0);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (mark->found_uuid != NULL
      && (mark->uuid == NULL || g_str_equal (mark->uuid, mark->found_uuid)))
    return TRUE;
  g_set_error (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_NOT_FOUND, "no document %s", mark->id);
  return FALSE;
}

static gboolean
run_detach (YejiSql   *sql,
            gpointer   data,
            GError   **error)
{
  Mark *mark = data;
  g_autofree char *now = yeji_clock_now ();
  gint64 day;

  return find_marked (sql, mark, error)
    && yeji_entry_require_editable (sql, mark->found_uuid, error)
    && yeji_bin_note_day (sql, now, &day, error)
    && yeji_sql_exec (sql, error,
                      "UPDATE attachment SET removed_at = ?2, bin_since = ?3"
                      " WHERE id = ?1 AND removed_at IS NULL",
                      "ssi", mark->id, now, day)
    && yeji_store_note_slots (mark->store, sql, mark->found_uuid, error);
}

static gboolean
run_set_upload (YejiSql   *sql,
                gpointer   data,
                GError   **error)
{
  Mark *mark = data;

  return find_marked (sql, mark, error)
    && yeji_sql_exec (sql, error, "UPDATE attachment SET upload_url = ?2 WHERE id = ?1",
                      "ss", mark->id, mark->upload_url);
}

static gboolean
run_set_received (YejiSql   *sql,
                  gpointer   data,
                  GError   **error)
{
  Mark *mark = data;
  g_autofree char *now = yeji_clock_now ();

  return find_marked (sql, mark, error)
    && yeji_sql_exec (sql, error,
                      "UPDATE attachment SET received_at = coalesce (received_at, ?2),"
                      " upload_url = NULL WHERE id = ?1", "ss", mark->id, now);
}

static gboolean
run_get_attachments (YejiSql   *sql,
                     gpointer   data,
                     GError   **error)
{
  Reading *reading = data;
  g_autoptr (YejiRows) rows = NULL;

  rows = yeji_sql_query (sql, error,
                         YEJI_ATTACHMENT_SELECT
                         "WHERE a.record = ?1 AND a.removed_at IS NULL"
                         " ORDER BY a.slot, a.position, a.rowid", "s", reading->uuid);
  return read_attachments (rows, reading->list, error);
}

/* For a content that was taken out and attached again, the attachment that was made last. */
static gboolean
run_get_submitted (YejiSql   *sql,
                   gpointer   data,
                   GError   **error)
{
  Reading *reading = data;
  g_autoptr (YejiRows) rows = NULL;

  rows = yeji_sql_query (sql, error,
                         YEJI_ATTACHMENT_SELECT
                         "JOIN outbox o ON o.uuid = a.record JOIN json_each (o.files) f"
                         " ON a.slot = f.value ->> 'slot' AND a.sha256 = f.value ->> 'sha256'"
                         " WHERE o.seq = ?1 AND NOT EXISTS (SELECT 1 FROM attachment b"
                         "  WHERE b.record = a.record AND b.slot = a.slot AND b.sha256 = a.sha256"
                         "  AND b.rowid > a.rowid) ORDER BY f.key", "i", reading->seq);
  return read_attachments (rows, reading->list, error);
}

static gboolean
run_get_slots (YejiSql   *sql,
               gpointer   data,
               GError   **error)
{
  Reading *reading = data;

  return yeji_store_read_slots (sql, reading->uuid, reading->slots, error);
}

static gboolean
run_mark (YejiStore   *self,
          YejiDbFunc   func,
          Mark        *mark,
          GError     **error)
{
  gboolean marked = yeji_db_run (yeji_store_get_db (self), func, mark, error);

  if (marked)
    yeji_store_announce (self, mark->found_uuid);
  g_free (mark->found_uuid);
  return marked;
}

/**
 * yeji_store_attach:
 * @slot: the id of a document slot of the dictionary
 * @file: read to its end, and not needed any more then
 *
 * Copies a file into the profile and attaches it. The same content in the same slot is attached
 * once. Blocks while it copies.
 *
 * Returns: (transfer full) (nullable): the attachment; %NULL with %YEJI_STORE_ERROR_FILE when the
 * file cannot be read, is empty, too large or of a type that the slot does not take
 */
YejiAttachment *
yeji_store_attach (YejiStore     *self,
                   const char    *uuid,
                   const char    *slot,
                   GFile         *file,
                   GCancellable  *cancellable,
                   GError       **error)
{
  g_autofree char *basename = NULL;
  g_autofree char *filename = NULL;
  Attach attach = { self, uuid };

  g_return_val_if_fail (YEJI_IS_STORE (self), NULL);
  g_return_val_if_fail (uuid != NULL, NULL);
  g_return_val_if_fail (slot != NULL, NULL);
  g_return_val_if_fail (G_IS_FILE (file), NULL);

  attach.slot = yeji_dictionary_find_slot (yeji_store_get_dictionary (self), slot);
  attach.limits = yeji_dictionary_get_limits (yeji_store_get_dictionary (self));
  if (attach.slot == NULL)
    {
      g_set_error (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_NOT_FOUND,
                   "the dictionary has no document slot %s", slot);
      return NULL;
    }
  basename = g_file_get_basename (file);
  filename = g_filename_display_name (basename);
  attach.filename = filename;
  if (!yeji_db_run (yeji_store_get_db (self), run_check, &attach, error))
    return NULL;
  if (!attach_copy (self, &attach, file, cancellable, error))
    {
      g_prefix_error (error, "%s: ", filename);
      return NULL;
    }
  yeji_store_announce (self, uuid);
  return attach.attachment;
}

/**
 * yeji_store_detach:
 *
 * Takes a document out of a record. Its content stays in the profile.
 */
gboolean
yeji_store_detach (YejiStore   *self,
                   const char  *uuid,
                   const char  *attachment_id,
                   GError     **error)
{
  Mark mark = { self, attachment_id, uuid };

  g_return_val_if_fail (YEJI_IS_STORE (self), FALSE);
  g_return_val_if_fail (uuid != NULL && attachment_id != NULL, FALSE);

  return run_mark (self, run_detach, &mark, error);
}

static GPtrArray *
run_reading (YejiStore   *self,
             YejiDbFunc   func,
             Reading     *reading,
             GError     **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (g_object_unref);

  reading->list = list;
  if (!yeji_db_run (yeji_store_get_db (self), func, reading, error))
    return NULL;
  return g_steal_pointer (&list);
}

/**
 * yeji_store_get_attachments:
 *
 * Returns: (transfer full) (nullable) (element-type YejiAttachment): the record's documents, by
 * slot and in the order in which they are submitted
 */
GPtrArray *
yeji_store_get_attachments (YejiStore   *self,
                            const char  *uuid,
                            GError     **error)
{
  Reading reading = { uuid };

  g_return_val_if_fail (YEJI_IS_STORE (self), NULL);
  g_return_val_if_fail (uuid != NULL, NULL);

  return run_reading (self, run_get_attachments, &reading, error);
}

/**
 * yeji_store_get_submitted_files:
 * @seq: of an outbox item
 *
 * Returns: (transfer full) (nullable) (element-type YejiAttachment): the documents that the item
 * was submitted with, those that were taken out of the record since too
 */
GPtrArray *
yeji_store_get_submitted_files (YejiStore  *self,
                                gint64      seq,
                                GError    **error)
{
  Reading reading = { NULL, seq };

  g_return_val_if_fail (YEJI_IS_STORE (self), NULL);

  return run_reading (self, run_get_submitted, &reading, error);
}

/**
 * yeji_store_get_filled_slots:
 *
 * Returns: (transfer full) (nullable): the ids of the slots that have a document, and those in
 *   which something was found, for the checks: see yeji-slots.h
 */
GStrv
yeji_store_get_filled_slots (YejiStore   *self,
                             const char  *uuid,
                             GError     **error)
{
  g_autoptr (GStrvBuilder) slots = g_strv_builder_new ();
  Reading reading = { uuid, 0, NULL, slots };

  g_return_val_if_fail (YEJI_IS_STORE (self), NULL);
  g_return_val_if_fail (uuid != NULL, NULL);

  if (!yeji_db_run (yeji_store_get_db (self), run_get_slots, &reading, error))
    return NULL;
  return g_strv_builder_end (slots);
}

/**
 * yeji_store_set_upload:
 * @upload_url: (nullable): where the upload goes on, %NULL when it must begin anew
 */
gboolean
yeji_store_set_upload (YejiStore   *self,
                       const char  *attachment_id,
                       const char  *upload_url,
                       GError     **error)
{
  Mark mark = { self, attachment_id, NULL, upload_url };

  g_return_val_if_fail (YEJI_IS_STORE (self), FALSE);
  g_return_val_if_fail (attachment_id != NULL, FALSE);

  return run_mark (self, run_set_upload, &mark, error);
}

/**
 * yeji_store_set_received:
 *
 * Notes that the province said that it has the whole file.
 */
gboolean
yeji_store_set_received (YejiStore   *self,
                         const char  *attachment_id,
                         GError     **error)
{
  Mark mark = { self, attachment_id };

  g_return_val_if_fail (YEJI_IS_STORE (self), FALSE);
  g_return_val_if_fail (attachment_id != NULL, FALSE);

  return run_mark (self, run_set_received, &mark, error);
}

/**
 * yeji_store_get_file:
 * @sha256: in hexadecimal
 *
 * Returns: (transfer full): the profile's copy of a content
 */
GFile *
yeji_store_get_file (YejiStore  *self,
                     const char *sha256)
{
  g_autofree char *path = NULL;

  g_return_val_if_fail (YEJI_IS_STORE (self), NULL);
  g_return_val_if_fail (sha256 != NULL && strlen (sha256) == 64, NULL);
  g_return_val_if_fail (strspn (sha256, "0123456789abcdef") == 64, NULL);

  path = yeji_copies_get_path (yeji_store_get_directory (self), sha256);
  return g_file_new_for_path (path);
}
