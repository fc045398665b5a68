// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-normaliser"

#include "config.h"

#include "yeji-normalise-private.h"

/* GB 2312 puts its 3755 more common characters (level 1) into the order of their pinyin: the code
 * of a character tells the first letter. Each entry is the first code of a letter. */
static const struct
{
  guint16 first;
  char letter;
} letters[] = {
  { 0xb0a1, 'a' }, { 0xb0c5, 'b' }, { 0xb2c1, 'c' }, { 0xb4ee, 'd' }, { 0xb6ea, 'e' },
  { 0xb7a2, 'f' }, { 0xb8c1, 'g' }, { 0xb9fe, 'h' }, { 0xbbf7, 'j' }, { 0xbfa6, 'k' },
  { 0xc0ac, 'l' }, { 0xc2e8, 'm' }, { 0xc4c3, 'n' }, { 0xc5b6, 'o' }, { 0xc5be, 'p' },
  { 0xc6da, 'q' }, { 0xc8bb, 'r' }, { 0xc8f6, 's' }, { 0xcbfa, 't' }, { 0xcdda, 'w' },
  { 0xcef4, 'x' }, { 0xd1b9, 'y' }, { 0xd4d1, 'z' },
};

/* After the last character of level 1; level 2 is ordered by radical. */
#define LEVEL_1_END 0xd7fa

static char
find_letter (const char *character,
             gsize       length)
{
  gsize n_bytes = 0;
  g_autofree char *bytes = g_convert (character, (gssize) length, "GB2312", "UTF-8", NULL,
                                      &n_bytes, NULL);
  guint code;
  char letter = '\0';

  if (bytes == NULL || n_bytes != 2)
    return '\0';
  code = (guint) (guchar) bytes[0] << 8 | (guchar) bytes[1];
  for (guint i = 0; i < G_N_ELEMENTS (letters) && letters[i].first <= code; i++)
    letter = letters[i].letter;
  return code < LEVEL_1_END ? letter : '\0';
}

/**
 * yeji_initials_of:
 *
 * Takes the first letters of the pinyin of a name; ASCII letters and digits stand for themselves,
 * punctuation for nothing.
 *
 * Returns: (transfer full) (nullable): small letters; %NULL if a character is beyond level 1 of
 * GB 2312, or nothing is left
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
      letter = character < 0x80 ? g_ascii_tolower (*c)
                                : find_letter (c, (gsize) (g_utf8_next_char (c) - c));
      if (letter == '\0')
        return NULL;
      g_string_append_c (initials, letter);
    }
  return initials->len > 0 ? g_string_free (g_steal_pointer (&initials), FALSE) : NULL;
}
