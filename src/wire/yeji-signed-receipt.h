// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-json.h"

G_BEGIN_DECLS

#define YEJI_SIGNED_RECEIPT_VERSION 1
#define YEJI_SIGNED_RECEIPT_ERROR (yeji_signed_receipt_error_quark ())

/**
 * YejiSignedReceiptError:
 * @YEJI_SIGNED_RECEIPT_ERROR_SHAPE: it is no receipt of this version
 * @YEJI_SIGNED_RECEIPT_ERROR_KEY: it is signed with another key
 * @YEJI_SIGNED_RECEIPT_ERROR_SIGNATURE: the signature is not that of what it says
 */
typedef enum
{
  YEJI_SIGNED_RECEIPT_ERROR_SHAPE,
  YEJI_SIGNED_RECEIPT_ERROR_KEY,
  YEJI_SIGNED_RECEIPT_ERROR_SIGNATURE,
} YejiSignedReceiptError;

/* A document of a submission. */
typedef struct
{
  char *slot;
  char *sha256;
  char *filename;              /* maybe empty */
  gint64 size;                 /* bytes; -1 while it has not arrived */
  char *received_at;           /* (nullable): while it has not arrived */
} YejiReceiptFile;

/* What the province said of a submission, and put its name to. */
typedef struct
{
  JsonNode *node;              /* (nullable): the whole of it; NULL for a code alone */
  char *uuid;
  char *enterprise;
  char *revision;
  char *submitted_at;          /* RFC 3339, the province's clock */
  char *record_sha256;         /* of the record's canonical JSON as it was sent */
  char *files_sha256;          /* of the canonical JSON of `files` */
  GPtrArray *files;            /* (nullable) (element-type YejiReceiptFile): NULL for a code */
  char *files_complete_at;     /* (nullable): while documents are to come */
  char *key;                   /* id of the key */
  char *code;                  /* the text of the QR code, which is signed for itself */
} YejiSignedReceipt;

GQuark             yeji_signed_receipt_error_quark    (void);
YejiSignedReceipt *yeji_signed_receipt_new_from_json  (JsonNode                *node,
                                                       GError                 **error);
YejiSignedReceipt *yeji_signed_receipt_new_from_code  (const char              *code,
                                                       GError                 **error);
YejiSignedReceipt *yeji_signed_receipt_new_from_text  (const char              *text,
                                                       gssize                   length,
                                                       GError                 **error);
gboolean           yeji_signed_receipt_verify         (const YejiSignedReceipt *self,
                                                       const char              *key,
                                                       GError                 **error);
void               yeji_signed_receipt_free           (YejiSignedReceipt       *self);

gboolean           yeji_receipt_sign                  (JsonObject              *receipt,
                                                       const guint8            *secret,
                                                       GError                 **error);
char              *yeji_receipt_print                 (const YejiSignedReceipt *said,
                                                       const char              *files,
                                                       const guint8            *secret,
                                                       GError                 **error);
char              *yeji_receipt_key_get_id            (const char              *key);
char              *yeji_receipt_key_sign              (const char              *key,
                                                       const guint8            *secret);
gboolean           yeji_receipt_key_is_endorsed       (const char              *key,
                                                       const char              *by,
                                                       const char              *endorsement);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiSignedReceipt, yeji_signed_receipt_free)

G_END_DECLS
