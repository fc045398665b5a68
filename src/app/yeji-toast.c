// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-toast"

#include "config.h"

#include "yeji-toast.h"

#include <glib/gi18n.h>

#include "yeji-offers.h"

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

static void
on_undo_edits (AdwToast  *toast,
               GPtrArray *edits)
{
  yeji_edits_undo (g_object_get_data (G_OBJECT (toast), "draft"), edits);
}

static void
free_edits (gpointer  data,
            GClosure *closure)
{
  g_ptr_array_unref (data);
}

static void
on_edits_dismissed (AdwToast        *toast,
                    AdwToastOverlay *overlay)
{
  if (g_object_get_data (G_OBJECT (overlay), "edits") == toast)
    g_object_set_data (G_OBJECT (overlay), "edits", NULL);
}

/**
 * yeji_toast_show_edits:
 * @edits: (element-type YejiEdit): what was just changed
 *
 * Says what was changed and offers to undo it. The last change is what is undone: what was said of
 * the one before goes away.
 */
void
yeji_toast_show_edits (AdwToastOverlay *overlay,
                       YejiDraft       *draft,
                       GPtrArray       *edits)
{
  g_autofree char *text = yeji_edits_to_text (edits);
  g_autoptr (AdwToast) toast = NULL;

  yeji_toast_forget_edits (overlay);
  toast = yeji_toast_show (overlay, text);
  yeji_toast_make_undoable (toast);
  g_object_set_data_full (G_OBJECT (toast), "draft", g_object_ref (draft), g_object_unref);
  g_signal_connect_data (toast, "button-clicked", G_CALLBACK (on_undo_edits),
                         g_ptr_array_ref (edits), free_edits, 0);
  g_signal_connect_object (toast, "dismissed", G_CALLBACK (on_edits_dismissed), overlay, 0);
  g_object_set_data (G_OBJECT (overlay), "edits", toast);
}

/**
 * yeji_toast_forget_edits:
 *
 * Offers no longer to undo the last change: whoever has left the record may open it anew, and two
 * copies of it must not be edited.
 */
void
yeji_toast_forget_edits (AdwToastOverlay *overlay)
{
  AdwToast *toast = g_object_get_data (G_OBJECT (overlay), "edits");

  if (toast != NULL)
    adw_toast_dismiss (toast);
}
