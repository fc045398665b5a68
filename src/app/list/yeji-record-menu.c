// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-record-menu"

#include "config.h"

#include "yeji-record-menu.h"

#include "yeji-cells.h"

/* The menu of the selected rows, where the pointer or the keyboard is. */
typedef struct
{
  GtkPopover *popover;
  GtkColumnView *view;
  GtkWidget *focus;            /* (nullable): weak; gets the keyboard back */
} Menu;

static void
free_menu (gpointer data)
{
  Menu *menu = data;

  g_clear_weak_pointer (&menu->focus);
  g_free (menu);
}

/* GTK 4.8 gives it to what follows the popover in the tab order. What the menu does may have a
 * better idea of where it belongs, and comes after this. */
static void
on_closed (GtkPopover *popover,
           Menu       *menu)
{
  if (menu->focus != NULL && gtk_widget_get_mapped (menu->focus))
    gtk_widget_grab_focus (menu->focus);
}

static void
pop_up (Menu      *menu,
        GtkWidget *widget,
        double     x,
        double     y)
{
  GdkRectangle place = { 0, 0, 1, 1 };
  double at_x, at_y;

  if (!gtk_widget_translate_coordinates (widget, gtk_widget_get_parent (GTK_WIDGET (menu->popover)),
                                         x, y, &at_x, &at_y))
    return;
  g_set_weak_pointer (&menu->focus, gtk_root_get_focus (gtk_widget_get_root (widget)));
  place.x = (int) at_x;
  place.y = (int) at_y;
  gtk_popover_set_pointing_to (menu->popover, &place);
  gtk_popover_popup (menu->popover);
}

/* A row that is not selected becomes the only one that is; of a selection the menu means all. */
static void
on_pressed (GtkGestureClick *gesture,
            int              n_press,
            double           x,
            double           y,
            Menu            *menu)
{
  GtkSelectionModel *selection = gtk_column_view_get_model (menu->view);
  GtkWidget *picked = gtk_widget_pick (GTK_WIDGET (menu->view), x, y, GTK_PICK_DEFAULT);
  GtkListItem *item = picked != NULL ? yeji_cell_find_item (picked) : NULL;

  if (item == NULL)
    return;
  if (!gtk_selection_model_is_selected (selection, gtk_list_item_get_position (item)))
    gtk_selection_model_select_item (selection, gtk_list_item_get_position (item), TRUE);
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  pop_up (menu, GTK_WIDGET (menu->view), x, y);
}

static gboolean
on_menu_key (GtkWidget *widget,
             GVariant  *arguments,
             gpointer   data)
{
  Menu *menu = data;
  GtkSelectionModel *selection = gtk_column_view_get_model (menu->view);
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (widget));
  GtkListItem *item = focus != NULL ? yeji_cell_find_item (focus) : NULL;

  if (item == NULL)
    return GDK_EVENT_PROPAGATE;
  if (!gtk_selection_model_is_selected (selection, gtk_list_item_get_position (item)))
    gtk_selection_model_select_item (selection, gtk_list_item_get_position (item), TRUE);
  pop_up (menu, focus, MIN (48, gtk_widget_get_width (focus) / 2), gtk_widget_get_height (focus));
  return GDK_EVENT_STOP;
}

static void
add_keys (Menu *menu)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();
  GtkShortcut *shortcut;

  shortcut = gtk_shortcut_new (gtk_alternative_trigger_new (
                                 gtk_keyval_trigger_new (GDK_KEY_Menu, 0),
                                 gtk_keyval_trigger_new (GDK_KEY_F10, GDK_SHIFT_MASK)),
                               gtk_callback_action_new (on_menu_key, menu, NULL));
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller), shortcut);
  gtk_widget_add_controller (GTK_WIDGET (menu->view), controller);
}

static void
add_click (Menu *menu)
{
  GtkGesture *gesture = gtk_gesture_click_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (gesture), GDK_BUTTON_SECONDARY);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (gesture), GTK_PHASE_CAPTURE);
  g_signal_connect (gesture, "pressed", G_CALLBACK (on_pressed), menu);
  gtk_widget_add_controller (GTK_WIDGET (menu->view), GTK_EVENT_CONTROLLER (gesture));
}

/**
 * yeji_record_menu_new:
 * @parent: around the view; unparents the menu when it goes
 *
 * Makes the menu of a view's rows: by the secondary button, the menu key or Shift+F10.
 *
 * Returns: (transfer none): a popover with @parent as its parent
 */
GtkWidget *
yeji_record_menu_new (GtkWidget     *parent,
                      GtkColumnView *view,
                      GMenuModel    *model)
{
  GtkWidget *popover = gtk_popover_menu_new_from_model (model);
  Menu *menu = g_new0 (Menu, 1);

  menu->popover = GTK_POPOVER (popover);
  menu->view = view;
  gtk_popover_set_has_arrow (menu->popover, FALSE);
  gtk_widget_set_halign (popover, GTK_ALIGN_START);
  gtk_widget_set_parent (popover, parent);
  g_object_set_data_full (G_OBJECT (view), "yeji-record-menu", menu, free_menu);
  g_signal_connect (popover, "closed", G_CALLBACK (on_closed), menu);
  add_keys (menu);
  add_click (menu);
  return popover;
}
