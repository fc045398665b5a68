// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-window-help"

#include "config.h"

#include "yeji-window-help.h"

#include "yeji-window.h"

#define RESOURCE "/org/yeji/Yeji/ui/help-overlay.ui"

/* GTK would make this window beside each application window, before that is shown, and it costs
 * more than all else in the first frame: it lies where GTK does not look, and is made when it is
 * asked for. */
static void
on_show (GtkWidget  *widget,
         const char *name,
         GVariant   *target)
{
  GtkApplicationWindow *window = GTK_APPLICATION_WINDOW (widget);
  GtkWindow *overlay;

  /* only as a window's own overlay it learns the keys of the actions */
  if (gtk_application_window_get_help_overlay (window) == NULL)
    {
      g_autoptr (GtkBuilder) builder = gtk_builder_new_from_resource (RESOURCE);

      gtk_application_window_set_help_overlay (
        window, GTK_SHORTCUTS_WINDOW (gtk_builder_get_object (builder, "help_overlay")));
    }
  overlay = GTK_WINDOW (gtk_application_window_get_help_overlay (window));
  g_object_set (overlay, "section-name",
                yeji_window_get_draft (YEJI_WINDOW (widget)) != NULL ? "record" : "list", NULL);
  gtk_window_present (overlay);
}

/**
 * yeji_window_help_install:
 *
 * Adds the action that shows the keyboard shortcuts to the window's class.
 */
void
yeji_window_help_install (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "win.show-help-overlay", NULL, on_show);
}
