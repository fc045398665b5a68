// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-code-offer"

#include "config.h"

#include "yeji-code-offer.h"

/* The field that must hold the parent of what @field holds, as the dictionary's rules say. */
static const YejiFieldDef *
find_parent_field (YejiDictionary     *dictionary,
                   const YejiFieldDef *field)
{
  GPtrArray *rules = yeji_dictionary_get_rules (dictionary);

  for (guint i = 0; i < rules->len; i++)
    {
      const YejiRule *rule = g_ptr_array_index (rules, i);

      if (rule->kind == YEJI_RULE_PARENT && g_ptr_array_index (rule->fields, 0) == field)
        return g_ptr_array_index (rule->fields, 1);
    }
  return NULL;
}

static gboolean
is_parent_field (YejiDictionary     *dictionary,
                 const YejiFieldDef *field)
{
  GPtrArray *rules = yeji_dictionary_get_rules (dictionary);

  for (guint i = 0; i < rules->len; i++)
    {
      const YejiRule *rule = g_ptr_array_index (rules, i);

      if (rule->kind == YEJI_RULE_PARENT && g_ptr_array_index (rule->fields, 1) == field)
        return TRUE;
    }
  return FALSE;
}

/* How many codes stand above @code; bounded, for a list that loops. */
static guint
get_depth (const YejiCodeList *list,
           const YejiCode     *code)
{
  guint depth = 0;

  while (depth < 16 && code->parent != NULL
         && (code = yeji_code_list_find (list, code->parent)) != NULL)
    depth++;
  return depth;
}

/**
 * yeji_code_offer_get:
 * @field: of kind code
 *
 * Chooses the codes that make sense in a field: the current ones, and where a rule ties the field
 * to a parent, those below the parent that the row names.
 *
 * Returns: (transfer full) (element-type YejiCode): borrowed from the dictionary
 */
GPtrArray *
yeji_code_offer_get (YejiDictionary     *dictionary,
                     YejiRow            *row,
                     const YejiFieldDef *field)
{
  g_autoptr (GPtrArray) offer = g_ptr_array_new ();
  const YejiFieldDef *parent_field = find_parent_field (dictionary, field);
  gboolean tied = parent_field != NULL || is_parent_field (dictionary, field);
  const char *parent = parent_field != NULL ? yeji_row_get (row, parent_field) : "";
  gboolean parent_known = yeji_code_list_find (field->codes, parent) != NULL;
  guint depth = 0;

  for (const YejiFieldDef *above = parent_field; above != NULL && depth < 8;
       above = find_parent_field (dictionary, above))
    depth++;
  for (guint i = 0; i < field->codes->items->len; i++)
    {
      YejiCode *code = g_ptr_array_index (field->codes->items, i);

      if (code->status != YEJI_CODE_CURRENT)
        continue;
      if (tied && (parent_known ? g_strcmp0 (code->parent, parent) != 0
                                : get_depth (field->codes, code) != depth))
        continue;
      g_ptr_array_add (offer, code);
    }
  return g_steal_pointer (&offer);
}
