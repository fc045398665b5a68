// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-submit-first"

#include "config.h"

#include "yeji-submit-first.h"

#include <glib/gi18n.h>

/* Submitting before a deadline: the records first, their documents after them. What it costs must
 * be known before, so it is asked. */

typedef struct
{
  YejiSubmitFirstFunc func;
  gpointer data;
} Question;

static void
free_question (gpointer  data,
               GClosure *closure)
{
  g_free (data);
}

static void
on_answer (AdwMessageDialog *dialog,
           const char       *response,
           Question         *question)
{
  if (g_str_equal (response, "submit"))
    question->func (question->data);
}

/**
 * yeji_submit_first_ask:
 * @func: called when the clerk wants it so
 * @data: must live as long as @parent
 *
 * Says what it means that records go first and their documents after them.
 *
 * Returns: (transfer none): the dialog, which is shown
 */
GtkWidget *
yeji_submit_first_ask (GtkWindow           *parent,
                       guint                n_records,
                       YejiSubmitFirstFunc  func,
                       gpointer             data)
{
  GtkWidget *dialog;
  Question *question = g_new (Question, 1);
  g_autofree char *heading = NULL;

  heading = n_records == 1
              ? g_strdup (_("Submit Now, Documents After?"))
              : g_strdup_printf (ngettext ("Submit %u Record Now, Documents After?",
                                           "Submit %u Records Now, Documents After?", n_records),
                                 n_records);
  dialog = adw_message_dialog_new (parent, heading, NULL);
  gtk_window_set_title (GTK_WINDOW (dialog), heading);  /* what a screen reader calls it */
  adw_message_dialog_set_body (
    ADW_MESSAGE_DIALOG (dialog),
    _("For a deadline and a slow line. The province notes the time of submission at once, with the "
      "list and the check sums of the documents.\n\n"
      "The documents are sent after that by themselves. All of them must arrive within the time "
      "that the province allows, usually 72 hours. Nobody reviews the record before, and if one "
      "is missing then, it comes back.\n\n"
      "The receipt says both times."));
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"), "submit",
                                    _("_Submit Now"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "submit",
                                              ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "submit");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  *question = (Question) { func, data };
  g_signal_connect_data (dialog, "response", G_CALLBACK (on_answer), question, free_question, 0);
  gtk_window_present (GTK_WINDOW (dialog));
  return dialog;
}
