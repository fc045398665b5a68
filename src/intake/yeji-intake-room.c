// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* How many files fit where a plan would put them: told of each file before anything is done. */

#define G_LOG_DOMAIN "yeji-intake"

#include "config.h"

#include "yeji-intake-plan-private.h"

#include "yeji-evidence.h"
#include "yeji-intake-item-private.h"
#include "yeji-intake-store.h"

#include <glib/gi18n-lib.h>

/* The files of the plan that go to one slot, or to one record. */
typedef struct
{
  char *id;
  guint n;                     /* files in it, and those of the plan that are given a place */
  guint max;
} Place;

typedef struct
{
  YejiIntakePlan *plan;
  YejiDictionary *dictionary;
  GPtrArray *items;            /* (element-type YejiIntakeItem) */
  GHashTable *places;          /* (element-type Place): by record, and by record and slot */
  GHashTable *contents;        /* slot and content of those that have a place */
} Judging;

static void
free_place (gpointer data)
{
  Place *place = data;

  g_free (place->id);
  g_free (place);
}

static char *
make_id (const char *uuid,
         const char *slot)
{
  return g_strconcat (uuid, "/", slot, NULL);
}

/**
 * yeji_intake_count_files: (skip)
 *
 * Returns: (transfer full) (nullable): how many files a record has, by its uuid, and by uuid, "/"
 *   and slot how many lie in a slot; blocks
 */
GHashTable *
yeji_intake_count_files (YejiStore  *store,
                         GError    **error)
{
  const YejiQuery query = { .states = YEJI_STATES_ALL };
  GPtrArray *slots = yeji_dictionary_get_slots (yeji_store_get_dictionary (store));
  g_autoptr (GPtrArray) rows = yeji_store_list_evidence (store, &query, error);
  GHashTable *counts;

  if (rows == NULL)
    return NULL;
  counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < rows->len; i++)
    {
      const YejiEvidence *row = g_ptr_array_index (rows, i);
      guint n_files = 0;

      for (guint j = 0; j < row->n_cells; j++)
        {
          const YejiSlot *slot = g_ptr_array_index (slots, j);

          n_files += row->cells[j].n_files;
          if (row->cells[j].n_files > 0)
            g_hash_table_insert (counts, make_id (row->uuid, slot->id),
                                 GUINT_TO_POINTER (row->cells[j].n_files));
        }
      if (n_files > 0)
        g_hash_table_insert (counts, g_strdup (row->uuid), GUINT_TO_POINTER (n_files));
    }
  return counts;
}

static Place *
get_place (Judging *judging,
           char    *id,
           guint    max)
{
  GHashTable *filled = yeji_intake_plan_get_filled (judging->plan);
  Place *place = g_hash_table_lookup (judging->places, id);

  if (place != NULL)
    {
      g_free (id);
      return place;
    }
  place = g_new (Place, 1);
  *place = (Place) { id, GPOINTER_TO_UINT (g_hash_table_lookup (filled, id)), max };
  g_hash_table_insert (judging->places, id, place);
  return place;
}

/* Whether the slot has the content, or is given it by another file: it is not put there twice. */
static gboolean
is_there (Judging        *judging,
          YejiIntakeItem *item,
          const char     *slot_id)
{
  const YejiFindings *findings = yeji_intake_item_get_findings (item);
  GPtrArray *places = yeji_intake_item_get_places (item);

  for (guint i = 0; places != NULL && i < places->len; i++)
    {
      const YejiFilePlace *place = g_ptr_array_index (places, i);

      if (g_strcmp0 (place->uuid, yeji_intake_item_get_uuid (item)) == 0
          && g_strcmp0 (place->slot, yeji_intake_item_get_slot (item)) == 0)
        return TRUE;
    }
  return findings != NULL && findings->sha256 != NULL
         && !g_hash_table_add (judging->contents,
                               g_strconcat (slot_id, " ", findings->sha256, NULL));
}

/* (nullable): why the file has no place. One that has gets it. */
static char *
find_place (Judging        *judging,
            YejiIntakeItem *item)
{
  const YejiLimits *limits = yeji_dictionary_get_limits (judging->dictionary);
  const char *uuid = yeji_intake_item_get_uuid (item);
  const YejiSlot *slot = yeji_dictionary_find_slot (judging->dictionary,
                                                    yeji_intake_item_get_slot (item));
  Place *in_slot, *in_record;

  if (slot == NULL)
    return NULL;
  in_slot = get_place (judging, make_id (uuid, slot->id), slot->max_files);
  in_record = get_place (judging, g_strdup (uuid), limits->files);
  if (is_there (judging, item, in_slot->id))
    return NULL;
  if (in_slot->n >= in_slot->max)
    return g_strdup_printf (ngettext ("This document may have at most %u file.",
                                      "This document may have at most %u files.", in_slot->max),
                            in_slot->max);
  if (in_record->n >= in_record->max)
    return g_strdup_printf (ngettext ("The record may have at most %u file in all.",
                                      "The record may have at most %u files in all.",
                                      in_record->max), in_record->max);
  in_slot->n++;
  in_record->n++;
  return NULL;
}

/* What the clerk has ticked comes first. */
static void
judge_some (Judging  *judging,
            gboolean  decided)
{
  for (guint i = 0; i < judging->items->len; i++)
    {
      YejiIntakeItem *item = g_ptr_array_index (judging->items, i);
      gboolean wanted = decided ? yeji_intake_item_is_included (item)
                                : !yeji_intake_item_is_unfit (item);
      g_autofree char *crowding = NULL;

      if (yeji_intake_item_is_decided (item) != decided)
        continue;
      if (wanted && yeji_intake_item_get_uuid (item) != NULL
          && yeji_intake_item_get_slot (item) != NULL)
        crowding = find_place (judging, item);
      if (yeji_intake_item_set_crowding (item, crowding))
        yeji_intake_plan_judge (judging->plan, item);
    }
}

/**
 * yeji_intake_plan_judge_room: (skip)
 *
 * Says of each file for which there is no room any more that it is so; the first ones in the plan's
 * order have the room that there is.
 */
void
yeji_intake_plan_judge_room (YejiIntakePlan *self)
{
  Judging judging = { self, yeji_store_get_dictionary (yeji_intake_plan_get_store (self)) };

  judging.items = yeji_intake_plan_dup_items (self);
  judging.places = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, free_place);
  judging.contents = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  judge_some (&judging, TRUE);
  judge_some (&judging, FALSE);
  g_hash_table_unref (judging.contents);
  g_hash_table_unref (judging.places);
  g_ptr_array_unref (judging.items);
}
