// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-clock"

#include "config.h"

#include "yeji-clock.h"

/* For tests: what is added to the system's clock. */
static gint64 offset_seconds;

/**
 * yeji_clock_set_offset: (skip)
 * @seconds: how far this program's clock goes ahead of the system's
 *
 * Sets the clock, for tests; before other threads look at it.
 */
void
yeji_clock_set_offset (gint64 seconds)
{
  offset_seconds = seconds;
}

/**
 * yeji_clock_now:
 *
 * Returns: (transfer full): the moment in UTC, RFC 3339 with milliseconds
 */
char *
yeji_clock_now (void)
{
  return yeji_clock_after (0);
}

/**
 * yeji_clock_after:
 * @seconds: from now on, negative for the past
 *
 * Returns: (transfer full): a moment as yeji_clock_now() writes it; the texts compare as the moments
 */
char *
yeji_clock_after (gint64 seconds)
{
  gint64 now = g_get_real_time ();
  g_autoptr (GDateTime) moment
    = g_date_time_new_from_unix_utc (now / G_USEC_PER_SEC + offset_seconds + seconds);
  int year, month, day;

  g_date_time_get_ymd (moment, &year, &month, &day);
  return g_strdup_printf ("%04d-%02d-%02dT%02d:%02d:%02d.%03dZ", year, month, day,
                          g_date_time_get_hour (moment), g_date_time_get_minute (moment),
                          g_date_time_get_second (moment), (int) (now % G_USEC_PER_SEC / 1000));
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
  g_autoptr (GDateTime) system = g_date_time_new_now (china);
  g_autoptr (GDateTime) now = g_date_time_add_seconds (system, (double) offset_seconds);

  return g_date_time_format (now, "%Y-%m-%d");
}
