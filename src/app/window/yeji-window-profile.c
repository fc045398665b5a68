// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-window-profile"

#include "config.h"

#include "yeji-window-profile.h"

#include "yeji-backup-window.h"
#include "yeji-key-window.h"

/* What the window does about the profile as a whole: its backups and its key. */

#define STORE_KEY "yeji-profile-store"

static YejiStore *
get_store (gpointer window)
{
  return g_object_get_data (G_OBJECT (window), STORE_KEY);
}

typedef struct
{
  YejiWindow *window;
  YejiBackupWindow *backups;
  char *path;
} Wish;

static void
free_wish (gpointer data)
{
  Wish *wish = data;

  g_object_unref (wish->window);
  g_object_unref (wish->backups);
  g_free (wish->path);
  g_free (wish);
}

static gboolean
restore (gpointer data)
{
  Wish *wish = data;

  gtk_window_destroy (GTK_WINDOW (wish->backups));
  g_signal_emit_by_name (wish->window, "restore", wish->path);
  return G_SOURCE_REMOVE;
}

/* The question is still closing, and GTK 4.8 does not stand that its parent goes before it. */
static void
on_restore (YejiBackupWindow *backups,
            const char       *path,
            YejiWindow       *window)
{
  Wish *wish = g_new (Wish, 1);

  *wish = (Wish) { g_object_ref (window), g_object_ref (backups), g_strdup (path) };
  g_idle_add_full (G_PRIORITY_DEFAULT, restore, wish, free_wish);
}

/**
 * yeji_window_profile_show_backups:
 *
 * Returns: (transfer none): the window of the profile's backups, owned by GTK
 */
GtkWidget *
yeji_window_profile_show_backups (YejiWindow *window)
{
  GtkWidget *backups = yeji_backup_window_new (GTK_WINDOW (window), get_store (window));

  g_signal_connect_object (backups, "restore", G_CALLBACK (on_restore), window, 0);
  gtk_window_present (GTK_WINDOW (backups));
  return backups;
}

/**
 * yeji_window_profile_show_protection:
 *
 * Returns: (transfer none): the window of the profile's key, owned by GTK
 */
GtkWidget *
yeji_window_profile_show_protection (YejiWindow *window)
{
  GtkWidget *protection = yeji_key_window_new (GTK_WINDOW (window), get_store (window));

  gtk_window_present (GTK_WINDOW (protection));
  return protection;
}

static void
on_backups (GtkWidget  *widget,
            const char *name,
            GVariant   *target)
{
  yeji_window_profile_show_backups (YEJI_WINDOW (widget));
}

static void
on_protection (GtkWidget  *widget,
               const char *name,
               GVariant   *target)
{
  yeji_window_profile_show_protection (YEJI_WINDOW (widget));
}

/**
 * yeji_window_profile_watch:
 *
 * Tells the actions of this file with what they work.
 */
void
yeji_window_profile_watch (YejiWindow *window,
                           YejiStore  *store)
{
  g_object_set_data_full (G_OBJECT (window), STORE_KEY, g_object_ref (store), g_object_unref);
}

/**
 * yeji_window_profile_install:
 *
 * Adds the actions of this file to the window's class, and its signal "restore" (const char *path):
 * the profile is wanted as it is in that backup.
 */
void
yeji_window_profile_install (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "win.backups", NULL, on_backups);
  gtk_widget_class_install_action (klass, "win.protection", NULL, on_protection);
  g_signal_new ("restore", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 1, G_TYPE_STRING);
}
