// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-grid-pointer"

#include "config.h"

#include "yeji-grid-pointer.h"

#include <glib/gi18n.h>

#include "yeji-a11y.h"
#include "yeji-grid-edits.h"
#include "yeji-messages.h"

/* What a drag does, by where it began. */
typedef enum
{
  DRAG_NOTHING,
  DRAG_SELECTION,
  DRAG_ROW,
  DRAG_EDGE,
} Drag;

typedef struct
{
  YejiGrid *grid;              /* (transfer none) */
  Drag drag;
  guint column;                /* whose edge is dragged */
  int width;
} Pointer;

static const char key[] = "yeji-grid-pointer";

static void
select_row (YejiGrid *grid,
            guint     row,
            gboolean  extend)
{
  YejiGridView *view = yeji_grid_get_view (grid);
  YejiGridArea area = *yeji_grid_view_get_area (view);

  yeji_grid_input_commit (yeji_grid_get_input (grid));
  area.row = row;
  area.column = 0;
  if (!extend)
    area.anchor_row = row;
  area.anchor_column = yeji_grid_model_get_n_columns (yeji_grid_get_model (grid)) - 1;
  yeji_grid_view_set_area (view, &area);
}

static void
select_column (YejiGrid *grid,
               guint     column,
               gboolean  extend)
{
  YejiGridView *view = yeji_grid_get_view (grid);
  YejiGridArea area = *yeji_grid_view_get_area (view);
  guint n = yeji_grid_model_get_n_rows (yeji_grid_get_model (grid));

  if (n == 0)
    return;
  yeji_grid_input_commit (yeji_grid_get_input (grid));
  area.row = 0;
  area.column = column;
  area.anchor_row = n - 1;
  if (!extend)
    area.anchor_column = column;
  yeji_grid_view_set_area (view, &area);
}

static gboolean
is_extending (GtkGesture *gesture)
{
  GdkModifierType state =
    gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture));

  return (state & GDK_SHIFT_MASK) != 0;
}

static void
on_pressed (GtkGestureClick *gesture,
            int              n_press,
            double           x,
            double           y,
            Pointer         *self)
{
  YejiGridView *view = yeji_grid_get_view (self->grid);
  int edge = yeji_grid_view_find_edge (view, x, y);
  int row, column;

  yeji_grid_input_focus (yeji_grid_get_input (self->grid));
  if (edge >= 0)
    {
      if (n_press == 2)
        yeji_grid_view_fit_width (view, (guint) edge);
      return;
    }
  if (!yeji_grid_view_find_at (view, x, y, &row, &column))
    {
      yeji_grid_input_commit (yeji_grid_get_input (self->grid));
      return;
    }
  if (row < 0 && column >= 0)
    select_column (self->grid, (guint) column, is_extending (GTK_GESTURE (gesture)));
  else if (row >= 0 && column < 0)
    select_row (self->grid, (guint) row, is_extending (GTK_GESTURE (gesture)));
  else if (row >= 0)
    {
      if (n_press == 1)
        yeji_grid_go (self->grid, (guint) row, (guint) column,
                      is_extending (GTK_GESTURE (gesture)));
      else if (n_press == 2)
        gtk_widget_activate_action (GTK_WIDGET (self->grid), "grid.edit", NULL);
    }
}

static void
on_drag_begin (GtkGestureDrag *gesture,
               double          x,
               double          y,
               Pointer        *self)
{
  YejiGridView *view = yeji_grid_get_view (self->grid);
  YejiDraft *draft = yeji_grid_model_get_draft (yeji_grid_get_model (self->grid));
  int edge = yeji_grid_view_find_edge (view, x, y);
  int row, column;

  self->drag = DRAG_NOTHING;
  if (edge >= 0)
    {
      self->drag = DRAG_EDGE;
      self->column = (guint) edge;
      self->width = yeji_grid_view_get_width (view, self->column);
    }
  else if (yeji_grid_view_find_at (view, x, y, &row, &column) && row >= 0)
    {
      if (column >= 0)
        self->drag = DRAG_SELECTION;
      else if (yeji_draft_is_editable (draft))
        self->drag = DRAG_ROW;
    }
}

static void
on_drag_update (GtkGestureDrag *gesture,
                double          dx,
                double          dy,
                Pointer        *self)
{
  YejiGridView *view = yeji_grid_get_view (self->grid);
  guint n = yeji_grid_model_get_n_rows (yeji_grid_get_model (self->grid));
  double x, y;
  int row, column;

  gtk_gesture_drag_get_start_point (gesture, &x, &y);
  if (self->drag == DRAG_EDGE)
    yeji_grid_view_set_width (view, self->column, self->width + (int) dx);
  else if (self->drag == DRAG_ROW && ABS (dy) > 4)
    yeji_grid_view_set_drop (view, yeji_grid_view_get_drop (view, y + dy));
  else if (self->drag == DRAG_SELECTION && ABS (dx) + ABS (dy) > 4)
    {
      yeji_grid_view_find_at (view, x + dx, MAX (y + dy, 0), &row, &column);
      yeji_grid_go (self->grid, (guint) CLAMP (row, 0, (int) n - 1), (guint) MAX (column, 0), TRUE);
    }
}

static void
on_drag_end (GtkGestureDrag *gesture,
             double          dx,
             double          dy,
             Pointer        *self)
{
  YejiGridView *view = yeji_grid_get_view (self->grid);
  YejiGridModel *model = yeji_grid_get_model (self->grid);
  YejiGridBlock block = yeji_grid_area_get_block (yeji_grid_view_get_area (view));
  double x, y;
  guint to;

  yeji_grid_view_set_drop (view, -1);
  /* a key, or the province, may have changed the table since the drag began */
  if (self->drag != DRAG_ROW || ABS (dy) <= 4 || yeji_grid_model_get_n_rows (model) == 0
      || !yeji_draft_is_editable (yeji_grid_model_get_draft (model)))
    return;
  gtk_gesture_drag_get_start_point (gesture, &x, &y);
  to = (guint) yeji_grid_view_get_drop (view, y + dy);
  if (to > block.bottom)
    to -= block.bottom - block.top + 1;
  else if (to > block.top)
    return;                    /* within itself */
  if (yeji_grid_edits_move (model, &block, to))
    {
      select_row (self->grid, to, FALSE);
      select_row (self->grid, to + block.bottom - block.top, TRUE);
    }
}

static void
on_motion (GtkEventControllerMotion *controller,
           double                    x,
           double                    y,
           Pointer                  *self)
{
  YejiGridView *view = yeji_grid_get_view (self->grid);

  gtk_widget_set_cursor_from_name (GTK_WIDGET (view),
                                   yeji_grid_view_find_edge (view, x, y) >= 0 ? "col-resize"
                                                                             : NULL);
}

static void
add_line (GString    *text,
          const char *line)
{
  if (line == NULL || *line == '\0')
    return;
  if (text->len > 0)
    g_string_append_c (text, '\n');
  g_string_append (text, line);
}

/* What does not fit into the cell, and what is wrong with it; over a head what the field is for. */
static gboolean
on_tooltip (GtkWidget  *widget,
            int         x,
            int         y,
            gboolean    by_keyboard,
            GtkTooltip *tooltip,
            gpointer    data)
{
  YejiGridView *view = YEJI_GRID_VIEW (widget);
  YejiGridModel *model = yeji_grid_view_get_model (view);
  const YejiGridArea *area = yeji_grid_view_get_area (view);
  g_autoptr (GString) text = g_string_new (NULL);
  int row = (int) area->row, column = (int) area->column;
  YejiGridCell *cell;

  if (!by_keyboard && !yeji_grid_view_find_at (view, x, y, &row, &column))
    return FALSE;
  cell = yeji_grid_view_peek_cell (view, row, column);
  if (cell == NULL || column < 0)
    return FALSE;
  if (yeji_grid_cell_is_cut (cell))
    add_line (text, yeji_grid_cell_get_text (cell));
  if (row < 0)
    add_line (text, yeji_label (&yeji_grid_model_get_field (model, (guint) column)->help));
  else
    {
      YejiIssue *issue = yeji_grid_model_get_issue (model, (guint) row, (guint) column);
      YejiIssue *point = yeji_grid_model_get_point (model, (guint) row, (guint) column);

      add_line (text, issue != NULL ? yeji_issue_get_message (issue) : NULL);
      if (point != NULL)
        {
          g_autofree char *comment = g_strdup_printf (_("Reviewer: %s"),
                                                      yeji_issue_get_message (point));

          add_line (text, comment);
        }
    }
  gtk_tooltip_set_text (tooltip, text->str);
  return text->len > 0;
}

/* ---- The menu */

static GMenuModel *
make_menu (void)
{
  static const struct
  {
    const char *label;         /* (nullable): a new section */
    const char *action;
  } items[] = {
    { N_("_Cut"), "grid.cut" },
    { N_("_Copy"), "grid.copy" },
    { N_("_Paste"), "grid.paste" },
    { N_("C_lear Cells"), "grid.clear" },
    { N_("_Fill Down"), "grid.fill-down" },
    { NULL, NULL },
    { N_("Open as _Form"), "grid.form" },
    { N_("_Duplicate Row"), "grid.duplicate" },
    { N_("Move _Up"), "grid.move-up" },
    { N_("Move Dow_n"), "grid.move-down" },
    { N_("_Remove Row"), "grid.remove" },
    { NULL, NULL },
    { N_("_History of This Field"), "win.field-history" },
  };
  GMenu *menu = g_menu_new ();
  GMenu *section = g_menu_new ();

  for (guint i = 0; i < G_N_ELEMENTS (items); i++)
    {
      if (items[i].label != NULL)
        {
          g_menu_append (section, _(items[i].label), items[i].action);
          continue;
        }
      g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
      g_object_unref (section);
      section = g_menu_new ();
    }
  g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
  g_object_unref (section);
  return G_MENU_MODEL (menu);
}

static gboolean
drop_popover (gpointer data)
{
  GtkWidget *popover = data;

  if (gtk_widget_get_parent (popover) != NULL)
    gtk_widget_unparent (popover);
  return G_SOURCE_REMOVE;
}

static void
on_menu_closed (GtkWidget *popover,
                YejiGrid  *grid)
{
  yeji_grid_input_focus (yeji_grid_get_input (grid));
  /* what was chosen is done after it is closed */
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, drop_popover, g_object_ref (popover), g_object_unref);
}

static void
open_menu_at (YejiGrid           *grid,
              const GdkRectangle *place)
{
  GtkWidget *view = GTK_WIDGET (yeji_grid_get_view (grid));
  g_autoptr (GMenuModel) model = make_menu ();
  GtkWidget *popover = gtk_popover_menu_new_from_model (model);

  yeji_grid_input_commit (yeji_grid_get_input (grid));
  gtk_popover_set_has_arrow (GTK_POPOVER (popover), FALSE);
  gtk_widget_set_halign (popover, GTK_ALIGN_START);
  gtk_popover_set_position (GTK_POPOVER (popover), GTK_POS_BOTTOM);
  gtk_popover_set_pointing_to (GTK_POPOVER (popover), place);
  yeji_a11y_set_name (popover, _("Cell menu"));
  gtk_widget_set_parent (popover, view);
  g_signal_connect_object (popover, "closed", G_CALLBACK (on_menu_closed), grid, 0);
  gtk_popover_popup (GTK_POPOVER (popover));
}

static void
on_menu_pressed (GtkGestureClick *gesture,
                 int              n_press,
                 double           x,
                 double           y,
                 Pointer         *self)
{
  YejiGridView *view = yeji_grid_get_view (self->grid);
  const GdkRectangle place = { (int) x, (int) y, 1, 1 };
  int row, column;

  yeji_grid_input_focus (yeji_grid_get_input (self->grid));
  if (yeji_grid_view_find_at (view, x, y, &row, &column) && row >= 0)
    {
      if (column < 0)
        select_row (self->grid, (guint) row, FALSE);
      else if (!yeji_grid_area_contains (yeji_grid_view_get_area (view), (guint) row,
                                         (guint) column))
        yeji_grid_go (self->grid, (guint) row, (guint) column, FALSE);
    }
  open_menu_at (self->grid, &place);
}

/**
 * yeji_grid_open_menu:
 *
 * Opens the menu of the cell of the cursor.
 */
void
yeji_grid_open_menu (YejiGrid *grid)
{
  YejiGridView *view = yeji_grid_get_view (grid);
  const YejiGridArea *area = yeji_grid_view_get_area (view);
  GdkRectangle place;

  yeji_grid_view_get_cell (view, area->row, area->column, &place);
  open_menu_at (grid, &place);
}

/**
 * yeji_grid_watch_pointer:
 *
 * Makes the grid answer to the pointer: selects, edits with a double click, draws columns wider,
 * moves rows by their numbers, opens the menu. Once only.
 */
void
yeji_grid_watch_pointer (YejiGrid *grid)
{
  GtkWidget *view = GTK_WIDGET (yeji_grid_get_view (grid));
  GtkGesture *click = gtk_gesture_click_new ();
  GtkGesture *menu = gtk_gesture_click_new ();
  GtkGesture *drag = gtk_gesture_drag_new ();
  GtkEventController *motion = gtk_event_controller_motion_new ();
  Pointer *self = g_new0 (Pointer, 1);

  self->grid = grid;
  g_object_set_data_full (G_OBJECT (grid), key, self, g_free);
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_PRIMARY);
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (menu), GDK_BUTTON_SECONDARY);
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (drag), GDK_BUTTON_PRIMARY);
  g_signal_connect (click, "pressed", G_CALLBACK (on_pressed), self);
  g_signal_connect (menu, "pressed", G_CALLBACK (on_menu_pressed), self);
  g_signal_connect (drag, "drag-begin", G_CALLBACK (on_drag_begin), self);
  g_signal_connect (drag, "drag-update", G_CALLBACK (on_drag_update), self);
  g_signal_connect (drag, "drag-end", G_CALLBACK (on_drag_end), self);
  g_signal_connect (motion, "motion", G_CALLBACK (on_motion), self);
  gtk_gesture_group (click, drag);
  gtk_widget_add_controller (view, GTK_EVENT_CONTROLLER (click));
  gtk_widget_add_controller (view, GTK_EVENT_CONTROLLER (menu));
  gtk_widget_add_controller (view, GTK_EVENT_CONTROLLER (drag));
  gtk_widget_add_controller (view, motion);
  gtk_widget_set_has_tooltip (view, TRUE);
  g_signal_connect (view, "query-tooltip", G_CALLBACK (on_tooltip), NULL);
}
