// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-grid"

#include "config.h"

#include "yeji-grid.h"

#include <glib/gi18n.h>

#include "yeji-field-help.h"
#include "yeji-grid-choice.h"
#include "yeji-grid-edits.h"
#include "yeji-grid-paste.h"
#include "yeji-grid-pointer.h"
#include "yeji-messages.h"
#include "yeji-toast.h"

struct _YejiGrid
{
  AdwBin parent_instance;

  YejiGridModel *model;
  YejiGridView *view;          /* (transfer none) */
  YejiGridInput *input;
  int tab_column;              /* where going on by Tab began; Enter goes back there; -1: nowhere */
};

enum
{
  REMOVED,
  OPEN_ROW,
  COMMITTED,
  CURSOR_MOVED,
  TAKE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (YejiGrid, yeji_grid, ADW_TYPE_BIN)

static YejiGridBlock
get_block (YejiGrid *self)
{
  return yeji_grid_area_get_block (yeji_grid_view_get_area (self->view));
}

static gboolean
has_rows (YejiGrid *self)
{
  return yeji_grid_model_get_n_rows (self->model) > 0;
}

static gboolean
is_editable (YejiGrid *self)
{
  return yeji_draft_is_editable (yeji_grid_model_get_draft (self->model));
}

/* ---- Actions on the selected block */

static void
on_edit (GtkWidget  *widget,
         const char *name,
         GVariant   *target)
{
  yeji_grid_input_edit (YEJI_GRID (widget)->input);
}

/* On the screen they are hidden but for the last digits, and on the disk they may be encrypted. */
static void
warn_personal (GtkWidget *widget)
{
  GtkWidget *toasts = gtk_widget_get_ancestor (widget, ADW_TYPE_TOAST_OVERLAY);

  if (toasts != NULL)
    yeji_toast_say (ADW_TOAST_OVERLAY (toasts),
                    _("Copied. Personal numbers are on the clipboard in clear text."));
}

static void
on_copy (GtkWidget  *widget,
         const char *name,
         GVariant   *target)
{
  YejiGrid *self = YEJI_GRID (widget);
  YejiGridBlock block = get_block (self);
  g_autofree char *text = yeji_grid_edits_copy (self->model, &block);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text);
  if (yeji_grid_edits_is_personal (self->model, &block))
    warn_personal (widget);
}

static void
on_cut (GtkWidget  *widget,
        const char *name,
        GVariant   *target)
{
  YejiGridBlock block = get_block (YEJI_GRID (widget));

  on_copy (widget, name, NULL);
  yeji_grid_edits_clear (YEJI_GRID (widget)->model, &block);
}

static void
on_paste (GtkWidget  *widget,
          const char *name,
          GVariant   *target)
{
  yeji_grid_paste_clipboard (YEJI_GRID (widget));
}

static void
on_clear (GtkWidget  *widget,
          const char *name,
          GVariant   *target)
{
  YejiGridBlock block = get_block (YEJI_GRID (widget));

  yeji_grid_edits_clear (YEJI_GRID (widget)->model, &block);
}

static void
on_fill_down (GtkWidget  *widget,
              const char *name,
              GVariant   *target)
{
  YejiGridBlock block = get_block (YEJI_GRID (widget));

  if (yeji_grid_edits_fill_down (YEJI_GRID (widget)->model, &block) == 0)
    gtk_widget_error_bell (widget);
}

static void
on_duplicate (GtkWidget  *widget,
              const char *name,
              GVariant   *target)
{
  YejiGrid *self = YEJI_GRID (widget);
  YejiGridBlock block = get_block (self);
  guint n = yeji_grid_edits_duplicate (self->model, &block);
  YejiGridArea area = { block.bottom + n, block.right, block.bottom + 1, block.left };

  yeji_grid_view_set_area (self->view, &area);
}

/* The selection goes with the rows, and the cursor stays where it is in it. */
static void
move_rows (YejiGrid *self,
           guint     to)
{
  YejiGridBlock block = get_block (self);
  YejiGridArea area = *yeji_grid_view_get_area (self->view);

  if (!yeji_grid_edits_move (self->model, &block, to))
    return;
  to = MIN (to, yeji_grid_model_get_n_rows (self->model) - (block.bottom - block.top + 1));
  area.row = area.row - block.top + to;
  area.anchor_row = area.anchor_row - block.top + to;
  yeji_grid_view_set_area (self->view, &area);
}

static void
on_move_up (GtkWidget  *widget,
            const char *name,
            GVariant   *target)
{
  YejiGridBlock block = get_block (YEJI_GRID (widget));

  if (block.top > 0)
    move_rows (YEJI_GRID (widget), block.top - 1);
}

static void
on_move_down (GtkWidget  *widget,
              const char *name,
              GVariant   *target)
{
  YejiGridBlock block = get_block (YEJI_GRID (widget));

  move_rows (YEJI_GRID (widget), block.top + 1);
}

static void
on_remove (GtkWidget  *widget,
           const char *name,
           GVariant   *target)
{
  YejiGrid *self = YEJI_GRID (widget);
  YejiGridBlock block = get_block (self);
  g_autoptr (YejiRow) first = g_object_ref (yeji_grid_model_get_row (self->model, block.top));
  guint n = yeji_grid_edits_remove (self->model, &block);

  if (n == 1)
    g_signal_emit (self, signals[REMOVED], 0, first, block.top);
  else
    {
      g_autofree char *text = g_strdup_printf (ngettext ("%u row removed", "%u rows removed", n),
                                               n);

      yeji_grid_say_step (self, text);
    }
  yeji_grid_go (self, block.top, block.left, FALSE);
}

static void
on_form (GtkWidget  *widget,
         const char *name,
         GVariant   *target)
{
  YejiGrid *self = YEJI_GRID (widget);

  yeji_grid_input_commit (self->input);
  g_signal_emit (self, signals[OPEN_ROW], 0,
                 yeji_grid_model_get_row (self->model,
                                          yeji_grid_view_get_area (self->view)->row));
}

static void
on_select_all (GtkWidget  *widget,
               const char *name,
               GVariant   *target)
{
  YejiGrid *self = YEJI_GRID (widget);
  YejiGridArea all = { 0, 0, yeji_grid_model_get_n_rows (self->model) - 1,
                       yeji_grid_model_get_n_columns (self->model) - 1 };

  yeji_grid_view_set_area (self->view, &all);
}

static void
on_menu (GtkWidget  *widget,
         const char *name,
         GVariant   *target)
{
  yeji_grid_open_menu (YEJI_GRID (widget));
}

static void
on_take (GtkWidget  *widget,
         const char *name,
         GVariant   *target)
{
  g_signal_emit (widget, signals[TAKE], 0);
}

/* The grid takes the keyboard back itself: the text that has it is another one after each move. */
static void
on_help (GtkWidget  *widget,
         const char *name,
         GVariant   *target)
{
  YejiGrid *self = YEJI_GRID (widget);
  const YejiGridArea *area = yeji_grid_view_get_area (self->view);
  GdkRectangle place;

  yeji_grid_view_get_cell (self->view, area->row, area->column, &place);
  yeji_field_help_show (GTK_WIDGET (self->view), &place, widget,
                        yeji_draft_get_dictionary (yeji_grid_model_get_draft (self->model)),
                        yeji_grid_model_get_field (self->model, area->column));
}

/* What needs rows, or rows that may be changed, is off without them. */
static const struct
{
  const char *name;
  GtkWidgetActionActivateFunc func;
  guint key;
  GdkModifierType modifiers;
  gboolean edits;
  gboolean without_rows;
} actions[] = {
  { "grid.edit", on_edit, GDK_KEY_F2, 0, TRUE },
  { "grid.copy", on_copy, GDK_KEY_c, GDK_CONTROL_MASK },
  { "grid.cut", on_cut, GDK_KEY_x, GDK_CONTROL_MASK, TRUE },
  { "grid.paste", on_paste, GDK_KEY_v, GDK_CONTROL_MASK, TRUE, TRUE },
  { "grid.clear", on_clear, GDK_KEY_Delete, 0, TRUE },
  { "grid.fill-down", on_fill_down, GDK_KEY_d, GDK_CONTROL_MASK, TRUE },
  { "grid.duplicate", on_duplicate, GDK_KEY_d, GDK_CONTROL_MASK | GDK_SHIFT_MASK, TRUE },
  { "grid.move-up", on_move_up, GDK_KEY_Up, GDK_ALT_MASK, TRUE },
  { "grid.move-down", on_move_down, GDK_KEY_Down, GDK_ALT_MASK, TRUE },
  { "grid.remove", on_remove, GDK_KEY_Delete, GDK_CONTROL_MASK, TRUE },
  { "grid.form", on_form, GDK_KEY_Return, GDK_CONTROL_MASK },
  { "grid.select-all", on_select_all, GDK_KEY_a, GDK_CONTROL_MASK },
  { "grid.menu", on_menu, GDK_KEY_Menu, 0 },
  { "grid.take", on_take, GDK_KEY_Return, GDK_ALT_MASK, TRUE },
  { "field.help", on_help, GDK_KEY_F1, 0 },
};

static void
update_actions (YejiGrid *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), actions[i].name,
                                   (actions[i].without_rows || has_rows (self))
                                   && (!actions[i].edits || is_editable (self)));
}

/* ---- Keys */

static const struct
{
  guint key;
  int down;
  int right;
} moves[] = {
  { GDK_KEY_Up, -1, 0 }, { GDK_KEY_Down, 1, 0 }, { GDK_KEY_Left, 0, -1 }, { GDK_KEY_Right, 0, 1 },
};

static void
move (YejiGrid      *self,
      int            down,
      int            right,
      YejiGridReach  reach,
      gboolean       extend)
{
  YejiGridArea area = *yeji_grid_view_get_area (self->view);

  yeji_grid_input_commit (self->input);
  yeji_grid_model_visit (self->model, area.row, area.column);
  yeji_grid_area_move (&area, yeji_grid_model_get_n_rows (self->model),
                       yeji_grid_model_get_n_columns (self->model), down, right, reach, extend);
  self->tab_column = -1;
  yeji_grid_view_set_area (self->view, &area);
}

static void
enter (YejiGrid *self,
       int       step)
{
  int column = self->tab_column;

  move (self, step, 0, YEJI_GRID_STEP, FALSE);
  if (step > 0 && column >= 0)
    yeji_grid_go (self, yeji_grid_view_get_area (self->view)->row, (guint) column, FALSE);
}

/* At the end of the table the key goes on to what comes after the grid. */
static gboolean
tab (YejiGrid *self,
     int       step)
{
  YejiGridArea area = *yeji_grid_view_get_area (self->view);

  yeji_grid_input_commit (self->input);
  yeji_grid_model_visit (self->model, area.row, area.column);
  if (!yeji_grid_area_tab (&area, yeji_grid_model_get_n_rows (self->model),
                           yeji_grid_model_get_n_columns (self->model), step))
    return GDK_EVENT_PROPAGATE;
  if (self->tab_column < 0 && step > 0)
    self->tab_column = (int) yeji_grid_view_get_area (self->view)->column;
  yeji_grid_view_set_area (self->view, &area);
  return GDK_EVENT_STOP;
}

static gboolean
press_move (YejiGrid        *self,
            guint            keyval,
            GdkModifierType  modifiers)
{
  YejiGridReach reach = (modifiers & GDK_CONTROL_MASK) != 0 ? YEJI_GRID_EDGE : YEJI_GRID_STEP;
  gboolean extend = (modifiers & GDK_SHIFT_MASK) != 0;
  int page = (int) yeji_grid_view_get_page (self->view);

  if ((modifiers & GDK_ALT_MASK) != 0)
    return GDK_EVENT_PROPAGATE;
  for (guint i = 0; i < G_N_ELEMENTS (moves); i++)
    if (moves[i].key == keyval)
      {
        move (self, moves[i].down, moves[i].right, reach, extend);
        return GDK_EVENT_STOP;
      }
  switch (keyval)
    {
    case GDK_KEY_Home:
    case GDK_KEY_End:
      move (self, reach != YEJI_GRID_EDGE ? 0 : keyval == GDK_KEY_Home ? -1 : 1,
            keyval == GDK_KEY_Home ? -1 : 1, YEJI_GRID_EDGE, extend);
      return GDK_EVENT_STOP;
    case GDK_KEY_Page_Up:
    case GDK_KEY_Page_Down:
      if (reach == YEJI_GRID_EDGE)
        return GDK_EVENT_PROPAGATE;   /* to another section */
      move (self, keyval == GDK_KEY_Page_Up ? -page : page, 0, reach, extend);
      return GDK_EVENT_STOP;
    default:
      return GDK_EVENT_PROPAGATE;
    }
}

static gboolean
press_action (YejiGrid        *self,
              guint            keyval,
              GdkModifierType  modifiers)
{
  guint lower = gdk_keyval_to_lower (keyval);

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    if (actions[i].key == lower && actions[i].modifiers == modifiers)
      {
        gtk_widget_activate_action (GTK_WIDGET (self), actions[i].name, NULL);
        return GDK_EVENT_STOP;
      }
  return GDK_EVENT_PROPAGATE;
}

static const struct
{
  guint key;
  guint means;
} same_keys[] = {
  { GDK_KEY_KP_Enter, GDK_KEY_Return }, { GDK_KEY_ISO_Enter, GDK_KEY_Return },
  { GDK_KEY_KP_Delete, GDK_KEY_Delete }, { GDK_KEY_BackSpace, GDK_KEY_Delete },
  { GDK_KEY_KP_Up, GDK_KEY_Up }, { GDK_KEY_KP_Down, GDK_KEY_Down },
  { GDK_KEY_KP_Left, GDK_KEY_Left }, { GDK_KEY_KP_Right, GDK_KEY_Right },
  { GDK_KEY_KP_Home, GDK_KEY_Home }, { GDK_KEY_KP_End, GDK_KEY_End },
  { GDK_KEY_KP_Page_Up, GDK_KEY_Page_Up }, { GDK_KEY_KP_Page_Down, GDK_KEY_Page_Down },
  { GDK_KEY_ISO_Left_Tab, GDK_KEY_Tab }, { GDK_KEY_KP_Tab, GDK_KEY_Tab },
};

static guint
get_meaning (guint keyval)
{
  for (guint i = 0; i < G_N_ELEMENTS (same_keys); i++)
    if (same_keys[i].key == keyval)
      return same_keys[i].means;
  return keyval;
}

static gboolean
press_idle (YejiGrid        *self,
            guint            keyval,
            GdkModifierType  modifiers)
{
  if (keyval == GDK_KEY_F10 && modifiers == GDK_SHIFT_MASK)
    keyval = GDK_KEY_Menu, modifiers = 0;
  if (press_action (self, keyval, modifiers))
    return GDK_EVENT_STOP;
  if (!has_rows (self))
    return GDK_EVENT_PROPAGATE;
  return press_move (self, keyval, modifiers);
}

/* While a value is edited most keys are the text's. */
static gboolean
press_editing (YejiGrid        *self,
               guint            keyval,
               GdkModifierType  modifiers)
{
  gboolean is_typing = yeji_grid_input_get_state (self->input) == YEJI_GRID_TYPING;

  if (modifiers != 0)
    {
      if (keyval != GDK_KEY_Return)
        return GDK_EVENT_PROPAGATE;
      yeji_grid_input_commit (self->input);
      return press_action (self, keyval, modifiers);
    }
  switch (keyval)
    {
    case GDK_KEY_Escape:
      yeji_grid_input_give_up (self->input);
      return GDK_EVENT_STOP;
    case GDK_KEY_F2:
      yeji_grid_input_edit (self->input);
      return GDK_EVENT_STOP;
    case GDK_KEY_Up:
    case GDK_KEY_Down:
      return press_move (self, keyval, 0);
    case GDK_KEY_Left:
    case GDK_KEY_Right:
      return is_typing ? press_move (self, keyval, 0) : GDK_EVENT_PROPAGATE;
    default:
      return GDK_EVENT_PROPAGATE;
    }
}

static gboolean
on_key (GtkEventControllerKey *controller,
        guint                  keyval,
        guint                  keycode,
        GdkModifierType        state,
        YejiGrid              *self)
{
  return yeji_grid_press (self, keyval, state);
}

/* ---- What the parts say */

static void
on_committed (YejiGrid           *self,
              YejiRow            *row,
              const YejiFieldDef *field)
{
  guint row_index, column;

  if (yeji_grid_model_find (self->model, row, field, &row_index, &column))
    yeji_grid_model_visit (self->model, row_index, column);
  yeji_grid_edits_read_day (yeji_grid_model_get_draft (self->model), row, field);
  g_signal_emit (self, signals[COMMITTED], 0, row, field);
}

static void
on_choose (YejiGrid   *self,
           const char *text)
{
  yeji_grid_choose (self, text);
}

static void
on_cursor_moved (YejiGrid *self)
{
  update_actions (self);
  g_signal_emit (self, signals[CURSOR_MOVED], 0);
}

static gboolean
yeji_grid_grab_focus (GtkWidget *widget)
{
  yeji_grid_input_focus (YEJI_GRID (widget)->input);
  return TRUE;
}

static void
yeji_grid_dispose (GObject *object)
{
  YejiGrid *self = YEJI_GRID (object);

  g_clear_object (&self->input);
  adw_bin_set_child (ADW_BIN (self), NULL);
  g_clear_object (&self->model);
  G_OBJECT_CLASS (yeji_grid_parent_class)->dispose (object);
}

static void
yeji_grid_class_init (YejiGridClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = yeji_grid_dispose;
  widget_class->grab_focus = yeji_grid_grab_focus;
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (widget_class, actions[i].name, NULL, actions[i].func);

  signals[REMOVED] = g_signal_new ("removed", YEJI_TYPE_GRID, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 2, YEJI_TYPE_ROW, G_TYPE_UINT);
  signals[OPEN_ROW] = g_signal_new ("open-row", YEJI_TYPE_GRID, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                    NULL, G_TYPE_NONE, 1, YEJI_TYPE_ROW);
  signals[COMMITTED] = g_signal_new ("committed", YEJI_TYPE_GRID, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                     NULL, G_TYPE_NONE, 2, YEJI_TYPE_ROW, G_TYPE_POINTER);
  signals[CURSOR_MOVED] = g_signal_new ("cursor-moved", YEJI_TYPE_GRID, G_SIGNAL_RUN_LAST, 0, NULL,
                                        NULL, NULL, G_TYPE_NONE, 0);
  signals[TAKE] = g_signal_new ("take", YEJI_TYPE_GRID, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 0);
}

static void
yeji_grid_init (YejiGrid *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->tab_column = -1;
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

/**
 * yeji_grid_new:
 * @table: any but the root
 *
 * Returns: (transfer floating): @table as a grid
 */
GtkWidget *
yeji_grid_new (YejiDraft          *draft,
               const YejiTableDef *table)
{
  YejiGrid *self = g_object_new (YEJI_TYPE_GRID, NULL);
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->model = yeji_grid_model_new (draft, table);
  self->view = YEJI_GRID_VIEW (yeji_grid_view_new (YEJI_GRID_SOURCE (self->model)));
  self->input = yeji_grid_input_new (self->view);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), GTK_WIDGET (self->view));
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  adw_bin_set_child (ADW_BIN (self), scroller);
  yeji_grid_watch_pointer (self);
  g_signal_connect_object (self->input, "committed", G_CALLBACK (on_committed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->input, "choose", G_CALLBACK (on_choose), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->view, "cursor-moved", G_CALLBACK (on_cursor_moved), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (draft, "entry-changed", G_CALLBACK (update_actions), self,
                           G_CONNECT_SWAPPED);
  update_actions (self);
  return GTK_WIDGET (self);
}

YejiGridModel *
yeji_grid_get_model (YejiGrid *self)
{
  return self->model;
}

YejiGridView *
yeji_grid_get_view (YejiGrid *self)
{
  return self->view;
}

YejiGridInput *
yeji_grid_get_input (YejiGrid *self)
{
  return self->input;
}

/**
 * yeji_grid_go:
 * @extend: selects everything on the way
 *
 * Puts the cursor into a cell, as near to it as there is one.
 */
void
yeji_grid_go (YejiGrid *self,
              guint     row,
              guint     column,
              gboolean  extend)
{
  YejiGridArea area;

  g_return_if_fail (YEJI_IS_GRID (self));

  yeji_grid_input_commit (self->input);
  self->tab_column = -1;
  area = *yeji_grid_view_get_area (self->view);
  if (has_rows (self) && !extend)
    yeji_grid_model_visit (self->model, area.row, area.column);
  yeji_grid_area_go (&area, row, column, extend);
  yeji_grid_view_set_area (self->view, &area);
}

/**
 * yeji_grid_show:
 * @row: (nullable): %NULL shows the grid
 * @field: (nullable): %NULL shows the row
 *
 * Goes to a cell, with the keyboard.
 *
 * Returns: whether it is there
 */
gboolean
yeji_grid_show (YejiGrid           *self,
                YejiRow            *row,
                const YejiFieldDef *field)
{
  guint row_index, column;

  g_return_val_if_fail (YEJI_IS_GRID (self), FALSE);

  if (row != NULL)
    {
      if (!yeji_grid_model_find (self->model, row, field, &row_index, &column))
        return FALSE;
      yeji_grid_go (self, row_index, column, FALSE);
    }
  yeji_grid_input_focus (self->input);
  return TRUE;
}

/**
 * yeji_grid_add:
 *
 * Adds a row at the end and goes to it.
 *
 * Returns: (transfer none): the row
 */
YejiRow *
yeji_grid_add (YejiGrid *self)
{
  YejiRow *row;

  g_return_val_if_fail (YEJI_IS_GRID (self), NULL);

  yeji_grid_input_commit (self->input);
  row = yeji_draft_add_row (yeji_grid_model_get_draft (self->model),
                            yeji_grid_model_get_table (self->model));
  yeji_grid_show (self, row, NULL);
  return row;
}

/**
 * yeji_grid_press:
 *
 * Does what a key is for, before the text gets it.
 *
 * Returns: whether it was for the grid
 */
gboolean
yeji_grid_press (YejiGrid        *self,
                 guint            keyval,
                 GdkModifierType  state)
{
  GdkModifierType modifiers = state & (GDK_CONTROL_MASK | GDK_SHIFT_MASK | GDK_ALT_MASK);
  gboolean is_idle;

  g_return_val_if_fail (YEJI_IS_GRID (self), FALSE);

  if (yeji_grid_input_is_composing (self->input) || !yeji_grid_input_has_focus (self->input))
    return GDK_EVENT_PROPAGATE;
  is_idle = yeji_grid_input_get_state (self->input) == YEJI_GRID_IDLE;
  if (keyval == GDK_KEY_BackSpace && !is_idle)
    return GDK_EVENT_PROPAGATE;
  keyval = get_meaning (keyval);
  if (has_rows (self) && keyval == GDK_KEY_Tab && (modifiers & ~GDK_SHIFT_MASK) == 0)
    return tab (self, modifiers == 0 ? 1 : -1);
  if (has_rows (self) && keyval == GDK_KEY_Return && (modifiers & ~GDK_SHIFT_MASK) == 0)
    {
      enter (self, modifiers == 0 ? 1 : -1);
      return GDK_EVENT_STOP;
    }
  return is_idle ? press_idle (self, keyval, modifiers) : press_editing (self, keyval, modifiers);
}

/**
 * yeji_grid_find_focused:
 *
 * Returns: whether the keyboard is in a cell; what is there is set then
 */
gboolean
yeji_grid_find_focused (GtkWindow           *window,
                        YejiRow            **row,
                        const YejiFieldDef **field)
{
  GtkWidget *focus = gtk_window_get_focus (window);
  GtkWidget *grid = focus != NULL ? gtk_widget_get_ancestor (focus, YEJI_TYPE_GRID) : NULL;
  const YejiGridArea *area;
  YejiGrid *self;

  if (grid == NULL || !has_rows (YEJI_GRID (grid)))
    return FALSE;
  self = YEJI_GRID (grid);
  area = yeji_grid_view_get_area (self->view);
  *row = yeji_grid_model_get_row (self->model, area->row);
  *field = yeji_grid_model_get_field (self->model, area->column);
  return TRUE;
}
