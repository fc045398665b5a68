// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "app-fixture.h"
#include "yeji-application.h"
#include "yeji-profiles.h"
#include "yeji-test.h"
#include "yeji-window.h"

static void
quit (GtkApplication *application)
{
  g_assert_nonnull (gtk_application_get_windows (application));
  g_action_group_activate_action (G_ACTION_GROUP (application), "quit", NULL);
}

/* Whoever closes the window at once, while the profile is being opened, is not kept waiting, and
 * the profile is closed before the program is gone. */
static void
test_quit (AppFixture    *fixture,
           gconstpointer  data)
{
  g_autofree char *profile = g_strdup (yeji_store_get_directory (fixture->store));
  char *arguments[] = { (char *) "yeji", (char *) "--profile", profile, NULL };
  g_autoptr (GApplication) application = G_APPLICATION (yeji_application_new ());
  g_autoptr (GError) error = NULL;

  yeji_store_close (fixture->store);
  g_clear_object (&fixture->store);

  g_application_set_flags (application, G_APPLICATION_NON_UNIQUE);
  g_signal_connect_after (application, "activate", G_CALLBACK (quit), NULL);
  g_assert_cmpint (g_application_run (application, 3, arguments), ==, 0);

  fixture->store = yeji_store_open (profile, fixture->dictionary, &error);
  g_assert_no_error (error);
}

/* As soon as there is a profile, and before it can have been drawn. */
static gboolean
quit_with_profile (gpointer data)
{
  GList *windows = gtk_application_get_windows (data);

  if (windows == NULL || yeji_window_get_store (YEJI_WINDOW (windows->data)) == NULL)
    return G_SOURCE_CONTINUE;
  quit (data);
  return G_SOURCE_REMOVE;
}

static void
test_remembers (AppFixture    *fixture,
                gconstpointer  data)
{
  g_autofree char *profile = g_strdup (yeji_store_get_directory (fixture->store));
  char *arguments[] = { (char *) "yeji", (char *) "--profile", profile, NULL };
  g_autoptr (GApplication) application = G_APPLICATION (yeji_application_new ());
  g_autoptr (GError) error = NULL;
  g_autofree char *start = yeji_profiles_get_start ();

  g_assert_cmpstr (start, !=, profile);
  yeji_store_close (fixture->store);
  g_clear_object (&fixture->store);

  g_application_set_default (application);
  g_application_set_flags (application, G_APPLICATION_NON_UNIQUE);
  g_timeout_add_full (G_PRIORITY_HIGH, 1, quit_with_profile, application, NULL);
  g_assert_cmpint (g_application_run (application, 3, arguments), ==, 0);

  g_free (start);
  start = yeji_profiles_get_start ();
  g_assert_cmpstr (start, ==, profile);
  fixture->store = yeji_store_open (profile, fixture->dictionary, &error);
  g_assert_no_error (error);
}

static void
add_tests (void)
{
  app_fixture_add_bare ("/app/application/ends-while-the-profile-is-being-opened", test_quit);
  app_fixture_add_bare ("/app/application/remembers-a-profile-that-is-closed-at-once",
                        test_remembers);
}

int
main (int    argc,
      char **argv)
{
  return app_fixture_main (&argc, &argv, add_tests);
}
