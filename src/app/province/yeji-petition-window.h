// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-draft.h"
#include "yeji-petition.h"
#include "yeji-sync-engine.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* What is asked of the province for one approved record: written, sent, and what became of it and of
 * those before. What is written is saved while it is typed. */
#define YEJI_TYPE_PETITION_WINDOW (yeji_petition_window_get_type ())

G_DECLARE_FINAL_TYPE (YejiPetitionWindow, yeji_petition_window, YEJI, PETITION_WINDOW, AdwWindow)

GtkWidget    *yeji_petition_window_new         (GtkWindow           *parent,
                                                YejiDraft           *draft,
                                                YejiSyncEngine      *engine,
                                                YejiPetitionKind     kind);
YejiPetition *yeji_petition_window_get_petition (YejiPetitionWindow *self);
gboolean      yeji_petition_window_is_saved    (YejiPetitionWindow  *self);
void          yeji_petition_window_add_field   (YejiPetitionWindow  *self,
                                                const char          *pointer);
void          yeji_petition_window_add_files   (YejiPetitionWindow  *self,
                                                GListModel          *files);

G_END_DECLS
