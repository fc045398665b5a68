// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-paper"

#include "config.h"

#include "yeji-paper-text.h"

#include <string.h>

#define SANS "Noto Sans CJK SC, sans-serif"
#define MONO "Noto Sans Mono CJK SC, monospace"

static const struct
{
  const char *family;
  double size;                 /* points */
  PangoWeight weight;
  double grey;                 /* 0 is black */
} styles[N_YEJI_PAPER_STYLES] = {
  [YEJI_PAPER_TITLE] = { SANS, 22, PANGO_WEIGHT_BOLD, 0 },
  [YEJI_PAPER_HEADING] = { SANS, 11, PANGO_WEIGHT_BOLD, 0 },
  [YEJI_PAPER_BODY] = { SANS, 10, PANGO_WEIGHT_NORMAL, 0 },
  [YEJI_PAPER_STRONG] = { SANS, 10, PANGO_WEIGHT_BOLD, 0 },
  [YEJI_PAPER_LABEL] = { SANS, 8.5, PANGO_WEIGHT_NORMAL, 0.38 },
  [YEJI_PAPER_SMALL] = { SANS, 8.5, PANGO_WEIGHT_NORMAL, 0 },
  [YEJI_PAPER_CODE] = { MONO, 10, PANGO_WEIGHT_NORMAL, 0 },
  [YEJI_PAPER_SMALL_CODE] = { MONO, 8, PANGO_WEIGHT_NORMAL, 0 },
};

/* Paper has no pixels: a text is as wide on each surface. */
static void
set_options (PangoLayout *layout)
{
  cairo_font_options_t *options = cairo_font_options_create ();

  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  pango_cairo_context_set_font_options (pango_layout_get_context (layout), options);
  pango_cairo_context_set_resolution (pango_layout_get_context (layout), 72);
  cairo_font_options_destroy (options);
}

static PangoLayout *
make_layout (cairo_t        *cairo,
             YejiPaperStyle  style,
             double          width,
             const char     *text)
{
  PangoLayout *layout = pango_cairo_create_layout (cairo);
  PangoFontDescription *font = pango_font_description_new ();

  set_options (layout);
  pango_context_set_language (pango_layout_get_context (layout),
                              pango_language_from_string ("zh-cn"));
  pango_font_description_set_family_static (font, styles[style].family);
  pango_font_description_set_weight (font, styles[style].weight);
  pango_font_description_set_absolute_size (font, styles[style].size * PANGO_SCALE);
  pango_layout_set_font_description (layout, font);
  pango_font_description_free (font);
  if (width > 0)
    {
      pango_layout_set_width (layout, (int) (width * PANGO_SCALE));
      pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
    }
  pango_layout_set_text (layout, text, -1);
  return layout;
}

static double
get_height (PangoLayout *layout)
{
  int height;

  pango_layout_get_size (layout, NULL, &height);
  return (double) height / PANGO_SCALE;
}

/**
 * yeji_paper_draw_text:
 * @width: points after which a new line begins; 0: never
 *
 * Draws a text with its left upper corner at a place.
 *
 * Returns: its height in points
 */
double
yeji_paper_draw_text (cairo_t        *cairo,
                      YejiPaperStyle  style,
                      double          x,
                      double          y,
                      double          width,
                      const char     *text)
{
  g_autoptr (PangoLayout) layout = make_layout (cairo, style, width, text);

  cairo_set_source_rgb (cairo, styles[style].grey, styles[style].grey, styles[style].grey);
  cairo_move_to (cairo, x, y);
  pango_cairo_show_layout (cairo, layout);
  return get_height (layout);
}

/**
 * yeji_paper_draw_text_end:
 * @x: where the text ends
 *
 * Draws one line of text before a place.
 */
void
yeji_paper_draw_text_end (cairo_t        *cairo,
                          YejiPaperStyle  style,
                          double          x,
                          double          y,
                          const char     *text)
{
  g_autoptr (PangoLayout) layout = make_layout (cairo, style, 0, text);
  int width;

  pango_layout_get_size (layout, &width, NULL);
  cairo_set_source_rgb (cairo, styles[style].grey, styles[style].grey, styles[style].grey);
  cairo_move_to (cairo, x - (double) width / PANGO_SCALE, y);
  pango_cairo_show_layout (cairo, layout);
}

/**
 * yeji_paper_measure_text:
 *
 * Returns: the height that yeji_paper_draw_text() would need
 */
double
yeji_paper_measure_text (cairo_t        *cairo,
                         YejiPaperStyle  style,
                         double          width,
                         const char     *text)
{
  g_autoptr (PangoLayout) layout = make_layout (cairo, style, width, text);

  return get_height (layout);
}

/**
 * yeji_paper_draw_line:
 * @grey: 0 is black
 *
 * Draws a thin line across.
 */
void
yeji_paper_draw_line (cairo_t *cairo,
                      double   x,
                      double   y,
                      double   width,
                      double   grey)
{
  cairo_set_source_rgb (cairo, grey, grey, grey);
  cairo_set_line_width (cairo, 0.6);
  cairo_move_to (cairo, x, y);
  cairo_line_to (cairo, x + width, y);
  cairo_stroke (cairo);
}

/**
 * yeji_paper_group_digits:
 * @digits: ASCII
 * @group: how many stand together
 *
 * Returns: (transfer full): the digits with a blank after each group, so that two people can read
 *   them to each other
 */
char *
yeji_paper_group_digits (const char *digits,
                         guint       group)
{
  GString *text = g_string_new (NULL);

  for (gsize i = 0; i < strlen (digits); i++)
    {
      if (i > 0 && i % group == 0)
        g_string_append_c (text, ' ');
      g_string_append_c (text, digits[i]);
    }
  return g_string_free (text, FALSE);
}
