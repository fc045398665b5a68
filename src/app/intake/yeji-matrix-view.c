// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-matrix-view"

#include "config.h"

#include "yeji-matrix-view.h"

#include <glib/gi18n.h>

#include "yeji-a11y.h"
#include "yeji-grid-pane.h"
#include "yeji-matrix-heads.h"
#include "yeji-matrix-input.h"
#include "yeji-scroller.h"

/* Widths: what there is room for beyond the least goes to the names first, then to all. */
#define NAME_MIN 190
#define NAME_NATURAL 360
#define SUM_WIDTH 82

/* The parts of the matrix, and what lies where. */
typedef enum
{
  BODY,
  TITLES,
  HEADS,
  CORNER,
  N_KINDS
} Kind;

struct _YejiMatrixView
{
  GtkWidget parent_instance;

  YejiMatrix *matrix;
  GtkWidget *panes[N_KINDS];
  GtkWidget *sheets[N_KINDS];  /* in each pane what is scrolled: all its cells */
  GHashTable *cells;           /* key -> YejiMatrixCell: those in sight, and the cursor's */
  GPtrArray *spare[N_KINDS];   /* (element-type YejiMatrixCell): of each pane, without a place */
  YejiMatrixSizes sizes;
  int row;                     /* of the cursor, -1 in the heads */
  guint column;
  YejiMatrixCell *drop;        /* (nullable): over which files are dragged */
  GtkWidget *stop;             /* (nullable): the one cell that can have the focus */
  gboolean is_due;             /* to give the cursor the focus, once there is a size */

  YejiScroller scroller;
};

enum
{
  ACTIVATED,
  MENU,
  DROPPED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE_WITH_CODE (YejiMatrixView, yeji_matrix_view, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_SCROLLABLE, NULL))

/* ---- Geometry */

static int
get_n_slots (YejiMatrixView *self)
{
  return (int) yeji_matrix_get_n_columns (self->matrix) - YEJI_MATRIX_N_FIXED;
}

static int
get_slot_width (YejiMatrixView *self)
{
  int n = MAX (get_n_slots (self), 1);
  int room = gtk_widget_get_width (GTK_WIDGET (self)) - NAME_NATURAL - SUM_WIDTH;

  return CLAMP (room / n, self->sizes.least, YEJI_MATRIX_SLOT_MAX);
}

static int
get_name_width (YejiMatrixView *self)
{
  int room = gtk_widget_get_width (GTK_WIDGET (self)) - SUM_WIDTH
             - get_n_slots (self) * get_slot_width (self);

  return MAX (room, NAME_MIN);
}

static int
get_width (YejiMatrixView *self,
           guint           column)
{
  return column == YEJI_MATRIX_NAME ? get_name_width (self)
         : column == YEJI_MATRIX_SUM ? SUM_WIDTH : get_slot_width (self);
}

static Kind
get_kind (int   row,
          guint column)
{
  if (row < 0)
    return column < YEJI_MATRIX_N_FIXED ? CORNER : HEADS;
  return column < YEJI_MATRIX_N_FIXED ? TITLES : BODY;
}

/* Where a cell is on its sheet. */
static void
get_place (YejiMatrixView *self,
           int             row,
           guint           column,
           GdkRectangle   *place)
{
  place->x = column == YEJI_MATRIX_NAME ? 0
             : column == YEJI_MATRIX_SUM
               ? get_name_width (self)
               : (int) (column - YEJI_MATRIX_N_FIXED) * get_slot_width (self);
  place->y = row < 0 ? 0 : row * self->sizes.line;
  place->width = get_width (self, column);
  place->height = row < 0 ? self->sizes.head : self->sizes.line;
}

/* How far a sheet is moved in its pane. */
static void
get_shift (YejiMatrixView *self,
           Kind            kind,
           int            *x,
           int            *y)
{
  *x = kind == BODY || kind == HEADS ? -yeji_scroller_get_x (&self->scroller) : 0;
  *y = kind == BODY || kind == TITLES ? -yeji_scroller_get_y (&self->scroller) : 0;
}

/* Where a pane is. */
static void
get_pane (YejiMatrixView *self,
          Kind            kind,
          GdkRectangle   *place)
{
  int fixed = get_name_width (self) + SUM_WIDTH;
  int width = gtk_widget_get_width (GTK_WIDGET (self));
  int height = MAX (gtk_widget_get_height (GTK_WIDGET (self)) - self->sizes.head, 0);
  const GdkRectangle places[N_KINDS] = {
    [BODY] = { fixed, self->sizes.head, MAX (width - fixed, 0), height },
    [TITLES] = { 0, self->sizes.head, fixed, height },
    [HEADS] = { fixed, 0, MAX (width - fixed, 0), self->sizes.head },
    [CORNER] = { 0, 0, fixed, self->sizes.head },
  };

  *place = places[kind];
}

/* ---- Cells */

static gpointer
make_key (int   row,
          guint column)
{
  return GSIZE_TO_POINTER (((gsize) (row + 1) << 12) | (gsize) (column + 1));
}

static YejiMatrixCell *
take_cell (YejiMatrixView *self,
           Kind            kind)
{
  static const GtkAccessibleRole roles[N_KINDS] = {
    [BODY] = GTK_ACCESSIBLE_ROLE_GRID_CELL, [TITLES] = GTK_ACCESSIBLE_ROLE_ROW_HEADER,
    [HEADS] = GTK_ACCESSIBLE_ROLE_COLUMN_HEADER, [CORNER] = GTK_ACCESSIBLE_ROLE_COLUMN_HEADER,
  };
  static const YejiMatrixCellKind kinds[N_KINDS] = {
    [BODY] = YEJI_MATRIX_CELL_SLOT, [TITLES] = YEJI_MATRIX_CELL_TEXT,
    [HEADS] = YEJI_MATRIX_CELL_HEAD, [CORNER] = YEJI_MATRIX_CELL_HEAD,
  };
  GPtrArray *spare = self->spare[kind];
  GtkWidget *cell;

  if (spare->len > 0)
    {
      cell = g_ptr_array_steal_index_fast (spare, spare->len - 1);
      gtk_widget_set_child_visible (cell, TRUE);
      return YEJI_MATRIX_CELL (cell);
    }
  cell = yeji_matrix_cell_new (kinds[kind], roles[kind]);
  gtk_widget_set_parent (cell, self->sheets[kind]);
  return YEJI_MATRIX_CELL (cell);
}

static void
bind_cell (YejiMatrixView *self,
           YejiMatrixCell *cell,
           int             row,
           guint           column)
{
  g_autofree char *label = yeji_matrix_get_label (self->matrix, row, column);
  YejiMatrixStand stand;
  g_autofree char *number = yeji_matrix_get_number (self->matrix, row, column, &stand);
  g_autofree char *spoken = yeji_matrix_describe (self->matrix, row, column);

  yeji_matrix_cell_set_place (cell, row, (int) column);
  yeji_matrix_cell_show (cell, label, number, stand);
  yeji_a11y_set_name (GTK_WIDGET (cell), spoken);
}

static YejiMatrixCell *
need_cell (YejiMatrixView *self,
           int             row,
           guint           column)
{
  YejiMatrixCell *cell = g_hash_table_lookup (self->cells, make_key (row, column));

  if (cell != NULL)
    return cell;
  cell = take_cell (self, get_kind (row, column));
  g_hash_table_insert (self->cells, make_key (row, column), cell);
  bind_cell (self, cell, row, column);
  return cell;
}

static void
give_up (YejiMatrixView *self,
         YejiMatrixCell *cell)
{
  if (cell == self->drop)
    {
      yeji_matrix_cell_set_drop (cell, FALSE);
      self->drop = NULL;
    }
  if (GTK_WIDGET (cell) == self->stop)
    {
      gtk_widget_set_focusable (self->stop, FALSE);
      self->stop = NULL;
    }
  gtk_widget_set_child_visible (GTK_WIDGET (cell), FALSE);
  g_ptr_array_add (self->spare[get_kind (yeji_matrix_cell_get_row (cell),
                                         (guint) yeji_matrix_cell_get_column (cell))], cell);
}

/* Gives every cell in sight a widget; those that are out of it serve others, but for the one with
 * the focus. */
static void
sync_cells (YejiMatrixView *self)
{
  GdkRectangle body;
  int n_rows = (int) yeji_matrix_get_n_rows (self->matrix);
  int n_columns = (int) yeji_matrix_get_n_columns (self->matrix);
  int width = get_slot_width (self);
  int y = yeji_scroller_get_y (&self->scroller);
  int x = yeji_scroller_get_x (&self->scroller);
  int first_row, last_row, first_column, last_column;
  GHashTableIter iter;
  gpointer value;

  get_pane (self, BODY, &body);
  first_row = y / self->sizes.line;
  last_row = MIN ((y + body.height - 1) / self->sizes.line, n_rows - 1);
  first_column = YEJI_MATRIX_N_FIXED + x / width;
  last_column = MIN (YEJI_MATRIX_N_FIXED + (x + body.width - 1) / width, n_columns - 1);
  g_hash_table_iter_init (&iter, self->cells);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      int row = yeji_matrix_cell_get_row (value);
      int column = yeji_matrix_cell_get_column (value);

      if ((row < 0 || (row >= first_row && row <= last_row))
          && (column < YEJI_MATRIX_N_FIXED || (column >= first_column && column <= last_column)))
        continue;
      if (gtk_widget_has_focus (value) && row < n_rows)
        continue;
      give_up (self, value);
      g_hash_table_iter_remove (&iter);
    }
  for (int row = -1; row <= last_row; row = row < 0 ? first_row : row + 1)
    for (int column = 0; column <= last_column;
         column = column + 1 == YEJI_MATRIX_N_FIXED ? first_column : column + 1)
      need_cell (self, row, (guint) column);
}

static void
bind_all (YejiMatrixView *self)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->cells);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    bind_cell (self, value, yeji_matrix_cell_get_row (value),
               (guint) yeji_matrix_cell_get_column (value));
}

/* ---- Scrolling */

static void
configure (YejiMatrixView *self)
{
  int width = get_slot_width (self);
  double n_rows = (double) yeji_matrix_get_n_rows (self->matrix);
  GdkRectangle body;

  get_pane (self, BODY, &body);
  yeji_scroller_configure (&self->scroller, GTK_ORIENTATION_HORIZONTAL,
                           get_n_slots (self) * width, width, body.width);
  yeji_scroller_configure (&self->scroller, GTK_ORIENTATION_VERTICAL, n_rows * self->sizes.line,
                           self->sizes.line, body.height);
}

static void
on_scrolled (YejiMatrixView *self)
{
  if (gtk_widget_get_width (GTK_WIDGET (self)) > 0)
    sync_cells (self);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

static void
scroll_to_cursor (YejiMatrixView *self)
{
  if (!yeji_scroller_is_ready (&self->scroller))
    return;
  configure (self);
  if (self->row >= 0)
    yeji_scroller_show (&self->scroller, GTK_ORIENTATION_VERTICAL,
                        (double) self->row * self->sizes.line, self->sizes.line);
  if (self->column >= YEJI_MATRIX_N_FIXED)
    yeji_scroller_show (&self->scroller, GTK_ORIENTATION_HORIZONTAL,
                        (double) (self->column - YEJI_MATRIX_N_FIXED) * get_slot_width (self),
                        get_slot_width (self));
}

/* ---- The cursor */

static gboolean
has_cursor (YejiMatrixView *self)
{
  return self->row >= -1 && self->row < (int) yeji_matrix_get_n_rows (self->matrix)
         && self->column < yeji_matrix_get_n_columns (self->matrix);
}

static gboolean
grab_cursor (YejiMatrixView *self)
{
  GtkWidget *cell;

  self->is_due = gtk_widget_get_width (GTK_WIDGET (self)) == 0;
  if (!has_cursor (self) || self->is_due)
    return FALSE;
  cell = GTK_WIDGET (need_cell (self, self->row, self->column));
  gtk_widget_set_focusable (cell, TRUE);
  gtk_widget_grab_focus (cell);
  if (self->stop != NULL && self->stop != cell)
    gtk_widget_set_focusable (self->stop, FALSE);
  self->stop = cell;
  return TRUE;
}

/* One stop for Tab, whatever number of cells there is. */
static gboolean
yeji_matrix_view_focus (GtkWidget        *widget,
                        GtkDirectionType  direction)
{
  if (gtk_widget_get_focus_child (widget) != NULL)
    return FALSE;
  return grab_cursor (YEJI_MATRIX_VIEW (widget));
}

static gboolean
yeji_matrix_view_grab_focus (GtkWidget *widget)
{
  return grab_cursor (YEJI_MATRIX_VIEW (widget));
}

static gboolean
on_tooltip (GtkWidget  *widget,
            int         x,
            int         y,
            gboolean    by_keyboard,
            GtkTooltip *tooltip)
{
  YejiMatrixView *self = YEJI_MATRIX_VIEW (widget);
  g_autofree char *text = NULL;
  g_autofree char *whole = NULL;
  GdkRectangle place;
  int row;
  guint column;

  if (!yeji_matrix_view_find_at (self, x, y, &row, &column))
    return FALSE;
  text = yeji_matrix_describe (self->matrix, row, column);
  if (row >= 0 && column != YEJI_MATRIX_NAME)
    {
      g_autofree char *name = yeji_matrix_describe (self->matrix, row, YEJI_MATRIX_NAME);

      whole = g_strdup_printf ("%s\n%s", name, text);
    }
  yeji_matrix_view_get_place (self, row, column, &place);
  gtk_tooltip_set_tip_area (tooltip, &place);
  gtk_tooltip_set_text (tooltip, whole != NULL ? whole : text);
  return TRUE;
}

/* ---- The matrix */

static void
on_changed (YejiMatrixView *self)
{
  GHashTableIter iter;
  gpointer value;
  int n = (int) yeji_matrix_get_n_rows (self->matrix);
  gboolean had_focus = gtk_widget_get_focus_child (GTK_WIDGET (self)) != NULL;

  self->row = CLAMP (self->row, n > 0 ? 0 : -1, n - 1);
  g_hash_table_iter_init (&iter, self->cells);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (yeji_matrix_cell_get_row (value) >= n)
      {
        if (gtk_widget_has_focus (value))
          grab_cursor (self);
        give_up (self, value);
        g_hash_table_iter_remove (&iter);
        g_hash_table_iter_init (&iter, self->cells);
      }
  configure (self);
  if (gtk_widget_get_width (GTK_WIDGET (self)) > 0)
    sync_cells (self);
  bind_all (self);
  if (had_focus)
    grab_cursor (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

/* ---- The widget */

static void
put (GtkWidget *widget,
     int        x,
     int        y,
     int        width,
     int        height)
{
  gtk_widget_allocate (widget, width, height, -1,
                       gsk_transform_translate (NULL, &GRAPHENE_POINT_INIT ((float) x,
                                                                            (float) y)));
}

static gboolean
grab_on_tick (GtkWidget     *widget,
              GdkFrameClock *clock,
              gpointer       data)
{
  grab_cursor (YEJI_MATRIX_VIEW (widget));
  return G_SOURCE_REMOVE;
}

/* Scrolling moves the sheets alone. Cells that are moved one by one are told apart one by one when
 * it is found out what to draw anew, and that costs several times as much as the drawing. */
static void
yeji_matrix_view_size_allocate (GtkWidget *widget,
                                int        width,
                                int        height,
                                int        baseline)
{
  YejiMatrixView *self = YEJI_MATRIX_VIEW (widget);
  GHashTableIter iter;
  gpointer value;

  configure (self);
  sync_cells (self);
  if (self->is_due)
    gtk_widget_add_tick_callback (widget, grab_on_tick, NULL, NULL);
  self->is_due = FALSE;
  for (guint i = 0; i < N_KINDS; i++)
    {
      GdkRectangle pane;
      int x, y;

      get_pane (self, i, &pane);
      get_shift (self, i, &x, &y);
      put (self->panes[i], pane.x, pane.y, pane.width, pane.height);
      put (self->sheets[i], x, y, pane.width, pane.height);
    }
  g_hash_table_iter_init (&iter, self->cells);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      GdkRectangle place;

      get_place (self, yeji_matrix_cell_get_row (value),
                 (guint) yeji_matrix_cell_get_column (value), &place);
      put (value, place.x, place.y, place.width, place.height);
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (GTK_IS_POPOVER (child))
      gtk_popover_present (GTK_POPOVER (child));
}

static void
yeji_matrix_view_measure (GtkWidget      *widget,
                          GtkOrientation  orientation,
                          int             for_size,
                          int            *minimum,
                          int            *natural,
                          int            *minimum_baseline,
                          int            *natural_baseline)
{
  YejiMatrixView *self = YEJI_MATRIX_VIEW (widget);

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = NAME_MIN + SUM_WIDTH + 2 * YEJI_MATRIX_SLOT_MIN;
      *natural = NAME_NATURAL + SUM_WIDTH + get_n_slots (self) * self->sizes.least;
      return;
    }
  *minimum = self->sizes.head + 3 * self->sizes.line;
  *natural = self->sizes.head + (int) CLAMP (yeji_matrix_get_n_rows (self->matrix), 3, 1000) * self->sizes.line;
}

static void
yeji_matrix_view_css_changed (GtkWidget         *widget,
                              GtkCssStyleChange *change)
{
  YejiMatrixView *self = YEJI_MATRIX_VIEW (widget);

  GTK_WIDGET_CLASS (yeji_matrix_view_parent_class)->css_changed (widget, change);
  if (self->matrix != NULL)
    yeji_matrix_heads_measure (GTK_WIDGET (self), self->matrix, &self->sizes);
}

static void
yeji_matrix_view_get_property (GObject    *object,
                                 guint       id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  if (!yeji_scroller_get_property (&YEJI_MATRIX_VIEW (object)->scroller, id, value))
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
yeji_matrix_view_set_property (GObject      *object,
                                 guint         id,
                                 const GValue *value,
                                 GParamSpec   *pspec)
{
  if (!yeji_scroller_set_property (&YEJI_MATRIX_VIEW (object)->scroller, id, value))
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
yeji_matrix_view_dispose (GObject *object)
{
  YejiMatrixView *self = YEJI_MATRIX_VIEW (object);
  GtkWidget *child;

  self->drop = NULL;
  self->stop = NULL;
  g_hash_table_remove_all (self->cells);
  for (guint i = 0; i < N_KINDS; i++)
    g_ptr_array_set_size (self->spare[i], 0);
  while ((child = gtk_widget_get_last_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  yeji_scroller_clear (&self->scroller);
  g_clear_object (&self->matrix);
  G_OBJECT_CLASS (yeji_matrix_view_parent_class)->dispose (object);
}

static void
yeji_matrix_view_finalize (GObject *object)
{
  YejiMatrixView *self = YEJI_MATRIX_VIEW (object);

  g_hash_table_unref (self->cells);
  for (guint i = 0; i < N_KINDS; i++)
    g_ptr_array_unref (self->spare[i]);
  G_OBJECT_CLASS (yeji_matrix_view_parent_class)->finalize (object);
}

static void
yeji_matrix_view_class_init (YejiMatrixViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = YEJI_TYPE_MATRIX_VIEW;

  object_class->get_property = yeji_matrix_view_get_property;
  object_class->set_property = yeji_matrix_view_set_property;
  object_class->dispose = yeji_matrix_view_dispose;
  object_class->finalize = yeji_matrix_view_finalize;
  widget_class->size_allocate = yeji_matrix_view_size_allocate;
  widget_class->measure = yeji_matrix_view_measure;
  widget_class->css_changed = yeji_matrix_view_css_changed;
  widget_class->focus = yeji_matrix_view_focus;
  widget_class->grab_focus = yeji_matrix_view_grab_focus;
  widget_class->query_tooltip = on_tooltip;
  gtk_widget_class_set_css_name (widget_class, "yeji-matrix");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GRID);

  yeji_scroller_install (object_class);

  signals[ACTIVATED] = g_signal_new ("activated", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                     G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_UINT);
  signals[MENU] = g_signal_new ("menu", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                2, G_TYPE_UINT, G_TYPE_UINT);
  signals[DROPPED] = g_signal_new ("dropped", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 3, G_TYPE_UINT, G_TYPE_UINT, GDK_TYPE_FILE_LIST);
}

static void
yeji_matrix_view_init (YejiMatrixView *self)
{
  static const char *const styles[N_KINDS] = {
    [BODY] = "cells", [TITLES] = "titles", [HEADS] = "heads", [CORNER] = "corner",
  };

  yeji_scroller_init (&self->scroller, GTK_WIDGET (self), G_CALLBACK (on_scrolled));
  self->cells = g_hash_table_new (NULL, NULL);
  self->sizes = (YejiMatrixSizes) { 1, 1, YEJI_MATRIX_SLOT_MIN };
  self->row = -1;
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  for (guint i = 0; i < N_KINDS; i++)
    {
      self->spare[i] = g_ptr_array_new ();
      self->panes[i] = yeji_grid_pane_new (styles[i]);
      gtk_widget_set_parent (self->panes[i], GTK_WIDGET (self));
      self->sheets[i] = yeji_grid_pane_new ("sheet");
      gtk_widget_set_overflow (self->sheets[i], GTK_OVERFLOW_VISIBLE);
      gtk_widget_set_parent (self->sheets[i], self->panes[i]);
    }
  yeji_matrix_input_add (self);
}

/**
 * yeji_matrix_view_new:
 *
 * Returns: (transfer floating): a view of @matrix, for a #GtkScrolledWindow
 */
GtkWidget *
yeji_matrix_view_new (YejiMatrix *matrix)
{
  YejiMatrixView *self = g_object_new (YEJI_TYPE_MATRIX_VIEW, NULL);

  self->matrix = g_object_ref (matrix);
  self->column = YEJI_MATRIX_N_FIXED;
  yeji_matrix_heads_measure (GTK_WIDGET (self), self->matrix, &self->sizes);
  yeji_a11y_set_name (GTK_WIDGET (self), _("Documents of the Records"));
  g_signal_connect_object (matrix, "changed", G_CALLBACK (on_changed), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

/**
 * yeji_matrix_view_get_cursor:
 * @row: (out): -1 in the row of heads
 * @column: (out)
 */
void
yeji_matrix_view_get_cursor (YejiMatrixView *self,
                             int            *row,
                             guint          *column)
{
  *row = self->row;
  *column = self->column;
}

/**
 * yeji_matrix_view_set_cursor:
 * @row: -1 for the row of heads
 *
 * Puts the cursor on a cell and brings that into sight; it has the focus if the matrix had it.
 */
void
yeji_matrix_view_set_cursor (YejiMatrixView *self,
                             int             row,
                             guint           column)
{
  gboolean had_focus;

  g_return_if_fail (YEJI_IS_MATRIX_VIEW (self));

  had_focus = gtk_widget_get_focus_child (GTK_WIDGET (self)) != NULL;
  self->row = CLAMP (row, -1, (int) yeji_matrix_get_n_rows (self->matrix) - 1);
  self->column = MIN (column, yeji_matrix_get_n_columns (self->matrix) - 1);
  scroll_to_cursor (self);
  if (had_focus)
    grab_cursor (self);
}

/**
 * yeji_matrix_view_get_place:
 *
 * Finds where a cell is in the view, in sight or not.
 */
void
yeji_matrix_view_get_place (YejiMatrixView *self,
                            int             row,
                            guint           column,
                            GdkRectangle   *place)
{
  GdkRectangle pane;
  int x, y;

  get_place (self, row, column, place);
  get_pane (self, get_kind (row, column), &pane);
  get_shift (self, get_kind (row, column), &x, &y);
  place->x += pane.x + x;
  place->y += pane.y + y;
}

/**
 * yeji_matrix_view_peek_cell:
 *
 * Returns: (nullable) (transfer none): the widget of a cell; %NULL for one out of sight
 */
YejiMatrixCell *
yeji_matrix_view_peek_cell (YejiMatrixView *self,
                            int             row,
                            guint           column)
{
  return g_hash_table_lookup (self->cells, make_key (row, column));
}

/**
 * yeji_matrix_view_find_at:
 * @row: (out): -1 in the row of heads
 * @column: (out)
 *
 * Returns: whether there is a cell at a point
 */
gboolean
yeji_matrix_view_find_at (YejiMatrixView *self,
                          double          x,
                          double          y,
                          int            *row,
                          guint          *column)
{
  int fixed = get_name_width (self) + SUM_WIDTH;
  int slot = ((int) x - fixed + yeji_scroller_get_x (&self->scroller))
             / get_slot_width (self);

  *row = y < self->sizes.head ? -1
                        : ((int) y - self->sizes.head + yeji_scroller_get_y (&self->scroller))
                          / self->sizes.line;
  *column = x < get_name_width (self) ? YEJI_MATRIX_NAME
            : x < fixed ? YEJI_MATRIX_SUM : YEJI_MATRIX_N_FIXED + (guint) MAX (slot, 0);
  return *row < (int) yeji_matrix_get_n_rows (self->matrix)
         && *column < yeji_matrix_get_n_columns (self->matrix);
}

/**
 * yeji_matrix_view_get_matrix:
 *
 * Returns: (transfer none): what it shows
 */
YejiMatrix *
yeji_matrix_view_get_matrix (YejiMatrixView *self)
{
  return self->matrix;
}

/**
 * yeji_matrix_view_get_page:
 *
 * Returns: how many rows a page has, at least 1
 */
int
yeji_matrix_view_get_page (YejiMatrixView *self)
{
  GdkRectangle body;

  get_pane (self, BODY, &body);
  return MAX (body.height / self->sizes.line - 1, 1);
}

/**
 * yeji_matrix_view_set_drop:
 * @row: -1 for none
 *
 * Shows into which cell files would go that are dropped now.
 */
void
yeji_matrix_view_set_drop (YejiMatrixView *self,
                           int             row,
                           guint           column)
{
  YejiMatrixCell *cell = row >= 0 ? yeji_matrix_view_peek_cell (self, row, column) : NULL;

  if (self->drop == cell)
    return;
  if (self->drop != NULL)
    yeji_matrix_cell_set_drop (self->drop, FALSE);
  self->drop = cell;
  if (cell != NULL)
    yeji_matrix_cell_set_drop (cell, TRUE);
}
