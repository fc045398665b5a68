// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-store.h"

G_BEGIN_DECLS

/* What is wrong with a receipt. */
typedef enum
{
  RECEIPT_GOOD,
  RECEIPT_FORGED,              /* it says another revision than was signed */
  RECEIPT_STRANGER,            /* signed with a key that nobody trusts */
  RECEIPT_REVOKED,             /* signed with a key that the province has revoked since */
  RECEIPT_OTHER_FILE,          /* a document here is not what it was */
} ReceiptFlaw;

void receipt_fixture_add (YejiStore   *store,
                          const char  *uuid,
                          ReceiptFlaw  flaw);

G_END_DECLS
