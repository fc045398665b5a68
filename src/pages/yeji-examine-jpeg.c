// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-examine"

#include "config.h"

#include "yeji-examine-private.h"

#include <math.h>

#include <gdk-pixbuf/gdk-pixbuf.h>

static GdkPixbuf *
make_pixbuf (const YejiPagePicture *picture)
{
  GdkPixbuf *pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, picture->width,
                                      picture->height);
  const guint8 *pixels = g_bytes_get_data (picture->pixels, NULL);

  for (int y = 0; pixbuf != NULL && y < picture->height; y++)
    {
      gconstpointer row = pixels + (gsize) y * picture->stride;
      const guint32 *from = row;
      guint8 *to = gdk_pixbuf_get_pixels (pixbuf)
                   + (gsize) y * (gsize) gdk_pixbuf_get_rowstride (pixbuf);

      for (int x = 0; x < picture->width; x++, to += 3)
        {
          to[0] = (guint8) (from[x] >> 16);
          to[1] = (guint8) (from[x] >> 8);
          to[2] = (guint8) from[x];
        }
    }
  return pixbuf;
}

/**
 * yeji_picture_to_jpeg: (skip)
 * @quality: 0 to 100
 * @dpi: that it says of itself; 0: nothing
 *
 * Returns: (transfer full): the JPEG, or %NULL with %GDK_PIXBUF_ERROR
 */
GBytes *
yeji_picture_to_jpeg (const YejiPagePicture *picture,
                      int                    quality,
                      double                 dpi,
                      GError               **error)
{
  g_autoptr (GdkPixbuf) pixbuf = make_pixbuf (picture);
  g_autofree char *quality_text = g_strdup_printf ("%d", quality);
  g_autofree char *dpi_text = g_strdup_printf ("%d", (int) CLAMP (round (dpi), 1, 65535));
  char *keys[] = { "quality", dpi >= 1 ? "x-dpi" : NULL, "y-dpi", NULL };
  char *values[] = { quality_text, dpi_text, dpi_text, NULL };
  char *data;
  gsize length;

  if (pixbuf == NULL)
    {
      g_set_error_literal (error, YEJI_PAGE_ERROR, YEJI_PAGE_ERROR_TOO_LARGE, "no memory");
      return NULL;
    }
  if (!gdk_pixbuf_save_to_bufferv (pixbuf, &data, &length, "jpeg", keys, values, error))
    return NULL;
  return g_bytes_new_take (data, length);
}

/**
 * yeji_jpeg_to_surface: (skip)
 *
 * Makes a surface of one pixel, of which a PDF gets the JPEG instead, as it is. The PDF asks for
 * nothing but the place that the surface takes; pixels in the size of the JPEG would be memory that
 * nobody looks at.
 *
 * Returns: (transfer full): the surface
 */
cairo_surface_t *
yeji_jpeg_to_surface (GBytes *jpeg)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 1, 1);
  gsize length;
  const guint8 *data = g_bytes_get_data (jpeg, &length);

  cairo_surface_set_mime_data (surface, CAIRO_MIME_TYPE_JPEG, data, length,
                               (cairo_destroy_func_t) g_bytes_unref, g_bytes_ref (jpeg));
  return surface;
}
