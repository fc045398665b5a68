// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* The list of what no longer holds in a copied record. */

#include "config.h"

#include "app-fixture.h"
#include "name-walk.h"
#include "yeji-copy-bar.h"
#include "yeji-store-copy.h"
#include "yeji-test.h"

typedef struct
{
  YejiDraft *draft;
  YejiCopyBar *bar;
  GtkWidget *window;
  char *table;
  char *field;
} Shown;

static void
on_chosen (YejiCopyBar *bar,
           const char  *table,
           const char  *row,
           const char  *field,
           Shown       *shown)
{
  g_free (shown->table);
  g_free (shown->field);
  shown->table = g_strdup (table);
  shown->field = g_strdup (field);
}

static gboolean
is_shown (gpointer data)
{
  return yeji_copy_bar_get_text (((Shown *) data)->bar) != NULL;
}

static YejiDraft *
open_draft (AppFixture *fixture,
            const char *uuid)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiRecord) record = yeji_store_load (fixture->store, uuid, &error);
  g_autoptr (YejiEntry) entry = yeji_store_get_entry (fixture->store, uuid, &error);
  g_autoptr (GPtrArray) none = g_ptr_array_new ();

  g_assert_no_error (error);
  return yeji_draft_new (fixture->store, NULL, record, entry, none);
}

static void
show (Shown      *shown,
      AppFixture *fixture,
      const char *uuid)
{
  shown->draft = open_draft (fixture, uuid);
  shown->bar = g_object_new (YEJI_TYPE_COPY_BAR, NULL);
  g_signal_connect (shown->bar, "chosen", G_CALLBACK (on_chosen), shown);
  shown->window = gtk_window_new ();
  gtk_window_set_child (GTK_WINDOW (shown->window), GTK_WIDGET (shown->bar));
  gtk_window_set_default_size (GTK_WINDOW (shown->window), 700, 200);
  yeji_copy_bar_set_draft (shown->bar, shown->draft);
  gtk_window_present (GTK_WINDOW (shown->window));
}

static void
hide (Shown *shown)
{
  gtk_window_destroy (GTK_WINDOW (shown->window));
  yeji_draft_keeper_flush_async (yeji_draft_get_keeper (shown->draft), NULL, NULL);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_object_unref (shown->draft);
  g_clear_pointer (&shown->table, g_free);
  g_clear_pointer (&shown->field, g_free);
}

static void
test_list (AppFixture    *fixture,
           gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *uuid = NULL;
  const YejiTableDef *root = yeji_dictionary_get_root (fixture->dictionary);
  GtkListBoxRow *first;
  Shown shown = { 0 };
  guint n_open;

  uuid = yeji_store_copy_record (fixture->store, yeji_record_get_uuid (fixture->record), &error);
  g_assert_no_error (error);
  show (&shown, fixture, uuid);
  yeji_test_wait_until (is_shown, &shown, 5000);
  n_open = yeji_copy_bar_get_n_open (shown.bar);
  g_assert_cmpuint (n_open, >, 10);
  name_walk_check (shown.window);
  yeji_copy_bar_show_list (shown.bar);
  name_walk_check (shown.window);

  /* a line leads to its place */
  first = gtk_list_box_get_row_at_index (GTK_LIST_BOX (yeji_copy_bar_get_list (shown.bar)), 0);
  g_signal_emit_by_name (first, "activate");
  g_assert_cmpstr (shown.table, ==, root->id);
  /* what is filled in is ticked off, what is emptied again is not */
  yeji_draft_set_value (shown.draft, yeji_record_get_project (yeji_draft_get_record (shown.draft)),
                        yeji_table_def_find_field (root, shown.field), "1");
  g_assert_cmpuint (yeji_copy_bar_get_n_open (shown.bar), ==, n_open - 1);
  yeji_draft_set_value (shown.draft, yeji_record_get_project (yeji_draft_get_record (shown.draft)),
                        yeji_table_def_find_field (root, shown.field), "");
  g_assert_cmpuint (yeji_copy_bar_get_n_open (shown.bar), ==, n_open);
  hide (&shown);

  /* another start of the program knows it still */
  show (&shown, fixture, uuid);
  yeji_test_wait_until (is_shown, &shown, 5000);
  g_assert_cmpuint (yeji_copy_bar_get_n_open (shown.bar), ==, n_open);
  hide (&shown);
}

static gboolean
is_closed (gpointer data)
{
  AppFixture *fixture = data;
  g_autoptr (YejiCopyNote) note = NULL;
  g_autofree char *uuid = g_strdup (g_object_get_data (G_OBJECT (fixture->store), "test-uuid"));

  note = yeji_store_get_copy_note (fixture->store, uuid, NULL);
  return note != NULL && note->emptied->len == 0;
}

static void
test_done (AppFixture    *fixture,
           gconstpointer  data)
{
  g_autofree char *uuid = yeji_store_copy_record (fixture->store,
                                                  yeji_record_get_uuid (fixture->record), NULL);
  g_autoptr (YejiCopyNote) note = NULL;
  Shown shown = { 0 };

  show (&shown, fixture, uuid);
  yeji_test_wait_until (is_shown, &shown, 5000);
  g_signal_emit_by_name (gtk_widget_get_last_child (GTK_WIDGET (shown.bar)), "clicked");
  g_assert_null (yeji_copy_bar_get_text (shown.bar));
  g_object_set_data_full (G_OBJECT (fixture->store), "test-uuid", g_strdup (uuid), g_free);
  yeji_test_wait_until (is_closed, fixture, 5000);
  /* where it came from is not forgotten */
  note = yeji_store_get_copy_note (fixture->store, uuid, NULL);
  g_assert_cmpstr (note->source, ==, yeji_record_get_uuid (fixture->record));
  hide (&shown);
}

static void
add_tests (void)
{
  app_fixture_add ("/app/copy-bar/lists-what-no-longer-holds-until-it-does", test_list);
  app_fixture_add ("/app/copy-bar/is-put-away", test_done);
}

int
main (int    argc,
      char **argv)
{
  return app_fixture_main (&argc, &argv, add_tests);
}
