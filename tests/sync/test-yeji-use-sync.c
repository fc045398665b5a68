// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "test-use-sync"

#include "config.h"

#include "sync-fixture.h"
#include "yeji-use-list.h"

#define A "6f1c2d3e-4a5b-4c6d-8e7f-102030405001"
#define LISTS "POST /v1/qualification-applications"

static char *
queue (SyncFixture *fixture,
       const char  *name)
{
  g_autoptr (YejiUseList) list = yeji_use_list_new ("construction", name);
  g_autoptr (GError) error = NULL;

  yeji_use_list_tick (list, A, TRUE);
  yeji_store_save_use_list (fixture->store, list, &error);
  g_assert_no_error (error);
  yeji_store_queue_use_list (fixture->store, list->id, FALSE, &error);
  g_assert_no_error (error);
  return g_strdup (list->id);
}

static YejiUseState
get_state (SyncFixture *fixture,
           const char  *id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiUseList) list = yeji_store_load_use_list (fixture->store, id, &error);

  g_assert_no_error (error);
  return list->state;
}

static void
cycle (SyncFixture *fixture)
{
  g_autoptr (GError) error = NULL;

  sync_fixture_cycle (fixture, NULL, &error);
  g_assert_no_error (error);
}

static void
test_sends (SyncFixture   *fixture,
            gconstpointer  data)
{
  g_autofree char *id = NULL;

  sync_fixture_sign_in (fixture);
  cycle (fixture);
  g_assert_cmpuint (fake_province_count (fixture->fake, "GET /v1/qualification-applications"), ==,
                    0);
  id = queue (fixture, "一级资质");
  cycle (fixture);
  cycle (fixture);
  g_assert_cmpint (get_state (fixture, id), ==, YEJI_USE_OPEN);
  g_assert_cmpuint (fake_province_count (fixture->fake, LISTS), ==, 1);
}

/* Whatever becomes of the answer, there is one list, and it can be changed by nobody meanwhile. */
static void
test_once (SyncFixture   *fixture,
           gconstpointer  data)
{
  static const FakeFault faults[] = {
    FAKE_LOSE_ANSWER, FAKE_CAPTIVE_AFTER, FAKE_INTERNAL, FAKE_CAPTIVE, FAKE_HANG_UP, FAKE_NOT_JSON,
    FAKE_EMPTY, FAKE_THROTTLE,
  };

  sync_fixture_sign_in (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autofree char *id = queue (fixture, "一级资质");
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) lists = NULL;

      g_test_message ("fault %u", faults[i]);
      fake_province_plan (fixture->fake, LISTS, faults[i], 1);
      g_assert_false (sync_fixture_cycle (fixture, NULL, &error));
      g_assert_nonnull (error);
      g_assert_cmpint (get_state (fixture, id), ==, YEJI_USE_QUEUED);
      g_assert_false (yeji_store_withdraw_use_list (fixture->store, id, NULL));
      cycle (fixture);
      g_assert_cmpint (get_state (fixture, id), ==, YEJI_USE_OPEN);
      lists = yeji_store_get_use_lists (fixture->store, NULL);
      g_assert_cmpuint (lists->len, ==, i + 1);
      g_assert_cmpuint (g_hash_table_size (fixture->fake->lists), ==, i + 1);
    }
}

static void
test_refused (SyncFixture   *fixture,
              gconstpointer  data)
{
  g_autofree char *id = queue (fixture, "已用");
  g_autofree char *other = NULL;
  g_autoptr (YejiUseList) list = NULL;

  sync_fixture_sign_in (fixture);
  other = queue (fixture, "别的");
  cycle (fixture);                     /* the one that is refused keeps no other back */
  g_assert_cmpint (get_state (fixture, other), ==, YEJI_USE_OPEN);
  list = yeji_store_load_use_list (fixture->store, id, NULL);
  g_assert_cmpint (list->state, ==, YEJI_USE_REFUSED);
  g_assert_true (list->doubled);
  g_assert_nonnull (list->message);
  g_assert_true (yeji_use_list_is_editable (list));

  g_assert_true (yeji_store_queue_use_list (fixture->store, id, TRUE, NULL));
  cycle (fixture);
  g_assert_cmpint (get_state (fixture, id), ==, YEJI_USE_OPEN);
}

/* What another computer made is here after the next round. */
static void
test_others (SyncFixture   *fixture,
             gconstpointer  data)
{
  g_autofree char *id = queue (fixture, "本机");
  g_autoptr (GPtrArray) lists = NULL;

  sync_fixture_sign_in (fixture);
  g_hash_table_insert (fixture->fake->lists, g_strdup ("elsewhere"),
                       g_strdup ("{\"id\": \"other\", \"kind\": \"construction\","
                                 " \"name\": \"别处\", \"state\": \"used\", \"at\": \"2026\","
                                 " \"application\": \"1\", \"n_lost\": 0, \"records\": []}"));
  g_hash_table_insert (fixture->fake->lists, g_strdup ("newer"),
                       g_strdup ("{\"id\": \"x\", \"state\": \"of another time\"}"));
  cycle (fixture);
  lists = yeji_store_get_use_lists (fixture->store, NULL);
  g_assert_cmpuint (lists->len, ==, 2);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  sync_test_add ("/sync/use-sync/sends-a-list-when-there-is-a-network", test_sends);
  sync_test_add ("/sync/use-sync/makes-one-list-whatever-becomes-of-the-answer", test_once);
  sync_test_add ("/sync/use-sync/tells-what-was-refused-and-goes-on", test_refused);
  sync_test_add ("/sync/use-sync/hears-of-what-other-computers-made", test_others);
  return g_test_run ();
}
