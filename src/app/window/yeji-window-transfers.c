// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-window-transfers"

#include "config.h"

#include "yeji-window-transfers.h"

#include "yeji-transfers-window.h"
#include "yeji-window-evidence.h"

/* What the window does about the files on their way to the province. */

#define WINDOW_KEY "yeji-transfers-window"

static void
on_chosen (YejiTransfersWindow *transfers,
           const char          *uuid,
           const char          *slot,
           YejiWindow          *window)
{
  yeji_window_show_documents (window, uuid, slot);
  gtk_window_present (GTK_WINDOW (window));
}

static void
on_gone (GObject   *window,
         GtkWidget *transfers)
{
  g_object_set_data (window, WINDOW_KEY, NULL);
}

static void
on_transfers (GtkWidget  *widget,
              const char *name,
              GVariant   *target)
{
  YejiWindow *window = YEJI_WINDOW (widget);
  YejiSyncEngine *engine = yeji_window_get_engine (window);
  YejiStore *store = yeji_window_get_store (window);
  GtkWidget *transfers = g_object_get_data (G_OBJECT (window), WINDOW_KEY);

  if (transfers == NULL)
    {
      transfers = yeji_transfers_window_new (GTK_WINDOW (window),
                                             yeji_sync_engine_get_transfers (engine),
                                             yeji_store_get_dictionary (store));
      g_signal_connect_object (transfers, "chosen", G_CALLBACK (on_chosen), window, 0);
      g_signal_connect_object (transfers, "destroy", G_CALLBACK (on_gone), window,
                               G_CONNECT_SWAPPED);
      g_object_set_data (G_OBJECT (window), WINDOW_KEY, transfers);
    }
  gtk_window_present (GTK_WINDOW (transfers));
}

/**
 * yeji_window_transfers_watch:
 *
 * Says in the status bar how far the files on their way are, from now on.
 */
void
yeji_window_transfers_watch (YejiWindow *window)
{
  yeji_status_bar_set_transfers (yeji_window_get_status_bar (window),
                                 yeji_sync_engine_get_transfers (yeji_window_get_engine (window)));
}

/**
 * yeji_window_transfers_install:
 *
 * Adds the action of this file to the window's class.
 */
void
yeji_window_transfers_install (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "win.transfers", NULL, on_transfers);
}
