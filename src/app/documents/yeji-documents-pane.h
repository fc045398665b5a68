// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-draft.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* The documents of a record, slot by slot. Its property "dock" is the #YejiPreviewDock where they
 * are shown; without one they open in other programs. */
#define YEJI_TYPE_DOCUMENTS_PANE (yeji_documents_pane_get_type ())

G_DECLARE_FINAL_TYPE (YejiDocumentsPane, yeji_documents_pane, YEJI, DOCUMENTS_PANE, AdwBin)

void yeji_documents_pane_set_draft (YejiDocumentsPane *self,
                                    YejiDraft         *draft);
void yeji_documents_pane_attach    (YejiDocumentsPane *self,
                                    const char        *slot,
                                    GListModel        *files);
void yeji_documents_pane_attach_picture (YejiDocumentsPane *self,
                                    const char        *slot,
                                    GdkTexture        *picture);
void yeji_documents_pane_show_slot (YejiDocumentsPane *self,
                                    const char        *slot);

G_END_DECLS
