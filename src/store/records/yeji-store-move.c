// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-store"

#include "config.h"

#include "yeji-store-private.h"

#include "yeji-clock.h"
#include "yeji-conflicts-private.h"
#include "yeji-json.h"
#include "yeji-store-index.h"
#include "yeji-store-seal.h"

/* Records that the clerk may change are moved when the dictionary changes: on a copy, all of them
 * or none, with the body before and a report kept. A record in the province's hands stays as it was
 * sent, and is moved when it comes back. */

#define MIGRATED "migrated"

/* What a record is before it is moved. */
typedef struct
{
  YejiRecord *old;
  YejiRecord *base;            /* (nullable): what the province has */
  char *body;
} Before;

static void
clear_before (Before *before)
{
  g_clear_object (&before->old);
  g_clear_object (&before->base);
  g_clear_pointer (&before->body, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Before, clear_before)

static gboolean
read_before (YejiStore   *self,
             YejiSql     *sql,
             const char  *uuid,
             Before      *before,
             GError     **error)
{
  YejiShelf *shelf = yeji_store_get_shelf (self);
  g_autofree char *base = NULL;
  g_autoptr (YejiRows) rows = NULL;

  rows = yeji_sql_query (sql, error, "SELECT body, base_body FROM record WHERE uuid = ?1",
                         "s", uuid);
  if (rows == NULL || !yeji_rows_next (rows, error))
    return FALSE;
  before->body = yeji_rows_dup_text (rows, 0);
  base = yeji_rows_dup_text (rows, 1);
  g_clear_pointer (&rows, yeji_rows_free);   /* the shelf asks, too */
  before->old = yeji_shelf_read (shelf, sql, before->body, error);
  if (before->old == NULL || base == NULL)
    return before->old != NULL;
  before->base = yeji_shelf_read_under (shelf, sql, base, yeji_shelf_get_current (shelf), error);
  return before->base != NULL;
}

static gboolean
write_line (YejiStore   *self,
            YejiSql     *sql,
            const char  *uuid,
            gint64       step,
            YejiChange   change,
            const char  *at,
            GError     **error)
{
  return yeji_store_write_change (self, sql, uuid, step, &change, MIGRATED, at, error);
}

/* Values that are another now, or elsewhere, and first of all the version. */
static gboolean
write_history (YejiStore   *self,
               YejiSql     *sql,
               YejiRecord  *old,
               YejiRecord  *new,
               GPtrArray   *notes,
               const char  *at,
               GError     **error)
{
  const char *uuid = yeji_record_get_uuid (new);
  const char *from = yeji_dictionary_get_version (yeji_record_get_dictionary (old));
  const char *to = yeji_dictionary_get_version (yeji_record_get_dictionary (new));
  gint64 step;

  if (!yeji_store_read_next_step (sql, uuid, &step, error)
      || !write_line (self, sql, uuid, step,
                      (YejiChange) { (char *) "", (char *) "", (char *) "dictionary", (char *) from,
                                     (char *) to }, at, error))
    return FALSE;
  for (guint i = 0; i < notes->len; i++)
    {
      const YejiMoveNote *note = g_ptr_array_index (notes, i);

      if (note->kind != YEJI_MOVE_CODE_MAPPED && note->kind != YEJI_MOVE_KEPT_ASIDE
          && note->kind != YEJI_MOVE_PUT_BACK)
        continue;
      if (!write_line (self, sql, uuid, step,
                       (YejiChange) { note->table, note->row, note->field,
                                      note->before != NULL ? note->before : (char *) "",
                                      note->after != NULL ? note->after : (char *) "" }, at, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
write_report (YejiStore    *self,
              YejiSql      *sql,
              const Before *before,
              YejiRecord   *new,
              GPtrArray    *notes,
              const char   *at,
              GError      **error)
{
  g_autoptr (JsonNode) node = yeji_move_notes_to_json (notes);
  g_autofree char *text = yeji_store_seal_notes (self, yeji_record_get_dictionary (new),
                                                 yeji_record_get_uuid (new), node);

  return yeji_sql_exec (sql, error,
                        "INSERT INTO move (record, from_version, to_version, at, notes,"
                        " body_before) VALUES (?1, ?2, ?3, ?4, ?5, ?6)", "ssssss",
                        yeji_record_get_uuid (new),
                        yeji_dictionary_get_version (yeji_record_get_dictionary (before->old)),
                        yeji_dictionary_get_version (yeji_record_get_dictionary (new)), at, text,
                        before->body);
}

/* When it was changed, and by whom, is the clerk's own; what was found in it, is not known yet. */
static gboolean
write_moved (YejiStore   *self,
             YejiSql     *sql,
             YejiRecord  *new,
             YejiRecord  *base,
             GError     **error)
{
  g_autofree char *body = yeji_store_make_body (self, new, 0, error);
  g_autofree char *digest = yeji_store_digest (self, new);
  g_autofree char *base_body = base != NULL ? yeji_store_seal_record (self, base, 0) : NULL;
  g_autofree char *base_digest = base != NULL ? yeji_store_digest (self, base) : NULL;

  if (body == NULL)
    return FALSE;
  return yeji_sql_exec (sql, error,
                        "UPDATE record SET name = ?2, number = ?3, dictionary = ?4, digest = ?5,"
                        " body = ?6, base_digest = ?7, base_body = ?8, n_errors = NULL,"
                        " n_warnings = NULL, completeness = NULL, outcome = NULL, n_slots = NULL,"
                        " n_filled_slots = NULL, required_slots = NULL,"
                        " generation = generation + 1 WHERE uuid = ?1",
                        "ssssssss", yeji_record_get_uuid (new),
                        yeji_row_get_title (yeji_record_get_project (new)),
                        yeji_store_get_number (new),
                        yeji_dictionary_get_version (yeji_record_get_dictionary (new)), digest,
                        body, base_digest, base_body);
}

static gboolean
list_pointers (YejiSql      *sql,
               const char   *uuid,
               GPtrArray    *pointers,
               GError      **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (YejiRows) rows = NULL;

  rows = yeji_sql_query (sql, error, "SELECT DISTINCT pointer FROM point WHERE record = ?1", "s",
                         uuid);
  if (rows == NULL)
    return FALSE;
  while (yeji_rows_next (rows, &local_error))
    g_ptr_array_add (pointers, yeji_rows_dup_text (rows, 0));
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/* The reviewer's points stay where they were made, whatever the place is called now. A renamed
 * place may have the name of another one that moved on: the marks keep them apart. */
static gboolean
move_points (YejiSql     *sql,
             YejiRecord  *old,
             YejiRecord  *new,
             GError     **error)
{
  const char *uuid = yeji_record_get_uuid (new);
  g_autoptr (GPtrArray) pointers = g_ptr_array_new_with_free_func (g_free);

  if (!list_pointers (sql, uuid, pointers, error))
    return FALSE;
  for (guint i = 0; i < pointers->len; i++)
    {
      const char *before = g_ptr_array_index (pointers, i);
      g_autofree char *after = yeji_record_move_pointer (old, new, before);
      g_autofree char *marked = g_strconcat ("moved:", after, NULL);

      if (!yeji_sql_exec (sql, error,
                          "UPDATE point SET pointer = ?3 WHERE record = ?1 AND pointer = ?2",
                          "sss", uuid, before, marked))
        return FALSE;
    }
  return yeji_sql_exec (sql, error,
                        "UPDATE point SET pointer = substr (pointer, 7) WHERE record = ?1"
                        " AND pointer LIKE 'moved:%'", "s", uuid);
}

static gboolean
move (YejiStore   *self,
      YejiSql     *sql,
      const char  *uuid,
      const char  *at,
      GError     **error)
{
  YejiDictionary *current = yeji_shelf_get_current (yeji_store_get_shelf (self));
  g_auto (Before) before = { NULL };
  g_autoptr (YejiRecord) new = NULL;
  g_autoptr (GPtrArray) notes = NULL;

  if (!read_before (self, sql, uuid, &before, error))
    {
      g_prefix_error (error, "%s: ", uuid);
      return FALSE;
    }
  /* A version that is not known here was read as if it were the current one. */
  if (yeji_record_get_dictionary (before.old) == current)
    return TRUE;
  new = yeji_record_move (before.old, current, &notes);
  return write_report (self, sql, &before, new, notes, at, error)
    && write_history (self, sql, before.old, new, notes, at, error)
    && move_points (sql, before.old, new, error)
    && write_moved (self, sql, new, before.base, error)
    && yeji_store_settle_conflicts (self, sql, new, "migrated", error)
    && yeji_store_index_again (self, sql, uuid, before.body, error);
}

static gboolean
is_older (YejiStore   *self,
          YejiSql     *sql,
          const char  *uuid,
          gboolean    *older,
          GError     **error)
{
  YejiDictionary *current = yeji_shelf_get_current (yeji_store_get_shelf (self));
  const int found = yeji_sql_has_row (sql, error,
                                      "SELECT 1 FROM record WHERE uuid = ?1 AND dictionary <> ?2",
                                      "ss", uuid, yeji_dictionary_get_version (current));

  *older = found > 0;
  return found >= 0;
}

/**
 * yeji_store_move_editable: (skip)
 *
 * Moves a record to the dictionary that counts, if it is of another version and in the clerk's
 * hands.
 */
gboolean
yeji_store_move_editable (YejiStore   *self,
                          YejiSql     *sql,
                          const char  *uuid,
                          const char  *at,
                          GError     **error)
{
  g_autoptr (YejiEntry) entry = NULL;
  gboolean older;

  if (!is_older (self, sql, uuid, &older, error))
    return FALSE;
  if (!older)
    return TRUE;
  entry = yeji_entry_read (sql, uuid, error);
  if (entry == NULL)
    return FALSE;
  return !yeji_entry_is_in_hand (entry) || move (self, sql, uuid, at, error);
}

static GPtrArray *
list_older (YejiStore  *self,
            YejiSql    *sql,
            GError    **error)
{
  YejiDictionary *current = yeji_shelf_get_current (yeji_store_get_shelf (self));
  g_autoptr (GPtrArray) uuids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) local_error = NULL;
  g_autoptr (YejiRows) rows = NULL;

  rows = yeji_sql_query (sql, error, "SELECT uuid FROM record WHERE dictionary < ?1"
                         " OR dictionary > ?1", "s", yeji_dictionary_get_version (current));
  if (rows == NULL)
    return NULL;
  while (yeji_rows_next (rows, &local_error))
    g_ptr_array_add (uuids, yeji_rows_dup_text (rows, 0));
  if (local_error == NULL)
    return g_steal_pointer (&uuids);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}

/**
 * yeji_store_move_all: (skip)
 *
 * Moves every record that is in the clerk's hands to the dictionary that counts.
 */
gboolean
yeji_store_move_all (YejiStore  *self,
                     YejiSql    *sql,
                     GError    **error)
{
  g_autoptr (GPtrArray) uuids = list_older (self, sql, error);
  g_autofree char *now = yeji_clock_now ();

  for (guint i = 0; uuids != NULL && i < uuids->len; i++)
    if (!yeji_store_move_editable (self, sql, g_ptr_array_index (uuids, i), now, error))
      return FALSE;
  return uuids != NULL;
}
