// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-slots"

#include "config.h"

#include "yeji-slots.h"

#include <string.h>

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

/**
 * yeji_slots_count:
 * @slots: the ids of the slots that have a document
 * @n_filled: (out): how many of those that the record must fill are among them
 *
 * Returns: how many slots the record must fill
 */
guint
yeji_slots_count (YejiRecord         *record,
                  const char * const *slots,
                  guint              *n_filled)
{
  GPtrArray *all = yeji_dictionary_get_slots (yeji_record_get_dictionary (record));
  guint n_required = 0;

  *n_filled = 0;
  for (guint i = 0; i < all->len; i++)
    {
      const YejiSlot *slot = g_ptr_array_index (all, i);

      if (!yeji_slot_is_required (slot, record))
        continue;
      n_required++;
      *n_filled += g_strv_contains (slots, slot->id);
    }
  return n_required;
}

/**
 * yeji_slots_have_flaw:
 * @slots: as the checks have them
 *
 * Returns: whether something was found in a file of the slot @id
 */
gboolean
yeji_slots_have_flaw (const char * const *slots,
                      const char         *id)
{
  for (guint i = 0; slots[i] != NULL; i++)
    if (g_str_has_prefix (slots[i], YEJI_SLOT_FLAW)
        && g_str_equal (slots[i] + strlen (YEJI_SLOT_FLAW), id))
      return TRUE;
  return FALSE;
}

/**
 * yeji_slots_list:
 *
 * Returns: (transfer full): the ids of the slots that the record must fill, with blanks between
 */
char *
yeji_slots_list (YejiRecord *record)
{
  GPtrArray *all = yeji_dictionary_get_slots (yeji_record_get_dictionary (record));
  GString *list = g_string_new (NULL);

  for (guint i = 0; i < all->len; i++)
    {
      const YejiSlot *slot = g_ptr_array_index (all, i);

      if (yeji_slot_is_required (slot, record))
        g_string_append_printf (list, "%s%s", list->len > 0 ? " " : "", slot->id);
    }
  return g_string_free (list, FALSE);
}
