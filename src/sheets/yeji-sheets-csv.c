// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-sheets"

#include "config.h"

#include "yeji-sheets-private.h"

#include <string.h>

#include "yeji-platform.h"

#define CHUNK (64 * 1024)

/* RFC 4180, as Excel and WPS write it in China too. */
struct _YejiCsv
{
  char *path;
  char *part;                  /* (nullable): of an archive, in small letters */
  const char *charset;         /* NULL: UTF-8 */
  gsize mark;                  /* bytes of the byte order mark */
  char separator;
};

typedef struct
{
  GInputStream *stream;
  char separator;
  char *chunk;
  gsize at;
  gsize length;
  GString *value;              /* of the cell */
  guint row;
  gboolean ended;
} CsvReader;

static void
fail_to_read (GError       **error,
              const GError  *why,
              guint          row)
{
  const gboolean text = why->domain == G_CONVERT_ERROR
                        || g_error_matches (why, G_IO_ERROR, G_IO_ERROR_INVALID_DATA)
                        || g_error_matches (why, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT);

  if (why->domain == YEJI_SHEETS_ERROR)          /* the archive is damaged */
    g_propagate_error (error, g_error_copy (why));
  else
    yeji_sheets_fail (error, text ? YEJI_SHEETS_ERROR_TEXT : YEJI_SHEETS_ERROR_FILE,
                      "behind row %u: %s", row, why->message);
}

/* 1 a byte, 0 the end, -1 an error */
static int
peek (CsvReader  *self,
      char       *byte,
      GError    **error)
{
  g_autoptr (GError) local_error = NULL;
  gssize n;

  if (self->at == self->length)
    {
      n = g_input_stream_read (self->stream, self->chunk, CHUNK, NULL, &local_error);
      if (n < 0)
        {
          fail_to_read (error, local_error, self->row);
          return -1;
        }
      self->at = 0;
      self->length = (gsize) n;
      if (n == 0)
        return 0;
    }
  *byte = self->chunk[self->at];
  return 1;
}

/* Appends all up to a byte that ends it. */
static void
take_plain (CsvReader *self,
            gboolean   quoted)
{
  gsize from = self->at;

  while (self->at < self->length)
    {
      char byte = self->chunk[self->at];

      if (byte == '\0'
          || (quoted ? byte == '"' : byte == self->separator || byte == '\r' || byte == '\n'))
        break;
      self->at++;
    }
  g_string_append_len (self->value, self->chunk + from, (gssize) (self->at - from));
}

static gboolean
is_too_long (CsvReader  *self,
             GError    **error)
{
  if (self->value->len <= YEJI_SHEETS_MAX_CELL)
    return FALSE;
  yeji_sheets_fail (error, YEJI_SHEETS_ERROR_LIMIT,
                    "row %u has a cell that is too long: a quotation mark may be missing",
                    self->row);
  return TRUE;
}

/* The quoted part of a cell, from behind its first quotation mark. */
static gboolean
read_quoted (CsvReader  *self,
             GError    **error)
{
  char byte = '\0';
  int found;

  while ((found = peek (self, &byte, error)) == 1)
    {
      take_plain (self, TRUE);
      if (is_too_long (self, error))
        return FALSE;
      if (self->at == self->length)
        continue;
      byte = self->chunk[self->at++];
      if (byte == '\0')
        return yeji_sheets_fail (error, YEJI_SHEETS_ERROR_TEXT, "row %u holds a NUL", self->row);
      found = peek (self, &byte, error);
      if (found < 0)
        return FALSE;
      if (found == 0 || byte != '"')
        return TRUE;
      g_string_append_c (self->value, '"');
      self->at++;
    }
  return found == 0 && yeji_sheets_fail (error, YEJI_SHEETS_ERROR_DAMAGED,
                                         "the quotation mark in row %u is not closed", self->row);
}

/* Reads a cell; 1 when another one follows, 0 when the row ends, -1 with an error. */
static int
read_cell (CsvReader  *self,
           GError    **error)
{
  char byte = '\0';
  int found;

  g_string_truncate (self->value, 0);
  found = peek (self, &byte, error);
  if (found < 0)
    return -1;
  if (found == 1 && byte == '"')
    {
      self->at++;
      if (!read_quoted (self, error))
        return -1;
    }
  while ((found = peek (self, &byte, error)) == 1)
    {
      take_plain (self, FALSE);
      if (is_too_long (self, error))
        return -1;
      if (self->at == self->length)
        continue;
      byte = self->chunk[self->at++];
      if (byte == self->separator)
        return 1;
      if (byte == '\0')
        {
          yeji_sheets_fail (error, YEJI_SHEETS_ERROR_TEXT, "row %u holds a NUL", self->row);
          return -1;
        }
      if (byte == '\r' && peek (self, &byte, NULL) == 1 && byte == '\n')
        self->at++;
      return 0;
    }
  if (found == 0)
    self->ended = TRUE;
  return found;
}

/* What is written `="0012"` so that a spreadsheet program leaves it as it is. */
static gboolean
is_kept_text (const GString *value)
{
  return value->len >= 3 && g_str_has_prefix (value->str, "=\"")
         && strchr (value->str + 2, '"') == value->str + value->len - 1;
}

static gboolean
set_cell (CsvReader      *self,
          YejiRowBuffer  *row,
          guint           column,
          GError        **error)
{
  GString *value = self->value;

  if (!g_utf8_validate (value->str, (gssize) value->len, NULL))
    return yeji_sheets_fail (error, YEJI_SHEETS_ERROR_TEXT, "row %u, column %u", self->row,
                             column + 1);
  if (is_kept_text (value))
    return yeji_row_buffer_set (row, column, value->str + 2, value->len - 3, YEJI_CELL_FORMULA,
                                error);
  return yeji_row_buffer_set (row, column, value->str, value->len, 0, error);
}

static gboolean
next_row (gpointer        data,
          YejiRowBuffer  *row,
          GError        **error)
{
  CsvReader *self = data;
  char byte = '\0';
  guint column = 0;
  int more = 1;
  int found = self->ended ? 0 : peek (self, &byte, error);

  if (found <= 0)
    return FALSE;
  if (self->row == G_MAXUINT - 1)
    return yeji_sheets_fail (error, YEJI_SHEETS_ERROR_LIMIT, "too many rows");
  yeji_row_buffer_clear (row, ++self->row);
  while (more == 1)
    {
      more = read_cell (self, error);
      if (more < 0)
        return FALSE;
      if (!set_cell (self, row, column++, error))
        return FALSE;
    }
  return TRUE;
}

static void
free_reader (gpointer data)
{
  CsvReader *self = data;

  g_object_unref (self->stream);
  g_free (self->chunk);
  g_string_free (self->value, TRUE);
  g_free (self);
}

static const YejiSheetReaderClass reader_class = { next_row, free_reader };

static GInputStream *
open_bytes (YejiCsv  *self,
            GError  **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (self->path);
  g_autoptr (GError) local_error = NULL;
  GFileInputStream *stream;

  if (self->part != NULL)
    return yeji_part_stream_new (self->path, self->part, error);
  stream = g_file_read (file, NULL, &local_error);
  if (stream != NULL)
    return G_INPUT_STREAM (stream);
  yeji_sheets_fail (error, YEJI_SHEETS_ERROR_FILE, "%s", local_error->message);
  return NULL;
}

/* The file as UTF-8, behind its mark. */
static GInputStream *
open_text (YejiCsv  *self,
           GError  **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (GInputStream) stream = open_bytes (self, error);
  g_autoptr (GCharsetConverter) converter = NULL;

  if (stream == NULL)
    return NULL;
  if (self->mark > 0 && g_input_stream_skip (stream, self->mark, NULL, &local_error) < 0)
    {
      yeji_sheets_fail (error, YEJI_SHEETS_ERROR_FILE, "%s", local_error->message);
      return NULL;
    }
  if (self->charset == NULL)
    return g_steal_pointer (&stream);
  converter = g_charset_converter_new ("UTF-8", self->charset, &local_error);
  if (converter == NULL)
    {
      yeji_sheets_fail (error, YEJI_SHEETS_ERROR_TEXT, "%s", local_error->message);
      return NULL;
    }
  return g_converter_input_stream_new (stream, G_CONVERTER (converter));
}

/* The character set, by the mark at the beginning or by all of the bytes: GB18030 is hardly ever
 * valid UTF-8. */
static gboolean
find_charset (YejiCsv  *self,
              GError  **error)
{
  g_autoptr (GInputStream) stream = open_text (self, error);
  g_autofree char *chunk = g_malloc (CHUNK);
  gsize kept = 0;
  gboolean first = TRUE;

  if (stream == NULL)
    return FALSE;
  while (TRUE)
    {
      g_autoptr (GError) local_error = NULL;
      gssize n = g_input_stream_read (stream, chunk + kept, CHUNK - kept, NULL, &local_error);
      const char *end;

      if (n < 0)
        {
          fail_to_read (error, local_error, 0);
          return FALSE;
        }
      if (first && n >= 2 && (memcmp (chunk, "\xff\xfe", 2) == 0
                              || memcmp (chunk, "\xfe\xff", 2) == 0))
        {
          self->charset = chunk[0] == '\xff' ? "UTF-16LE" : "UTF-16BE";
          self->mark = 2;
          return TRUE;
        }
      if (first && n >= 3 && memcmp (chunk, "\xef\xbb\xbf", 3) == 0)
        {
          self->mark = 3;
          return TRUE;
        }
      first = FALSE;
      if (n == 0)
        break;
      kept += (gsize) n;
      if (g_utf8_validate (chunk, (gssize) kept, &end))
        kept = 0;
      else if (*end != '\0'
               && g_utf8_get_char_validated (end, (gssize) kept - (end - chunk)) == (gunichar) -2)
        {
          kept -= (gsize) (end - chunk);
          memmove (chunk, end, kept);
        }
      else
        {
          self->charset = yeji_platform_get_gb_charset ();
          return TRUE;
        }
    }
  if (kept > 0)
    self->charset = yeji_platform_get_gb_charset ();
  return TRUE;
}

/* The one of three that the first row has most of. */
static char
find_separator (const char *text,
                gsize       length)
{
  static const char separators[] = ",;\t";
  guint counts[3] = { 0, 0, 0 };
  gboolean quoted = FALSE;
  guint best = 0;

  for (gsize i = 0; i < length && (quoted || (text[i] != '\n' && text[i] != '\r')); i++)
    {
      const char *found = text[i] != '\0' ? strchr (separators, text[i]) : NULL;

      if (text[i] == '"')
        quoted = !quoted;
      else if (found != NULL && !quoted)
        counts[found - separators]++;
    }
  for (guint i = 1; i < G_N_ELEMENTS (counts); i++)
    if (counts[i] > counts[best])
      best = i;
  return separators[best];
}

/* Finds out how a file is written; @part NULL: that of the path, else the part of an archive by its
 * name in small letters. */
YejiCsv *
yeji_csv_new (const char  *path,
              const char  *part,
              GError     **error)
{
  g_autoptr (YejiCsv) self = g_new0 (YejiCsv, 1);
  g_autofree char *head = g_malloc (CHUNK);
  g_autoptr (GInputStream) stream = NULL;
  gssize n;

  self->path = g_strdup (path);
  self->part = g_strdup (part);
  if (!find_charset (self, error))
    return NULL;
  stream = open_text (self, error);
  if (stream == NULL)
    return NULL;
  n = g_input_stream_read (stream, head, CHUNK, NULL, NULL);
  self->separator = find_separator (head, n > 0 ? (gsize) n : 0);
  return g_steal_pointer (&self);
}

/* Begins to read the rows. */
YejiSheetReader *
yeji_csv_read (YejiCsv  *self,
               GError  **error)
{
  GInputStream *stream = open_text (self, error);
  CsvReader *reader;

  if (stream == NULL)
    return NULL;
  reader = g_new0 (CsvReader, 1);
  reader->stream = stream;
  reader->separator = self->separator;
  reader->chunk = g_malloc (CHUNK);
  reader->value = g_string_new (NULL);
  return yeji_sheet_reader_new (&reader_class, reader);
}

void
yeji_csv_free (YejiCsv *self)
{
  g_free (self->path);
  g_free (self->part);
  g_free (self);
}

static YejiSheetReader *
read_sheet (gpointer   data,
            guint      index,
            GError   **error)
{
  return yeji_csv_read (data, error);
}

static void
free_csv (gpointer data)
{
  yeji_csv_free (data);
}

static const YejiSheetsClass csv_class = { read_sheet, free_csv };

YejiSheets *
yeji_sheets_open_csv (const char  *path,
                      GError     **error)
{
  g_autofree char *name = yeji_sheets_name_of_file (path);
  YejiCsv *csv = yeji_csv_new (path, NULL, error);
  GPtrArray *list;

  if (csv == NULL)
    return NULL;
  list = yeji_sheets_new_list ();
  yeji_sheets_add (list, name);
  return yeji_sheets_new (YEJI_SHEETS_CSV, list, &csv_class, csv);
}
