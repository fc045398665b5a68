// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-grid-input"

#include "config.h"

#include "yeji-grid-input.h"

#include "yeji-a11y.h"
#include "yeji-grid-texts.h"
#include "yeji-json-reader.h"
#include "yeji-mask.h"
#include "yeji-messages.h"

struct _YejiGridInput
{
  GObject parent_instance;

  YejiGridView *view;          /* (transfer none) */
  YejiGridTexts *texts;
  YejiGridState state;
  YejiRow *row;                /* (nullable): that is edited */
  const YejiFieldDef *field;
  char *before;                /* (nullable): what was there before it was edited */
  gboolean has_typed;          /* something, so far */
  gboolean is_keeping;         /* the change of the draft is our own */
};

enum
{
  COMMITTED,
  CHOOSE,
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (YejiGridInput, yeji_grid_input, G_TYPE_OBJECT)

static GtkWidget *
get_text (YejiGridInput *self)
{
  return yeji_grid_texts_get_widget (self->texts);
}

static void
set_state (YejiGridInput *self,
           YejiGridState  state)
{
  const YejiGridArea *area = yeji_grid_view_get_area (self->view);
  YejiGridModel *model = yeji_grid_view_get_model (self->view);

  if (self->state == state)
    return;
  if (state == YEJI_GRID_IDLE)
    {
      g_clear_object (&self->row);
      g_clear_pointer (&self->before, g_free);
      yeji_grid_texts_set_seen (self->texts, FALSE);
    }
  else if (self->state == YEJI_GRID_IDLE)
    {
      g_set_object (&self->row, yeji_grid_model_get_row (model, area->row));
      self->field = yeji_grid_model_get_field (model, area->column);
      self->before = g_strdup (yeji_row_get (self->row, self->field));
      self->has_typed = FALSE;
      yeji_grid_texts_set_seen (self->texts, TRUE);
    }
  self->state = state;
  g_signal_emit (self, signals[CHANGED], 0);
}

/* Whether what is edited is still in the record, and may be changed. */
static gboolean
is_there (YejiGridInput *self)
{
  YejiDraft *draft = yeji_grid_model_get_draft (yeji_grid_view_get_model (self->view));

  return yeji_draft_is_editable (draft)
         && yeji_record_find_row (yeji_draft_get_record (draft), yeji_row_get_table (self->row),
                                  yeji_row_get_id (self->row), NULL) == self->row;
}

static void
keep (YejiGridInput *self,
      const char    *value)
{
  YejiDraft *draft = yeji_grid_model_get_draft (yeji_grid_view_get_model (self->view));

  if (!is_there (self))
    return;
  self->is_keeping = TRUE;
  yeji_draft_set_value (draft, self->row, self->field, value);
  self->is_keeping = FALSE;
}

static gboolean
is_in_grid (YejiGridInput *self)
{
  return yeji_grid_view_get_area (self->view)->row
         < yeji_grid_model_get_n_rows (yeji_grid_view_get_model (self->view));
}

static gboolean
is_editable (YejiGridInput *self)
{
  return is_in_grid (self)
         && yeji_grid_model_is_editable (yeji_grid_view_get_model (self->view),
                                         yeji_grid_view_get_area (self->view)->column);
}

/* A code, or a row of another table. */
static gboolean
is_chosen (YejiGridInput *self)
{
  YejiGridModel *model = yeji_grid_view_get_model (self->view);
  const YejiFieldDef *field;

  field = yeji_grid_model_get_field (model, yeji_grid_view_get_area (self->view)->column);
  return field->kind == YEJI_FIELD_CODE || field->link != NULL;
}

static void
choose (YejiGridInput *self,
        const char    *text)
{
  g_autofree char *typed = g_strdup (text);

  yeji_grid_texts_fill (self->texts, "");
  set_state (self, YEJI_GRID_IDLE);
  g_signal_emit (self, signals[CHOOSE], 0, typed);
}

/* The first that is typed begins. A code or a row is looked for instead. */
static void
on_text (YejiGridInput *self)
{
  const char *text = yeji_grid_texts_get (self->texts);

  if (!is_editable (self))
    {
      if (*text != '\0')
        gtk_widget_error_bell (get_text (self));
      yeji_grid_texts_fill (self->texts, "");
    }
  else if (is_chosen (self))
    choose (self, text);
  else
    {
      if (self->state == YEJI_GRID_IDLE)
        set_state (self, YEJI_GRID_TYPING);
      self->has_typed = TRUE;
      /* as in a form, so that no more than a second is lost with the power; what is sealed could
       * not be put back */
      if (!yeji_is_sealed (self->before))
        keep (self, text);
    }
}

/* Something else changed the cell that is edited, an undo for instance: that holds. */
static void
on_cell_changed (YejiGridInput *self,
                 guint          row,
                 guint          column)
{
  YejiGridModel *model = yeji_grid_view_get_model (self->view);

  if (self->state == YEJI_GRID_IDLE || self->is_keeping
      || yeji_grid_model_get_row (model, row) != self->row
      || yeji_grid_model_get_field (model, column) != self->field)
    return;
  yeji_grid_texts_fill (self->texts, "");
  set_state (self, YEJI_GRID_IDLE);
}

static void
on_composing (YejiGridInput *self)
{
  gboolean composing = yeji_grid_texts_is_composing (self->texts);

  if (composing && self->state == YEJI_GRID_IDLE && is_editable (self))
    set_state (self, YEJI_GRID_TYPING);
  else if (!composing && self->state == YEJI_GRID_TYPING && !self->has_typed)
    set_state (self, YEJI_GRID_IDLE);
}

/* Says what the cell is to who hears it. */
static void
describe (YejiGridInput *self)
{
  const YejiGridArea *area = yeji_grid_view_get_area (self->view);
  YejiGridModel *model = yeji_grid_view_get_model (self->view);
  YejiIssue *issue;
  g_autofree char *name = NULL;

  if (!is_in_grid (self))
    {
      yeji_a11y_set_name (get_text (self),
                          yeji_label (&yeji_grid_model_get_table (model)->label));
      return;
    }
  issue = yeji_grid_model_get_issue (model, area->row, area->column);
  name = yeji_grid_model_describe (model, area->row, area->column);
  yeji_a11y_set_name (get_text (self), name);
  yeji_a11y_set_invalid (get_text (self),
                         issue != NULL && yeji_issue_get_reason (issue) == NULL
                         && yeji_issue_get_severity (issue) == YEJI_SEVERITY_ERROR);
  gtk_accessible_update_property (GTK_ACCESSIBLE (get_text (self)),
                                  GTK_ACCESSIBLE_PROPERTY_READ_ONLY, !is_editable (self), -1);
}

static void
on_cursor_moved (YejiGridInput *self)
{
  yeji_grid_input_commit (self);
  yeji_grid_texts_turn (self->texts);
}

static void
yeji_grid_input_finalize (GObject *object)
{
  YejiGridInput *self = YEJI_GRID_INPUT (object);

  g_clear_object (&self->row);
  g_object_unref (self->texts);
  g_free (self->before);
  G_OBJECT_CLASS (yeji_grid_input_parent_class)->finalize (object);
}

static void
yeji_grid_input_class_init (YejiGridInputClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = yeji_grid_input_finalize;

  signals[COMMITTED] = g_signal_new ("committed", YEJI_TYPE_GRID_INPUT, G_SIGNAL_RUN_LAST, 0, NULL,
                                     NULL, NULL, G_TYPE_NONE, 2, YEJI_TYPE_ROW, G_TYPE_POINTER);
  signals[CHOOSE] = g_signal_new ("choose", YEJI_TYPE_GRID_INPUT, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[CHANGED] = g_signal_new ("changed", YEJI_TYPE_GRID_INPUT, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
yeji_grid_input_init (YejiGridInput *self)
{
}

/**
 * yeji_grid_input_new:
 *
 * Returns: (transfer full): the input of @view, which must outlive it
 */
YejiGridInput *
yeji_grid_input_new (YejiGridView *view)
{
  YejiGridInput *self = g_object_new (YEJI_TYPE_GRID_INPUT, NULL);

  self->view = view;
  self->texts = yeji_grid_texts_new (view);
  g_signal_connect_object (self->texts, "typed", G_CALLBACK (on_text), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->texts, "composing", G_CALLBACK (on_composing), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->texts, "left", G_CALLBACK (yeji_grid_input_commit), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->texts, "describe", G_CALLBACK (describe), self,
                           G_CONNECT_SWAPPED);
  describe (self);
  g_signal_connect_object (view, "cursor-moved", G_CALLBACK (on_cursor_moved), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (yeji_grid_view_get_model (view), "marks-changed", G_CALLBACK (describe),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (yeji_grid_view_get_model (view), "cell-changed",
                           G_CALLBACK (on_cell_changed), self, G_CONNECT_SWAPPED);
  return self;
}

YejiGridState
yeji_grid_input_get_state (YejiGridInput *self)
{
  return self->state;
}

/**
 * yeji_grid_input_is_composing:
 *
 * Returns: whether an input method is at work, and every key is for it
 */
gboolean
yeji_grid_input_is_composing (YejiGridInput *self)
{
  return yeji_grid_texts_is_composing (self->texts);
}

/**
 * yeji_grid_input_get_widget:
 *
 * Returns: (transfer none): the text that takes the keys; another one after each move
 */
GtkWidget *
yeji_grid_input_get_widget (YejiGridInput *self)
{
  return get_text (self);
}

gboolean
yeji_grid_input_has_focus (YejiGridInput *self)
{
  return yeji_grid_texts_has_focus (self->texts);
}

/**
 * yeji_grid_input_focus:
 *
 * Gives the keyboard to the cell of the cursor.
 */
void
yeji_grid_input_focus (YejiGridInput *self)
{
  gtk_widget_grab_focus (get_text (self));
}

/**
 * yeji_grid_input_edit:
 *
 * Begins to change the value that is there.
 */
void
yeji_grid_input_edit (YejiGridInput *self)
{
  const YejiGridArea *area = yeji_grid_view_get_area (self->view);
  const char *value;

  g_return_if_fail (YEJI_IS_GRID_INPUT (self));

  if (!is_editable (self))
    {
      gtk_widget_error_bell (get_text (self));
      return;
    }
  if (self->state == YEJI_GRID_TYPING)
    {
      set_state (self, YEJI_GRID_EDITING);
      return;
    }
  if (is_chosen (self))
    {
      choose (self, "");
      return;
    }
  value = yeji_grid_model_get_value (yeji_grid_view_get_model (self->view), area->row,
                                     area->column);
  yeji_grid_texts_fill (self->texts, yeji_is_sealed (value) ? "" : value);
  set_state (self, YEJI_GRID_EDITING);
  yeji_grid_texts_begin (self->texts);
}

/**
 * yeji_grid_input_commit:
 *
 * Ends editing and keeps what was typed.
 */
void
yeji_grid_input_commit (YejiGridInput *self)
{
  g_autoptr (YejiRow) row = NULL;
  const char *text;
  gboolean is_other;

  if (self->state == YEJI_GRID_IDLE)
    return;
  row = g_object_ref (self->row);
  text = yeji_grid_texts_get (self->texts);
  /* an input method that is left half way has typed nothing; in a sealed cell nothing was seen */
  if (self->has_typed && !(yeji_is_sealed (self->before) && *text == '\0'))
    keep (self, text);
  is_other = is_there (self) && !g_str_equal (yeji_row_get (row, self->field), self->before);
  yeji_grid_texts_fill (self->texts, "");
  set_state (self, YEJI_GRID_IDLE);
  if (is_other)
    g_signal_emit (self, signals[COMMITTED], 0, row, self->field);
}

/**
 * yeji_grid_input_give_up:
 *
 * Ends editing; the cell is as it was before.
 */
void
yeji_grid_input_give_up (YejiGridInput *self)
{
  if (self->state == YEJI_GRID_IDLE)
    return;
  if (self->has_typed)
    keep (self, self->before);
  yeji_grid_texts_fill (self->texts, "");
  set_state (self, YEJI_GRID_IDLE);
}
