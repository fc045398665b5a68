// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-sync"

#include "config.h"

#include "yeji-receipt-check.h"

#include "yeji-canonical.h"
#include "yeji-digest.h"
#include "yeji-receipt-store.h"
#include "yeji-receipt-trust.h"
#include "yeji-transfer-store.h"

#define BLOCK 65536

static const char * const signature_words[N_YEJI_RECEIPT_SIGNATURES] = {
  [YEJI_RECEIPT_SIGNATURE_GOOD] = "good",
  [YEJI_RECEIPT_SIGNATURE_UNKNOWN] = "unknown-key",
  [YEJI_RECEIPT_SIGNATURE_WRONG] = "wrong",
  [YEJI_RECEIPT_SIGNATURE_REVOKED] = "revoked-key",
};

static const char * const match_words[N_YEJI_RECEIPT_MATCHES] = {
  [YEJI_RECEIPT_MATCH_SAME] = "same",
  [YEJI_RECEIPT_MATCH_LATER] = "later",
  [YEJI_RECEIPT_MATCH_OTHER] = "other",
  [YEJI_RECEIPT_MATCH_ABSENT] = "absent",
};

static const YejiText signature_texts[N_YEJI_RECEIPT_SIGNATURES] = {
  [YEJI_RECEIPT_SIGNATURE_GOOD] = { {
    "签名正确：由平台的密钥 %s 签署。",
    "The signature is right: signed with the province's key %s." } },
  [YEJI_RECEIPT_SIGNATURE_UNKNOWN] = { {
    "无法核验签名：本机不认识密钥 %s。请用 --key 给出平台公布的公钥。",
    "The signature cannot be proven: the key %s is not known here. Give the public key that the "
    "province publishes with --key." } },
  [YEJI_RECEIPT_SIGNATURE_WRONG] = { {
    "签名错误：这份回执不是密钥 %s 签署的内容，已被改动或是伪造。",
    "The signature is wrong: this is not what the key %s signed. It was changed, or forged." } },
  [YEJI_RECEIPT_SIGNATURE_REVOKED] = { {
    "签名与密钥 %s 相符，但平台已吊销该密钥：私钥可能已落入他人之手，仅凭签名不能证明出自平台。请向平台"
    "核实其所存的提交记录。",
    "The signature fits the key %s, which the province has revoked: somebody else may have had its "
    "secret, so the signature alone proves nothing. Ask the province what it has of this "
    "submission." } },
};

static const YejiText record_texts[N_YEJI_RECEIPT_MATCHES] = {
  [YEJI_RECEIPT_MATCH_SAME] = { {
    "业绩内容与本机所存一致。", "The record is the one that is kept here." } },
  [YEJI_RECEIPT_MATCH_LATER] = { {
    "提交之后平台或本机又有新版本，本机所存已不是当时送出的内容，无法比对。",
    "There is a later version since: what is kept here is not what was sent then, and cannot be "
    "compared." } },
  [YEJI_RECEIPT_MATCH_OTHER] = { {
    "业绩内容与本机送出的不一致！", "The record is another one than was sent from here!" } },
  [YEJI_RECEIPT_MATCH_ABSENT] = { {
    "本机没有这条业绩的提交内容，无法比对。",
    "What was submitted is not kept here, and cannot be compared." } },
};

static const YejiText file_texts[N_YEJI_RECEIPT_MATCHES] = {
  [YEJI_RECEIPT_MATCH_SAME] = { {
    "%u 份材料与本机所存一致。", "Documents that are here and the same: %u." } },
  [YEJI_RECEIPT_MATCH_OTHER] = { {
    "%u 份材料与本机所存不一致！", "Documents of which the copy here is another: %u!" } },
  [YEJI_RECEIPT_MATCH_ABSENT] = { {
    "%u 份材料本机没有，未比对。", "Documents that are not here: %u." } },
};

static gboolean
check_signature (YejiReceiptCheck         *self,
                 YejiStore                *store,
                 const YejiSignedReceipt  *receipt,
                 const char               *given,
                 GError                  **error)
{
  g_autoptr (GError) local_error = NULL;
  gboolean revoked = FALSE;
  g_autofree char *key = given != NULL || store == NULL
                           ? g_strdup (given)
                           : yeji_receipt_trust_find (store, receipt->key, &local_error);

  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  self->signature = YEJI_RECEIPT_SIGNATURE_GOOD;
  if (key == NULL)
    self->signature = YEJI_RECEIPT_SIGNATURE_UNKNOWN;
  else if (!yeji_signed_receipt_verify (receipt, key, &local_error))
    self->signature = g_error_matches (local_error, YEJI_SIGNED_RECEIPT_ERROR,
                                       YEJI_SIGNED_RECEIPT_ERROR_KEY)
                        ? YEJI_RECEIPT_SIGNATURE_UNKNOWN : YEJI_RECEIPT_SIGNATURE_WRONG;
  if (self->signature != YEJI_RECEIPT_SIGNATURE_GOOD || store == NULL)
    return TRUE;
  if (!yeji_receipt_trust_is_revoked (store, receipt->key, &revoked, error))
    return FALSE;
  if (revoked)
    self->signature = YEJI_RECEIPT_SIGNATURE_REVOKED;
  return TRUE;
}

/* Whether the copy here is what was sent then. It is not any more when the province changed the
 * record, or when it was submitted again. */
static gboolean
is_what_was_sent (YejiStore               *store,
                  const YejiSignedReceipt *receipt,
                  const char              *body)
{
  g_autoptr (YejiReceipt) sent = yeji_store_get_receipt (store, receipt->uuid, NULL);
  g_autofree char *sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, body, -1);

  return sent != NULL && g_str_equal (sent->submitted_at, receipt->submitted_at)
         && g_str_equal (sent->sum, sum);
}

static gboolean
check_record (YejiReceiptCheck         *self,
              YejiStore                *store,
              const YejiSignedReceipt  *receipt,
              GError                  **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autofree char *body = yeji_store_load_submitted (store, receipt->uuid, &local_error);
  g_autoptr (JsonNode) node = body != NULL ? yeji_json_parse (body, -1, NULL) : NULL;
  g_autofree char *sum = node != NULL ? yeji_canonical_sha256 (node, NULL) : NULL;

  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (body == NULL)
    self->record = YEJI_RECEIPT_MATCH_ABSENT;
  else if (g_strcmp0 (sum, receipt->record_sha256) == 0)
    self->record = YEJI_RECEIPT_MATCH_SAME;
  else
    self->record = is_what_was_sent (store, receipt, body) ? YEJI_RECEIPT_MATCH_OTHER
                                                           : YEJI_RECEIPT_MATCH_LATER;
  return TRUE;
}

/* NULL when it is not there, or cannot be read. */
static char *
sum_file (GFile        *file,
          GCancellable *cancellable)
{
  g_autoptr (GFileInputStream) stream = g_file_read (file, cancellable, NULL);
  g_autoptr (YejiDigest) digest = yeji_digest_new (YEJI_DIGEST_SHA256);
  g_autofree char *block = g_malloc (BLOCK);
  gssize n = 0;

  if (stream == NULL)
    return NULL;
  do
    {
      n = g_input_stream_read (G_INPUT_STREAM (stream), block, BLOCK, cancellable, NULL);
      if (n > 0)
        yeji_digest_update (digest, block, (gsize) n);
    }
  while (n > 0);
  return n == 0 ? yeji_digest_finish_hex (digest) : NULL;
}

static YejiReceiptMatch
check_file (YejiStore              *store,
            const YejiReceiptFile  *file,
            GCancellable           *cancellable)
{
  g_autoptr (GFile) place = yeji_store_get_file (store, file->sha256);
  g_autofree char *sum = NULL;

  sum = place != NULL ? sum_file (place, cancellable) : NULL;
  if (sum == NULL)
    return YEJI_RECEIPT_MATCH_ABSENT;
  return g_str_equal (sum, file->sha256) ? YEJI_RECEIPT_MATCH_SAME : YEJI_RECEIPT_MATCH_OTHER;
}

/**
 * yeji_receipt_check_new:
 * @store: (nullable): the profile whose keys, record and documents count
 * @key: (nullable): the public key that is trusted, base64; %NULL: the one of that name that the
 *   profile has pinned
 *
 * Looks what a receipt proves, without asking anybody: who signed it, whether the record here is
 * the one that it is about, whether its documents are here as they were sent. Blocks; reads all of
 * them.
 *
 * Returns: (transfer full) (nullable): what was found
 */
YejiReceiptCheck *
yeji_receipt_check_new (YejiStore                *store,
                        const YejiSignedReceipt  *receipt,
                        const char               *key,
                        GCancellable             *cancellable,
                        GError                  **error)
{
  g_autoptr (YejiReceiptCheck) self = g_new0 (YejiReceiptCheck, 1);

  self->record = YEJI_RECEIPT_MATCH_ABSENT;
  if (!check_signature (self, store, receipt, key, error)
      || (store != NULL && !check_record (self, store, receipt, error)))
    return NULL;
  self->n_files = receipt->files != NULL ? receipt->files->len : 0;
  self->files = g_new0 (YejiReceiptMatch, MAX (self->n_files, 1));
  for (guint i = 0; i < self->n_files; i++)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;
      self->files[i] = store != NULL
                         ? check_file (store, g_ptr_array_index (receipt->files, i), cancellable)
                         : YEJI_RECEIPT_MATCH_ABSENT;
      self->n_matches[self->files[i]]++;
    }
  return g_steal_pointer (&self);
}

/**
 * yeji_receipt_check_is_good:
 *
 * Returns: whether the province signed it, and nothing here contradicts it
 */
gboolean
yeji_receipt_check_is_good (const YejiReceiptCheck *self)
{
  return self->signature == YEJI_RECEIPT_SIGNATURE_GOOD
         && self->record != YEJI_RECEIPT_MATCH_OTHER
         && self->n_matches[YEJI_RECEIPT_MATCH_OTHER] == 0;
}

/**
 * yeji_receipt_check_describe_signature:
 *
 * Returns: (transfer full): a sentence on who signed
 */
char *
yeji_receipt_check_describe_signature (const YejiReceiptCheck   *self,
                                       const YejiSignedReceipt  *receipt,
                                       YejiLanguage              language)
{
  return g_strdup_printf (signature_texts[self->signature].in[language], receipt->key);
}

/**
 * yeji_receipt_check_describe_content:
 *
 * Returns: (transfer full): sentences on record and documents, a line each
 */
char *
yeji_receipt_check_describe_content (const YejiReceiptCheck *self,
                                     YejiLanguage            language)
{
  g_autoptr (GString) text = g_string_new (record_texts[self->record].in[language]);

  for (guint i = 0; i < N_YEJI_RECEIPT_MATCHES; i++)
    if (self->n_matches[i] > 0 && file_texts[i].in[language] != NULL)
      {
        g_string_append_c (text, '\n');
        g_string_append_printf (text, file_texts[i].in[language], self->n_matches[i]);
      }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/**
 * yeji_receipt_signature_to_word:
 *
 * Returns: the word for it, for scripts
 */
const char *
yeji_receipt_signature_to_word (YejiReceiptSignature signature)
{
  g_return_val_if_fail (signature < N_YEJI_RECEIPT_SIGNATURES, NULL);

  return signature_words[signature];
}

/**
 * yeji_receipt_match_to_word:
 *
 * Returns: the word for it, for scripts
 */
const char *
yeji_receipt_match_to_word (YejiReceiptMatch match)
{
  g_return_val_if_fail (match < N_YEJI_RECEIPT_MATCHES, NULL);

  return match_words[match];
}

/**
 * yeji_receipt_check_free:
 * @self: (transfer full)
 *
 * Frees what was found.
 */
void
yeji_receipt_check_free (YejiReceiptCheck *self)
{
  g_free (self->files);
  g_free (self);
}
