// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-record-file"

#include "config.h"

#include "yeji-record-file.h"

#include "yeji-json.h"

#include <string.h>

/* A hundred thousand records with all their fields; beyond that something else was meant. */
#define MAX_SIZE ((goffset) 1 << 30)

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

static gboolean
add_record (GPtrArray       *records,
            YejiDictionary  *dictionary,
            JsonNode        *node,
            const char      *place,
            GError         **error)
{
  g_autoptr (GError) reason = NULL;
  g_autoptr (YejiRecord) record = yeji_record_new_from_json (dictionary, node, &reason);

  if (record == NULL)
    {
      g_set_error (error, YEJI_EXCHANGE_ERROR, YEJI_EXCHANGE_ERROR_FORMAT, "%s%s", place,
                   reason->message);
      return FALSE;
    }
  if (is_foreign (record))
    {
      g_set_error (error, YEJI_EXCHANGE_ERROR, YEJI_EXCHANGE_ERROR_FORMAT,
                   "%sthis is no record: it has neither a role nor a field of the standard", place);
      return FALSE;
    }
  g_ptr_array_add (records, g_steal_pointer (&record));
  return TRUE;
}

static gboolean
read_value (GPtrArray       *records,
            YejiDictionary  *dictionary,
            JsonNode        *node,
            GError         **error)
{
  JsonArray *array;

  if (!JSON_NODE_HOLDS_ARRAY (node))
    return add_record (records, dictionary, node, "", error);

  array = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      g_autofree char *place = g_strdup_printf ("/%u: ", i);

      if (!add_record (records, dictionary, json_array_get_element (array, i), place, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
read_lines (GPtrArray       *records,
            YejiDictionary  *dictionary,
            const char      *text,
            gsize            length,
            GError         **error)
{
  const char *end = text + length;
  guint number = 1;

  for (const char *line = text; line < end; number++)
    {
      const char *stop = memchr (line, '\n', (gsize) (end - line));
      gsize size = (gsize) ((stop != NULL ? stop : end) - line);
      g_autofree char *place = g_strdup_printf ("line %u: ", number);
      g_autoptr (GError) reason = NULL;
      g_autoptr (JsonNode) node = NULL;

      while (size > 0 && g_ascii_isspace (line[size - 1]))
        size--;
      if (size > 0)
        {
          node = yeji_json_parse (line, (gssize) size, &reason);
          if (node == NULL)
            {
              g_set_error (error, YEJI_EXCHANGE_ERROR, YEJI_EXCHANGE_ERROR_FORMAT, "%s%s", place,
                           reason->message);
              return FALSE;
            }
          if (!add_record (records, dictionary, node, place, error))
            return FALSE;
        }
      line = stop != NULL ? stop + 1 : end;
    }
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
 * yeji_record_file_read:
 * @path: a record file: one record, an array of records, or one record a line
 *
 * Reads all records or none.
 *
 * Returns: (transfer full) (element-type YejiRecord): the records, or %NULL with an error of
 * #YejiExchangeError whose message begins with the place
 */
GPtrArray *
yeji_record_file_read (YejiDictionary  *dictionary,
                       const char      *path,
                       GError         **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInfo) info = NULL;
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GError) reason = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *text = NULL;
  gboolean done;
  gsize length;

  info = g_file_query_info (file,
                            G_FILE_ATTRIBUTE_STANDARD_SIZE "," G_FILE_ATTRIBUTE_STANDARD_TYPE,
                            G_FILE_QUERY_INFO_NONE, NULL, &reason);
  if (info != NULL && g_file_info_get_file_type (info) == G_FILE_TYPE_SPECIAL)
    {
      /* reading a pipe would wait for ever */
      g_set_error (error, YEJI_EXCHANGE_ERROR, YEJI_EXCHANGE_ERROR_READ, "%s is no file", path);
      return NULL;
    }
  if (info != NULL && g_file_info_get_size (info) > MAX_SIZE)
    {
      g_set_error (error, YEJI_EXCHANGE_ERROR, YEJI_EXCHANGE_ERROR_TOO_LARGE,
                   "%s is larger than 1 GiB", path);
      return NULL;
    }
  if (info == NULL || !g_file_load_contents (file, NULL, &text, &length, NULL, &reason))
    {
      g_set_error_literal (error, YEJI_EXCHANGE_ERROR, YEJI_EXCHANGE_ERROR_READ, reason->message);
      return NULL;
    }

  node = yeji_json_parse (text, (gssize) length, &reason);
  if (node != NULL)
    done = read_value (records, dictionary, node, error);
  else if (strstr (text, "}\n{") != NULL || strstr (text, "}\r\n{") != NULL)
    done = read_lines (records, dictionary, text, length, error);
  else
    {
      g_set_error_literal (error, YEJI_EXCHANGE_ERROR, YEJI_EXCHANGE_ERROR_FORMAT, reason->message);
      done = FALSE;
    }
  return done && check_uuids (records, error) ? g_steal_pointer (&records) : NULL;
}
