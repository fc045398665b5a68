// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-type-ahead"

#include "config.h"

#include "yeji-type-ahead.h"

static gboolean
on_key (GtkEventControllerKey *controller,
        guint                  keyval,
        guint                  keycode,
        GdkModifierType        state,
        GtkSearchEntry        *search)
{
  GtkEditable *text = gtk_editable_get_delegate (GTK_EDITABLE (search));

  /* a space chooses in a list */
  if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK)) != 0
      || !g_unichar_isgraph (gdk_keyval_to_unicode (keyval)))
    return GDK_EVENT_PROPAGATE;
  gtk_text_grab_focus_without_selecting (GTK_TEXT (text));
  gtk_editable_set_position (GTK_EDITABLE (text), -1);
  return gtk_event_controller_key_forward (controller, GTK_WIDGET (text));
}

/**
 * yeji_type_ahead:
 * @widget: a list that has no use for letters
 *
 * What is typed in @widget is searched for: the first key takes the keyboard to @search. GTK's own
 * gtk_search_entry_set_key_capture_widget() hands the key to an entry without the keyboard, whose
 * input method is asleep: ibus takes no letter of it, and Pinyin could not be typed.
 */
void
yeji_type_ahead (GtkWidget      *widget,
                 GtkSearchEntry *search)
{
  GtkEventController *controller = gtk_event_controller_key_new ();

  g_signal_connect_object (controller, "key-pressed", G_CALLBACK (on_key), search, 0);
  gtk_widget_add_controller (widget, controller);
}
