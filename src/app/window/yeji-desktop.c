// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* What libadwaita does not ask of a desktop by itself; yeji-desktop-win32.c is the other half. */

#define G_LOG_DOMAIN "yeji-desktop"

#include "config.h"

#include "yeji-desktop.h"

#include "yeji-icons.h"

/**
 * yeji_desktop_load_icons:
 *
 * Makes the program's own icons known. On Windows they are files beside it, as pictures.
 */
void
yeji_desktop_load_icons (void)
{
  yeji_icons_register_resource ();
}

/**
 * yeji_desktop_follow:
 *
 * Follows the system where the toolkit does not: on Windows light and dark, and the font of Chinese
 * text. To be called once, before the first window.
 */
void
yeji_desktop_follow (void)
{
}

/**
 * yeji_desktop_check_printer:
 *
 * Looks whether the toolkit can ask for a printer: its dialog for Windows wants one that is there.
 *
 * Returns: %FALSE with %GTK_PRINT_ERROR_GENERAL when nothing can be printed
 */
gboolean
yeji_desktop_check_printer (GError **error)
{
  return TRUE;
}
