// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-transfer.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The line of one file on its way. Its actions are "transfer.…" with the file's id, those of the
 * window around it. */
#define YEJI_TYPE_TRANSFER_LINE (yeji_transfer_line_get_type ())

G_DECLARE_FINAL_TYPE (YejiTransferLine, yeji_transfer_line, YEJI, TRANSFER_LINE, GtkBox)

GtkWidget    *yeji_transfer_line_new          (YejiDictionary   *dictionary);
void          yeji_transfer_line_set_transfer (YejiTransferLine *self,
                                               YejiTransfer     *transfer);
YejiTransfer *yeji_transfer_line_get_transfer (YejiTransferLine *self);

G_END_DECLS
