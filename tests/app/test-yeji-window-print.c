// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "yeji-window-print.h"

#include <adwaita.h>

#include "app-fixture.h"
#include "name-walk.h"
#include "yeji-application.h"
#include "yeji-print.h"
#include "yeji-test.h"
#include "yeji-window-bulk.h"

#define PATIENCE 20000

typedef struct
{
  AppFixture base;
  YejiSyncEngine *engine;
  YejiWindow *window;          /* (nullable): weak */
  char *path;                  /* of a PDF that is not there */
} Fixture;

/* What was given to the printer last. */
static YejiPaper *printed;

static gboolean
take_paper (YejiPaper  *paper,
            GtkWindow  *parent,
            GError    **error)
{
  g_clear_pointer (&printed, yeji_paper_free);
  printed = paper;
  return TRUE;
}

static gboolean
is_printed (gpointer data)
{
  return printed != NULL;
}

static gboolean
is_there (gpointer path)
{
  return g_file_test (path, G_FILE_TEST_EXISTS);
}

static gboolean
is_set (gpointer flag)
{
  return *(gboolean *) flag;
}

static gboolean
is_idle (gpointer window)
{
  return !yeji_window_bulk_is_busy (window);
}

static gboolean
is_open (gpointer window)
{
  return yeji_window_get_draft (window) != NULL;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  app_fixture_set_up_bare (&fixture->base, data);
  fixture->path = g_build_filename (fixture->base.dir, "申报表.pdf", NULL);
  fixture->engine = yeji_sync_engine_new (fixture->base.store);
  fixture->window = YEJI_WINDOW (yeji_window_new (NULL, fixture->base.store, fixture->engine));
  g_object_add_weak_pointer (G_OBJECT (fixture->window), (gpointer *) &fixture->window);
  gtk_window_present (GTK_WINDOW (fixture->window));
  gtk_test_widget_wait_for_draw (GTK_WIDGET (fixture->window));
  yeji_window_print_set_printer (take_paper);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_clear_pointer (&printed, yeji_paper_free);
  gtk_window_close (GTK_WINDOW (fixture->window));
  yeji_test_wait_until (yeji_test_is_gone, &fixture->window, PATIENCE);
  yeji_sync_engine_stop (fixture->engine);
  yeji_test_wait_until (yeji_test_is_last, fixture->engine, PATIENCE);
  g_assert_finalize_object (g_steal_pointer (&fixture->engine));
  g_free (fixture->path);
  app_fixture_tear_down (&fixture->base, data);
}

static AdwMessageDialog *
find_dialog (void)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *item = windows; item != NULL; item = item->next)
    if (ADW_IS_MESSAGE_DIALOG (item->data))
      return item->data;
  return NULL;
}

static gboolean
has_dialog (gpointer data)
{
  return find_dialog () != NULL;
}

static void
assert_pdf (const char *path)
{
  g_autofree char *content = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_get_contents (path, &content, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (content, "%PDF-"));
}

/* Masked unless asked, each time; the open record, and what is selected in the list. */
static void
test_asks (Fixture       *fixture,
           gconstpointer  data)
{
  const gboolean opens = GPOINTER_TO_INT (data);
  AdwMessageDialog *dialog;
  GtkWidget *full;

  if (opens)
    {
      yeji_window_open_record (fixture->window, yeji_record_get_uuid (fixture->base.record));
      yeji_test_wait_until (is_open, fixture->window, PATIENCE);
    }
  else
    yeji_record_list_select (yeji_window_get_list (fixture->window),
                             yeji_record_get_uuid (fixture->base.record));
  /* the list may still be on its way */
  while (find_dialog () == NULL)
    {
      gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.print", NULL);
      if (find_dialog () == NULL)
        g_main_context_iteration (NULL, TRUE);
    }
  yeji_test_wait_until (has_dialog, NULL, PATIENCE);
  dialog = find_dialog ();
  gtk_test_widget_wait_for_draw (GTK_WIDGET (dialog));
  g_assert_cmpuint (name_walk_check (GTK_WIDGET (dialog)), >, 1);
  full = adw_message_dialog_get_extra_child (dialog);
  g_assert_false (gtk_check_button_get_active (GTK_CHECK_BUTTON (full)));
  g_assert_cmpstr (adw_message_dialog_get_default_response (dialog), ==, "print");
  adw_message_dialog_response (dialog, "print");
  gtk_window_destroy (GTK_WINDOW (dialog));
  yeji_test_wait_until (is_printed, NULL, PATIENCE);
  g_assert_cmpuint (yeji_paper_count_pages (printed), >, 3);
  yeji_test_wait_until (is_idle, fixture->window, PATIENCE);
}

static void
on_printed (GtkPrintOperation       *operation,
            GtkPrintOperationResult  result,
            gboolean                *is_done)
{
  g_assert_cmpint (result, ==, GTK_PRINT_OPERATION_RESULT_APPLY);
  *is_done = TRUE;
}

/* The printer's way: GTK asks for the sheets one by one. */
static void
test_prints (Fixture       *fixture,
             gconstpointer  data)
{
  const char *uuids[] = { yeji_record_get_uuid (fixture->base.record), NULL, NULL };
  g_autoptr (GtkPrintOperation) operation = NULL;
  gboolean is_done = FALSE;
  int n_pages;
  g_autoptr (GError) error = NULL;

  uuids[1] = uuids[0];
  yeji_window_print_on_paper (fixture->window, uuids, TRUE);
  yeji_test_wait_until (is_printed, NULL, PATIENCE);
  operation = yeji_print_operation_new (g_steal_pointer (&printed));
  gtk_print_operation_set_export_filename (operation, fixture->path);
  g_signal_connect (operation, "done", G_CALLBACK (on_printed), &is_done);
  gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_EXPORT,
                           GTK_WINDOW (fixture->window), &error);
  g_assert_no_error (error);
  yeji_test_wait_until (is_set, &is_done, PATIENCE);
  g_object_get (operation, "n-pages", &n_pages, NULL);
  g_assert_cmpint (n_pages, >, 6);
  assert_pdf (fixture->path);
}

static void
test_file (Fixture       *fixture,
           gconstpointer  data)
{
  const char *uuids[] = { yeji_record_get_uuid (fixture->base.record), NULL };
  g_autoptr (GFile) file = g_file_new_for_path (fixture->path);

  yeji_window_print_to_file (fixture->window, uuids, FALSE, file);
  g_assert_true (yeji_window_bulk_is_busy (fixture->window));
  g_assert_false (is_there (fixture->path));
  yeji_test_wait_until (is_there, fixture->path, PATIENCE);
  assert_pdf (fixture->path);
  yeji_test_wait_until (is_idle, fixture->window, PATIENCE);
}

/* What was there before is there again, and one job at a time. */
static void
test_cancelled (Fixture       *fixture,
                gconstpointer  data)
{
  const char *uuids[41] = { NULL };
  g_autoptr (GFile) file = g_file_new_for_path (fixture->path);
  g_autofree char *content = NULL;

  for (guint i = 0; i < 40; i++)
    uuids[i] = yeji_record_get_uuid (fixture->base.record);
  g_assert_true (g_file_set_contents (fixture->path, "before", -1, NULL));
  yeji_window_print_to_file (fixture->window, uuids, FALSE, file);
  g_assert_null (yeji_window_print_ask (fixture->window, uuids));
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.cancel-bulk", NULL);
  yeji_test_wait_until (is_idle, fixture->window, PATIENCE);
  g_assert_true (g_file_get_contents (fixture->path, &content, NULL, NULL));
  g_assert_cmpstr (content, ==, "before");
}

static void
add_tests (void)
{
  g_test_add ("/app/window-print/asks-for-the-open-record", Fixture, GINT_TO_POINTER (TRUE),
              set_up, test_asks, tear_down);
  g_test_add ("/app/window-print/asks-for-what-is-selected", Fixture, GINT_TO_POINTER (FALSE),
              set_up, test_asks, tear_down);
  g_test_add ("/app/window-print/gives-the-printer-all-sheets", Fixture, NULL, set_up,
              test_prints, tear_down);
  g_test_add ("/app/window-print/writes-a-file", Fixture, NULL, set_up, test_file, tear_down);
  g_test_add ("/app/window-print/leaves-what-was-there-when-cancelled", Fixture, NULL, set_up,
              test_cancelled, tear_down);
}

int
main (int    argc,
      char **argv)
{
  return app_fixture_main (&argc, &argv, add_tests);
}
