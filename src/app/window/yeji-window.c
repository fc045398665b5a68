// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-window"

#include "config.h"

#include "yeji-window.h"

#include <glib/gi18n.h>

#include "yeji-colleagues.h"
#include "yeji-desk.h"
#include "yeji-focus.h"
#include "yeji-messages.h"
#include "yeji-toast.h"
#include "yeji-window-account.h"
#include "yeji-window-bin.h"
#include "yeji-window-bulk.h"
#include "yeji-window-compare.h"
#include "yeji-window-dictionary.h"
#include "yeji-window-editing.h"
#include "yeji-window-evidence.h"
#include "yeji-window-fields.h"
#include "yeji-window-help.h"
#include "yeji-window-history.h"
#include "yeji-window-import.h"
#include "yeji-window-intake.h"
#include "yeji-window-notices.h"
#include "yeji-window-package.h"
#include "yeji-window-print.h"
#include "yeji-window-profile.h"
#include "yeji-window-receipt.h"
#include "yeji-window-records.h"
#include "yeji-window-size.h"
#include "yeji-window-template.h"
#include "yeji-window-transfers.h"
#include "yeji-window-petition.h"
#include "yeji-window-use.h"
#include "yeji-window-tray.h"
#include "yeji-window-welcome.h"
#include "yeji-window-withdraw.h"

struct _YejiWindow
{
  AdwApplicationWindow parent_instance;

  YejiDesk *desk;              /* (nullable): as soon as there is a profile */

  YejiStore *store;
  YejiSyncEngine *engine;
  YejiValidator *validator;
  GHashTable *drafts;          /* uuid -> YejiDraft: on screen, or not saved yet */
  char *saved_text;            /* (nullable): of the draft that was saved last */
  guint unflushed;             /* drafts that the closing window waits for */
  GError *close_error;         /* (nullable): why one of them was not saved */
};

G_DEFINE_FINAL_TYPE (YejiWindow, yeji_window, ADW_TYPE_APPLICATION_WINDOW)

static void
update_saved (YejiWindow *self)
{
  YejiDraftKeeper *worst = NULL;
  YejiKeeperState state = YEJI_KEEPER_SAVED;
  GHashTableIter iter;
  gpointer draft;
  g_autofree char *text = NULL;
  g_autofree char *reason = NULL;

  g_hash_table_iter_init (&iter, self->drafts);
  while (g_hash_table_iter_next (&iter, NULL, &draft))
    {
      YejiDraftKeeper *keeper = yeji_draft_get_keeper (draft);

      if (worst == NULL || yeji_draft_keeper_get_state (keeper) > state)
        {
          worst = keeper;
          state = yeji_draft_keeper_get_state (keeper);
        }
    }
  if (worst != NULL && (state != YEJI_KEEPER_SAVED || yeji_draft_keeper_get_saved_at (worst) != NULL))
    text = yeji_draft_keeper_get_text (worst);
  if (text != NULL && state == YEJI_KEEPER_SAVED)
    {
      g_free (self->saved_text);
      self->saved_text = g_strdup (text);
    }
  if (state == YEJI_KEEPER_FAILED)
    {
      reason = yeji_error_to_sentence (yeji_draft_keeper_get_error (worst));
      text = g_strdup_printf ("%s · %s", (char *) g_steal_pointer (&text), reason);
    }
  if (text == NULL)
    text = g_strdup (self->saved_text != NULL ? self->saved_text
                                              : _("Everything is saved on this computer"));
  yeji_status_bar_set_saved (yeji_desk_get_status_bar (self->desk),
                             state == YEJI_KEEPER_FAILED ? "dialog-warning-symbolic"
                             : state == YEJI_KEEPER_PENDING ? "content-loading-symbolic"
                                                            : "object-select-symbolic",
                             text, state == YEJI_KEEPER_FAILED ? "error" : NULL);
}

static void
update_sync (YejiWindow *self)
{
  yeji_window_records_update_account (self);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.sign-out",
                                 yeji_sync_engine_is_signed_in (self->engine));
}

static void
on_keeper_changed (YejiDraftKeeper *keeper,
                   YejiWindow      *self)
{
  YejiDraft *shown = yeji_window_get_draft (self);
  GHashTableIter iter;
  gpointer draft;

  update_saved (self);
  if (shown != NULL && yeji_draft_get_keeper (shown) == keeper)
    yeji_window_history_update (self);
  if (yeji_draft_keeper_get_state (keeper) != YEJI_KEEPER_SAVED)
    return;
  g_hash_table_iter_init (&iter, self->drafts);
  while (g_hash_table_iter_next (&iter, NULL, &draft))
    if (draft != shown && yeji_draft_get_keeper (draft) == keeper)
      g_hash_table_iter_remove (&iter);
}

static void
show_draft (YejiWindow *self,
            YejiDraft  *draft)
{
  YejiEditor *editor = yeji_desk_get_editor (self->desk);

  if (yeji_editor_get_draft (editor) != draft)
    yeji_toast_forget_edits (yeji_window_get_toasts (self));
  yeji_editor_set_draft (editor, draft);
  yeji_desk_show_editor (self->desk);
  yeji_window_editing_update (self);
  update_saved (self);
  yeji_editor_focus_first (editor);
  yeji_window_dictionary_arrive (self, draft);
}

static void
on_taken (YejiDraft  *draft,
          GPtrArray  *edits,
          YejiWindow *self)
{
  yeji_toast_show_edits (yeji_window_get_toasts (self), draft, edits);
}

static void
on_opened (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (YejiWindow) self = data;
  g_autoptr (GError) error = NULL;
  YejiDraft *draft = yeji_draft_open_finish (result, &error);

  if (draft == NULL)
    {
      yeji_window_say_error (self, error);
      return;
    }
  if (self->store == NULL || g_hash_table_contains (self->drafts, yeji_draft_get_uuid (draft)))
    {
      g_object_unref (draft);
      return;
    }
  g_signal_connect_object (yeji_draft_get_keeper (draft), "changed",
                           G_CALLBACK (on_keeper_changed), self, 0);
  g_signal_connect_object (draft, "entry-changed", G_CALLBACK (yeji_window_editing_update),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (draft, "taken", G_CALLBACK (on_taken), self, 0);
  g_hash_table_insert (self->drafts, g_strdup (yeji_draft_get_uuid (draft)), draft);
  show_draft (self, draft);
}

/* ---- Getting around */

static void
on_back (GtkWidget  *widget,
         const char *name,
         GVariant   *target)
{
  yeji_window_show_list (YEJI_WINDOW (widget));
}

static void
on_search (GtkWidget  *widget,
           const char *name,
           GVariant   *target)
{
  YejiWindow *self = YEJI_WINDOW (widget);

  yeji_window_show_list (self);
  yeji_record_list_search (yeji_desk_get_list (self->desk));
}

/* ---- Closing: never asks, never loses */

static void
clear_editor (YejiWindow *self)
{
  if (self->desk != NULL && yeji_desk_has_editor (self->desk))
    yeji_editor_set_draft (yeji_desk_get_editor (self->desk), NULL);
}

static void
finish_close (YejiWindow *self)
{
  if (self->close_error != NULL)
    {
      gtk_window_present (GTK_WINDOW (self));
      yeji_window_say_error (self, self->close_error);
      g_clear_error (&self->close_error);
      return;
    }
  clear_editor (self);
  g_hash_table_remove_all (self->drafts);
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
on_flushed_for_close (GObject      *source,
                      GAsyncResult *result,
                      gpointer      data)
{
  g_autoptr (YejiWindow) self = data;
  g_autoptr (GError) error = NULL;

  if (!yeji_draft_keeper_flush_finish (YEJI_DRAFT_KEEPER (source), result, &error)
      && self->close_error == NULL)
    self->close_error = g_steal_pointer (&error);
  if (--self->unflushed == 0)
    finish_close (self);
}

static gboolean
yeji_window_close_request (GtkWindow *window)
{
  YejiWindow *self = YEJI_WINDOW (window);
  g_autoptr (GList) drafts = g_hash_table_get_values (self->drafts);

  if (self->unflushed > 0)
    return TRUE;
  yeji_window_size_save (GTK_WINDOW (self));
  gtk_widget_hide (GTK_WIDGET (self));
  self->unflushed = g_list_length (drafts);
  for (GList *item = drafts; item != NULL; item = item->next)
    yeji_draft_keeper_flush_async (yeji_draft_get_keeper (item->data), on_flushed_for_close,
                                   g_object_ref (self));
  if (drafts == NULL)
    finish_close (self);
  return TRUE;
}

static void
yeji_window_dispose (GObject *object)
{
  YejiWindow *self = YEJI_WINDOW (object);

  g_clear_object (&self->validator);
  g_clear_object (&self->engine);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (yeji_window_parent_class)->dispose (object);
}

static void
yeji_window_finalize (GObject *object)
{
  YejiWindow *self = YEJI_WINDOW (object);

  g_hash_table_unref (self->drafts);
  g_free (self->saved_text);
  g_clear_error (&self->close_error);
  G_OBJECT_CLASS (yeji_window_parent_class)->finalize (object);
}

static void
yeji_window_class_init (YejiWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = yeji_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = yeji_window_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = yeji_window_close_request;
  gtk_widget_class_install_action (widget_class, "win.search", NULL, on_search);
  gtk_widget_class_install_action (widget_class, "win.back", NULL, on_back);
  yeji_window_records_install (widget_class);
  yeji_window_import_install (widget_class);
  yeji_window_bulk_install (widget_class);
  yeji_window_editing_install (widget_class);
  yeji_window_account_install (widget_class);
  yeji_window_compare_install (widget_class);
  yeji_window_dictionary_install (widget_class);
  yeji_window_evidence_install (widget_class);
  yeji_window_help_install (widget_class);
  yeji_window_notices_install (widget_class);
  yeji_window_history_install (widget_class);
  yeji_window_intake_install (widget_class);
  yeji_window_fields_install (widget_class);
  yeji_window_package_install (widget_class);
  yeji_window_print_install (widget_class);
  yeji_window_profile_install (widget_class);
  yeji_window_receipt_install (widget_class);
  yeji_window_template_install (widget_class);
  yeji_window_transfers_install (widget_class);
  yeji_window_tray_install (widget_class);
  yeji_window_use_install (widget_class);
  yeji_window_welcome_install (widget_class);
  yeji_window_withdraw_install (widget_class);
  yeji_window_petition_install (widget_class);
}

static void
yeji_window_init (YejiWindow *self)
{
  self->drafts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  gtk_window_set_title (GTK_WINDOW (self), _("Yeji"));
  gtk_window_set_default_size (GTK_WINDOW (self), 1280, 720);
  gtk_widget_set_size_request (GTK_WIDGET (self), 720, 480);
  yeji_focus_leave_at_end (GTK_WINDOW (self));
}

static void
make_desk (YejiWindow *self)
{
  self->desk = YEJI_DESK (yeji_desk_new ());
  g_signal_connect_object (self->desk, "opened", G_CALLBACK (yeji_window_open_record), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->desk, "editor-made", G_CALLBACK (yeji_window_editing_watch), self,
                           G_CONNECT_SWAPPED);
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (self), GTK_WIDGET (self->desk));
}

/**
 * yeji_window_set_profile:
 *
 * Shows a profile. May be called once.
 */
void
yeji_window_set_profile (YejiWindow     *self,
                         YejiStore      *store,
                         YejiSyncEngine *engine)
{
  g_return_if_fail (YEJI_IS_WINDOW (self));
  g_return_if_fail (self->store == NULL);

  self->store = g_object_ref (store);
  self->engine = g_object_ref (engine);
  self->validator = yeji_validator_new (yeji_store_get_dictionary (store),
                                        yeji_language_get_current ());
  make_desk (self);
  yeji_record_list_set_store (yeji_desk_get_list (self->desk), store);
  g_signal_connect_object (engine, "notify", G_CALLBACK (update_sync), self, G_CONNECT_SWAPPED);
  yeji_status_bar_set_engine (yeji_desk_get_status_bar (self->desk), engine);
  yeji_colleagues_watch (store, engine);
  yeji_window_history_watch (self);
  yeji_window_records_watch (self, store);
  yeji_window_account_watch (self, store, engine);
  yeji_window_bin_watch (self, store);
  yeji_window_intake_watch (self, self->desk);
  yeji_window_dictionary_watch (self, yeji_desk_get_dictionary_bar (self->desk), store, engine);
  yeji_program_bar_watch (yeji_desk_get_program_bar (self->desk), store, engine);
  yeji_window_notices_watch (self, store);
  yeji_window_profile_watch (self, store);
  yeji_window_transfers_watch (self);
  yeji_window_tray_watch (self);
  yeji_window_welcome_watch (self, store);
  yeji_window_editing_update (self);
  update_sync (self);
  update_saved (self);
}

/**
 * yeji_window_new:
 * @store: (nullable): the profile; without one the window's actions must not be used before
 *     yeji_window_set_profile()
 * @engine: (nullable): of that profile
 *
 * Returns: (transfer none): a window, owned by GTK
 */
GtkWidget *
yeji_window_new (GtkApplication *application,
                 YejiStore      *store,
                 YejiSyncEngine *engine)
{
  YejiWindow *self = g_object_new (YEJI_TYPE_WINDOW, "application", application, NULL);

  yeji_window_size_load (GTK_WINDOW (self));
  if (store != NULL)
    yeji_window_set_profile (self, store, engine);
  return GTK_WIDGET (self);
}

/**
 * yeji_window_open_record:
 *
 * Opens a record in the editor.
 */
void
yeji_window_open_record (YejiWindow *self,
                         const char *uuid)
{
  YejiDraft *draft;

  g_return_if_fail (YEJI_IS_WINDOW (self));

  draft = g_hash_table_lookup (self->drafts, uuid);
  if (draft != NULL)
    show_draft (self, draft);
  else
    yeji_draft_open_async (self->store, self->validator, uuid, on_opened, g_object_ref (self));
}

/**
 * yeji_window_show_list:
 *
 * Leaves the editor. What was typed last goes to the disk at once, or as soon as it can.
 */
void
yeji_window_show_list (YejiWindow *self)
{
  g_autoptr (YejiDraft) draft = NULL;

  g_return_if_fail (YEJI_IS_WINDOW (self));

  g_set_object (&draft, yeji_window_get_draft (self));
  yeji_desk_show_list (self->desk);
  yeji_toast_forget_edits (yeji_window_get_toasts (self));
  clear_editor (self);
  yeji_window_editing_update (self);
  if (draft == NULL)
    {
      yeji_record_list_grab (yeji_desk_get_list (self->desk));
      return;
    }
  yeji_record_list_select (yeji_desk_get_list (self->desk), yeji_draft_get_uuid (draft));
  yeji_draft_keeper_flush_async (yeji_draft_get_keeper (draft), NULL, NULL);
  on_keeper_changed (yeji_draft_get_keeper (draft), self);
}

/**
 * yeji_window_list_keepers:
 *
 * Returns: (transfer container) (element-type YejiDraftKeeper): of the drafts that are on screen,
 *   or not saved yet
 */
GList *
yeji_window_list_keepers (YejiWindow *self)
{
  GList *keepers = g_hash_table_get_values (self->drafts);

  for (GList *item = keepers; item != NULL; item = item->next)
    item->data = yeji_draft_get_keeper (item->data);
  return keepers;
}

/**
 * yeji_window_get_draft:
 *
 * Returns: (transfer none) (nullable): what is in the editor
 */
YejiDraft *
yeji_window_get_draft (YejiWindow *self)
{
  if (self->desk == NULL || !yeji_desk_has_editor (self->desk))
    return NULL;
  return yeji_editor_get_draft (yeji_desk_get_editor (self->desk));
}

/**
 * yeji_window_get_editor:
 *
 * Returns: (transfer none): the editor, made if it was not yet; there must be a profile
 */
YejiEditor *
yeji_window_get_editor (YejiWindow *self)
{
  return yeji_desk_get_editor (self->desk);
}

/**
 * yeji_window_get_list:
 *
 * Returns: (transfer none): the list of records
 */
YejiRecordList *
yeji_window_get_list (YejiWindow *self)
{
  return yeji_desk_get_list (self->desk);
}

/**
 * yeji_window_get_status_bar:
 *
 * Returns: (transfer none): the status bar
 */
YejiStatusBar *
yeji_window_get_status_bar (YejiWindow *self)
{
  return yeji_desk_get_status_bar (self->desk);
}

/**
 * yeji_window_say:
 *
 * Says something in passing.
 */
void
yeji_window_say (YejiWindow *self,
                 const char *text)
{
  yeji_toast_say (yeji_window_get_toasts (self), text);
}

/**
 * yeji_window_say_error:
 *
 * Says in passing what went wrong.
 */
void
yeji_window_say_error (YejiWindow   *self,
                       const GError *error)
{
  g_autofree char *sentence = yeji_error_to_sentence (error);

  g_message ("%s", error->message);
  yeji_window_say (self, sentence);
}

/**
 * yeji_window_get_store:
 *
 * Returns: (transfer none) (nullable): the profile, %NULL before it is set
 */
YejiStore *
yeji_window_get_store (YejiWindow *self)
{
  return self->store;
}

/**
 * yeji_window_get_engine:
 *
 * Returns: (transfer none) (nullable): of the profile
 */
YejiSyncEngine *
yeji_window_get_engine (YejiWindow *self)
{
  return self->engine;
}

/**
 * yeji_window_get_toasts:
 *
 * Returns: (transfer none): where things are said in passing
 */
AdwToastOverlay *
yeji_window_get_toasts (YejiWindow *self)
{
  return yeji_desk_get_toasts (self->desk);
}
