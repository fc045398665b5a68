// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-sheets"

#include "config.h"

#include "yeji-xlsx-pack.h"

#include <errno.h>
#include <string.h>

#include <archive.h>
#include <archive_entry.h>
#include <glib/gstdio.h>

#include "yeji-sheet-writer-private.h"
#include "yeji-xlsx-private.h"
#include "yeji-xlsx-proof.h"

#define CHUNK (256 * 1024)
/* Of zlib: it takes a third of the time of the usual one, 6, and makes a workbook an eighth larger.
 * Excel itself packs at the fastest one. */
#define LEVEL "2"
#define BEGIN "<sheetData>"
#define END "</sheetData>"

typedef struct
{
  struct archive *from;
  struct archive *to;
  FILE * const *rows;
  const gint64 *sizes;
  guint n;
  guint n_packed;              /* of the sheets that have rows */
  char *chunk;
} Packing;

static gboolean
fail (GError     **error,
      const char  *what)
{
  return yeji_sheet_writer_fail (error, YEJI_SHEET_WRITER_ERROR_WRITE, "%s", what);
}

static la_ssize_t
write_bytes (struct archive *archive,
             void           *data,
             const void     *bytes,
             size_t          length)
{
  FILE *file = data;

  if (fwrite (bytes, 1, length, file) == length)
    return (la_ssize_t) length;
  archive_set_error (archive, errno, "%s", g_strerror (errno));
  return -1;
}

/* The whole of a part, which has no rows. */
static GString *
read_part (Packing  *self,
           GError  **error)
{
  g_autoptr (GString) part = g_string_new (NULL);
  la_ssize_t n;

  while ((n = archive_read_data (self->from, self->chunk, CHUNK)) > 0)
    g_string_append_len (part, self->chunk, (gssize) n);
  if (n == 0)
    return g_steal_pointer (&part);
  fail (error, archive_error_string (self->from));
  return NULL;
}

static gboolean
put (Packing     *self,
     const char  *bytes,
     gsize        length,
     GError     **error)
{
  return length == 0 || archive_write_data (self->to, bytes, length) == (la_ssize_t) length
         || fail (error, archive_error_string (self->to));
}

static gboolean
put_rows (Packing  *self,
          FILE     *rows,
          gint64    size,
          GError  **error)
{
  rewind (rows);
  while (size > 0)
    {
      const gsize n = fread (self->chunk, 1, (gsize) MIN (size, CHUNK), rows);

      if (n == 0)
        return fail (error, "rows cannot be read again");
      if (!put (self, self->chunk, n, error))
        return FALSE;
      size -= (gint64) n;
    }
  return TRUE;
}

/* Packs a part, with its rows where it is a sheet that has some. */
static gboolean
pack_part (Packing               *self,
           struct archive_entry  *entry,
           GError               **error)
{
  const guint number = yeji_xlsx_get_sheet_number (archive_entry_pathname (entry));
  const gboolean has_rows = number > 0 && number <= self->n && self->sizes[number - 1] > 0;
  const gint64 size = has_rows ? self->sizes[number - 1] : 0;
  g_autoptr (GString) part = read_part (self, error);
  const char *at;
  gsize head;

  if (part == NULL)
    return FALSE;
  at = has_rows ? strstr (part->str, BEGIN END) : part->str;
  if (at == NULL)
    return fail (error, "a sheet has no place for its rows");
  head = (gsize) (at - part->str) + (has_rows ? strlen (BEGIN) : 0);
  archive_entry_set_size (entry, (gint64) part->len + size);
  if (archive_write_header (self->to, entry) != ARCHIVE_OK)
    return fail (error, archive_error_string (self->to));
  self->n_packed += has_rows;
  return put (self, part->str, head, error)
         && (!has_rows || put_rows (self, self->rows[number - 1], size, error))
         && put (self, part->str + head, part->len - head, error);
}

static gboolean
pack_all (Packing  *self,
          GError  **error)
{
  struct archive_entry *entry;
  guint n_wanted = 0;
  int found;

  for (guint i = 0; i < self->n; i++)
    n_wanted += self->sizes[i] > 0;
  while ((found = archive_read_next_header (self->from, &entry)) == ARCHIVE_OK)
    {
      struct archive_entry *copy = archive_entry_clone (entry);
      const gboolean packed = pack_part (self, copy, error);

      archive_entry_free (copy);
      if (!packed)
        return FALSE;
    }
  if (found != ARCHIVE_EOF)
    return fail (error, archive_error_string (self->from));
  if (self->n_packed != n_wanted)
    return fail (error, "a sheet is missing");
  return archive_write_close (self->to) == ARCHIVE_OK
         || fail (error, archive_error_string (self->to));
}

static gboolean
set_up (Packing     *self,
        const char  *path,
        FILE        *file,
        GError     **error)
{
  archive_read_support_format_zip_seekable (self->from);
  if (!yeji_xlsx_open_archive (self->from, path))
    return fail (error, archive_error_string (self->from));
  if (archive_write_set_format_zip (self->to) != ARCHIVE_OK
      || archive_write_set_format_option (self->to, "zip", "compression", "deflate") != ARCHIVE_OK
      || archive_write_set_format_option (self->to, "zip", "compression-level", LEVEL)
         != ARCHIVE_OK
      || archive_write_set_bytes_per_block (self->to, 0) != ARCHIVE_OK
      || archive_write_open (self->to, file, NULL, write_bytes, NULL) != ARCHIVE_OK)
    return fail (error, archive_error_string (self->to));
  return TRUE;
}

/**
 * yeji_xlsx_pack:
 * @from: a workbook of libxlsxwriter, whose sheets with rows are empty
 * @to: the workbook to make
 * @rows: (array length=n): of each sheet the file with its rows, which stays open
 * @sizes: (array length=n): the bytes in it; 0: the sheet is as it is to be
 *
 * Packs a workbook anew, and the rows with it. libxlsxwriter (1.1) copies the rows of a sheet into
 * another file first, and packs it at a level that nobody can choose.
 *
 * Returns: %FALSE with %YEJI_SHEET_WRITER_ERROR_WRITE
 */
gboolean
yeji_xlsx_pack (const char    *from,
                const char    *to,
                FILE * const  *rows,
                const gint64  *sizes,
                guint          n,
                GError       **error)
{
  FILE *file = g_fopen (to, "wb");
  Packing self = { NULL, NULL, rows, sizes, n, 0, NULL };
  gboolean packed;

  if (file == NULL)
    return fail (error, g_strerror (errno));
  self.from = archive_read_new ();
  self.to = archive_write_new ();
  self.chunk = g_malloc (CHUNK);
  packed = set_up (&self, from, file, error) && pack_all (&self, error);
  archive_read_free (self.from);
  archive_write_free (self.to);
  g_free (self.chunk);
  errno = 0;
  if (fclose (file) != 0 && packed)
    packed = fail (error, g_strerror (errno));
  return packed;
}
