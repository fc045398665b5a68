// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* The rules that look at several values, at rows or at documents. docs/dictionary-format.md says
 * what each kind means. */

#define G_LOG_DOMAIN "yeji-check"

#include "config.h"

#include "yeji-check.h"
#include "yeji-slots.h"
#include "yeji-value.h"

static void
report_unknown (YejiCheck          *check,
                const YejiRule     *rule,
                const YejiTableDef *table,
                guint               index,
                const char         *parent,
                GHashTable         *extras)
{
  g_autoptr (GList) names = extras != NULL ? g_hash_table_get_keys (extras) : NULL;

  names = g_list_sort (names, (GCompareFunc) g_strcmp0);
  for (GList *name = names; name != NULL; name = name->next)
    {
      g_auto (GStrv) tildes = g_strsplit (name->data, "~", -1);
      g_autofree char *step = g_strjoinv ("~0", tildes);
      g_auto (GStrv) slashes = g_strsplit (step, "/", -1);
      g_autofree char *escaped = g_strjoinv ("~1", slashes);   /* RFC 6901 */
      g_autofree char *pointer = g_strdup_printf ("%s/%s", parent, escaped);

      yeji_check_report_at (check, rule, rule->severity, table, index, pointer,
                            &(YejiMessageWords) { .label = name->data });
    }
}

void
yeji_check_unknown (YejiCheck      *check,
                    const YejiRule *rule)
{
  GPtrArray *tables = yeji_dictionary_get_tables (check->dictionary);

  report_unknown (check, rule, NULL, 0, "", yeji_record_get_extras (check->record));
  for (guint i = 0; i < tables->len; i++)
    {
      const YejiTableDef *table = g_ptr_array_index (tables, i);

      for (guint j = 0; j < yeji_record_get_n_rows (check->record, table); j++)
        {
          YejiRow *row = yeji_record_get_row (check->record, table, j);
          g_autofree char *parent = yeji_record_get_pointer (check->record, table, row, NULL);

          report_unknown (check, rule, table, j, parent, yeji_row_get_extras (row));
        }
    }
}

static gboolean
has_value (YejiCheck          *check,
           const YejiFieldDef *field,
           const char         *value)
{
  for (guint i = 0; i < yeji_record_get_n_rows (check->record, field->table); i++)
    {
      YejiRow *row = yeji_record_get_row (check->record, field->table, i);

      if (g_str_equal (yeji_check_value (check, row, field), value))
        return TRUE;
    }
  return FALSE;
}

void
yeji_check_link (YejiCheck       *check,
                 const YejiRule  *rule,
                 const YejiVisit *at)
{
  const YejiFieldDef *key = at->field->link;

  if (key == NULL || *at->value == '\0' || has_value (check, key, at->value))
    return;
  yeji_check_report_value (check, rule, rule->severity, at,
                           &(YejiMessageWords) {
                             .other = yeji_text_get (&key->table->label, check->language),
                           });
}

/* Two values of one row against each other; what is empty or unreadable is another rule's. */
typedef gboolean (*PairFunc) (const YejiFieldDef *field,
                              const char         *first,
                              const char         *second);

static void
check_pairs (YejiCheck      *check,
             const YejiRule *rule,
             PairFunc        agrees)
{
  const YejiFieldDef *first = g_ptr_array_index (rule->fields, 0);
  const YejiFieldDef *second = g_ptr_array_index (rule->fields, 1);

  for (guint i = 0; i < yeji_record_get_n_rows (check->record, first->table); i++)
    {
      YejiRow *row = yeji_record_get_row (check->record, first->table, i);
      const char *a = yeji_check_value (check, row, first);
      const char *b = yeji_check_value (check, row, second);
      g_autofree char *other_value = NULL;

      if (*a == '\0' || *b == '\0' || !yeji_check_applies (check, rule, row)
          || agrees (first, a, b))
        continue;
      other_value = yeji_check_display (second, b);
      yeji_check_report (check, rule, rule->severity, first->table, row, i, first,
                         &(YejiMessageWords) {
                           .other = yeji_text_get (&second->label, check->language),
                           .other_value = other_value,
                         });
    }
}

static gboolean
is_ordered (const YejiFieldDef *field,
            const char         *first,
            const char         *second)
{
  YejiNumber a, b;
  GDate from, to;

  if (field->kind == YEJI_FIELD_NUMBER)
    return !yeji_number_parse (first, &a) || !yeji_number_parse (second, &b) || a.value <= b.value;
  return !yeji_date_parse (first, &from) || !yeji_date_parse (second, &to)
         || g_date_compare (&from, &to) <= 0;
}

void
yeji_check_order (YejiCheck      *check,
                  const YejiRule *rule)
{
  check_pairs (check, rule, is_ordered);
}

static gboolean
is_child (const YejiFieldDef *field,
          const char         *first,
          const char         *second)
{
  const YejiCode *code = yeji_code_list_find (field->codes, first);

  return code == NULL || g_strcmp0 (code->parent, second) == 0;
}

void
yeji_check_parent (YejiCheck      *check,
                   const YejiRule *rule)
{
  check_pairs (check, rule, is_child);
}

static gboolean
row_meets (YejiCheck           *check,
           YejiRow             *row,
           const YejiCondition *condition)
{
  const YejiFieldDef *field;

  if (condition == NULL)
    return TRUE;
  field = yeji_table_def_find_field (yeji_row_get_table (row), condition->field);
  return yeji_condition_holds (condition, yeji_check_value (check, row, field));
}

static gboolean
row_exists (YejiCheck           *check,
            const YejiTableDef  *table,
            const YejiCondition *condition)
{
  for (guint i = 0; i < yeji_record_get_n_rows (check->record, table); i++)
    if (row_meets (check, yeji_record_get_row (check->record, table, i), condition))
      return TRUE;
  return FALSE;
}

void
yeji_check_row_exists (YejiCheck      *check,
                       const YejiRule *rule)
{
  if (row_exists (check, rule->table, rule->where))
    return;
  if (rule->for_table == NULL)
    {
      yeji_check_report (check, rule, rule->severity, rule->table, NULL, 0, NULL, NULL);
      return;
    }
  for (guint i = 0; i < yeji_record_get_n_rows (check->record, rule->for_table); i++)
    {
      YejiRow *row = yeji_record_get_row (check->record, rule->for_table, i);

      if (row_meets (check, row, rule->for_when))
        yeji_check_report (check, rule, rule->severity, rule->for_table, row, i, NULL, NULL);
    }
}

void
yeji_check_role (YejiCheck      *check,
                 const YejiRule *rule)
{
  const char *role = yeji_record_get_role (check->record);

  if (yeji_dictionary_find_role (check->dictionary, role) == NULL)
    yeji_check_report_at (check, rule, rule->severity, NULL, 0, "/role",
                          &(YejiMessageWords) { .value = role });
}

void
yeji_check_role_tables (YejiCheck      *check,
                        const YejiRule *rule)
{
  const YejiRole *role = yeji_dictionary_find_role (check->dictionary,
                                                    yeji_record_get_role (check->record));

  for (guint i = 0; role != NULL && i < role->needs->len; i++)
    {
      const YejiTableNeed *need = &g_array_index (role->needs, YejiTableNeed, i);
      g_autofree char *limit = NULL;

      if (yeji_record_get_n_rows (check->record, need->table) >= need->min)
        continue;
      limit = g_strdup_printf ("%u", need->min);
      yeji_check_report (check, rule, rule->severity, need->table, NULL, 0, NULL,
                         &(YejiMessageWords) { .limit = limit });
    }
}

void
yeji_check_role_documents (YejiCheck      *check,
                           const YejiRule *rule)
{
  GPtrArray *slots = yeji_dictionary_get_slots (check->dictionary);

  for (guint i = 0; check->slots != NULL && i < slots->len; i++)
    {
      const YejiSlot *slot = g_ptr_array_index (slots, i);
      g_autofree char *pointer = g_strdup_printf ("/documents/%s", slot->id);

      if (yeji_slot_is_required (slot, check->record) && !g_strv_contains (check->slots, slot->id))
        yeji_check_report_at (check, rule, rule->severity, NULL, i, pointer,
                              &(YejiMessageWords) {
                                .label = yeji_text_get (&slot->label, check->language),
                              });
    }
}

static void
check_unique (YejiCheck          *check,
              const YejiRule     *rule,
              const YejiFieldDef *field)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < yeji_record_get_n_rows (check->record, field->table); i++)
    {
      YejiRow *row = yeji_record_get_row (check->record, field->table, i);
      const char *value = yeji_check_value (check, row, field);

      if (*value != '\0' && !g_hash_table_add (seen, (gpointer) value))
        yeji_check_report (check, rule, rule->severity, field->table, row, i, field, NULL);
    }
}

void
yeji_check_unique (YejiCheck      *check,
                   const YejiRule *rule)
{
  for (guint i = 0; i < rule->fields->len; i++)
    check_unique (check, rule, g_ptr_array_index (rule->fields, i));
}
