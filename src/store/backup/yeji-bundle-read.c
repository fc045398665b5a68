// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-bundle"

#include "config.h"

#include "yeji-bundle-private.h"

#include <errno.h>
#include <string.h>

#include <archive.h>
#include <archive_entry.h>
#include <glib/gstdio.h>

#include "yeji-platform.h"

/* Reading of a stranger's file. Nothing is written before its list of entries, its manifest and
 * its sizes fit together; then every byte is counted and hashed on its way. */

#define CHUNK_SIZE (256 * 1024)
#define MAX_MANIFEST_SIZE (64 * 1024 * 1024)

/* A zip archive begins so; an empty one otherwise, which is no bundle. */
#define MAGIC "PK\003\004"
#define MAGIC_LENGTH 4

typedef struct
{
  const char *path;
  struct archive *archive;
  GFileInputStream *stream;
  guint8 *chunk;
  guint64 size;                /* of the file */
  GCancellable *cancellable;
  GError *error;               /* (nullable): of the stream */
} Reader;

static void
clear_reader (Reader *self)
{
  if (self->archive != NULL)
    archive_read_free (self->archive);
  g_clear_object (&self->stream);
  g_clear_error (&self->error);
  g_free (self->chunk);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Reader, clear_reader)

static la_ssize_t
read_block (struct archive  *archive,
            void            *data,
            const void     **block)
{
  Reader *self = data;
  gssize length = -1;

  *block = self->chunk;
  if (self->error == NULL)
    length = g_input_stream_read (G_INPUT_STREAM (self->stream), self->chunk, CHUNK_SIZE,
                                  self->cancellable, &self->error);
  if (length < 0)
    archive_set_error (archive, EIO, "the file cannot be read");
  return length;
}

static la_int64_t
seek_block (struct archive *archive,
            void           *data,
            la_int64_t      offset,
            int             whence)
{
  Reader *self = data;
  GSeekable *seekable = G_SEEKABLE (self->stream);
  GSeekType type = whence == SEEK_SET ? G_SEEK_SET : whence == SEEK_CUR ? G_SEEK_CUR : G_SEEK_END;

  /* What the archive says where to go may be nowhere: its damage, not the disk's. */
  if (!g_seekable_seek (seekable, offset, type, self->cancellable, NULL))
    {
      archive_set_error (archive, EIO, "it points out of the file");
      return ARCHIVE_FATAL;
    }
  return g_seekable_tell (seekable);
}

static gboolean
fail_archive (Reader  *self,
              GError **error)
{
  const char *why = archive_error_string (self->archive);

  if (self->error != NULL)
    return yeji_bundle_take_io_error (g_steal_pointer (&self->error), self->path, error);
  g_set_error (error, YEJI_BACKUP_ERROR, YEJI_BACKUP_ERROR_FORMAT, "%s: %s", self->path,
               why != NULL ? why : "it is damaged");
  return FALSE;
}

static gboolean
fail_entry (Reader      *self,
            const char  *name,
            const char  *why,
            GError     **error)
{
  g_autofree char *shown = g_strescape (name, NULL);

  g_set_error (error, YEJI_BACKUP_ERROR, YEJI_BACKUP_ERROR_FORMAT, "%s: “%s”: %s", self->path,
               shown, why);
  return FALSE;
}

static gboolean
open_reader (Reader        *self,
             const char    *path,
             GCancellable  *cancellable,
             GError       **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInfo) info = NULL;
  GError *local_error = NULL;

  self->path = path;
  self->cancellable = cancellable;
  /* reading a pipe would wait for ever */
  if (g_file_query_file_type (file, G_FILE_QUERY_INFO_NONE, cancellable) == G_FILE_TYPE_SPECIAL)
    {
      g_set_error (error, YEJI_BACKUP_ERROR, YEJI_BACKUP_ERROR_FORMAT, "%s: this is no file", path);
      return FALSE;
    }
  self->stream = g_file_read (file, cancellable, &local_error);
  if (self->stream != NULL)
    info = g_file_input_stream_query_info (self->stream, G_FILE_ATTRIBUTE_STANDARD_SIZE,
                                           cancellable, &local_error);
  if (info == NULL)
    return yeji_bundle_take_io_error (local_error, path, error);
  self->size = (guint64) g_file_info_get_size (info);
  self->chunk = g_malloc (CHUNK_SIZE);
  self->archive = archive_read_new ();
  /* By its directory alone: what is only found by going through the file was not put there by us,
   * and a file that is cut off has no directory. */
  archive_read_support_format_zip_seekable (self->archive);
  archive_read_set_callback_data (self->archive, self);
  archive_read_set_read_callback (self->archive, read_block);
  archive_read_set_seek_callback (self->archive, seek_block);
  return archive_read_open1 (self->archive) == ARCHIVE_OK || fail_archive (self, error);
}

/* The next entry's name; NULL at the end, and with an error set. */
static const char *
read_header (Reader                *self,
             struct archive_entry **entry,
             GError               **error)
{
  int code = archive_read_next_header (self->archive, entry);
  const char *name;

  if (code == ARCHIVE_EOF)
    return NULL;
  if (code != ARCHIVE_OK)
    {
      fail_archive (self, error);
      return NULL;
    }
  name = archive_entry_pathname_utf8 (*entry);
  if (name == NULL || !g_utf8_validate (name, -1, NULL))
    {
      fail_entry (self, "?", "the name cannot be read", error);
      return NULL;
    }
  if (archive_entry_filetype (*entry) != AE_IFREG || archive_entry_symlink (*entry) != NULL
      || archive_entry_hardlink (*entry) != NULL)
    {
      fail_entry (self, name, "this is no plain file", error);
      return NULL;
    }
  if (!archive_entry_size_is_set (*entry) || archive_entry_size (*entry) < 0
      || archive_entry_is_encrypted (*entry))
    {
      fail_entry (self, name, "it has no size or is encrypted", error);
      return NULL;
    }
  return name;
}

static GBytes *
read_manifest (Reader                *self,
               struct archive_entry  *entry,
               GError               **error)
{
  gsize size = (gsize) archive_entry_size (entry);
  g_autofree char *text = NULL;
  gsize length = 0;

  if (archive_entry_size (entry) > MAX_MANIFEST_SIZE || size > self->size)
    {
      fail_entry (self, YEJI_BUNDLE_MANIFEST, "it is too long", error);
      return NULL;
    }
  text = g_malloc (size + 1);
  while (length <= size)
    {
      la_ssize_t count = archive_read_data (self->archive, text + length, size + 1 - length);

      if (count < 0)
        {
          fail_archive (self, error);
          return NULL;
        }
      if (count == 0)
        break;
      length += (gsize) count;
    }
  if (length == size)
    return g_bytes_new_take (g_steal_pointer (&text), length);
  fail_entry (self, YEJI_BUNDLE_MANIFEST, "its size is not what it says", error);
  return NULL;
}

/* Whether the entries are those of the manifest. A manifest of a newer format was refused before:
 * it may have others. */
static gboolean
match_entries (Reader        *self,
               YejiManifest  *manifest,
               GHashTable    *sizes,
               GError       **error)
{
  GHashTableIter iter;
  gpointer name, value;

  g_hash_table_iter_init (&iter, sizes);
  while (g_hash_table_iter_next (&iter, &name, &value))
    {
      const YejiBundleEntry *entry = g_hash_table_lookup (manifest->by_name, name);

      if (entry == NULL)
        return fail_entry (self, name, "this is no file of a profile", error);
      if (entry->size != *(guint64 *) value)
        return fail_entry (self, name, "its size is not what the manifest says", error);
    }
  for (guint i = 0; i < manifest->entries->len; i++)
    {
      const YejiBundleEntry *entry = g_ptr_array_index (manifest->entries, i);

      if (!g_hash_table_contains (sizes, entry->name))
        return fail_entry (self, entry->name, "it is missing", error);
    }
  return TRUE;
}

static YejiManifest *
parse_manifest (Reader      *self,
                GBytes      *text,
                GHashTable  *sizes,
                GError     **error)
{
  g_autoptr (YejiManifest) manifest = NULL;
  gsize length = 0;
  const char *data = text != NULL ? g_bytes_get_data (text, &length) : NULL;

  if (text == NULL)
    {
      fail_entry (self, YEJI_BUNDLE_MANIFEST, "it is missing", error);
      return NULL;
    }
  manifest = yeji_manifest_parse (data != NULL ? data : "", length, error);
  if (manifest == NULL)
    {
      g_prefix_error (error, "%s: ", self->path);
      return NULL;
    }
  return match_entries (self, manifest, sizes, error) ? g_steal_pointer (&manifest) : NULL;
}

/**
 * yeji_bundle_survey: (skip)
 *
 * Reads what a bundle says that it has, without unpacking anything.
 *
 * Returns: (transfer full) (nullable): its manifest, whose entries are those of the archive; %NULL
 * with a #YejiBackupError or %G_IO_ERROR_CANCELLED
 */
YejiManifest *
yeji_bundle_survey (const char    *path,
                    GCancellable  *cancellable,
                    GError       **error)
{
  g_auto (Reader) self = { NULL };
  g_autoptr (GHashTable) sizes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GBytes) manifest = NULL;
  GError *local_error = NULL;
  struct archive_entry *entry;
  const char *name;
  guint64 total = 0;

  if (!open_reader (&self, path, cancellable, error))
    return NULL;
  while ((name = read_header (&self, &entry, &local_error)) != NULL)
    {
      guint64 size = (guint64) archive_entry_size (entry);

      /* Entries lie there as they are and each for itself: more than the file has is a lie. */
      if (size > self.size || (total += size) > self.size)
        fail_entry (&self, name, "it is larger than the file", &local_error);
      else if (g_str_equal (name, YEJI_BUNDLE_MANIFEST) && manifest == NULL)
        manifest = read_manifest (&self, entry, &local_error);
      else if (g_str_equal (name, YEJI_BUNDLE_MANIFEST)
               || !g_hash_table_insert (sizes, g_strdup (name), g_memdup2 (&size, sizeof size)))
        fail_entry (&self, name, "stands there twice", &local_error);
      if (local_error != NULL)
        break;
    }
  if (local_error != NULL)
    {
      g_propagate_error (error, local_error);
      return NULL;
    }
  return parse_manifest (&self, manifest, sizes, error);
}

static GOutputStream *
create_file (const char    *directory,
             const char    *name,
             GCancellable  *cancellable,
             GError       **error)
{
  g_autofree char *path = g_build_filename (directory, name, NULL);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GFile) file = g_file_new_for_path (path);

  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "%s cannot be made", folder);
      return NULL;
    }
  return (GOutputStream *) g_file_create (file, G_FILE_CREATE_PRIVATE, cancellable, error);
}

static gboolean
read_content (Reader                 *self,
              const YejiBundleEntry  *entry,
              GOutputStream          *output,
              YejiBundleProgress     *progress,
              GError                **error)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree guint8 *block = g_malloc (CHUNK_SIZE);
  GError *local_error = NULL;
  guint64 size = 0;
  la_ssize_t length;

  while ((length = archive_read_data (self->archive, block, CHUNK_SIZE)) > 0)
    {
      size += (guint64) length;
      if (size > entry->size)
        break;
      g_checksum_update (checksum, block, length);
      if (output != NULL
          && !g_output_stream_write_all (output, block, (gsize) length, NULL, self->cancellable,
                                         &local_error))
        return yeji_bundle_take_io_error (local_error, entry->name, error);
      if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
        return FALSE;
      yeji_bundle_advance (progress, (guint64) length);
    }
  if (length < 0)
    return fail_archive (self, error);
  if (size != entry->size)
    return fail_entry (self, entry->name, "its size is not what it says", error);
  return g_str_equal (g_checksum_get_string (checksum), entry->sha256)
         || fail_entry (self, entry->name, "its content is not what it was", error);
}

static gboolean
unpack_entry (Reader                 *self,
              const YejiBundleEntry  *entry,
              const char             *directory,
              YejiBundleProgress     *progress,
              GError                **error)
{
  g_autoptr (GOutputStream) output = NULL;
  g_autofree char *path = NULL;
  GError *local_error = NULL;

  if (directory == NULL)
    return read_content (self, entry, NULL, progress, error);
  output = create_file (directory, entry->name, self->cancellable, &local_error);
  if (output == NULL)
    return yeji_bundle_take_io_error (local_error, entry->name, error);
  if (!read_content (self, entry, output, progress, error))
    return FALSE;
  if (!g_output_stream_close (output, self->cancellable, &local_error))
    return yeji_bundle_take_io_error (local_error, entry->name, error);
  path = g_build_filename (directory, entry->name, NULL);
  return yeji_backup_sync_path (path, error);
}

/**
 * yeji_bundle_unpack: (skip)
 * @manifest: of yeji_bundle_survey(); which entries were seen is noted there
 * @directory: (nullable): a new folder, that is the caller's to remove when this fails; %NULL to
 *     read and compare alone
 *
 * Reads every entry and compares it with the manifest.
 *
 * Returns: %FALSE with a #YejiBackupError or %G_IO_ERROR_CANCELLED
 */
gboolean
yeji_bundle_unpack (const char          *path,
                    YejiManifest        *manifest,
                    const char          *directory,
                    YejiBundleProgress  *progress,
                    GCancellable        *cancellable,
                    GError             **error)
{
  g_auto (Reader) self = { NULL };
  GError *local_error = NULL;
  struct archive_entry *header;
  const char *name;
  guint n_seen = 0;

  if (!open_reader (&self, path, cancellable, error))
    return FALSE;
  while ((name = read_header (&self, &header, &local_error)) != NULL)
    {
      YejiBundleEntry *entry = g_hash_table_lookup (manifest->by_name, name);

      if (g_str_equal (name, YEJI_BUNDLE_MANIFEST))
        continue;
      if (entry == NULL || entry->seen)   /* somebody changed it since it was surveyed */
        return fail_entry (&self, name, "it was not there before", error);
      if (!unpack_entry (&self, entry, directory, progress, error))
        return FALSE;
      entry->seen = TRUE;
      n_seen++;
    }
  if (local_error != NULL)
    {
      g_propagate_error (error, local_error);
      return FALSE;
    }
  return n_seen == manifest->entries->len
         || fail_entry (&self, YEJI_BUNDLE_DATABASE, "an entry is gone", error);
}

/**
 * yeji_bundle_is_bundle:
 *
 * Returns: whether the file begins as a bundle does, so that it is worth trying
 */
gboolean
yeji_bundle_is_bundle (const char *path)
{
  g_autoptr (GFile) file = NULL;
  g_autoptr (GFileInputStream) stream = NULL;
  char magic[MAGIC_LENGTH];
  gsize length = 0;

  g_return_val_if_fail (path != NULL, FALSE);

  if (!g_file_test (path, G_FILE_TEST_IS_REGULAR))
    return FALSE;
  file = g_file_new_for_path (path);
  stream = g_file_read (file, NULL, NULL);
  return stream != NULL
         && g_input_stream_read_all (G_INPUT_STREAM (stream), magic, sizeof magic, &length, NULL,
                                     NULL)
         && length == sizeof magic && memcmp (magic, MAGIC, sizeof magic) == 0;
}
