// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-store"

#include "config.h"

#include "yeji-store-private.h"

#include <fcntl.h>
#include <string.h>

#include <glib/gstdio.h>

#include "yeji-digest.h"
#include "yeji-platform.h"

/* Copies of documents: `files/ab/abcdef...`, named by the SHA-256 of their content and so stored
 * once. A copy that is being made is `files/tmp-UUID`. */

#define CHUNK_SIZE (256 * 1024)
#define TEMPORARY_PREFIX "tmp-"

/* A reader of PDF takes its header anywhere in the first 1,024 bytes (ISO 32000-1, annex H). */
static const struct
{
  const char *media_type;
  const char *magic;
  gsize length;
  gsize within;
} magics[] = {
  { "application/pdf", "%PDF-",                5, 1024 },
  { "image/jpeg",      "\xff\xd8\xff",         3, 3 },
  { "image/png",       "\x89PNG\r\n\x1a\n",   8, 8 },
  { "image/tiff",      "II*\0",                4, 4 },
  { "image/tiff",      "MM\0*",                4, 4 },
};

static gboolean
has_magic (const guint8 *data,
           gsize         length,
           const char   *magic,
           gsize         magic_length)
{
  for (gsize i = 0; i + magic_length <= length; i++)
    if (memcmp (data + i, magic, magic_length) == 0)
      return TRUE;
  return FALSE;
}

static char *
guess_media_type (const guint8 *data,
                  gsize         length)
{
  g_autofree char *type = NULL;
  char *media_type;

  for (guint i = 0; i < G_N_ELEMENTS (magics); i++)
    if (has_magic (data, MIN (length, magics[i].within), magics[i].magic, magics[i].length))
      return g_strdup (magics[i].media_type);
  type = g_content_type_guess (NULL, data, length, NULL);
  /* so Windows calls a text, for which its registry may have no media type */
  if (g_str_equal (type, ".txt"))
    return g_strdup ("text/plain");
  media_type = g_content_type_get_mime_type (type);
  return media_type != NULL ? media_type : g_strdup ("application/octet-stream");
}

/* Every failure but the user's own cancelling is a failure of the document. */
static gboolean
fail (GError  *reason,
      GError **error)
{
  g_autoptr (GError) owned = reason;

  if (g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_propagate_error (error, g_steal_pointer (&owned));
  else
    g_set_error_literal (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_FILE, reason->message);
  return FALSE;
}

static gboolean
fail_size (gint64   size,
           gint64   max_size,
           GError **error)
{
  g_autofree char *is = g_format_size_full (size, G_FORMAT_SIZE_IEC_UNITS);
  g_autofree char *limit = g_format_size_full (max_size, G_FORMAT_SIZE_IEC_UNITS);

  g_set_error (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_FILE,
               "the file has at least %s, more than the limit of %s", is, limit);
  return FALSE;
}

static gboolean
copy_content (YejiCopy       *self,
              GInputStream   *input,
              GOutputStream  *output,
              gint64          max_size,
              GCancellable   *cancellable,
              GError        **error)
{
  g_autofree guint8 *chunk = g_malloc (CHUNK_SIZE);
  g_autoptr (YejiDigest) digest = yeji_digest_new (YEJI_DIGEST_SHA256);
  GError *local_error = NULL;
  gsize length;

  do
    {
      if (!g_input_stream_read_all (input, chunk, CHUNK_SIZE, &length, cancellable, &local_error))
        return fail (local_error, error);
      if (self->media_type == NULL)
        self->media_type = guess_media_type (chunk, length);
      self->size += length;
      if (self->size > max_size)
        return fail_size (self->size, max_size, error);
      yeji_digest_update (digest, chunk, length);
      if (!g_output_stream_write_all (output, chunk, length, NULL, cancellable, &local_error))
        return fail (local_error, error);
    }
  while (length == CHUNK_SIZE);

  if (self->size == 0)
    {
      g_set_error_literal (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_FILE, "the file is empty");
      return FALSE;
    }
  self->sha256 = yeji_digest_finish_hex (digest);
  return g_output_stream_close (output, cancellable, &local_error) || fail (local_error, error);
}

/**
 * yeji_copy_sync: (skip)
 *
 * Waits until what yeji_copy_make() wrote is on the disk.
 */
gboolean
yeji_copy_sync (YejiCopy  *self,
                GError   **error)
{
  GError *local_error = NULL;
  int fd = g_open (self->path, O_RDWR, 0);
  gboolean synced;

  if (fd < 0)
    {
      g_set_error (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_FILE, "%s: is gone", self->path);
      return FALSE;
    }
  synced = yeji_platform_sync_file (fd, &local_error);
  g_close (fd, NULL);
  return synced || fail (local_error, error);
}

/**
 * yeji_copy_make: (skip)
 * @directory: the profile's
 * @max_size: in bytes
 *
 * Copies a file while it computes its digest. Nothing is left of a copy that fails or is cancelled.
 *
 * Returns: (transfer full) (nullable): the copy, to be synced before it is kept; %NULL with
 * %YEJI_STORE_ERROR_FILE or %G_IO_ERROR_CANCELLED
 */
YejiCopy *
yeji_copy_make (const char    *directory,
                GFile         *file,
                gint64         max_size,
                GCancellable  *cancellable,
                GError       **error)
{
  g_autoptr (YejiCopy) self = g_new0 (YejiCopy, 1);
  g_autofree char *uuid = g_uuid_string_random ();
  g_autofree char *name = g_strconcat (TEMPORARY_PREFIX, uuid, NULL);
  g_autoptr (GFileInputStream) input = NULL;
  g_autoptr (GFileOutputStream) output = NULL;
  g_autoptr (GFile) target = NULL;
  GError *local_error = NULL;

  /* reading a pipe would wait for ever */
  if (g_file_query_file_type (file, G_FILE_QUERY_INFO_NONE, cancellable) == G_FILE_TYPE_SPECIAL)
    {
      g_set_error_literal (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_FILE, "this is no file");
      return NULL;
    }
  input = g_file_read (file, cancellable, &local_error);
  if (input == NULL)
    {
      fail (local_error, error);
      return NULL;
    }
  self->path = g_build_filename (directory, "files", name, NULL);
  target = g_file_new_for_path (self->path);
  output = g_file_create (target, G_FILE_CREATE_PRIVATE, cancellable, &local_error);
  if (output == NULL)
    {
      fail (local_error, error);
      return NULL;
    }
  if (!copy_content (self, G_INPUT_STREAM (input), G_OUTPUT_STREAM (output), max_size, cancellable,
                     error))
    {
      /* Windows does not remove a file that is open. */
      g_output_stream_close (G_OUTPUT_STREAM (output), NULL, NULL);
      return NULL;
    }
  return g_steal_pointer (&self);
}

/**
 * yeji_copy_new: (skip)
 *
 * Does what yeji_copy_make() does, and syncs the copy.
 */
YejiCopy *
yeji_copy_new (const char    *directory,
               GFile         *file,
               gint64         max_size,
               GCancellable  *cancellable,
               GError       **error)
{
  g_autoptr (YejiCopy) self = yeji_copy_make (directory, file, max_size, cancellable, error);

  if (self == NULL || !yeji_copy_sync (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

/* One that is there already is synced, too: who made it may have been killed before. */
static gboolean
sync_directory (const char  *path,
                GError     **error)
{
  GError *local_error = NULL;

  return yeji_platform_sync_directory (path, &local_error) || fail (local_error, error);
}

static gboolean
make_shelf (const char  *shelf,
            GError     **error)
{
  if (g_mkdir (shelf, 0700) == 0 || g_file_test (shelf, G_FILE_TEST_IS_DIR))
    return TRUE;
  g_set_error (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_FILE, "%s: cannot be made", shelf);
  return FALSE;
}

/* It replaces what has that name: the content is the same, and where the disk spoilt the older one,
 * this one is sound. */
static gboolean
rename_copy (YejiCopy    *self,
             const char  *path,
             GError     **error)
{
  if (yeji_platform_rename (self->path, path) != 0)
    {
      g_set_error (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_FILE, "%s: cannot be made", path);
      return FALSE;
    }
  g_clear_pointer (&self->path, g_free);
  return TRUE;
}

/**
 * yeji_copy_keep: (skip)
 *
 * Gives a copy its own name, for good.
 */
gboolean
yeji_copy_keep (YejiCopy    *self,
                const char  *directory,
                GError     **error)
{
  g_autofree char *files = g_build_filename (directory, "files", NULL);
  g_autofree char *path = yeji_copies_get_path (directory, self->sha256);
  g_autofree char *shelf = g_path_get_dirname (path);

  return make_shelf (shelf, error) && sync_directory (files, error)
    && rename_copy (self, path, error) && sync_directory (shelf, error);
}

/**
 * yeji_copies_keep: (skip)
 * @copies: (element-type YejiCopy): not kept yet
 *
 * Gives many copies their own names, for good. Each folder is synced once, however many came into
 * it.
 *
 * Returns: %FALSE with %YEJI_STORE_ERROR_FILE when one could not be kept; some are, then
 */
gboolean
yeji_copies_keep (GPtrArray   *copies,
                  const char  *directory,
                  GError     **error)
{
  g_autofree char *files = g_build_filename (directory, "files", NULL);
  g_autoptr (GHashTable) shelves = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GHashTableIter iter;
  gpointer shelf;

  for (guint i = 0; i < copies->len; i++)
    {
      YejiCopy *copy = g_ptr_array_index (copies, i);
      g_autofree char *path = yeji_copies_get_path (directory, copy->sha256);

      shelf = g_path_get_dirname (path);
      if (!g_hash_table_add (shelves, shelf))
        shelf = NULL;
      if (shelf != NULL && !make_shelf (shelf, error))
        return FALSE;
      if (!rename_copy (copy, path, error))
        return FALSE;
    }
  g_hash_table_iter_init (&iter, shelves);
  while (g_hash_table_iter_next (&iter, &shelf, NULL))
    if (!sync_directory (shelf, error))
      return FALSE;
  return sync_directory (files, error);
}

/**
 * yeji_copies_look_at: (skip)
 * @media_type: (out): by its content
 * @size: (out): in bytes
 *
 * Says what a content is that is there already.
 */
gboolean
yeji_copies_look_at (const char  *directory,
                     const char  *sha256,
                     char       **media_type,
                     gint64      *size,
                     GError     **error)
{
  g_autofree char *path = yeji_copies_get_path (directory, sha256);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInputStream) input = NULL;
  guint8 start[4096];
  GError *local_error = NULL;
  GStatBuf status;
  gsize length;

  input = g_file_read (file, NULL, &local_error);
  if (input == NULL
      || !g_input_stream_read_all (G_INPUT_STREAM (input), start, sizeof start, &length, NULL,
                                   &local_error))
    return fail (local_error, error);
  if (g_stat (path, &status) != 0)
    {
      g_set_error (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_FILE, "%s: is gone", path);
      return FALSE;
    }
  *media_type = guess_media_type (start, length);
  *size = (gint64) status.st_size;
  return TRUE;
}

/**
 * yeji_copy_free: (skip)
 *
 * Removes a copy that was not kept.
 */
void
yeji_copy_free (YejiCopy *self)
{
  if (self->path != NULL)
    yeji_platform_remove (self->path);
  g_free (self->path);
  g_free (self->sha256);
  g_free (self->media_type);
  g_free (self);
}

/**
 * yeji_copies_clean: (skip)
 *
 * Removes what was being copied when the program was killed.
 */
void
yeji_copies_clean (const char *directory)
{
  g_autofree char *files = g_build_filename (directory, "files", NULL);
  g_autoptr (GDir) dir = g_dir_open (files, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_prefix (name, TEMPORARY_PREFIX))
      {
        g_autofree char *path = g_build_filename (files, name, NULL);

        yeji_platform_remove (path);
      }
}

/**
 * yeji_copies_get_path: (skip)
 * @sha256: in hexadecimal
 *
 * Returns: (transfer full): where the content with that digest is, if it is there
 */
char *
yeji_copies_get_path (const char *directory,
                      const char *sha256)
{
  char shelf[3] = { sha256[0], sha256[1], '\0' };

  return g_build_filename (directory, "files", shelf, sha256, NULL);
}
