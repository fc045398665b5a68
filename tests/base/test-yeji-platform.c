// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "yeji-clock.h"
#include "yeji-platform.h"
#include "yeji-test.h"

#include <errno.h>
#include <string.h>

static void
test_lock (void)
{
  g_autofree char *dir = yeji_test_dir_new ();
  g_autofree char *path = g_build_filename (dir, "锁", NULL);
  g_autofree char *holder = NULL;
  g_autoptr (GError) error = NULL;
  YejiLock *lock = yeji_platform_lock (path, NULL, &error);

  g_assert_no_error (error);
  g_assert_null (yeji_platform_lock (path, &holder, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_BUSY);
  g_assert_true (g_str_has_prefix (holder, g_get_prgname ()));
  yeji_platform_unlock (lock);

  g_clear_error (&error);
  lock = yeji_platform_lock (path, NULL, &error);
  g_assert_no_error (error);
  yeji_platform_unlock (lock);
  yeji_test_dir_remove (dir);
}

static void
test_lock_nowhere (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (yeji_platform_lock ("/nowhere/at-all/lock", NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

/* Whoever looks takes nothing, and does not keep the next one from locking. */
static void
test_holder (void)
{
  g_autofree char *dir = yeji_test_dir_new ();
  g_autofree char *path = g_build_filename (dir, "锁", NULL);
  g_autofree char *holder = NULL;
  g_autoptr (GError) error = NULL;
  YejiLock *lock;

  g_assert_null (yeji_platform_find_lock_holder (path));
  lock = yeji_platform_lock (path, NULL, &error);
  g_assert_no_error (error);
  holder = yeji_platform_find_lock_holder (path);
  g_assert_true (g_str_has_prefix (holder, g_get_prgname ()));
  yeji_platform_unlock (lock);
  g_assert_null (yeji_platform_find_lock_holder (path));
  yeji_test_dir_remove (dir);
}

/* What has the new name is replaced, and what is not there is told at once. */
static void
test_rename (void)
{
  g_autofree char *dir = yeji_test_dir_new ();
  g_autofree char *from = g_build_filename (dir, "新的", NULL);
  g_autofree char *to = g_build_filename (dir, "旧的", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  g_file_set_contents (from, "new", -1, &error);
  g_assert_no_error (error);
  g_file_set_contents (to, "old", -1, &error);
  g_assert_no_error (error);
  g_assert_cmpint (yeji_platform_rename (from, to), ==, 0);
  g_assert_true (g_file_get_contents (to, &text, NULL, &error));
  g_assert_cmpstr (text, ==, "new");
  g_assert_cmpint (yeji_platform_rename (from, to), ==, -1);
  g_assert_cmpint (errno, ==, ENOENT);
  g_assert_cmpint (yeji_platform_remove (to), ==, 0);
  g_assert_cmpint (yeji_platform_remove (to), ==, -1);
  g_assert_cmpint (errno, ==, ENOENT);
  g_assert_cmpint (yeji_platform_remove (dir), ==, 0);
}

typedef struct
{
  const char *path;
  int stop;
} Look;

static gpointer
look_on (gpointer data)
{
  Look *look = data;

  while (!g_atomic_int_get (&look->stop))
    g_free (yeji_platform_find_lock_holder (look->path));
  return NULL;
}

static void
test_looked_at (void)
{
  g_autofree char *dir = yeji_test_dir_new ();
  g_autofree char *path = g_build_filename (dir, "锁", NULL);
  g_autoptr (GError) error = NULL;
  Look look = { path, FALSE };
  GThread *thread = g_thread_new ("look", look_on, &look);

  for (guint i = 0; i < 500; i++)
    {
      YejiLock *lock = yeji_platform_lock (path, NULL, &error);

      g_assert_no_error (error);
      yeji_platform_unlock (lock);
    }
  g_atomic_int_set (&look.stop, TRUE);
  g_thread_join (thread);
  yeji_test_dir_remove (dir);
}

/* The path of this very program. */
static char *
get_own_path (void)
{
  g_autofree char *dir = yeji_platform_get_program_dir ();

#ifdef G_OS_UNIX
  return g_build_filename (dir, "test-base-platform", NULL);
#else
  return g_build_filename (dir, "test-base-platform.exe", NULL);
#endif
}

#ifdef G_OS_UNIX   /* Windows does not tell how long a thread waits for a processor */
/* With more threads than processors everybody waits; the own time of all of them together is then
 * no more than the processors had. */
static gpointer
spin (gpointer data)
{
  gint64 began = g_get_monotonic_time ();
  gint64 own = yeji_platform_get_own_time ();

  while (g_get_monotonic_time () - began < 200000)
    continue;
  *(gint64 *) data = yeji_platform_get_own_time () - own;
  return NULL;
}

static void
test_own_time (void)
{
  guint n = g_get_num_processors () * 4;
  g_autofree gint64 *own = g_new0 (gint64, n);
  g_autofree GThread **threads = g_new0 (GThread *, n);
  gint64 sum = 0;

  if (!g_file_test ("/proc/thread-self/schedstat", G_FILE_TEST_EXISTS))
    {
      g_test_skip ("this kernel does not say how long a thread waits for a processor");
      return;
    }
  for (guint i = 0; i < n; i++)
    threads[i] = g_thread_new ("spin", spin, &own[i]);
  for (guint i = 0; i < n; i++)
    {
      g_thread_join (threads[i]);
      g_assert_cmpint (own[i], >, 0);
      sum += own[i];
    }
  /* four times as many as can run, so a quarter of the time is theirs; half leaves room for noise */
  g_assert_cmpint (sum, <, (gint64) n * 200000 / 2);
}
#endif

/* Who reads has gone: that is an error, and not the end of this process. */
static void
test_broken_pipe (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *own = get_own_path ();
  g_autoptr (GSubprocess) process = NULL;
  GOutputStream *pipe;

  /* it only lists its tests, and ends */
  process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_SILENCE,
                              &error, own, "-l", NULL);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_wait (process, NULL, &error));
  pipe = g_subprocess_get_stdin_pipe (process);
  for (guint i = 0; i < 3; i++)
    {
      g_assert_false (yeji_platform_write_pipe (pipe, "a", 1, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_BROKEN_PIPE);
      g_clear_error (&error);
    }
}

/* Sleep is no work. */
static void
test_work_time (void)
{
  gint64 own = yeji_platform_get_own_time ();
  gint64 work = yeji_platform_get_work_time ();

  g_usleep (50000);
  own = yeji_platform_get_own_time () - own;
  work = yeji_platform_get_work_time () - work;
  g_assert_cmpint (own, >=, 45000);
  g_assert_cmpint (work, >=, 0);
  g_assert_cmpint (work, <, own / 2);
  work = yeji_platform_get_work_time ();
  while (yeji_platform_get_work_time () - work < 10000)
    continue;
  g_assert_cmpfloat (yeji_platform_get_crowding (), >=, 0);
  g_assert_cmpfloat (yeji_platform_get_crowding (), <=, 1);
}

static void
test_program_dir (void)
{
  g_autofree char *own = get_own_path ();

  g_assert_true (g_file_test (own, G_FILE_TEST_IS_EXECUTABLE));
}

#ifndef __SANITIZE_ADDRESS__
static void
test_limited_memory (void)
{
  gpointer memory;

  yeji_platform_limit_self (G_GUINT64_CONSTANT (1) << 28, 10);
  memory = g_try_malloc (1 << 29);
  g_assert_null (memory);
}

static void
test_limited_time (void)
{
  yeji_platform_limit_self (0, 0);
  /* it may be said again, of the time from then on */
  yeji_platform_limit_self (0, 0);
  while (TRUE)
    continue;
}

static void
test_limits (void)
{
  if (g_getenv ("YEJI_WINE") != NULL)
    {
      g_test_skip ("wine knows the limits of job objects, and does not keep them");
      return;
    }
  g_test_trap_subprocess ("/base/platform/limits/subprocess/memory", 0, 0);
  g_test_trap_assert_passed ();
  g_test_trap_subprocess ("/base/platform/limits/subprocess/time", 20 * G_USEC_PER_SEC, 0);
  g_test_trap_assert_failed ();
  g_assert_false (g_test_trap_reached_timeout ());
}
#endif

static void
test_clock (void)
{
  g_autofree char *now = yeji_clock_now ();
  g_autofree char *today = yeji_clock_today ();
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (now, NULL);

  g_assert_cmpuint (strlen (now), ==, strlen ("2026-11-22T09:58:31.123Z"));
  g_assert_nonnull (time);
  g_assert_cmpuint (strlen (today), ==, strlen ("2026-11-22"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/platform/locks-once", test_lock);
  g_test_add_func ("/base/platform/says-why-it-cannot-lock", test_lock_nowhere);
  g_test_add_func ("/base/platform/tells-who-has-a-lock", test_holder);
  g_test_add_func ("/base/platform/locks-what-is-being-looked-at", test_looked_at);
  g_test_add_func ("/base/platform/rename/replaces", test_rename);
#ifdef G_OS_UNIX
  g_test_add_func ("/base/platform/measures-what-a-thread-itself-takes", test_own_time);
#endif
  g_test_add_func ("/base/platform/sleep-is-no-work", test_work_time);
  g_test_add_func ("/base/platform/survives-a-broken-pipe", test_broken_pipe);
  g_test_add_func ("/base/platform/knows-where-its-program-lies", test_program_dir);
#ifndef __SANITIZE_ADDRESS__   /* which cannot be limited */
  g_test_add_func ("/base/platform/limits", test_limits);
  g_test_add_func ("/base/platform/limits/subprocess/memory", test_limited_memory);
  g_test_add_func ("/base/platform/limits/subprocess/time", test_limited_time);
#endif
  g_test_add_func ("/base/clock/speaks-rfc-3339", test_clock);
  return g_test_run ();
}
