// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "yeji-directory.h"
#include "yeji-test.h"

#include <glib/gstdio.h>

static char *place;

static void
test_parents (void)
{
  static const char *const names[] = { "one", "one", "two/three/four", "five/" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (place, names[i], NULL);
      g_autoptr (GError) error = NULL;
      GStatBuf about;

      g_assert_true (yeji_directory_make (path, &error));
      g_assert_no_error (error);
      g_assert_cmpint (g_stat (path, &about), ==, 0);
#ifdef G_OS_UNIX
      g_assert_cmpint (about.st_mode & 0777, ==, 0700);
#endif
    }
}

static void
test_file_in_the_way (void)
{
  g_autofree char *file = g_build_filename (place, "file", NULL);
  g_autofree char *below = g_build_filename (file, "below", NULL);
  const char *const paths[] = { file, below };

  g_assert_true (g_file_set_contents (file, "", 0, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (yeji_directory_make (paths[i], &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS);
      g_assert_nonnull (strstr (error->message, "file"));
    }
}

int
main (int    argc,
      char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  place = g_dir_make_tmp ("yeji-test-XXXXXX", NULL);
  g_assert_nonnull (place);

  g_test_add_func ("/directory/makes-what-is-above-it", test_parents);
  g_test_add_func ("/directory/says-what-is-in-the-way", test_file_in_the_way);

  status = g_test_run ();
  yeji_test_dir_remove (place);
  g_free (place);
  return status;
}
