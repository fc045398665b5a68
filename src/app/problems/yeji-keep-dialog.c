// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-keep-dialog"

#include "config.h"

#include "yeji-keep-dialog.h"

#include <glib/gi18n.h>

#include <adwaita.h>

#include "yeji-a11y.h"
#include "yeji-explanation.h"

/* A sentence, not an essay: the reviewer reads it beside the field. */
#define MAX_REASON 200

/* Reasons used before, so that the dialog stays a small one. */
#define MAX_OFFERED 4

typedef struct
{
  YejiDraft *draft;
  YejiIssue *issue;
  GtkEditable *entry;          /* (transfer none): lives as long as the dialog */
} Question;

static void
free_question (gpointer  data,
               GClosure *closure)
{
  Question *question = data;

  g_object_unref (question->draft);
  g_object_unref (question->issue);
  g_free (question);
}

static char *
get_reason (GtkEditable *entry)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (entry)));
}

static void
on_changed (GtkEditable      *entry,
            AdwMessageDialog *dialog)
{
  g_autofree char *reason = get_reason (entry);

  adw_message_dialog_set_response_enabled (dialog, "keep", *reason != '\0');
}

static void
on_response (AdwMessageDialog *dialog,
             const char       *response,
             Question         *question)
{
  g_autofree char *reason = get_reason (question->entry);

  if (g_str_equal (response, "keep") && *reason != '\0')
    yeji_draft_keep (question->draft, question->issue, reason);
}

/* Reasons that were given in this record, those of the same rule first: who keeps ten warnings
 * alike writes the sentence once. */
static GPtrArray *
list_reasons (YejiDraft *draft,
              YejiIssue *issue)
{
  GPtrArray *kept = yeji_record_get_kept (yeji_draft_get_record (draft));
  const char *rule = yeji_problem_get_rule (yeji_issue_get_problem (issue));
  GPtrArray *reasons = g_ptr_array_new ();

  for (guint pass = 0; pass < 2; pass++)
    for (guint i = kept->len; i > 0 && reasons->len < MAX_OFFERED; i--)
      {
        const YejiKept *one = g_ptr_array_index (kept, i - 1);

        if (!yeji_kept_is_reply (one) && g_str_equal (one->rule, rule) == (pass == 0)
            && !g_ptr_array_find_with_equal_func (reasons, one->reason, g_str_equal, NULL))
          g_ptr_array_add (reasons, one->reason);
      }
  return reasons;
}

static void
on_offer (GtkButton   *button,
          GtkEditable *entry)
{
  gtk_editable_set_text (entry, g_object_get_data (G_OBJECT (button), "reason"));
  gtk_widget_grab_focus (GTK_WIDGET (entry));
  gtk_editable_set_position (entry, -1);
}

static GtkWidget *
make_offer (const char *reason,
            GtkWidget  *entry)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *label = gtk_label_new (reason);
  g_autofree char *name = g_strdup_printf (_("Use the reason: %s"), reason);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 36);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_button_set_child (GTK_BUTTON (button), label);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "yeji-small");
  gtk_widget_set_tooltip_text (button, reason);
  g_object_set_data_full (G_OBJECT (button), "reason", g_strdup (reason), g_free);
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_offer), entry, 0);
  yeji_a11y_set_name (button, name);
  return button;
}

static GtkWidget *
make_content (YejiDraft *draft,
              YejiIssue *issue,
              GtkWidget *entry)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  g_autoptr (GPtrArray) reasons = list_reasons (draft, issue);

  gtk_box_append (GTK_BOX (box), entry);
  for (guint i = 0; i < reasons->len; i++)
    gtk_box_append (GTK_BOX (box), make_offer (g_ptr_array_index (reasons, i), entry));
  return box;
}

/**
 * yeji_keep_dialog_new:
 * @issue: a warning or a hint of @draft
 *
 * Returns: (transfer none): a dialog that asks why a warning is kept, and keeps it; owned by GTK
 */
GtkWidget *
yeji_keep_dialog_new (GtkWindow *parent,
                      YejiDraft *draft,
                      YejiIssue *issue)
{
  GtkWidget *dialog = adw_message_dialog_new (parent, _("Keep with a Reason"), NULL);
  GtkWidget *entry = gtk_entry_new ();
  g_autofree char *place = yeji_issue_get_place (issue);
  Question *question = g_new0 (Question, 1);

  question->draft = g_object_ref (draft);
  question->issue = g_object_ref (issue);
  question->entry = GTK_EDITABLE (entry);
  adw_message_dialog_format_body (ADW_MESSAGE_DIALOG (dialog), "%s\n%s", place,
                                  yeji_issue_get_message (issue));
  gtk_entry_set_max_length (GTK_ENTRY (entry), MAX_REASON);
  gtk_entry_set_activates_default (GTK_ENTRY (entry), TRUE);
  gtk_entry_set_placeholder_text (GTK_ENTRY (entry),
                                  _("Why it is right all the same, for the reviewer"));
  if (yeji_issue_get_reason (issue) != NULL)
    gtk_editable_set_text (GTK_EDITABLE (entry), yeji_issue_get_reason (issue));
  yeji_a11y_set_name (entry, _("Reason"));
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog),
                                      make_content (draft, issue, entry));
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"), "keep",
                                    _("_Keep"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "keep",
                                              ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "keep");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  on_changed (GTK_EDITABLE (entry), ADW_MESSAGE_DIALOG (dialog));
  g_signal_connect_object (entry, "changed", G_CALLBACK (on_changed), dialog, 0);
  g_signal_connect_data (dialog, "response", G_CALLBACK (on_response), question, free_question, 0);
  gtk_window_set_focus (GTK_WINDOW (dialog), entry);
  return dialog;
}
