// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "yeji-account.h"

#include "sync-fixture.h"

static void
test_reads_addresses (void)
{
  static const struct
  {
    const char *text;
    const char *url;           /* NULL: none */
  } cases[] = {
    { "https://yeji.example", "https://yeji.example" },
    { "  yeji.example/ ", "https://yeji.example" },
    { "yeji.example:8443/jl//", "https://yeji.example:8443/jl" },
    { "http://127.0.0.1:8080", "http://127.0.0.1:8080" },
    { "http://[::1]:8080/", "http://[::1]:8080" },
    { "http://localhost", "http://localhost" },
    { "http://LocalHost:80", "http://LocalHost:80" },
    { "http://127.45.6.7:8080", "http://127.45.6.7:8080" },
    { "http://[::ffff:127.0.0.1]:8080", "http://[::ffff:127.0.0.1]:8080" },
    { "http://[0:0:0:0:0:0:0:1]", "http://[0:0:0:0:0:0:0:1]" },
    { "HTTP://127.0.0.1", "HTTP://127.0.0.1" },
    /* what only looks like this computer, or is it in a way that a resolver decides on */
    { "http://localhost.", NULL },
    { "http://localhost.localdomain", NULL },
    { "http://a.localhost", NULL },
    { "http://localhost.example", NULL },
    { "http://xlocalhost", NULL },
    { "http://127.1", NULL },
    { "http://2130706433", NULL },
    { "http://0x7f000001", NULL },
    { "http://0177.0.0.1", NULL },
    { "http://0.0.0.0", NULL },
    { "http://[::]", NULL },
    { "http://[::ffff:10.0.0.1]", NULL },
    { "http://[::ffff:localhost]", NULL },
    { "http://[::127.0.0.1]", NULL },
    { "http://10.0.0.1", NULL },
    { "http://１２７.0.0.1", NULL },
    { "http://ｌocalhost", NULL },
    { "http://loсalhost", NULL },
    { "http://localhost@yeji.example", NULL },
    { "http://localhost:80@yeji.example", NULL },
    { "http://yeji.example#@localhost", NULL },
    { "http://yeji.example?@localhost", NULL },
    { "http://yeji.example\\@localhost", NULL },
    { "http://localhost%2eexample", NULL },
    { "http://localhost%00.example", NULL },
    { "https://localhost:99999", NULL },
    { "https://@yeji.example", NULL },
    { "https:///yeji.example", NULL },
    { "https:yeji.example", NULL },
    { "http://yeji.example", NULL },
    { "http://127.0.0.1.example", NULL },
    { "https://user:password@yeji.example", NULL },
    { "https://yeji.example/?a=b", NULL },
    { "https://yeji.example/#a", NULL },
    { "ftp://yeji.example", NULL },
    { "file:///etc/passwd", NULL },
    { "https://", NULL },
    { "", NULL },
    { "/", NULL },
    { "两个 字", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *url = yeji_account_check_url (cases[i].text, &error);

      g_assert_cmpstr (url, ==, cases[i].url);
      if (cases[i].url == NULL)
        {
          g_assert_error (error, YEJI_SYNC_ERROR, YEJI_SYNC_ERROR_UNREACHABLE);
          g_assert_cmpint (yeji_sync_cause_of (error), ==, YEJI_SYNC_CAUSE_ADDRESS);
        }
    }
}

static void
test_signs_in (SyncFixture   *fixture,
               gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiAccount) account = yeji_account_load (fixture->store, &error);

  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (fixture->fake->url, account->url));
  g_assert_cmpstr (account->user, ==, "clerk");
  g_assert_cmpstr (account->name, ==, "张三");
  g_assert_cmpstr (account->access, ==, "access-2");
  g_assert_cmpstr (account->refresh, ==, "refresh-2");
}

static gboolean
sign_in_wrongly (SyncFixture   *fixture,
                 gpointer       data,
                 GCancellable  *cancellable,
                 GError       **error)
{
  return yeji_sync_sign_in (fixture->store, fixture->fake->url, "clerk", "guess", cancellable,
                            error);
}

static void
test_keeps_the_account_when_the_password_is_wrong (SyncFixture   *fixture,
                                                   gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiAccount) account = NULL;

  g_assert_false (sync_fixture_run (fixture, sign_in_wrongly, NULL, NULL, &error));
  g_assert_error (error, YEJI_SYNC_ERROR, YEJI_SYNC_ERROR_SIGNED_OUT);
  g_assert_cmpstr (yeji_sync_error_get_refusal (error)->title, ==, "title of unauthorised");

  account = yeji_account_load (fixture->store, NULL);
  g_assert_cmpstr (account->refresh, ==, "refresh-2");
}

static void
test_drops_the_cursor_with_the_account (SyncFixture   *fixture,
                                        gconstpointer  data)
{
  g_autoptr (YejiAccount) account = yeji_account_load (fixture->store, NULL);
  g_autofree char *kept = NULL;

  yeji_store_set_setting (fixture->store, "cursor", "e-7", NULL);
  g_assert_true (yeji_account_save (fixture->store, account, NULL));
  kept = yeji_store_get_setting (fixture->store, "cursor", NULL);
  g_assert_cmpstr (kept, ==, "e-7");

  g_free (account->user);
  account->user = g_strdup ("another");
  g_assert_true (yeji_account_save (fixture->store, account, NULL));
  g_assert_null (yeji_store_get_setting (fixture->store, "cursor", NULL));
}

static gboolean
sign_out (SyncFixture   *fixture,
          gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  return yeji_sync_sign_out (fixture->store, cancellable, error);
}

static void
assert_signed_out (SyncFixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *user = yeji_store_get_setting (fixture->store, "account.user", NULL);

  g_assert_null (yeji_account_load (fixture->store, &error));
  g_assert_error (error, YEJI_SYNC_ERROR, YEJI_SYNC_ERROR_SIGNED_OUT);
  g_assert_null (yeji_store_get_setting (fixture->store, "account.access", NULL));
  g_assert_cmpstr (user, ==, "clerk");
}

static void
test_signs_out (SyncFixture   *fixture,
                gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  sync_fixture_run (fixture, sign_out, NULL, NULL, &error);
  g_assert_no_error (error);
  assert_signed_out (fixture);
  g_assert_cmpuint (fake_province_count (fixture->fake, "DELETE /v1/session"), ==, 1);
  sync_fixture_run (fixture, sign_out, NULL, NULL, &error);
  g_assert_no_error (error);
}

static void
test_signs_out_with_an_expired_session (SyncFixture   *fixture,
                                        gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  fake_province_expire (fixture->fake);
  sync_fixture_run (fixture, sign_out, NULL, NULL, &error);
  g_assert_no_error (error);
  assert_signed_out (fixture);
  g_assert_true (fixture->fake->closed);
}

static void
test_signs_out_offline (SyncFixture   *fixture,
                        gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  fake_province_stop (fixture->fake);
  sync_fixture_run (fixture, sign_out, NULL, NULL, &error);
  g_assert_no_error (error);
  assert_signed_out (fixture);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync/account/reads-addresses", test_reads_addresses);
  sync_test_add ("/sync/account/signs-in", test_signs_in);
  sync_test_add ("/sync/account/keeps-the-account-when-the-password-is-wrong",
                 test_keeps_the_account_when_the_password_is_wrong);
  sync_test_add ("/sync/account/drops-the-cursor-with-the-account",
                 test_drops_the_cursor_with_the_account);
  sync_test_add ("/sync/account/signs-out", test_signs_out);
  sync_test_add ("/sync/account/signs-out-with-an-expired-session",
                 test_signs_out_with_an_expired_session);
  sync_test_add ("/sync/account/signs-out-offline", test_signs_out_offline);
  return g_test_run ();
}
