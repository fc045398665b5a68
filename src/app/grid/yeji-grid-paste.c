// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-grid-paste"

#include "config.h"

#include "yeji-grid-paste.h"

#include <glib/gi18n.h>

#include "yeji-background.h"
#include "yeji-grid-edits.h"
#include "yeji-paste-dialog.h"
#include "yeji-toast.h"
#include "yeji-tsv.h"

/* A plan is made on a thread of its own, since a large table takes a while. No widgets there. */
typedef struct
{
  char *text;
  GPtrArray *columns;          /* (element-type YejiFieldDef) */
  YejiPasteTarget target;
} Work;

/* A paste that waits for its plan, and then perhaps for a word of the clerk. The table may be
 * another one by then. */
typedef struct
{
  YejiGrid *grid;
  guint64 n_edits;             /* of the draft, when it was begun */
  YejiPastePlan *plan;         /* (nullable) */
} Paste;

static void
free_work (gpointer data)
{
  Work *work = data;

  g_free (work->text);
  g_ptr_array_unref (work->columns);
  g_object_unref (work->target.normaliser);
  g_object_unref (work->target.dictionary);
  g_free (work);
}

static void
free_paste (Paste *paste)
{
  g_object_unref (paste->grid);
  g_clear_pointer (&paste->plan, yeji_paste_plan_free);
  g_free (paste);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Paste, free_paste)

static void
free_answered (gpointer  data,
               GClosure *closure)
{
  free_paste (data);
}

static AdwToastOverlay *
find_toasts (YejiGrid *grid)
{
  return ADW_TOAST_OVERLAY (gtk_widget_get_ancestor (GTK_WIDGET (grid), ADW_TYPE_TOAST_OVERLAY));
}

/**
 * yeji_grid_say_step:
 *
 * Says what was just done, and offers to undo it, where there is a place to say it.
 */
void
yeji_grid_say_step (YejiGrid   *grid,
                    const char *text)
{
  AdwToastOverlay *toasts = find_toasts (grid);

  if (toasts != NULL)
    yeji_toast_show_step (toasts, yeji_grid_model_get_draft (yeji_grid_get_model (grid)), text,
                          NULL, NULL, NULL);
}

static void
say (YejiGrid   *grid,
     const char *text)
{
  AdwToastOverlay *toasts = find_toasts (grid);

  if (toasts != NULL)
    yeji_toast_say (toasts, text);
}

static void
select_pasted (YejiGrid            *grid,
               const YejiPastePlan *plan)
{
  GPtrArray *columns = yeji_grid_model_get_columns (yeji_grid_get_model (grid));
  YejiGridArea area = { G_MAXUINT, G_MAXUINT, 0, 0 };
  guint column;

  for (guint i = 0; i < plan->cells->len; i++)
    {
      const YejiPasteCell *cell = g_ptr_array_index (plan->cells, i);

      if (cell->field == NULL || !g_ptr_array_find (columns, cell->field, &column))
        continue;
      area.row = MIN (area.row, cell->row);
      area.column = MIN (area.column, column);
      area.anchor_row = MAX (area.anchor_row, cell->row);
      area.anchor_column = MAX (area.anchor_column, column);
    }
  if (area.row != G_MAXUINT)
    yeji_grid_view_set_area (yeji_grid_get_view (grid), &area);
}

static void
apply (Paste    *paste,
       gboolean  as_typed)
{
  YejiGridModel *model = yeji_grid_get_model (paste->grid);
  YejiDraft *draft = yeji_grid_model_get_draft (model);
  g_autofree char *rows = NULL;
  g_autofree char *text = NULL;
  guint n;

  if (yeji_draft_get_n_edits (draft) != paste->n_edits || !yeji_draft_is_editable (draft))
    {
      say (paste->grid, _("The table was changed meanwhile. Paste again."));
      return;
    }
  n = yeji_grid_edits_paste (model, paste->plan, as_typed);
  select_pasted (paste->grid, paste->plan);
  rows = g_strdup_printf (ngettext ("%u row", "%u rows", paste->plan->n_rows),
                          paste->plan->n_rows);
  /* Translators: “3 rows”, and how many cells */
  text = g_strdup_printf (ngettext ("%s, %u cell pasted", "%s, %u cells pasted", n), rows, n);
  yeji_grid_say_step (paste->grid, text);
}

static void
on_response (GtkWidget         *dialog,
             YejiPasteResponse  response,
             Paste             *paste)
{
  if (response != YEJI_PASTE_CANCEL)
    apply (paste, response == YEJI_PASTE_TAKE_ALL);
  yeji_grid_input_focus (yeji_grid_get_input (paste->grid));
}

static void
ask (Paste *paste)
{
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (paste->grid)));
  GtkWidget *dialog = yeji_paste_dialog_new (window, paste->plan);

  g_signal_connect_data (dialog, "response", G_CALLBACK (on_response), paste, free_answered, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static gpointer
make_plan (gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  Work *work = data;
  g_autoptr (GPtrArray) rows = yeji_tsv_parse (work->text, -1, error);

  return rows != NULL ? yeji_paste_plan_new (&work->target, rows) : NULL;
}

static Work *
new_work (YejiGrid   *grid,
          const char *text)
{
  YejiGridModel *model = yeji_grid_get_model (grid);
  YejiDraft *draft = yeji_grid_model_get_draft (model);
  YejiGridBlock block = yeji_grid_area_get_block (
    yeji_grid_view_get_area (yeji_grid_get_view (grid)));
  Work *work = g_new0 (Work, 1);

  work->text = g_strdup (text);
  work->columns = g_ptr_array_ref (yeji_grid_model_get_columns (model));
  work->target = (YejiPasteTarget) {
    .dictionary = g_object_ref (yeji_draft_get_dictionary (draft)),
    .normaliser = g_object_ref (yeji_draft_get_normaliser (draft)),
    .columns = work->columns,
    .row = block.top,
    .column = block.left,
    .n_selected_rows = block.bottom - block.top + 1,
    .n_selected_columns = block.right - block.left + 1,
    .n_rows = yeji_grid_model_get_n_rows (model),
    .max_rows = YEJI_RECORD_MAX_ROWS,
  };
  return work;
}

static void
on_planned (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (Paste) paste = data;
  g_autoptr (GError) error = NULL;

  paste->plan = yeji_background_finish (result, &error);
  if (gtk_widget_get_root (GTK_WIDGET (paste->grid)) == NULL)
    return;
  if (paste->plan == NULL)
    {
      g_debug ("nothing pasted: %s", error->message);
      say (paste->grid, _("What is on the clipboard is no table, or too large a one"));
    }
  else if (paste->plan->n_troubles > 0)
    ask (g_steal_pointer (&paste));
  else if (paste->plan->cells->len > 0)
    apply (paste, FALSE);
}

/**
 * yeji_grid_paste_text:
 * @text: a table as other programs copy it
 *
 * Puts a table into the grid, from the cursor on or by its headings. What does not fit is asked
 * about first.
 */
void
yeji_grid_paste_text (YejiGrid   *self,
                      const char *text)
{
  Paste *paste = g_new0 (Paste, 1);

  yeji_grid_input_commit (yeji_grid_get_input (self));
  paste->grid = g_object_ref (self);
  paste->n_edits = yeji_draft_get_n_edits (yeji_grid_model_get_draft (yeji_grid_get_model (self)));
  yeji_background_run (self, make_plan, new_work (self, text), free_work,
                       (GDestroyNotify) yeji_paste_plan_free, on_planned, paste);
}

static void
on_clipboard (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  g_autoptr (YejiGrid) grid = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, &error);

  if (text == NULL)
    g_debug ("nothing pasted: %s", error->message);
  else if (gtk_widget_get_root (GTK_WIDGET (grid)) != NULL)
    yeji_grid_paste_text (grid, text);
}

/**
 * yeji_grid_paste_clipboard:
 *
 * Pastes what is on the clipboard.
 */
void
yeji_grid_paste_clipboard (YejiGrid *grid)
{
  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (GTK_WIDGET (grid)), NULL, on_clipboard,
                                 g_object_ref (grid));
}
