// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-mask"

#include "config.h"

#include "yeji-mask.h"

/* As banks and the post show numbers: enough to know one's own again, too little to use it. */
#define SHOWN_BEFORE 3
#define SHOWN_AFTER 4

/* Instead of a number of which nothing is known. */
#define HIDDEN "••••"

/**
 * yeji_is_sealed:
 *
 * Returns: whether the value is a sealed one, which could not be opened
 */
gboolean
yeji_is_sealed (const char *value)
{
  return g_str_has_prefix (value, YEJI_SEALED_PREFIX);
}

/**
 * yeji_mask:
 * @value: a personal number
 *
 * Hides the middle of a number. Of one that is so short that little would be hidden, all of it.
 *
 * Returns: (transfer full): as many characters as @value has; of one that is sealed, four dots
 */
char *
yeji_mask (const char *value)
{
  glong length, i = 0;
  gboolean is_short;
  GString *masked;

  g_return_val_if_fail (value != NULL, NULL);

  if (yeji_is_sealed (value))
    return g_strdup (HIDDEN);
  length = g_utf8_strlen (value, -1);
  is_short = length < SHOWN_BEFORE + 2 * SHOWN_AFTER;
  masked = g_string_new (NULL);
  for (const char *c = value; *c != '\0'; c = g_utf8_next_char (c), i++)
    if (!is_short && (i < SHOWN_BEFORE || i >= length - SHOWN_AFTER))
      g_string_append_unichar (masked, g_utf8_get_char (c));
    else
      g_string_append_c (masked, '*');
  return g_string_free (masked, FALSE);
}

/**
 * yeji_field_mask_value:
 *
 * Returns: (transfer full): the value as anybody may see it, that is, masked where the field is a
 * personal one
 */
char *
yeji_field_mask_value (const YejiFieldDef *field,
                       const char         *value)
{
  return field->personal != YEJI_PERSONAL_NO || yeji_is_sealed (value) ? yeji_mask (value) : g_strdup (value);
}
