// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include <string.h>

#include "app-fixture.h"
#include "name-walk.h"
#include "yeji-json.h"
#include "yeji-notice-text.h"
#include "yeji-notices-window.h"
#include "yeji-test.h"
#include "yeji-window-notices.h"

#define PATIENCE 20000

typedef struct
{
  AppFixture base;
  YejiSyncEngine *engine;
  YejiWindow *window;          /* (nullable): weak */
  char *quiet;                 /* (nullable) */
} Fixture;

static JsonObject *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = yeji_json_parse (text, -1, &error);

  g_assert_no_error (error);
  return json_object_ref (json_node_get_object (node));
}

/* Every kind has a sentence, and so has what a later version or nobody in his senses writes. */
static void
test_texts (void)
{
  static const struct
  {
    const char *kind;
    const char *details;
    const char *title;
    const char *words;
    gboolean quiet;
  } cases[] = {
    { YEJI_NOTICE_CHECKED, "{\"records\": 12, \"documents\": 40}", "Everything Is in Order",
      "12 records, 40 documents", TRUE },
    { YEJI_NOTICE_DAMAGED, "{\"flaws\": [\"page 7 is wrong\"]}", "The Database Is Damaged",
      "page 7 is wrong", FALSE },
    { YEJI_NOTICE_RECOVERED,
      "{\"reason\": \"empty\", \"folder\": \"damaged/x\", \"records\": 5, \"from_file\": 3,"
      " \"n_from_backup\": 1, \"from_backup\": [{\"uuid\": \"a\", \"name\": \"甲楼\"}],"
      " \"n_lost\": 1, \"lost\": [{\"uuid\": \"b\", \"name\": \"\"}], \"lost_lines\": 7}",
      "The Database Was Recovered", "甲楼", FALSE },
    { YEJI_NOTICE_RECOVERED, "{\"folder\": \"damaged/x\", \"records\": 5, \"from_file\": 5}",
      "The Database Was Recovered", "No record is lost.", FALSE },
    { YEJI_NOTICE_RECOVERED, "{\"folder\": \"damaged/x\", \"uncertain\": true}",
      "The Database Was Recovered", "look through your records", FALSE },
    { YEJI_NOTICE_LOG, "{\"reason\": \"log-damaged\", \"folder\": \"damaged/x\"}",
      "The Last Changes May Be Missing", "damaged/x", FALSE },
    { YEJI_NOTICE_LOG, "{\"reason\": 3}", "The Last Changes May Be Missing", "look through",
      FALSE },
    { YEJI_NOTICE_DOCUMENTS_MISSING,
      "{\"count\": 300, \"documents\": [{\"uuid\": \"a\", \"name\": \"甲楼\", \"slot\": \"c\","
      " \"filename\": \"合同.pdf\"}]}", "Documents Are Missing", "甲楼: 合同.pdf\n  and 299 more",
      FALSE },
    { YEJI_NOTICE_BIN_EXPIRED, "{\"count\": 1, \"records\": [{\"uuid\": \"a\", \"name\": \"甲楼\"}],"
      " \"documents\": 2}", "The Bin Was Cleared of Old Records", "甲楼", FALSE },
    { YEJI_NOTICE_BACKUP_FAILED, "{\"message\": \"no room\"}", "No Backup Could Be Made", "no room",
      FALSE },
    { YEJI_NOTICE_RECOVERED, "{\"folder\": 7, \"records\": \"x\", \"n_lost\": -5, \"lost\": {},"
      " \"from_backup\": [null, 3, []], \"n_from_backup\": 99999999999, \"uncertain\": \"?\"}",
      "The Database Was Recovered", "damaged", FALSE },
    { YEJI_NOTICE_KEY_LOST, "{\"count\": 1, \"withdrawn\": 1, \"records\": [{\"name\": \"甲楼\"}]}",
      "The Key Was Lost", "in 1 record:\n  • 甲楼", FALSE },
    { YEJI_NOTICE_NO_RECOVERY_CODE, "{}", "The Personal Numbers Have No Second Key",
      "Protection of Personal Numbers", FALSE },
    { YEJI_NOTICE_DAMAGED, "{\"flaws\": \"?\"}", "The Database Is Damaged", "repaired", FALSE },
    { "comet", "{}", "comet", "newer version", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (JsonObject) details = parse (cases[i].details);
      const YejiNotice notice = {
        1, (char *) cases[i].kind, (char *) "2026-11-22T00:00:00Z", details, FALSE
      };
      g_autofree char *title = yeji_notice_get_title (&notice);
      g_autofree char *text = yeji_notice_get_text (&notice);

      g_test_message ("%s", text);
      g_assert_cmpstr (title, ==, cases[i].title);
      g_assert_nonnull (strstr (text, cases[i].words));
      g_assert_cmpint (yeji_notice_is_quiet (&notice), ==, cases[i].quiet);
      g_assert_true (g_utf8_validate (text, -1, NULL));
    }
}

/* A button that opens a folder opens none outside of the profile. */
static void
test_folders (void)
{
  static const struct
  {
    const char *details;
    const char *folder;        /* (nullable) */
  } cases[] = {
    { "{\"folder\": \"damaged/2026\"}", "/profiles/a/damaged/2026" },
    { "{\"folder\": \"/etc\"}", NULL }, { "{\"folder\": \"../b\"}", NULL },
    { "{\"folder\": 3}", NULL }, { "{}", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (JsonObject) details = parse (cases[i].details);
      const YejiNotice notice = { 1, (char *) YEJI_NOTICE_RECOVERED, (char *) "", details, FALSE };
      g_autofree char *folder = yeji_notice_get_folder (&notice, "/profiles/a");

      g_assert_cmpstr (folder, ==, cases[i].folder);
    }
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  app_fixture_set_up_bare (&fixture->base, data);
  fixture->engine = yeji_sync_engine_new (fixture->base.store);
}

static void
on_quiet (YejiNoticesBar *bar,
          const char     *text,
          Fixture        *fixture)
{
  g_assert_null (fixture->quiet);
  fixture->quiet = g_strdup (text);
}

static YejiNoticesBar *
get_bar (Fixture *fixture)
{
  return yeji_window_notices_get_bar (fixture->window);
}

static void
open_window (Fixture *fixture)
{
  fixture->window = YEJI_WINDOW (yeji_window_new (NULL, fixture->base.store, fixture->engine));
  g_object_add_weak_pointer (G_OBJECT (fixture->window), (gpointer *) &fixture->window);
  g_signal_connect (get_bar (fixture), "quiet", G_CALLBACK (on_quiet), fixture);
  gtk_window_present (GTK_WINDOW (fixture->window));
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  gtk_window_close (GTK_WINDOW (fixture->window));
  yeji_test_wait_until (yeji_test_is_gone, &fixture->window, PATIENCE);
  yeji_sync_engine_stop (fixture->engine);
  yeji_test_wait_until (yeji_test_is_last, fixture->engine, PATIENCE);
  g_assert_finalize_object (g_steal_pointer (&fixture->engine));
  g_free (fixture->quiet);
  app_fixture_tear_down (&fixture->base, data);
}

static void
add_notice (Fixture    *fixture,
            const char *kind,
            const char *details)
{
  g_autoptr (GError) error = NULL;

  yeji_store_add_notice (fixture->base.store, kind, parse (details), &error);
  g_assert_no_error (error);
}

static gboolean
is_told (gpointer data)
{
  return yeji_notices_bar_get_text (data) != NULL;
}

static gboolean
is_quiet_told (gpointer data)
{
  return ((Fixture *) data)->quiet != NULL;
}

static gboolean
is_all_seen (gpointer data)
{
  Fixture *fixture = data;
  g_autoptr (GPtrArray) notices = yeji_store_list_notices (fixture->base.store, NULL);

  for (guint i = 0; i < notices->len; i++)
    if (!((YejiNotice *) g_ptr_array_index (notices, i))->seen)
      return FALSE;
  return TRUE;
}

static gboolean
tick (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

/* The database knows it a moment later, and nothing tells us. */
static void
await_all_seen (Fixture *fixture)
{
  guint source = g_timeout_add (10, tick, NULL);

  yeji_test_wait_until (is_all_seen, fixture, PATIENCE);
  g_source_remove (source);
}

static void
test_bar (Fixture       *fixture,
          gconstpointer  data)
{
  add_notice (fixture, YEJI_NOTICE_BACKUP_FAILED, "{}");
  add_notice (fixture, YEJI_NOTICE_RECOVERED, "{}");
  open_window (fixture);
  yeji_test_wait_until (is_told, get_bar (fixture), PATIENCE);
  g_assert_cmpstr (yeji_notices_bar_get_text (get_bar (fixture)), ==,
                   "The Database Was Recovered, and 1 more message");
  g_assert_cmpuint (name_walk_check (GTK_WIDGET (get_bar (fixture))), >=, 2);
  yeji_notices_bar_dismiss (get_bar (fixture));
  g_assert_null (yeji_notices_bar_get_text (get_bar (fixture)));
  await_all_seen (fixture);

  add_notice (fixture, YEJI_NOTICE_DOCUMENTS_MISSING, "{\"count\": 1}");
  yeji_test_wait_until (is_told, get_bar (fixture), PATIENCE);
  g_assert_cmpstr (yeji_notices_bar_get_text (get_bar (fixture)), ==, "Documents Are Missing");
}

/* That all is well is said once, and not in the way. */
static void
test_quiet (Fixture       *fixture,
            gconstpointer  data)
{
  add_notice (fixture, YEJI_NOTICE_CHECKED, "{\"records\": 1}");
  open_window (fixture);
  yeji_test_wait_until (is_quiet_told, fixture, PATIENCE);
  g_assert_null (yeji_notices_bar_get_text (get_bar (fixture)));
  await_all_seen (fixture);
}

static YejiNoticesWindow *
find_window (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (YEJI_IS_NOTICES_WINDOW (window))
        return YEJI_NOTICES_WINDOW (window);
    }
  return NULL;
}

static gboolean
is_read (gpointer data)
{
  return yeji_notices_window_get_n_shown (find_window ()) == 2;
}

/* Who has read what happened need not dismiss it. */
static void
test_window (Fixture       *fixture,
             gconstpointer  data)
{
  add_notice (fixture, YEJI_NOTICE_BIN_EXPIRED, "{\"count\": 1}");
  add_notice (fixture, YEJI_NOTICE_RECOVERED, "{\"folder\": \"damaged/2026\"}");
  open_window (fixture);
  yeji_test_wait_until (is_told, get_bar (fixture), PATIENCE);
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.notices", NULL);
  yeji_test_wait_until (is_read, fixture, PATIENCE);
  g_assert_cmpuint (name_walk_check (GTK_WIDGET (find_window ())), >=, 3);
  g_assert_null (yeji_notices_bar_get_text (get_bar (fixture)));
  await_all_seen (fixture);
}

#define add(path, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)

static void
add_tests (void)
{
  g_test_add_func ("/app/notices/have-sentences", test_texts);
  g_test_add_func ("/app/notices/open-no-folder-outside", test_folders);
  add ("/app/notices/are-told-until-they-are-dismissed", test_bar);
  add ("/app/notices/tell-in-passing-that-all-is-well", test_quiet);
  add ("/app/notices/are-seen-when-they-are-read", test_window);
}

int
main (int    argc,
      char **argv)
{
  return app_fixture_main (&argc, &argv, add_tests);
}
