// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-folder"

#include "config.h"

#include "yeji-folder.h"

/**
 * yeji_folder_show:
 * @widget: in the window that asks
 *
 * Shows a folder in the system's file manager.
 */
void
yeji_folder_show (GtkWidget  *widget,
                  const char *path)
{
  GtkRoot *root = gtk_widget_get_root (widget);
  g_autofree char *uri = g_filename_to_uri (path, NULL, NULL);

  if (uri != NULL)
    gtk_show_uri (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, uri, GDK_CURRENT_TIME);
}
