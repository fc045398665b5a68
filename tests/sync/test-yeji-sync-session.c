// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "yeji-sync-engine.h"

#include <string.h>

#include "sync-fixture.h"
#include "yeji-sync-words.h"

#define N_THREADS 8

static gboolean
ask (YejiProvince *province)
{
  g_autoptr (YejiReply) reply = yeji_province_call (province, "GET", "/v1/changes", NULL, NULL,
                                                    NULL, NULL);

  return reply != NULL && reply->refusal == NULL;
}

static gpointer
ask_in_thread (gpointer province)
{
  return GINT_TO_POINTER (ask (province));
}

/* Many threads for each of some provinces, all at once. */
static gboolean
ask_from_many (SyncFixture   *fixture,
               gpointer       data,
               GCancellable  *cancellable,
               GError       **error)
{
  GPtrArray *provinces = data;
  g_autoptr (GPtrArray) threads = g_ptr_array_new ();
  gboolean all = TRUE;

  for (guint i = 0; i < N_THREADS; i++)
    for (guint j = 0; j < provinces->len; j++)
      g_ptr_array_add (threads, g_thread_new ("ask", ask_in_thread,
                                              g_ptr_array_index (provinces, j)));
  for (guint i = 0; i < threads->len; i++)
    all = GPOINTER_TO_INT (g_thread_join (g_ptr_array_index (threads, i))) && all;
  if (!all)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, "some were not answered");
  return all;
}

static gboolean
ask_all (SyncFixture *fixture,
         GPtrArray   *provinces)
{
  return sync_fixture_run (fixture, ask_from_many, provinces, NULL, NULL);
}

static GPtrArray *
make_provinces (SyncFixture *fixture,
                guint        count)
{
  GPtrArray *provinces = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < count; i++)
    g_ptr_array_add (provinces, yeji_province_new (fixture->store, NULL));
  return provinces;
}

static void
test_renews_once_for_all_threads (SyncFixture   *fixture,
                                  gconstpointer  data)
{
  g_autoptr (GPtrArray) provinces = make_provinces (fixture, 1);

  for (guint i = 1; i <= 3; i++)
    {
      fake_province_expire (fixture->fake);
      g_assert_true (ask_all (fixture, provinces));
      g_assert_cmpuint (fixture->fake->refreshes, ==, i);
    }
}

/* As two programs with one profile. */
static void
test_takes_what_another_has_renewed (SyncFixture   *fixture,
                                     gconstpointer  data)
{
  g_autoptr (GPtrArray) first = make_provinces (fixture, 1);
  g_autoptr (GPtrArray) second = make_provinces (fixture, 1);

  for (guint i = 1; i <= 4; i++)
    {
      fake_province_expire (fixture->fake);
      g_assert_true (ask_all (fixture, i % 2 == 0 ? first : second));
      g_assert_true (ask_all (fixture, i % 2 == 0 ? second : first));
      g_assert_cmpuint (fixture->fake->refreshes, ==, i);
    }
}

/* An old token is used up by the time that the second one finds out. */
static void
test_looks_again_before_it_gives_up (SyncFixture   *fixture,
                                     gconstpointer  data)
{
  g_autoptr (GPtrArray) first = make_provinces (fixture, 1);
  g_autoptr (GPtrArray) second = make_provinces (fixture, 1);
  g_autoptr (YejiAccount) account = NULL;

  for (guint i = 0; i < 3; i++)
    {
      fake_province_expire (fixture->fake);
      g_assert_true (ask_all (fixture, first));
    }
  g_assert_true (ask_all (fixture, second));
  g_assert_cmpuint (fixture->fake->refreshes, ==, 3);
  account = yeji_account_load (fixture->store, NULL);
  g_assert_nonnull (account);
}

static void
test_two_that_renew_at_once_stay_signed_in (SyncFixture   *fixture,
                                            gconstpointer  data)
{
  g_autoptr (GPtrArray) provinces = make_provinces (fixture, 2);
  g_autoptr (GPtrArray) third = NULL;

  for (guint i = 1; i <= 5; i++)
    {
      fake_province_expire (fixture->fake);
      g_assert_true (ask_all (fixture, provinces));
      g_assert_cmpuint (fixture->fake->refreshes, <=, 2 * i);
    }
  third = make_provinces (fixture, 1);
  g_assert_true (ask_all (fixture, third));
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
test_who_signed_out_stays_signed_out (SyncFixture   *fixture,
                                      gconstpointer  data)
{
  g_autoptr (GPtrArray) provinces = make_provinces (fixture, 1);
  g_autoptr (GError) error = NULL;

  g_assert_true (sync_fixture_run (fixture, sign_out, NULL, NULL, NULL));
  fixture->fake->closed = FALSE;
  fake_province_expire (fixture->fake);
  g_assert_false (ask_all (fixture, provinces));
  g_assert_cmpuint (fixture->fake->refreshes, ==, 0);
  g_assert_null (yeji_account_load (fixture->store, &error));
  g_assert_cmpint (yeji_sync_cause_of (error), ==, YEJI_SYNC_CAUSE_NO_ACCOUNT);
}

/* The tokens of another account are not for this one's address. */
static void
test_takes_no_token_of_another_account (SyncFixture   *fixture,
                                        gconstpointer  data)
{
  static const struct
  {
    const char *url;           /* (nullable): the same */
    const char *user;
  } others[] = { { NULL, "another" }, { "https://elsewhere.example", "clerk" } };

  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_autoptr (GPtrArray) provinces = NULL;
      g_autoptr (YejiAccount) account = NULL;

      sync_fixture_sign_in (fixture);
      provinces = make_provinces (fixture, 1);
      account = yeji_account_load (fixture->store, NULL);
      if (others[i].url != NULL)
        {
          g_free (account->url);
          account->url = g_strdup (others[i].url);
        }
      g_free (account->user);
      account->user = g_strdup (others[i].user);
      g_free (account->refresh);
      account->refresh = g_strdup ("refresh-of-another");
      g_assert_true (yeji_account_save (fixture->store, account, NULL));
      fake_province_expire (fixture->fake);
      g_assert_false (ask_all (fixture, provinces));
      g_assert_cmpuint (fixture->fake->refreshes, ==, 0);
    }
}

static gboolean
sign_in (SyncFixture   *fixture,
         gpointer       user,
         GCancellable  *cancellable,
         GError       **error)
{
  return yeji_sync_sign_in (fixture->store, fixture->fake->url, user, "secret", cancellable, error);
}

static void
enter (SyncFixture *fixture,
       const char  *user,
       const char  *enterprise,
       GError     **error)
{
  fixture->fake->enterprise = enterprise;
  fixture->fake->closed = FALSE;
  sync_fixture_run (fixture, sign_in, (gpointer) user, NULL, error);
}

static void
test_nobody_sends_in_anothers_name (SyncFixture   *fixture,
                                    gconstpointer  data)
{
  g_autofree char *uuid = sync_fixture_add (fixture, "一号楼");
  g_autofree char *words = NULL;
  g_autoptr (YejiAccount) account = NULL;
  g_autoptr (GError) error = NULL;

  enter (fixture, "clerk", "A", &error);
  g_assert_no_error (error);
  sync_fixture_queue (fixture, uuid);

  /* of another enterprise: refused, and everything as it was */
  enter (fixture, "stranger", "B", &error);
  g_assert_error (error, YEJI_SYNC_ERROR, YEJI_SYNC_ERROR_ENTERPRISE);
  words = yeji_sync_words_error (error);
  g_assert_nonnull (strstr (words, "company A"));
  g_clear_error (&error);
  account = yeji_account_load (fixture->store, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (account->user, ==, "clerk");
  g_assert_cmpuint (sync_fixture_get_n_queued (fixture), ==, 1);
  g_assert_cmpuint (fake_province_count (fixture->fake, "DELETE /v1/session"), ==, 1);

  /* a colleague sends it on */
  enter (fixture, "colleague", "A", &error);
  g_assert_no_error (error);
  g_clear_object (&fixture->province);
  fixture->province = yeji_province_new (fixture->store, NULL);
  sync_fixture_cycle (fixture, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (sync_fixture_get_n_queued (fixture), ==, 0);

  /* and when nothing waits, the profile may change hands */
  enter (fixture, "stranger", "B", &error);
  g_assert_no_error (error);
}

static gboolean
has_ended (gpointer engine)
{
  return yeji_sync_engine_get_state (engine) == YEJI_SYNC_ENDED;
}

static gboolean
is_online (gpointer engine)
{
  return yeji_sync_engine_get_state (engine) == YEJI_SYNC_ONLINE;
}

static gboolean
has_sent (gpointer fixture)
{
  return sync_fixture_get_n_queued (fixture) == 0;
}

/* The password was changed, or the session was ended elsewhere: told once, and nothing is lost. */
static void
test_goes_on_after_the_session_ended (SyncFixture   *fixture,
                                      gconstpointer  data)
{
  g_autofree char *uuid = sync_fixture_add (fixture, "一号楼");
  g_autofree char *words = NULL;
  YejiSyncEngine *engine = yeji_sync_engine_new (fixture->store);
  const YejiSyncOutcome *outcome;
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *slot = NULL;
  g_autoptr (GError) error = NULL;
  guint n_asked;

  yeji_sync_engine_start (engine);
  yeji_test_wait_until (is_online, engine, SYNC_TIME_LIMIT);
  fake_province_expire (fixture->fake);
  fixture->fake->closed = TRUE;
  sync_fixture_queue (fixture, uuid);
  yeji_sync_engine_wake (engine);
  yeji_test_wait_until (has_ended, engine, SYNC_TIME_LIMIT);
  outcome = yeji_sync_engine_get_outcome (engine);
  words = yeji_sync_words (outcome, NULL, YEJI_SYNC_TELLER_ENGINE);
  g_assert_nonnull (strstr (words, "张三"));
  g_assert_nonnull (strstr (words, "Sign in again"));
  g_assert_false (yeji_sync_engine_is_signed_in (engine));

  /* who rests asks nothing, and a restart still knows */
  n_asked = fixture->fake->requests->len;
  yeji_sync_engine_wake (engine);
  yeji_sync_engine_try_now (engine);
  yeji_sync_engine_stop (engine);
  yeji_sync_engine_start (engine);
  yeji_test_wait_until (has_ended, engine, SYNC_TIME_LIMIT);
  g_assert_cmpuint (fixture->fake->requests->len, ==, n_asked);
  g_assert_cmpstr (yeji_sync_engine_get_outcome (engine)->user, ==, "张三");
  g_assert_cmpuint (sync_fixture_get_n_queued (fixture), ==, 1);

  fixture->fake->closed = FALSE;
  yeji_sync_engine_sign_in_async (engine, fixture->fake->url, "clerk", "secret", NULL,
                                  yeji_test_store_result, &slot);
  result = yeji_test_await (&slot, SYNC_TIME_LIMIT);
  g_assert_true (yeji_sync_engine_sign_in_finish (engine, result, &error));
  yeji_test_wait_until (has_sent, fixture, SYNC_TIME_LIMIT);
  yeji_test_wait_until (is_online, engine, SYNC_TIME_LIMIT);
  g_assert_cmpint (yeji_sync_engine_get_outcome (engine)->cause, ==, YEJI_SYNC_CAUSE_NONE);

  g_clear_object (&result);
  yeji_sync_engine_stop (engine);
  yeji_test_wait_until (yeji_test_is_last, engine, SYNC_TIME_LIMIT);
  g_assert_finalize_object (engine);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  sync_test_add ("/sync/session/renews-once-for-all-threads", test_renews_once_for_all_threads);
  sync_test_add ("/sync/session/takes-what-another-has-renewed",
                 test_takes_what_another_has_renewed);
  sync_test_add ("/sync/session/looks-again-before-it-gives-up",
                 test_looks_again_before_it_gives_up);
  sync_test_add ("/sync/session/two-that-renew-at-once-stay-signed-in",
                 test_two_that_renew_at_once_stay_signed_in);
  sync_test_add ("/sync/session/who-signed-out-stays-signed-out",
                 test_who_signed_out_stays_signed_out);
  sync_test_add ("/sync/session/takes-no-token-of-another-account",
                 test_takes_no_token_of_another_account);
  sync_test_add ("/sync/session/nobody-sends-in-another-s-name",
                 test_nobody_sends_in_anothers_name);
  sync_test_add ("/sync/session/goes-on-after-the-session-ended",
                 test_goes_on_after_the_session_ended);
  return g_test_run ();
}
