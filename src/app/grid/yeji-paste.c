// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-paste"

#include "config.h"

#include "yeji-paste.h"

/* The clipboard answers after a while, so that the text comes after the wish for it, and the clerk
 * may be in another field or window by then. The first change is what was pasted. A key that may
 * change the text says that nothing came. */
static void
on_paste (GtkWidget     *widget,
          YejiFormField *field)
{
  yeji_form_field_expect (field, "pasted");
}

static void
on_text (GtkEntry      *entry,
         GParamSpec    *pspec,
         YejiFormField *field)
{
  yeji_form_field_expect (field, NULL);
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
  GdkEvent *event = gtk_event_controller_get_current_event (GTK_EVENT_CONTROLLER (controller));
  gboolean moves = keyval == GDK_KEY_Tab || keyval == GDK_KEY_ISO_Left_Tab;

  if (!moves && (event == NULL || !gdk_key_event_is_modifier (event)))
    yeji_form_field_expect (field, NULL);
  return GDK_EVENT_PROPAGATE;
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

  if (GTK_IS_TEXT_VIEW (control))
    g_signal_connect_object (gtk_text_view_get_buffer (GTK_TEXT_VIEW (control)), "paste-done",
                             G_CALLBACK (on_paste_done), field, 0);
  else if (GTK_IS_ENTRY (control))
    /* the field has taken the text by then: it was connected earlier */
    g_signal_connect_object (control, "notify::text", G_CALLBACK (on_text), field,
                             G_CONNECT_AFTER);
  else
    return;
  g_signal_connect_object (GTK_IS_ENTRY (control)
                             ? (gpointer) gtk_editable_get_delegate (GTK_EDITABLE (control))
                             : control, "paste-clipboard", G_CALLBACK (on_paste), field, 0);
  keys = gtk_event_controller_key_new ();
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (on_key), field, 0);
  gtk_widget_add_controller (control, keys);
}
