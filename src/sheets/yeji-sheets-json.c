// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-sheets"

#include "config.h"

#include "yeji-sheets-private.h"

#include <string.h>

#include "yeji-json-reader.h"

#define CHUNK (64 * 1024)
#define MAX_NAMES 10000

/* A JSON file as tables. It is read twice: once for what columns there are, as every object may
 * have other members. Between the objects only brackets, commas and names are looked at here, so
 * that the file is never in memory; each object is then read by the strict reader. */
typedef struct
{
  char *path;
  GPtrArray *list;             /* (element-type YejiSheet), owned by the sheets */
} Json;

typedef struct
{
  GFileInputStream *stream;
  char *chunk;
  gsize at;
  gsize length;
  gint64 offset;               /* of the chunk in the file */
  GString *value;              /* the last object */
  guint n;                     /* of objects read */
} Scanner;

static void
free_scanner (Scanner *self)
{
  g_clear_object (&self->stream);
  g_free (self->chunk);
  if (self->value != NULL)
    g_string_free (self->value, TRUE);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Scanner, free_scanner)

static Scanner *
open_scanner (const char  *path,
              gint64       offset,
              GError     **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (Scanner) self = g_new0 (Scanner, 1);
  g_autoptr (GError) local_error = NULL;

  self->stream = g_file_read (file, NULL, &local_error);
  if (self->stream == NULL
      || !g_seekable_seek (G_SEEKABLE (self->stream), offset, G_SEEK_SET, NULL, &local_error))
    {
      yeji_sheets_fail (error, YEJI_SHEETS_ERROR_FILE, "%s", local_error->message);
      return NULL;
    }
  self->offset = offset;
  self->chunk = g_malloc (CHUNK);
  self->value = g_string_new (NULL);
  return g_steal_pointer (&self);
}

/* The next byte, which stays; 0 at the end (a NUL is none either), -1 with an error. */
static int
peek (Scanner  *self,
      GError  **error)
{
  g_autoptr (GError) local_error = NULL;
  gssize n;

  if (self->at < self->length)
    return (guint8) self->chunk[self->at];
  n = g_input_stream_read (G_INPUT_STREAM (self->stream), self->chunk, CHUNK, NULL, &local_error);
  if (n < 0)
    {
      yeji_sheets_fail (error, YEJI_SHEETS_ERROR_FILE, "%s", local_error->message);
      return -1;
    }
  self->offset += (gint64) self->length;
  self->at = 0;
  self->length = (gsize) n;
  return n > 0 ? (guint8) self->chunk[0] : 0;
}

static int
peek_behind_blanks (Scanner  *self,
                    GError  **error)
{
  int byte;

  while ((byte = peek (self, error)) > 0 && strchr (" \t\r\n", byte) != NULL)
    self->at++;
  return byte;
}

static gboolean
fail_syntax (Scanner  *self,
             GError  **error)
{
  if (error != NULL && *error != NULL)
    return FALSE;
  return yeji_sheets_fail (error, YEJI_SHEETS_ERROR_DAMAGED, "behind object %u, at byte %"
                           G_GINT64_FORMAT, self->n, self->offset + (gint64) self->at);
}

/* Takes one object, or a name in quotes, into the value. */
static gboolean
take (Scanner  *self,
      GError  **error)
{
  gboolean quoted = FALSE, escaped = FALSE;
  guint depth = 0;
  int byte;

  g_string_truncate (self->value, 0);
  while ((byte = peek (self, error)) > 0)
    {
      gsize from = self->at;
      gboolean ended = FALSE;

      for (; self->at < self->length && !ended; self->at++)
        {
          const char c = self->chunk[self->at];

          if (escaped)
            escaped = FALSE;
          else if (quoted && c == '\\')
            escaped = TRUE;
          else if (c == '"')
            {
              quoted = !quoted;
              ended = !quoted && depth == 0;
            }
          else if (!quoted && (c == '{' || c == '['))
            depth++;
          else if (!quoted && (c == '}' || c == ']'))
            ended = depth == 0 || --depth == 0;
        }
      if (self->value->len + (self->at - from) > YEJI_SHEETS_MAX_ROW)
        return yeji_sheets_fail (error, YEJI_SHEETS_ERROR_LIMIT, "object %u is too long",
                                 self->n + 1);
      g_string_append_len (self->value, self->chunk + from, (gssize) (self->at - from));
      if (ended)
        return TRUE;
    }
  return fail_syntax (self, error);
}

/* Goes to the next object of an array or of lines; 1 when it is in the value, 0 at the end. */
static int
next_object (Scanner   *self,
             gboolean   lines,
             GError   **error)
{
  int byte = peek_behind_blanks (self, error);

  if (byte == 0 && lines)
    return 0;
  if (byte == ']' && !lines)
    {
      self->at++;
      return 0;
    }
  if (byte == ',' && !lines && self->n > 0)
    {
      self->at++;
      byte = peek_behind_blanks (self, error);
    }
  else if (byte != '{' || (!lines && self->n > 0))
    byte = byte < 0 ? -1 : 0;
  if (byte != '{')
    {
      fail_syntax (self, error);
      return -1;
    }
  if (!take (self, error))
    return -1;
  self->n++;
  return 1;
}

/* --- the columns --- */

static gboolean
fail_object (Scanner         *self,
             YejiJsonReader  *reader,
             GError         **error)
{
  g_autoptr (GError) local_error = NULL;

  yeji_json_reader_set_error (reader, &local_error);
  return yeji_sheets_fail (error, g_error_matches (local_error, YEJI_JSON_ERROR,
                                                   YEJI_JSON_ERROR_TEXT)
                                    ? YEJI_SHEETS_ERROR_TEXT : YEJI_SHEETS_ERROR_DAMAGED,
                           "object %u: %s", self->n,
                           local_error != NULL ? local_error->message : "not an object");
}

static gboolean
collect_names (Scanner     *self,
               GPtrArray   *names,
               GHashTable  *known,
               GError     **error)
{
  g_auto (YejiJsonReader) reader = { 0 };
  YejiJsonToken token;

  yeji_json_reader_init (&reader, self->value->str, self->value->len);
  if (yeji_json_reader_next (&reader) != YEJI_JSON_OBJECT)
    return fail_object (self, &reader, error);
  while ((token = yeji_json_reader_next (&reader)) == YEJI_JSON_NAME)
    {
      g_autofree char *name = g_strndup (reader.string, reader.length);

      if (!g_hash_table_contains (known, name))
        {
          if (names->len >= MAX_NAMES)
            return yeji_sheets_fail (error, YEJI_SHEETS_ERROR_LIMIT, "more than %d members",
                                     MAX_NAMES);
          g_hash_table_add (known, name);
          g_ptr_array_add (names, g_steal_pointer (&name));
        }
      if (!yeji_json_reader_skip (&reader, yeji_json_reader_next (&reader)))
        return fail_object (self, &reader, error);
    }
  return token == YEJI_JSON_OBJECT_END || fail_object (self, &reader, error);
}

static gboolean
index_sheet (Scanner    *self,
             gboolean    lines,
             YejiSheet  *sheet,
             GError    **error)
{
  g_autoptr (GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);
  int found;

  self->n = 0;
  sheet->names = g_ptr_array_new_with_free_func (g_free);
  sheet->hidden = FALSE;
  while ((found = next_object (self, lines, error)) == 1)
    if (!collect_names (self, sheet->names, known, error))
      return FALSE;
  return found == 0;
}

/* A name and the bracket behind it. */
static gboolean
take_table_name (Scanner    *self,
                 GPtrArray  *list,
                 YejiSheet **sheet,
                 GError    **error)
{
  g_auto (YejiJsonReader) reader = { 0 };
  g_autofree char *name = NULL;

  if (list->len >= YEJI_SHEETS_MAX_SHEETS)
    return yeji_sheets_fail (error, YEJI_SHEETS_ERROR_LIMIT, "more than %d tables",
                             YEJI_SHEETS_MAX_SHEETS);
  if (peek_behind_blanks (self, error) != '"' || !take (self, error))
    return fail_syntax (self, error);
  yeji_json_reader_init (&reader, self->value->str, self->value->len);
  if (yeji_json_reader_next (&reader) != YEJI_JSON_STRING)
    return fail_object (self, &reader, error);
  name = g_strndup (reader.string, reader.length);
  if (peek_behind_blanks (self, error) != ':')
    return fail_syntax (self, error);
  self->at++;
  if (peek_behind_blanks (self, error) != '[')
    return fail_syntax (self, error);
  self->at++;
  *sheet = yeji_sheets_add (list, name);
  (*sheet)->offset = self->offset + (gint64) self->at;
  return TRUE;
}

/* An object whose members are the tables. */
static gboolean
index_tables (Scanner    *self,
              GPtrArray  *list,
              GError    **error)
{
  int byte;

  self->at++;
  do
    {
      YejiSheet *sheet = NULL;

      if (!take_table_name (self, list, &sheet, error) || !index_sheet (self, FALSE, sheet, error))
        return FALSE;
      byte = peek_behind_blanks (self, error);
      if (byte == ',' || byte == '}')
        self->at++;
    }
  while (byte == ',');
  if (byte != '}' || peek_behind_blanks (self, error) != 0)
    return fail_syntax (self, error);
  return TRUE;
}

/* Whether the first member of the first object is an array of objects, or empty. */
static gboolean
holds_tables (const char *path)
{
  g_autoptr (Scanner) self = open_scanner (path, 0, NULL);

  if (self == NULL)
    return FALSE;
  if (peek (self, NULL) == 0xef)
    self->at += 3;
  if (peek_behind_blanks (self, NULL) != '{')
    return FALSE;
  self->at++;
  if (peek_behind_blanks (self, NULL) != '"' || !take (self, NULL)
      || peek_behind_blanks (self, NULL) != ':')
    return FALSE;
  self->at++;
  if (peek_behind_blanks (self, NULL) != '[')
    return FALSE;
  self->at++;
  return strchr ("{]", peek_behind_blanks (self, NULL)) != NULL;
}

/* --- the rows --- */

typedef struct
{
  Scanner *scanner;
  const YejiSheet *sheet;
  gboolean lines;
  gboolean begun;
  GHashTable *columns;         /* name, owned by the sheet -> column + 1 */
} ObjectReader;

static gboolean
set_value (ObjectReader    *self,
           YejiRowBuffer   *row,
           guint            column,
           YejiJsonReader  *reader,
           YejiJsonToken    token,
           GError         **error)
{
  switch (token)
    {
    case YEJI_JSON_STRING:
      return yeji_row_buffer_set (row, column, reader->string, reader->length, 0, error);
    case YEJI_JSON_NUMBER:
      return yeji_row_buffer_set (row, column, reader->string, reader->length, YEJI_CELL_NUMBER,
                                  error);
    case YEJI_JSON_TRUE:
      return yeji_row_buffer_set (row, column, "1", 1, 0, error);
    case YEJI_JSON_FALSE:
      return yeji_row_buffer_set (row, column, "0", 1, 0, error);
    case YEJI_JSON_NULL:
      return yeji_row_buffer_set (row, column, "", 0, 0, error);
    case YEJI_JSON_ARRAY:
    case YEJI_JSON_OBJECT:
      {
        g_autoptr (JsonNode) node = yeji_json_reader_read_node (reader, token);
        g_autofree char *text = node != NULL ? yeji_json_print (node, FALSE) : NULL;

        return text != NULL ? yeji_row_buffer_set (row, column, text, strlen (text),
                                                   YEJI_CELL_JSON, error)
                            : fail_object (self->scanner, reader, error);
      }
    case YEJI_JSON_FAILED:
    case YEJI_JSON_END:
    case YEJI_JSON_OBJECT_END:
    case YEJI_JSON_ARRAY_END:
    case YEJI_JSON_NAME:
    default:
      return fail_object (self->scanner, reader, error);
    }
}

static gboolean
set_object (ObjectReader   *self,
            YejiRowBuffer  *row,
            GError        **error)
{
  g_auto (YejiJsonReader) reader = { 0 };
  YejiJsonToken token;

  yeji_json_reader_init (&reader, self->scanner->value->str, self->scanner->value->len);
  if (yeji_json_reader_next (&reader) != YEJI_JSON_OBJECT)
    return fail_object (self->scanner, &reader, error);
  while ((token = yeji_json_reader_next (&reader)) == YEJI_JSON_NAME)
    {
      g_autofree char *name = g_strndup (reader.string, reader.length);
      guint column = GPOINTER_TO_UINT (g_hash_table_lookup (self->columns, name));

      if (column == 0)                         /* the file has changed since it was opened */
        return yeji_sheets_fail (error, YEJI_SHEETS_ERROR_DAMAGED, "object %u: %s",
                                 self->scanner->n, name);
      if (!set_value (self, row, column - 1, &reader, yeji_json_reader_next (&reader), error))
        return FALSE;
    }
  return token == YEJI_JSON_OBJECT_END || fail_object (self->scanner, &reader, error);
}

static gboolean
next_row (gpointer        data,
          YejiRowBuffer  *row,
          GError        **error)
{
  ObjectReader *self = data;
  GPtrArray *names = self->sheet->names;

  if (!self->begun)
    {
      self->begun = TRUE;
      yeji_row_buffer_clear (row, 1);
      for (guint i = 0; i < names->len; i++)
        {
          const char *name = g_ptr_array_index (names, i);

          if (!yeji_row_buffer_set (row, i, name, strlen (name), 0, error))
            return FALSE;
        }
      return TRUE;
    }
  if (next_object (self->scanner, self->lines, error) != 1)
    return FALSE;
  yeji_row_buffer_clear (row, self->scanner->n + 1);
  return set_object (self, row, error);
}

static void
free_reader (gpointer data)
{
  ObjectReader *self = data;

  free_scanner (self->scanner);
  g_hash_table_unref (self->columns);
  g_free (self);
}

static const YejiSheetReaderClass reader_class = { next_row, free_reader };

static YejiSheetReader *
read_sheet (gpointer   data,
            guint      index,
            GError   **error)
{
  Json *self = data;
  const YejiSheet *sheet = g_ptr_array_index (self->list, index);
  Scanner *scanner = open_scanner (self->path, sheet->offset, error);
  ObjectReader *reader;

  if (scanner == NULL)
    return NULL;
  reader = g_new0 (ObjectReader, 1);
  reader->scanner = scanner;
  reader->sheet = sheet;
  reader->lines = sheet->target != NULL;
  reader->columns = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < sheet->names->len; i++)
    g_hash_table_insert (reader->columns, g_ptr_array_index (sheet->names, i),
                         GUINT_TO_POINTER (i + 1));
  return yeji_sheet_reader_new (&reader_class, reader);
}

static void
free_json (gpointer data)
{
  Json *self = data;

  g_free (self->path);
  g_free (self);
}

static const YejiSheetsClass json_class = { read_sheet, free_json };

/* An array of objects, or an object a line. */
static gboolean
index_one (Scanner     *self,
           const char  *path,
           GPtrArray   *list,
           int          first,
           GError     **error)
{
  g_autofree char *name = yeji_sheets_name_of_file (path);
  YejiSheet *sheet = yeji_sheets_add (list, name);

  if (first == '[')
    self->at++;
  else
    sheet->target = g_strdup ("lines");
  sheet->offset = self->offset + (gint64) self->at;
  if (!index_sheet (self, first != '[', sheet, error))
    return FALSE;
  return peek_behind_blanks (self, error) == 0 || fail_syntax (self, error);
}

YejiSheets *
yeji_sheets_open_json (const char  *path,
                       GError     **error)
{
  g_autoptr (Scanner) scanner = open_scanner (path, 0, error);
  g_autoptr (GPtrArray) list = yeji_sheets_new_list ();
  g_autoptr (GError) local_error = NULL;
  gboolean good;
  Json *self;
  int first;

  if (scanner == NULL)
    return NULL;
  if (peek (scanner, NULL) == 0xef)             /* the mark of UTF-8, three bytes */
    scanner->at += 3;
  first = peek_behind_blanks (scanner, &local_error);
  good = local_error == NULL
         && (first == '{' && holds_tables (path) ? index_tables (scanner, list, &local_error)
                                                 : index_one (scanner, path, list, first,
                                                              &local_error));
  if (!good)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  self = g_new0 (Json, 1);
  self->path = g_strdup (path);
  self->list = list;
  return yeji_sheets_new (YEJI_SHEETS_JSON, g_steal_pointer (&list), &json_class, self);
}
