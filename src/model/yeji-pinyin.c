// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-pinyin"

#include "config.h"

#include "yeji-pinyin.h"

#include "yeji-pinyin-private.h"

/* The place in yeji_pinyin_others of the character's first one, or of what follows it. */
static guint
find_other (gunichar character)
{
  guint from = 0, to = yeji_pinyin_n_others;

  while (from < to)
    {
      guint middle = (from + to) / 2;

      if (yeji_pinyin_others[middle].character < character)
        from = middle + 1;
      else
        to = middle;
    }
  return from;
}

/**
 * yeji_pinyin_get_readings:
 * @readings: (out): how the character is read in Mandarin, without tones, small letters, ü as v,
 *     the most usual one first
 *
 * Returns: how many readings are known, 0 for anything but a Chinese character
 */
guint
yeji_pinyin_get_readings (gunichar     character,
                          const char  *readings[YEJI_PINYIN_MAX_READINGS])
{
  const char *letters;
  guint n = 0;

  if (character < YEJI_PINYIN_FIRST || character > YEJI_PINYIN_LAST)
    return 0;
  letters = yeji_pinyin_table + 2 * (character - YEJI_PINYIN_FIRST);
  if (*letters == '.')
    return 0;
  readings[n++] = yeji_pinyin_syllables[(letters[0] - 'a') * 26 + letters[1] - 'a'];
  for (guint i = find_other (character);
       i < yeji_pinyin_n_others && yeji_pinyin_others[i].character == character
       && n < YEJI_PINYIN_MAX_READINGS;
       i++)
    readings[n++] = yeji_pinyin_syllables[yeji_pinyin_others[i].syllable];
  return n;
}
