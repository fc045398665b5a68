// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "sync-fixture.h"
#include "yeji-next-dictionary.h"

#include <sodium.h>

static const guint8 seed[crypto_sign_SEEDBYTES] = { 1 };
static const guint8 other_seed[crypto_sign_SEEDBYTES] = { 2 };

/* Which parts of an announcement are wrong, or missing. */
typedef enum
{
  WRONG_NOTHING,
  WRONG_SUM = 1 << 0,
  NO_SUM = 1 << 1,
  SIGNED = 1 << 2,
  WRONG_KEY = 1 << 3,
  WRONG_SIGNATURE = 1 << 4,
  SHORT_SIGNATURE = 1 << 5,
  NO_VERSION = 1 << 6,
} Wrong;

static void
add_signature (GString *json,
               GBytes  *bundle,
               Wrong    wrong)
{
  guint8 public[crypto_sign_PUBLICKEYBYTES];
  guint8 secret[crypto_sign_SECRETKEYBYTES];
  guint8 signature[crypto_sign_BYTES];
  g_autofree char *key = NULL;
  g_autofree char *text = NULL;

  crypto_sign_seed_keypair (public, secret, wrong & WRONG_KEY ? other_seed : seed);
  crypto_sign_detached (signature, NULL, g_bytes_get_data (bundle, NULL), g_bytes_get_size (bundle),
                        secret);
  if (wrong & WRONG_SIGNATURE)
    signature[3] ^= 1;
  key = g_base64_encode (public, sizeof public);
  text = g_base64_encode (signature, wrong & SHORT_SIGNATURE ? 10 : sizeof signature);
  g_string_append_printf (json, ", \"key\": \"%s\", \"signature\": \"%s\"", key, text);
}

/* Lets the province use a bundle, and say what it says of it. */
static void
publish (SyncFixture *self,
         const char  *version,
         GBytes      *bundle,
         Wrong        wrong)
{
  g_autofree char *sum = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bundle);
  GString *json = g_string_new ("{\"version\": \"1\", \"dictionary\": {\"id\": \"d\"");

  if (!(wrong & NO_VERSION))
    g_string_append_printf (json, ", \"version\": \"%s\"", version);
  if (wrong & WRONG_SUM)
    sum[5] = sum[5] == '0' ? '1' : '0';
  if (!(wrong & NO_SUM))
    g_string_append_printf (json, ", \"sha256\": \"%s\"", sum);
  if (wrong & SIGNED)
    add_signature (json, bundle, wrong);
  g_string_append (json, "}}");
  g_free (self->fake->config);
  self->fake->config = g_string_free (json, FALSE);
  g_clear_pointer (&self->fake->dictionary, g_bytes_unref);
  self->fake->dictionary = g_bytes_ref (bundle);
}

static gboolean
run_update (SyncFixture   *self,
            gpointer       news,
            GCancellable  *cancellable,
            GError       **error)
{
  return yeji_dictionary_update_run (self->store, self->province, news, cancellable, error);
}

static YejiDictionaryNews
update (SyncFixture *self)
{
  YejiDictionaryNews news = YEJI_DICTIONARY_SAME;
  g_autoptr (GError) error = NULL;

  sync_fixture_run (self, run_update, &news, NULL, &error);
  g_assert_no_error (error);
  return news;
}

static void
assert_offered (SyncFixture *self,
                const char  *version)
{
  g_autoptr (YejiDictionary) offered = yeji_store_get_offered_dictionary (self->store);
  g_autofree char *problem = yeji_dictionary_update_get_problem (self->store, YEJI_LANGUAGE_EN);

  g_assert_cmpstr (offered != NULL ? yeji_dictionary_get_version (offered) : NULL, ==, version);
  if (version != NULL)
    g_assert_null (problem);
}

static void
assert_refused (SyncFixture *self,
                const char  *words)
{
  g_autofree char *en = yeji_dictionary_update_get_problem (self->store, YEJI_LANGUAGE_EN);
  g_autofree char *zh = yeji_dictionary_update_get_problem (self->store, YEJI_LANGUAGE_ZH);
  g_autofree char *kept = yeji_store_find_dictionary_sum (self->store, "next", NULL);

  g_assert_nonnull (en);
  g_assert_nonnull (strstr (en, words));
  g_assert_nonnull (strstr (zh, "没有采用") != NULL ? strstr (zh, "没有采用")
                                                   : strstr (zh, "暂不更新"));
  g_assert_null (kept);
  assert_offered (self, NULL);
}

static void
test_takes_a_new_one (SyncFixture   *self,
                      gconstpointer  data)
{
  static const Wrong signing[] = { WRONG_NOTHING, SIGNED };
  NextDictionary next = { NULL };

  next_dictionary_init (&next, "next");
  g_assert_cmpint (update (self), ==, YEJI_DICTIONARY_SAME);
  for (guint i = 0; i < G_N_ELEMENTS (signing); i++)
    {
      publish (self, "next", next.bundle, signing[i]);
      g_assert_cmpint (update (self), ==, YEJI_DICTIONARY_OFFERED);
      assert_offered (self, "next");
    }
  g_assert_cmpuint (fake_province_count (self->fake, "GET /v1/dictionary"), ==, 1);
  next_dictionary_clear (&next);
}

static void
test_leaves_its_own (SyncFixture   *self,
                     gconstpointer  data)
{
  YejiDictionary *own = yeji_store_get_dictionary (self->store);

  publish (self, yeji_dictionary_get_version (own), yeji_dictionary_get_bundle (own),
           WRONG_NOTHING);
  g_assert_cmpint (update (self), ==, YEJI_DICTIONARY_SAME);
  g_assert_cmpuint (fake_province_count (self->fake, "GET /v1/dictionary"), ==, 0);
}

/* A province that goes back to the version before takes its offer back, and can make it again
 * without a download. */
static void
test_forgets_what_is_withdrawn (SyncFixture   *self,
                                gconstpointer  data)
{
  YejiDictionary *own = yeji_store_get_dictionary (self->store);
  NextDictionary next = { NULL };

  next_dictionary_init (&next, "next");
  publish (self, "next", next.bundle, WRONG_NOTHING);
  g_assert_cmpint (update (self), ==, YEJI_DICTIONARY_OFFERED);
  publish (self, yeji_dictionary_get_version (own), yeji_dictionary_get_bundle (own),
           WRONG_NOTHING);
  g_assert_cmpint (update (self), ==, YEJI_DICTIONARY_SAME);
  assert_offered (self, NULL);
  publish (self, "next", next.bundle, WRONG_NOTHING);
  g_assert_cmpint (update (self), ==, YEJI_DICTIONARY_OFFERED);
  assert_offered (self, "next");
  g_assert_cmpuint (fake_province_count (self->fake, "GET /v1/dictionary"), ==, 1);
  next_dictionary_clear (&next);
}

static GBytes *
cut (GBytes *bundle)
{
  return g_bytes_new_from_bytes (bundle, 0, g_bytes_get_size (bundle) / 2);
}

static GBytes *
inflate (GBytes *bundle)
{
  gsize size = 33 * 1024 * 1024;
  char *text = g_strnfill (size, ' ');

  memcpy (text, g_bytes_get_data (bundle, NULL), g_bytes_get_size (bundle));
  return g_bytes_new_take (text, size);
}

static GBytes *
rename_id (GBytes *bundle)
{
  GString *text = g_string_new_len (g_bytes_get_data (bundle, NULL),
                                    (gssize) g_bytes_get_size (bundle));

  g_assert_cmpuint (g_string_replace (text, "jilin-past-projects", "some-other-thing", 0), >, 0);
  return g_string_free_to_bytes (text);
}

static GBytes *
make_portal (GBytes *bundle)
{
  return g_bytes_new_static ("<html>Welcome</html>", 20);
}

static GBytes *
keep (GBytes *bundle)
{
  return g_bytes_ref (bundle);
}

static const struct
{
  const char *title;
  const char *version;
  GBytes *(*change) (GBytes *bundle);
  gboolean announced;          /* what is announced is what comes */
  Wrong wrong;
  const char *words;
} broken[] = {
  { "half of it", "next", cut, FALSE, WRONG_NOTHING, "damaged" },
  { "a portal's page", "next", make_portal, FALSE, WRONG_NOTHING, "damaged" },
  { "another sum", "next", keep, TRUE, WRONG_SUM, "damaged" },
  { "no sum", "next", keep, TRUE, NO_SUM, "checksum" },
  { "no version", "next", keep, TRUE, NO_VERSION, "version" },
  { "too much", "next", inflate, TRUE, WRONG_NOTHING, "too large" },
  { "half of it, announced so", "next", cut, TRUE, WRONG_NOTHING, "cannot read" },
  { "a page, announced so", "next", make_portal, TRUE, WRONG_NOTHING, "cannot read" },
  { "a foreign one", "next", rename_id, TRUE, WRONG_NOTHING, "another dictionary" },
  { "another version", "nearly", keep, TRUE, WRONG_NOTHING, "version" },
  { "a wrong signature", "next", keep, TRUE, SIGNED | WRONG_SIGNATURE, "signature" },
  { "a short signature", "next", keep, TRUE, SIGNED | SHORT_SIGNATURE, "signature" },
};

static void
test_refuses_what_is_broken (SyncFixture   *self,
                             gconstpointer  data)
{
  NextDictionary next = { NULL };

  next_dictionary_init (&next, "next");
  for (guint i = 0; i < G_N_ELEMENTS (broken); i++)
    {
      g_autoptr (GBytes) bundle = broken[i].change (next.bundle);

      g_test_message ("%s", broken[i].title);
      publish (self, broken[i].version, broken[i].announced ? bundle : next.bundle,
               broken[i].wrong);
      g_clear_pointer (&self->fake->dictionary, g_bytes_unref);
      self->fake->dictionary = g_bytes_ref (bundle);
      g_assert_cmpint (update (self), ==, YEJI_DICTIONARY_REFUSED);
      assert_refused (self, broken[i].words);
    }
  publish (self, "next", next.bundle, SIGNED);
  g_assert_cmpint (update (self), ==, YEJI_DICTIONARY_OFFERED);
  assert_offered (self, "next");
  next_dictionary_clear (&next);
}

/* What is not the province's word is no word about its dictionary either. */
static void
test_hears_the_province_alone (SyncFixture   *self,
                               gconstpointer  data)
{
  static const char * const requests[] = { "GET /v1/config", "GET /v1/dictionary" };
  static const FakeFault faults[] = {
    FAKE_CAPTIVE, FAKE_STRANGER, FAKE_REDIRECT, FAKE_HANG_UP, FAKE_INTERNAL, FAKE_THROTTLE,
  };
  NextDictionary next = { NULL };

  next_dictionary_init (&next, "next");
  publish (self, "next", next.bundle, WRONG_NOTHING);
  for (guint i = 0; i < G_N_ELEMENTS (requests); i++)
    for (guint j = 0; j < G_N_ELEMENTS (faults); j++)
      {
        YejiDictionaryNews news;
        g_autoptr (GError) error = NULL;
        g_autofree char *kept = NULL;

        /* libsoup sends a request again whose connection was closed */
        fake_province_plan (self->fake, requests[i], faults[j],
                            faults[j] == FAKE_HANG_UP ? 2 : 1);
        g_assert_false (sync_fixture_run (self, run_update, &news, NULL, &error));
        g_assert_true (error->domain == YEJI_SYNC_ERROR);
        kept = yeji_store_find_dictionary_sum (self->store, "next", NULL);
        g_assert_null (kept);
        assert_offered (self, NULL);
        g_ptr_array_set_size (self->fake->faults, 0);
      }
  g_assert_cmpint (update (self), ==, YEJI_DICTIONARY_OFFERED);
  next_dictionary_clear (&next);
}

static void
test_trusts_the_first_key (SyncFixture   *self,
                           gconstpointer  data)
{
  YejiDictionary *own = yeji_store_get_dictionary (self->store);
  NextDictionary next = { NULL };

  next_dictionary_init (&next, "next");
  publish (self, yeji_dictionary_get_version (own), yeji_dictionary_get_bundle (own), SIGNED);
  g_assert_cmpint (update (self), ==, YEJI_DICTIONARY_SAME);
  publish (self, "next", next.bundle, SIGNED | WRONG_KEY);
  g_assert_cmpint (update (self), ==, YEJI_DICTIONARY_REFUSED);
  assert_refused (self, "another key");
  publish (self, "next", next.bundle, WRONG_NOTHING);
  g_assert_cmpint (update (self), ==, YEJI_DICTIONARY_REFUSED);
  assert_refused (self, "not signed");
  g_assert_true (yeji_dictionary_update_forget_key (self->store, NULL));
  publish (self, "next", next.bundle, SIGNED | WRONG_KEY);
  g_assert_cmpint (update (self), ==, YEJI_DICTIONARY_OFFERED);
  assert_offered (self, "next");
  next_dictionary_clear (&next);
}

/* The rest of the cycle is done, whatever came of the dictionary. */
static void
test_is_a_step_of_the_cycle (SyncFixture   *self,
                             gconstpointer  data)
{
  NextDictionary next = { NULL };
  g_autofree char *uuid = sync_fixture_add (self, "一号楼");
  YejiSyncReport report = { 0 };
  g_autoptr (GError) error = NULL;

  next_dictionary_init (&next, "next");
  publish (self, "next", next.bundle, WRONG_SUM);
  sync_fixture_queue (self, uuid);
  sync_fixture_cycle (self, &report, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (report.submitted, ==, 1);
  g_assert_cmpint (report.dictionary, ==, YEJI_DICTIONARY_REFUSED);
  publish (self, "next", next.bundle, WRONG_NOTHING);
  sync_fixture_cycle (self, &report, &error);
  g_assert_no_error (error);
  g_assert_cmpint (report.dictionary, ==, YEJI_DICTIONARY_OFFERED);
  next_dictionary_clear (&next);
}

/* What waited under the older version goes as it was submitted; refused, it is the clerk's again,
 * moved, with the reason. */
static void
test_gives_back_what_is_too_old (SyncFixture   *self,
                                 gconstpointer  data)
{
  NextDictionary next = { NULL };
  g_autofree char *uuid = sync_fixture_add (self, "一号楼");
  g_autofree char *name = NULL;
  g_autoptr (GPtrArray) outbox = NULL;
  g_autoptr (GPtrArray) reports = NULL;
  g_autoptr (YejiEntry) entry = NULL;
  g_autoptr (YejiRecord) stored = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *version = g_strdup_printf ("\"dictionary\":\"%s\"",
                                              yeji_dictionary_get_version (self->dictionary));
  YejiSyncReport report = { 0 };
  YejiOutboxItem *item;

  next_dictionary_init (&next, "next");
  publish (self, "next", next.bundle, WRONG_NOTHING);
  sync_fixture_queue (self, uuid);
  g_assert_cmpint (update (self), ==, YEJI_DICTIONARY_OFFERED);
  yeji_store_adopt_dictionary (self->store, &reports, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (reports->len, ==, 1);
  outbox = yeji_store_get_outbox (self->store, &error);
  item = g_ptr_array_index (outbox, 0);
  g_assert_nonnull (strstr (item->body, version));

  fake_province_plan (self->fake, "PUT *", FAKE_DICTIONARY, 1);
  sync_fixture_cycle (self, &report, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (report.refused, ==, 1);
  g_assert_cmpuint (sync_fixture_get_n_queued (self), ==, 0);
  entry = yeji_store_get_entry (self->store, uuid, &error);
  g_assert_no_error (error);
  g_assert_true (yeji_entry_is_editable (entry));
  g_assert_nonnull (strstr (yeji_entry_get_message (entry), "dictionary"));
  stored = yeji_store_load_as_is (self->store, uuid, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (yeji_dictionary_get_version (yeji_record_get_dictionary (stored)), ==, "next");
  name = sync_fixture_get_name (self, uuid);
  g_assert_cmpstr (name, ==, "一号楼");
  next_dictionary_clear (&next);
}

/* A record of a version that nobody here has adopted: on a second computer, say. */
static void
test_reads_what_is_newer (SyncFixture   *self,
                          gconstpointer  data)
{
  static const char uuid[] = "6f1c2d3e-4a5b-4c6d-8e7f-102030405001";
  NextDictionary next = { NULL };
  g_autofree char *record = NULL;
  g_autoptr (YejiRecord) stored = NULL;
  g_autoptr (YejiRecord) shown = NULL;
  g_autoptr (GError) error = NULL;
  const YejiKept *kept;

  next_dictionary_init (&next, "next");
  publish (self, "next", next.bundle, WRONG_NOTHING);
  record = g_strdup_printf ("{\"uuid\": \"%s\", \"dictionary\": \"next\","
                            " \"role\": \"construction\", \"project\": {\"%s\": \"said\"},"
                            " \"kept\": [{\"rule\": \"a\", \"pointer\": \"/project/%s\","
                            " \"value\": \"said\", \"other\": \"\", \"reason\": \"so\"}]}",
                            uuid, next.renamed_to, next.renamed_to);
  fake_province_decide (self->fake, uuid, "approved", record);
  sync_fixture_cycle (self, NULL, &error);
  g_assert_no_error (error);
  stored = yeji_store_load_as_is (self->store, uuid, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (yeji_dictionary_get_version (yeji_record_get_dictionary (stored)), ==, "next");
  shown = yeji_store_load (self->store, uuid, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (yeji_row_get_by_id (yeji_record_get_project (shown), next.renamed), ==, "said");
  kept = g_ptr_array_index (yeji_record_get_kept (shown), 0);
  g_assert_cmpstr (kept->field, ==, next.renamed);
  next_dictionary_clear (&next);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (sodium_init (), >=, 0);

  sync_test_add ("/sync/dictionary/takes-a-new-one", test_takes_a_new_one);
  sync_test_add ("/sync/dictionary/leaves-the-same-one", test_leaves_its_own);
  sync_test_add ("/sync/dictionary/forgets-what-is-withdrawn", test_forgets_what_is_withdrawn);
  sync_test_add ("/sync/dictionary/refuses-what-is-broken", test_refuses_what_is_broken);
  sync_test_add ("/sync/dictionary/hears-the-province-alone", test_hears_the_province_alone);
  sync_test_add ("/sync/dictionary/trusts-the-first-key", test_trusts_the_first_key);
  sync_test_add ("/sync/dictionary/is-a-step-of-the-cycle", test_is_a_step_of_the_cycle);
  sync_test_add ("/sync/dictionary/reads-what-is-newer", test_reads_what_is_newer);
  sync_test_add ("/sync/dictionary/gives-back-what-is-too-old", test_gives_back_what_is_too_old);
  return g_test_run ();
}
