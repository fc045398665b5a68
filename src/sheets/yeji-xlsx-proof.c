// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-sheets"

#include "config.h"

#include "yeji-xlsx-proof.h"

#include <archive.h>
#include <archive_entry.h>
#include <string.h>

#include "yeji-sheet-writer-private.h"
#include "yeji-xlsx-private.h"

#define CHUNK (256 * 1024)
#define BEGIN "<sheetData>"
#define END "</sheetData>"
#define LAST "</worksheet>"
/* What stands before the rows of a sheet, and behind them, is shorter. */
#define MOST_HEAD (64 * 1024)
#define MOST_TAIL (1024 * 1024)

/* The part of a sheet, as far as it is looked at: its first and its last bytes. */
typedef struct
{
  GString *head;
  GString *tail;
  gint64 size;
} Seen;

static gboolean
fail (GError     **error,
      const char  *what)
{
  return yeji_sheet_writer_fail (error, YEJI_SHEET_WRITER_ERROR_WRITE,
                                 "what was written is not what is in the file: %s", what);
}

static void
see (Seen       *seen,
     const char *data,
     gsize       length)
{
  gsize wanted = MIN (length, MOST_HEAD - seen->head->len);

  g_string_append_len (seen->head, data, (gssize) wanted);
  g_string_append_len (seen->tail, data, (gssize) length);
  if (seen->tail->len > 2 * MOST_TAIL)
    g_string_erase (seen->tail, 0, (gssize) (seen->tail->len - MOST_TAIL));
  seen->size += (gint64) length;
}

/* Whether between the marks there are just the bytes that were written, and the part has its end. */
static gboolean
is_whole (const Seen *seen,
          gint64      rows)
{
  const char *begin = strstr (seen->head->str, BEGIN);
  const char *end = g_strrstr_len (seen->tail->str, (gssize) seen->tail->len, END);
  gint64 from, to;

  if (!g_str_has_suffix (seen->tail->str, LAST))
    return FALSE;
  if (begin == NULL || end == NULL)
    return rows == 0;
  from = (begin - seen->head->str) + (gint64) strlen (BEGIN);
  to = seen->size - (gint64) seen->tail->len + (end - seen->tail->str);
  return to - from == rows;
}

static gboolean
prove_part (struct archive  *archive,
            gint64           rows,
            char            *chunk,
            GError         **error)
{
  Seen seen = { g_string_new (NULL), g_string_new (NULL), 0 };
  la_ssize_t n;
  gboolean whole;

  while ((n = archive_read_data (archive, chunk, CHUNK)) > 0)
    see (&seen, chunk, (gsize) n);
  whole = n == 0 && is_whole (&seen, rows);
  g_string_free (seen.head, TRUE);
  g_string_free (seen.tail, TRUE);
  return whole || fail (error, n < 0 ? archive_error_string (archive) : "rows are missing");
}

/**
 * yeji_xlsx_get_sheet_number:
 * @name: (nullable): of a part of a workbook of libxlsxwriter
 *
 * Returns: the number of the sheet, from 1; 0: another part
 */
guint
yeji_xlsx_get_sheet_number (const char *name)
{
  static const char begin[] = "xl/worksheets/sheet";

  return name != NULL && g_str_has_prefix (name, begin)
         ? (guint) g_ascii_strtoull (name + strlen (begin), NULL, 10) : 0;
}

static gboolean
prove_all (struct archive  *archive,
           const gint64    *sizes,
           guint            n,
           GError         **error)
{
  g_autofree char *chunk = g_malloc (CHUNK);
  struct archive_entry *entry;
  guint n_proved = 0;
  int found;

  while ((found = archive_read_next_header (archive, &entry)) == ARCHIVE_OK)
    {
      guint number = yeji_xlsx_get_sheet_number (archive_entry_pathname (entry));

      if (number == 0 || number > n)
        continue;
      if (!prove_part (archive, sizes[number - 1], chunk, error))
        return FALSE;
      n_proved++;
    }
  if (found != ARCHIVE_EOF)
    return fail (error, archive_error_string (archive));
  return n_proved == n || fail (error, "a sheet is missing");
}

/**
 * yeji_xlsx_prove:
 * @path: a workbook that yeji_xlsx_pack() made
 * @sizes: (array length=n): of each of its sheets the bytes of its rows
 *
 * Reads a workbook that was just written: libxlsxwriter (1.1) does not ask whether what it writes
 * arrives, so that a full disk would leave a file without some of it.
 *
 * Returns: %FALSE with %YEJI_SHEET_WRITER_ERROR_WRITE when not every byte of the rows is in it
 */
gboolean
yeji_xlsx_prove (const char    *path,
                 const gint64  *sizes,
                 guint          n,
                 GError       **error)
{
  struct archive *archive = archive_read_new ();
  gboolean proved;

  archive_read_support_format_zip_seekable (archive);
  proved = yeji_xlsx_open_archive (archive, path)
           ? prove_all (archive, sizes, n, error)
           : fail (error, archive_error_string (archive));
  archive_read_free (archive);
  return proved;
}
