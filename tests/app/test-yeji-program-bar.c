// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* The province recommends a later version of the program. */

#include "config.h"

#include "app-fixture.h"
#include "yeji-program-bar.h"
#include "yeji-program-update.h"
#include "yeji-test.h"

typedef struct
{
  AppFixture base;
  YejiSyncEngine *engine;
  GtkWidget *window;
  YejiProgramBar *bar;
} Fixture;

static void
open_bar (Fixture *fixture)
{
  fixture->engine = yeji_sync_engine_new (fixture->base.store);
  fixture->window = gtk_window_new ();
  fixture->bar = g_object_new (YEJI_TYPE_PROGRAM_BAR, NULL);
  g_object_add_weak_pointer (G_OBJECT (fixture->bar), (gpointer *) &fixture->bar);
  gtk_window_set_child (GTK_WINDOW (fixture->window), GTK_WIDGET (fixture->bar));
  yeji_program_bar_watch (fixture->bar, fixture->base.store, fixture->engine);
  gtk_window_present (GTK_WINDOW (fixture->window));
}

static void
close_bar (Fixture *fixture)
{
  gtk_window_destroy (GTK_WINDOW (g_steal_pointer (&fixture->window)));
  yeji_test_wait_until (yeji_test_is_gone, &fixture->bar, 5000);
  yeji_sync_engine_stop (fixture->engine);
  g_assert_finalize_object (g_steal_pointer (&fixture->engine));
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  app_fixture_set_up_bare (&fixture->base, NULL);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  close_bar (fixture);
  app_fixture_tear_down (&fixture->base, NULL);
}

static void
recommend (Fixture    *fixture,
           const char *client)
{
  g_autoptr (JsonNode) node = json_from_string (client, NULL);
  g_autoptr (GError) error = NULL;

  yeji_program_update_learn (fixture->base.store, json_node_get_object (node), &error);
  g_assert_no_error (error);
}

static gboolean
speaks (gpointer data)
{
  return yeji_program_bar_get_text (((Fixture *) data)->bar) != NULL;
}

static GtkButton *
find_button (GtkWidget  *root,
             const char *label)
{
  GtkButton *found = NULL;

  if (GTK_IS_BUTTON (root) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (root)), label) == 0)
    return GTK_BUTTON (root);
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_button (child, label);
  return found;
}

static gboolean
is_put_off (gpointer data)
{
  Fixture *fixture = data;
  g_autofree char *version = yeji_store_get_setting (fixture->base.store, "program.put-off", NULL);

  return g_strcmp0 (version, "999.1") == 0;
}

static void
test_speaks (Fixture       *fixture,
             gconstpointer  data)
{
  recommend (fixture, "{\"client\": {\"version\": \"999.1\"}}");
  open_bar (fixture);
  yeji_test_wait_until (speaks, fixture, 5000);
  g_assert_nonnull (strstr (yeji_program_bar_get_text (fixture->bar), "999.1"));
  g_assert_nonnull (strstr (yeji_program_bar_get_text (fixture->bar), YEJI_VERSION));
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (find_button (fixture->window,
                                                                   "Open the Page"))));
  close_bar (fixture);

  recommend (fixture, "{\"client\": {\"version\": \"999.1\", \"where\": \"https://example.org/\"}}");
  open_bar (fixture);
  yeji_test_wait_until (speaks, fixture, 5000);
  g_assert_nonnull (strstr (yeji_program_bar_get_text (fixture->bar), "https://example.org/"));
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (find_button (fixture->window,
                                                                  "Open the Page"))));
}

/* What was put off stays so over restarts, until there is a further one. */
static void
test_is_put_off (Fixture       *fixture,
                 gconstpointer  data)
{
  recommend (fixture, "{\"client\": {\"version\": \"999.1\"}}");
  open_bar (fixture);
  yeji_test_wait_until (speaks, fixture, 5000);
  g_signal_emit_by_name (find_button (fixture->window, "Later"), "clicked");
  g_assert_false (speaks (fixture));
  yeji_test_wait_until (is_put_off, fixture, 5000);
  close_bar (fixture);

  open_bar (fixture);
  yeji_test_wait_until (yeji_test_is_last, fixture->bar, 5000);
  g_assert_false (speaks (fixture));
  close_bar (fixture);

  recommend (fixture, "{\"client\": {\"version\": \"999.2\"}}");
  open_bar (fixture);
  yeji_test_wait_until (speaks, fixture, 5000);
}

#define ADD(path, test)                                                                            \
  g_test_add ("/app/program-bar/" path, Fixture, NULL, set_up, test, tear_down)

static void
add_tests (void)
{
  ADD ("says-what-is-recommended", test_speaks);
  ADD ("is-put-off-until-the-next-version", test_is_put_off);
}

int
main (int    argc,
      char **argv)
{
  return app_fixture_main (&argc, &argv, add_tests);
}
