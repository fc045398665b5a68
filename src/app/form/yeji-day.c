// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-day"

#include "config.h"

#include "yeji-day.h"

#include <glib/gi18n.h>

#include "yeji-profile.h"

/* What is no number parts numbers; eight digits at a stretch are a whole day. */
static gboolean
read_numbers (const char *typed,
              guint       numbers[3])
{
  guint n = 0, digits = 0;

  for (const char *c = typed; *c != '\0'; c = g_utf8_next_char (c))
    {
      int digit = g_unichar_digit_value (g_utf8_get_char (c));

      if (digit < 0)
        {
          digits = 0;
          continue;
        }
      if (digits == 0 && n++ == 3)
        return FALSE;
      numbers[n - 1] = digits == 0 ? (guint) digit : numbers[n - 1] * 10 + (guint) digit;
      if (++digits > 8)
        return FALSE;
    }
  if (n != 1 || digits != 8)
    return n == 3;
  numbers[2] = numbers[0] % 100;
  numbers[1] = numbers[0] / 100 % 100;
  numbers[0] /= 10000;
  return TRUE;
}

/**
 * yeji_day_read:
 * @typed: a day in any of the ways in which one is typed: 2026-12-31, 2026.12.31, 2026年12月31日,
 *     20261231, in full width or not
 *
 * Returns: (transfer full) (nullable): `YYYY-MM-DD`; %NULL when it is no day
 */
char *
yeji_day_read (const char *typed)
{
  guint numbers[3] = { 0 };
  g_autofree char *day = NULL;

  if (!read_numbers (typed, numbers) || numbers[0] < 1000)
    return NULL;
  day = g_strdup_printf ("%04u-%02u-%02u", numbers[0], numbers[1], numbers[2]);
  return yeji_profile_is_day (day) ? g_steal_pointer (&day) : NULL;
}

/**
 * yeji_day_count_left:
 * @days: from today; below 0 it is overdue
 *
 * Returns: (transfer full): the same in words
 */
char *
yeji_day_count_left (int days)
{
  if (days == 0)
    return g_strdup (_("Due today"));
  if (days < 0)
    return g_strdup_printf (ngettext ("Overdue by %d day", "Overdue by %d days", (gulong) -days),
                            -days);
  return g_strdup_printf (ngettext ("%d day left", "%d days left", (gulong) days), days);
}
