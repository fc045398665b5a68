// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "scan-files.h"
#include "yeji-page-cache.h"
#include "yeji-test.h"

#define NAME "ab12"

typedef struct
{
  char *dir;
  YejiPagePicture *picture;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autofree char *path = NULL;
  g_autoptr (GFile) file = NULL;
  g_autoptr (YejiPageSource) source = NULL;
  g_autoptr (GError) error = NULL;

  fixture->dir = yeji_test_dir_new ();
  path = g_build_filename (fixture->dir, "scan", NULL);
  file = g_file_new_for_path (path);
  scan_write_image (path, "jpeg", 300, 400, "x");
  source = yeji_page_source_open (file, NULL, &error);
  g_assert_no_error (error);
  fixture->picture = yeji_page_source_draw_small (source, 0, YEJI_PAGE_SMALL, NULL, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  yeji_page_picture_free (fixture->picture);
  yeji_test_dir_remove (fixture->dir);
  g_free (fixture->dir);
}

static void
test_kept (Fixture       *fixture,
           gconstpointer  data)
{
  g_autofree char *folder = g_build_filename (fixture->dir, "thumbnails", NULL);
  g_autoptr (YejiPagePicture) read = NULL;
  guint n_pages = 0;

  g_assert_null (yeji_page_cache_read (folder, NAME, &n_pages));
  yeji_page_cache_write (folder, NAME, fixture->picture, 12);
  read = yeji_page_cache_read (folder, NAME, &n_pages);
  g_assert_nonnull (read);
  g_assert_cmpuint (n_pages, ==, 12);
  g_assert_cmpint (read->width, ==, 144);
  g_assert_cmpint (read->height, ==, YEJI_PAGE_SMALL);
  for (int y = 0; y < read->height; y++)
    g_assert_cmpmem ((const char *) g_bytes_get_data (read->pixels, NULL)
                       + (gsize) y * read->stride, (gsize) read->width * 4,
                     (const char *) g_bytes_get_data (fixture->picture->pixels, NULL)
                       + (gsize) y * fixture->picture->stride, (gsize) read->width * 4);
  g_assert_null (yeji_page_cache_read (folder, "ab1", &n_pages));
}

/* What lies there is looked at before it is believed. */
static void
test_spoilt (Fixture       *fixture,
             gconstpointer  data)
{
  g_autofree char *shelf = g_build_filename (fixture->dir, "ab", NULL);
  g_autofree char *path = g_build_filename (shelf, NAME "-1.png", NULL);
  guint n_pages;

  yeji_page_cache_write (fixture->dir, NAME, fixture->picture, 1);
  scan_truncate (path);
  g_assert_null (yeji_page_cache_read (fixture->dir, NAME, &n_pages));
  g_assert_true (g_file_set_contents (path, "", 0, NULL));
  g_assert_null (yeji_page_cache_read (fixture->dir, NAME, &n_pages));
  scan_write_png_of_size (path, 50000, 50000);
  g_assert_null (yeji_page_cache_read (fixture->dir, NAME, &n_pages));
}

static gboolean
is_other (const char *name,
          gpointer    data)
{
  return !g_str_equal (name, NAME);
}

static void
test_swept (Fixture       *fixture,
            gconstpointer  data)
{
  g_autofree char *folder = g_build_filename (fixture->dir, "thumbnails", NULL);
  g_autoptr (YejiPagePicture) other = NULL;
  guint n_pages;

  yeji_page_cache_sweep (folder, is_other, NULL);
  yeji_page_cache_write (folder, NAME, fixture->picture, 1);
  yeji_page_cache_write (folder, "cd34", fixture->picture, 1);
  yeji_page_cache_sweep (folder, is_other, NULL);
  g_assert_null (yeji_page_cache_read (folder, NAME, &n_pages));
  other = yeji_page_cache_read (folder, "cd34", &n_pages);
  g_assert_nonnull (other);
}

#define ADD(path, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("/pages/cache/a-page-is-kept", test_kept);
  ADD ("/pages/cache/a-spoilt-one-is-not-shown", test_spoilt);
  ADD ("/pages/cache/what-is-gone-is-swept", test_swept);

  return g_test_run ();
}
