// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-paper"

#include "config.h"

#include "yeji-paper-text.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "yeji-paper-glyphs.h"

#define SANS "Noto Sans CJK SC, Microsoft YaHei, sans-serif"
#define MONO "Noto Sans Mono CJK SC, NSimSun, monospace"

/* Characters of a text; what is longer is no text of a form. */
#define MAX_TEXT 65536

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
  [YEJI_PAPER_FORM_TITLE] = { SANS, 20, PANGO_WEIGHT_BOLD, 0 },
  [YEJI_PAPER_SECTION] = { SANS, 11.5, PANGO_WEIGHT_BOLD, 0 },
  [YEJI_PAPER_FIELD] = { SANS, 8.5, PANGO_WEIGHT_NORMAL, 0.3 },
  [YEJI_PAPER_VALUE] = { SANS, 9, PANGO_WEIGHT_NORMAL, 0 },
  [YEJI_PAPER_ROW] = { SANS, 9, PANGO_WEIGHT_BOLD, 0 },
  [YEJI_PAPER_NOTE] = { SANS, 7.5, PANGO_WEIGHT_NORMAL, 0.38 },
};

/**
 * yeji_paper_context_new:
 *
 * Makes what texts are laid out with. Paper has no pixels: a text is as wide on each surface. To be
 * used on the thread that made it.
 *
 * Returns: (transfer full): a context whose unit is the point
 */
PangoContext *
yeji_paper_context_new (void)
{
  PangoContext *context = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  cairo_font_options_t *options = cairo_font_options_create ();

  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  pango_cairo_context_set_font_options (context, options);
  pango_cairo_context_set_resolution (context, 72);
  pango_context_set_language (context, pango_language_from_string ("zh-cn"));
  pango_context_set_round_glyph_positions (context, FALSE);
  cairo_font_options_destroy (options);
  return context;
}

/**
 * yeji_paper_layout_new:
 * @width: points after which a new line begins; 0: never
 * @text: clean, see yeji_paper_clean()
 *
 * Returns: (transfer full): the text, ready to be measured and drawn
 */
PangoLayout *
yeji_paper_layout_new (PangoContext   *context,
                       YejiPaperStyle  style,
                       double          width,
                       const char     *text)
{
  PangoLayout *layout = pango_layout_new (context);
  PangoFontDescription *font = pango_font_description_new ();
  PangoAttrList *attributes = pango_attr_list_new ();

  pango_font_description_set_family_static (font, styles[style].family);
  pango_font_description_set_weight (font, styles[style].weight);
  pango_font_description_set_absolute_size (font, styles[style].size * PANGO_SCALE);
  pango_layout_set_font_description (layout, font);
  pango_font_description_free (font);
  /* a number that goes on in the next line has no hyphen that is not its own */
  pango_attr_list_insert (attributes, pango_attr_insert_hyphens_new (FALSE));
  pango_layout_set_attributes (layout, attributes);
  pango_attr_list_unref (attributes);
  if (width > 0)
    {
      pango_layout_set_width (layout, (int) (width * PANGO_SCALE));
      pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
    }
  pango_layout_set_text (layout, text, -1);
  return layout;
}

/**
 * yeji_paper_set_grey:
 *
 * Takes the colour of a style.
 */
void
yeji_paper_set_grey (cairo_t        *cairo,
                     YejiPaperStyle  style)
{
  cairo_set_source_rgb (cairo, styles[style].grey, styles[style].grey, styles[style].grey);
}

/**
 * yeji_paper_get_size:
 *
 * Returns: of the letters of a style, in points
 */
double
yeji_paper_get_size (YejiPaperStyle style)
{
  return styles[style].size;
}

/* What turns the direction of the text lets a name look like another one: Unicode TR 36, 2.2; and
 * a noncharacter, cairo takes for an end of all drawing. */
static gboolean
is_hidden (gunichar character)
{
  return g_unichar_iscntrl (character) || (character >= 0x200e && character <= 0x200f)
         || (character >= 0x2028 && character <= 0x202e)
         || (character >= 0x2066 && character <= 0x2069) || character == 0x061c
         || character == 0xfeff || (character & 0xfffe) == 0xfffe
         || (character >= 0xfdd0 && character <= 0xfdef);
}

/**
 * yeji_paper_clean:
 * @text: UTF-8
 *
 * Returns: (transfer full): the text as it is printed: its lines stay, what no printer prints
 *   (control characters, marks of direction, noncharacters) shows as U+FFFD, and one that is longer than any form
 *   is cut and says so
 */
char *
yeji_paper_clean (const char *text)
{
  GString *clean = g_string_new (NULL);
  const char *c = text;

  for (guint n = 0; *c != '\0' && n < MAX_TEXT; c = g_utf8_next_char (c), n++)
    {
      gunichar character = g_utf8_get_char (c);

      if (character == '\r' && c[1] == '\n')
        continue;
      if (character == '\t')
        character = ' ';
      else if (character != '\n' && is_hidden (character))
        character = 0xfffd;
      g_string_append_unichar (clean, character);
    }
  if (*c != '\0')
    {
      const guint n = (guint) g_utf8_strlen (c, -1);

      g_string_append_c (clean, '\n');
      /* Translators: the end of a text that is too long to be printed */
      g_string_append_printf (clean, ngettext ("… (%u more character)", "… (%u more characters)",
                                               n), n);
    }
  return g_string_free (clean, FALSE);
}

static PangoLayout *
make_layout (YejiPaperStyle  style,
             double          width,
             const char     *text)
{
  PangoContext *context = yeji_paper_context_new ();
  g_autofree char *clean = yeji_paper_clean (text);
  PangoLayout *layout = yeji_paper_layout_new (context, style, width, clean);

  g_object_unref (context);
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
  g_autoptr (PangoLayout) layout = make_layout (style, width, text);

  yeji_paper_set_grey (cairo, style);
  cairo_move_to (cairo, x, y);
  yeji_paper_show_layout (cairo, layout);
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
  g_autoptr (PangoLayout) layout = make_layout (style, 0, text);
  int width;

  pango_layout_get_size (layout, &width, NULL);
  yeji_paper_set_grey (cairo, style);
  cairo_move_to (cairo, x - (double) width / PANGO_SCALE, y);
  yeji_paper_show_layout (cairo, layout);
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
  g_autoptr (PangoLayout) layout = make_layout (style, width, text);

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

/**
 * yeji_paper_print_moment:
 * @moment: RFC 3339
 * @format: of g_date_time_format()
 *
 * China's time, as everything of the province's: paper is read in an office there.
 *
 * Returns: (transfer full): the moment; @moment itself where it is none
 */
char *
yeji_paper_print_moment (const char *moment,
                         const char *format)
{
  g_autoptr (GTimeZone) china = g_time_zone_new_offset (8 * 60 * 60);
  g_autoptr (GDateTime) parsed = g_date_time_new_from_iso8601 (moment, NULL);
  g_autoptr (GDateTime) local = parsed != NULL ? g_date_time_to_timezone (parsed, china) : NULL;

  return local != NULL ? g_date_time_format (local, format) : g_strdup (moment);
}
