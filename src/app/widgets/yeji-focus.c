// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-focus"

#include "config.h"

#include "yeji-focus.h"

static void
leave (GtkWindow *window)
{
  gtk_window_set_focus (window, NULL);
}

/**
 * yeji_focus_leave_at_end:
 * @window: one that holds an #AdwEntryRow, #AdwPasswordEntryRow or #GtkPasswordEntry
 *
 * Takes the focus away from whatever has it before the window's contents are freed. A window of
 * GTK 4.8 keeps the text that has the focus until all else has gone, and takes the focus from it
 * then: the entry around that text, which hears of it, has been freed.
 */
void
yeji_focus_leave_at_end (GtkWindow *window)
{
  g_return_if_fail (GTK_IS_WINDOW (window));

  g_signal_connect (window, "unrealize", G_CALLBACK (leave), NULL);
}
