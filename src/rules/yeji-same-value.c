// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-rules"

#include "config.h"

#include "yeji-same-value.h"

#include "yeji-value.h"

/* (transfer full): as the field wants it if there is but one way to understand it, else as it is */
static char *
write_right (YejiNormaliser     *normaliser,
             const YejiFieldDef *field,
             const char         *text)
{
  g_autoptr (GPtrArray) offers = yeji_normaliser_offer (normaliser, field, text);

  if (offers->len != 1)
    return g_strdup (text);
  return g_strdup (((const YejiSuggestion *) g_ptr_array_index (offers, 0))->value);
}

static gboolean
is_same_number (const char *first,
                const char *second)
{
  YejiNumber a, b;

  /* the texts of amounts are read alike, so equal ones are equal to the last bit */
  return yeji_number_parse (first, &a) && yeji_number_parse (second, &b)
         && !(a.value < b.value) && !(a.value > b.value);
}

static gboolean
is_same_date (const char *first,
              const char *second)
{
  GDate a, b;

  return yeji_date_parse (first, &a) && yeji_date_parse (second, &b)
         && g_date_compare (&a, &b) == 0;
}

/**
 * yeji_value_is_same:
 * @field: of the normaliser's dictionary
 *
 * Compares what two texts mean. Of numbers and days, how they are written does not matter: trailing
 * zeros, full width digits, another order of day and month, a unit. Other texts mean what they are.
 *
 * Returns: whether it is the same
 */
gboolean
yeji_value_is_same (YejiNormaliser     *normaliser,
                    const YejiFieldDef *field,
                    const char         *first,
                    const char         *second)
{
  g_autofree char *a = NULL;
  g_autofree char *b = NULL;

  g_return_val_if_fail (YEJI_IS_NORMALISER (normaliser), FALSE);
  g_return_val_if_fail (field != NULL && first != NULL && second != NULL, FALSE);

  if (g_str_equal (first, second))
    return TRUE;
  if (field->kind != YEJI_FIELD_NUMBER && field->kind != YEJI_FIELD_DATE)
    return FALSE;
  a = write_right (normaliser, field, first);
  b = write_right (normaliser, field, second);
  return g_str_equal (a, b)
         || (field->kind == YEJI_FIELD_NUMBER ? is_same_number (a, b) : is_same_date (a, b));
}
