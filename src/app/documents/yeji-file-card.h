// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-store.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* One document in the pane. What it does are the actions "documents.*" of the pane around it. */
#define YEJI_TYPE_FILE_CARD (yeji_file_card_get_type ())

G_DECLARE_FINAL_TYPE (YejiFileCard, yeji_file_card, YEJI, FILE_CARD, AdwBin)

GtkWidget      *yeji_file_card_new            (YejiStore      *store,
                                               YejiAttachment *attachment,
                                               gboolean        editable);
YejiAttachment *yeji_file_card_get_attachment (YejiFileCard   *self);
void            yeji_file_card_focus          (YejiFileCard   *self);
void            yeji_file_card_set_same       (YejiFileCard   *self,
                                               const char     *words);

G_END_DECLS
