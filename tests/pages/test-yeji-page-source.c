// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "scan-files.h"
#include "yeji-page-source.h"
#include "yeji-test.h"

typedef struct
{
  char *dir;
  char *path;
  GFile *file;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->dir = yeji_test_dir_new ();
  fixture->path = g_build_filename (fixture->dir, "扫描件", NULL);
  fixture->file = g_file_new_for_path (fixture->path);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_object_unref (fixture->file);
  g_free (fixture->path);
  yeji_test_dir_remove (fixture->dir);
  g_free (fixture->dir);
}

static YejiPageSource *
open_source (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  YejiPageSource *source = yeji_page_source_open (fixture->file, NULL, &error);

  g_assert_no_error (error);
  return source;
}

static YejiPagePicture *
draw (YejiPageSource     *source,
      const YejiPageWish *wish)
{
  g_autoptr (GError) error = NULL;
  YejiPagePicture *picture = yeji_page_source_draw (source, wish, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (picture->pixels), ==,
                    picture->stride * (gsize) picture->height);
  return picture;
}

static gboolean
is_red (const YejiPagePicture *picture,
        double                 x,
        double                 y)
{
  const guint8 *pixel = (const guint8 *) g_bytes_get_data (picture->pixels, NULL)
                        + (gsize) (y * picture->height) * picture->stride
                        + (gsize) (x * picture->width) * 4;
  guint32 colour = *(const guint32 *) (gconstpointer) pixel;

  return (colour >> 16 & 255) > 150 && (colour >> 8 & 255) < 100 && (colour & 255) < 100;
}

static void
write_sheet (Fixture    *fixture,
             const char *kind)
{
  if (g_str_equal (kind, "pdf"))
    scan_write_pdf (fixture->path, 3, "合同");
  else
    scan_write_image (fixture->path, kind, 793, 1122, "合同");
}

static const char *const kinds[] = { "pdf", "jpeg", "png" };

/* Where the red corner of the sheet lies, by quarters. */
static void
test_turned (Fixture       *fixture,
             gconstpointer  data)
{
  static const struct { int rotation; double x, y; } cases[] = {
    { 0, 0.02, 0.02 }, { 90, 0.98, 0.02 }, { 180, 0.98, 0.98 }, { 270, 0.02, 0.98 },
  };

  for (guint k = 0; k < G_N_ELEMENTS (kinds); k++)
    {
      g_autoptr (YejiPageSource) source = NULL;

      if (k == 0 && !yeji_page_source_has_pdf ())
        continue;
      write_sheet (fixture, kinds[k]);
      source = open_source (fixture);
      g_assert_cmpuint (yeji_page_source_get_n_pages (source), ==, k == 0 ? 3 : 1);
      for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
        {
          YejiPageWish wish = { .rotation = cases[i].rotation, .scale = 0.5 };
          g_autoptr (YejiPagePicture) picture = draw (source, &wish);

          g_test_message ("%s at %d", kinds[k], wish.rotation);
          g_assert_cmpint (picture->width, ==, wish.rotation % 180 == 0 ? 397 : 561);
          g_assert_cmpint (picture->height, ==, wish.rotation % 180 == 0 ? 561 : 397);
          for (guint j = 0; j < G_N_ELEMENTS (cases); j++)
            g_assert_true (is_red (picture, cases[j].x, cases[j].y) == (i == j));
        }
    }
}

/* A part is what the whole shows there. */
static void
test_part (Fixture       *fixture,
           gconstpointer  data)
{
  for (guint k = 0; k < G_N_ELEMENTS (kinds); k++)
    for (int rotation = 0; rotation < 360; rotation += 90)
      {
        YejiPageWish wish = { .rotation = rotation, .scale = 2 };
        g_autoptr (YejiPageSource) source = NULL;
        g_autoptr (YejiPagePicture) whole = NULL;
        g_autoptr (YejiPagePicture) part = NULL;
        guint n_other = 0;

        if (k == 0 && !yeji_page_source_has_pdf ())
          continue;
        write_sheet (fixture, kinds[k]);
        source = open_source (fixture);
        whole = draw (source, &wish);
        wish = (YejiPageWish) { 0, rotation, 2, whole->width - 500, 100, 400, 300 };
        part = draw (source, &wish);
        g_assert_cmpint (part->width, ==, 400);
        g_assert_cmpint (part->height, ==, 300);
        for (int y = 0; y < part->height; y++)
          for (int x = 0; x < part->width; x++)
            {
              const guint8 *a = (const guint8 *) g_bytes_get_data (part->pixels, NULL)
                                + (gsize) y * part->stride + (gsize) x * 4;
              const guint8 *b = (const guint8 *) g_bytes_get_data (whole->pixels, NULL)
                                + (gsize) (y + wish.y) * whole->stride
                                + (gsize) (x + wish.x) * 4;

              n_other += ABS (a[0] - b[0]) > 60;
            }
        g_assert_cmpuint (n_other, <, 400 * 300 / 100);
      }
}

/* What is beyond the page stays out. */
static void
test_part_at_the_edge (Fixture       *fixture,
                       gconstpointer  data)
{
  YejiPageWish wish = { .scale = 1, .x = -50, .y = 1100, .width = 200, .height = 200 };
  g_autoptr (YejiPageSource) source = NULL;
  g_autoptr (YejiPagePicture) picture = NULL;
  g_autoptr (GError) error = NULL;

  write_sheet (fixture, "jpeg");
  source = open_source (fixture);
  picture = draw (source, &wish);
  g_assert_cmpint (picture->width, ==, 150);
  g_assert_cmpint (picture->height, ==, 22);
  wish.y = 5000;
  g_assert_null (yeji_page_source_draw (source, &wish, NULL, &error));
  g_assert_error (error, YEJI_PAGE_ERROR, YEJI_PAGE_ERROR_TOO_LARGE);
}

/* A picture of more pixels than memory is given for is refused, not tried. */
static void
test_large_wish (Fixture       *fixture,
                 gconstpointer  data)
{
  static const double scales[] = { 20, 1e6, 1e12 };

  write_sheet (fixture, "jpeg");
  for (guint i = 0; i < G_N_ELEMENTS (scales); i++)
    {
      YejiPageWish wish = { .scale = scales[i] };
      g_autoptr (YejiPageSource) source = open_source (fixture);
      g_autoptr (GError) error = NULL;

      g_assert_null (yeji_page_source_draw (source, &wish, NULL, &error));
      g_assert_error (error, YEJI_PAGE_ERROR, YEJI_PAGE_ERROR_TOO_LARGE);
    }
}

static void write_empty (const char *path) { g_file_set_contents (path, "", 0, NULL); }
static void write_text (const char *path) { g_file_set_contents (path, "合同\n", -1, NULL); }
static void write_svg (const char *path) { g_file_set_contents (path, "<svg width='9'/>", -1, NULL); }
static void write_gif (const char *path) { g_file_set_contents (path, "GIF89a\1\0\1\0", 10, NULL); }
static void write_magic (const char *path) { g_file_set_contents (path, "\xff\xd8\xff", 3, NULL); }
static void write_pdf_head (const char *path) { g_file_set_contents (path, "%PDF-1.7\n", -1, NULL); }
static void write_tiff_head (const char *path) { g_file_set_contents (path, "II*\0\1\0\0\0", 8, NULL); }
static void write_wide_png (const char *path) { scan_write_png_of_size (path, 50000, 50000); }
static void write_huge_png (const char *path) { scan_write_png_of_size (path, 0x7fffffff, 3); }
static void write_thin_png (const char *path) { scan_write_png_of_size (path, 40000, 1); }
static void write_no_png (const char *path) { scan_write_png_of_size (path, 0, 10); }
static void write_big_page (const char *path) { scan_write_pdf_text (path, "0 0 1000000000 1000000000", ""); }
static void write_locked (const char *path) { scan_write_pdf_text (path, "0 0 9 9", "/Encrypt 4 0 R"); }

static void
write_large_file (const char *path)
{
  g_autofree char *content = g_malloc0 (YEJI_PAGE_MAX_FILE_SIZE + 1);

  memcpy (content, "%PDF-", 5);
  g_file_set_contents (path, content, YEJI_PAGE_MAX_FILE_SIZE + 1, NULL);
}

static void
write_cut_jpeg (const char *path)
{
  scan_write_image (path, "jpeg", 600, 800, "合同");
  scan_truncate (path);
}

static void
write_cut_png (const char *path)
{
  scan_write_image (path, "png", 600, 800, "合同");
  scan_truncate (path);
}

static void
write_wide_jpeg (const char *path)
{
  scan_write_image (path, "jpeg", 64, 64, "");
  scan_patch_jpeg (path, 0xc0, 50000, 50000);
}

static void
write_passes_jpeg (const char *path)
{
  scan_write_image (path, "jpeg", 64, 64, "");
  scan_patch_jpeg (path, 0xc2, 8000, 8000);
}

/* Nothing of this may crash, hang, or take the memory that it asks for. */
static void
test_hostile (Fixture       *fixture,
              gconstpointer  data)
{
  static const struct
  {
    const char *what;
    void (*write) (const char *path);
    YejiPageError code;
    gboolean pdf;
  } cases[] = {
    { "empty", write_empty, YEJI_PAGE_ERROR_UNREADABLE },
    { "text", write_text, YEJI_PAGE_ERROR_FOREIGN },
    { "svg", write_svg, YEJI_PAGE_ERROR_FOREIGN },
    { "gif", write_gif, YEJI_PAGE_ERROR_FOREIGN },
    { "three bytes of a JPEG", write_magic, YEJI_PAGE_ERROR_UNREADABLE },
    { "a cut JPEG", write_cut_jpeg, YEJI_PAGE_ERROR_UNREADABLE },
    { "a cut PNG", write_cut_png, YEJI_PAGE_ERROR_UNREADABLE },
    { "the head of a TIFF", write_tiff_head, YEJI_PAGE_ERROR_UNREADABLE },
    { "a PNG of 50,000 x 50,000", write_wide_png, YEJI_PAGE_ERROR_TOO_LARGE },
    { "a PNG of 2^31 x 3", write_huge_png, YEJI_PAGE_ERROR_UNREADABLE },
    { "a PNG of 40,000 x 1", write_thin_png, YEJI_PAGE_ERROR_TOO_LARGE },
    { "a PNG of no width", write_no_png, YEJI_PAGE_ERROR_UNREADABLE },
    { "a JPEG of 50,000 x 50,000", write_wide_jpeg, YEJI_PAGE_ERROR_TOO_LARGE },
    { "a JPEG of many passes", write_passes_jpeg, YEJI_PAGE_ERROR_TOO_LARGE },
    { "more bytes than are read", write_large_file, YEJI_PAGE_ERROR_TOO_LARGE },
    { "the head of a PDF", write_pdf_head, YEJI_PAGE_ERROR_UNREADABLE, TRUE },
    { "an endless page", write_big_page, YEJI_PAGE_ERROR_TOO_LARGE, TRUE },
    { "a locked PDF", write_locked, YEJI_PAGE_ERROR_LOCKED, TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (YejiPageSource) source = NULL;
      g_autoptr (YejiPagePicture) picture = NULL;

      if (cases[i].pdf && !yeji_page_source_has_pdf ())
        continue;
      g_test_message ("%s", cases[i].what);
      cases[i].write (fixture->path);
      source = yeji_page_source_open (fixture->file, NULL, &error);
      if (source != NULL)
        picture = yeji_page_source_draw_small (source, 0, 192, NULL, &error);
      g_assert_null (picture);
      g_assert_error (error, YEJI_PAGE_ERROR, (int) cases[i].code);
    }
}

static void
test_missing (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (yeji_page_source_open (fixture->file, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

static void
test_stopped (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  write_sheet (fixture, "jpeg");
  g_cancellable_cancel (cancellable);
  g_assert_null (yeji_page_source_open (fixture->file, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* Sound files with some bytes changed, all of them by the same seed: whatever is said, it is said. */
static void
test_mutated (Fixture       *fixture,
              gconstpointer  data)
{
  guint n_shown = 0;
  guint n_refused = 0;

  for (guint k = 0; k < G_N_ELEMENTS (kinds); k++)
    {
      g_autofree char *sound = NULL;
      guint32 state = 7 + k;
      gsize length;

      if (k == 0 && !yeji_page_source_has_pdf ())
        continue;
      if (k == 0)
        scan_write_pdf (fixture->path, 2, "x");
      else
        scan_write_image (fixture->path, kinds[k], 90, 120, "x");
      g_assert_true (g_file_get_contents (fixture->path, &sound, &length, NULL));
      for (guint i = 0; i < 150; i++)
        {
          g_autofree char *content = g_memdup2 (sound, length);
          g_autoptr (YejiPageSource) source = NULL;
          g_autoptr (YejiPagePicture) picture = NULL;
          g_autoptr (GError) error = NULL;

          for (guint j = 0; j <= i % 12; j++)
            {
              state = state * 1664525u + 1013904223u;
              content[(state >> 3) % MIN (length, 40 + i * 60)] = (char) (state >> 24);
            }
          g_assert_true (g_file_set_contents (fixture->path, content,
                                              (gssize) (i % 5 == 4 ? length * (i % 7) / 7 : length),
                                              NULL));
          source = yeji_page_source_open (fixture->file, NULL, &error);
          if (source != NULL)
            picture = yeji_page_source_draw_small (source, 0, 100, NULL, &error);
          g_assert_true ((picture != NULL) != (error != NULL));
          n_shown += picture != NULL;
          n_refused += picture == NULL;
        }
    }
  g_test_message ("%u shown, %u refused", n_shown, n_refused);
  g_assert_cmpuint (n_shown, >, 50);
  g_assert_cmpuint (n_refused, >, 50);
}

#define ADD(path, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("/pages/source/a-page-is-turned", test_turned);
  ADD ("/pages/source/a-part-is-what-the-whole-shows", test_part);
  ADD ("/pages/source/a-part-ends-at-the-edge", test_part_at_the_edge);
  ADD ("/pages/source/too-large-a-picture-is-refused", test_large_wish);
  ADD ("/pages/source/hostile-files-are-refused", test_hostile);
  ADD ("/pages/source/a-missing-file-is-refused", test_missing);
  ADD ("/pages/source/decoding-can-be-stopped", test_stopped);
  ADD ("/pages/source/mutated-files-do-no-harm", test_mutated);

  return g_test_run ();
}
