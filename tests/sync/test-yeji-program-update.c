// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "sync-fixture.h"
#include "yeji-dictionary-update.h"
#include "yeji-json.h"
#include "yeji-program-update.h"

static void
test_compares (void)
{
  static const struct
  {
    const char *a, *b;
    int expected;
  } cases[] = {
    { "0.1.0", "0.1.0", 0 }, { "0.1", "0.1.0", 0 }, { "0.1.0", "0.1.1", -1 },
    { "0.10.0", "0.9.9", 1 }, { "2", "1.99", 1 }, { "1.0.0.1", "1", 1 }, { "0.2", "0.10", -1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s %s", cases[i].a, cases[i].b);
      g_assert_cmpint (yeji_program_update_compare (cases[i].a, cases[i].b), ==,
                       cases[i].expected);
      g_assert_cmpint (yeji_program_update_compare (cases[i].b, cases[i].a), ==,
                       -cases[i].expected);
    }
}

static gboolean
run_update (SyncFixture   *self,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  YejiDictionaryNews news;

  return yeji_dictionary_update_run (self->store, self->province, &news, cancellable, error);
}

/* Lets the province say @client, a member with its comma, and asks it. */
static void
say (SyncFixture *self,
     const char  *client)
{
  YejiDictionary *own = yeji_store_get_dictionary (self->store);
  g_autofree char *sum = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256,
                                                       yeji_dictionary_get_bundle (own));
  g_autoptr (GError) error = NULL;

  g_free (self->fake->config);
  self->fake->config = g_strdup_printf ("{\"version\": \"1\",%s \"dictionary\": {\"id\": \"d\","
                                        " \"version\": \"%s\", \"sha256\": \"%s\"}}", client,
                                        yeji_dictionary_get_version (own), sum);
  sync_fixture_run (self, run_update, NULL, NULL, &error);
  g_assert_no_error (error);
}

static void
assert_wanted (SyncFixture *self,
               const char  *version,
               const char  *where)
{
  g_autofree char *found_where = NULL;
  g_autofree char *found = yeji_program_update_get_wanted (self->store, &found_where);
  g_autofree char *zh = yeji_program_update_get_words (self->store, YEJI_LANGUAGE_ZH);
  g_autofree char *en = yeji_program_update_get_words (self->store, YEJI_LANGUAGE_EN);

  g_assert_cmpstr (found, ==, version);
  g_assert_cmpstr (found_where, ==, where);
  g_assert_true ((zh != NULL) == (version != NULL));
  if (version == NULL)
    return;
  g_assert_nonnull (strstr (zh, version));
  g_assert_nonnull (strstr (en, version));
  g_assert_nonnull (strstr (en, YEJI_VERSION));
  g_assert_true (where == NULL || (strstr (zh, where) != NULL && strstr (en, where) != NULL));
}

static void
test_learns (SyncFixture   *self,
             gconstpointer  data)
{
  assert_wanted (self, NULL, NULL);
  say (self, "");
  assert_wanted (self, NULL, NULL);
  say (self, "\"client\": {\"version\": \"999.2\", \"where\": \"https://example.org/yeji\"},");
  assert_wanted (self, "999.2", "https://example.org/yeji");
  say (self, "\"client\": {\"version\": \"999.3\"},");
  assert_wanted (self, "999.3", NULL);
  /* the one that runs, and an earlier one */
  say (self, "\"client\": {\"version\": \"" YEJI_VERSION "\"},");
  assert_wanted (self, NULL, NULL);
  say (self, "\"client\": {\"version\": \"0\"},");
  assert_wanted (self, NULL, NULL);
  /* it can be taken back */
  say (self, "\"client\": {\"version\": \"999.2\"},");
  say (self, "");
  assert_wanted (self, NULL, NULL);
}

/* Nothing that somebody could be led astray with is shown. */
static void
test_believes_no_nonsense (SyncFixture   *self,
                           gconstpointer  data)
{
  static const char * const versions[] = {
    "\"\"", "\"new\"", "\"9 click here\"", "\"9..1\"", "\"9.\"", "\".9\"", "9", "null", "[]",
    "\"99999999999999999999999999999999999999999999\"", "\"9\\n9\"",
  };
  static const char * const places[] = {
    "http://example.org/", "file:///etc/passwd", "https://", "https://you:pw@example.org/",
    "https://example.org/ a", "javascript:alert(1)", "https://example.org/<b>", "省",
  };

  for (guint i = 0; i < G_N_ELEMENTS (versions); i++)
    {
      g_autofree char *client = g_strdup_printf ("\"client\": {\"version\": %s},", versions[i]);

      g_test_message ("%s", client);
      say (self, client);
      assert_wanted (self, NULL, NULL);
    }
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_autofree char *client = g_strdup_printf ("\"client\": {\"version\": \"999\", "
                                                 "\"where\": \"%s\"},", places[i]);

      g_test_message ("%s", client);
      say (self, client);
      assert_wanted (self, "999", NULL);
    }
  say (self, "\"client\": 7,");
  assert_wanted (self, NULL, NULL);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/sync/program-update/compares", test_compares);
  sync_test_add ("/sync/program-update/learns", test_learns);
  sync_test_add ("/sync/program-update/believes-no-nonsense", test_believes_no_nonsense);

  return g_test_run ();
}
