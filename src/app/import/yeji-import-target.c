// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-import-target"

#include "config.h"

#include "yeji-import-target.h"

#include <string.h>

#include <glib/gi18n.h>

#include "yeji-choice.h"
#include "yeji-import-words.h"
#include "yeji-initials.h"
#include "yeji-messages.h"

/* A field is its table and its id; a key is one of these. */
static const struct
{
  const char *word;
  YejiImportKey key;
} keys[] = {
  { YEJI_IMPORT_TARGET_NONE, YEJI_IMPORT_KEY_NONE },
  { "-record", YEJI_IMPORT_KEY_RECORD },
  { "-role", YEJI_IMPORT_KEY_ROLE },
};

static char *
name_field (const YejiFieldDef *field)
{
  return g_strdup_printf ("%s.%s", field->table->id, field->id);
}

/**
 * yeji_import_target_of:
 *
 * Returns: (transfer full): where a column goes now
 */
char *
yeji_import_target_of (const YejiImportColumn *column)
{
  if (column->field != NULL)
    return name_field (column->field);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if (keys[i].key == column->key)
      return g_strdup (keys[i].word);
  return g_strdup (YEJI_IMPORT_TARGET_NONE);
}

/* (nullable): the column that goes to a field now */
static const char *
find_user (const YejiImportSheet *sheet,
           const YejiFieldDef    *field)
{
  for (guint i = 0; i < sheet->columns->len; i++)
    {
      const YejiImportColumn *column = g_ptr_array_index (sheet->columns, i);

      if (column->field == field)
        return column->heading;
    }
  return NULL;
}

static void
add_field (GListStore            *choices,
           const YejiImportSheet *sheet,
           const YejiFieldDef    *field)
{
  const char *label = yeji_label (&field->label);
  g_autofree char *value = name_field (field);
  g_autofree char *initials = yeji_initials_of (label);
  const char *user = find_user (sheet, field);
  const char *table = yeji_label (&field->table->label);
  g_autofree char *details = NULL;
  g_autoptr (YejiChoice) choice = NULL;

  if (user != NULL && field->table != sheet->table)
    /* Translators: a table, and the heading of the column that goes to a field of it now */
    details = g_strdup_printf (_("%s · now from “%s”"), table, user);
  else if (user != NULL)
    /* Translators: the heading of the column that goes to a field now */
    details = g_strdup_printf (_("now from “%s”"), user);
  else
    details = g_strdup (field->table != sheet->table ? table : "");
  choice = yeji_choice_new_with_details (value, label, field->unit != NULL ? field->unit : "",
                                         details);
  yeji_choice_add_words (choice, field->id);
  if (initials != NULL)
    yeji_choice_add_words (choice, initials);
  for (guint i = 0; field->aliases[i] != NULL; i++)
    yeji_choice_add_words (choice, field->aliases[i]);
  g_list_store_append (choices, choice);
}

static void
add_table (GListStore            *choices,
           const YejiImportSheet *sheet,
           const YejiTableDef    *table)
{
  for (guint i = 0; i < table->fields->len; i++)
    {
      const YejiFieldDef *field = g_ptr_array_index (table->fields, i);

      if (!field->by_platform)
        add_field (choices, sheet, field);
    }
}

/**
 * yeji_import_target_list:
 *
 * Returns: (transfer full) (element-type YejiChoice): where a column of a sheet can go: nowhere,
 *   what says whose the row is, the fields of the sheet's table, those of the others
 */
GListModel *
yeji_import_target_list (YejiDictionary        *dictionary,
                         const YejiImportSheet *sheet)
{
  GListStore *choices = g_list_store_new (YEJI_TYPE_CHOICE);
  GPtrArray *tables = yeji_dictionary_get_tables (dictionary);

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      const char *name = keys[i].key != YEJI_IMPORT_KEY_NONE
                           ? yeji_import_key_to_text (keys[i].key) : _("Leave out");
      g_autoptr (YejiChoice) choice = yeji_choice_new_with_details (keys[i].word, name, "", "");

      g_list_store_append (choices, choice);
    }
  add_table (choices, sheet, sheet->table);
  for (guint i = 0; i < tables->len; i++)
    if (g_ptr_array_index (tables, i) != sheet->table)
      add_table (choices, sheet, g_ptr_array_index (tables, i));
  return G_LIST_MODEL (choices);
}

/**
 * yeji_import_target_read:
 * @target: a value of yeji_import_target_list()
 * @field: (out) (nullable)
 * @key: (out)
 *
 * Finds what a choice means; anything unknown means nowhere.
 */
void
yeji_import_target_read (YejiDictionary      *dictionary,
                         const char          *target,
                         const YejiFieldDef **field,
                         YejiImportKey       *key)
{
  const char *dot = strchr (target, '.');
  g_autofree char *table = dot != NULL ? g_strndup (target, (gsize) (dot - target)) : NULL;

  *key = YEJI_IMPORT_KEY_NONE;
  *field = dot != NULL ? yeji_dictionary_find_field (dictionary, table, dot + 1) : NULL;
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if (g_str_equal (keys[i].word, target))
      *key = keys[i].key;
}
