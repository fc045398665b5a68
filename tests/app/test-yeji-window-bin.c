// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include <string.h>

#include "app-fixture.h"
#include "name-walk.h"
#include "yeji-bin.h"
#include "yeji-columns.h"
#include "yeji-test.h"
#include "yeji-window.h"

enum { N_OTHERS = 2 };

typedef struct
{
  AppFixture base;
  YejiSyncEngine *engine;
  YejiWindow *window;          /* (nullable): weak */
  guint n;                     /* what is waited for */
} Fixture;

static gboolean
shows (gpointer data)
{
  const Fixture *fixture = data;

  return yeji_record_list_get_n_shown (yeji_window_get_list (fixture->window)) == fixture->n;
}

static void
await_shown (Fixture *fixture,
             guint    n)
{
  fixture->n = n;
  yeji_test_wait_until (shows, fixture, 10000);
}

static guint
count_bin (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) items = yeji_store_list_bin (fixture->base.store, &error);

  g_assert_no_error (error);
  return items->len;
}

static gboolean
has_in_bin (gpointer data)
{
  return count_bin (data) == ((Fixture *) data)->n;
}

static GtkWidget *
find (Fixture    *fixture,
      GType       type,
      const char *name)
{
  GtkWidget *widget = name_walk_find (GTK_WIDGET (yeji_window_get_list (fixture->window)), type,
                                      name);

  g_assert_nonnull (widget);
  return widget;
}

static void
choose_filter (Fixture    *fixture,
               const char *name)
{
  GtkWidget *row = find (fixture, GTK_TYPE_LIST_BOX_ROW, name);

  gtk_list_box_select_row (GTK_LIST_BOX (gtk_widget_get_parent (row)), GTK_LIST_BOX_ROW (row));
}

/* Three records, of which two, in the bin, were moved there in this session. */
static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  app_fixture_set_up_bare (&fixture->base, data);
  for (guint i = 0; i < N_OTHERS; i++)
    {
      g_autoptr (YejiRecord) other = yeji_record_duplicate (fixture->base.record);
      g_autoptr (GError) error = NULL;

      g_assert_true (yeji_store_save (fixture->base.store, other, NULL, "created", &error));
      g_assert_true (yeji_store_remove (fixture->base.store, yeji_record_get_uuid (other),
                                        &error));
      g_assert_no_error (error);
    }
  fixture->engine = yeji_sync_engine_new (fixture->base.store);
  fixture->window = YEJI_WINDOW (yeji_window_new (NULL, fixture->base.store, fixture->engine));
  g_object_add_weak_pointer (G_OBJECT (fixture->window), (gpointer *) &fixture->window);
  gtk_window_present (GTK_WINDOW (fixture->window));
  gtk_test_widget_wait_for_draw (GTK_WIDGET (fixture->window));
  await_shown (fixture, 1);
  choose_filter (fixture, "Bin");
  await_shown (fixture, N_OTHERS);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  gtk_window_close (GTK_WINDOW (fixture->window));
  yeji_test_wait_until (yeji_test_is_gone, &fixture->window, 5000);
  yeji_sync_engine_stop (fixture->engine);
  yeji_test_wait_until (yeji_test_is_last, fixture->engine, 5000);
  g_assert_finalize_object (g_steal_pointer (&fixture->engine));
  app_fixture_tear_down (&fixture->base, data);
}

static AdwMessageDialog *
find_dialog (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (ADW_IS_MESSAGE_DIALOG (window) && gtk_widget_get_visible (window))
        return ADW_MESSAGE_DIALOG (window);
    }
  return NULL;
}

static gboolean
asks (gpointer data)
{
  return find_dialog () != NULL;
}

/* Clicks, and answers the question that follows, which must say as much. */
static void
click_and_answer (Fixture    *fixture,
                  const char *button,
                  const char *said,
                  const char *response)
{
  AdwMessageDialog *dialog;

  g_signal_emit_by_name (find (fixture, GTK_TYPE_BUTTON, button), "clicked");
  yeji_test_wait_until (asks, NULL, 10000);
  dialog = find_dialog ();
  g_assert_nonnull (strstr (adw_message_dialog_get_body (dialog), said));
  g_assert_cmpstr (adw_message_dialog_get_default_response (dialog), ==, "cancel");
  adw_message_dialog_response (dialog, response);
  gtk_window_destroy (GTK_WINDOW (dialog));     /* as a click on the button does */
}

static void
await_in_bin (Fixture *fixture,
              guint    n)
{
  fixture->n = n;
  yeji_test_wait_until (has_in_bin, fixture, 10000);
  await_shown (fixture, n);
}

static void
test_offers (Fixture       *fixture,
             gconstpointer  data)
{
  static const char *const buttons[] = { "Restore", "Delete for Good…", "Empty Bin…" };

  for (guint i = 0; i < G_N_ELEMENTS (buttons); i++)
    g_assert_true (gtk_widget_is_visible (find (fixture, GTK_TYPE_BUTTON, buttons[i])));
  g_assert_false (gtk_widget_get_sensitive (find (fixture, GTK_TYPE_BUTTON, buttons[1])));
  g_assert_true (gtk_widget_get_visible (
                   find (fixture, GTK_TYPE_LABEL,
                         "What is in the bin is deleted for good after 30 days on which the "
                         "profile is opened.")));
  g_assert_cmpuint (name_walk_check (GTK_WIDGET (fixture->window)), >, 10);
  choose_filter (fixture, "All Records");
  await_shown (fixture, 1);
  for (guint i = 0; i < G_N_ELEMENTS (buttons); i++)
    {
      GtkWidget *button = name_walk_find (GTK_WIDGET (yeji_window_get_list (fixture->window)),
                                          GTK_TYPE_BUTTON, buttons[i]);

      g_assert_true (button == NULL || !gtk_widget_is_visible (button));
    }
}

static void
test_days_left (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr (GPtrArray) list = yeji_store_list (fixture->base.store, NULL);

  for (guint i = 0; i < list->len; i++)
    {
      YejiEntry *entry = g_ptr_array_index (list, i);
      g_autofree char *text = yeji_column_to_text (YEJI_COLUMN_LEFT, entry,
                                                   fixture->base.dictionary);

      g_assert_cmpstr (text, ==, yeji_entry_get_state (entry) == YEJI_STATE_REMOVED ? "30 days"
                                                                                    : "");
    }
}

static void
test_empty (Fixture       *fixture,
            gconstpointer  data)
{
  click_and_answer (fixture, "Empty Bin…", "2 records are deleted", "cancel");
  g_assert_cmpuint (count_bin (fixture), ==, N_OTHERS);
  click_and_answer (fixture, "Empty Bin…", "2 records are deleted", "delete");
  await_in_bin (fixture, 0);
  choose_filter (fixture, "All Records");
  await_shown (fixture, 1);
}

static gboolean
can_delete (gpointer data)
{
  return gtk_widget_get_sensitive (find (data, GTK_TYPE_BUTTON, "Delete for Good…"));
}

static void
test_selected (Fixture       *fixture,
               gconstpointer  data)
{
  g_autoptr (GPtrArray) items = yeji_store_list_bin (fixture->base.store, NULL);
  const YejiBinItem *first = g_ptr_array_index (items, 0);
  const YejiBinItem *second = g_ptr_array_index (items, 1);
  g_autoptr (GPtrArray) left = NULL;

  yeji_record_list_select (yeji_window_get_list (fixture->window), first->uuid);
  yeji_test_wait_until (can_delete, fixture, 10000);
  click_and_answer (fixture, "Delete for Good…", "1 record is deleted", "delete");
  await_in_bin (fixture, 1);
  left = yeji_store_list_bin (fixture->base.store, NULL);
  g_assert_cmpstr (((const YejiBinItem *) g_ptr_array_index (left, 0))->uuid, ==, second->uuid);
}

static void
add_tests (void)
{
#define ADD(path, test) g_test_add ("/app/bin/" path, Fixture, NULL, set_up, test, tear_down)
  ADD ("offers-what-can-be-done-there-only-there", test_offers);
  ADD ("says-how-many-days-are-left", test_days_left);
  ADD ("is-emptied-after-a-question", test_empty);
  ADD ("deletes-what-is-selected-alone", test_selected);
}

int
main (int    argc,
      char **argv)
{
  return app_fixture_main (&argc, &argv, add_tests);
}
