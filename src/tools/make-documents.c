// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* Makes the invented documents that accompany the sample records: PDF files, and JPEG files that
 * look like scans. data/samples/documents.json says which; every page says that it is invented. */

#define G_LOG_DOMAIN "yeji-make-documents"

#include <math.h>
#include <stdlib.h>

#include <cairo-pdf.h>
#include <gdk-pixbuf/gdk-pixbuf.h>
#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <pango/pangocairo.h>

#define PAGE_WIDTH 595.0   /* A4 in points */
#define PAGE_HEIGHT 842.0
#define MARGIN 64.0
#define SCAN_SCALE 2.0     /* pixels a point */
#define SCAN_SPECKS 1500
#define NOTICE "虚构示例 / INVENTED SAMPLE"
#define FONT "Noto Sans CJK SC, sans-serif"
#define CREATED "2026-01-01T00:00:00Z"

typedef struct
{
  const char *file;
  const char *title;
  guint pages;
  JsonArray *lines;
} Document;

typedef gboolean (*Writer) (const Document *document, const char *path, GError **error);

static double
draw_text (cairo_t        *cr,
           const char     *text,
           double          x,
           double          y,
           double          width,
           double          size,
           PangoAlignment  alignment)
{
  g_autoptr (PangoLayout) layout = pango_cairo_create_layout (cr);
  PangoFontDescription *font = pango_font_description_from_string (FONT);
  int height;

  pango_font_description_set_absolute_size (font, size * PANGO_SCALE);
  pango_layout_set_font_description (layout, font);
  pango_font_description_free (font);
  pango_layout_set_width (layout, (int) (width * PANGO_SCALE));
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_alignment (layout, alignment);
  pango_layout_set_text (layout, text, -1);
  pango_layout_get_size (layout, NULL, &height);
  cairo_move_to (cr, x, y);
  pango_cairo_show_layout (cr, layout);
  return (double) height / PANGO_SCALE;
}

static void
draw_watermark (cairo_t *cr)
{
  cairo_save (cr);
  cairo_set_source_rgb (cr, 0.9, 0.9, 0.9);
  cairo_translate (cr, PAGE_WIDTH / 2, PAGE_HEIGHT / 2);
  cairo_rotate (cr, -G_PI / 5);
  draw_text (cr, NOTICE, -PAGE_WIDTH / 2, -24, PAGE_WIDTH, 34, PANGO_ALIGN_CENTER);
  cairo_restore (cr);
}

static void
draw_seal (cairo_t *cr,
           double   x,
           double   y)
{
  const double radius = 52;

  cairo_save (cr);
  cairo_translate (cr, x, y);
  cairo_rotate (cr, -0.12);
  cairo_set_source_rgb (cr, 0.8, 0.1, 0.1);
  cairo_set_line_width (cr, 3);
  cairo_new_sub_path (cr);
  cairo_arc (cr, 0, 0, radius, 0, 2 * G_PI);
  cairo_stroke (cr);
  for (guint i = 0; i < 5; i++)
    {
      double angle = -G_PI / 2 + i * 4 * G_PI / 5;

      cairo_line_to (cr, 14 * cos (angle), -6 + 14 * sin (angle));
    }
  cairo_close_path (cr);
  cairo_fill (cr);
  draw_text (cr, "示例专用章", -radius, -38, 2 * radius, 12, PANGO_ALIGN_CENTER);
  draw_text (cr, "虚构", -radius, 16, 2 * radius, 14, PANGO_ALIGN_CENTER);
  cairo_restore (cr);
}

static void
draw_page (cairo_t        *cr,
           const Document *document,
           guint           page)
{
  const double width = PAGE_WIDTH - 2 * MARGIN;
  g_autofree char *footer = g_strdup_printf ("第 %u 页 共 %u 页", page, document->pages);
  double y = 120;

  draw_watermark (cr);
  cairo_set_source_rgb (cr, 0.7, 0.1, 0.1);
  draw_text (cr, NOTICE, MARGIN, 36, width, 14, PANGO_ALIGN_CENTER);
  cairo_set_source_rgb (cr, 0.1, 0.1, 0.12);
  draw_text (cr, document->title, MARGIN, 70, width, 24, PANGO_ALIGN_CENTER);
  cairo_set_line_width (cr, 1);
  cairo_move_to (cr, MARGIN, y);
  cairo_line_to (cr, PAGE_WIDTH - MARGIN, y);
  cairo_stroke (cr);
  y += 24;
  for (guint i = 0; i < json_array_get_length (document->lines); i++)
    y += 12 + draw_text (cr, json_array_get_string_element (document->lines, i),
                         MARGIN, y, width, 13, PANGO_ALIGN_LEFT);
  draw_text (cr, footer, MARGIN, PAGE_HEIGHT - 56, width, 10, PANGO_ALIGN_CENTER);
  draw_seal (cr, PAGE_WIDTH - MARGIN - 70, PAGE_HEIGHT - 160);
}

static gboolean
check_status (cairo_status_t   status,
              const char      *path,
              GError         **error)
{
  if (status == CAIRO_STATUS_SUCCESS)
    return TRUE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED,
               "%s: %s", path, cairo_status_to_string (status));
  return FALSE;
}

static gboolean
write_pdf (const Document  *document,
           const char      *path,
           GError         **error)
{
  cairo_surface_t *surface = cairo_pdf_surface_create (path, PAGE_WIDTH, PAGE_HEIGHT);
  cairo_t *cr = cairo_create (surface);
  cairo_status_t status;

  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, document->title);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_SUBJECT, NOTICE);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATE_DATE, CREATED);
  for (guint page = 1; page <= document->pages; page++)
    {
      draw_page (cr, document, page);
      cairo_show_page (cr);
    }
  status = cairo_status (cr);
  cairo_destroy (cr);
  cairo_surface_finish (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  return check_status (status, path, error);
}

/* Gives the page the look of a scan: not quite white, not quite straight, specks. */
static void
draw_scan (cairo_t        *cr,
           const Document *document)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (g_str_hash (document->title));

  cairo_scale (cr, SCAN_SCALE, SCAN_SCALE);
  cairo_set_source_rgb (cr, 0.97, 0.965, 0.95);
  cairo_paint (cr);
  cairo_save (cr);
  cairo_translate (cr, PAGE_WIDTH / 2, PAGE_HEIGHT / 2);
  cairo_rotate (cr, g_rand_double_range (rand, -0.012, 0.012));
  cairo_translate (cr, -PAGE_WIDTH / 2, -PAGE_HEIGHT / 2);
  draw_page (cr, document, 1);
  cairo_restore (cr);
  cairo_set_source_rgba (cr, 0, 0, 0, 0.25);
  for (guint i = 0; i < SCAN_SPECKS; i++)
    {
      double x = g_rand_double_range (rand, 0, PAGE_WIDTH);
      double y = g_rand_double_range (rand, 0, PAGE_HEIGHT);

      cairo_rectangle (cr, x, y, 0.6, 0.6);
    }
  cairo_fill (cr);
}

static GdkPixbuf *
copy_pixels (cairo_surface_t *surface)
{
  const int width = cairo_image_surface_get_width (surface);
  const int height = cairo_image_surface_get_height (surface);
  const int stride = cairo_image_surface_get_stride (surface);
  GdkPixbuf *pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, width, height);

  cairo_surface_flush (surface);
  for (int y = 0; y < height; y++)
    {
      const guint32 *from = (const guint32 *) (cairo_image_surface_get_data (surface) + y * stride);
      guchar *to = gdk_pixbuf_get_pixels (pixbuf) + y * gdk_pixbuf_get_rowstride (pixbuf);

      for (int x = 0; x < width; x++, to += 3)
        {
          to[0] = (from[x] >> 16) & 0xff;
          to[1] = (from[x] >> 8) & 0xff;
          to[2] = from[x] & 0xff;
        }
    }
  return pixbuf;
}

static gboolean
write_jpeg (const Document  *document,
            const char      *path,
            GError         **error)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24,
                                                         (int) (PAGE_WIDTH * SCAN_SCALE),
                                                         (int) (PAGE_HEIGHT * SCAN_SCALE));
  cairo_t *cr = cairo_create (surface);
  g_autoptr (GdkPixbuf) pixbuf = NULL;
  cairo_status_t status;

  draw_scan (cr, document);
  status = cairo_status (cr);
  cairo_destroy (cr);
  if (status == CAIRO_STATUS_SUCCESS)
    pixbuf = copy_pixels (surface);
  cairo_surface_destroy (surface);
  return check_status (status, path, error) &&
         gdk_pixbuf_save (pixbuf, path, "jpeg", error, "quality", "80", NULL);
}

static const struct
{
  const char *suffix;
  Writer write;
  guint max_pages;
} writers[] = {
  { ".pdf", write_pdf, G_MAXUINT },
  { ".jpg", write_jpeg, 1 },
};

static gboolean
write_document (const Document  *document,
                const char      *path,
                GError         **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (writers); i++)
    if (g_str_has_suffix (document->file, writers[i].suffix) &&
        document->pages <= writers[i].max_pages)
      return writers[i].write (document, path, error);

  g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
               "%s: no way to write %u pages to it", document->file, document->pages);
  return FALSE;
}

static gboolean
read_document (JsonObject  *object,
               Document    *document,
               GError     **error)
{
  JsonNode *lines = json_object_get_member (object, "lines");
  gint64 pages = json_object_get_int_member_with_default (object, "pages", 0);

  document->file = json_object_get_string_member_with_default (object, "file", NULL);
  document->title = json_object_get_string_member_with_default (object, "title", NULL);
  document->lines = NULL;
  if (lines != NULL && JSON_NODE_HOLDS_ARRAY (lines))
    document->lines = json_node_get_array (lines);
  document->pages = (guint) CLAMP (pages, 0, 1000);
  if (document->file != NULL && strchr (document->file, G_DIR_SEPARATOR) == NULL &&
      document->title != NULL && document->lines != NULL && document->pages > 0)
    return TRUE;

  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
               "%s: a document needs file, pages, title and lines",
               document->file != NULL ? document->file : "unnamed");
  return FALSE;
}

/* Writes the documents of one record into a directory of their own. */
static gboolean
write_record (const char  *dir,
              const char  *name,
              JsonArray   *documents,
              GString     *written,
              GError     **error)
{
  g_autofree char *own_dir = g_build_filename (dir, name, NULL);

  if (g_mkdir_with_parents (own_dir, 0755) != 0)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "%s: cannot be made", own_dir);
      return FALSE;
    }
  for (guint i = 0; i < json_array_get_length (documents); i++)
    {
      JsonObject *object = json_array_get_object_element (documents, i);
      g_autofree char *path = NULL;
      Document document;

      if (!read_document (object, &document, error))
        return FALSE;
      path = g_build_filename (own_dir, document.file, NULL);
      if (!write_document (&document, path, error))
        return FALSE;
      g_string_append_printf (written, "%s/%s\n", name, document.file);
    }
  return TRUE;
}

static gboolean
write_all (const char  *json_path,
           const char  *dir,
           GError     **error)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autoptr (GString) written = g_string_new (NULL);
  g_autofree char *list_path = g_build_filename (dir, "documents.txt", NULL);
  g_autoptr (GList) names = NULL;
  JsonObject *records;

  if (!json_parser_load_from_file (parser, json_path, error))
    return FALSE;
  if (!JSON_NODE_HOLDS_OBJECT (json_parser_get_root (parser)))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "%s: no object", json_path);
      return FALSE;
    }
  records = json_node_get_object (json_parser_get_root (parser));
  names = json_object_get_members (records);
  for (GList *l = names; l != NULL; l = l->next)
    {
      JsonArray *documents = json_object_get_array_member (records, l->data);

      if (!write_record (dir, l->data, documents, written, error))
        return FALSE;
    }

  return g_file_set_contents (list_path, written->str, written->len, error);
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (GError) error = NULL;

  if (argc != 3)
    {
      g_printerr ("Usage: make-documents documents.json OUTDIR\n");
      return 2;
    }
  if (!write_all (argv[1], argv[2], &error))
    {
      g_printerr ("make-documents: %s\n", error->message);
      return EXIT_FAILURE;
    }
  return EXIT_SUCCESS;
}
