// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-sheets"

#include "config.h"

#include "yeji-xlsx-print.h"

#include <stdio.h>
#include <string.h>

/* The library (1.1) makes a cell of each text, copies and counts it, and prints it piece by piece
 * through stdio: more than all else of an export. A row of texts is nothing but what it writes into
 * the file that it keeps for the sheet, so it is put there, letter for letter as the library would;
 * whatever is more than that goes the library's way. */

/* Of a cell beside its text: a column has up to three letters, a row seven digits. */
#define FRAME 128
/* `&amp;` */
#define MOST_OF_A_BYTE 5

struct _YejiXlsxPrint
{
  char *text;
  gsize length;
  gsize size;
  GPtrArray *columns;          /* (element-type utf8): their names */
  char number[12];             /* of the row, as it is in the file */
  char style[24];              /* as an attribute, "" for none */
  lxw_format *format;          /* (nullable): that it is */
  guint row;                   /* from 0; G_MAXUINT: none */
  guint first, last;           /* columns */
};

static char *
put (char       *to,
     const char *from,
     gsize       length)
{
  memcpy (to, from, length);
  return to + length;
}

#define PUT(to, text) put (to, text, sizeof text - 1)

/* The five that may not stand for themselves are three between tags. */
static char *
put_text (char       *to,
          const char *text,
          gsize       length)
{
  static const guint8 special[256] = { ['&'] = 1, ['<'] = 1, ['>'] = 1 };
  const char *end = text + length;

  while (text < end)
    {
      const char *piece = text;

      while (text < end && !special[(guint8) *text])
        text++;
      to = put (to, piece, (gsize) (text - piece));
      if (text == end)
        break;
      to = *text == '&' ? PUT (to, "&amp;") : *text == '<' ? PUT (to, "&lt;") : PUT (to, "&gt;");
      text++;
    }
  return to;
}

static const char *
get_column (YejiXlsxPrint *self,
            guint          column)
{
  while (self->columns->len <= column)
    {
      char name[LXW_MAX_COL_NAME_LENGTH];

      lxw_col_to_name (name, (lxw_col_t) self->columns->len, FALSE);
      g_ptr_array_add (self->columns, g_strdup (name));
    }
  return g_ptr_array_index (self->columns, column);
}

static void
begin_row (YejiXlsxPrint *self,
           guint          row)
{
  self->row = row;
  self->first = G_MAXUINT;
  g_snprintf (self->number, sizeof self->number, "%u", row + 1);
  self->length = (gsize) g_snprintf (self->text, FRAME, "<row r=\"%s\">", self->number);
}

static void
set_style (YejiXlsxPrint *self,
           lxw_format    *format)
{
  const int index = lxw_format_get_xf_index (format);

  self->format = format;
  g_snprintf (self->style, sizeof self->style, index > 0 ? " s=\"%d\"" : "", index);
}

YejiXlsxPrint *
yeji_xlsx_print_new (void)
{
  YejiXlsxPrint *self = g_new0 (YejiXlsxPrint, 1);

  self->size = 4096;
  self->text = g_malloc (self->size);
  self->columns = g_ptr_array_new_with_free_func (g_free);
  self->row = G_MAXUINT;
  return self;
}

/* Adds a text that is not empty and that XML can say as it is; columns come in their order. */
void
yeji_xlsx_print_cell (YejiXlsxPrint *self,
                      guint          row,
                      guint          column,
                      const char    *text,
                      gsize          length,
                      lxw_format    *format)
{
  const char *name = get_column (self, column);
  const gboolean spaces = g_ascii_isspace (text[0]) || g_ascii_isspace (text[length - 1]);
  char *to;

  if (self->row != row)
    begin_row (self, row);
  if (self->format != format)
    set_style (self, format);
  while (self->size - self->length < length * MOST_OF_A_BYTE + 2 * FRAME)
    self->text = g_realloc (self->text, self->size *= 2);
  to = PUT (self->text + self->length, "<c r=\"");
  to = put (to, name, strlen (name));
  to = put (to, self->number, strlen (self->number));
  to = PUT (to, "\"");
  to = put (to, self->style, strlen (self->style));
  to = PUT (to, " t=\"inlineStr\"><is><t");
  if (spaces)
    to = PUT (to, " xml:space=\"preserve\"");
  to = PUT (to, ">");
  to = put_text (to, text, length);
  to = PUT (to, "</t></is></c>");
  self->length = (gsize) (to - self->text);
  self->first = MIN (self->first, column);
  self->last = column;
}

/* Puts the row behind those that the sheet has; where it has no cells, nothing. FALSE with errno. */
gboolean
yeji_xlsx_print_end (YejiXlsxPrint *self,
                     lxw_worksheet *sheet,
                     guint          row)
{
  char *to;

  if (self->row != row)
    return TRUE;
  to = PUT (self->text + self->length, "</row>");
  self->length = (gsize) (to - self->text);
  self->row = G_MAXUINT;
  lxw_worksheet_write_single_row (sheet);      /* one before it that went the library's way */
  sheet->dim_rowmin = MIN (sheet->dim_rowmin, row);
  sheet->dim_rowmax = MAX (sheet->dim_rowmax, row);
  sheet->dim_colmin = (lxw_col_t) MIN (sheet->dim_colmin, self->first);
  sheet->dim_colmax = (lxw_col_t) MAX (sheet->dim_colmax, self->last);
  return fwrite (self->text, 1, self->length, sheet->optimize_tmpfile) == self->length;
}

/* Forgets the cells that were added. */
void
yeji_xlsx_print_drop (YejiXlsxPrint *self)
{
  self->row = G_MAXUINT;
}

void
yeji_xlsx_print_free (YejiXlsxPrint *self)
{
  g_ptr_array_unref (self->columns);
  g_free (self->text);
  g_free (self);
}
