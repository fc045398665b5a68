// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-paste"

#include "config.h"

#include "yeji-paste.h"

/* The clipboard answers after a while, so that the text comes after the wish for it; the next key
 * says that it has come, or never will. */
static void
on_paste (GtkWidget     *widget,
          YejiFormField *field)
{
  yeji_form_field_expect (field, "pasted");
}

static void
on_paste_done (GtkTextBuffer *buffer,
               GdkClipboard  *clipboard,
               YejiFormField *field)
{
  yeji_form_field_expect (field, NULL);
}

static gboolean
on_key (GtkEventControllerKey *controller,
        guint                  keyval,
        guint                  keycode,
        GdkModifierType        state,
        YejiFormField         *field)
{
  yeji_form_field_expect (field, NULL);
  return GDK_EVENT_PROPAGATE;
}

static void
on_leave (GtkEventControllerFocus *controller,
          YejiFormField           *field)
{
  yeji_form_field_expect (field, NULL);
}

/**
 * yeji_paste_watch:
 * @control: an entry, or a view of several lines; any other control is left alone
 *
 * Tells a field what is pasted into it and what is typed.
 */
void
yeji_paste_watch (GtkWidget     *control,
                  YejiFormField *field)
{
  GtkEventController *keys;
  GtkEventController *focus;

  if (GTK_IS_TEXT_VIEW (control))
    g_signal_connect_object (gtk_text_view_get_buffer (GTK_TEXT_VIEW (control)), "paste-done",
                             G_CALLBACK (on_paste_done), field, 0);
  else if (!GTK_IS_ENTRY (control))
    return;
  g_signal_connect_object (GTK_IS_ENTRY (control)
                             ? (gpointer) gtk_editable_get_delegate (GTK_EDITABLE (control))
                             : control, "paste-clipboard", G_CALLBACK (on_paste), field, 0);
  keys = gtk_event_controller_key_new ();
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (on_key), field, 0);
  gtk_widget_add_controller (control, keys);
  focus = gtk_event_controller_focus_new ();
  g_signal_connect_object (focus, "leave", G_CALLBACK (on_leave), field, 0);
  gtk_widget_add_controller (control, focus);
}
