// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-window-petition"

#include "config.h"

#include "yeji-window-petition.h"

#include "yeji-petition-window.h"

/**
 * yeji_window_petition_open:
 *
 * Opens what is asked of the province for the record that is open.
 *
 * Returns: (transfer none) (nullable): the window; %NULL where no record is open
 */
GtkWidget *
yeji_window_petition_open (YejiWindow       *window,
                           YejiPetitionKind  kind)
{
  YejiDraft *draft = yeji_window_get_draft (window);
  GtkWidget *petition;

  if (draft == NULL)
    return NULL;
  petition = yeji_petition_window_new (GTK_WINDOW (window), draft, yeji_window_get_engine (window),
                                       kind);
  gtk_window_present (GTK_WINDOW (petition));
  return petition;
}

static void
on_correct (GtkWidget  *widget,
            const char *name,
            GVariant   *target)
{
  yeji_window_petition_open (YEJI_WINDOW (widget), YEJI_PETITION_CORRECTION);
}

static void
on_withdrawal (GtkWidget  *widget,
               const char *name,
               GVariant   *target)
{
  yeji_window_petition_open (YEJI_WINDOW (widget), YEJI_PETITION_WITHDRAWAL);
}

/**
 * yeji_window_petition_update:
 *
 * Enables the actions while the record that is open is approved.
 */
void
yeji_window_petition_update (YejiWindow *window)
{
  YejiDraft *draft = yeji_window_get_draft (window);
  YejiEntry *entry = draft != NULL ? yeji_draft_get_entry (draft) : NULL;
  YejiState state = entry != NULL ? yeji_entry_get_state (entry) : YEJI_STATE_DRAFT;
  gboolean approved = state == YEJI_STATE_APPROVED || state == YEJI_STATE_CORRECTION_REQUESTED;

  gtk_widget_action_set_enabled (GTK_WIDGET (window), "win.correct", approved);
  gtk_widget_action_set_enabled (GTK_WIDGET (window), "win.apply-withdrawal",
                                 approved || state == YEJI_STATE_INCOMPLETE);
}

/**
 * yeji_window_petition_install:
 *
 * Adds the actions of this file to the window's class.
 */
void
yeji_window_petition_install (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "win.correct", NULL, on_correct);
  gtk_widget_class_install_action (klass, "win.apply-withdrawal", NULL, on_withdrawal);
}
