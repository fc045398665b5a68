// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-sync"

#include "config.h"

#include "yeji-receipt-fetch.h"

#include <string.h>

#include "yeji-canonical.h"
#include "yeji-receipt-store.h"
#include "yeji-receipt-trust.h"

/* Receipts that are asked for in one cycle, so that it ends. */
#define MAX_FETCHES 50

/* Why a receipt is not believed. */
typedef enum
{
  DOUBT_NONE,
  DOUBT_MISSING,
  DOUBT_SHAPE,
  DOUBT_KEY,
  DOUBT_SIGNATURE,
  DOUBT_ANSWER,
  DOUBT_RECORD,
  DOUBT_FILES,
  N_DOUBTS
} Doubt;

static const YejiText doubts[N_DOUBTS] = {
  [DOUBT_MISSING] = { {
    "平台答复已收到提交，但没有给出签名回执，无法证明；提交仍在本机等待，将再次核对。",
    "The province says that it has the submission, but gives no signed receipt, so nothing is "
    "proven. The submission stays here and is tried again." } },
  [DOUBT_SHAPE] = { {
    "平台给出的回执读不懂，不能采信；提交仍在本机等待，将再次核对。请更新程序或告知平台管理员。",
    "The province's receipt cannot be read and is not believed. The submission stays here and is "
    "tried again. Update the program or tell the province." } },
  [DOUBT_KEY] = { {
    "回执的签名密钥不是平台以前的密钥，不能采信；提交仍在本机等待。请向平台管理员核实。",
    "The receipt is signed with another key than the province's, and is not believed. The "
    "submission stays here. Ask the province." } },
  [DOUBT_SIGNATURE] = { {
    "回执的签名不正确，不能采信；提交仍在本机等待，将再次核对。请告知平台管理员。",
    "The signature of the receipt is wrong: it is not believed. The submission stays here and is "
    "tried again. Tell the province." } },
  [DOUBT_ANSWER] = { {
    "回执与平台的答复不一致，不能采信；提交仍在本机等待，将再次核对。请告知平台管理员。",
    "The receipt is not that of the province's answer, and is not believed. The submission stays "
    "here and is tried again. Tell the province." } },
  [DOUBT_RECORD] = { {
    "回执所载内容与本机送出的业绩不一致：平台收到的可能不是您提交的内容。提交仍在本机等待，"
    "请告知平台管理员。",
    "The receipt is about other content than what was sent from here: the province may have "
    "something that you did not submit. The submission stays here. Tell the province." } },
  [DOUBT_FILES] = { {
    "回执所载材料与本机送出的清单不一致。提交仍在本机等待，请告知平台管理员。",
    "The receipt lists other documents than those that were sent from here. The submission stays "
    "here. Tell the province." } },
};

/* Takes the key that the province announces, if it may be trusted. */
static gboolean
learn_key (YejiStore     *store,
           YejiProvince  *province,
           GCancellable  *cancellable,
           GError       **error)
{
  g_autoptr (YejiReply) reply = yeji_province_call (province, "GET", "/v1/config", NULL,
                                                    cancellable, error, NULL);
  JsonObject *config = reply != NULL ? yeji_json_node_object (reply->body) : NULL;

  if (reply == NULL)
    return FALSE;
  return reply->status != SOUP_STATUS_OK || config == NULL
         || yeji_receipt_trust_learn (store, yeji_province_get_url (province), config, error);
}

/* The key that a receipt names. One that is not known may have been made since it was asked for;
 * NULL without an error when it is not trusted. */
static char *
find_key (YejiStore     *store,
          YejiProvince  *province,
          const char    *id,
          GCancellable  *cancellable,
          GError       **error)
{
  g_autoptr (GError) local_error = NULL;
  char *key = yeji_receipt_trust_find (store, id, &local_error);

  if (key == NULL && local_error == NULL)
    {
      if (!learn_key (store, province, cancellable, error))
        return NULL;
      key = yeji_receipt_trust_find (store, id, &local_error);
    }
  if (local_error != NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  return key;
}

/* Whether the receipt is the province's; FALSE with @doubt, or with @error. */
static gboolean
prove (YejiStore               *store,
       YejiProvince            *province,
       const YejiSignedReceipt *receipt,
       Doubt                   *doubt,
       GCancellable            *cancellable,
       GError                 **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autofree char *key = find_key (store, province, receipt->key, cancellable, &local_error);

  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (key == NULL)
    *doubt = DOUBT_KEY;
  else if (!yeji_signed_receipt_verify (receipt, key, NULL))
    *doubt = DOUBT_SIGNATURE;
  return *doubt == DOUBT_NONE;
}

/* The list that was sent, each once: what the province was told. */
static gboolean
has_same_files (const YejiSignedReceipt *receipt,
                const char              *files)
{
  g_autoptr (JsonNode) node = yeji_json_parse (files, -1, NULL);
  g_autoptr (GHashTable) sent = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) got = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  JsonArray *array = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node)
                                                                  : NULL;
  GHashTableIter iter;
  gpointer name;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonObject *file = yeji_json_node_object (json_array_get_element (array, i));

      if (file != NULL)
        g_hash_table_add (sent, g_strdup_printf ("%s/%s", yeji_json_get_string (file, "sha256"),
                                                 yeji_json_get_string (file, "slot")));
    }
  for (guint i = 0; i < receipt->files->len; i++)
    {
      const YejiReceiptFile *file = g_ptr_array_index (receipt->files, i);

      g_hash_table_add (got, g_strdup_printf ("%s/%s", file->sha256, file->slot));
    }
  if (array == NULL || g_hash_table_size (sent) != g_hash_table_size (got))
    return FALSE;
  g_hash_table_iter_init (&iter, sent);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    if (!g_hash_table_contains (got, name))
      return FALSE;
  return TRUE;
}

static gboolean
has_same_record (const YejiSignedReceipt *receipt,
                 const char              *body)
{
  g_autoptr (JsonNode) node = yeji_json_parse (body, -1, NULL);
  g_autofree char *sum = node != NULL ? yeji_canonical_sha256 (node, NULL) : NULL;

  return g_strcmp0 (sum, receipt->record_sha256) == 0;
}

/* Whether it is about just what was sent. */
static Doubt
compare (const YejiSignedReceipt *receipt,
         const YejiOutboxItem    *item,
         const YejiAnswer        *answer)
{
  if (g_ascii_strcasecmp (receipt->uuid, item->uuid) != 0
      || g_strcmp0 (receipt->submitted_at, answer->at) != 0)
    return DOUBT_ANSWER;
  if (!has_same_record (receipt, item->body))
    return DOUBT_RECORD;
  return has_same_files (receipt, item->files) ? DOUBT_NONE : DOUBT_FILES;
}

static gboolean
refuse (Doubt    doubt,
        GError **error)
{
  g_set_error_literal (error, YEJI_SYNC_ERROR, YEJI_SYNC_ERROR_RECEIPT,
                       doubts[doubt].in[yeji_language_get_current ()]);
  return FALSE;
}

/**
 * yeji_receipt_accept:
 * @item: what was sent
 * @answer: the province's answer to it
 * @receipt: what of it is read already; gets the receipt
 *
 * Looks whether the answer to a submission proves that the province has exactly what was sent. A
 * province that never announced a key may go without a receipt; one that did may not.
 *
 * Returns: %FALSE with %YEJI_SYNC_ERROR_RECEIPT, whose message is for the user, when it does not;
 *   and as yeji_province_call() and the store fail
 */
gboolean
yeji_receipt_accept (YejiStore             *store,
                     YejiProvince          *province,
                     const YejiOutboxItem  *item,
                     JsonObject            *answer,
                     YejiAnswer            *receipt,
                     GCancellable          *cancellable,
                     GError               **error)
{
  JsonObject *object = yeji_json_get_object (answer, YEJI_WIRE_MEMBER_RECEIPT);
  g_autoptr (YejiSignedReceipt) read = NULL;
  Doubt doubt = DOUBT_NONE;
  gboolean expected;

  if (object == NULL)
    return yeji_receipt_trust_expects (store, yeji_province_get_url (province), &expected, error)
           && (!expected || refuse (DOUBT_MISSING, error));
  read = yeji_signed_receipt_new_from_json (json_object_get_member (answer,
                                                                    YEJI_WIRE_MEMBER_RECEIPT),
                                            NULL);
  if (read == NULL)
    return refuse (DOUBT_SHAPE, error);
  if (!prove (store, province, read, &doubt, cancellable, error))
    return doubt != DOUBT_NONE ? refuse (doubt, error) : FALSE;
  doubt = compare (read, item, receipt);
  if (doubt != DOUBT_NONE)
    return refuse (doubt, error);
  receipt->receipt = yeji_json_print (read->node, FALSE);
  receipt->receipt_complete = read->files_complete_at != NULL;
  return TRUE;
}

static char *
print_files (const YejiSignedReceipt *receipt)
{
  static const char * const names[] = { "slot", "sha256", "filename" };
  g_autoptr (JsonNode) node = json_node_init_array (json_node_alloc (), NULL);
  JsonArray *array = json_array_new ();

  json_node_take_array (node, array);
  for (guint i = 0; i < receipt->files->len; i++)
    {
      const YejiReceiptFile *file = g_ptr_array_index (receipt->files, i);
      const char * const values[] = { file->slot, file->sha256, file->filename };
      JsonObject *object = json_object_new ();

      for (guint j = 0; j < G_N_ELEMENTS (names); j++)
        json_object_set_string_member (object, names[j], values[j]);
      json_array_add_object_element (array, object);
    }
  return yeji_json_print (node, FALSE);
}

static gboolean
keep (YejiStore               *store,
      const YejiSignedReceipt *receipt,
      GError                 **error)
{
  g_autofree char *files = print_files (receipt);
  g_autofree char *text = yeji_json_print (receipt->node, FALSE);
  const YejiReceiptNote note = {
    .uuid = receipt->uuid,
    .submitted_at = receipt->submitted_at,
    .revision = receipt->revision,
    .record_sha256 = receipt->record_sha256,
    .files = files,
    .text = text,
    .complete = receipt->files_complete_at != NULL,
  };

  return yeji_store_note_receipt (store, &note, error);
}

/**
 * yeji_receipt_fetch:
 *
 * Asks the province for the receipt of a record's last submission, and keeps it when it is proven.
 * Fails with %YEJI_SYNC_ERROR_RECEIPT when it is not, and as yeji_province_call(),
 * yeji_reply_check() and the store do.
 *
 * Returns: whether the province was heard; it may have signed none
 */
gboolean
yeji_receipt_fetch (YejiStore     *store,
                    YejiProvince  *province,
                    const char    *uuid,
                    GCancellable  *cancellable,
                    GError       **error)
{
  g_autofree char *path = g_strdup_printf ("/v1/records/%s/receipts", uuid);
  g_autoptr (YejiReply) reply = yeji_province_call (province, "GET", path, NULL, cancellable,
                                                    error, NULL);
  g_autoptr (YejiSignedReceipt) receipt = NULL;
  JsonObject *body;
  Doubt doubt = DOUBT_NONE;

  if (reply == NULL || !yeji_reply_check (reply, error))
    return FALSE;
  body = yeji_json_node_object (reply->body);
  if (body == NULL || yeji_json_get_object (body, YEJI_WIRE_MEMBER_RECEIPT) == NULL)
    return yeji_store_note_no_receipt (store, uuid, error);
  receipt = yeji_signed_receipt_new_from_json (json_object_get_member (body,
                                                                       YEJI_WIRE_MEMBER_RECEIPT),
                                               NULL);
  if (receipt == NULL)
    return refuse (DOUBT_SHAPE, error);
  if (g_ascii_strcasecmp (receipt->uuid, uuid) != 0)
    return refuse (DOUBT_ANSWER, error);
  if (!prove (store, province, receipt, &doubt, cancellable, error))
    return doubt != DOUBT_NONE ? refuse (doubt, error) : FALSE;
  return keep (store, receipt, error);
}

/**
 * yeji_receipt_fetch_missing:
 *
 * Asks for the receipts that came when the last documents did, and for those that were lost on the
 * way. One that cannot be had does not keep anything else back.
 */
gboolean
yeji_receipt_fetch_missing (YejiStore     *store,
                            YejiProvince  *province,
                            GCancellable  *cancellable,
                            GError       **error)
{
  gboolean expected;
  g_auto (GStrv) records = NULL;

  if (!yeji_receipt_trust_expects (store, yeji_province_get_url (province), &expected, error))
    return FALSE;
  if (!expected)
    return TRUE;
  records = yeji_store_list_unproven (store, MAX_FETCHES, error);
  for (guint i = 0; records != NULL && records[i] != NULL; i++)
    {
      g_autoptr (GError) failure = NULL;

      if (yeji_receipt_fetch (store, province, records[i], cancellable, &failure))
        continue;
      if (yeji_sync_error_is_line (failure) || failure->domain != YEJI_SYNC_ERROR
          || g_error_matches (failure, YEJI_SYNC_ERROR, YEJI_SYNC_ERROR_BUSY)
          || g_error_matches (failure, YEJI_SYNC_ERROR, YEJI_SYNC_ERROR_SIGNED_OUT))
        {
          g_propagate_error (error, g_steal_pointer (&failure));
          return FALSE;
        }
      g_info ("no receipt of %s: %s", records[i], failure->message);
      if (!g_error_matches (failure, YEJI_SYNC_ERROR, YEJI_SYNC_ERROR_RECEIPT)
          && !yeji_store_note_no_receipt (store, records[i], error))
        return FALSE;
    }
  return records != NULL;
}
