// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-page-pdf"

#include "config.h"

#include <math.h>

#include "yeji-page-format.h"
#include "yeji-poppler.h"

/* A PDF's unit is 1/72 inch, and a screen's pixel 1/96. */
#define PIXELS_PER_POINT (96 / 72.)

/* Of a page that a picture covers at least, to be the page. */
#define LEAST_SHARE 0.25

/* poppler has learned to clean up only later. */
typedef PopplerDocument Document;
typedef PopplerPage Page;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Document, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Page, g_object_unref)

gpointer
yeji_page_pdf_open (GFile         *file,
                    const char    *name,
                    gboolean       rough,
                    guint         *n_pages,
                    GCancellable  *cancellable,
                    GError       **error)
{
  const YejiPoppler *poppler = yeji_poppler_get (error);
  g_autoptr (GError) reason = NULL;
  g_autoptr (Document) document = NULL;
  int n;

  if (poppler == NULL)
    return NULL;
  document = poppler->document_new_from_gfile (file, NULL, cancellable, &reason);
  if (document == NULL)
    {
      g_set_error_literal (error, YEJI_PAGE_ERROR,
                           g_error_matches (reason, poppler->error_quark (), POPPLER_ERROR_ENCRYPTED)
                             ? YEJI_PAGE_ERROR_LOCKED : YEJI_PAGE_ERROR_UNREADABLE,
                           reason != NULL ? reason->message : "no document in it");
      return NULL;
    }
  n = poppler->document_get_n_pages (document);
  if (n < 1 || n > YEJI_PAGE_MAX_PAGES)
    {
      g_set_error (error, YEJI_PAGE_ERROR,
                   n < 1 ? YEJI_PAGE_ERROR_UNREADABLE : YEJI_PAGE_ERROR_TOO_LARGE, "%d pages", n);
      return NULL;
    }
  *n_pages = (guint) n;
  return g_steal_pointer (&document);
}

gboolean
yeji_page_pdf_is_there (void)
{
  return yeji_poppler_get (NULL) != NULL;
}

void
yeji_page_pdf_close (gpointer data)
{
  g_object_unref (data);
}

static PopplerPage *
get_page (gpointer   data,
          guint      page,
          GError   **error)
{
  PopplerPage *found = yeji_poppler_get (NULL)->document_get_page (data, (int) page);

  if (found == NULL)
    g_set_error (error, YEJI_PAGE_ERROR, YEJI_PAGE_ERROR_UNREADABLE, "no page %u", page + 1);
  return found;
}

gboolean
yeji_page_pdf_measure (gpointer   data,
                       guint      page,
                       double    *width,
                       double    *height,
                       GError   **error)
{
  g_autoptr (Page) found = get_page (data, page, error);

  if (found == NULL)
    return FALSE;
  yeji_poppler_get (NULL)->page_get_size (found, width, height);
  *width *= PIXELS_PER_POINT;
  *height *= PIXELS_PER_POINT;
  return TRUE;
}

gboolean
yeji_page_pdf_draw (gpointer             data,
                    const YejiPageWish  *wish,
                    cairo_surface_t     *surface,
                    GCancellable        *cancellable,
                    GError             **error)
{
  g_autoptr (Page) page = get_page (data, wish->page, error);
  double scale = wish->scale * PIXELS_PER_POINT;
  const YejiPoppler *poppler = yeji_poppler_get (NULL);
  double width, height;
  cairo_t *cairo;

  if (page == NULL)
    return FALSE;
  poppler->page_get_size (page, &width, &height);
  cairo = cairo_create (surface);
  cairo_set_source_rgb (cairo, 1, 1, 1);
  cairo_paint (cairo);
  yeji_page_turn (cairo, wish, width * scale, height * scale);
  cairo_scale (cairo, scale, scale);
  poppler->page_render (page, cairo);
  cairo_destroy (cairo);
  return TRUE;
}

/* Points that the picture covers. */
static double
get_area (const PopplerRectangle *area)
{
  return (area->x2 - area->x1) * (area->y2 - area->y1);
}

double
yeji_page_pdf_resolve (gpointer data,
                       guint    number)
{
  const YejiPoppler *poppler = yeji_poppler_get (NULL);
  g_autoptr (Page) page = get_page (data, number, NULL);
  const PopplerImageMapping *largest = NULL;
  cairo_surface_t *image;
  GList *pictures;
  double width, height;
  double dpi = 0;

  if (page == NULL)
    return 0;
  poppler->page_get_size (page, &width, &height);
  pictures = poppler->page_get_image_mapping (page);
  for (GList *l = pictures; l != NULL; l = l->next)
    if (largest == NULL
        || get_area (&((PopplerImageMapping *) l->data)->area) > get_area (&largest->area))
      largest = l->data;
  /* A logo says nothing of how the page was scanned. */
  image = largest != NULL && get_area (&largest->area) > width * height * LEAST_SHARE
            ? poppler->page_get_image (page, largest->image_id) : NULL;
  /* A picture that lies on its side is as fine as its pixels and its place are, in any order. */
  if (image != NULL)
    dpi = sqrt ((double) cairo_image_surface_get_width (image)
                * cairo_image_surface_get_height (image) / get_area (&largest->area)) * 72;
  g_clear_pointer (&image, cairo_surface_destroy);
  poppler->page_free_image_mapping (pictures);
  return isfinite (dpi) ? dpi : 0;
}
