// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-upload"

#include "config.h"

#include "yeji-upload.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include <gio/gio.h>
#include <glib/gstdio.h>

#include "yeji-platform.h"

#define BLOCK (256 * 1024)
/* A document lies in the one that the first two digits of its sha256 name. */
#define N_GROUPS 256

/**
 * yeji_upload_new:
 * @id: made by the server; nothing that a client says becomes part of a path
 * @length: in bytes
 * @sums: must outlive the upload
 *
 * Returns: (transfer full): the upload, which has not looked at the disk yet
 */
YejiUpload *
yeji_upload_new (const char     *id,
                 const char     *sha256,
                 const char     *filetype,
                 gint64          length,
                 const char     *part_dir,
                 const char     *content_dir,
                 YejiUploadSums *sums)
{
  YejiUpload *self = g_new0 (YejiUpload, 1);

  self->id = g_strdup (id);
  self->sha256 = g_strdup (sha256);
  self->filetype = g_strdup (filetype);
  self->length = length;
  self->expected = -1;
  self->part = g_build_filename (part_dir, id, NULL);
  self->content_dir = g_strdup (content_dir);
  self->sums = sums;
  return self;
}

/* FALSE: it cannot be made; @made is left alone when it is there */
static gboolean
make_group (const char  *dir,
            gboolean    *made,
            GError     **error)
{
  if (g_file_test (dir, G_FILE_TEST_IS_DIR))
    return TRUE;
  *made = TRUE;
  if (g_mkdir_with_parents (dir, 0700) == 0)
    return TRUE;
  g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_FAILED, "%s: cannot be made", dir);
  return FALSE;
}

/**
 * yeji_upload_make_groups:
 *
 * Makes the directories that documents lie in, so that no document has to wait for a new one to be
 * on the disk.
 */
gboolean
yeji_upload_make_groups (const char  *content_dir,
                         GError     **error)
{
  gboolean made = FALSE;

  for (guint i = 0; i < N_GROUPS; i++)
    {
      g_autofree char *dir = g_strdup_printf ("%s" G_DIR_SEPARATOR_S "%02x", content_dir, i);

      if (!make_group (dir, &made, error))
        return FALSE;
    }
  return !made || yeji_platform_sync_directory (content_dir, error);
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

/* The file got its final name and the database did not get to know of it: a copy is gone on with,
 * as the content may be another upload's too. */
static void
take_back (YejiUpload *self)
{
  g_autofree char *path = yeji_upload_get_content_path (self->content_dir, self->sha256);
  g_autoptr (GFile) from = g_file_new_for_path (path);
  g_autoptr (GFile) to = g_file_new_for_path (self->part);
  g_autoptr (GError) error = NULL;

  if (g_file_test (path, G_FILE_TEST_EXISTS)
      && !g_file_copy (from, to, G_FILE_COPY_OVERWRITE, NULL, NULL, NULL, &error))
    g_warning ("%s: %s", self->part, error->message);
}

/* How many bytes have arrived; a file that was not begun has none. */
static void
look (YejiUpload *self)
{
  GStatBuf buf;

  if (!g_file_test (self->part, G_FILE_TEST_EXISTS))
    take_back (self);
  self->arrived = g_stat (self->part, &buf) == 0 ? (gint64) buf.st_size : 0;
}

/* The sum of what is there, by reading it: after a restart. */
static YejiDigest *
sum_file (YejiUpload *self)
{
  g_autoptr (YejiDigest) digest = yeji_digest_new (YEJI_DIGEST_SHA256);
  g_autofree guint8 *block = g_malloc (BLOCK);
  FILE *file = g_fopen (self->part, "rb");
  gint64 left = self->arrived;
  gsize size = 0;

  if (file == NULL)
    return NULL;
  while (left > 0 && (size = fread (block, 1, (gsize) MIN (left, BLOCK), file)) > 0)
    {
      yeji_digest_update (digest, block, size);
      left -= (gint64) size;
    }
  fclose (file);
  return left == 0 ? g_steal_pointer (&digest) : NULL;
}

static YejiDigest *
begin_sum (YejiUpload *self)
{
  YejiDigest *digest;

  if (self->arrived == 0)
    return yeji_digest_new (YEJI_DIGEST_SHA256);
  digest = yeji_upload_sums_take (self->sums, self->id, self->arrived);
  return digest != NULL ? digest : sum_file (self);
}

static gboolean
open_part (YejiUpload *self)
{
  self->file = yeji_part_file_open (self->part, self->arrived, self->length);
  if (self->file == NULL)
    fail (self, "open");
  return self->file != NULL;
}

/* From the first byte on the sha256 of the piece is that of the whole. */
static gboolean
needs_piece_sum (YejiUpload *self)
{
  return self->said.length > 0 && (self->began > 0 || self->said.kind != YEJI_DIGEST_SHA256);
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
  if (!self->fresh)
    look (self);
  if (self->expected >= 0 && self->expected != self->arrived)
    {
      self->state = YEJI_UPLOAD_CONFLICT;
      return FALSE;
    }
  self->began = self->arrived;
  self->whole = begin_sum (self);
  if (self->whole == NULL)
    {
      fail (self, "read");
      return FALSE;
    }
  if (self->said.length > 0)
    self->before = yeji_digest_copy (self->whole);
  if (needs_piece_sum (self))
    self->piece = yeji_digest_new (self->said.kind);
  return open_part (self);
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
      return;
    }
  if (!yeji_part_file_write (self->file, data, size))
    {
      fail (self, "write");
      return;
    }
  yeji_digest_update (self->whole, data, size);
  if (self->piece != NULL)
    yeji_digest_update (self->piece, data, size);
  if (self->arrived == 0 && size >= sizeof self->head)
    {
      memcpy (self->head, data, sizeof self->head);
      self->n_head = sizeof self->head;
    }
  self->arrived += (gint64) size;
}

/* What came is on its way to the disk, and is waited for when all has come: until then nobody was
 * told that it is received, and whoever sends it has it. After a power cut less is there than was
 * said, and the upload goes on from there; should a file system have filled the end with something
 * else, the sum of the whole says so. */
static void
close_file (YejiUpload *self)
{
  g_autoptr (YejiPartFile) file = g_steal_pointer (&self->file);

  if (file == NULL)
    return;
  if (!yeji_part_file_flush (file))
    fail (self, "write");
  if (self->arrived > self->began)
    yeji_part_file_begin_sync (file);
}

/* What is in the file is less than its sum says where writing failed: then it is read again. */
static void
keep_sum (YejiUpload *self)
{
  look (self);
  if (self->whole != NULL && self->state != YEJI_UPLOAD_FAILED)
    yeji_upload_sums_put (self->sums, self->id, self->arrived, g_steal_pointer (&self->whole));
}

/**
 * yeji_upload_abandon:
 *
 * Ends a request whose bytes do not all come: what has come is kept, unless nobody knows of it.
 */
void
yeji_upload_abandon (YejiUpload *self)
{
  if (self->file == NULL)
    return;
  if (self->fresh)
    {
      yeji_upload_unlink (self);
      return;
    }
  close_file (self);
  keep_sum (self);
}

static gboolean
is_piece_right (YejiUpload *self)
{
  g_autoptr (YejiDigest) digest = NULL;
  guint8 sum[YEJI_DIGEST_MAX];
  gsize length;

  if (self->said.length == 0)
    return TRUE;
  digest = self->piece != NULL ? g_steal_pointer (&self->piece) : yeji_digest_copy (self->whole);
  length = yeji_digest_finish (digest, sum);
  return length == self->said.length && memcmp (sum, self->said.sum, length) == 0;
}

static gboolean
cut (YejiUpload  *self,
     GError     **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (self->part);
  g_autoptr (GFileIOStream) stream = g_file_open_readwrite (file, NULL, error);

  return stream != NULL
         && g_seekable_truncate (G_SEEKABLE (stream), self->began, NULL, error)
         && g_io_stream_close (G_IO_STREAM (stream), NULL, error);
}

/* The bytes of this request are gone, and the file is what it was before. */
static void
throw_piece_away (YejiUpload *self)
{
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&self->file, yeji_part_file_close);
  if (self->fresh)
    {
      yeji_upload_unlink (self);
      self->arrived = 0;
      return;
    }
  if (!cut (self, &error))
    {
      g_warning ("%s: %s", self->part, error->message);
      self->state = YEJI_UPLOAD_FAILED;
      return;
    }
  g_clear_pointer (&self->whole, yeji_digest_free);
  self->whole = g_steal_pointer (&self->before);
  keep_sum (self);
}

static gboolean
is_content_right (YejiUpload        *self,
                  const YejiMapping *mapping)
{
  guint8 head[YEJI_UPLOAD_HEAD];
  gsize length;

  if (self->n_head > 0)
    return yeji_mapping_is_content (mapping, self->filetype, self->head, self->n_head);
  length = yeji_part_file_read_head (self->file, head, sizeof head);
  return yeji_mapping_is_content (mapping, self->filetype, head, length);
}

/* FALSE: it has one already */
static gboolean
give_first_name (YejiUpload *self,
                 const char *path)
{
  static GMutex mutex;         /* two threads may end the same content */
  gboolean given;

  g_mutex_lock (&mutex);
  given = !g_file_test (path, G_FILE_TEST_EXISTS) && g_rename (self->part, path) == 0;
  g_mutex_unlock (&mutex);
  return given;
}

/* What is there may be another upload's that still waits for the disk, or what a power cut has left
 * of one: ours takes its place, and is on the disk before. */
static gboolean
replace (YejiUpload  *self,
         const char  *path,
         GError     **error)
{
  if (!yeji_part_file_sync (self->file, error))
    return FALSE;
  if (g_rename (self->part, path) == 0)
    return TRUE;
  g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_FAILED, "%s: cannot be renamed", self->part);
  return FALSE;
}

static gboolean
await_disk (YejiUpload  *self,
            const char  *dir,
            GError     **error)
{
  return yeji_part_file_sync (self->file, error)
         && yeji_platform_sync_directory (dir, error);
}

/* Its final name exists only after the sha256 was found right. It comes before the wait for the
 * disk, so that there is one wait for both; nobody knows of the file until then, and what no row
 * knows of is swept at the next start. */
static gboolean
give_name (YejiUpload  *self,
           GError     **error)
{
  g_autofree char *path = yeji_upload_get_content_path (self->content_dir, self->sha256);
  g_autofree char *dir = g_path_get_dirname (path);
  gboolean made = FALSE;

  if (!make_group (dir, &made, error)
      || (made && !yeji_platform_sync_directory (self->content_dir, error)))
    return FALSE;
  self->is_first = give_first_name (self, path);
  return self->is_first || replace (self, path, error);
}

/* A second wait for the disk would be told that all is well, whatever became of the bytes. */
static void
take_name_back (YejiUpload *self)
{
  g_autofree char *path = yeji_upload_get_content_path (self->content_dir, self->sha256);

  if (self->is_first)
    g_remove (path);
}

static gboolean
move_to_content (YejiUpload  *self,
                 GError     **error)
{
  g_autofree char *path = yeji_upload_get_content_path (self->content_dir, self->sha256);
  g_autofree char *dir = g_path_get_dirname (path);

  if (!give_name (self, error))
    return FALSE;
  if (await_disk (self, dir, error))
    return TRUE;
  take_name_back (self);
  return FALSE;
}

/* All bytes are there, and the file is open. @move gives it its final name. */
static void
finish (YejiUpload         *self,
        const YejiMapping  *mapping,
        gboolean          (*move) (YejiUpload *, GError **))
{
  g_autofree char *sha256 = yeji_digest_finish_hex (self->whole);
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&self->whole, yeji_digest_free);
  if (!yeji_part_file_flush (self->file))
    fail (self, "write");
  else if (!g_str_equal (sha256, self->sha256))
    self->state = YEJI_UPLOAD_MISMATCH;
  else if (!is_content_right (self, mapping))
    self->state = YEJI_UPLOAD_OTHER_CONTENT;
  else if (move (self, &error))
    self->state = YEJI_UPLOAD_COMPLETE;
  else
    {
      g_warning ("%s", error->message);
      self->state = YEJI_UPLOAD_FAILED;
    }
  g_clear_pointer (&self->file, yeji_part_file_close);
  if (self->state == YEJI_UPLOAD_MISMATCH || self->state == YEJI_UPLOAD_OTHER_CONTENT)
    yeji_upload_unlink (self);
}

/* A file whose last byte came before the server ended, or that is only asked after. */
static void
look_at_closed (YejiUpload        *self,
                const YejiMapping *mapping)
{
  look (self);
  if (self->arrived < self->length)
    return;
  self->whole = begin_sum (self);
  if (self->whole == NULL)
    fail (self, "read");
  else if (open_part (self))
    finish (self, mapping, move_to_content);
}

/**
 * yeji_upload_complete:
 *
 * Closes the file; when its last byte has arrived, compares the sha256 and looks whether the bytes
 * are what the media type says. Bytes of a request that are not what it said are thrown away.
 */
void
yeji_upload_complete (YejiUpload        *self,
                      const YejiMapping *mapping)
{
  if (self->recorded)
    {
      self->arrived = self->length;
      self->state = YEJI_UPLOAD_COMPLETE;
      return;
    }
  if (self->file == NULL && self->state == YEJI_UPLOAD_PARTIAL)
    {
      look_at_closed (self, mapping);
      return;
    }
  if (self->state == YEJI_UPLOAD_PARTIAL && !is_piece_right (self))
    self->state = YEJI_UPLOAD_BAD_PIECE;
  if (self->state == YEJI_UPLOAD_BAD_PIECE || self->state == YEJI_UPLOAD_TOO_LONG)
    {
      throw_piece_away (self);
      return;
    }
  if (self->state == YEJI_UPLOAD_PARTIAL && self->arrived == self->length)
    {
      finish (self, mapping, move_to_content);
      return;
    }
  close_file (self);
  if (self->state == YEJI_UPLOAD_PARTIAL)
    keep_sum (self);
}

/**
 * yeji_upload_place:
 *
 * Does what yeji_upload_complete() does with a new file of which every byte has come, but waits for
 * no disk: where many files come together somebody waits for all of them, and says with
 * yeji_upload_end_wait() what came of it. Until then nobody may be told that it is received.
 */
void
yeji_upload_place (YejiUpload        *self,
                   const YejiMapping *mapping)
{
  g_assert (self->fresh && self->arrived == self->length);
  if (self->state == YEJI_UPLOAD_PARTIAL)
    finish (self, mapping, give_name);
  if (self->state == YEJI_UPLOAD_FAILED)
    yeji_upload_unlink (self);
}

/**
 * yeji_upload_end_wait:
 * @written: whether the disk has what was placed
 *
 * Ends what yeji_upload_place() began.
 */
void
yeji_upload_end_wait (YejiUpload *self,
                      gboolean    written)
{
  if (written || self->state != YEJI_UPLOAD_COMPLETE)
    return;
  take_name_back (self);
  self->state = YEJI_UPLOAD_FAILED;
}

/**
 * yeji_upload_unlink:
 *
 * Removes what has arrived of a file that is not complete.
 */
void
yeji_upload_unlink (YejiUpload *self)
{
  g_clear_pointer (&self->file, yeji_part_file_close);
  g_clear_pointer (&self->whole, yeji_digest_free);
  g_assert (yeji_upload_sums_take (self->sums, self->id, -1) == NULL);
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
  g_clear_pointer (&self->file, yeji_part_file_close);
  g_clear_pointer (&self->whole, yeji_digest_free);
  g_clear_pointer (&self->before, yeji_digest_free);
  g_clear_pointer (&self->piece, yeji_digest_free);
  g_free (self->id);
  g_free (self->sha256);
  g_free (self->filetype);
  g_free (self->expires_at);
  g_free (self->part);
  g_free (self->content_dir);
  g_free (self);
}
