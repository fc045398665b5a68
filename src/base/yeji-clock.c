// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-clock"

#include "config.h"

#include "yeji-clock.h"

/**
 * yeji_clock_now:
 *
 * Returns: (transfer full): the moment in UTC, RFC 3339 with milliseconds
 */
char *
yeji_clock_now (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *seconds = g_date_time_format (now, "%Y-%m-%dT%H:%M:%S");

  return g_strdup_printf ("%s.%03dZ", seconds, g_date_time_get_microsecond (now) / 1000);
}

/**
 * yeji_clock_today:
 *
 * Returns: (transfer full): the day in China, `YYYY-MM-DD`. Dates of the standard are China's; the
 * country has one time zone and no summer time, and an office PC may be set to another.
 */
char *
yeji_clock_today (void)
{
  g_autoptr (GTimeZone) china = g_time_zone_new_offset (8 * 60 * 60);
  g_autoptr (GDateTime) now = g_date_time_new_now (china);

  return g_date_time_format (now, "%Y-%m-%d");
}
