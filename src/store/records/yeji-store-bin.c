// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-store"

#include "config.h"

#include "yeji-bin-private.h"

#include "yeji-clock.h"
#include "yeji-notice-private.h"
#include "yeji-store-index.h"
#include "yeji-store-private.h"

/* The one place where records are deleted. By itself it does so in two steps, because a clock may
 * be wrong: what is old enough is marked, and goes at a later start, on another day, if it is old
 * enough then too. What a day is, yeji-bin-days.c says. */

/* When the contents that nothing names were last looked for. */
#define SETTING_SWEPT "bin.swept_at"

typedef struct
{
  YejiStore *store;
  const char *const *uuids;    /* (nullable): %NULL for all that are in the bin */
  GPtrArray *list;             /* (nullable) */
  GPtrArray *doomed;           /* (element-type YejiBinItem) */
  GHashTable *sums;            /* of the contents of attachments that were deleted */
  guint n_attachments;         /* that were deleted without their record */
  gboolean sweep;              /* whether it is due */
} Work;

static void
clear_work (Work *work)
{
  g_clear_pointer (&work->list, g_ptr_array_unref);
  g_clear_pointer (&work->doomed, g_ptr_array_unref);
  g_clear_pointer (&work->sums, g_hash_table_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Work, clear_work)

static void
init_work (Work      *work,
           YejiStore *store)
{
  work->store = store;
  work->doomed = g_ptr_array_new_with_free_func ((GDestroyNotify) yeji_bin_item_free);
  work->sums = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/* What belongs to a record and has no life without it. */
static const char *const deletions[] = {
  "DELETE FROM point WHERE record = ?1",
  "DELETE FROM history WHERE record = ?1",
  "DELETE FROM attachment WHERE record = ?1",
  "DELETE FROM outbox WHERE uuid = ?1",
  "DELETE FROM move WHERE record = ?1",
  "DELETE FROM conflict WHERE record = ?1",
  "DELETE FROM petition_change WHERE record = ?1",
  "DELETE FROM petition_file WHERE record = ?1",
  "DELETE FROM petition WHERE record = ?1",
  "DELETE FROM record WHERE uuid = ?1",
};

/* What becomes of what is in the bin as time goes by: ?1 now, ?2 the time before which it is too
 * old, ?3 when this session began. A submission needs its documents, detached or not. */
#define DETACHED \
  "removed_at IS NOT NULL AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.uuid = record)"
#define IS_OUT "removed_at IS NOT NULL"
#define IS_OLD "(removed_at <= ?2 OR removed_at > ?1) AND " YEJI_BIN_N_DAYS ("bin_since")
#define IS_DUE IS_OLD " >= " G_STRINGIFY (YEJI_BIN_DAYS)
#define IS_DOOMED \
  IS_OLD " > " G_STRINGIFY (YEJI_BIN_DAYS) \
  " AND expired_at < ?3 AND substr (expired_at, 1, 10) < substr (?3, 1, 10)"
#define IS_UNMARKED "(expired_at IS NULL OR expired_at > ?1)"

static const char *const markings[] = {
  "UPDATE record SET expired_at = ?1 WHERE " IS_DUE " AND " IS_UNMARKED,
  "UPDATE attachment SET expired_at = ?1 WHERE " DETACHED " AND " IS_DUE " AND " IS_UNMARKED,
  "UPDATE tray SET expired_at = ?1 WHERE " IS_OUT " AND " IS_DUE " AND " IS_UNMARKED,
};

/* Documents that go without their record. */
static const struct
{
  const char *table;
  const char *condition;
  const char *counts;          /* whether it is missed: what was placed lies elsewhere */
} loose[] = {
  { "attachment", DETACHED, "1" },
  { "tray",       IS_OUT,   "attachment IS NULL" },
};

static gboolean
finish (GError  *failure,
        GError **error)
{
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, failure);
  return FALSE;
}

/* RFC 3339 as yeji_clock_now() writes it, so that texts compare as moments do. */
static char *
get_limit (const char *now)
{
  g_autoptr (GDateTime) moment = g_date_time_new_from_iso8601 (now, NULL);
  g_autoptr (GDateTime) limit = g_date_time_add_days (moment, -YEJI_BIN_DAYS);

  return g_date_time_format (limit, "%Y-%m-%dT%H:%M:%S.999Z");
}

#define ITEM_SELECT \
  "SELECT uuid, name, removed_at, (SELECT count (*) FROM attachment a WHERE a.record = r.uuid" \
  " AND a.removed_at IS NULL), " YEJI_BIN_N_DAYS ("r.bin_since") " FROM record r "

static gboolean
read_items (YejiRows   *rows,
            GPtrArray  *items,
            GError    **error)
{
  GError *failure = NULL;

  if (rows == NULL)
    return FALSE;
  while (yeji_rows_next (rows, &failure))
    {
      YejiBinItem *item = g_new0 (YejiBinItem, 1);

      item->uuid = yeji_rows_dup_text (rows, 0);
      item->name = yeji_rows_dup_text (rows, 1);
      item->removed_at = yeji_rows_dup_text (rows, 2);
      item->n_documents = (guint) yeji_rows_int (rows, 3);
      if (item->removed_at != NULL)
        item->days_left = yeji_bin_count_days_left (item->removed_at,
                                                    (guint) yeji_rows_int (rows, 4));
      g_ptr_array_add (items, item);
    }
  return finish (failure, error);
}

static gboolean
run_list (YejiSql   *sql,
          gpointer   data,
          GError   **error)
{
  Work *work = data;
  g_autoptr (YejiRows) rows = NULL;

  rows = yeji_sql_query (sql, error,
                         ITEM_SELECT "WHERE removed_at IS NOT NULL ORDER BY removed_at DESC, uuid",
                         "");
  work->list = g_ptr_array_new_with_free_func ((GDestroyNotify) yeji_bin_item_free);
  return read_items (rows, work->list, error);
}

/* The rows of a query: a content, what it was made of, and whether it counts. */
static gboolean
read_sums (YejiRows    *rows,
           GHashTable  *sums,
           guint       *n_sums,
           GError     **error)
{
  GError *failure = NULL;

  if (rows == NULL)
    return FALSE;
  while (yeji_rows_next (rows, &failure))
    {
      g_hash_table_add (sums, yeji_rows_dup_text (rows, 0));
      if (!yeji_rows_is_null (rows, 1))
        g_hash_table_add (sums, yeji_rows_dup_text (rows, 1));
      *n_sums += yeji_rows_int (rows, 2) != 0;
    }
  return finish (failure, error);
}

static gboolean
forget_in_search (Work        *work,
                  YejiSql     *sql,
                  const char  *uuid,
                  GError     **error)
{
  g_autoptr (YejiRows) rows = yeji_sql_query (sql, error, "SELECT body FROM record WHERE uuid = ?1",
                                              "s", uuid);
  g_autofree char *body = NULL;

  if (rows == NULL || !yeji_rows_next (rows, error))
    return FALSE;
  body = yeji_rows_dup_text (rows, 0);
  g_clear_pointer (&rows, yeji_rows_free);
  return yeji_store_index (work->store, sql, uuid, body, NULL, error);
}

static gboolean
delete_record (Work        *work,
               YejiSql     *sql,
               const char  *uuid,
               GError     **error)
{
  g_autoptr (YejiRows) rows = yeji_sql_query (sql, error,
                                              "SELECT sha256, original, 1 FROM attachment"
                                              " WHERE record = ?1", "s", uuid);
  guint n_sums = 0;

  if (!read_sums (rows, work->sums, &n_sums, error))
    return FALSE;
  g_clear_pointer (&rows, yeji_rows_free);
  if (!forget_in_search (work, sql, uuid, error))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (deletions); i++)
    if (!yeji_sql_exec (sql, error, deletions[i], "s", uuid))
      return FALSE;
  return TRUE;
}

static gboolean
delete_doomed (Work     *work,
               YejiSql  *sql,
               GError  **error)
{
  for (guint i = 0; i < work->doomed->len; i++)
    {
      const YejiBinItem *item = g_ptr_array_index (work->doomed, i);

      if (!delete_record (work, sql, item->uuid, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
find_named (Work        *work,
            YejiSql     *sql,
            const char  *uuid,
            GError     **error)
{
  g_autoptr (YejiRows) rows = yeji_sql_query (sql, error, ITEM_SELECT "WHERE uuid = ?1", "s", uuid);
  guint before = work->doomed->len;

  if (!read_items (rows, work->doomed, error))
    return FALSE;
  if (work->doomed->len == before)
    {
      g_set_error (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_NOT_FOUND, "no record %s", uuid);
      return FALSE;
    }
  if (((YejiBinItem *) g_ptr_array_index (work->doomed, before))->removed_at != NULL)
    return TRUE;
  g_set_error (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_STATE, "%s is not in the bin", uuid);
  return FALSE;
}

static gboolean
find_all (Work     *work,
          YejiSql  *sql,
          GError  **error)
{
  g_autoptr (YejiRows) rows = yeji_sql_query (sql, error,
                                              ITEM_SELECT "WHERE removed_at IS NOT NULL", "");

  return read_items (rows, work->doomed, error);
}

/* @rest: of the condition, and @types of the values that it asks for. */
static gboolean
delete_loose (Work        *work,
              YejiSql     *sql,
              const char  *rest,
              const char  *types,
              const char  *now,
              const char  *limit,
              GError     **error)
{
  const char *opened_at = yeji_store_get_opened_at (work->store);

  for (guint i = 0; i < G_N_ELEMENTS (loose); i++)
    {
      g_autofree char *select = NULL;
      g_autofree char *deletion = NULL;
      g_autoptr (YejiRows) rows = NULL;

      select = g_strdup_printf ("SELECT sha256, original, %s FROM %s WHERE %s%s", loose[i].counts,
                                loose[i].table, loose[i].condition, rest);
      deletion = g_strdup_printf ("DELETE FROM %s WHERE %s%s", loose[i].table, loose[i].condition,
                                  rest);
      rows = yeji_sql_query (sql, error, select, types, now, limit, opened_at);
      if (!read_sums (rows, work->sums, &work->n_attachments, error))
        return FALSE;
      g_clear_pointer (&rows, yeji_rows_free);
      if (!yeji_sql_exec (sql, error, deletion, types, now, limit, opened_at))
        return FALSE;
    }
  return TRUE;
}

static gboolean
delete_detached (Work     *work,
                 YejiSql  *sql,
                 GError  **error)
{
  return delete_loose (work, sql, "", "", NULL, NULL, error);
}

static gboolean
run_empty (YejiSql   *sql,
           gpointer   data,
           GError   **error)
{
  Work *work = data;

  if (work->uuids == NULL)
    return find_all (work, sql, error) && delete_doomed (work, sql, error)
      && delete_detached (work, sql, error);
  for (guint i = 0; work->uuids[i] != NULL; i++)
    if (!find_named (work, sql, work->uuids[i], error))
      return FALSE;
  return delete_doomed (work, sql, error);
}

static gboolean
find_expired (Work        *work,
              YejiSql     *sql,
              const char  *now,
              const char  *limit,
              GError     **error)
{
  g_autoptr (YejiRows) rows = yeji_sql_query (sql, error, ITEM_SELECT "WHERE " IS_DOOMED, "sss",
                                              now, limit, yeji_store_get_opened_at (work->store));

  return read_items (rows, work->doomed, error);
}

static gboolean
delete_expired_attachments (Work        *work,
                            YejiSql     *sql,
                            const char  *now,
                            const char  *limit,
                            GError     **error)
{
  return delete_loose (work, sql, " AND " IS_DOOMED, "sss", now, limit, error);
}

static gboolean
write_notice (Work     *work,
              YejiSql  *sql,
              GError  **error)
{
  g_autoptr (JsonObject) details = json_object_new ();
  JsonArray *records = json_array_new ();

  for (guint i = 0; i < work->doomed->len && i < YEJI_NOTICE_MAX_NAMES; i++)
    {
      const YejiBinItem *item = g_ptr_array_index (work->doomed, i);
      JsonObject *entry = json_object_new ();

      json_object_set_string_member (entry, "uuid", item->uuid);
      json_object_set_string_member (entry, "name", item->name);
      json_array_add_object_element (records, entry);
    }
  json_object_set_int_member (details, "count", work->doomed->len);
  json_object_set_array_member (details, "records", records);
  json_object_set_int_member (details, "documents", work->n_attachments);
  return yeji_notice_write (sql, YEJI_NOTICE_BIN_EXPIRED, details, error);
}

/* The contents are looked through once a day; a clock that went back does not keep it from it. */
static gboolean
look_whether_to_sweep (Work        *work,
                       YejiSql     *sql,
                       const char  *now,
                       GError     **error)
{
  const int swept = yeji_sql_has_row (sql, error,
                                      "SELECT 1 FROM setting WHERE name = ?1"
                                      " AND substr (value, 1, 10) = substr (?2, 1, 10)", "ss",
                                      SETTING_SWEPT, now);

  work->sweep = swept == 0;
  return swept >= 0
    && (!work->sweep
        || yeji_sql_exec (sql, error,
                          "INSERT INTO setting (name, value) VALUES (?1, ?2)"
                          " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                          "ss", SETTING_SWEPT, now));
}

static gboolean
mark (YejiSql     *sql,
      const char  *now,
      const char  *limit,
      GError     **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (markings); i++)
    if (!yeji_sql_exec (sql, error, markings[i], "ss", now, limit))
      return FALSE;
  return TRUE;
}

static gboolean
run_expire (YejiSql   *sql,
            gpointer   data,
            GError   **error)
{
  Work *work = data;
  g_autofree char *now = yeji_clock_now ();
  g_autofree char *limit = get_limit (now);

  if (!yeji_bin_note_day (sql, now, NULL, error)
      || !find_expired (work, sql, now, limit, error) || !delete_doomed (work, sql, error)
      || !delete_expired_attachments (work, sql, now, limit, error)
      || !mark (sql, now, limit, error) || !look_whether_to_sweep (work, sql, now, error))
    return FALSE;
  return (work->doomed->len == 0 && work->n_attachments == 0) || write_notice (work, sql, error);
}

/**
 * yeji_bin_item_free:
 * @self: (nullable) (transfer full)
 */
void
yeji_bin_item_free (YejiBinItem *self)
{
  if (self == NULL)
    return;
  g_free (self->uuid);
  g_free (self->name);
  g_free (self->removed_at);
  g_free (self);
}

/**
 * yeji_store_list_bin:
 *
 * Returns: (transfer full) (nullable) (element-type YejiBinItem): the records in the bin, the one
 * that was removed last first
 */
GPtrArray *
yeji_store_list_bin (YejiStore  *self,
                     GError    **error)
{
  g_auto (Work) work = { NULL };

  g_return_val_if_fail (YEJI_IS_STORE (self), NULL);

  init_work (&work, self);
  if (!yeji_db_run (yeji_store_get_db (self), run_list, &work, error))
    return NULL;
  return g_steal_pointer (&work.list);
}

/**
 * yeji_store_empty_bin:
 * @uuids: (nullable) (array zero-terminated=1): records in the bin, %NULL for all and for all
 *     documents that were taken out of records or belong to none
 *
 * Deletes records for good: with their history, documents and what waits to be sent. All or none.
 * A document's content goes with its last attachment, unless a backup names it: there it is what
 * the backup brings back. Blocks.
 *
 * Returns: %FALSE with %YEJI_STORE_ERROR_NOT_FOUND, or %YEJI_STORE_ERROR_STATE for a record that is
 * not in the bin. When contents cannot be deleted it is %TRUE: they go later
 */
gboolean
yeji_store_empty_bin (YejiStore          *self,
                      const char *const  *uuids,
                      GError            **error)
{
  g_auto (Work) work = { NULL };
  g_autoptr (GError) local_error = NULL;
  guint n_swept;

  g_return_val_if_fail (YEJI_IS_STORE (self), FALSE);

  init_work (&work, self);
  work.uuids = uuids;
  if (!yeji_db_run (yeji_store_get_db (self), run_empty, &work, error))
    return FALSE;
  if (!yeji_store_sweep (self, work.sums, uuids == NULL, &n_swept, &local_error))
    g_message ("documents without a record stay: %s", local_error->message);
  yeji_store_announce (self, NULL);
  return TRUE;
}

static void
run_empty_task (GTask        *task,
                gpointer      source_object,
                gpointer      task_data,
                GCancellable *cancellable)
{
  YejiStore *self = source_object;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (yeji_store_get_chores_mutex (self));
  GError *error = NULL;

  if (yeji_store_empty_bin (self, task_data, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
yeji_store_empty_bin_async (YejiStore           *self,
                            const char *const   *uuids,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (YEJI_IS_STORE (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, yeji_store_empty_bin_async);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, g_strdupv ((GStrv) uuids), (GDestroyNotify) g_strfreev);
  g_task_run_in_thread (task, run_empty_task);
}

gboolean
yeji_store_empty_bin_finish (YejiStore     *self,
                             GAsyncResult  *result,
                             GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * yeji_store_expire_bin:
 *
 * Does what time does to the bin: notes that the profile is open today, marks what has been there
 * for YEJI_BIN_DAYS, deletes what has been there for longer and was marked by an earlier session on
 * another day. A notice tells what was deleted. Documents that were taken out of a record go the
 * same way. Blocks.
 */
gboolean
yeji_store_expire_bin (YejiStore  *self,
                       GError    **error)
{
  g_auto (Work) work = { NULL };
  guint n_swept;

  g_return_val_if_fail (YEJI_IS_STORE (self), FALSE);

  init_work (&work, self);
  if (!yeji_db_run (yeji_store_get_db (self), run_expire, &work, error))
    return FALSE;
  if (work.doomed->len > 0 || work.n_attachments > 0)
    {
      yeji_store_announce (self, NULL);
      yeji_store_announce_notice (self);
    }
  return (g_hash_table_size (work.sums) == 0 && !work.sweep)
    || yeji_store_sweep (self, work.sums, FALSE, &n_swept, error);
}
