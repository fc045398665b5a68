// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* A province is believed what it signs, and nothing else. */

#include "config.h"

#include "sync-fixture.h"
#include "yeji-canonical.h"
#include "yeji-receipt-check.h"
#include "yeji-receipt-fetch.h"
#include "yeji-receipt-trust.h"
#include "yeji-transfer-store.h"

#include <sodium.h>
#include <string.h>

#define AT "2026-01-02T03:04:05Z"
#define COMPLETE_AT "2026-01-02T04:00:00Z"
#define OTHER_SUM "1111111111111111111111111111111111111111111111111111111111111111"

typedef enum
{
  HONEST,
  SIGNS_NOTHING,
  SIGNS_NONSENSE,
  SIGNS_WITH_ANOTHER_KEY,
  CHANGES_IT_AFTERWARDS,
  HAS_ANOTHER_RECORD,
  LACKS_A_FILE,
  HAS_ANOTHER_FILE,
  MEANS_ANOTHER_UUID,
  MEANS_ANOTHER_TIME,
} Lie;

/* What signs for the fake province. */
typedef struct
{
  Lie lie;
  guint8 number;               /* of the key */
  gboolean late;               /* the documents came after the submission, by now */
} Notary;

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

/* Announces the key of a number; the keys before it are told, each vouching for the next if so, but
 * for those up to a number. */
static void
announce_revoked (SyncFixture *fixture,
                  guint8       number,
                  gboolean     endorsed,
                  guint8       revoked)
{
  g_autoptr (GString) list = g_string_new (NULL);
  g_autofree char *last = NULL;

  for (guint8 i = 1; i <= number; i++)
    {
      guint8 secret[crypto_sign_SECRETKEYBYTES];
      guint8 before[crypto_sign_SECRETKEYBYTES];
      g_autofree char *other = NULL;
      g_autofree char *endorsement = NULL;

      g_free (last);
      make_key (i, secret, &last);
      make_key (endorsed ? i - 1 : 99, before, &other);
      endorsement = yeji_receipt_key_sign (last, before);
      g_string_append_printf (list, "%s{\"key\": \"%s\", \"endorsement\": \"%s\"%s}",
                              i > 1 ? ", " : "", last, endorsement,
                              i <= revoked ? ", \"revoked\": true" : "");
    }
  g_free (fixture->fake->config);
  fixture->fake->config = g_strdup_printf ("{\"dictionary\": {\"version\": \"%s\"},"
                                           " \"receipt_key\": {\"key\": \"%s\"},"
                                           " \"receipt_keys\": [%s]}",
                                           yeji_dictionary_get_version (fixture->dictionary), last,
                                           list->str);
}

static void
announce (SyncFixture *fixture,
          guint8       number,
          gboolean     endorsed)
{
  announce_revoked (fixture, number, endorsed, 0);
}

static JsonArray *
list_files (FakeRecord *record,
            Notary     *notary)
{
  g_autoptr (JsonNode) node = yeji_json_parse (record->files, -1, NULL);
  JsonArray *sent = json_node_get_array (node);
  JsonArray *files = json_array_new ();

  for (guint i = notary->lie == LACKS_A_FILE ? 1 : 0; i < json_array_get_length (sent); i++)
    {
      JsonObject *file = json_object_new ();
      JsonObject *one = json_array_get_object_element (sent, i);

      json_object_set_string_member (file, "slot", yeji_json_get_string (one, "slot"));
      json_object_set_string_member (file, "sha256",
                                     notary->lie == HAS_ANOTHER_FILE && i == 0
                                       ? OTHER_SUM : yeji_json_get_string (one, "sha256"));
      json_object_set_string_member (file, "filename", yeji_json_get_string (one, "filename"));
      json_array_add_object_element (files, file);
    }
  return files;
}

static char *
sign (FakeRecord *record,
      gpointer    data)
{
  Notary *notary = data;
  guint8 secret[crypto_sign_SECRETKEYBYTES];
  g_autofree char *key = NULL;
  g_autoptr (JsonNode) body = yeji_json_parse (record->body, -1, NULL);
  g_autofree char *sum = yeji_canonical_sha256 (body, NULL);
  g_autofree char *revision = g_strdup_printf ("r%u", record->revision);
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), NULL);
  g_autoptr (GError) error = NULL;
  JsonObject *object = json_object_new ();

  json_node_take_object (node, object);
  if (notary->lie == SIGNS_NOTHING)
    return NULL;
  if (notary->lie == SIGNS_NONSENSE)
    return g_strdup ("{\"version\": 1}");
  make_key (notary->lie == SIGNS_WITH_ANOTHER_KEY ? 77 : notary->number, secret, &key);
  json_object_set_int_member (object, "version", YEJI_SIGNED_RECEIPT_VERSION);
  json_object_set_string_member (object, "uuid", notary->lie == MEANS_ANOTHER_UUID
                                                   ? "00000000-0000-4000-8000-000000000000"
                                                   : record->uuid);
  json_object_set_string_member (object, "enterprise", "91220101MA0000000X");
  json_object_set_string_member (object, "revision", revision);
  json_object_set_string_member (object, "submitted_at", notary->lie == MEANS_ANOTHER_TIME
                                                           ? COMPLETE_AT : AT);
  json_object_set_string_member (object, "record_sha256",
                                 notary->lie == HAS_ANOTHER_RECORD ? OTHER_SUM : sum);
  json_object_set_array_member (object, "files", list_files (record, notary));
  if (record->files_follow && !notary->late)
    json_object_set_null_member (object, "files_complete_at");
  else
    json_object_set_string_member (object, "files_complete_at", notary->late ? COMPLETE_AT : AT);
  g_assert_true (yeji_receipt_sign (object, secret, &error));
  g_assert_no_error (error);
  if (notary->lie == CHANGES_IT_AFTERWARDS)
    json_object_set_string_member (object, "remark", "approved");
  return yeji_json_print (node, FALSE);
}

static void
hire (SyncFixture *fixture,
      Notary      *notary)
{
  *notary = (Notary) { HONEST, 1, FALSE };
  fixture->fake->sign = sign;
  fixture->fake->sign_data = notary;
  announce (fixture, 1, TRUE);
}

static void
cycle (SyncFixture    *fixture,
       YejiSyncReport *report)
{
  g_autoptr (GError) error = NULL;

  sync_fixture_cycle (fixture, report, &error);
  g_assert_no_error (error);
}

static YejiReceiptCheck *
check (SyncFixture *fixture,
       const char  *uuid)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiReceipt) stored = yeji_store_get_receipt (fixture->store, uuid, &error);
  g_autoptr (YejiSignedReceipt) receipt = NULL;
  YejiReceiptCheck *found;

  g_assert_no_error (error);
  g_assert_nonnull (stored->text);
  receipt = yeji_signed_receipt_new_from_text (stored->text, -1, &error);
  g_assert_no_error (error);
  found = yeji_receipt_check_new (fixture->store, receipt, NULL, NULL, &error);
  g_assert_no_error (error);
  return found;
}

static void
test_keeps_what_is_proven (SyncFixture   *fixture,
                           gconstpointer  data)
{
  g_autofree char *uuid = sync_fixture_add (fixture, "一号楼");
  g_autofree char *one = sync_fixture_attach (fixture, uuid, "one.pdf", 1000);
  g_autofree char *two = sync_fixture_attach (fixture, uuid, "two.pdf", 2000);
  g_autoptr (YejiReceiptCheck) found = NULL;
  YejiSyncReport report;
  Notary notary;

  hire (fixture, &notary);
  sync_fixture_queue (fixture, uuid);
  cycle (fixture, &report);
  g_assert_cmpuint (report.submitted, ==, 1);
  found = check (fixture, uuid);
  g_assert_true (yeji_receipt_check_is_good (found));
  g_assert_cmpint (found->record, ==, YEJI_RECEIPT_MATCH_SAME);
  g_assert_cmpuint (found->n_matches[YEJI_RECEIPT_MATCH_SAME], ==, 2);
  g_assert_cmpuint (fake_province_count (fixture->fake, "GET */receipts"), ==, 0);
}

/* Neither lost nor believed: it waits with words, and goes through when the province is right. */
static void
test_does_not_believe (SyncFixture   *fixture,
                       gconstpointer  data)
{
  static const struct
  {
    Lie lie;
    const char *words;
  } cases[] = {
    { SIGNS_NOTHING, "gives no signed receipt" },
    { SIGNS_NONSENSE, "cannot be read" },
    { SIGNS_WITH_ANOTHER_KEY, "another key" },
    { CHANGES_IT_AFTERWARDS, "signature of the receipt is wrong" },
    { HAS_ANOTHER_RECORD, "other content than what was sent" },
    { LACKS_A_FILE, "other documents" },
    { HAS_ANOTHER_FILE, "other documents" },
    { MEANS_ANOTHER_UUID, "not that of the province's answer" },
    { MEANS_ANOTHER_TIME, "not that of the province's answer" },
  };
  Notary notary;

  hire (fixture, &notary);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *name = g_strdup_printf ("%u号楼", i);
      g_autofree char *file = g_strdup_printf ("%u.pdf", i);
      g_autofree char *uuid = sync_fixture_add (fixture, name);
      g_autofree char *sum = sync_fixture_attach (fixture, uuid, file, 1000 + i);
      g_autoptr (GPtrArray) outbox = NULL;
      YejiSyncReport report;
      const YejiOutboxItem *item;

      /* the first submission shows the key, so that from then on one is expected */
      notary.lie = i == 0 ? HONEST : cases[i].lie;
      if (i == 0)
        {
          g_autofree char *first = sync_fixture_add (fixture, "先");

          sync_fixture_queue (fixture, first);
          cycle (fixture, &report);
          g_assert_cmpuint (report.submitted, ==, 1);
          notary.lie = cases[i].lie;
        }
      sync_fixture_queue (fixture, uuid);
      cycle (fixture, &report);
      g_assert_cmpuint (report.submitted, ==, 0);
      outbox = yeji_store_get_outbox (fixture->store, NULL);
      g_assert_cmpuint (outbox->len, ==, 1);
      item = g_ptr_array_index (outbox, 0);
      g_assert_cmpstr (item->uuid, ==, uuid);
      if (item->message == NULL || strstr (item->message, cases[i].words) == NULL)
        g_test_fail_printf ("“%s” instead of “%s”", item->message, cases[i].words);
      g_assert_null (yeji_store_get_receipt (fixture->store, uuid, NULL));
      g_assert_cmpint (sync_fixture_get_state (fixture, uuid), !=, YEJI_STATE_SUBMITTED);

      notary.lie = HONEST;
      g_assert_true (yeji_store_note_attempt (fixture->store, item->seq, 0, NULL, NULL));
      cycle (fixture, &report);
      g_assert_cmpuint (report.submitted, ==, 1);
      g_assert_cmpuint (sync_fixture_get_n_queued (fixture), ==, 0);
      g_assert_cmpint (sync_fixture_get_state (fixture, uuid), ==, YEJI_STATE_SUBMITTED);
    }
}

/* A province that never announced a key is an older one: nothing is proven, and that is said. */
static void
test_needs_no_receipt_of_an_old_province (SyncFixture   *fixture,
                                          gconstpointer  data)
{
  g_autofree char *uuid = sync_fixture_add (fixture, "一号楼");
  g_autoptr (YejiReceipt) stored = NULL;
  YejiSyncReport report;

  sync_fixture_queue (fixture, uuid);
  cycle (fixture, &report);
  g_assert_cmpuint (report.submitted, ==, 1);
  stored = yeji_store_get_receipt (fixture->store, uuid, NULL);
  g_assert_nonnull (stored);
  g_assert_null (stored->text);
  g_assert_cmpuint (fake_province_count (fixture->fake, "GET */receipts"), ==, 0);
}

static gboolean
fetch_missing (SyncFixture   *fixture,
               gpointer       data,
               GCancellable  *cancellable,
               GError       **error)
{
  return yeji_receipt_fetch_missing (fixture->store, fixture->province, cancellable, error);
}

/* The province tells that the last document came, as the change feed does. */
static void
tell_complete (SyncFixture *fixture,
               const char  *uuid)
{
  g_autoptr (GPtrArray) answers = NULL;
  YejiAnswer *answer = yeji_answer_new ();
  g_autoptr (GError) error = NULL;

  answers = g_ptr_array_new_with_free_func ((GDestroyNotify) yeji_answer_free);
  answer->uuid = g_strdup (uuid);
  answer->revision = g_strdup ("r1");
  answer->state = g_strdup ("submitted");
  answer->at = g_strdup (COMPLETE_AT);
  answer->files_at = g_strdup (COMPLETE_AT);
  g_ptr_array_add (answers, answer);
  g_assert_true (yeji_store_apply_answers (fixture->store, answers, "e-0", &error));
  g_assert_no_error (error);
}

static gboolean
is_told_complete (SyncFixture *fixture,
                  const char  *uuid)
{
  g_autoptr (YejiReceipt) stored = yeji_store_get_receipt (fixture->store, uuid, NULL);

  return stored->text != NULL && strstr (stored->text, COMPLETE_AT) != NULL;
}

static void
test_asks_again_when_all_is_there (SyncFixture   *fixture,
                                   gconstpointer  data)
{
  g_autofree char *uuid = sync_fixture_add (fixture, "一号楼");
  g_autofree char *sum = sync_fixture_attach (fixture, uuid, "one.pdf", 1000);
  g_autoptr (YejiReceiptCheck) found = NULL;
  g_autoptr (GError) error = NULL;
  YejiSyncReport report;
  Notary notary;

  hire (fixture, &notary);
  g_assert_true (yeji_store_queue_submit_following (fixture->store, uuid, &error));
  cycle (fixture, &report);
  g_assert_cmpuint (report.submitted, ==, 1);
  g_assert_false (is_told_complete (fixture, uuid));

  /* a receipt that is not the province's does not take the place of one that is */
  tell_complete (fixture, uuid);
  notary.late = TRUE;
  notary.lie = CHANGES_IT_AFTERWARDS;
  g_assert_true (sync_fixture_run (fixture, fetch_missing, NULL, NULL, &error));
  g_assert_no_error (error);
  g_assert_false (is_told_complete (fixture, uuid));

  notary.lie = HONEST;
  g_assert_true (sync_fixture_run (fixture, fetch_missing, NULL, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (is_told_complete (fixture, uuid));
  found = check (fixture, uuid);
  g_assert_true (yeji_receipt_check_is_good (found));
  {
    guint before = fake_province_count (fixture->fake, "GET */receipts");

    g_assert_true (sync_fixture_run (fixture, fetch_missing, NULL, NULL, &error));
    g_assert_cmpuint (fake_province_count (fixture->fake, "GET */receipts"), ==, before);
  }
}

static YejiSyncReport
submit (SyncFixture *fixture,
        const char  *name,
        char       **uuid)
{
  YejiSyncReport report;

  *uuid = sync_fixture_add (fixture, name);
  sync_fixture_queue (fixture, *uuid);
  cycle (fixture, &report);
  return report;
}

/* The first key counts; the next one only if it vouches for it, or the clerk says so. */
static void
test_trusts_the_first_key (SyncFixture   *fixture,
                           gconstpointer  data)
{
  g_autofree char *one = NULL;
  g_autofree char *two = NULL;
  g_autofree char *three = NULL;
  g_autofree char *none = NULL;
  g_autofree char *problem = NULL;
  g_autofree char *after = NULL;
  g_autoptr (YejiReceiptCheck) old = NULL;
  g_autoptr (GPtrArray) outbox = NULL;
  g_autoptr (GError) error = NULL;
  YejiSyncReport report;
  Notary notary;

  hire (fixture, &notary);
  report = submit (fixture, "一", &one);
  g_assert_cmpuint (report.submitted, ==, 1);

  /* two steps at once: nobody looked in between */
  notary.number = 3;
  announce (fixture, 3, TRUE);
  report = submit (fixture, "二", &two);
  g_assert_cmpuint (report.submitted, ==, 1);
  none = yeji_receipt_trust_get_problem (fixture->store, YEJI_LANGUAGE_EN);
  g_assert_null (none);

  notary.number = 4;
  announce (fixture, 4, FALSE);
  report = submit (fixture, "三", &three);
  g_assert_cmpuint (report.submitted, ==, 0);
  problem = yeji_receipt_trust_get_problem (fixture->store, YEJI_LANGUAGE_EN);
  g_assert_nonnull (problem);
  g_assert_nonnull (strstr (problem, "--forget-key"));

  g_assert_true (yeji_receipt_trust_forget (fixture->store, &error));
  outbox = yeji_store_get_outbox (fixture->store, NULL);
  yeji_store_note_attempt (fixture->store, ((YejiOutboxItem *) g_ptr_array_index (outbox, 0))->seq,
                           0, NULL, NULL);
  cycle (fixture, &report);
  g_assert_cmpuint (report.submitted, ==, 1);
  after = yeji_receipt_trust_get_problem (fixture->store, YEJI_LANGUAGE_EN);
  g_assert_null (after);
  old = check (fixture, one);   /* what was signed before stays proven */
  g_assert_true (yeji_receipt_check_is_good (old));
}

/* The profile's own copies are looked at, too. */
static void
test_finds_what_changed_here (SyncFixture   *fixture,
                              gconstpointer  data)
{
  g_autofree char *uuid = sync_fixture_add (fixture, "一号楼");
  g_autofree char *sum = sync_fixture_attach (fixture, uuid, "one.pdf", 1000);
  g_autofree char *other = sync_fixture_attach (fixture, uuid, "two.pdf", 2000);
  g_autoptr (GFile) file = yeji_store_get_file (fixture->store, sum);
  g_autoptr (GFile) second = yeji_store_get_file (fixture->store, other);
  g_autoptr (YejiReceiptCheck) found = NULL;
  g_autoptr (GError) error = NULL;
  YejiSyncReport report;
  Notary notary;

  hire (fixture, &notary);
  sync_fixture_queue (fixture, uuid);
  cycle (fixture, &report);
  g_file_replace_contents (file, "other", 5, NULL, FALSE, 0, NULL, NULL, &error);
  g_assert_no_error (error);
  g_file_delete (second, NULL, &error);
  g_assert_no_error (error);
  found = check (fixture, uuid);
  g_assert_cmpint (found->signature, ==, YEJI_RECEIPT_SIGNATURE_GOOD);
  g_assert_cmpint (found->record, ==, YEJI_RECEIPT_MATCH_SAME);
  g_assert_cmpuint (found->n_matches[YEJI_RECEIPT_MATCH_OTHER], ==, 1);
  g_assert_cmpuint (found->n_matches[YEJI_RECEIPT_MATCH_ABSENT], ==, 1);
  g_assert_false (yeji_receipt_check_is_good (found));
}

/* Whoever has the secret of a key that is revoked could vouch for his own. */
static void
test_revoked (SyncFixture   *fixture,
              gconstpointer  data)
{
  g_autofree char *one = NULL;
  g_autofree char *two = NULL;
  g_autofree char *problem = NULL;
  YejiSyncReport report;
  Notary notary;

  hire (fixture, &notary);
  report = submit (fixture, "一", &one);
  g_assert_cmpuint (report.submitted, ==, 1);
  notary.number = 2;
  announce_revoked (fixture, 2, TRUE, 1);
  report = submit (fixture, "二", &two);
  g_assert_cmpuint (report.submitted, ==, 0);
  problem = yeji_receipt_trust_get_problem (fixture->store, YEJI_LANGUAGE_EN);
  g_assert_nonnull (problem);
}

static void
assert_signature (SyncFixture          *fixture,
                  const char           *uuid,
                  YejiReceiptSignature  signature)
{
  g_autoptr (YejiReceiptCheck) found = check (fixture, uuid);

  g_assert_cmpint (found->signature, ==, signature);
  g_assert_cmpint (yeji_receipt_check_is_good (found), ==,
                   signature == YEJI_RECEIPT_SIGNATURE_GOOD);
}

/* What a key signed that is revoked now is told of, and nothing else. */
static void
test_doubts_a_revoked_key (SyncFixture   *fixture,
                           gconstpointer  data)
{
  g_autofree char *one = NULL;
  g_autofree char *two = NULL;
  g_autofree char *three = NULL;
  YejiSyncReport report;
  Notary notary;

  hire (fixture, &notary);
  report = submit (fixture, "一", &one);
  g_assert_cmpuint (report.submitted, ==, 1);
  notary.number = 2;
  announce (fixture, 2, TRUE);
  report = submit (fixture, "二", &two);
  g_assert_cmpuint (report.submitted, ==, 1);
  assert_signature (fixture, one, YEJI_RECEIPT_SIGNATURE_GOOD);

  /* the key that signs is the same, so that nothing but the revocation is new */
  announce_revoked (fixture, 2, TRUE, 1);
  report = submit (fixture, "三", &three);
  g_assert_cmpuint (report.submitted, ==, 1);
  assert_signature (fixture, one, YEJI_RECEIPT_SIGNATURE_REVOKED);
  assert_signature (fixture, two, YEJI_RECEIPT_SIGNATURE_GOOD);
  assert_signature (fixture, three, YEJI_RECEIPT_SIGNATURE_GOOD);

  /* a wrong name in the province's settings was put right */
  announce (fixture, 2, TRUE);
  cycle (fixture, &report);
  assert_signature (fixture, one, YEJI_RECEIPT_SIGNATURE_GOOD);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_setenv ("LANGUAGE", "en", TRUE);
  sync_test_add ("/sync/receipt/keeps-what-is-proven", test_keeps_what_is_proven);
  sync_test_add ("/sync/receipt/does-not-believe-another", test_does_not_believe);
  sync_test_add ("/sync/receipt/needs-none-of-an-old-province",
                 test_needs_no_receipt_of_an_old_province);
  sync_test_add ("/sync/receipt/asks-again-when-all-is-there", test_asks_again_when_all_is_there);
  sync_test_add ("/sync/receipt/trusts-the-first-key", test_trusts_the_first_key);
  sync_test_add ("/sync/receipt/a-revoked-key-vouches-for-none", test_revoked);
  sync_test_add ("/sync/receipt/doubts-what-a-revoked-key-signed", test_doubts_a_revoked_key);
  sync_test_add ("/sync/receipt/finds-what-changed-here", test_finds_what_changed_here);
  return g_test_run ();
}
