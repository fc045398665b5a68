// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-sync"

#include "config.h"

#include "yeji-withdrawal.h"

#include "yeji-change-reader.h"
#include "yeji-healing.h"

typedef struct
{
  YejiStore *store;
  char *uuid;
  char *reason;
} Wish;

static void
wish_free (gpointer data)
{
  Wish *wish = data;

  g_object_unref (wish->store);
  g_free (wish->uuid);
  g_free (wish->reason);
  g_free (wish);
}

/**
 * yeji_withdrawal_check:
 *
 * Returns: whether the record is one that can be withdrawn; %FALSE with %YEJI_STORE_ERROR_STATE
 *   when the province has not got it under review, or a newer submission of it waits to be sent
 */
gboolean
yeji_withdrawal_check (YejiStore   *store,
                       const char  *uuid,
                       GError     **error)
{
  g_autoptr (YejiEntry) entry = yeji_store_get_entry (store, uuid, error);
  YejiState state;

  if (entry == NULL)
    return FALSE;
  state = yeji_entry_get_state (entry);
  if ((state == YEJI_STATE_SUBMITTED || state == YEJI_STATE_IN_REVIEW)
      && yeji_entry_get_revision (entry) != NULL)
    return TRUE;
  g_set_error (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_STATE, "the record is %s",
               yeji_state_to_text (state));
  return FALSE;
}

static JsonNode *
make_body (const char *reason)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_node_take_object (node, json_object_new ());
  json_object_set_string_member (json_node_get_object (node), "reason", reason);
  return node;
}

static YejiReply *
post (YejiProvince  *province,
      const char    *uuid,
      const char    *revision,
      const char    *reason,
      GCancellable  *cancellable,
      GError       **error)
{
  g_autofree char *path = g_strdup_printf ("/v1/records/%s:withdraw", uuid);
  g_autofree char *tag = g_strdup_printf ("\"%s\"", revision);
  g_autoptr (JsonNode) body = make_body (reason);

  return yeji_province_call (province, "POST", path, body, cancellable, error, "If-Match", tag,
                             NULL);
}

/* It is withdrawn as it is there now: what counts is that nobody has decided on it. */
static gboolean
is_still_submitted (YejiReply *reply)
{
  JsonObject *problem = yeji_json_node_object (reply->body);
  JsonObject *current = problem != NULL ? yeji_json_get_object (problem, "current") : NULL;

  return reply->status == SOUP_STATUS_PRECONDITION_FAILED && reply->etag != NULL && current != NULL
         && g_strcmp0 (yeji_json_get_string (current, "state"), "submitted") == 0;
}

static YejiReply *
ask (YejiProvince  *province,
     YejiStore     *store,
     const char    *uuid,
     const char    *reason,
     GCancellable  *cancellable,
     GError       **error)
{
  g_autoptr (YejiEntry) entry = yeji_store_get_entry (store, uuid, error);
  g_autoptr (YejiReply) reply = NULL;

  if (entry == NULL)
    return NULL;
  reply = post (province, uuid, yeji_entry_get_revision (entry), reason, cancellable, error);
  if (reply != NULL && is_still_submitted (reply))
    return post (province, uuid, reply->etag, reason, cancellable, error);
  return g_steal_pointer (&reply);
}

/**
 * yeji_withdrawal_run:
 * @reason: why, which the reviewer reads
 *
 * Takes a submission back at the province, if nobody has decided on it yet; from then on the record
 * can be changed and submitted again. May be called again after any failure. Blocks. Fails as
 * yeji_withdrawal_check(), yeji_province_new(), yeji_province_send() and yeji_reply_check() do.
 */
gboolean
yeji_withdrawal_run (YejiStore     *store,
                     const char    *uuid,
                     const char    *reason,
                     GCancellable  *cancellable,
                     GError       **error)
{
  g_autoptr (YejiProvince) province = NULL;
  g_autoptr (YejiReply) reply = NULL;
  g_autoptr (YejiAnswer) answer = NULL;

  g_return_val_if_fail (YEJI_IS_STORE (store), FALSE);
  g_return_val_if_fail (uuid != NULL && reason != NULL, FALSE);

  if (!yeji_withdrawal_check (store, uuid, error))
    return FALSE;
  province = yeji_province_new (store, error);
  if (province == NULL)
    return FALSE;
  reply = ask (province, store, uuid, reason, cancellable, error);
  if (reply == NULL || !yeji_reply_check (reply, error))
    return FALSE;
  answer = yeji_change_reader_read_record (reply, uuid, error);
  if (answer == NULL)
    return FALSE;
  g_clear_pointer (&answer->record, g_free);   /* it is what was sent from here */
  if (answer->at == NULL)      /* by the province's clock, as all that is compared with it */
    answer->at = g_strdup (yeji_json_get_string (json_node_get_object (reply->body),
                                                 YEJI_WIRE_MEMBER_CHANGED_AT));
  return yeji_store_note_answer (store, answer, error);
}

static void
run_task (GTask        *task,
          gpointer      source,
          gpointer      data,
          GCancellable *cancellable)
{
  const Wish *wish = data;
  GError *error = NULL;

  if (yeji_withdrawal_run (wish->store, wish->uuid, wish->reason, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * yeji_withdrawal_run_async:
 *
 * Does what yeji_withdrawal_run() does, in a thread.
 */
void
yeji_withdrawal_run_async (YejiStore           *store,
                           const char          *uuid,
                           const char          *reason,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (store, cancellable, callback, user_data);
  Wish *wish = g_new (Wish, 1);

  wish->store = g_object_ref (store);
  wish->uuid = g_strdup (uuid);
  wish->reason = g_strdup (reason);
  g_task_set_source_tag (task, yeji_withdrawal_run_async);
  g_task_set_task_data (task, wish, wish_free);
  g_task_run_in_thread (task, run_task);
}

gboolean
yeji_withdrawal_run_finish (GAsyncResult  *result,
                            GError       **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
