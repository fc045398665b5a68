// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-check-digit"

#include "config.h"

#include "yeji-check-digit.h"

#include <string.h>

#define CREDIT_CODE_LENGTH 18
#define ORGANISATION_CODE_LENGTH 9
#define CITIZEN_ID_LENGTH 18

static const char credit_alphabet[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";

/**
 * yeji_check_digit_credit_code:
 * @text: a unified social credit code
 *
 * Checks the last character after GB 32100-2015: weights 3^(i-1) mod 31, remainder from 31.
 *
 * Returns: %FALSE if @text has 18 characters of the alphabet and the last is wrong, or a character
 * is none of the alphabet; a text of another length is no credit code and passes
 */
gboolean
yeji_check_digit_credit_code (const char *text)
{
  guint sum = 0, weight = 1;
  const char *last;

  if (strlen (text) != CREDIT_CODE_LENGTH)
    return TRUE;
  for (guint i = 0; i < CREDIT_CODE_LENGTH - 1; i++)
    {
      const char *place = strchr (credit_alphabet, text[i]);

      if (place == NULL)
        return FALSE;
      sum += (guint) (place - credit_alphabet) * weight;
      weight = weight * 3 % 31;
    }
  last = strchr (credit_alphabet, text[CREDIT_CODE_LENGTH - 1]);
  return last != NULL && (guint) (last - credit_alphabet) == (31 - sum % 31) % 31;
}

static gboolean
check_organisation (const char *body,
                    char        check)
{
  static const guint weights[] = { 3, 7, 9, 10, 5, 8, 4, 2 };
  guint sum = 0, expected;

  for (guint i = 0; i < G_N_ELEMENTS (weights); i++)
    {
      if (g_ascii_isdigit (body[i]))
        sum += (guint) g_ascii_digit_value (body[i]) * weights[i];
      else if (g_ascii_isupper (body[i]))
        sum += (guint) (body[i] - 'A' + 10) * weights[i];
      else
        return FALSE;
    }
  expected = 11 - sum % 11;
  return check == (expected == 10 ? 'X' : expected == 11 ? '0' : (char) ('0' + expected));
}

/**
 * yeji_check_digit_organisation_code:
 * @text: an organisation code of 9 characters, or 10 with a hyphen before the last, or a credit
 *     code, whose characters 9 to 17 are one
 *
 * Checks the last character after GB 11714.
 *
 * Returns: %FALSE if it is wrong; a text of another length passes
 */
gboolean
yeji_check_digit_organisation_code (const char *text)
{
  gsize length = strlen (text);

  if (length == CREDIT_CODE_LENGTH)
    return check_organisation (text + 8, text[16]);
  if (length == ORGANISATION_CODE_LENGTH)
    return check_organisation (text, text[8]);
  if (length == ORGANISATION_CODE_LENGTH + 1 && text[8] == '-')
    return check_organisation (text, text[9]);
  return TRUE;
}

/**
 * yeji_check_digit_citizen_id:
 * @text: a citizen id; a small x stands for X
 *
 * Checks length, day of birth and last character after GB 11643-1999. The area part may be retired
 * and is not looked at.
 *
 * Returns: whether @text is a citizen id
 */
gboolean
yeji_check_digit_citizen_id (const char *text)
{
  static const guint weights[] = { 7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2 };
  static const char checks[] = "10X98765432";
  guint sum = 0, date[3] = { 0 };

  if (strlen (text) != CITIZEN_ID_LENGTH)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (weights); i++)
    {
      if (!g_ascii_isdigit (text[i]))
        return FALSE;
      sum += (guint) g_ascii_digit_value (text[i]) * weights[i];
    }
  for (guint i = 6; i < 14; i++)
    {
      guint *part = &date[i < 10 ? 0 : i < 12 ? 1 : 2];

      *part = *part * 10 + (guint) g_ascii_digit_value (text[i]);
    }
  if (!g_date_valid_dmy ((GDateDay) date[2], (GDateMonth) date[1], (GDateYear) date[0]))
    return FALSE;
  return g_ascii_toupper (text[CITIZEN_ID_LENGTH - 1]) == checks[sum % 11];
}

/**
 * yeji_algorithm_accepts:
 *
 * Returns: whether @text passes the algorithm of a dictionary's format
 */
gboolean
yeji_algorithm_accepts (YejiAlgorithm  algorithm,
                        const char    *text)
{
  static gboolean (* const algorithms[N_YEJI_ALGORITHMS]) (const char *) = {
    [YEJI_ALGORITHM_CREDIT_CODE] = yeji_check_digit_credit_code,
    [YEJI_ALGORITHM_ORGANISATION_CODE] = yeji_check_digit_organisation_code,
    [YEJI_ALGORITHM_CITIZEN_ID] = yeji_check_digit_citizen_id,
  };

  return algorithms[algorithm] == NULL || algorithms[algorithm] (text);
}
