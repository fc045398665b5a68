// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-language.h"
#include "yeji-signed-receipt.h"
#include "yeji-store.h"

G_BEGIN_DECLS

/* What a signature proves. */
typedef enum
{
  YEJI_RECEIPT_SIGNATURE_GOOD,
  YEJI_RECEIPT_SIGNATURE_UNKNOWN,  /* by a key that nobody here ever trusted */
  YEJI_RECEIPT_SIGNATURE_WRONG,
  YEJI_RECEIPT_SIGNATURE_REVOKED,  /* right, and somebody else may have had the secret of the key */
  N_YEJI_RECEIPT_SIGNATURES
} YejiReceiptSignature;

/* How what is here compares with what a receipt says. */
typedef enum
{
  YEJI_RECEIPT_MATCH_SAME,
  YEJI_RECEIPT_MATCH_LATER,    /* the copy here is of a later state, and proves nothing of then */
  YEJI_RECEIPT_MATCH_OTHER,    /* it contradicts the receipt */
  YEJI_RECEIPT_MATCH_ABSENT,   /* there is nothing here to compare */
  N_YEJI_RECEIPT_MATCHES
} YejiReceiptMatch;

typedef struct
{
  YejiReceiptSignature signature;
  YejiReceiptMatch record;
  YejiReceiptMatch *files;     /* one for each of the receipt's, none for a code */
  guint n_files;
  guint n_matches[N_YEJI_RECEIPT_MATCHES];   /* of files */
} YejiReceiptCheck;

YejiReceiptCheck *yeji_receipt_check_new         (YejiStore                *store,
                                                  const YejiSignedReceipt  *receipt,
                                                  const char               *key,
                                                  GCancellable             *cancellable,
                                                  GError                  **error);
gboolean          yeji_receipt_check_is_good     (const YejiReceiptCheck   *self);
char             *yeji_receipt_check_describe_signature (const YejiReceiptCheck *self,
                                                  const YejiSignedReceipt  *receipt,
                                                  YejiLanguage              language);
char             *yeji_receipt_check_describe_content (const YejiReceiptCheck *self,
                                                  YejiLanguage              language);
const char       *yeji_receipt_signature_to_word (YejiReceiptSignature      signature);
const char       *yeji_receipt_match_to_word     (YejiReceiptMatch          match);
void              yeji_receipt_check_free        (YejiReceiptCheck         *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiReceiptCheck, yeji_receipt_check_free)

G_END_DECLS
