// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-matches"

#include "config.h"

#include "yeji-matches.h"

#include "yeji-initials.h"

/* Where a search found more words than this, nobody needs to be shown all of them. */
#define MAX_WORDS 8

/**
 * yeji_matches_split:
 * @typed: (nullable)
 *
 * Returns: (transfer full): the words between the blanks
 */
char **
yeji_matches_split (const char *typed)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) parts = g_strsplit_set (typed != NULL ? typed : "", " \t\n\r", -1);
  guint n = 0;

  for (guint i = 0; parts[i] != NULL && n < MAX_WORDS; i++)
    if (*parts[i] != '\0' && g_utf8_validate (parts[i], -1, NULL))
      {
        g_strv_builder_add (builder, parts[i]);
        n++;
      }
  return g_strv_builder_end (builder);
}

static void
mark (PangoAttrList *attributes,
      guint          begin,
      guint          end)
{
  PangoAttribute *parts[] = { pango_attr_weight_new (PANGO_WEIGHT_BOLD),
                              pango_attr_underline_new (PANGO_UNDERLINE_SINGLE) };

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      parts[i]->start_index = begin;
      parts[i]->end_index = end;
      pango_attr_list_insert (attributes, parts[i]);
    }
}

static gboolean
is_letter (gunichar character,
           gunichar typed)
{
  return g_unichar_tolower (character) == g_unichar_tolower (typed);
}

static gboolean
is_initial (gunichar character,
            gunichar typed)
{
  char initial = yeji_initial_of (character);

  return initial != '\0' && (gunichar) g_ascii_tolower (initial) == g_unichar_tolower (typed);
}

/* Where @word ends that begins at @text; %NULL if it does not begin there. What is no letter is not
 * among the initials and is passed over. */
static const char *
find_end (const char *text,
          const char *word,
          gboolean    by_initials)
{
  while (*word != '\0')
    {
      gunichar character = g_utf8_get_char (text);

      if (*text == '\0')
        return NULL;
      if (by_initials ? is_initial (character, g_utf8_get_char (word))
                      : is_letter (character, g_utf8_get_char (word)))
        word = g_utf8_next_char (word);
      else if (!by_initials || g_unichar_isalnum (character))
        return NULL;
      text = g_utf8_next_char (text);
    }
  return text;
}

static gboolean
mark_word (const char    *word,
           const char    *text,
           gboolean       by_initials,
           PangoAttrList *attributes)
{
  gboolean found = FALSE;

  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c))
    {
      const char *end = find_end (c, word, by_initials);

      if (end == NULL || (by_initials && !g_unichar_isalnum (g_utf8_get_char (c))))
        continue;
      mark (attributes, (guint) (c - text), (guint) (end - text));
      found = TRUE;
    }
  return found;
}

/**
 * yeji_matches_mark:
 * @text: what is shown
 * @attributes: gets bold and underlined where one of the words is, or where the initials of the
 *     characters are
 *
 * Returns: whether each of the words is in the text
 */
gboolean
yeji_matches_mark (const char * const *words,
                   const char         *text,
                   PangoAttrList      *attributes)
{
  gboolean all = TRUE;

  for (guint i = 0; words[i] != NULL; i++)
    if (!mark_word (words[i], text, FALSE, attributes)
        && !(g_str_is_ascii (words[i]) && mark_word (words[i], text, TRUE, attributes)))
      all = FALSE;
  return all;
}
