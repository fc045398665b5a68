// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-store"

#include "config.h"

#include "yeji-bin-private.h"

#include "yeji-clock.h"

/* The days that the bin counts. A day counts when the profile was open on it, once, however often
 * the clock comes to it; so no clock that jumps makes thirty days of fewer. What is seen first
 * later has the greater number. */

/**
 * yeji_bin_note_day: (skip)
 * @now: as yeji_clock_now() says it
 * @number: (out) (optional): of that day
 *
 * Notes that the profile is open today; writes nothing when that is noted already.
 */
gboolean
yeji_bin_note_day (YejiSql     *sql,
                   const char  *now,
                   gint64      *number,
                   GError     **error)
{
  g_autoptr (YejiRows) rows = NULL;

  if (!yeji_sql_exec (sql, error,
                      "INSERT INTO bin_day (day) VALUES (substr (?1, 1, 10))"
                      " ON CONFLICT (day) DO NOTHING", "s", now)
      || !yeji_sql_exec (sql, error,
                         "INSERT INTO setting (name, value)"
                         " VALUES ('" YEJI_BIN_TODAY "', substr (?1, 1, 10))"
                         " ON CONFLICT (name) DO UPDATE SET value = excluded.value"
                         " WHERE value <> excluded.value", "s", now))
    return FALSE;
  if (number == NULL)
    return TRUE;
  rows = yeji_sql_query (sql, error, "SELECT number FROM bin_day WHERE day = substr (?1, 1, 10)",
                         "s", now);
  if (rows == NULL || !yeji_rows_next (rows, error))
    return FALSE;
  *number = yeji_rows_int (rows, 0);
  return TRUE;
}

/**
 * yeji_bin_count_days_left:
 * @removed_at: when something was moved to the bin, RFC 3339
 * @n_days: on how many days after that one the profile was open
 *
 * Returns: how many days are left until it may be deleted; 0: at a later start, on another day
 */
guint
yeji_bin_count_days_left (const char *removed_at,
                          guint       n_days)
{
  g_autofree char *now = yeji_clock_now ();
  g_autoptr (GDateTime) moment = g_date_time_new_from_iso8601 (now, NULL);
  g_autoptr (GDateTime) removed = g_date_time_new_from_iso8601 (removed_at, NULL);
  GTimeSpan gone;
  guint days = MIN (n_days, YEJI_BIN_DAYS);

  /* A time that is to come was a mistake of the clock, and tells nothing. */
  if (removed == NULL || g_date_time_compare (removed, moment) > 0)
    return YEJI_BIN_DAYS - days;
  gone = g_date_time_difference (moment, removed) / G_TIME_SPAN_DAY;
  return YEJI_BIN_DAYS - (guint) MIN (gone, (GTimeSpan) days);
}
