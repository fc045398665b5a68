// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "app-fixture.h"
#include "yeji-settings.h"
#include "yeji-test.h"
#include "yeji-window-size.h"

static gboolean
is_maximized (gpointer data)
{
  return gtk_window_is_maximized (data);
}

static GtkWindow *
open_window (void)
{
  GtkWindow *window = GTK_WINDOW (gtk_window_new ());

  yeji_window_size_load (window);
  return window;
}

static void
test_size (void)
{
  GtkWindow *window = open_window ();
  int width, height;

  gtk_window_set_default_size (window, 1111, 777);
  yeji_window_size_save (window);
  gtk_window_destroy (window);

  window = open_window ();
  gtk_window_get_default_size (window, &width, &height);
  g_assert_cmpint (width, ==, 1111);
  g_assert_cmpint (height, ==, 777);
  g_assert_false (gtk_window_is_maximized (window));
  gtk_window_destroy (window);
}

/* A maximized window keeps the size that it goes back to. */
static void
test_maximized (void)
{
  g_autoptr (GSettings) settings = yeji_settings_open ();
  GtkWindow *window = open_window ();
  int width, height;

  gtk_window_set_default_size (window, 1222, 700);
  yeji_window_size_save (window);
  g_settings_set_boolean (settings, "maximized", TRUE);
  gtk_window_destroy (window);

  window = open_window ();
  yeji_test_wait_until (is_maximized, window, 5000);
  gtk_window_set_default_size (window, 1300, 710);
  yeji_window_size_save (window);
  g_assert_true (g_settings_get_boolean (settings, "maximized"));
  g_settings_set_boolean (settings, "maximized", FALSE);
  gtk_window_destroy (window);

  window = open_window ();
  gtk_window_get_default_size (window, &width, &height);
  g_assert_cmpint (width, ==, 1222);
  gtk_window_destroy (window);
}

/* No screen is so small, and no size is kept that the schema does not allow. */
static void
test_absurd (void)
{
  GtkWindow *window = open_window ();
  int before, width, height;

  gtk_window_get_default_size (window, &before, &height);
  gtk_window_set_default_size (window, 1, 700);
  yeji_window_size_save (window);
  gtk_window_destroy (window);
  window = open_window ();
  gtk_window_get_default_size (window, &width, &height);
  g_assert_cmpint (width, ==, before);
  gtk_window_destroy (window);
}

static void
add_tests (void)
{
  g_test_add_func ("/app/window-size/is-as-it-was-left", test_size);
  g_test_add_func ("/app/window-size/of-a-maximized-window-is-what-it-goes-back-to", test_maximized);
  g_test_add_func ("/app/window-size/is-never-absurd", test_absurd);
}

int
main (int    argc,
      char **argv)
{
  return app_fixture_main (&argc, &argv, add_tests);
}
