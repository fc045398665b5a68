// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "yeji-signed-receipt.h"

#include <sodium.h>
#include <string.h>

#include "yeji-canonical.h"

#define SUM_A "1111111111111111111111111111111111111111111111111111111111111111"
#define SUM_B "2222222222222222222222222222222222222222222222222222222222222222"

static const char unsigned_receipt[] =
  "{\"version\": 1, \"uuid\": \"5f0c1d3e-4b6a-4c8e-9a2b-1d2e3f405162\","
  " \"enterprise\": \"91220101MA0000000X\", \"revision\": \"r7\","
  " \"submitted_at\": \"2026-03-30T09:12:45.120Z\","
  " \"record_sha256\": \"" SUM_A "\","
  " \"files\": [{\"slot\": \"contract\", \"sha256\": \"" SUM_B "\", \"filename\": \"合同.pdf\","
  "   \"size\": 20480, \"received_at\": \"2026-03-30T09:12:44.000Z\"},"
  "  {\"slot\": \"permit\", \"sha256\": \"" SUM_A "\", \"filename\": \"许可证.jpg\","
  "   \"size\": null, \"received_at\": null}],"
  " \"files_complete_at\": null}";

static void
make_pair (guint8   seed,
           guint8  *secret,
           char   **key)
{
  guint8 public[crypto_sign_PUBLICKEYBYTES];
  guint8 bytes[crypto_sign_SEEDBYTES];

  g_assert_cmpint (sodium_init (), >=, 0);
  memset (bytes, seed, sizeof bytes);
  crypto_sign_seed_keypair (public, secret, bytes);
  *key = g_base64_encode (public, sizeof public);
}

static JsonNode *
make_signed (const guint8 *secret)
{
  JsonNode *node = yeji_json_parse (unsigned_receipt, -1, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (node);
  g_assert_true (yeji_receipt_sign (json_node_get_object (node), secret, &error));
  g_assert_no_error (error);
  return node;
}

static void
test_proves_what_it_says (void)
{
  guint8 secret[crypto_sign_SECRETKEYBYTES];
  g_autofree char *key = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (JsonNode) again = NULL;
  g_autoptr (YejiSignedReceipt) receipt = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_autofree char *other = NULL;
  YejiReceiptFile *file;

  make_pair (1, secret, &key);
  node = make_signed (secret);
  text = yeji_json_print (node, TRUE);   /* blanks and the order of members prove nothing */
  receipt = yeji_signed_receipt_new_from_text (text, -1, &error);
  g_assert_no_error (error);
  g_assert_true (yeji_signed_receipt_verify (receipt, key, &error));
  g_assert_no_error (error);

  g_assert_cmpstr (receipt->uuid, ==, "5f0c1d3e-4b6a-4c8e-9a2b-1d2e3f405162");
  g_assert_cmpstr (receipt->enterprise, ==, "91220101MA0000000X");
  g_assert_cmpstr (receipt->revision, ==, "r7");
  g_assert_cmpstr (receipt->record_sha256, ==, SUM_A);
  g_assert_null (receipt->files_complete_at);
  g_assert_cmpuint (receipt->files->len, ==, 2);
  file = g_ptr_array_index (receipt->files, 0);
  g_assert_cmpstr (file->filename, ==, "合同.pdf");
  g_assert_cmpint (file->size, ==, 20480);
  file = g_ptr_array_index (receipt->files, 1);
  g_assert_cmpint (file->size, ==, -1);
  g_assert_null (file->received_at);

  /* the same receipt has the same signature, always */
  again = make_signed (secret);
  g_free (text);
  text = yeji_canonical_json (node, NULL);
  other = yeji_canonical_json (again, NULL);
  g_assert_cmpstr (text, ==, other);
}

static void
test_is_not_another_key (void)
{
  guint8 secret[crypto_sign_SECRETKEYBYTES];
  guint8 other_secret[crypto_sign_SECRETKEYBYTES];
  g_autofree char *key = NULL;
  g_autofree char *other = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (YejiSignedReceipt) receipt = NULL;
  g_autoptr (YejiSignedReceipt) code = NULL;
  static const char * const keys[] = { "", "AAAA", "not base64 at all!" };

  make_pair (1, secret, &key);
  make_pair (2, other_secret, &other);
  node = make_signed (secret);
  receipt = yeji_signed_receipt_new_from_json (node, NULL);
  code = yeji_signed_receipt_new_from_code (receipt->code, NULL);
  for (guint i = 0; i <= G_N_ELEMENTS (keys); i++)
    {
      const char *wrong = i < G_N_ELEMENTS (keys) ? keys[i] : other;
      g_autoptr (GError) error = NULL;

      g_assert_false (yeji_signed_receipt_verify (receipt, wrong, &error));
      g_assert_error (error, YEJI_SIGNED_RECEIPT_ERROR, YEJI_SIGNED_RECEIPT_ERROR_KEY);
      g_assert_false (yeji_signed_receipt_verify (code, wrong, NULL));
    }
}

/* Each member in turn: of the receipt, of a document in it, and what is new or gone. */
static void
test_is_refused_when_touched (void)
{
  static const struct
  {
    const char *member, *value;   /* the value as JSON; NULL: the member is taken away */
  } cases[] = {
    { "version", "2" }, { "version", "\"1\"" }, { "version", NULL },
    { "uuid", "\"5f0c1d3e-4b6a-4c8e-9a2b-1d2e3f405163\"" }, { "uuid", "\"x\"" }, { "uuid", NULL },
    { "enterprise", "\"91220101MA00000009\"" }, { "enterprise", "\"a/b\"" },
    { "enterprise", "null" },
    { "revision", "\"r8\"" }, { "revision", "7" },
    { "submitted_at", "\"2026-03-30T09:12:45.121Z\"" }, { "submitted_at", "\"yesterday\"" },
    { "record_sha256", "\"" SUM_B "\"" }, { "record_sha256", "\"1111\"" },
    { "files", "[]" }, { "files", "{}" }, { "files", NULL }, { "files", "[{}]" },
    { "files", "[{\"slot\": \"contract\", \"sha256\": \"" SUM_A "\", \"filename\": \"\"}]" },
    { "files_complete_at", "\"2026-03-30T09:13:00.000Z\"" }, { "files_complete_at", NULL },
    { "key", "\"0011223344556677\"" }, { "key", "\"00\"" },
    { "code", NULL }, { "code", "\"yeji-receipt:1\"" },
    { "signature", "\"\"" }, { "signature", NULL },
    { "signature", "\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
                   "AAAAAAAAAAA==\"" },
    { "remark", "\"approved\"" },
  };
  static const char * const file_cases[][2] = {
    { "slot", "\"permit\"" }, { "sha256", "\"" SUM_A "\"" }, { "filename", "\"合同2.pdf\"" },
    { "size", "20481" }, { "received_at", "\"2026-03-30T09:12:44.001Z\"" },
    { "received_at", "null" }, { "pages", "3" },
  };
  guint8 secret[crypto_sign_SECRETKEYBYTES];
  g_autofree char *key = NULL;

  make_pair (1, secret, &key);
  for (guint i = 0; i < G_N_ELEMENTS (cases) + G_N_ELEMENTS (file_cases); i++)
    {
      g_autoptr (JsonNode) node = make_signed (secret);
      g_autoptr (YejiSignedReceipt) receipt = NULL;
      g_autoptr (GError) error = NULL;
      JsonObject *object = json_node_get_object (node);
      const char *member = i < G_N_ELEMENTS (cases)
                             ? cases[i].member : file_cases[i - G_N_ELEMENTS (cases)][0];
      const char *value = i < G_N_ELEMENTS (cases)
                            ? cases[i].value : file_cases[i - G_N_ELEMENTS (cases)][1];

      if (i >= G_N_ELEMENTS (cases))
        object = json_array_get_object_element (json_object_get_array_member (object, "files"), 0);
      if (value == NULL)
        json_object_remove_member (object, member);
      else
        json_object_set_member (object, member, yeji_json_parse (value, -1, NULL));
      receipt = yeji_signed_receipt_new_from_json (node, &error);
      if (receipt != NULL && yeji_signed_receipt_verify (receipt, key, &error))
        g_test_fail_printf ("believed with %s = %s", member, value);
      g_assert_nonnull (error);
      g_assert_true (error->domain == YEJI_SIGNED_RECEIPT_ERROR);
    }
}

/* A code that is right for itself does not vouch for another receipt. */
static void
test_code_belongs_to_its_receipt (void)
{
  guint8 secret[crypto_sign_SECRETKEYBYTES];
  g_autofree char *key = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (JsonNode) other = NULL;
  g_autoptr (YejiSignedReceipt) receipt = NULL;
  g_autoptr (GError) error = NULL;
  const char *code;

  make_pair (1, secret, &key);
  node = make_signed (secret);
  other = yeji_json_parse (unsigned_receipt, -1, NULL);
  json_object_set_string_member (json_node_get_object (other), "revision", "r8");
  g_assert_true (yeji_receipt_sign (json_node_get_object (other), secret, NULL));
  code = yeji_json_get_string (json_node_get_object (other), "code");
  json_object_set_string_member (json_node_get_object (node), "code", code);
  receipt = yeji_signed_receipt_new_from_json (node, &error);
  g_assert_no_error (error);
  g_assert_false (yeji_signed_receipt_verify (receipt, key, &error));
  g_assert_error (error, YEJI_SIGNED_RECEIPT_ERROR, YEJI_SIGNED_RECEIPT_ERROR_SIGNATURE);
}

/* The text of the QR code proves itself, and no character of it can be another. */
static void
test_code_proves_itself (void)
{
  guint8 secret[crypto_sign_SECRETKEYBYTES];
  g_autofree char *key = NULL;
  g_autofree char *line = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (YejiSignedReceipt) code = NULL;
  g_autoptr (GError) error = NULL;
  const char *text;

  make_pair (1, secret, &key);
  node = make_signed (secret);
  text = yeji_json_get_string (json_node_get_object (node), "code");
  line = g_strconcat (text, "\n", NULL);
  code = yeji_signed_receipt_new_from_text (line, -1, &error);
  g_assert_no_error (error);
  g_assert_true (yeji_signed_receipt_verify (code, key, &error));
  g_assert_cmpstr (code->submitted_at, ==, "2026-03-30T09:12:45.120Z");
  g_assert_null (code->files);
  g_assert_cmpuint (strlen (text), <, 420);   /* a QR code of version 15 at most */

  for (gsize i = 0; i < strlen (text); i++)
    {
      g_autofree char *touched = g_strdup (text);
      g_autoptr (YejiSignedReceipt) wrong = NULL;

      touched[i] = touched[i] == '1' ? '2' : '1';
      wrong = yeji_signed_receipt_new_from_code (touched, NULL);
      if (wrong != NULL && yeji_signed_receipt_verify (wrong, key, NULL))
        g_test_fail_printf ("believed: %s", touched);
    }
}

static void
test_refuses_the_hostile (void)
{
  static const char * const texts[] = {
    "", "null", "[]", "{}", "7", "\"yeji-receipt:1\"", "yeji-receipt:1", "yeji-receipt:1/",
    "yeji-receipt:1/////////", "yeji-receipt:2/a/b/c/d/e/f/g/h/i", "{\"version\": 1}",
    "yeji-receipt:1/5f0c1d3e-4b6a-4c8e-9a2b-1d2e3f405162/a/b/c/d/e/f/g/h/i/j/k",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (yeji_signed_receipt_new_from_text (texts[i], -1, &error));
      g_assert_nonnull (error);
    }
}

static void
test_key_is_endorsed (void)
{
  guint8 secret[crypto_sign_SECRETKEYBYTES];
  guint8 next_secret[crypto_sign_SECRETKEYBYTES];
  g_autofree char *key = NULL;
  g_autofree char *next = NULL;
  g_autofree char *endorsement = NULL;
  g_autofree char *id = NULL;

  make_pair (1, secret, &key);
  make_pair (2, next_secret, &next);
  endorsement = yeji_receipt_key_sign (next, secret);
  g_assert_true (yeji_receipt_key_is_endorsed (next, key, endorsement));
  g_assert_false (yeji_receipt_key_is_endorsed (key, key, endorsement));
  g_assert_false (yeji_receipt_key_is_endorsed (next, next, endorsement));
  g_assert_false (yeji_receipt_key_is_endorsed (next, key, NULL));
  g_assert_false (yeji_receipt_key_is_endorsed ("AAAA", key, endorsement));
  id = yeji_receipt_key_get_id (key);
  g_assert_cmpuint (strlen (id), ==, 16);
  g_assert_null (yeji_receipt_key_get_id ("AAAA"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/wire/signed-receipt/proves-what-it-says", test_proves_what_it_says);
  g_test_add_func ("/wire/signed-receipt/is-refused-under-another-key", test_is_not_another_key);
  g_test_add_func ("/wire/signed-receipt/is-refused-when-any-member-is-touched",
                   test_is_refused_when_touched);
  g_test_add_func ("/wire/signed-receipt/has-a-code-of-its-own", test_code_belongs_to_its_receipt);
  g_test_add_func ("/wire/signed-receipt/has-a-code-that-proves-itself", test_code_proves_itself);
  g_test_add_func ("/wire/signed-receipt/refuses-the-hostile", test_refuses_the_hostile);
  g_test_add_func ("/wire/signed-receipt/knows-a-key-that-follows-another", test_key_is_endorsed);
  return g_test_run ();
}
