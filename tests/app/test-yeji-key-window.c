// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "app-fixture.h"
#include "name-walk.h"
#include "yeji-key-window.h"
#include "yeji-store-vault.h"
#include "yeji-test.h"

/* An invented one. */
#define PASSPHRASE "correct horse 电池"

static gboolean
is_idle (gpointer data)
{
  return !yeji_key_window_is_busy (data);
}

static YejiKeyWindow *
show (AppFixture *fixture)
{
  YejiKeyWindow *window = YEJI_KEY_WINDOW (yeji_key_window_new (NULL, fixture->store));

  gtk_window_present (GTK_WINDOW (window));
  yeji_test_wait_until (is_idle, window, 10000);
  return window;
}

static void
test_recovery_code_is_shown_once (AppFixture    *fixture,
                                  gconstpointer  data)
{
  YejiKeyWindow *window = show (fixture);
  g_autoptr (YejiKeyStatus) status = NULL;

  g_assert_null (yeji_key_window_get_recovery_code (window));
  yeji_key_window_make_recovery_code (window);
  yeji_test_wait_until (is_idle, window, 20000);
  g_assert_nonnull (yeji_key_window_get_recovery_code (window));
  name_walk_check (GTK_WIDGET (window));
  gtk_window_destroy (GTK_WINDOW (window));

  window = show (fixture);
  g_assert_null (yeji_key_window_get_recovery_code (window));
  gtk_window_destroy (GTK_WINDOW (window));
  status = yeji_store_get_key_status (fixture->store, NULL);
  g_assert_true (status->has_recovery_code);
}

static void
test_passphrase_comes_and_goes (AppFixture    *fixture,
                                gconstpointer  data)
{
  YejiKeyWindow *window = show (fixture);
  GtkWidget *dialog = yeji_key_window_ask_passphrase (window);
  GtkEditable *first = g_object_get_data (G_OBJECT (dialog), "first");
  GtkEditable *again = g_object_get_data (G_OBJECT (dialog), "again");
  AdwMessageDialog *question = ADW_MESSAGE_DIALOG (dialog);
  YejiKeyStatus *status;

  gtk_window_present (GTK_WINDOW (dialog));
  name_walk_check (dialog);
  gtk_editable_set_text (first, "short");
  gtk_editable_set_text (again, "short");
  g_assert_false (adw_message_dialog_get_response_enabled (question, "set"));
  gtk_editable_set_text (first, PASSPHRASE);
  g_assert_false (adw_message_dialog_get_response_enabled (question, "set"));
  gtk_editable_set_text (again, PASSPHRASE);
  g_assert_true (adw_message_dialog_get_response_enabled (question, "set"));
  adw_message_dialog_response (question, "set");
  yeji_test_wait_until (is_idle, window, 20000);
  status = yeji_store_get_key_status (fixture->store, NULL);
  g_assert_true (status->has_passphrase);
  yeji_key_status_free (status);

  yeji_key_window_set_passphrase (window, NULL);
  yeji_test_wait_until (is_idle, window, 20000);
  status = yeji_store_get_key_status (fixture->store, NULL);
  g_assert_false (status->has_passphrase);
  yeji_key_status_free (status);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_seals_anew (AppFixture    *fixture,
                 gconstpointer  data)
{
  YejiKeyWindow *window = show (fixture);
  g_autoptr (YejiKeyStatus) before = yeji_store_get_key_status (fixture->store, NULL);
  g_autoptr (YejiKeyStatus) after = NULL;

  yeji_key_window_rotate (window);
  yeji_test_wait_until (is_idle, window, 20000);
  after = yeji_store_get_key_status (fixture->store, NULL);
  g_assert_cmpstr (after->key_id, !=, before->key_id);
  g_assert_cmpuint (after->n_keys, ==, before->n_keys + 1);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
add_tests (void)
{
  app_fixture_add_bare ("/app/key-window/shows-a-recovery-code-once",
                        test_recovery_code_is_shown_once);
  app_fixture_add_bare ("/app/key-window/sets-and-removes-a-passphrase",
                   test_passphrase_comes_and_goes);
  app_fixture_add_bare ("/app/key-window/seals-anew", test_seals_anew);
}

int
main (int    argc,
      char **argv)
{
  return app_fixture_main (&argc, &argv, add_tests);
}
