// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-grid-view"

#include "config.h"

#include "yeji-grid-view.h"

#include "yeji-a11y.h"
#include "yeji-grid-bind.h"
#include "yeji-grid-pane.h"
#include "yeji-grid-widths.h"
#include "yeji-scroller.h"

/* What is seen of an end of a column where it can be drawn wider. */
#define EDGE 5

/* The parts of a grid, and what lies where. */
typedef enum
{
  BODY,
  TITLES,
  NUMBERS,
  HEADS,
  CORNER,
  N_KINDS
} Kind;

struct _YejiGridView
{
  GtkWidget parent_instance;

  YejiGridSource *source;
  YejiGridArea area;
  GtkWidget *panes[N_KINDS];
  GtkWidget *drop_line;
  GHashTable *cells;           /* key -> YejiGridCell: those in sight */
  GPtrArray *spare[N_KINDS];   /* (element-type YejiGridCell): of each pane, without a place */
  GArray *widths;              /* (element-type int) */
  int number_width;
  int line;                    /* height of a row */
  int drop;                    /* row before which a row would be dropped, -1 none */
  guint n_fitted;              /* rows that there were when the widths were found */
  gboolean is_due;             /* to bring the cursor into sight, once there is a size */

  YejiScroller scroller;
};

enum
{
  CURSOR_MOVED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE_WITH_CODE (YejiGridView, yeji_grid_view, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_SCROLLABLE, NULL))

/* ---- Geometry. Column 0 stays; the others are scrolled. */

static int
get_width (YejiGridView *self,
           guint         column)
{
  return g_array_index (self->widths, int, column);
}

static int
get_fixed_width (YejiGridView *self)
{
  return self->number_width + (self->widths->len > 0 ? get_width (self, 0) : 0);
}

/* From the left end of the columns that are scrolled. */
static int
get_offset (YejiGridView *self,
            guint         column)
{
  int x = 0;

  for (guint i = 1; i < column; i++)
    x += get_width (self, i);
  return x;
}

static Kind
get_kind (int row,
          int column)
{
  if (row < 0)
    return column <= 0 ? CORNER : HEADS;
  return column < 0 ? NUMBERS : column == 0 ? TITLES : BODY;
}

/* Where a cell is in its pane. */
static void
get_place (YejiGridView *self,
           int           row,
           int           column,
           GdkRectangle *place)
{
  Kind kind = get_kind (row, column);

  place->x = kind == BODY || kind == HEADS
               ? get_offset (self, (guint) column) - yeji_scroller_get_x (&self->scroller)
             : kind == CORNER && column == 0 ? self->number_width : 0;
  place->y = row < 0 ? 0 : row * self->line - yeji_scroller_get_y (&self->scroller);
  place->width = column < 0 ? self->number_width : get_width (self, (guint) column);
  place->height = self->line;
}

/* Where a pane is. */
static void
get_pane (YejiGridView *self,
          Kind          kind,
          GdkRectangle *place)
{
  int fixed = get_fixed_width (self);
  int width = gtk_widget_get_width (GTK_WIDGET (self));
  int height = MAX (gtk_widget_get_height (GTK_WIDGET (self)) - self->line, 0);
  const GdkRectangle places[N_KINDS] = {
    [BODY] = { fixed, self->line, MAX (width - fixed, 0), height },
    [TITLES] = { self->number_width, self->line, fixed - self->number_width, height },
    [NUMBERS] = { 0, self->line, self->number_width, height },
    [HEADS] = { fixed, 0, MAX (width - fixed, 0), self->line },
    [CORNER] = { 0, 0, fixed, self->line },
  };

  *place = places[kind];
}

static void
fit_widths (YejiGridView *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  guint n = yeji_grid_source_get_n_columns (self->source);

  self->line = yeji_grid_widths_line (widget);
  self->n_fitted = yeji_grid_source_get_n_rows (self->source);
  self->number_width = yeji_grid_widths_number (widget, self->source);
  g_array_set_size (self->widths, n);
  for (guint i = 0; i < n; i++)
    g_array_index (self->widths, int, i) = yeji_grid_widths_measure (widget, self->source, i);
}

/* ---- Cells */

static gpointer
make_key (int row,
          int column)
{
  return GSIZE_TO_POINTER (((gsize) (row + 1) << 12) | (gsize) (column + 1));
}

static YejiGridCell *
take_cell (YejiGridView *self,
           Kind          kind)
{
  static const GtkAccessibleRole roles[N_KINDS] = {
    [BODY] = GTK_ACCESSIBLE_ROLE_GRID_CELL,
    [TITLES] = GTK_ACCESSIBLE_ROLE_GRID_CELL,
    [NUMBERS] = GTK_ACCESSIBLE_ROLE_ROW_HEADER,
    [HEADS] = GTK_ACCESSIBLE_ROLE_COLUMN_HEADER,
    [CORNER] = GTK_ACCESSIBLE_ROLE_COLUMN_HEADER,
  };
  GtkWidget *cell;

  if (self->spare[kind]->len > 0)
    {
      cell = g_ptr_array_steal_index_fast (self->spare[kind], self->spare[kind]->len - 1);
      gtk_widget_set_child_visible (cell, TRUE);
      return YEJI_GRID_CELL (cell);
    }
  cell = yeji_grid_cell_new (roles[kind]);
  gtk_widget_set_parent (cell, self->panes[kind]);
  return YEJI_GRID_CELL (cell);
}

static gboolean
is_in_sight (int row,
             int column,
             int first_row,
             int last_row,
             int first_column,
             int last_column)
{
  return (row < 0 || (row >= first_row && row <= last_row))
         && (column <= 0 || (column >= first_column && column <= last_column));
}

static void
need_cell (YejiGridView *self,
           int           row,
           int           column)
{
  YejiGridCell *cell = g_hash_table_lookup (self->cells, make_key (row, column));

  if (cell != NULL)
    return;
  cell = take_cell (self, get_kind (row, column));
  g_hash_table_insert (self->cells, make_key (row, column), cell);
  yeji_grid_bind_cell (self->source, &self->area, cell, row, column);
}

/* Gives every cell in sight a widget; those that are out of it serve others. */
static void
sync_cells (YejiGridView *self)
{
  GdkRectangle body;
  int n_rows = (int) yeji_grid_source_get_n_rows (self->source);
  int n_columns = (int) yeji_grid_source_get_n_columns (self->source);
  int x = yeji_scroller_get_x (&self->scroller);
  int y = yeji_scroller_get_y (&self->scroller);
  int first_row, last_row, first_column = 1, last_column;
  GHashTableIter iter;
  gpointer value;

  get_pane (self, BODY, &body);
  first_row = y / self->line;
  last_row = MIN ((y + body.height) / self->line, n_rows - 1);
  while (first_column < n_columns - 1 && get_offset (self, (guint) first_column + 1) <= x)
    first_column++;
  last_column = first_column;
  while (last_column < n_columns - 1 && get_offset (self, (guint) last_column + 1) < x + body.width)
    last_column++;
  last_column = MIN (last_column, n_columns - 1);

  g_hash_table_iter_init (&iter, self->cells);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      YejiGridCell *cell = value;
      int row = yeji_grid_cell_get_row (cell);
      int column = yeji_grid_cell_get_column (cell);

      if (is_in_sight (row, column, first_row, last_row, first_column, last_column))
        continue;
      gtk_widget_set_child_visible (GTK_WIDGET (cell), FALSE);
      g_ptr_array_add (self->spare[get_kind (row, column)], cell);
      g_hash_table_iter_remove (&iter);
    }
  for (int row = -1; row <= last_row; row = row < 0 ? first_row : row + 1)
    {
      need_cell (self, row, -1);
      if (n_columns > 0)
        need_cell (self, row, 0);
      for (int column = first_column; column <= last_column; column++)
        need_cell (self, row, column);
    }
}

static void
bind_all (YejiGridView *self)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->cells);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      int row = yeji_grid_cell_get_row (value);

      if (row < (int) yeji_grid_source_get_n_rows (self->source))
        yeji_grid_bind_cell (self->source, &self->area, value, row,
                             yeji_grid_cell_get_column (value));
    }
}

static void
mark_all (YejiGridView *self)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->cells);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    yeji_grid_cell_set_flags (value,
                              yeji_grid_bind_find_flags (self->source, &self->area,
                                                         yeji_grid_cell_get_row (value),
                                                         yeji_grid_cell_get_column (value))
                              | (yeji_grid_cell_get_flags (value) & YEJI_GRID_CELL_INHERITED));
}

/* ---- Scrolling */

static void
configure (YejiGridView *self)
{
  GdkRectangle body;
  double n_rows = (double) yeji_grid_source_get_n_rows (self->source);

  get_pane (self, BODY, &body);
  yeji_scroller_configure (&self->scroller, GTK_ORIENTATION_HORIZONTAL,
                           get_offset (self, self->widths->len), self->line, body.width);
  yeji_scroller_configure (&self->scroller, GTK_ORIENTATION_VERTICAL, n_rows * self->line,
                           self->line, body.height);
}

static void
on_scrolled (YejiGridView *self)
{
  if (gtk_widget_get_width (GTK_WIDGET (self)) > 0)
    sync_cells (self);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

static void
scroll_to_cursor (YejiGridView *self)
{
  self->is_due = gtk_widget_get_width (GTK_WIDGET (self)) == 0;
  if (!yeji_scroller_is_ready (&self->scroller))
    return;
  configure (self);
  yeji_scroller_show (&self->scroller, GTK_ORIENTATION_VERTICAL,
                      (double) self->area.row * self->line, self->line);
  if (self->area.column > 0)
    yeji_scroller_show (&self->scroller, GTK_ORIENTATION_HORIZONTAL,
                        get_offset (self, self->area.column), get_width (self, self->area.column));
}

static gboolean
scroll_on_tick (GtkWidget     *widget,
                GdkFrameClock *clock,
                gpointer       data)
{
  scroll_to_cursor (YEJI_GRID_VIEW (widget));
  return G_SOURCE_REMOVE;
}

/* ---- The model */

static void
on_rows_changed (YejiGridView *self)
{
  GHashTableIter iter;
  gpointer value;
  guint n = yeji_grid_source_get_n_rows (self->source);

  if (self->n_fitted == 0
      || yeji_grid_widths_number (GTK_WIDGET (self), self->source) != self->number_width)
    fit_widths (self);
  yeji_grid_area_clamp (&self->area, n, yeji_grid_source_get_n_columns (self->source));
  g_hash_table_iter_init (&iter, self->cells);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (yeji_grid_cell_get_row (value) >= (int) n)
      {
        gtk_widget_set_child_visible (value, FALSE);
        g_ptr_array_add (self->spare[get_kind (yeji_grid_cell_get_row (value),
                                               yeji_grid_cell_get_column (value))], value);
        g_hash_table_iter_remove (&iter);
      }
  configure (self);
  if (gtk_widget_get_width (GTK_WIDGET (self)) > 0)
    sync_cells (self);
  bind_all (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
  g_signal_emit (self, signals[CURSOR_MOVED], 0);
}

static void
on_cell_changed (YejiGridView *self,
                 guint         row,
                 guint         column)
{
  YejiGridCell *cell = g_hash_table_lookup (self->cells, make_key ((int) row, (int) column));

  if (cell != NULL)
    yeji_grid_bind_cell (self->source, &self->area, cell, (int) row, (int) column);
}

/* ---- The widget */

static void
allocate_over (YejiGridView *self,
               GtkWidget    *child)
{
  GdkRectangle cell, body;
  int minimum, height, natural;

  yeji_grid_view_get_cell (self, self->area.row, self->area.column, &cell);
  get_pane (self, BODY, &body);
  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, -1, &height, &natural, NULL, NULL);
  /* one that is scrolled out of sight lies where nothing is seen of it */
  if (cell.y < self->line || cell.y + cell.height / 2 > gtk_widget_get_height (GTK_WIDGET (self))
      || (self->area.column > 0 && cell.x + cell.width / 2 < body.x))
    cell.y = -2 * self->line;
  gtk_widget_allocate (child, MAX (cell.width, minimum), MAX (cell.height, height), -1,
                       gsk_transform_translate (NULL, &GRAPHENE_POINT_INIT ((float) cell.x,
                                                                            (float) cell.y)));
}

static void
allocate_drop (YejiGridView *self)
{
  int y = self->line + self->drop * self->line - yeji_scroller_get_y (&self->scroller);

  gtk_widget_set_child_visible (self->drop_line, self->drop >= 0 && y >= self->line - 1);
  if (self->drop >= 0)
    gtk_widget_allocate (self->drop_line, gtk_widget_get_width (GTK_WIDGET (self)), 2, -1,
                         gsk_transform_translate (NULL, &GRAPHENE_POINT_INIT (0, (float) y - 1)));
}

static void
yeji_grid_view_size_allocate (GtkWidget *widget,
                              int        width,
                              int        height,
                              int        baseline)
{
  YejiGridView *self = YEJI_GRID_VIEW (widget);
  GHashTableIter iter;
  gpointer value;

  configure (self);
  sync_cells (self);
  if (self->is_due)
    gtk_widget_add_tick_callback (widget, scroll_on_tick, NULL, NULL);
  self->is_due = FALSE;
  for (guint i = 0; i < N_KINDS; i++)
    {
      GdkRectangle pane;

      get_pane (self, i, &pane);
      gtk_widget_allocate (self->panes[i], pane.width, pane.height, -1,
                           gsk_transform_translate (NULL,
                                                    &GRAPHENE_POINT_INIT ((float) pane.x,
                                                                          (float) pane.y)));
    }
  g_hash_table_iter_init (&iter, self->cells);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      GdkRectangle place;

      get_place (self, yeji_grid_cell_get_row (value), yeji_grid_cell_get_column (value), &place);
      yeji_grid_cell_allocate (value, place.x, place.y, place.width, place.height);
    }
  allocate_drop (self);
  for (GtkWidget *child = gtk_widget_get_next_sibling (self->drop_line); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (GTK_IS_POPOVER (child))
      gtk_popover_present (GTK_POPOVER (child));
    else if (gtk_widget_should_layout (child))
      allocate_over (self, child);
}

static void
yeji_grid_view_measure (GtkWidget      *widget,
                        GtkOrientation  orientation,
                        int             for_size,
                        int            *minimum,
                        int            *natural,
                        int            *minimum_baseline,
                        int            *natural_baseline)
{
  YejiGridView *self = YEJI_GRID_VIEW (widget);

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = get_fixed_width (self) + 80;
      *natural = get_fixed_width (self) + get_offset (self, self->widths->len);
      return;
    }
  *minimum = 3 * self->line;
  *natural = (int) CLAMP (yeji_grid_source_get_n_rows (self->source) + 1, 3, 1000) * self->line + 2;
}

static void
yeji_grid_view_css_changed (GtkWidget         *widget,
                            GtkCssStyleChange *change)
{
  YejiGridView *self = YEJI_GRID_VIEW (widget);

  GTK_WIDGET_CLASS (yeji_grid_view_parent_class)->css_changed (widget, change);
  if (self->source != NULL && yeji_grid_widths_line (widget) != self->line)
    {
      fit_widths (self);       /* the font is another one */
      gtk_widget_queue_resize (widget);
    }
}

static void
yeji_grid_view_get_property (GObject    *object,
                               guint       id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  if (!yeji_scroller_get_property (&YEJI_GRID_VIEW (object)->scroller, id, value))
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
yeji_grid_view_set_property (GObject      *object,
                               guint         id,
                               const GValue *value,
                               GParamSpec   *pspec)
{
  if (!yeji_scroller_set_property (&YEJI_GRID_VIEW (object)->scroller, id, value))
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
yeji_grid_view_dispose (GObject *object)
{
  YejiGridView *self = YEJI_GRID_VIEW (object);
  GtkWidget *child;

  g_hash_table_remove_all (self->cells);
  for (guint i = 0; i < N_KINDS; i++)
    g_ptr_array_set_size (self->spare[i], 0);
  while ((child = gtk_widget_get_last_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  yeji_scroller_clear (&self->scroller);
  g_clear_object (&self->source);
  G_OBJECT_CLASS (yeji_grid_view_parent_class)->dispose (object);
}

static void
yeji_grid_view_finalize (GObject *object)
{
  YejiGridView *self = YEJI_GRID_VIEW (object);

  g_hash_table_unref (self->cells);
  for (guint i = 0; i < N_KINDS; i++)
    g_ptr_array_unref (self->spare[i]);
  g_array_unref (self->widths);
  G_OBJECT_CLASS (yeji_grid_view_parent_class)->finalize (object);
}

static void
yeji_grid_view_class_init (YejiGridViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = yeji_grid_view_get_property;
  object_class->set_property = yeji_grid_view_set_property;
  object_class->dispose = yeji_grid_view_dispose;
  object_class->finalize = yeji_grid_view_finalize;
  widget_class->size_allocate = yeji_grid_view_size_allocate;
  widget_class->measure = yeji_grid_view_measure;
  widget_class->css_changed = yeji_grid_view_css_changed;
  gtk_widget_class_set_css_name (widget_class, "yeji-grid");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GRID);

  yeji_scroller_install (object_class);

  signals[CURSOR_MOVED] = g_signal_new ("cursor-moved", YEJI_TYPE_GRID_VIEW, G_SIGNAL_RUN_LAST, 0,
                                        NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
yeji_grid_view_init (YejiGridView *self)
{
  static const char *const styles[N_KINDS] = {
    [BODY] = "cells", [TITLES] = "titles", [NUMBERS] = "numbers", [HEADS] = "heads",
    [CORNER] = "corner",
  };

  yeji_scroller_init (&self->scroller, GTK_WIDGET (self), G_CALLBACK (on_scrolled));
  self->cells = g_hash_table_new (NULL, NULL);
  self->widths = g_array_new (FALSE, TRUE, sizeof (int));
  self->line = 1;
  self->drop = -1;
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  for (guint i = 0; i < N_KINDS; i++)
    {
      self->spare[i] = g_ptr_array_new ();
      self->panes[i] = yeji_grid_pane_new (styles[i]);
      gtk_widget_set_parent (self->panes[i], GTK_WIDGET (self));
    }
  self->drop_line = gtk_separator_new (GTK_ORIENTATION_HORIZONTAL);
  gtk_widget_add_css_class (self->drop_line, "yeji-grid-drop");
  gtk_widget_set_can_target (self->drop_line, FALSE);
  gtk_widget_set_parent (self->drop_line, GTK_WIDGET (self));
}

/**
 * yeji_grid_view_new:
 *
 * Returns: (transfer floating): a view of @source, for a #GtkScrolledWindow
 */
GtkWidget *
yeji_grid_view_new (YejiGridSource *source)
{
  YejiGridView *self = g_object_new (YEJI_TYPE_GRID_VIEW, NULL);

  self->source = g_object_ref (source);
  yeji_a11y_set_name (GTK_WIDGET (self), yeji_grid_source_get_label (source));
  fit_widths (self);
  g_signal_connect_object (source, "rows-changed", G_CALLBACK (on_rows_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (source, "cell-changed", G_CALLBACK (on_cell_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (source, "marks-changed", G_CALLBACK (bind_all), self,
                           G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

/* For a view of a table of a draft. */
YejiGridModel *
yeji_grid_view_get_model (YejiGridView *self)
{
  return YEJI_GRID_MODEL (self->source);
}

YejiGridSource *
yeji_grid_view_get_source (YejiGridView *self)
{
  return self->source;
}

/**
 * yeji_grid_view_get_area:
 *
 * Returns: (transfer none): where the cursor is, and what is selected
 */
const YejiGridArea *
yeji_grid_view_get_area (YejiGridView *self)
{
  return &self->area;
}

/**
 * yeji_grid_view_set_area:
 *
 * Puts the cursor somewhere, and brings it into sight.
 */
void
yeji_grid_view_set_area (YejiGridView       *self,
                         const YejiGridArea *area)
{
  g_return_if_fail (YEJI_IS_GRID_VIEW (self));

  self->area = *area;
  yeji_grid_area_clamp (&self->area, yeji_grid_source_get_n_rows (self->source),
                        yeji_grid_source_get_n_columns (self->source));
  scroll_to_cursor (self);
  mark_all (self);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  g_signal_emit (self, signals[CURSOR_MOVED], 0);
}

/**
 * yeji_grid_view_get_page:
 *
 * Returns: how many rows there is room for, at least 1
 */
guint
yeji_grid_view_get_page (YejiGridView *self)
{
  GdkRectangle body;

  get_pane (self, BODY, &body);
  return (guint) MAX (body.height / self->line - 1, 1);
}

/**
 * yeji_grid_view_find_at:
 * @row: set to -1 in the row of heads
 * @column: set to -1 in the column of numbers
 *
 * Returns: whether there is a cell, or the head of a row or column
 */
gboolean
yeji_grid_view_find_at (YejiGridView *self,
                        double        x,
                        double        y,
                        int          *row,
                        int          *column)
{
  int n = (int) self->widths->len;
  int at = (int) x - get_fixed_width (self) + yeji_scroller_get_x (&self->scroller);

  *row = y < self->line ? -1
                        : ((int) y - self->line + yeji_scroller_get_y (&self->scroller))
                          / self->line;
  if (x < get_fixed_width (self))
    *column = x < self->number_width ? -1 : 0;
  else
    {
      *column = 1;
      while (*column < n && at >= get_width (self, (guint) *column))
        at -= get_width (self, (guint) (*column)++);
    }
  return *row < (int) yeji_grid_source_get_n_rows (self->source) && *column < n;
}

/**
 * yeji_grid_view_find_edge:
 *
 * Returns: the column at whose right end, among the heads, a point is; -1 for none
 */
int
yeji_grid_view_find_edge (YejiGridView *self,
                          double        x,
                          double        y)
{
  int row, column;

  if (y >= self->line)
    return -1;
  if (!yeji_grid_view_find_at (self, x - EDGE, y, &row, &column))
    return -1;
  if (column >= 0)
    {
      int there;

      if (!yeji_grid_view_find_at (self, x + EDGE, y, &row, &there) || there != column)
        return column;
    }
  return -1;
}

/**
 * yeji_grid_view_get_cell:
 *
 * Finds where a cell is in the view, in sight or not.
 */
void
yeji_grid_view_get_cell (YejiGridView *self,
                         guint         row,
                         guint         column,
                         GdkRectangle *place)
{
  GdkRectangle pane;

  get_place (self, (int) row, (int) column, place);
  get_pane (self, get_kind ((int) row, (int) column), &pane);
  place->x += pane.x;
  place->y += pane.y;
}

/**
 * yeji_grid_view_peek_cell:
 *
 * Returns: (nullable) (transfer none): the widget of a cell; %NULL for one out of sight
 */
YejiGridCell *
yeji_grid_view_peek_cell (YejiGridView *self,
                          int           row,
                          int           column)
{
  return g_hash_table_lookup (self->cells, make_key (row, column));
}

int
yeji_grid_view_get_width (YejiGridView *self,
                          guint         column)
{
  return get_width (self, column);
}

/**
 * yeji_grid_view_set_width:
 *
 * Makes a column wider or narrower.
 */
void
yeji_grid_view_set_width (YejiGridView *self,
                          guint         column,
                          int           width)
{
  g_return_if_fail (column < self->widths->len);

  g_array_index (self->widths, int, column) = CLAMP (width, 36, 800);
  configure (self);
  sync_cells (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

/**
 * yeji_grid_view_fit_width:
 *
 * Makes a column as wide as what is in it.
 */
void
yeji_grid_view_fit_width (YejiGridView *self,
                          guint         column)
{
  yeji_grid_view_set_width (self, column,
                            yeji_grid_widths_measure (GTK_WIDGET (self), self->source, column));
}

/**
 * yeji_grid_view_set_drop:
 * @row: before which row a row would be dropped; -1 for none
 */
void
yeji_grid_view_set_drop (YejiGridView *self,
                         int           row)
{
  self->drop = row;
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

/**
 * yeji_grid_view_get_drop:
 *
 * Returns: before which row a row would be dropped at a height
 */
int
yeji_grid_view_get_drop (YejiGridView *self,
                         double        y)
{
  int at = (int) y - self->line + yeji_scroller_get_y (&self->scroller) + self->line / 2;

  return CLAMP (at / self->line, 0, (int) yeji_grid_source_get_n_rows (self->source));
}
