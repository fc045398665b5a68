// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-toast"

#include "config.h"

#include "yeji-toast.h"

#include <glib/gi18n.h>

/* Undoing needs to be read, thought of and reached: twice the usual time. */
#define UNDO_SECONDS 10

/**
 * yeji_toast_show:
 * @text: plain, not markup
 *
 * Says something for a moment.
 *
 * Returns: (transfer full): what was said, to give it a button
 */
AdwToast *
yeji_toast_show (AdwToastOverlay *overlay,
                 const char      *text)
{
  g_autofree char *markup = g_markup_escape_text (text, -1);
  AdwToast *toast = adw_toast_new (markup);

  adw_toast_overlay_add_toast (overlay, g_object_ref (toast));
  return toast;
}

/**
 * yeji_toast_make_undoable:
 *
 * Offers to undo what the toast speaks of; "button-clicked" says that it is wanted.
 */
void
yeji_toast_make_undoable (AdwToast *toast)
{
  adw_toast_set_button_label (toast, _("_Undo"));
  adw_toast_set_timeout (toast, UNDO_SECONDS);
}
