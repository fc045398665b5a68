// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "yeji-intake-folder.h"
#include "yeji-test.h"

#include <glib/gstdio.h>

static char *
make_left_over (const char *cache,
                const char *name,
                const char *file)
{
  g_autofree char *folder = g_build_filename (cache, "yeji", name, NULL);
  char *path = g_build_filename (folder, file, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_file_set_contents (path, "half a PDF", -1, &error);
  g_assert_no_error (error);
  return path;
}

/* What a program that was killed has left goes; what another one is at work with stays, and so does
 * what is not ours. */
static void
test_sweep (gconstpointer cache)
{
  g_autofree char *killed = make_left_over (cache, "intake-Xa31f9", "合同.pdf.part");
  g_autofree char *with_lock = make_left_over (cache, "intake-b00000", "lock");
  g_autofree char *foreign = make_left_over (cache, "thumbnails", "1.png");
  g_autofree char *killed_folder = g_path_get_dirname (killed);
  g_autofree char *locked_folder = g_path_get_dirname (with_lock);
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiIntakeFolder) folder = NULL;
  g_autofree char *path = NULL;

  yeji_intake_folder_sweep ();
  g_assert_false (g_file_test (killed_folder, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (locked_folder, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (foreign, G_FILE_TEST_EXISTS));

  folder = yeji_intake_folder_new (&error);
  g_assert_no_error (error);
  path = yeji_intake_folder_name (folder, "合同.pdf");
  g_assert_true (g_file_set_contents (path, "x", -1, NULL));
  yeji_intake_folder_sweep ();
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
  g_clear_pointer (&folder, yeji_intake_folder_free);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

/* Names come from files of anybody's. */
static void
test_names (void)
{
  static const char * const names[] = {
    "合同.pdf", "lock", "..", "a:b*c?.pdf", "../../etc/passwd", "/", "",
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiIntakeFolder) folder = yeji_intake_folder_new (&error);
  g_autofree char *inside = NULL;

  g_assert_no_error (error);
  inside = yeji_intake_folder_name (folder, "a");
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = yeji_intake_folder_name (folder, names[i]);
      g_autofree char *parent = g_path_get_dirname (path);
      g_autofree char *own = g_path_get_dirname (inside);
      g_autofree char *name = g_path_get_basename (path);

      g_test_message ("%s: %s", names[i], path);
      g_assert_cmpstr (parent, ==, own);
      g_assert_cmpstr (name, !=, "lock");
      g_assert_cmpstr (name, !=, "..");
      g_assert_cmpstr (name, !=, ".");
      g_assert_true (g_file_set_contents (path, "x", -1, &error));
    }
}

int
main (int    argc,
      char **argv)
{
  g_autofree char *cache = NULL;
  int status;

  g_test_init (&argc, &argv, NULL);
  cache = yeji_test_dir_new ();
  g_setenv ("XDG_CACHE_HOME", cache, TRUE);
  g_test_add_data_func ("/intake/folder/what-a-killed-program-left-goes", cache, test_sweep);
  g_test_add_func ("/intake/folder/names-stay-inside", test_names);
  status = g_test_run ();
  yeji_test_dir_remove (cache);
  return status;
}
