// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "app-fixture.h"
#include "name-walk.h"
#include "yeji-export-format.h"
#include "yeji-sheets.h"
#include "yeji-test.h"
#include "yeji-window-bulk.h"
#include "yeji-window-template.h"
#include "yeji-window.h"

typedef struct
{
  AppFixture base;
  YejiSyncEngine *engine;
  YejiWindow *window;          /* (nullable): weak */
  const char *uuid;
  const char *said;            /* what is waited for */
} Fixture;

static gboolean
is_listed (gpointer data)
{
  const Fixture *fixture = data;

  return yeji_record_list_get_n_shown (yeji_window_get_list (fixture->window)) == 1;
}

static gboolean
is_said (gpointer data)
{
  const Fixture *fixture = data;

  return name_walk_find (GTK_WIDGET (fixture->window), GTK_TYPE_LABEL, fixture->said) != NULL;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  app_fixture_set_up_bare (&fixture->base, data);
  fixture->uuid = yeji_record_get_uuid (fixture->base.record);
  fixture->engine = yeji_sync_engine_new (fixture->base.store);
  fixture->window = YEJI_WINDOW (yeji_window_new (NULL, fixture->base.store, fixture->engine));
  g_object_add_weak_pointer (G_OBJECT (fixture->window), (gpointer *) &fixture->window);
  gtk_window_present (GTK_WINDOW (fixture->window));
  gtk_test_widget_wait_for_draw (GTK_WIDGET (fixture->window));
  yeji_test_wait_until (is_listed, fixture, 10000);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  yeji_test_wait_until (yeji_test_is_gone, &fixture->window, 10000);
  yeji_sync_engine_stop (fixture->engine);
  yeji_test_wait_until (yeji_test_is_last, fixture->engine, 5000);
  g_assert_finalize_object (g_steal_pointer (&fixture->engine));
  app_fixture_tear_down (&fixture->base, data);
}

static gboolean
is_idle (gpointer data)
{
  return !yeji_window_bulk_is_busy (((Fixture *) data)->window);
}

static void
await_said (Fixture    *fixture,
            const char *said)
{
  fixture->said = said;
  yeji_test_wait_until (is_said, fixture, 30000);
}

static guint
find_format (const char *suffix)
{
  const YejiExportFormat *format;

  for (guint i = 0; (format = yeji_export_get_format (i)) != NULL; i++)
    if (g_str_equal (format->suffix, suffix))
      return i;
  g_assert_not_reached ();
}

static YejiSheets *
open_sheets (const char *path)
{
  g_autoptr (GError) error = NULL;
  YejiSheets *sheets = yeji_sheets_open (path, &error);

  g_assert_no_error (error);
  return sheets;
}

/* Put together away from the window. */
static void
test_export (Fixture       *fixture,
             gconstpointer  data)
{
  const char *suffix = data;
  g_autofree char *name = g_strconcat ("out", suffix, NULL);
  g_autofree char *path = g_build_filename (fixture->base.dir, name, NULL);
  g_autofree char *said = g_strdup_printf ("1 record exported to %s, personal numbers in it in "
                                           "clear text", name);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (YejiSheets) sheets = NULL;
  g_autoptr (YejiSheetReader) reader = NULL;
  const char *const uuids[] = { fixture->uuid, NULL };

  yeji_window_bulk_export (fixture->window, uuids, file, find_format (suffix));
  await_said (fixture, said);
  g_assert_false (yeji_window_bulk_is_busy (fixture->window));
  sheets = open_sheets (path);
  reader = yeji_sheets_read (sheets, 0, NULL);
  for (guint i = 0; i < 3; i++)
    g_assert_true (yeji_sheet_reader_next (reader, NULL));
  g_assert_cmpstr (yeji_sheet_reader_get_text (reader, 0), ==, fixture->uuid);
  g_assert_false (yeji_sheet_reader_next (reader, NULL));
}

/* A text that no cell holds is not cut: the record is not in the file, and that is said. */
static void
test_too_long (Fixture       *fixture,
               gconstpointer  data)
{
  g_autofree char *path = g_build_filename (fixture->base.dir, "out.xlsx", NULL);
  g_autofree char *text = g_strnfill (40000, 'x');
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (YejiRecord) record = NULL;
  g_autoptr (GError) error = NULL;
  const char *const uuids[] = { fixture->uuid, NULL };
  YejiRow *project;

  record = yeji_store_load (fixture->base.store, fixture->uuid, &error);
  g_assert_no_error (error);
  project = yeji_record_get_project (record);
  yeji_record_set (record, project, g_ptr_array_index (yeji_row_get_table (project)->fields, 1),
                   text);
  g_assert_true (yeji_store_save (fixture->base.store, record, NULL, "typed", &error));
  yeji_window_bulk_export (fixture->window, uuids, file, find_format (".xlsx"));
  yeji_test_wait_until (is_idle, fixture, 30000);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

/* There is no place for it: told, and the window goes on. */
static void
test_no_place (Fixture       *fixture,
               gconstpointer  data)
{
  g_autofree char *path = g_build_filename (fixture->base.dir, "none", "a.xlsx", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  const char *const uuids[] = { fixture->uuid, NULL };

  yeji_window_bulk_export (fixture->window, uuids, file, find_format (".xlsx"));
  g_assert_false (yeji_window_bulk_is_busy (fixture->window));
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

static void
test_template (Fixture       *fixture,
               gconstpointer  data)
{
  g_autofree char *path = g_build_filename (fixture->base.dir, "t.xlsx", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (YejiSheets) sheets = NULL;

  yeji_window_template_save (fixture->window, file);
  await_said (fixture, "Template saved as t.xlsx; fill it in and import it");
  sheets = open_sheets (path);
  g_assert_cmpuint (yeji_sheets_get_n (sheets), >, 3);
}

static void
add_tests (void)
{
  g_test_add ("/app/export/workbook-has-the-record", Fixture, ".xlsx", set_up, test_export,
              tear_down);
  g_test_add ("/app/export/archive-of-tables-has-the-record", Fixture, ".zip", set_up, test_export,
              tear_down);
  g_test_add ("/app/export/too-long-a-text-is-told-and-not-cut", Fixture, NULL, set_up,
              test_too_long, tear_down);
  g_test_add ("/app/export/no-place-is-no-harm", Fixture, NULL, set_up, test_no_place, tear_down);
  g_test_add ("/app/export/template-is-saved", Fixture, NULL, set_up, test_template, tear_down);
}

int
main (int    argc,
      char **argv)
{
  return app_fixture_main (&argc, &argv, add_tests);
}
