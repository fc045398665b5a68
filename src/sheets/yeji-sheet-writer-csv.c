// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-sheets"

#include "config.h"

#include "yeji-sheet-writer-private.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <string.h>

#include <glib/gstdio.h>

#include "yeji-platform.h"

/* Without it Excel takes UTF-8 for the character set of the system. */
#define MARK "\xef\xbb\xbf"
#define CHUNK (64 * 1024)

typedef struct
{
  char *name;
  char *path;
  FILE *file;
} Part;

typedef struct
{
  char *scratch;
  gboolean zip;
  GPtrArray *parts;            /* (element-type Part) */
  GString *line;
} Csv;

static gboolean
fail_system (GError **error,
             int      code)
{
  return yeji_sheet_writer_fail (error, YEJI_SHEET_WRITER_ERROR_WRITE, "%s", g_strerror (code));
}

static void
free_part (gpointer data)
{
  Part *self = data;

  if (self->file != NULL)
    fclose (self->file);
  g_free (self->name);
  g_free (self->path);
  g_free (self);
}

static gpointer
open_plain (const char  *scratch,
            GError     **error)
{
  Csv *self = g_new0 (Csv, 1);

  self->scratch = g_strdup (scratch);
  self->parts = g_ptr_array_new_with_free_func (free_part);
  self->line = g_string_sized_new (4096);
  return self;
}

static gpointer
open_zip (const char  *scratch,
          GError     **error)
{
  Csv *self = open_plain (scratch, error);

  self->zip = TRUE;
  return self;
}

/* A file that cannot be made is complained of with its first row. */
static void
begin_sheet (gpointer        data,
             const char     *name,
             YejiSheetFlags  flags)
{
  Csv *self = data;
  g_autofree char *base = g_strdup_printf ("%u.csv", self->parts->len);
  Part *part = g_new0 (Part, 1);

  part->name = g_strdup (name);
  part->path = g_build_filename (self->scratch, base, NULL);
  part->file = g_fopen (part->path, "w+b");
  if (part->file != NULL)
    fwrite (MARK, 1, strlen (MARK), part->file);
  /* Where the system lets one do so, nothing is left of it when the program is killed. */
  if (self->zip)
    g_unlink (part->path);
  g_ptr_array_add (self->parts, part);
}

/* A value in which a separator, a quotation mark, a line or a space at an end means something
 * stands in quotation marks; so does one that looks like a formula, which is data here and stays
 * as it is. */
static void
append_value (GString    *line,
              const char *value)
{
  gsize length = strlen (value);

  if (length == 0)
    return;
  if (strpbrk (value, ",;\t\"\r\n") == NULL && strchr (" =+-@", value[0]) == NULL
      && value[length - 1] != ' ')
    {
      g_string_append_len (line, value, (gssize) length);
      return;
    }
  g_string_append_c (line, '"');
  for (const char *p = value; *p != '\0'; p++)
    {
      if (*p == '"')
        g_string_append_c (line, '"');
      g_string_append_c (line, *p);
    }
  g_string_append_c (line, '"');
}

static gboolean
add_row (gpointer             data,
         const YejiSheetRow  *row,
         GError             **error)
{
  Csv *self = data;
  Part *part = g_ptr_array_index (self->parts, row->sheet);

  g_string_truncate (self->line, 0);
  for (guint i = 0; i < row->n; i++)
    {
      if (i > 0)
        g_string_append_c (self->line, ',');
      if (row->texts[i] != NULL)
        append_value (self->line, row->texts[i]);
    }
  g_string_append (self->line, "\r\n");
  if (part->file == NULL
      || fwrite (self->line->str, 1, self->line->len, part->file) != self->line->len)
    return fail_system (error, errno);
  return TRUE;
}

/* --- the archive --- */

static gboolean
fail_archive (struct archive  *archive,
              GError         **error)
{
  const char *text = archive_error_string (archive);

  return yeji_sheet_writer_fail (error, YEJI_SHEET_WRITER_ERROR_WRITE, "%s",
                                 text != NULL ? text : "the archive cannot be written");
}

static la_ssize_t
write_file (struct archive *archive,
            void           *data,
            const void     *buffer,
            size_t          length)
{
  if (fwrite (buffer, 1, length, data) == length)
    return (la_ssize_t) length;
  archive_set_error (archive, errno, "%s", g_strerror (errno));
  return -1;
}

static gboolean
copy_part (struct archive  *archive,
           Part            *part,
           GError         **error)
{
  g_autofree char *chunk = g_malloc (CHUNK);
  gsize n;

  rewind (part->file);
  while ((n = fread (chunk, 1, CHUNK, part->file)) > 0)
    if (archive_write_data (archive, chunk, n) != (la_ssize_t) n)
      return fail_archive (archive, error);
  return ferror (part->file) == 0 || fail_system (error, errno);
}

static gboolean
add_part (struct archive  *archive,
          Part            *part,
          GError         **error)
{
  struct archive_entry *entry = archive_entry_new ();
  g_autofree char *name = g_strconcat (part->name, ".csv", NULL);
  gint64 size = (gint64) ftell (part->file);
  gboolean added;
#ifdef G_OS_WIN32
  g_autofree gunichar2 *wide = g_utf8_to_utf16 (name, -1, NULL, NULL, NULL);

  archive_entry_copy_pathname_w (entry, (const wchar_t *) wide);
#else
  archive_entry_set_pathname_utf8 (entry, name);
#endif
  archive_entry_set_filetype (entry, AE_IFREG);
  archive_entry_set_perm (entry, 0644);
  archive_entry_set_size (entry, size);
  archive_entry_set_mtime (entry, g_get_real_time () / G_USEC_PER_SEC, 0);
  added = archive_write_header (archive, entry) == ARCHIVE_OK && copy_part (archive, part, error);
  if (!added && error != NULL && *error == NULL)
    fail_archive (archive, error);
  archive_entry_free (entry);
  return added;
}

static gboolean
write_archive (Csv     *self,
               FILE    *file,
               GError **error)
{
  struct archive *archive = archive_write_new ();
  gpointer before = yeji_platform_begin_utf8 ();   /* for the names */
  gboolean written;

  archive_write_set_format_zip (archive);
  archive_write_set_options (archive, "hdrcharset=UTF-8");
  archive_write_set_bytes_in_last_block (archive, 1);
  written = archive_write_open (archive, file, NULL, write_file, NULL) == ARCHIVE_OK
            || fail_archive (archive, error);
  for (guint i = 0; written && i < self->parts->len; i++)
    written = add_part (archive, g_ptr_array_index (self->parts, i), error);
  if (written && archive_write_close (archive) != ARCHIVE_OK)
    written = fail_archive (archive, error);
  archive_write_free (archive);
  yeji_platform_end_utf8 (before);
  return written;
}

static char *
make_archive (Csv     *self,
              GError **error)
{
  g_autofree char *path = g_build_filename (self->scratch, "tables.zip", NULL);
  FILE *file = g_fopen (path, "wb");
  gboolean written;

  if (file == NULL)
    {
      fail_system (error, errno);
      return NULL;
    }
  written = write_archive (self, file, error);
  if (fclose (file) != 0 && written)
    written = fail_system (error, errno);
  return written ? g_steal_pointer (&path) : NULL;
}

/* --- the end --- */

static gboolean
flush (Csv     *self,
       GError **error)
{
  for (guint i = 0; i < self->parts->len; i++)
    {
      Part *part = g_ptr_array_index (self->parts, i);

      if (part->file == NULL || fflush (part->file) != 0 || ferror (part->file) != 0)
        return fail_system (error, errno);
    }
  return TRUE;
}

static char *
finish (Csv     *self,
        GError **error)
{
  Part *first = self->parts->len > 0 ? g_ptr_array_index (self->parts, 0) : NULL;

  if (!flush (self, error))
    return NULL;
  if (self->zip)
    return make_archive (self, error);
  if (first == NULL)
    {
      yeji_sheet_writer_fail (error, YEJI_SHEET_WRITER_ERROR_WRITE, "there is no sheet");
      return NULL;
    }
  if (fclose (g_steal_pointer (&first->file)) != 0)
    {
      fail_system (error, errno);
      return NULL;
    }
  return g_strdup (first->path);
}

static char *
close_csv (gpointer   data,
           gboolean   keep,
           GError   **error)
{
  Csv *self = data;
  char *made = keep ? finish (self, error) : NULL;

  g_ptr_array_unref (self->parts);
  g_string_free (self->line, TRUE);
  g_free (self->scratch);
  g_free (self);
  return made;
}

const YejiSheetWriterClass yeji_sheet_writer_csv = {
  .open = open_plain,
  .begin_sheet = begin_sheet,
  .add_row = add_row,
  .close = close_csv,
};

const YejiSheetWriterClass yeji_sheet_writer_zip = {
  .open = open_zip,
  .begin_sheet = begin_sheet,
  .add_row = add_row,
  .close = close_csv,
};
