// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "receipt-fixture.h"

#include <sodium.h>
#include <string.h>

#include "yeji-attachment.h"
#include "yeji-canonical.h"
#include "yeji-receipt-store.h"
#include "yeji-receipt-trust.h"
#include "yeji-signed-receipt.h"

#define SUBMITTED_AT "2026-11-20T02:29:41.120Z"
#define COMPLETE_AT "2026-11-20T02:29:40.310Z"

static void
make_key (guint8  number,
          guint8 *secret,
          char  **key)
{
  guint8 public[crypto_sign_PUBLICKEYBYTES];
  guint8 seed[crypto_sign_SEEDBYTES];

  g_assert_cmpint (sodium_init (), >=, 0);
  memset (seed, number, sizeof seed);
  crypto_sign_seed_keypair (public, secret, seed);
  *key = g_base64_encode (public, sizeof public);
}

static void
trust (YejiStore  *store,
       const char *key,
       gboolean    revoked)
{
  g_autofree char *text = g_strdup_printf ("{\"receipt_key\": {\"key\": \"%s\"},"
                                           " \"receipt_keys\": [{\"key\": \"%s\","
                                           " \"revoked\": %s}]}", key, key,
                                           revoked ? "true" : "false");
  g_autoptr (JsonNode) config = yeji_json_parse (text, -1, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (yeji_receipt_trust_learn (store, "https://province.example",
                                           json_node_get_object (config), &error));
  g_assert_no_error (error);
}

/* The province has the record as it is. */
static char *
submit (YejiStore  *store,
        const char *uuid)
{
  char *body = yeji_store_load_submitted (store, uuid, NULL);
  g_autoptr (GPtrArray) answers = NULL;
  g_autoptr (YejiRecord) record = NULL;
  g_autoptr (GError) error = NULL;
  YejiAnswer *answer;

  if (body != NULL)
    return body;
  record = yeji_store_load (store, uuid, &error);
  g_assert_no_error (error);
  answers = g_ptr_array_new_with_free_func ((GDestroyNotify) yeji_answer_free);
  answer = yeji_answer_new ();
  answer->uuid = g_strdup (uuid);
  answer->revision = g_strdup ("r2");
  answer->state = g_strdup ("submitted");
  answer->at = g_strdup (SUBMITTED_AT);
  answer->record = yeji_record_to_text (record);
  g_ptr_array_add (answers, answer);
  g_assert_true (yeji_store_apply_answers (store, answers, "e-1", &error));
  g_assert_no_error (error);
  body = yeji_store_load_submitted (store, uuid, &error);
  g_assert_no_error (error);
  g_assert_nonnull (body);
  return body;
}

static JsonArray *
list_files (YejiStore  *store,
            const char *uuid)
{
  g_autoptr (GPtrArray) attachments = yeji_store_get_attachments (store, uuid, NULL);
  JsonArray *files = json_array_new ();

  for (guint i = 0; i < attachments->len; i++)
    {
      YejiAttachment *attachment = g_ptr_array_index (attachments, i);
      JsonObject *file = json_object_new ();

      json_object_set_string_member (file, "slot", yeji_attachment_get_slot (attachment));
      json_object_set_string_member (file, "sha256", yeji_attachment_get_sha256 (attachment));
      json_object_set_string_member (file, "filename", yeji_attachment_get_filename (attachment));
      json_object_set_int_member (file, "size", yeji_attachment_get_size (attachment));
      json_object_set_string_member (file, "received_at", COMPLETE_AT);
      json_array_add_object_element (files, file);
    }
  return files;
}

/* Writes something else into the first document's copy. */
static void
spoil_file (YejiStore *store,
            JsonArray *files)
{
  JsonObject *first = json_array_get_object_element (files, 0);
  g_autoptr (GFile) file = yeji_store_get_file (store, yeji_json_get_string (first, "sha256"));
  g_autoptr (GError) error = NULL;

  g_file_replace_contents (file, "other", 5, NULL, FALSE, 0, NULL, NULL, &error);
  g_assert_no_error (error);
}

/**
 * receipt_fixture_add:
 *
 * Gives a record the receipt of its last submission; it is taken for submitted as it is.
 */
void
receipt_fixture_add (YejiStore   *store,
                     const char  *uuid,
                     ReceiptFlaw  flaw)
{
  guint8 secret[crypto_sign_SECRETKEYBYTES];
  g_autofree char *key = NULL;
  g_autofree char *body = submit (store, uuid);
  g_autoptr (JsonNode) record = yeji_json_parse (body, -1, NULL);
  g_autofree char *sum = yeji_canonical_sha256 (record, NULL);
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  JsonObject *object = json_object_new ();
  JsonArray *files = list_files (store, uuid);
  YejiReceiptNote note = {
    .uuid = uuid, .submitted_at = SUBMITTED_AT, .revision = "r2", .record_sha256 = sum,
    .files = "[]", .complete = TRUE,
  };

  make_key (1, secret, &key);
  trust (store, key, FALSE);
  if (flaw == RECEIPT_STRANGER)
    {
      g_free (key);
      make_key (2, secret, &key);
    }
  json_node_take_object (node, object);
  json_object_set_int_member (object, "version", YEJI_SIGNED_RECEIPT_VERSION);
  json_object_set_string_member (object, "uuid", uuid);
  json_object_set_string_member (object, "enterprise", "91220101MA0000000X");
  json_object_set_string_member (object, "revision", "r2");
  json_object_set_string_member (object, "submitted_at", SUBMITTED_AT);
  json_object_set_string_member (object, "record_sha256", sum);
  json_object_set_array_member (object, "files", files);
  json_object_set_string_member (object, "files_complete_at", COMPLETE_AT);
  g_assert_true (yeji_receipt_sign (object, secret, &error));
  g_assert_no_error (error);
  if (flaw == RECEIPT_FORGED)
    json_object_set_string_member (object, "revision", "r3");
  text = yeji_json_print (node, FALSE);
  note.text = text;
  g_assert_true (yeji_store_note_receipt (store, &note, &error));
  g_assert_no_error (error);
  if (flaw == RECEIPT_REVOKED)
    trust (store, key, TRUE);
  if (flaw == RECEIPT_OTHER_FILE)
    spoil_file (store, files);
}
