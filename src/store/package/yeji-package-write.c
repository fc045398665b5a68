// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-package"

#include "config.h"

#include "yeji-package-private.h"

#include <string.h>

#include <glib/gstdio.h>

#include "yeji-backup-private.h"
#include "yeji-clock.h"
#include "yeji-package-source.h"
#include "yeji-platform.h"
#include "yeji-profile.h"
#include "yeji-store-private.h"
#include "yeji-submission.h"

#define CHUNK_SIZE (256 * 1024)

/* What a record weighs beside its documents, for progress and room. */
#define RECORD_WEIGHT (32 * 1024)

typedef struct
{
  YejiStore *store;
  const char *path;
  const char *passphrase;
  char *part;
  YejiPackageSource *source;
  YejiSealedWriter *writer;
  GFileOutputStream *stream;
  GCancellable *cancellable;
  YejiBackupProgressFunc progress;
  gpointer data;
  guint64 done;
  guint64 total;
  guint8 *chunk;
} Writer;

static void
clear_writer (Writer *self)
{
  g_clear_pointer (&self->writer, yeji_sealed_writer_free);
  g_clear_object (&self->stream);
  if (self->part != NULL)
    yeji_platform_remove (self->part);
  g_free (self->part);
  g_free (self->chunk);
  g_clear_pointer (&self->source, yeji_package_source_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Writer, clear_writer)

static void
advance (Writer  *self,
         guint64  n_bytes)
{
  self->done += n_bytes;
  if (self->progress != NULL)
    self->progress (MIN (self->done, self->total), self->total, self->data);
}

static gboolean
open_file (Writer   *self,
           GError  **error)
{
  g_autoptr (GFile) file = NULL;

  self->part = g_strconcat (self->path, ".part", NULL);
  file = g_file_new_for_path (self->part);
  yeji_platform_remove (self->part);
  self->stream = g_file_create (file, G_FILE_CREATE_PRIVATE, self->cancellable, error);
  if (self->stream == NULL)
    {
      g_clear_pointer (&self->part, g_free);   /* whoever's it is */
      return FALSE;
    }
  self->chunk = g_malloc (CHUNK_SIZE);
  self->writer = yeji_sealed_writer_new (G_OUTPUT_STREAM (self->stream), YEJI_PACKAGE_MAGIC,
                                         self->passphrase, self->cancellable, error);
  return self->writer != NULL;
}

static gboolean
write_head (Writer   *self,
            GError  **error)
{
  const YejiPackageReport *report = self->source->report;
  g_auto (YejiPackageHead) head = { NULL };
  g_autofree char *text = NULL;

  head.program = g_strdup ("yeji " YEJI_VERSION);
  head.made_at = yeji_clock_now ();
  head.made_by = g_strdup (yeji_store_get_who (self->store));
  head.enterprise = yeji_store_get_setting (self->store, YEJI_PROFILE_SETTING_NAME, NULL);
  head.code = yeji_store_get_setting (self->store, YEJI_PROFILE_SETTING_CODE, NULL);
  head.n_records = report->n_records;
  head.n_documents = report->n_documents;
  head.n_files = self->source->contents->len;
  head.n_bytes = report->n_bytes;
  text = yeji_package_head_to_text (&head);
  return yeji_package_write_text (self->writer, YEJI_MEMBER_HEAD, text, error);
}

static gboolean
write_record (Writer      *self,
              const char  *uuid,
              GError     **error)
{
  g_autoptr (YejiPackageRecord) record = NULL;
  g_autofree char *facts = NULL;
  guint index = 0;

  record = yeji_package_source_read (self->source, self->store, uuid, error);
  if (record == NULL)
    return FALSE;
  facts = yeji_package_record_to_text (record);
  if (!yeji_package_write_text (self->writer, YEJI_MEMBER_RECORD, facts, error)
      || !yeji_package_write_text (self->writer, YEJI_MEMBER_BODY, record->body, error)
      || (record->base != NULL
          && !yeji_package_write_text (self->writer, YEJI_MEMBER_BASE, record->base, error)))
    return FALSE;
  /* a record that is as it was made has an empty history */
  do
    {
      g_autofree char *part = yeji_package_lines_to_text (record->lines, &index);

      if (!yeji_package_write_text (self->writer, YEJI_MEMBER_HISTORY, part, error))
        return FALSE;
    }
  while (index < record->lines->len);
  advance (self, RECORD_WEIGHT);
  return !g_cancellable_set_error_if_cancelled (self->cancellable, error);
}

static gboolean
copy_content (Writer                    *self,
              const YejiPackageContent  *content,
              GInputStream              *input,
              GError                   **error)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  guint64 rest = content->size;

  while (rest > 0)
    {
      gsize length;

      if (!g_input_stream_read_all (input, self->chunk, MIN (rest, CHUNK_SIZE), &length,
                                    self->cancellable, error))
        return FALSE;
      if (length == 0)
        break;
      g_checksum_update (checksum, self->chunk, (gssize) length);
      if (!yeji_sealed_writer_write (self->writer, self->chunk, length, error))
        return FALSE;
      rest -= length;
      advance (self, length);
    }
  if (rest == 0 && g_str_equal (g_checksum_get_string (checksum), content->sha256))
    return TRUE;
  /* It would be refused where it comes to. */
  g_set_error (error, YEJI_PACKAGE_ERROR, YEJI_PACKAGE_ERROR_FILE,
               "the document “%s” is not what it was when it was attached: attach it again",
               content->filename);
  return FALSE;
}

static gboolean
write_content (Writer                    *self,
               const YejiPackageContent  *content,
               GError                   **error)
{
  g_autofree char *path = yeji_copies_get_path (yeji_store_get_directory (self->store),
                                                content->sha256);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInputStream) input = g_file_read (file, self->cancellable, error);
  guint8 sum[YEJI_PACKAGE_SUM_SIZE];

  if (input == NULL)
    return FALSE;
  for (guint i = 0; i < sizeof sum; i++)
    sum[i] = (guint8) (g_ascii_xdigit_value (content->sha256[2 * i]) << 4
                       | g_ascii_xdigit_value (content->sha256[2 * i + 1]));
  return yeji_package_write_head (self->writer, YEJI_MEMBER_FILE, sizeof sum + content->size,
                                  error)
    && yeji_sealed_writer_write (self->writer, sum, sizeof sum, error)
    && copy_content (self, content, G_INPUT_STREAM (input), error);
}

static gboolean
write_all (Writer   *self,
           GError  **error)
{
  if (!write_head (self, error))
    return FALSE;
  for (guint i = 0; i < self->source->uuids->len; i++)
    if (!write_record (self, g_ptr_array_index (self->source->uuids, i), error))
      return FALSE;
  for (guint i = 0; i < self->source->contents->len; i++)
    if (!write_content (self, g_ptr_array_index (self->source->contents, i), error))
      return FALSE;
  return yeji_package_write_head (self->writer, YEJI_MEMBER_END, 0, error)
    && yeji_sealed_writer_finish (self->writer, error)
    && g_output_stream_close (G_OUTPUT_STREAM (self->stream), self->cancellable, error)
    && yeji_backup_sync_path (self->part, error);
}

static void
show_reading (guint64  done,
              guint64  total,
              gpointer data)
{
  Writer *self = data;

  /* The second half. */
  if (self->progress != NULL)
    self->progress (self->total / 2 + (guint64) ((double) done / (double) total
                                                 * (double) (self->total / 2)),
                    self->total, self->data);
}

/* What goes to another computer is often all that will be left. */
static gboolean
read_back (Writer   *self,
           GError  **error)
{
  g_autoptr (YejiPackage) package = NULL;

  package = yeji_package_open (self->part, self->passphrase, self->cancellable, error);
  return package != NULL
    && yeji_package_stage (package, self->store, FALSE, show_reading, self, NULL, NULL,
                           self->cancellable, error);
}

static gboolean
rename_part (Writer   *self,
             GError  **error)
{
  g_autofree char *folder = g_path_get_dirname (self->path);

  if (yeji_platform_rename (self->part, self->path) != 0)
    {
      g_set_error (error, YEJI_PACKAGE_ERROR, YEJI_PACKAGE_ERROR_FILE, "%s cannot be made",
                   self->path);
      return FALSE;
    }
  g_clear_pointer (&self->part, g_free);
  return yeji_platform_sync_directory (folder, error);
}

static gboolean
write_package (Writer             *self,
               const char *const  *uuids,
               GError            **error)
{
  g_autofree char *folder = g_path_get_dirname (self->path);
  guint64 weight;

  self->source = yeji_package_source_new (self->store, uuids, error);
  if (self->source == NULL)
    return FALSE;
  weight = self->source->report->n_bytes
           + (guint64) self->source->report->n_records * RECORD_WEIGHT;
  self->total = 2 * weight;
  if (!yeji_backup_require_room (folder, weight, error))
    return FALSE;
  return open_file (self, error) && write_all (self, error) && read_back (self, error)
    && rename_part (self, error);
}

/**
 * yeji_package_measure:
 * @uuids: (nullable) (array zero-terminated=1): %NULL for all records that are not in the bin
 *
 * Says what yeji_package_write() would pack. Blocks.
 *
 * Returns: (transfer full) (nullable): %NULL with %YEJI_STORE_ERROR_NOT_FOUND or
 *   %YEJI_PACKAGE_ERROR_NOTHING
 */
YejiPackageReport *
yeji_package_measure (YejiStore          *store,
                      const char *const  *uuids,
                      GError            **error)
{
  g_autoptr (YejiPackageSource) source = NULL;

  g_return_val_if_fail (YEJI_IS_STORE (store), NULL);

  source = yeji_package_source_new (store, uuids, error);
  return source != NULL ? g_steal_pointer (&source->report) : NULL;
}

/**
 * yeji_package_write:
 * @path: the file; one of that name is replaced when the new one is whole
 * @uuids: (nullable) (array zero-terminated=1): %NULL for all records that are not in the bin
 * @passphrase: not empty
 * @progress: (nullable) (scope call): told of bytes that were written and, afterwards, read back
 * @report: (out) (optional): what is in it
 *
 * Packs records with their history and documents, and reads the file back. The profile may be
 * worked with meanwhile: documents that are attached after it began are left out. Memory does not
 * grow with the documents or the number of records. Blocks; must not be called on the database's
 * thread.
 *
 * Returns: %FALSE with a #YejiPackageError, %YEJI_STORE_ERROR_NOT_FOUND, a #YejiDbError or
 *   %G_IO_ERROR_CANCELLED; nothing is left then, and what had that name is untouched
 */
gboolean
yeji_package_write (YejiStore               *store,
                    const char              *path,
                    const char *const       *uuids,
                    const char              *passphrase,
                    YejiBackupProgressFunc   progress,
                    gpointer                 data,
                    GCancellable            *cancellable,
                    YejiPackageReport      **report,
                    GError                 **error)
{
  g_auto (Writer) self = { NULL };
  GError *cause = NULL;

  g_return_val_if_fail (YEJI_IS_STORE (store), FALSE);
  g_return_val_if_fail (path != NULL, FALSE);
  g_return_val_if_fail (passphrase != NULL && *passphrase != '\0', FALSE);

  self.store = store;
  self.path = path;
  self.passphrase = passphrase;
  self.cancellable = cancellable;
  self.progress = progress;
  self.data = data;
  if (!write_package (&self, uuids, &cause))
    return yeji_package_take_error (cause, path, error);
  if (report != NULL)
    *report = g_steal_pointer (&self.source->report);
  return TRUE;
}
