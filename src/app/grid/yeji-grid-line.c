// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-grid-line"

#include "config.h"

#include "yeji-grid-line.h"

#include <glib/gi18n.h>

#include "yeji-enterprise.h"
#include "yeji-issue-actions.h"
#include "yeji-messages.h"
#include "yeji-tooltip.h"

/* The cursor has come to rest: what can be done is found out then, and not for every cell on the
 * way. */
#define REST_MS 120

struct _YejiGridLine
{
  GtkBox parent_instance;

  GtkLabel *place;
  GtkImage *icon;
  GtkLabel *text;
  GtkLabel *comment;
  GtkBox *actions_box;

  YejiGrid *grid;              /* (transfer none) (nullable) */
  YejiIssueActions *actions;   /* (nullable) (transfer none) */
  YejiRow *row;                /* (nullable): what is spoken of */
  const YejiFieldDef *field;
  YejiRow *last_row;           /* (nullable): what was typed last; its suggestions stay at hand */
  const YejiFieldDef *last_field;
  guint rest;
  guint later;
};

G_DEFINE_FINAL_TYPE (YejiGridLine, yeji_grid_line, GTK_TYPE_BOX)

static YejiDraft *
get_draft (YejiGridLine *self)
{
  return yeji_grid_model_get_draft (yeji_grid_get_model (self->grid));
}

static void
drop_actions (YejiGridLine *self)
{
  g_clear_handle_id (&self->rest, g_source_remove);
  if (self->actions == NULL)
    return;
  gtk_box_remove (self->actions_box, GTK_WIDGET (self->actions));
  self->actions = NULL;
}

static void
make_actions (YejiGridLine *self)
{
  YejiIssue *issue;
  guint row, column;

  drop_actions (self);
  if (self->row == NULL || !yeji_grid_model_find (yeji_grid_get_model (self->grid), self->row,
                                                  self->field, &row, &column))
    return;
  issue = yeji_grid_model_get_issue (yeji_grid_get_model (self->grid), row, column);
  self->actions = g_object_new (YEJI_TYPE_ISSUE_ACTIONS, NULL);
  gtk_box_append (self->actions_box, GTK_WIDGET (self->actions));
  yeji_issue_actions_set_place (self->actions, get_draft (self), self->row, self->field);
  yeji_issue_actions_set_issue (self->actions, issue);
}

static gboolean
on_rest (gpointer data)
{
  YejiGridLine *self = data;

  self->rest = 0;
  make_actions (self);
  return G_SOURCE_REMOVE;
}

static gboolean
has_offer (YejiGridLine       *self,
           YejiRow            *row,
           const YejiFieldDef *field)
{
  g_autoptr (GPtrArray) offers = NULL;
  guint index;

  if (row == NULL || yeji_record_find_row (yeji_draft_get_record (get_draft (self)),
                                           yeji_row_get_table (row), yeji_row_get_id (row),
                                           &index) != row)
    return FALSE;
  offers = yeji_normaliser_offer (yeji_draft_get_normaliser (get_draft (self)), field,
                                  yeji_row_get (row, field));
  return offers->len > 0;
}

/* The cell of the cursor; or the one that was typed before, when it could be written right and the
 * one of the cursor has nothing to say. */
static void
find_subject (YejiGridLine *self)
{
  YejiGridModel *model = yeji_grid_get_model (self->grid);
  const YejiGridArea *area = yeji_grid_view_get_area (yeji_grid_get_view (self->grid));
  YejiRow *row = NULL;

  self->field = NULL;
  if (area->row < yeji_grid_model_get_n_rows (model))
    {
      row = yeji_grid_model_get_row (model, area->row);
      self->field = yeji_grid_model_get_field (model, area->column);
      if (yeji_grid_model_get_issue (model, area->row, area->column) == NULL
          && has_offer (self, self->last_row, self->last_field))
        {
          row = self->last_row;
          self->field = self->last_field;
        }
    }
  g_set_object (&self->row, row);
}

static void
show_issue (YejiGridLine *self,
            YejiIssue    *issue)
{
  static const char *const styles[] = { "error", "warning", "hint" };

  for (guint i = 0; i < G_N_ELEMENTS (styles); i++)
    gtk_widget_remove_css_class (GTK_WIDGET (self), styles[i]);
  gtk_widget_set_visible (GTK_WIDGET (self->icon), issue != NULL);
  if (issue == NULL)
    return;
  gtk_image_set_from_icon_name (self->icon,
                                yeji_severity_get_icon (yeji_issue_get_severity (issue)));
  if (yeji_issue_get_reason (issue) == NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self),
                              yeji_severity_get_style (yeji_issue_get_severity (issue)));
}

static char *
describe_offer (YejiGridLine *self)
{
  g_autoptr (YejiCarried) offer = yeji_draft_carry (get_draft (self), self->row, self->field);
  g_autofree char *source = offer != NULL ? yeji_carried_to_source (offer) : NULL;
  g_autofree char *value = offer != NULL ? yeji_carried_to_value (offer, self->field) : NULL;

  /* Translators: a value, where it stands, and the key that takes it */
  return offer != NULL ? g_strdup_printf (_("Use %s (from %s): Alt+Enter in the field"), value,
                                          source) : NULL;
}

static gboolean
take_offer (YejiGridLine *self)
{
  g_autoptr (YejiCarried) offer = NULL;
  g_autoptr (GPtrArray) edits = NULL;

  if (self->row == NULL || *yeji_row_get (self->row, self->field) != '\0'
      || !yeji_draft_is_editable (get_draft (self)))
    return FALSE;
  offer = yeji_draft_carry (get_draft (self), self->row, self->field);
  if (offer == NULL)
    return FALSE;
  edits = yeji_edits_new_for_one (self->row, self->field, offer->value);
  yeji_edits_take (get_draft (self), edits);
  return TRUE;
}

/* Nothing is wrong: what is cut off in the cell, or what the field is for. */
static char *
describe_value (YejiGridLine *self,
                guint         row,
                guint         column)
{
  YejiGridModel *model = yeji_grid_get_model (self->grid);
  YejiGridCell *cell = yeji_grid_view_peek_cell (yeji_grid_get_view (self->grid), (int) row,
                                                 (int) column);
  YejiGridTextKind kind;
  g_autofree char *text = yeji_grid_model_get_text (model, row, column, &kind);

  if (kind == YEJI_GRID_TEXT_OFFERED)
    return describe_offer (self);
  if (kind == YEJI_GRID_TEXT_INHERITED && *text != '\0')
    /* Translators: the value of another field that holds while a cell is empty */
    return g_strdup_printf (_("Empty, so it is as in the project: %s"), text);
  if (cell != NULL && yeji_grid_cell_is_cut (cell))
    return g_steal_pointer (&text);
  return g_strdup (yeji_label (&self->field->help));
}

static void
update (YejiGridLine *self)
{
  YejiGridModel *model;
  YejiIssue *issue, *point;
  g_autofree char *place = NULL;
  g_autofree char *text = NULL;
  g_autofree char *comment = NULL;
  guint row, column;

  if (self->grid == NULL)
    return;
  model = yeji_grid_get_model (self->grid);
  find_subject (self);
  drop_actions (self);
  if (self->row == NULL
      || !yeji_grid_model_find (model, self->row, self->field, &row, &column))
    {
      show_issue (self, NULL);
      gtk_label_set_text (self->place, "");
      gtk_label_set_text (self->text, _("Ctrl+Shift+N adds a row, Ctrl+V pastes from Excel"));
      gtk_widget_set_visible (GTK_WIDGET (self->comment), FALSE);
      return;
    }
  issue = yeji_grid_model_get_issue (model, row, column);
  point = yeji_grid_model_get_point (model, row, column);
  place = g_strdup_printf ("%u · %s", row + 1, yeji_label (&self->field->label));
  text = issue != NULL ? g_strdup (yeji_issue_get_message (issue))
                       : describe_value (self, row, column);
  if (point != NULL)
    comment = g_strdup_printf (_("Reviewer: %s"), yeji_issue_get_message (point));
  show_issue (self, issue);
  gtk_label_set_text (self->place, place);
  gtk_label_set_text (self->text, text != NULL ? text : "");
  yeji_tooltip_set (GTK_WIDGET (self->text), text);
  gtk_label_set_text (self->comment, comment != NULL ? comment : "");
  gtk_widget_set_visible (GTK_WIDGET (self->comment), comment != NULL);
  self->rest = g_timeout_add (REST_MS, on_rest, self);
}

static gboolean
update_later (gpointer data)
{
  YejiGridLine *self = data;

  self->later = 0;
  update (self);
  return G_SOURCE_REMOVE;
}

/* Thousands of cells may change at once. */
static void
queue_update (YejiGridLine *self)
{
  if (self->later == 0)
    self->later = g_idle_add (update_later, self);
}

static void
on_committed (YejiGridLine       *self,
              YejiRow            *row,
              const YejiFieldDef *field)
{
  g_set_object (&self->last_row, row);
  self->last_field = field;
  update (self);
}

static void
on_take (YejiGridLine *self)
{
  if (!yeji_grid_line_take (self))
    gtk_widget_error_bell (GTK_WIDGET (self));
}

static void
yeji_grid_line_dispose (GObject *object)
{
  YejiGridLine *self = YEJI_GRID_LINE (object);

  g_clear_handle_id (&self->rest, g_source_remove);
  g_clear_handle_id (&self->later, g_source_remove);
  g_clear_object (&self->row);
  g_clear_object (&self->last_row);
  G_OBJECT_CLASS (yeji_grid_line_parent_class)->dispose (object);
}

static void
yeji_grid_line_class_init (YejiGridLineClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = yeji_grid_line_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/yeji/Yeji/ui/yeji-grid-line.ui");
  gtk_widget_class_bind_template_child (widget_class, YejiGridLine, place);
  gtk_widget_class_bind_template_child (widget_class, YejiGridLine, icon);
  gtk_widget_class_bind_template_child (widget_class, YejiGridLine, text);
  gtk_widget_class_bind_template_child (widget_class, YejiGridLine, comment);
  gtk_widget_class_bind_template_child (widget_class, YejiGridLine, actions_box);
}

static void
yeji_grid_line_init (YejiGridLine *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * yeji_grid_line_set_grid:
 * @grid: which must not go before the line is disposed of
 *
 * Follows the cursor of a grid. Once only.
 */
void
yeji_grid_line_set_grid (YejiGridLine *self,
                         YejiGrid     *grid)
{
  g_return_if_fail (YEJI_IS_GRID_LINE (self));
  g_return_if_fail (self->grid == NULL);

  self->grid = grid;
  g_signal_connect_object (grid, "cursor-moved", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (grid, "committed", G_CALLBACK (on_committed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (grid, "take", G_CALLBACK (on_take), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (yeji_grid_get_model (grid), "marks-changed", G_CALLBACK (queue_update),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (yeji_grid_get_model (grid), "cell-changed", G_CALLBACK (queue_update),
                           self, G_CONNECT_SWAPPED);
  update (self);
}

/**
 * yeji_grid_line_get_text:
 *
 * Returns: what is said of the cell
 */
const char *
yeji_grid_line_get_text (YejiGridLine *self)
{
  return gtk_label_get_text (self->text);
}

/**
 * yeji_grid_line_get_offer:
 *
 * Returns: (nullable): the value that is offered for the cell
 */
const char *
yeji_grid_line_get_offer (YejiGridLine *self)
{
  if (self->actions == NULL)
    make_actions (self);
  return self->actions != NULL ? yeji_issue_actions_get_suggestion (self->actions) : NULL;
}

/**
 * yeji_grid_line_take:
 *
 * Takes what is offered for an empty cell, else the best suggestion.
 *
 * Returns: whether there was one
 */
gboolean
yeji_grid_line_take (YejiGridLine *self)
{
  if (take_offer (self))
    return TRUE;
  if (self->actions == NULL)
    make_actions (self);
  return self->actions != NULL && yeji_issue_actions_take (self->actions);
}
