// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-condition"

#include "config.h"

#include "yeji-condition.h"

/**
 * yeji_condition_holds:
 * @value: the text of the condition's field, "" when empty
 *
 * Tests a value; docs/dictionary-format.md says what each kind means.
 */
gboolean
yeji_condition_holds (const YejiCondition *self,
                      const char          *value)
{
  char *end;
  double number;

  switch (self->kind)
    {
    case YEJI_CONDITION_IN:
      return g_strv_contains ((const char * const *) self->values, value);
    case YEJI_CONDITION_NOT_IN:
      return !g_strv_contains ((const char * const *) self->values, value);
    case YEJI_CONDITION_ABOVE:
      number = g_ascii_strtod (value, &end);
      return end != value && *end == '\0' && number > self->above;
    case YEJI_CONDITION_FILLED:
      return *value != '\0';
    default:
      g_assert_not_reached ();
    }
}

void
yeji_condition_free (YejiCondition *self)
{
  g_free (self->field);
  g_strfreev (self->values);
  g_free (self);
}
