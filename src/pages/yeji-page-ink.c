// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-page-ink"

#include "config.h"

#include "yeji-page-ink.h"

/* The edge of a sheet throws a shadow in the scanner. */
#define MARGIN 0.03

/* Half the side of the square over which a page is averaged to know its paper: so large that a
 * stroke is little of it, and so small that shadows are as good as even. */
#define FAR 10

/* So much darker than the paper around it is ink at least, of 255, once the noise is averaged out,
 * by which a thin stroke loses most of its darkness. What shines through from the other side of the
 * sheet is lighter. What is darker than the second is ink whatever the noise. */
#define CONTRAST 10
#define FULL_CONTRAST 24

/* So many times the usual deviation of the noise: it is hardly ever that dark. */
#define DEVIATIONS 4.5

/* Of normal noise half of all pixels is nearer than this to the mean of two neighbours, in usual
 * deviations; and what is left of one in the mean of eight. */
#define HALF 0.826
#define AVERAGED 0.354

/* Shades are counted in so many parts of one. */
#define PARTS 16

/* A page without its edges. */
typedef struct
{
  int width;
  int height;
  guint8 *shades;
  guint32 *sums;               /* of all shades above and to the left, with a row and column of 0 */
} Sheet;

static guint
get_shade (const guint8 *pixel)
{
  return (pixel[0] * 29u + pixel[1] * 150u + pixel[2] * 77u) >> 8;   /* ITU-R BT.601 */
}

static Sheet
read_sheet (const YejiPagePicture *picture)
{
  const guint8 *pixels = g_bytes_get_data (picture->pixels, NULL);
  int left = (int) (picture->width * MARGIN);
  int top = (int) (picture->height * MARGIN);
  Sheet self = { picture->width - 2 * left, picture->height - 2 * top };
  gsize width = (gsize) self.width;

  self.shades = g_malloc (width * (gsize) self.height);
  self.sums = g_new0 (guint32, (width + 1) * ((gsize) self.height + 1));
  for (gsize y = 0; y < (gsize) self.height; y++)
    {
      const guint8 *line = pixels + (y + (gsize) top) * picture->stride + (gsize) left * 4;
      guint32 *sums = self.sums + (y + 1) * (width + 1) + 1;
      guint32 sum = 0;

      for (gsize x = 0; x < width; x++)
        {
          self.shades[y * width + x] = (guint8) get_shade (line + x * 4);
          sum += self.shades[y * width + x];
          sums[x] = sums[x - (width + 1)] + sum;
        }
    }
  return self;
}

/* The mean shade of a square around a pixel, as much of it as is on the page, in PARTS. */
static int
get_paper (const Sheet *self,
           int          x,
           int          y)
{
  int left = MAX (x - FAR, 0), right = MIN (x + FAR + 1, self->width);
  int top = MAX (y - FAR, 0), bottom = MIN (y + FAR + 1, self->height);
  gsize row = (gsize) self->width + 1;
  const guint32 *above = self->sums + (gsize) top * row;
  const guint32 *below = self->sums + (gsize) bottom * row;
  guint32 sum = below[right] - below[left] - above[right] + above[left];

  return (int) (sum * PARTS / (guint32) ((right - left) * (bottom - top)));
}

/* The mean shade of a pixel and its neighbours, in PARTS, the darkest left out: a grain of dust is
 * no stroke. */
static int
get_ink (const Sheet *self,
         int          x,
         int          y)
{
  const guint8 *middle = self->shades + (gsize) y * (gsize) self->width + x;
  int darkest = 255, sum = 0;

  for (int i = -1; i <= 1; i++)
    for (int j = -1; j <= 1; j++)
      {
        int shade = middle[i * self->width + j];

        sum += shade;
        darkest = MIN (darkest, shade);
      }
  return (sum - darkest) * PARTS / 8;
}

/* The usual deviation of the noise in what get_ink() says, in PARTS: noise is everywhere, and
 * strokes are not, not even on a page that is full of them. */
static double
measure_noise (const Sheet *self)
{
  guint counts[512] = { 0 };   /* by twice the distance from the mean of the two beside */
  guint n = 0, sum = 0, step = 0;

  for (int y = 1; y < self->height - 1; y++)
    for (int x = 1; x < self->width - 1; x++, n++)
      {
        const guint8 *shade = self->shades + (gsize) y * (gsize) self->width + x;

        counts[ABS (2 * shade[0] - shade[-1] - shade[1])]++;
      }
  while (step < G_N_ELEMENTS (counts) - 1 && (sum += counts[step]) * 2 < n)
    step++;
  return step / 2. / HALF * AVERAGED * PARTS;
}

/**
 * yeji_page_measure_ink:
 * @picture: a page, %YEJI_PAGE_INK_SIDE pixels long
 *
 * Measures how much of a page is darker than the paper around it, its edges left out. Noise, dust,
 * the shadow of a fold and paper of another shade are no ink, and faint writing is. A page that is
 * black all over has no ink either.
 *
 * Returns: a share, 0 to 1
 */
double
yeji_page_measure_ink (const YejiPagePicture *picture)
{
  Sheet sheet = read_sheet (picture);
  int least = (int) CLAMP (measure_noise (&sheet) * DEVIATIONS, CONTRAST * PARTS,
                           FULL_CONTRAST * PARTS);
  guint n = 0, dark = 0;

  for (int y = 1; y < sheet.height - 1; y++)
    for (int x = 1; x < sheet.width - 1; x++, n++)
      dark += get_paper (&sheet, x, y) - get_ink (&sheet, x, y) >= least;
  g_free (sheet.shades);
  g_free (sheet.sums);
  return n > 0 ? dark / (double) n : 0;
}
