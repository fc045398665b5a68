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
/* All of them are among these. */
#define FIRST_IDEOGRAPH 0x4e00
#define LAST_IDEOGRAPH 0x9fff

/* Two bytes of which each is from 0xa1 to 0xfe. */
static guint16 *
make_pinyin_places (void)
{
  guint16 *places = g_new0 (guint16, LAST_IDEOGRAPH - FIRST_IDEOGRAPH + 1);
  g_autoptr (GString) codes = g_string_new (NULL);
  g_autofree char *characters = NULL;
  const char *c;

  for (guint code = LEVEL_1_FIRST; code <= LEVEL_1_LAST; code++)
    if ((code & 0xff) >= 0xa1 && (code & 0xff) <= 0xfe)
      {
        g_string_append_c (codes, (char) (code >> 8));
        g_string_append_c (codes, (char) (code & 0xff));
      }
  characters = g_convert (codes->str, (gssize) codes->len, "UTF-8", "GB2312", NULL, NULL, NULL);
  c = characters;
  for (gsize i = 0; c != NULL && *c != '\0' && i < codes->len; i += 2, c = g_utf8_next_char (c))
    {
      const gunichar character = g_utf8_get_char (c);

      g_assert (character >= FIRST_IDEOGRAPH && character <= LAST_IDEOGRAPH);
      places[character - FIRST_IDEOGRAPH] = (guint16) ((guchar) codes->str[i] << 8
                                                       | (guchar) codes->str[i + 1]);
    }
  return places;
}

/* Returns: the place of a character in that order; 0 where it has none */
static guint
get_pinyin_place (gunichar character)
{
  static const guint16 *places;

  if (g_once_init_enter (&places))
    g_once_init_leave (&places, make_pinyin_places ());
  return character >= FIRST_IDEOGRAPH && character <= LAST_IDEOGRAPH
         ? places[character - FIRST_IDEOGRAPH] : 0;
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
      guint place = get_pinyin_place (character);

      if (letter != '\0')
        g_string_append_c (key, letter);
      if (place != 0)
        g_string_append_printf (key, "%04X", place);
      else if (letter == '\0' || character >= 0x80)
        g_string_append_len (key, c, g_utf8_next_char (c) - c);
    }
  return g_string_free (key, FALSE);
}
