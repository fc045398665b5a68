// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-validator"

#include "config.h"

#include "yeji-validator.h"

#include "yeji-check.h"
#include "yeji-value.h"

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
  GHashTable *claimed;
};

/* What each kind of rule does; exactly one of both is there. */
static const struct
{
  YejiValueFunc value;
  YejiRecordFunc record;
} checks[N_YEJI_RULE_KINDS] = {
  [YEJI_RULE_MANDATORY] = { .value = yeji_check_mandatory },
  [YEJI_RULE_LENGTH] = { .value = yeji_check_length },
  [YEJI_RULE_NUMBER] = { .value = yeji_check_number },
  [YEJI_RULE_DATE] = { .value = yeji_check_date },
  [YEJI_RULE_CODE] = { .value = yeji_check_code },
  [YEJI_RULE_LINK] = { .value = yeji_check_link },
  [YEJI_RULE_FORMAT] = { .value = yeji_check_format },
  [YEJI_RULE_NOT_FUTURE] = { .value = yeji_check_not_future },
  [YEJI_RULE_INHERIT] = { .value = yeji_check_inherit },
  [YEJI_RULE_UNKNOWN] = { .record = yeji_check_unknown },
  [YEJI_RULE_ORDER] = { .record = yeji_check_order },
  [YEJI_RULE_PARENT] = { .record = yeji_check_parent },
  [YEJI_RULE_ROW_EXISTS] = { .record = yeji_check_row_exists },
  [YEJI_RULE_ROLE] = { .record = yeji_check_role },
  [YEJI_RULE_ROLE_TABLES] = { .record = yeji_check_role_tables },
  [YEJI_RULE_ROLE_DOCUMENTS] = { .record = yeji_check_role_documents },
  [YEJI_RULE_UNIQUE] = { .record = yeji_check_unique },
};

G_DEFINE_FINAL_TYPE (YejiValidator, yeji_validator, G_TYPE_OBJECT)

static void
yeji_validator_finalize (GObject *object)
{
  YejiValidator *self = YEJI_VALIDATOR (object);

  g_hash_table_unref (self->claimed);
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
  self->claimed = g_hash_table_new (NULL, NULL);
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
  GPtrArray *rules;

  g_return_val_if_fail (YEJI_IS_DICTIONARY (dictionary), NULL);

  self = g_object_new (YEJI_TYPE_VALIDATOR, NULL);
  self->dictionary = g_object_ref (dictionary);
  self->language = language;
  rules = yeji_dictionary_get_rules (dictionary);
  for (guint i = 0; i < rules->len; i++)
    {
      const YejiRule *rule = g_ptr_array_index (rules, i);

      for (guint j = 0; rule->kind == YEJI_RULE_MANDATORY && j < rule->fields->len; j++)
        g_hash_table_add (self->claimed, g_ptr_array_index (rule->fields, j));
    }
  return self;
}

YejiDictionary *
yeji_validator_get_dictionary (YejiValidator *self)
{
  return self->dictionary;
}

/* The form's order: an officer reads a record from the top. Equal places keep the rules' order. */
static int
compare_found (gconstpointer a,
               gconstpointer b)
{
  const YejiFound *x = a, *y = b;

  if (x->table != y->table)
    return x->table < y->table ? -1 : 1;
  if (x->row != y->row)
    return x->row < y->row ? -1 : 1;
  return x->field < y->field ? -1 : x->field > y->field;
}

static gboolean
is_for_role (const YejiRule *rule,
             YejiDictionary *dictionary,
             const char     *role)
{
  return rule->roles == NULL
         || g_ptr_array_find (rule->roles, yeji_dictionary_find_role (dictionary, role), NULL);
}

/**
 * yeji_validator_check:
 * @record: a record of the validator's dictionary
 * @today: the day, YYYY-MM-DD
 * @slots: (nullable): the ids of the slots that have a document; %NULL leaves documents out, for a
 *     record file that comes without
 *
 * Checks everything.
 *
 * Returns: (transfer full) (element-type YejiProblem): the problems in form order
 */
GPtrArray *
yeji_validator_check (YejiValidator      *self,
                      YejiRecord         *record,
                      const char         *today,
                      const char * const *slots)
{
  GPtrArray *rules = yeji_dictionary_get_rules (self->dictionary);
  GPtrArray *problems = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (YejiFound));
  YejiCheck check = {
    .dictionary = self->dictionary,
    .record = record,
    .language = self->language,
    .slots = slots,
    .claimed = self->claimed,
    .found = found,
  };

  g_return_val_if_fail (YEJI_IS_VALIDATOR (self), problems);
  g_return_val_if_fail (yeji_record_get_dictionary (record) == self->dictionary, problems);
  g_return_val_if_fail (yeji_date_parse (today, &check.today), problems);

  for (guint i = 0; i < rules->len; i++)
    {
      const YejiRule *rule = g_ptr_array_index (rules, i);

      if (!is_for_role (rule, self->dictionary, yeji_record_get_role (record)))
        continue;
      if (checks[rule->kind].value != NULL)
        yeji_check_each_value (&check, rule, checks[rule->kind].value);
      else
        checks[rule->kind].record (&check, rule);
    }

  g_array_sort (found, compare_found);
  for (guint i = 0; i < found->len; i++)
    g_ptr_array_add (problems, g_array_index (found, YejiFound, i).problem);
  return problems;
}
