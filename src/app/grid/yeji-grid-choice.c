// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-grid-choice"

#include "config.h"

#include "yeji-grid-choice.h"

#include "yeji-chooser.h"
#include "yeji-code-offer.h"
#include "yeji-messages.h"
#include "yeji-row-choices.h"

/* A title and a number of 23 characters, side by side. */
#define ROWS_WIDTH 460

/* For which cell something is chosen. */
typedef struct
{
  YejiGrid *grid;              /* (transfer none): owns the chooser */
  YejiRow *row;
  const YejiFieldDef *field;
} Choosing;

static void
free_choosing (gpointer  data,
               GClosure *closure)
{
  Choosing *choosing = data;

  g_object_unref (choosing->row);
  g_free (choosing);
}

static GListModel *
list_codes (YejiDraft          *draft,
            YejiRow            *row,
            const YejiFieldDef *field)
{
  GListStore *choices = g_list_store_new (YEJI_TYPE_CHOICE);
  g_autoptr (GPtrArray) codes = NULL;

  codes = yeji_code_offer_get (yeji_draft_get_dictionary (draft), row, field);
  for (guint i = 0; i < codes->len; i++)
    {
      const YejiCode *code = g_ptr_array_index (codes, i);
      g_autoptr (YejiChoice) choice = yeji_choice_new (code->code, code->name);

      g_list_store_append (choices, choice);
    }
  return G_LIST_MODEL (choices);
}

static void
go_to (YejiGrid           *grid,
       YejiRow            *row,
       const YejiFieldDef *field)
{
  gtk_widget_activate_action (GTK_WIDGET (grid), "place.go-to", "(sss)",
                              yeji_row_get_table (row)->id, yeji_row_get_id (row), field->id);
}

/* Without its number a row cannot be named: first it gets one, and then there is a way back. */
static void
on_chosen (YejiChooser *chooser,
           const char  *value,
           Choosing    *choosing)
{
  YejiDraft *draft = yeji_grid_model_get_draft (yeji_grid_get_model (choosing->grid));
  YejiRecord *record = yeji_draft_get_record (draft);
  YejiRow *marked;

  if (choosing->field->link != NULL && yeji_row_choices_is_mark (value))
    {
      marked = yeji_row_choices_find_marked (record, choosing->field->link, value);
      if (marked != NULL)
        go_to (choosing->grid, marked, choosing->field->link);
      return;
    }
  if (yeji_draft_is_editable (draft)
      && yeji_record_find_row (record, yeji_row_get_table (choosing->row),
                               yeji_row_get_id (choosing->row), NULL) == choosing->row)
    yeji_draft_set_value (draft, choosing->row, choosing->field, value);
}

static void
on_add (YejiChooser *chooser,
        Choosing    *choosing)
{
  YejiDraft *draft = yeji_grid_model_get_draft (yeji_grid_get_model (choosing->grid));
  const YejiFieldDef *key = choosing->field->link;

  if (yeji_draft_is_editable (draft))
    go_to (choosing->grid, yeji_draft_add_row (draft, key->table), key);
}

static void
offer_rows (YejiChooser        *chooser,
            YejiRecord         *record,
            const YejiFieldDef *key,
            const char         *value)
{
  g_autoptr (GListModel) rows = yeji_row_choices_list (record, key);
  g_autofree char *note = yeji_row_choices_make_note (record, key, value);
  g_autofree char *add = yeji_row_choices_make_add (key);

  yeji_chooser_set_add (chooser, add);
  yeji_chooser_set_note (chooser, note);
  yeji_chooser_set_choices (chooser, rows, value);
  gtk_widget_set_size_request (GTK_WIDGET (chooser), ROWS_WIDTH, -1);
}

static gboolean
drop_popover (gpointer data)
{
  if (gtk_widget_get_parent (data) != NULL)
    gtk_widget_unparent (data);
  return G_SOURCE_REMOVE;
}

static void
on_closed (GtkWidget *chooser,
           YejiGrid  *grid)
{
  yeji_grid_input_focus (yeji_grid_get_input (grid));
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, drop_popover, g_object_ref (chooser), g_object_unref);
}

/**
 * yeji_grid_choose:
 * @text: what to look for already
 *
 * Offers the codes of the cell of the cursor, or the rows that it may name.
 */
void
yeji_grid_choose (YejiGrid   *grid,
                  const char *text)
{
  YejiGridView *view = yeji_grid_get_view (grid);
  YejiGridModel *model = yeji_grid_get_model (grid);
  const YejiGridArea *area = yeji_grid_view_get_area (view);
  YejiRow *row = yeji_grid_model_get_row (model, area->row);
  const YejiFieldDef *field = yeji_grid_model_get_field (model, area->column);
  YejiChooser *chooser = yeji_chooser_new (yeji_label (&field->label));
  YejiDraft *draft = yeji_grid_model_get_draft (model);
  g_autoptr (GListModel) choices = NULL;
  Choosing *choosing = g_new0 (Choosing, 1);
  GdkRectangle place;

  choosing->grid = grid;
  choosing->row = g_object_ref (row);
  choosing->field = field;
  yeji_grid_view_get_cell (view, area->row, area->column, &place);
  gtk_widget_set_parent (GTK_WIDGET (chooser), GTK_WIDGET (view));
  gtk_popover_set_pointing_to (GTK_POPOVER (chooser), &place);
  gtk_popover_set_position (GTK_POPOVER (chooser), GTK_POS_BOTTOM);
  if (field->link != NULL)
    {
      offer_rows (chooser, yeji_draft_get_record (draft), field->link, yeji_row_get (row, field));
      g_signal_connect (chooser, "add", G_CALLBACK (on_add), choosing);
    }
  else
    {
      choices = list_codes (draft, row, field);
      yeji_chooser_set_choices (chooser, choices, yeji_row_get (row, field));
    }
  g_signal_connect_data (chooser, "chosen", G_CALLBACK (on_chosen), choosing, free_choosing, 0);
  g_signal_connect_object (chooser, "closed", G_CALLBACK (on_closed), grid, 0);
  gtk_popover_popup (GTK_POPOVER (chooser));
  if (*text != '\0')
    yeji_chooser_set_search (chooser, text);
}
