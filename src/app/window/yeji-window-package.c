// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-window-package"

#include "config.h"

#include "yeji-window-package.h"

#include <glib/gi18n.h>

#include "yeji-background.h"
#include "yeji-pack-window.h"
#include "yeji-package.h"
#include "yeji-take-window.h"
#include "yeji-toast.h"

/* What the window does about records that go to another computer, or come from one. */

typedef struct
{
  YejiStore *store;
  char *batch;
} Undo;

static void
free_undo (gpointer data)
{
  Undo *undo = data;

  g_object_unref (undo->store);
  g_free (undo->batch);
  g_free (undo);
}

/* ---- Handing over */

static void
on_packed (YejiWindow *window,
           const char *text)
{
  yeji_window_say (window, text);
}

/**
 * yeji_window_package_hand_over:
 * @uuids: (nullable): %NULL for all records that are not in the bin
 *
 * Returns: (transfer none) (nullable): the window that hands records over, owned by GTK
 */
GtkWidget *
yeji_window_package_hand_over (YejiWindow         *window,
                               const char *const  *uuids)
{
  YejiStore *store = yeji_window_get_store (window);
  g_autoptr (GList) keepers = yeji_window_list_keepers (window);
  GtkWidget *pack;

  if (store == NULL)
    return NULL;
  /* What was typed last is on its way to the disk before it is read from there. */
  for (GList *item = keepers; item != NULL; item = item->next)
    yeji_draft_keeper_flush_async (item->data, NULL, NULL);
  pack = yeji_pack_window_new (GTK_WINDOW (window), store, uuids);
  g_signal_connect_object (pack, "done", G_CALLBACK (on_packed), window, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (pack));
  return pack;
}

/* ---- Taking over */

static gpointer
undo_take (gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  Undo *undo = data;

  return yeji_package_undo (undo->store, undo->batch, error);
}

static void
on_undone (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (YejiWindow) window = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiBatchUndo) done = yeji_background_finish (result, &error);
  g_autofree char *text = NULL;

  if (!gtk_widget_get_realized (GTK_WIDGET (window)))
    return;
  if (done == NULL)
    {
      yeji_window_say_error (window, error);
      return;
    }
  if (done->left->len > 0)
    text = g_strdup_printf (ngettext ("Taken back; %u record was changed since and stays",
                                      "Taken back; %u records were changed since and stay",
                                      done->left->len), done->left->len);
  yeji_window_say (window, text != NULL ? text : _("Taken back"));
}

static void
on_undo (AdwToast   *toast,
         YejiWindow *window)
{
  YejiStore *store = yeji_window_get_store (window);
  Undo *undo;

  if (store == NULL)
    return;
  undo = g_new0 (Undo, 1);
  undo->store = g_object_ref (store);
  undo->batch = g_strdup (g_object_get_data (G_OBJECT (toast), "batch"));
  yeji_background_run (window, undo_take, undo, free_undo, (GDestroyNotify) yeji_batch_undo_free,
                       on_undone, g_object_ref (window));
}

static void
on_taken (YejiWindow *window,
          const char *text,
          const char *batch)
{
  AdwToastOverlay *toasts = yeji_window_get_toasts (window);
  g_autoptr (AdwToast) toast = NULL;

  if (batch == NULL)
    {
      yeji_toast_say (toasts, text);
      return;
    }
  toast = yeji_toast_offer_undo (toasts, text);
  g_object_set_data_full (G_OBJECT (toast), "batch", g_strdup (batch), g_free);
  g_signal_connect_object (toast, "button-clicked", G_CALLBACK (on_undo), window, 0);
}

/**
 * yeji_window_package_take:
 * @path: of a package
 *
 * Returns: (transfer none) (nullable): the window that takes it over, owned by GTK
 */
GtkWidget *
yeji_window_package_take (YejiWindow *window,
                          const char *path)
{
  YejiStore *store = yeji_window_get_store (window);
  g_autoptr (GList) keepers = yeji_window_list_keepers (window);
  GtkWidget *take;

  if (store == NULL)
    return NULL;
  for (GList *item = keepers; item != NULL; item = item->next)
    yeji_draft_keeper_flush_async (item->data, NULL, NULL);
  take = yeji_take_window_new (GTK_WINDOW (window), store, path);
  g_signal_connect_object (take, "done", G_CALLBACK (on_taken), window, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (take));
  return take;
}

/**
 * yeji_window_package_take_dropped:
 * @files: of #GFile
 *
 * Takes over a package that was dropped, where it is one.
 *
 * Returns: %FALSE when these are other files
 */
gboolean
yeji_window_package_take_dropped (YejiWindow *window,
                                  GListModel *files)
{
  g_autoptr (GFile) file = NULL;
  g_autofree char *path = NULL;

  if (g_list_model_get_n_items (files) != 1)
    return FALSE;
  file = g_list_model_get_item (files, 0);
  path = g_file_get_path (file);
  if (path == NULL || !g_str_has_suffix (path, YEJI_PACKAGE_SUFFIX))
    return FALSE;
  yeji_window_package_take (window, path);
  return TRUE;
}

static void
on_package_chosen (GtkNativeDialog *dialog,
                   int              response,
                   YejiWindow      *window)
{
  g_autoptr (GtkNativeDialog) kept = dialog;
  g_autoptr (GFile) file = NULL;
  g_autofree char *path = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  if (file != NULL)
    path = g_file_get_path (file);
  if (path != NULL)
    yeji_window_package_take (window, path);
}

/* ---- The actions */

static void
on_hand_over (GtkWidget  *widget,
              const char *name,
              GVariant   *target)
{
  g_autofree const char **uuids = g_variant_get_strv (target, NULL);

  if (uuids[0] != NULL)
    yeji_window_package_hand_over (YEJI_WINDOW (widget), uuids);
}

static void
on_take_over (GtkWidget  *widget,
              const char *name,
              GVariant   *target)
{
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();
  GtkFileChooserNative *dialog;

  dialog = gtk_file_chooser_native_new (_("Take Over"), GTK_WINDOW (widget),
                                        GTK_FILE_CHOOSER_ACTION_OPEN, _("_Open"), _("_Cancel"));
  gtk_file_filter_set_name (filter, _("Hand-over packages"));
  gtk_file_filter_add_suffix (filter, YEJI_PACKAGE_SUFFIX + 1);
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (dialog), filter);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_package_chosen), widget, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

/**
 * yeji_window_package_install:
 *
 * Adds the actions of this file to the window's class.
 */
void
yeji_window_package_install (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "win.hand-over-records", "as", on_hand_over);
  gtk_widget_class_install_action (klass, "win.take-over", NULL, on_take_over);
}
