// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-search"

#include "config.h"

/* What is written into the full text index, and what is asked of it.
 *
 * A text is folded: NFKC and case folding, and nothing but letters and digits stays, so that
 * widths, brackets and hyphens do not matter. The index finds phrases of tokens only, so the tokens
 * are made such that every part of a folded text is a phrase. Each position of a text has a token:
 *
 * - a Chinese character has itself and the next one, or itself alone where a run comes next.
 *   Characters that are in every record are hardly ever beside each other in every record, so that
 *   a phrase is looked for in few of them;
 * - a Chinese character that follows a run of other letters and digits has "s" and itself before
 *   that, so that a question may end with it;
 * - in a run of other letters and digits each position has "g" and up to four characters that begin
 *   there, fewer at the end of a run that a Chinese character follows. A part of four or more
 *   characters is the phrase of its own whole fours. With threes, a long number would be looked for
 *   in a third of all records;
 * - a run that follows a Chinese character begins with "s" and its first character, "s" and its
 *   first two, "s" and its first three, so that a question may end with so few of a run.
 *
 * At the end of a text there are no tokens that are less than whole: a question that ends there may
 * as well be one that the text goes on after, and asks for none.
 *
 * A question that is just one Chinese character, or one to three letters or digits, is answered by
 * "q" and these characters, which stand once behind all texts of a record. "0" stands between
 * texts: no phrase goes across. */

#include "yeji-search.h"

#include <string.h>

#include "yeji-initials.h"
#include "yeji-json-reader.h"

/* From here on a character is a word of its own: CJK, Kana, Hangul and what comes after them. */
#define FIRST_SINGLE 0x2e80

/* A value that is sealed; no one can read it, and so no one can look for it. */
#define SEALED_PREFIX "yeji-sealed:"

/* Of a question: what is beyond is not looked at. */
#define MAX_QUESTION 256
#define MAX_WORDS 16

#define LONGEST_GRAM 4

typedef struct
{
  GString *tokens;
  GHashTable *texts;           /* folded ones that are in @tokens */
  GHashTable *grams;           /* what short questions ask for, those that are to be written */
  GPtrArray *gram_order;       /* (element-type utf8): the same, as they came */
} Index;

static gboolean
is_single (gunichar character)
{
  return character >= FIRST_SINGLE;
}

static const char *
skip_run (const char *text)
{
  while (*text != '\0' && !is_single (g_utf8_get_char (text)))
    text = g_utf8_next_char (text);
  return text;
}

static const char *
skip_characters (const char *text,
                 const char *end,
                 guint       n)
{
  while (n-- > 0 && text < end)
    text = g_utf8_next_char (text);
  return text;
}

static void
add_token (GString    *tokens,
           const char *marker,
           const char *begin,
           const char *end)
{
  if (tokens->len > 0)
    g_string_append_c (tokens, ' ');
  g_string_append (tokens, marker);
  g_string_append_len (tokens, begin, end - begin);
}

/* What tells a run that follows a Chinese character from the middle of one. */
static void
add_run_start (GString    *tokens,
               const char *begin,
               const char *end)
{
  const char *last = begin;

  for (guint i = 1; i < LONGEST_GRAM && last < end; i++)
    {
      last = g_utf8_next_char (last);
      add_token (tokens, "s", begin, last);
    }
}

/* At the end of the text a run has whole fours only. */
static void
add_run (GString    *tokens,
         const char *begin,
         const char *end)
{
  for (const char *c = begin; c < end; c = g_utf8_next_char (c))
    {
      const char *last = skip_characters (c, end, LONGEST_GRAM - 1);

      if (last >= end && *end == '\0')
        return;
      add_token (tokens, "g", c, last < end ? g_utf8_next_char (last) : end);
    }
}

static void
add_single (GString    *tokens,
            const char *character,
            gboolean    follows_run)
{
  const char *end = g_utf8_next_char (character);

  if (follows_run)
    add_token (tokens, "s", character, end);
  if (*end != '\0')
    add_token (tokens, "", character,
               is_single (g_utf8_get_char (end)) ? g_utf8_next_char (end) : end);
}

/* Of a folded text, or of a question. */
static void
add_tokens (GString    *tokens,
            const char *folded)
{
  const char *c = folded;
  gboolean follows_run = FALSE;

  while (*c != '\0')
    {
      const char *end;

      if (is_single (g_utf8_get_char (c)))
        {
          end = g_utf8_next_char (c);
          add_single (tokens, c, follows_run);
          follows_run = FALSE;
        }
      else
        {
          end = skip_run (c);
          if (c > folded)
            add_run_start (tokens, c, end);
          add_run (tokens, c, end);
          follows_run = TRUE;
        }
      c = end;
    }
}

static void
note_gram (Index      *index,
           const char *begin,
           const char *end)
{
  char gram[LONGEST_GRAM * 4];  /* one character less, of up to four bytes each */
  gsize length = (gsize) (end - begin);
  char *copy;

  g_assert (length < sizeof gram);
  memcpy (gram, begin, length);
  gram[length] = '\0';
  if (g_hash_table_contains (index->grams, gram))
    return;
  copy = g_strdup (gram);
  g_ptr_array_add (index->gram_order, copy);
  g_hash_table_add (index->grams, copy);
}

static void
note_run (Index      *index,
          const char *begin,
          const char *end)
{
  for (const char *c = begin; c < end; c = g_utf8_next_char (c))
    {
      const char *last = c;

      for (guint i = 1; i < LONGEST_GRAM && last < end; i++)
        {
          last = g_utf8_next_char (last);
          note_gram (index, c, last);
        }
    }
}

static void
note_grams (Index      *index,
            const char *folded)
{
  const char *c = folded;

  while (*c != '\0')
    {
      gboolean single = is_single (g_utf8_get_char (c));
      const char *end = single ? g_utf8_next_char (c) : skip_run (c);

      if (single)
        note_gram (index, c, end);
      else
        note_run (index, c, end);
      c = end;
    }
}

static void
add_text (Index      *index,
          const char *text)
{
  g_autofree char *folded = yeji_search_fold (text);

  if (*folded == '\0' || g_hash_table_contains (index->texts, folded))
    return;
  add_token (index->tokens, "0", "", "");
  add_tokens (index->tokens, folded);
  note_grams (index, folded);
  g_hash_table_add (index->texts, g_steal_pointer (&folded));
}

/* A character without a known reading ends one row of initials and begins another. */
static void
add_initials (Index      *index,
              const char *name)
{
  g_autoptr (GString) initials = g_string_new (NULL);
  g_autofree char *folded = yeji_search_fold (name);

  for (const char *c = folded; *c != '\0'; c = g_utf8_next_char (c))
    {
      char letter = yeji_initial_of (g_utf8_get_char (c));

      if (letter != '\0')
        {
          g_string_append_c (initials, letter);
          continue;
        }
      add_text (index, initials->str);
      g_string_truncate (initials, 0);
    }
  add_text (index, initials->str);
}

static gboolean
is_title (const YejiFieldDef *field)
{
  return g_ptr_array_find (field->table->row_title, field, NULL);
}

static void
add_value (Index              *index,
           const YejiFieldDef *field,
           const char         *value)
{
  if (field->personal != YEJI_PERSONAL_NO || g_str_has_prefix (value, SEALED_PREFIX))
    return;
  add_text (index, value);
  if (is_title (field))
    add_initials (index, value);
}

/* The token just read begins a row. What the dictionary does not know may be anything, so it is
 * left out. */
static gboolean
read_row (YejiJsonReader     *reader,
          const YejiTableDef *table,
          Index              *index)
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

          add_value (index, field, value);
        }
      else if (!yeji_json_reader_skip (reader, token))
        return FALSE;
    }
  return token == YEJI_JSON_OBJECT_END;
}

static gboolean
read_rows (YejiJsonReader     *reader,
           const YejiTableDef *table,
           Index              *index)
{
  YejiJsonToken token;

  while ((token = yeji_json_reader_next (reader)) != YEJI_JSON_ARRAY_END)
    if (token == YEJI_JSON_OBJECT ? !read_row (reader, table, index)
                                  : !yeji_json_reader_skip (reader, token))
      return FALSE;
  return TRUE;
}

static gboolean
read_member (YejiJsonReader *reader,
             YejiDictionary *dictionary,
             const char     *name,
             Index          *index)
{
  const YejiTableDef *table = yeji_dictionary_find_member (dictionary, name);
  YejiJsonToken token = yeji_json_reader_next (reader);

  if (table != NULL && token == YEJI_JSON_OBJECT)
    return read_row (reader, table, index);
  if (table != NULL && token == YEJI_JSON_ARRAY)
    return read_rows (reader, table, index);
  if (g_str_equal (name, "uuid") && token == YEJI_JSON_STRING)
    {
      g_autofree char *uuid = g_strndup (reader->string, reader->length);

      add_text (index, uuid);
      return TRUE;
    }
  return yeji_json_reader_skip (reader, token);
}

static void
read_body (YejiDictionary *dictionary,
           const char     *body,
           Index          *index)
{
  g_auto (YejiJsonReader) reader;

  yeji_json_reader_init (&reader, body, strlen (body));
  if (yeji_json_reader_next (&reader) != YEJI_JSON_OBJECT)
    return;
  while (yeji_json_reader_next (&reader) == YEJI_JSON_NAME)
    {
      g_autofree char *name = g_strndup (reader.string, reader.length);

      if (!read_member (&reader, dictionary, name, index))
        return;
    }
}

/* What stands for itself, or for nothing, whatever is beside it: U+4E00 to U+9FEF and the marks of
 * Chinese texts. Combining characters are none of these. */
static gboolean
is_ideograph (gunichar character)
{
  return character >= 0x4e00 && character <= 0x9fef;
}

static gboolean
is_mark (gunichar character)
{
  return (character >= 0x3001 && character <= 0x3003)
         || (character >= 0x3008 && character <= 0x3011)
         || (character >= 0x3014 && character <= 0x301b)
         || (character >= 0xff08 && character <= 0xff0f)
         || (character >= 0xff1a && character <= 0xff1f);
}

/* Nearly every text is of these alone, and is folded in a tenth of the time. */
static gboolean
fold_plain (const char *text,
            GString    *folded)
{
  for (const guchar *c = (const guchar *) text; *c != '\0'; c++)
    {
      gunichar character;

      if (*c < 0x80)
        {
          if (g_ascii_isalnum (*c))
            g_string_append_c (folded, g_ascii_tolower ((char) *c));
          continue;
        }
      if ((*c & 0xf0) != 0xe0 || (c[1] & 0xc0) != 0x80 || (c[2] & 0xc0) != 0x80)
        return FALSE;
      character = (gunichar) (*c & 0x0f) << 12 | (gunichar) (c[1] & 0x3f) << 6 | (c[2] & 0x3f);
      if (is_ideograph (character))
        g_string_append_len (folded, (const char *) c, 3);
      else if (!is_mark (character))
        return FALSE;
      c += 2;
    }
  return TRUE;
}

static void
fold_any (const char *text,
          GString    *folded)
{
  g_autofree char *normal = g_utf8_normalize (text, -1, G_NORMALIZE_NFKC);
  g_autofree char *cased = NULL;
  g_autofree char *again = NULL;

  if (normal == NULL)
    return;
  cased = g_utf8_casefold (normal, -1);
  /* Folding the case may take a character apart. */
  again = g_utf8_normalize (cased, -1, G_NORMALIZE_NFKC);
  for (const char *c = again; *c != '\0'; c = g_utf8_next_char (c))
    if (g_unichar_isalnum (g_utf8_get_char (c)))
      g_string_append_len (folded, c, g_utf8_next_char (c) - c);
}

/**
 * yeji_search_fold:
 *
 * Folds a text to what is compared: NFKC, without case, letters and digits alone.
 *
 * Returns: (transfer full): the folded text, empty if it is not UTF-8
 */
char *
yeji_search_fold (const char *text)
{
  GString *folded = g_string_new (NULL);

  if (!fold_plain (text, folded))
    {
      g_string_truncate (folded, 0);
      fold_any (text, folded);
    }
  return g_string_free (folded, FALSE);
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
  g_autoptr (GHashTable) texts = NULL;
  g_autoptr (GHashTable) grams = NULL;
  g_autoptr (GPtrArray) order = g_ptr_array_new ();
  GString *tokens = g_string_new (NULL);
  Index index;

  texts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  grams = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  index = (Index) { tokens, texts, grams, order };
  read_body (dictionary, body, &index);
  add_token (tokens, "0", "", "");
  for (guint i = 0; i < order->len; i++)
    {
      const char *gram = g_ptr_array_index (order, i);

      add_token (tokens, "q", gram, gram + strlen (gram));
    }
  return g_string_free (tokens, FALSE);
}

/* What is too short to be a phrase of whole tokens. */
static gboolean
is_short (const char *folded)
{
  if (is_single (g_utf8_get_char (folded)))
    return *g_utf8_next_char (folded) == '\0';
  return *skip_run (folded) == '\0' && g_utf8_strlen (folded, -1) < LONGEST_GRAM;
}

static void
add_word (GString    *match,
          const char *folded)
{
  g_autoptr (GString) tokens = g_string_new (NULL);

  if (is_short (folded))
    add_token (tokens, "q", folded, folded + strlen (folded));
  else
    add_tokens (tokens, folded);
  g_string_append_printf (match, "%s\"%s\"", match->len > 0 ? " " : "", tokens->str);
}

/* A phrase without a token, which nothing matches. */
#define MATCH_NOTHING "\"\""

/**
 * yeji_search_make_match:
 * @text: what the clerk typed
 *
 * Makes a question for the index: records that have every word in one of their texts. Blanks
 * separate words. What has no letter or digit is in no record.
 *
 * Returns: (transfer full) (nullable): an FTS5 query; %NULL if there is nothing to look for, so
 *   that every record is meant
 */
char *
yeji_search_make_match (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autofree char *start = g_utf8_substring (valid, 0,
                                             MIN (g_utf8_strlen (valid, -1), MAX_QUESTION));
  /* The ideographic space is a blank, too. */
  g_autofree char *normal = g_utf8_normalize (start, -1, G_NORMALIZE_NFKC);
  g_auto (GStrv) words = g_strsplit_set (normal, " \t\n\r\v\f", -1);
  gboolean is_blank = TRUE;
  GString *match = g_string_new (NULL);
  guint n = 0;

  for (guint i = 0; words[i] != NULL && n < MAX_WORDS; i++)
    {
      g_autofree char *folded = yeji_search_fold (words[i]);

      is_blank = is_blank && *words[i] == '\0';
      if (*folded == '\0')
        continue;
      add_word (match, folded);
      n++;
    }
  if (n == 0 && !is_blank)
    g_string_append (match, MATCH_NOTHING);
  return g_string_free (match, n == 0 && is_blank);
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
  g_autofree char *folded = yeji_search_fold (name);
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
