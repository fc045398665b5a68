// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-window-receipt"

#include "config.h"

#include "yeji-window-receipt.h"

#include "yeji-receipt-window.h"

/**
 * yeji_window_receipt_show:
 *
 * Shows the receipt of the record that is open.
 *
 * Returns: (transfer none) (nullable): its window; %NULL where no record is open
 */
GtkWidget *
yeji_window_receipt_show (YejiWindow *window)
{
  YejiDraft *draft = yeji_window_get_draft (window);
  GtkWidget *shown;

  if (draft == NULL)
    return NULL;
  shown = yeji_receipt_window_new (GTK_WINDOW (window), yeji_window_get_store (window),
                                   yeji_draft_get_uuid (draft));
  gtk_window_present (GTK_WINDOW (shown));
  return shown;
}

static void
on_show (GtkWidget  *widget,
         const char *name,
         GVariant   *target)
{
  yeji_window_receipt_show (YEJI_WINDOW (widget));
}

/**
 * yeji_window_receipt_install:
 *
 * Adds the action of this file to the window's class.
 */
void
yeji_window_receipt_install (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "win.show-receipt", NULL, on_show);
}
