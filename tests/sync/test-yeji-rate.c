// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "yeji-rate.h"

#define SECONDS 10
#define MOST_BURST (256 * 1024)

/* Takes as a sender does, with a clock of the test's own whose timers are late; @most_at_once is
 * what went beyond the rate. */
static gint64
take_for (YejiBucket *bucket,
          gsize       wanted,
          gint64      late,
          gint64     *most_at_once)
{
  const gint64 begin = 1000000, end = begin + SECONDS * G_USEC_PER_SEC;
  gint64 now = begin, total = 0, since_wait = 0, waited = begin;

  *most_at_once = 0;
  while (now < end)
    {
      gint64 wait;
      gsize granted = yeji_bucket_take (bucket, now, wanted, &wait);

      g_assert_cmpuint (granted, <=, wanted);
      g_assert_true ((granted == 0) == (wait > 0));
      total += (gint64) granted;
      since_wait = granted > 0 ? since_wait + (gint64) granted : 0;
      *most_at_once = MAX (*most_at_once,
                           since_wait - (now - waited) * bucket->rate / G_USEC_PER_SEC);
      if (wait > 0)
        waited = now + wait;
      now += wait > 0 ? wait + g_test_rand_int_range (0, (gint32) late + 1) : 1;
    }
  return total;
}

static void
test_keeps_to_the_rate (void)
{
  static const gint64 rates[] = { 2000, 20000, 50000, 300000, 5000000, 50000000 };
  static const gsize wants[] = { 512, 8192, 65536, 8 * 1024 * 1024 };
  static const gint64 lates[] = { 0, 1000, 20000 };

  for (guint i = 0; i < G_N_ELEMENTS (rates); i++)
    for (guint j = 0; j < G_N_ELEMENTS (wants); j++)
      for (guint k = 0; k < G_N_ELEMENTS (lates); k++)
        {
          YejiBucket bucket = { .rate = rates[i] };
          gint64 most;
          double share = (double) take_for (&bucket, wants[j], lates[k], &most)
                         / ((double) rates[i] * SECONDS);

          /* a bucket of 256 KB cannot make up for a timer that is later than it is deep */
          if (rates[i] <= 5000000 || lates[k] == 0)
            g_assert_cmpfloat (share, >, 0.95);
          g_assert_cmpfloat (share, <, 1.05);
          g_assert_cmpint (most, <=, MOST_BURST);
        }
}

static void
test_does_not_save_up (void)
{
  YejiBucket bucket = { .rate = 1000000 };
  gint64 wait;
  gsize granted;

  yeji_bucket_take (&bucket, 1, 1000, &wait);
  granted = yeji_bucket_take (&bucket, G_TIME_SPAN_HOUR, 8 * 1024 * 1024, &wait);
  g_assert_cmpuint (granted, >, 0);
  g_assert_cmpuint (granted, <=, 100000);
}

typedef struct
{
  YejiRate *rate;
  GCancellable *cancellable;
  gsize wanted;
} Taker;

static gpointer
take_all (gpointer data)
{
  Taker *taker = data;
  gsize taken = 0;

  while (taken < taker->wanted)
    {
      gsize granted = yeji_rate_take (taker->rate, MIN (8192, taker->wanted - taken),
                                      taker->cancellable);

      if (granted == 0)
        break;
      taken += granted;
    }
  return GSIZE_TO_POINTER (taken);
}

static void
test_threads_share_it (void)
{
  g_autoptr (YejiRate) rate = yeji_rate_new ();
  Taker taker = { rate, NULL, 100000 };
  GThread *threads[4];
  gint64 began = g_get_monotonic_time ();

  yeji_rate_set (rate, 1000000);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("taker", take_all, &taker);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_assert_cmpuint (GPOINTER_TO_SIZE (g_thread_join (threads[i])), ==, taker.wanted);
  g_assert_cmpint (g_get_monotonic_time () - began, >, 380000);
}

/* Nobody waits for a limit that has gone, nor after a cancellation. */
static void
test_who_waits_is_woken (void)
{
  g_autoptr (YejiRate) rate = yeji_rate_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Taker free_taker = { rate, NULL, 1000000 };
  Taker cancelled = { rate, cancellable, 1000000 };
  GThread *threads[2];

  yeji_rate_set (rate, 1000);
  threads[0] = g_thread_new ("free", take_all, &free_taker);
  threads[1] = g_thread_new ("cancelled", take_all, &cancelled);
  g_cancellable_cancel (cancellable);
  g_assert_cmpuint (GPOINTER_TO_SIZE (g_thread_join (threads[1])), <, cancelled.wanted);
  yeji_rate_set (rate, 0);
  g_assert_cmpuint (GPOINTER_TO_SIZE (g_thread_join (threads[0])), ==, free_taker.wanted);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync/rate/keeps-to-the-rate", test_keeps_to_the_rate);
  g_test_add_func ("/sync/rate/does-not-save-up", test_does_not_save_up);
  g_test_add_func ("/sync/rate/threads-share-it", test_threads_share_it);
  g_test_add_func ("/sync/rate/who-waits-is-woken", test_who_waits_is_woken);
  return g_test_run ();
}
