// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-window-dictionary"

#include "config.h"

#include "yeji-window-dictionary.h"

#include <glib/gi18n.h>

#include "yeji-background.h"
#include "yeji-dictionary-dialog.h"
#include "yeji-dictionary-switch.h"
#include "yeji-dictionary-update.h"
#include "yeji-messages.h"
#include "yeji-move-window.h"
#include "yeji-receipt-trust.h"

/* What the window does about another version of the dictionary. */

#define BAR_KEY "yeji-dictionary-bar"
#define STORE_KEY "yeji-dictionary-store"
#define WANTED_KEY "yeji-dictionary-wanted"

static YejiStore *
get_store (YejiWindow *window)
{
  return g_object_get_data (G_OBJECT (window), STORE_KEY);
}

/* ---- Going over to it */

/* The dialog that waits, and the window behind it. */
typedef struct
{
  YejiWindow *window;
  YejiDictionaryDialog *dialog;
} Wait;

static void
on_switched (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  g_autofree Wait *wait = data;
  g_autoptr (YejiWindow) window = wait->window;
  g_autoptr (YejiDictionaryDialog) dialog = wait->dialog;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) reports = yeji_dictionary_switch_finish (result, &error);

  if (reports == NULL)
    {
      g_autofree char *sentence = yeji_error_to_sentence (error);

      g_message ("the dictionary was not adopted: %s", error->message);
      yeji_dictionary_dialog_fail (dialog, sentence);
      return;
    }
  gtk_window_destroy (GTK_WINDOW (dialog));
  g_signal_emit_by_name (window, "adopted", reports);
}

static void
on_wanted (YejiDictionaryDialog *dialog,
           YejiWindow           *window)
{
  g_autoptr (GList) keepers = NULL;
  Wait *wait = g_new (Wait, 1);

  wait->window = g_object_ref (window);
  wait->dialog = g_object_ref (dialog);
  yeji_window_show_list (window);
  keepers = yeji_window_list_keepers (window);
  yeji_dictionary_switch_async (get_store (window), keepers, on_switched, wait);
}

/**
 * yeji_window_dictionary_ask:
 *
 * Asks whether to go over to the dictionary that is offered. Signal "adopted" of the window follows
 * when that is done.
 *
 * Returns: (transfer none) (nullable): the dialog; %NULL where nothing is offered
 */
GtkWidget *
yeji_window_dictionary_ask (YejiWindow *window)
{
  YejiStore *store = get_store (window);
  g_autoptr (YejiDictionary) offered = yeji_store_get_offered_dictionary (store);
  YejiDictionary *present = yeji_store_get_dictionary (store);
  YejiDictionaryBar *bar = g_object_get_data (G_OBJECT (window), BAR_KEY);
  GtkWidget *dialog;

  if (offered == NULL)
    return NULL;
  dialog = yeji_dictionary_dialog_new (GTK_WINDOW (window), yeji_dictionary_get_version (present),
                                       yeji_dictionary_get_version (offered),
                                       yeji_dictionary_bar_get_count (bar));
  g_signal_connect_object (dialog, "update", G_CALLBACK (on_wanted), window, 0);
  gtk_window_present (GTK_WINDOW (dialog));
  return dialog;
}

static void
on_update (GtkWidget  *widget,
           const char *name,
           GVariant   *target)
{
  yeji_window_dictionary_ask (YEJI_WINDOW (widget));
}

/* ---- The reports */

/* What has no field any more is among what is kept aside, or nowhere. */
static void
show_place (YejiEditor         *editor,
            const YejiMoveNote *note)
{
  if (note == NULL)
    return;
  if (note->kind != YEJI_MOVE_KEPT_ASIDE
      && yeji_editor_show_place (editor, note->table, note->row, note->field))
    return;
  if (note->kind == YEJI_MOVE_KEPT_ASIDE || note->kind == YEJI_MOVE_REMOVED_FIELD
      || note->kind == YEJI_MOVE_REMOVED_TABLE)
    yeji_editor_show_aside (editor);
}

/**
 * yeji_window_dictionary_arrive:
 * @draft: is on screen now
 *
 * Goes on to the place for which it was opened.
 */
void
yeji_window_dictionary_arrive (YejiWindow *window,
                               YejiDraft  *draft)
{
  g_autoptr (YejiMoveItem) item = g_object_steal_data (G_OBJECT (window), WANTED_KEY);

  if (item != NULL
      && g_str_equal (yeji_move_item_get_report (item)->uuid, yeji_draft_get_uuid (draft)))
    show_place (yeji_window_get_editor (window), yeji_move_item_get_note (item));
}

static void
on_chosen (YejiMoveWindow *reports,
           YejiMoveItem   *item,
           YejiWindow     *window)
{
  const char *uuid = yeji_move_item_get_report (item)->uuid;

  g_object_set_data_full (G_OBJECT (window), WANTED_KEY, g_object_ref (item), g_object_unref);
  yeji_window_open_record (window, uuid);
}

/**
 * yeji_window_dictionary_show_reports:
 *
 * Shows what became of the drafts when the dictionary changed.
 *
 * Returns: (transfer none): the window of the reports
 */
GtkWidget *
yeji_window_dictionary_show_reports (YejiWindow *window)
{
  GtkWidget *reports = yeji_move_window_new (GTK_WINDOW (window), get_store (window));

  g_signal_connect_object (reports, "chosen", G_CALLBACK (on_chosen), window, 0);
  gtk_window_present (GTK_WINDOW (reports));
  return reports;
}

static void
on_reports (GtkWidget  *widget,
            const char *name,
            GVariant   *target)
{
  yeji_window_dictionary_show_reports (YEJI_WINDOW (widget));
}

/* ---- One that was not taken */

static gpointer
read_problem (gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  const YejiLanguage language = yeji_language_get_current ();
  char *problem = yeji_dictionary_update_get_problem (data, language);

  if (problem == NULL)
    problem = yeji_receipt_trust_get_problem (data, language);
  return problem != NULL ? problem : g_strdup ("");
}

static void
on_problem (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (YejiStatusBar) bar = data;
  g_autofree char *problem = yeji_background_finish (result, NULL);

  if (problem != NULL && gtk_widget_get_root (GTK_WIDGET (bar)) != NULL)
    yeji_status_bar_set_problem (bar, *problem != '\0' ? problem : NULL);
}

static void
ask_for_problem (YejiWindow *window)
{
  YejiStore *store = get_store (window);

  yeji_background_run (store, read_problem, g_object_ref (store), g_object_unref, g_free,
                       on_problem, g_object_ref (yeji_window_get_status_bar (window)));
}

static void
on_state (YejiSyncEngine *engine,
          GParamSpec     *pspec,
          YejiWindow     *window)
{
  if (yeji_sync_engine_get_state (engine) != YEJI_SYNC_RUNNING)
    ask_for_problem (window);
}

/**
 * yeji_window_dictionary_watch:
 *
 * Tells the clerk of what is offered, and of what was not taken, from now on.
 */
void
yeji_window_dictionary_watch (YejiWindow        *window,
                              YejiDictionaryBar *bar,
                              YejiStore         *store,
                              YejiSyncEngine    *engine)
{
  g_object_set_data_full (G_OBJECT (window), STORE_KEY, g_object_ref (store), g_object_unref);
  g_object_set_data (G_OBJECT (window), BAR_KEY, bar);
  yeji_dictionary_bar_set_store (bar, store);
  g_signal_connect_object (engine, "notify::state", G_CALLBACK (on_state), window, 0);
  ask_for_problem (window);
}

/**
 * yeji_window_dictionary_install:
 *
 * Adds the actions of this file to the window's class, and its signal "adopted" (GPtrArray of
 * YejiMoveReport): the profile has gone over to another dictionary and is to be opened again.
 */
void
yeji_window_dictionary_install (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "win.update-dictionary", NULL, on_update);
  gtk_widget_class_install_action (klass, "win.dictionary-reports", NULL, on_reports);
  g_signal_new ("adopted", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 1, G_TYPE_PTR_ARRAY);
}
