// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-slots"

#include "config.h"

#include "yeji-slots.h"

/**
 * yeji_slot_is_required:
 *
 * Returns: whether the record's role must attach a document to @slot
 */
gboolean
yeji_slot_is_required (const YejiSlot *slot,
                       YejiRecord     *record)
{
  YejiDictionary *dictionary = yeji_record_get_dictionary (record);
  const YejiRole *role = yeji_dictionary_find_role (dictionary, yeji_record_get_role (record));
  const YejiFieldDef *field;

  if (role == NULL || !g_ptr_array_find (slot->roles, role, NULL))
    return FALSE;
  if (slot->unless == NULL)
    return TRUE;

  field = yeji_table_def_find_field (slot->unless_table, slot->unless->field);
  for (guint i = 0; i < yeji_record_get_n_rows (record, slot->unless_table); i++)
    {
      YejiRow *row = yeji_record_get_row (record, slot->unless_table, i);

      if (yeji_condition_holds (slot->unless, yeji_record_get_effective (record, row, field)))
        return FALSE;
    }
  return TRUE;
}
