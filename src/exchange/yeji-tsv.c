// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-tsv"

#include "config.h"

#include "yeji-tsv.h"

#include <string.h>

#include "yeji-record-file.h"

/* The text between the programs' tables, as Excel, WPS and LibreOffice put it on the clipboard:
 * cells apart by tabs, rows by line ends, and around a cell that holds one of these, quotes. A
 * quote that no quote ends, in front of a tab or a line end, is a quote. */

typedef struct
{
  const char *at;
  const char *end;
  GPtrArray *rows;
  GPtrArray *row;              /* (nullable) */
  guint n_cells;
} Reader;

static gboolean
is_line_end (char c)
{
  return c == '\n' || c == '\r';
}

static gboolean
is_cell_end (const Reader *reader,
             const char   *at)
{
  return at == reader->end || *at == '\t' || is_line_end (*at);
}

/* Where the quote is that ends the cell; %NULL if there is none. */
static const char *
find_closing_quote (const Reader *reader)
{
  for (const char *c = reader->at + 1; c < reader->end; c++)
    {
      if (*c != '"')
        continue;
      if (c + 1 < reader->end && c[1] == '"')
        c++;
      else
        return is_cell_end (reader, c + 1) ? c : NULL;
    }
  return NULL;
}

static char *
unquote (const char *from,
         const char *to)
{
  GString *text = g_string_sized_new ((gsize) (to - from) + 1);

  for (const char *c = from; c < to; c++)
    {
      if (*c == '\r' && c + 1 < to && c[1] == '\n')
        continue;
      g_string_append_c (text, *c);
      if (*c == '"')
        c++;                   /* the second of two */
    }
  return g_string_free (text, FALSE);
}

static char *
read_cell (Reader *reader)
{
  const char *start = reader->at;
  const char *quote = start < reader->end && *start == '"' ? find_closing_quote (reader) : NULL;

  if (quote != NULL)
    {
      reader->at = quote + 1;
      return unquote (start + 1, quote);
    }
  while (!is_cell_end (reader, reader->at))
    reader->at++;
  return g_strndup (start, (gsize) (reader->at - start));
}

static void
end_row (Reader *reader)
{
  if (*reader->at == '\r' && reader->at + 1 < reader->end && reader->at[1] == '\n')
    reader->at++;
  reader->at++;
  reader->row = NULL;
}

static gboolean
is_empty_row (GPtrArray *row)
{
  for (guint i = 0; i < row->len; i++)
    if (*(const char *) g_ptr_array_index (row, i) != '\0')
      return FALSE;
  return TRUE;
}

/* Who selects whole columns copies thousands of rows with nothing in them. */
static void
drop_empty_end (GPtrArray *rows)
{
  while (rows->len > 0 && is_empty_row (g_ptr_array_index (rows, rows->len - 1)))
    g_ptr_array_set_size (rows, (int) rows->len - 1);
}

static gboolean
is_too_much (const Reader *reader)
{
  return reader->rows->len > YEJI_TSV_MAX_ROWS || reader->n_cells > YEJI_TSV_MAX_CELLS;
}

static void
read_next (Reader *reader)
{
  if (reader->row == NULL)
    {
      reader->row = g_ptr_array_new_with_free_func (g_free);
      g_ptr_array_add (reader->rows, reader->row);
    }
  g_ptr_array_add (reader->row, read_cell (reader));
  reader->n_cells++;
  if (reader->at == reader->end)
    return;
  if (*reader->at == '\t')
    {
      reader->at++;
      if (reader->at == reader->end)
        g_ptr_array_add (reader->row, g_strdup (""));
    }
  else
    end_row (reader);
}

/**
 * yeji_tsv_parse:
 * @length: in bytes, -1 if @text ends with a nul
 *
 * Reads a table off a clipboard. Empty rows at the end are left out; rows need not be equally long.
 *
 * Returns: (transfer full) (element-type GPtrArray): rows, each an array of texts; none if there is
 *   nothing. %NULL with #YEJI_EXCHANGE_ERROR: not UTF-8, or more than the limits say
 */
GPtrArray *
yeji_tsv_parse (const char  *text,
                gssize       length,
                GError     **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  gsize n = length < 0 ? strlen (text) : (gsize) length;
  Reader reader = { text, text + n, rows, NULL, 0 };

  if (n > YEJI_TSV_MAX_BYTES)
    {
      g_set_error_literal (error, YEJI_EXCHANGE_ERROR, YEJI_EXCHANGE_ERROR_TOO_LARGE,
                           "a table of more than 32 MiB");
      return NULL;
    }
  if (!g_utf8_validate_len (text, n, NULL))
    {
      g_set_error_literal (error, YEJI_EXCHANGE_ERROR, YEJI_EXCHANGE_ERROR_FORMAT,
                           "a table that is no text");
      return NULL;
    }
  if (n >= 3 && memcmp (text, "\xef\xbb\xbf", 3) == 0)
    reader.at += 3;
  while (reader.at < reader.end)
    {
      read_next (&reader);
      if (is_too_much (&reader))
        {
          g_set_error (error, YEJI_EXCHANGE_ERROR, YEJI_EXCHANGE_ERROR_TOO_LARGE,
                       "a table of more than %d rows or %d cells", YEJI_TSV_MAX_ROWS,
                       YEJI_TSV_MAX_CELLS);
          return NULL;
        }
    }
  drop_empty_end (rows);
  return g_steal_pointer (&rows);
}

static void
append_cell (GString    *text,
             const char *cell)
{
  if (*cell != '"' && strpbrk (cell, "\t\r\n") == NULL)
    {
      g_string_append (text, cell);
      return;
    }
  g_string_append_c (text, '"');
  for (const char *c = cell; *c != '\0'; c++)
    {
      if (*c == '"')
        g_string_append_c (text, '"');
      g_string_append_c (text, *c);
    }
  g_string_append_c (text, '"');
}

/**
 * yeji_tsv_write:
 * @rows: (element-type GPtrArray): rows, each an array of texts
 *
 * Returns: (transfer full): what yeji_tsv_parse() and the other programs read
 */
char *
yeji_tsv_write (GPtrArray *rows)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < rows->len; i++)
    {
      GPtrArray *row = g_ptr_array_index (rows, i);

      for (guint j = 0; j < row->len; j++)
        {
          if (j > 0)
            g_string_append_c (text, '\t');
          append_cell (text, g_ptr_array_index (row, j));
        }
      if (i + 1 < rows->len)
        g_string_append_c (text, '\n');
    }
  return g_string_free (text, FALSE);
}
