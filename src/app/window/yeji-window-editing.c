// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-window-editing"

#include "config.h"

#include "yeji-window-editing.h"

#include <glib/gi18n.h>

#include "yeji-grid-page.h"
#include "yeji-messages.h"
#include "yeji-submit-first.h"
#include "yeji-submit.h"
#include "yeji-toast.h"
#include "yeji-window-compare.h"
#include "yeji-window-evidence.h"
#include "yeji-window-history.h"
#include "yeji-window-petition.h"
#include "yeji-window-withdraw.h"

/* What the window does with the draft on screen. */

static YejiDraft *
get_draft (YejiWindow *window)
{
  return yeji_window_get_draft (window);
}

/* A row that was removed, and where it was. */
typedef struct
{
  YejiRow *row;
  guint index;
} Removed;

static void
free_removed (gpointer data)
{
  g_object_unref (((Removed *) data)->row);
  g_free (data);
}

static void
undo_row (YejiDraft *draft,
          gpointer   data)
{
  const Removed *removed = data;

  if (yeji_record_find_row (yeji_draft_get_record (draft), yeji_row_get_table (removed->row),
                            yeji_row_get_id (removed->row), NULL) == NULL)
    yeji_draft_insert_row (draft, removed->index, removed->row);
}

static void
on_row_removed (YejiWindow *window,
                YejiRow    *row,
                guint       index)
{
  const char *title = yeji_row_get_title (row);
  Removed *removed = g_new (Removed, 1);
  g_autofree char *text = NULL;

  if (title == NULL || *title == '\0')
    title = yeji_label (&yeji_row_get_table (row)->label);
  text = g_strdup_printf (_("“%s” removed"), title);
  removed->row = g_object_ref (row);
  removed->index = index;
  yeji_toast_show_step (yeji_window_get_toasts (window), get_draft (window), text, undo_row,
                        removed, free_removed);
}

static void
on_saved_now (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  g_autoptr (YejiWindow) window = data;
  g_autoptr (GError) error = NULL;

  if (yeji_draft_keeper_flush_finish (YEJI_DRAFT_KEEPER (source), result, &error))
    {
      g_autofree char *text = yeji_draft_keeper_get_text (YEJI_DRAFT_KEEPER (source));

      yeji_window_say (window, text);
    }
  else
    yeji_window_say_error (window, error);
}

static void
on_save (GtkWidget  *widget,
         const char *name,
         GVariant   *target)
{
  YejiWindow *window = YEJI_WINDOW (widget);

  yeji_draft_keeper_flush_async (yeji_draft_get_keeper (get_draft (window)), on_saved_now,
                                 g_object_ref (window));
}

static void
on_submit (GtkWidget  *widget,
           const char *name,
           GVariant   *target)
{
  YejiWindow *window = YEJI_WINDOW (widget);

  if (yeji_grid_page_open_focused (GTK_WINDOW (window)))
    return;                    /* in a grid the same key opens the row */
  yeji_submit_run (yeji_window_get_editor (window), yeji_window_get_toasts (window),
                   yeji_window_get_engine (window), FALSE);
}

static void
on_first_asked (gpointer data)
{
  YejiWindow *window = data;

  if (yeji_window_get_draft (window) != NULL)
    yeji_submit_run (yeji_window_get_editor (window), yeji_window_get_toasts (window),
                     yeji_window_get_engine (window), TRUE);
}

static void
on_submit_first (GtkWidget  *widget,
                 const char *name,
                 GVariant   *target)
{
  yeji_submit_first_ask (GTK_WINDOW (widget), 1, on_first_asked, widget);
}

static void
on_show_grade (GtkWidget  *widget,
               const char *name,
               GVariant   *target)
{
  yeji_editor_show_grade (yeji_window_get_editor (YEJI_WINDOW (widget)));
}

/* Actions that go on or back in the editor. */
static const struct
{
  const char *name;
  void (*step) (YejiEditor *editor, int step);
  int by;
} steps[] = {
  { "win.next-problem", yeji_editor_step_issue, 1 },
  { "win.previous-problem", yeji_editor_step_issue, -1 },
  { "win.next-section", yeji_editor_step_section, 1 },
  { "win.previous-section", yeji_editor_step_section, -1 },
};

static void
on_step (GtkWidget  *widget,
         const char *name,
         GVariant   *target)
{
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    if (g_str_equal (steps[i].name, name))
      steps[i].step (yeji_window_get_editor (YEJI_WINDOW (widget)), steps[i].by);
}

static void
on_toggle_pane (GtkWidget  *widget,
                const char *name,
                GVariant   *target)
{
  yeji_editor_toggle_pane (yeji_window_get_editor (YEJI_WINDOW (widget)));
}

static void
on_add_row (GtkWidget  *widget,
            const char *name,
            GVariant   *target)
{
  yeji_editor_add_row (yeji_window_get_editor (YEJI_WINDOW (widget)));
}

/**
 * yeji_window_editing_update:
 *
 * Enables what can be done with the draft on screen.
 */
void
yeji_window_editing_update (YejiWindow *window)
{
  static const char *editing[] = {
    "win.submit", "win.save", "win.next-problem", "win.previous-problem", "win.back",
    "win.step-back", "win.copy-this",
    "win.toggle-pane", "win.next-section", "win.previous-section",
  };
  GtkWidget *widget = GTK_WIDGET (window);
  YejiDraft *draft = get_draft (window);
  gboolean editable = draft != NULL && yeji_draft_is_editable (draft);

  for (guint i = 0; i < G_N_ELEMENTS (editing); i++)
    gtk_widget_action_set_enabled (widget, editing[i], draft != NULL);
  gtk_widget_action_set_enabled (widget, "win.submit", editable);
  gtk_widget_action_set_enabled (widget, "win.submit-first", editable);
  gtk_widget_action_set_enabled (widget, "win.show-grade", editable);
  gtk_widget_action_set_enabled (widget, "win.import-into", editable);
  gtk_widget_action_set_enabled (widget, "win.add-row", editable);
  yeji_window_compare_update (window);
  yeji_window_evidence_update (window);
  yeji_window_history_update (window);
  yeji_window_withdraw_update (window);
  yeji_window_petition_update (window);
}

/**
 * yeji_window_editing_watch:
 *
 * Offers to undo what the editor removes, from now on.
 */
void
yeji_window_editing_watch (YejiWindow *window)
{
  g_signal_connect_object (yeji_window_get_editor (window), "removed",
                           G_CALLBACK (on_row_removed), window, G_CONNECT_SWAPPED);
}

/* What the actions of this file do. */
static const struct
{
  const char *name;
  GtkWidgetActionActivateFunc activate;
} actions[] = {
  { "win.save", on_save },
  { "win.submit", on_submit },
  { "win.submit-first", on_submit_first },
  { "win.show-grade", on_show_grade },
  { "win.next-problem", on_step },
  { "win.previous-problem", on_step },
  { "win.next-section", on_step },
  { "win.previous-section", on_step },
  { "win.toggle-pane", on_toggle_pane },
  { "win.add-row", on_add_row },
};

/**
 * yeji_window_editing_install:
 *
 * Adds the actions of this file to the window's class.
 */
void
yeji_window_editing_install (GtkWidgetClass *klass)
{
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (klass, actions[i].name, NULL, actions[i].activate);
}
