// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* Tables of strangers. An input is a file, where its first byte says so, or parts of an archive
 * with a byte 0xff between them, which is in no text: the first byte of each says which part of a
 * workbook it is, and the other parts are good ones, so that what is behind the archive is reached
 * and parts meet that do not fit together; or that it is a CSV file. */

#include "config.h"

#include "yeji-sheets.h"

#include <archive.h>
#include <archive_entry.h>
#include <glib/gstdio.h>
#include <string.h>

#include "fuzz.h"

#define MAX_ROWS 10000
#define MAIN "\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\""
#define OFFICE "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

static char *path;

/* The order is that of the first byte. */
static const struct
{
  const char *name;
  const char *text;
} parts[] = {
  { "xl/worksheets/sheet1.xml",
    "<worksheet xmlns=" MAIN "><sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c>"
    "<c r=\"B1\" s=\"1\"><v>42459</v></c></row></sheetData></worksheet>" },
  { "xl/sharedStrings.xml", "<sst xmlns=" MAIN "><si><t>x</t></si></sst>" },
  { "xl/styles.xml",
    "<styleSheet xmlns=" MAIN "><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs>"
    "</styleSheet>" },
  { "xl/workbook.xml",
    "<workbook xmlns=" MAIN " xmlns:r=\"" OFFICE "\"><sheets><sheet name=\"a\" sheetId=\"1\""
    " r:id=\"r1\"/></sheets></workbook>" },
  { "xl/_rels/workbook.xml.rels",
    "<Relationships><Relationship Id=\"r1\" Type=\"" OFFICE "/worksheet\""
    " Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"r2\" Type=\"" OFFICE "/styles\""
    " Target=\"styles.xml\"/><Relationship Id=\"r3\" Type=\"" OFFICE "/sharedStrings\""
    " Target=\"sharedStrings.xml\"/></Relationships>" },
  { "_rels/.rels",
    "<Relationships><Relationship Id=\"r1\" Type=\"" OFFICE "/officeDocument\""
    " Target=\"xl/workbook.xml\"/></Relationships>" },
  { "[Content_Types].xml", "<Types/>" },
};

/* What the first byte of a part says: a part of the table, or */
enum
{
  CSV = G_N_ELEMENTS (parts),  /* the archive is one of CSV files, and this is one of them */
  PACKED,                      /* the sheet, but packed */
  RAW,                         /* all that follows is the file */
  N_KINDS = 10,
};

typedef struct
{
  const guint8 *data;
  gsize length;
  guint kind;
} Piece;

static void
add_part (struct archive *archive,
          const char     *name,
          gconstpointer   data,
          gsize           length)
{
  struct archive_entry *entry = archive_entry_new ();

  archive_entry_set_pathname (entry, name);
  archive_entry_set_size (entry, (la_int64_t) length);
  archive_entry_set_filetype (entry, AE_IFREG);
  archive_write_header (archive, entry);
  archive_write_data (archive, data, length);
  archive_entry_free (entry);
}

static void
add_workbook (struct archive *archive,
              const Piece    *pieces,
              guint           n)
{
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      gconstpointer text = parts[i].text;
      gsize length = strlen (parts[i].text);

      for (guint j = 0; j < n; j++)
        if (pieces[j].kind == i || (pieces[j].kind == PACKED && i == 0))
          {
            text = pieces[j].data;
            length = pieces[j].length;
          }
      add_part (archive, parts[i].name, text, length);
    }
}

static void
write_archive (const Piece *pieces,
               guint        n)
{
  struct archive *archive = archive_write_new ();

  archive_write_set_format_zip (archive);
  if (pieces[0].kind == PACKED)
    archive_write_zip_set_compression_deflate (archive);
  else
    archive_write_zip_set_compression_store (archive);
  g_assert (archive_write_open_filename (archive, path) == ARCHIVE_OK);
  if (pieces[0].kind != CSV)
    add_workbook (archive, pieces, n);
  else
    for (guint i = 0; i < n; i++)
      {
        g_autofree char *name = g_strdup_printf ("%u.csv", i);

        add_part (archive, name, pieces[i].data, pieces[i].length);
      }
  archive_write_free (archive);
}

static guint
split (const guint8 *data,
       gsize         size,
       Piece        *pieces,
       guint         max)
{
  guint n = 0;

  while (size > 0 && n < max)
    {
      const guint8 *end = memchr (data, 0xff, size);
      const gsize length = end != NULL ? (gsize) (end - data) : size;

      if (length > 0)
        pieces[n++] = (Piece) { data + 1, length - 1, *data % N_KINDS };
      size -= end != NULL ? length + 1 : length;
      data += end != NULL ? length + 1 : length;
    }
  return n;
}

static void
read_all (YejiSheets *sheets)
{
  for (guint i = 0; i < yeji_sheets_get_n (sheets); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (YejiSheetReader) reader = yeji_sheets_read (sheets, i, &error);

      for (guint n = 0; n < MAX_ROWS && reader != NULL
                        && yeji_sheet_reader_next (reader, &error); n++)
        for (guint j = 0; j < MIN (yeji_sheet_reader_get_n_cells (reader), 100u); j++)
          g_assert (g_utf8_validate (yeji_sheet_reader_get_text (reader, j), -1, NULL));
      if (error != NULL)
        {
          fuzz_check_error (error);
          g_assert (error->domain == YEJI_SHEETS_ERROR);
        }
    }
}

int
LLVMFuzzerInitialize (int    *argc,
                      char ***argv)
{
  int fd = g_file_open_tmp ("yeji-fuzz-XXXXXX", &path, NULL);

  fuzz_begin ();
  /* what GIO keeps of its modules looks like a leak */
  g_setenv ("GIO_MODULE_DIR", "none", TRUE);
  g_assert (fd >= 0 && g_close (fd, NULL));
  return 0;
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autoptr (YejiSheets) sheets = NULL;
  g_autoptr (GError) error = NULL;
  Piece pieces[8];
  guint n;

  if (size == 0)
    return 0;
  n = *data % N_KINDS < RAW ? split (data, size, pieces, G_N_ELEMENTS (pieces)) : 0;
  if (n > 0)
    write_archive (pieces, n);
  else
    g_file_set_contents (path, (const char *) data + 1, (gssize) size - 1, NULL);
  sheets = yeji_sheets_open (path, &error);
  if (sheets != NULL)
    read_all (sheets);
  else
    {
      fuzz_check_error (error);
      g_assert (error->domain == YEJI_SHEETS_ERROR);
    }
  return 0;
}
