// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* Letters as they are drawn into a PDF. cairo 1.16 takes the letters of an OpenType font over in
 * parts that several letters share, and reads each part once: with the fonts of Noto CJK it then
 * leaves out parts that are needed, so that letters are missing in the file, or gives up and takes
 * all parts of the font, which is the better part of a megabyte for a few words. It draws the
 * letters anew where it takes the font for a synthetic one, made bold or oblique by a computer; a
 * mark that stands for neither is enough for that. */

#define G_LOG_DOMAIN "yeji-paper"

#include "config.h"

#include "yeji-paper-glyphs.h"

#include <cairo-pdf.h>
#ifdef CAIRO_HAS_FC_FONT       /* Pango has fonts of FreeType where there is fontconfig, too */
#include <cairo-ft.h>
#endif

/* Neither CAIRO_FT_SYNTHESIZE_BOLD nor CAIRO_FT_SYNTHESIZE_OBLIQUE. */
#define MARK (1u << 7)

/* Takes a font with the mark, for all that comes after. */
static void
set_font (cairo_t   *cairo,
          PangoFont *font)
{
  cairo_scaled_font_t *scaled = pango_cairo_font_get_scaled_font (PANGO_CAIRO_FONT (font));
  cairo_font_face_t *face = cairo_scaled_font_get_font_face (scaled);
  cairo_font_options_t *options = cairo_font_options_create ();
  cairo_matrix_t matrix;

#ifdef CAIRO_HAS_FC_FONT
  if (cairo_font_face_get_type (face) == CAIRO_FONT_TYPE_FT)
    cairo_ft_font_face_set_synthesize (face, MARK);
#endif
  cairo_scaled_font_get_font_matrix (scaled, &matrix);
  cairo_scaled_font_get_font_options (scaled, options);
  cairo_set_font_face (cairo, face);
  cairo_set_font_matrix (cairo, &matrix);
  cairo_set_font_options (cairo, options);
  cairo_font_options_destroy (options);
}

/* What no font has shows as a box with its number, which Pango draws. */
static gboolean
is_drawable (const PangoGlyphItem *run)
{
  if (!PANGO_IS_CAIRO_FONT (run->item->analysis.font))
    return FALSE;
  for (int i = 0; i < run->glyphs->num_glyphs; i++)
    if (run->glyphs->glyphs[i].glyph & PANGO_GLYPH_UNKNOWN_FLAG)
      return FALSE;
  return TRUE;
}

/* Which glyphs stand for which bytes: what is copied out of the file depends on it. */
static GArray *
find_clusters (PangoGlyphItem *run,
               const char     *text)
{
  GArray *clusters = g_array_new (FALSE, FALSE, sizeof (cairo_text_cluster_t));
  const gboolean backward = (run->item->analysis.level & 1) != 0;
  PangoGlyphItemIter iter;

  for (gboolean found = pango_glyph_item_iter_init_start (&iter, run, text); found;
       found = pango_glyph_item_iter_next_cluster (&iter))
    {
      const int first = backward ? iter.end_glyph + 1 : iter.start_glyph;
      const int end = backward ? iter.start_glyph + 1 : iter.end_glyph;
      cairo_text_cluster_t cluster = { iter.end_index - iter.start_index, 0 };

      for (int i = first; i < end; i++)
        if (run->glyphs->glyphs[i].glyph != PANGO_GLYPH_EMPTY)
          cluster.num_glyphs++;
      g_array_append_val (clusters, cluster);
    }
  return clusters;
}

static void
set_colour (cairo_t              *cairo,
            const PangoGlyphItem *run)
{
  for (GSList *item = run->item->analysis.extra_attrs; item != NULL; item = item->next)
    {
      const PangoAttrColor *attribute = item->data;

      if (attribute->attr.klass->type == PANGO_ATTR_FOREGROUND)
        cairo_set_source_rgb (cairo, attribute->color.red / 65535.0,
                              attribute->color.green / 65535.0, attribute->color.blue / 65535.0);
    }
}

/* Returns how wide it is, in units of Pango. */
static int
show_run (cairo_t        *cairo,
          PangoGlyphItem *run,
          const char     *text,
          double          x,
          double          y)
{
  const PangoGlyphString *string = run->glyphs;
  g_autofree cairo_glyph_t *glyphs = g_new (cairo_glyph_t, MAX (string->num_glyphs, 1));
  g_autoptr (GArray) clusters = NULL;
  int n_glyphs = 0, width = 0;

  for (int i = 0; i < string->num_glyphs; i++)
    {
      const PangoGlyphInfo *info = &string->glyphs[i];

      if (info->glyph != PANGO_GLYPH_EMPTY)
        glyphs[n_glyphs++] = (cairo_glyph_t) {
          info->glyph, x + (double) (width + info->geometry.x_offset) / PANGO_SCALE,
          y + (double) info->geometry.y_offset / PANGO_SCALE,
        };
      width += info->geometry.width;
    }
  if (!is_drawable (run))
    {
      cairo_move_to (cairo, x, y);
      pango_cairo_show_glyph_item (cairo, text, run);
      return width;
    }
  clusters = find_clusters (run, text);
  set_font (cairo, run->item->analysis.font);
  cairo_show_text_glyphs (cairo, text + run->item->offset, run->item->length, glyphs, n_glyphs,
                          (const cairo_text_cluster_t *) clusters->data, (int) clusters->len,
                          run->item->analysis.level & 1 ? CAIRO_TEXT_CLUSTER_FLAG_BACKWARD : 0);
  return width;
}

static gboolean
is_pdf (cairo_t *cairo)
{
  return cairo_surface_get_type (cairo_get_target (cairo)) == CAIRO_SURFACE_TYPE_PDF;
}

/**
 * yeji_paper_show_line:
 *
 * Draws a line of text whose base begins at the current point.
 */
void
yeji_paper_show_line (cairo_t         *cairo,
                      PangoLayoutLine *line)
{
  const char *text = pango_layout_get_text (line->layout);
  double x, y;

  if (!is_pdf (cairo))
    {
      pango_cairo_show_layout_line (cairo, line);
      return;
    }
  cairo_get_current_point (cairo, &x, &y);
  for (GSList *item = line->runs; item != NULL; item = item->next)
    {
      cairo_save (cairo);
      set_colour (cairo, item->data);
      x += (double) show_run (cairo, item->data, text, x, y) / PANGO_SCALE;
      cairo_restore (cairo);
    }
}

/**
 * yeji_paper_show_layout:
 *
 * Draws a text whose left upper corner is the current point.
 */
void
yeji_paper_show_layout (cairo_t     *cairo,
                        PangoLayout *layout)
{
  PangoLayoutIter *iter;
  double x, y;

  if (!is_pdf (cairo))
    {
      pango_cairo_show_layout (cairo, layout);
      return;
    }
  cairo_get_current_point (cairo, &x, &y);
  iter = pango_layout_get_iter (layout);
  do
    {
      PangoRectangle extents;

      pango_layout_iter_get_line_extents (iter, NULL, &extents);
      cairo_move_to (cairo, x + (double) extents.x / PANGO_SCALE,
                     y + (double) pango_layout_iter_get_baseline (iter) / PANGO_SCALE);
      yeji_paper_show_line (cairo, pango_layout_iter_get_line_readonly (iter));
    }
  while (pango_layout_iter_next_line (iter));
  pango_layout_iter_free (iter);
}
