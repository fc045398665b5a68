// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* Amounts as they stand on a contract: in the unit of the currency, and in capital words. */

#define G_LOG_DOMAIN "yeji-amount"

#include "config.h"

#include "yeji-amount.h"

#include <string.h>

#include "yeji-normalisation.h"

/* 9999 万亿: beyond that nobody agrees on the words. */
#define MAX_VALUE G_GUINT64_CONSTANT (9999999999999999)
#define MAX_DIGITS 16

/* Hundredths of the unit that is written. */
#define HUNDREDTHS 100

static const char * const digit_words[] = { "零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖" };
static const char * const small_units[] = { "", "拾", "佰", "仟" };
static const char * const large_units[] = { "", "万", "亿", "万" };

/**
 * yeji_numeral_write:
 * @value: up to 9999999999999999
 *
 * Writes a number in capital words, as 《正确填写票据和结算凭证的基本规定》 has it: one 零 for the zeros
 * between two digits, 壹拾 and not 拾. Of the two ways that it allows where a group of four ends in
 * a zero (壹拾万伍仟, 壹拾万零伍仟) it is the shorter one.
 *
 * Returns: (transfer full) (nullable): the words; %NULL beyond the bound
 */
char *
yeji_numeral_write (guint64 value)
{
  g_autoptr (GString) words = g_string_new (NULL);
  char digits[24];
  gboolean zero = FALSE;       /* that waits for the next digit */
  gboolean filled = FALSE;     /* whether the group of four has a digit */
  guint length;

  if (value > MAX_VALUE)
    return NULL;
  length = (guint) g_snprintf (digits, sizeof digits, "%" G_GUINT64_FORMAT, value);
  for (guint i = 0; value > 0 && i < length; i++)
    {
      guint place = length - 1 - i;
      guint digit = (guint) (digits[i] - '0');

      if (digit == 0)
        zero = TRUE;
      else
        {
          if (zero)
            g_string_append (words, digit_words[0]);
          zero = FALSE;
          filled = TRUE;
          g_string_append (words, digit_words[digit]);
          g_string_append (words, small_units[place % 4]);
        }
      if (place % 4 != 0 || place == 0)
        continue;
      if (filled || place == 8)                                /* 壹万亿 */
        {
          g_string_append (words, large_units[place / 4]);
          zero = FALSE;
        }
      filled = FALSE;
    }
  if (value == 0)
    g_string_append (words, digit_words[0]);
  return g_string_free (g_steal_pointer (&words), FALSE);
}

/* How many hundredths of @unit the text is, exactly; FALSE if it is no such number. */
static gboolean
read_hundredths (const char         *text,
                 const YejiUnitName *unit,
                 guint64            *hundredths)
{
  guint64 number = 0, below = unit->numerator;
  guint64 above = (guint64) unit->denominator * HUNDREDTHS;
  guint n_digits = 0;
  gboolean behind = FALSE;

  for (const char *c = text; *c != '\0'; c++)
    {
      if (*c == '.' && !behind && c > text && c[1] != '\0')
        {
          behind = TRUE;
          continue;
        }
      if (!g_ascii_isdigit (*c) || (n_digits += number > 0 || *c != '0') > MAX_DIGITS)
        return FALSE;
      number = number * 10 + (guint64) g_ascii_digit_value (*c);
      if (!behind)
        continue;
      if (above % 10 == 0)
        above /= 10;
      else if (!g_uint64_checked_mul (&below, below, 10))
        return FALSE;
    }
  if (*text == '\0' || !g_uint64_checked_mul (&number, number, above) || number % below != 0)
    return FALSE;
  *hundredths = number / below;
  return *hundredths / HUNDREDTHS <= MAX_VALUE;
}

static char *
write_plain (guint64     hundredths,
             const char *unit)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_append_printf (text, "%" G_GUINT64_FORMAT, hundredths / HUNDREDTHS);
  for (gssize i = (gssize) text->len - 3; i > 0; i -= 3)
    g_string_insert_c (text, i, ',');
  if (hundredths % HUNDREDTHS != 0)
    g_string_append_printf (text, ".%02u", (guint) (hundredths % HUNDREDTHS));
  g_string_append_printf (text, " %s", unit);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
write_words (guint64         hundredths,
             const YejiUnit *unit)
{
  guint64 whole = hundredths / HUNDREDTHS;
  guint tenths = (guint) (hundredths / 10 % 10);
  guint rest = (guint) (hundredths % 10);
  g_autofree char *numeral = yeji_numeral_write (whole);
  g_autoptr (GString) text = g_string_new (unit->currency);

  if (whole > 0 || hundredths == 0)
    g_string_append_printf (text, "%s%s", numeral, unit->written[0]->name);
  if (tenths > 0)
    g_string_append_printf (text, "%s%s", digit_words[tenths], unit->written[1]->name);
  else if (rest > 0 && whole > 0)
    g_string_append (text, digit_words[0]);
  if (rest > 0)
    g_string_append_printf (text, "%s%s", digit_words[rest], unit->written[2]->name);
  else
    g_string_append (text, unit->ending);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/**
 * yeji_amount_write:
 * @field: of any unit
 * @text: the value as typed
 * @plain: (out): the amount in the currency, such as "29,282,800 元"
 * @words: (out): the same in capital words, such as "人民币贰仟玖佰贰拾捌万贰仟捌佰元整"
 *
 * Returns: %FALSE if amounts in the field's unit are not written out, if @text is no number of the
 *   dictionary's form, is negative, or has parts that no word says
 */
gboolean
yeji_amount_write (YejiDictionary      *dictionary,
                   const YejiFieldDef  *field,
                   const char          *text,
                   char               **plain,
                   char               **words)
{
  const YejiNormalisation *normalisation = yeji_dictionary_get_normalisation (dictionary);
  const YejiUnit *unit = NULL;
  guint64 hundredths;

  if (normalisation != NULL && field->unit != NULL)
    unit = yeji_normalisation_find_unit (normalisation, field->unit);
  if (unit == NULL || unit->written[0] == NULL
      || !read_hundredths (text, unit->written[0], &hundredths))
    return FALSE;
  *plain = write_plain (hundredths, unit->written[0]->name);
  *words = write_words (hundredths, unit);
  return TRUE;
}
