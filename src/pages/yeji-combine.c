// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-combine"

#include "config.h"

#include "yeji-examine-private.h"

#include <math.h>
#include <string.h>

#include <cairo-pdf.h>

/* Points of A4, which a picture goes on that does not say how large it is. */
#define A4_SHORT 595.28
#define A4_LONG 841.89

/* A PDF's page has at most so many points a side (PDF 1.7, annex C). */
#define MAX_SIDE 14400
#define MIN_SIDE 36

/* A page that is to be. */
typedef struct
{
  double width;                /* of the page, points */
  double height;
  double scale;                /* points a pixel */
} Layout;

/* What turns a picture upright, as EXIF counts: pixels of the unit square. */
static const cairo_matrix_t matrices[] = {
  { 1, 0, 0, 1, 0, 0 },
  { 1, 0, 0, 1, 0, 0 },
  { -1, 0, 0, 1, 1, 0 },
  { -1, 0, 0, -1, 1, 1 },
  { 1, 0, 0, -1, 0, 1 },
  { 0, 1, 1, 0, 0, 0 },
  { 0, 1, -1, 0, 1, 0 },
  { 0, -1, -1, 0, 1, 1 },
  { 0, -1, 1, 0, 0, 1 },
};

static Layout
lay_out (double width,
         double height,
         double dpi)
{
  Layout layout;

  if (dpi > 0 && MAX (width, height) / dpi * 72 <= MAX_SIDE
      && MIN (width, height) / dpi * 72 >= MIN_SIDE)
    {
      layout.scale = 72 / dpi;
      layout.width = width * layout.scale;
      layout.height = height * layout.scale;
      return layout;
    }
  layout.width = width > height ? A4_LONG : A4_SHORT;
  layout.height = width > height ? A4_SHORT : A4_LONG;
  layout.scale = MIN (layout.width / width, layout.height / height);
  return layout;
}

/* A JPEG as it is, anything else as pixels that stand upright already. */
static cairo_surface_t *
make_surface (YejiInspected   *inspected,
              YejiPageSource  *source,
              guint           *orientation,
              GError         **error)
{
  g_autoptr (YejiPagePicture) picture = NULL;
  YejiPageWish wish = { .scale = 1 };
  cairo_surface_t *surface;
  double width, height;

  *orientation = 1;
  if (g_str_equal (inspected->media_type, "image/jpeg") && inspected->head.width > 0
      && inspected->head.height > 0)
    {
      g_autoptr (GBytes) jpeg = g_file_load_bytes (inspected->file, NULL, NULL, error);

      *orientation = inspected->head.orientation;
      return jpeg != NULL ? yeji_jpeg_to_surface (jpeg) : NULL;
    }
  if (!yeji_page_source_get_size (source, 0, &width, &height, error))
    return NULL;
  wish.scale = MIN (1, sqrt ((YEJI_PAGE_MAX_PICTURE - 1e6) / (width * height)));
  picture = yeji_page_source_draw (source, &wish, NULL, error);
  if (picture == NULL)
    return NULL;
  surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, picture->width, picture->height);
  for (int y = 0; cairo_image_surface_get_data (surface) != NULL && y < picture->height; y++)
    memcpy (cairo_image_surface_get_data (surface)
            + (gsize) y * (gsize) cairo_image_surface_get_stride (surface),
            (const guint8 *) g_bytes_get_data (picture->pixels, NULL) + (gsize) y * picture->stride,
            (gsize) picture->width * 4);
  cairo_surface_mark_dirty (surface);
  return surface;
}

static gboolean
add_page (GFile            *file,
          cairo_surface_t  *pdf,
          cairo_t          *cairo,
          GError          **error)
{
  g_auto (YejiInspected) inspected = { 0 };
  g_autoptr (YejiPageSource) source = NULL;
  cairo_surface_t *surface;
  double width, height;
  guint orientation;
  Layout layout;

  if (!yeji_inspected_read (&inspected, file, error))
    return FALSE;
  source = yeji_inspected_open (&inspected, error);
  if (source == NULL)
    return FALSE;
  if (!g_str_has_prefix (inspected.media_type, "image/"))
    {
      g_set_error_literal (error, YEJI_PAGE_ERROR, YEJI_PAGE_ERROR_FOREIGN, inspected.media_type);
      return FALSE;
    }
  if (!yeji_page_source_get_size (source, 0, &width, &height, error))
    return FALSE;
  surface = make_surface (&inspected, source, &orientation, error);
  if (surface == NULL)
    return FALSE;
  layout = lay_out (width, height, yeji_inspected_get_dpi (&inspected));
  cairo_pdf_surface_set_size (pdf, layout.width, layout.height);
  cairo_save (cairo);
  cairo_translate (cairo, (layout.width - width * layout.scale) / 2,
                   (layout.height - height * layout.scale) / 2);
  cairo_scale (cairo, width * layout.scale, height * layout.scale);
  cairo_transform (cairo, &matrices[orientation]);
  cairo_scale (cairo, 1. / cairo_image_surface_get_width (surface),
               1. / cairo_image_surface_get_height (surface));
  cairo_set_source_surface (cairo, surface, 0, 0);
  cairo_paint (cairo);
  cairo_restore (cairo);
  cairo_show_page (cairo);
  cairo_surface_destroy (surface);
  return TRUE;
}

/**
 * yeji_combine: (skip)
 * @files: (element-type GFile): images
 * @made: (out): what stands in @to
 *
 * Makes one PDF, a page an image.
 *
 * Returns: %FALSE with %YEJI_PAGE_ERROR, or what writing failed of
 */
gboolean
yeji_combine (GPtrArray  *files,
              GFile      *to,
              YejiMade   *made,
              GError    **error)
{
  g_auto (YejiSink) sink = { 0 };
  cairo_surface_t *pdf;
  cairo_t *cairo;
  gboolean done = TRUE;

  if (!yeji_sink_open (&sink, to, 0, error))
    return FALSE;
  pdf = cairo_pdf_surface_create_for_stream (yeji_sink_write, &sink, A4_SHORT, A4_LONG);
  cairo = cairo_create (pdf);
  for (guint i = 0; i < files->len && done; i++)
    done = add_page (g_ptr_array_index (files, i), pdf, cairo, error);
  cairo_destroy (cairo);
  cairo_surface_finish (pdf);
  cairo_surface_destroy (pdf);
  if (!done || !yeji_sink_finish (&sink, error))
    return FALSE;
  *made = (YejiMade) { "application/pdf", sink.written, files->len, 0 };
  return TRUE;
}
