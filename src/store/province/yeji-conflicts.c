// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-store"

#include "config.h"

#include "yeji-conflicts-private.h"

#include <string.h>

#include "yeji-comparison-apply.h"
#include "yeji-store-private.h"
#include "yeji-store-seal.h"

/* Of a value the three texts are sealed as a line of the history is. Of a row as a whole they are
 * records that have this row alone, sealed as records are, so that it can be brought back, and
 * under any later dictionary; in front stands where it was, and a line feed. */

/* A conflict that is settled stays where it is: an undo may open it again. */
typedef enum
{
  SETTLED_NOT,
  SETTLED_SAME,                /* both say the same now */
  SETTLED_DECIDED,             /* the clerk keeps it as it is */
} Settled;

/* A conflict as it is stored. */
typedef struct
{
  gint64 rowid;
  Settled settled;
  YejiDifference *difference;
} Conflict;

static void
free_conflict (gpointer data)
{
  Conflict *conflict = data;

  g_clear_pointer (&conflict->difference, yeji_difference_free);
  g_free (conflict);
}

/* ---- Texts */

static char *
seal_row (YejiStore  *self,
          YejiRecord *record,
          const char *position,
          YejiRow    *row)
{
  g_autoptr (YejiRecord) alone = yeji_record_new (yeji_record_get_dictionary (record),
                                                  yeji_record_get_uuid (record), NULL);
  g_autoptr (YejiRow) copy = yeji_row_copy (row, yeji_row_get_id (row));
  g_autofree char *body = NULL;

  yeji_record_insert_row (alone, 0, copy);
  body = yeji_store_seal_record (self, alone, 0);
  return g_strconcat (position, "\n", body, NULL);
}

static char *
seal_side (YejiStore            *self,
           YejiRecord           *record,
           const YejiDifference *difference,
           YejiSide              side)
{
  YejiChange change = { difference->table, difference->row, difference->field };

  if (difference->texts[side] == NULL)
    return NULL;
  if (yeji_difference_is_row (difference))
    return seal_row (self, record, difference->texts[side], difference->rows[side]);
  return yeji_store_seal_line (self, yeji_record_get_uuid (record), 0, &change,
                               difference->texts[side]);
}

static void
open_row (YejiStore      *self,
          YejiSql        *sql,
          YejiDifference *difference,
          YejiSide        side,
          const char     *text)
{
  YejiShelf *shelf = yeji_store_get_shelf (self);
  YejiDictionary *dictionary = yeji_shelf_get_current (shelf);
  const YejiTableDef *table = yeji_dictionary_find_table (dictionary, difference->table);
  const char *body = strchr (text, '\n');
  g_autofree char *position = body != NULL ? g_strndup (text, (gsize) (body - text)) : NULL;
  g_autoptr (YejiRecord) alone = NULL;
  YejiRow *row = NULL;

  if (body != NULL)
    alone = yeji_shelf_read_under (shelf, sql, body + 1, dictionary, NULL);
  if (alone != NULL && table != NULL)
    row = yeji_record_find_row (alone, table, difference->row, NULL);
  if (row != NULL)
    yeji_difference_set (difference, side, position, row);
}

static void
open_side (YejiStore      *self,
           YejiSql        *sql,
           const char     *uuid,
           YejiDifference *difference,
           YejiSide        side,
           const char     *text)
{
  YejiChange change = { difference->table, difference->row, difference->field };

  if (text == NULL)
    return;
  if (yeji_difference_is_row (difference))
    {
      open_row (self, sql, difference, side, text);
      return;
    }
  change.before = g_strdup (text);
  yeji_store_open_line (self, uuid, &change);
  yeji_difference_set (difference, side, change.before, NULL);
  g_free (change.before);
}

/* ---- The table */

static Conflict *
read_conflict (YejiStore  *self,
               YejiSql    *sql,
               const char *uuid,
               YejiRows   *rows)
{
  Conflict *conflict = g_new0 (Conflict, 1);

  conflict->rowid = yeji_rows_int (rows, 0);
  conflict->settled = (Settled) yeji_rows_int (rows, 1);
  conflict->difference = yeji_difference_new (yeji_rows_text (rows, 2), yeji_rows_text (rows, 3),
                                              yeji_rows_text (rows, 4));
  conflict->difference->kind = YEJI_DIFFERENCE_CONFLICT;
  for (guint side = 0; side < N_YEJI_SIDES; side++)
    if (!yeji_rows_is_null (rows, 5 + (int) side))
      open_side (self, sql, uuid, conflict->difference, side,
                 yeji_rows_text (rows, 5 + (int) side));
  return conflict;
}

static GPtrArray *
read_conflicts (YejiStore   *self,
                YejiSql     *sql,
                const char  *uuid,
                GError     **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (free_conflict);
  g_autoptr (GError) local_error = NULL;
  g_autoptr (YejiRows) rows = NULL;

  rows = yeji_sql_query (sql, error,
                         "SELECT rowid, settled, \"table\", \"row\", field, base, mine, theirs"
                         " FROM conflict WHERE record = ?1 ORDER BY rowid", "s", uuid);
  if (rows == NULL)
    return NULL;
  while (yeji_rows_next (rows, &local_error))
    g_ptr_array_add (list, read_conflict (self, sql, uuid, rows));
  if (local_error == NULL)
    return g_steal_pointer (&list);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}

static gboolean
set_settled (YejiSql   *sql,
             gint64     rowid,
             Settled    settled,
             GError   **error)
{
  return yeji_sql_exec (sql, error, "UPDATE conflict SET settled = ?2 WHERE rowid = ?1", "ii",
                        rowid, (gint64) settled);
}

/* Where the clerk has not decided yet, what both came from stays what it was. */
static gboolean
write_conflict (YejiStore             *self,
                YejiSql               *sql,
                YejiRecord            *record,
                const YejiDifference  *difference,
                const char            *at,
                GError               **error)
{
  g_autofree char *base = seal_side (self, record, difference, YEJI_SIDE_BASE);
  g_autofree char *mine = seal_side (self, record, difference, YEJI_SIDE_MINE);
  g_autofree char *theirs = seal_side (self, record, difference, YEJI_SIDE_THEIRS);

  return yeji_sql_exec (sql, error,
                        "INSERT INTO conflict (record, \"table\", \"row\", field, base, mine,"
                        " theirs, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)"
                        " ON CONFLICT (record, \"table\", \"row\", field) DO UPDATE SET"
                        " base = CASE settled WHEN 0 THEN base ELSE excluded.base END,"
                        " mine = excluded.mine, theirs = excluded.theirs, at = excluded.at,"
                        " settled = 0",
                        "ssssssss", yeji_record_get_uuid (record), difference->table,
                        difference->row, difference->field, base, mine, theirs, at);
}

/* Of what is noted beside values only what was typed on both sides: where one took it away, the
 * other's text stands. */
static gboolean
is_asked (const YejiDifference *difference)
{
  const YejiChange change = { difference->table, difference->row, difference->field };

  if (difference->kind != YEJI_DIFFERENCE_CONFLICT)
    return FALSE;
  if (!yeji_change_split_kept (&change, NULL, NULL))
    return strchr (difference->field, ':') == NULL;
  return difference->texts[YEJI_SIDE_MINE] != NULL && *difference->texts[YEJI_SIDE_MINE] != '\0'
         && difference->texts[YEJI_SIDE_THEIRS] != NULL
         && *difference->texts[YEJI_SIDE_THEIRS] != '\0';
}

static YejiDifferenceKind
find_kind (YejiComparison       *comparison,
           const YejiDifference *place)
{
  for (guint i = 0; i < comparison->differences->len; i++)
    {
      const YejiDifference *difference = g_ptr_array_index (comparison->differences, i);

      if (g_str_equal (difference->table, place->table) && g_str_equal (difference->row, place->row)
          && g_str_equal (difference->field, place->field))
        return difference->kind;
    }
  return YEJI_DIFFERENCE_NONE;
}

/* The province may have come to what the clerk has. */
static gboolean
close_agreed (YejiStore       *self,
              YejiSql         *sql,
              const char      *uuid,
              YejiComparison  *comparison,
              GError         **error)
{
  g_autoptr (GPtrArray) conflicts = read_conflicts (self, sql, uuid, error);

  if (conflicts == NULL)
    return FALSE;
  for (guint i = 0; i < conflicts->len; i++)
    {
      const Conflict *conflict = g_ptr_array_index (conflicts, i);
      YejiDifferenceKind kind = find_kind (comparison, conflict->difference);

      if ((kind == YEJI_DIFFERENCE_NONE || kind == YEJI_DIFFERENCE_BOTH)
          && conflict->settled == SETTLED_NOT
          && !set_settled (sql, conflict->rowid, SETTLED_SAME, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * yeji_store_note_conflicts: (skip)
 * @base: what both came from
 * @mine: what the clerk made of it
 * @theirs: what the province made of it
 * @at: when it was seen
 *
 * Remembers where both were changed, each in its own way. Of what is noted beside values the clerk
 * is asked about reasons and replies alone.
 */
gboolean
yeji_store_note_conflicts (YejiStore   *self,
                           YejiSql     *sql,
                           YejiRecord  *base,
                           YejiRecord  *mine,
                           YejiRecord  *theirs,
                           const char  *at,
                           GError     **error)
{
  g_autoptr (YejiComparison) comparison = yeji_comparison_new (base, mine, theirs, FALSE);

  for (guint i = 0; i < comparison->differences->len; i++)
    {
      const YejiDifference *difference = g_ptr_array_index (comparison->differences, i);

      if (is_asked (difference) && !write_conflict (self, sql, mine, difference, at, error))
        return FALSE;
    }
  return close_agreed (self, sql, yeji_record_get_uuid (mine), comparison, error);
}

static gboolean
has_conflicts (YejiSql     *sql,
               const char  *uuid,
               gboolean    *any,
               GError     **error)
{
  const int found = yeji_sql_has_row (sql, error,
                                      "SELECT 1 FROM conflict WHERE record = ?1 LIMIT 1", "s",
                                      uuid);

  *any = found > 0;
  return found >= 0;
}

/**
 * yeji_store_settle_conflicts: (skip)
 * @record: as it is from now on
 * @why: as for yeji_store_save()
 *
 * Closes the conflicts in which both say the same now. An undo opens again what was closed so.
 */
gboolean
yeji_store_settle_conflicts (YejiStore   *self,
                             YejiSql     *sql,
                             YejiRecord  *record,
                             const char  *why,
                             GError     **error)
{
  const char *uuid = yeji_record_get_uuid (record);
  gboolean undo = g_str_equal (why, "undone") || g_str_equal (why, "redone");
  g_autoptr (GPtrArray) conflicts = NULL;
  gboolean any;

  if (!has_conflicts (sql, uuid, &any, error))
    return FALSE;
  if (!any)
    return TRUE;
  conflicts = read_conflicts (self, sql, uuid, error);
  if (conflicts == NULL)
    return FALSE;
  for (guint i = 0; i < conflicts->len; i++)
    {
      const Conflict *conflict = g_ptr_array_index (conflicts, i);
      gboolean same = yeji_difference_agrees (conflict->difference, record, YEJI_SIDE_THEIRS);
      Settled settled = conflict->settled;

      if (same && settled == SETTLED_NOT)
        settled = SETTLED_SAME;
      else if (!same && undo && settled == SETTLED_SAME)
        settled = SETTLED_NOT;
      if (settled != conflict->settled && !set_settled (sql, conflict->rowid, settled, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * yeji_store_forget_conflicts: (skip)
 *
 * Drops the conflicts of a record: the clerk submits it as it is.
 */
gboolean
yeji_store_forget_conflicts (YejiSql     *sql,
                             const char  *uuid,
                             GError     **error)
{
  return yeji_sql_exec (sql, error, "DELETE FROM conflict WHERE record = ?1", "s", uuid);
}

/**
 * yeji_store_forget_lost_conflicts: (skip)
 *
 * Drops the conflicts that cannot be shown, their key being lost. What the clerk typed stays.
 */
gboolean
yeji_store_forget_lost_conflicts (YejiSql  *sql,
                                  GError  **error)
{
  return yeji_sql_exec (sql, error,
                        "DELETE FROM conflict WHERE instr (coalesce (base, '')"
                        " || coalesce (mine, '') || coalesce (theirs, ''), ?1) > 0", "s",
                        YEJI_VAULT_PREFIX);
}

/* ---- Calls */

typedef struct
{
  YejiStore *store;
  const char *uuid;
  GPtrArray *differences;
  gboolean decided;
} Call;

/* What is here may have been typed into since: it is told as it is now. */
static void
update_mine (YejiDifference *difference,
             YejiRecord     *record)
{
  const YejiTableDef *table = yeji_dictionary_find_table (yeji_record_get_dictionary (record),
                                                          difference->table);
  const YejiFieldDef *field = table != NULL ? yeji_table_def_find_field (table, difference->field)
                                            : NULL;
  const YejiChange change = { difference->table, difference->row, difference->field };
  g_autofree char *rule = NULL;
  const char *name = NULL;
  guint index = 0;
  YejiRow *row = table != NULL ? yeji_record_find_row (record, table, difference->row, &index)
                               : NULL;

  if (yeji_change_split_kept (&change, &rule, &name))
    {
      const YejiKept *kept = yeji_record_find_kept (record, rule, difference->table,
                                                    difference->row, name);

      yeji_difference_set (difference, YEJI_SIDE_MINE, kept != NULL ? kept->reason : "", row);
    }
  else if (table == NULL)
    yeji_difference_set (difference, YEJI_SIDE_MINE, yeji_record_get_role (record), NULL);
  else if (field != NULL && row != NULL)
    yeji_difference_set (difference, YEJI_SIDE_MINE, yeji_row_get (row, field), row);
  else if (row != NULL)
    {
      g_autofree char *position = g_strdup_printf ("%u", index);

      yeji_difference_set (difference, YEJI_SIDE_MINE, position, row);
    }
}

/* In form order, as the record is on screen. */
static int
compare_places (gconstpointer a,
                gconstpointer b,
                gpointer      data)
{
  YejiDictionary *dictionary = yeji_record_get_dictionary (data);
  const YejiDifference *differences[2] = { *(const YejiDifference * const *) a,
                                           *(const YejiDifference * const *) b };
  guint places[2][3] = { { 0 } };

  for (guint i = 0; i < 2; i++)
    {
      const YejiTableDef *table = yeji_dictionary_find_table (dictionary, differences[i]->table);
      const YejiFieldDef *field = NULL;

      if (table == NULL)
        continue;
      field = yeji_table_def_find_field (table, differences[i]->field);
      places[i][0] = table->index + 1;
      yeji_record_find_row (data, table, differences[i]->row, &places[i][1]);
      places[i][2] = field != NULL ? field->index + 1 : 0;
    }
  for (guint i = 0; i < 3; i++)
    if (places[0][i] != places[1][i])
      return places[0][i] < places[1][i] ? -1 : 1;
  return strcmp (differences[0]->row, differences[1]->row);
}

static gboolean
run_get (YejiSql   *sql,
         gpointer   data,
         GError   **error)
{
  Call *call = data;
  g_autoptr (YejiRecord) record = yeji_store_read_record (call->store, sql, call->uuid, FALSE,
                                                          error);
  g_autoptr (GPtrArray) conflicts = NULL;

  if (record == NULL)
    return FALSE;
  conflicts = read_conflicts (call->store, sql, call->uuid, error);
  if (conflicts == NULL)
    return FALSE;
  call->differences = g_ptr_array_new_with_free_func ((GDestroyNotify) yeji_difference_free);
  for (guint i = 0; i < conflicts->len; i++)
    {
      Conflict *conflict = g_ptr_array_index (conflicts, i);

      if (conflict->settled != SETTLED_NOT
          || yeji_difference_agrees (conflict->difference, record, YEJI_SIDE_THEIRS))
        continue;
      update_mine (conflict->difference, record);
      g_ptr_array_add (call->differences, g_steal_pointer (&conflict->difference));
    }
  g_ptr_array_sort_with_data (call->differences, compare_places, record);
  return TRUE;
}

static gboolean
run_decide (YejiSql   *sql,
            gpointer   data,
            GError   **error)
{
  Call *call = data;

  for (guint i = 0; i < call->differences->len; i++)
    {
      const YejiDifference *difference = g_ptr_array_index (call->differences, i);

      if (!yeji_sql_exec (sql, error,
                          "UPDATE conflict SET settled = ?5 WHERE record = ?1 AND \"table\" = ?2"
                          " AND \"row\" = ?3 AND field = ?4", "ssssi", call->uuid,
                          difference->table, difference->row, difference->field,
                          (gint64) (call->decided ? SETTLED_DECIDED : SETTLED_NOT)))
        return FALSE;
    }
  return TRUE;
}

/**
 * yeji_store_get_conflicts:
 *
 * Reads where the clerk and the province both changed a record and nobody has decided yet. Blocks.
 *
 * Returns: (transfer full) (nullable) (element-type YejiDifference): in form order, the base being
 *   what both started from, mine what is here now, theirs what the province has; of a row that mine
 *   has no more the row of mine is not set
 */
GPtrArray *
yeji_store_get_conflicts (YejiStore  *self,
                          const char *uuid,
                          GError    **error)
{
  Call call = { self, uuid };

  g_return_val_if_fail (YEJI_IS_STORE (self), NULL);
  g_return_val_if_fail (uuid != NULL, NULL);

  if (yeji_db_run (yeji_store_get_db (self), run_get, &call, error))
    return call.differences;
  g_clear_pointer (&call.differences, g_ptr_array_unref);
  return NULL;
}

/**
 * yeji_store_decide_conflicts:
 * @differences: (element-type YejiDifference): of yeji_store_get_conflicts()
 * @decided: %FALSE takes back the decision
 *
 * Notes that what is here stays. That what the province has was taken instead need not be told:
 * then both say the same. Blocks.
 */
gboolean
yeji_store_decide_conflicts (YejiStore  *self,
                             const char *uuid,
                             GPtrArray  *differences,
                             gboolean    decided,
                             GError    **error)
{
  Call call = { self, uuid, differences, decided };

  g_return_val_if_fail (YEJI_IS_STORE (self), FALSE);
  g_return_val_if_fail (differences != NULL, FALSE);

  if (!yeji_db_run (yeji_store_get_db (self), run_decide, &call, error))
    return FALSE;
  yeji_store_announce (self, uuid);
  return TRUE;
}
