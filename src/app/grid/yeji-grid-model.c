// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-grid-model"

#include "config.h"

#include "yeji-grid-model.h"

#include <glib/gi18n.h>

#include "yeji-enterprise.h"
#include "yeji-mask.h"
#include "yeji-messages.h"

/* The place of a cell, and what is said of it. */
typedef struct
{
  YejiRow *row;                /* (transfer none): compared, never looked into */
  const YejiFieldDef *field;
} Place;

struct _YejiGridModel
{
  GObject parent_instance;

  YejiDraft *draft;
  const YejiTableDef *table;
  GPtrArray *columns;          /* (element-type YejiFieldDef) */
  GHashTable *issues;          /* Place -> YejiIssue, the gravest */
  GHashTable *points;          /* Place -> YejiIssue */
  GHashTable *visited;         /* Place: where somebody has been, and is shown what is missing */
};

static void implement_source (YejiGridSourceInterface *interface);

G_DEFINE_FINAL_TYPE_WITH_CODE (YejiGridModel, yeji_grid_model, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (YEJI_TYPE_GRID_SOURCE, implement_source))

static guint
hash_place (gconstpointer data)
{
  const Place *place = data;

  return g_direct_hash (place->row) * 31 + g_direct_hash (place->field);
}

static gboolean
are_places_equal (gconstpointer a,
                  gconstpointer b)
{
  const Place *first = a;
  const Place *second = b;

  return first->row == second->row && first->field == second->field;
}

static GHashTable *
new_places (GDestroyNotify free_value)
{
  return g_hash_table_new_full (hash_place, are_places_equal, g_free, free_value);
}

static Place *
new_place (YejiRow            *row,
           const YejiFieldDef *field)
{
  Place *place = g_new (Place, 1);

  place->row = row;
  place->field = field;
  return place;
}

static gboolean
is_shown (YejiGridModel      *self,
          const YejiFieldDef *field)
{
  YejiRecord *record = yeji_draft_get_record (self->draft);

  if (!field->by_platform)
    return TRUE;
  for (guint i = 0; i < yeji_record_get_n_rows (record, self->table); i++)
    if (*yeji_row_get (yeji_record_get_row (record, self->table, i), field) != '\0')
      return TRUE;
  return FALSE;
}

static void
add_columns (YejiGridModel      *self,
             const YejiFieldDef *title,
             gboolean            inherits)
{
  for (guint i = 0; i < self->table->fields->len; i++)
    {
      const YejiFieldDef *field = g_ptr_array_index (self->table->fields, i);

      if (field != title && (field->inherits != NULL) == inherits && is_shown (self, field))
        g_ptr_array_add (self->columns, (gpointer) field);
    }
}

/* What names a row comes first, since it stays in sight when the rest is scrolled. What repeats the
 * project comes last: it is seldom typed. */
static void
find_columns (YejiGridModel *self)
{
  const YejiFieldDef *title = self->table->row_title->len > 0
                                ? g_ptr_array_index (self->table->row_title, 0) : NULL;

  if (title != NULL)
    g_ptr_array_add (self->columns, (gpointer) title);
  add_columns (self, title, FALSE);
  add_columns (self, title, TRUE);
}

static void
index_list (YejiGridModel *self,
            GListModel    *list,
            GHashTable    *places)
{
  guint n = g_list_model_get_n_items (list);

  g_hash_table_remove_all (places);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (YejiIssue) issue = g_list_model_get_item (list, i);
      YejiRow *row = yeji_issue_get_row (issue);
      const YejiFieldDef *field = yeji_issue_get_field (issue);
      Place place = { row, field };

      if (row != NULL && field != NULL && field->table == self->table
          && !g_hash_table_contains (places, &place))
        g_hash_table_insert (places, new_place (row, field), g_steal_pointer (&issue));
    }
}

static void
on_issues_changed (YejiGridModel *self)
{
  index_list (self, yeji_draft_get_issues (self->draft), self->issues);
  index_list (self, yeji_draft_get_points (self->draft), self->points);
  yeji_grid_source_tell_marks (self);
}

static void
tell_marks (YejiGridModel *self)
{
  yeji_grid_source_tell_marks (self);
}

/* Whether empty cells show what stands in that table. */
static gboolean
is_looked_at (YejiGridModel      *self,
              const YejiTableDef *table)
{
  for (guint i = 0; i < self->columns->len; i++)
    {
      const YejiFieldDef *field = g_ptr_array_index (self->columns, i);

      if ((field->inherits != NULL && field->inherits->table == table && table != self->table)
          || yeji_carry_looks_at (field, table))
        return TRUE;
    }
  return FALSE;
}

static void
on_value_changed (YejiGridModel      *self,
                  YejiRow            *row,
                  const YejiFieldDef *field)
{
  guint row_index, column;

  if (field->table == self->table
      && yeji_grid_model_find (self, row, field, &row_index, &column))
    yeji_grid_source_tell_cell (self, row_index, column);
  if (is_looked_at (self, field->table))
    tell_marks (self);
}

static void
on_rows_changed (YejiGridModel      *self,
                 const YejiTableDef *table)
{
  if (table == self->table)
    yeji_grid_source_tell_rows (self);
  else if (is_looked_at (self, table))
    tell_marks (self);
}

static void
yeji_grid_model_finalize (GObject *object)
{
  YejiGridModel *self = YEJI_GRID_MODEL (object);

  g_ptr_array_unref (self->columns);
  g_hash_table_unref (self->issues);
  g_hash_table_unref (self->points);
  g_hash_table_unref (self->visited);
  g_object_unref (self->draft);
  G_OBJECT_CLASS (yeji_grid_model_parent_class)->finalize (object);
}

static void
yeji_grid_model_class_init (YejiGridModelClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = yeji_grid_model_finalize;
}

static void
yeji_grid_model_init (YejiGridModel *self)
{
  self->columns = g_ptr_array_new ();
  self->issues = new_places (g_object_unref);
  self->points = new_places (g_object_unref);
  self->visited = new_places (NULL);
}

/**
 * yeji_grid_model_new:
 * @table: any but the root
 *
 * Returns: (transfer full): @table as a grid
 */
YejiGridModel *
yeji_grid_model_new (YejiDraft          *draft,
                     const YejiTableDef *table)
{
  YejiGridModel *self = g_object_new (YEJI_TYPE_GRID_MODEL, NULL);

  self->draft = g_object_ref (draft);
  self->table = table;
  find_columns (self);
  on_issues_changed (self);
  g_signal_connect_object (draft, "value-changed", G_CALLBACK (on_value_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (draft, "rows-changed", G_CALLBACK (on_rows_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (draft, "issues-changed", G_CALLBACK (on_issues_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (draft, "insisted", G_CALLBACK (tell_marks), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (draft, "entry-changed", G_CALLBACK (tell_marks), self,
                           G_CONNECT_SWAPPED);
  return self;
}

/**
 * yeji_grid_model_get_draft:
 *
 * Returns: (transfer none): whose table it is
 */
YejiDraft *
yeji_grid_model_get_draft (YejiGridModel *self)
{
  return self->draft;
}

/**
 * yeji_grid_model_get_table:
 *
 * Returns: (transfer none): the table
 */
const YejiTableDef *
yeji_grid_model_get_table (YejiGridModel *self)
{
  return self->table;
}

/**
 * yeji_grid_model_get_columns:
 *
 * Returns: (transfer none) (element-type YejiFieldDef): the fields, as they are shown
 */
GPtrArray *
yeji_grid_model_get_columns (YejiGridModel *self)
{
  return self->columns;
}

guint
yeji_grid_model_get_n_rows (YejiGridModel *self)
{
  return yeji_record_get_n_rows (yeji_draft_get_record (self->draft), self->table);
}

guint
yeji_grid_model_get_n_columns (YejiGridModel *self)
{
  return self->columns->len;
}

/**
 * yeji_grid_model_get_row:
 *
 * Returns: (transfer none): a row by its number
 */
YejiRow *
yeji_grid_model_get_row (YejiGridModel *self,
                         guint          row)
{
  return yeji_record_get_row (yeji_draft_get_record (self->draft), self->table, row);
}

/**
 * yeji_grid_model_get_field:
 *
 * Returns: (transfer none): the field of a column
 */
const YejiFieldDef *
yeji_grid_model_get_field (YejiGridModel *self,
                           guint          column)
{
  return g_ptr_array_index (self->columns, column);
}

/**
 * yeji_grid_model_find:
 * @field: (nullable): %NULL means the first column
 *
 * Returns: whether the cell is in the grid; its numbers are set then
 */
gboolean
yeji_grid_model_find (YejiGridModel      *self,
                      YejiRow            *row,
                      const YejiFieldDef *field,
                      guint              *row_index,
                      guint              *column)
{
  *column = 0;
  if (field != NULL && !g_ptr_array_find (self->columns, field, column))
    return FALSE;
  return yeji_record_find_row (yeji_draft_get_record (self->draft), self->table,
                               yeji_row_get_id (row), row_index) != NULL;
}

/**
 * yeji_grid_model_get_value:
 *
 * Returns: (transfer none): the value as typed
 */
const char *
yeji_grid_model_get_value (YejiGridModel *self,
                           guint          row,
                           guint          column)
{
  return yeji_row_get (yeji_grid_model_get_row (self, row), g_ptr_array_index (self->columns,
                                                                               column));
}

/**
 * yeji_grid_model_is_editable:
 *
 * Returns: whether a column may be typed into
 */
gboolean
yeji_grid_model_is_editable (YejiGridModel *self,
                             guint          column)
{
  const YejiFieldDef *field = g_ptr_array_index (self->columns, column);

  return !field->by_platform && yeji_draft_is_editable (self->draft);
}

static char *
get_offer (YejiGridModel *self,
           guint          row,
           guint          column)
{
  const YejiFieldDef *field = g_ptr_array_index (self->columns, column);
  g_autoptr (YejiCarried) offer = NULL;

  if (yeji_grid_model_is_editable (self, column))
    offer = yeji_draft_carry (self->draft, yeji_grid_model_get_row (self, row), field);
  return offer != NULL ? yeji_carried_to_value (offer, field) : NULL;
}

/**
 * yeji_grid_model_get_text:
 * @kind: (out): what the text is to the cell
 *
 * Returns: (transfer full): what the cell shows: a code's name, a personal number masked
 */
char *
yeji_grid_model_get_text (YejiGridModel    *self,
                          guint             row,
                          guint             column,
                          YejiGridTextKind *kind)
{
  const YejiFieldDef *field = g_ptr_array_index (self->columns, column);
  const char *value = yeji_grid_model_get_value (self, row, column);
  const YejiCode *code;
  char *offer;

  *kind = YEJI_GRID_TEXT_OWN;
  if (*value == '\0' && field->inherits == NULL)
    {
      offer = get_offer (self, row, column);
      if (offer != NULL)
        {
          *kind = YEJI_GRID_TEXT_OFFERED;
          return offer;
        }
    }
  if (*value == '\0' && field->inherits != NULL)
    {
      *kind = YEJI_GRID_TEXT_INHERITED;
      value = yeji_row_get (yeji_record_get_project (yeji_draft_get_record (self->draft)),
                            field->inherits);
    }
  code = field->codes != NULL ? yeji_code_list_find (field->codes, value) : NULL;
  return code != NULL ? g_strdup (code->name) : yeji_field_mask_value (field, value);
}

static gboolean
is_calm (YejiGridModel *self,
         const Place   *place)
{
  return !yeji_draft_insists (self->draft) && *yeji_row_get (place->row, place->field) == '\0'
         && !g_hash_table_contains (self->visited, place);
}

/**
 * yeji_grid_model_get_issue:
 *
 * Returns: (nullable) (transfer none): the gravest problem; what is only missing where nobody has
 *   been yet is none
 */
YejiIssue *
yeji_grid_model_get_issue (YejiGridModel *self,
                           guint          row,
                           guint          column)
{
  Place place = { yeji_grid_model_get_row (self, row), g_ptr_array_index (self->columns, column) };

  return is_calm (self, &place) ? NULL : g_hash_table_lookup (self->issues, &place);
}

/**
 * yeji_grid_model_get_point:
 *
 * Returns: (nullable) (transfer none): what the reviewer said
 */
YejiIssue *
yeji_grid_model_get_point (YejiGridModel *self,
                           guint          row,
                           guint          column)
{
  Place place = { yeji_grid_model_get_row (self, row), g_ptr_array_index (self->columns, column) };

  return g_hash_table_lookup (self->points, &place);
}

/**
 * yeji_grid_model_visit:
 *
 * Says that somebody has been in a cell: from now on it says what is missing.
 */
void
yeji_grid_model_visit (YejiGridModel *self,
                       guint          row,
                       guint          column)
{
  Place place = { yeji_grid_model_get_row (self, row), g_ptr_array_index (self->columns, column) };
  gboolean was_calm = is_calm (self, &place);

  if (!g_hash_table_contains (self->visited, &place))
    g_hash_table_add (self->visited, new_place (place.row, place.field));
  if (was_calm && g_hash_table_contains (self->issues, &place))
    yeji_grid_source_tell_cell (self, row, column);
}

/**
 * yeji_grid_model_describe:
 *
 * Returns: (transfer full): what a screen reader says of a cell: row, column, value, what is wrong
 */
char *
yeji_grid_model_describe (YejiGridModel *self,
                          guint          row,
                          guint          column)
{
  const YejiFieldDef *field = g_ptr_array_index (self->columns, column);
  YejiIssue *issue = yeji_grid_model_get_issue (self, row, column);
  YejiIssue *point = yeji_grid_model_get_point (self, row, column);
  YejiGridTextKind kind;
  g_autofree char *text = yeji_grid_model_get_text (self, row, column, &kind);
  GString *all = g_string_new (NULL);

  /* Translators: a cell of a table: the row's number, the column's name, and the value */
  g_string_append_printf (all, _("Row %u, %s: %s"), row + 1, yeji_label (&field->label),
                          *text != '\0' && kind != YEJI_GRID_TEXT_OFFERED ? text
                                                                          : C_("cell", "empty"));
  if (kind == YEJI_GRID_TEXT_OFFERED)
    {
      /* Translators: a value that stands elsewhere */
      g_autofree char *offered = g_strdup_printf (_("offered: %s, Alt+Enter takes it"), text);

      g_string_append_printf (all, ". %s", offered);
      *text = '\0';
    }
  if (*text != '\0' && field->unit != NULL)
    g_string_append_printf (all, " %s", field->unit);
  if (issue != NULL)
    g_string_append_printf (all, ". %s", yeji_issue_get_message (issue));
  if (point != NULL)
    {
      g_autofree char *comment = g_strdup_printf (_("Reviewer: %s"),
                                                  yeji_issue_get_message (point));

      g_string_append_printf (all, ". %s", comment);
    }
  return g_string_free (all, FALSE);
}

/* ---- As a source of a grid */

static const char *
get_label (YejiGridSource *source)
{
  return yeji_label (&YEJI_GRID_MODEL (source)->table->label);
}

static guint
count_rows (YejiGridSource *source)
{
  return yeji_grid_model_get_n_rows (YEJI_GRID_MODEL (source));
}

static guint
count_columns (YejiGridSource *source)
{
  return yeji_grid_model_get_n_columns (YEJI_GRID_MODEL (source));
}

static const char *
get_heading (YejiGridSource  *source,
             guint            column,
             const char     **unit)
{
  const YejiFieldDef *field = yeji_grid_model_get_field (YEJI_GRID_MODEL (source), column);

  *unit = field->unit;
  return yeji_label (&field->label);
}

static guint
get_number (YejiGridSource *source,
            guint           row)
{
  return row + 1;
}

static char *
get_text (YejiGridSource    *source,
          guint              row,
          guint              column,
          YejiGridCellFlags *flags)
{
  static const YejiGridCellFlags by_kind[] = {
    [YEJI_GRID_TEXT_OWN] = 0,
    [YEJI_GRID_TEXT_INHERITED] = YEJI_GRID_CELL_INHERITED,
    [YEJI_GRID_TEXT_OFFERED] = YEJI_GRID_CELL_OFFERED,
  };
  YejiGridTextKind kind;
  char *text = yeji_grid_model_get_text (YEJI_GRID_MODEL (source), row, column, &kind);

  *flags = by_kind[kind];
  return text;
}

static YejiGridCellFlags
get_marks (YejiGridSource *source,
           int             row,
           int             column)
{
  static const YejiGridCellFlags by_severity[] = {
    [YEJI_SEVERITY_HINT] = YEJI_GRID_CELL_HINT,
    [YEJI_SEVERITY_WARNING] = YEJI_GRID_CELL_WARNING,
    [YEJI_SEVERITY_ERROR] = YEJI_GRID_CELL_ERROR,
  };
  YejiGridModel *self = YEJI_GRID_MODEL (source);
  YejiGridCellFlags flags = 0;
  YejiIssue *issue;

  if (row < 0 || column < 0)
    return column < 0 ? YEJI_GRID_CELL_NUMERIC : 0;
  issue = yeji_grid_model_get_issue (self, (guint) row, (guint) column);
  if (issue != NULL && yeji_issue_get_reason (issue) == NULL)
    flags |= by_severity[yeji_issue_get_severity (issue)];
  if (yeji_grid_model_get_point (self, (guint) row, (guint) column) != NULL)
    flags |= YEJI_GRID_CELL_COMMENT;
  if (!yeji_grid_model_is_editable (self, (guint) column))
    flags |= YEJI_GRID_CELL_FIXED;
  if (yeji_grid_model_get_field (self, (guint) column)->kind == YEJI_FIELD_NUMBER)
    flags |= YEJI_GRID_CELL_NUMERIC;
  return flags;
}

static char *
describe (YejiGridSource *source,
          guint           row,
          guint           column)
{
  return yeji_grid_model_describe (YEJI_GRID_MODEL (source), row, column);
}

static void
implement_source (YejiGridSourceInterface *interface)
{
  interface->get_label = get_label;
  interface->get_n_rows = count_rows;
  interface->get_n_columns = count_columns;
  interface->get_heading = get_heading;
  interface->get_number = get_number;
  interface->get_text = get_text;
  interface->get_marks = get_marks;
  interface->describe = describe;
}
