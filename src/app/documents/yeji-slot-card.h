// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-draft.h"
#include "yeji-file-card.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* One kind of document, and what is there of it. Signals "dropped" (GListModel of GFile) and
 * "moved-here" (YejiAttachment, index). */
#define YEJI_TYPE_SLOT_CARD (yeji_slot_card_get_type ())

G_DECLARE_FINAL_TYPE (YejiSlotCard, yeji_slot_card, YEJI, SLOT_CARD, AdwBin)

GtkWidget      *yeji_slot_card_new       (YejiDraft      *draft,
                                          const YejiSlot *slot,
                                          gboolean        all);
const YejiSlot *yeji_slot_card_get_slot  (YejiSlotCard   *self);
YejiFileCard   *yeji_slot_card_find_file (YejiSlotCard   *self,
                                          const char     *id);
gboolean        yeji_slot_card_focus     (YejiSlotCard   *self);
gboolean        yeji_slot_card_is_needed (YejiSlotCard   *self);
guint           yeji_slot_card_get_n_files (YejiSlotCard *self);

G_END_DECLS
