// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-grams"

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
 * "q" and these characters, which stand once behind all texts of a row. "0" stands between
 * texts: no phrase goes across. */

#include "yeji-grams.h"

#include <string.h>

/* From here on a character is a word of its own: CJK, Kana, Hangul and what comes after them. */
#define FIRST_SINGLE 0x2e80

/* Of a question: what is beyond is not looked at. */
#define MAX_QUESTION 256
#define MAX_WORDS 16

#define LONGEST_GRAM 4

struct _YejiGrams
{
  GString *tokens;
  GHashTable *texts;           /* folded ones that are in @tokens */
  GHashTable *grams;           /* what short questions ask for, those that are to be written */
  GPtrArray *order;            /* (element-type utf8): the same, as they came */
};

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
note_gram (YejiGrams  *self,
           const char *begin,
           const char *end)
{
  char gram[LONGEST_GRAM * 4];  /* one character less, of up to four bytes each */
  gsize length = (gsize) (end - begin);
  char *copy;

  g_assert (length < sizeof gram);
  memcpy (gram, begin, length);
  gram[length] = '\0';
  if (g_hash_table_contains (self->grams, gram))
    return;
  copy = g_strdup (gram);
  g_ptr_array_add (self->order, copy);
  g_hash_table_add (self->grams, copy);
}

static void
note_run (YejiGrams  *self,
          const char *begin,
          const char *end)
{
  for (const char *c = begin; c < end; c = g_utf8_next_char (c))
    {
      const char *last = c;

      for (guint i = 1; i < LONGEST_GRAM && last < end; i++)
        {
          last = g_utf8_next_char (last);
          note_gram (self, c, last);
        }
    }
}

static void
note_grams (YejiGrams  *self,
            const char *folded)
{
  const char *c = folded;

  while (*c != '\0')
    {
      gboolean single = is_single (g_utf8_get_char (c));
      const char *end = single ? g_utf8_next_char (c) : skip_run (c);

      if (single)
        note_gram (self, c, end);
      else
        note_run (self, c, end);
      c = end;
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
 * yeji_grams_fold:
 *
 * Folds a text to what is compared: NFKC, without case, letters and digits alone.
 *
 * Returns: (transfer full): the folded text, empty if it is not UTF-8
 */
char *
yeji_grams_fold (const char *text)
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
 * yeji_grams_new:
 *
 * Begins to make what is written into the index for one row.
 *
 * Returns: (transfer full): to be ended with yeji_grams_end()
 */
YejiGrams *
yeji_grams_new (void)
{
  YejiGrams *self = g_new0 (YejiGrams, 1);

  self->tokens = g_string_new (NULL);
  self->texts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->grams = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->order = g_ptr_array_new ();
  return self;
}

/**
 * yeji_grams_add:
 *
 * Adds a text, unless it is there already. No phrase goes across two texts.
 */
void
yeji_grams_add (YejiGrams  *self,
                const char *text)
{
  g_autofree char *folded = yeji_grams_fold (text);

  if (*folded == '\0' || g_hash_table_contains (self->texts, folded))
    return;
  add_token (self->tokens, "0", "", "");
  add_tokens (self->tokens, folded);
  note_grams (self, folded);
  g_hash_table_add (self->texts, g_steal_pointer (&folded));
}

/**
 * yeji_grams_end:
 * @self: (transfer full)
 *
 * Returns: (transfer full): tokens between blanks, which follow from the texts and their order alone
 */
char *
yeji_grams_end (YejiGrams *self)
{
  GString *tokens = self->tokens;

  add_token (tokens, "0", "", "");
  for (guint i = 0; i < self->order->len; i++)
    {
      const char *gram = g_ptr_array_index (self->order, i);

      add_token (tokens, "q", gram, gram + strlen (gram));
    }
  g_ptr_array_unref (self->order);
  g_hash_table_unref (self->texts);
  g_hash_table_unref (self->grams);
  g_free (self);
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

/**
 * yeji_grams_make_match:
 * @text: what was typed
 *
 * Makes a question for the index: records that have every word in one of their texts. Blanks
 * separate words. What has no letter or digit is in no record.
 *
 * Returns: (transfer full) (nullable): an FTS5 query; %NULL if there is nothing to look for, so
 *   that every record is meant
 */
char *
yeji_grams_make_match (const char *text)
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
      g_autofree char *folded = yeji_grams_fold (words[i]);

      is_blank = is_blank && *words[i] == '\0';
      if (*folded == '\0')
        continue;
      add_word (match, folded);
      n++;
    }
  if (n == 0 && !is_blank)
    g_string_append (match, YEJI_GRAMS_NOTHING);
  return g_string_free (match, n == 0 && is_blank);
}
