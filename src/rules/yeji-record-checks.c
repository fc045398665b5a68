// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* The rules that look at a row, at all rows or at documents. docs/dictionary-format.md says
 * what each kind means. */

#define G_LOG_DOMAIN "yeji-check"

#include "config.h"

#include "yeji-check.h"
#include "yeji-mask.h"
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
  g_autoptr (GList) names = g_hash_table_get_keys (extras);

  names = g_list_sort (names, (GCompareFunc) g_strcmp0);
  for (GList *name = names; name != NULL; name = name->next)
    {
      g_auto (GStrv) tildes = g_strsplit (name->data, "~", -1);
      g_autofree char *step = g_strjoinv ("~0", tildes);
      g_auto (GStrv) slashes = g_strsplit (step, "/", -1);
      g_autofree char *escaped = g_strjoinv ("~1", slashes);   /* RFC 6901 */
      g_autofree char *pointer = g_strdup_printf ("%s/%s", parent, escaped);

      yeji_check_report_at (check, rule, table, index, pointer,
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
          GHashTable *extras = yeji_row_get_extras (row);
          g_autofree char *parent = NULL;

          if (extras == NULL)
            continue;
          parent = yeji_record_get_pointer (check->record, table, row, NULL);
          report_unknown (check, rule, table, j, parent, extras);
        }
    }
}

/* A number that says that there is something of it. */
static gboolean
is_above_zero (YejiCheck          *check,
               YejiRow            *row,
               const YejiFieldDef *field)
{
  YejiNumber number;

  return yeji_number_parse (yeji_check_value (check, row, field), &number) && number.value > 0;
}

static char *
join_labels (YejiCheck      *check,
             const YejiRule *rule)
{
  GString *labels = g_string_new (NULL);

  for (guint i = 0; i < rule->fields->len; i++)
    {
      const YejiFieldDef *field = g_ptr_array_index (rule->fields, i);

      g_string_append_printf (labels, "%s%s", i > 0 ? " / " : "",
                              yeji_text_get (&field->label, check->language));
    }
  return g_string_free (labels, FALSE);
}

void
yeji_check_some (YejiCheck      *check,
                 const YejiRule *rule)
{
  const YejiFieldDef *first = g_ptr_array_index (rule->fields, 0);

  for (guint i = 0; i < yeji_record_get_n_rows (check->record, first->table); i++)
    {
      YejiRow *row = yeji_record_get_row (check->record, first->table, i);
      gboolean found = !yeji_check_applies (check, rule, row);

      for (guint j = 0; !found && j < rule->fields->len; j++)
        found = is_above_zero (check, row, g_ptr_array_index (rule->fields, j));
      if (!found)
        {
          g_autofree char *labels = join_labels (check, rule);

          yeji_check_report (check, rule, first->table, row, i, first,
                             &(YejiMessageWords) { .other = labels });
        }
    }
}

/* One key, one value, wherever both occur: the first occurrence in form order sets it. */
static void
check_couple (YejiCheck          *check,
              const YejiRule     *rule,
              const YejiFieldDef *key_field,
              const YejiFieldDef *value_field,
              GHashTable         *known)
{
  for (guint i = 0; i < yeji_record_get_n_rows (check->record, key_field->table); i++)
    {
      YejiRow *row = yeji_record_get_row (check->record, key_field->table, i);
      const char *key = yeji_check_value (check, row, key_field);
      const char *value = yeji_check_value (check, row, value_field);
      const char *before = g_hash_table_lookup (known, key);

      if (*key == '\0' || *value == '\0')
        continue;
      if (before == NULL)
        g_hash_table_insert (known, (gpointer) key, (gpointer) value);
      else if (!g_str_equal (before, value))
        {
          g_autofree char *shown = yeji_field_mask_value (key_field, key);

          yeji_check_report (check, rule, value_field->table, row, i, value_field,
                             &(YejiMessageWords) { .other = shown, .other_value = before });
        }
    }
}

void
yeji_check_consistent (YejiCheck      *check,
                       const YejiRule *rule)
{
  g_autoptr (GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i + 1 < rule->fields->len; i += 2)
    check_couple (check, rule, g_ptr_array_index (rule->fields, i),
                  g_ptr_array_index (rule->fields, i + 1), known);
}

static gboolean
row_meets (YejiCheck           *check,
           YejiRow             *row,
           const YejiCondition *condition)
{
  return condition == NULL || yeji_condition_holds (condition, check->record, row);
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

static gboolean
wants_row (YejiCheck      *check,
           const YejiRule *rule)
{
  return !row_exists (check, rule->table, rule->where)
         && yeji_check_applies (check, rule, yeji_record_get_project (check->record));
}

/**
 * yeji_check_lacks_row:
 *
 * Returns: whether yeji_check_row_exists() has something to say
 */
gboolean
yeji_check_lacks_row (YejiCheck      *check,
                      const YejiRule *rule)
{
  return wants_row (check, rule)
         && (rule->for_table == NULL || row_exists (check, rule->for_table, rule->for_when));
}

void
yeji_check_row_exists (YejiCheck      *check,
                       const YejiRule *rule)
{
  if (!wants_row (check, rule))
    return;
  if (rule->for_table == NULL)
    {
      yeji_check_report (check, rule, rule->table, NULL, 0, NULL, NULL);
      return;
    }
  for (guint i = 0; i < yeji_record_get_n_rows (check->record, rule->for_table); i++)
    {
      YejiRow *row = yeji_record_get_row (check->record, rule->for_table, i);

      if (row_meets (check, row, rule->for_when))
        yeji_check_report (check, rule, rule->for_table, row, i, NULL, NULL);
    }
}

void
yeji_check_role (YejiCheck      *check,
                 const YejiRule *rule)
{
  const char *role = yeji_record_get_role (check->record);

  if (check->role == NULL)
    yeji_check_report_at (check, rule, NULL, 0, "/role",
                          &(YejiMessageWords) { .value = role });
}

/**
 * yeji_check_count_lacking:
 *
 * Returns: how many rows the table has less than the role needs
 */
guint
yeji_check_count_lacking (YejiCheck           *check,
                          const YejiTableNeed *need)
{
  guint n_rows = yeji_record_get_n_rows (check->record, need->table);

  return n_rows < need->min ? need->min - n_rows : 0;
}

void
yeji_check_role_tables (YejiCheck      *check,
                        const YejiRule *rule)
{
  const YejiRole *role = check->role;

  for (guint i = 0; role != NULL && i < role->needs->len; i++)
    {
      const YejiTableNeed *need = &g_array_index (role->needs, YejiTableNeed, i);
      g_autofree char *limit = NULL;

      if (yeji_check_count_lacking (check, need) == 0)
        continue;
      limit = g_strdup_printf ("%u", need->min);
      yeji_check_report (check, rule, need->table, NULL, 0, NULL,
                         &(YejiMessageWords) { .limit = limit });
    }
}

static void
report_slot (YejiCheck      *check,
             const YejiRule *rule,
             const YejiSlot *slot,
             guint           index)
{
  g_autofree char *pointer = g_strdup_printf ("/documents/%s", slot->id);

  yeji_check_report_at (check, rule, NULL, index, pointer,
                        &(YejiMessageWords) {
                          .label = yeji_text_get (&slot->label, check->language),
                        });
}

void
yeji_check_role_documents (YejiCheck      *check,
                           const YejiRule *rule)
{
  GPtrArray *slots = yeji_dictionary_get_slots (check->dictionary);

  for (guint i = 0; check->slots != NULL && i < slots->len; i++)
    {
      const YejiSlot *slot = g_ptr_array_index (slots, i);

      if (yeji_slot_is_required (slot, check->record) && !g_strv_contains (check->slots, slot->id))
        report_slot (check, rule, slot, i);
    }
}

/* Whether the role needs the slot or not: what is sent must be of use to who reads it. */
void
yeji_check_flawed_documents (YejiCheck      *check,
                             const YejiRule *rule)
{
  GPtrArray *slots = yeji_dictionary_get_slots (check->dictionary);

  for (guint i = 0; check->slots != NULL && i < slots->len; i++)
    {
      const YejiSlot *slot = g_ptr_array_index (slots, i);

      if (yeji_slots_have_flaw (check->slots, slot->id))
        report_slot (check, rule, slot, i);
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
        yeji_check_report (check, rule, field->table, row, i, field, NULL);
    }
}

void
yeji_check_unique (YejiCheck      *check,
                   const YejiRule *rule)
{
  for (guint i = 0; i < rule->fields->len; i++)
    check_unique (check, rule, g_ptr_array_index (rule->fields, i));
}

void
yeji_check_rows (YejiCheck      *check,
                 const YejiRule *rule)
{
  GPtrArray *tables = yeji_dictionary_get_tables (check->dictionary);
  guint most = yeji_dictionary_get_limits (check->dictionary)->rows;

  for (guint i = 1; i < tables->len; i++)
    {
      const YejiTableDef *table = g_ptr_array_index (tables, i);
      guint n_rows = yeji_record_get_n_rows (check->record, table);
      g_autofree char *value = NULL;
      g_autofree char *limit = NULL;

      if (n_rows <= most)
        continue;
      value = g_strdup_printf ("%u", n_rows);
      limit = g_strdup_printf ("%u", most);
      yeji_check_report (check, rule, table, NULL, 0, NULL,
                         &(YejiMessageWords) { .value = value, .limit = limit });
    }
}
