// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* What only Windows does: files that another program holds, long paths, the place of the profile. */

#include "config.h"

#include "yeji-clock.h"
#include "yeji-platform.h"
#include "yeji-test.h"

#include <errno.h>
#include <string.h>

#include <windows.h>

/* Longer than what a scanner takes, and much less than the platform's two seconds. */
#define A_MOMENT 150000

/* Opens a file as a scanner does, that lets nobody else have it. */
static HANDLE
hold (const char *path)
{
  g_autofree gunichar2 *wide = g_utf8_to_utf16 (path, -1, NULL, NULL, NULL);
  HANDLE file = CreateFileW ((const wchar_t *) wide, GENERIC_READ, 0, NULL, OPEN_EXISTING,
                             FILE_ATTRIBUTE_NORMAL, NULL);

  g_assert_true (file != INVALID_HANDLE_VALUE);
  return file;
}

static gpointer
let_go (gpointer file)
{
  g_usleep (A_MOMENT);
  g_assert_true (CloseHandle (file));
  return NULL;
}

static char *
make_file (const char *dir,
           const char *name)
{
  g_autoptr (GError) error = NULL;
  char *path = g_build_filename (dir, name, NULL);

  g_file_set_contents (path, name, -1, &error);
  g_assert_no_error (error);
  return path;
}

static void
test_held (void)
{
  g_autofree char *dir = yeji_test_dir_new ();
  g_autofree char *from = make_file (dir, "新的");
  g_autofree char *to = make_file (dir, "旧的");
  g_autofree char *text = NULL;
  GThread *scanner = g_thread_new ("scanner", let_go, hold (to));

  g_assert_cmpint (yeji_platform_rename (from, to), ==, 0);
  g_thread_join (scanner);
  g_assert_true (g_file_get_contents (to, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "新的");

  scanner = g_thread_new ("scanner", let_go, hold (to));
  g_assert_cmpint (yeji_platform_remove (to), ==, 0);
  g_thread_join (scanner);
  g_assert_cmpint (yeji_platform_remove (dir), ==, 0);
}

/* It does not wait for ever, says so, and both files are as they were. */
static void
test_held_for_ever (void)
{
  g_autofree char *dir = yeji_test_dir_new ();
  g_autofree char *from = make_file (dir, "新的");
  g_autofree char *to = make_file (dir, "旧的");
  g_autofree char *text = NULL;
  gint64 began = g_get_monotonic_time ();
  HANDLE scanner = hold (to);

  g_assert_cmpint (yeji_platform_rename (from, to), ==, -1);
  g_assert_cmpint (errno, ==, EACCES);
  g_assert_cmpint (g_get_monotonic_time () - began, >, 10 * A_MOMENT);
  g_assert_cmpint (yeji_platform_remove (to), ==, -1);
  g_assert_cmpint (errno, ==, EACCES);
  CloseHandle (scanner);
  g_assert_true (g_file_get_contents (to, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "旧的");
  g_assert_true (g_file_test (from, G_FILE_TEST_EXISTS));
  yeji_test_dir_remove (dir);
}

static gboolean
make_long_dir (const char *path)
{
  g_autofree char *prefixed = g_strconcat ("\\\\?\\", path, NULL);
  g_autofree gunichar2 *wide = NULL;

  g_strdelimit (prefixed, "/", '\\');
  wide = g_utf8_to_utf16 (prefixed, -1, NULL, NULL, NULL);
  return CreateDirectoryW ((const wchar_t *) wide, NULL);
}

/* Twice as long as what Windows takes without a word. */
static void
test_long (void)
{
  g_autofree char *dir = yeji_test_dir_new ();
  g_autoptr (GPtrArray) made = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *path = g_canonicalize_filename (dir, NULL);
  g_autofree char *from = NULL;
  g_autofree char *to = NULL;
  g_autofree char *holder = NULL;
  g_autoptr (GError) error = NULL;
  YejiLock *lock;

  while (strlen (path) < 520)
    {
      char *next = g_build_filename (path, "这是一个名字很长的文件夹", NULL);

      g_assert_true (make_long_dir (next));
      g_free (path);
      path = next;
      g_ptr_array_add (made, g_strdup (path));
    }
  from = g_build_filename (path, "锁", NULL);
  to = g_build_filename (path, "旧锁", NULL);
  lock = yeji_platform_lock (from, NULL, &error);
  g_assert_no_error (error);
  holder = yeji_platform_find_lock_holder (from);
  g_assert_nonnull (holder);
  yeji_platform_unlock (lock);
  g_assert_cmpint (yeji_platform_rename (from, to), ==, 0);
  g_assert_cmpint (yeji_platform_remove (to), ==, 0);
  for (guint i = made->len; i > 0; i--)
    g_assert_cmpint (yeji_platform_remove (made->pdata[i - 1]), ==, 0);
  g_assert_cmpint (yeji_platform_remove (dir), ==, 0);
}

static void
test_data_dir (void)
{
  g_autofree char *before = g_strdup (g_getenv ("XDG_DATA_HOME"));
  g_autofree char *expected = g_build_filename (g_getenv ("APPDATA"), "Yeji", NULL);
  g_autofree char *found = NULL;

  g_unsetenv ("XDG_DATA_HOME");
  found = yeji_platform_get_data_dir ();
  g_assert_cmpstr (found, ==, expected);
  if (before != NULL)
    g_setenv ("XDG_DATA_HOME", before, TRUE);
}

static char *
ask_windows (void)
{
  /* eight hours, in units of 100 ns */
  const ULONGLONG china = G_GUINT64_CONSTANT (8) * 60 * 60 * 10000000;
  ULARGE_INTEGER now;
  FILETIME time;
  SYSTEMTIME day;

  GetSystemTimeAsFileTime (&time);
  now.LowPart = time.dwLowDateTime;
  now.HighPart = time.dwHighDateTime;
  now.QuadPart += china;
  time.dwLowDateTime = now.LowPart;
  time.dwHighDateTime = now.HighPart;
  g_assert_true (FileTimeToSystemTime (&time, &day));
  return g_strdup_printf ("%04d-%02d-%02d", day.wYear, day.wMonth, day.wDay);
}

/* The day is China's, whatever zone the computer is set to, and whatever zones are called there. */
static void
test_today (void)
{
  g_autofree char *before = ask_windows ();
  g_autofree char *today = yeji_clock_today ();
  g_autofree char *after = ask_windows ();

  if (!g_str_equal (today, before))   /* it is midnight */
    g_assert_cmpstr (today, ==, after);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/platform-win32/waits-for-a-file-that-is-held", test_held);
  g_test_add_func ("/base/platform-win32/tells-of-a-file-that-stays-held", test_held_for_ever);
  g_test_add_func ("/base/platform-win32/takes-paths-of-any-length", test_long);
  g_test_add_func ("/base/platform-win32/profile-lies-in-appdata", test_data_dir);
  g_test_add_func ("/base/platform-win32/today-is-chinas", test_today);
  return g_test_run ();
}
