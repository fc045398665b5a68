// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-fit"

#include "config.h"

#include "yeji-fit.h"

#include <string.h>

typedef gboolean (*FitFunc) (const YejiFieldDef *field,
                             const char         *value);

static guint
count_digits (const char *text)
{
  return (guint) strspn (text, "0123456789");
}

static gboolean
fits_text (const YejiFieldDef *field,
           const char         *value)
{
  return field->length == 0 || g_utf8_strlen (value, -1) <= (glong) field->length;
}

static gboolean
fits_number (const YejiFieldDef *field,
             const char         *value)
{
  const char *digits = *value == '-' ? value + 1 : value;
  guint before = count_digits (digits);
  const char *point = digits + before;
  guint behind = *point == '.' ? count_digits (point + 1) : 0;
  const char *end = *point == '.' ? point + 1 + behind : point;
  double number = g_ascii_strtod (value, NULL);

  if (before == 0 || *end != '\0' || (*point == '.' && behind == 0))
    return FALSE;
  for (; before > 1 && *digits == '0'; digits++)
    before--;
  for (; behind > 0 && end[-1] == '0'; end--)
    behind--;
  return before + field->scale <= field->precision && behind <= field->scale
         && number >= field->min && number <= field->max;
}

static gboolean
fits_date (const YejiFieldDef *field,
           const char         *value)
{
  guint year, month, day;

  if (strlen (value) != 10 || count_digits (value) != 4 || value[4] != '-'
      || count_digits (value + 5) != 2 || value[7] != '-' || count_digits (value + 8) != 2)
    return FALSE;
  year = (guint) g_ascii_strtoull (value, NULL, 10);
  month = (guint) g_ascii_strtoull (value + 5, NULL, 10);
  day = (guint) g_ascii_strtoull (value + 8, NULL, 10);
  return g_date_valid_dmy ((GDateDay) day, (GDateMonth) month, (GDateYear) year);
}

static gboolean
fits_code (const YejiFieldDef *field,
           const char         *value)
{
  return yeji_code_list_find (field->codes, value) != NULL;
}

static const FitFunc fits[N_YEJI_FIELD_KINDS] = {
  [YEJI_FIELD_TEXT] = fits_text,
  [YEJI_FIELD_LONG_TEXT] = fits_text,
  [YEJI_FIELD_NUMBER] = fits_number,
  [YEJI_FIELD_DATE] = fits_date,
  [YEJI_FIELD_CODE] = fits_code,
  [YEJI_FIELD_LINK] = fits_text,
};

/**
 * yeji_field_def_fits:
 * @dictionary: that of the field, which says what is empty
 *
 * Looks at a value by itself: length, number, date, code. What the rules say is the validator's
 * part.
 *
 * Returns: whether @value is empty or of the field's kind and size
 */
gboolean
yeji_field_def_fits (const YejiFieldDef *self,
                     YejiDictionary     *dictionary,
                     const char         *value)
{
  return yeji_dictionary_is_empty_value (dictionary, value) || fits[self->kind] (self, value);
}
