// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* Numbers with units, thousands separators, signs of money, or in Chinese words. All arithmetic is
 * done on strings of decimal digits: 29282800元 is 2928.28万元 to the last digit. */

#define G_LOG_DOMAIN "yeji-normaliser"

#include "config.h"

#include "yeji-normalise-private.h"

#include <string.h>

#define MAX_PARTS 4            /* 1亿2000万元3角4分 */
#define MAX_DIGITS 40
#define MAX_FACTOR G_GUINT64_CONSTANT (1000000000000)

/* Fewer digits than this are not worth rounding to: 0.00005 is not 0.0001. */
#define MIN_SIGNIFICANT 4

/* One number with its unit. */
typedef struct
{
  char *digits;                /* before and behind the point */
  guint decimals;
  const YejiUnitName *unit;    /* (nullable): none was written */
} Part;

typedef struct
{
  Part parts[MAX_PARTS];
  guint n_parts;
  gboolean negative;
  gboolean sign;               /* of money and the like */
  gboolean ending;
  gboolean separators;
  gboolean chinese;
  gboolean large;              /* 万 or 亿 in Chinese words */
} Amount;

static void
clear_amount (Amount *amount)
{
  for (guint i = 0; i < amount->n_parts; i++)
    g_free (amount->parts[i].digits);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Amount, clear_amount)

static char *
multiply (const char *digits,
          guint64     factor)
{
  GString *product = g_string_new (digits);
  guint64 carry = 0;

  for (gsize i = product->len; i > 0; i--)
    {
      carry += (guint64) (product->str[i - 1] - '0') * factor;
      product->str[i - 1] = (char) ('0' + carry % 10);
      carry /= 10;
    }
  for (; carry > 0; carry /= 10)
    g_string_prepend_c (product, (char) ('0' + carry % 10));
  return g_string_free (product, FALSE);
}

static char *
divide (const char *digits,
        guint64     divisor,
        guint64    *rest)
{
  char *quotient = g_strdup (digits);

  *rest = 0;
  for (char *digit = quotient; *digit != '\0'; digit++)
    {
      *rest = *rest * 10 + (guint64) (*digit - '0');
      *digit = (char) ('0' + *rest / divisor);
      *rest %= divisor;
    }
  return quotient;
}

static char *
add (const char *first,
     const char *second)
{
  gsize lengths[] = { strlen (first), strlen (second) };
  gsize length = MAX (lengths[0], lengths[1]) + 1;
  char *sum = g_malloc (length + 1);
  guint carry = 0;

  sum[length] = '\0';
  for (gsize i = 0; i < length; i++)
    {
      carry += i < lengths[0] ? (guint) (first[lengths[0] - 1 - i] - '0') : 0;
      carry += i < lengths[1] ? (guint) (second[lengths[1] - 1 - i] - '0') : 0;
      sum[length - 1 - i] = (char) ('0' + carry % 10);
      carry /= 10;
    }
  return sum;
}

static char *
append_zeros (const char *digits,
              guint       n_zeros)
{
  g_autofree char *zeros = g_strnfill (n_zeros, '0');

  return g_strconcat (digits, zeros, NULL);
}

static guint64
common_multiple (guint64 a,
                 guint64 b)
{
  guint64 x = a, y = b;

  while (y != 0)
    {
      guint64 rest = x % y;

      x = y;
      y = rest;
    }
  return a / x * b;
}

/* Writes a number with so many decimals, without superfluous zeros. */
static char *
write_number (const char *digits,
              guint       decimals,
              gboolean    negative)
{
  g_autofree char *padded = append_zeros ("", decimals + 1);
  g_autofree char *all = g_strconcat (padded, digits, NULL);
  gsize point = strlen (all) - decimals;
  g_autoptr (GString) number = g_string_new_len (all, (gssize) point);

  while (number->len > 1 && number->str[0] == '0')
    g_string_erase (number, 0, 1);
  if (decimals > 0)
    {
      g_string_append_printf (number, ".%s", all + point);
      while (number->str[number->len - 1] == '0')
        g_string_truncate (number, number->len - 1);
      if (number->str[number->len - 1] == '.')
        g_string_truncate (number, number->len - 1);
    }
  if (negative && !g_str_equal (number->str, "0"))
    g_string_prepend_c (number, '-');
  return g_string_free (g_steal_pointer (&number), FALSE);
}

/**
 * compute:
 * @plain: (nullable): what a part without a unit counts; %NULL: the field's unit
 * @scale: decimals to keep
 * @rounded: (out): whether digits were lost
 *
 * Returns: (nullable): the amount in the field's unit
 */
static char *
compute (const Amount       *amount,
         const YejiUnitName *plain,
         guint               scale,
         gboolean           *rounded)
{
  guint64 common = 1, rest;
  guint decimals = 0;
  g_autofree char *total = g_strdup ("0");
  g_autofree char *scaled = NULL;
  g_autofree char *quotient = NULL;
  gsize length;
  gboolean up;

  for (guint i = 0; i < amount->n_parts; i++)
    {
      const YejiUnitName *unit = amount->parts[i].unit != NULL ? amount->parts[i].unit : plain;

      common = common_multiple (common, unit != NULL ? unit->denominator : 1);
      decimals = MAX (decimals, amount->parts[i].decimals);
      if (common > MAX_FACTOR)
        return NULL;
    }
  for (guint i = 0; i < amount->n_parts; i++)
    {
      const Part *part = &amount->parts[i];
      const YejiUnitName *unit = part->unit != NULL ? part->unit : plain;
      guint64 factor = unit != NULL ? common / unit->denominator * unit->numerator : common;
      g_autofree char *even = append_zeros (part->digits, decimals - part->decimals);
      g_autofree char *product = NULL;
      char *sum;

      if (factor > MAX_FACTOR)
        return NULL;
      product = multiply (even, factor);
      sum = add (total, product);
      g_free (total);
      total = sum;
    }

  /* the total counts `common`ths of 10^-decimals */
  scaled = append_zeros (total, scale);
  quotient = divide (scaled, common, &rest);
  length = strlen (quotient);
  if (length < decimals)
    {
      g_autofree char *zeros = append_zeros ("", decimals - (guint) length);
      char *longer = g_strconcat (zeros, quotient, NULL);

      g_free (quotient);
      quotient = longer;
      length = decimals;
    }
  *rounded = rest != 0 || strspn (quotient + length - decimals, "0") != decimals;
  up = decimals > 0 ? quotient[length - decimals] >= '5' : 2 * rest >= common;
  quotient[length - decimals] = '\0';
  if (up)
    {
      char *more = add (quotient, "1");

      g_free (quotient);
      quotient = more;
    }
  if (*rounded && strlen (quotient + strspn (quotient, "0")) < MIN_SIGNIFICANT)
    return NULL;
  return write_number (quotient, scale, amount->negative);
}

static guint
count_digits (const char *text)
{
  return (guint) strspn (text, "0123456789");
}

/* Reads groups of three behind the first digits: 29,282,800. A comma that is left over could be a
 * decimal one, and nothing that begins with it is a unit. */
static void
read_groups (const char **text,
             GString     *digits,
             Amount      *amount)
{
  char separator = **text;

  if (separator == '\0' || strchr (",' ", separator) == NULL || digits->len > 3
      || digits->str[0] == '0')
    return;
  while (**text == separator && count_digits (*text + 1) == 3)
    {
      g_string_append_len (digits, *text + 1, 3);
      *text += 4;
      amount->separators = TRUE;
    }
}

static gboolean
read_arabic (const char **text,
             Part        *part,
             Amount      *amount)
{
  g_autoptr (GString) digits = g_string_new (NULL);
  guint before = count_digits (*text);

  g_string_append_len (digits, *text, before);
  *text += before;
  if (before > 0)
    read_groups (text, digits, amount);
  if (**text == '.')
    {
      part->decimals = count_digits (*text + 1);
      if (before == 0 && part->decimals == 0)
        return FALSE;
      g_string_append_len (digits, *text + 1, part->decimals);
      *text += 1 + part->decimals;
    }
  if (digits->len == 0 || digits->len > MAX_DIGITS)
    return FALSE;
  part->digits = g_string_free (g_steal_pointer (&digits), FALSE);
  return TRUE;
}

/* Reads what is behind the point of 三点五, digit by digit: 三点十 is nothing. */
static gboolean
read_chinese_fraction (const char **text,
                       GString     *digits,
                       guint       *decimals)
{
  while (yeji_numeral_starts (*text) && digits->len < MAX_DIGITS)
    {
      const char *next = g_utf8_next_char (*text);
      g_autofree char *one = g_strndup (*text, (gsize) (next - *text));
      const char *at = one;
      guint64 digit;

      if (!yeji_numeral_read (&at, &digit, NULL) || digit > 9)
        break;
      g_string_append_c (digits, (char) ('0' + digit));
      (*decimals)++;
      *text = next;
    }
  return *decimals > 0;
}

static gboolean
read_chinese (const char **text,
              Part        *part,
              Amount      *amount)
{
  static const char * const points[] = { "点", "點" };
  g_autoptr (GString) digits = NULL;
  const char *start = *text;
  gboolean large = FALSE, point = FALSE;
  guint64 value;

  if (!yeji_numeral_read (text, &value, &large))
    return FALSE;
  amount->chinese = TRUE;
  amount->large = amount->large || large;
  /* 三五 is about four more often than it is thirty-five */
  if (g_utf8_strlen (start, *text - start) == 2 && value > 10 && value % 10 != 0
      && !g_str_has_prefix (start, "十") && !g_str_has_prefix (start, "拾"))
    return FALSE;
  digits = g_string_new (NULL);
  g_string_printf (digits, "%" G_GUINT64_FORMAT, value);
  for (guint i = 0; !point && i < G_N_ELEMENTS (points); i++)
    if (g_str_has_prefix (*text, points[i]))
      {
        *text += strlen (points[i]);
        point = TRUE;
      }
  if (point && !read_chinese_fraction (text, digits, &part->decimals))
    return FALSE;
  part->digits = g_string_free (g_steal_pointer (&digits), FALSE);
  return TRUE;
}

static void
skip_blanks (const char **text)
{
  while (**text == ' ')
    (*text)++;
}

/* Skips one of the words at the beginning, and says whether there was one. */
static gboolean
skip_word (const char         **text,
           const char * const  *words)
{
  for (; *words != NULL; words++)
    {
      g_autofree char *folded = yeji_fold (*words, NULL);
      g_autofree char *word = g_utf8_strdown (folded, -1);

      if (*word != '\0' && g_str_has_prefix (*text, word))
        {
          *text += strlen (word);
          return TRUE;
        }
    }
  return FALSE;
}

static const YejiUnitName *
read_unit (const char     **text,
           const YejiUnit  *unit)
{
  for (guint i = 0; unit != NULL && i < unit->names->len; i++)
    {
      const YejiUnitName *name = g_ptr_array_index (unit->names, i);
      g_autofree char *folded = yeji_fold (name->name, NULL);

      if (g_str_has_prefix (*text, folded))
        {
          *text += strlen (folded);
          return name;
        }
    }
  return NULL;
}

static gboolean
is_less (const YejiUnitName *a,
         const YejiUnitName *b)
{
  return (guint64) a->numerator * b->denominator < (guint64) b->numerator * a->denominator;
}

static gboolean
read_part (const char     **text,
           const YejiUnit  *unit,
           Amount          *amount)
{
  Part *part = &amount->parts[amount->n_parts++];
  gboolean chinese = yeji_numeral_starts (*text);

  *part = (Part) { NULL, 0, NULL };
  if (!(chinese ? read_chinese (text, part, amount) : read_arabic (text, part, amount)))
    return FALSE;
  skip_blanks (text);
  part->unit = read_unit (text, unit);
  skip_blanks (text);
  if (amount->n_parts == 1)
    return TRUE;
  return part->unit != NULL && part[-1].unit != NULL && is_less (part->unit, part[-1].unit);
}

static gboolean
read_amount (const char     *text,
             const YejiUnit *unit,
             Amount         *amount)
{
  const char * const none[] = { NULL };
  const char * const *signs = unit != NULL ? (const char * const *) unit->signs : none;
  const char * const *endings = unit != NULL ? (const char * const *) unit->endings : none;

  while (skip_word (&text, signs))
    {
      amount->sign = TRUE;
      skip_blanks (&text);
    }
  if (*text == '-' || *text == '+')
    amount->negative = *text++ == '-';
  do
    if (amount->n_parts == MAX_PARTS || !read_part (&text, unit, amount))
      return FALSE;
  while (g_ascii_isdigit (*text) || yeji_numeral_starts (text));
  while (skip_word (&text, endings))
    {
      amount->ending = TRUE;
      skip_blanks (&text);
    }
  return *text == '\0';
}

static const char *
find_reason (const YejiOffer *offer,
             const Amount    *amount,
             gboolean         rounded)
{
  if (rounded)
    return YEJI_REASON_ROUNDED;
  if (amount->chinese)
    return YEJI_REASON_CAPITAL_AMOUNT;
  if (amount->parts[0].unit != NULL || amount->sign || amount->ending)
    return YEJI_REASON_UNIT;
  if (amount->separators)
    return YEJI_REASON_SEPARATOR;
  return offer->folding != NULL ? offer->folding : YEJI_REASON_NUMBER;
}

static void
offer_amount (YejiOffer          *offer,
              const Amount       *amount,
              const YejiUnitName *plain,
              gboolean            exact)
{
  gboolean rounded = FALSE;
  g_autofree char *value = compute (amount, plain, offer->field->scale, &rounded);

  /* a number of things, without decimals, is not rounded */
  if (value == NULL || (rounded && (exact || offer->field->scale < 2)))
    return;
  yeji_offer_add (offer, value, find_reason (offer, amount, rounded));
}

/* A comma, a stop or an apostrophe of a Chinese keyboard. */
static char *
fold_number (const char *folded)
{
  g_autofree char *small = g_utf8_strdown (folded, -1);
  g_auto (GStrv) pieces = g_strsplit (small, "。", -1);

  return g_strjoinv (".", pieces);
}

/**
 * yeji_offer_number:
 *
 * Offers for a number.
 */
void
yeji_offer_number (YejiOffer *offer)
{
  const YejiUnit *unit = yeji_normalisation_find_unit (offer->normalisation, offer->field->unit);
  const YejiUnitName *meant = unit != NULL ? unit->meant : NULL;
  g_autofree char *text = fold_number (offer->folded);
  g_auto (Amount) amount = { .n_parts = 0 };
  gboolean bare;

  if (!read_amount (text, unit, &amount))
    return;
  bare = amount.parts[0].unit == NULL;
  if (!bare || meant == NULL)
    {
      offer_amount (offer, &amount, NULL, FALSE);
    }
  else if (amount.chinese)
    {
      /* 三千万 is an amount in the small unit; 三千 could be one in the field's */
      if (amount.large)
        offer_amount (offer, &amount, meant, FALSE);
    }
  else if (amount.sign || amount.ending)
    {
      /* ￥29282800 is most likely in the small unit, ￥2928.28 in the field's */
      gboolean long_number = strlen (amount.parts[0].digits) - amount.parts[0].decimals > 5;

      offer_amount (offer, &amount, long_number ? meant : NULL, TRUE);
      offer_amount (offer, &amount, long_number ? NULL : meant, TRUE);
    }
  else
    {
      offer_amount (offer, &amount, NULL, FALSE);
    }
}
