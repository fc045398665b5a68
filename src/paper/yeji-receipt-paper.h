// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <cairo.h>

#include "yeji-dictionary.h"
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

/* A receipt on sheets of A4. */
typedef struct _YejiReceiptPaper YejiReceiptPaper;

YejiReceiptPaper *yeji_receipt_paper_new         (YejiSignedReceipt       *receipt,
                                                  const YejiReceiptFacts  *facts,
                                                  GError                 **error);
guint             yeji_receipt_paper_count_pages (YejiReceiptPaper        *self);
void              yeji_receipt_paper_draw        (YejiReceiptPaper        *self,
                                                  cairo_t                 *cairo,
                                                  guint                    page);
gboolean          yeji_receipt_paper_write_pdf   (YejiReceiptPaper        *self,
                                                  const char              *path,
                                                  GError                 **error);
char             *yeji_receipt_paper_get_name    (const YejiReceiptFacts  *facts,
                                                  const YejiSignedReceipt *receipt);
void              yeji_receipt_paper_free        (YejiReceiptPaper        *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiReceiptPaper, yeji_receipt_paper_free)

G_END_DECLS
