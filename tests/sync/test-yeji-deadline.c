// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "yeji-deadline.h"

/* Blocks until it is cancelled, as a name that is looked up may. */
static void
block (GCancellable *cancellable)
{
  GPollFD fd;

  g_assert_true (g_cancellable_make_pollfd (cancellable, &fd));
  g_poll (&fd, 1, 20000);
  g_cancellable_release_fd (cancellable);
}

static void
test_ends_what_blocks (void)
{
  gint64 began = g_get_monotonic_time ();
  YejiDeadline *deadline = yeji_deadline_begin (NULL, 1);

  block (yeji_deadline_get_cancellable (deadline));
  g_assert_true (g_cancellable_is_cancelled (yeji_deadline_get_cancellable (deadline)));
  g_assert_true (yeji_deadline_end (deadline));
  g_assert_cmpint (g_get_monotonic_time () - began, >=, G_TIME_SPAN_SECOND);
  g_assert_cmpint (g_get_monotonic_time () - began, <, 15 * G_TIME_SPAN_SECOND);
}

static void
test_leaves_alone_what_is_in_time (void)
{
  YejiDeadline *deadline = yeji_deadline_begin (NULL, 1000);

  yeji_deadline_move (deadline, 2000);
  g_assert_false (g_cancellable_is_cancelled (yeji_deadline_get_cancellable (deadline)));
  g_assert_false (yeji_deadline_end (deadline));
}

static void
test_can_be_moved (void)
{
  YejiDeadline *deadline = yeji_deadline_begin (NULL, 1000);

  yeji_deadline_move (deadline, 0);
  block (yeji_deadline_get_cancellable (deadline));
  g_assert_true (yeji_deadline_end (deadline));
}

static void
test_obeys_who_cancels (void)
{
  g_autoptr (GCancellable) outer = g_cancellable_new ();
  YejiDeadline *deadline = yeji_deadline_begin (outer, 1000);

  g_cancellable_cancel (outer);
  block (yeji_deadline_get_cancellable (deadline));
  g_assert_false (yeji_deadline_end (deadline));

  deadline = yeji_deadline_begin (outer, 1000);
  g_assert_true (g_cancellable_is_cancelled (yeji_deadline_get_cancellable (deadline)));
  g_assert_false (yeji_deadline_end (deadline));
}

static gpointer
begin_and_end (gpointer data)
{
  for (guint i = 0; i < 500; i++)
    {
      YejiDeadline *deadline = yeji_deadline_begin (data, i % 3 == 0 ? 0 : 1000);

      if (i % 7 == 0)
        yeji_deadline_move (deadline, 0);
      yeji_deadline_end (deadline);
    }
  return NULL;
}

static void
test_serves_many_threads (void)
{
  g_autoptr (GCancellable) outer = g_cancellable_new ();
  GThread *threads[8];

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("deadline", begin_and_end, outer);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync/deadline/ends-what-blocks", test_ends_what_blocks);
  g_test_add_func ("/sync/deadline/leaves-alone-what-is-in-time",
                   test_leaves_alone_what_is_in_time);
  g_test_add_func ("/sync/deadline/can-be-moved", test_can_be_moved);
  g_test_add_func ("/sync/deadline/obeys-who-cancels", test_obeys_who_cancels);
  g_test_add_func ("/sync/deadline/serves-many-threads", test_serves_many_threads);
  return g_test_run ();
}
