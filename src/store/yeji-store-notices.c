// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-store"

#include "config.h"

#include "yeji-notice-private.h"

#include "yeji-clock.h"
#include "yeji-json.h"
#include "yeji-store-private.h"

typedef struct
{
  const char *kind;
  JsonObject *details;
  gint64 id;
  GPtrArray *list;             /* (nullable) */
} Work;

static void
free_work (gpointer data)
{
  Work *work = data;

  g_clear_pointer (&work->list, g_ptr_array_unref);
  g_free (work);
}

/**
 * yeji_notice_write: (skip)
 * @details: (transfer none)
 *
 * Writes a notice.
 */
gboolean
yeji_notice_write (YejiSql     *sql,
                   const char  *kind,
                   JsonObject  *details,
                   GError     **error)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *now = yeji_clock_now ();
  g_autofree char *text = NULL;

  json_node_set_object (node, details);
  text = yeji_json_print (node, FALSE);
  return yeji_sql_exec (sql, error, "INSERT INTO notice (kind, at, details) VALUES (?1, ?2, ?3)",
                        "sss", kind, now, text);
}

static gboolean
run_add (YejiSql   *sql,
         gpointer   data,
         GError   **error)
{
  Work *work = data;

  return yeji_notice_write (sql, work->kind, work->details, error);
}

/* Details that are no object, which this program does not write, are taken for none. */
static JsonObject *
read_details (const char *text)
{
  g_autoptr (JsonNode) node = yeji_json_parse (text, -1, NULL);
  JsonObject *object = node != NULL ? yeji_json_node_object (node) : NULL;

  return object != NULL ? json_object_ref (object) : json_object_new ();
}

static gboolean
run_list (YejiSql   *sql,
          gpointer   data,
          GError   **error)
{
  Work *work = data;
  g_autoptr (GError) local_error = NULL;
  g_autoptr (YejiRows) rows = yeji_sql_query (sql, error,
                                              "SELECT id, kind, at, details, seen_at IS NOT NULL"
                                              " FROM notice ORDER BY id DESC", "");

  if (rows == NULL)
    return FALSE;
  work->list = g_ptr_array_new_with_free_func ((GDestroyNotify) yeji_notice_free);
  while (yeji_rows_next (rows, &local_error))
    {
      YejiNotice *notice = g_new0 (YejiNotice, 1);

      notice->id = yeji_rows_int (rows, 0);
      notice->kind = yeji_rows_dup_text (rows, 1);
      notice->at = yeji_rows_dup_text (rows, 2);
      notice->details = read_details (yeji_rows_text (rows, 3));
      notice->seen = yeji_rows_int (rows, 4) != 0;
      g_ptr_array_add (work->list, notice);
    }
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static gboolean
run_set_seen (YejiSql   *sql,
              gpointer   data,
              GError   **error)
{
  Work *work = data;
  g_autofree char *now = yeji_clock_now ();

  return yeji_sql_exec (sql, error,
                        "UPDATE notice SET seen_at = ?2 WHERE seen_at IS NULL"
                        " AND (?1 = 0 OR id = ?1)", "is", work->id, now);
}

/**
 * yeji_store_add_notice:
 * @kind: one of yeji-notice.h
 * @details: (transfer full): as said there with the kind
 *
 * Adds a notice, which the signal "noticed" tells of.
 */
gboolean
yeji_store_add_notice (YejiStore   *self,
                       const char  *kind,
                       JsonObject  *details,
                       GError     **error)
{
  g_autoptr (JsonObject) owned = details;
  Work work = { kind, details };

  g_return_val_if_fail (YEJI_IS_STORE (self), FALSE);
  g_return_val_if_fail (kind != NULL && details != NULL, FALSE);

  if (!yeji_db_run (yeji_store_get_db (self), run_add, &work, error))
    return FALSE;
  yeji_store_announce_notice (self);
  return TRUE;
}

/**
 * yeji_store_list_notices:
 *
 * Returns: (transfer full) (nullable) (element-type YejiNotice): all notices, the last one first
 */
GPtrArray *
yeji_store_list_notices (YejiStore  *self,
                         GError    **error)
{
  Work work = { NULL };

  g_return_val_if_fail (YEJI_IS_STORE (self), NULL);

  if (yeji_db_run (yeji_store_get_db (self), run_list, &work, error))
    return work.list;
  g_clear_pointer (&work.list, g_ptr_array_unref);
  return NULL;
}

static void
on_listed (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Work *work = g_task_get_task_data (task);
  GError *error = NULL;

  if (yeji_db_run_finish (YEJI_DB (source), result, &error))
    g_task_return_pointer (task, g_steal_pointer (&work->list),
                           (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

void
yeji_store_list_notices_async (YejiStore           *self,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  g_return_if_fail (YEJI_IS_STORE (self));

  yeji_store_start (self, run_list, g_new0 (Work, 1), free_work, yeji_store_list_notices_async,
                    cancellable, on_listed, callback, user_data);
}

GPtrArray *
yeji_store_list_notices_finish (YejiStore     *self,
                                GAsyncResult  *result,
                                GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * yeji_store_set_notice_seen:
 * @id: of a notice, 0 for all
 *
 * Notes that the clerk was told.
 */
gboolean
yeji_store_set_notice_seen (YejiStore  *self,
                            gint64      id,
                            GError    **error)
{
  Work work = { .id = id };

  g_return_val_if_fail (YEJI_IS_STORE (self), FALSE);

  return yeji_db_run (yeji_store_get_db (self), run_set_seen, &work, error);
}
