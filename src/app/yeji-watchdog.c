// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-watchdog"

#include "config.h"

#include "yeji-watchdog.h"

#include "yeji-platform.h"

/* Between two polls the main loop does nothing but run callbacks, so the time from one to the next
 * is what the window stood still. A poll function is the one place where both ends are seen. */
static struct
{
  GPollFunc poll;              /* the one that it stands in for */
  gint64 limit;                /* microseconds */
  gint64 woke;                 /* own time at which the last poll returned, 0 while resting */
} watch;

static int
poll_and_watch (GPollFD *fds,
                guint    n_fds,
                int      timeout)
{
  int ready;

  yeji_watchdog_rest ();
  ready = watch.poll (fds, n_fds, timeout);
  watch.woke = yeji_platform_get_own_time ();
  return ready;
}

/**
 * yeji_watchdog_start:
 * @limit: milliseconds
 *
 * From now on a critical message says when the main loop was busy for longer than @limit without
 * looking for input; tests take it for a failure. Time in which other programs had the processor
 * does not count. To be called on the main thread, once.
 */
void
yeji_watchdog_start (guint limit)
{
  g_return_if_fail (watch.poll == NULL);

  watch.limit = (gint64) limit * 1000;
  watch.poll = g_main_context_get_poll_func (NULL);
  g_main_context_set_poll_func (NULL, poll_and_watch);
}

/**
 * yeji_watchdog_set_limit:
 * @limit: milliseconds
 *
 * Changes the limit of a watch that goes on.
 */
void
yeji_watchdog_set_limit (guint limit)
{
  watch.limit = (gint64) limit * 1000;
}

/**
 * yeji_watchdog_rest:
 *
 * Judges what ran since the last poll, and looks away until the next one. For who iterates the main
 * context by hand: what is done between two iterations is no callback.
 */
void
yeji_watchdog_rest (void)
{
  gint64 taken = watch.woke != 0 ? yeji_platform_get_own_time () - watch.woke : 0;

  watch.woke = 0;
  if (taken > watch.limit)
    g_critical ("the window stood still for %.0f ms", (double) taken / 1000);
}
