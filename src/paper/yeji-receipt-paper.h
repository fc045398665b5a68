// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-dictionary.h"
#include "yeji-paper.h"
#include "yeji-signed-receipt.h"

G_BEGIN_DECLS

/* What stands on the paper beside what the receipt itself says; all of it may be NULL. */
typedef struct
{
  YejiDictionary *dictionary;  /* for the names of slots */
  const char *enterprise;      /* its name */
  const char *project;         /* its name */
  const char *number;          /* the project's */
  const char *state;           /* a sentence on what was proven when it was printed */
} YejiReceiptFacts;

YejiPaper *yeji_receipt_paper_new      (YejiSignedReceipt       *receipt,
                                        const YejiReceiptFacts  *facts,
                                        GError                 **error);
char      *yeji_receipt_paper_get_name (const YejiReceiptFacts  *facts,
                                        const YejiSignedReceipt *receipt);

G_END_DECLS
