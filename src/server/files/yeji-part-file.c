// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-upload"

#include "config.h"

#include "yeji-part-file.h"

#include <stdio.h>
#include <string.h>

#include <glib/gstdio.h>

#include "yeji-platform.h"

/* What is written past the memory of the system, at once. */
#define BLOCK (256 * 1024)
#define KEPT_BLOCKS 8
/* Less than that is not worth it. */
#define LEAST_DIRECT (64 * 1024)

struct _YejiPartFile
{
  FILE *file;
  guint8 *block;               /* (nullable): where what is written directly is gathered */
  gsize n;                     /* bytes in it */
};

/* Memory that was used before need not be fetched again. */
static GMutex mutex;
static gpointer kept[KEPT_BLOCKS];
static guint n_kept;

static gpointer
take_block (void)
{
  gpointer block;

  g_mutex_lock (&mutex);
  block = n_kept > 0 ? kept[--n_kept] : NULL;
  g_mutex_unlock (&mutex);
  return block != NULL ? block : g_aligned_alloc (1, BLOCK, YEJI_PLATFORM_PAGE);
}

static void
give_block (gpointer block)
{
  g_mutex_lock (&mutex);
  if (block != NULL && n_kept < KEPT_BLOCKS)
    kept[n_kept++] = g_steal_pointer (&block);
  g_mutex_unlock (&mutex);
  g_aligned_free (block);
}

/**
 * yeji_part_file_open:
 * @offset: how long the file is
 * @length: how long it is meant to be in the end
 *
 * Opens the file behind its last byte. A large one is written past the memory in which the system
 * keeps files: nobody reads a scan soon, all of it is waited for, and that memory is better used
 * for the database.
 *
 * Returns: (transfer full) (nullable): the file
 */
YejiPartFile *
yeji_part_file_open (const char *path,
                     gint64      offset,
                     gint64      length)
{
  YejiPartFile *self;
  FILE *file = g_fopen (path, "a+b");

  if (file == NULL)
    return NULL;
  /* what is written comes in large blocks */
  setvbuf (file, NULL, _IONBF, 0);
  self = g_new0 (YejiPartFile, 1);
  self->file = file;
  if (offset % YEJI_PLATFORM_PAGE == 0 && length - offset >= LEAST_DIRECT)
    self->block = take_block ();
  return self;
}

/* Whole pages go past the memory, and what is behind them does not. */
static gboolean
write_block (YejiPartFile *self)
{
  gsize n = self->n;
  gsize done = yeji_platform_write_past_cache (fileno (self->file), self->block,
                                               n - n % YEJI_PLATFORM_PAGE);

  self->n = 0;
  return done == n || fwrite (self->block + done, 1, n - done, self->file) == n - done;
}

/**
 * yeji_part_file_write:
 *
 * Adds bytes; the last of them may come into the file with yeji_part_file_flush().
 */
gboolean
yeji_part_file_write (YejiPartFile  *self,
                      gconstpointer  data,
                      gsize          size)
{
  if (self->block == NULL)
    return fwrite (data, 1, size, self->file) == size;
  while (size > 0)
    {
      gsize part = MIN (size, BLOCK - self->n);

      memcpy (self->block + self->n, data, part);
      self->n += part;
      data = (const guint8 *) data + part;
      size -= part;
      if (self->n == BLOCK && !write_block (self))
        return FALSE;
    }
  return TRUE;
}

/**
 * yeji_part_file_flush:
 *
 * Has everything in the file that was written.
 */
gboolean
yeji_part_file_flush (YejiPartFile *self)
{
  return self->n == 0 || write_block (self);
}

/**
 * yeji_part_file_read_head:
 *
 * Returns: how many bytes of its beginning were read, @size at most
 */
gsize
yeji_part_file_read_head (YejiPartFile *self,
                          guint8       *head,
                          gsize         size)
{
  return fseek (self->file, 0, SEEK_SET) == 0 ? fread (head, 1, size, self->file) : 0;
}

/**
 * yeji_part_file_sync:
 *
 * Waits until everything that is in the file is on the disk. The file as it was opened tells what
 * became of its bytes.
 */
gboolean
yeji_part_file_sync (YejiPartFile  *self,
                     GError       **error)
{
  return yeji_platform_sync_file (fileno (self->file), error);
}

/**
 * yeji_part_file_begin_sync:
 *
 * Has it go to the disk from now on.
 */
void
yeji_part_file_begin_sync (YejiPartFile *self)
{
  yeji_platform_begin_sync (fileno (self->file));
}

/**
 * yeji_part_file_close:
 * @self: (transfer full)
 *
 * Closes the file; what was not flushed is gone.
 */
void
yeji_part_file_close (YejiPartFile *self)
{
  fclose (self->file);
  give_block (self->block);
  g_free (self);
}
