// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-window-records"

#include "config.h"

#include "yeji-sync-words.h"
#include "yeji-window-records.h"

#include <glib/gi18n.h>

#include "yeji-background.h"
#include "yeji-messages.h"
#include "yeji-profile.h"
#include "yeji-record-jobs.h"
#include "yeji-toast.h"

/* What the window does about its records as a whole: new ones, the bin. */

#define ROLE_SETTING "app.role"
#define ROLE_KEY "yeji-records-role"

/* ---- New */

static void
on_created (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (YejiWindow) window = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *uuid = yeji_record_jobs_create_finish (result, &error);

  if (uuid == NULL)
    yeji_window_say_error (window, error);
  else
    yeji_window_open_record (window, uuid);
}

static void
create (YejiWindow *window,
        const char *role)
{
  YejiStore *store = yeji_window_get_store (window);
  g_autoptr (YejiRecord) record = NULL;

  record = yeji_record_new (yeji_store_get_dictionary (store), NULL, role);
  /* the role may be what is replaced */
  g_object_set_data_full (G_OBJECT (window), ROLE_KEY,
                          g_strdup (yeji_record_get_role (record)), g_free);
  yeji_record_jobs_create_async (store, record, ROLE_SETTING, on_created, g_object_ref (window));
}

static void
on_new (GtkWidget  *widget,
        const char *name,
        GVariant   *target)
{
  create (YEJI_WINDOW (widget), g_variant_get_string (target, NULL));
}

static void
on_new_default (GtkWidget  *widget,
                const char *name,
                GVariant   *target)
{
  YejiWindow *window = YEJI_WINDOW (widget);
  YejiStore *store = yeji_window_get_store (window);
  GPtrArray *roles = yeji_dictionary_get_roles (yeji_store_get_dictionary (store));
  const YejiRole *first = g_ptr_array_index (roles, 0);
  const char *last = g_object_get_data (G_OBJECT (window), ROLE_KEY);

  create (window, last != NULL ? last : first->id);
}

/* ---- The bin */

static void
on_restored (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr (YejiWindow) window = data;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) uuids = yeji_record_jobs_move_finish (result, &error);

  if (uuids == NULL)
    yeji_window_say_error (window, error);
}

static void
on_list_restored (YejiWindow         *window,
                  const char * const *uuids)
{
  yeji_record_jobs_move_async (yeji_window_get_store (window), uuids, FALSE, on_restored,
                               g_object_ref (window));
}

static void
on_undo_remove (AdwToast   *toast,
                YejiWindow *window)
{
  on_list_restored (window, g_object_get_data (G_OBJECT (toast), "uuids"));
}

static void
on_removed (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (YejiWindow) window = data;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) uuids = yeji_record_jobs_move_finish (result, &error);
  g_autoptr (AdwToast) toast = NULL;
  g_autofree char *text = NULL;
  guint n;

  if (uuids == NULL)
    {
      yeji_window_say_error (window, error);
      return;
    }
  n = g_strv_length (uuids);
  text = g_strdup_printf (ngettext ("%u record moved to the bin", "%u records moved to the bin", n),
                          n);
  toast = yeji_toast_offer_undo (yeji_window_get_toasts (window), text);
  g_object_set_data_full (G_OBJECT (toast), "uuids", g_steal_pointer (&uuids),
                          (GDestroyNotify) g_strfreev);
  g_signal_connect_object (toast, "button-clicked", G_CALLBACK (on_undo_remove), window, 0);
}

static void
on_list_removed (YejiWindow         *window,
                 const char * const *uuids)
{
  yeji_record_jobs_move_async (yeji_window_get_store (window), uuids, TRUE, on_removed,
                               g_object_ref (window));
}

/* ---- The enterprise */

static gpointer
read_name (gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  char *name = yeji_store_get_setting (data, YEJI_PROFILE_SETTING_NAME, NULL);

  return name != NULL ? name : g_strdup ("");
}

static void
on_name (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr (YejiRecordList) list = data;
  g_autofree char *name = yeji_background_finish (result, NULL);

  if (name != NULL && gtk_widget_get_root (GTK_WIDGET (list)) != NULL)
    yeji_record_list_set_enterprise (list, name);
}

/* It is named in another window, which gives the focus back to this one. */
static void
update_name (YejiWindow *window)
{
  YejiStore *store = yeji_window_get_store (window);

  if (store != NULL)
    yeji_background_run (store, read_name, g_object_ref (store), g_object_unref, g_free, on_name,
                         g_object_ref (yeji_window_get_list (window)));
}

/**
 * yeji_window_records_update_account:
 *
 * Says beside the list who is signed in.
 */
void
yeji_window_records_update_account (YejiWindow *window)
{
  YejiSyncEngine *engine = yeji_window_get_engine (window);
  const char *user = yeji_sync_engine_get_user (engine);
  g_autofree char *title = NULL;
  g_autofree char *text = NULL;

  switch (yeji_sync_engine_get_state (engine))
    {
    case YEJI_SYNC_STOPPED:
    case YEJI_SYNC_SIGNED_OUT:
    case YEJI_SYNC_ENDED:
      text = g_strdup (_("Not signed in"));
      break;
    case YEJI_SYNC_BUSY:
    case YEJI_SYNC_TROUBLE:
    case YEJI_SYNC_INCOMPATIBLE:
      title = yeji_sync_words_title (yeji_sync_engine_get_outcome (engine));
      text = user != NULL ? g_strdup_printf ("%s · %s", user, title) : g_steal_pointer (&title);
      break;
    case YEJI_SYNC_OFFLINE:
      /* Translators: the user's name */
      text = user != NULL ? g_strdup_printf (_("%s · offline"), user) : g_strdup (_("Offline"));
      break;
    case YEJI_SYNC_SIGNING_IN:
    case YEJI_SYNC_RUNNING:
    case N_YEJI_SYNC_STATES:
    case YEJI_SYNC_ONLINE:
    default:
      text = g_strdup (user != NULL ? user : _("Signed in"));
    }
  yeji_record_list_set_account (yeji_window_get_list (window), text);
}

static gboolean
on_close (YejiWindow *window)
{
  yeji_record_list_save_state (yeji_window_get_list (window));
  return FALSE;
}

/**
 * yeji_window_records_watch:
 *
 * Does what the list asks for, from now on.
 */
void
yeji_window_records_watch (YejiWindow *window,
                           YejiStore  *store)
{
  YejiRecordList *list = yeji_window_get_list (window);

  g_object_set_data_full (G_OBJECT (window), ROLE_KEY,
                          yeji_store_get_setting (store, ROLE_SETTING, NULL), g_free);
  g_signal_connect_object (list, "removed", G_CALLBACK (on_list_removed), window,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (list, "restored", G_CALLBACK (on_list_restored), window,
                           G_CONNECT_SWAPPED);
  g_signal_connect (window, "notify::is-active", G_CALLBACK (update_name), NULL);
  g_signal_connect (window, "close-request", G_CALLBACK (on_close), NULL);
  update_name (window);
}

/**
 * yeji_window_records_install:
 *
 * Adds the actions of this file to the window's class.
 */
void
yeji_window_records_install (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "win.new", "s", on_new);
  gtk_widget_class_install_action (klass, "win.new-default", NULL, on_new_default);
}
