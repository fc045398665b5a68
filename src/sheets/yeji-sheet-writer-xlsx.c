// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-sheets"

#include "config.h"

#include "yeji-sheet-writer-private.h"
#include "yeji-xlsx-pack.h"
#include "yeji-xlsx-print.h"
#include "yeji-xlsx-proof.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <xlsxwriter.h>

#include "yeji-platform.h"

#define FONT "Microsoft YaHei"
#define FONT_SIZE 10
#define REMINDER_COLOR 0xfff4ce
/* In its own bytes: what it writes ends in them, and it must be a name that every system takes. */
#define FILE_NAME "book.xlsx"
#define PACKED_NAME "packed.xlsx"
/* Excel's own limits of what is said at a cell. */
#define MAX_TITLE 32u
#define MAX_WORDS 255u
#define MAX_COMMENT 2000u

/* How a style looks. Only what differs from a plain text is said. */
typedef struct
{
  double size;                 /* 0: as everything */
  gint color;
  gint background;             /* -1: none */
  gboolean bold;
  gboolean wrap;
  gboolean border;
  gboolean middle;
  gboolean locked_text;        /* the format “text” */
} Look;

typedef struct
{
  lxw_workbook *book;
  lxw_format *formats[N_YEJI_CELL_STYLES];
  lxw_format *reminder;
  GPtrArray *sheets;           /* (element-type lxw_worksheet) (borrowed) */
  GString *text;               /* of a cell that needs another spelling */
  YejiXlsxPrint *print;
  char *path;                  /* as GLib knows it: without rows */
  char *packed;                /* and with them */
} Xlsx;

static const Look looks[N_YEJI_CELL_STYLES] = {
  [YEJI_CELL_STYLE_TEXT] = { 0, 0x1f2328, -1, FALSE, FALSE, FALSE, TRUE, TRUE },
  [YEJI_CELL_STYLE_HEADING] = { 0, 0x1f2328, 0xeaeef2, TRUE, TRUE, TRUE, TRUE, TRUE },
  [YEJI_CELL_STYLE_NEEDED] = { 0, 0x0b3d78, 0xd6e6fb, TRUE, TRUE, TRUE, TRUE, TRUE },
  [YEJI_CELL_STYLE_ASSIGNED] = { 0, 0x6e7781, 0xf6f8fa, FALSE, TRUE, TRUE, TRUE, TRUE },
  [YEJI_CELL_STYLE_ID] = { 8, 0x8c959f, 0xf6f8fa, FALSE, FALSE, TRUE, TRUE, TRUE },
  [YEJI_CELL_STYLE_BAD] = { 0, 0x9c0006, 0xffc7ce, FALSE, FALSE, FALSE, TRUE, TRUE },
  [YEJI_CELL_STYLE_REASON] = { 0, 0x9c0006, -1, FALSE, TRUE, FALSE, TRUE, TRUE },
  [YEJI_CELL_STYLE_REMINDER] = { 0, 0x1f2328, REMINDER_COLOR, FALSE, FALSE, TRUE, TRUE, TRUE },
  [YEJI_CELL_STYLE_TITLE] = { 16, 0x0b3d78, -1, TRUE, FALSE, FALSE, TRUE, TRUE },
  [YEJI_CELL_STYLE_SECTION] = { 11, 0x0b3d78, -1, TRUE, FALSE, FALSE, TRUE, TRUE },
  [YEJI_CELL_STYLE_WORDS] = { 0, 0x1f2328, -1, FALSE, TRUE, FALSE, FALSE, TRUE },
};

static lxw_format *
make_format (lxw_workbook *book,
             const Look   *look)
{
  lxw_format *format = workbook_add_format (book);

  format_set_font_name (format, FONT);
  format_set_font_size (format, look->size > 0 ? look->size : FONT_SIZE);
  format_set_font_color (format, look->color);
  format_set_align (format, look->middle ? LXW_ALIGN_VERTICAL_CENTER : LXW_ALIGN_VERTICAL_TOP);
  if (look->bold)
    format_set_bold (format);
  if (look->wrap)
    format_set_text_wrap (format);
  if (look->background >= 0)
    format_set_bg_color (format, look->background);
  if (look->border)
    {
      format_set_border (format, LXW_BORDER_THIN);
      format_set_border_color (format, 0xd0d7de);
    }
  if (look->locked_text)
    format_set_num_format (format, "@");
  return format;
}

static gboolean
fail_written (GError **error)
{
  return yeji_sheet_writer_fail (error, YEJI_SHEET_WRITER_ERROR_WRITE, "%s",
                                 g_strerror (errno != 0 ? errno : EIO));
}

static gpointer
open_xlsx (const char  *scratch,
           GError     **error)
{
  g_autofree char *folder = yeji_platform_get_c_path (scratch);
  g_autofree char *path = g_build_filename (folder, FILE_NAME, NULL);
  lxw_workbook_options options = { .constant_memory = 1, .tmpdir = folder };
  Xlsx *self;
  lxw_workbook *book = workbook_new_opt (path, &options);

  if (book == NULL)
    {
      fail_written (error);
      return NULL;
    }
  self = g_new0 (Xlsx, 1);
  self->book = book;
  self->sheets = g_ptr_array_new ();
  self->text = g_string_new (NULL);
  self->print = yeji_xlsx_print_new ();
  self->path = g_build_filename (scratch, FILE_NAME, NULL);
  self->packed = g_build_filename (scratch, PACKED_NAME, NULL);
  for (guint i = 0; i < N_YEJI_CELL_STYLES; i++)
    self->formats[i] = make_format (book, &looks[i]);
  self->reminder = workbook_add_format (book);
  format_set_bg_color (self->reminder, REMINDER_COLOR);
  return self;
}

static void
begin_sheet (gpointer        data,
             const char     *name,
             YejiSheetFlags  flags)
{
  Xlsx *self = data;
  gpointer before = yeji_platform_begin_bytes ();   /* it looks for the name among the others */
  lxw_worksheet *sheet = workbook_add_worksheet (self->book, name);

  yeji_platform_end_bytes (before);
  g_ptr_array_add (self->sheets, sheet);
  if (sheet == NULL)   /* there is no file for its rows */
    return;
  if ((flags & YEJI_SHEET_HIDDEN) != 0)
    worksheet_hide (sheet);
  if ((flags & YEJI_SHEET_PAGE) != 0)
    {
      worksheet_gridlines (sheet, LXW_HIDE_ALL_GRIDLINES);
      worksheet_set_portrait (sheet);
      worksheet_fit_to_pages (sheet, 1, 0);
    }
  else
    worksheet_set_landscape (sheet);
  worksheet_set_paper (sheet, 9);   /* A4 */
  worksheet_ignore_errors (sheet, LXW_IGNORE_NUMBER_STORED_AS_TEXT, "A1:XFD1048576");
}

static void
set_column (gpointer  data,
            guint     sheet,
            guint     column,
            guint     width,
            gboolean  hidden)
{
  Xlsx *self = data;
  lxw_worksheet *at = g_ptr_array_index (self->sheets, sheet);
  lxw_row_col_options options = { .hidden = hidden };

  if (at != NULL)
    worksheet_set_column_opt (at, column, column, width, self->formats[YEJI_CELL_STYLE_TEXT],
                              &options);
}

static void
freeze (gpointer data,
        guint    sheet,
        guint    n_rows,
        guint    n_columns)
{
  Xlsx *self = data;
  lxw_worksheet *at = g_ptr_array_index (self->sheets, sheet);

  if (at == NULL)
    return;
  worksheet_freeze_panes (at, n_rows, n_columns);
  if (n_rows > 0)
    worksheet_repeat_rows (at, 0, n_rows - 1);
  if (n_columns > 0)
    worksheet_repeat_columns (at, 0, (lxw_col_t) (n_columns - 1));
}

/* What XML can say, with at most so many characters (UTF-16). */
static char *
make_words (const char *text,
            guint       most)
{
  g_autoptr (GString) words = g_string_new (NULL);
  gboolean whole = TRUE;
  guint n = 0;

  for (const char *p = text; *p != '\0' && whole; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      n += c > 0xffff ? 2 : 1;
      whole = n < most || (n == most && *g_utf8_next_char (p) == '\0');
      if (!whole)
        g_string_append (words, "…");
      else if ((c < 0x20 && c != '\n') || c == 0xfffe || c == 0xffff)
        g_string_append_c (words, ' ');
      else
        g_string_append_unichar (words, c);
    }
  return g_string_free (g_steal_pointer (&words), FALSE);
}

/* The library (1.1) counts the choices of a list in characters where it takes room for bytes, and
 * forgets a copy of every range that is offered. As a formula of the cell's own it does neither; it
 * is made what it should be behind that. */
static void
make_list (lxw_worksheet *sheet)
{
  lxw_data_val_obj *last = NULL;
  lxw_data_val_obj *each;

  STAILQ_FOREACH (each, sheet->data_validations, list_pointers)
    last = each;
  last->validate = LXW_VALIDATION_TYPE_LIST_FORMULA;
}

static void
add_check (gpointer              data,
           guint                 sheet,
           guint                 column,
           guint                 first_row,
           guint                 last_row,
           const YejiSheetCheck *check)
{
  Xlsx *self = data;
  lxw_worksheet *at = g_ptr_array_index (self->sheets, sheet);
  g_autofree char *title = check->title != NULL ? make_words (check->title, MAX_TITLE) : NULL;
  g_autofree char *help = check->help != NULL ? make_words (check->help, MAX_WORDS) : NULL;
  g_autofree char *doubt = check->doubt != NULL ? make_words (check->doubt, MAX_WORDS) : NULL;
  g_autofree char *choices = NULL;
  lxw_data_validation validation = {
    .validate = LXW_VALIDATION_TYPE_ANY,
    .error_type = LXW_VALIDATION_ERROR_TYPE_WARNING,
    .input_title = title,
    .input_message = help,
    .error_title = doubt != NULL ? title : NULL,
    .error_message = doubt,
  };

  if (check->choices != NULL)
    {
      g_autofree char *joined = g_strjoinv (",", (char **) check->choices);

      choices = g_strdup_printf ("\"%s\"", joined);
      validation.validate = LXW_VALIDATION_TYPE_CUSTOM_FORMULA;
      validation.value_formula = choices;
    }
  else if (check->formula != NULL)
    {
      validation.validate = LXW_VALIDATION_TYPE_CUSTOM_FORMULA;
      validation.value_formula = (char *) check->formula;
    }
  else if (check->most > 0)
    {
      validation.validate = LXW_VALIDATION_TYPE_LENGTH;
      validation.criteria = LXW_VALIDATION_CRITERIA_BETWEEN;
      validation.minimum_number = check->least;
      validation.maximum_number = check->most;
    }
  if (at != NULL
      && worksheet_data_validation_range (at, first_row, (lxw_col_t) column, last_row,
                                          (lxw_col_t) column, &validation) == LXW_NO_ERROR
      && (check->choices != NULL || (check->formula != NULL && check->list)))
    make_list (at);
}

static void
add_reminder (gpointer    data,
              guint       sheet,
              guint       column,
              guint       first_row,
              guint       last_row,
              const char *formula)
{
  Xlsx *self = data;
  lxw_worksheet *at = g_ptr_array_index (self->sheets, sheet);
  lxw_conditional_format condition = {
    .type = LXW_CONDITIONAL_TYPE_FORMULA,
    .value_string = (char *) formula,
    .format = self->reminder,
  };

  if (at != NULL)
    worksheet_conditional_format_range (at, first_row, column, last_row, column, &condition);
}

/* --- rows --- */

static gboolean
is_escape (const char *p)
{
  return p[1] == 'x' && g_ascii_isxdigit (p[2]) && g_ascii_isxdigit (p[3])
         && g_ascii_isxdigit (p[4]) && g_ascii_isxdigit (p[5]) && p[6] == '_';
}

/* What XML has no sign for is written `_x000B_` (ISO 29500-1, 22.9.2.19), and what looks like that
 * by itself `_x005F_x000B_`, which the library knows nothing of. A carriage return, too: a reader
 * of XML makes a line feed of it. */
static gboolean
needs_escape (const char *p)
{
  guchar c = (guchar) *p;

  return (c < 0x20 && c != '\n' && c != '\t') || (c == '_' && is_escape (p))
         || (c == 0xef && (guchar) p[1] == 0xbf && (guchar) p[2] >= 0xbe);
}

/* Whether a byte may be one that needs to be written otherwise. */
static gboolean
is_plain (const char *text,
          gsize      *length)
{
  const char *p = text;
  gboolean plain = TRUE;

  for (; *p != '\0'; p++)
    if (G_UNLIKELY ((guchar) *p < 0x20 || *p == '_' || (guchar) *p == 0xef))
      plain = plain && !needs_escape (p);
  *length = (gsize) (p - text);
  return plain;
}

static const char *
escape (Xlsx       *self,
        const char *text)
{
  g_string_truncate (self->text, 0);
  for (const char *p = text; *p != '\0'; p++)
    {
      if (!needs_escape (p))
        g_string_append_c (self->text, *p);
      else if (*p == '_')
        g_string_append (self->text, "_x005F_");
      else if ((guchar) *p == 0xef)
        {
          g_string_append (self->text, (guchar) p[2] == 0xbe ? "_xFFFE_" : "_xFFFF_");
          p += 2;
        }
      else
        g_string_append_printf (self->text, "_x%04X_", (guint) *p);
    }
  return self->text->str;
}

/* In units of UTF-16, and what is written as an escape in those of the escape. The bytes are never
 * fewer but for escapes. */
static gboolean
is_too_long (const char *text,
             gsize       length,
             gboolean    plain)
{
  guint n = 0;

  if (G_LIKELY (length <= (plain ? YEJI_SHEET_MAX_TEXT : YEJI_SHEET_MAX_TEXT / 7)))
    return FALSE;
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    n += !plain && needs_escape (p) ? 7 : g_utf8_get_char (p) > 0xffff ? 2 : 1;
  return n > YEJI_SHEET_MAX_TEXT;
}

static gboolean
can_hold (gpointer    data,
          const char *text)
{
  gsize length;
  gboolean plain = is_plain (text, &length);

  return !is_too_long (text, length, plain);
}

static gboolean
write_text (Xlsx           *self,
            lxw_worksheet  *sheet,
            guint           row,
            guint           column,
            const char     *text,
            lxw_format     *format,
            GError        **error)
{
  gsize length;
  gboolean plain = is_plain (text, &length);
  lxw_error failure;

  if (is_too_long (text, length, plain))
    return yeji_sheet_writer_fail (error, YEJI_SHEET_WRITER_ERROR_TEXT,
                                   "row %u, column %u: a cell holds %u characters", row + 1,
                                   column + 1, YEJI_SHEET_MAX_TEXT);
  failure = worksheet_write_string (sheet, row, column, plain ? text : escape (self, text), format);
  if (failure == LXW_NO_ERROR)
    return TRUE;
  return yeji_sheet_writer_fail (error, failure == LXW_ERROR_MAX_STRING_LENGTH_EXCEEDED
                                        ? YEJI_SHEET_WRITER_ERROR_TEXT
                                        : YEJI_SHEET_WRITER_ERROR_WRITE,
                                 "row %u, column %u: %s", row + 1, column + 1,
                                 lxw_strerror (failure));
}

/* FALSE where a text is no plain one; then nothing of the row is written. */
static gboolean
print_cells (Xlsx               *self,
             const YejiSheetRow *row)
{
  lxw_format *format = self->formats[row->style];

  for (guint i = 0; i < row->n; i++)
    {
      const char *text = row->texts[i];
      gsize length;

      if (text == NULL || *text == '\0')
        continue;
      if (!is_plain (text, &length) || is_too_long (text, length, TRUE))
        {
          yeji_xlsx_print_drop (self->print);
          return FALSE;
        }
      yeji_xlsx_print_cell (self->print, row->row, i, text, length, format);
    }
  return TRUE;
}

static void
write_comment (lxw_worksheet *sheet,
               guint          row,
               guint          column,
               const char    *comment)
{
  g_autofree char *words = make_words (comment, MAX_COMMENT);
  glong n = g_utf8_strlen (words, -1);
  lxw_comment_options options = {
    .width = 260,
    .height = (uint16_t) CLAMP (40 + n * 13 / 260 * 20, 60, 400),
    .font_name = (char *) FONT,
    .font_size = 9,
    .author = (char *) "Yeji",
  };

  worksheet_write_comment_opt (sheet, row, column, words, &options);
}

static lxw_format *
write_mark (Xlsx                *self,
            lxw_worksheet       *sheet,
            const YejiSheetRow  *row,
            const YejiCellMark  *mark)
{
  lxw_format *format = self->formats[mark->style];
  gboolean empty = mark->column >= row->n || row->texts[mark->column] == NULL
                   || *row->texts[mark->column] == '\0';

  if (empty)
    worksheet_write_blank (sheet, row->row, (lxw_col_t) mark->column, format);
  if (mark->comment != NULL)
    write_comment (sheet, row->row, mark->column, mark->comment);
  return format;
}

static gboolean
add_row (gpointer             data,
         const YejiSheetRow  *row,
         GError             **error)
{
  Xlsx *self = data;
  lxw_worksheet *sheet = g_ptr_array_index (self->sheets, row->sheet);
  lxw_format *usual = self->formats[row->style];
  g_autofree lxw_format **formats = NULL;

  if (row->row >= LXW_ROW_MAX || row->n > LXW_COL_MAX)
    return yeji_sheet_writer_fail (error, YEJI_SHEET_WRITER_ERROR_ROWS,
                                   "a sheet has %u rows and %u columns", LXW_ROW_MAX, LXW_COL_MAX);
  if (sheet == NULL)
    return fail_written (error);
  if (row->height == 0 && row->marks->len == 0 && print_cells (self, row))
    return yeji_xlsx_print_end (self->print, sheet, row->row) || fail_written (error);
  if (row->height > 0)
    worksheet_set_row (sheet, row->row, row->height, NULL);
  if (row->marks->len > 0)
    {
      formats = g_new0 (lxw_format *, row->n + 1);
      for (guint i = 0; i < row->marks->len; i++)
        {
          const YejiCellMark *mark = &g_array_index (row->marks, YejiCellMark, i);
          lxw_format *format = write_mark (self, sheet, row, mark);

          if (mark->column < row->n)
            formats[mark->column] = format;
        }
    }
  for (guint i = 0; i < row->n; i++)
    if (row->texts[i] != NULL && *row->texts[i] != '\0'
        && !write_text (self, sheet, row->row, i, row->texts[i],
                        formats != NULL && formats[i] != NULL ? formats[i] : usual, error))
      return FALSE;
  return TRUE;
}

/* --- the end --- */

/* The library looks at nothing that the system says while it writes rows: a full disk would cut
 * them off in silence. What it has written is looked at here, and held against the file later. */
static gboolean
measure (Xlsx     *self,
         GArray   *sizes,
         GError  **error)
{
  for (guint i = 0; i < self->sheets->len; i++)
    {
      lxw_worksheet *sheet = g_ptr_array_index (self->sheets, i);
      gint64 size;

      if (sheet == NULL)
        return fail_written (error);
      lxw_worksheet_write_single_row (sheet);
      errno = 0;
      if (fflush (sheet->optimize_tmpfile) != 0 || ferror (sheet->optimize_tmpfile) != 0)
        return fail_written (error);
      size = (gint64) ftell (sheet->optimize_tmpfile);
      g_array_append_val (sizes, size);
    }
  return TRUE;
}

static void
give_up (Xlsx *self)
{
  for (guint i = 0; i < self->sheets->len; i++)
    {
      lxw_worksheet *sheet = g_ptr_array_index (self->sheets, i);

      if (sheet != NULL && sheet->optimize_tmpfile != NULL)
        fclose (sheet->optimize_tmpfile);
    }
  lxw_workbook_free (self->book);
}

/* Keeps the rows of the sheets that have some; the library gets an empty file for them. */
static gboolean
take_rows (Xlsx          *self,
           const GArray  *sizes,
           FILE         **rows,
           GError       **error)
{
  for (guint i = 0; i < self->sheets->len; i++)
    {
      lxw_worksheet *sheet = g_ptr_array_index (self->sheets, i);
      FILE *empty;

      if (g_array_index (sizes, gint64, i) == 0)
        continue;
      errno = 0;
      empty = lxw_tmpfile (self->book->options.tmpdir);
      if (empty == NULL)
        return fail_written (error);
      rows[i] = sheet->optimize_tmpfile;
      sheet->optimize_tmpfile = empty;
    }
  return TRUE;
}

static gboolean
finish_with (Xlsx          *self,
             const GArray  *sizes,
             FILE         **rows,
             GError       **error)
{
  const gint64 *each = (const gint64 *) sizes->data;
  lxw_error failure;

  if (!take_rows (self, sizes, rows, error))
    {
      give_up (self);
      return FALSE;
    }
  errno = 0;
  failure = workbook_close (self->book);
  if (failure != LXW_NO_ERROR)
    return yeji_sheet_writer_fail (error, YEJI_SHEET_WRITER_ERROR_WRITE, "%s: %s",
                                   lxw_strerror (failure), g_strerror (errno));
  return yeji_xlsx_pack (self->path, self->packed, rows, each, sizes->len, error)
         && yeji_xlsx_prove (self->packed, each, sizes->len, error);
}

static gboolean
finish (Xlsx    *self,
        GError **error)
{
  g_autoptr (GArray) sizes = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autofree FILE **rows = g_new0 (FILE *, self->sheets->len + 1);
  gboolean finished;

  if (!measure (self, sizes, error))
    {
      give_up (self);
      return FALSE;
    }
  finished = finish_with (self, sizes, rows, error);
  for (guint i = 0; i < sizes->len; i++)
    if (rows[i] != NULL)
      fclose (rows[i]);
  return finished;
}

static char *
close_xlsx (gpointer   data,
            gboolean   keep,
            GError   **error)
{
  Xlsx *self = data;
  char *made = NULL;

  if (!keep)
    give_up (self);
  else if (finish (self, error))
    made = g_strdup (self->packed);
  g_ptr_array_unref (self->sheets);
  g_string_free (self->text, TRUE);
  yeji_xlsx_print_free (self->print);
  g_free (self->path);
  g_free (self->packed);
  g_free (self);
  return made;
}

const YejiSheetWriterClass yeji_sheet_writer_xlsx = {
  .open = open_xlsx,
  .begin_sheet = begin_sheet,
  .set_column = set_column,
  .freeze = freeze,
  .add_check = add_check,
  .add_reminder = add_reminder,
  .can_hold = can_hold,
  .add_row = add_row,
  .close = close_xlsx,
};
