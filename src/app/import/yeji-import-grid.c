// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-import-grid"

#include "config.h"

#include "yeji-import-grid.h"

#include <glib/gi18n.h>

#include "yeji-a11y.h"
#include "yeji-chooser.h"
#include "yeji-grid-texts.h"
#include "yeji-import-words.h"
#include "yeji-messages.h"

typedef enum
{
  IDLE,
  TYPING,                      /* what is typed replaces the text; arrows leave the cell */
  EDITING,                     /* the text is changed; arrows move in it */
} State;

struct _YejiImportGrid
{
  AdwBin parent_instance;

  YejiImportSource *source;    /* (nullable) */
  YejiGridView *view;          /* (transfer none) (nullable) */
  YejiGridTexts *texts;        /* (nullable): as long as there is a view */
  State state;
};

enum
{
  CURSOR_MOVED,
  TYPED,
  TAKE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (YejiImportGrid, yeji_import_grid, ADW_TYPE_BIN)

static GtkWidget *
get_text (YejiImportGrid *self)
{
  return yeji_grid_texts_get_widget (self->texts);
}

static gboolean
has_cell (YejiImportGrid *self,
          YejiImportCell *cell)
{
  YejiImportPlace place;

  if (!yeji_import_grid_get_place (self, &place))
    return FALSE;
  yeji_import_file_get_cell (yeji_import_source_get_file (self->source), &place, cell);
  return TRUE;
}

static void
set_state (YejiImportGrid *self,
           State           state)
{
  self->state = state;
  yeji_grid_texts_set_seen (self->texts, state != IDLE);
}

/* ---- Codes are chosen */

static const YejiFieldDef *
get_coded (YejiImportGrid *self)
{
  YejiImportCell cell;

  return has_cell (self, &cell) && cell.field != NULL && cell.field->codes != NULL ? cell.field
                                                                                   : NULL;
}

static GListModel *
list_codes (const YejiFieldDef *field)
{
  GListStore *choices = g_list_store_new (YEJI_TYPE_CHOICE);

  for (guint i = 0; i < field->codes->items->len; i++)
    {
      const YejiCode *code = g_ptr_array_index (field->codes->items, i);
      g_autoptr (YejiChoice) choice = NULL;

      if (code->status != YEJI_CODE_CURRENT)
        continue;
      choice = yeji_choice_new (code->code, code->name);
      g_list_store_append (choices, choice);
    }
  return G_LIST_MODEL (choices);
}

static void
on_chosen (YejiImportGrid *self,
           const char     *value)
{
  g_signal_emit (self, signals[TYPED], 0, value);
}

static gboolean
drop_popover (gpointer data)
{
  if (gtk_widget_get_parent (data) != NULL)
    gtk_widget_unparent (data);
  return G_SOURCE_REMOVE;
}

static void
on_closed (GtkWidget      *chooser,
           YejiImportGrid *self)
{
  if (self->view != NULL)
    gtk_widget_grab_focus (get_text (self));
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, drop_popover, g_object_ref (chooser), g_object_unref);
}

static void
choose (YejiImportGrid     *self,
        const YejiFieldDef *field,
        const char         *typed)
{
  const YejiGridArea *area = yeji_grid_view_get_area (self->view);
  YejiChooser *chooser = yeji_chooser_new (yeji_label (&field->label));
  g_autoptr (GListModel) codes = list_codes (field);
  g_autofree char *search = g_strdup (typed);
  YejiImportCell cell;
  GdkRectangle place;

  yeji_grid_texts_fill (self->texts, "");
  set_state (self, IDLE);
  has_cell (self, &cell);
  yeji_grid_view_get_cell (self->view, area->row, area->column, &place);
  gtk_widget_set_parent (GTK_WIDGET (chooser), GTK_WIDGET (self->view));
  gtk_popover_set_pointing_to (GTK_POPOVER (chooser), &place);
  gtk_popover_set_position (GTK_POPOVER (chooser), GTK_POS_BOTTOM);
  yeji_chooser_set_choices (chooser, codes, cell.value);
  g_signal_connect_object (chooser, "chosen", G_CALLBACK (on_chosen), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (chooser, "closed", G_CALLBACK (on_closed), self, 0);
  gtk_popover_popup (GTK_POPOVER (chooser));
  if (*search != '\0')
    yeji_chooser_set_search (chooser, search);
}

/* ---- Typing */

static void
commit (YejiImportGrid *self)
{
  g_autofree char *text = NULL;

  if (self->state == IDLE || self->view == NULL)
    return;
  text = g_strdup (yeji_grid_texts_get (self->texts));
  yeji_grid_texts_fill (self->texts, "");
  set_state (self, IDLE);
  g_signal_emit (self, signals[TYPED], 0, text);
}

static void
give_up (YejiImportGrid *self)
{
  yeji_grid_texts_fill (self->texts, "");
  set_state (self, IDLE);
}

static void
on_text (YejiImportGrid *self)
{
  const YejiFieldDef *coded = get_coded (self);

  if (coded != NULL && self->state == IDLE)
    choose (self, coded, yeji_grid_texts_get (self->texts));
  else if (self->state == IDLE)
    set_state (self, TYPING);
}

static void
on_composing (YejiImportGrid *self)
{
  gboolean composing = yeji_grid_texts_is_composing (self->texts);

  if (composing && self->state == IDLE)
    set_state (self, TYPING);
  else if (!composing && self->state == TYPING && *yeji_grid_texts_get (self->texts) == '\0')
    set_state (self, IDLE);
}

/* Says what the cell is to who hears it. */
static void
speak (YejiImportGrid *self)
{
  const YejiGridArea *area = yeji_grid_view_get_area (self->view);
  YejiGridSource *source = YEJI_GRID_SOURCE (self->source);
  YejiImportCell cell;
  g_autofree char *name = NULL;

  if (!has_cell (self, &cell))
    {
      yeji_a11y_set_name (get_text (self), yeji_grid_source_get_label (source));
      return;
    }
  name = yeji_grid_source_describe (source, area->row, area->column);
  yeji_a11y_set_name (get_text (self), name);
  yeji_a11y_set_invalid (get_text (self), cell.trouble != YEJI_IMPORT_FITS);
}

static void
on_cursor_moved (YejiImportGrid *self)
{
  give_up (self);
  yeji_grid_texts_turn (self->texts);
  g_signal_emit (self, signals[CURSOR_MOVED], 0);
}

/* ---- Keys */

static const struct
{
  guint key;
  guint keypad;
  int down;
  int right;
  gboolean page;
} moves[] = {
  { GDK_KEY_Up, GDK_KEY_KP_Up, -1, 0 },
  { GDK_KEY_Down, GDK_KEY_KP_Down, 1, 0 },
  { GDK_KEY_Left, GDK_KEY_KP_Left, 0, -1 },
  { GDK_KEY_Right, GDK_KEY_KP_Right, 0, 1 },
  { GDK_KEY_Page_Up, GDK_KEY_KP_Page_Up, -1, 0, TRUE },
  { GDK_KEY_Page_Down, GDK_KEY_KP_Page_Down, 1, 0, TRUE },
  { GDK_KEY_Return, GDK_KEY_KP_Enter, 1, 0 },
};

static void
move (YejiImportGrid *self,
      int             down,
      int             right,
      YejiGridReach   reach)
{
  YejiGridArea area;
  YejiGridSource *source = YEJI_GRID_SOURCE (self->source);

  commit (self);
  area = *yeji_grid_view_get_area (self->view);
  yeji_grid_area_move (&area, yeji_grid_source_get_n_rows (source),
                       yeji_grid_source_get_n_columns (source), down, right, reach, FALSE);
  yeji_grid_view_set_area (self->view, &area);
}

static gboolean
press_move (YejiImportGrid  *self,
            guint            keyval,
            GdkModifierType  modifiers)
{
  YejiGridReach reach = (modifiers & GDK_CONTROL_MASK) != 0 ? YEJI_GRID_EDGE : YEJI_GRID_STEP;
  gboolean back = (modifiers & GDK_SHIFT_MASK) != 0;

  if (keyval == GDK_KEY_Home || keyval == GDK_KEY_End || keyval == GDK_KEY_KP_Home
      || keyval == GDK_KEY_KP_End)
    {
      int to = keyval == GDK_KEY_Home || keyval == GDK_KEY_KP_Home ? -1 : 1;

      move (self, reach == YEJI_GRID_EDGE ? to : 0, to, YEJI_GRID_EDGE);
      return GDK_EVENT_STOP;
    }
  for (guint i = 0; i < G_N_ELEMENTS (moves); i++)
    {
      int down = moves[i].down;

      if (moves[i].key != keyval && moves[i].keypad != keyval)
        continue;
      if (moves[i].key == GDK_KEY_Return)
        {
          if (reach == YEJI_GRID_EDGE)
            return GDK_EVENT_PROPAGATE;
          down = back ? -1 : 1;
        }
      if (moves[i].page)
        down *= (int) yeji_grid_view_get_page (self->view);
      move (self, down, moves[i].right, moves[i].page ? YEJI_GRID_STEP : reach);
      return GDK_EVENT_STOP;
    }
  return GDK_EVENT_PROPAGATE;
}

static gboolean
press_tab (YejiImportGrid  *self,
           GdkModifierType  modifiers)
{
  YejiGridSource *source = YEJI_GRID_SOURCE (self->source);
  YejiGridArea area;

  commit (self);
  area = *yeji_grid_view_get_area (self->view);
  /* at the end of a row the key goes on to what comes after the grid: it may have 100,000 rows */
  if (area.column == ((modifiers & GDK_SHIFT_MASK) != 0
                      ? 0 : yeji_grid_source_get_n_columns (source) - 1))
    return GDK_EVENT_PROPAGATE;
  move (self, 0, (modifiers & GDK_SHIFT_MASK) != 0 ? -1 : 1, YEJI_GRID_STEP);
  return GDK_EVENT_STOP;
}

static gboolean
press_idle (YejiImportGrid  *self,
            guint            keyval,
            GdkModifierType  modifiers)
{
  const YejiFieldDef *coded = get_coded (self);

  if (keyval == GDK_KEY_F2 && modifiers == 0)
    yeji_import_grid_edit (self, NULL);
  else if (keyval == GDK_KEY_Down && modifiers == GDK_ALT_MASK && coded != NULL)
    choose (self, coded, "");
  else if ((keyval == GDK_KEY_Delete || keyval == GDK_KEY_KP_Delete
            || keyval == GDK_KEY_BackSpace) && modifiers == 0)
    g_signal_emit (self, signals[TYPED], 0, "");
  else if (gdk_keyval_to_lower (keyval) == GDK_KEY_z && modifiers == GDK_CONTROL_MASK)
    gtk_widget_activate_action (GTK_WIDGET (self), "preview.undo", NULL);
  else if ((modifiers & GDK_ALT_MASK) == 0)
    return press_move (self, keyval, modifiers);
  else
    return GDK_EVENT_PROPAGATE;
  return GDK_EVENT_STOP;
}

/* While a text is edited most keys are the text's. */
static gboolean
press_editing (YejiImportGrid  *self,
               guint            keyval,
               GdkModifierType  modifiers)
{
  gboolean sideways = keyval == GDK_KEY_Left || keyval == GDK_KEY_Right;
  gboolean moves_on = keyval == GDK_KEY_Up || keyval == GDK_KEY_Down || keyval == GDK_KEY_Return
                      || keyval == GDK_KEY_KP_Enter || keyval == GDK_KEY_ISO_Enter;

  if (keyval == GDK_KEY_Escape)
    {
      give_up (self);
      return GDK_EVENT_STOP;
    }
  if (keyval == GDK_KEY_F2)
    {
      self->state = EDITING;
      return GDK_EVENT_STOP;
    }
  if ((modifiers & ~GDK_SHIFT_MASK) == 0
      && (moves_on || (sideways && modifiers == 0 && self->state == TYPING)))
    return press_move (self, keyval == GDK_KEY_ISO_Enter ? GDK_KEY_Return : keyval, modifiers);
  return GDK_EVENT_PROPAGATE;
}

static gboolean
on_key (GtkEventControllerKey *controller,
        guint                  keyval,
        guint                  keycode,
        GdkModifierType        state,
        YejiImportGrid        *self)
{
  return yeji_import_grid_press (self, keyval, state);
}

/* ---- Pointer */

static void
on_pressed (GtkGestureClick *gesture,
            int              n_press,
            double           x,
            double           y,
            YejiImportGrid  *self)
{
  int edge = yeji_grid_view_find_edge (self->view, x, y);
  int row, column;

  gtk_widget_grab_focus (get_text (self));
  if (edge >= 0 && n_press == 2)
    yeji_grid_view_fit_width (self->view, (guint) edge);
  if (edge >= 0 || !yeji_grid_view_find_at (self->view, x, y, &row, &column) || row < 0)
    return;
  if (n_press == 1)
    yeji_import_grid_go (self, (guint) row, (guint) MAX (column, 0));
  else if (n_press == 2)
    yeji_import_grid_edit (self, NULL);
}

static gboolean
on_tooltip (YejiImportGrid *self,
            int             x,
            int             y,
            gboolean        by_keyboard,
            GtkTooltip     *tooltip)
{
  YejiImportPlace place;
  YejiImportCell cell;
  g_autofree char *text = NULL;
  g_autofree char *why = NULL;
  int row, column;

  if (!yeji_grid_view_find_at (self->view, x, y, &row, &column) || row < 0 || column < 0)
    return FALSE;
  yeji_import_source_get_place (self->source, (guint) row, (guint) column, &place);
  yeji_import_file_get_cell (yeji_import_source_get_file (self->source), &place, &cell);
  text = yeji_import_cell_mask (&cell);
  if (cell.trouble != YEJI_IMPORT_FITS)
    {
      g_autofree char *both = NULL;

      why = yeji_import_explain (yeji_import_source_get_file (self->source), &place);
      both = g_strdup_printf ("%s\n%s", text, why);
      gtk_tooltip_set_text (tooltip, both);
      return TRUE;
    }
  if (*text == '\0')
    return FALSE;
  if (g_strcmp0 (cell.text, cell.value) != 0)
    why = g_strdup_printf (_("In the file: %s"), text);
  gtk_tooltip_set_text (tooltip, why != NULL ? why : text);
  return TRUE;
}

/* ---- The class */

static void
forget_view (YejiImportGrid *self)
{
  self->view = NULL;
  self->state = IDLE;
  g_clear_object (&self->texts);
  adw_bin_set_child (ADW_BIN (self), NULL);
  g_clear_object (&self->source);
}

static gboolean
yeji_import_grid_grab_focus (GtkWidget *widget)
{
  YejiImportGrid *self = YEJI_IMPORT_GRID (widget);

  return self->view != NULL && gtk_widget_grab_focus (get_text (self));
}

static void
yeji_import_grid_dispose (GObject *object)
{
  forget_view (YEJI_IMPORT_GRID (object));
  G_OBJECT_CLASS (yeji_import_grid_parent_class)->dispose (object);
}

static void
yeji_import_grid_class_init (YejiImportGridClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = yeji_import_grid_dispose;
  GTK_WIDGET_CLASS (klass)->grab_focus = yeji_import_grid_grab_focus;

  signals[CURSOR_MOVED] = g_signal_new ("cursor-moved", YEJI_TYPE_IMPORT_GRID, G_SIGNAL_RUN_LAST,
                                        0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[TYPED] = g_signal_new ("typed", YEJI_TYPE_IMPORT_GRID, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[TAKE] = g_signal_new ("take", YEJI_TYPE_IMPORT_GRID, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
}

static void
yeji_import_grid_init (YejiImportGrid *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

/**
 * yeji_import_grid_set_source:
 *
 * Shows another sheet.
 */
void
yeji_import_grid_set_source (YejiImportGrid   *self,
                             YejiImportSource *source)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkGesture *click = gtk_gesture_click_new ();
  gboolean had_focus;

  g_return_if_fail (YEJI_IS_IMPORT_GRID (self));

  had_focus = self->texts != NULL && yeji_grid_texts_has_focus (self->texts);
  forget_view (self);
  self->source = g_object_ref (source);
  self->view = YEJI_GRID_VIEW (yeji_grid_view_new (YEJI_GRID_SOURCE (source)));
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), GTK_WIDGET (self->view));
  self->texts = yeji_grid_texts_new (self->view);
  g_signal_connect_object (self->texts, "typed", G_CALLBACK (on_text), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->texts, "composing", G_CALLBACK (on_composing), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->texts, "left", G_CALLBACK (commit), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->texts, "describe", G_CALLBACK (speak), self, G_CONNECT_SWAPPED);
  gtk_widget_set_has_tooltip (GTK_WIDGET (self->view), TRUE);
  g_signal_connect_object (self->view, "query-tooltip", G_CALLBACK (on_tooltip), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (click, "pressed", G_CALLBACK (on_pressed), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self->view), GTK_EVENT_CONTROLLER (click));
  g_signal_connect_object (self->view, "cursor-moved", G_CALLBACK (on_cursor_moved), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (source, "cell-changed", G_CALLBACK (speak), self, G_CONNECT_SWAPPED);
  adw_bin_set_child (ADW_BIN (self), scroller);
  speak (self);
  if (had_focus)
    gtk_widget_grab_focus (get_text (self));
}

YejiImportSource *
yeji_import_grid_get_source (YejiImportGrid *self)
{
  return self->source;
}

YejiGridView *
yeji_import_grid_get_view (YejiImportGrid *self)
{
  return self->view;
}

/**
 * yeji_import_grid_get_place:
 * @place: (out): the cell of the cursor, in the file
 *
 * Returns: %FALSE when there is no row
 */
gboolean
yeji_import_grid_get_place (YejiImportGrid  *self,
                            YejiImportPlace *place)
{
  const YejiGridArea *area;

  if (self->view == NULL)
    return FALSE;
  area = yeji_grid_view_get_area (self->view);
  if (area->row >= yeji_grid_source_get_n_rows (YEJI_GRID_SOURCE (self->source))
      || area->column >= yeji_grid_source_get_n_columns (YEJI_GRID_SOURCE (self->source)))
    return FALSE;
  yeji_import_source_get_place (self->source, area->row, area->column, place);
  return TRUE;
}

/**
 * yeji_import_grid_go:
 *
 * Puts the cursor into a cell.
 */
void
yeji_import_grid_go (YejiImportGrid *self,
                     guint           row,
                     guint           column)
{
  YejiGridArea area = { row, column, row, column };

  g_return_if_fail (YEJI_IS_IMPORT_GRID (self) && self->view != NULL);

  commit (self);
  yeji_grid_view_set_area (self->view, &area);
}

/**
 * yeji_import_grid_edit:
 * @text: (nullable): to begin with; %NULL: what the file has there
 *
 * Begins to change the cell of the cursor.
 */
void
yeji_import_grid_edit (YejiImportGrid *self,
                       const char     *text)
{
  const YejiFieldDef *coded = get_coded (self);
  YejiImportCell cell;

  if (!has_cell (self, &cell))
    return;
  if (coded != NULL)
    {
      choose (self, coded, text != NULL ? text : "");
      return;
    }
  yeji_grid_texts_fill (self->texts, text != NULL ? text : cell.text);
  set_state (self, EDITING);
  yeji_grid_texts_begin (self->texts);
}

/**
 * yeji_import_grid_commit:
 *
 * Ends editing and keeps what was typed.
 */
void
yeji_import_grid_commit (YejiImportGrid *self)
{
  g_return_if_fail (YEJI_IS_IMPORT_GRID (self));

  commit (self);
}

/**
 * yeji_import_grid_press:
 *
 * Does what a key is for, before the text gets it.
 *
 * Returns: whether it was for the grid
 */
gboolean
yeji_import_grid_press (YejiImportGrid  *self,
                        guint            keyval,
                        GdkModifierType  state)
{
  GdkModifierType modifiers = state & (GDK_CONTROL_MASK | GDK_SHIFT_MASK | GDK_ALT_MASK);
  YejiImportPlace place;

  if (self->texts == NULL || yeji_grid_texts_is_composing (self->texts)
      || !yeji_grid_texts_has_focus (self->texts) || !yeji_import_grid_get_place (self, &place))
    return GDK_EVENT_PROPAGATE;
  if ((keyval == GDK_KEY_Return || keyval == GDK_KEY_KP_Enter)
      && (modifiers & ~GDK_SHIFT_MASK) == GDK_ALT_MASK)
    {
      give_up (self);
      g_signal_emit (self, signals[TAKE], 0, (modifiers & GDK_SHIFT_MASK) != 0);
      return GDK_EVENT_STOP;
    }
  if ((keyval == GDK_KEY_Tab || keyval == GDK_KEY_ISO_Left_Tab || keyval == GDK_KEY_KP_Tab)
      && (modifiers & ~GDK_SHIFT_MASK) == 0)
    return press_tab (self, modifiers);
  return self->state == IDLE ? press_idle (self, keyval, modifiers)
                             : press_editing (self, keyval, modifiers);
}
