// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "yeji-province.h"

#include "sync-fixture.h"
#include "yeji-token-place.h"

#include <string.h>

static gboolean
ask (SyncFixture   *fixture,
     gpointer       data,
     GCancellable  *cancellable,
     GError       **error)
{
  YejiReply **slot = data;
  g_autoptr (YejiReply) reply = yeji_province_call (fixture->province, "GET", "/v1/changes", NULL,
                                                    cancellable, error, NULL);

  if (reply == NULL)
    return FALSE;
  if (slot != NULL)
    *slot = g_steal_pointer (&reply);
  return TRUE;
}

static void
test_takes_no_word_but_the_provinces (SyncFixture   *fixture,
                                      gconstpointer  data)
{
  static const FakeFault faults[] = {
    FAKE_CAPTIVE, FAKE_STRANGER, FAKE_REDIRECT, FAKE_HANG_UP, FAKE_NOT_JSON, FAKE_TRUNCATED,
    FAKE_HUGE, FAKE_LOSE_ANSWER,
  };

  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autoptr (GError) error = NULL;

      /* libsoup asks once more when an idle connection breaks */
      fake_province_plan (fixture->fake, "GET /v1/changes", faults[i], 1);
      if (faults[i] == FAKE_HANG_UP || faults[i] == FAKE_LOSE_ANSWER)
        fake_province_plan (fixture->fake, "GET /v1/changes", faults[i], 1);
      sync_fixture_run (fixture, ask, NULL, NULL, &error);
      g_assert_error (error, YEJI_SYNC_ERROR, YEJI_SYNC_ERROR_UNREACHABLE);
      g_ptr_array_set_size (fixture->fake->faults, 0);
    }
  g_assert_cmpuint (fake_province_count (fixture->fake, "GET /v1/elsewhere"), ==, 0);
}

static gboolean
put (SyncFixture   *fixture,
     gpointer       data,
     GCancellable  *cancellable,
     GError       **error)
{
  g_autoptr (YejiReply) reply = yeji_province_send (fixture->province, "PUT", "/v1/records/x",
                                                    data, "application/json", cancellable, error,
                                                    "If-None-Match", "*", NULL);

  return reply != NULL && yeji_reply_check (reply, error);
}

static void
test_sends_the_body_again_on_a_fresh_line (SyncFixture   *fixture,
                                           gconstpointer  data)
{
  g_autofree char *filler = g_strnfill (3 * 1024 * 1024, ' ');
  g_autofree char *text = g_strdup_printf ("{\"text\": \"x\"%s}", filler);
  g_autoptr (GBytes) body = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;

  sync_fixture_run (fixture, ask, NULL, NULL, &error);
  g_assert_no_error (error);
  fake_province_plan (fixture->fake, "PUT *", FAKE_HANG_UP, 1);
  sync_fixture_run (fixture, put, body, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (fake_province_count (fixture->fake, "PUT *"), ==, 2);
  g_assert_true (g_str_equal (fake_province_find (fixture->fake, "x")->body, text));
}

static void
test_hands_refusals_over (SyncFixture   *fixture,
                          gconstpointer  data)
{
  g_autoptr (YejiReply) reply = NULL;
  g_autoptr (GError) error = NULL;

  fake_province_plan (fixture->fake, "GET /v1/changes", FAKE_INVALID, 1);
  sync_fixture_run (fixture, ask, &reply, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (reply->status, ==, 422);
  g_assert_cmpstr (reply->refusal->kind, ==, "invalid");
  g_assert_cmpuint (reply->refusal->errors->len, ==, 1);

  g_assert_false (yeji_reply_check (reply, &error));
  g_assert_error (error, YEJI_SYNC_ERROR, YEJI_SYNC_ERROR_REFUSED);
  g_assert_cmpstr (yeji_sync_error_get_refusal (error)->detail, ==, "one place");
}

static void
test_says_when_to_come_again (SyncFixture   *fixture,
                              gconstpointer  data)
{
  g_autoptr (YejiReply) reply = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) copy = NULL;

  fake_province_plan (fixture->fake, "GET /v1/changes", FAKE_THROTTLE, 1);
  sync_fixture_run (fixture, ask, &reply, NULL, &error);
  g_assert_no_error (error);
  g_assert_false (yeji_reply_check (reply, &error));
  g_assert_error (error, YEJI_SYNC_ERROR, YEJI_SYNC_ERROR_BUSY);
  copy = g_error_copy (error);
  g_assert_cmpuint (yeji_sync_error_get_retry_after (copy), ==, 100);
}

static void
test_renews_an_expired_session (SyncFixture   *fixture,
                                gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_auto (YejiTokenPair) tokens = { NULL };

  fake_province_expire (fixture->fake);
  sync_fixture_run (fixture, ask, NULL, NULL, &error);
  g_assert_no_error (error);
  yeji_token_place_read (&tokens, fixture->store, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (tokens.access, ==, "access-103");
  g_assert_cmpstr (tokens.refresh, ==, "refresh-103");
}

static gpointer
ask_in_thread (gpointer data)
{
  return GINT_TO_POINTER (ask (data, NULL, NULL, NULL));
}

static gboolean
ask_from_many (SyncFixture   *fixture,
               gpointer       data,
               GCancellable  *cancellable,
               GError       **error)
{
  GThread *threads[6];
  gboolean all = TRUE;

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("ask", ask_in_thread, fixture);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    all = GPOINTER_TO_INT (g_thread_join (threads[i])) && all;
  return all;
}

static void
test_renews_once_for_many_threads (SyncFixture   *fixture,
                                   gconstpointer  data)
{
  fake_province_expire (fixture->fake);
  g_assert_true (sync_fixture_run (fixture, ask_from_many, NULL, NULL, NULL));
  g_assert_cmpuint (fixture->fake->refreshes, ==, 1);
}

static void
test_is_signed_out_when_renewal_is_refused (SyncFixture   *fixture,
                                            gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  fake_province_expire (fixture->fake);
  fixture->fake->closed = TRUE;
  sync_fixture_run (fixture, ask, NULL, NULL, &error);
  g_assert_error (error, YEJI_SYNC_ERROR, YEJI_SYNC_ERROR_SIGNED_OUT);
  g_assert_null (yeji_store_get_setting (fixture->store, "account.refresh", NULL));
  g_clear_error (&error);

  sync_fixture_run (fixture, ask, NULL, NULL, &error);
  g_assert_error (error, YEJI_SYNC_ERROR, YEJI_SYNC_ERROR_SIGNED_OUT);
  g_assert_cmpuint (fixture->fake->refreshes, ==, 1);
}

static void
test_stays_signed_in_when_renewal_does_not_get_through (SyncFixture   *fixture,
                                                        gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  fake_province_expire (fixture->fake);
  fake_province_plan (fixture->fake, "POST /v1/session", FAKE_CAPTIVE, 1);
  sync_fixture_run (fixture, ask, NULL, NULL, &error);
  g_assert_error (error, YEJI_SYNC_ERROR, YEJI_SYNC_ERROR_UNREACHABLE);
  g_clear_error (&error);

  sync_fixture_run (fixture, ask, NULL, NULL, &error);
  g_assert_no_error (error);
}

static void
test_fails_soon_when_nobody_listens (SyncFixture   *fixture,
                                     gconstpointer  data)
{
  gint64 began = g_get_monotonic_time ();
  g_autoptr (GError) error = NULL;

  fake_province_stop (fixture->fake);
  sync_fixture_run (fixture, ask, NULL, NULL, &error);
  g_assert_error (error, YEJI_SYNC_ERROR, YEJI_SYNC_ERROR_UNREACHABLE);
  g_assert_cmpint (g_get_monotonic_time () - began, <, 5 * G_TIME_SPAN_SECOND);
}

static void
test_gives_silence_a_limit (SyncFixture   *fixture,
                            gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  yeji_province_set_time_limit (fixture->province, 1);
  fake_province_plan (fixture->fake, "GET /v1/changes", FAKE_SILENT, G_MAXUINT);
  sync_fixture_run (fixture, ask, NULL, NULL, &error);
  g_assert_error (error, YEJI_SYNC_ERROR, YEJI_SYNC_ERROR_UNREACHABLE);
}

static void
cancel (FakeProvince *fake,
        const char   *request,
        gpointer      cancellable)
{
  g_cancellable_cancel (cancellable);
}

static void
test_ends_when_cancelled (SyncFixture   *fixture,
                          gconstpointer  data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  gint64 began = g_get_monotonic_time ();

  fake_province_plan (fixture->fake, "GET /v1/changes", FAKE_SILENT, G_MAXUINT);
  fixture->fake->hook = cancel;
  fixture->fake->hook_data = cancellable;
  sync_fixture_run (fixture, ask, NULL, cancellable, &error);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (g_get_monotonic_time () - began, <, 5 * G_TIME_SPAN_SECOND);
}

static void
test_sends_its_token_nowhere_else (SyncFixture   *fixture,
                                   gconstpointer  data)
{
  g_autofree char *absolute = g_strconcat (yeji_province_get_url (fixture->province),
                                           "/v1/files/u7", NULL);
  g_autofree char *neighbour = g_strconcat ("http://127.0.0.2", strrchr (fixture->fake->url, ':'),
                                            "v1/files/u7", NULL);
  const struct
  {
    const char *location;
    const char *path;
  } cases[] = {
    { "/v1/files/u7", "/v1/files/u7" },
    { absolute, "/v1/files/u7" },
    { "https://elsewhere.example/v1/files/u7", NULL },
    { neighbour, NULL },
    { "//elsewhere.example/v1/files/u7", NULL },
    { "http://127.0.0.1:1/v1/files/u7", NULL },
    { "javascript:alert(1)", NULL },
    { NULL, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = yeji_province_localise (fixture->province, cases[i].location);

      g_assert_cmpstr (path, ==, cases[i].path);
    }
}

static void
test_strips_its_own_prefix (SyncFixture   *fixture,
                            gconstpointer  data)
{
  g_autoptr (YejiProvince) province = yeji_province_new_for_url (fixture->store,
                                                                 "https://example.org/jl", NULL);
  g_autofree char *within = yeji_province_localise (province, "https://example.org/jl/v1/files/u7");
  g_autofree char *outside = yeji_province_localise (province, "/v1/files/u7");

  g_assert_cmpstr (within, ==, "/v1/files/u7");
  g_assert_cmpstr (outside, ==, "/v1/files/u7");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  sync_test_add ("/sync/province/takes-no-word-but-the-province-s",
                 test_takes_no_word_but_the_provinces);
  sync_test_add ("/sync/province/sends-the-body-again-on-a-fresh-line",
                 test_sends_the_body_again_on_a_fresh_line);
  sync_test_add ("/sync/province/hands-refusals-over", test_hands_refusals_over);
  sync_test_add ("/sync/province/says-when-to-come-again", test_says_when_to_come_again);
  sync_test_add ("/sync/province/renews-an-expired-session", test_renews_an_expired_session);
  sync_test_add ("/sync/province/renews-once-for-many-threads", test_renews_once_for_many_threads);
  sync_test_add ("/sync/province/is-signed-out-when-renewal-is-refused",
                 test_is_signed_out_when_renewal_is_refused);
  sync_test_add ("/sync/province/stays-signed-in-when-renewal-does-not-get-through",
                 test_stays_signed_in_when_renewal_does_not_get_through);
  sync_test_add ("/sync/province/fails-soon-when-nobody-listens",
                 test_fails_soon_when_nobody_listens);
  sync_test_add ("/sync/province/gives-silence-a-limit", test_gives_silence_a_limit);
  sync_test_add ("/sync/province/ends-when-cancelled", test_ends_when_cancelled);
  sync_test_add ("/sync/province/sends-its-token-nowhere-else", test_sends_its_token_nowhere_else);
  sync_test_add ("/sync/province/strips-its-own-prefix", test_strips_its_own_prefix);
  return g_test_run ();
}
