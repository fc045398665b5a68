// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-record-file"

#include "config.h"

#include "yeji-record-file.h"

#include "yeji-record-reader.h"

/* All records are held at once: tens of thousands with all their fields. */
#define MAX_SIZE ((gsize) 1 << 30)

G_DEFINE_QUARK (yeji-exchange-error-quark, yeji_exchange_error)

static gboolean
has_values (YejiRow *row)
{
  GPtrArray *fields = yeji_row_get_table (row)->fields;

  for (guint i = 0; i < fields->len; i++)
    if (*yeji_row_get (row, g_ptr_array_index (fields, i)) != '\0')
      return TRUE;
  return FALSE;
}

/* Any JSON object reads as a record whose members are all unknown; that is some other file. */
static gboolean
is_foreign (YejiRecord *record)
{
  GPtrArray *tables = yeji_dictionary_get_tables (yeji_record_get_dictionary (record));

  if (*yeji_record_get_role (record) != '\0' || has_values (yeji_record_get_project (record)))
    return FALSE;
  for (guint i = 1; i < tables->len; i++)
    if (yeji_record_get_n_rows (record, g_ptr_array_index (tables, i)) > 0)
      return FALSE;
  return TRUE;
}

/* Of two records with one uuid the first would be lost without a word. */
static gboolean
check_uuids (GPtrArray  *records,
             GError    **error)
{
  g_autoptr (GHashTable) uuids = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < records->len; i++)
    {
      const char *uuid = yeji_record_get_uuid (g_ptr_array_index (records, i));

      if (!g_hash_table_add (uuids, (gpointer) uuid))
        {
          g_set_error (error, YEJI_EXCHANGE_ERROR, YEJI_EXCHANGE_ERROR_FORMAT,
                       "/%u/uuid: %s occurs twice", i, uuid);
          return FALSE;
        }
    }
  return TRUE;
}

/**
 * yeji_record_file_open:
 * @path: a record file
 *
 * Returns: (transfer full): its bytes, or %NULL with an error of #YejiExchangeError
 */
GInputStream *
yeji_record_file_open (const char  *path,
                       GError     **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInfo) info = NULL;
  g_autoptr (GError) reason = NULL;
  GFileInputStream *stream = NULL;

  info = g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_TYPE, G_FILE_QUERY_INFO_NONE, NULL,
                            &reason);
  if (info != NULL && g_file_info_get_file_type (info) == G_FILE_TYPE_SPECIAL)
    {
      /* reading a pipe would wait for ever */
      g_set_error (error, YEJI_EXCHANGE_ERROR, YEJI_EXCHANGE_ERROR_READ, "%s is no file", path);
      return NULL;
    }
  if (info != NULL)
    stream = g_file_read (file, NULL, &reason);
  if (stream == NULL)
    g_set_error_literal (error, YEJI_EXCHANGE_ERROR, YEJI_EXCHANGE_ERROR_READ, reason->message);
  return G_INPUT_STREAM (stream);
}

/**
 * yeji_record_file_parse:
 * @text: one record of a file
 * @length: in bytes
 * @place: where it is, with what an error begins
 *
 * Returns: (transfer full): the record, or %NULL with %YEJI_EXCHANGE_ERROR_FORMAT
 */
YejiRecord *
yeji_record_file_parse (YejiDictionary  *dictionary,
                        const char      *text,
                        gsize            length,
                        const char      *place,
                        GError         **error)
{
  g_autoptr (GError) reason = NULL;
  g_autoptr (YejiRecord) record = yeji_record_new_from_text (dictionary, text, (gssize) length,
                                                             &reason);

  if (record == NULL)
    {
      g_set_error (error, YEJI_EXCHANGE_ERROR, YEJI_EXCHANGE_ERROR_FORMAT, "%s%s", place,
                   reason->message);
      return NULL;
    }
  if (is_foreign (record))
    {
      g_set_error (error, YEJI_EXCHANGE_ERROR, YEJI_EXCHANGE_ERROR_FORMAT,
                   "%sthis is no record: it has neither a role nor a field of the standard", place);
      return NULL;
    }
  return g_steal_pointer (&record);
}

static gboolean
read_records (YejiRecordParser   parser,
              gpointer           data,
              YejiRecordReader  *reader,
              GPtrArray         *records,
              GError           **error)
{
  g_autoptr (GError) reason = NULL;
  const char *text;
  gsize length, size = 0;

  while (yeji_record_reader_next (reader, &text, &length, &reason))
    {
      YejiRecord *record = parser (data, text, length, yeji_record_reader_get_place (reader),
                                   error);

      if (record == NULL)
        return FALSE;
      g_ptr_array_add (records, record);
      size += length;
      if (size > MAX_SIZE)
        {
          g_set_error_literal (error, YEJI_EXCHANGE_ERROR, YEJI_EXCHANGE_ERROR_TOO_LARGE,
                               "more than 1 GiB of records");
          return FALSE;
        }
    }
  if (reason == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&reason));
  return FALSE;
}

/**
 * yeji_record_file_read_by:
 * @parser: reads each record
 * @path: a record file: one record, an array of records, or records one behind the other, mostly
 *     one a line
 *
 * Reads all records or none.
 *
 * Returns: (transfer full) (element-type YejiRecord): the records, or %NULL with an error of
 * #YejiExchangeError whose message begins with the place
 */
GPtrArray *
yeji_record_file_read_by (YejiRecordParser   parser,
                          gpointer           data,
                          const char        *path,
                          GError           **error)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GInputStream) stream = yeji_record_file_open (path, error);
  g_autoptr (YejiRecordReader) reader = NULL;

  if (stream == NULL)
    return NULL;
  reader = yeji_record_reader_new (stream);
  if (!read_records (parser, data, reader, records, error) || !check_uuids (records, error))
    return NULL;
  return g_steal_pointer (&records);
}

static YejiRecord *
parse_under (gpointer     data,
             const char  *text,
             gsize        length,
             const char  *place,
             GError     **error)
{
  return yeji_record_file_parse (data, text, length, place, error);
}

/**
 * yeji_record_file_read:
 *
 * Reads all records or none, under one dictionary, whatever version they name.
 *
 * Returns: (transfer full) (element-type YejiRecord): as yeji_record_file_read_by()
 */
GPtrArray *
yeji_record_file_read (YejiDictionary  *dictionary,
                       const char      *path,
                       GError         **error)
{
  return yeji_record_file_read_by (parse_under, dictionary, path, error);
}
