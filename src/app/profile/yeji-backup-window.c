// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-backup-window"

#include "config.h"

#include "yeji-backup-window.h"

#include <glib/gi18n.h>

#include "yeji-a11y.h"
#include "yeji-background.h"
#include "yeji-bundle.h"
#include "yeji-key-window.h"
#include "yeji-messages.h"
#include "yeji-store-vault.h"
#include "yeji-toast.h"

/* How often a long work's progress is shown. */
#define PROGRESS_MS 100

struct _YejiBackupWindow
{
  AdwWindow parent_instance;

  AdwToastOverlay *toasts;
  GtkWidget *back_up_button;
  GtkWidget *save_button;
  GtkWidget *progress_box;
  GtkProgressBar *progress;
  GtkStack *stack;
  GtkListBox *list;

  YejiStore *store;
  GPtrArray *backups;          /* (element-type YejiBackup): the newest first */
  GCancellable *cancellable;   /* (nullable): of the work that goes on */
  guint ticker;
  GMutex mutex;                /* done and total, which another thread tells */
  guint64 done;
  guint64 total;
};

enum
{
  RESTORE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static const char *const kind_labels[] = {
  [YEJI_BACKUP_DAILY] = N_("Made by itself"),
  [YEJI_BACKUP_MANUAL] = N_("Made by hand"),
  [YEJI_BACKUP_BEFORE_VERSION] = N_("Before a new version of the program"),
  [YEJI_BACKUP_BEFORE_RESTORE] = N_("Before going back to a backup"),
};

G_DEFINE_FINAL_TYPE (YejiBackupWindow, yeji_backup_window, ADW_TYPE_WINDOW)

/* ---- The work that goes on */

static gboolean
show_progress (gpointer data)
{
  YejiBackupWindow *self = data;

  g_mutex_lock (&self->mutex);
  if (self->total > 0)
    gtk_progress_bar_set_fraction (self->progress, (double) self->done / (double) self->total);
  else
    gtk_progress_bar_pulse (self->progress);
  g_mutex_unlock (&self->mutex);
  return G_SOURCE_CONTINUE;
}

static void
set_busy (YejiBackupWindow *self,
          gboolean          busy)
{
  g_clear_handle_id (&self->ticker, g_source_remove);
  g_clear_object (&self->cancellable);
  self->done = self->total = 0;
  if (busy)
    {
      self->cancellable = g_cancellable_new ();
      self->ticker = g_timeout_add (PROGRESS_MS, show_progress, self);
    }
  if (self->stack == NULL)
    return;
  gtk_progress_bar_set_fraction (self->progress, 0);
  gtk_widget_set_visible (self->progress_box, busy);
  gtk_widget_set_sensitive (self->back_up_button, !busy);
  gtk_widget_set_sensitive (self->save_button, !busy);
  gtk_widget_set_sensitive (GTK_WIDGET (self->list), !busy);
}

static void
on_progress (guint64  done,
             guint64  total,
             gpointer data)
{
  YejiBackupWindow *self = data;

  g_mutex_lock (&self->mutex);
  self->done = done;
  self->total = total;
  g_mutex_unlock (&self->mutex);
}

/* Ends the work; what was cancelled needs no words. */
static void
end_work (YejiBackupWindow *self,
          const char       *success,
          const GError     *error)
{
  g_autofree char *sentence = NULL;

  set_busy (self, FALSE);
  if (self->stack == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (error != NULL)
    {
      g_message ("%s", error->message);
      sentence = yeji_error_to_sentence (error);
    }
  g_object_unref (yeji_toast_show (self->toasts, error != NULL ? sentence : success));
}

/* ---- The list */

static void
on_restore (GtkButton        *button,
            YejiBackupWindow *self)
{
  guint index = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "index"));

  gtk_window_present (GTK_WINDOW (yeji_backup_window_ask (self, index)));
}

static GtkWidget *
make_row (YejiBackupWindow *self,
          guint             index)
{
  const YejiBackup *backup = g_ptr_array_index (self->backups, index);
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *button = gtk_button_new_with_label (_("Go Back to This…"));
  g_autofree char *moment = yeji_moment_to_text (backup->at);
  g_autofree char *size = g_format_size (backup->size);
  /* Translators: how a backup came to be, and its size */
  g_autofree char *subtitle = g_strdup_printf (_("%s, %s"), _(kind_labels[backup->kind]), size);
  g_autofree char *name = g_strdup_printf (_("Go back to the backup of %s"), moment);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), moment);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  yeji_a11y_set_name (button, name);
  yeji_a11y_set_name (row, moment);
  g_object_set_data (G_OBJECT (button), "index", GUINT_TO_POINTER (index));
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_restore), self, 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), button);
  return row;
}

static gpointer
list_backups (gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  return yeji_backup_list (data, error);
}

static void
on_listed (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (YejiBackupWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) backups = yeji_background_finish (result, &error);
  GtkWidget *row;

  if (self->stack == NULL)
    return;
  if (backups == NULL)
    {
      end_work (self, NULL, error);
      return;
    }
  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, row);
  g_clear_pointer (&self->backups, g_ptr_array_unref);
  self->backups = g_steal_pointer (&backups);
  for (guint i = 0; i < self->backups->len; i++)
    gtk_list_box_append (self->list, make_row (self, i));
  gtk_stack_set_visible_child_name (self->stack, self->backups->len > 0 ? "list" : "empty");
}

static void
read_list (YejiBackupWindow *self)
{
  yeji_background_run (self, list_backups, g_strdup (yeji_store_get_directory (self->store)),
                       g_free, (GDestroyNotify) g_ptr_array_unref, on_listed,
                       g_object_ref (self));
}

/* ---- Backing up */

static void
on_backed_up (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  g_autoptr (YejiBackupWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = yeji_store_backup_finish (YEJI_STORE (source), result, &error);

  end_work (self, _("Backed up"), error);
  if (path != NULL && self->stack != NULL)
    read_list (self);
}

static void
on_saved_as (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr (YejiBackupWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiBackupReport) report = NULL;
  g_autofree char *text = NULL;

  report = yeji_bundle_write_finish (YEJI_STORE (source), result, &error);
  if (report != NULL && report->missing->len > 0)
    text = g_strdup_printf (ngettext ("Saved; %u document was not in the profile",
                                      "Saved; %u documents were not in the profile",
                                      report->missing->len), report->missing->len);
  end_work (self, text != NULL ? text : _("Saved as one file"), error);
}

static void
on_save_chosen (GtkNativeDialog  *dialog,
                int               response,
                YejiBackupWindow *self)
{
  g_autoptr (GtkNativeDialog) kept = dialog;

  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
      g_autofree char *path = g_file_get_path (file);

      if (path != NULL)
        yeji_backup_window_save_as (self, path);
    }
}

static void
choose_file (YejiBackupWindow *self)
{
  GtkFileChooserNative *dialog;
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *name = g_date_time_format (now, "yeji-%Y-%m-%d" YEJI_BUNDLE_SUFFIX);

  dialog = gtk_file_chooser_native_new (_("Save Everything as One File"), GTK_WINDOW (self),
                                        GTK_FILE_CHOOSER_ACTION_SAVE, _("_Save"), _("_Cancel"));
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), name);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_save_chosen), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static void
on_unprotected_response (GtkWidget        *dialog,
                         const char       *response,
                         YejiBackupWindow *self)
{
  if (g_str_equal (response, "save"))
    choose_file (self);
  else if (g_str_equal (response, "protect"))
    gtk_window_present (GTK_WINDOW (yeji_key_window_new (GTK_WINDOW (self), self->store)));
}

/* What is sealed with a key of this computer stays closed on every other one. */
static void
warn_unprotected (YejiBackupWindow *self)
{
  GtkWidget *dialog;

  dialog = adw_message_dialog_new (GTK_WINDOW (self), _("Make a Recovery Code First?"),
                                   _("On another computer the personal numbers open with a "
                                     "passphrase or a recovery code, and there is neither."));
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"),
                                    "save", _("_Save All the Same"),
                                    "protect", _("_Make One…"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "protect",
                                              ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "protect");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_unprotected_response), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static gpointer
read_protection (gpointer       data,
                 GCancellable  *cancellable,
                 GError       **error)
{
  return yeji_store_get_key_status (data, error);
}

static void
on_protection (GObject      *source,
               GAsyncResult *result,
               gpointer      data)
{
  g_autoptr (YejiBackupWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiKeyStatus) status = yeji_background_finish (result, &error);

  if (self->stack == NULL)
    return;
  if (status == NULL)
    end_work (self, NULL, error);
  else if (status->has_passphrase || status->has_recovery_code)
    choose_file (self);
  else
    warn_unprotected (self);
}

static void
on_save_as (YejiBackupWindow *self)
{
  yeji_background_run (self, read_protection, g_object_ref (self->store), g_object_unref,
                       (GDestroyNotify) yeji_key_status_free, on_protection, g_object_ref (self));
}

static void
on_cancel (YejiBackupWindow *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
}

/* ---- Going back */

static void
on_response (AdwMessageDialog *dialog,
             const char       *response,
             YejiBackupWindow *self)
{
  if (g_str_equal (response, "restore"))
    g_signal_emit (self, signals[RESTORE], 0, g_object_get_data (G_OBJECT (dialog), "path"));
}

static void
yeji_backup_window_dispose (GObject *object)
{
  YejiBackupWindow *self = YEJI_BACKUP_WINDOW (object);

  on_cancel (self);
  g_clear_handle_id (&self->ticker, g_source_remove);
  self->stack = NULL;
  g_clear_object (&self->store);
  G_OBJECT_CLASS (yeji_backup_window_parent_class)->dispose (object);
}

static void
yeji_backup_window_finalize (GObject *object)
{
  YejiBackupWindow *self = YEJI_BACKUP_WINDOW (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->backups, g_ptr_array_unref);
  g_mutex_clear (&self->mutex);
  G_OBJECT_CLASS (yeji_backup_window_parent_class)->finalize (object);
}

static void
yeji_backup_window_class_init (YejiBackupWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = yeji_backup_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = yeji_backup_window_finalize;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/yeji/Yeji/ui/yeji-backup-window.ui");
  gtk_widget_class_bind_template_child (widget_class, YejiBackupWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, YejiBackupWindow, back_up_button);
  gtk_widget_class_bind_template_child (widget_class, YejiBackupWindow, save_button);
  gtk_widget_class_bind_template_child (widget_class, YejiBackupWindow, progress_box);
  gtk_widget_class_bind_template_child (widget_class, YejiBackupWindow, progress);
  gtk_widget_class_bind_template_child (widget_class, YejiBackupWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, YejiBackupWindow, list);
  gtk_widget_class_bind_template_callback (widget_class, yeji_backup_window_back_up);
  gtk_widget_class_bind_template_callback (widget_class, on_save_as);
  gtk_widget_class_bind_template_callback (widget_class, on_cancel);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);

  signals[RESTORE] = g_signal_new ("restore", YEJI_TYPE_BACKUP_WINDOW, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
yeji_backup_window_init (YejiBackupWindow *self)
{
  g_mutex_init (&self->mutex);
  gtk_widget_init_template (GTK_WIDGET (self));
  yeji_a11y_set_name (GTK_WIDGET (self->list), _("Backups"));
  yeji_a11y_set_name (GTK_WIDGET (self->progress), _("Progress"));
}

/**
 * yeji_backup_window_new:
 *
 * Returns: (transfer none): the backups of an open profile; owned by GTK
 */
GtkWidget *
yeji_backup_window_new (GtkWindow *parent,
                        YejiStore *store)
{
  YejiBackupWindow *self = g_object_new (YEJI_TYPE_BACKUP_WINDOW, "transient-for", parent, NULL);

  self->store = g_object_ref (store);
  read_list (self);
  return GTK_WIDGET (self);
}

/**
 * yeji_backup_window_get_n:
 *
 * Returns: how many backups are shown; 0 before they are read
 */
guint
yeji_backup_window_get_n (YejiBackupWindow *self)
{
  return self->backups != NULL ? self->backups->len : 0;
}

/**
 * yeji_backup_window_is_busy:
 *
 * Returns: whether something is being written
 */
gboolean
yeji_backup_window_is_busy (YejiBackupWindow *self)
{
  return self->cancellable != NULL;
}

/**
 * yeji_backup_window_back_up:
 *
 * Makes a backup now; saves go on meanwhile.
 */
void
yeji_backup_window_back_up (YejiBackupWindow *self)
{
  g_return_if_fail (YEJI_IS_BACKUP_WINDOW (self));

  if (yeji_backup_window_is_busy (self))
    return;
  set_busy (self, TRUE);
  yeji_store_backup_async (self->store, YEJI_BACKUP_MANUAL, self->cancellable, on_backed_up,
                           g_object_ref (self));
}

/**
 * yeji_backup_window_save_as:
 *
 * Writes records and documents into one file, for another computer.
 */
void
yeji_backup_window_save_as (YejiBackupWindow *self,
                            const char       *path)
{
  g_return_if_fail (YEJI_IS_BACKUP_WINDOW (self));

  if (yeji_backup_window_is_busy (self))
    return;
  set_busy (self, TRUE);
  yeji_bundle_write_async (self->store, path, on_progress, self, self->cancellable, on_saved_as,
                           g_object_ref (self));
}

/**
 * yeji_backup_window_ask:
 * @index: into the list
 *
 * Asks whether the profile shall go back to a backup; "restore" follows.
 *
 * Returns: (transfer none): the question, owned by GTK
 */
GtkWidget *
yeji_backup_window_ask (YejiBackupWindow *self,
                        guint             index)
{
  const YejiBackup *backup;
  g_autofree char *moment = NULL;
  GtkWidget *dialog;

  g_return_val_if_fail (index < yeji_backup_window_get_n (self), NULL);

  backup = g_ptr_array_index (self->backups, index);
  moment = yeji_moment_to_text (backup->at);
  dialog = adw_message_dialog_new (GTK_WINDOW (self), _("Go Back to This Backup?"), NULL);
  adw_message_dialog_format_body (ADW_MESSAGE_DIALOG (dialog),
                                  _("All records become what they were at %s. What is there now is "
                                    "kept as a backup of its own, so you can come back to it."),
                                  moment);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"),
                                    "restore", _("_Go Back"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "restore",
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_object_set_data_full (G_OBJECT (dialog), "path", g_strdup (backup->path), g_free);
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_response), self, 0);
  return dialog;
}
