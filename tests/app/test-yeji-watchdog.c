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
      g_idle_add (on_idle, GUINT_TO_POINTER (LIMIT_MS * 5));
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

      g_idle_add (on_idle, GUINT_TO_POINTER (LIMIT_MS * 5));
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

/* What others take away does not count, as far as it can be told. */
static void
test_weigh (void)
{
  static const struct
  {
    gint64 worked;
    gint64 waited;
    double slowness;
    double crowding;
    gint64 fair;
  } cases[] = {
    { 90, 0, 1, 0, 90 },
    { 90, 30, 1, 0, 120 },
    { 90, 30, 1, 1, 90 },
    { 90, 30, 1, 0.5, 105 },
    { 90, 0, 1.5, 0, 60 },
    { 90, 60, 2, 0.5, 75 },
    { 900, 0, 100, 0, 300 },    /* nothing excuses everything */
    { 90, 0, 0.5, 0, 90 },      /* nor is a quick computer a fault */
    { 90, -1, 1, 0, 90 },       /* clocks differ */
    { 90, 30, 1, -1, 120 },
    { 90, 30, 1, 2, 90 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (yeji_watchdog_weigh (cases[i].worked, cases[i].waited, cases[i].slowness,
                                          cases[i].crowding), ==, cases[i].fair);
}

static void
add_tests (void)
{
  g_test_add_func ("/app/watchdog/lets-short-work-pass", test_short);
  g_test_add_func ("/app/watchdog/barks-when-the-window-stands-still", test_long);
  g_test_add_func ("/app/watchdog/barks-in-a-loop-of-others", test_long_in_loop);
  g_test_add_func ("/app/watchdog/does-not-watch-the-test-itself", test_between);
  g_test_add_func ("/app/watchdog/weighs-what-others-take-away", test_weigh);
}

int
main (int    argc,
      char **argv)
{
  /* also where the other tests are not watched */
  g_setenv ("YEJI_WATCHDOG", G_STRINGIFY (LIMIT_MS), TRUE);
  return app_fixture_main (&argc, &argv, add_tests);
}
