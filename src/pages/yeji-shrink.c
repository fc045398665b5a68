// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-shrink"

#include "config.h"

#include "yeji-examine-private.h"

#include <math.h>

#include <cairo-pdf.h>

/* Below this the small print of a form is lost. */
#define LEAST_DPI 72

/* An image whose resolution nobody noted is taken for a sheet of this length. */
#define A4_INCHES 11.69

/* What is tried in turn: first the compression, which nobody sees, then the size. */
static const int qualities[] = { 90, 82, 74, 66 };
#define SMALLER 0.85
#define QUALITY 74

static const int page_dpis[] = { 200, 150, 100, LEAST_DPI };

/* After so many pages it is known whether the rest can still fit. */
#define SAMPLE 3
#define TOO_MUCH 1.5

static gboolean
fail_size (GError **error)
{
  g_set_error (error, YEJI_PAGE_ERROR, YEJI_PAGE_ERROR_TOO_LARGE, "not even %d dots an inch fit",
               LEAST_DPI);
  return FALSE;
}

/* Dots an inch of a picture that is @scale of the image. */
static double
get_dpi (double width,
         double height,
         double dpi,
         double scale)
{
  return (dpi > 0 ? dpi : MAX (width, height) / A4_INCHES) * scale;
}

static gboolean
write_bytes (GFile   *to,
             GBytes  *bytes,
             GError **error)
{
  g_auto (YejiSink) sink = { 0 };
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);

  if (!yeji_sink_open (&sink, to, 0, error))
    return FALSE;
  yeji_sink_write (&sink, data, (guint) length);
  return yeji_sink_finish (&sink, error);
}

/* The first JPEG of a scaled image that fits. Returns: (nullable): %NULL without an error when none
 * does */
static GBytes *
find_fit (const YejiPagePicture *picture,
          double                 dpi,
          gboolean               full,
          gint64                 limit,
          GError               **error)
{
  for (guint i = 0; i < (full ? G_N_ELEMENTS (qualities) : 1); i++)
    {
      g_autoptr (GBytes) jpeg = yeji_picture_to_jpeg (picture, full ? qualities[i] : QUALITY, dpi,
                                                      error);

      if (jpeg == NULL)
        return NULL;
      if ((gint64) g_bytes_get_size (jpeg) <= limit)
        return g_steal_pointer (&jpeg);
    }
  return NULL;
}

static gboolean
shrink_image (YejiPageSource  *source,
              double           dpi,
              GFile           *to,
              gint64           limit,
              YejiMade        *made,
              GError         **error)
{
  double width, height;
  double first, scale;

  if (!yeji_page_source_get_size (source, 0, &width, &height, error))
    return FALSE;
  first = MIN (1, sqrt ((YEJI_PAGE_MAX_PICTURE - 1e6) / (width * height)));
  for (scale = first; scale == first || get_dpi (width, height, dpi, scale) >= LEAST_DPI;
       scale *= SMALLER)
    {
      const YejiPageWish wish = { .scale = scale };
      g_autoptr (YejiPagePicture) picture = yeji_page_source_draw (source, &wish, NULL, error);
      g_autoptr (GError) reason = NULL;
      g_autoptr (GBytes) jpeg = NULL;

      if (picture == NULL)
        return FALSE;
      jpeg = find_fit (picture, dpi * scale, scale == first, limit, &reason);
      if (reason != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&reason));
          return FALSE;
        }
      if (jpeg == NULL)
        continue;
      *made = (YejiMade) { "image/jpeg", (gint64) g_bytes_get_size (jpeg), 1,
                           (guint) round (get_dpi (width, height, dpi, scale)) };
      return write_bytes (to, jpeg, error);
    }
  return fail_size (error);
}

static gboolean
add_page (YejiPageSource  *source,
          guint            page,
          int              dpi,
          cairo_surface_t *pdf,
          cairo_t         *cairo,
          GError         **error)
{
  YejiPageWish wish = { .page = page };
  g_autoptr (YejiPagePicture) picture = NULL;
  g_autoptr (GBytes) jpeg = NULL;
  cairo_surface_t *surface;
  double width, height;

  if (!yeji_page_source_get_size (source, page, &width, &height, error))
    return FALSE;
  wish.scale = MIN (dpi / 96., sqrt ((YEJI_PAGE_MAX_PICTURE - 1e6) / (width * height)));
  picture = yeji_page_source_draw (source, &wish, NULL, error);
  jpeg = picture != NULL ? yeji_picture_to_jpeg (picture, QUALITY, dpi, error) : NULL;
  if (jpeg == NULL)
    return FALSE;
  width *= 72 / 96.;
  height *= 72 / 96.;
  cairo_pdf_surface_set_size (pdf, width, height);
  surface = yeji_jpeg_to_surface (jpeg);
  cairo_save (cairo);
  cairo_scale (cairo, width, height);
  cairo_set_source_surface (cairo, surface, 0, 0);
  cairo_paint (cairo);
  cairo_restore (cairo);
  cairo_show_page (cairo);
  cairo_surface_destroy (surface);
  return TRUE;
}

/* One attempt. Returns: %FALSE with %YEJI_PAGE_ERROR_TOO_LARGE when it does not fit */
static gboolean
draw_pages (YejiPageSource  *source,
            int              dpi,
            YejiSink        *sink,
            GError         **error)
{
  guint n_pages = yeji_page_source_get_n_pages (source);
  cairo_surface_t *pdf = cairo_pdf_surface_create_for_stream (yeji_sink_write, sink, 595, 842);
  cairo_t *cairo = cairo_create (pdf);
  gboolean done = TRUE;

  for (guint i = 0; i < n_pages && done; i++)
    {
      double expected = i < SAMPLE ? 0 : (double) sink->written / i * n_pages;

      if (sink->written > sink->limit || expected > sink->limit * TOO_MUCH)
        done = fail_size (error);
      else
        done = add_page (source, i, dpi, pdf, cairo, error);
    }
  cairo_destroy (cairo);
  cairo_surface_finish (pdf);
  cairo_surface_destroy (pdf);
  return done && yeji_sink_finish (sink, error);
}

static gboolean
shrink_pdf (YejiPageSource  *source,
            GFile           *to,
            gint64           limit,
            YejiMade        *made,
            GError         **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (page_dpis); i++)
    {
      g_auto (YejiSink) sink = { 0 };
      g_autoptr (GError) reason = NULL;

      if (!yeji_sink_open (&sink, to, limit, error))
        return FALSE;
      if (draw_pages (source, page_dpis[i], &sink, &reason))
        {
          *made = (YejiMade) { "application/pdf", sink.written,
                               yeji_page_source_get_n_pages (source), (guint) page_dpis[i] };
          return TRUE;
        }
      if (!g_error_matches (reason, YEJI_PAGE_ERROR, YEJI_PAGE_ERROR_TOO_LARGE))
        {
          g_propagate_error (error, g_steal_pointer (&reason));
          return FALSE;
        }
    }
  return fail_size (error);
}

/**
 * yeji_shrink: (skip)
 * @limit: bytes
 * @made: (out): what stands in @to
 *
 * Makes a smaller document of the best quality that fits.
 *
 * Returns: %FALSE with %YEJI_PAGE_ERROR, or what writing failed of
 */
gboolean
yeji_shrink (GFile     *file,
             GFile     *to,
             gint64     limit,
             YejiMade  *made,
             GError   **error)
{
  g_auto (YejiInspected) inspected = { 0 };
  g_autoptr (YejiPageSource) source = NULL;

  if (!yeji_inspected_read (&inspected, file, error))
    return FALSE;
  source = yeji_inspected_open (&inspected, error);
  if (source == NULL)
    return FALSE;
  if (g_str_equal (inspected.media_type, "application/pdf"))
    return shrink_pdf (source, to, limit, made, error);
  return shrink_image (source, yeji_inspected_get_dpi (&inspected), to, limit, made, error);
}
