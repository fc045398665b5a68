// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-submit"

#include "config.h"

#include "yeji-submit.h"

#include <glib/gi18n.h>

#include "yeji-messages.h"
#include "yeji-record-jobs.h"
#include "yeji-toast.h"

/* One wish to submit, until it is granted or taken back. */
typedef struct
{
  YejiEditor *editor;
  AdwToastOverlay *toasts;
  YejiSyncEngine *engine;
  YejiDraft *draft;
} Wish;

static void
wish_free (Wish *wish)
{
  g_object_unref (wish->editor);
  g_object_unref (wish->toasts);
  g_object_unref (wish->engine);
  g_object_unref (wish->draft);
  g_free (wish);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Wish, wish_free)

static Wish *
wish_copy (Wish *wish)
{
  Wish *copy = g_new (Wish, 1);

  copy->editor = g_object_ref (wish->editor);
  copy->toasts = g_object_ref (wish->toasts);
  copy->engine = g_object_ref (wish->engine);
  copy->draft = g_object_ref (wish->draft);
  return copy;
}

static void
on_queued (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (Wish) wish = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (AdwToast) toast = NULL;

  if (!yeji_record_jobs_submit_finish (result, &error))
    {
      g_autofree char *sentence = yeji_error_to_sentence (error);

      g_message ("%s", error->message);
      toast = yeji_toast_show (wish->toasts, sentence);
      return;
    }
  switch (yeji_sync_engine_get_state (wish->engine))
    {
    case YEJI_SYNC_SIGNED_OUT:
      toast = yeji_toast_show (wish->toasts, _("Waiting to be sent. Sign in to send it."));
      adw_toast_set_button_label (toast, _("_Sign In"));
      adw_toast_set_action_name (toast, "win.sign-in");
      adw_toast_set_timeout (toast, 0);
      break;
    case YEJI_SYNC_OFFLINE:
      toast = yeji_toast_show (wish->toasts,
                               _("Waiting to be sent. It goes out as soon as the province can be "
                                 "reached."));
      break;
    case YEJI_SYNC_RUNNING:
    case YEJI_SYNC_ONLINE:
    default:
      toast = yeji_toast_show (wish->toasts, _("Submitting to the province…"));
    }
  yeji_sync_engine_wake (wish->engine);
}

static void
show_first (Wish *wish)
{
  GListModel *issues = yeji_draft_get_issues (wish->draft);
  g_autoptr (YejiIssue) first = g_list_model_get_item (issues, 0);

  yeji_editor_show_pane (wish->editor, "problems");
  if (first != NULL)
    yeji_editor_show_issue (wish->editor, first);
}

static void
refuse (Wish  *wish,
        guint  errors)
{
  g_autofree char *text = NULL;
  g_autoptr (AdwToast) toast = NULL;

  text = g_strdup_printf (ngettext ("%u error must be corrected before this can be submitted",
                                    "%u errors must be corrected before this can be submitted",
                                    errors), errors);
  toast = yeji_toast_show (wish->toasts, text);
  adw_toast_set_timeout (toast, 3);  /* it may lie over the field that is gone to */
  show_first (wish);
}

static void
on_answer (AdwMessageDialog *dialog,
           const char       *response,
           Wish             *wish)
{
  if (yeji_editor_get_draft (wish->editor) != wish->draft)
    return;
  if (g_str_equal (response, "submit"))
    yeji_record_jobs_submit_async (wish->draft, on_queued, wish_copy (wish));
  else if (g_str_equal (response, "look"))
    show_first (wish);
}

static void
free_wish (gpointer  data,
           GClosure *closure)
{
  wish_free (data);
}

/* A warning may be right: the clerk decides, and is asked for the reason rather than stopped. */
static void
ask (Wish  *wish,
     guint  warnings)
{
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (wish->editor)));
  g_autofree char *heading = NULL;
  GtkWidget *dialog;

  heading = g_strdup_printf (ngettext ("%u Warning Has No Reason", "%u Warnings Have No Reason",
                                       warnings), warnings);
  dialog = adw_message_dialog_new (window, heading,
                                   _("The record can be submitted all the same. The reviewer will "
                                     "ask about them: correct them, or keep them with a reason."));
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"), "look",
                                    _("_Look at Them"), "submit", _("_Submit"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "submit",
                                              ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "look");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_data (dialog, "response", G_CALLBACK (on_answer), wish_copy (wish), free_wish,
                         0);
  gtk_window_present (GTK_WINDOW (dialog));
}

/**
 * yeji_submit_run:
 * @toasts: where it is said what became of it
 *
 * Submits the record in the editor. Errors are shown instead; about warnings without a reason it
 * asks once.
 */
void
yeji_submit_run (YejiEditor      *editor,
                 AdwToastOverlay *toasts,
                 YejiSyncEngine  *engine)
{
  Wish wish = { editor, toasts, engine, yeji_editor_get_draft (editor) };
  guint errors, warnings;

  yeji_draft_validate (wish.draft);
  errors = yeji_draft_count_issues (wish.draft, NULL, NULL, YEJI_SEVERITY_ERROR);
  warnings = yeji_draft_count_issues (wish.draft, NULL, NULL, YEJI_SEVERITY_WARNING);
  if (errors > 0)
    refuse (&wish, errors);
  else if (warnings > 0)
    ask (&wish, warnings);
  else
    yeji_record_jobs_submit_async (wish.draft, on_queued, wish_copy (&wish));
}
