// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-store"

#include "config.h"

#include "yeji-use-list.h"

#include "yeji-clock.h"
#include "yeji-json.h"
#include "yeji-store-private.h"

#define COLUMNS \
  "id, kind, name, state, records, again, doubled, tried, server_id, answer, message, made_at"

typedef struct
{
  const char *id;
  const YejiUseList *list;
  GPtrArray *lists;
  JsonNode *answer;
  const char *message;
  gboolean flag;
} Call;

static YejiUseState
read_state (const char *text)
{
  for (guint i = 0; i < N_YEJI_USE_STATES; i++)
    if (g_strcmp0 (yeji_use_state_to_text ((YejiUseState) i), text) == 0)
      return (YejiUseState) i;
  return YEJI_USE_DRAFT;
}

static GStrv
read_uuids (const char *text)
{
  g_autoptr (JsonNode) node = text != NULL ? yeji_json_parse (text, -1, NULL) : NULL;
  g_autoptr (GStrvBuilder) uuids = g_strv_builder_new ();
  JsonArray *array = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node)
                                                                  : NULL;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      const char *uuid = yeji_json_node_string (json_array_get_element (array, i));

      if (uuid != NULL)
        g_strv_builder_add (uuids, uuid);
    }
  return g_strv_builder_end (uuids);
}

static char *
print_uuids (const char * const *uuids)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_ARRAY);
  JsonArray *array = json_array_new ();

  for (guint i = 0; uuids[i] != NULL; i++)
    json_array_add_string_element (array, uuids[i]);
  json_node_take_array (node, array);
  return yeji_json_print (node, FALSE);
}

/* What the province's answer says beside the list itself. */
static void
read_answer (YejiUseList *list)
{
  g_autoptr (JsonNode) node = list->answer != NULL ? yeji_json_parse (list->answer, -1, NULL)
                                                   : NULL;
  JsonObject *object = node != NULL ? yeji_json_node_object (node) : NULL;

  if (object == NULL)
    return;
  list->application = g_strdup (yeji_json_get_string (object, "application"));
  list->n_lost = (guint) CLAMP (yeji_json_get_int (object, "n_lost", 0), 0, G_MAXINT32);
}

static YejiUseList *
read_list (YejiRows *rows)
{
  YejiUseList *list = g_new0 (YejiUseList, 1);

  list->id = yeji_rows_dup_text (rows, 0);
  list->kind = yeji_rows_dup_text (rows, 1);
  list->name = yeji_rows_dup_text (rows, 2);
  list->state = read_state (yeji_rows_text (rows, 3));
  list->records = read_uuids (yeji_rows_text (rows, 4));
  list->again = yeji_rows_int (rows, 5) != 0;
  list->doubled = yeji_rows_int (rows, 6) != 0;
  list->tried = yeji_rows_int (rows, 7) != 0;
  list->server_id = yeji_rows_dup_text (rows, 8);
  list->answer = yeji_rows_dup_text (rows, 9);
  list->message = yeji_rows_dup_text (rows, 10);
  list->made_at = yeji_rows_dup_text (rows, 11);
  read_answer (list);
  return list;
}

static gboolean
run_get (YejiSql   *sql,
         gpointer   data,
         GError   **error)
{
  Call *call = data;
  g_autoptr (GError) local_error = NULL;
  g_autoptr (YejiRows) rows = NULL;

  rows = yeji_sql_query (sql, error,
                         "SELECT " COLUMNS " FROM use_list"
                         " WHERE removed_at IS NULL AND (?1 IS NULL OR id = ?1)"
                         " ORDER BY made_at DESC, id", "s", call->id);
  if (rows == NULL)
    return FALSE;
  while (yeji_rows_next (rows, &local_error))
    g_ptr_array_add (call->lists, read_list (rows));
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/* A list that is not what it should be for the step is not touched. */
static gboolean
check_change (YejiSql     *sql,
              const char  *id,
              GError     **error)
{
  if (yeji_sql_changes (sql) > 0)
    return TRUE;
  g_set_error (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_STATE, "the list %s is not open for that",
               id);
  return FALSE;
}

static gboolean
run_save (YejiSql   *sql,
          gpointer   data,
          GError   **error)
{
  const YejiUseList *list = ((Call *) data)->list;
  g_autofree char *records = print_uuids ((const char * const *) list->records);

  return yeji_sql_exec (sql, error,
                        "INSERT INTO use_list (id, kind, name, state, records, made_at)"
                        " VALUES (?1, ?2, ?3, 'draft', ?4, ?5)"
                        " ON CONFLICT (id) DO UPDATE SET kind = excluded.kind,"
                        "  name = excluded.name, records = excluded.records, state = 'draft',"
                        "  again = 0, doubled = 0, message = NULL"
                        " WHERE state IN ('draft', 'refused') OR (state = 'queued' AND tried = 0)",
                        "sssss", list->id, list->kind, list->name, records, list->made_at)
         && check_change (sql, list->id, error);
}

static gboolean
run_queue (YejiSql   *sql,
           gpointer   data,
           GError   **error)
{
  Call *call = data;

  return yeji_sql_exec (sql, error,
                        "UPDATE use_list SET state = 'queued', again = ?2, message = NULL"
                        " WHERE id = ?1 AND state IN ('draft', 'refused') AND records <> '[]'",
                        "si", call->id, (gint64) call->flag)
         && check_change (sql, call->id, error);
}

static gboolean
run_withdraw (YejiSql   *sql,
              gpointer   data,
              GError   **error)
{
  Call *call = data;

  return yeji_sql_exec (sql, error,
                        "UPDATE use_list SET state = iif (state = 'open', 'withdrawing', 'draft')"
                        " WHERE id = ?1 AND (state = 'open' OR (state = 'queued' AND tried = 0))",
                        "s", call->id)
         && check_change (sql, call->id, error);
}

/* What the province has stays in the list: it would come back with the next answer. */
static gboolean
run_remove (YejiSql   *sql,
            gpointer   data,
            GError   **error)
{
  Call *call = data;
  g_autofree char *now = yeji_clock_now ();

  return yeji_sql_exec (sql, error,
                        "UPDATE use_list SET removed_at = ?2"
                        " WHERE id = ?1 AND (state IN ('draft', 'refused')"
                        "  OR (state = 'queued' AND tried = 0))",
                        "ss", call->id, call->flag ? now : NULL)
         && check_change (sql, call->id, error);
}

static gboolean
run_tried (YejiSql   *sql,
           gpointer   data,
           GError   **error)
{
  Call *call = data;

  return yeji_sql_exec (sql, error,
                        "UPDATE use_list SET tried = 1 WHERE id = ?1 AND state = 'queued'", "s",
                        call->id)
         && check_change (sql, call->id, error);
}

static gboolean
run_refused (YejiSql   *sql,
             gpointer   data,
             GError   **error)
{
  Call *call = data;

  return yeji_sql_exec (sql, error,
                        "UPDATE use_list SET state = 'refused', tried = 0, doubled = ?2,"
                        " message = ?3 WHERE id = ?1 AND state = 'queued'", "sis", call->id,
                        (gint64) call->flag, call->message);
}

static GStrv
list_carried (JsonObject *answer)
{
  JsonArray *records = yeji_json_get_array (answer, "records");
  g_autoptr (GStrvBuilder) uuids = g_strv_builder_new ();

  for (guint i = 0; records != NULL && i < json_array_get_length (records); i++)
    {
      JsonObject *record = yeji_json_node_object (json_array_get_element (records, i));
      const char *uuid = record != NULL ? yeji_json_get_string (record, "uuid") : NULL;

      if (uuid != NULL)
        g_strv_builder_add (uuids, uuid);
    }
  return g_strv_builder_end (uuids);
}

/* What waits to be taken back does so until the province says that it is, or never can be. */
static gboolean
run_answer (YejiSql   *sql,
            gpointer   data,
            GError   **error)
{
  Call *call = data;
  JsonObject *object = json_node_get_object (call->answer);
  const char *server_id = yeji_json_get_string (object, "id");
  const char *state = yeji_json_get_string (object, "state");
  g_auto (GStrv) uuids = list_carried (object);
  g_autofree char *records = print_uuids ((const char * const *) uuids);
  g_autofree char *text = yeji_json_print (call->answer, FALSE);
  g_autofree char *id = g_uuid_string_random ();

  /* the province may have told of it before it answered */
  if (call->id != NULL
      && (!yeji_sql_exec (sql, error, "DELETE FROM use_list WHERE server_id = ?2 AND id <> ?1", "ss",
                          call->id, server_id)
          || !yeji_sql_exec (sql, error,
                             "UPDATE use_list SET server_id = ?2, tried = 0 WHERE id = ?1"
                             " AND state = 'queued'", "ss", call->id, server_id)))
    return FALSE;
  return yeji_sql_exec (sql, error,
                        "INSERT INTO use_list (id, kind, name, state, records, made_at, server_id,"
                        " answer) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)"
                        " ON CONFLICT (server_id) DO UPDATE SET kind = excluded.kind,"
                        "  name = excluded.name, records = excluded.records,"
                        "  state = iif (state = 'withdrawing' AND excluded.state = 'open', state,"
                        "               excluded.state),"
                        "  answer = excluded.answer, message = NULL, removed_at = NULL",
                        "ssssssss", id, yeji_json_get_string (object, "kind"),
                        yeji_json_get_string (object, "name"), state, records,
                        yeji_json_get_string (object, "at"), server_id, text);
}

static gboolean
run (YejiStore   *self,
     YejiDbFunc   func,
     Call        *call,
     GError     **error)
{
  if (!yeji_db_run (yeji_store_get_db (self), func, call, error))
    return FALSE;
  yeji_store_announce (self, NULL);
  return TRUE;
}

/**
 * yeji_store_get_use_lists:
 *
 * Returns: (transfer full) (nullable) (element-type YejiUseList): all of them, the newest first
 */
GPtrArray *
yeji_store_get_use_lists (YejiStore  *self,
                          GError    **error)
{
  g_autoptr (GPtrArray) lists =
    g_ptr_array_new_with_free_func ((GDestroyNotify) yeji_use_list_free);
  Call call = { .lists = lists };

  g_return_val_if_fail (YEJI_IS_STORE (self), NULL);

  return yeji_db_run (yeji_store_get_db (self), run_get, &call, error) ? g_steal_pointer (&lists)
                                                                      : NULL;
}

/**
 * yeji_store_load_use_list:
 *
 * Returns: (transfer full) (nullable): the list; %NULL with %YEJI_STORE_ERROR_NOT_FOUND when there
 *   is none
 */
YejiUseList *
yeji_store_load_use_list (YejiStore   *self,
                          const char  *id,
                          GError     **error)
{
  g_autoptr (GPtrArray) lists =
    g_ptr_array_new_with_free_func ((GDestroyNotify) yeji_use_list_free);
  Call call = { .id = id, .lists = lists };

  g_return_val_if_fail (YEJI_IS_STORE (self), NULL);
  g_return_val_if_fail (id != NULL, NULL);

  if (!yeji_db_run (yeji_store_get_db (self), run_get, &call, error))
    return NULL;
  if (lists->len > 0)
    return g_ptr_array_steal_index (lists, 0);
  g_set_error (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_NOT_FOUND, "no list %s", id);
  return NULL;
}

/**
 * yeji_store_save_use_list:
 *
 * Keeps kind, name and records of a list as a draft, a new one too. Nobody is told: who ticks knows.
 * Fails with %YEJI_STORE_ERROR_STATE when it can be changed no more.
 */
gboolean
yeji_store_save_use_list (YejiStore          *self,
                          const YejiUseList  *list,
                          GError            **error)
{
  Call call = { .list = list };

  g_return_val_if_fail (YEJI_IS_STORE (self), FALSE);
  g_return_val_if_fail (list != NULL, FALSE);

  return yeji_db_run (yeji_store_get_db (self), run_save, &call, error);
}

/**
 * yeji_store_queue_use_list:
 * @again: whether other lists may carry its records
 *
 * Lets a list be sent when there is a network. Fails with %YEJI_STORE_ERROR_STATE when it is no
 * draft, or empty.
 */
gboolean
yeji_store_queue_use_list (YejiStore   *self,
                           const char  *id,
                           gboolean     again,
                           GError     **error)
{
  Call call = { .id = id, .flag = again };

  g_return_val_if_fail (YEJI_IS_STORE (self), FALSE);

  return run (self, run_queue, &call, error);
}

/**
 * yeji_store_withdraw_use_list:
 *
 * Makes a list that waits a draft again, or lets one that the province has be taken back. Fails
 * with %YEJI_STORE_ERROR_STATE when neither can be done.
 */
gboolean
yeji_store_withdraw_use_list (YejiStore   *self,
                              const char  *id,
                              GError     **error)
{
  Call call = { .id = id };

  g_return_val_if_fail (YEJI_IS_STORE (self), FALSE);

  return run (self, run_withdraw, &call, error);
}

/**
 * yeji_store_remove_use_list:
 * @removed: %FALSE to take it back
 *
 * Removes a list that the province has not got.
 */
gboolean
yeji_store_remove_use_list (YejiStore   *self,
                            const char  *id,
                            gboolean     removed,
                            GError     **error)
{
  Call call = { .id = id, .flag = removed };

  g_return_val_if_fail (YEJI_IS_STORE (self), FALSE);

  return run (self, run_remove, &call, error);
}

/**
 * yeji_store_note_use_tried:
 *
 * Keeps that a list is about to be sent: from now on the province may have it.
 */
gboolean
yeji_store_note_use_tried (YejiStore   *self,
                           const char  *id,
                           GError     **error)
{
  Call call = { .id = id };

  g_return_val_if_fail (YEJI_IS_STORE (self), FALSE);

  return run (self, run_tried, &call, error);
}

/**
 * yeji_store_note_use_refused:
 * @doubled: whether other lists carry its records
 *
 * Keeps that the province did not take it. It can be changed and sent again.
 */
gboolean
yeji_store_note_use_refused (YejiStore   *self,
                             const char  *id,
                             gboolean     doubled,
                             const char  *message,
                             GError     **error)
{
  Call call = { .id = id, .flag = doubled, .message = message };

  g_return_val_if_fail (YEJI_IS_STORE (self), FALSE);

  return run (self, run_refused, &call, error);
}

static gboolean
is_answer (JsonNode *answer)
{
  static const char * const members[] = { "id", "kind", "name", "state", "at" };
  static const char * const known[] = { "open", "used", "withdrawn", NULL };
  JsonObject *object = answer != NULL ? yeji_json_node_object (answer) : NULL;

  for (guint i = 0; object != NULL && i < G_N_ELEMENTS (members); i++)
    if (yeji_json_get_string (object, members[i]) == NULL)
      return FALSE;
  return object != NULL && g_strv_contains (known, yeji_json_get_string (object, "state"));
}

/**
 * yeji_store_note_use_answer:
 * @id: (nullable): the list that was sent; %NULL for what the province tells of by itself
 * @answer: the list as the province has it
 *
 * Keeps what the province says of a list, of one that another computer made too. What is no list is
 * %YEJI_STORE_ERROR_STATE.
 */
gboolean
yeji_store_note_use_answer (YejiStore   *self,
                            const char  *id,
                            JsonNode    *answer,
                            GError     **error)
{
  Call call = { .id = id, .answer = answer };

  g_return_val_if_fail (YEJI_IS_STORE (self), FALSE);

  if (is_answer (answer))
    return run (self, run_answer, &call, error);
  g_set_error (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_STATE, "the answer is no list");
  return FALSE;
}
