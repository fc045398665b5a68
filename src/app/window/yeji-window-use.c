// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-window-use"

#include "config.h"

#include "yeji-window-use.h"

#include "yeji-use-window.h"

#define WINDOW_KEY "yeji-use-window"

static void
on_gone (GObject   *window,
         GtkWidget *lists)
{
  g_object_set_data (window, WINDOW_KEY, NULL);
}

/* One is enough. */
static void
on_qualify (GtkWidget  *widget,
            const char *name,
            GVariant   *target)
{
  YejiWindow *window = YEJI_WINDOW (widget);
  GtkWidget *lists = g_object_get_data (G_OBJECT (window), WINDOW_KEY);

  if (yeji_window_get_store (window) == NULL)
    return;
  if (lists == NULL)
    {
      lists = yeji_use_window_new (GTK_WINDOW (window), yeji_window_get_store (window),
                                   yeji_window_get_engine (window));
      g_signal_connect_object (lists, "destroy", G_CALLBACK (on_gone), window, G_CONNECT_SWAPPED);
      g_object_set_data (G_OBJECT (window), WINDOW_KEY, lists);
    }
  gtk_window_present (GTK_WINDOW (lists));
}

/**
 * yeji_window_use_install:
 *
 * Adds the action of this file to the window's class.
 */
void
yeji_window_use_install (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "win.qualify", NULL, on_qualify);
}
