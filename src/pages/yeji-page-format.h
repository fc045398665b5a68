// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-page-source.h"

#include <cairo.h>

G_BEGIN_DECLS

/* A kind of file that can be shown. */
typedef struct
{
  const char *magic;
  gsize length;
  gsize within;                /* the magic lies in the first so many bytes */
  const char *name;            /* of the decoder */
  gpointer (*open)   (GFile              *file,
                      const char         *name,
                      gboolean            rough,
                      guint              *n_pages,
                      GCancellable       *cancellable,
                      GError            **error);
  void     (*close)  (gpointer            data);
  gboolean (*measure) (gpointer           data,
                      guint               page,
                      double             *width,
                      double             *height,
                      GError            **error);
  /* Draws a part onto an image surface of its size; the wish's page is there, its part is sound. */
  gboolean (*draw)   (gpointer            data,
                      const YejiPageWish *wish,
                      cairo_surface_t    *surface,
                      GCancellable       *cancellable,
                      GError            **error);
  /* (nullable): dots an inch of the largest picture on a page, 0 when there is none */
  double   (*resolve) (gpointer           data,
                      guint               page);
} YejiPageFormat;

/* yeji-page-source.c */
void     yeji_page_turn          (cairo_t *cairo, const YejiPageWish *wish, double width,
                                  double height);

/* yeji-page-image.c */
gpointer yeji_page_image_open    (GFile *file, const char *name, gboolean rough,
                                  guint *n_pages, GCancellable *cancellable, GError **error);
void     yeji_page_image_close   (gpointer data);
gboolean yeji_page_image_measure (gpointer data, guint page, double *width, double *height,
                                  GError **error);
gboolean yeji_page_image_draw    (gpointer data, const YejiPageWish *wish,
                                  cairo_surface_t *surface, GCancellable *cancellable,
                                  GError **error);

/* yeji-page-pdf.c, where there is poppler */
gboolean yeji_page_pdf_is_there  (void);
gpointer yeji_page_pdf_open      (GFile *file, const char *name, gboolean rough,
                                  guint *n_pages, GCancellable *cancellable, GError **error);
void     yeji_page_pdf_close     (gpointer data);
gboolean yeji_page_pdf_measure   (gpointer data, guint page, double *width, double *height,
                                  GError **error);
gboolean yeji_page_pdf_draw      (gpointer data, const YejiPageWish *wish,
                                  cairo_surface_t *surface, GCancellable *cancellable,
                                  GError **error);
double   yeji_page_pdf_resolve   (gpointer data, guint page);

G_END_DECLS
