// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "app-fixture.h"
#include "yeji-focus.h"
#include "yeji-test.h"
#include "yeji-toast.h"

#define PATIENCE 20000

typedef struct
{
  GtkWidget *window;
  AdwToastOverlay *overlay;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->window = adw_window_new ();
  fixture->overlay = ADW_TOAST_OVERLAY (adw_toast_overlay_new ());
  adw_toast_overlay_set_child (fixture->overlay, gtk_label_new ("."));
  adw_window_set_content (ADW_WINDOW (fixture->window), GTK_WIDGET (fixture->overlay));
  gtk_window_present (GTK_WINDOW (fixture->window));
  gtk_test_widget_wait_for_draw (fixture->window);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_object_ref (fixture->window);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  g_assert_finalize_object (g_steal_pointer (&fixture->window));
}

/* Nothing lies over the window's contents any more, not even what still moves. */
static gboolean
is_empty (gpointer overlay)
{
  return gtk_widget_get_next_sibling (adw_toast_overlay_get_child (overlay)) == NULL;
}

static gboolean
is_gone (gpointer weak)
{
  return *(gpointer *) weak == NULL;
}

static void
count (AdwToast *toast,
       guint    *n)
{
  (*n)++;
}

/* Toasts that go as soon as they come, one after the other: none is freed while it moves. */
static void
test_dismissed_early (Fixture       *fixture,
                      gconstpointer  data)
{
  guint n_dismissed = 0;
  gpointer first = NULL;

  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (AdwToast) toast = yeji_toast_show (fixture->overlay, "early");

      g_signal_connect (toast, "dismissed", G_CALLBACK (count), &n_dismissed);
      if (i == 0)
        g_set_weak_pointer (&first, toast);
      adw_toast_dismiss (toast);
    }
  yeji_toast_say (fixture->overlay, "late");
  yeji_test_wait_until (is_gone, &first, PATIENCE);
  g_assert_cmpuint (n_dismissed, ==, 3);
  g_assert_false (is_empty (fixture->overlay));        /* the late one */
}

/* Whoever has read it is not kept waiting: it is out of sight at once. */
static void
test_out_of_sight (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autoptr (AdwToast) toast = yeji_toast_show (fixture->overlay, "short");
  GtkWidget *shown = gtk_widget_get_last_child (GTK_WIDGET (fixture->overlay));

  adw_toast_dismiss (toast);
  adw_toast_dismiss (toast);
  g_assert_cmpfloat (gtk_widget_get_opacity (shown), ==, 0);
  g_assert_false (gtk_widget_get_can_target (shown));
  yeji_test_wait_until (is_empty, fixture->overlay, PATIENCE);
}

static void
test_destroyed (Fixture       *fixture,
                gconstpointer  data)
{
  gpointer weak = NULL;
  AdwToast *toast;

  yeji_toast_say (fixture->overlay, "first");
  toast = yeji_toast_show (fixture->overlay, "second");
  g_set_weak_pointer (&weak, toast);
  g_object_unref (toast);
  toast = g_object_ref (weak);
  adw_toast_dismiss (toast);
  g_object_unref (toast);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  yeji_test_wait_until (is_gone, &weak, PATIENCE);
  set_up (fixture, data);
}

/* ---- The focus, at a window's end */

static GtkWidget *
make_password_row (void)
{
  return adw_password_entry_row_new ();
}

static const struct
{
  const char *name;
  GtkWidget *(*make) (void);
} entries[] = {
  { "entry row", adw_entry_row_new },
  { "password row", make_password_row },
  { "password entry", gtk_password_entry_new },
};

/* An entry that is freed hears nothing any more. */
static void
test_focus (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (entries); i++)
    {
      GtkWidget *window = adw_window_new ();
      GtkWidget *list = gtk_list_box_new ();
      GtkWidget *entry = entries[i].make ();
      GtkWidget *text = GTK_WIDGET (gtk_editable_get_delegate (GTK_EDITABLE (entry)));
      gpointer weak_entry = NULL, weak_text = NULL;

      g_test_message ("%s", entries[i].name);
      g_set_weak_pointer (&weak_entry, entry);
      g_set_weak_pointer (&weak_text, text);
      gtk_list_box_append (GTK_LIST_BOX (list), entry);
      adw_window_set_content (ADW_WINDOW (window), list);
      yeji_focus_leave_at_end (GTK_WINDOW (window));
      gtk_window_present (GTK_WINDOW (window));
      gtk_test_widget_wait_for_draw (window);
      gtk_widget_grab_focus (entry);
      g_assert_true (gtk_window_get_focus (GTK_WINDOW (window)) == text);
      g_object_ref (window);
      gtk_window_destroy (GTK_WINDOW (window));
      g_assert_null (gtk_window_get_focus (GTK_WINDOW (window)));
      g_object_unref (window);
      yeji_test_wait_until (is_gone, &weak_entry, PATIENCE);
      yeji_test_wait_until (is_gone, &weak_text, PATIENCE);
    }
}

#define add(path, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)

static void
add_tests (void)
{
  add ("/app/toast/may-be-dismissed-before-it-has-come", test_dismissed_early);
  add ("/app/toast/is-out-of-sight-at-once", test_out_of_sight);
  add ("/app/toast/goes-with-its-window", test_destroyed);
  g_test_add_func ("/app/focus/leaves-entries-before-they-are-freed", test_focus);
}

int
main (int    argc,
      char **argv)
{
  return app_fixture_main (&argc, &argv, add_tests);
}
