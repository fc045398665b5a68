// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* When a field must be filled: what it says itself, and the rules that name it. */

#define G_LOG_DOMAIN "yeji-field-demand"

#include "config.h"

#include "yeji-field-demand.h"

/**
 * yeji_field_demand_find:
 *
 * Returns: (transfer full) (element-type YejiRule): the rules that make @field mandatory beside
 *   what it says itself
 */
GPtrArray *
yeji_field_demand_find (YejiDictionary     *dictionary,
                        const YejiFieldDef *field)
{
  GPtrArray *rules = yeji_dictionary_get_rules (dictionary);
  GPtrArray *demands = g_ptr_array_new ();

  for (guint i = 0; i < rules->len; i++)
    {
      YejiRule *rule = g_ptr_array_index (rules, i);

      if (rule->kind == YEJI_RULE_MANDATORY && rule->severity == YEJI_SEVERITY_ERROR
          && g_ptr_array_find (rule->fields, field, NULL))
        g_ptr_array_add (demands, rule);
    }
  return demands;
}

static gboolean
is_demanded (GPtrArray  *demands,
             YejiRecord *record,
             YejiRow    *row)
{
  const char *id = yeji_record_get_role (record);
  const YejiRole *role = yeji_dictionary_find_role (yeji_record_get_dictionary (record), id);

  for (guint i = 0; i < demands->len; i++)
    {
      const YejiRule *rule = g_ptr_array_index (demands, i);

      if ((rule->roles == NULL || (role != NULL && g_ptr_array_find (rule->roles, role, NULL)))
          && (rule->when == NULL || yeji_condition_holds (rule->when, record, row)))
        return TRUE;
    }
  return FALSE;
}

/**
 * yeji_field_demand_holds:
 * @demands: (element-type YejiRule): of yeji_field_demand_find()
 *
 * Returns: whether @field must be filled in @row as the record stands
 */
gboolean
yeji_field_demand_holds (const YejiFieldDef *field,
                         GPtrArray          *demands,
                         YejiRecord         *record,
                         YejiRow            *row)
{
  const YejiCondition *when = field->required_when;

  if (field->required == YEJI_REQUIRED_MANDATORY && !field->assigned)
    return TRUE;
  if (field->required == YEJI_REQUIRED_CONDITIONAL && when != NULL
      && yeji_condition_holds (when, record, row))
    return TRUE;
  return is_demanded (demands, record, row);
}
