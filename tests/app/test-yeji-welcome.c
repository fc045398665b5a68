// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "app-fixture.h"
#include "name-walk.h"
#include "yeji-profile.h"
#include "yeji-query.h"
#include "yeji-sample.h"
#include "yeji-samples-bar.h"
#include "yeji-samples.h"
#include "yeji-test.h"
#include "yeji-window.h"

#define PATIENCE_MS 10000

/* A valid one of an invented enterprise. */
#define CODE "91220100000000131A"

typedef struct
{
  char *dir;
  YejiDictionary *dictionary;
  YejiStore *store;
  YejiSyncEngine *engine;
  YejiWindow *window;          /* (nullable): weak */
  guint n;                     /* what is waited for */
  const char *text;
} Fixture;

static YejiWelcomePage *
get_page (Fixture *fixture)
{
  return yeji_record_list_get_welcome (yeji_window_get_list (fixture->window));
}

static gboolean
is_welcome (gpointer data)
{
  return yeji_welcome_page_is_welcome (get_page (data));
}

static gboolean
shows (gpointer data)
{
  Fixture *fixture = data;

  return yeji_record_list_get_n_shown (yeji_window_get_list (fixture->window)) == fixture->n;
}

static GtkWidget *
find_type (GtkWidget *root,
           GType      type)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (root, type))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_type (child, type);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static GtkWidget *
get_bar (Fixture *fixture)
{
  return find_type (GTK_WIDGET (fixture->window), YEJI_TYPE_SAMPLES_BAR);
}

static gboolean
has_bar (gpointer data)
{
  return gtk_widget_get_visible (get_bar (data));
}

static gboolean
has_no_bar (gpointer data)
{
  return !has_bar (data);
}

static gboolean
is_named (gpointer data)
{
  Fixture *fixture = data;
  g_autofree char *name = yeji_store_get_setting (fixture->store, YEJI_PROFILE_SETTING_NAME, NULL);

  return g_strcmp0 (name, fixture->text) == 0;
}

static gboolean
has_code (gpointer data)
{
  Fixture *fixture = data;
  g_autofree char *code = yeji_store_get_setting (fixture->store, YEJI_PROFILE_SETTING_CODE, NULL);

  return g_strcmp0 (code, fixture->text) == 0;
}

static gboolean
is_noted (gpointer data)
{
  g_autofree char *noted = yeji_store_get_setting (((Fixture *) data)->store, "app.welcomed", NULL);

  return noted != NULL;
}

static void
open_window (Fixture *fixture)
{
  g_set_weak_pointer (&fixture->window,
                      YEJI_WINDOW (yeji_window_new (NULL, fixture->store, fixture->engine)));
  gtk_window_present (GTK_WINDOW (fixture->window));
  gtk_test_widget_wait_for_draw (GTK_WIDGET (fixture->window));
}

static void
close_window (Fixture *fixture)
{
  gtk_window_close (GTK_WINDOW (fixture->window));
  yeji_test_wait_until (yeji_test_is_gone, &fixture->window, PATIENCE_MS);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *profile = NULL;

  fixture->dir = yeji_test_dir_new ();
  fixture->dictionary = yeji_dictionary_new_built_in (&error);
  g_assert_no_error (error);
  profile = g_build_filename (fixture->dir, "profile", NULL);
  fixture->store = yeji_store_open (profile, fixture->dictionary, &error);
  g_assert_no_error (error);
  fixture->engine = yeji_sync_engine_new (fixture->store);
  open_window (fixture);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  if (fixture->window != NULL)
    close_window (fixture);
  yeji_sync_engine_stop (fixture->engine);
  yeji_test_wait_until (yeji_test_is_last, fixture->engine, PATIENCE_MS);
  g_assert_finalize_object (g_steal_pointer (&fixture->engine));
  yeji_test_wait_until (yeji_test_is_last, fixture->store, PATIENCE_MS);
  yeji_store_close (fixture->store);
  g_assert_finalize_object (g_steal_pointer (&fixture->store));
  g_object_unref (fixture->dictionary);
  yeji_test_dir_remove (fixture->dir);
  g_free (fixture->dir);
}

static void
act (Fixture    *fixture,
     const char *action)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->window), action, NULL));
}

static void
test_skip (Fixture       *fixture,
           gconstpointer  data)
{
  yeji_test_wait_until (is_welcome, fixture, PATIENCE_MS);
  act (fixture, "win.skip-welcome");
  g_assert_false (is_welcome (fixture));
  yeji_test_wait_until (is_noted, fixture, PATIENCE_MS);
  close_window (fixture);
  open_window (fixture);
  /* found out on another thread: it must not come later, either */
  g_assert_nonnull (name_walk_find (GTK_WIDGET (fixture->window), GTK_TYPE_BUTTON, "New"));
  g_assert_false (is_welcome (fixture));
}

/* Each way to begin has a key of its own. */
static void
test_keys (Fixture       *fixture,
           gconstpointer  data)
{
  static const guint keys[] = { GDK_KEY_s, GDK_KEY_n, GDK_KEY_i, GDK_KEY_m, GDK_KEY_l, GDK_KEY_k };
  guint found = 0;
  GQueue queue = G_QUEUE_INIT;

  yeji_test_wait_until (is_welcome, fixture, PATIENCE_MS);
  g_queue_push_tail (&queue, get_page (fixture));
  while (!g_queue_is_empty (&queue))
    {
      GtkWidget *widget = g_queue_pop_head (&queue);

      for (guint i = 0; GTK_IS_LABEL (widget) && i < G_N_ELEMENTS (keys); i++)
        if (gtk_widget_get_mapped (widget)
            && gdk_keyval_to_lower (gtk_label_get_mnemonic_keyval (GTK_LABEL (widget))) == keys[i])
          found |= 1u << i;
      for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
           child = gtk_widget_get_next_sibling (child))
        g_queue_push_tail (&queue, child);
    }
  g_assert_cmphex (found, ==, (1u << G_N_ELEMENTS (keys)) - 1);
  g_assert_cmpuint (name_walk_check (GTK_WIDGET (get_page (fixture))), >, 6);
}

static void
test_name (Fixture       *fixture,
           gconstpointer  data)
{
  GtkWidget *page = GTK_WIDGET (get_page (fixture));
  GtkWidget *name = name_walk_find (page, ADW_TYPE_ENTRY_ROW, "Name of the enterprise");
  GtkWidget *code = name_walk_find (page, ADW_TYPE_ENTRY_ROW, "Unified social credit code");

  yeji_test_wait_until (is_welcome, fixture, PATIENCE_MS);
  fixture->text = "示例公司（虚构）";
  gtk_editable_set_text (GTK_EDITABLE (name), fixture->text);
  yeji_test_wait_until (is_named, fixture, PATIENCE_MS);
  fixture->text = CODE;
  gtk_editable_set_text (GTK_EDITABLE (code), CODE);
  yeji_test_wait_until (has_code, fixture, PATIENCE_MS);
}

static void
test_samples (Fixture       *fixture,
              gconstpointer  data)
{
  const YejiQuery all = { NULL };
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) uuids = NULL;

  yeji_test_wait_until (is_welcome, fixture, PATIENCE_MS);
  g_assert_true (has_no_bar (fixture));
  act (fixture, "win.add-samples");
  fixture->n = 4;
  yeji_test_wait_until (shows, fixture, PATIENCE_MS);
  yeji_test_wait_until (has_bar, fixture, PATIENCE_MS);
  uuids = yeji_store_query_uuids (fixture->store, &all, 0, 10, &error);
  g_assert_no_error (error);
  for (guint i = 0; uuids[i] != NULL; i++)
    {
      g_assert_true (yeji_sample_is (uuids[i]));
      g_assert_false (yeji_store_queue_submit (fixture->store, uuids[i], &error));
      g_assert_error (error, YEJI_SAMPLE_ERROR, YEJI_SAMPLE_ERROR_SUBMIT);
      g_clear_error (&error);
    }
  act (fixture, "win.remove-samples");
  fixture->n = 0;
  yeji_test_wait_until (shows, fixture, PATIENCE_MS);
  yeji_test_wait_until (has_no_bar, fixture, PATIENCE_MS);
  act (fixture, "win.add-samples");
  fixture->n = 4;
  yeji_test_wait_until (shows, fixture, PATIENCE_MS);
  yeji_test_wait_until (has_bar, fixture, PATIENCE_MS);
}

static void
test_other_records (void)
{
  g_autofree char *random = g_uuid_string_random ();

  g_assert_false (yeji_sample_is (random));
  g_assert_false (yeji_sample_is ("6f1c2d3e-4a5b-4c6d-8e7f-102030405001"));
  g_assert_true (yeji_sample_is ("E8A3C1D0-5A3B-4E00-9E1D-000000000001"));
}

static void
add_tests (void)
{
  g_test_add ("/welcome/is-skipped-once", Fixture, NULL, set_up, test_skip, tear_down);
  g_test_add ("/welcome/has-a-key-for-each-way", Fixture, NULL, set_up, test_keys, tear_down);
  g_test_add ("/welcome/saves-name-and-code", Fixture, NULL, set_up, test_name, tear_down);
  g_test_add ("/welcome/samples-come-go-and-stay-here", Fixture, NULL, set_up, test_samples,
              tear_down);
  g_test_add_func ("/welcome/knows-samples-by-their-uuids", test_other_records);
}

int
main (int    argc,
      char **argv)
{
  return app_fixture_main (&argc, &argv, add_tests);
}
