// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "app-fixture.h"
#include "yeji-platform.h"
#include "yeji-watchdog.h"

#define LIMIT_MS 100

static gboolean ran;

/* By its own time, so that it is as long on a busy machine. */
static void
work (guint milliseconds)
{
  gint64 until = yeji_platform_get_own_time () + milliseconds * 1000;

  while (yeji_platform_get_own_time () < until)
    continue;
}

static gboolean
on_idle (gpointer data)
{
  work (GPOINTER_TO_UINT (data));
  ran = TRUE;
  return G_SOURCE_REMOVE;
}

/* One iteration may find nothing to dispatch although more is ready. */
static void
run_all (void)
{
  for (ran = FALSE; !ran; )
    g_main_context_iteration (NULL, TRUE);
}

static void
test_short (void)
{
  g_idle_add (on_idle, GUINT_TO_POINTER (LIMIT_MS / 10));
  run_all ();
}

static void
test_long (void)
{
  if (g_test_subprocess ())
    {
      g_idle_add (on_idle, GUINT_TO_POINTER (LIMIT_MS * 3));
      run_all ();
      return;
    }
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_failed ();
  g_test_trap_assert_stderr ("*the window stood still for*");
}

/* In a loop that somebody else runs. */
static void
test_long_in_loop (void)
{
  if (g_test_subprocess ())
    {
      g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);

      g_idle_add (on_idle, GUINT_TO_POINTER (LIMIT_MS * 3));
      g_timeout_add (1, G_SOURCE_FUNC (g_main_loop_quit), loop);
      g_main_loop_run (loop);
      g_main_context_iteration (NULL, FALSE);
      return;
    }
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_failed ();
  g_test_trap_assert_stderr ("*the window stood still for*");
}

static void
test_between (void)
{
  g_idle_add (on_idle, GUINT_TO_POINTER (1));
  run_all ();
  work (LIMIT_MS * 2);
  g_idle_add (on_idle, GUINT_TO_POINTER (1));
  run_all ();
}

static void
add_tests (void)
{
  g_test_add_func ("/app/watchdog/lets-short-work-pass", test_short);
  g_test_add_func ("/app/watchdog/barks-when-the-window-stands-still", test_long);
  g_test_add_func ("/app/watchdog/barks-in-a-loop-of-others", test_long_in_loop);
  g_test_add_func ("/app/watchdog/does-not-watch-the-test-itself", test_between);
}

int
main (int    argc,
      char **argv)
{
  /* also where the other tests are not watched */
  g_setenv ("YEJI_WATCHDOG", G_STRINGIFY (LIMIT_MS), TRUE);
  return app_fixture_main (&argc, &argv, add_tests);
}
