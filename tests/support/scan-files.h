// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* Scans that are made up, sound ones and hostile ones. For tests that link cairo and GdkPixbuf. */

#pragma once

#include <string.h>

#include <cairo-pdf.h>
#include <gdk-pixbuf/gdk-pixbuf.h>
#include <gio/gio.h>

G_BEGIN_DECLS

/* A sheet with lines of "text", a frame, and a red corner at the top left. */
static inline void
scan_draw_sheet (cairo_t    *cairo,
                 double      width,
                 double      height,
                 const char *title)
{
  double line = height / 40;

  cairo_set_source_rgb (cairo, 1, 1, 1);
  cairo_paint (cairo);
  cairo_set_source_rgb (cairo, 0.8, 0.1, 0.1);
  cairo_rectangle (cairo, 0, 0, width / 4, height / 8);
  cairo_fill (cairo);
  cairo_set_source_rgb (cairo, 0.15, 0.15, 0.2);
  cairo_select_font_face (cairo, "Noto Sans CJK SC", CAIRO_FONT_SLANT_NORMAL,
                          CAIRO_FONT_WEIGHT_BOLD);
  cairo_set_font_size (cairo, line * 2);
  cairo_move_to (cairo, width * 0.3, height * 0.1);
  cairo_show_text (cairo, title);
  for (int i = 8; i < 36; i++)
    {
      cairo_rectangle (cairo, width * 0.1, i * line, width * (i % 5 == 4 ? 0.45 : 0.8), line * 0.35);
      cairo_fill (cairo);
    }
  cairo_set_line_width (cairo, line * 0.1);
  cairo_rectangle (cairo, width * 0.05, height * 0.04, width * 0.9, height * 0.92);
  cairo_stroke (cairo);
}

/* @type: "jpeg" or "png". */
static inline void
scan_write_image (const char *path,
                  const char *type,
                  int         width,
                  int         height,
                  const char *title)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, height);
  cairo_t *cairo = cairo_create (surface);
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, width, height);
  g_autoptr (GError) error = NULL;

  scan_draw_sheet (cairo, width, height, title);
  cairo_destroy (cairo);
  cairo_surface_flush (surface);
  for (int y = 0; y < height; y++)
    {
      const guint8 *from = cairo_image_surface_get_data (surface)
                           + (gsize) y * (gsize) cairo_image_surface_get_stride (surface);
      guint8 *to = gdk_pixbuf_get_pixels (pixbuf)
                   + (gsize) y * (gsize) gdk_pixbuf_get_rowstride (pixbuf);

      for (int x = 0; x < width; x++, from += 4, to += 3)
        {
          to[0] = from[2];
          to[1] = from[1];
          to[2] = from[0];
        }
    }
  cairo_surface_destroy (surface);
  gdk_pixbuf_save (pixbuf, path, type, &error, NULL);
  g_assert_no_error (error);
}

/* A4, one title a page. */
static inline void
scan_write_pdf (const char *path,
                guint       n_pages,
                const char *title)
{
  cairo_surface_t *surface = cairo_pdf_surface_create (path, 595, 842);
  cairo_t *cairo = cairo_create (surface);

  for (guint i = 0; i < n_pages; i++)
    {
      g_autofree char *text = g_strdup_printf ("%s %u", title, i + 1);

      scan_draw_sheet (cairo, 595, 842, text);
      cairo_show_page (cairo);
    }
  cairo_destroy (cairo);
  g_assert_cmpint (cairo_surface_status (surface), ==, CAIRO_STATUS_SUCCESS);
  cairo_surface_destroy (surface);
}

/* Noise cannot be compressed: the file becomes as large as files get. */
static inline void
scan_write_noise (const char *path,
                  int         width,
                  int         height)
{
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, width, height);
  g_autoptr (GError) error = NULL;
  gsize length = gdk_pixbuf_get_byte_length (pixbuf);
  guint8 *pixels = gdk_pixbuf_get_pixels (pixbuf);
  guint32 state = 1;

  for (gsize i = 0; i < length; i++)
    {
      state = state * 1664525u + 1013904223u;
      pixels[i] = (guint8) (state >> 24);
    }
  gdk_pixbuf_save (pixbuf, path, "jpeg", &error, "quality", "90", NULL);
  g_assert_no_error (error);
}

/* A PNG that says to have a size, and has no pixels. */
static inline void
scan_write_png_of_size (const char *path,
                        guint32     width,
                        guint32     height)
{
  guint8 png[8 + 25 + 12] = "\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR";
  guint32 crc = 0xffffffffu;
  guint32 sizes[2] = { GUINT32_TO_BE (width), GUINT32_TO_BE (height) };

  memcpy (png + 16, sizes, sizeof sizes);
  png[24] = 8;
  png[25] = 2;
  for (int i = 12; i < 29; i++)
    {
      crc ^= png[i];
      for (int bit = 0; bit < 8; bit++)
        crc = crc >> 1 ^ (crc & 1 ? 0xedb88320u : 0);
    }
  crc = GUINT32_TO_BE (~crc);
  memcpy (png + 29, &crc, 4);
  memcpy (png + 37, "IDAT", 4);
  g_assert_true (g_file_set_contents (path, (const char *) png, sizeof png, NULL));
}

/* Makes a JPEG say that it has another size, or is of another kind (@marker: 0xc0 plain, 0xc2 of
 * many passes). */
static inline void
scan_patch_jpeg (const char *path,
                 guint       marker,
                 guint       width,
                 guint       height)
{
  g_autofree char *content = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (path, &content, &length, NULL));
  for (gsize i = 0; i + 9 < length; i++)
    if ((guint8) content[i] == 0xff && (guint8) content[i + 1] == 0xc0)
      {
        content[i + 1] = (char) marker;
        content[i + 5] = (char) (height >> 8);
        content[i + 6] = (char) (height & 255);
        content[i + 7] = (char) (width >> 8);
        content[i + 8] = (char) (width & 255);
        break;
      }
  g_assert_true (g_file_set_contents (path, content, (gssize) length, NULL));
}

static inline void
scan_truncate (const char *path)
{
  g_autofree char *content = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (path, &content, &length, NULL));
  g_assert_true (g_file_set_contents (path, content, (gssize) length / 2, NULL));
}

/* A PDF written by hand: @box is the size of its one page, @trailer more of the trailer. */
static inline void
scan_write_pdf_text (const char *path,
                     const char *box,
                     const char *trailer)
{
  g_autofree char *text = g_strdup_printf (
    "%%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n"
    "2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n"
    "3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[%s]>>\nendobj\n"
    "4 0 obj\n<</Filter/Standard/V 1/R 2/P -4/O<%064x>/U<%064x>>>\nendobj\n"
    "trailer\n<</Root 1 0 R/Size 5/ID[<00><00>]%s>>\n%%%%EOF\n", box, 7, 9, trailer);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

G_END_DECLS
