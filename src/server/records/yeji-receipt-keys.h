// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* The key that receipts are signed with, and those that came before it. */
typedef struct _YejiReceiptKeys YejiReceiptKeys;

YejiReceiptKeys *yeji_receipt_keys_open       (const char       *data_dir,
                                               GError          **error);
gboolean         yeji_receipt_keys_revoke     (YejiReceiptKeys  *self,
                                               const char       *ids,
                                               GError          **error);
gboolean         yeji_receipt_keys_rotate     (YejiReceiptKeys  *self,
                                               GError          **error);
const guint8    *yeji_receipt_keys_get_secret (YejiReceiptKeys  *self);
const char      *yeji_receipt_keys_get_key    (YejiReceiptKeys  *self);
const char      *yeji_receipt_keys_get_id     (YejiReceiptKeys  *self);
JsonArray       *yeji_receipt_keys_list       (YejiReceiptKeys  *self);
void             yeji_receipt_keys_free       (YejiReceiptKeys  *self);

int              yeji_receipt_keys_run        (const char       *data_dir,
                                               GStrv             arguments);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiReceiptKeys, yeji_receipt_keys_free)

G_END_DECLS
