// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-window-tray"

#include "config.h"

#include "yeji-window-tray.h"

#include "yeji-attach-files.h"
#include "yeji-toast.h"

/* What the window does about the files that nobody could match. */

static void
on_undone (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (YejiWindow) window = data;
  g_autoptr (GError) error = NULL;

  if (!yeji_attach_undo_finish (result, &error))
    yeji_window_say_error (window, error);
}

static void
on_undo (AdwToast   *toast,
         YejiWindow *window)
{
  yeji_attach_undo_async (yeji_window_get_store (window),
                          g_object_get_data (G_OBJECT (toast), "batch"), on_undone,
                          g_object_ref (window));
}

static void
on_done (YejiWindow *window,
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

static void
on_tray (GtkWidget  *widget,
         const char *name,
         GVariant   *target)
{
  YejiWindow *window = YEJI_WINDOW (widget);

  yeji_window_show_list (window);
  yeji_record_list_show_tray (yeji_window_get_list (window));
}

/**
 * yeji_window_tray_watch:
 *
 * Says what is done with the tray's files, and offers to undo it, from now on.
 */
void
yeji_window_tray_watch (YejiWindow *window)
{
  g_signal_connect_object (yeji_record_list_get_tray (yeji_window_get_list (window)), "done",
                           G_CALLBACK (on_done), window, G_CONNECT_SWAPPED);
}

/**
 * yeji_window_tray_install:
 *
 * Adds the action of this file to the window's class.
 */
void
yeji_window_tray_install (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "win.tray", NULL, on_tray);
}
