// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-page-image"

#include "config.h"

#include <math.h>
#include <string.h>

#include <gdk-pixbuf/gdk-pixbuf.h>

#include "yeji-page-format.h"

/* Small bites: between two of them a decoder can be stopped. */
#define BITE_SIZE 8192

/* The longer side of what is decoded at once; more only when somebody looks closer. */
#define SMALL_SIDE 2048

/* The same for who only wants to know what it is. */
#define ROUGH_SIDE 800

/* An image: decoded small, and once again as large as it is when that is asked for. */
typedef struct
{
  GFile *file;
  const char *name;            /* of the decoder */
  gboolean rough;              /* nobody looks at it but to see whether it is empty */
  int width;                   /* as it stands upright, pixels */
  int height;
  GdkPixbuf *small;
  GdkPixbuf *large;            /* (nullable) */
} Image;

/* One run of the decoder. */
typedef struct
{
  const Image *image;
  gboolean large;
  gboolean slow_kind;          /* a JPEG of many passes, which is in memory as a whole */
  int width;                   /* what the file says */
  int height;
  gboolean refused;
  gboolean cut;                /* something is missing at the end */
} Decoding;

static gboolean
is_too_large (const Decoding *decoding,
              int             width,
              int             height)
{
  gboolean shrinks = g_str_equal (decoding->image->name, "jpeg") && !decoding->slow_kind;

  return width > YEJI_PAGE_MAX_SIDE || height > YEJI_PAGE_MAX_SIDE
    || (gint64) width * height > (shrinks ? YEJI_PAGE_MAX_PIXELS : YEJI_PAGE_MAX_DECODED);
}

/* A JPEG is decoded to a half, a quarter or an eighth for less than to all of it, and needs no
 * scaling after that. */
static double
get_rough_scale (int side)
{
  int parts = 1;

  while (parts < 8 && side / (parts * 2) >= ROUGH_SIDE)
    parts *= 2;
  return 1. / parts;
}

/* The decoder asks before it takes memory for the pixels. A size of nothing ends it. */
static void
on_size_prepared (GdkPixbufLoader *loader,
                  int              width,
                  int              height,
                  Decoding        *decoding)
{
  double scale;

  decoding->width = width;
  decoding->height = height;
  decoding->refused = is_too_large (decoding, width, height);
  if (decoding->refused || width < 1 || height < 1)
    {
      gdk_pixbuf_loader_set_size (loader, 0, 0);
      return;
    }
  if (decoding->large)
    scale = sqrt ((double) YEJI_PAGE_MAX_DECODED / ((double) width * height));
  else if (decoding->image->rough)
    scale = get_rough_scale (MAX (width, height));
  else
    scale = (double) SMALL_SIDE / MAX (width, height);
  if (scale < 1)
    gdk_pixbuf_loader_set_size (loader, MAX (1, (int) (width * scale)),
                                MAX (1, (int) (height * scale)));
}

/* Whether the first frame header (ITU-T T.81, table B.1) is that of a progressive JPEG. */
static gboolean
is_progressive (const guint8 *data,
                gsize         length)
{
  gsize at = 2;

  while (at + 4 <= length && data[at] == 0xff)
    {
      guint8 marker = data[at + 1];

      if (marker == 0xff)
        {
          at++;
          continue;
        }
      if (marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc)
        return marker != 0xc0 && marker != 0xc1;
      at += 2 + ((gsize) data[at + 2] << 8 | data[at + 3]);
    }
  return TRUE;                 /* not seen: it is taken for the worse */
}

/* Whether a JPEG goes on to its end marker after its last scan has begun. */
static gboolean
has_jpeg_end (const guint8 *data,
              gsize         length)
{
  for (gsize at = length; at >= 2; at--)
    if (data[at - 2] == 0xff && (data[at - 1] == 0xd9 || data[at - 1] == 0xda))
      return data[at - 1] == 0xd9;
  return FALSE;
}

/* Whether a PNG has the chunk that ends it. */
static gboolean
has_png_end (const guint8 *data,
             gsize         length)
{
  for (gsize at = length; at >= 4; at--)
    if (memcmp (data + at - 4, "IEND", 4) == 0)
      return TRUE;
  return FALSE;
}

/* What is cut off would be shown grey from there on, as if that were its content. */
static gboolean
is_whole (const Image  *image,
          const guint8 *data,
          gsize         length)
{
  if (g_str_equal (image->name, "jpeg"))
    return has_jpeg_end (data, length);
  return !g_str_equal (image->name, "png") || has_png_end (data, length);
}

static gboolean
feed (GdkPixbufLoader  *loader,
      Decoding         *decoding,
      GFile            *file,
      GCancellable     *cancellable,
      GError          **error)
{
  g_autofree char *content = NULL;
  gsize length;

  if (!g_file_load_contents (file, cancellable, &content, &length, NULL, error))
    return FALSE;
  decoding->slow_kind = g_str_equal (decoding->image->name, "jpeg")
                        && is_progressive ((const guint8 *) content, length);
  decoding->cut = !is_whole (decoding->image, (const guint8 *) content, length);
  for (gsize at = 0; at < length && !decoding->refused; at += BITE_SIZE)
    if (g_cancellable_set_error_if_cancelled (cancellable, error)
        || !gdk_pixbuf_loader_write (loader, (const guchar *) content + at,
                                     MIN (BITE_SIZE, length - at), error))
      return FALSE;
  return !decoding->refused;
}

/* Every failure but that of being stopped is one of the file. */
static void
set_reason (const Decoding  *decoding,
            GError          *reason,
            GError         **error)
{
  if (decoding->refused)
    g_set_error (error, YEJI_PAGE_ERROR, YEJI_PAGE_ERROR_TOO_LARGE, "%d x %d pixels",
                 decoding->width, decoding->height);
  else if (reason != NULL && reason->domain == G_IO_ERROR)
    g_propagate_error (error, g_error_copy (reason));
  else
    g_set_error_literal (error, YEJI_PAGE_ERROR, YEJI_PAGE_ERROR_UNREADABLE,
                         reason != NULL ? reason->message : "no picture in it");
}

static GdkPixbuf *
decode (const Image   *image,
        gboolean       large,
        Decoding      *decoding,
        GCancellable  *cancellable,
        GError       **error)
{
  g_autoptr (GError) reason = NULL;
  g_autoptr (GdkPixbufLoader) loader = gdk_pixbuf_loader_new_with_type (image->name, &reason);
  GdkPixbuf *pixbuf = NULL;
  gboolean fed;

  *decoding = (Decoding) { image, large };
  if (loader == NULL)
    {
      g_set_error_literal (error, YEJI_PAGE_ERROR, YEJI_PAGE_ERROR_FOREIGN, reason->message);
      return NULL;
    }
  g_signal_connect (loader, "size-prepared", G_CALLBACK (on_size_prepared), decoding);
  fed = feed (loader, decoding, image->file, cancellable, &reason);
  /* It must be closed whatever came of it, and its word counts only when it was fed to the end. */
  if (gdk_pixbuf_loader_close (loader, fed ? &reason : NULL) && fed)
    pixbuf = gdk_pixbuf_loader_get_pixbuf (loader);
  if (pixbuf != NULL && !decoding->cut)
    return gdk_pixbuf_apply_embedded_orientation (pixbuf);
  set_reason (decoding, reason, error);
  return NULL;
}

/* The decoded image to draw from: the large one where the small one would be blurred. */
static GdkPixbuf *
choose (Image         *image,
        double         scale,
        GCancellable  *cancellable,
        GError       **error)
{
  double small_scale = (double) gdk_pixbuf_get_width (image->small) / image->width;
  Decoding decoding;

  if (image->large != NULL)
    return scale > small_scale ? image->large : image->small;
  if (scale <= small_scale || small_scale > 0.99)
    return image->small;
  image->large = decode (image, TRUE, &decoding, cancellable, error);
  return image->large;
}

/* The pixels as cairo has them, on white where they are transparent. */
static cairo_surface_t *
make_surface (GdkPixbuf *pixbuf)
{
  int width = gdk_pixbuf_get_width (pixbuf);
  int height = gdk_pixbuf_get_height (pixbuf);
  int n_channels = gdk_pixbuf_get_n_channels (pixbuf);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, height);
  guint8 *pixels = cairo_image_surface_get_data (surface);
  gsize stride = (gsize) cairo_image_surface_get_stride (surface);

  for (int y = 0; pixels != NULL && y < height; y++)
    {
      const guint8 *from = gdk_pixbuf_read_pixels (pixbuf)
                           + (gsize) y * (gsize) gdk_pixbuf_get_rowstride (pixbuf);
      guint32 *to = (guint32 *) (gpointer) (pixels + (gsize) y * stride);

      for (int x = 0; x < width; x++, from += n_channels)
        {
          guint alpha = n_channels == 4 ? from[3] : 255;
          guint white = 255 * (255 - alpha);

          to[x] = 0xff000000u | ((from[0] * alpha + white) / 255) << 16
                  | ((from[1] * alpha + white) / 255) << 8 | (from[2] * alpha + white) / 255;
        }
    }
  cairo_surface_mark_dirty (surface);
  return surface;
}

/* The part of the image that a part of the turned page is. */
static void
paint (cairo_t            *cairo,
       GdkPixbuf          *pixbuf,
       const Image        *image,
       const YejiPageWish *wish)
{
  double width = image->width * wish->scale;
  double height = image->height * wish->scale;
  double across = width / gdk_pixbuf_get_width (pixbuf);
  double down = height / gdk_pixbuf_get_height (pixbuf);
  double left, top, right, bottom;
  int x, y, w, h;
  g_autoptr (GdkPixbuf) part = NULL;
  g_autoptr (GdkPixbuf) scaled = NULL;
  int scaled_width, scaled_height;
  cairo_surface_t *surface;

  yeji_page_turn (cairo, wish, width, height);
  cairo_clip_extents (cairo, &left, &top, &right, &bottom);
  x = CLAMP ((int) floor (left / across) - 1, 0, gdk_pixbuf_get_width (pixbuf) - 1);
  y = CLAMP ((int) floor (top / down) - 1, 0, gdk_pixbuf_get_height (pixbuf) - 1);
  w = CLAMP ((int) ceil (right / across) + 1 - x, 1, gdk_pixbuf_get_width (pixbuf) - x);
  h = CLAMP ((int) ceil (bottom / down) + 1 - y, 1, gdk_pixbuf_get_height (pixbuf) - y);
  part = gdk_pixbuf_new_subpixbuf (pixbuf, x, y, w, h);
  /* Its own scaling averages what becomes one pixel; small letters stay letters. */
  scaled_width = MAX (1, (int) round (w * across));
  scaled_height = MAX (1, (int) round (h * down));
  scaled = across < 1 ? gdk_pixbuf_scale_simple (part, scaled_width, scaled_height,
                                                 GDK_INTERP_BILINEAR)
                      : g_object_ref (part);
  if (scaled == NULL)
    return;
  surface = make_surface (scaled);
  cairo_translate (cairo, x * across, y * down);
  cairo_scale (cairo, w * across / gdk_pixbuf_get_width (scaled),
               h * down / gdk_pixbuf_get_height (scaled));
  cairo_set_source_surface (cairo, surface, 0, 0);
  cairo_pattern_set_extend (cairo_get_source (cairo), CAIRO_EXTEND_PAD);
  cairo_rectangle (cairo, 0, 0, gdk_pixbuf_get_width (scaled), gdk_pixbuf_get_height (scaled));
  cairo_fill (cairo);
  cairo_surface_destroy (surface);
}

gpointer
yeji_page_image_open (GFile         *file,
                      const char    *name,
                      gboolean       rough,
                      guint         *n_pages,
                      GCancellable  *cancellable,
                      GError       **error)
{
  Image *image = g_new0 (Image, 1);
  Decoding decoding;

  image->file = g_object_ref (file);
  image->name = name;
  image->rough = rough;
  image->small = decode (image, FALSE, &decoding, cancellable, error);
  if (image->small == NULL)
    {
      yeji_page_image_close (image);
      return NULL;
    }
  image->width = decoding.width;
  image->height = decoding.height;
  /* Turned upright by what the camera noted: then it is as high as it was wide. */
  if ((gdk_pixbuf_get_width (image->small) > gdk_pixbuf_get_height (image->small))
      != (decoding.width > decoding.height) && decoding.width != decoding.height)
    {
      image->width = decoding.height;
      image->height = decoding.width;
    }
  *n_pages = 1;
  return image;
}

void
yeji_page_image_close (gpointer data)
{
  Image *image = data;

  g_object_unref (image->file);
  g_clear_object (&image->small);
  g_clear_object (&image->large);
  g_free (image);
}

gboolean
yeji_page_image_measure (gpointer   data,
                         guint      page,
                         double    *width,
                         double    *height,
                         GError   **error)
{
  Image *image = data;

  *width = image->width;
  *height = image->height;
  return TRUE;
}

gboolean
yeji_page_image_draw (gpointer             data,
                      const YejiPageWish  *wish,
                      cairo_surface_t     *surface,
                      GCancellable        *cancellable,
                      GError             **error)
{
  Image *image = data;
  GdkPixbuf *pixbuf = choose (image, wish->scale, cancellable, error);
  cairo_t *cairo;

  if (pixbuf == NULL)
    return FALSE;
  cairo = cairo_create (surface);
  cairo_set_source_rgb (cairo, 1, 1, 1);
  cairo_paint (cairo);
  paint (cairo, pixbuf, image, wish);
  cairo_destroy (cairo);
  return TRUE;
}
