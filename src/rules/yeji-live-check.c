// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-live-check"

#include "config.h"

#include "yeji-live-check.h"

#include "yeji-check.h"
#include "yeji-validator-private.h"

/**
 * YejiLiveCheck:
 *
 * The problems of a record while it is being edited. It listens to the record, remembers what each
 * look at a value or at the whole found, and looks again only at what a change can have touched.
 * The result is always that of yeji_validator_check(). Not thread-safe, as the record is not.
 */
struct _YejiLiveCheck
{
  GObject parent_instance;

  YejiValidator *validator;
  YejiRecord *record;
  GHashTable *rows;            /* YejiRow -> RowState */
  GArray **whole;              /* (element-type YejiFound), by whole step */
  gboolean *whole_due;
  gboolean all_due;            /* everything, as on the first run */
  char *today;                 /* (nullable): of the last run */
  GStrv slots;                 /* (nullable): of the last run */
  YejiDeclared *declared;      /* (nullable) */
  guint64 known;               /* its generation in the last run */
  gboolean oversize;           /* in the last run */
  guint n_looks;
};

typedef struct
{
  guint n_fields;
  GArray **found;              /* (nullable elements) (element-type YejiFound), by field */
  gboolean *due;
  gboolean any_due;
  gboolean seen;               /* in the run that is at work; rows that are not are gone */
} RowState;

G_DEFINE_FINAL_TYPE (YejiLiveCheck, yeji_live_check, G_TYPE_OBJECT)

static GArray *
new_found (void)
{
  GArray *found = g_array_new (FALSE, FALSE, sizeof (YejiFound));

  g_array_set_clear_func (found, (GDestroyNotify) yeji_found_clear);
  return found;
}

static void
free_row_state (gpointer data)
{
  RowState *state = data;

  for (guint i = 0; i < state->n_fields; i++)
    g_clear_pointer (&state->found[i], g_array_unref);
  g_free (state->found);
  g_free (state->due);
  g_free (state);
}

/* A row that is new to us is due with all its fields. */
static RowState *
get_row_state (YejiLiveCheck *self,
               YejiRow       *row)
{
  RowState *state = g_hash_table_lookup (self->rows, row);

  if (state == NULL)
    {
      state = g_new0 (RowState, 1);
      state->n_fields = yeji_row_get_table (row)->fields->len;
      state->found = g_new0 (GArray *, state->n_fields);
      state->due = g_new (gboolean, state->n_fields);
      for (guint i = 0; i < state->n_fields; i++)
        state->due[i] = TRUE;
      state->any_due = TRUE;
      g_hash_table_insert (self->rows, g_object_ref (row), state);
    }
  return state;
}

static void
mark_value (YejiLiveCheck      *self,
            YejiRow            *row,
            const YejiFieldDef *field)
{
  RowState *state = get_row_state (self, row);

  state->due[field->index] = TRUE;
  state->any_due = TRUE;
}

static void
mark_row (YejiLiveCheck *self,
          YejiRow       *row)
{
  RowState *state = get_row_state (self, row);

  for (guint i = 0; i < state->n_fields; i++)
    state->due[i] = TRUE;
  state->any_due = TRUE;
}

static void
mark_dependents (YejiLiveCheck        *self,
                 const YejiDependents *dependents,
                 YejiRow              *row)
{
  for (guint i = 0; row != NULL && i < dependents->same_row->len; i++)
    mark_value (self, row, g_ptr_array_index (dependents->same_row, i));
  for (guint i = 0; i < dependents->every_row->len; i++)
    {
      const YejiFieldDef *field = g_ptr_array_index (dependents->every_row, i);

      for (guint j = 0; j < yeji_record_get_n_rows (self->record, field->table); j++)
        mark_value (self, yeji_record_get_row (self->record, field->table, j), field);
    }
  for (guint i = 0; i < dependents->whole->len; i++)
    self->whole_due[g_array_index (dependents->whole, guint, i)] = TRUE;
}

static void
on_value_changed (YejiRecord         *record,
                  YejiRow            *row,
                  const YejiFieldDef *field,
                  YejiLiveCheck      *self)
{
  const YejiPlan *plan = yeji_validator_get_plan (self->validator);

  if (!self->all_due)
    mark_dependents (self, yeji_plan_on_value (plan, field), row);
}

/* Pointers and messages name a row by its position, so that all rows of the table are due. The role
 * is told as a change of the root table. */
static void
on_rows_changed (YejiRecord         *record,
                 const YejiTableDef *table,
                 YejiLiveCheck      *self)
{
  const YejiPlan *plan = yeji_validator_get_plan (self->validator);

  if (table->index == 0)
    self->all_due = TRUE;
  if (self->all_due)
    return;
  for (guint i = 0; i < yeji_record_get_n_rows (record, table); i++)
    mark_row (self, yeji_record_get_row (record, table, i));
  mark_dependents (self, yeji_plan_on_rows (plan, table), NULL);
}

static void
yeji_live_check_dispose (GObject *object)
{
  YejiLiveCheck *self = YEJI_LIVE_CHECK (object);

  if (self->record != NULL)
    g_signal_handlers_disconnect_by_data (self->record, self);
  g_clear_object (&self->record);
  G_OBJECT_CLASS (yeji_live_check_parent_class)->dispose (object);
}

static void
yeji_live_check_finalize (GObject *object)
{
  YejiLiveCheck *self = YEJI_LIVE_CHECK (object);
  guint n_whole = yeji_plan_get_whole (yeji_validator_get_plan (self->validator))->len;

  for (guint i = 0; i < n_whole; i++)
    g_array_unref (self->whole[i]);
  g_free (self->whole);
  g_free (self->whole_due);
  g_hash_table_unref (self->rows);
  g_object_unref (self->validator);
  g_free (self->today);
  g_strfreev (self->slots);
  g_clear_object (&self->declared);
  G_OBJECT_CLASS (yeji_live_check_parent_class)->finalize (object);
}

static void
yeji_live_check_class_init (YejiLiveCheckClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = yeji_live_check_dispose;
  G_OBJECT_CLASS (klass)->finalize = yeji_live_check_finalize;
}

static void
yeji_live_check_init (YejiLiveCheck *self)
{
  self->rows = g_hash_table_new_full (NULL, NULL, g_object_unref, free_row_state);
  self->all_due = TRUE;
}

/**
 * yeji_live_check_new:
 * @record: a record of the validator's dictionary
 *
 * Returns: (transfer full): a check that follows @record
 */
YejiLiveCheck *
yeji_live_check_new (YejiValidator *validator,
                     YejiRecord    *record)
{
  YejiLiveCheck *self;
  guint n_whole;

  g_return_val_if_fail (YEJI_IS_VALIDATOR (validator), NULL);
  g_return_val_if_fail (yeji_record_get_dictionary (record)
                        == yeji_validator_get_dictionary (validator), NULL);

  self = g_object_new (YEJI_TYPE_LIVE_CHECK, NULL);
  self->validator = g_object_ref (validator);
  self->record = g_object_ref (record);
  n_whole = yeji_plan_get_whole (yeji_validator_get_plan (validator))->len;
  self->whole = g_new (GArray *, n_whole);
  self->whole_due = g_new0 (gboolean, n_whole);
  for (guint i = 0; i < n_whole; i++)
    self->whole[i] = new_found ();
  g_signal_connect (record, "value-changed", G_CALLBACK (on_value_changed), self);
  g_signal_connect (record, "rows-changed", G_CALLBACK (on_rows_changed), self);
  return self;
}

static void
look_at_row (YejiLiveCheck *self,
             YejiCheck     *check,
             YejiRow       *row,
             guint          index,
             RowState      *state)
{
  const YejiPlan *plan = yeji_validator_get_plan (self->validator);
  GPtrArray *fields = yeji_row_get_table (row)->fields;

  for (guint i = 0; i < state->n_fields; i++)
    {
      if (!state->due[i])
        continue;
      state->due[i] = FALSE;
      if (state->found[i] == NULL)
        state->found[i] = new_found ();
      else
        g_array_set_size (state->found[i], 0);
      check->found = state->found[i];
      yeji_plan_check_value (plan, check, row, index, g_ptr_array_index (fields, i));
      if (state->found[i]->len == 0)
        g_clear_pointer (&state->found[i], g_array_unref);
      self->n_looks++;
    }
  state->any_due = FALSE;
}

static void
look_at_rows (YejiLiveCheck *self,
              YejiCheck     *check)
{
  GPtrArray *tables = yeji_dictionary_get_tables (check->dictionary);

  for (guint i = 0; i < tables->len; i++)
    {
      const YejiTableDef *table = g_ptr_array_index (tables, i);

      for (guint j = 0; j < yeji_record_get_n_rows (self->record, table); j++)
        {
          YejiRow *row = yeji_record_get_row (self->record, table, j);
          RowState *state = get_row_state (self, row);

          if (self->all_due)
            mark_row (self, row);
          if (state->any_due)
            look_at_row (self, check, row, j, state);
          state->seen = TRUE;
        }
    }
}

static void
look_at_whole (YejiLiveCheck *self,
               YejiCheck     *check)
{
  const YejiPlan *plan = yeji_validator_get_plan (self->validator);

  for (guint i = 0; i < yeji_plan_get_whole (plan)->len; i++)
    {
      if (!self->whole_due[i] && !self->all_due)
        continue;
      self->whole_due[i] = FALSE;
      g_array_set_size (self->whole[i], 0);
      check->found = self->whole[i];
      yeji_plan_check_whole (plan, check, i);
      self->n_looks++;
    }
}

static void
append_found (GArray       *all,
              const GArray *found)
{
  for (guint i = 0; found != NULL && i < found->len; i++)
    {
      YejiFound copy = g_array_index (found, YejiFound, i);

      g_object_ref (copy.problem);
      g_array_append_val (all, copy);
    }
}

/* Gathers everything that was ever found and still holds; forgets rows that are gone. */
static void
gather (YejiLiveCheck *self,
        GArray        *all)
{
  guint n_whole = yeji_plan_get_whole (yeji_validator_get_plan (self->validator))->len;
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      RowState *state = value;

      if (!state->seen)
        {
          g_hash_table_iter_remove (&iter);
          continue;
        }
      state->seen = FALSE;
      for (guint i = 0; i < state->n_fields; i++)
        append_found (all, state->found[i]);
    }
  for (guint i = 0; i < n_whole; i++)
    append_found (all, self->whole[i]);
}

static gboolean
same_slots (GStrv               a,
            const char * const *b)
{
  if (a == NULL || b == NULL)
    return (a == NULL) == (b == NULL);
  return g_strv_equal ((const char * const *) a, b);
}

/**
 * yeji_live_check_set_declared:
 * @declared: (nullable): what other systems have
 *
 * Says against what the record is checked, from the next run on. What @declared learns is told then
 * too.
 */
void
yeji_live_check_set_declared (YejiLiveCheck *self,
                              YejiDeclared  *declared)
{
  g_return_if_fail (YEJI_IS_LIVE_CHECK (self));

  if (g_set_object (&self->declared, declared))
    self->all_due = TRUE;
}

/* What was learnt meanwhile is about few fields. */
static void
mark_declared (YejiLiveCheck *self)
{
  GPtrArray *rules
    = yeji_dictionary_get_rules (yeji_validator_get_dictionary (self->validator));
  guint64 known = self->declared != NULL ? yeji_declared_get_generation (self->declared) : 0;

  if (known == self->known)
    return;
  self->known = known;
  for (guint i = 0; !self->all_due && i < rules->len; i++)
    {
      const YejiRule *rule = g_ptr_array_index (rules, i);

      for (guint j = 0; rule->kind == YEJI_RULE_DECLARED && j < rule->fields->len; j++)
        {
          const YejiFieldDef *field = g_ptr_array_index (rule->fields, j);

          for (guint k = 0; k < yeji_record_get_n_rows (self->record, field->table); k++)
            mark_value (self, yeji_record_get_row (self->record, field->table, k), field);
        }
    }
}

/**
 * yeji_live_check_run:
 * @today: the day, YYYY-MM-DD
 * @slots: (nullable): the ids of the slots that have a document
 *
 * Looks again at what may have changed since the last run.
 *
 * Returns: (transfer full) (element-type YejiProblem): what yeji_validator_check_against() would say; a
 * problem that was there before is the same object, unless a reason was given for it meanwhile
 */
GPtrArray *
yeji_live_check_run (YejiLiveCheck      *self,
                     const char         *today,
                     const char * const *slots)
{
  g_autoptr (GArray) all = new_found ();
  YejiCheck check;

  g_return_val_if_fail (YEJI_IS_LIVE_CHECK (self), NULL);
  if (!yeji_check_begin (&check, self->record, yeji_validator_get_language (self->validator),
                         today, slots, all))
    g_return_val_if_reached (NULL);
  check.declared = self->declared;

  if (g_strcmp0 (self->today, today) != 0 || !same_slots (self->slots, slots)
      || self->oversize != check.oversize)
    self->all_due = TRUE;
  self->oversize = check.oversize;
  g_free (self->today);
  self->today = g_strdup (today);
  g_strfreev (self->slots);
  self->slots = g_strdupv ((GStrv) slots);

  self->n_looks = 0;
  mark_declared (self);
  look_at_rows (self, &check);
  look_at_whole (self, &check);
  self->all_due = FALSE;
  check.found = all;
  gather (self, all);
  return yeji_check_collect (&check);
}

/**
 * yeji_live_check_get_n_looks:
 *
 * Returns: how many values and whole rules the last run looked at
 */
guint
yeji_live_check_get_n_looks (YejiLiveCheck *self)
{
  return self->n_looks;
}
