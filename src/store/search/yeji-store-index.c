// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-store"

#include "config.h"

/* The full text index: a contentless table "search", and "search_doc", which says what row of it is
 * which record. A contentless table forgets a text only if it is told the same text again, so the
 * sum of each is kept: where another comes out, the index is made anew, rather than wrong for ever.
 *
 * To index a record takes longer than to save it, and a clerk saves a record many times before
 * anything is looked for. So a save only notes, in its transaction, that the record waits, and what
 * the index has of it; those that wait are indexed before a text is looked for, or when there are
 * more than a few. Records that came many at once are indexed by the chores.
 *
 * A record that is saved gets a new, higher number in the index, so that the index, read from its
 * end, gives what was changed last first. */

#include "yeji-store-index.h"

#include <string.h>

#include "yeji-digest.h"
#include "yeji-search.h"
#include "yeji-store-private.h"

/* Records that were there before the index are numbered below, oldest change first; those that are
 * saved, meanwhile or later, above. */
#define FIRST_SAVED (G_GINT64_CONSTANT (1) << 24)

/* Records that may wait at once: so many take a search no more than some milliseconds. */
#define MAX_WAITING 6

/* Records that are indexed in one transaction: it takes less than 0.1 s, and saves come between. */
#define PORTION 50

typedef struct
{
  gboolean found;
  gint64 id;
  gint64 sum;
} Doc;

typedef struct
{
  YejiStore *store;
  char *changed_at;            /* of the record that was looked at last */
  char *uuid;
  gboolean started;
  gboolean done;
  gboolean added;
  gboolean newer;              /* they came after what the index has, many at once */
} Fill;

/* What is to be indexed of one record. */
typedef struct
{
  char *uuid;
  char *changed_at;            /* (nullable) */
  char *body;                  /* (nullable): of a record that is not there any more */
  char *old_body;              /* (nullable): what the index has */
  gboolean keeps_place;
} Item;

static void
free_item (gpointer data)
{
  Item *item = data;

  g_free (item->uuid);
  g_free (item->changed_at);
  g_free (item->body);
  g_free (item->old_body);
  g_free (item);
}

static char *
make_text (YejiStore   *self,
           YejiSql     *sql,
           const char  *body,
           GError     **error)
{
  YejiShelf *shelf = yeji_store_get_shelf (self);
  g_autofree char *version = yeji_search_dup_version (body);
  YejiDictionary *dictionary = NULL;

  if (version != NULL && !yeji_shelf_find (shelf, sql, version, &dictionary, error))
    return NULL;
  return yeji_search_make_index (dictionary != NULL ? dictionary : yeji_shelf_get_current (shelf),
                                 body);
}

static gint64
sum_text (const char *text)
{
  g_autoptr (YejiDigest) made = yeji_digest_new (YEJI_DIGEST_SHA256);
  guint8 digest[YEJI_DIGEST_MAX];
  guint64 sum = 0;

  yeji_digest_update (made, text, strlen (text));
  yeji_digest_finish (made, digest);
  for (guint i = 0; i < sizeof sum; i++)
    sum = sum << 8 | digest[i];
  return (gint64) sum;
}

static gboolean
read_doc (YejiSql     *sql,
          const char  *uuid,
          Doc         *doc,
          GError     **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (YejiRows) rows = yeji_sql_query (sql, error,
                                              "SELECT id, sum FROM search_doc WHERE record = ?1",
                                              "s", uuid);

  if (rows == NULL)
    return FALSE;
  doc->found = yeji_rows_next (rows, &local_error);
  if (doc->found)
    {
      doc->id = yeji_rows_int (rows, 0);
      doc->sum = yeji_rows_int (rows, 1);
    }
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static gboolean
read_next_id (YejiSql  *sql,
              gboolean  saved,
              gint64   *id,
              GError  **error)
{
  g_autoptr (YejiRows) rows = NULL;

  rows = yeji_sql_query (sql, error,
                         saved ? "SELECT max (?1, coalesce (max (id), 0) + 1) FROM search_doc"
                               : "SELECT coalesce (max (id), 0) + 1 FROM search_doc WHERE id < ?1",
                         "i", FIRST_SAVED);
  if (rows == NULL || !yeji_rows_next (rows, error))
    return FALSE;
  *id = yeji_rows_int (rows, 0);
  return TRUE;
}

static gboolean
mark_stale (YejiSql  *sql,
            GError  **error)
{
  return yeji_sql_exec (sql, error, "DELETE FROM setting WHERE name = ?1", "s",
                        YEJI_SEARCH_SETTING);
}

static gboolean
take_out (YejiStore   *self,
          YejiSql     *sql,
          const Doc   *doc,
          const char  *body,
          GError     **error)
{
  g_autofree char *text = NULL;

  if (!yeji_sql_exec (sql, error, "DELETE FROM search_doc WHERE id = ?1", "i", doc->id))
    return FALSE;
  if (body != NULL)
    {
      text = make_text (self, sql, body, error);
      if (text == NULL)
        return FALSE;
    }
  if (text == NULL || sum_text (text) != doc->sum)
    return mark_stale (sql, error);
  return yeji_sql_exec (sql, error,
                        "INSERT INTO search (search, rowid, text) VALUES ('delete', ?1, ?2)", "is",
                        doc->id, text);
}

static gboolean
put_in (YejiStore   *self,
        YejiSql     *sql,
        const char  *uuid,
        gint64       id,
        const char  *body,
        GError     **error)
{
  g_autofree char *text = make_text (self, sql, body, error);

  return text != NULL
    && yeji_sql_exec (sql, error, "INSERT INTO search (rowid, text) VALUES (?1, ?2)", "is", id,
                      text)
    && yeji_sql_exec (sql, error, "INSERT INTO search_doc (id, record, sum) VALUES (?1, ?2, ?3)",
                      "isi", id, uuid, sum_text (text));
}

static gboolean
write_sort_name (YejiSql     *sql,
                 const char  *uuid,
                 GError     **error)
{
  g_autoptr (YejiRows) rows = NULL;
  g_autofree char *key = NULL;

  rows = yeji_sql_query (sql, error, "SELECT name FROM record WHERE uuid = ?1", "s", uuid);
  if (rows == NULL || !yeji_rows_next (rows, error))
    return FALSE;
  key = yeji_search_make_sort_name (yeji_rows_text (rows, 0));
  g_clear_pointer (&rows, yeji_rows_free);
  return yeji_sql_exec (sql, error,
                        "UPDATE record SET sort_name = ?2 WHERE uuid = ?1 AND sort_name IS NOT ?2",
                        "ss", uuid, key);
}

/* Takes what the index has of a record out, and puts what it is to have in. */
static gboolean
change (YejiStore   *self,
        YejiSql     *sql,
        const char  *uuid,
        const char  *old_body,
        const char  *new_body,
        gboolean     keeps_place,
        GError     **error)
{
  Doc doc = { FALSE };
  gint64 id;

  if (!read_doc (sql, uuid, &doc, error))
    return FALSE;
  if (doc.found && keeps_place)
    id = doc.id;
  else if (!read_next_id (sql, TRUE, &id, error))
    return FALSE;
  if (doc.found && !take_out (self, sql, &doc, old_body, error))
    return FALSE;
  return new_body == NULL || put_in (self, sql, uuid, id, new_body, error);
}

static GPtrArray *
read_waiting (YejiSql  *sql,
              GError  **error)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (free_item);
  g_autoptr (GError) local_error = NULL;
  g_autoptr (YejiRows) rows = NULL;

  rows = yeji_sql_query (sql, error,
                         "SELECT w.record, r.body, w.body, w.keeps_place FROM search_waiting w"
                         " LEFT JOIN record r ON r.uuid = w.record ORDER BY r.changed_at, r.uuid",
                         "");
  if (rows == NULL)
    return NULL;
  while (yeji_rows_next (rows, &local_error))
    {
      Item *item = g_new0 (Item, 1);

      item->uuid = yeji_rows_dup_text (rows, 0);
      item->body = yeji_rows_dup_text (rows, 1);
      item->old_body = yeji_rows_dup_text (rows, 2);
      item->keeps_place = yeji_rows_int (rows, 3) != 0;
      g_ptr_array_add (items, item);
    }
  if (local_error == NULL)
    return g_steal_pointer (&items);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}

static gboolean
index_waiting (YejiStore  *self,
               YejiSql    *sql,
               GError    **error)
{
  g_autoptr (GPtrArray) items = read_waiting (sql, error);

  if (items == NULL)
    return FALSE;
  for (guint i = 0; i < items->len; i++)
    {
      const Item *item = g_ptr_array_index (items, i);

      if (!change (self, sql, item->uuid, item->old_body, item->body, item->keeps_place, error))
        return FALSE;
    }
  return items->len == 0 || yeji_sql_exec (sql, error, "DELETE FROM search_waiting", "");
}

static gboolean
make_room (YejiStore   *self,
           YejiSql     *sql,
           const char  *uuid,
           GError     **error)
{
  g_autoptr (YejiRows) rows = NULL;
  gint64 n;

  rows = yeji_sql_query (sql, error, "SELECT count (*) FROM search_waiting WHERE record <> ?1", "s",
                         uuid);
  if (rows == NULL || !yeji_rows_next (rows, error))
    return FALSE;
  n = yeji_rows_int (rows, 0);
  g_clear_pointer (&rows, yeji_rows_free);
  return n < MAX_WAITING || index_waiting (self, sql, error);
}

/* One that waits already has what the index has of it, and that stays. */
static gboolean
let_wait (YejiStore   *self,
          YejiSql     *sql,
          const char  *uuid,
          const char  *old_body,
          gboolean     keeps_place,
          GError     **error)
{
  return make_room (self, sql, uuid, error)
    && yeji_sql_exec (sql, error,
                      "INSERT INTO search_waiting (record, keeps_place, body) VALUES (?1, ?2, ?3)"
                      " ON CONFLICT (record) DO UPDATE SET keeps_place = 0"
                      " WHERE keeps_place > excluded.keeps_place", "sis", uuid,
                      (gint64) keeps_place, old_body)
    && write_sort_name (sql, uuid, error);
}

/* Whatever it waits for comes out at once: the record will not be there to be asked. */
static gboolean
forget (YejiStore   *self,
        YejiSql     *sql,
        const char  *uuid,
        const char  *body,
        GError     **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autofree char *waiting = NULL;
  gboolean waits;
  g_autoptr (YejiRows) rows = yeji_sql_query (sql, error,
                                              "SELECT body FROM search_waiting WHERE record = ?1",
                                              "s", uuid);

  if (rows == NULL)
    return FALSE;
  waits = yeji_rows_next (rows, &local_error);
  waiting = waits ? yeji_rows_dup_text (rows, 0) : NULL;
  g_clear_pointer (&rows, yeji_rows_free);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  return change (self, sql, uuid, waits ? waiting : body, NULL, FALSE, error)
    && yeji_sql_exec (sql, error, "DELETE FROM search_waiting WHERE record = ?1", "s", uuid);
}

static gboolean
begin_change (YejiSql  *sql,
              GError  **error)
{
  return yeji_sql_exec (sql, error, "SAVEPOINT search_change", "");
}

/* The index can be made anew, and a draft cannot: what is wrong with the index does not keep a
 * draft from being saved. What is wrong with the disk does. */
static gboolean
end_change (YejiSql  *sql,
            GError   *reason,
            GError  **error)
{
  if (reason == NULL)
    return yeji_sql_exec (sql, error, "RELEASE search_change", "");
  if (g_error_matches (reason, YEJI_DB_ERROR, YEJI_DB_ERROR_FULL)
      || g_error_matches (reason, YEJI_DB_ERROR, YEJI_DB_ERROR_IO)
      || g_error_matches (reason, YEJI_DB_ERROR, YEJI_DB_ERROR_READ_ONLY)
      || !yeji_sql_exec (sql, NULL, "ROLLBACK TO search_change", "")
      || !yeji_sql_exec (sql, NULL, "RELEASE search_change", ""))
    {
      g_propagate_error (error, reason);
      return FALSE;
    }
  g_message ("the search index is to be made anew: %s", reason->message);
  g_error_free (reason);
  return mark_stale (sql, error);
}

static gboolean
change_safely (YejiStore   *self,
               YejiSql     *sql,
               const char  *uuid,
               const char  *old_body,
               gboolean     deleted,
               gboolean     keeps_place,
               GError     **error)
{
  GError *reason = NULL;

  if (!begin_change (sql, error))
    return FALSE;
  if (deleted)
    forget (self, sql, uuid, old_body, &reason);
  else
    let_wait (self, sql, uuid, old_body, keeps_place, &reason);
  return end_change (sql, reason, error);
}

/**
 * yeji_store_index: (skip)
 * @old_body: (nullable): what was stored before, to the letter; %NULL if there was no record
 * @new_body: (nullable): what is stored now; %NULL if the record is deleted
 *
 * Keeps the index up with a record that was written or is to be deleted. The record is found as the
 * one that was changed last.
 *
 * Returns: %FALSE if the disk fails; a broken index is no failure, it is made anew later
 */
gboolean
yeji_store_index (YejiStore   *self,
                  YejiSql     *sql,
                  const char  *uuid,
                  const char  *old_body,
                  const char  *new_body,
                  GError     **error)
{
  return change_safely (self, sql, uuid, old_body, new_body == NULL, FALSE, error);
}

/**
 * yeji_store_index_again: (skip)
 *
 * Does the same for a record that was written, but not changed by the clerk: it keeps its place
 * among the others.
 */
gboolean
yeji_store_index_again (YejiStore   *self,
                        YejiSql     *sql,
                        const char  *uuid,
                        const char  *old_body,
                        GError     **error)
{
  return change_safely (self, sql, uuid, old_body, FALSE, TRUE, error);
}

/**
 * yeji_store_index_waiting: (skip)
 * @data: the store
 *
 * Indexes what was saved since it was last asked. Run before a text is looked for, in a transaction
 * of its own: where the disk is full, what was indexed before can still be found.
 */
gboolean
yeji_store_index_waiting (YejiSql   *sql,
                          gpointer   data,
                          GError   **error)
{
  GError *reason = NULL;

  if (!begin_change (sql, error))
    return FALSE;
  index_waiting (data, sql, &reason);
  return end_change (sql, reason, error);
}

/**
 * yeji_store_has_waiting: (skip)
 *
 * Returns: whether something that was saved is not indexed
 */
gboolean
yeji_store_has_waiting (YejiSql *sql)
{
  g_autoptr (YejiRows) rows = NULL;

  rows = yeji_sql_query (sql, NULL, "SELECT 1 FROM search_waiting LIMIT 1", "");
  return rows != NULL && yeji_rows_next (rows, NULL);
}

static gboolean
write_progress (YejiSql     *sql,
                const char  *value,
                GError     **error)
{
  return yeji_sql_exec (sql, error,
                        "INSERT INTO setting (name, value) VALUES (?1, ?2)"
                        " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                        "ss", YEJI_SEARCH_SETTING, value);
}

/* Dropped rather than emptied: what is broken cannot be emptied. */
static gboolean
begin_anew (YejiSql  *sql,
            GError  **error)
{
  return yeji_sql_exec (sql, error, "DROP TABLE IF EXISTS search", "")
    && yeji_sql_exec (sql, error, YEJI_SEARCH_TABLE, "")
    && yeji_sql_exec (sql, error, "DROP TABLE IF EXISTS search_waiting", "")
    && yeji_sql_exec (sql, error, YEJI_SEARCH_WAITING_TABLE, "")
    && yeji_sql_exec (sql, error, "DELETE FROM search_doc", "")
    && write_progress (sql, YEJI_SEARCH_FILLING, error);
}

/* A profile that was repaired may have its settings, but not its index. */
static gboolean
count_missing (YejiSql  *sql,
               gint64   *missing,
               GError  **error)
{
  g_autoptr (YejiRows) rows = NULL;

  rows = yeji_sql_query (sql, error,
                         "SELECT (SELECT count (*) FROM record)"
                         " - (SELECT count (*) FROM search_doc)", "");
  if (rows == NULL || !yeji_rows_next (rows, error))
    return FALSE;
  *missing = yeji_rows_int (rows, 0);
  return TRUE;
}

static gboolean
start_fill (Fill     *fill,
            YejiSql  *sql,
            GError  **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autofree char *progress = NULL;
  gint64 missing = 0;
  g_autoptr (YejiRows) rows = yeji_sql_query (sql, error,
                                              "SELECT value FROM setting WHERE name = ?1", "s",
                                              YEJI_SEARCH_SETTING);

  if (rows == NULL)
    return FALSE;
  if (yeji_rows_next (rows, &local_error))
    progress = yeji_rows_dup_text (rows, 0);
  g_clear_pointer (&rows, yeji_rows_free);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (!count_missing (sql, &missing, error))
    return FALSE;
  fill->started = TRUE;
  fill->done = g_strcmp0 (progress, YEJI_SEARCH_COMPLETE) == 0 && missing == 0;
  if (fill->done)
    return TRUE;
  fill->newer = g_strcmp0 (progress, YEJI_SEARCH_COMPLETE) == 0;
  if (missing >= 0 && (fill->newer
                       || g_strcmp0 (progress, YEJI_SEARCH_FILLING) == 0))
    return TRUE;
  return begin_anew (sql, error);
}

static GPtrArray *
read_portion (Fill     *fill,
              YejiSql  *sql,
              GError  **error)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (free_item);
  g_autoptr (GError) local_error = NULL;
  g_autoptr (YejiRows) rows = NULL;

  rows = yeji_sql_query (sql, error,
                         "SELECT uuid, changed_at, body FROM record r"
                         " WHERE (changed_at, uuid) > (?1, ?2) AND NOT EXISTS"
                         " (SELECT 1 FROM search_doc d WHERE d.record = r.uuid)"
                         " ORDER BY changed_at, uuid LIMIT ?3",
                         "ssi", fill->changed_at, fill->uuid, (gint64) PORTION);
  if (rows == NULL)
    return NULL;
  while (yeji_rows_next (rows, &local_error))
    {
      Item *item = g_new0 (Item, 1);

      item->uuid = yeji_rows_dup_text (rows, 0);
      item->changed_at = yeji_rows_dup_text (rows, 1);
      item->body = yeji_rows_dup_text (rows, 2);
      g_ptr_array_add (items, item);
    }
  if (local_error == NULL)
    return g_steal_pointer (&items);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}

static gboolean
run_portion (YejiSql   *sql,
             gpointer   data,
             GError   **error)
{
  Fill *fill = data;
  g_autoptr (GPtrArray) items = NULL;
  gint64 id;

  /* What waits is not to be taken for what was never indexed. */
  if (!yeji_store_index_waiting (sql, fill->store, error)
      || (!fill->started && !start_fill (fill, sql, error)))
    return FALSE;
  if (fill->done)
    return TRUE;
  items = read_portion (fill, sql, error);
  if (items == NULL || !read_next_id (sql, fill->newer, &id, error))
    return FALSE;
  for (guint i = 0; i < items->len; i++)
    {
      Item *item = g_ptr_array_index (items, i);

      if (!put_in (fill->store, sql, item->uuid, id++, item->body, error)
          || !write_sort_name (sql, item->uuid, error))
        return FALSE;
      g_free (fill->changed_at);
      fill->changed_at = g_steal_pointer (&item->changed_at);
      g_free (fill->uuid);
      fill->uuid = g_steal_pointer (&item->uuid);
      fill->added = TRUE;
    }
  fill->done = items->len < PORTION;
  return !fill->done || write_progress (sql, YEJI_SEARCH_COMPLETE, error);
}

/**
 * yeji_store_index_if_needed:
 *
 * Indexes the records that are not indexed yet, if there are any: after an update of the program,
 * or after a repair. It does so in small transactions, so that saves are not kept waiting, and goes
 * on another time where it was stopped. Until it is done, what is not indexed is listed, but not
 * found. Blocks.
 *
 * Returns: %FALSE with an error of #YejiDbError, or %G_IO_ERROR_CANCELLED
 */
gboolean
yeji_store_index_if_needed (YejiStore     *self,
                            GCancellable  *cancellable,
                            GError       **error)
{
  Fill fill = { self, g_strdup (""), g_strdup ("") };
  gboolean went_well = TRUE;

  g_return_val_if_fail (YEJI_IS_STORE (self), FALSE);

  while (went_well && !fill.done)
    went_well = !g_cancellable_set_error_if_cancelled (cancellable, error)
                && yeji_db_run (yeji_store_get_db (self), run_portion, &fill, error);
  if (fill.added)
    yeji_store_announce (self, NULL);
  g_free (fill.changed_at);
  g_free (fill.uuid);
  return went_well;
}
