// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-window-account"

#include "config.h"

#include "yeji-window-account.h"

#include <glib/gi18n.h>

#include "yeji-account.h"
#include "yeji-sign-in-dialog.h"
#include "yeji-toast.h"

/* The window's way to the province: signing in and out, and sending now. */

#define STORE_KEY "yeji-account-store"
#define ENGINE_KEY "yeji-account-engine"
#define TOAST_KEY "yeji-account-toast"

static YejiSyncEngine *
get_engine (gpointer window)
{
  return g_object_get_data (G_OBJECT (window), ENGINE_KEY);
}

static void
on_signed_in (YejiWindow *window)
{
  yeji_window_say (window, _("Signed in"));
  yeji_sync_engine_wake (get_engine (window));
}

static void
on_sign_in (GtkWidget  *widget,
            const char *name,
            GVariant   *target)
{
  YejiStore *store = g_object_get_data (G_OBJECT (widget), STORE_KEY);
  g_autofree char *url = NULL;
  g_autofree char *user = NULL;
  GtkWidget *dialog;

  yeji_account_peek (store, &url, &user, NULL);
  dialog = yeji_sign_in_dialog_new (GTK_WINDOW (widget), get_engine (widget), store, url, user);
  g_signal_connect_object (dialog, "signed-in", G_CALLBACK (on_signed_in), widget,
                           G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
on_sign_out (GtkWidget  *widget,
             const char *name,
             GVariant   *target)
{
  yeji_sync_engine_sign_out (get_engine (widget));
}

static void
on_sync (GtkWidget  *widget,
         const char *name,
         GVariant   *target)
{
  yeji_sync_engine_try_now (get_engine (widget));
}

/* Whoever did not sign out is asked once, where it is seen, and not while somebody types. */
static void
on_state (YejiWindow     *window,
          GParamSpec     *pspec,
          YejiSyncEngine *engine)
{
  gboolean ended = yeji_sync_engine_get_state (engine) == YEJI_SYNC_ENDED;
  AdwToast *toast = g_object_get_data (G_OBJECT (window), TOAST_KEY);

  if (ended == (toast != NULL))
    return;
  if (!ended)
    {
      adw_toast_dismiss (toast);
      g_object_set_data (G_OBJECT (window), TOAST_KEY, NULL);
      return;
    }
  toast = yeji_toast_ask (yeji_window_get_toasts (window),
                          _("The province no longer takes your session. Nothing is lost."),
                          _("_Sign In"), "win.sign-in");
  g_object_set_data_full (G_OBJECT (window), TOAST_KEY, toast, g_object_unref);
}

/**
 * yeji_window_account_watch:
 *
 * Tells the actions of this file with what they work.
 */
void
yeji_window_account_watch (YejiWindow     *window,
                           YejiStore      *store,
                           YejiSyncEngine *engine)
{
  g_object_set_data_full (G_OBJECT (window), STORE_KEY, g_object_ref (store), g_object_unref);
  g_object_set_data_full (G_OBJECT (window), ENGINE_KEY, g_object_ref (engine), g_object_unref);
  g_signal_connect_object (engine, "notify::state", G_CALLBACK (on_state), window,
                           G_CONNECT_SWAPPED);
  on_state (window, NULL, engine);
}

/**
 * yeji_window_account_install:
 *
 * Adds the actions of this file to the window's class.
 */
void
yeji_window_account_install (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "win.sign-in", NULL, on_sign_in);
  gtk_widget_class_install_action (klass, "win.sign-out", NULL, on_sign_out);
  gtk_widget_class_install_action (klass, "win.sync", NULL, on_sync);
}
