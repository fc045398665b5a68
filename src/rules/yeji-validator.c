// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-validator"

#include "config.h"

#include "yeji-validator-private.h"

#include "yeji-check.h"

/**
 * YejiValidator:
 *
 * Checks records against a dictionary, in the client and in the server alike. Pure: no files, no
 * clock. Immutable, so it may be used from any thread.
 */
struct _YejiValidator
{
  GObject parent_instance;

  YejiDictionary *dictionary;
  YejiLanguage language;
  YejiPlan *plan;
};

G_DEFINE_FINAL_TYPE (YejiValidator, yeji_validator, G_TYPE_OBJECT)

static void
yeji_validator_finalize (GObject *object)
{
  YejiValidator *self = YEJI_VALIDATOR (object);

  yeji_plan_free (self->plan);
  g_object_unref (self->dictionary);
  G_OBJECT_CLASS (yeji_validator_parent_class)->finalize (object);
}

static void
yeji_validator_class_init (YejiValidatorClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = yeji_validator_finalize;
}

static void
yeji_validator_init (YejiValidator *self)
{
}

/**
 * yeji_validator_new:
 * @language: of the messages
 *
 * Returns: (transfer full): a validator
 */
YejiValidator *
yeji_validator_new (YejiDictionary *dictionary,
                    YejiLanguage    language)
{
  YejiValidator *self;

  g_return_val_if_fail (YEJI_IS_DICTIONARY (dictionary), NULL);

  self = g_object_new (YEJI_TYPE_VALIDATOR, NULL);
  self->dictionary = g_object_ref (dictionary);
  self->language = language;
  self->plan = yeji_plan_new (dictionary);
  return self;
}

YejiDictionary *
yeji_validator_get_dictionary (YejiValidator *self)
{
  return self->dictionary;
}

YejiLanguage
yeji_validator_get_language (YejiValidator *self)
{
  return self->language;
}

/* Private to the layer; the live check goes through it by itself. */
const YejiPlan *
yeji_validator_get_plan (YejiValidator *self)
{
  return self->plan;
}

static void
check_row (const YejiPlan *plan,
           YejiCheck      *check,
           YejiRow        *row,
           guint           index)
{
  GPtrArray *fields = yeji_row_get_table (row)->fields;

  for (guint i = 0; i < fields->len; i++)
    yeji_plan_check_value (plan, check, row, index, g_ptr_array_index (fields, i));
}

/**
 * yeji_validator_check:
 * @record: a record of the validator's dictionary
 * @today: the day, YYYY-MM-DD
 * @slots: (nullable): the ids of the slots that have a document; %NULL leaves documents out, for a
 *     record file that comes without
 *
 * Checks everything but what other systems have.
 *
 * Returns: (transfer full) (element-type YejiProblem): the problems in form order
 */
GPtrArray *
yeji_validator_check (YejiValidator      *self,
                      YejiRecord         *record,
                      const char         *today,
                      const char * const *slots)
{
  return yeji_validator_check_against (self, record, today, slots, NULL);
}

/**
 * yeji_validator_check_against:
 * @declared: (nullable): what other systems have; %NULL leaves them out
 *
 * Checks everything, as yeji_validator_check() does.
 *
 * Returns: (transfer full) (element-type YejiProblem): the problems in form order
 */
GPtrArray *
yeji_validator_check_against (YejiValidator      *self,
                              YejiRecord         *record,
                              const char         *today,
                              const char * const *slots,
                              YejiDeclared       *declared)
{
  GPtrArray *tables = yeji_dictionary_get_tables (self->dictionary);
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (YejiFound));
  YejiCheck check;

  g_return_val_if_fail (YEJI_IS_VALIDATOR (self), NULL);
  g_return_val_if_fail (yeji_record_get_dictionary (record) == self->dictionary, NULL);
  if (!yeji_check_begin (&check, record, self->language, today, slots, found))
    g_return_val_if_reached (NULL);
  check.declared = declared;

  g_array_set_clear_func (found, (GDestroyNotify) yeji_found_clear);
  for (guint i = 0; i < tables->len; i++)
    {
      const YejiTableDef *table = g_ptr_array_index (tables, i);

      for (guint j = 0; j < yeji_record_get_n_rows (record, table); j++)
        check_row (self->plan, &check, yeji_record_get_row (record, table, j), j);
    }
  for (guint i = 0; i < yeji_plan_get_whole (self->plan)->len; i++)
    yeji_plan_check_whole (self->plan, &check, i);
  return yeji_check_collect (&check);
}

/**
 * yeji_validator_keep:
 * @problem: a warning or hint of @record
 * @reason: why it is right all the same; empty: it is not kept any more
 *
 * Keeps a warning with a reason that travels with the record. The warning comes back when what it
 * was about changes.
 *
 * Returns: %FALSE if it cannot be kept: it is an error, or its place is gone
 */
gboolean
yeji_validator_keep (YejiRecord  *record,
                     YejiProblem *problem,
                     const char  *reason)
{
  g_autoptr (YejiKept) kept = NULL;
  YejiPlace place;

  if (yeji_problem_get_severity (problem) == YEJI_SEVERITY_ERROR
      || !yeji_record_resolve (record, yeji_problem_get_pointer (problem), &place, NULL))
    return FALSE;
  kept = yeji_kept_new (yeji_problem_get_rule (problem),
                        place.table != NULL ? place.table->id : "",
                        place.row != NULL ? yeji_row_get_id (place.row) : "",
                        place.field != NULL ? place.field->id : "",
                        yeji_problem_get_value (problem), yeji_problem_get_other (problem), reason);
  yeji_record_keep (record, kept);
  return TRUE;
}
