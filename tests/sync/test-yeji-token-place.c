// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "yeji-token-place.h"

#include <string.h>

#include <glib/gstdio.h>

#include "sync-fixture.h"
#include "yeji-keyring.h"
#include "yeji-recovery.h"
#include "yeji-store-vault.h"

/* The keyring of a test is a file that libsecret encrypts. */
static void
set_keyring (gboolean there)
{
  if (there)
    g_unsetenv ("YEJI_KEYRING");
  else
    g_setenv ("YEJI_KEYRING", "none", TRUE);
}

static void
assert_tokens (YejiStore  *store,
               const char *refresh)
{
  g_auto (YejiTokenPair) tokens = { NULL };
  g_autoptr (GError) error = NULL;

  yeji_token_place_read (&tokens, store, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (tokens.refresh, ==, refresh);
}

static void
write_tokens (YejiStore  *store,
              const char *refresh)
{
  const YejiTokenPair tokens = { (char *) "an access token", (char *) refresh };
  g_autoptr (GError) error = NULL;

  yeji_token_place_write (&tokens, store, &error);
  g_assert_no_error (error);
}

/* Not in the profile, whatever is in it, nor in any form in the file. */
static void
assert_nowhere (const char *path,
                const char *token)
{
  g_autofree char *content = NULL;
  gsize length;

  if (g_file_get_contents (path, &content, &length, NULL))
    g_assert_null (yeji_test_find_bytes (content, length, token, strlen (token)));
}

static void
assert_not_in_profile (SyncFixture *fixture,
                       const char  *token)
{
  static const char * const files[] = { "yeji.sqlite", "yeji.sqlite-wal", "vault.json" };
  static const char * const settings[] = { "account.access", "account.refresh" };

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = g_build_filename (fixture->dir, files[i], NULL);

      assert_nowhere (path, token);
    }
  for (guint i = 0; i < G_N_ELEMENTS (settings); i++)
    g_assert_null (yeji_store_get_setting (fixture->store, settings[i], NULL));
}

static void
test_file (SyncFixture   *fixture,
           gconstpointer  data)
{
  g_autofree char *path = yeji_token_place_get_path (fixture->store);

  write_tokens (fixture->store, "a refresh token");
  g_assert_cmpint (yeji_token_place_get (fixture->store), ==, YEJI_TOKEN_PLACE_FILE);
  assert_tokens (fixture->store, "a refresh token");
  assert_not_in_profile (fixture, "a refresh token");
  assert_nowhere (path, "a refresh token");

  write_tokens (fixture->store, NULL);
  g_assert_cmpint (yeji_token_place_get (fixture->store), ==, YEJI_TOKEN_PLACE_NONE);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  assert_tokens (fixture->store, NULL);
}

static void
test_keyring (SyncFixture   *fixture,
              gconstpointer  data)
{
  g_autofree char *path = yeji_token_place_get_path (fixture->store);

  set_keyring (TRUE);
  write_tokens (fixture->store, "a refresh token");
  g_assert_cmpint (yeji_token_place_get (fixture->store), ==, YEJI_TOKEN_PLACE_KEYRING);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  assert_tokens (fixture->store, "a refresh token");
  assert_not_in_profile (fixture, "a refresh token");

  write_tokens (fixture->store, "the next one");
  assert_tokens (fixture->store, "the next one");
  write_tokens (fixture->store, NULL);
  assert_tokens (fixture->store, NULL);
  set_keyring (FALSE);
}

/* What was put into the one is not found in the other afterwards. */
static void
test_moves (SyncFixture   *fixture,
            gconstpointer  data)
{
  g_autofree char *path = yeji_token_place_get_path (fixture->store);

  write_tokens (fixture->store, "in the file");
  set_keyring (TRUE);
  assert_tokens (fixture->store, "in the file");
  write_tokens (fixture->store, "in the keyring");
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  assert_tokens (fixture->store, "in the keyring");
  write_tokens (fixture->store, NULL);
  set_keyring (FALSE);
}

static void
forget_in_keyring (YejiStore *store)
{
  g_autofree char *profile = yeji_store_get_setting (store, YEJI_PROFILE_ID_SETTING, NULL);
  g_autofree char *id = g_strconcat ("session-", profile, NULL);

  g_assert_true (yeji_keyring_remove (id, 3000));
}

static void
test_locked (SyncFixture   *fixture,
             gconstpointer  data)
{
  g_auto (YejiTokenPair) tokens = { NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiAccount) account = NULL;
  g_autofree char *url = NULL;
  g_autofree char *user = NULL;

  set_keyring (TRUE);
  write_tokens (fixture->store, "a refresh token");
  set_keyring (FALSE);         /* as on another computer, without one */
  g_assert_false (yeji_token_place_read (&tokens, fixture->store, &error));
  g_assert_error (error, YEJI_SYNC_ERROR, YEJI_SYNC_ERROR_SIGNED_OUT);
  g_assert_cmpint (yeji_sync_error_get_cause (error), ==, YEJI_SYNC_CAUSE_NO_ACCOUNT);
  /* whose profile it is is known all the same */
  g_assert_true (yeji_account_peek (fixture->store, &url, &user, NULL));
  g_assert_cmpstr (user, ==, "clerk");

  set_keyring (TRUE);
  assert_tokens (fixture->store, "a refresh token");
  forget_in_keyring (fixture->store);   /* as one that is locked says: there is nothing */
  g_clear_error (&error);
  g_assert_false (yeji_token_place_read (&tokens, fixture->store, &error));
  g_assert_error (error, YEJI_SYNC_ERROR, YEJI_SYNC_ERROR_SIGNED_OUT);
  g_assert_cmpint (yeji_sync_error_get_cause (error), ==, YEJI_SYNC_CAUSE_LOCAL);
  g_assert_nonnull (strstr (error->message, "keyring"));
  write_tokens (fixture->store, NULL);
  set_keyring (FALSE);
}

static void
test_takes_over (SyncFixture   *fixture,
                 gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  write_tokens (fixture->store, NULL);
  yeji_store_set_sealed_setting (fixture->store, "account.access", "old access", &error);
  g_assert_no_error (error);
  yeji_store_set_sealed_setting (fixture->store, "account.refresh", "old refresh", &error);
  g_assert_no_error (error);
  assert_tokens (fixture->store, "old refresh");
  g_assert_cmpint (yeji_token_place_get (fixture->store), ==, YEJI_TOKEN_PLACE_FILE);
  assert_not_in_profile (fixture, "old refresh");
  assert_tokens (fixture->store, "old refresh");
}

/* The profile as it comes to another computer: with its key, by a recovery code, and nothing else
 * of the user's. */
static void
test_is_not_carried_along (SyncFixture   *fixture,
                           gconstpointer  data)
{
  g_autofree char *path = yeji_token_place_get_path (fixture->store);
  g_autoptr (YejiAccount) account = NULL;
  g_autoptr (GError) error = NULL;

  write_tokens (fixture->store, "a refresh token");
  g_assert_cmpint (g_unlink (path), ==, 0);
  account = yeji_account_load (fixture->store, &error);
  g_assert_null (account);
  g_assert_error (error, YEJI_SYNC_ERROR, YEJI_SYNC_ERROR_SIGNED_OUT);
}

/* The file is of one profile: under the name of another it is none. */
static void
test_file_of_another_profile (SyncFixture   *fixture,
                              gconstpointer  data)
{
  g_autofree char *path = yeji_token_place_get_path (fixture->store);
  g_auto (YejiTokenPair) tokens = { NULL };

  static const char * const contents[] = { "", "{}", "{\"refresh\": \"planted\"}",
                                           "yeji:1:abc", "\xff\xfe" };

  write_tokens (fixture->store, "a refresh token");
  for (guint i = 0; i < G_N_ELEMENTS (contents); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_true (g_file_set_contents (path, contents[i], -1, NULL));
      g_assert_false (yeji_token_place_read (&tokens, fixture->store, &error));
      g_assert_error (error, YEJI_SYNC_ERROR, YEJI_SYNC_ERROR_SIGNED_OUT);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_autofree char *dir = yeji_test_dir_new ();
  g_autofree char *keyring = g_build_filename (dir, "keyring", NULL);
  int status;

  g_test_init (&argc, &argv, NULL);
  g_setenv ("SECRET_BACKEND", "file", TRUE);
  g_setenv ("SECRET_FILE_TEST_PATH", keyring, TRUE);
  g_setenv ("SECRET_FILE_TEST_PASSWORD", "keyring", TRUE);
  sync_test_add ("/sync/token-place/without-a-keyring-they-lie-sealed-in-a-file", test_file);
  sync_test_add ("/sync/token-place/with-a-keyring-they-lie-there-alone", test_keyring);
  sync_test_add ("/sync/token-place/they-are-in-one-place-only", test_moves);
  sync_test_add ("/sync/token-place/a-locked-keyring-is-told", test_locked);
  sync_test_add ("/sync/token-place/takes-over-what-lay-in-the-profile", test_takes_over);
  sync_test_add ("/sync/token-place/a-profile-does-not-carry-them-along",
                 test_is_not_carried_along);
  sync_test_add ("/sync/token-place/what-somebody-else-wrote-is-none",
                 test_file_of_another_profile);
  status = g_test_run ();
  yeji_test_dir_remove (dir);
  return status;
}
