// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-initials"

#include "config.h"

#include "yeji-initials.h"

#include "yeji-initials-private.h"

/**
 * yeji_initial_of:
 *
 * Returns: the small first letter of a Chinese character's pinyin, an ASCII letter or digit as it
 *   is; NUL if none is known
 */
char
yeji_initial_of (gunichar character)
{
  char letter = '\0';

  if (character < 0x80)
    return g_ascii_isalnum ((char) character) ? g_ascii_tolower ((char) character) : '\0';
  if (character >= YEJI_INITIALS_FIRST && character <= YEJI_INITIALS_LAST)
    letter = yeji_initials_table[character - YEJI_INITIALS_FIRST];
  return letter != '.' ? letter : '\0';
}

/**
 * yeji_initials_of:
 *
 * Takes the first letters of the pinyin of a name; ASCII letters and digits stand for themselves,
 * punctuation for nothing.
 *
 * Returns: (transfer full) (nullable): small letters; %NULL if no reading of a character is known,
 *   or nothing is left
 */
char *
yeji_initials_of (const char *name)
{
  g_autoptr (GString) initials = g_string_new (NULL);

  for (const char *c = name; *c != '\0'; c = g_utf8_next_char (c))
    {
      gunichar character = g_utf8_get_char (c);
      char letter;

      if (!g_unichar_isalnum (character))
        continue;
      letter = yeji_initial_of (character);
      if (letter == '\0')
        return NULL;
      g_string_append_c (initials, letter);
    }
  return initials->len > 0 ? g_string_free (g_steal_pointer (&initials), FALSE) : NULL;
}
