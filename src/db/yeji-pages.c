// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-pages"

#include "config.h"

#include "yeji-pages.h"

#include <string.h>

#include "yeji-sql.h"

/* The format is described at https://www.sqlite.org/fileformat2.html */

#define MAGIC "SQLite format 3"
#define HEADER_SIZE 100
#define LOG_HEADER_SIZE 32
#define FRAME_HEADER_SIZE 24
#define MIN_PAGE_SIZE 512
#define MAX_PAGE_SIZE 65536
/* What SQLite takes for a new file, and so what we have where the header cannot be read. */
#define USUAL_PAGE_SIZE 4096

struct _YejiPages
{
  GInputStream *file;          /* (nullable): it is not there */
  GInputStream *log;           /* (nullable) */
  GHashTable *frames;          /* page number -> offset of its newest content in the log, boxed */
  gint64 file_size;
  guint8 header[HEADER_SIZE];  /* of page 1, as the log has it */
  gboolean has_header;
  gboolean failed;             /* whether the disk could not read something */
  YejiLogState log_state;
  guint size;
  guint usable;
  guint32 count;
};

static guint32
get_32 (const guint8 *bytes)
{
  return (guint32) bytes[0] << 24 | (guint32) bytes[1] << 16 | (guint32) bytes[2] << 8 | bytes[3];
}

/* A file that ends earlier was read; one that the disk did not give was not. */
static gboolean
read_at (YejiPages    *self,
         GInputStream *stream,
         gint64        offset,
         guint8       *buffer,
         gsize         length)
{
  gsize done;

  if (stream == NULL)
    return FALSE;
  if (g_seekable_seek (G_SEEKABLE (stream), offset, G_SEEK_SET, NULL, NULL)
      && g_input_stream_read_all (stream, buffer, length, &done, NULL, NULL))
    return done == length;
  self->failed = TRUE;
  return FALSE;
}

static gint64
measure (GInputStream *stream)
{
  if (stream == NULL || !g_seekable_seek (G_SEEKABLE (stream), 0, G_SEEK_END, NULL, NULL))
    return 0;
  return g_seekable_tell (G_SEEKABLE (stream));
}

static gboolean
is_page_size (guint size)
{
  return size >= MIN_PAGE_SIZE && size <= MAX_PAGE_SIZE && (size & (size - 1)) == 0;
}

/* One means 65,536, which has no room in two bytes. */
static guint
read_page_size (const guint8 *header)
{
  guint size = (guint) header[16] << 8 | header[17];

  return size == 1 ? MAX_PAGE_SIZE : size;
}

static gboolean
is_header (const guint8 *header)
{
  return memcmp (header, MAGIC, sizeof MAGIC) == 0 && is_page_size (read_page_size (header))
    && read_page_size (header) - header[20] >= 480;
}

typedef struct
{
  guint32 first;
  guint32 second;
  gboolean big_endian;
} Sum;

static guint32
get_summand (const Sum    *sum,
             const guint8 *bytes)
{
  guint32 value = get_32 (bytes);

  return sum->big_endian ? value : GUINT32_SWAP_LE_BE (value);
}

static void
add_to_sum (Sum          *sum,
            const guint8 *bytes,
            gsize         length)
{
  for (gsize i = 0; i + 8 <= length; i += 8)
    {
      sum->first += get_summand (sum, bytes + i) + sum->second;
      sum->second += get_summand (sum, bytes + i + 4) + sum->first;
    }
}

static gboolean
matches_sum (const Sum    *sum,
             const guint8 *bytes)
{
  return sum->first == get_32 (bytes) && sum->second == get_32 (bytes + 4);
}

/* Whether there is more behind the tear at @offset than a transaction that was being written. Of
 * one that was never synced, a power cut leaves any part, its commit too; and where a commit
 * failed, the next one may have overwritten its first frames alone. Either is one commit. Two that
 * follow each other (a frame's sum goes on from the one before) mean that the first was on the disk
 * before the second was begun. */
static gboolean
has_commit_behind (YejiPages    *self,
                   const guint8 *header,
                   gint64        offset,
                   gint64        log_size)
{
  g_autofree guint8 *frame = g_malloc (FRAME_HEADER_SIZE + self->size);
  gint64 step = FRAME_HEADER_SIZE + self->size;
  Sum sum = { .big_endian = (get_32 (header) & 1) != 0 };
  guint n_commits = 0;

  for (; offset + step <= log_size; offset += step)
    {
      if (!read_at (self, self->log, offset, frame, (gsize) step)
          || memcmp (frame + 8, header + 16, 8) != 0)
        {
          n_commits = 0;
          continue;
        }
      add_to_sum (&sum, frame, 8);
      add_to_sum (&sum, frame + FRAME_HEADER_SIZE, self->size);
      if (!matches_sum (&sum, frame + 16))
        n_commits = 0;
      sum.first = get_32 (frame + 16);
      sum.second = get_32 (frame + 20);
      if (get_32 (frame + 4) != 0 && ++n_commits == 2)
        return TRUE;
    }
  return FALSE;
}

/* A log is begun anew when all of it is in the file, and its header is on the disk before a frame
 * counts: where the power was cut meanwhile, part of the header is there, or none, and the frames
 * behind it are of no use to anybody. What always stands at its beginning is there or 0. */
static gboolean
is_half_written (YejiPages    *self,
                 const guint8 *header)
{
  const guint8 beginning[] = {
    0x37, 0x7f, 0x06, header[3] & 1 ? 0x83 : 0x82, 0x00, 0x2d, 0xe2, 0x18,
    0, (guint8) (self->size >> 16), (guint8) (self->size >> 8), (guint8) self->size
  };

  for (guint i = 0; i < sizeof beginning; i++)
    if (header[i] != 0 && header[i] != beginning[i])
      return FALSE;
  return TRUE;
}

/* Without a header the first frame says what the others must have in common. */
static gboolean
has_commits_without_header (YejiPages    *self,
                            const guint8 *header,
                            gint64        log_size)
{
  guint8 frame[FRAME_HEADER_SIZE];
  guint8 made[LOG_HEADER_SIZE] = { 0 };

  if (is_half_written (self, header)
      || !read_at (self, self->log, LOG_HEADER_SIZE, frame, sizeof frame))
    return FALSE;
  made[3] = G_BYTE_ORDER == G_BIG_ENDIAN ? 1 : 0;
  memcpy (made + 16, frame + 8, 8);
  return has_commit_behind (self, made, LOG_HEADER_SIZE, log_size);
}

static void
take_frames (YejiPages  *self,
             GHashTable *pending)
{
  GHashTableIter iter;
  gpointer number, offset;

  g_hash_table_iter_init (&iter, pending);
  while (g_hash_table_iter_next (&iter, &number, &offset))
    {
      g_hash_table_iter_steal (&iter);
      g_hash_table_replace (self->frames, number, offset);
    }
}

static void
add_frame (GHashTable *pending,
           guint32     number,
           gint64      offset)
{
  g_hash_table_replace (pending, GUINT_TO_POINTER (number), g_memdup2 (&offset, sizeof offset));
}

/* Takes every whole transaction up to the first frame that is not right, as SQLite does. */
static void
read_frames (YejiPages    *self,
             const guint8 *header,
             Sum           sum,
             gint64        log_size)
{
  g_autoptr (GHashTable) pending = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  g_autofree guint8 *frame = g_malloc (FRAME_HEADER_SIZE + self->size);
  gint64 step = FRAME_HEADER_SIZE + self->size;
  gint64 offset;

  for (offset = LOG_HEADER_SIZE; offset + step <= log_size; offset += step)
    {
      if (!read_at (self, self->log, offset, frame, (gsize) step)
          || memcmp (frame + 8, header + 16, 8) != 0)
        break;
      add_to_sum (&sum, frame, 8);
      add_to_sum (&sum, frame + FRAME_HEADER_SIZE, self->size);
      if (!matches_sum (&sum, frame + 16) || get_32 (frame) == 0)
        break;
      add_frame (pending, get_32 (frame), offset + FRAME_HEADER_SIZE);
      if (get_32 (frame + 4) == 0)
        continue;
      take_frames (self, pending);
      self->count = get_32 (frame + 4);
    }
  self->log_state = has_commit_behind (self, header, offset, log_size) ? YEJI_LOG_BROKEN
                                                                       : YEJI_LOG_SOUND;
}

static void
read_log (YejiPages *self)
{
  gint64 log_size = measure (self->log);
  guint8 header[LOG_HEADER_SIZE];
  Sum sum = { 0 };
  guint size;

  if (log_size <= LOG_HEADER_SIZE || !read_at (self, self->log, 0, header, sizeof header))
    return;
  sum.big_endian = (get_32 (header) & 1) != 0;
  add_to_sum (&sum, header, 24);
  size = get_32 (header + 8);
  if ((get_32 (header) & ~1u) != 0x377f0682 || !matches_sum (&sum, header + 24)
      || !is_page_size (size) || (self->has_header && size != self->size))
    {
      if (has_commits_without_header (self, header, log_size))
        self->log_state = YEJI_LOG_BROKEN;
      return;
    }
  self->size = size;
  self->usable = size - (self->has_header ? self->header[20] : 0);
  read_frames (self, header, sum, log_size);
}

static gboolean
open_file (const char    *path,
           GInputStream **stream,
           GError       **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) local_error = NULL;

  *stream = G_INPUT_STREAM (g_file_read (file, NULL, &local_error));
  if (*stream != NULL || g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    return TRUE;
  g_set_error_literal (error, YEJI_DB_ERROR, YEJI_DB_ERROR_IO, local_error->message);
  return FALSE;
}

static void
read_header (YejiPages *self)
{
  g_autofree guint8 *page = g_malloc (MAX_PAGE_SIZE);

  if (!yeji_pages_read (self, 1, page))
    return;
  memcpy (self->header, page, HEADER_SIZE);
  self->has_header = is_header (self->header) && read_page_size (self->header) == self->size;
  if (self->has_header)
    self->usable = self->size - self->header[20];
}

/**
 * yeji_pages_open: (skip)
 * @path: may be gone, when its log is there
 * @use_log: whether what the log says goes before what the file says
 *
 * Opens a file to read its pages. That it is damaged is no error.
 *
 * Returns: (transfer full) (nullable): the pages; %NULL with %YEJI_DB_ERROR_IO when the file is
 * there and cannot be opened
 */
YejiPages *
yeji_pages_open (const char  *path,
                 gboolean     use_log,
                 GError     **error)
{
  g_autoptr (YejiPages) self = g_new0 (YejiPages, 1);
  g_autofree char *log = g_strconcat (path, "-wal", NULL);
  guint32 in_file;

  self->frames = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  self->size = self->usable = USUAL_PAGE_SIZE;
  if (!open_file (path, &self->file, error) || (use_log && !open_file (log, &self->log, error)))
    return NULL;
  self->file_size = measure (self->file);
  if (read_at (self, self->file, 0, self->header, HEADER_SIZE) && is_header (self->header))
    {
      self->has_header = TRUE;
      self->size = read_page_size (self->header);
      self->usable = self->size - self->header[20];
    }
  if (self->log != NULL)
    read_log (self);
  /* The end of a file that was cut off counts as a page: it may hold whole rows. */
  in_file = (guint32) MIN ((self->file_size + self->size - 1) / self->size, G_MAXUINT32 - 1);
  if (self->log_state == YEJI_LOG_NONE || self->count < in_file)
    self->count = in_file;
  /* A log may name any number; what is in neither place cannot be read. */
  self->count = (guint32) MIN ((guint64) self->count,
                               (guint64) in_file + g_hash_table_size (self->frames));
  read_header (self);
  return g_steal_pointer (&self);
}

void
yeji_pages_free (YejiPages *self)
{
  g_clear_object (&self->file);
  g_clear_object (&self->log);
  g_hash_table_unref (self->frames);
  g_free (self);
}

/**
 * yeji_pages_has_failed: (skip)
 *
 * Returns: whether the disk could not read something that was asked for until now: what is not
 * there then may be there
 */
gboolean
yeji_pages_has_failed (YejiPages *self)
{
  return self->failed;
}

/**
 * yeji_pages_has_header: (skip)
 *
 * Returns: whether page 1 begins as an SQLite file does
 */
gboolean
yeji_pages_has_header (YejiPages *self)
{
  return self->has_header;
}

/**
 * yeji_pages_get_version: (skip)
 *
 * Returns: `user_version`, 0 without a header
 */
guint
yeji_pages_get_version (YejiPages *self)
{
  return self->has_header ? get_32 (self->header + 60) : 0;
}

YejiLogState
yeji_pages_get_log_state (YejiPages *self)
{
  return self->log_state;
}

/**
 * yeji_pages_get_size: (skip)
 *
 * Returns: of a page, in bytes
 */
guint
yeji_pages_get_size (YejiPages *self)
{
  return self->size;
}

/**
 * yeji_pages_get_usable: (skip)
 *
 * Returns: how much of a page SQLite uses, in bytes
 */
guint
yeji_pages_get_usable (YejiPages *self)
{
  return self->usable;
}

/**
 * yeji_pages_get_count: (skip)
 *
 * Returns: the number of pages that there are, whatever the header says; they count from 1
 */
guint32
yeji_pages_get_count (YejiPages *self)
{
  return self->count;
}

/**
 * yeji_pages_get_first_free: (skip)
 *
 * Returns: the first page of the list of those that are not used, 0 when there is none
 */
guint32
yeji_pages_get_first_free (YejiPages *self)
{
  return self->has_header ? get_32 (self->header + 32) : 0;
}

/**
 * yeji_pages_read: (skip)
 * @buffer: (array): of yeji_pages_get_size() bytes; what is behind the end of a file that was cut
 *     off is 0
 *
 * Returns: %FALSE when there is no such page, or the disk cannot read it
 */
gboolean
yeji_pages_read (YejiPages *self,
                 guint32    number,
                 guint8    *buffer)
{
  const gint64 *frame = g_hash_table_lookup (self->frames, GUINT_TO_POINTER (number));
  gint64 offset = ((gint64) number - 1) * self->size;
  gsize length;

  if (number == 0)
    return FALSE;
  if (frame != NULL)
    return read_at (self, self->log, *frame, buffer, self->size);
  if (offset >= self->file_size)
    return FALSE;
  length = (gsize) MIN (self->file_size - offset, (gint64) self->size);
  memset (buffer + length, 0, self->size - length);
  return read_at (self, self->file, offset, buffer, length);
}
