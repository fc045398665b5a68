// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "key-walk.h"

/* GTK 4 cannot be handed a key event that no display server made. What becomes of one is walked
 * here as GTK does it: down from the window to what has the focus, and up again, past every
 * controller, with the shortcuts of the classes. */

typedef struct
{
  GtkSearchEntry *search;      /* (nullable) */
  guint keyval;
  GdkModifierType state;
} Press;

static gboolean
matches (GtkShortcutTrigger *trigger,
         const Press        *press)
{
  if (GTK_IS_ALTERNATIVE_TRIGGER (trigger))
    {
      GtkAlternativeTrigger *both = GTK_ALTERNATIVE_TRIGGER (trigger);

      return matches (gtk_alternative_trigger_get_first (both), press)
             || matches (gtk_alternative_trigger_get_second (both), press);
    }
  return GTK_IS_KEYVAL_TRIGGER (trigger)
         && gtk_keyval_trigger_get_keyval (GTK_KEYVAL_TRIGGER (trigger)) == press->keyval
         && gtk_keyval_trigger_get_modifiers (GTK_KEYVAL_TRIGGER (trigger)) == press->state;
}

static gboolean
run_shortcuts (GtkWidget   *widget,
               GListModel  *shortcuts,
               const Press *press)
{
  for (guint i = 0; i < g_list_model_get_n_items (shortcuts); i++)
    {
      g_autoptr (GtkShortcut) shortcut = g_list_model_get_item (shortcuts, i);

      if (matches (gtk_shortcut_get_trigger (shortcut), press)
          && gtk_shortcut_action_activate (gtk_shortcut_get_action (shortcut), 0, widget,
                                           gtk_shortcut_get_arguments (shortcut)))
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_capture_of (GtkEventController *controller,
               GtkSearchEntry     *search)
{
  return search != NULL
         && g_signal_handler_find (controller, G_SIGNAL_MATCH_DATA, 0, 0, NULL, NULL, search) != 0;
}

/* What yeji_type_ahead() does with a key, which can only be passed on while it is an event. */
static gboolean
type_into (const Press *press)
{
  GtkEditable *text = gtk_editable_get_delegate (GTK_EDITABLE (press->search));
  gunichar character = gdk_keyval_to_unicode (press->keyval);
  char utf8[7] = { 0 };
  int position = -1;

  if ((press->state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0 || !g_unichar_isgraph (character))
    return FALSE;
  gtk_text_grab_focus_without_selecting (GTK_TEXT (text));
  g_unichar_to_utf8 (character, utf8);
  gtk_editable_insert_text (text, utf8, -1, &position);
  gtk_editable_set_position (text, -1);
  return TRUE;
}

static gboolean
run_controllers (GtkWidget           *widget,
                 GtkPropagationPhase  phase,
                 const Press         *press)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);
      gboolean taken = FALSE;

      if (gtk_event_controller_get_propagation_phase (controller) != phase)
        continue;
      if (GTK_IS_SHORTCUT_CONTROLLER (controller))
        taken = run_shortcuts (widget, G_LIST_MODEL (controller), press);
      else if (is_capture_of (controller, press->search))
        taken = type_into (press);
      else if (GTK_IS_EVENT_CONTROLLER_KEY (controller))
        g_signal_emit_by_name (controller, "key-pressed", press->keyval, 0, press->state, &taken);
      if (taken)
        return TRUE;
    }
  return FALSE;
}

/**
 * key_walk_press:
 * @search: (nullable): a search entry that listens to keys of another widget
 * @keyval: as GDK has it; of a character, gdk_unicode_to_keyval()
 *
 * Presses a key where the focus is.
 *
 * Returns: whether anything took it
 */
gboolean
key_walk_press (GtkWindow       *window,
                GtkSearchEntry  *search,
                guint            keyval,
                GdkModifierType  state)
{
  const Press press = { search, keyval, state };
  GtkWidget *focus = gtk_window_get_focus (window);
  g_autoptr (GPtrArray) path = g_ptr_array_new_with_free_func (g_object_unref);

  g_assert_nonnull (focus);
  for (GtkWidget *widget = focus; widget != NULL; widget = gtk_widget_get_parent (widget))
    g_ptr_array_add (path, g_object_ref (widget));
  for (guint i = path->len; i > 0; i--)
    if (run_controllers (g_ptr_array_index (path, i - 1), GTK_PHASE_CAPTURE, &press))
      return TRUE;
  if (run_controllers (focus, GTK_PHASE_TARGET, &press))
    return TRUE;
  for (guint i = 0; i < path->len; i++)
    if (run_controllers (g_ptr_array_index (path, i), GTK_PHASE_BUBBLE, &press))
      return TRUE;
  return FALSE;
}
