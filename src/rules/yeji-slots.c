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

  if (role == NULL || !g_ptr_array_find (slot->roles, role, NULL))
    return FALSE;
  return slot->when == NULL
         || yeji_condition_holds (slot->when, record, yeji_record_get_project (record));
}
