// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-value"

#include "config.h"

#include "yeji-value.h"

#include <string.h>

static guint
count_digits (const char *text)
{
  return (guint) strspn (text, "0123456789");
}

/**
 * yeji_number_parse:
 * @text: what was typed: digits, maybe a minus sign before and a point with digits behind; no unit,
 *     no thousands separators, no exponent
 * @number: (out caller-allocates): the number
 *
 * Returns: whether @text is a number
 */
gboolean
yeji_number_parse (const char *text,
                   YejiNumber *number)
{
  const char *digits = *text == '-' ? text + 1 : text;
  guint before = count_digits (digits);
  const char *point = digits + before;
  guint behind = *point == '.' ? count_digits (point + 1) : 0;
  const char *end = *point == '.' ? point + 1 + behind : point;

  if (before == 0 || *end != '\0' || (*point == '.' && behind == 0))
    return FALSE;

  number->value = g_ascii_strtod (text, NULL);
  for (; before > 1 && *digits == '0'; digits++)
    before--;
  for (; behind > 0 && end[-1] == '0'; end--)
    behind--;
  number->digits = before;
  number->decimals = behind;
  return TRUE;
}

/**
 * yeji_date_parse:
 * @text: what was typed
 * @date: (out caller-allocates): the day
 *
 * Returns: whether @text is a day of the calendar in the form YYYY-MM-DD
 */
gboolean
yeji_date_parse (const char *text,
                 GDate      *date)
{
  guint year, month, day;

  if (strlen (text) != 10 || count_digits (text) != 4 || text[4] != '-'
      || count_digits (text + 5) != 2 || text[7] != '-' || count_digits (text + 8) != 2)
    return FALSE;
  year = (guint) g_ascii_strtoull (text, NULL, 10);
  month = (guint) g_ascii_strtoull (text + 5, NULL, 10);
  day = (guint) g_ascii_strtoull (text + 8, NULL, 10);
  if (!g_date_valid_dmy ((GDateDay) day, (GDateMonth) month, (GDateYear) year))
    return FALSE;
  g_date_clear (date, 1);
  g_date_set_dmy (date, (GDateDay) day, (GDateMonth) month, (GDateYear) year);
  return TRUE;
}
