// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-window-welcome"

#include "config.h"

#include "yeji-window-welcome.h"

#include <glib/gi18n.h>

#include "yeji-desk.h"
#include "yeji-profiles-window.h"
#include "yeji-sample.h"
#include "yeji-samples-bar.h"
#include "yeji-samples.h"

/* What the window does for who begins: the first start, and records to look around in. */

static YejiWelcomePage *
get_page (YejiWindow *window)
{
  return yeji_record_list_get_welcome (yeji_window_get_list (window));
}

static void
on_added (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr (YejiWindow) window = data;
  g_autoptr (GError) error = NULL;

  if (!yeji_samples_add_finish (result, &error) && yeji_window_get_store (window) != NULL)
    yeji_window_say_error (window, error);
}

static void
on_add (GtkWidget  *widget,
        const char *name,
        GVariant   *target)
{
  yeji_samples_add_async (yeji_window_get_store (YEJI_WINDOW (widget)), on_added,
                          g_object_ref (widget));
}

static void
on_listed (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (YejiWindow) window = data;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) uuids = yeji_samples_list_finish (result, &error);

  if (yeji_window_get_store (window) == NULL)
    return;
  if (uuids == NULL)
    yeji_window_say_error (window, error);
  else if (uuids[0] != NULL)
    g_signal_emit_by_name (yeji_window_get_list (window), "removed", uuids);
}

static void
on_remove (GtkWidget  *widget,
           const char *name,
           GVariant   *target)
{
  YejiWindow *window = YEJI_WINDOW (widget);
  YejiDraft *draft = yeji_window_get_draft (window);

  if (draft != NULL && yeji_sample_is (yeji_draft_get_uuid (draft)))
    yeji_window_show_list (window);
  yeji_samples_list_async (yeji_window_get_store (window), on_listed, g_object_ref (window));
}

static void
on_skip (GtkWidget  *widget,
         const char *name,
         GVariant   *target)
{
  YejiWindow *window = YEJI_WINDOW (widget);

  yeji_welcome_page_skip (get_page (window));
  gtk_widget_child_focus (GTK_WIDGET (get_page (window)), GTK_DIR_TAB_FORWARD);
}

static GtkWidget *
find_profiles_window (GtkWindow *window)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) other = g_list_model_get_item (windows, i);

      if (YEJI_IS_PROFILES_WINDOW (other) && gtk_window_get_transient_for (other) == window)
        return GTK_WIDGET (other);
    }
  return NULL;
}

/* An enterprise from another computer is one more beside this one, and is opened from there. */
static void
on_take_over (GtkWidget  *widget,
              const char *name,
              GVariant   *target)
{
  GtkWidget *profiles;

  gtk_widget_activate_action (widget, "app.enterprises", NULL);
  profiles = find_profiles_window (GTK_WINDOW (widget));
  if (profiles != NULL)
    gtk_widget_activate_action (profiles, "profile.take-over", NULL);
}

static void
on_named (YejiWindow *window,
          const char *name)
{
  if (yeji_window_get_store (window) != NULL)
    yeji_record_list_set_enterprise (yeji_window_get_list (window), name);
}

/**
 * yeji_window_welcome_watch:
 *
 * Welcomes who has no records yet, and says it where there are samples.
 */
void
yeji_window_welcome_watch (YejiWindow *window,
                           YejiStore  *store)
{
  GtkWidget *desk = adw_application_window_get_content (ADW_APPLICATION_WINDOW (window));
  YejiWelcomePage *page = get_page (window);

  g_signal_connect_object (page, "named", G_CALLBACK (on_named), window, G_CONNECT_SWAPPED);
  yeji_desk_add_bar (YEJI_DESK (desk), yeji_samples_bar_new (store));
  yeji_welcome_page_set_store (page, store);
}

/**
 * yeji_window_welcome_install:
 *
 * Adds the actions of this file to the window's class.
 */
void
yeji_window_welcome_install (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "win.add-samples", NULL, on_add);
  gtk_widget_class_install_action (klass, "win.remove-samples", NULL, on_remove);
  gtk_widget_class_install_action (klass, "win.skip-welcome", NULL, on_skip);
  gtk_widget_class_install_action (klass, "win.take-over", NULL, on_take_over);
}
