// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "yeji-sync-engine.h"

#include "sync-fixture.h"

typedef struct
{
  SyncFixture base;
  YejiSyncEngine *engine;
  GThread *thread;
  GArray *states;              /* as they were notified, one after the other */
  guint n_users;
} EngineFixture;

static void
note_state (YejiSyncEngine *engine,
            GParamSpec     *pspec,
            EngineFixture  *fixture)
{
  YejiSyncState state = yeji_sync_engine_get_state (engine);

  g_assert_true (g_thread_self () == fixture->thread);
  if (fixture->states->len == 0
      || g_array_index (fixture->states, YejiSyncState, fixture->states->len - 1) != state)
    g_array_append_val (fixture->states, state);
}

static void
note_user (YejiSyncEngine *engine,
           GParamSpec     *pspec,
           EngineFixture  *fixture)
{
  fixture->n_users++;
}

static void
set_up (EngineFixture *fixture,
        gconstpointer  data)
{
  sync_fixture_set_up (&fixture->base, data);
  fixture->thread = g_thread_self ();
  fixture->states = g_array_new (FALSE, FALSE, sizeof (YejiSyncState));
  fixture->engine = yeji_sync_engine_new (fixture->base.store);
  g_signal_connect (fixture->engine, "notify::state", G_CALLBACK (note_state), fixture);
  g_signal_connect (fixture->engine, "notify::user", G_CALLBACK (note_user), fixture);
}

static void
tear_down (EngineFixture *fixture,
           gconstpointer  data)
{
  yeji_sync_engine_stop (fixture->engine);
  yeji_test_wait_until (yeji_test_is_last, fixture->engine, SYNC_TIME_LIMIT);
  g_assert_finalize_object (g_steal_pointer (&fixture->engine));
  g_array_unref (fixture->states);
  sync_fixture_tear_down (&fixture->base, data);
}

static gboolean
is_online (gpointer engine)
{
  return yeji_sync_engine_get_state (engine) == YEJI_SYNC_ONLINE;
}

static gboolean
is_offline (gpointer engine)
{
  return yeji_sync_engine_get_state (engine) == YEJI_SYNC_OFFLINE;
}

static gboolean
is_signed_out (gpointer engine)
{
  return yeji_sync_engine_get_state (engine) == YEJI_SYNC_SIGNED_OUT;
}

static gboolean
has_ended (gpointer engine)
{
  return yeji_sync_engine_get_state (engine) == YEJI_SYNC_ENDED;
}

static gboolean
is_busy (gpointer engine)
{
  return yeji_sync_engine_get_state (engine) == YEJI_SYNC_BUSY;
}

static gboolean
is_waiting (gpointer fixture)
{
  EngineFixture *self = fixture;

  return is_online (self->engine) && self->base.fake->waiting != NULL;
}

static void
wait_for (EngineFixture     *fixture,
          YejiTestCondition  condition)
{
  yeji_test_wait_until (condition, fixture->engine, SYNC_TIME_LIMIT);
}

static void
wait_until_waiting (EngineFixture *fixture)
{
  yeji_test_wait_until (is_waiting, fixture, SYNC_TIME_LIMIT);
}

static void
test_goes_online (EngineFixture *fixture,
                  gconstpointer  data)
{
  static const YejiSyncState expected[] = { YEJI_SYNC_RUNNING, YEJI_SYNC_ONLINE };

  yeji_sync_engine_start (fixture->engine);
  yeji_sync_engine_start (fixture->engine);
  wait_until_waiting (fixture);
  g_assert_cmpmem (fixture->states->data, fixture->states->len * sizeof (YejiSyncState),
                   expected, sizeof expected);
  g_assert_cmpstr (yeji_sync_engine_get_user (fixture->engine), ==, "张三");
  g_assert_cmpuint (fixture->n_users, ==, 1);
  g_assert_null (yeji_sync_engine_get_message (fixture->engine));
}

static void
test_is_signed_out_without_an_account (EngineFixture *fixture,
                                       gconstpointer  data)
{
  yeji_account_leave (fixture->base.store, NULL);
  yeji_sync_engine_start (fixture->engine);
  wait_for (fixture, is_signed_out);
  g_assert_cmpint (yeji_sync_engine_get_outcome (fixture->engine)->cause, ==,
                   YEJI_SYNC_CAUSE_NO_ACCOUNT);
  g_assert_null (yeji_sync_engine_get_user (fixture->engine));
}

static gboolean
has_state (EngineFixture *fixture,
           YejiState      state)
{
  g_autoptr (GPtrArray) entries = yeji_store_list (fixture->base.store, NULL);

  return yeji_entry_get_state (g_ptr_array_index (entries, 0)) == state;
}

static gboolean
has_submitted (gpointer fixture)
{
  return has_state (fixture, YEJI_STATE_SUBMITTED);
}

/* The engine submits by itself when the last file is there. */
static void
test_submits_when_the_files_are_there (EngineFixture *fixture,
                                       gconstpointer  data)
{
  g_autofree char *uuid = sync_fixture_add (&fixture->base, "一号楼");
  g_autofree char *one = sync_fixture_attach (&fixture->base, uuid, "one.pdf", 1000);
  g_autofree char *two = sync_fixture_attach (&fixture->base, uuid, "two.pdf", 3000000);
  FakeRecord *record;

  sync_fixture_queue (&fixture->base, uuid);
  yeji_sync_engine_start (fixture->engine);
  yeji_test_wait_until (has_submitted, fixture, SYNC_TIME_LIMIT);
  record = fake_province_find (fixture->base.fake, uuid);
  g_assert_true (g_hash_table_contains (record->held, one));
  g_assert_true (g_hash_table_contains (record->held, two));
  g_assert_cmpuint (fake_province_count (fixture->base.fake, "POST *:submit"), ==, 1);
}

static gboolean
has_returned (gpointer fixture)
{
  return has_state (fixture, YEJI_STATE_RETURNED);
}

static void
test_sends_at_once_when_woken (EngineFixture *fixture,
                               gconstpointer  data)
{
  g_autofree char *uuid = sync_fixture_add (&fixture->base, "一号楼");

  yeji_sync_engine_start (fixture->engine);
  wait_until_waiting (fixture);
  sync_fixture_queue (&fixture->base, uuid);
  yeji_sync_engine_wake (fixture->engine);
  yeji_test_wait_until (has_submitted, fixture, SYNC_TIME_LIMIT);
}

static void
test_hears_the_province_at_once (EngineFixture *fixture,
                                 gconstpointer  data)
{
  g_autofree char *uuid = sync_fixture_add (&fixture->base, "一号楼");

  yeji_sync_engine_start (fixture->engine);
  wait_until_waiting (fixture);
  fake_province_decide (fixture->base.fake, uuid, "returned", NULL);
  yeji_test_wait_until (has_returned, fixture, SYNC_TIME_LIMIT);
  wait_until_waiting (fixture);
}

static void
queue_and_wake (FakeProvince *fake,
                const char   *request,
                gpointer      data)
{
  EngineFixture *fixture = data;
  g_autofree char *uuid = NULL;

  if (!g_str_has_prefix (request, "GET /v1/changes"))
    return;
  fake->hook = NULL;
  uuid = sync_fixture_add (&fixture->base, "一号楼");
  sync_fixture_queue (&fixture->base, uuid);
  yeji_sync_engine_wake (fixture->engine);
}

static void
test_runs_again_when_woken_while_it_runs (EngineFixture *fixture,
                                          gconstpointer  data)
{
  fixture->base.fake->hook = queue_and_wake;
  fixture->base.fake->hook_data = fixture;
  yeji_sync_engine_start (fixture->engine);
  wait_until_waiting (fixture);
  g_assert_true (has_submitted (fixture));
}

static void
test_comes_back_by_itself (EngineFixture *fixture,
                           gconstpointer  data)
{
  fake_province_plan (fixture->base.fake, "GET /v1/changes", FAKE_CAPTIVE, 2);
  yeji_sync_engine_start (fixture->engine);
  wait_for (fixture, is_offline);
  g_assert_nonnull (yeji_sync_engine_get_message (fixture->engine));
  g_assert_cmpstr (yeji_sync_engine_get_user (fixture->engine), ==, "张三");
  wait_for (fixture, is_online);
  g_assert_null (yeji_sync_engine_get_message (fixture->engine));
  g_assert_cmpuint (fake_province_count (fixture->base.fake, "GET /v1/changes"), >=, 3);
}

static void
test_tries_now_when_woken_offline (EngineFixture *fixture,
                                   gconstpointer  data)
{
  gint64 began;

  fake_province_plan (fixture->base.fake, "GET /v1/changes", FAKE_THROTTLE, 1);
  yeji_sync_engine_start (fixture->engine);
  wait_for (fixture, is_busy);
  began = g_get_monotonic_time ();
  yeji_sync_engine_try_now (fixture->engine);
  wait_for (fixture, is_online);
  g_assert_cmpint (g_get_monotonic_time () - began, <, 5 * G_TIME_SPAN_SECOND);
}

static gboolean
is_half_a_second_later (gpointer began)
{
  return g_get_monotonic_time () - *(gint64 *) began >= G_TIME_SPAN_SECOND / 2;
}

static void
test_does_not_ask_without_end (EngineFixture *fixture,
                               gconstpointer  data)
{
  gint64 began;

  fixture->base.fake->impatient = TRUE;
  yeji_sync_engine_start (fixture->engine);
  wait_for (fixture, is_online);
  began = g_get_monotonic_time ();
  yeji_test_wait_until (is_half_a_second_later, &began, 500);
  g_assert_cmpuint (fake_province_count (fixture->base.fake, "GET /v1/changes"), ==, 2);
  g_assert_cmpint (yeji_sync_engine_get_state (fixture->engine), ==, YEJI_SYNC_ONLINE);
}

static void
test_notices_that_the_session_ended (EngineFixture *fixture,
                                     gconstpointer  data)
{
  yeji_sync_engine_start (fixture->engine);
  wait_until_waiting (fixture);
  fake_province_expire (fixture->base.fake);
  fixture->base.fake->closed = TRUE;
  yeji_sync_engine_wake (fixture->engine);
  wait_for (fixture, has_ended);
  g_assert_null (yeji_sync_engine_get_user (fixture->engine));
}

static void
sign_in (EngineFixture  *fixture,
         const char     *password,
         GError        **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *slot = NULL;

  yeji_sync_engine_sign_in_async (fixture->engine, fixture->base.fake->url, "clerk", password, NULL,
                                  yeji_test_store_result, &slot);
  result = yeji_test_await (&slot, SYNC_TIME_LIMIT);
  yeji_sync_engine_sign_in_finish (fixture->engine, result, error);
}

static void
test_signs_in_and_out (EngineFixture *fixture,
                       gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  yeji_account_leave (fixture->base.store, NULL);
  yeji_sync_engine_start (fixture->engine);
  wait_for (fixture, is_signed_out);

  sign_in (fixture, "guess", &error);
  g_assert_error (error, YEJI_SYNC_ERROR, YEJI_SYNC_ERROR_SIGNED_OUT);
  g_clear_error (&error);
  sign_in (fixture, "secret", &error);
  g_assert_no_error (error);
  wait_for (fixture, is_online);
  g_assert_cmpstr (yeji_sync_engine_get_user (fixture->engine), ==, "张三");

  yeji_sync_engine_sign_out (fixture->engine);
  g_assert_cmpint (yeji_sync_engine_get_state (fixture->engine), ==, YEJI_SYNC_SIGNED_OUT);
  g_assert_null (yeji_sync_engine_get_user (fixture->engine));
}

static void
test_forgets_the_session_before_it_stops (EngineFixture *fixture,
                                          gconstpointer  data)
{
  yeji_sync_engine_start (fixture->engine);
  wait_until_waiting (fixture);
  fake_province_plan (fixture->base.fake, "DELETE *", FAKE_SILENT, G_MAXUINT);
  yeji_sync_engine_sign_out (fixture->engine);
  yeji_sync_engine_stop (fixture->engine);
  g_assert_null (yeji_account_load (fixture->base.store, NULL));
}

static void
test_stops_while_the_province_is_silent (EngineFixture *fixture,
                                         gconstpointer  data)
{
  gint64 began;

  yeji_sync_engine_start (fixture->engine);
  wait_until_waiting (fixture);
  began = g_get_monotonic_time ();
  yeji_sync_engine_stop (fixture->engine);
  g_assert_cmpint (g_get_monotonic_time () - began, <, 5 * G_TIME_SPAN_SECOND);
  g_assert_cmpint (yeji_sync_engine_get_state (fixture->engine), ==, YEJI_SYNC_STOPPED);

  yeji_sync_engine_start (fixture->engine);
  wait_for (fixture, is_online);
}

static void
test_cancels_a_sign_in_when_it_stops (EngineFixture *fixture,
                                      gconstpointer  data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *slot = NULL;

  fake_province_plan (fixture->base.fake, "POST /v1/session", FAKE_SILENT, G_MAXUINT);
  yeji_sync_engine_start (fixture->engine);
  yeji_sync_engine_sign_in_async (fixture->engine, fixture->base.fake->url, "clerk", "secret", NULL,
                                  yeji_test_store_result, &slot);
  yeji_sync_engine_stop (fixture->engine);
  result = yeji_test_await (&slot, SYNC_TIME_LIMIT);
  g_assert_false (yeji_sync_engine_sign_in_finish (fixture->engine, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

#define engine_test_add(path, func) \
  g_test_add (path, EngineFixture, NULL, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  engine_test_add ("/sync/engine/goes-online", test_goes_online);
  engine_test_add ("/sync/engine/is-signed-out-without-an-account",
                   test_is_signed_out_without_an_account);
  engine_test_add ("/sync/engine/sends-at-once-when-woken", test_sends_at_once_when_woken);
  engine_test_add ("/sync/engine/submits-when-the-files-are-there",
                   test_submits_when_the_files_are_there);
  engine_test_add ("/sync/engine/hears-the-province-at-once", test_hears_the_province_at_once);
  engine_test_add ("/sync/engine/runs-again-when-woken-while-it-runs",
                   test_runs_again_when_woken_while_it_runs);
  engine_test_add ("/sync/engine/comes-back-by-itself", test_comes_back_by_itself);
  engine_test_add ("/sync/engine/tries-now-when-woken-offline", test_tries_now_when_woken_offline);
  engine_test_add ("/sync/engine/does-not-ask-without-end", test_does_not_ask_without_end);
  engine_test_add ("/sync/engine/notices-that-the-session-ended",
                   test_notices_that_the_session_ended);
  engine_test_add ("/sync/engine/signs-in-and-out", test_signs_in_and_out);
  engine_test_add ("/sync/engine/forgets-the-session-before-it-stops",
                   test_forgets_the_session_before_it_stops);
  engine_test_add ("/sync/engine/stops-while-the-province-is-silent",
                   test_stops_while_the_province_is_silent);
  engine_test_add ("/sync/engine/cancels-a-sign-in-when-it-stops",
                   test_cancels_a_sign_in_when_it_stops);
  return g_test_run ();
}
