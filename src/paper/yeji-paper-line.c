// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-paper"

#include "config.h"

#include "yeji-paper-line.h"

#include <string.h>

#include "yeji-paper-glyphs.h"

/* Points. */
#define PAD_X 4.0
#define PAD_Y 2.2
#define MIN_HEIGHT 17.4
/* Cells whose letters are kept between measuring and drawing; those of larger forms are laid out
 * twice, so that their size does not matter. */
#define MAX_KEPT 4000

/* Of the ground below a name, and below what a row is called. */
#define NAME_GREY 0.955
#define TITLE_GREY 0.90
#define LINE_GREY 0.55

struct _YejiPaperPen
{
  PangoContext *context;
  GHashTable *names;           /* style, width and text -> PangoLayout */
  guint n_kept;
};

typedef struct
{
  YejiPaperStyle style;
  char *text;                  /* cleaned */
  char *note;                  /* (nullable): cleaned */
  double x;
  double width;
  gboolean shaded;
  gboolean in_middle;
  gboolean wild;               /* has marks that may reach out of the cell */
  PangoLayout *layout;         /* (nullable): not kept */
  double height;
  guint n_lines;
} Cell;

struct _YejiPaperLine
{
  YejiPaperPen *pen;
  guint n_cells;
  double height;
  Cell cells[];
};

YejiPaperPen *
yeji_paper_pen_new (void)
{
  YejiPaperPen *self = g_new0 (YejiPaperPen, 1);

  self->context = yeji_paper_context_new ();
  pango_context_set_base_dir (self->context, PANGO_DIRECTION_LTR);
  self->names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  return self;
}

void
yeji_paper_pen_free (YejiPaperPen *self)
{
  g_hash_table_unref (self->names);
  g_object_unref (self->context);
  g_free (self);
}

/**
 * yeji_paper_guess_width:
 * @size: of the letters, in points
 *
 * Returns: about how wide the longest line of a text is, without laying it out
 */
double
yeji_paper_guess_width (const char *text,
                        double      size)
{
  double width = 0, widest = 0;

  for (const char *c = text; *c != '\0' && widest < 10 * YEJI_PAPER_INNER;
       c = g_utf8_next_char (c))
    {
      if (*c == '\n')
        width = 0;
      else
        width += (guchar) *c < 0x80 ? 0.58 : 1;
      widest = MAX (widest, width * size);
    }
  return widest;
}

/* Marks that stand above or below each other without end. */
static gboolean
is_wild (const char *text)
{
  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c))
    if ((guchar) *c >= 0x80 && g_unichar_ismark (g_utf8_get_char (c)))
      return TRUE;
  return FALSE;
}

static PangoLayout *
lay_out (YejiPaperPen *pen,
         const Cell   *cell)
{
  const double width = cell->width - 2 * PAD_X;
  PangoLayout *layout;
  g_autofree char *whole = NULL;
  PangoAttrList *attributes;
  PangoAttribute *size, *grey;

  if (cell->note == NULL)
    layout = yeji_paper_layout_new (pen->context, cell->style, width, cell->text);
  else
    {
      whole = g_strconcat (cell->text, "\n", cell->note, NULL);
      layout = yeji_paper_layout_new (pen->context, cell->style, width, whole);
      attributes = pango_attr_list_copy (pango_layout_get_attributes (layout));
      size = pango_attr_size_new_absolute ((int) (yeji_paper_get_size (YEJI_PAPER_NOTE)
                                                  * PANGO_SCALE));
      grey = pango_attr_foreground_new (0x5000, 0x5000, 0x5000);
      size->start_index = grey->start_index = (guint) strlen (cell->text) + 1;
      pango_attr_list_insert (attributes, size);
      pango_attr_list_insert (attributes, grey);
      pango_layout_set_attributes (layout, attributes);
      pango_attr_list_unref (attributes);
    }
  pango_layout_set_auto_dir (layout, FALSE);
  if (cell->in_middle)
    pango_layout_set_alignment (layout, PANGO_ALIGN_CENTER);
  return layout;
}

/* What a value is called comes again in each row of its table. */
static PangoLayout *
lay_out_name (YejiPaperPen *pen,
              const Cell   *cell)
{
  g_autofree char *key = g_strdup_printf ("%d %d %d %s", (int) cell->style,
                                          (int) (cell->width * 100), cell->in_middle, cell->text);
  PangoLayout *layout = g_hash_table_lookup (pen->names, key);

  if (layout == NULL)
    {
      layout = lay_out (pen, cell);
      g_hash_table_insert (pen->names, g_steal_pointer (&key), layout);
    }
  return g_object_ref (layout);
}

static PangoLayout *
get_layout (YejiPaperPen *pen,
            const Cell   *cell)
{
  if (cell->layout != NULL)
    return g_object_ref (cell->layout);
  return cell->shaded && cell->note == NULL ? lay_out_name (pen, cell) : lay_out (pen, cell);
}

static void
fill_cell (YejiPaperLine       *self,
           Cell                *cell,
           const YejiPaperCell *given,
           double               x)
{
  PangoLayout *layout;
  int height;

  cell->style = given->style;
  cell->text = yeji_paper_clean (given->text);
  cell->note = given->note != NULL ? yeji_paper_clean (given->note) : NULL;
  cell->x = x;
  cell->width = given->width;
  cell->shaded = given->shaded;
  cell->in_middle = given->in_middle;
  if (*cell->text == '\0' && cell->note == NULL)
    return;
  cell->wild = is_wild (cell->text);
  layout = get_layout (self->pen, cell);
  pango_layout_get_size (layout, NULL, &height);
  cell->height = (double) height / PANGO_SCALE;
  cell->n_lines = (guint) pango_layout_get_line_count (layout);
  if (self->pen->n_kept < MAX_KEPT)
    {
      self->pen->n_kept++;
      cell->layout = g_object_ref (layout);
    }
  g_object_unref (layout);
}

/**
 * yeji_paper_line_new:
 * @min_height: points; 0: as little as the texts need
 *
 * Returns: (transfer full): a line, good as long as the pen is
 */
YejiPaperLine *
yeji_paper_line_new (YejiPaperPen        *pen,
                     const YejiPaperCell *cells,
                     guint                n_cells,
                     double               min_height)
{
  YejiPaperLine *self = g_malloc0 (sizeof (YejiPaperLine) + n_cells * sizeof (Cell));
  double x = YEJI_PAPER_MARGIN;

  g_assert (n_cells <= YEJI_PAPER_MAX_CELLS);
  self->pen = pen;
  self->n_cells = n_cells;
  self->height = MAX (min_height, MIN_HEIGHT);
  for (guint i = 0; i < n_cells; i++)
    {
      fill_cell (self, &self->cells[i], &cells[i], x);
      self->height = MAX (self->height, self->cells[i].height + 2 * PAD_Y);
      x += cells[i].width;
    }
  return self;
}

double
yeji_paper_line_get_height (YejiPaperLine *self)
{
  return self->height;
}

/* How many lines of text fit behind those that are on the sheets before. */
static double
cut_cell (YejiPaperPen *pen,
          const Cell   *cell,
          double        room,
          guint         from,
          guint        *to)
{
  PangoLayout *layout;
  PangoLayoutIter *iter;
  double height = 0;
  guint i = 0;

  *to = from;
  if (from >= cell->n_lines)
    return 0;
  layout = get_layout (pen, cell);
  iter = pango_layout_get_iter (layout);
  do
    {
      PangoRectangle extents;

      if (i++ < from)
        continue;
      pango_layout_iter_get_line_extents (iter, NULL, &extents);
      /* one that is higher than any sheet stands there all the same, cut off */
      if (height + (double) extents.height / PANGO_SCALE > room && i > from + 1)
        break;
      height += (double) extents.height / PANGO_SCALE;
      *to = i;
    }
  while (pango_layout_iter_next_line (iter));
  pango_layout_iter_free (iter);
  g_object_unref (layout);
  return MIN (height, room);
}

/**
 * yeji_paper_line_cut:
 * @room: on this sheet, in points
 * @range: (inout): `to` of the sheet before; what stands on this one
 * @height: (out): of this part
 *
 * Cuts a line that is higher than a sheet: so many lines of each text as there is room for. What
 * a value is called stands on each sheet.
 *
 * Returns: whether that was the last part
 */
gboolean
yeji_paper_line_cut (YejiPaperLine  *self,
                     double          room,
                     YejiPaperRange *range,
                     double         *height)
{
  gboolean is_last = TRUE;

  *height = MIN_HEIGHT;
  for (guint i = 0; i < self->n_cells; i++)
    {
      const Cell *cell = &self->cells[i];
      double own;

      range->from[i] = cell->shaded ? 0 : range->to[i];
      own = cut_cell (self->pen, cell, room - 2 * PAD_Y, range->from[i], &range->to[i]);
      *height = MAX (*height, own + 2 * PAD_Y);
      is_last = is_last && (cell->shaded || range->to[i] >= cell->n_lines);
    }
  return is_last;
}

/**
 * yeji_paper_line_draw_ground:
 *
 * Draws what lies below the texts, and below a word that is across the sheet.
 */
void
yeji_paper_line_draw_ground (YejiPaperLine *self,
                             cairo_t       *cairo,
                             double         y,
                             double         height)
{
  for (guint i = 0; i < self->n_cells; i++)
    {
      const Cell *cell = &self->cells[i];
      const double grey = cell->style == YEJI_PAPER_ROW ? TITLE_GREY : NAME_GREY;

      if (!cell->shaded)
        continue;
      cairo_set_source_rgb (cairo, grey, grey, grey);
      cairo_rectangle (cairo, cell->x, y, cell->width, height);
      cairo_fill (cairo);
    }
}

static void
draw_lines (cairo_t     *cairo,
            PangoLayout *layout,
            double       x,
            double       y,
            guint        from,
            guint        to)
{
  PangoLayoutIter *iter = pango_layout_get_iter (layout);
  double top = 0;
  guint i = 0;

  do
    {
      PangoRectangle extents;
      const double baseline = (double) pango_layout_iter_get_baseline (iter) / PANGO_SCALE;

      pango_layout_iter_get_line_extents (iter, NULL, &extents);
      if (i == from)
        top = (double) extents.y / PANGO_SCALE;
      if (i >= from && i < to)
        {
          cairo_move_to (cairo, x + (double) extents.x / PANGO_SCALE, y + baseline - top);
          yeji_paper_show_line (cairo, pango_layout_iter_get_line_readonly (iter));
        }
      i++;
    }
  while (i < to && pango_layout_iter_next_line (iter));
  pango_layout_iter_free (iter);
}

static void
draw_cell (YejiPaperLine        *self,
           cairo_t              *cairo,
           guint                 index,
           double                y,
           double                height,
           const YejiPaperRange *range)
{
  const Cell *cell = &self->cells[index];
  const gboolean whole = range == NULL
                         || (range->from[index] == 0 && range->to[index] >= cell->n_lines);
  PangoLayout *layout;

  if (cell->n_lines == 0)
    return;
  layout = get_layout (self->pen, cell);
  cairo_save (cairo);
  if (cell->wild)
    {
      cairo_rectangle (cairo, cell->x, y, cell->width, height);
      cairo_clip (cairo);
    }
  yeji_paper_set_grey (cairo, cell->style);
  if (whole)
    {
      cairo_move_to (cairo, cell->x + PAD_X, y + MAX (PAD_Y, (height - cell->height) / 2));
      yeji_paper_show_layout (cairo, layout);
    }
  else
    draw_lines (cairo, layout, cell->x + PAD_X, y + PAD_Y, range->from[index], range->to[index]);
  cairo_restore (cairo);
  g_object_unref (layout);
}

/**
 * yeji_paper_line_draw:
 * @range: (nullable): the part of it; %NULL: all
 *
 * Draws the texts, and thin lines around the cells.
 */
void
yeji_paper_line_draw (YejiPaperLine        *self,
                      cairo_t              *cairo,
                      double                y,
                      double                height,
                      const YejiPaperRange *range)
{
  for (guint i = 0; i < self->n_cells; i++)
    draw_cell (self, cairo, i, y, height, range);
  cairo_set_source_rgb (cairo, LINE_GREY, LINE_GREY, LINE_GREY);
  cairo_set_line_width (cairo, 0.5);
  for (guint i = 0; i < self->n_cells; i++)
    cairo_rectangle (cairo, self->cells[i].x, y, self->cells[i].width, height);
  cairo_stroke (cairo);
}

void
yeji_paper_line_free (YejiPaperLine *self)
{
  for (guint i = 0; i < self->n_cells; i++)
    {
      g_free (self->cells[i].text);
      g_free (self->cells[i].note);
      g_clear_object (&self->cells[i].layout);
    }
  g_free (self);
}
