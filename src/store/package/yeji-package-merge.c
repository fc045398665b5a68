// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-package"

#include "config.h"

#include "yeji-package-private.h"

#include <string.h>

#include "yeji-conflicts-private.h"
#include "yeji-merge.h"
#include "yeji-move.h"
#include "yeji-store-private.h"
#include "yeji-store-seen.h"

/* A record that comes, and the one that is here. */
typedef struct
{
  YejiPackageRecord *came;
  YejiTakeItem *item;
  YejiRecord *theirs;          /* under the dictionary under which it was written */
  YejiRecord *their_base;      /* (nullable) */
  YejiEntry *entry;            /* (nullable): it is not here */
  YejiRecord *mine;            /* (nullable) */
  YejiRecord *my_base;         /* (nullable) */
  GPtrArray *my_lines;         /* (nullable) */
  char *my_revision;           /* (nullable) */
  char *my_answered_at;        /* (nullable) */
} Pair;

static void
clear_pair (Pair *pair)
{
  g_clear_object (&pair->theirs);
  g_clear_object (&pair->their_base);
  g_clear_object (&pair->entry);
  g_clear_object (&pair->mine);
  g_clear_object (&pair->my_base);
  g_clear_pointer (&pair->my_lines, g_ptr_array_unref);
  g_free (pair->my_revision);
  g_free (pair->my_answered_at);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Pair, clear_pair)

/* ---- Reading both */

static YejiRecord *
read_text (YejiTaking   *taking,
           YejiSql      *sql,
           const char   *text,
           const char   *uuid,
           GError      **error)
{
  YejiShelf *shelf = yeji_store_get_shelf (taking->store);
  g_autoptr (GError) reason = NULL;
  g_autoptr (YejiRecord) record = yeji_shelf_read (shelf, sql, text, &reason);

  if (record == NULL && reason->domain == YEJI_DB_ERROR)
    {
      g_propagate_error (error, g_steal_pointer (&reason));
      return NULL;
    }
  if (record != NULL && g_str_equal (yeji_record_get_uuid (record), uuid))
    return g_steal_pointer (&record);
  yeji_package_fail (reason != NULL ? reason->message : "a record is another one inside", error);
  return NULL;
}

static gboolean
read_theirs (YejiTaking  *taking,
             YejiSql     *sql,
             Pair        *pair,
             GError     **error)
{
  YejiPackageRecord *came = pair->came;
  YejiDictionary *known;

  pair->theirs = read_text (taking, sql, came->body, came->uuid, error);
  if (pair->theirs == NULL)
    return FALSE;
  if (came->base != NULL
      && (pair->their_base = read_text (taking, sql, came->base, came->uuid, error)) == NULL)
    return FALSE;
  if (!yeji_shelf_find (yeji_store_get_shelf (taking->store), sql, came->dictionary, &known, error))
    return FALSE;
  if (known == NULL)
    pair->item->version = g_strdup (came->dictionary);
  return TRUE;
}

static gboolean
read_mine (YejiTaking  *taking,
           YejiSql     *sql,
           Pair        *pair,
           GError     **error)
{
  YejiShelf *shelf = yeji_store_get_shelf (taking->store);
  const char *uuid = pair->came->uuid;
  g_autofree char *body = NULL;
  g_autofree char *base = NULL;
  g_autoptr (YejiRows) rows = NULL;

  rows = yeji_sql_query (sql, error,
                         "SELECT body, base_body, revision, answered_at FROM record"
                         " WHERE uuid = ?1", "s", uuid);
  if (rows == NULL || !yeji_rows_next (rows, error))
    return FALSE;
  body = yeji_rows_dup_text (rows, 0);
  base = yeji_rows_dup_text (rows, 1);
  pair->my_revision = yeji_rows_dup_text (rows, 2);
  pair->my_answered_at = yeji_rows_dup_text (rows, 3);
  g_clear_pointer (&rows, yeji_rows_free);   /* the shelf asks, too */
  pair->mine = yeji_shelf_read (shelf, sql, body, error);
  if (pair->mine == NULL)
    return FALSE;
  if (base != NULL && (pair->my_base = yeji_shelf_read (shelf, sql, base, error)) == NULL)
    return FALSE;
  pair->my_lines = yeji_store_read_history (taking->store, sql, uuid, error);
  return pair->my_lines != NULL;
}

static gboolean
read_pair (YejiTaking  *taking,
           YejiSql     *sql,
           Pair        *pair,
           GError     **error)
{
  g_autoptr (GError) reason = NULL;

  if (!read_theirs (taking, sql, pair, error))
    return FALSE;
  pair->entry = yeji_entry_read (sql, pair->came->uuid, &reason);
  if (pair->entry != NULL)
    return read_mine (taking, sql, pair, error);
  if (g_error_matches (reason, YEJI_STORE_ERROR, YEJI_STORE_ERROR_NOT_FOUND))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&reason));
  return FALSE;
}

/* ---- Taking over */

/* Whether they have heard more of the province. What waits to be sent was made for what was known
 * here. */
static gboolean
is_answered_later (Pair *pair)
{
  const YejiPackageProvince *said = &pair->came->province;
  g_autoptr (GDateTime) here = NULL;
  g_autoptr (GDateTime) there = NULL;

  if (yeji_entry_get_state (pair->entry) == YEJI_STATE_QUEUED || said->revision == NULL)
    return FALSE;
  if (pair->my_revision == NULL)
    return TRUE;
  if (pair->my_answered_at != NULL)
    here = g_date_time_new_from_iso8601 (pair->my_answered_at, NULL);
  if (said->answered_at != NULL)
    there = g_date_time_new_from_iso8601 (said->answered_at, NULL);
  return there != NULL && (here == NULL || g_date_time_compare (there, here) > 0);
}

static gboolean
forget_facts (YejiSql     *sql,
              const char  *uuid,
              GError     **error)
{
  return yeji_sql_exec (sql, error,
                        "UPDATE record SET n_errors = NULL, n_warnings = NULL,"
                        " completeness = NULL, outcome = NULL, n_slots = NULL,"
                        " n_filled_slots = NULL, required_slots = NULL WHERE uuid = ?1", "s", uuid);
}

static gboolean
take_new (YejiTaking  *taking,
          YejiSql     *sql,
          Pair        *pair,
          GError     **error)
{
  const YejiPackageRecord *came = pair->came;

  pair->item->kind = YEJI_TAKE_NEW;
  return yeji_store_write_record (taking->store, sql, pair->theirs, "imported", taking->now, error)
    && yeji_package_write_lines (taking, sql, came, error)
    && yeji_sql_exec (sql, error,
                      "UPDATE record SET created_at = ?2, changed_at = ?3 WHERE uuid = ?1", "sss",
                      came->uuid, came->created_at, came->changed_at)
    && yeji_package_write_province (taking, sql, pair->came, pair->their_base, error)
    && yeji_store_move_editable (taking->store, sql, came->uuid, taking->now, error);
}

static void
move_to (YejiRecord     **record,
         YejiDictionary  *dictionary)
{
  YejiRecord *moved;

  if (*record == NULL || yeji_record_get_dictionary (*record) == dictionary)
    return;
  moved = yeji_record_move (*record, dictionary, NULL);
  g_object_unref (*record);
  *record = moved;
}

static gboolean
says_the_same (YejiTaking *taking,
               YejiRecord *one,
               YejiRecord *other)
{
  g_autofree char *first = yeji_store_digest (taking->store, one);
  g_autofree char *second = yeji_store_digest (taking->store, other);

  return g_str_equal (first, second);
}

static gboolean
count_conflicts (YejiTaking  *taking,
                 YejiSql     *sql,
                 Pair        *pair,
                 GError     **error)
{
  g_autoptr (YejiRows) rows = NULL;

  rows = yeji_sql_query (sql, error, "SELECT count (*) FROM conflict WHERE record = ?1"
                         " AND at = ?2 AND settled = 0", "ss", pair->came->uuid, taking->now);
  if (rows == NULL || !yeji_rows_next (rows, error))
    return FALSE;
  pair->item->n_conflicts = (guint) yeji_rows_int (rows, 0);
  return TRUE;
}

/* Where nothing is known of what both came from, everything that differs is asked about. */
static YejiRecord *
merge (YejiTaking   *taking,
       YejiSql      *sql,
       Pair         *pair,
       YejiRecord   *ancestor,
       gboolean      same_answer,
       GError      **error)
{
  g_autoptr (YejiRecord) base = NULL;
  g_autoptr (YejiRecord) merged = NULL;

  if (ancestor != NULL)
    base = g_object_ref (ancestor);
  else if (same_answer && pair->my_base != NULL)
    base = g_object_ref (pair->my_base);
  else
    base = yeji_record_new (yeji_record_get_dictionary (pair->mine), pair->came->uuid, NULL);
  merged = yeji_merge_records (base, pair->mine, pair->theirs);
  if (!yeji_store_note_conflicts (taking->store, sql, base, pair->mine, pair->theirs, taking->now,
                                  error)
      || !count_conflicts (taking, sql, pair, error))
    return NULL;
  return g_steal_pointer (&merged);
}

static YejiTakeKind
judge (YejiTaking *taking,
       Pair       *pair,
       YejiRecord *merged)
{
  if (pair->item->n_conflicts > 0)
    return YEJI_TAKE_CONFLICT;
  if (says_the_same (taking, merged, pair->mine))
    return YEJI_TAKE_OLDER;
  return says_the_same (taking, merged, pair->theirs) ? YEJI_TAKE_FOLLOWED : YEJI_TAKE_MERGED;
}

/* The step that an undo takes back; where questions are all that came of it, it changes nothing. */
static gboolean
write_merged (YejiTaking  *taking,
              YejiSql     *sql,
              Pair        *pair,
              YejiRecord  *merged,
              GError     **error)
{
  const YejiChange asked = { (char *) "", (char *) "", (char *) YEJI_HISTORY_TAKEN, (char *) "",
                             (char *) YEJI_HISTORY_TAKEN_ASKED };
  const char *uuid = pair->came->uuid;
  const char *why = pair->item->kind == YEJI_TAKE_FOLLOWED ? YEJI_WHY_FOLLOWED : YEJI_WHY_TAKEN;
  gint64 step, next;

  if (!yeji_store_note_bulk (taking->store, sql, uuid, error)
      || !yeji_store_read_next_step (sql, uuid, &step, error)
      || !yeji_store_write_record (taking->store, sql, merged, why, taking->now, error)
      || !yeji_store_read_next_step (sql, uuid, &next, error))
    return FALSE;
  if (next == step
      && !yeji_store_write_change (taking->store, sql, uuid, step, &asked, why, taking->now, error))
    return FALSE;
  return yeji_store_mark_step (sql, uuid, step, taking->batch, 0, error);
}

static void
unpack_lines (GPtrArray *lines)
{
  for (guint i = 0; i < lines->len; i++)
    yeji_change_unpack (((YejiHistoryLine *) g_ptr_array_index (lines, i))->change);
}

static gboolean
take_other (YejiTaking  *taking,
            YejiSql     *sql,
            Pair        *pair,
            GError     **error)
{
  gboolean same_answer = pair->my_revision != NULL
                         && g_strcmp0 (pair->my_revision, pair->came->province.revision) == 0;
  const YejiLineage mine = { pair->mine, pair->my_lines };
  const YejiLineage theirs = { pair->theirs, pair->came->lines };
  g_autoptr (YejiRecord) base = NULL;
  g_autoptr (YejiRecord) merged = NULL;
  g_autoptr (GPtrArray) news = NULL;
  gboolean nothing;
  YejiKin kin;

  unpack_lines (pair->came->lines);
  kin = yeji_package_find_kin (&mine, &theirs, same_answer, &base, &news);
  if (kin == YEJI_KIN_OLDER)
    {
      pair->item->kind = YEJI_TAKE_OLDER;
      return TRUE;
    }
  merged = kin == YEJI_KIN_NEWER ? g_object_ref (pair->theirs)
                                 : merge (taking, sql, pair, base, same_answer, error);
  if (merged == NULL)
    return FALSE;
  pair->item->kind = judge (taking, pair, merged);
  nothing = pair->item->kind == YEJI_TAKE_OLDER;
  return yeji_package_write_news (taking, sql, pair->came->uuid, news,
                                  nothing ? NULL : taking->batch, error)
    && (nothing || write_merged (taking, sql, pair, merged, error));
}

static gboolean
take_out_of_bin (YejiTaking  *taking,
                 YejiSql     *sql,
                 Pair        *pair,
                 GError     **error)
{
  const char *uuid = pair->came->uuid;
  const YejiChange out = { (char *) "", (char *) "", (char *) YEJI_CHANGE_BIN,
                           (char *) YEJI_CHANGE_IN_BIN, (char *) "" };
  gint64 step;

  if (yeji_entry_get_removed_at (pair->entry) == NULL)
    return TRUE;
  pair->item->restored = TRUE;
  return yeji_sql_exec (sql, error, "UPDATE record SET removed_at = NULL, expired_at = NULL,"
                        " bin_since = NULL WHERE uuid = ?1", "s", uuid)
    && yeji_store_read_next_step (sql, uuid, &step, error)
    && yeji_store_write_change (taking->store, sql, uuid, step, &out, "restored", taking->now,
                                error);
}

static gboolean
take_known (YejiTaking  *taking,
            YejiSql     *sql,
            Pair        *pair,
            GError     **error)
{
  YejiDictionary *current = yeji_shelf_get_current (yeji_store_get_shelf (taking->store));
  gboolean later = is_answered_later (pair);
  gboolean same;

  move_to (&pair->mine, current);
  move_to (&pair->my_base, current);
  move_to (&pair->theirs, current);
  same = says_the_same (taking, pair->mine, pair->theirs);
  pair->item->kind = same ? YEJI_TAKE_SAME : YEJI_TAKE_FIXED;
  if (!yeji_entry_is_in_hand (pair->entry) && !later)
    return TRUE;
  return take_out_of_bin (taking, sql, pair, error)
    && (same || take_other (taking, sql, pair, error))
    && (!later || yeji_package_write_province (taking, sql, pair->came, pair->their_base, error))
    && (!later
        || yeji_store_move_editable (taking->store, sql, pair->came->uuid, taking->now, error));
}

static YejiTakeItem *
new_item (YejiTaking              *taking,
          const YejiPackageRecord *came)
{
  YejiTakeItem *item = g_new0 (YejiTakeItem, 1);

  item->uuid = g_strdup (came->uuid);
  item->name = g_strdup (came->name);
  g_ptr_array_add (taking->report->items, item);
  return item;
}

/**
 * yeji_package_take_record: (skip)
 *
 * Takes one record over, and says in the report what became of it.
 *
 * Returns: %FALSE with %YEJI_PACKAGE_ERROR_DAMAGED or a #YejiDbError
 */
gboolean
yeji_package_take_record (YejiTaking         *taking,
                          YejiSql            *sql,
                          YejiPackageRecord  *record,
                          GError            **error)
{
  g_auto (Pair) pair = { record };
  YejiTakeItem *item = new_item (taking, record);
  gboolean fixed;

  pair.item = item;
  if (!read_pair (taking, sql, &pair, error)
      || !(pair.entry == NULL ? take_new (taking, sql, &pair, error)
                              : take_known (taking, sql, &pair, error)))
    return FALSE;
  fixed = pair.entry != NULL && !yeji_entry_is_in_hand (pair.entry)
          && (item->kind == YEJI_TAKE_FIXED || item->kind == YEJI_TAKE_SAME);
  if (!fixed && !yeji_package_take_documents (taking, sql, record, item, error))
    return FALSE;
  if ((item->kind == YEJI_TAKE_SAME || item->kind == YEJI_TAKE_OLDER
       || item->kind == YEJI_TAKE_FIXED) && item->n_documents == 0 && !item->restored)
    return TRUE;
  g_hash_table_add (taking->touched, g_strdup (record->uuid));
  return forget_facts (sql, record->uuid, error);
}
