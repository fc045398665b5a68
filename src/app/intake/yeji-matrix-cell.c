// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-matrix-cell"

#include "config.h"

#include "yeji-matrix-cell.h"

#define PADDING 6
#define TEXT_PADDING 12
#define ICON_SIZE 16
#define GAP 5
#define HEAD_LINES 3

/* So much of its colour lies under what needs attention. */
#define TINT 0.12f

struct _YejiMatrixCell
{
  GtkWidget parent_instance;

  YejiMatrixCellKind kind;
  YejiMatrixStand stand;
  int row;
  int column;
  char *text;                  /* (nullable) */
  char *number;                /* (nullable) */
  PangoLayout *layouts[2];     /* (nullable): of text and number, made when they are drawn */
  gboolean drop;
};

G_DEFINE_FINAL_TYPE (YejiMatrixCell, yeji_matrix_cell, GTK_TYPE_WIDGET)

static void
find_colour (YejiMatrixCell *self,
             const char       *name,
             GdkRGBA          *colour)
{
  GtkStyleContext *style = gtk_widget_get_style_context (GTK_WIDGET (self));

  if (name != NULL && gtk_style_context_lookup_color (style, name, colour))
    return;
  gtk_style_context_get_color (style, colour);
}

static PangoLayout *
get_layout (YejiMatrixCell *self,
            guint             which)
{
  const char *text = which == 0 ? self->text : self->number;
  PangoLayout *layout = self->layouts[which];

  if (layout != NULL)
    return layout;
  layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
  self->layouts[which] = layout;
  if (which == 1)
    {
      PangoAttrList *attributes = pango_attr_list_new ();

      pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum=1"));
      pango_layout_set_attributes (layout, attributes);
      pango_attr_list_unref (attributes);
      return layout;
    }
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  if (self->kind == YEJI_MATRIX_CELL_HEAD)
    {
      pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
      pango_layout_set_height (layout, -HEAD_LINES);
      pango_layout_set_alignment (layout, self->number != NULL ? PANGO_ALIGN_CENTER
                                                               : PANGO_ALIGN_LEFT);
    }
  else
    pango_layout_set_single_paragraph_mode (layout, TRUE);
  return layout;
}

static void
draw_layout (YejiMatrixCell *self,
             GtkSnapshot      *snapshot,
             PangoLayout      *layout,
             double            x,
             double            y,
             const GdkRGBA    *colour)
{
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) x, (float) y));
  gtk_snapshot_append_layout (snapshot, layout, colour);
  gtk_snapshot_restore (snapshot);
}

static void
draw_icon (YejiMatrixCell *self,
           GtkSnapshot      *snapshot,
           const char       *name,
           double            x,
           double            y,
           const GdkRGBA    *colour)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GtkIconTheme *theme = gtk_icon_theme_get_for_display (gtk_widget_get_display (widget));
  g_autoptr (GtkIconPaintable) icon = NULL;

  icon = gtk_icon_theme_lookup_icon (theme, name, NULL, ICON_SIZE,
                                     gtk_widget_get_scale_factor (widget),
                                     gtk_widget_get_direction (widget), GTK_ICON_LOOKUP_PRELOAD);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) x, (float) y));
  gtk_symbolic_paintable_snapshot_symbolic (GTK_SYMBOLIC_PAINTABLE (icon), snapshot, ICON_SIZE,
                                            ICON_SIZE, colour, 1);
  gtk_snapshot_restore (snapshot);
}

/* An icon and the number behind it, in the middle; a quiet dash where there is neither. */
static void
draw_stand (YejiMatrixCell *self,
            GtkSnapshot      *snapshot,
            double            middle)
{
  const char *icon = yeji_matrix_stand_get_icon (self->stand);
  gboolean numbered = self->number != NULL && *self->number != '\0';
  int width = icon != NULL ? ICON_SIZE : 0;
  int text_width = 0, text_height = 0;
  GdkRGBA colour, ink;
  double x;

  find_colour (self, yeji_matrix_stand_get_colour (self->stand), &colour);
  find_colour (self, NULL, &ink);
  if (numbered)
    pango_layout_get_pixel_size (get_layout (self, 1), &text_width, &text_height);
  width += text_width + (icon != NULL && numbered ? GAP : 0);
  x = (gtk_widget_get_width (GTK_WIDGET (self)) - width) / 2;
  if (icon != NULL)
    draw_icon (self, snapshot, icon, x, middle - ICON_SIZE / 2, &colour);
  else
    ink.alpha *= 0.4f;
  if (numbered)
    draw_layout (self, snapshot, get_layout (self, 1), x + (width - text_width),
                 middle - text_height / 2, self->stand == YEJI_MATRIX_MISSING ? &colour : &ink);
}

static void
draw_tint (YejiMatrixCell *self,
           GtkSnapshot      *snapshot)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GdkRGBA colour;

  if (self->drop)
    find_colour (self, "accent_bg_color", &colour);
  else if (self->kind == YEJI_MATRIX_CELL_SLOT && self->stand >= YEJI_MATRIX_UNEXAMINED)
    find_colour (self, yeji_matrix_stand_get_colour (self->stand), &colour);
  else
    return;
  colour.alpha = self->drop ? 2 * TINT : self->stand == YEJI_MATRIX_MISSING ? TINT : TINT / 2;
  gtk_snapshot_append_color (snapshot, &colour,
                             &GRAPHENE_RECT_INIT (0, 0, (float) gtk_widget_get_width (widget),
                                                  (float) gtk_widget_get_height (widget)));
}

/* Borders of a style would be drawn as slanted shapes, which takes several times as long as all
 * else. */
static void
draw_lines (YejiMatrixCell *self,
            GtkSnapshot    *snapshot)
{
  float width = (float) gtk_widget_get_width (GTK_WIDGET (self));
  float height = (float) gtk_widget_get_height (GTK_WIDGET (self));
  GdkRGBA colour;

  find_colour (self, NULL, &colour);
  colour.alpha *= self->kind == YEJI_MATRIX_CELL_HEAD ? 0.22f : 0.09f;
  gtk_snapshot_append_color (snapshot, &colour,
                             &GRAPHENE_RECT_INIT (0, height - 1, width, 1));
  find_colour (self, NULL, &colour);
  colour.alpha *= 0.08f;
  gtk_snapshot_append_color (snapshot, &colour,
                             &GRAPHENE_RECT_INIT (width - 1, 0, 1, height - 1));
}

static void
yeji_matrix_cell_snapshot (GtkWidget   *widget,
                             GtkSnapshot *snapshot)
{
  YejiMatrixCell *self = YEJI_MATRIX_CELL (widget);
  int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  int padding = self->number == NULL ? TEXT_PADDING : PADDING;
  int text_height;
  GdkRGBA ink;

  draw_tint (self, snapshot);
  draw_lines (self, snapshot);
  if (self->text != NULL && width > 2 * padding)
    {
      PangoLayout *layout = get_layout (self, 0);

      find_colour (self, NULL, &ink);
      pango_layout_set_width (layout, (width - 2 * padding) * PANGO_SCALE);
      pango_layout_get_pixel_size (layout, NULL, &text_height);
      draw_layout (self, snapshot, layout, padding,
                   self->kind == YEJI_MATRIX_CELL_HEAD && self->number != NULL
                     ? MAX (PADDING, (height - ICON_SIZE - PADDING - text_height) / 2)
                     : (height - text_height) / 2, &ink);
    }
  if (self->number != NULL)
    draw_stand (self, snapshot, self->kind == YEJI_MATRIX_CELL_HEAD
                                  ? height - PADDING - ICON_SIZE / 2 : height / 2);
}

static void
yeji_matrix_cell_measure (GtkWidget      *widget,
                            GtkOrientation  orientation,
                            int             for_size,
                            int            *minimum,
                            int            *natural,
                            int            *minimum_baseline,
                            int            *natural_baseline)
{
  *minimum = *natural = 0;     /* the matrix says how large it is */
}

static void
forget (YejiMatrixCell *self)
{
  g_clear_object (&self->layouts[0]);
  g_clear_object (&self->layouts[1]);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
yeji_matrix_cell_css_changed (GtkWidget         *widget,
                                GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (yeji_matrix_cell_parent_class)->css_changed (widget, change);
  forget (YEJI_MATRIX_CELL (widget));
}

static void
yeji_matrix_cell_finalize (GObject *object)
{
  YejiMatrixCell *self = YEJI_MATRIX_CELL (object);

  g_clear_object (&self->layouts[0]);
  g_clear_object (&self->layouts[1]);
  g_free (self->text);
  g_free (self->number);
  G_OBJECT_CLASS (yeji_matrix_cell_parent_class)->finalize (object);
}

static void
yeji_matrix_cell_class_init (YejiMatrixCellClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = yeji_matrix_cell_finalize;
  widget_class->snapshot = yeji_matrix_cell_snapshot;
  widget_class->measure = yeji_matrix_cell_measure;
  widget_class->css_changed = yeji_matrix_cell_css_changed;
  gtk_widget_class_set_css_name (widget_class, "yeji-matrix-cell");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GRID_CELL);
}

static void
yeji_matrix_cell_init (YejiMatrixCell *self)
{
  self->row = self->column = -1;
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
}

/**
 * yeji_matrix_cell_new:
 * @role: of a cell, or of the head of a row or column
 *
 * Returns: (transfer floating): an empty cell
 */
GtkWidget *
yeji_matrix_cell_new (YejiMatrixCellKind kind,
                        GtkAccessibleRole    role)
{
  YejiMatrixCell *self = g_object_new (YEJI_TYPE_MATRIX_CELL, "accessible-role", role, NULL);

  self->kind = kind;
  return GTK_WIDGET (self);
}

/**
 * yeji_matrix_cell_set_place:
 * @row: -1 is the row of heads
 *
 * Says which cell it is.
 */
void
yeji_matrix_cell_set_place (YejiMatrixCell *self,
                              int               row,
                              int               column)
{
  self->row = row;
  self->column = column;
}

int
yeji_matrix_cell_get_row (YejiMatrixCell *self)
{
  return self->row;
}

int
yeji_matrix_cell_get_column (YejiMatrixCell *self)
{
  return self->column;
}

/**
 * yeji_matrix_cell_show:
 * @text: (nullable): a name
 * @number: (nullable): behind the icon of @stand
 */
void
yeji_matrix_cell_show (YejiMatrixCell  *self,
                         const char        *text,
                         const char        *number,
                         YejiMatrixStand  stand)
{
  if (self->stand == stand && g_strcmp0 (self->text, text) == 0
      && g_strcmp0 (self->number, number) == 0)
    return;
  g_free (self->text);
  g_free (self->number);
  self->text = g_strdup (text);
  self->number = g_strdup (number);
  self->stand = stand;
  forget (self);
}

/**
 * yeji_matrix_cell_set_drop:
 * @wanted: whether files that are dropped now go here
 */
void
yeji_matrix_cell_set_drop (YejiMatrixCell *self,
                             gboolean          wanted)
{
  if (self->drop == wanted)
    return;
  self->drop = wanted;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
