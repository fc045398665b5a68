// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-bundle"

#include "config.h"

#include "yeji-bundle-private.h"

#include <errno.h>
#include <string.h>
#include <time.h>

#include <archive.h>
#include <archive_entry.h>
#include <glib/gstdio.h>

#include "yeji-platform.h"
#include "yeji-sql-copy.h"
#include "yeji-sql-private.h"
#include "yeji-store-private.h"

#define CHUNK_SIZE (256 * 1024)

/* For the archive's own lines, an entry. */
#define OVERHEAD 512

/* The copy of the database, among the backups. */

/* A file that goes in. */
typedef struct
{
  char *name;
  char *path;                  /* (nullable): NULL when it is `text` */
  char *text;
  guint64 size;
} Source;

typedef struct
{
  YejiStore *store;
  const char *path;
  char *part;
  char *database;              /* the copy that goes in */
  GPtrArray *sources;          /* (element-type Source) */
  YejiManifest *manifest;
  YejiBackupReport *report;
  YejiBundleProgress progress;
  GCancellable *cancellable;

  struct archive *archive;
  GFileOutputStream *stream;
  guint8 *chunk;
  GError *error;               /* (nullable): of the stream */
} Writer;

/* For the task of yeji_bundle_write_async(). */
typedef struct
{
  char *path;
  YejiBackupProgressFunc progress;
  gpointer data;
} Wish;

/* One bundle of this process at a time, as one removes what it takes for the rest of another. */
static GMutex writing;

static void
free_source (gpointer data)
{
  Source *source = data;

  g_free (source->name);
  g_free (source->path);
  g_free (source->text);
  g_free (source);
}

static void
clear_writer (Writer *self)
{
  if (self->archive != NULL)
    {
      archive_write_fail (self->archive);   /* or it would write its directory */
      archive_write_free (self->archive);
    }
  g_clear_object (&self->stream);
  if (self->part != NULL)
    yeji_platform_remove (self->part);
  if (self->database != NULL)
    yeji_platform_remove (self->database);
  g_free (self->part);
  g_free (self->database);
  g_free (self->chunk);
  g_clear_error (&self->error);
  g_clear_pointer (&self->sources, g_ptr_array_unref);
  g_clear_pointer (&self->manifest, yeji_manifest_free);
  g_clear_pointer (&self->report, yeji_backup_report_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Writer, clear_writer)

static la_ssize_t
write_block (struct archive  *archive,
             void            *data,
             const void      *block,
             size_t           length)
{
  Writer *self = data;

  if (self->error == NULL
      && g_output_stream_write_all (G_OUTPUT_STREAM (self->stream), block, length, NULL,
                                    self->cancellable, &self->error))
    return (la_ssize_t) length;
  archive_set_error (archive, EIO, "the file cannot be written");
  return ARCHIVE_FATAL;
}

static gboolean
fail_archive (Writer  *self,
              GError **error)
{
  const char *why = archive_error_string (self->archive);

  if (self->error != NULL)
    return yeji_bundle_take_io_error (g_steal_pointer (&self->error), self->path, error);
  g_set_error (error, YEJI_BACKUP_ERROR, YEJI_BACKUP_ERROR_FILE, "%s: %s", self->path,
               why != NULL ? why : "cannot be written");
  return FALSE;
}

static void
add_source (Writer      *self,
            const char  *name,
            const char  *path,
            char        *text,
            guint64      size)
{
  Source *source = g_new0 (Source, 1);

  source->name = g_strdup (name);
  source->path = g_strdup (path);
  source->text = text;
  source->size = size;
  g_ptr_array_add (self->sources, source);
  self->manifest->size += size;
}

/* The keys as the copied database has them; where it has none, as they lie beside it. */
static gboolean
add_chest (Writer   *self,
           YejiSql  *sql,
           GError  **error)
{
  g_autofree char *path = g_build_filename (yeji_store_get_directory (self->store),
                                            YEJI_BUNDLE_CHEST, NULL);
  g_autoptr (GError) local_error = NULL;
  g_autoptr (YejiRows) rows = NULL;
  char *text = NULL;
  gsize length;

  rows = yeji_sql_query (sql, error, "SELECT value FROM setting WHERE name = 'vault'", "");
  if (rows == NULL)
    return FALSE;
  if (yeji_rows_next (rows, &local_error))
    text = yeji_rows_dup_text (rows, 0);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (text == NULL)
    g_file_get_contents (path, &text, &length, NULL);
  if (text != NULL)
    add_source (self, YEJI_BUNDLE_CHEST, NULL, text, strlen (text));
  return TRUE;
}

static void
add_shelf (Writer      *self,
           const char  *files,
           const char  *shelf)
{
  g_autofree char *folder = g_build_filename (files, shelf, NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *file;

  while (dir != NULL && (file = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *name = g_strdup_printf ("files/%s/%s", shelf, file);
      g_autofree char *path = g_build_filename (folder, file, NULL);
      GStatBuf status;

      if (yeji_manifest_is_file_name (name) && g_stat (path, &status) == 0
          && g_file_test (path, G_FILE_TEST_IS_REGULAR))
        add_source (self, name, path, NULL, (guint64) status.st_size);
    }
}

/* All that lie there, also those of records in the bin and of older states. */
static void
add_documents (Writer *self)
{
  g_autofree char *files = g_build_filename (yeji_store_get_directory (self->store), "files", NULL);
  g_autoptr (GDir) dir = g_dir_open (files, 0, NULL);
  const char *shelf;

  while (dir != NULL && (shelf = g_dir_read_name (dir)) != NULL)
    add_shelf (self, files, shelf);
}

/* Copies of attempts that were killed. */
static void
clean_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_prefix (name, YEJI_BUNDLE_COPY_PREFIX))
      {
        g_autofree char *path = g_build_filename (folder, name, NULL);

        yeji_platform_remove (path);
      }
}

/* A moment of the database; documents that are attached later are left out or go in unnamed. */
static gboolean
copy_database (Writer   *self,
               GError  **error)
{
  const char *directory = yeji_store_get_directory (self->store);
  g_autofree char *folder = yeji_backup_get_folder (directory);
  g_autofree char *uuid = g_uuid_string_random ();
  g_autofree char *name = g_strconcat (YEJI_BUNDLE_COPY_PREFIX, uuid, NULL);
  g_autoptr (YejiSql) sql = NULL;
  GError *local_error = NULL;
  GStatBuf status;
  guint version;

  if (!yeji_backup_make_folder (directory, error))
    return FALSE;
  clean_folder (folder);
  self->database = g_build_filename (folder, name, NULL);
  if (!yeji_backup_copy_database (directory, self->database, self->cancellable, error))
    return FALSE;
  if ((sql = yeji_sql_open_read_only (self->database, &local_error)) == NULL
      || !yeji_sql_read_version (sql, &version, &local_error)
      || !yeji_backup_count_records (sql, &self->report->n_after, &local_error)
      || (self->report->missing = yeji_backup_find_missing (sql, directory, &local_error)) == NULL)
    return yeji_backup_take_db_error (local_error, error);
  self->manifest = yeji_manifest_new (version);
  if (g_stat (self->database, &status) != 0)
    return FALSE;
  add_source (self, YEJI_BUNDLE_DATABASE, self->database, NULL, (guint64) status.st_size);
  return add_chest (self, sql, &local_error) || yeji_backup_take_db_error (local_error, error);
}

static gboolean
open_archive (Writer   *self,
              GError  **error)
{
  g_autoptr (GFile) file = NULL;
  GError *local_error = NULL;

  self->part = g_strconcat (self->path, ".part", NULL);
  file = g_file_new_for_path (self->part);
  yeji_platform_remove (self->part);
  self->stream = g_file_create (file, G_FILE_CREATE_PRIVATE, self->cancellable, &local_error);
  if (self->stream == NULL)
    return yeji_bundle_take_io_error (local_error, self->part, error);
  self->chunk = g_malloc (CHUNK_SIZE);
  self->archive = archive_write_new ();
  if (archive_write_set_format_zip (self->archive) == ARCHIVE_OK
      && archive_write_zip_set_compression_store (self->archive) == ARCHIVE_OK
      && archive_write_set_bytes_per_block (self->archive, CHUNK_SIZE) == ARCHIVE_OK
      && archive_write_set_bytes_in_last_block (self->archive, 1) == ARCHIVE_OK
      && archive_write_open (self->archive, self, NULL, write_block, NULL) == ARCHIVE_OK)
    return TRUE;
  return fail_archive (self, error);
}

/* Names are ASCII, so that the plain function does on every system. */
static gboolean
write_header (Writer      *self,
              const char  *name,
              guint64      size,
              GError     **error)
{
  struct archive_entry *entry = archive_entry_new ();
  int code;

  archive_entry_set_pathname (entry, name);
  archive_entry_set_filetype (entry, AE_IFREG);
  archive_entry_set_perm (entry, 0600);
  archive_entry_set_size (entry, (la_int64_t) size);
  archive_entry_set_mtime (entry, time (NULL), 0);
  code = archive_write_header (self->archive, entry);
  archive_entry_free (entry);
  return code == ARCHIVE_OK || fail_archive (self, error);
}

static gboolean
write_piece (Writer         *self,
             const void     *data,
             gsize           length,
             GError        **error)
{
  if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
    return FALSE;
  if (archive_write_data (self->archive, data, length) != (la_ssize_t) length)
    return fail_archive (self, error);
  yeji_bundle_advance (&self->progress, length);
  return TRUE;
}

static gboolean
write_stream (Writer        *self,
              const Source  *source,
              GChecksum     *checksum,
              GError       **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (source->path);
  g_autoptr (GFileInputStream) input = NULL;
  GError *local_error = NULL;
  guint64 rest = source->size;

  input = g_file_read (file, self->cancellable, &local_error);
  if (input == NULL)
    return yeji_bundle_take_io_error (local_error, source->path, error);
  while (rest > 0)
    {
      gsize length;

      if (!g_input_stream_read_all (G_INPUT_STREAM (input), self->chunk, MIN (rest, CHUNK_SIZE),
                                    &length, self->cancellable, &local_error))
        return yeji_bundle_take_io_error (local_error, source->path, error);
      if (length == 0)
        {
          g_set_error (error, YEJI_BACKUP_ERROR, YEJI_BACKUP_ERROR_FILE,
                       "%s: became shorter while it was read", source->path);
          return FALSE;
        }
      g_checksum_update (checksum, self->chunk, (gssize) length);
      if (!write_piece (self, self->chunk, length, error))
        return FALSE;
      rest -= length;
    }
  return TRUE;
}

static gboolean
write_source (Writer        *self,
              const Source  *source,
              GError       **error)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);

  if (!write_header (self, source->name, source->size, error))
    return FALSE;
  if (source->path != NULL)
    {
      if (!write_stream (self, source, checksum, error))
        return FALSE;
    }
  else
    {
      g_checksum_update (checksum, (const guchar *) source->text, (gssize) source->size);
      if (!write_piece (self, source->text, source->size, error))
        return FALSE;
    }
  yeji_manifest_add (self->manifest, source->name, source->size, g_checksum_get_string (checksum));
  return TRUE;
}

static gboolean
write_manifest (Writer   *self,
                GError  **error)
{
  g_autofree char *text = yeji_manifest_to_text (self->manifest);
  gsize length = strlen (text);
  GError *local_error = NULL;

  if (!write_header (self, YEJI_BUNDLE_MANIFEST, length, error))
    return FALSE;
  if (archive_write_data (self->archive, text, length) != (la_ssize_t) length
      || archive_write_close (self->archive) != ARCHIVE_OK)
    return fail_archive (self, error);
  g_clear_pointer (&self->archive, archive_write_free);
  if (!g_output_stream_close (G_OUTPUT_STREAM (self->stream), self->cancellable, &local_error))
    return yeji_bundle_take_io_error (local_error, self->part, error);
  return yeji_backup_sync_path (self->part, error);
}

static gboolean
read_back (Writer   *self,
           GError  **error)
{
  g_autoptr (YejiManifest) manifest = yeji_bundle_survey (self->part, self->cancellable, error);

  if (manifest == NULL)
    return FALSE;
  if (manifest->entries->len == self->manifest->entries->len)
    return yeji_bundle_unpack (self->part, manifest, NULL, &self->progress, self->cancellable,
                               error);
  g_set_error (error, YEJI_BACKUP_ERROR, YEJI_BACKUP_ERROR_DIFFERS, "%s: lacks entries",
               self->part);
  return FALSE;
}

static gboolean
rename_part (Writer   *self,
             GError  **error)
{
  g_autofree char *folder = g_path_get_dirname (self->path);
  g_autoptr (GError) local_error = NULL;

  if (yeji_platform_rename (self->part, self->path) == 0
      && yeji_platform_sync_directory (folder, &local_error))
    {
      g_clear_pointer (&self->part, g_free);
      return TRUE;
    }
  g_set_error (error, YEJI_BACKUP_ERROR, YEJI_BACKUP_ERROR_FILE, "%s: %s", self->path,
               local_error != NULL ? local_error->message : "cannot be made");
  return FALSE;
}

static gboolean
write_bundle (Writer   *self,
              GError  **error)
{
  g_autofree char *folder = g_path_get_dirname (self->path);

  if (!copy_database (self, error))
    return FALSE;
  add_documents (self);
  /* Adding to the manifest counts the sizes once more. */
  self->progress.total = 2 * self->manifest->size;
  if (!yeji_backup_require_room (folder, self->manifest->size
                                         + OVERHEAD * (guint64) self->sources->len, error))
    return FALSE;
  self->manifest->size = 0;
  if (!open_archive (self, error))
    return FALSE;
  for (guint i = 0; i < self->sources->len; i++)
    if (!write_source (self, g_ptr_array_index (self->sources, i), error))
      return FALSE;
  if (!write_manifest (self, error))
    return FALSE;
  yeji_backup_step ("bundle-written");
  return read_back (self, error) && rename_part (self, error);
}

/**
 * yeji_bundle_write:
 * @path: the file; one of that name is replaced when the new one is whole
 * @progress: (nullable) (scope call): told of bytes that were written and, afterwards, read back
 * @report: (out) (optional): how many records are in it, and which documents are missing because
 *     they are not in the profile either
 *
 * Writes a whole profile into one file, reads that back and compares every byte's digest. The
 * profile may be worked with meanwhile: records go in as they are when it begins. Memory does not
 * grow with the documents. Blocks; must not be called on the database's thread.
 *
 * Returns: %FALSE with a #YejiBackupError or %G_IO_ERROR_CANCELLED; nothing is left then, and what
 * had that name is untouched
 */
gboolean
yeji_bundle_write (YejiStore               *store,
                   const char              *path,
                   YejiBackupProgressFunc   progress,
                   gpointer                 data,
                   GCancellable            *cancellable,
                   YejiBackupReport       **report,
                   GError                 **error)
{
  g_autoptr (GMutexLocker) locker = NULL;
  g_auto (Writer) self = { NULL };

  g_return_val_if_fail (YEJI_IS_STORE (store), FALSE);
  g_return_val_if_fail (path != NULL, FALSE);

  locker = g_mutex_locker_new (&writing);
  self.store = store;
  self.path = path;
  self.cancellable = cancellable;
  self.sources = g_ptr_array_new_with_free_func (free_source);
  self.report = g_new0 (YejiBackupReport, 1);
  self.progress.func = progress;
  self.progress.data = data;
  if (!write_bundle (&self, error))
    return FALSE;
  if (report != NULL)
    *report = g_steal_pointer (&self.report);
  return TRUE;
}

static void
free_wish (gpointer data)
{
  Wish *wish = data;

  g_free (wish->path);
  g_free (wish);
}

static void
run_write (GTask        *task,
           gpointer      source_object,
           gpointer      task_data,
           GCancellable *cancellable)
{
  const Wish *wish = task_data;
  YejiBackupReport *report = NULL;
  GError *error = NULL;

  if (yeji_bundle_write (source_object, wish->path, wish->progress, wish->data, cancellable,
                         &report, &error))
    g_task_return_pointer (task, report, (GDestroyNotify) yeji_backup_report_free);
  else
    g_task_return_error (task, error);
}

/**
 * yeji_bundle_write_async:
 * @progress: (nullable) (scope async): called on another thread
 *
 * As yeji_bundle_write(), on a thread of its own. The store must not be closed before it is done.
 */
void
yeji_bundle_write_async (YejiStore               *store,
                         const char              *path,
                         YejiBackupProgressFunc   progress,
                         gpointer                 data,
                         GCancellable            *cancellable,
                         GAsyncReadyCallback      callback,
                         gpointer                 user_data)
{
  g_autoptr (GTask) task = NULL;
  Wish *wish;

  g_return_if_fail (YEJI_IS_STORE (store));
  g_return_if_fail (path != NULL);

  wish = g_new0 (Wish, 1);
  wish->path = g_strdup (path);
  wish->progress = progress;
  wish->data = data;
  task = g_task_new (store, cancellable, callback, user_data);
  g_task_set_source_tag (task, yeji_bundle_write_async);
  g_task_set_task_data (task, wish, free_wish);
  g_task_run_in_thread (task, run_write);
}

/**
 * yeji_bundle_write_finish:
 *
 * Returns: (transfer full) (nullable): the report; %NULL with an error of yeji_bundle_write()
 */
YejiBackupReport *
yeji_bundle_write_finish (YejiStore     *store,
                          GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, store), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
