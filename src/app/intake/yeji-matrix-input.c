// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-matrix-input"

#include "config.h"

#include "yeji-matrix-input.h"

/* ---- Keys */

typedef struct
{
  guint key;
  guint keypad;
  int rows;                    /* G_MAXINT: to the end */
  int columns;
  int pages;
} Move;

static const Move moves[] = {
  { GDK_KEY_Up, GDK_KEY_KP_Up, -1, 0, 0 },
  { GDK_KEY_Down, GDK_KEY_KP_Down, 1, 0, 0 },
  { GDK_KEY_Left, GDK_KEY_KP_Left, 0, -1, 0 },
  { GDK_KEY_Right, GDK_KEY_KP_Right, 0, 1, 0 },
  { GDK_KEY_Page_Up, GDK_KEY_KP_Page_Up, 0, 0, -1 },
  { GDK_KEY_Page_Down, GDK_KEY_KP_Page_Down, 0, 0, 1 },
  { GDK_KEY_Home, GDK_KEY_KP_Home, 0, -G_MAXINT16, 0 },
  { GDK_KEY_End, GDK_KEY_KP_End, 0, G_MAXINT16, 0 },
};

static void
move (YejiMatrixView *self,
      const Move     *step,
      gboolean        far)
{
  YejiMatrix *matrix = yeji_matrix_view_get_matrix (self);
  int n_rows = (int) yeji_matrix_get_n_rows (matrix);
  int n_columns = (int) yeji_matrix_get_n_columns (matrix);
  int rows = step->rows, columns = step->columns;
  int row;
  guint column;

  yeji_matrix_view_get_cursor (self, &row, &column);
  if (step->pages != 0)
    rows = step->pages * yeji_matrix_view_get_page (self);
  else if (far && columns <= -G_MAXINT16)
    rows = -n_rows;            /* Ctrl+Home */
  else if (far && columns >= G_MAXINT16)
    rows = n_rows;
  else if (far)
    {
      rows *= n_rows;
      columns *= n_columns;
    }
  /* a step up from the first row leads to the sums, a leap does not */
  row = CLAMP (row + rows, rows == -1 && !far ? -1 : MIN (row, 0), n_rows - 1);
  yeji_matrix_view_set_cursor (self, row,
                               (guint) CLAMP ((int) column + columns, 0, n_columns - 1));
}

static gboolean
on_key (YejiMatrixView *self,
        guint           keyval,
        guint           keycode,
        GdkModifierType state)
{
  gboolean control = (state & GDK_CONTROL_MASK) != 0;
  int row;
  guint column;

  if ((state & (GDK_ALT_MASK | GDK_SUPER_MASK)) != 0
      || GTK_IS_POPOVER (gtk_widget_get_focus_child (GTK_WIDGET (self))))
    return GDK_EVENT_PROPAGATE;
  for (guint i = 0; i < G_N_ELEMENTS (moves); i++)
    if ((moves[i].key == keyval || moves[i].keypad == keyval) && (state & GDK_SHIFT_MASK) == 0)
      {
        move (self, &moves[i], control);
        return GDK_EVENT_STOP;
      }
  yeji_matrix_view_get_cursor (self, &row, &column);
  if (control || row < 0)
    return GDK_EVENT_PROPAGATE;
  if (keyval == GDK_KEY_Return || keyval == GDK_KEY_KP_Enter || keyval == GDK_KEY_ISO_Enter)
    g_signal_emit_by_name (self, "activated", (guint) row, column);
  else if (keyval == GDK_KEY_Menu || (keyval == GDK_KEY_F10 && (state & GDK_SHIFT_MASK) != 0))
    g_signal_emit_by_name (self, "menu", (guint) row, column);
  else
    return GDK_EVENT_PROPAGATE;
  return GDK_EVENT_STOP;
}

/* ---- Pointer */

static void
on_pressed (GtkGestureClick *gesture,
            int              n_press,
            double           x,
            double           y,
            YejiMatrixView  *self)
{
  guint button = gtk_gesture_single_get_current_button (GTK_GESTURE_SINGLE (gesture));
  int row;
  guint column;

  if (!yeji_matrix_view_find_at (self, x, y, &row, &column))
    return;
  yeji_matrix_view_set_cursor (self, row, column);
  gtk_widget_grab_focus (GTK_WIDGET (self));
  if (row >= 0 && button == GDK_BUTTON_SECONDARY)
    g_signal_emit_by_name (self, "menu", (guint) row, column);
}

/* A name opens its record at the second click, as in the list; a cell does what it is there for. */
static void
on_released (GtkGestureClick *gesture,
             int              n_press,
             double           x,
             double           y,
             YejiMatrixView  *self)
{
  guint button = gtk_gesture_single_get_current_button (GTK_GESTURE_SINGLE (gesture));
  int row, at_row;
  guint column, at_column;

  yeji_matrix_view_get_cursor (self, &at_row, &at_column);
  if (button != GDK_BUTTON_PRIMARY || !yeji_matrix_view_find_at (self, x, y, &row, &column)
      || row < 0 || row != at_row || column != at_column)
    return;
  if (n_press == (column < YEJI_MATRIX_N_FIXED ? 2 : 1))
    g_signal_emit_by_name (self, "activated", (guint) row, column);
}

static GdkDragAction
on_drag_motion (GtkDropTarget  *target,
                double          x,
                double          y,
                YejiMatrixView *self)
{
  int row;
  guint column;

  if (!yeji_matrix_view_find_at (self, x, y, &row, &column) || row < 0
      || column < YEJI_MATRIX_N_FIXED)
    {
      yeji_matrix_view_set_drop (self, -1, 0);
      return 0;
    }
  yeji_matrix_view_set_drop (self, row, column);
  return GDK_ACTION_COPY;
}

static void
on_drag_leave (GtkDropTarget  *target,
               YejiMatrixView *self)
{
  yeji_matrix_view_set_drop (self, -1, 0);
}

static gboolean
on_drop (GtkDropTarget  *target,
         const GValue   *value,
         double          x,
         double          y,
         YejiMatrixView *self)
{
  int row;
  guint column;

  yeji_matrix_view_set_drop (self, -1, 0);
  if (!yeji_matrix_view_find_at (self, x, y, &row, &column) || row < 0
      || column < YEJI_MATRIX_N_FIXED)
    return FALSE;
  yeji_matrix_view_set_cursor (self, row, column);
  g_signal_emit_by_name (self, "dropped", (guint) row, column, g_value_get_boxed (value));
  return TRUE;
}

/**
 * yeji_matrix_input_add:
 *
 * Lets a matrix be used by keyboard and pointer.
 */
void
yeji_matrix_input_add (YejiMatrixView *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkGesture *click = gtk_gesture_click_new ();
  GtkDropTarget *drop = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  /* the search, which gets what is typed here, would take some of them for its text */
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (on_key), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), 0);
  g_signal_connect (click, "pressed", G_CALLBACK (on_pressed), self);
  g_signal_connect (click, "released", G_CALLBACK (on_released), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  g_signal_connect (drop, "motion", G_CALLBACK (on_drag_motion), self);
  g_signal_connect (drop, "leave", G_CALLBACK (on_drag_leave), self);
  g_signal_connect (drop, "drop", G_CALLBACK (on_drop), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drop));
}
