// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-window-withdraw"

#include "config.h"

#include "yeji-window-withdraw.h"

#include <glib/gi18n.h>

#include "yeji-messages.h"
#include "yeji-sync-error.h"
#include "yeji-text-dialog.h"
#include "yeji-toast.h"
#include "yeji-withdrawal.h"

/* Taking a submission back from the review. */

/* A wish to withdraw the record that is open. */
typedef struct
{
  YejiWindow *window;
  char *uuid;
} Wish;

static void
free_wish (gpointer data)
{
  Wish *wish = data;

  g_object_unref (wish->window);
  g_free (wish->uuid);
  g_free (wish);
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
on_answer (const char *reason,
           gpointer    data)
{
  Wish *wish = data;

  yeji_withdrawal_run_async (yeji_window_get_store (wish->window), wish->uuid, reason, NULL,
                             on_withdrawn, g_object_ref (wish->window));
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
  const YejiTextQuestion question = {
    .title = _("Withdraw from the Review"),
    .heading = _("Withdraw from the Review?"),
    .body = _("The province stops reviewing this record. You can change it and submit it again; "
              "then it waits for review anew. Say why:"),
    .name = _("Reason"),
    .hint = _("Why it is withdrawn, for the reviewer"),
    .max_length = YEJI_WITHDRAWAL_MAX_REASON,
    .done = _("_Withdraw"),
    .is_destructive = TRUE,
  };
  YejiDraft *draft = yeji_window_get_draft (window);
  GtkWidget *dialog;
  Wish *wish;

  if (draft == NULL)
    return NULL;
  wish = g_new0 (Wish, 1);
  wish->window = g_object_ref (window);
  wish->uuid = g_strdup (yeji_draft_get_uuid (draft));
  dialog = yeji_text_dialog_new (GTK_WINDOW (window), &question, on_answer, wish, free_wish);
  gtk_window_present (GTK_WINDOW (dialog));
  return dialog;
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
