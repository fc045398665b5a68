// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-page-source"

#include "config.h"

#include "yeji-page-source.h"

#include <math.h>
#include <string.h>

#include "yeji-page-format.h"

#define HEAD_SIZE 1024

struct _YejiPageSource
{
  const YejiPageFormat *format;
  gpointer data;
  guint n_pages;
};

G_DEFINE_QUARK (yeji-page-error-quark, yeji_page_error)

#define IMAGE yeji_page_image_open, yeji_page_image_close, yeji_page_image_measure, \
  yeji_page_image_draw

/* By content, never by name. A decoder that is not named here is not used, whatever is installed.
 * */
static const YejiPageFormat formats[] = {
#ifdef YEJI_HAVE_POPPLER
  { "%PDF-",                5, 1024, "pdf", yeji_page_pdf_open, yeji_page_pdf_close,
    yeji_page_pdf_measure, yeji_page_pdf_draw, yeji_page_pdf_resolve },
#endif
  { "\xff\xd8\xff",         3, 3,    "jpeg", IMAGE },
  { "\x89PNG\r\n\x1a\n",    8, 8,    "png",  IMAGE },
  { "II*\0",                4, 4,    "tiff", IMAGE },
  { "MM\0*",                4, 4,    "tiff", IMAGE },
};

static gboolean
has_magic (const YejiPageFormat *format,
           const guint8         *head,
           gsize                 length)
{
  for (gsize i = 0; i + format->length <= MIN (length, format->within); i++)
    if (memcmp (head + i, format->magic, format->length) == 0)
      return TRUE;
  return FALSE;
}

/* The decoder for a file; the size is looked at before anything else. */
static const YejiPageFormat *
find_format (GFile         *file,
             goffset        most,
             GCancellable  *cancellable,
             GError       **error)
{
  g_autoptr (GFileInputStream) input = g_file_read (file, cancellable, error);
  g_autoptr (GFileInfo) info = NULL;
  guint8 head[HEAD_SIZE];
  gsize length;

  if (input == NULL)
    return NULL;
  info = g_file_input_stream_query_info (input, G_FILE_ATTRIBUTE_STANDARD_SIZE, cancellable, error);
  if (info == NULL
      || !g_input_stream_read_all (G_INPUT_STREAM (input), head, sizeof head, &length, cancellable,
                                   error))
    return NULL;
  if (g_file_info_get_size (info) > most)
    {
      g_set_error_literal (error, YEJI_PAGE_ERROR, YEJI_PAGE_ERROR_TOO_LARGE, "too many bytes");
      return NULL;
    }
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    if (has_magic (&formats[i], head, length))
      return &formats[i];
  if (length == 0)
    g_set_error_literal (error, YEJI_PAGE_ERROR, YEJI_PAGE_ERROR_UNREADABLE, "the file is empty");
  else
    g_set_error_literal (error, YEJI_PAGE_ERROR, YEJI_PAGE_ERROR_FOREIGN, "of no known kind");
  return NULL;
}

/* The size of the turned page in pixels. */
static gboolean
measure_turned (YejiPageSource      *self,
                const YejiPageWish  *wish,
                double              *width,
                double              *height,
                GError             **error)
{
  gboolean across = wish->rotation % 180 != 0;
  double w, h;

  if (!yeji_page_source_get_size (self, wish->page, &w, &h, error))
    return FALSE;
  *width = MAX (1, (across ? h : w) * wish->scale);
  *height = MAX (1, (across ? w : h) * wish->scale);
  return TRUE;
}

static cairo_surface_t *
make_surface (const YejiPageWish  *wish,
              GError             **error)
{
  cairo_surface_t *surface = NULL;

  if (wish->width > 0 && wish->height > 0
      && (gint64) wish->width * wish->height <= YEJI_PAGE_MAX_PICTURE)
    surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, wish->width, wish->height);
  if (surface != NULL && cairo_surface_status (surface) == CAIRO_STATUS_SUCCESS)
    return surface;
  g_clear_pointer (&surface, cairo_surface_destroy);
  g_set_error_literal (error, YEJI_PAGE_ERROR, YEJI_PAGE_ERROR_TOO_LARGE, "too many pixels");
  return NULL;
}

/**
 * yeji_page_turn: (skip)
 * @width: of the scaled page before it is turned
 *
 * Makes the surface of a part show that part, for who draws the page as it stands.
 */
void
yeji_page_turn (cairo_t            *cairo,
                const YejiPageWish *wish,
                double              width,
                double              height)
{
  const struct { double x, y; } corners[] = {
    { 0, 0 }, { height, 0 }, { width, height }, { 0, width },
  };
  guint quarters = (guint) wish->rotation / 90 % 4;

  cairo_translate (cairo, corners[quarters].x - wish->x, corners[quarters].y - wish->y);
  cairo_rotate (cairo, quarters * G_PI_2);
}

/* Gives the pixels of a surface away, without a copy. */
static YejiPagePicture *
take_picture (cairo_surface_t *surface)
{
  YejiPagePicture *picture = g_new0 (YejiPagePicture, 1);

  cairo_surface_flush (surface);
  picture->width = cairo_image_surface_get_width (surface);
  picture->height = cairo_image_surface_get_height (surface);
  picture->stride = (gsize) cairo_image_surface_get_stride (surface);
  picture->pixels = g_bytes_new_with_free_func (cairo_image_surface_get_data (surface),
                                                picture->stride * (gsize) picture->height,
                                                (GDestroyNotify) cairo_surface_destroy, surface);
  return picture;
}

/**
 * yeji_page_picture_free:
 * @self: (transfer full)
 */
void
yeji_page_picture_free (YejiPagePicture *self)
{
  g_bytes_unref (self->pixels);
  g_free (self);
}

static YejiPageSource *
open_source (GFile         *file,
             goffset        most,
             gboolean       rough,
             GCancellable  *cancellable,
             GError       **error)
{
  const YejiPageFormat *format = find_format (file, most, cancellable, error);
  YejiPageSource *self;
  guint n_pages = 0;
  gpointer data;

  data = format != NULL ? format->open (file, format->name, rough, &n_pages, cancellable, error)
                        : NULL;
  if (data == NULL)
    return NULL;
  self = g_new0 (YejiPageSource, 1);
  self->format = format;
  self->data = data;
  self->n_pages = n_pages;
  return self;
}

/**
 * yeji_page_source_open:
 *
 * Opens a document by its content. Blocks while it reads, and while it decodes an image.
 *
 * Returns: (transfer full) (nullable): %NULL with %YEJI_PAGE_ERROR or %G_IO_ERROR
 */
YejiPageSource *
yeji_page_source_open (GFile         *file,
                       GCancellable  *cancellable,
                       GError       **error)
{
  g_return_val_if_fail (G_IS_FILE (file), NULL);

  return open_source (file, YEJI_PAGE_MAX_FILE_SIZE, FALSE, cancellable, error);
}

/**
 * yeji_page_source_open_rough:
 * @most: bytes that the file may have, instead of %YEJI_PAGE_MAX_FILE_SIZE
 *
 * Opens a document as yeji_page_source_open() does, for a process that may be lost and that wants
 * to know what it is: an image is decoded as small as serves for that.
 *
 * Returns: (transfer full) (nullable): %NULL with %YEJI_PAGE_ERROR or %G_IO_ERROR
 */
YejiPageSource *
yeji_page_source_open_rough (GFile         *file,
                             goffset        most,
                             GCancellable  *cancellable,
                             GError       **error)
{
  g_return_val_if_fail (G_IS_FILE (file), NULL);

  return open_source (file, most, TRUE, cancellable, error);
}

/**
 * yeji_page_source_close:
 * @self: (transfer full)
 */
void
yeji_page_source_close (YejiPageSource *self)
{
  self->format->close (self->data);
  g_free (self);
}

guint
yeji_page_source_get_n_pages (YejiPageSource *self)
{
  return self->n_pages;
}

/**
 * yeji_page_source_get_size:
 * @width: (out): of the page as it stands in the file, upright by what the file says; pixels of an
 *     image, 1/96 inch of a PDF
 *
 * Measures a page.
 */
gboolean
yeji_page_source_get_size (YejiPageSource  *self,
                           guint            page,
                           double          *width,
                           double          *height,
                           GError         **error)
{
  g_return_val_if_fail (page < self->n_pages, FALSE);

  if (!self->format->measure (self->data, page, width, height, error))
    return FALSE;
  if (isfinite (*width) && isfinite (*height) && *width >= 1 && *height >= 1
      && *width <= YEJI_PAGE_MAX_SIDE && *height <= YEJI_PAGE_MAX_SIDE)
    return TRUE;
  g_set_error_literal (error, YEJI_PAGE_ERROR, YEJI_PAGE_ERROR_TOO_LARGE, "of no sensible size");
  return FALSE;
}

/**
 * yeji_page_source_get_resolution:
 *
 * Looks how fine the largest picture on a page is, which decodes it.
 *
 * Returns: dots an inch; 0 when there is no picture, or of an image, which says so in its header
 */
double
yeji_page_source_get_resolution (YejiPageSource *self,
                                 guint           page)
{
  g_return_val_if_fail (page < self->n_pages, 0);

  return self->format->resolve != NULL ? self->format->resolve (self->data, page) : 0;
}

/**
 * yeji_page_source_draw:
 *
 * Draws a part of a page; what of it is beyond the page stays out.
 *
 * Returns: (transfer full) (nullable): the part, on white
 */
YejiPagePicture *
yeji_page_source_draw (YejiPageSource      *self,
                       const YejiPageWish  *wish,
                       GCancellable        *cancellable,
                       GError             **error)
{
  YejiPageWish part = *wish;
  cairo_surface_t *surface;
  double width, height;

  g_return_val_if_fail (wish->page < self->n_pages, NULL);
  g_return_val_if_fail (wish->scale > 0 && isfinite (wish->scale), NULL);

  if (!measure_turned (self, wish, &width, &height, error))
    return NULL;
  part.x = wish->width > 0 ? MAX (0, wish->x) : 0;
  part.y = wish->width > 0 ? MAX (0, wish->y) : 0;
  part.width = (int) MIN (wish->width > 0 ? wish->x + wish->width - part.x : G_MAXINT16 * 4,
                          round (width) - part.x);
  part.height = (int) MIN (wish->width > 0 ? wish->y + wish->height - part.y : G_MAXINT16 * 4,
                           round (height) - part.y);
  surface = make_surface (&part, error);
  if (surface == NULL)
    return NULL;
  if (self->format->draw (self->data, &part, surface, cancellable, error))
    return take_picture (surface);
  cairo_surface_destroy (surface);
  return NULL;
}

/**
 * yeji_page_source_draw_small:
 * @longest: the longer side of the picture, pixels
 *
 * Draws all of a page, not turned, not larger than it is.
 *
 * Returns: (transfer full) (nullable): the page
 */
YejiPagePicture *
yeji_page_source_draw_small (YejiPageSource  *self,
                             guint            page,
                             int              longest,
                             GCancellable    *cancellable,
                             GError         **error)
{
  YejiPageWish wish = { .page = page };
  double width, height;

  if (!yeji_page_source_get_size (self, page, &width, &height, error))
    return NULL;
  wish.scale = MIN (1, (longest - 0.5) / MAX (width, height));
  return yeji_page_source_draw (self, &wish, cancellable, error);
}

/**
 * yeji_page_source_has_pdf:
 *
 * Returns: whether PDF can be shown; it cannot where there is no poppler, or where the program was
 *   built without it
 */
gboolean
yeji_page_source_has_pdf (void)
{
#ifdef YEJI_HAVE_POPPLER
  return yeji_page_pdf_is_there ();
#else
  return FALSE;
#endif
}
