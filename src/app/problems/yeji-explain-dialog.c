// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-explain-dialog"

#include "config.h"

#include "yeji-explain-dialog.h"

#include <glib/gi18n.h>

#include <adwaita.h>

#include "yeji-a11y.h"
#include "yeji-explanation.h"
#include "yeji-point.h"
#include "yeji-text-limit.h"

#define DONE_KEYS "<Control>Return|<Control>KP_Enter"

typedef struct
{
  YejiDraft *draft;
  YejiIssue *point;
  GtkTextBuffer *buffer;       /* (transfer none): lives as long as the dialog */
} Question;

static void
free_question (gpointer  data,
               GClosure *closure)
{
  Question *question = data;

  g_object_unref (question->draft);
  g_object_unref (question->point);
  g_free (question);
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

  adw_message_dialog_set_response_enabled (dialog, "explain", *text != '\0');
}

static void
on_response (AdwMessageDialog *dialog,
             const char       *response,
             Question         *question)
{
  g_autofree char *text = get_text (question->buffer);

  if (g_str_equal (response, "explain") && *text != '\0')
    yeji_point_set_reply (question->draft, question->point, text);
  else if (g_str_equal (response, "remove"))
    yeji_point_set_reply (question->draft, question->point, "");
}

/* Enter is a line of the text, so that another key is needed to be done. */
static gboolean
on_done (GtkWidget *widget,
         GVariant  *arguments,
         gpointer   data)
{
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (widget);

  if (adw_message_dialog_get_response_enabled (dialog, "explain"))
    {
      adw_message_dialog_response (dialog, "explain");
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
make_view (const char *text)
{
  GtkWidget *view = gtk_text_view_new ();
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (view));

  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (view), FALSE);
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (view), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_left_margin (GTK_TEXT_VIEW (view), 8);
  gtk_text_view_set_right_margin (GTK_TEXT_VIEW (view), 8);
  gtk_text_view_set_top_margin (GTK_TEXT_VIEW (view), 8);
  gtk_text_view_set_bottom_margin (GTK_TEXT_VIEW (view), 8);
  yeji_text_limit_set (buffer, YEJI_EXPLANATION_MAX_LENGTH);
  if (text != NULL)
    gtk_text_buffer_set_text (buffer, text, -1);
  g_object_set (view, "accessible-role", GTK_ACCESSIBLE_ROLE_TEXT_BOX, NULL);
  yeji_a11y_set_name (view, _("Explanation"));
  gtk_widget_set_tooltip_text (view, _("Why it stays as it is, for the reviewer (Ctrl+Enter is "
                                       "done)"));
  return view;
}

/**
 * yeji_explain_dialog_new:
 * @point: one of the points of @draft
 *
 * Returns: (transfer none): a dialog that asks why something stays as it is, and keeps the answer
 *   for the reviewer; owned by GTK
 */
GtkWidget *
yeji_explain_dialog_new (GtkWindow *parent,
                         YejiDraft *draft,
                         YejiIssue *point)
{
  GtkWidget *dialog = adw_message_dialog_new (parent, _("Explain to the Reviewer"), NULL);
  const char *reply = yeji_point_get_reply (draft, point);
  GtkWidget *view = make_view (reply);
  GtkWidget *scroller = gtk_scrolled_window_new ();
  g_autofree char *place = yeji_issue_get_place (point);
  Question *question = g_new0 (Question, 1);

  gtk_window_set_title (GTK_WINDOW (dialog), _("Explain to the Reviewer"));
  question->draft = g_object_ref (draft);
  question->point = g_object_ref (point);
  question->buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (view));
  adw_message_dialog_format_body (ADW_MESSAGE_DIALOG (dialog), "%s\n“%s”", place,
                                  yeji_issue_get_message (point));
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), view);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_widget_set_size_request (scroller, 360, 96);
  gtk_widget_add_css_class (scroller, "yeji-explanation");
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), scroller);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"), NULL);
  if (reply != NULL)
    adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "remove", _("_Take Back"), NULL);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "explain", _("_Explain"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "explain",
                                              ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "explain");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  add_key (dialog);
  on_changed (question->buffer, ADW_MESSAGE_DIALOG (dialog));
  g_signal_connect_object (question->buffer, "changed", G_CALLBACK (on_changed), dialog, 0);
  g_signal_connect_data (dialog, "response", G_CALLBACK (on_response), question, free_question, 0);
  gtk_window_set_focus (GTK_WINDOW (dialog), view);
  return dialog;
}
