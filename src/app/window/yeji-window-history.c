// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-window-history"

#include "config.h"

#include "yeji-window-history.h"

#include <glib/gi18n.h>

#include "yeji-background.h"
#include "yeji-draft-undo.h"
#include "yeji-field-row.h"
#include "yeji-grid.h"
#include "yeji-history-text.h"
#include "yeji-importer.h"
#include "yeji-messages.h"
#include "yeji-toast.h"

/* What the window does about the history of the draft on screen. */

#define ASKED_KEY "yeji-history-asked"
#define STEPS_KEY "yeji-history-steps"

/* Two counters of the window: how often it was asked what can be undone, and how many undos are on
 * their way, which make that answer worthless. */
static guint
get_count (YejiWindow *window,
           const char *key)
{
  return GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (window), key));
}

static void
add_count (YejiWindow *window,
           const char *key,
           int         n)
{
  g_object_set_data (G_OBJECT (window), key,
                     GUINT_TO_POINTER (get_count (window, key) + (guint) n));
}

static void
say (YejiWindow *window,
     const char *text)
{
  yeji_toast_say_step (yeji_window_get_toasts (window), text);
}

static YejiDraft *
get_draft (YejiWindow *window)
{
  return yeji_window_get_draft (window);
}

/* ---- Undo and redo */

/* Goes to the first place of what was undone that there is. */
static void
show_place (YejiWindow *window,
            GPtrArray  *changes)
{
  for (guint i = 0; i < changes->len; i++)
    {
      const YejiChange *change = g_ptr_array_index (changes, i);
      const char *field = change->field;

      yeji_change_split_kept (change, NULL, &field);
      if (*change->table != '\0'
          && yeji_editor_show_place (yeji_window_get_editor (window), change->table, change->row,
                                     field))
        return;
    }
}

typedef struct
{
  YejiWindow *window;
  gboolean again;
} Step;

typedef struct
{
  YejiWindow *window;
  guint asked;
} Asked;

static void
on_stepped (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autofree Step *step = data;
  g_autoptr (YejiWindow) window = step->window;
  YejiDraft *draft = YEJI_DRAFT (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiUndo) undo = yeji_draft_undo_finish (draft, result, &error);
  g_autofree char *text = NULL;

  add_count (window, STEPS_KEY, -1);
  if (undo != NULL)
    text = yeji_changes_to_text (undo->changes, yeji_draft_get_dictionary (draft), step->again);
  else if (g_error_matches (error, YEJI_UNDO_ERROR, YEJI_UNDO_ERROR_NOTHING))
    text = g_strdup (step->again ? _("There is nothing to do again")
                                 : _("There is nothing to undo"));
  else
    text = yeji_error_to_sentence (error);
  /* of a record that was left meanwhile it is said no more what was undone in it */
  if (undo != NULL && get_draft (window) == draft)
    show_place (window, undo->changes);
  if (undo == NULL || get_draft (window) == draft)
    say (window, text);
  yeji_window_history_update (window);
}

/* A search has its own text to undo. */
static gboolean
undo_in_entry (YejiWindow *window,
               const char *action)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (window));

  if (focus == NULL || !GTK_IS_TEXT (focus)
      || !gtk_editable_get_enable_undo (GTK_EDITABLE (focus)))
    return FALSE;
  return gtk_widget_activate_action (focus, action, NULL);
}

static void
step_draft (YejiWindow *window,
            gboolean    again)
{
  YejiDraft *draft = get_draft (window);
  Step *step;

  if (draft == NULL || undo_in_entry (window, again ? "text.redo" : "text.undo"))
    return;
  yeji_toast_forget_edits (yeji_window_get_toasts (window));
  add_count (window, STEPS_KEY, 1);
  /* who changes their mind at once need not wait for the answer */
  gtk_widget_action_set_enabled (GTK_WIDGET (window), again ? "win.undo" : "win.redo", TRUE);
  step = g_new (Step, 1);
  step->window = g_object_ref (window);
  step->again = again;
  yeji_draft_undo_async (draft, again, on_stepped, step);
}

static void
on_undo (GtkWidget  *widget,
         const char *name,
         GVariant   *target)
{
  step_draft (YEJI_WINDOW (widget), FALSE);
}

static void
on_redo (GtkWidget  *widget,
         const char *name,
         GVariant   *target)
{
  step_draft (YEJI_WINDOW (widget), TRUE);
}

/* ---- What can be undone */

static gpointer
read_state (gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  YejiDraft *draft = data;
  g_autofree YejiUndoState *state = g_new0 (YejiUndoState, 1);

  if (!yeji_store_get_undo_state (yeji_draft_get_store (draft), yeji_draft_get_uuid (draft), state,
                                  error))
    return NULL;
  return g_steal_pointer (&state);
}

static void
on_state (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autofree Asked *asked = data;
  g_autoptr (YejiWindow) window = asked->window;
  YejiDraft *draft = YEJI_DRAFT (source);
  g_autofree YejiUndoState *state = yeji_background_finish (result, NULL);
  YejiDraftKeeper *keeper = yeji_draft_get_keeper (draft);

  /* What is not saved yet can be undone, and ends what could be done again. */
  if (state == NULL || get_draft (window) != draft || asked->asked != get_count (window, ASKED_KEY)
      || get_count (window, STEPS_KEY) > 0
      || yeji_draft_keeper_get_state (keeper) != YEJI_KEEPER_SAVED)
    return;
  gtk_widget_action_set_enabled (GTK_WIDGET (window), "win.undo", state->undo != 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (window), "win.redo", state->redo != 0);
}

/**
 * yeji_window_history_update:
 *
 * Finds out what can be undone in the draft on screen, for the menu.
 */
void
yeji_window_history_update (YejiWindow *window)
{
  YejiDraft *draft = get_draft (window);
  gboolean editable = draft != NULL && yeji_draft_is_editable (draft);
  Asked *asked;

  add_count (window, ASKED_KEY, 1);
  gtk_widget_action_set_enabled (GTK_WIDGET (window), "win.show-history", draft != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (window), "win.field-history", draft != NULL);
  if (get_count (window, STEPS_KEY) > 0)
    return;
  if (!editable
      || yeji_draft_keeper_get_state (yeji_draft_get_keeper (draft)) != YEJI_KEEPER_SAVED)
    {
      gtk_widget_action_set_enabled (GTK_WIDGET (window), "win.undo", editable);
      if (!editable)
        gtk_widget_action_set_enabled (GTK_WIDGET (window), "win.redo", FALSE);
      return;
    }
  asked = g_new (Asked, 1);
  asked->window = g_object_ref (window);
  asked->asked = get_count (window, ASKED_KEY);
  yeji_background_run (draft, read_state, g_object_ref (draft), g_object_unref, g_free, on_state,
                       asked);
}

/* ---- The page */

static YejiFieldRow *
find_field (YejiWindow *window)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (window));

  if (focus == NULL)
    return NULL;
  return YEJI_FIELD_ROW (YEJI_IS_FIELD_ROW (focus)
                           ? focus : gtk_widget_get_ancestor (focus, YEJI_TYPE_FIELD_ROW));
}

/* The keyboard goes to the page itself and on: the last field stays the one that is meant. */
static void
on_focus (YejiWindow *window)
{
  YejiFieldRow *row = find_field (window);
  YejiFormField *field = row != NULL ? yeji_field_row_get_field (row) : NULL;

  YejiRow *cell_row;
  const YejiFieldDef *cell_field;

  if (field != NULL)
    yeji_history_page_set_place (yeji_editor_get_history (yeji_window_get_editor (window)),
                                 yeji_form_field_get_row (field),
                                 yeji_form_field_get_def (field));
  else if (yeji_grid_find_focused (GTK_WINDOW (window), &cell_row, &cell_field))
    yeji_history_page_set_place (yeji_editor_get_history (yeji_window_get_editor (window)),
                                 cell_row, cell_field);
}

static void
show_history (YejiWindow *window,
              gboolean    only)
{
  YejiEditor *editor = yeji_window_get_editor (window);

  on_focus (window);
  yeji_history_page_show_only (yeji_editor_get_history (editor), only);
  yeji_editor_show_pane (editor, "history");
  gtk_widget_child_focus (GTK_WIDGET (yeji_editor_get_history (editor)), GTK_DIR_TAB_FORWARD);
}

static void
on_show_history (GtkWidget  *widget,
                 const char *name,
                 GVariant   *target)
{
  show_history (YEJI_WINDOW (widget), FALSE);
}

static void
on_field_history (GtkWidget  *widget,
                  const char *name,
                  GVariant   *target)
{
  show_history (YEJI_WINDOW (widget), TRUE);
}

/* ---- A bulk change */

static void
on_import_undone (GObject      *source,
                  GAsyncResult *result,
                  gpointer      data)
{
  g_autoptr (YejiWindow) window = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiBatchUndo) done = yeji_importer_undo_finish (result, &error);
  g_autofree char *text = NULL;
  guint n;

  if (done == NULL)
    {
      text = yeji_error_to_sentence (error);
      say (window, text);
      return;
    }
  n = done->removed->len + done->reverted->len;
  if (done->left->len > 0)
    text = g_strdup_printf (ngettext ("%u record was changed since and stays as it is",
                                      "%u records were changed since and stay as they are",
                                      done->left->len), done->left->len);
  else
    text = g_strdup_printf (ngettext ("Import of %u record undone", "Import of %u records undone",
                                      n), n);
  say (window, text);
}

static void
on_undo_import (AdwToast   *toast,
                YejiWindow *window)
{
  yeji_importer_undo_async (g_object_get_data (G_OBJECT (toast), "store"),
                            g_object_get_data (G_OBJECT (toast), "batch"), on_import_undone,
                            g_object_ref (window));
}

/**
 * yeji_window_history_show_imported:
 * @batch: what yeji_store_save_batch() called it
 *
 * Says what was imported and offers to undo all of it.
 */
void
yeji_window_history_show_imported (YejiWindow *window,
                                   YejiStore  *store,
                                   const char *text,
                                   const char *batch)
{
  g_autoptr (AdwToast) toast = NULL;

  toast = yeji_toast_offer_undo (yeji_window_get_toasts (window), text);
  g_object_set_data_full (G_OBJECT (toast), "store", g_object_ref (store), g_object_unref);
  g_object_set_data_full (G_OBJECT (toast), "batch", g_strdup (batch), g_free);
  g_signal_connect_object (toast, "button-clicked", G_CALLBACK (on_undo_import), window, 0);
}

/* ---- */

/**
 * yeji_window_history_watch:
 *
 * Follows the keyboard from field to field from now on.
 */
void
yeji_window_history_watch (YejiWindow *window)
{
  g_signal_connect (window, "notify::focus-widget", G_CALLBACK (on_focus), NULL);
}

/**
 * yeji_window_history_install:
 *
 * Adds the actions of this file to the window's class.
 */
void
yeji_window_history_install (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "win.undo", NULL, on_undo);
  gtk_widget_class_install_action (klass, "win.redo", NULL, on_redo);
  gtk_widget_class_install_action (klass, "win.show-history", NULL, on_show_history);
  gtk_widget_class_install_action (klass, "win.field-history", NULL, on_field_history);
}
