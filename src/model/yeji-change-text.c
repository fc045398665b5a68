// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-change"

#include "config.h"

#include "yeji-change-text.h"

#include <string.h>

#include "yeji-mask.h"

/**
 * yeji_change_find_field:
 *
 * Returns: (nullable) (transfer none): the field of which it speaks, of a reason that of the
 * warning; %NULL for anything else, and for what this dictionary does not know
 */
const YejiFieldDef *
yeji_change_find_field (const YejiChange *self,
                        YejiDictionary   *dictionary)
{
  const YejiTableDef *table = yeji_dictionary_find_table (dictionary, self->table);
  const char *field = self->field;

  yeji_change_split_kept (self, NULL, &field);
  return table != NULL ? yeji_table_def_find_field (table, field) : NULL;
}

/**
 * yeji_change_dup_label:
 *
 * Returns: (transfer full): what its place is called: a field and, where there are several rows,
 * the table before it; the id where the dictionary has no name
 */
char *
yeji_change_dup_label (const YejiChange *self,
                       YejiDictionary   *dictionary,
                       YejiLanguage      language)
{
  const YejiTableDef *table = yeji_dictionary_find_table (dictionary, self->table);
  const YejiFieldDef *field = yeji_change_find_field (self, dictionary);
  const char *name = strchr (self->field, ':') != NULL ? strchr (self->field, ':') + 1
                                                       : self->field;
  const char *label = field != NULL ? yeji_text_get (&field->label, language) : name;
  const char *title = table != NULL ? yeji_text_get (&table->label, language) : self->table;

  if (*label == '\0')
    return g_strdup (title);
  if (*title == '\0' || (table != NULL && table->index == 0))
    return g_strdup (label);
  return g_strdup_printf ("%s · %s", title, label);
}

/**
 * yeji_change_mask:
 * @value: (nullable): its text before or after
 *
 * Returns: (transfer full): the text as anybody may see it: masked where the field is a personal
 * one, and where the dictionary does not say what it is
 */
char *
yeji_change_mask (const YejiChange *self,
                  YejiDictionary   *dictionary,
                  const char       *value)
{
  const YejiFieldDef *field = yeji_change_find_field (self, dictionary);

  if (value == NULL)
    return g_strdup ("");
  if (yeji_change_split_kept (self, NULL, NULL) || *self->field == '\0'
      || (*self->table == '\0' && yeji_change_get_extra (self) == NULL))
    return g_strdup (value);
  return field != NULL ? yeji_field_mask_value (field, value) : yeji_mask (value);
}
