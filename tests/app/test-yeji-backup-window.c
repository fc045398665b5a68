// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "app-fixture.h"
#include "name-walk.h"
#include "yeji-backup-window.h"
#include "yeji-bundle.h"
#include "yeji-test.h"

typedef struct
{
  YejiBackupWindow *window;
  guint n;
} Wanted;

static gboolean
has_backups (gpointer data)
{
  Wanted *wanted = data;

  return !yeji_backup_window_is_busy (wanted->window)
         && yeji_backup_window_get_n (wanted->window) == wanted->n;
}

static gboolean
is_idle (gpointer data)
{
  return !yeji_backup_window_is_busy (data);
}

static YejiBackupWindow *
show (AppFixture *fixture)
{
  YejiBackupWindow *window = YEJI_BACKUP_WINDOW (yeji_backup_window_new (NULL, fixture->store));

  gtk_window_present (GTK_WINDOW (window));
  return window;
}

static void
on_restore (YejiBackupWindow  *window,
            const char        *path,
            char             **wanted)
{
  g_assert_null (*wanted);
  *wanted = g_strdup (path);
}

static void
test_backs_up_and_asks (AppFixture    *fixture,
                        gconstpointer  data)
{
  Wanted wanted = { show (fixture), 1 };
  g_autofree char *path = NULL;
  g_autoptr (YejiBackup) good = NULL;
  g_autoptr (GError) error = NULL;
  GtkWidget *question;

  g_signal_connect (wanted.window, "restore", G_CALLBACK (on_restore), &path);
  yeji_backup_window_back_up (wanted.window);
  g_assert_true (yeji_backup_window_is_busy (wanted.window));
  yeji_backup_window_back_up (wanted.window);      /* one at a time */
  yeji_test_wait_until (has_backups, &wanted, 10000);
  name_walk_check (GTK_WIDGET (wanted.window));

  question = yeji_backup_window_ask (wanted.window, 0);
  gtk_window_present (GTK_WINDOW (question));
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (question), "cancel");
  g_assert_null (path);
  question = yeji_backup_window_ask (wanted.window, 0);
  gtk_window_present (GTK_WINDOW (question));
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (question), "restore");
  good = yeji_backup_find_good (yeji_store_get_directory (fixture->store), &error);
  g_assert_no_error (error);
  g_assert_cmpstr (path, ==, good->path);
  gtk_window_destroy (GTK_WINDOW (wanted.window));
}

static void
test_saves_as_one_file (AppFixture    *fixture,
                        gconstpointer  data)
{
  YejiBackupWindow *window = show (fixture);
  g_autofree char *elsewhere = yeji_test_dir_new ();
  g_autofree char *path = g_build_filename (elsewhere, "all" YEJI_BUNDLE_SUFFIX, NULL);

  yeji_backup_window_save_as (window, path);
  yeji_test_wait_until (is_idle, window, 10000);
  g_assert_true (yeji_bundle_is_bundle (path));
  gtk_window_destroy (GTK_WINDOW (window));
  yeji_test_dir_remove (elsewhere);
}

/* Closing the window ends the work and leaves nothing half done. */
static void
test_closed_while_saving (AppFixture    *fixture,
                          gconstpointer  data)
{
  YejiBackupWindow *window = show (fixture);
  g_autofree char *elsewhere = yeji_test_dir_new ();
  g_autofree char *path = g_build_filename (elsewhere, "all" YEJI_BUNDLE_SUFFIX, NULL);
  gpointer weak = window;

  g_object_add_weak_pointer (G_OBJECT (window), &weak);
  yeji_backup_window_save_as (window, path);
  gtk_window_destroy (GTK_WINDOW (window));
  while (weak != NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (!g_file_test (path, G_FILE_TEST_EXISTS) || yeji_bundle_is_bundle (path));
  yeji_test_dir_remove (elsewhere);
}

static void
add_tests (void)
{
  app_fixture_add_bare ("/app/backup-window/backs-up-and-asks-before-going-back",
                   test_backs_up_and_asks);
  app_fixture_add_bare ("/app/backup-window/saves-everything-as-one-file", test_saves_as_one_file);
  app_fixture_add_bare ("/app/backup-window/may-be-closed-while-saving", test_closed_while_saving);
}

int
main (int    argc,
      char **argv)
{
  return app_fixture_main (&argc, &argv, add_tests);
}
