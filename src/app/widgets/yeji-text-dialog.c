// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-text-dialog"

#include "config.h"

#include "yeji-text-dialog.h"

#include <glib/gi18n.h>

#include <adwaita.h>

#include "yeji-a11y.h"
#include "yeji-text-limit.h"

#define DONE_KEYS "<Control>Return|<Control>KP_Enter"
#define MARGIN 8

typedef struct
{
  YejiTextAnswer answer;
  gpointer data;
  GDestroyNotify free_data;
  GtkTextBuffer *buffer;       /* (transfer none): lives as long as the dialog */
} Asking;

static void
free_asking (gpointer  data,
             GClosure *closure)
{
  Asking *asking = data;

  asking->free_data (asking->data);
  g_free (asking);
}

static char *
get_text (GtkTextBuffer *buffer)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return g_strstrip (gtk_text_buffer_get_text (buffer, &start, &end, FALSE));
}

static void
on_changed (GtkTextBuffer    *buffer,
            AdwMessageDialog *dialog)
{
  g_autofree char *text = get_text (buffer);

  adw_message_dialog_set_response_enabled (dialog, YEJI_TEXT_DIALOG_DONE, *text != '\0');
}

static void
on_response (AdwMessageDialog *dialog,
             const char       *response,
             Asking           *asking)
{
  g_autofree char *text = get_text (asking->buffer);

  if (g_str_equal (response, YEJI_TEXT_DIALOG_DONE) && *text != '\0')
    asking->answer (text, asking->data);
  else if (g_str_equal (response, "remove"))
    asking->answer ("", asking->data);
}

/* Enter is a line of the text, so that another key is needed to be done. */
static gboolean
on_done (GtkWidget *widget,
         GVariant  *arguments,
         gpointer   data)
{
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (widget);

  if (adw_message_dialog_get_response_enabled (dialog, YEJI_TEXT_DIALOG_DONE))
    {
      adw_message_dialog_response (dialog, YEJI_TEXT_DIALOG_DONE);
      gtk_window_close (GTK_WINDOW (dialog));
    }
  return GDK_EVENT_STOP;
}

static void
add_key (GtkWidget *dialog)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();
  GtkShortcutTrigger *trigger = gtk_shortcut_trigger_parse_string (DONE_KEYS);
  GtkShortcutAction *action = gtk_callback_action_new (on_done, NULL, NULL);

  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller),
                                        gtk_shortcut_new (trigger, action));
  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  gtk_widget_add_controller (dialog, controller);
}

static GtkWidget *
make_view (const YejiTextQuestion *question)
{
  GtkWidget *view = gtk_text_view_new ();
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (view));

  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (view), FALSE);
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (view), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_left_margin (GTK_TEXT_VIEW (view), MARGIN);
  gtk_text_view_set_right_margin (GTK_TEXT_VIEW (view), MARGIN);
  gtk_text_view_set_top_margin (GTK_TEXT_VIEW (view), MARGIN);
  gtk_text_view_set_bottom_margin (GTK_TEXT_VIEW (view), MARGIN);
  yeji_text_limit_set (buffer, question->max_length);
  if (question->text != NULL)
    gtk_text_buffer_set_text (buffer, question->text, -1);
  g_object_set (view, "accessible-role", GTK_ACCESSIBLE_ROLE_TEXT_BOX, NULL);
  yeji_a11y_set_name (view, question->name);
  gtk_widget_set_tooltip_text (view, question->hint);
  return view;
}

static GtkWidget *
make_scroller (GtkWidget *view)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), view);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_widget_set_size_request (scroller, 360, 96);
  gtk_widget_add_css_class (scroller, "yeji-explanation");
  return scroller;
}

static void
add_responses (AdwMessageDialog       *dialog,
               const YejiTextQuestion *question)
{
  adw_message_dialog_add_responses (dialog, "cancel", _("_Cancel"), NULL);
  if (question->remove != NULL && question->text != NULL)
    adw_message_dialog_add_responses (dialog, "remove", question->remove, NULL);
  adw_message_dialog_add_responses (dialog, YEJI_TEXT_DIALOG_DONE, question->done, NULL);
  adw_message_dialog_set_response_appearance (dialog, YEJI_TEXT_DIALOG_DONE,
                                              question->is_destructive
                                                ? ADW_RESPONSE_DESTRUCTIVE
                                                : ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (dialog, question->is_destructive
                                                     ? "cancel" : YEJI_TEXT_DIALOG_DONE);
  adw_message_dialog_set_close_response (dialog, "cancel");
}

/**
 * yeji_text_dialog_new:
 * @answer: called with the text when the dialog is answered, not when it is closed
 * @free_data: called when the dialog is gone
 *
 * Ctrl+Enter gives the answer. An empty text is none.
 *
 * Returns: (transfer none): a dialog that asks for some lines of text; owned by GTK
 */
GtkWidget *
yeji_text_dialog_new (GtkWindow              *parent,
                      const YejiTextQuestion *question,
                      YejiTextAnswer          answer,
                      gpointer                data,
                      GDestroyNotify          free_data)
{
  GtkWidget *dialog = adw_message_dialog_new (parent, question->heading, NULL);
  GtkWidget *view = make_view (question);
  Asking *asking = g_new0 (Asking, 1);

  asking->answer = answer;
  asking->data = data;
  asking->free_data = free_data;
  asking->buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (view));
  gtk_window_set_title (GTK_WINDOW (dialog), question->title);
  adw_message_dialog_set_body (ADW_MESSAGE_DIALOG (dialog), question->body);
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), make_scroller (view));
  add_responses (ADW_MESSAGE_DIALOG (dialog), question);
  add_key (dialog);
  on_changed (asking->buffer, ADW_MESSAGE_DIALOG (dialog));
  g_signal_connect_object (asking->buffer, "changed", G_CALLBACK (on_changed), dialog, 0);
  g_signal_connect_data (dialog, "response", G_CALLBACK (on_response), asking, free_asking, 0);
  gtk_window_set_focus (GTK_WINDOW (dialog), view);
  return dialog;
}
