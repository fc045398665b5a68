// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-store"

#include "config.h"

#include "yeji-store-seen.h"

#include "yeji-conflicts-private.h"
#include "yeji-merge.h"
#include "yeji-store-private.h"

/* While a record is open in an editor, somebody else may change it: another computer at the
 * province, an import, who takes an import back. The editor saves the record as a whole, and would
 * take back what it has not seen. So the store remembers what a record that was read looked like
 * before it was changed, and merges what is saved by somebody who has not read it again since. It
 * remembers as long as somebody holds the record: nobody else can save it. */

/* Of who has not read a record again for so long, what came first counts. */
#define MAX_BASES 16

/* Of one record. Only the counts of references and changes are touched by other threads than the
 * database's. */
typedef struct
{
  gatomicrefcount n_refs;      /* one is the table's */
  guint n_changes;             /* by others */
  guint n_answered;            /* the last of them that was the province's */
  guint first;                 /* the change before which bases[0] was */
  GPtrArray *bases;            /* (element-type YejiRecord) */
  YejiRecord *saved;           /* (nullable): is the base of `place` once `merged` is stored */
  YejiRecord *merged;
  guint place;
} Seen;

/* What somebody has seen who read a record. */
typedef struct
{
  Seen *seen;
  guint n_changes;
} Sight;

/* The database's thread alone looks into it. */
typedef struct
{
  GHashTable *seen;            /* (element-type utf8 Seen) */
  guint limit;                 /* when those that nobody holds are dropped */
} Table;

#define FIRST_LIMIT 64

static G_DEFINE_QUARK (yeji-store-seen, seen)
static G_DEFINE_QUARK (yeji-record-sight, sight)

static void
seen_unref (gpointer data)
{
  Seen *self = data;

  if (!g_atomic_ref_count_dec (&self->n_refs))
    return;
  g_ptr_array_unref (self->bases);
  g_clear_object (&self->saved);
  g_clear_object (&self->merged);
  g_free (self);
}

static gboolean
is_held (Seen *self)
{
  return !g_atomic_ref_count_compare (&self->n_refs, 1);
}

static void
sight_free (gpointer data)
{
  Sight *self = data;

  seen_unref (self->seen);
  g_free (self);
}

static void
table_free (gpointer data)
{
  Table *self = data;

  g_hash_table_unref (self->seen);
  g_free (self);
}

static gboolean
is_forgotten (gpointer uuid,
              gpointer seen,
              gpointer data)
{
  return !is_held (seen);
}

static Table *
get_table (YejiStore *self)
{
  Table *table = g_object_get_qdata (G_OBJECT (self), seen_quark ());

  if (table != NULL)
    return table;
  table = g_new0 (Table, 1);
  table->seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, seen_unref);
  table->limit = FIRST_LIMIT;
  g_object_set_qdata_full (G_OBJECT (self), seen_quark (), table, table_free);
  return table;
}

/* NULL: nobody has it on a screen. */
static Seen *
find (YejiStore  *self,
      const char *uuid)
{
  Table *table = get_table (self);
  Seen *seen = g_hash_table_lookup (table->seen, uuid);

  if (seen == NULL || is_held (seen))
    return seen;
  g_hash_table_remove (table->seen, uuid);
  return NULL;
}

static Seen *
ensure (YejiStore  *self,
        const char *uuid)
{
  Table *table = get_table (self);
  Seen *seen = g_hash_table_lookup (table->seen, uuid);

  if (seen != NULL)
    return seen;
  if (g_hash_table_size (table->seen) >= table->limit)
    {
      g_hash_table_foreach_remove (table->seen, is_forgotten, NULL);
      table->limit = MAX (2 * g_hash_table_size (table->seen), FIRST_LIMIT);
    }
  seen = g_new0 (Seen, 1);
  g_atomic_ref_count_init (&seen->n_refs);
  seen->bases = g_ptr_array_new_with_free_func (g_object_unref);
  g_hash_table_insert (table->seen, g_strdup (uuid), seen);
  return seen;
}

static Sight *
get_sight (YejiRecord *record)
{
  return g_object_get_qdata (G_OBJECT (record), sight_quark ());
}

static void
set_sight (YejiRecord *record,
           Seen       *seen,
           guint       n_changes)
{
  Sight *sight = g_new (Sight, 1);

  g_atomic_ref_count_inc (&seen->n_refs);
  sight->seen = seen;
  sight->n_changes = n_changes;
  g_object_set_qdata_full (G_OBJECT (record), sight_quark (), sight, sight_free);
}

/**
 * yeji_record_carry_seen:
 * @copy: of @self
 */
void
yeji_record_carry_seen (YejiRecord *self,
                        YejiRecord *copy)
{
  const Sight *sight = get_sight (self);

  if (sight != NULL)
    set_sight (copy, sight->seen, sight->n_changes);
}

/**
 * yeji_record_is_seen:
 *
 * Returns: whether nobody else has changed the record since it was read from the store; %FALSE when
 * it was not
 */
gboolean
yeji_record_is_seen (YejiRecord *self)
{
  const Sight *sight = get_sight (self);

  return sight != NULL
         && (guint) g_atomic_int_get (&sight->seen->n_changes) == sight->n_changes;
}

/**
 * yeji_store_mark_seen: (skip)
 * @record: just read, for whom it may concern
 */
void
yeji_store_mark_seen (YejiStore  *self,
                      YejiRecord *record)
{
  Seen *seen = ensure (self, yeji_record_get_uuid (record));

  set_sight (record, seen, seen->n_changes);
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

static void
add_base (Seen       *self,
          YejiRecord *before)
{
  settle_saved (self, before);
  g_ptr_array_add (self->bases, g_object_ref (before));
  if (self->bases->len > MAX_BASES)
    {
      g_ptr_array_remove_index (self->bases, 0);
      self->first++;
    }
  g_atomic_int_inc (&self->n_changes);
}

/**
 * yeji_store_note_unseen: (skip)
 * @before: what is stored, which the province is about to change
 */
void
yeji_store_note_unseen (YejiStore  *self,
                        YejiRecord *before)
{
  Seen *seen = find (self, yeji_record_get_uuid (before));

  if (seen == NULL)
    return;
  add_base (seen, before);
  seen->n_answered = seen->n_changes;
}

static gboolean
note_stored (YejiStore   *self,
             YejiSql     *sql,
             const char  *uuid,
             Seen        *seen,
             GError     **error)
{
  g_autoptr (YejiRecord) stored = yeji_store_read_record (self, sql, uuid, FALSE, error);

  if (stored == NULL)
    return FALSE;
  add_base (seen, stored);
  return TRUE;
}

/**
 * yeji_store_note_bulk: (skip)
 *
 * Notes that a bulk change is about to change a record, or to bring it.
 */
gboolean
yeji_store_note_bulk (YejiStore   *self,
                      YejiSql     *sql,
                      const char  *uuid,
                      GError     **error)
{
  Seen *seen = find (self, uuid);
  g_autoptr (GError) local_error = NULL;

  if (seen == NULL || note_stored (self, sql, uuid, seen, &local_error)
      || g_error_matches (local_error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_NOT_FOUND))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
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
  Seen *seen = find (self, uuid);
  g_autoptr (YejiEntry) entry = NULL;

  if (seen == NULL)
    return TRUE;
  entry = yeji_entry_read (sql, uuid, error);
  if (entry == NULL)
    return FALSE;
  if (yeji_entry_is_editable (entry))
    return TRUE;
  if (!note_stored (self, sql, uuid, seen, error))
    return FALSE;
  seen->n_answered = seen->n_changes;
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
 * @merged: (out) (transfer full) (nullable): what is to be saved instead: the same with what others
 *   changed since @record was read; %NULL if there was nothing
 *
 * Both changed one place: what was typed stands, and the clerk is asked if the other was the
 * province.
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
  const Sight *sight = get_sight (record);
  g_autoptr (YejiRecord) base = NULL;
  g_autoptr (YejiRecord) stored = NULL;
  Seen *seen;
  guint place;

  *merged = NULL;
  if (sight == NULL || sight->n_changes == sight->seen->n_changes)
    return TRUE;
  seen = sight->seen;
  stored = yeji_store_read_record (self, sql, uuid, FALSE, error);
  if (stored == NULL)
    return FALSE;
  settle_saved (seen, stored);
  place = MAX (sight->n_changes, seen->first);
  base = g_object_ref (g_ptr_array_index (seen->bases, place - seen->first));
  move_to (&base, dictionary);
  move_to (&stored, dictionary);
  if (sight->n_changes < seen->n_answered
      && !yeji_store_note_conflicts (self, sql, base, record, stored, at, error))
    return FALSE;
  *merged = yeji_merge_records (base, record, stored);
  seen->saved = yeji_record_copy (record);
  seen->merged = g_object_ref (*merged);
  seen->place = place;
  return TRUE;
}
