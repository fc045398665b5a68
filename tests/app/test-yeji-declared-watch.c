// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include <libsoup/soup.h>
#include <string.h>

#include "app-fixture.h"
#include "yeji-account.h"
#include "yeji-declared-watch.h"
#include "yeji-store-declared.h"
#include "yeji-test.h"
#include "yeji-version.h"

/* A bound against hanging: the disk of a busy machine takes its time. */
#define PATIENCE_MS 20000
#define NUMBER "吉建[2024]第0007号"
#define PROBABLE "R10.declared_probable"
#define CONFIRMED "R10.declared"
#define YES \
  "{\"declared\": true, \"system\": {\"id\": \"permit\", \"zh\": \"施工许可管理系统\"," \
  " \"en\": \"the permit system\"}, \"number\": \"1\", \"name\": \"示例甲（虚构）\"," \
  " \"state\": \"ongoing\"}"
#define NO "{\"declared\": false}"

typedef struct
{
  AppFixture base;
  SoupServer *server;
  const char *answer;          /* (nullable): NULL: 500 */
  guint n_asked;
} Fixture;

static void
on_request (SoupServer        *server,
            SoupServerMessage *message,
            const char        *path,
            GHashTable        *query,
            gpointer           data)
{
  Fixture *fixture = data;

  g_assert_true (g_str_has_prefix (path, "/v1/declared/"));
  fixture->n_asked++;
  soup_message_headers_replace (soup_server_message_get_response_headers (message),
                                "Yeji-Version", YEJI_WIRE_VERSION);
  soup_server_message_set_status (message, fixture->answer != NULL ? 200 : 500, NULL);
  if (fixture->answer != NULL)
    soup_server_message_set_response (message, "application/json", SOUP_MEMORY_STATIC,
                                      fixture->answer, strlen (fixture->answer));
}

static void
sign_in (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *url = NULL;
  GSList *uris;

  fixture->server = soup_server_new (NULL, NULL);
  soup_server_add_handler (fixture->server, NULL, on_request, fixture, NULL);
  soup_server_listen_local (fixture->server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);
  uris = soup_server_get_uris (fixture->server);
  url = g_strdup_printf ("http://127.0.0.1:%d", g_uri_get_port (uris->data));
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  yeji_account_save (fixture->base.store,
                     &(YejiAccount) { .url = url, .user = (char *) "qiye",
                                      .access = (char *) "a", .refresh = (char *) "b" }, &error);
  g_assert_no_error (error);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  guint64 hash = yeji_number_hash ("吉建2024第0007号");
  g_autoptr (GBytes) bytes = yeji_number_filter_make (&hash, 1);
  g_autoptr (GError) error = NULL;

  app_fixture_set_up (&fixture->base, NULL);
  yeji_declared_watch_set_pauses (50, 50);
  yeji_store_take_declared (fixture->base.store, bytes, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_clear_object (&fixture->server);
  app_fixture_tear_down (&fixture->base, NULL);
}

static void
type (Fixture    *fixture,
      const char *text)
{
  YejiDraft *draft = fixture->base.draft;
  YejiRow *project = yeji_record_get_project (yeji_draft_get_record (draft));

  yeji_draft_set_value (draft, project,
                        yeji_table_def_find_field (yeji_row_get_table (project),
                                                   "ProvincePrjNum"), text);
}

/* The rule that speaks of the number, and what it says. */
static YejiProblem *
find (Fixture *fixture)
{
  GPtrArray *problems = yeji_draft_get_problems (fixture->base.draft);

  for (guint i = 0; i < problems->len; i++)
    if (g_str_has_prefix (yeji_problem_get_rule (g_ptr_array_index (problems, i)), CONFIRMED))
      return g_ptr_array_index (problems, i);
  return NULL;
}

static gboolean
is_probable (gpointer data)
{
  return find (data) != NULL && g_str_equal (yeji_problem_get_rule (find (data)), PROBABLE);
}

static gboolean
is_confirmed (gpointer data)
{
  return find (data) != NULL && g_str_equal (yeji_problem_get_rule (find (data)), CONFIRMED);
}

static gboolean
is_silent (gpointer data)
{
  return find (data) == NULL;
}

static gboolean
is_alone (gpointer data)
{
  return G_OBJECT (((Fixture *) data)->base.store)->ref_count == 1;
}

static gboolean
was_asked (gpointer data)
{
  return ((Fixture *) data)->n_asked > 1;
}

static void
test_offline (Fixture       *fixture,
              gconstpointer  data)
{
  type (fixture, "吉建[2024]第000");
  yeji_draft_validate (fixture->base.draft);
  g_assert_null (find (fixture));
  type (fixture, NUMBER);
  yeji_draft_validate (fixture->base.draft);
  g_assert_true (is_probable (fixture));
  g_assert_cmpint (yeji_problem_get_severity (find (fixture)), ==, YEJI_SEVERITY_WARNING);
  type (fixture, "吉建[2024]第0008号");
  yeji_draft_validate (fixture->base.draft);
  g_assert_null (find (fixture));
}

static void
test_confirmed (Fixture       *fixture,
                gconstpointer  data)
{
  fixture->answer = YES;
  sign_in (fixture);
  type (fixture, NUMBER);
  yeji_test_wait_until (is_probable, fixture, PATIENCE_MS);
  g_assert_cmpuint (fixture->n_asked, ==, 0);
  yeji_test_wait_until (is_confirmed, fixture, PATIENCE_MS);
  g_assert_nonnull (strstr (yeji_problem_get_message (find (fixture)), "示例甲（虚构）"));
  g_assert_cmpint (yeji_problem_get_severity (find (fixture)), ==, YEJI_SEVERITY_ERROR);
  g_assert_cmpuint (fixture->n_asked, ==, 1);
}

static void
test_taken_back (Fixture       *fixture,
                 gconstpointer  data)
{
  fixture->answer = NO;
  sign_in (fixture);
  type (fixture, NUMBER);
  yeji_test_wait_until (is_probable, fixture, PATIENCE_MS);
  yeji_test_wait_until (is_silent, fixture, PATIENCE_MS);
  type (fixture, "");
  type (fixture, NUMBER);
  yeji_draft_validate (fixture->base.draft);
  g_assert_null (find (fixture));
  g_assert_cmpuint (fixture->n_asked, ==, 1);
}

static void
test_asked_again (Fixture       *fixture,
                  gconstpointer  data)
{
  sign_in (fixture);
  type (fixture, NUMBER);
  yeji_test_wait_until (was_asked, fixture, PATIENCE_MS);
  g_assert_true (is_probable (fixture));
  fixture->answer = YES;
  yeji_test_wait_until (is_confirmed, fixture, PATIENCE_MS);
}

/* A draft that is closed while the province is asked. */
static void
test_closed (Fixture       *fixture,
             gconstpointer  data)
{
  fixture->answer = YES;
  sign_in (fixture);
  yeji_declared_watch_set_pauses (0, 50);
  type (fixture, NUMBER);
  yeji_test_wait_until (is_probable, fixture, PATIENCE_MS);
  g_clear_object (&fixture->base.draft);
  yeji_test_wait_until (is_alone, fixture, PATIENCE_MS);
}

#define ADD(path, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)

static void
add_tests (void)
{
  ADD ("/app/declared-watch/tells-at-once-without-a-network", test_offline);
  ADD ("/app/declared-watch/then-says-where-and-as-what", test_confirmed);
  ADD ("/app/declared-watch/or-takes-it-back", test_taken_back);
  ADD ("/app/declared-watch/asks-again-who-was-not-heard", test_asked_again);
  ADD ("/app/declared-watch/survives-a-draft-that-is-closed-meanwhile", test_closed);
}

int
main (int    argc,
      char **argv)
{
  return app_fixture_main (&argc, &argv, add_tests);
}
