// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-store"

#include "config.h"

#include "yeji-store-seen.h"

#include "yeji-conflicts-private.h"
#include "yeji-merge.h"
#include "yeji-store-private.h"

/* While a record is open in an editor, another computer may change it at the province. The editor
 * saves the record as a whole, and would take back what it has not seen. So the store remembers
 * what a record that was read looked like before the province changed it, and merges what is saved
 * by somebody who has not read it again since. */

/* Of who has not read a record again for so long, what came first counts. */
#define MAX_BASES 16

/* Of one record, as long as the store is open. */
typedef struct
{
  guint n_answers;             /* that changed it */
  guint first;                 /* the answer before which bases[0] was */
  GPtrArray *bases;            /* (element-type YejiRecord) */
  YejiRecord *saved;           /* (nullable): is the base of `place` once `merged` is stored */
  YejiRecord *merged;
  guint place;
} Seen;

static G_DEFINE_QUARK (yeji-store-seen, seen)
static G_DEFINE_QUARK (yeji-record-seen, record_seen)

static void
seen_free (gpointer data)
{
  Seen *self = data;

  g_ptr_array_unref (self->bases);
  g_clear_object (&self->saved);
  g_clear_object (&self->merged);
  g_free (self);
}

static GHashTable *
get_table (YejiStore *self)
{
  GHashTable *table = g_object_get_qdata (G_OBJECT (self), seen_quark ());

  if (table != NULL)
    return table;
  table = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, seen_free);
  g_object_set_qdata_full (G_OBJECT (self), seen_quark (), table,
                           (GDestroyNotify) g_hash_table_unref);
  return table;
}

/**
 * yeji_record_carry_seen:
 * @copy: of @self
 */
void
yeji_record_carry_seen (YejiRecord *self,
                        YejiRecord *copy)
{
  g_object_set_qdata (G_OBJECT (copy), record_seen_quark (),
                      g_object_get_qdata (G_OBJECT (self), record_seen_quark ()));
}

/* One more than the answers that it has seen; 0: it was not read from the store. */
static guint
get_seen (YejiRecord *record)
{
  return GPOINTER_TO_UINT (g_object_get_qdata (G_OBJECT (record), record_seen_quark ()));
}

static void
set_seen (YejiRecord *record,
          guint       n_answers)
{
  g_object_set_qdata (G_OBJECT (record), record_seen_quark (), GUINT_TO_POINTER (n_answers + 1));
}

/**
 * yeji_store_mark_seen: (skip)
 * @record: just read, for whom it may concern
 */
void
yeji_store_mark_seen (YejiStore  *self,
                      YejiRecord *record)
{
  Seen *seen = g_hash_table_lookup (get_table (self), yeji_record_get_uuid (record));

  if (seen == NULL)
    {
      seen = g_new0 (Seen, 1);
      seen->bases = g_ptr_array_new_with_free_func (g_object_unref);
      g_hash_table_insert (get_table (self), g_strdup (yeji_record_get_uuid (record)), seen);
    }
  set_seen (record, seen->n_answers);
}

/* What is saved next by the same editor is on top of what it saved before, if that was
 * committed. */
static void
settle_saved (Seen       *self,
              YejiRecord *stored)
{
  if (self->saved != NULL && self->place >= self->first && yeji_record_equal (self->merged, stored))
    {
      gpointer *base = &g_ptr_array_index (self->bases, self->place - self->first);

      g_object_unref (*base);
      *base = g_steal_pointer (&self->saved);
    }
  g_clear_object (&self->saved);
  g_clear_object (&self->merged);
}

/**
 * yeji_store_note_unseen: (skip)
 * @before: what is stored, which the province is about to change
 */
void
yeji_store_note_unseen (YejiStore  *self,
                        YejiRecord *before)
{
  Seen *seen = g_hash_table_lookup (get_table (self), yeji_record_get_uuid (before));

  if (seen == NULL)            /* nobody has it on a screen */
    return;
  settle_saved (seen, before);
  seen->n_answers++;
  g_ptr_array_add (seen->bases, g_object_ref (before));
  if (seen->bases->len > MAX_BASES)
    {
      g_ptr_array_remove_index (seen->bases, 0);
      seen->first++;
    }
}

/**
 * yeji_store_note_fixed: (skip)
 *
 * Notes that the province's word has fixed a record, if it has: what was typed before anybody could
 * know of it is saved all the same.
 */
gboolean
yeji_store_note_fixed (YejiStore   *self,
                       YejiSql     *sql,
                       const char  *uuid,
                       GError     **error)
{
  g_autoptr (YejiEntry) entry = NULL;
  g_autoptr (YejiRecord) stored = NULL;

  if (!g_hash_table_contains (get_table (self), uuid))
    return TRUE;
  entry = yeji_entry_read (sql, uuid, error);
  if (entry == NULL)
    return FALSE;
  if (yeji_entry_is_editable (entry))
    return TRUE;
  stored = yeji_store_read_record (self, sql, uuid, FALSE, error);
  if (stored == NULL)
    return FALSE;
  yeji_store_note_unseen (self, stored);
  return TRUE;
}

static void
move_to (YejiRecord     **record,
         YejiDictionary  *dictionary)
{
  YejiRecord *moved;

  if (yeji_record_get_dictionary (*record) == dictionary)
    return;
  moved = yeji_record_move (*record, dictionary, NULL);
  g_object_unref (*record);
  *record = moved;
}

/**
 * yeji_store_merge_unseen: (skip)
 * @record: which is to be saved
 * @at: when
 * @merged: (out) (transfer full) (nullable): what is to be saved instead: the same with what the
 *   province changed since @record was read; %NULL if there was nothing
 *
 * Both changed one place: what was typed stands, and the clerk is asked.
 */
gboolean
yeji_store_merge_unseen (YejiStore   *self,
                         YejiSql     *sql,
                         YejiRecord  *record,
                         const char  *at,
                         YejiRecord **merged,
                         GError     **error)
{
  const char *uuid = yeji_record_get_uuid (record);
  YejiDictionary *dictionary = yeji_record_get_dictionary (record);
  Seen *seen = g_hash_table_lookup (get_table (self), uuid);
  guint since = get_seen (record);
  g_autoptr (YejiRecord) base = NULL;
  g_autoptr (YejiRecord) stored = NULL;
  guint place;

  *merged = NULL;
  if (seen == NULL || since == 0 || since > seen->n_answers)
    return TRUE;
  stored = yeji_store_read_record (self, sql, uuid, FALSE, error);
  if (stored == NULL)
    return FALSE;
  settle_saved (seen, stored);
  place = MAX (since - 1, seen->first);
  base = g_object_ref (g_ptr_array_index (seen->bases, place - seen->first));
  move_to (&base, dictionary);
  move_to (&stored, dictionary);
  if (!yeji_store_note_conflicts (self, sql, base, record, stored, at, error))
    return FALSE;
  *merged = yeji_merge_records (base, record, stored);
  seen->saved = yeji_record_copy (record);
  seen->merged = g_object_ref (*merged);
  seen->place = place;
  return TRUE;
}
