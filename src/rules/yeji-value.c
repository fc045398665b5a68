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

/* Quotients of whole numbers up to 2^53 and powers of ten up to 10^22 are rounded once, so they are
 * what strtod says; most amounts are such. */
static double
read_decimal (const char *digits,
              guint       before,
              guint       behind)
{
  static const double tens[] = { 1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12,
                                 1e13, 1e14, 1e15 };
  gint64 whole = 0;

  if (before + behind >= G_N_ELEMENTS (tens))
    return g_ascii_strtod (digits, NULL);
  for (guint i = 0; i < before + behind; i++)
    whole = whole * 10 + g_ascii_digit_value (digits[i < before ? i : i + 1]);
  return (double) whole / tens[behind];
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

  number->value = read_decimal (digits, before, behind);
  if (*text == '-')
    number->value = -number->value;
  for (; before > 1 && *digits == '0'; digits++)
    before--;
  for (; behind > 0 && end[-1] == '0'; end--)
    behind--;
  number->digits = before;
  number->decimals = behind;
  return TRUE;
}

static gboolean
read_digits (const char *text,
             guint       length,
             guint      *number)
{
  *number = 0;
  for (guint i = 0; i < length; i++)
    {
      if (!g_ascii_isdigit (text[i]))
        return FALSE;
      *number = *number * 10 + (guint) g_ascii_digit_value (text[i]);
    }
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

  if (strlen (text) != 10 || text[4] != '-' || text[7] != '-'
      || !read_digits (text, 4, &year) || !read_digits (text + 5, 2, &month)
      || !read_digits (text + 8, 2, &day))
    return FALSE;
  if (!g_date_valid_dmy ((GDateDay) day, (GDateMonth) month, (GDateYear) year))
    return FALSE;
  g_date_clear (date, 1);
  g_date_set_dmy (date, (GDateDay) day, (GDateMonth) month, (GDateYear) year);
  return TRUE;
}
