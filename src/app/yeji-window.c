// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-window"

#include "config.h"

#include "yeji-window.h"

#include <glib/gi18n.h>

#include "yeji-file-choice.h"
#include "yeji-focus.h"
#include "yeji-importer.h"
#include "yeji-messages.h"
#include "yeji-record-jobs.h"
#include "yeji-submit.h"
#include "yeji-toast.h"
#include "yeji-window-account.h"
#include "yeji-window-bin.h"
#include "yeji-window-dictionary.h"
#include "yeji-window-notices.h"
#include "yeji-window-history.h"
#include "yeji-window-profile.h"
#include "yeji-window-size.h"

#define ROLE_SETTING "app.role"

struct _YejiWindow
{
  AdwApplicationWindow parent_instance;

  AdwToastOverlay *toasts;
  YejiDictionaryBar *dictionary_bar;
  GtkStack *stack;
  YejiRecordList *list;
  YejiEditor *editor;
  YejiStatusBar *status_bar;

  YejiStore *store;
  YejiSyncEngine *engine;
  YejiValidator *validator;
  GHashTable *drafts;          /* uuid -> YejiDraft: on screen, or not saved yet */
  char *role;                  /* (nullable): of the last new record */
  char *saved_text;            /* (nullable): of the draft that was saved last */
  guint unflushed;             /* drafts that the closing window waits for */
  GError *close_error;         /* (nullable): why one of them was not saved */
};

G_DEFINE_FINAL_TYPE (YejiWindow, yeji_window, ADW_TYPE_APPLICATION_WINDOW)

static AdwToast *
show_toast (YejiWindow *self,
            const char *text)
{
  return yeji_toast_show (self->toasts, text);
}

static void
show_error (YejiWindow   *self,
            const GError *error)
{
  g_autofree char *sentence = yeji_error_to_sentence (error);

  g_message ("%s", error->message);
  g_object_unref (show_toast (self, sentence));
}

static void
show_import_error (YejiWindow *self,
                   const char *sentence,
                   const char *detail)
{
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (self), _("Nothing Was Imported"), NULL);

  adw_message_dialog_format_body (ADW_MESSAGE_DIALOG (dialog), "%s\n\n%s", sentence, detail);
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _("_Close"));
  gtk_window_present (GTK_WINDOW (dialog));
}

static YejiDraft *
get_draft (YejiWindow *self)
{
  return yeji_editor_get_draft (self->editor);
}

static void
update_actions (YejiWindow *self)
{
  static const char *editing[] = {
    "win.submit", "win.save", "win.next-problem", "win.previous-problem", "win.back",
    "win.toggle-pane", "win.next-section", "win.previous-section",
  };
  GtkWidget *widget = GTK_WIDGET (self);
  YejiDraft *draft = get_draft (self);
  gboolean editable = draft != NULL && yeji_draft_is_editable (draft);

  for (guint i = 0; i < G_N_ELEMENTS (editing); i++)
    gtk_widget_action_set_enabled (widget, editing[i], draft != NULL);
  gtk_widget_action_set_enabled (widget, "win.submit", editable);
  gtk_widget_action_set_enabled (widget, "win.show-grade", editable);
  gtk_widget_action_set_enabled (widget, "win.import-into", editable);
  gtk_widget_action_set_enabled (widget, "win.add-row", editable);
  yeji_window_history_update (self);
}

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
  yeji_status_bar_set_saved (self->status_bar,
                             state == YEJI_KEEPER_FAILED ? "dialog-warning-symbolic"
                             : state == YEJI_KEEPER_PENDING ? "content-loading-symbolic"
                                                            : "object-select-symbolic",
                             text, state == YEJI_KEEPER_FAILED ? "error" : NULL);
}

static void
update_sync (YejiWindow *self)
{
  yeji_record_list_set_title (self->list, yeji_sync_engine_get_user (self->engine));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.sign-out",
                                 yeji_sync_engine_get_state (self->engine) != YEJI_SYNC_SIGNED_OUT);
}

static void
on_keeper_changed (YejiDraftKeeper *keeper,
                   YejiWindow      *self)
{
  YejiDraft *shown = get_draft (self);
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
  yeji_editor_set_draft (self->editor, draft);
  gtk_stack_set_visible_child_name (self->stack, "editor");
  update_actions (self);
  update_saved (self);
  yeji_editor_focus_first (self->editor);
  yeji_window_dictionary_arrive (self, draft);
}

static void
on_taken (YejiDraft  *draft,
          GPtrArray  *edits,
          YejiWindow *self)
{
  yeji_toast_show_edits (self->toasts, draft, edits);
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
      show_error (self, error);
      return;
    }
  if (self->store == NULL || g_hash_table_contains (self->drafts, yeji_draft_get_uuid (draft)))
    {
      g_object_unref (draft);
      return;
    }
  g_signal_connect_object (yeji_draft_get_keeper (draft), "changed",
                           G_CALLBACK (on_keeper_changed), self, 0);
  g_signal_connect_object (draft, "entry-changed", G_CALLBACK (update_actions), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (draft, "taken", G_CALLBACK (on_taken), self, 0);
  g_hash_table_insert (self->drafts, g_strdup (yeji_draft_get_uuid (draft)), draft);
  show_draft (self, draft);
}

/* ---- New, import, bin */

static void
on_created (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (YejiWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *uuid = yeji_record_jobs_create_finish (result, &error);

  if (uuid == NULL)
    show_error (self, error);
  else
    yeji_window_open_record (self, uuid);
}

static void
create (YejiWindow *self,
        const char *role)
{
  g_autoptr (YejiRecord) record = NULL;

  record = yeji_record_new (yeji_store_get_dictionary (self->store), NULL, role);
  if (g_strcmp0 (self->role, role) != 0)
    {
      g_free (self->role);
      self->role = g_strdup (role);
    }
  yeji_record_jobs_create_async (self->store, record, ROLE_SETTING, on_created,
                                 g_object_ref (self));
}

static void
on_new (GtkWidget  *widget,
        const char *name,
        GVariant   *target)
{
  create (YEJI_WINDOW (widget), g_variant_get_string (target, NULL));
}

static void
on_new_default (GtkWidget  *widget,
                const char *name,
                GVariant   *target)
{
  YejiWindow *self = YEJI_WINDOW (widget);
  GPtrArray *roles = yeji_dictionary_get_roles (yeji_store_get_dictionary (self->store));
  const YejiRole *first = g_ptr_array_index (roles, 0);

  create (self, self->role != NULL ? self->role : first->id);
}

static void
on_imported (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr (YejiWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_autofree char *batch = NULL;
  guint n = 0;

  if (!yeji_importer_run_finish (result, &n, &batch, &error))
    {
      g_autofree char *sentence = yeji_error_to_sentence (error);

      show_import_error (self, sentence, error->message);
      return;
    }
  text = g_strdup_printf (ngettext ("%u record imported", "%u records imported", n), n);
  yeji_window_history_show_imported (self, self->store, text, batch);
}

static void
on_read (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr (YejiWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) records = yeji_importer_read_finish (result, &error);
  YejiDraft *draft = get_draft (self);

  if (records != NULL && records->len != 1)
    {
      g_autofree char *sentence = NULL;

      sentence = g_strdup_printf (ngettext ("The file has %u record, not one.",
                                            "The file has %u records, not one.", records->len),
                                  records->len);
      show_import_error (self, sentence, "");
      return;
    }
  if (records == NULL || draft == NULL
      || !yeji_draft_replace (draft, g_ptr_array_index (records, 0), &error))
    {
      g_autofree char *sentence = error != NULL ? yeji_error_to_sentence (error) : NULL;

      if (error != NULL)
        show_import_error (self, sentence, error->message);
      return;
    }
  yeji_toast_show_step (self->toasts, draft, _("The values of the file are in this record now"),
                        NULL, NULL, NULL);
}

static void
on_files_to_import (GListModel *files,
                    gpointer    data)
{
  YejiWindow *self = data;

  yeji_importer_run_async (self->store, files, on_imported, g_object_ref (self));
}

static void
on_file_to_read (GListModel *files,
                 gpointer    data)
{
  YejiWindow *self = data;
  g_autoptr (GFile) file = g_list_model_get_item (files, 0);

  if (file != NULL)
    yeji_importer_read_async (self->store, file, on_read, g_object_ref (self));
}

static void
on_import (GtkWidget  *widget,
           const char *name,
           GVariant   *target)
{
  yeji_file_choice_run (GTK_WINDOW (widget), _("Import Record Files"), TRUE, on_files_to_import,
                        widget);
}

static void
on_import_into (GtkWidget  *widget,
                const char *name,
                GVariant   *target)
{
  yeji_file_choice_run (GTK_WINDOW (widget), _("Import into This Record"), FALSE, on_file_to_read,
                        widget);
}

static void
on_restored (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr (YejiWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) uuids = yeji_record_jobs_move_finish (result, &error);

  if (uuids == NULL)
    show_error (self, error);
}

static void
on_list_restored (YejiWindow         *self,
                  const char * const *uuids)
{
  yeji_record_jobs_move_async (self->store, uuids, FALSE, on_restored, g_object_ref (self));
}

static void
on_undo_remove (AdwToast   *toast,
                YejiWindow *self)
{
  on_list_restored (self, g_object_get_data (G_OBJECT (toast), "uuids"));
}

static void
on_removed (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (YejiWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) uuids = yeji_record_jobs_move_finish (result, &error);
  g_autoptr (AdwToast) toast = NULL;
  g_autofree char *text = NULL;
  guint n;

  if (uuids == NULL)
    {
      show_error (self, error);
      return;
    }
  n = g_strv_length (uuids);
  text = g_strdup_printf (ngettext ("%u record moved to the bin", "%u records moved to the bin", n),
                          n);
  toast = show_toast (self, text);
  yeji_toast_make_undoable (toast);
  g_object_set_data_full (G_OBJECT (toast), "uuids", g_steal_pointer (&uuids),
                          (GDestroyNotify) g_strfreev);
  g_signal_connect_object (toast, "button-clicked", G_CALLBACK (on_undo_remove), self, 0);
}

static void
on_list_removed (YejiWindow         *self,
                 const char * const *uuids)
{
  yeji_record_jobs_move_async (self->store, uuids, TRUE, on_removed, g_object_ref (self));
}

/* ---- In the editor */

/* A row that was removed, and where it was. */
typedef struct
{
  YejiRow *row;
  guint index;
} Removed;

static void
free_removed (gpointer data)
{
  g_object_unref (((Removed *) data)->row);
  g_free (data);
}

static void
undo_row (YejiDraft *draft,
          gpointer   data)
{
  const Removed *removed = data;

  if (yeji_record_find_row (yeji_draft_get_record (draft), yeji_row_get_table (removed->row),
                            yeji_row_get_id (removed->row), NULL) == NULL)
    yeji_draft_insert_row (draft, removed->index, removed->row);
}

static void
on_row_removed (YejiWindow *self,
                YejiRow    *row,
                guint       index)
{
  const char *title = yeji_row_get_title (row);
  Removed *removed = g_new (Removed, 1);
  g_autofree char *text = NULL;

  if (title == NULL || *title == '\0')
    title = yeji_label (&yeji_row_get_table (row)->label);
  text = g_strdup_printf (_("“%s” removed"), title);
  removed->row = g_object_ref (row);
  removed->index = index;
  yeji_toast_show_step (self->toasts, get_draft (self), text, undo_row, removed, free_removed);
}

static void
on_saved_now (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  g_autoptr (YejiWindow) self = data;
  g_autoptr (GError) error = NULL;

  if (yeji_draft_keeper_flush_finish (YEJI_DRAFT_KEEPER (source), result, &error))
    {
      g_autofree char *text = yeji_draft_keeper_get_text (YEJI_DRAFT_KEEPER (source));

      g_object_unref (show_toast (self, text));
    }
  else
    show_error (self, error);
}

static void
on_save (GtkWidget  *widget,
         const char *name,
         GVariant   *target)
{
  YejiWindow *self = YEJI_WINDOW (widget);

  yeji_draft_keeper_flush_async (yeji_draft_get_keeper (get_draft (self)), on_saved_now,
                                 g_object_ref (self));
}

static void
on_submit (GtkWidget  *widget,
           const char *name,
           GVariant   *target)
{
  YejiWindow *self = YEJI_WINDOW (widget);

  yeji_submit_run (self->editor, self->toasts, self->engine);
}

static void
on_show_grade (GtkWidget  *widget,
               const char *name,
               GVariant   *target)
{
  yeji_editor_show_grade (YEJI_WINDOW (widget)->editor);
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
  yeji_record_list_search (self->list);
}

/* Actions that go on or back in the editor. */
static const struct
{
  const char *name;
  void (*step) (YejiEditor *editor, int step);
  int by;
} steps[] = {
  { "win.next-problem", yeji_editor_step_issue, 1 },
  { "win.previous-problem", yeji_editor_step_issue, -1 },
  { "win.next-section", yeji_editor_step_section, 1 },
  { "win.previous-section", yeji_editor_step_section, -1 },
};

static void
on_step (GtkWidget  *widget,
         const char *name,
         GVariant   *target)
{
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    if (g_str_equal (steps[i].name, name))
      steps[i].step (YEJI_WINDOW (widget)->editor, steps[i].by);
}

static void
on_toggle_pane (GtkWidget  *widget,
                const char *name,
                GVariant   *target)
{
  yeji_editor_toggle_pane (YEJI_WINDOW (widget)->editor);
}

static void
on_add_row (GtkWidget  *widget,
            const char *name,
            GVariant   *target)
{
  yeji_editor_add_row (YEJI_WINDOW (widget)->editor);
}

/* ---- Closing: never asks, never loses */

static void
finish_close (YejiWindow *self)
{
  if (self->close_error != NULL)
    {
      gtk_window_present (GTK_WINDOW (self));
      show_error (self, self->close_error);
      g_clear_error (&self->close_error);
      return;
    }
  yeji_editor_set_draft (self->editor, NULL);
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
  g_free (self->role);
  g_free (self->saved_text);
  g_clear_error (&self->close_error);
  G_OBJECT_CLASS (yeji_window_parent_class)->finalize (object);
}

typedef struct
{
  const char *name;
  const char *target;          /* (nullable) */
  GtkWidgetActionActivateFunc activate;
} Action;

static const Action actions[] = {
  { "win.new", "s", on_new },
  { "win.new-default", NULL, on_new_default },
  { "win.import", NULL, on_import },
  { "win.import-into", NULL, on_import_into },
  { "win.search", NULL, on_search },
  { "win.save", NULL, on_save },
  { "win.submit", NULL, on_submit },
  { "win.show-grade", NULL, on_show_grade },
  { "win.back", NULL, on_back },
  { "win.next-problem", NULL, on_step },
  { "win.previous-problem", NULL, on_step },
  { "win.next-section", NULL, on_step },
  { "win.previous-section", NULL, on_step },
  { "win.toggle-pane", NULL, on_toggle_pane },
  { "win.add-row", NULL, on_add_row },
};

static void
yeji_window_class_init (YejiWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = yeji_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = yeji_window_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = yeji_window_close_request;
  g_type_ensure (YEJI_TYPE_RECORD_LIST);
  g_type_ensure (YEJI_TYPE_EDITOR);
  g_type_ensure (YEJI_TYPE_STATUS_BAR);
  g_type_ensure (YEJI_TYPE_DICTIONARY_BAR);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/yeji/Yeji/ui/yeji-window.ui");
  gtk_widget_class_bind_template_child (widget_class, YejiWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, YejiWindow, dictionary_bar);
  gtk_widget_class_bind_template_child (widget_class, YejiWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, YejiWindow, list);
  gtk_widget_class_bind_template_child (widget_class, YejiWindow, editor);
  gtk_widget_class_bind_template_child (widget_class, YejiWindow, status_bar);
  gtk_widget_class_bind_template_callback (widget_class, yeji_window_open_record);
  gtk_widget_class_bind_template_callback (widget_class, on_list_removed);
  gtk_widget_class_bind_template_callback (widget_class, on_list_restored);
  gtk_widget_class_bind_template_callback (widget_class, on_row_removed);
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (widget_class, actions[i].name, actions[i].target,
                                     actions[i].activate);
  yeji_window_account_install (widget_class);
  yeji_window_dictionary_install (widget_class);
  yeji_window_notices_install (widget_class);
  yeji_window_history_install (widget_class);
  yeji_window_profile_install (widget_class);
}

static void
yeji_window_init (YejiWindow *self)
{
  self->drafts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  gtk_widget_init_template (GTK_WIDGET (self));
  yeji_focus_leave_at_end (GTK_WINDOW (self));
  yeji_window_history_watch (self, self->toasts);
  update_actions (self);
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
  self->role = yeji_store_get_setting (store, ROLE_SETTING, NULL);
  yeji_record_list_set_store (self->list, store);
  g_signal_connect_object (engine, "notify", G_CALLBACK (update_sync), self, G_CONNECT_SWAPPED);
  yeji_status_bar_set_engine (self->status_bar, engine);
  yeji_window_account_watch (self, store, engine);
  yeji_window_bin_watch (self, store);
  yeji_window_dictionary_watch (self, self->dictionary_bar, store, engine);
  yeji_window_notices_watch (self, store);
  yeji_window_profile_watch (self, store);
  update_actions (self);
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

  g_set_object (&draft, get_draft (self));
  gtk_stack_set_visible_child_name (self->stack, "list");
  yeji_toast_forget_edits (self->toasts);
  yeji_editor_set_draft (self->editor, NULL);
  update_actions (self);
  if (draft == NULL)
    {
      yeji_record_list_grab (self->list);
      return;
    }
  yeji_record_list_select (self->list, yeji_draft_get_uuid (draft));
  yeji_draft_keeper_flush_async (yeji_draft_get_keeper (draft), NULL, NULL);
  on_keeper_changed (yeji_draft_get_keeper (draft), self);
}

/**
 * yeji_window_list_keepers:
 *
 * Returns: (transfer container) (element-type YejiDraftKeeper): of the drafts that are on screen, or
 *   not saved yet
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
 * yeji_window_get_editor:
 *
 * Returns: (transfer none): the editor
 */
YejiEditor *
yeji_window_get_editor (YejiWindow *self)
{
  return self->editor;
}

/**
 * yeji_window_get_list:
 *
 * Returns: (transfer none): the list of records
 */
YejiRecordList *
yeji_window_get_list (YejiWindow *self)
{
  return self->list;
}

/**
 * yeji_window_get_status_bar:
 *
 * Returns: (transfer none): the status bar
 */
YejiStatusBar *
yeji_window_get_status_bar (YejiWindow *self)
{
  return self->status_bar;
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
  g_object_unref (show_toast (self, text));
}
