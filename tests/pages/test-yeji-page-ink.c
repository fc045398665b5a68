// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "yeji-page-ink.h"

#include <math.h>

#include <cairo.h>

/* What data/dictionary/limits.json has. */
#define LEAST 0.0002

#define WIDTH 566
#define HEIGHT YEJI_PAGE_INK_SIDE

/* Sheets as scanners show them: shades of 255. */
typedef struct
{
  const char *name;
  int paper;
  double noise;                /* the usual deviation of a pixel */
  int shadow;                  /* how much darker one side is than the other */
  int specks;                  /* single dark pixels: dust on the glass */
  guint n_lines;               /* of writing */
  int ink;                     /* how much darker than the paper the writing is */
  gboolean blank;
} Sheet;

static const Sheet sheets[] = {
  { "clean-paper", 255, 0, 0, 0, 0, 0, TRUE },
  { "paper-with-noise", 235, 6, 0, 0, 0, 0, TRUE },
  { "paper-with-much-noise", 220, 16, 0, 0, 0, 0, TRUE },
  { "white-paper-with-clipped-noise", 252, 10, 0, 0, 0, 0, TRUE },
  { "grey-paper-in-a-shadow", 200, 6, 90, 0, 0, 0, TRUE },
  { "dust-on-the-glass", 240, 5, 0, 40, 0, 0, TRUE },
  { "what-shines-through", 240, 4, 0, 0, 30, 10, TRUE },
  { "black-paper", 0, 3, 0, 0, 0, 0, TRUE },
  { "a-sheet-of-noise", 128, 60, 0, 0, 0, 0, FALSE },
  { "black-on-white", 255, 0, 0, 0, 30, 230, FALSE },
  { "one-line", 255, 0, 0, 0, 1, 200, FALSE },
  { "one-line-with-noise", 235, 8, 0, 0, 1, 160, FALSE },
  { "faint-writing", 250, 2, 0, 0, 30, 40, FALSE },
  { "faint-writing-with-noise", 235, 8, 0, 0, 30, 45, FALSE },
  { "faint-writing-in-a-shadow", 230, 6, 80, 0, 30, 45, FALSE },
  { "very-faint-writing", 245, 2, 0, 0, 30, 28, FALSE },
  { "writing-with-much-noise", 215, 16, 0, 0, 30, 90, FALSE },
  { "a-page-full-of-writing", 240, 5, 0, 0, 62, 150, FALSE },
};

/* Signs of three strokes each. */
static void
write_lines (cairo_t *cairo,
             GRand   *random,
             guint    n_lines)
{
  cairo_set_line_width (cairo, 1.2);
  for (guint line = 0; line < n_lines; line++)
    for (guint sign = 0; sign < 38; sign++)
      {
        double x = 50 + sign * 12, y = 50 + line * 11;

        for (guint stroke = 0; stroke < 3; stroke++)
          {
            cairo_move_to (cairo, x + g_rand_double_range (random, 0, 8),
                           y + g_rand_double_range (random, 0, 8));
            cairo_line_to (cairo, x + g_rand_double_range (random, 0, 8),
                           y + g_rand_double_range (random, 0, 8));
          }
      }
  cairo_stroke (cairo);
}

/* About normal, as the sum of many is. */
static double
make_noise (GRand *random)
{
  double sum = -6;

  for (guint i = 0; i < 12; i++)
    sum += g_rand_double (random);
  return sum;
}

static YejiPagePicture *
scan (const Sheet *sheet)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (7);
  cairo_surface_t *writing = cairo_image_surface_create (CAIRO_FORMAT_A8, WIDTH, HEIGHT);
  cairo_t *cairo = cairo_create (writing);
  YejiPagePicture *picture = g_new0 (YejiPagePicture, 1);
  guint8 *pixels = g_malloc ((gsize) WIDTH * HEIGHT * 4);
  const guint8 *ink;

  write_lines (cairo, random, sheet->n_lines);
  cairo_destroy (cairo);
  cairo_surface_flush (writing);
  ink = cairo_image_surface_get_data (writing);
  for (int y = 0; y < HEIGHT; y++)
    for (int x = 0; x < WIDTH; x++)
      {
        int covered = ink[y * cairo_image_surface_get_stride (writing) + x];
        double shade = sheet->paper - sheet->ink * covered / 255. - sheet->shadow * x / WIDTH
                       + sheet->noise * make_noise (random);
        guint8 *pixel = pixels + ((gsize) y * WIDTH + (gsize) x) * 4;

        pixel[0] = pixel[1] = pixel[2] = (guint8) CLAMP (lround (shade), 0, 255);
        pixel[3] = 255;
      }
  for (int i = 0; i < sheet->specks; i++)
    {
      guint8 *pixel = pixels + ((gsize) g_rand_int_range (random, 40, HEIGHT - 40) * WIDTH
                                + (gsize) g_rand_int_range (random, 40, WIDTH - 40)) * 4;

      pixel[0] = pixel[1] = pixel[2] = (guint8) (sheet->paper - 70);
    }
  cairo_surface_destroy (writing);
  picture->width = WIDTH;
  picture->height = HEIGHT;
  picture->stride = WIDTH * 4;
  picture->pixels = g_bytes_new_take (pixels, (gsize) WIDTH * HEIGHT * 4);
  return picture;
}

static void
test_sheet (gconstpointer data)
{
  const Sheet *sheet = data;
  g_autoptr (YejiPagePicture) picture = scan (sheet);
  double share = yeji_page_measure_ink (picture);

  g_test_message ("%s: %.6f", sheet->name, share);
  if (sheet->blank)
    g_assert_cmpfloat (share, <, LEAST);
  else
    g_assert_cmpfloat (share, >=, 2 * LEAST);
}

/* Whatever somebody makes a page of, it is measured. */
static void
test_slips (void)
{
  for (int side = 1; side < 40; side += 3)
    {
      YejiPagePicture picture = { NULL };
      g_autofree guint8 *pixels = g_malloc0 ((gsize) (side * 2 * 4));

      picture.width = side;
      picture.height = 2;
      picture.stride = (gsize) side * 4;
      picture.pixels = g_bytes_new (pixels, (gsize) (side * 2 * 4));
      g_assert_cmpfloat (yeji_page_measure_ink (&picture), ==, 0);
      g_bytes_unref (picture.pixels);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (sheets); i++)
    {
      g_autofree char *path = g_strdup_printf ("/pages/ink/%s-is-%s", sheets[i].name,
                                               sheets[i].blank ? "empty" : "written-on");

      g_test_add_data_func (path, &sheets[i], test_sheet);
    }
  g_test_add_func ("/pages/ink/slips-are-measured", test_slips);
  return g_test_run ();
}
