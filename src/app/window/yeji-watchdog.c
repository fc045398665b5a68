// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-watchdog"

#include "config.h"

#include "yeji-watchdog.h"

#include "yeji-platform.h"

/* Entries of the table that the computer's speed is told by: texts made, found and freed, as a
 * toolkit does all day, and so many that they fill the caches: other programs do not only take
 * turns with a processor, they also make it slow by emptying those. A hundredth of a second. */
#define N_ENTRIES 60000

/* Tries at the start, of which the quickest is what the computer can do, and tries when something
 * took long, which all count. */
#define N_TRIES_AT_START 5
#define N_TRIES 3

/* A computer is not taken for slower than so many times itself. */
#define MAX_SLOWNESS 3.0

/* Where programs wait for a processor half of the time, those that share its core make it slow in
 * ways that are not seen afterwards: so twice as long is allowed then. */
#define CROWDED 0.5
#define CROWDED_FACTOR 2

/* Between two polls the main loop does nothing but run callbacks, so the time from one to the next
 * is what the window stood still. A poll function is the one place where both ends are seen. */
static struct
{
  GPollFunc poll;              /* the one that it stands in for */
  gint64 limit;                /* microseconds */
  gint64 woke;                 /* own time at which the last poll returned, 0 while resting */
  gint64 work;                 /* work time at that moment */
  gint64 best;                 /* microseconds that the piece of work took at the start */
} watch;

static int
poll_and_watch (GPollFD *fds,
                guint    n_fds,
                int      timeout)
{
  int ready;

  yeji_watchdog_rest ();
  ready = watch.poll (fds, n_fds, timeout);
  watch.work = yeji_platform_get_work_time ();
  watch.woke = yeji_platform_get_own_time ();
  return ready;
}

/* ---- How fast the computer is now */

static void
work (void)
{
  g_autoptr (GHashTable) table = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < N_ENTRIES; i++)
    g_hash_table_add (table, g_strdup_printf ("%u of the piece of work", i * 7919 % N_ENTRIES));
}

static gint64
measure_work (void)
{
  gint64 begin = yeji_platform_get_work_time ();

  work ();
  return MAX (yeji_platform_get_work_time () - begin, 1);
}

static gint64
measure_best (void)
{
  gint64 best = G_MAXINT64;

  for (guint i = 0; i < N_TRIES_AT_START; i++)
    best = MIN (best, measure_work ());
  return best;
}

static double
measure_slowness (void)
{
  gint64 sum = 0;

  for (guint i = 0; i < N_TRIES; i++)
    sum += measure_work ();
  return (double) sum / N_TRIES / (double) watch.best;
}

/**
 * yeji_watchdog_weigh:
 * @worked: microseconds in which the thread had a processor
 * @waited: microseconds in which it waited for others, such as the X server
 * @slowness: how many times as long work takes as it did at the start
 * @crowding: the share of the time in which some program wants a processor and has none
 *
 * What the same would have taken on a computer without others at work.
 *
 * Returns: microseconds
 */
gint64
yeji_watchdog_weigh (gint64 worked,
                     gint64 waited,
                     double slowness,
                     double crowding)
{
  return (gint64) ((double) worked / CLAMP (slowness, 1, MAX_SLOWNESS)
                   + (double) MAX (waited, 0) * (1 - CLAMP (crowding, 0, 1)));
}

/* ---- The watch */

/**
 * yeji_watchdog_start:
 * @limit: milliseconds
 *
 * From now on a critical message says when the main loop was busy for longer than @limit without
 * looking for input; tests take it for a failure. What other programs take away does not count:
 * turns of the processor, its speed (a fixed piece of work is measured now, and again when
 * something took too long), and the time of those that are waited for. To be called on the main
 * thread, once.
 */
void
yeji_watchdog_start (guint limit)
{
  g_return_if_fail (watch.poll == NULL);

  watch.best = measure_best ();
  watch.limit = (gint64) limit * 1000;
  watch.poll = g_main_context_get_poll_func (NULL);
  g_main_context_set_poll_func (NULL, poll_and_watch);
}

/* Whether it was too long is found out only where it seems so. */
static void
judge (gint64 taken,
       gint64 worked)
{
  double slowness = measure_slowness ();
  double crowding = yeji_platform_get_crowding ();
  gint64 fair = yeji_watchdog_weigh (worked, taken - worked, slowness, crowding);
  gint64 limit = watch.limit * (crowding > CROWDED ? CROWDED_FACTOR : 1);

  if (fair > limit)
    g_critical ("the window stood still for %.0f ms (%.0f at work, on a computer %.1f times as slow"
                " as at the start; %.0f waiting, with %.0f %% of the time crowded)",
                (double) fair / 1000, (double) worked / 1000, slowness,
                (double) (taken - worked) / 1000, crowding * 100);
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
    judge (taken, yeji_platform_get_work_time () - watch.work);
}
