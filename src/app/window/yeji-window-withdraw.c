// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-window-withdraw"

#include "config.h"

#include "yeji-window-withdraw.h"

#include <glib/gi18n.h>

#include "yeji-a11y.h"
#include "yeji-messages.h"
#include "yeji-sync-error.h"
#include "yeji-text-limit.h"
#include "yeji-toast.h"
#include "yeji-withdrawal.h"

/* Taking a submission back from the review. */

/* A wish to withdraw the record that is open. */
typedef struct
{
  YejiWindow *window;
  char *uuid;
  GtkTextBuffer *buffer;       /* (transfer none): lives as long as the dialog */
} Wish;

static void
free_wish (gpointer  data,
           GClosure *closure)
{
  Wish *wish = data;

  g_object_unref (wish->window);
  g_free (wish->uuid);
  g_free (wish);
}

static char *
get_reason (GtkTextBuffer *buffer)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return g_strstrip (gtk_text_buffer_get_text (buffer, &start, &end, FALSE));
}

static char *
make_sentence (const GError *error)
{
  const YejiRefusal *refusal = yeji_sync_error_get_refusal (error);

  if (refusal != NULL && refusal->detail != NULL)
    return g_strdup_printf (_("It was not withdrawn. The province says: %s"), refusal->detail);
  if (g_error_matches (error, YEJI_SYNC_ERROR, YEJI_SYNC_ERROR_SIGNED_OUT))
    return g_strdup (_("It was not withdrawn: sign in first."));
  if (error->domain == YEJI_SYNC_ERROR)
    return g_strdup (_("It was not withdrawn: the province cannot be reached now."));
  return yeji_error_to_sentence (error);
}

static void
on_withdrawn (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  g_autoptr (YejiWindow) window = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *sentence = NULL;

  if (yeji_withdrawal_run_finish (result, &error))
    {
      yeji_window_say (window, _("Withdrawn. Change the record and submit it again."));
      return;
    }
  g_message ("not withdrawn: %s", error->message);
  sentence = make_sentence (error);
  yeji_window_say (window, sentence);
}

static void
on_response (AdwMessageDialog *dialog,
             const char       *response,
             Wish             *wish)
{
  g_autofree char *reason = get_reason (wish->buffer);

  if (g_str_equal (response, "withdraw") && *reason != '\0')
    yeji_withdrawal_run_async (yeji_window_get_store (wish->window), wish->uuid, reason, NULL,
                               on_withdrawn, g_object_ref (wish->window));
}

static void
on_changed (GtkTextBuffer    *buffer,
            AdwMessageDialog *dialog)
{
  g_autofree char *reason = get_reason (buffer);

  adw_message_dialog_set_response_enabled (dialog, "withdraw", *reason != '\0');
}

static GtkWidget *
make_view (void)
{
  GtkWidget *view = gtk_text_view_new ();

  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (view), FALSE);
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (view), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_left_margin (GTK_TEXT_VIEW (view), 8);
  gtk_text_view_set_right_margin (GTK_TEXT_VIEW (view), 8);
  gtk_text_view_set_top_margin (GTK_TEXT_VIEW (view), 8);
  gtk_text_view_set_bottom_margin (GTK_TEXT_VIEW (view), 8);
  yeji_text_limit_set (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)),
                       YEJI_WITHDRAWAL_MAX_REASON);
  g_object_set (view, "accessible-role", GTK_ACCESSIBLE_ROLE_TEXT_BOX, NULL);
  yeji_a11y_set_name (view, _("Reason"));
  gtk_widget_set_tooltip_text (view, _("Why it is withdrawn, for the reviewer"));
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

/**
 * yeji_window_withdraw_ask:
 *
 * Asks why the record that is open is withdrawn, and withdraws it.
 *
 * Returns: (transfer none) (nullable): the dialog; %NULL where no record is open
 */
GtkWidget *
yeji_window_withdraw_ask (YejiWindow *window)
{
  YejiDraft *draft = yeji_window_get_draft (window);
  AdwMessageDialog *dialog;
  GtkWidget *view;
  Wish *wish;

  if (draft == NULL)
    return NULL;
  dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (GTK_WINDOW (window),
                                                       _("Withdraw from the Review?"), NULL));
  view = make_view ();
  wish = g_new0 (Wish, 1);
  wish->window = g_object_ref (window);
  wish->uuid = g_strdup (yeji_draft_get_uuid (draft));
  wish->buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (view));
  gtk_window_set_title (GTK_WINDOW (dialog), _("Withdraw from the Review"));
  adw_message_dialog_set_body (dialog,
                               _("The province stops reviewing this record. You can change it and "
                                 "submit it again; then it waits for review anew. Say why:"));
  adw_message_dialog_set_extra_child (dialog, make_scroller (view));
  adw_message_dialog_add_responses (dialog, "cancel", _("_Cancel"), "withdraw", _("_Withdraw"),
                                    NULL);
  adw_message_dialog_set_response_appearance (dialog, "withdraw", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (dialog, "cancel");
  adw_message_dialog_set_close_response (dialog, "cancel");
  on_changed (wish->buffer, dialog);
  g_signal_connect_object (wish->buffer, "changed", G_CALLBACK (on_changed), dialog, 0);
  g_signal_connect_data (dialog, "response", G_CALLBACK (on_response), wish, free_wish, 0);
  gtk_window_set_focus (GTK_WINDOW (dialog), view);
  gtk_window_present (GTK_WINDOW (dialog));
  return GTK_WIDGET (dialog);
}

static void
on_withdraw (GtkWidget  *widget,
             const char *name,
             GVariant   *target)
{
  yeji_window_withdraw_ask (YEJI_WINDOW (widget));
}

/**
 * yeji_window_withdraw_update:
 *
 * Enables the action while the record that is open is under review.
 */
void
yeji_window_withdraw_update (YejiWindow *window)
{
  YejiDraft *draft = yeji_window_get_draft (window);
  YejiEntry *entry = draft != NULL ? yeji_draft_get_entry (draft) : NULL;
  YejiState state = entry != NULL ? yeji_entry_get_state (entry) : YEJI_STATE_DRAFT;

  gtk_widget_action_set_enabled (GTK_WIDGET (window), "win.withdraw",
                                 state == YEJI_STATE_SUBMITTED || state == YEJI_STATE_IN_REVIEW);
}

/**
 * yeji_window_withdraw_install:
 *
 * Adds the action of this file to the window's class.
 */
void
yeji_window_withdraw_install (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "win.withdraw", NULL, on_withdraw);
}
