// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <adwaita.h>

#include "yeji-store.h"

G_BEGIN_DECLS

/* The receipt of a record's last submission: what it says, what it proves, its documents; to be
 * saved, printed or copied. */
#define YEJI_TYPE_RECEIPT_WINDOW (yeji_receipt_window_get_type ())

G_DECLARE_FINAL_TYPE (YejiReceiptWindow, yeji_receipt_window, YEJI, RECEIPT_WINDOW, AdwWindow)

GtkWidget  *yeji_receipt_window_new        (GtkWindow          *parent,
                                            YejiStore          *store,
                                            const char         *uuid);
const char *yeji_receipt_window_get_page   (YejiReceiptWindow  *self);
gboolean    yeji_receipt_window_save       (YejiReceiptWindow  *self,
                                            const char         *path,
                                            GError            **error);
void        yeji_receipt_window_copy       (YejiReceiptWindow  *self);

G_END_DECLS
