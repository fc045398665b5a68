// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-page-ink"

#include "config.h"

#include "yeji-page-ink.h"

/* The edge of a sheet throws a shadow in the scanner. */
#define MARGIN 0.03

/* So much darker than the paper is ink, of 255. */
#define CONTRAST 48

/* Paper is not of one shade: so many shades are one. */
#define SHADES 8

static guint
get_shade (const guint8 *pixel)
{
  return (pixel[0] * 29u + pixel[1] * 150u + pixel[2] * 77u) >> 8;   /* ITU-R BT.601 */
}

/* The shade that most of the page has. */
static guint
find_paper (const guint *counts)
{
  guint best = 0;
  guint paper = 255;

  for (guint shade = 0; shade + SHADES <= 256; shade++)
    {
      guint sum = 0;

      for (guint i = 0; i < SHADES; i++)
        sum += counts[shade + i];
      if (sum >= best)
        {
          best = sum;
          paper = shade + SHADES / 2;
        }
    }
  return paper;
}

/**
 * yeji_page_measure_ink:
 * @picture: a page, %YEJI_PAGE_INK_SIDE pixels long
 *
 * Measures how much of a page is darker than its paper, its edges left out. A page that is black
 * all over has no ink either.
 *
 * Returns: a share, 0 to 1
 */
double
yeji_page_measure_ink (const YejiPagePicture *picture)
{
  const guint8 *pixels = g_bytes_get_data (picture->pixels, NULL);
  int left = (int) (picture->width * MARGIN);
  int top = (int) (picture->height * MARGIN);
  guint counts[256] = { 0 };
  guint paper;
  guint n = 0;
  guint dark = 0;

  for (int y = top; y < picture->height - top; y++)
    for (int x = left; x < picture->width - left; x++, n++)
      counts[get_shade (pixels + (gsize) y * picture->stride + (gsize) x * 4)]++;
  paper = find_paper (counts);
  for (guint shade = 0; shade + CONTRAST < paper; shade++)
    dark += counts[shade];
  return n > 0 ? dark / (double) n : 0;
}
