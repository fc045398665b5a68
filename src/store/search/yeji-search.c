// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-search"

#include "config.h"

/* What of a record is written into the full text index; yeji-grams.c says how. */

#include "yeji-search.h"

#include <string.h>

#include "yeji-grams.h"
#include "yeji-initials.h"
#include "yeji-json-reader.h"

/* A value that is sealed; no one can read it, and so no one can look for it. */
#define SEALED_PREFIX "yeji-sealed:"

/* A character without a known reading ends one row of initials and begins another. */
static void
add_initials (YejiGrams  *grams,
              const char *name)
{
  g_autoptr (GString) initials = g_string_new (NULL);
  g_autofree char *folded = yeji_grams_fold (name);

  for (const char *c = folded; *c != '\0'; c = g_utf8_next_char (c))
    {
      char letter = yeji_initial_of (g_utf8_get_char (c));

      if (letter != '\0')
        {
          g_string_append_c (initials, letter);
          continue;
        }
      yeji_grams_add (grams, initials->str);
      g_string_truncate (initials, 0);
    }
  yeji_grams_add (grams, initials->str);
}

static gboolean
is_title (const YejiFieldDef *field)
{
  return g_ptr_array_find (field->table->row_title, field, NULL);
}

static void
add_value (YejiGrams          *grams,
           const YejiFieldDef *field,
           const char         *value)
{
  if (field->personal != YEJI_PERSONAL_NO || g_str_has_prefix (value, SEALED_PREFIX))
    return;
  yeji_grams_add (grams, value);
  if (is_title (field))
    add_initials (grams, value);
}

/* The token just read begins a row. What the dictionary does not know may be anything, so it is
 * left out. */
static gboolean
read_row (YejiJsonReader     *reader,
          const YejiTableDef *table,
          YejiGrams          *grams)
{
  YejiJsonToken token;

  while ((token = yeji_json_reader_next (reader)) == YEJI_JSON_NAME)
    {
      g_autofree char *name = g_strndup (reader->string, reader->length);
      const YejiFieldDef *field = yeji_table_def_find_field (table, name);

      token = yeji_json_reader_next (reader);
      if (token == YEJI_JSON_STRING && field != NULL)
        {
          g_autofree char *value = g_strndup (reader->string, reader->length);

          add_value (grams, field, value);
        }
      else if (!yeji_json_reader_skip (reader, token))
        return FALSE;
    }
  return token == YEJI_JSON_OBJECT_END;
}

static gboolean
read_rows (YejiJsonReader     *reader,
           const YejiTableDef *table,
           YejiGrams          *grams)
{
  YejiJsonToken token;

  while ((token = yeji_json_reader_next (reader)) != YEJI_JSON_ARRAY_END)
    if (token == YEJI_JSON_OBJECT ? !read_row (reader, table, grams)
                                  : !yeji_json_reader_skip (reader, token))
      return FALSE;
  return TRUE;
}

static gboolean
read_member (YejiJsonReader *reader,
             YejiDictionary *dictionary,
             const char     *name,
             YejiGrams      *grams)
{
  const YejiTableDef *table = yeji_dictionary_find_member (dictionary, name);
  YejiJsonToken token = yeji_json_reader_next (reader);

  if (table != NULL && token == YEJI_JSON_OBJECT)
    return read_row (reader, table, grams);
  if (table != NULL && token == YEJI_JSON_ARRAY)
    return read_rows (reader, table, grams);
  if (g_str_equal (name, "uuid") && token == YEJI_JSON_STRING)
    {
      g_autofree char *uuid = g_strndup (reader->string, reader->length);

      yeji_grams_add (grams, uuid);
      return TRUE;
    }
  return yeji_json_reader_skip (reader, token);
}

static void
read_body (YejiDictionary *dictionary,
           const char     *body,
           YejiGrams      *grams)
{
  g_auto (YejiJsonReader) reader;

  yeji_json_reader_init (&reader, body, strlen (body));
  if (yeji_json_reader_next (&reader) != YEJI_JSON_OBJECT)
    return;
  while (yeji_json_reader_next (&reader) == YEJI_JSON_NAME)
    {
      g_autofree char *name = g_strndup (reader.string, reader.length);

      if (!read_member (&reader, dictionary, name, grams))
        return;
    }
}

/**
 * yeji_search_dup_version:
 * @body: a record as it is stored
 *
 * Returns: (transfer full) (nullable): the version of the dictionary under which it was written
 */
char *
yeji_search_dup_version (const char *body)
{
  g_auto (YejiJsonReader) reader;

  yeji_json_reader_init (&reader, body, strlen (body));
  if (yeji_json_reader_next (&reader) != YEJI_JSON_OBJECT)
    return NULL;
  while (yeji_json_reader_next (&reader) == YEJI_JSON_NAME)
    {
      gboolean found = reader.length == strlen ("dictionary")
                       && memcmp (reader.string, "dictionary", reader.length) == 0;
      YejiJsonToken token = yeji_json_reader_next (&reader);

      if (found && token == YEJI_JSON_STRING)
        return g_strndup (reader.string, reader.length);
      if (!yeji_json_reader_skip (&reader, token))
        return NULL;
    }
  return NULL;
}

/**
 * yeji_search_make_index:
 * @dictionary: the version under which the body was written, else the nearest that is known
 * @body: a record as it is stored
 *
 * Makes the text for the index: every value under a name that the dictionary knows, and the pinyin
 * initials of what names a row. Personal numbers are left out, be they sealed or not. It follows
 * from the two arguments alone, so that it can be made again to be taken out of the index.
 *
 * Returns: (transfer full): tokens between blanks
 */
char *
yeji_search_make_index (YejiDictionary *dictionary,
                        const char     *body)
{
  YejiGrams *grams = yeji_grams_new ();

  read_body (dictionary, body, grams);
  return yeji_grams_end (grams);
}

/* GB 2312 has its first level, the 3755 commonest characters, in the order of their pinyin. */
#define LEVEL_1_FIRST 0xb0a1
#define LEVEL_1_LAST 0xd7f9

/* Returns: the place of a character in that order; 0 where it has none */
static guint
get_pinyin_place (const char *character)
{
  gsize length = 0;
  g_autofree char *code = g_convert (character, g_utf8_next_char (character) - character, "GB2312",
                                     "UTF-8", NULL, &length, NULL);
  guint place;

  if (code == NULL || length != 2)
    return 0;
  place = (guint) (guchar) code[0] << 8 | (guchar) code[1];
  return place >= LEVEL_1_FIRST && place <= LEVEL_1_LAST ? place : 0;
}

/**
 * yeji_search_make_sort_name:
 *
 * Makes what names are sorted by: character by character the pinyin, which of common ones is known
 * in full, of others by its initial, after the common ones. Characters without a known reading come
 * after the letters.
 *
 * Returns: (transfer full): a text that compares byte by byte
 */
char *
yeji_search_make_sort_name (const char *name)
{
  g_autofree char *folded = yeji_grams_fold (name);
  GString *key = g_string_new (NULL);

  for (const char *c = folded; *c != '\0'; c = g_utf8_next_char (c))
    {
      gunichar character = g_utf8_get_char (c);
      char letter = yeji_initial_of (character);
      guint place = character < 0x80 ? 0 : get_pinyin_place (c);

      if (letter != '\0')
        g_string_append_c (key, letter);
      if (place != 0)
        g_string_append_printf (key, "%04X", place);
      else if (letter == '\0' || character >= 0x80)
        g_string_append_len (key, c, g_utf8_next_char (c) - c);
    }
  return g_string_free (key, FALSE);
}
