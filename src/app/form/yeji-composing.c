// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-composing"

#include "config.h"

#include "yeji-composing.h"

#define COMPOSING_KEY "yeji-composing"

/* The text inside a control, whose input method it is. */
static GtkWidget *
get_text (GtkWidget *control)
{
  while (GTK_IS_EDITABLE (control)
         && gtk_editable_get_delegate (GTK_EDITABLE (control)) != NULL)
    control = GTK_WIDGET (gtk_editable_get_delegate (GTK_EDITABLE (control)));
  return control;
}

static void
set_composing (GtkWidget *text,
               gboolean   composing)
{
  g_object_set_data (G_OBJECT (text), COMPOSING_KEY, GINT_TO_POINTER (composing));
}

static void
on_preedit (GtkWidget  *text,
            const char *preedit)
{
  set_composing (text, *preedit != '\0');
}

/* Not every input method says that it has given up when the focus goes. */
static void
on_leave (GtkEventController *controller)
{
  set_composing (gtk_event_controller_get_widget (controller), FALSE);
}

/**
 * yeji_composing_watch:
 * @control: an entry, or a view of several lines
 *
 * Notes when an input method is at work in a control. A key is offered to whoever listens in the
 * capture phase before the input method has it: who takes arrows, Enter or Escape there must ask
 * yeji_composing_is_on() first, or nobody can choose among the candidates.
 */
void
yeji_composing_watch (GtkWidget *control)
{
  GtkWidget *text = get_text (control);
  GtkEventController *focus = gtk_event_controller_focus_new ();

  g_signal_connect (text, "preedit-changed", G_CALLBACK (on_preedit), NULL);
  g_signal_connect (focus, "leave", G_CALLBACK (on_leave), NULL);
  gtk_widget_add_controller (text, focus);
}

/**
 * yeji_composing_is_on:
 *
 * Returns: whether a control that is watched shows what is not yet its text, and every key is for
 * the input method
 */
gboolean
yeji_composing_is_on (GtkWidget *control)
{
  return g_object_get_data (G_OBJECT (get_text (control)), COMPOSING_KEY) != NULL;
}
