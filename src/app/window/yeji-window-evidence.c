// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-window-evidence"

#include "config.h"

#include "yeji-window-evidence.h"

#include "yeji-evidence-window.h"

/* What the window does about the documents of all records. */

#define PLACE_KEY "yeji-evidence-place"
#define WINDOW_KEY "yeji-evidence-window"

static void
on_chosen (YejiEvidenceWindow *evidence,
           const char         *uuid,
           const char         *slot,
           YejiWindow         *window)
{
  if (slot != NULL)
    yeji_window_show_documents (window, uuid, slot);
  else
    yeji_window_open_record (window, uuid);
  gtk_window_present (GTK_WINDOW (window));
}

static void
on_gone (GObject   *window,
         GtkWidget *evidence)
{
  g_object_set_data (window, WINDOW_KEY, NULL);
}

/* One is enough: it stays open beside the records that are gone through. */
static void
on_evidence (GtkWidget  *widget,
             const char *name,
             GVariant   *target)
{
  YejiWindow *window = YEJI_WINDOW (widget);
  GtkWidget *evidence = g_object_get_data (G_OBJECT (window), WINDOW_KEY);

  if (evidence == NULL)
    {
      evidence = yeji_evidence_window_new (GTK_WINDOW (window), yeji_window_get_store (window));
      g_signal_connect_object (evidence, "chosen", G_CALLBACK (on_chosen), window, 0);
      g_signal_connect_object (evidence, "destroy", G_CALLBACK (on_gone), window,
                               G_CONNECT_SWAPPED);
      g_object_set_data (G_OBJECT (window), WINDOW_KEY, evidence);
    }
  gtk_window_present (GTK_WINDOW (evidence));
}

/**
 * yeji_window_show_documents:
 * @slot: the id of the slot
 *
 * Opens a record at its documents.
 */
void
yeji_window_show_documents (YejiWindow *window,
                            const char *uuid,
                            const char *slot)
{
  YejiDraft *draft = yeji_window_get_draft (window);
  const char *place[] = { uuid, slot, NULL };

  g_object_set_data_full (G_OBJECT (window), PLACE_KEY, g_strdupv ((GStrv) place),
                          (GDestroyNotify) g_strfreev);
  if (draft != NULL && g_str_equal (yeji_draft_get_uuid (draft), uuid))
    yeji_window_evidence_update (window);
  else
    yeji_window_open_record (window, uuid);
}

/**
 * yeji_window_evidence_update:
 *
 * Goes to the documents for which the record on screen was opened.
 */
void
yeji_window_evidence_update (YejiWindow *window)
{
  YejiDraft *draft = yeji_window_get_draft (window);
  GStrv place = g_object_get_data (G_OBJECT (window), PLACE_KEY);

  if (place == NULL || draft == NULL || !g_str_equal (place[0], yeji_draft_get_uuid (draft)))
    return;
  yeji_editor_show_documents (yeji_window_get_editor (window), place[1]);
  g_object_set_data (G_OBJECT (window), PLACE_KEY, NULL);
}

/**
 * yeji_window_evidence_install:
 *
 * Adds the action of this file to the window's class.
 */
void
yeji_window_evidence_install (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "win.evidence", NULL, on_evidence);
}
