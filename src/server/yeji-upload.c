// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-upload"

#include "config.h"

#include "yeji-upload.h"

#include <errno.h>
#include <stdio.h>

#include <glib/gstdio.h>

#include "yeji-platform.h"

#define BLOCK (256 * 1024)

/**
 * yeji_upload_new:
 * @id: made by the server; nothing that a client says becomes part of a path
 * @length: in bytes
 *
 * Returns: (transfer full): the upload, which has not looked at the disk yet
 */
YejiUpload *
yeji_upload_new (const char *id,
                 const char *sha256,
                 const char *filetype,
                 gint64      length,
                 const char *part_dir,
                 const char *content_dir)
{
  YejiUpload *self = g_new0 (YejiUpload, 1);

  self->id = g_strdup (id);
  self->sha256 = g_strdup (sha256);
  self->filetype = g_strdup (filetype);
  self->length = length;
  self->expected = -1;
  self->part = g_build_filename (part_dir, id, NULL);
  self->content_dir = g_strdup (content_dir);
  return self;
}

/**
 * yeji_upload_get_content_path:
 * @sha256: 64 lower case hexadecimal digits
 *
 * Returns: (transfer full): where a complete document is
 */
char *
yeji_upload_get_content_path (const char *content_dir,
                              const char *sha256)
{
  g_autofree char *group = g_strndup (sha256, 2);

  return g_build_filename (content_dir, group, sha256, NULL);
}

static void
fail (YejiUpload *self,
      const char *what)
{
  g_warning ("%s: %s: %s", self->part, what, g_strerror (errno));
  self->state = YEJI_UPLOAD_FAILED;
}

/* How many bytes have arrived; a file that was not begun has none. */
static void
look (YejiUpload *self)
{
  GStatBuf buf;

  self->arrived = g_stat (self->part, &buf) == 0 ? (gint64) buf.st_size : 0;
}

/**
 * yeji_upload_open:
 *
 * Opens the file behind its last byte.
 *
 * Returns: %FALSE when the client means another offset or the disk fails; the state says which
 */
gboolean
yeji_upload_open (YejiUpload *self)
{
  look (self);
  if (self->expected >= 0 && self->expected != self->arrived)
    {
      self->state = YEJI_UPLOAD_CONFLICT;
      return FALSE;
    }
  self->file = g_fopen (self->part, "ab");
  if (self->file == NULL)
    fail (self, "open");
  return self->file != NULL;
}

/**
 * yeji_upload_write:
 *
 * Adds bytes, but none beyond the announced length.
 */
void
yeji_upload_write (YejiUpload *self,
                   GBytes     *bytes)
{
  gsize size;
  gconstpointer data = g_bytes_get_data (bytes, &size);

  if (self->file == NULL || self->state != YEJI_UPLOAD_PARTIAL)
    return;
  if (self->arrived + (gint64) size > self->length)
    {
      self->state = YEJI_UPLOAD_TOO_LONG;
      size = (gsize) (self->length - self->arrived);
    }
  if (size > 0 && fwrite (data, 1, size, self->file) != size)
    fail (self, "write");
  else
    self->arrived += (gint64) size;
}

/**
 * yeji_upload_close:
 *
 * Waits until what was written is on the disk; only then may the client be told of it.
 */
void
yeji_upload_close (YejiUpload *self)
{
  FILE *file = g_steal_pointer (&self->file);
  g_autoptr (GError) error = NULL;
  gboolean flushed;

  if (file == NULL)
    return;
  flushed = fflush (file) == 0;
  if (!flushed)
    fail (self, "flush");
  else if (!yeji_platform_sync_file (fileno (file), &error))
    {
      g_warning ("%s: %s", self->part, error->message);
      self->state = YEJI_UPLOAD_FAILED;
    }
  fclose (file);
  look (self);
}

static char *
hash_file (YejiUpload *self,
           guint8     *head,
           gsize      *head_length)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree guint8 *block = g_malloc (BLOCK);
  FILE *file = g_fopen (self->part, "rb");
  gsize size;
  gboolean failed;

  if (file == NULL)
    return NULL;
  *head_length = fread (head, 1, *head_length, file);
  g_checksum_update (checksum, head, (gssize) *head_length);
  while ((size = fread (block, 1, BLOCK, file)) > 0)
    g_checksum_update (checksum, block, (gssize) size);
  failed = ferror (file) != 0;
  fclose (file);
  return failed ? NULL : g_strdup (g_checksum_get_string (checksum));
}

/* To its final name, which exists only after the sha256 was found right. */
static gboolean
move_to_content (YejiUpload *self)
{
  g_autofree char *path = yeji_upload_get_content_path (self->content_dir, self->sha256);
  g_autofree char *dir = g_path_get_dirname (path);
  g_autoptr (GError) error = NULL;

  if (g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_remove (self->part);
      return TRUE;
    }
  if (g_mkdir_with_parents (dir, 0700) != 0 || g_rename (self->part, path) != 0)
    {
      fail (self, "rename");
      return FALSE;
    }
  if (yeji_platform_sync_directory (dir, &error)
      && yeji_platform_sync_directory (self->content_dir, &error))
    return TRUE;
  g_warning ("%s: %s", path, error->message);
  self->state = YEJI_UPLOAD_FAILED;
  return FALSE;
}

/**
 * yeji_upload_complete:
 *
 * Closes the file; when its last byte has arrived, compares the sha256 and looks whether the bytes
 * are what the media type says.
 */
void
yeji_upload_complete (YejiUpload        *self,
                      const YejiMapping *mapping)
{
  g_autofree char *sha256 = NULL;
  guint8 head[16];
  gsize head_length = sizeof head;

  if (self->recorded)
    {
      self->arrived = self->length;
      self->state = YEJI_UPLOAD_COMPLETE;
      return;
    }
  yeji_upload_close (self);
  if (self->state != YEJI_UPLOAD_PARTIAL && self->state != YEJI_UPLOAD_TOO_LONG)
    return;
  look (self);
  if (self->arrived < self->length || self->state == YEJI_UPLOAD_TOO_LONG)
    return;

  sha256 = hash_file (self, head, &head_length);
  if (sha256 == NULL)
    fail (self, "read");
  else if (!g_str_equal (sha256, self->sha256))
    self->state = YEJI_UPLOAD_MISMATCH;
  else if (!yeji_mapping_is_content (mapping, self->filetype, head, head_length))
    self->state = YEJI_UPLOAD_OTHER_CONTENT;
  else if (move_to_content (self))
    self->state = YEJI_UPLOAD_COMPLETE;
  if (self->state == YEJI_UPLOAD_MISMATCH || self->state == YEJI_UPLOAD_OTHER_CONTENT)
    yeji_upload_unlink (self);
}

/**
 * yeji_upload_unlink:
 *
 * Removes what has arrived of a file that is not complete.
 */
void
yeji_upload_unlink (YejiUpload *self)
{
  if (self->file != NULL)
    fclose (g_steal_pointer (&self->file));
  g_remove (self->part);
}

/**
 * yeji_upload_free:
 * @self: (transfer full)
 *
 * Frees the upload; the file stays.
 */
void
yeji_upload_free (YejiUpload *self)
{
  if (self->file != NULL)
    fclose (self->file);
  g_free (self->id);
  g_free (self->sha256);
  g_free (self->filetype);
  g_free (self->part);
  g_free (self->content_dir);
  g_free (self);
}
