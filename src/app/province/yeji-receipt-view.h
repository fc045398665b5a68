// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-receipt-check.h"
#include "yeji-receipt-paper.h"
#include "yeji-transfer-store.h"

G_BEGIN_DECLS

/* All that is shown and printed of a record's last receipt. */
typedef struct
{
  YejiReceipt *stored;         /* (nullable): it was not submitted from here */
  YejiSignedReceipt *receipt;  /* (nullable): the province has signed nothing */
  YejiReceiptCheck *check;     /* (nullable): of that */
  YejiDictionary *dictionary;
  char *enterprise;            /* (nullable) */
  char *project;               /* (nullable) */
  char *number;                /* (nullable) */
} YejiReceiptView;

void              yeji_receipt_view_load_async  (YejiStore              *store,
                                                 const char             *uuid,
                                                 GAsyncReadyCallback     callback,
                                                 gpointer                user_data);
YejiReceiptView  *yeji_receipt_view_load_finish (GAsyncResult           *result,
                                                 GError                **error);
const char       *yeji_receipt_view_get_slot    (const YejiReceiptView  *self,
                                                 const char             *slot);
YejiPaper        *yeji_receipt_view_make_paper  (const YejiReceiptView  *self,
                                                 GError                **error);
char             *yeji_receipt_view_get_name    (const YejiReceiptView  *self);
void              yeji_receipt_view_free        (YejiReceiptView        *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiReceiptView, yeji_receipt_view_free)

G_END_DECLS
