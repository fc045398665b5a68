// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-cli.h"
#include "yeji-signed-receipt.h"
#include "yeji-transfer-store.h"

G_BEGIN_DECLS

/* What is asked of `yeji receipt`. */
typedef struct
{
  const char *what;            /* a record, a file, or the text of a code */
  gboolean verifies;
  const char *out;
  const char *pdf;
  const char *key;             /* public, base64 */
} YejiCliReceipt;

YejiExit yeji_cli_receipt_prove (YejiCliSession           *session,
                                 YejiStore                *store,
                                 const YejiSignedReceipt  *receipt,
                                 const char               *key);
gboolean yeji_cli_receipt_write (const YejiSignedReceipt  *receipt,
                                 const char               *path,
                                 GError                  **error);
gboolean yeji_cli_receipt_print (YejiStore                *store,
                                 const YejiSignedReceipt  *receipt,
                                 const char               *path,
                                 GError                  **error);

G_END_DECLS
