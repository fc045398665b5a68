// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "app-fixture.h"

#include <gmodule.h>

#include "yeji-tooltip.h"

typedef struct
{
  void *x_display;
  unsigned long (*get_next) (void *x_display);
} Requests;

static gboolean
find_requests (Requests *requests)
{
  GModule *program = g_module_open (NULL, G_MODULE_BIND_LAZY);
  void *(*get_display) (GdkDisplay *display);
  gpointer found[2] = { NULL, NULL };

  if (g_str_has_prefix (G_OBJECT_TYPE_NAME (gdk_display_get_default ()), "GdkX11")
      && g_module_symbol (program, "gdk_x11_display_get_xdisplay", &found[0])
      && g_module_symbol (program, "XNextRequest", &found[1]))
    {
      get_display = (void *(*) (GdkDisplay *)) found[0];
      requests->get_next = (unsigned long (*) (void *)) found[1];
      requests->x_display = get_display (gdk_display_get_default ());
      return TRUE;
    }
  return FALSE;
}

static void
set_as_template (GtkWidget  *widget,
                 const char *text)
{
  g_object_set (widget, "tooltip-text", text, NULL);
}

static void
count (guint *n)
{
  ++*n;
}

/* Nothing is asked of the X server for a widget that is not on screen. */
static void
test_quiet (gconstpointer data)
{
  void (*set) (GtkWidget *, const char *) = data;
  g_autoptr (GtkWidget) label = g_object_ref_sink (gtk_label_new ("text"));
  Requests requests;
  unsigned long next;
  guint n_shown = 0;

  if (!find_requests (&requests))
    {
      g_test_skip ("not an X server");
      return;
    }
  g_signal_connect_swapped (label, "notify::tooltip-text", G_CALLBACK (count), &n_shown);
  next = requests.get_next (requests.x_display);
  set (label, "why");
  g_assert_cmpuint (requests.get_next (requests.x_display), ==, next);
  g_assert_cmpstr (gtk_widget_get_tooltip_text (label), ==, "why");
  g_assert_true (gtk_widget_get_visible (label));
  g_assert_cmpuint (n_shown, ==, 1);
  set (label, NULL);
  g_assert_null (gtk_widget_get_tooltip_text (label));
}

static void
test_hidden (gconstpointer data)
{
  void (*set) (GtkWidget *, const char *) = data;
  g_autoptr (GtkWidget) label = g_object_ref_sink (gtk_label_new ("text"));

  gtk_widget_set_visible (label, FALSE);
  set (label, "why");
  g_assert_cmpstr (gtk_widget_get_tooltip_text (label), ==, "why");
  g_assert_false (gtk_widget_get_visible (label));
}

/* What is on screen is not hidden for a moment. */
static void
test_mapped (gconstpointer data)
{
  void (*set) (GtkWidget *, const char *) = data;
  GtkWidget *window = gtk_window_new ();
  GtkWidget *label = gtk_label_new ("text");
  guint n_unmapped = 0;

  gtk_window_set_child (GTK_WINDOW (window), label);
  gtk_window_present (GTK_WINDOW (window));
  g_assert_true (gtk_widget_get_mapped (label));
  g_signal_connect_swapped (label, "unmap", G_CALLBACK (count), &n_unmapped);
  set (label, "why");
  set (label, "because");
  g_assert_cmpstr (gtk_widget_get_tooltip_text (label), ==, "because");
  g_assert_cmpuint (n_unmapped, ==, 0);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
add_tests (void)
{
  g_test_add_data_func ("/app/tooltip/asks-the-server-nothing", yeji_tooltip_set, test_quiet);
  g_test_add_data_func ("/app/tooltip/of-a-template-asks-nothing", set_as_template, test_quiet);
  g_test_add_data_func ("/app/tooltip/does-not-show-what-is-hidden", yeji_tooltip_set, test_hidden);
  g_test_add_data_func ("/app/tooltip/does-not-hide-what-is-shown", yeji_tooltip_set, test_mapped);
  g_test_add_data_func ("/app/tooltip/of-a-template-does-not-hide-what-is-shown", set_as_template,
                        test_mapped);
}

int
main (int    argc,
      char **argv)
{
  return app_fixture_main (&argc, &argv, add_tests);
}
