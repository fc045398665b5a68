// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-check"

#include "config.h"

#include "yeji-check.h"

#include "yeji-mask.h"
#include "yeji-value.h"

#include <string.h>

/**
 * yeji_check_begin:
 * @today: the day, YYYY-MM-DD
 * @slots: (nullable): the ids of the slots that have a document
 * @found: (element-type YejiFound): where the problems go
 *
 * Returns: %FALSE if @today is no day
 */
gboolean
yeji_check_begin (YejiCheck          *check,
                  YejiRecord         *record,
                  YejiLanguage        language,
                  const char         *today,
                  const char * const *slots,
                  GArray             *found)
{
  YejiDictionary *dictionary = yeji_record_get_dictionary (record);
  GPtrArray *tables = yeji_dictionary_get_tables (dictionary);
  const YejiLimits *limits = yeji_dictionary_get_limits (dictionary);

  *check = (YejiCheck) {
    .dictionary = dictionary,
    .record = record,
    .language = language,
    .slots = slots,
    .role = yeji_dictionary_find_role (dictionary, yeji_record_get_role (record)),
    .found = found,
  };
  for (guint i = 0; i < tables->len; i++)
    if (yeji_record_get_n_rows (record, g_ptr_array_index (tables, i)) > limits->rows)
      check->oversize = TRUE;
  return yeji_date_parse (today, &check->today);
}

/**
 * yeji_check_value:
 *
 * Returns: (not nullable): what receivers see of a value
 */
const char *
yeji_check_value (YejiCheck          *check,
                  YejiRow            *row,
                  const YejiFieldDef *field)
{
  return yeji_record_get_effective (check->record, row, field);
}

/**
 * yeji_check_concerns:
 *
 * Returns: whether the rule is for the record's role
 */
gboolean
yeji_check_concerns (YejiCheck      *check,
                     const YejiRule *rule)
{
  return rule->roles == NULL || g_ptr_array_find (rule->roles, check->role, NULL);
}

/**
 * yeji_check_applies:
 *
 * Returns: whether the rule's condition holds for @row, or it has none
 */
gboolean
yeji_check_applies (YejiCheck      *check,
                    const YejiRule *rule,
                    YejiRow        *row)
{
  return rule->when == NULL || yeji_condition_holds (rule->when, check->record, row);
}

/**
 * yeji_check_display:
 *
 * Returns: (transfer full): a value for a message; a code with its name
 */
char *
yeji_check_display (const YejiFieldDef *field,
                    const char         *value)
{
  const YejiCode *code = field->codes != NULL ? yeji_code_list_find (field->codes, value) : NULL;

  return code != NULL ? g_strdup_printf ("%s %s", code->code, code->name) : g_strdup (value);
}

static const char *
find_word (const YejiMessageWords *words,
           const char             *table,
           const char             *row,
           const char             *name,
           gsize                   length)
{
  const struct
  {
    const char *name;
    const char *word;
  } known[] = {
    { "label", words->label },
    { "value", words->value },
    { "other", words->other },
    { "other_value", words->other_value },
    { "limit", words->limit },
    { "table", table },
    { "row", row },
  };

  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    if (strlen (known[i].name) == length && strncmp (known[i].name, name, length) == 0)
      return known[i].word != NULL ? known[i].word : "";
  return NULL;
}

/* Braces that name nothing stay as they are. A value cannot smuggle in a placeholder: what was
 * filled in is not looked at again. */
static char *
format_message (const char             *template,
                const YejiMessageWords *words,
                const char             *table,
                const char             *row)
{
  GString *message = g_string_new (NULL);

  while (*template != '\0')
    {
      const char *end = *template == '{' ? strchr (template, '}') : NULL;
      const char *word = end != NULL
        ? find_word (words, table, row, template + 1, (gsize) (end - template - 1)) : NULL;

      if (word != NULL)
        {
          g_string_append (message, word);
          template = end + 1;
        }
      else
        {
          g_string_append_c (message, *template++);
        }
    }
  return g_string_free (message, FALSE);
}

/**
 * yeji_check_is_excused:
 *
 * Returns: whether a document says why: the change of a manager is no slip where the paper of the
 * change is there
 */
gboolean
yeji_check_is_excused (YejiCheck      *check,
                       const YejiRule *rule)
{
  return rule->document != NULL && check->slots != NULL
         && g_strv_contains (check->slots, rule->document->id);
}

/* Messages go into logs, refusals and onto screens that others see: no personal number is in one.
 * */
static char *
mask_word (const YejiFieldDef *field,
           const YejiFieldDef *other,
           const char         *word)
{
  gboolean personal = (field != NULL && field->personal != YEJI_PERSONAL_NO)
                      || (other != NULL && other->personal != YEJI_PERSONAL_NO);

  return personal && word != NULL ? yeji_mask (word) : g_strdup (word);
}

static void
add_problem (YejiCheck              *check,
             const YejiRule         *rule,
             const YejiFound        *place,
             const char             *pointer,
             const YejiMessageWords *words)
{
  g_autofree char *row = g_strdup_printf ("%u", place->index + 1);
  g_autofree char *value = mask_word (place->field, NULL, words->value);
  g_autofree char *other_value = mask_word (place->field, words->other_field,
                                            words->other_value);
  g_autofree char *message = NULL;
  YejiMessageWords shown = *words;
  YejiSeverity severity = rule->severity;
  YejiFound found = *place;

  if (yeji_check_is_excused (check, rule))
    return;
  /* Of a list that may be incomplete nobody can say for sure that a code is wrong. */
  if (rule->kind == YEJI_RULE_CODE && place->field != NULL && place->field->codes->lenient)
    severity = MIN (severity, YEJI_SEVERITY_WARNING);
  shown.value = value;
  shown.other_value = other_value;
  message = format_message (yeji_text_get (&rule->message, check->language), &shown,
                            place->table != NULL
                              ? yeji_text_get (&place->table->label, check->language) : "",
                            row);
  found.order = check->order;
  found.problem = yeji_problem_new (rule->id, severity, pointer, message);
  yeji_problem_set_subject (found.problem, words->value, words->other_value);
  yeji_problem_set_incomplete (found.problem, rule->incomplete);
  g_array_append_val (check->found, found);
}

/**
 * yeji_check_report_at:
 * @table: (nullable): the table, for the message and for the order
 * @index: the row's position, for the same
 * @pointer: where the problem is
 *
 * Adds a problem at a place that is no field.
 */
void
yeji_check_report_at (YejiCheck              *check,
                      const YejiRule         *rule,
                      const YejiTableDef     *table,
                      guint                   index,
                      const char             *pointer,
                      const YejiMessageWords *words)
{
  add_problem (check, rule, &(YejiFound) { .table = table, .index = index }, pointer, words);
}

/**
 * yeji_check_report:
 * @row: (nullable): %NULL points at the table
 * @field: (nullable): %NULL points at the row
 * @words: (nullable): what differs from the field's label and value
 *
 * Adds a problem.
 */
void
yeji_check_report (YejiCheck              *check,
                   const YejiRule         *rule,
                   const YejiTableDef     *table,
                   YejiRow                *row,
                   guint                   index,
                   const YejiFieldDef     *field,
                   const YejiMessageWords *words)
{
  g_autofree char *pointer = yeji_record_get_pointer (check->record, table, row, field);
  g_autofree char *value = NULL;
  YejiMessageWords all = { 0 };

  if (words != NULL)
    all = *words;
  if (field != NULL)
    {
      value = yeji_check_display (field, yeji_check_value (check, row, field));
      all.label = yeji_text_get (&field->label, check->language);
      if (all.value == NULL)
        all.value = value;
    }
  add_problem (check, rule, &(YejiFound) { table, row, index, field }, pointer, &all);
}

/**
 * yeji_check_report_value:
 * @words: (nullable): as for yeji_check_report()
 *
 * Adds a problem of the value that is being looked at.
 */
void
yeji_check_report_value (YejiCheck              *check,
                         const YejiRule         *rule,
                         const YejiVisit        *at,
                         const YejiMessageWords *words)
{
  yeji_check_report (check, rule, at->field->table, at->row, at->index, at->field, words);
}

static guint
rank_field (const YejiFound *found)
{
  return found->field != NULL ? found->field->index + 1 : 0;
}

/* The form's order: an officer reads a record from the top; what concerns the whole comes last.
 * Nothing is left to chance, so that a re-check gives the list of a whole check. */
static int
compare_found (gconstpointer a,
               gconstpointer b)
{
  const YejiFound *x = a, *y = b;
  guint table_x = x->table != NULL ? x->table->index : G_MAXUINT;
  guint table_y = y->table != NULL ? y->table->index : G_MAXUINT;

  if (table_x != table_y)
    return table_x < table_y ? -1 : 1;
  if (x->index != y->index)
    return x->index < y->index ? -1 : 1;
  if (rank_field (x) != rank_field (y))
    return rank_field (x) < rank_field (y) ? -1 : 1;
  if (x->order != y->order)
    return x->order < y->order ? -1 : 1;
  return strcmp (yeji_problem_get_pointer (x->problem), yeji_problem_get_pointer (y->problem));
}

/* A reason is one that a reviewer can read: not blank, not “none”, not endless, nothing unseen. */
static gboolean
is_reason (YejiCheck  *check,
           const char *text)
{
  g_autofree char *stripped = g_strstrip (g_strdup (text));

  return !yeji_dictionary_is_empty_value (check->dictionary, stripped)
         && g_utf8_strlen (text, -1) <= (glong) yeji_dictionary_get_limits (check->dictionary)->text
         && yeji_check_find_unseen (text, TRUE) == NULL;
}

/* A kept warning counts only while it is about the same values, and an error cannot be kept. */
static const char *
find_reason (YejiCheck       *check,
             const YejiFound *found)
{
  const YejiKept *kept;

  if (yeji_problem_get_severity (found->problem) == YEJI_SEVERITY_ERROR)
    return NULL;
  kept = yeji_record_find_kept (check->record, yeji_problem_get_rule (found->problem),
                                found->table != NULL ? found->table->id : "",
                                found->row != NULL ? yeji_row_get_id (found->row) : "",
                                found->field != NULL ? found->field->id : "");
  if (kept == NULL || !g_str_equal (kept->value, yeji_problem_get_value (found->problem))
      || !g_str_equal (kept->other, yeji_problem_get_other (found->problem))
      || !is_reason (check, kept->reason))
    return NULL;
  return kept->reason;
}

/**
 * yeji_check_collect:
 *
 * Returns: (transfer full) (element-type YejiProblem): what was found, in form order
 */
GPtrArray *
yeji_check_collect (YejiCheck *check)
{
  GPtrArray *problems = g_ptr_array_new_full (check->found->len, g_object_unref);
  gboolean any_kept = yeji_record_get_kept (check->record)->len > 0;

  g_array_sort (check->found, compare_found);
  for (guint i = 0; i < check->found->len; i++)
    {
      const YejiFound *found = &g_array_index (check->found, YejiFound, i);
      const char *reason = any_kept ? find_reason (check, found) : NULL;

      g_ptr_array_add (problems, reason != NULL ? yeji_problem_copy_kept (found->problem, reason)
                                                : g_object_ref (found->problem));
    }
  return problems;
}

void
yeji_found_clear (YejiFound *found)
{
  g_object_unref (found->problem);
}
