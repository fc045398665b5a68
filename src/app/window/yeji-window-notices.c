// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-window-notices"

#include "config.h"

#include "yeji-window-notices.h"

#include "yeji-desk.h"
#include "yeji-notices-window.h"

/* What the window tells of things that happened to the profile. */

#define BAR_KEY "yeji-notices-bar"
#define STORE_KEY "yeji-notices-store"

static void
on_notices (GtkWidget  *widget,
            const char *name,
            GVariant   *target)
{
  YejiStore *store = g_object_get_data (G_OBJECT (widget), STORE_KEY);
  GtkWidget *notices = yeji_notices_window_new (GTK_WINDOW (widget), store);

  g_signal_connect_object (notices, "read", G_CALLBACK (yeji_notices_bar_dismiss),
                           yeji_window_notices_get_bar (YEJI_WINDOW (widget)), G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (notices));
}

/**
 * yeji_window_notices_watch:
 *
 * Tells the clerk of what happened, and of what will, above everything else in the window.
 */
void
yeji_window_notices_watch (YejiWindow *window,
                           YejiStore  *store)
{
  GtkWidget *desk = adw_application_window_get_content (ADW_APPLICATION_WINDOW (window));
  GtkWidget *bar = yeji_notices_bar_new (store);

  g_object_set_data_full (G_OBJECT (window), STORE_KEY, g_object_ref (store), g_object_unref);
  g_object_set_data (G_OBJECT (window), BAR_KEY, bar);
  g_signal_connect_object (bar, "quiet", G_CALLBACK (yeji_window_say), window, G_CONNECT_SWAPPED);
  yeji_desk_add_bar (YEJI_DESK (desk), bar);
}

/**
 * yeji_window_notices_get_bar:
 *
 * Returns: (transfer none): what tells of them
 */
YejiNoticesBar *
yeji_window_notices_get_bar (YejiWindow *window)
{
  return g_object_get_data (G_OBJECT (window), BAR_KEY);
}

/**
 * yeji_window_notices_install:
 *
 * Adds the action of this file to the window's class.
 */
void
yeji_window_notices_install (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "win.notices", NULL, on_notices);
}
