// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-plan"

#include "config.h"

#include "yeji-plan.h"

typedef struct
{
  GArray *steps;               /* (element-type YejiStep), in the rules' order */
  YejiDependents on_value;
} FieldPlan;

struct _YejiPlan
{
  YejiDictionary *dictionary;
  FieldPlan **fields;          /* by table, by field */
  YejiDependents *on_rows;     /* by table */
  GPtrArray **asked;           /* by table, (element-type YejiFieldDef) */
  GArray *whole;               /* (element-type YejiWholeStep), in the rules' order */
};

/* Whether a rule that names no fields is about one. */
typedef gboolean (*AboutFunc) (const YejiRule     *rule,
                               const YejiFieldDef *field);

static gboolean
is_any (const YejiRule     *rule,
        const YejiFieldDef *field)
{
  return TRUE;
}

/* What is too long for a list that knows every code is no code: one word is enough. */
static gboolean
has_length (const YejiRule     *rule,
            const YejiFieldDef *field)
{
  return field->codes == NULL || field->codes->lenient;
}

static gboolean
can_be_mandatory (const YejiRule     *rule,
                  const YejiFieldDef *field)
{
  if (field->by_platform || field->inherits != NULL || field->assigned)
    return FALSE;
  return field->required == YEJI_REQUIRED_MANDATORY
         || (field->required == YEJI_REQUIRED_CONDITIONAL && field->required_when != NULL);
}

static gboolean
is_number (const YejiRule     *rule,
           const YejiFieldDef *field)
{
  return field->kind == YEJI_FIELD_NUMBER;
}

static gboolean
is_date (const YejiRule     *rule,
         const YejiFieldDef *field)
{
  return field->kind == YEJI_FIELD_DATE;
}

static gboolean
is_code (const YejiRule     *rule,
         const YejiFieldDef *field)
{
  return field->kind == YEJI_FIELD_CODE;
}

static gboolean
is_link (const YejiRule     *rule,
         const YejiFieldDef *field)
{
  return field->link != NULL;
}

static gboolean
has_format (const YejiRule     *rule,
            const YejiFieldDef *field)
{
  return field->format != NULL
         && (rule->formats->len == 0
             || g_ptr_array_find (rule->formats, field->format, NULL));
}

static gboolean
inherits (const YejiRule     *rule,
          const YejiFieldDef *field)
{
  return field->inherits != NULL;
}

/* What each kind of rule does: it looks at values, or at the whole record. */
static const struct
{
  YejiValueFunc value;
  AboutFunc about;
  YejiRecordFunc record;
  gboolean wide;               /* looks through the rows of a table for each row of another */
} kinds[N_YEJI_RULE_KINDS] = {
  [YEJI_RULE_MANDATORY] = { yeji_check_mandatory, can_be_mandatory },
  [YEJI_RULE_LENGTH] = { yeji_check_length, has_length },
  [YEJI_RULE_CHARACTERS] = { yeji_check_characters, is_any },
  [YEJI_RULE_NUMBER] = { yeji_check_number, is_number },
  [YEJI_RULE_DATE] = { yeji_check_date, is_date },
  [YEJI_RULE_CODE] = { yeji_check_code, is_code },
  [YEJI_RULE_LINK] = { yeji_check_link, is_link, .wide = TRUE },
  [YEJI_RULE_FORMAT] = { yeji_check_format, has_format },
  [YEJI_RULE_NOT_FUTURE] = { yeji_check_not_future, is_date },
  [YEJI_RULE_INHERIT] = { yeji_check_inherit, inherits },
  [YEJI_RULE_UNKNOWN] = { .record = yeji_check_unknown },
  [YEJI_RULE_ORDER] = { .record = yeji_check_agreement, .wide = TRUE },
  [YEJI_RULE_WITHIN] = { .record = yeji_check_agreement, .wide = TRUE },
  [YEJI_RULE_EQUAL] = { .record = yeji_check_agreement, .wide = TRUE },
  [YEJI_RULE_SUM] = { .record = yeji_check_sum, .wide = TRUE },
  [YEJI_RULE_BAND] = { .record = yeji_check_agreement, .wide = TRUE },
  [YEJI_RULE_PAIRS] = { .record = yeji_check_agreement, .wide = TRUE },
  [YEJI_RULE_SOME] = { .record = yeji_check_some },
  [YEJI_RULE_CONSISTENT] = { .record = yeji_check_consistent },
  [YEJI_RULE_PARENT] = { .record = yeji_check_agreement, .wide = TRUE },
  [YEJI_RULE_ROW_EXISTS] = { .record = yeji_check_row_exists },
  [YEJI_RULE_ROLE] = { .record = yeji_check_role },
  [YEJI_RULE_ROLE_TABLES] = { .record = yeji_check_role_tables },
  [YEJI_RULE_ROLE_DOCUMENTS] = { .record = yeji_check_role_documents },
  [YEJI_RULE_FLAWED_DOCUMENTS] = { .record = yeji_check_flawed_documents },
  [YEJI_RULE_UNIQUE] = { .record = yeji_check_unique },
  [YEJI_RULE_ROWS] = { .record = yeji_check_rows },
  [YEJI_RULE_DECLARED] = { yeji_check_declared, is_any },
};

static FieldPlan *
get_field_plan (const YejiPlan     *self,
                const YejiFieldDef *field)
{
  return &self->fields[field->table->index][field->index];
}

static void
init_dependents (YejiDependents *dependents)
{
  dependents->same_row = g_ptr_array_new ();
  dependents->every_row = g_ptr_array_new ();
  dependents->whole = g_array_new (FALSE, FALSE, sizeof (guint));
}

static void
clear_dependents (YejiDependents *dependents)
{
  g_ptr_array_unref (dependents->same_row);
  g_ptr_array_unref (dependents->every_row);
  g_array_unref (dependents->whole);
}

static void
add_field (GPtrArray          *fields,
           const YejiFieldDef *field)
{
  if (!g_ptr_array_find (fields, field, NULL))
    g_ptr_array_add (fields, (gpointer) field);
}

static void
add_whole (YejiDependents *dependents,
           guint           position)
{
  GArray *whole = dependents->whole;

  if (whole->len == 0 || g_array_index (whole, guint, whole->len - 1) != position)
    g_array_append_val (whole, position);
}

/* Who looks: the values of a field, or (field is NULL) a whole step. */
typedef struct
{
  YejiPlan *plan;
  const YejiFieldDef *field;   /* (nullable) */
  guint position;
} Looker;

/* The looker looks at the rows of @table: at how many there are, and in which order. */
static void
look_at_rows (const Looker       *looker,
              const YejiTableDef *table)
{
  YejiDependents *dependents = &looker->plan->on_rows[table->index];

  if (looker->field != NULL)
    add_field (dependents->every_row, looker->field);
  else
    add_whole (dependents, looker->position);
}

/* The looker looks at the value of @field, in its own row where it has one in that table. An empty
 * value may be the project's. */
static void
look_at_value (const Looker       *looker,
               const YejiFieldDef *field)
{
  YejiDependents *dependents = &get_field_plan (looker->plan, field)->on_value;

  if (looker->field == NULL)
    add_whole (dependents, looker->position);
  else if (field->table == looker->field->table)
    add_field (dependents->same_row, looker->field);
  else
    add_field (dependents->every_row, looker->field);
  if (field->inherits == NULL)
    return;
  dependents = &get_field_plan (looker->plan, field->inherits)->on_value;
  if (looker->field != NULL)
    add_field (dependents->every_row, looker->field);
  else
    add_whole (dependents, looker->position);
}

static void
look_in_every_row (const YejiCondition *test,
                   gpointer             data)
{
  const Looker *looker = data;

  if (test->field != NULL && looker->field != NULL)
    add_field (get_field_plan (looker->plan, test->field)->on_value.every_row, looker->field);
}

static void
look_at_test (const YejiCondition *test,
              gpointer             data)
{
  const Looker *looker = data;

  if (test->field != NULL)
    look_at_value (looker, test->field);
  if (test->kind == YEJI_CONDITION_ROWS)
    {
      look_at_rows (looker, test->table);
      yeji_condition_each (test, look_in_every_row, data);
    }
}

static void
look_at_condition (const Looker        *looker,
                   const YejiCondition *condition)
{
  yeji_condition_each (condition, look_at_test, (gpointer) looker);
}

static void
plan_value (YejiPlan           *self,
            const YejiRule     *rule,
            guint               order,
            const YejiFieldDef *field)
{
  Looker looker = { self, field, 0 };
  YejiStep step = { rule, order, kinds[rule->kind].value, rule->kind == YEJI_RULE_MANDATORY,
                    kinds[rule->kind].wide };

  g_array_append_val (get_field_plan (self, field)->steps, step);
  if (rule->kind == YEJI_RULE_MANDATORY)
    add_field (self->asked[field->table->index], field);
  look_at_value (&looker, field);
  look_at_condition (&looker, rule->when);
  if (rule->kind == YEJI_RULE_MANDATORY && rule->fields->len == 0)
    look_at_condition (&looker, field->required_when);
  if (rule->kind == YEJI_RULE_INHERIT)
    look_at_value (&looker, field->inherits);
  if (rule->kind == YEJI_RULE_LINK)
    {
      look_at_value (&looker, field->link);
      look_at_rows (&looker, field->link->table);
    }
}

static void
plan_values (YejiPlan       *self,
             const YejiRule *rule,
             guint           order,
             GHashTable     *claimed)
{
  GPtrArray *tables = yeji_dictionary_get_tables (self->dictionary);

  for (guint i = 0; i < rule->fields->len; i++)
    plan_value (self, rule, order, g_ptr_array_index (rule->fields, i));
  for (guint i = 0; rule->fields->len == 0 && i < tables->len; i++)
    {
      const YejiTableDef *table = g_ptr_array_index (tables, i);

      for (guint j = 0; j < table->fields->len; j++)
        {
          const YejiFieldDef *field = g_ptr_array_index (table->fields, j);

          if (kinds[rule->kind].about (rule, field)
              && !(rule->kind == YEJI_RULE_MANDATORY && g_hash_table_contains (claimed, field)))
            plan_value (self, rule, order, field);
        }
    }
}

/* Which tables a rule that names none looks at. */
static void
look_at_everything (const Looker   *looker,
                    const YejiRule *rule)
{
  GPtrArray *tables = yeji_dictionary_get_tables (looker->plan->dictionary);
  GPtrArray *slots = yeji_dictionary_get_slots (looker->plan->dictionary);

  for (guint i = 0; i < tables->len; i++)
    if (rule->kind == YEJI_RULE_UNKNOWN || rule->kind == YEJI_RULE_ROLE_TABLES
        || rule->kind == YEJI_RULE_ROWS)
      look_at_rows (looker, g_ptr_array_index (tables, i));
  for (guint i = 0; rule->kind == YEJI_RULE_ROLE_DOCUMENTS && i < slots->len; i++)
    look_at_condition (looker, ((const YejiSlot *) g_ptr_array_index (slots, i))->when);
}

static void
plan_whole (YejiPlan       *self,
            const YejiRule *rule,
            guint           order)
{
  YejiWholeStep step = { rule, order, kinds[rule->kind].record, kinds[rule->kind].wide };
  Looker looker = { self, NULL, self->whole->len };

  g_array_append_val (self->whole, step);
  for (guint i = 0; i < rule->fields->len; i++)
    {
      const YejiFieldDef *field = g_ptr_array_index (rule->fields, i);

      look_at_value (&looker, field);
      look_at_rows (&looker, field->table);
    }
  for (guint i = 0; rule->via[0] != NULL && i < G_N_ELEMENTS (rule->via); i++)
    look_at_value (&looker, rule->via[i]);
  look_at_condition (&looker, rule->when);
  look_at_condition (&looker, rule->where);
  look_at_condition (&looker, rule->for_when);
  if (rule->table != NULL)
    look_at_rows (&looker, rule->table);
  if (rule->for_table != NULL)
    look_at_rows (&looker, rule->for_table);
  look_at_everything (&looker, rule);
}

static void
clear_step_array (gpointer data)
{
  g_array_unref (data);
}

/* Fields for which a rule of their own says that they are mandatory. */
static GHashTable *
list_claimed (GPtrArray *rules)
{
  GHashTable *claimed = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < rules->len; i++)
    {
      const YejiRule *rule = g_ptr_array_index (rules, i);

      for (guint j = 0; rule->kind == YEJI_RULE_MANDATORY && j < rule->fields->len; j++)
        if (rule->severity == YEJI_SEVERITY_ERROR)
          g_hash_table_add (claimed, g_ptr_array_index (rule->fields, j));
    }
  return claimed;
}

YejiPlan *
yeji_plan_new (YejiDictionary *dictionary)
{
  YejiPlan *self = g_new0 (YejiPlan, 1);
  GPtrArray *tables = yeji_dictionary_get_tables (dictionary);
  GPtrArray *rules = yeji_dictionary_get_rules (dictionary);
  g_autoptr (GHashTable) claimed = list_claimed (rules);

  self->dictionary = g_object_ref (dictionary);
  self->whole = g_array_new (FALSE, FALSE, sizeof (YejiWholeStep));
  self->fields = g_new (FieldPlan *, tables->len);
  self->on_rows = g_new (YejiDependents, tables->len);
  self->asked = g_new (GPtrArray *, tables->len);
  for (guint i = 0; i < tables->len; i++)
    {
      const YejiTableDef *table = g_ptr_array_index (tables, i);

      init_dependents (&self->on_rows[i]);
      self->asked[i] = g_ptr_array_new ();
      self->fields[i] = g_new (FieldPlan, table->fields->len);
      for (guint j = 0; j < table->fields->len; j++)
        {
          self->fields[i][j].steps = g_array_new (FALSE, FALSE, sizeof (YejiStep));
          init_dependents (&self->fields[i][j].on_value);
        }
    }

  for (guint i = 0; i < rules->len; i++)
    {
      const YejiRule *rule = g_ptr_array_index (rules, i);

      if (kinds[rule->kind].value != NULL)
        plan_values (self, rule, i, claimed);
      else
        plan_whole (self, rule, i);
    }
  return self;
}

void
yeji_plan_free (YejiPlan *self)
{
  GPtrArray *tables = yeji_dictionary_get_tables (self->dictionary);

  for (guint i = 0; i < tables->len; i++)
    {
      const YejiTableDef *table = g_ptr_array_index (tables, i);

      for (guint j = 0; j < table->fields->len; j++)
        {
          clear_step_array (self->fields[i][j].steps);
          clear_dependents (&self->fields[i][j].on_value);
        }
      g_free (self->fields[i]);
      clear_dependents (&self->on_rows[i]);
      g_ptr_array_unref (self->asked[i]);
    }
  g_free (self->fields);
  g_free (self->on_rows);
  g_free (self->asked);
  g_array_unref (self->whole);
  g_object_unref (self->dictionary);
  g_free (self);
}

/**
 * yeji_plan_get_steps:
 *
 * Returns: (transfer none) (element-type YejiStep): the rules that look at the values of @field
 */
GArray *
yeji_plan_get_steps (const YejiPlan     *self,
                     const YejiFieldDef *field)
{
  return get_field_plan (self, field)->steps;
}

/**
 * yeji_plan_get_asked:
 *
 * Returns: (transfer none) (element-type YejiFieldDef): the fields of @table that a rule may say to
 *   be mandatory
 */
GPtrArray *
yeji_plan_get_asked (const YejiPlan     *self,
                     const YejiTableDef *table)
{
  return self->asked[table->index];
}

/**
 * yeji_plan_get_whole:
 *
 * Returns: (transfer none) (element-type YejiWholeStep): the rules that look at the whole record
 */
GArray *
yeji_plan_get_whole (const YejiPlan *self)
{
  return self->whole;
}

const YejiDependents *
yeji_plan_on_value (const YejiPlan     *self,
                    const YejiFieldDef *field)
{
  return &get_field_plan (self, field)->on_value;
}

/**
 * yeji_plan_on_rows:
 *
 * Returns: (transfer none): what depends on which rows @table has, besides those rows themselves
 */
const YejiDependents *
yeji_plan_on_rows (const YejiPlan     *self,
                   const YejiTableDef *table)
{
  return &self->on_rows[table->index];
}

/**
 * yeji_plan_check_value:
 *
 * Lets every rule that is about @field look at its value in @row.
 */
void
yeji_plan_check_value (const YejiPlan     *self,
                       YejiCheck          *check,
                       YejiRow            *row,
                       guint               index,
                       const YejiFieldDef *field)
{
  GArray *steps = get_field_plan (self, field)->steps;
  YejiVisit at = { row, index, field, yeji_check_value (check, row, field) };
  gboolean empty = *at.value == '\0';

  /* What a row has from the project is looked at there. */
  if (!empty && at.value != yeji_row_get (row, field))
    return;
  for (guint i = 0; i < steps->len; i++)
    {
      const YejiStep *step = &g_array_index (steps, YejiStep, i);

      if (step->on_empty != empty || (step->wide && check->oversize)
          || !yeji_check_concerns (check, step->rule)
          || !yeji_check_applies (check, step->rule, row))
        continue;
      check->order = step->order;
      step->func (check, step->rule, &at);
    }
}

/**
 * yeji_plan_check_whole:
 * @position: of the step among the whole steps
 *
 * Lets one rule look at the record.
 */
void
yeji_plan_check_whole (const YejiPlan *self,
                       YejiCheck      *check,
                       guint           position)
{
  const YejiWholeStep *step = &g_array_index (self->whole, YejiWholeStep, position);

  if ((step->wide && check->oversize) || !yeji_check_concerns (check, step->rule))
    return;
  check->order = step->order;
  step->func (check, step->rule);
}
