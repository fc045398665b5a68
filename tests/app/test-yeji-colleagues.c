// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include <string.h>

#include "app-fixture.h"
#include "name-walk.h"
#include "yeji-colleague-bar.h"
#include "yeji-colleagues.h"
#include "yeji-columns.h"
#include "yeji-json.h"
#include "yeji-test.h"
#include "yeji-window.h"

/* A bound against hanging: the disk of a busy machine takes its time. */
#define PATIENCE_MS 20000

typedef struct
{
  AppFixture base;
  YejiSyncEngine *engine;
  YejiPresence *presence;
  YejiProvince *province;      /* which is not there */
  YejiWindow *window;          /* (nullable): weak */
  YejiColleagueBar *bar;
} Fixture;

static gboolean
has_records (gpointer data)
{
  return yeji_record_list_get_n_shown (yeji_window_get_list (((Fixture *) data)->window)) > 0;
}

static gboolean
is_open (gpointer data)
{
  return yeji_window_get_draft (((Fixture *) data)->window) != NULL;
}

static void
answer (Fixture    *fixture,
        YejiRecord *theirs,
        const char *revision)
{
  g_autoptr (GPtrArray) answers = NULL;
  YejiAnswer *word = yeji_answer_new ();
  g_autoptr (GError) error = NULL;

  answers = g_ptr_array_new_with_free_func ((GDestroyNotify) yeji_answer_free);
  word->uuid = g_strdup (yeji_record_get_uuid (theirs));
  word->revision = g_strdup (revision);
  word->state = g_strdup ("returned");
  word->at = g_strdup ("2026-01-02T03:04:05Z");
  word->record = yeji_record_to_text (theirs);
  g_ptr_array_add (answers, word);
  yeji_store_apply_answers (fixture->base.store, answers, revision, &error);
  g_assert_no_error (error);
}

static GtkWidget *
find_type (GtkWidget *root,
           GType      type)
{
  GtkWidget *found = G_TYPE_CHECK_INSTANCE_TYPE (root, type) ? root : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_type (child, type);
  return found;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  app_fixture_set_up_bare (&fixture->base, NULL);
  answer (fixture, fixture->base.record, "r1");
  fixture->engine = yeji_sync_engine_new (fixture->base.store);
  fixture->presence = yeji_sync_engine_get_presence (fixture->engine);
  fixture->province = yeji_province_new_for_url (fixture->base.store, "http://127.0.0.1:9", NULL);
  g_assert_nonnull (fixture->province);
  yeji_presence_set_province (fixture->presence, fixture->province);
  fixture->window = YEJI_WINDOW (yeji_window_new (NULL, fixture->base.store, fixture->engine));
  g_object_add_weak_pointer (G_OBJECT (fixture->window), (gpointer *) &fixture->window);
  gtk_window_present (GTK_WINDOW (fixture->window));
  gtk_test_widget_wait_for_draw (GTK_WIDGET (fixture->window));
  yeji_test_wait_until (has_records, fixture, PATIENCE_MS);
  yeji_window_open_record (fixture->window, yeji_record_get_uuid (fixture->base.record));
  yeji_test_wait_until (is_open, fixture, PATIENCE_MS);
  fixture->bar = YEJI_COLLEAGUE_BAR (find_type (GTK_WIDGET (fixture->window),
                                                YEJI_TYPE_COLLEAGUE_BAR));
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  gtk_window_close (GTK_WINDOW (fixture->window));
  yeji_test_wait_until (yeji_test_is_gone, &fixture->window, PATIENCE_MS);
  yeji_presence_close (fixture->presence);
  yeji_test_wait_until (yeji_test_is_last, fixture->province, PATIENCE_MS);
  g_assert_finalize_object (g_steal_pointer (&fixture->province));
  yeji_sync_engine_stop (fixture->engine);
  yeji_test_wait_until (yeji_test_is_last, fixture->engine, PATIENCE_MS);
  g_assert_finalize_object (g_steal_pointer (&fixture->engine));
  yeji_test_wait_until (yeji_test_is_last, fixture->base.store, PATIENCE_MS);
  app_fixture_tear_down (&fixture->base, data);
}

static void
hear (Fixture    *fixture,
      const char *who,
      const char *tag)
{
  g_autofree char *one = NULL;
  g_autofree char *text = NULL;
  g_autoptr (JsonNode) node = NULL;

  if (who != NULL)
    one = g_strdup_printf ("{\"uuid\": \"%s\", \"computer\": \"b\", \"who\": \"%s\","
                           " \"at\": \"2026-01-02T03:04:05Z\"}",
                           yeji_record_get_uuid (fixture->base.record), who);
  text = g_strdup_printf ("{\"editing\": [%s], \"editing_tag\": \"%s\"}", one != NULL ? one : "",
                          tag);
  node = yeji_json_parse (text, -1, NULL);
  yeji_presence_take (fixture->presence, json_node_get_object (node));
}

static gboolean
is_said (gpointer data)
{
  const char *text = yeji_colleague_bar_get_text (((Fixture *) data)->bar);

  return text != NULL && strstr (text, "李经办") != NULL;
}

static gboolean
is_silent (gpointer data)
{
  return yeji_colleague_bar_get_text (((Fixture *) data)->bar) == NULL;
}

static void
test_says_who_edits (Fixture       *fixture,
                     gconstpointer  data)
{
  const char *uuid = yeji_record_get_uuid (fixture->base.record);
  g_autoptr (YejiEntry) entry = NULL;
  g_autofree char *text = NULL;

  g_assert_true (is_silent (fixture));
  hear (fixture, "李经办", "1");
  yeji_test_wait_until (is_said, fixture, PATIENCE_MS);
  g_assert_cmpuint (name_walk_check (GTK_WIDGET (fixture->bar)), ==, 0);
  text = yeji_colleagues_to_text (uuid);
  g_assert_nonnull (strstr (text, "李经办"));
  g_assert_null (yeji_colleagues_to_text ("another"));
  /* it keeps nobody back */
  g_assert_true (yeji_draft_is_editable (yeji_window_get_draft (fixture->window)));

  hear (fixture, NULL, "2");
  yeji_test_wait_until (is_silent, fixture, PATIENCE_MS);
  g_assert_null (yeji_colleagues_to_text (uuid));
}

/* ---- What a colleague sends while it is typed */

static const YejiFieldDef *
find_field (Fixture    *fixture,
            const char *id)
{
  return yeji_table_def_find_field (yeji_dictionary_get_root (fixture->base.dictionary), id);
}

static gboolean
has_both (gpointer data)
{
  Fixture *fixture = data;
  YejiDraft *draft = yeji_window_get_draft (fixture->window);
  YejiRow *project = yeji_record_get_project (yeji_draft_get_record (draft));
  const char *table = yeji_dictionary_get_root (fixture->base.dictionary)->id;
  g_autofree char *name = app_fixture_stored (&fixture->base, table, 0, "PrjName");
  g_autofree char *address = app_fixture_stored (&fixture->base, table, 0, "Address");

  return g_strcmp0 (name, "本机所打") == 0 && g_strcmp0 (address, "他机所改之地址") == 0
         && g_str_equal (yeji_row_get_by_id (project, "PrjName"), "本机所打")
         && g_str_equal (yeji_row_get_by_id (project, "Address"), "他机所改之地址");
}

static void
test_keeps_both (Fixture       *fixture,
                 gconstpointer  data)
{
  YejiDraft *draft = yeji_window_get_draft (fixture->window);
  YejiRow *project = yeji_record_get_project (yeji_draft_get_record (draft));
  g_autoptr (YejiRecord) theirs = yeji_record_copy (fixture->base.record);

  yeji_draft_set_value (draft, project, find_field (fixture, "PrjName"), "本机所打");
  yeji_record_set (theirs, yeji_record_get_project (theirs), find_field (fixture, "Address"),
                   "他机所改之地址");
  answer (fixture, theirs, "r2");      /* before it is saved */
  yeji_test_wait_until (has_both, fixture, PATIENCE_MS);
}

static void
add_tests (void)
{
  g_test_add ("/app/colleagues/says-who-edits-elsewhere", Fixture, NULL, set_up,
              test_says_who_edits, tear_down);
  g_test_add ("/app/colleagues/keeps-what-both-type", Fixture, NULL, set_up, test_keeps_both,
              tear_down);
}

int
main (int    argc,
      char **argv)
{
  return app_fixture_main (&argc, &argv, add_tests);
}
