// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-matrix-view.h"
#include "yeji-store.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Which documents the records have and which they lack. Signal "chosen" (const char *uuid,
 * const char *slot, nullable): a record and its documents shall be shown. */
#define YEJI_TYPE_EVIDENCE_WINDOW (yeji_evidence_window_get_type ())

G_DECLARE_FINAL_TYPE (YejiEvidenceWindow, yeji_evidence_window, YEJI, EVIDENCE_WINDOW, AdwWindow)

GtkWidget      *yeji_evidence_window_new        (GtkWindow          *parent,
                                                 YejiStore          *store);
YejiMatrixView *yeji_evidence_window_get_view   (YejiEvidenceWindow *self);
gboolean        yeji_evidence_window_is_read    (YejiEvidenceWindow *self);
void            yeji_evidence_window_attach     (YejiEvidenceWindow *self,
                                                 guint               row,
                                                 guint               column,
                                                 GListModel         *files);
void            yeji_evidence_window_export     (YejiEvidenceWindow *self,
                                                 GFile              *file);

G_END_DECLS
