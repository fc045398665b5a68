// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-record-origin"

#include "config.h"

#include "yeji-record-origin.h"

#include "yeji-json-reader.h"
#include "yeji-record-file.h"

#include <string.h>

/* Reads records that were written under another version of the dictionary. */
typedef struct
{
  YejiDictionary *dictionary;  /* the present one */
  YejiFindDictionary find;
  gpointer data;
  GHashTable *known;           /* version -> YejiDictionary; the present one if it is not known */
  GPtrArray *origins;          /* (element-type YejiRecordOrigin) */
} Import;

/* Reads up to the member that names it, which stands before the tables as everybody writes it; the
 * parser says what is wrong with the text. */
static char *
dup_version (const char *text,
             gsize       length)
{
  g_auto (YejiJsonReader) reader = { 0 };
  YejiJsonToken token;

  yeji_json_reader_init (&reader, text, length);
  token = yeji_json_reader_next (&reader);
  while (token == YEJI_JSON_OBJECT
         && yeji_json_reader_next (&reader) == YEJI_JSON_NAME)
    {
      gboolean found = reader.length == strlen ("dictionary")
                       && memcmp (reader.string, "dictionary", reader.length) == 0;
      YejiJsonToken value = yeji_json_reader_next (&reader);

      if (found)
        return value == YEJI_JSON_STRING ? g_strndup (reader.string, reader.length) : NULL;
      if (!yeji_json_reader_skip (&reader, value))
        return NULL;
    }
  return NULL;
}

static YejiDictionary *
find_version (Import      *import,
              const char  *version,
              GError     **error)
{
  YejiDictionary *dictionary = g_hash_table_lookup (import->known, version);

  if (dictionary != NULL)
    return dictionary;
  if (!import->find (import->data, version, &dictionary, error))
    return NULL;
  if (dictionary == NULL)
    dictionary = g_object_ref (import->dictionary);
  g_hash_table_insert (import->known, g_strdup (version), dictionary);
  return dictionary;
}

static YejiRecord *
parse (gpointer     data,
       const char  *text,
       gsize        length,
       const char  *place,
       GError     **error)
{
  Import *import = data;
  g_autofree char *version = dup_version (text, length);
  YejiDictionary *dictionary = import->dictionary;
  g_autoptr (YejiRecord) record = NULL;
  YejiRecordOrigin *origin;

  if (version == NULL || g_str_equal (version, yeji_dictionary_get_version (dictionary)))
    return yeji_record_file_parse (dictionary, text, length, place, error);
  dictionary = find_version (import, version, error);
  if (dictionary == NULL)
    return NULL;
  record = yeji_record_file_parse (dictionary, text, length, place, error);
  if (record == NULL)
    return NULL;
  origin = g_new0 (YejiRecordOrigin, 1);
  origin->uuid = g_strdup (yeji_record_get_uuid (record));
  origin->version = g_steal_pointer (&version);
  g_ptr_array_add (import->origins, origin);
  if (dictionary == import->dictionary)
    return g_steal_pointer (&record);
  return yeji_record_move (record, import->dictionary, &origin->notes);
}

/**
 * yeji_record_origin_read:
 * @dictionary: the present one
 * @find: (scope call): finds the versions that records name
 * @origins: (out) (transfer full) (element-type YejiRecordOrigin): the records that named another
 *     version, in their order
 *
 * Reads a record file as yeji_record_file_read() does, each record under the version of the
 * dictionary that it names, and moves it to the present one.
 *
 * Returns: (transfer full) (nullable) (element-type YejiRecord): the records under @dictionary
 */
GPtrArray *
yeji_record_origin_read (YejiDictionary      *dictionary,
                         const char          *path,
                         YejiFindDictionary   find,
                         gpointer             data,
                         GPtrArray          **origins,
                         GError             **error)
{
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                                        g_object_unref);
  g_autoptr (GPtrArray) named = NULL;
  Import import = { dictionary, find, data, known };
  GPtrArray *records;

  g_return_val_if_fail (YEJI_IS_DICTIONARY (dictionary), NULL);

  named = g_ptr_array_new_with_free_func ((GDestroyNotify) yeji_record_origin_free);
  import.origins = named;
  records = yeji_record_file_read_by (parse, &import, path, error);
  *origins = records != NULL ? g_steal_pointer (&named) : NULL;
  return records;
}

/**
 * yeji_record_origin_free:
 * @self: (nullable) (transfer full)
 */
void
yeji_record_origin_free (YejiRecordOrigin *self)
{
  if (self == NULL)
    return;
  g_free (self->uuid);
  g_free (self->version);
  g_clear_pointer (&self->notes, g_ptr_array_unref);
  g_free (self);
}
