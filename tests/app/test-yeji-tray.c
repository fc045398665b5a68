// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include <string.h>

#include "app-fixture.h"
#include "name-walk.h"
#include "yeji-intake-store.h"
#include "yeji-test.h"
#include "yeji-tray-item.h"
#include "yeji-window.h"

#define PATIENCE_MS 20000

typedef struct
{
  AppFixture base;
  YejiSyncEngine *engine;
  YejiWindow *window;          /* (nullable): weak */
  guint wanted;
} Fixture;

static YejiTrayPage *
get_tray (Fixture *fixture)
{
  return yeji_record_list_get_tray (yeji_window_get_list (fixture->window));
}

static GtkSelectionModel *
get_selection (Fixture *fixture)
{
  return yeji_tray_page_get_selection (get_tray (fixture));
}

static void
add_files (Fixture *fixture)
{
  static const char *const paths[] = {
    "扫描/IMG_0001.pdf", "扫描/杂项/scan3.pdf", "扫描/合同.pdf",
  };
  g_autoptr (GPtrArray) incoming = NULL;
  g_autofree char *batch = NULL;
  g_autoptr (GError) error = NULL;

  incoming = g_ptr_array_new_with_free_func ((GDestroyNotify) yeji_incoming_free);
  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autofree char *name = g_path_get_basename (paths[i]);
      g_autofree char *path = g_build_filename (fixture->base.dir, name, NULL);
      g_autofree char *text = g_strdup_printf ("%%PDF-1.4\n%u\n%%%%EOF\n", i);
      g_autoptr (GFile) file = g_file_new_for_path (path);
      YejiIncoming *one = yeji_incoming_new (file, NULL, NULL);

      g_assert_true (g_file_set_contents (path, text, -1, NULL));
      one->origin = g_strdup (paths[i]);
      g_ptr_array_add (incoming, one);
    }
  g_assert_true (yeji_store_take_files (fixture->base.store, incoming, &batch, NULL, NULL, NULL,
                                        &error));
  g_assert_no_error (error);
}

static gboolean
is_read (gpointer data)
{
  Fixture *fixture = data;

  return yeji_tray_page_is_read (get_tray (fixture))
         && g_list_model_get_n_items (G_LIST_MODEL (get_selection (fixture))) == fixture->wanted
         && yeji_tray_page_get_n (get_tray (fixture)) == fixture->wanted;
}

static void
await (Fixture *fixture,
       guint    n)
{
  fixture->wanted = n;
  yeji_test_wait_until (is_read, fixture, PATIENCE_MS);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  app_fixture_set_up_bare (&fixture->base, data);
  fixture->engine = yeji_sync_engine_new (fixture->base.store);
  add_files (fixture);
  fixture->window = YEJI_WINDOW (yeji_window_new (NULL, fixture->base.store, fixture->engine));
  g_object_add_weak_pointer (G_OBJECT (fixture->window), (gpointer *) &fixture->window);
  gtk_window_present (GTK_WINDOW (fixture->window));
  gtk_test_widget_wait_for_draw (GTK_WIDGET (fixture->window));
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.tray", NULL);
  await (fixture, 3);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  gtk_window_close (GTK_WINDOW (fixture->window));
  yeji_test_wait_until (yeji_test_is_gone, &fixture->window, PATIENCE_MS);
  yeji_sync_engine_stop (fixture->engine);
  yeji_test_wait_until (yeji_test_is_last, fixture->engine, PATIENCE_MS);
  g_assert_finalize_object (g_steal_pointer (&fixture->engine));
  app_fixture_tear_down (&fixture->base, data);
}

static guint
count_attachments (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) list = NULL;

  list = yeji_store_get_attachments (fixture->base.store,
                                     yeji_record_get_uuid (fixture->base.record), &error);
  g_assert_no_error (error);
  return list->len;
}

static void
click_undo (GtkWidget *root)
{
  if (GTK_IS_BUTTON (root) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (root)), "_Undo") == 0
      && gtk_widget_get_mapped (root))
    {
      g_signal_emit_by_name (root, "clicked");
      return;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    click_undo (child);
}

static void
test_reasons (Fixture       *fixture,
              gconstpointer  data)
{
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (YejiTrayItem) item = g_list_model_get_item (G_LIST_MODEL (get_selection (fixture)),
                                                             i);

      g_assert_cmpstr (yeji_tray_item_get_reason (item), !=, "");
      g_assert_true (g_str_has_prefix (yeji_tray_item_get_origin (item), "扫描/"));
      if (g_str_has_suffix (yeji_tray_item_get_origin (item), "合同.pdf"))
        g_assert_cmpstr (yeji_tray_item_get_slot (item), ==, "contract");
    }
}

static gboolean
has_record (gpointer data)
{
  Fixture *fixture = data;

  return yeji_place_picker_is_read (yeji_tray_page_get_picker (get_tray (fixture)));
}

static GtkWidget *
get_focus (Fixture *fixture)
{
  return gtk_root_get_focus (GTK_ROOT (fixture->window));
}

/* Enter, a record, Enter, a slot, Enter: no pointer is needed. */
static void
test_place (Fixture       *fixture,
            gconstpointer  data)
{
  YejiPlacePicker *picker = yeji_tray_page_get_picker (get_tray (fixture));
  GtkWidget *search;
  guint n = count_attachments (fixture);

  gtk_selection_model_select_all (get_selection (fixture));
  gtk_selection_model_unselect_item (get_selection (fixture), 2);
  gtk_widget_activate_action (GTK_WIDGET (get_tray (fixture)), "tray.place", NULL);
  search = gtk_widget_get_parent (get_focus (fixture));
  g_assert_true (GTK_IS_SEARCH_ENTRY (search));
  yeji_test_wait_until (has_record, fixture, PATIENCE_MS);
  g_signal_emit_by_name (search, "activate");
  g_assert_cmpstr (yeji_place_picker_get_uuid (picker), ==,
                   yeji_record_get_uuid (fixture->base.record));
  g_assert_true (GTK_IS_LIST_BOX_ROW (get_focus (fixture)));
  gtk_widget_activate (get_focus (fixture));
  await (fixture, 1);
  g_assert_cmpuint (count_attachments (fixture), ==, n + 2);
  click_undo (GTK_WIDGET (fixture->window));
  await (fixture, 3);
  g_assert_cmpuint (count_attachments (fixture), ==, n);
}

static void
test_remove (Fixture       *fixture,
             gconstpointer  data)
{
  gtk_selection_model_select_item (get_selection (fixture), 1, TRUE);
  gtk_widget_activate_action (GTK_WIDGET (get_tray (fixture)), "tray.remove", NULL);
  await (fixture, 2);
  click_undo (GTK_WIDGET (fixture->window));
  await (fixture, 3);
}

static void
test_names (Fixture       *fixture,
            gconstpointer  data)
{
  gtk_test_widget_wait_for_draw (GTK_WIDGET (fixture->window));
  g_assert_cmpuint (name_walk_check (GTK_WIDGET (fixture->window)), >=, 10);
}

#define add(path, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)

static void
add_tests (void)
{
  add ("/app/tray/says-why-each-file-waits", test_reasons);
  add ("/app/tray/places-files-by-keys-and-takes-them-back", test_place);
  add ("/app/tray/lets-files-go-and-brings-them-back", test_remove);
  add ("/app/tray/has-names", test_names);
}

int
main (int    argc,
      char **argv)
{
  return app_fixture_main (&argc, &argv, add_tests);
}
