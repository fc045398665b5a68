// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-grid-cell"

#include "config.h"

#include "yeji-grid-cell.h"

#include <string.h>

#define PADDING 8
#define ICON_SIZE 12

/* Draws its text itself: a label would ask for a new layout of the whole window with each text. */
struct _YejiGridCell
{
  GtkWidget parent_instance;

  int row;
  int column;
  char *text;
  char *unit;                  /* (nullable): behind the text, dim */
  PangoLayout *layout;         /* (nullable): made when it is drawn */
  YejiGridCellFlags flags;
};

G_DEFINE_FINAL_TYPE (YejiGridCell, yeji_grid_cell, GTK_TYPE_WIDGET)

static const struct
{
  YejiGridCellFlags flag;
  const char *style;
  const char *icon;            /* (nullable) */
  const char *colour;          /* (nullable): of the icon, as the style names it */
} marks[] = {
  { YEJI_GRID_CELL_ERROR, "error", "dialog-error-symbolic", "error_color" },
  { YEJI_GRID_CELL_WARNING, "warning", "dialog-warning-symbolic", "warning_color" },
  { YEJI_GRID_CELL_COMMENT, "comment", "chat-message-new-symbolic", "accent_color" },
  { YEJI_GRID_CELL_HINT, "hint", "dialog-information-symbolic", NULL },
  { YEJI_GRID_CELL_OFFERED, "offered", "list-add-symbolic", NULL },
  { YEJI_GRID_CELL_INHERITED, "inherited", NULL, NULL },
  { YEJI_GRID_CELL_FIXED, "fixed", NULL, NULL },
  { YEJI_GRID_CELL_SELECTED, "selected", NULL, NULL },
  { YEJI_GRID_CELL_CURRENT, "current", NULL, NULL },
  { YEJI_GRID_CELL_EVEN, "even", NULL, NULL },
  { YEJI_GRID_CELL_NUMERIC, "numeric", NULL, NULL },
  { YEJI_GRID_CELL_REQUIRED, "required", NULL, NULL },
};

static int
find_icon (YejiGridCell *self)
{
  for (int i = 0; i < (int) G_N_ELEMENTS (marks); i++)
    if ((self->flags & marks[i].flag) != 0 && marks[i].icon != NULL)
      return i;
  return -1;
}

static int
get_text_width (YejiGridCell *self)
{
  int width = gtk_widget_get_width (GTK_WIDGET (self)) - 2 * PADDING;

  return find_icon (self) >= 0 ? width - ICON_SIZE - 4 : width;
}

static PangoLayout *
get_layout (YejiGridCell *self)
{
  if (self->layout == NULL)
    {
      self->layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), self->text);
      pango_layout_set_single_paragraph_mode (self->layout, TRUE);
      pango_layout_set_ellipsize (self->layout, PANGO_ELLIPSIZE_END);
      if (self->unit != NULL)
        {
          g_autofree char *both = g_strdup_printf ("%s %s", self->text, self->unit);
          PangoAttrList *attributes = pango_attr_list_new ();
          PangoAttribute *dim = pango_attr_foreground_alpha_new (G_MAXUINT16 / 2);
          PangoAttribute *thin = pango_attr_weight_new (PANGO_WEIGHT_NORMAL);

          dim->start_index = thin->start_index = (guint) strlen (self->text);
          pango_attr_list_insert (attributes, dim);
          pango_attr_list_insert (attributes, thin);
          pango_layout_set_text (self->layout, both, -1);
          pango_layout_set_attributes (self->layout, attributes);
          pango_attr_list_unref (attributes);
        }
    }
  pango_layout_set_width (self->layout, MAX (get_text_width (self), 0) * PANGO_SCALE);
  return self->layout;
}

static void
draw_icon (YejiGridCell *self,
           GtkSnapshot  *snapshot,
           int           mark)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GtkStyleContext *style = gtk_widget_get_style_context (widget);
  GtkIconTheme *theme = gtk_icon_theme_get_for_display (gtk_widget_get_display (widget));
  g_autoptr (GtkIconPaintable) icon = NULL;
  GdkRGBA colour;

  icon = gtk_icon_theme_lookup_icon (theme, marks[mark].icon, NULL, ICON_SIZE,
                                     gtk_widget_get_scale_factor (widget),
                                     gtk_widget_get_direction (widget), GTK_ICON_LOOKUP_PRELOAD);
  if (marks[mark].colour == NULL
      || !gtk_style_context_lookup_color (style, marks[mark].colour, &colour))
    gtk_style_context_get_color (style, &colour);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot,
                          &GRAPHENE_POINT_INIT ((float) (gtk_widget_get_width (widget) - PADDING
                                                         - ICON_SIZE + 2),
                                                (float) (gtk_widget_get_height (widget)
                                                         - ICON_SIZE) / 2));
  gtk_symbolic_paintable_snapshot_symbolic (GTK_SYMBOLIC_PAINTABLE (icon), snapshot, ICON_SIZE,
                                            ICON_SIZE, &colour, 1);
  gtk_snapshot_restore (snapshot);
}

static void
yeji_grid_cell_snapshot (GtkWidget   *widget,
                         GtkSnapshot *snapshot)
{
  YejiGridCell *self = YEJI_GRID_CELL (widget);
  int icon = find_icon (self);
  PangoLayout *layout;
  int width, height;
  double x = PADDING;

  if (*self->text != '\0' && get_text_width (self) > 0)
    {
      layout = get_layout (self);
      pango_layout_get_pixel_size (layout, &width, &height);
      if ((self->flags & YEJI_GRID_CELL_NUMERIC) != 0)
        x = MAX (PADDING, PADDING + get_text_width (self) - width);
      gtk_snapshot_render_layout (snapshot, gtk_widget_get_style_context (widget), x,
                                  (gtk_widget_get_height (widget) - height) / 2, layout);
    }
  if (icon >= 0)
    draw_icon (self, snapshot, icon);
}

static void
yeji_grid_cell_measure (GtkWidget      *widget,
                        GtkOrientation  orientation,
                        int             for_size,
                        int            *minimum,
                        int            *natural,
                        int            *minimum_baseline,
                        int            *natural_baseline)
{
  *minimum = *natural = 0;     /* the grid says how large it is */
}

static void
forget_layout (YejiGridCell *self)
{
  g_clear_object (&self->layout);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
yeji_grid_cell_css_changed (GtkWidget         *widget,
                            GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (yeji_grid_cell_parent_class)->css_changed (widget, change);
  forget_layout (YEJI_GRID_CELL (widget));
}

static void
yeji_grid_cell_finalize (GObject *object)
{
  YejiGridCell *self = YEJI_GRID_CELL (object);

  g_clear_object (&self->layout);
  g_free (self->text);
  g_free (self->unit);
  G_OBJECT_CLASS (yeji_grid_cell_parent_class)->finalize (object);
}

static void
yeji_grid_cell_class_init (YejiGridCellClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = yeji_grid_cell_finalize;
  widget_class->snapshot = yeji_grid_cell_snapshot;
  widget_class->measure = yeji_grid_cell_measure;
  widget_class->css_changed = yeji_grid_cell_css_changed;
  gtk_widget_class_set_css_name (widget_class, "yeji-grid-cell");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GRID_CELL);
}

static void
yeji_grid_cell_init (YejiGridCell *self)
{
  self->row = self->column = -1;
  self->text = g_strdup ("");
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
}

/**
 * yeji_grid_cell_new:
 * @role: of a cell, or of the head of a row or column
 *
 * Returns: (transfer floating): an empty cell
 */
GtkWidget *
yeji_grid_cell_new (GtkAccessibleRole role)
{
  return g_object_new (YEJI_TYPE_GRID_CELL, "accessible-role", role, NULL);
}

/**
 * yeji_grid_cell_set_place:
 * @row: -1 is the row of heads
 * @column: -1 is the column of row numbers
 *
 * Says which cell it is.
 */
void
yeji_grid_cell_set_place (YejiGridCell *self,
                          int           row,
                          int           column)
{
  self->row = row;
  self->column = column;
}

int
yeji_grid_cell_get_row (YejiGridCell *self)
{
  return self->row;
}

int
yeji_grid_cell_get_column (YejiGridCell *self)
{
  return self->column;
}

/**
 * yeji_grid_cell_set_text:
 * @unit: (nullable): what stands behind the text, dim
 */
void
yeji_grid_cell_set_text (YejiGridCell *self,
                         const char   *text,
                         const char   *unit)
{
  g_return_if_fail (YEJI_IS_GRID_CELL (self));

  if (g_str_equal (self->text, text) && g_strcmp0 (self->unit, unit) == 0)
    return;
  g_free (self->text);
  self->text = g_strdup (text);
  g_free (self->unit);
  self->unit = g_strdup (unit);
  forget_layout (self);
}

const char *
yeji_grid_cell_get_text (YejiGridCell *self)
{
  return self->text;
}

/**
 * yeji_grid_cell_is_cut:
 *
 * Returns: whether there is not room for the whole text
 */
gboolean
yeji_grid_cell_is_cut (YejiGridCell *self)
{
  return *self->text != '\0' && get_text_width (self) > 0
         && pango_layout_is_ellipsized (get_layout (self));
}

/**
 * yeji_grid_cell_set_flags:
 *
 * Says what the cell is marked with, as style classes and for a screen reader.
 */
void
yeji_grid_cell_set_flags (YejiGridCell      *self,
                          YejiGridCellFlags  flags)
{
  YejiGridCellFlags changed = self->flags ^ flags;

  if (changed == 0)
    return;
  self->flags = flags;
  for (guint i = 0; i < G_N_ELEMENTS (marks); i++)
    {
      if ((changed & marks[i].flag) == 0)
        continue;
      if ((flags & marks[i].flag) != 0)
        gtk_widget_add_css_class (GTK_WIDGET (self), marks[i].style);
      else
        gtk_widget_remove_css_class (GTK_WIDGET (self), marks[i].style);
    }
  if ((changed & YEJI_GRID_CELL_SELECTED) != 0)
    gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_SELECTED,
                                 (flags & YEJI_GRID_CELL_SELECTED) != 0, -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

YejiGridCellFlags
yeji_grid_cell_get_flags (YejiGridCell *self)
{
  return self->flags;
}

/**
 * yeji_grid_cell_allocate:
 *
 * Puts it where it belongs in its parent.
 */
void
yeji_grid_cell_allocate (YejiGridCell *self,
                         int           x,
                         int           y,
                         int           width,
                         int           height)
{
  GskTransform *transform = gsk_transform_translate (NULL, &GRAPHENE_POINT_INIT ((float) x,
                                                                                 (float) y));

  gtk_widget_allocate (GTK_WIDGET (self), width, height, -1, transform);
}
