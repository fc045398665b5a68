// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include <string.h>

#include <adwaita.h>

#include "app-fixture.h"
#include "yeji-account.h"
#include "yeji-status-bar.h"
#include "yeji-sync-popover.h"
#include "yeji-test.h"

#define PATIENCE 20000

/* A status bar of a profile whose province does not answer. */
typedef struct
{
  AppFixture base;
  YejiSyncEngine *engine;
  GtkWidget *window;
  YejiStatusBar *bar;
  YejiSyncState wanted;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  const YejiAccount account = {
    .url = (char *) "http://127.0.0.1:1", .user = (char *) "clerk", .name = (char *) "张三",
    .access = (char *) "a", .refresh = (char *) "r",
  };
  g_autoptr (GError) error = NULL;

  app_fixture_set_up_bare (&fixture->base, data);
  yeji_account_save (fixture->base.store, &account, &error);
  g_assert_no_error (error);
  fixture->engine = yeji_sync_engine_new (fixture->base.store);
  fixture->window = gtk_window_new ();
  fixture->bar = g_object_new (YEJI_TYPE_STATUS_BAR, NULL);
  yeji_status_bar_set_engine (fixture->bar, fixture->engine);
  gtk_window_set_child (GTK_WINDOW (fixture->window), GTK_WIDGET (fixture->bar));
  gtk_window_present (GTK_WINDOW (fixture->window));
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  yeji_sync_engine_stop (fixture->engine);
  yeji_test_wait_until (yeji_test_is_last, fixture->engine, PATIENCE);
  g_assert_finalize_object (g_steal_pointer (&fixture->engine));
  app_fixture_tear_down (&fixture->base, data);
}

static gboolean
has_wanted (gpointer data)
{
  Fixture *fixture = data;

  return yeji_sync_engine_get_state (fixture->engine) == fixture->wanted;
}

static void
wait_for (Fixture       *fixture,
          YejiSyncState  state)
{
  fixture->wanted = state;
  yeji_test_wait_until (has_wanted, fixture, PATIENCE);
}

static GtkWidget *
find (GtkWidget *widget,
      GType      type)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find (child, type);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static gboolean
has_items (gpointer popover)
{
  return yeji_sync_popover_get_n_items (popover) == 1;
}

static void
test_says_why_it_is_offline (Fixture       *fixture,
                             gconstpointer  data)
{
  GtkWidget *popover = find (GTK_WIDGET (fixture->bar), YEJI_TYPE_SYNC_POPOVER);
  const YejiFacts facts = { .completeness = 100, .outcome = YEJI_FACTS_BEST_OUTCOME };
  g_autofree char *words = NULL;

  yeji_store_save (fixture->base.store, fixture->base.record, &facts, "typed", NULL);
  yeji_store_queue_submit (fixture->base.store, yeji_record_get_uuid (fixture->base.record), NULL);
  yeji_sync_engine_start (fixture->engine);
  wait_for (fixture, YEJI_SYNC_OFFLINE);
  g_assert_cmpstr (yeji_status_bar_get_sync (fixture->bar), ==, "Offline · 张三");

  /* (GTK 4.8 takes it amiss when a popover comes up and nothing has the focus) */
  g_assert_true (gtk_widget_child_focus (GTK_WIDGET (fixture->bar), GTK_DIR_TAB_FORWARD));
  g_assert_false (gtk_widget_get_visible (popover));
  gtk_widget_activate_action (GTK_WIDGET (fixture->bar), "status.sync", NULL);
  g_assert_true (gtk_widget_get_visible (popover));
  yeji_test_wait_until (has_items, popover, PATIENCE);
  words = yeji_sync_popover_get_words (YEJI_SYNC_POPOVER (popover));
  g_assert_nonnull (strstr (words, "the connection is refused"));
  g_assert_nonnull (strstr (words, "1 submission waits to be sent"));
}

static void
test_offers_to_sign_in_again (Fixture       *fixture,
                              gconstpointer  data)
{
  g_assert_true (yeji_account_end (fixture->base.store, NULL));
  yeji_sync_engine_start (fixture->engine);
  wait_for (fixture, YEJI_SYNC_ENDED);
  g_assert_cmpstr (yeji_status_bar_get_sync (fixture->bar), ==, "Sign In Again…");
}

static void
test_every_state_has_an_icon (void)
{
  GtkIconTheme *theme = gtk_icon_theme_get_for_display (gdk_display_get_default ());

  for (guint i = 0; i < N_YEJI_SYNC_STATES; i++)
    {
      const char *icon = yeji_sync_popover_get_icon ((YejiSyncState) i);

      g_test_message ("%s", icon);
      g_assert_true (gtk_icon_theme_has_icon (theme, icon));
    }
}

static void
add_tests (void)
{
#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)
  ADD ("/app/sync-status/says-why-it-is-offline", test_says_why_it_is_offline);
  ADD ("/app/sync-status/offers-to-sign-in-again", test_offers_to_sign_in_again);
  g_test_add_func ("/app/sync-status/every-state-has-an-icon", test_every_state_has_an_icon);
}

int
main (int   argc,
      char *argv[])
{
  return app_fixture_main (&argc, &argv, add_tests);
}
