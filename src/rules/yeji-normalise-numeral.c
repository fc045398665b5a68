// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* Numbers in Chinese words, plain (一百二十三) and as on cheques (壹佰贰拾叁). */

#define G_LOG_DOMAIN "yeji-normaliser"

#include "config.h"

#include "yeji-normalise-private.h"

/* More than any amount needs: 16 digits with a unit each, and zeros between. */
#define MAX_SYMBOLS 40
#define MAX_VALUE G_GUINT64_CONSTANT (100000000000000000)
#define MAX_POSITIONAL 15

static const struct
{
  const char *characters;
  guint64 value;               /* a digit below 10, else a unit */
} symbols[] = {
  { "零〇○", 0 },
  { "一壹弌", 1 },
  { "二贰貳两兩", 2 },
  { "三叁叄參", 3 },
  { "四肆", 4 },
  { "五伍", 5 },
  { "六陆陸", 6 },
  { "七柒", 7 },
  { "八捌", 8 },
  { "九玖", 9 },
  { "十拾", 10 },
  { "百佰", 100 },
  { "千仟", 1000 },
  { "万萬", 10000 },
  { "亿億", 100000000 },
};

typedef struct
{
  guint64 total;               /* what 万 and 亿 have closed */
  guint64 section;             /* below 万 */
  guint64 last_small;          /* the unit before in this section */
  guint64 last_large;
  int digit;                   /* that waits for its unit, -1: none */
  gboolean zero;               /* a 零 stands before */
  gboolean wrong;
} Reading;

static int
find_symbol (const char *text)
{
  gunichar character = g_utf8_get_char (text);

  for (guint i = 0; i < G_N_ELEMENTS (symbols); i++)
    if (character != 0 && g_utf8_strchr (symbols[i].characters, -1, character) != NULL)
      return (int) i;
  return -1;
}

/**
 * yeji_numeral_starts:
 *
 * Returns: whether @text begins with a Chinese numeral
 */
gboolean
yeji_numeral_starts (const char *text)
{
  return find_symbol (text) >= 0;
}

static void
read_digit (Reading *reading,
            guint    digit)
{
  if (reading->digit >= 0)
    reading->wrong = TRUE;
  else if (digit == 0)
    reading->zero = TRUE;
  else
    reading->digit = (int) digit;
}

/* A digit without a unit counts ones only behind 十 or 零: 一百二 means 120 to most people. */
static void
close_ones (Reading  *reading,
            gboolean  before_large)
{
  gboolean first = reading->section == 0 && (before_large || reading->total == 0);

  if (reading->digit < 0)
    return;
  if (!first && !reading->zero && reading->last_small != 10)
    reading->wrong = TRUE;
  reading->section += (guint64) reading->digit;
  reading->digit = -1;
}

static void
read_unit (Reading *reading,
           guint64  unit)
{
  if (unit >= 10000)
    {
      close_ones (reading, TRUE);
      if (reading->section == 0 && reading->last_large != 10000)
        reading->wrong = TRUE;
      if (unit < reading->last_large)
        reading->total += reading->section * unit;
      else if (reading->last_large == 10000 && unit > 10000)   /* 万亿 */
        reading->total = (reading->total + reading->section) * unit;
      else
        reading->wrong = TRUE;
      reading->last_large = unit;
      reading->section = 0;
      reading->last_small = 10000;
    }
  else
    {
      if (reading->digit < 0 && unit == 10 && reading->section == 0)
        reading->digit = 1;                                    /* 十五 */
      if (reading->digit < 0 || unit >= reading->last_small)
        reading->wrong = TRUE;
      reading->section += (guint64) MAX (reading->digit, 0) * unit;
      reading->last_small = unit;
      reading->digit = -1;
    }
  reading->zero = FALSE;
  if (reading->total > MAX_VALUE)
    reading->wrong = TRUE;
}

/* 二〇一六: digits alone, as they are spoken one by one. */
static gboolean
read_positional (const int *found,
                 guint      n_found,
                 guint64   *value)
{
  *value = 0;
  for (guint i = 0; i < n_found; i++)
    {
      if (symbols[found[i]].value >= 10)
        return FALSE;
      *value = *value * 10 + symbols[found[i]].value;
    }
  return n_found <= MAX_POSITIONAL;
}

/**
 * yeji_numeral_read:
 * @text: (inout): moves behind the numeral
 * @value: (out): the number
 * @large: (out) (optional): whether it holds 万 or 亿
 *
 * Reads the longest run of Chinese numerals at the beginning of @text. What only some people take
 * for the same number is refused.
 *
 * Returns: whether the run is a number
 */
gboolean
yeji_numeral_read (const char **text,
                   guint64     *value,
                   gboolean    *large)
{
  Reading reading = { .last_small = 10000, .last_large = G_MAXUINT64, .digit = -1 };
  int found[MAX_SYMBOLS];
  guint n_found = 0;
  gboolean has_large = FALSE;

  for (; **text != '\0' && find_symbol (*text) >= 0; *text = g_utf8_next_char (*text))
    {
      if (n_found == MAX_SYMBOLS)
        return FALSE;
      found[n_found++] = find_symbol (*text);
    }
  if (n_found == 0)
    return FALSE;
  if (read_positional (found, n_found, value))
    {
      if (large != NULL)
        *large = FALSE;
      return TRUE;
    }
  for (guint i = 0; i < n_found; i++)
    {
      guint64 symbol = symbols[found[i]].value;

      has_large = has_large || symbol >= 10000;
      if (symbol < 10)
        read_digit (&reading, (guint) symbol);
      else
        read_unit (&reading, symbol);
    }
  if (reading.zero && reading.digit < 0)
    return FALSE;                                              /* 一百零 */
  close_ones (&reading, FALSE);
  *value = reading.total + reading.section;
  if (large != NULL)
    *large = has_large;
  return !reading.wrong && *value < MAX_VALUE;
}
