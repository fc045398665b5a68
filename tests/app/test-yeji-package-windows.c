// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "app-fixture.h"
#include "name-walk.h"
#include "yeji-pack-window.h"
#include "yeji-package.h"
#include "yeji-sealed-stream.h"
#include "yeji-take-window.h"
#include "yeji-test.h"

#define PATIENCE_MS 20000
#define PASSPHRASE "石榴 书架 北风 渡船"

typedef struct
{
  AppFixture *fixture;
  char *dir;
  char *path;
  char *text;                  /* (nullable): what was said at the end */
  char *batch;
} Handover;

static void
begin (Handover   *handover,
       AppFixture *fixture)
{
  handover->fixture = fixture;
  handover->dir = yeji_test_dir_new ();
  handover->path = g_build_filename (handover->dir, "移交" YEJI_PACKAGE_SUFFIX, NULL);
}

static void
end (Handover *handover)
{
  yeji_test_dir_remove (handover->dir);
  g_free (handover->dir);
  g_free (handover->path);
  g_free (handover->text);
  g_free (handover->batch);
}

static void
on_packed (GtkWidget  *window,
           const char *text,
           Handover   *handover)
{
  handover->text = g_strdup (text);
}

static void
on_taken (GtkWidget  *window,
          const char *text,
          const char *batch,
          Handover   *handover)
{
  handover->text = g_strdup (text);
  handover->batch = g_strdup (batch);
}

static gboolean
is_ready (gpointer data)
{
  return yeji_pack_window_is_ready (data);
}

static gboolean
is_said (gpointer data)
{
  return ((Handover *) data)->text != NULL;
}

static gboolean
asks (gpointer data)
{
  return g_str_equal (yeji_take_window_get_page (data), "ask");
}

static gboolean
has_plan (gpointer data)
{
  return g_str_equal (yeji_take_window_get_page (data), "plan");
}

static void
pack (Handover *handover)
{
  AppFixture *fixture = handover->fixture;
  const char *uuids[] = { yeji_record_get_uuid (fixture->record), NULL };
  GtkWidget *window = yeji_pack_window_new (NULL, fixture->store, uuids);

  g_signal_connect (window, "done", G_CALLBACK (on_packed), handover);
  yeji_pack_window_set_path (YEJI_PACK_WINDOW (window), handover->path);
  gtk_window_present (GTK_WINDOW (window));
  g_assert_false (yeji_pack_window_is_ready (YEJI_PACK_WINDOW (window)));
  yeji_pack_window_type (YEJI_PACK_WINDOW (window), PASSPHRASE);
  yeji_test_wait_until (is_ready, window, PATIENCE_MS);
  name_walk_check (window);
  yeji_pack_window_start (YEJI_PACK_WINDOW (window));
  yeji_test_wait_until (is_said, handover, PATIENCE_MS);
  g_clear_pointer (&handover->text, g_free);
}

static YejiStore *
open_other (Handover *handover)
{
  g_autofree char *dir = g_build_filename (handover->dir, "there", NULL);
  g_autoptr (GError) error = NULL;
  YejiStore *store = yeji_store_open (dir, handover->fixture->dictionary, &error);

  g_assert_no_error (error);
  return store;
}

static void
test_goes_over (AppFixture    *fixture,
                gconstpointer  data)
{
  Handover handover = { NULL };
  YejiStore *store;
  GtkWidget *window;
  g_autoptr (YejiRecord) there = NULL;
  g_autoptr (YejiBatchUndo) done = NULL;
  g_autoptr (GError) error = NULL;

  begin (&handover, fixture);
  pack (&handover);
  g_assert_true (yeji_package_is_package (handover.path));
  store = open_other (&handover);
  window = yeji_take_window_new (NULL, store, handover.path);
  g_signal_connect (window, "done", G_CALLBACK (on_taken), &handover);
  gtk_window_present (GTK_WINDOW (window));
  yeji_take_window_type (YEJI_TAKE_WINDOW (window), "another one");
  yeji_take_window_go_on (YEJI_TAKE_WINDOW (window));
  yeji_test_wait_until (asks, window, PATIENCE_MS);
  yeji_take_window_type (YEJI_TAKE_WINDOW (window), PASSPHRASE);
  yeji_take_window_go_on (YEJI_TAKE_WINDOW (window));
  yeji_test_wait_until (has_plan, window, PATIENCE_MS);
  name_walk_check (window);
  yeji_take_window_go_on (YEJI_TAKE_WINDOW (window));
  yeji_test_wait_until (is_said, &handover, PATIENCE_MS);
  there = yeji_store_load (store, yeji_record_get_uuid (fixture->record), &error);
  g_assert_no_error (error);
  g_assert_nonnull (handover.batch);
  done = yeji_package_undo (store, handover.batch, &error);
  g_assert_cmpuint (done->removed->len, ==, 1);
  yeji_store_close (store);
  g_object_unref (store);
  end (&handover);
}

/* Closing a window in the middle ends the work, and nothing is left. */
static void
test_closed_meanwhile (AppFixture    *fixture,
                       gconstpointer  data)
{
  Handover handover = { NULL };
  YejiStore *store;
  GtkWidget *window;
  gpointer weak;
  g_autoptr (GPtrArray) entries = NULL;

  begin (&handover, fixture);
  pack (&handover);
  store = open_other (&handover);
  window = yeji_take_window_new (NULL, store, handover.path);
  weak = window;
  g_object_add_weak_pointer (G_OBJECT (window), &weak);
  gtk_window_present (GTK_WINDOW (window));
  yeji_take_window_type (YEJI_TAKE_WINDOW (window), PASSPHRASE);
  yeji_take_window_go_on (YEJI_TAKE_WINDOW (window));
  gtk_window_destroy (GTK_WINDOW (window));
  while (weak != NULL)
    g_main_context_iteration (NULL, TRUE);
  entries = yeji_store_list (store, NULL);
  g_assert_cmpuint (entries->len, ==, 0);
  yeji_store_close (store);
  g_object_unref (store);
  end (&handover);
}

static void
add_tests (void)
{
  yeji_sealed_set_cost (1, 8192);
  app_fixture_add_bare ("/app/package-windows/records-go-over-and-can-be-taken-back",
                        test_goes_over);
  app_fixture_add_bare ("/app/package-windows/are-closed-meanwhile", test_closed_meanwhile);
}

int
main (int    argc,
      char **argv)
{
  return app_fixture_main (&argc, &argv, add_tests);
}
