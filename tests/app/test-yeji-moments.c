// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* Moments are stored in UTC and read by a clerk in China. */

#include "config.h"

#include "yeji-clock.h"
#include "yeji-messages.h"

#define NOW "2026-11-22T07:00:00Z"

static const struct
{
  const char *moment;
  const char *text;
  const char *time;
} cases[] = {
  { "2026-11-22T06:03:09Z", "14:03", "14:03:09" },
  { "2026-11-22T06:03:09.250Z", "14:03", "14:03:09" },
  { "2026-11-22T14:03:09+08:00", "14:03", "14:03:09" },
  { "2026-11-21T16:00:00Z", "00:00", "00:00:00" },       /* yesterday by UTC */
  { "2026-11-21T15:59:59Z", "2026-11-21 23:59", "23:59:59" },
  { "2026-11-22T17:00:00Z", "2026-11-23 01:00", "01:00:00" },
  { "2025-11-22T06:03:09Z", "2025-11-22 14:03", "14:03:09" },
  { "", "", "" },
  { "2026-13-01T00:00:00Z", "", "" },
};

static void
test_moments (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_from_iso8601 (NOW, NULL);

  yeji_clock_set_offset (g_date_time_to_unix (now) - g_get_real_time () / G_USEC_PER_SEC);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = yeji_moment_to_text (cases[i].moment);
      g_autofree char *time = yeji_time_to_text (cases[i].moment);

      g_assert_cmpstr (text, ==, cases[i].text);
      g_assert_cmpstr (time, ==, cases[i].time);
    }
  yeji_clock_set_offset (0);
}

int
main (int    argc,
      char **argv)
{
  g_setenv ("TZ", "UTC-8", TRUE);  /* as POSIX has it: eight hours before UTC */
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/moments/are-of-the-zone-of-the-computer", test_moments);
  return g_test_run ();
}
