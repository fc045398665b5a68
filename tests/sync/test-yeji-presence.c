// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "test-presence"

#include "config.h"

#include "sync-fixture.h"
#include "yeji-json.h"
#include "yeji-presence.h"

#define UUID "6f1c2d3e-4a5b-4c6d-8e7f-102030405001"
#define EDITING "/v1/records/" UUID "/editing"

typedef struct
{
  FakeProvince *fake;
  const char *request;
  guint n;
} Wish;

static gboolean
has_come (gpointer data)
{
  const Wish *wish = data;

  return fake_province_count (wish->fake, wish->request) >= wish->n;
}

static void
await (SyncFixture *fixture,
       const char  *request,
       guint        n)
{
  Wish wish = { fixture->fake, request, n };

  yeji_test_wait_until (has_come, &wish, SYNC_TIME_LIMIT);
}

static void
count_change (YejiPresence *presence,
              guint        *n)
{
  (*n)++;
}

static void
hear (YejiPresence *presence,
      const char   *text)
{
  g_autoptr (JsonNode) node = yeji_json_parse (text, -1, NULL);

  yeji_presence_take (presence, json_node_get_object (node));
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
end (YejiPresence *presence)
{
  yeji_presence_close (presence);
  yeji_presence_close (presence);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (presence);
}

static void
test_says_it_once (SyncFixture   *fixture,
                   gconstpointer  data)
{
  YejiPresence *presence = yeji_presence_new (fixture->store);

  yeji_presence_edit (presence, UUID);   /* nobody is there yet */
  yeji_presence_set_province (presence, fixture->province);
  for (guint i = 0; i < 50; i++)
    yeji_presence_edit (presence, UUID);
  await (fixture, "PUT " EDITING, 1);
  yeji_presence_leave (presence, UUID);
  yeji_presence_leave (presence, UUID);
  await (fixture, "DELETE " EDITING "*", 1);
  g_assert_cmpuint (fake_province_count (fixture->fake, "PUT " EDITING), ==, 1);
  g_assert_cmpuint (fake_province_count (fixture->fake, "DELETE " EDITING "*"), ==, 1);
  end (presence);
}

static void
test_hears_of_others (SyncFixture   *fixture,
                      gconstpointer  data)
{
  static const char * const odd[] = {
    "{}", "{\"editing\": 5, \"editing_tag\": \"9\"}", "{\"editing\": []}",
    "{\"editing\": [], \"editing_tag\": \"\"}",
  };
  YejiPresence *presence = yeji_presence_new (fixture->store);
  const YejiColleague *colleague;
  guint n = 0;

  g_signal_connect (presence, "changed", G_CALLBACK (count_change), &n);
  yeji_presence_set_province (presence, fixture->province);
  hear (presence, "{\"editing\": [{\"uuid\": \"" UUID "\", \"computer\": \"b\", \"who\": \"李某\","
                  " \"at\": \"2026-01-02T03:04:05Z\"}, {\"uuid\": 5}, 7], \"editing_tag\": \"1\"}");
  g_assert_cmpuint (n, ==, 1);
  colleague = yeji_presence_find (presence, UUID);
  g_assert_cmpstr (colleague->who, ==, "李某");
  g_assert_null (yeji_presence_find (presence, "x"));
  /* the same again is no news, and what cannot be read says nothing */
  hear (presence, "{\"editing\": [], \"editing_tag\": \"1\"}");
  for (guint i = 0; i < G_N_ELEMENTS (odd); i++)
    hear (presence, odd[i]);
  g_assert_cmpuint (n, ==, 1);
  g_assert_nonnull (yeji_presence_find (presence, UUID));
  hear (presence, "{\"editing\": [], \"editing_tag\": \"2\"}");
  g_assert_cmpuint (n, ==, 2);
  g_assert_null (yeji_presence_find (presence, UUID));
  /* who signs out knows nothing any more */
  hear (presence, "{\"editing\": [{\"uuid\": \"" UUID "\", \"computer\": \"b\", \"who\": \"李某\","
                  " \"at\": \"x\"}], \"editing_tag\": \"3\"}");
  yeji_presence_set_province (presence, NULL);
  g_assert_null (yeji_presence_find (presence, UUID));
  end (presence);
}

static gboolean
ask (SyncFixture   *fixture,
     gpointer       data,
     GCancellable  *cancellable,
     GError       **error)
{
  char **queries = data;
  g_autoptr (YejiPresence) presence = yeji_presence_of (fixture->province);

  queries[0] = yeji_presence_dup_query (presence, FALSE);
  queries[1] = yeji_presence_dup_query (presence, TRUE);
  return TRUE;
}

static void
test_asks_under_one_name (SyncFixture   *fixture,
                          gconstpointer  data)
{
  YejiPresence *presence = yeji_presence_new (fixture->store);
  char *first[2], *second[2];

  g_assert_null (yeji_presence_of (fixture->province));
  yeji_presence_set_province (presence, fixture->province);
  sync_fixture_run (fixture, ask, first, NULL, NULL);
  hear (presence, "{\"editing\": [], \"editing_tag\": \"a&b\"}");
  sync_fixture_run (fixture, ask, second, NULL, NULL);
  g_assert_true (g_str_has_prefix (first[0], "&computer="));
  g_assert_cmpstr (first[0], ==, first[1]);
  g_assert_cmpstr (first[0], ==, second[0]);
  g_assert_true (g_str_has_suffix (second[1], "&editing=a%26b"));
  for (guint i = 0; i < 2; i++)
    {
      g_free (first[i]);
      g_free (second[i]);
    }
  end (presence);
}

/* The window must close, whatever the line does. */
static void
test_ends_soon (SyncFixture   *fixture,
                gconstpointer  data)
{
  YejiPresence *presence = yeji_presence_new (fixture->store);
  gint64 began;

  fake_province_plan (fixture->fake, "PUT " EDITING, FAKE_SILENT, G_MAXUINT);
  yeji_presence_set_province (presence, fixture->province);
  yeji_presence_edit (presence, UUID);
  await (fixture, "PUT " EDITING, 1);
  began = g_get_monotonic_time ();
  yeji_presence_close (presence);
  g_assert_cmpint (g_get_monotonic_time () - began, <, 10 * G_TIME_SPAN_SECOND);
  end (presence);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  sync_test_add ("/sync/presence/says-it-once", test_says_it_once);
  sync_test_add ("/sync/presence/hears-of-others", test_hears_of_others);
  sync_test_add ("/sync/presence/asks-under-one-name", test_asks_under_one_name);
  sync_test_add ("/sync/presence/ends-soon", test_ends_soon);
  return g_test_run ();
}
