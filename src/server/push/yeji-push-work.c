// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-push"

#include "config.h"

#include "yeji-push-work.h"

#include "yeji-audit.h"
#include "yeji-case.h"
#include "yeji-clock.h"
#include "yeji-json.h"
#include "yeji-push-payload.h"

/* Nobody waits longer than this for the next try. */
#define MAX_DELAY (60 * 60)
#define MAX_DOUBLINGS 10

static gint64
now_seconds (void)
{
  return g_get_real_time () / G_USEC_PER_SEC;
}

/**
 * yeji_push_delay:
 * @tries: that have failed
 * @retry_after: what the platform asks for, or 0
 *
 * Returns: seconds until the next try: doubled with each one up to an hour, and a quarter more or
 *   less, so that not all come at once; never before the platform wants it
 */
gint64
yeji_push_delay (YejiServerContext *context,
                 guint              tries,
                 gint64             retry_after)
{
  gint64 usual = (gint64) context->push->retry_seconds << MIN (MAX (tries, 1) - 1, MAX_DOUBLINGS);

  usual = MIN (usual, MAX_DELAY);
  return MAX (retry_after, (gint64) (usual * g_random_double_range (0.75, 1.25)));
}

/* Tells the enterprise, with the revision that the record has anyway. */
static gboolean
tell (YejiSql     *sql,
      const char  *uuid,
      gboolean    *changed,
      GError     **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (YejiCase) found = yeji_case_load (sql, uuid, &local_error);

  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (found == NULL)
    return TRUE;
  *changed = TRUE;
  return yeji_case_write_change (found, sql, FALSE, error);
}

static gboolean
end (YejiSql     *sql,
     gint64       seq,
     const char  *uuid,
     const char  *state,
     const char  *message,
     const char  *receipt,
     gboolean    *changed,
     GError     **error)
{
  g_autofree char *now = yeji_clock_now ();
  g_autofree char *what = g_strconcat ("push.", state, NULL);

  /* what has arrived is not kept a second time: there are personal numbers in it */
  return yeji_sql_exec (sql, error,
                        "UPDATE push SET state = ?2, message = ?3,"
                        " receipt = coalesce (?4, receipt), at = ?5,"
                        " payload = CASE ?2 WHEN 'sent' THEN payload END WHERE seq = ?1",
                        "issss", seq, state, message, receipt, now)
         && tell (sql, uuid, changed, error)
         && yeji_audit_write (sql, "", what, uuid, receipt != NULL ? receipt : message, error);
}

/* (transfer full) (nullable): without payload; NULL: nothing is due, or an error */
static YejiPushItem *
find_due (YejiSql   *sql,
          char     **kind,
          char     **content,
          GError   **error)
{
  g_autoptr (YejiPushItem) item = g_new0 (YejiPushItem, 1);
  g_autoptr (YejiRows) rows = NULL;

  rows = yeji_sql_query (sql, error,
                         "SELECT seq, uuid, key, payload, tries, kind, content FROM push"
                         " INDEXED BY push_due"
                         " WHERE state IN ('waiting', 'sending', 'sent') AND due <= ?1"
                         " AND NOT EXISTS (SELECT 1 FROM push AS earlier"
                         "  WHERE earlier.uuid = push.uuid AND earlier.seq < push.seq"
                         "   AND earlier.state IN ('waiting', 'sending', 'sent'))"
                         " ORDER BY due, seq LIMIT 1", "i", now_seconds ());
  if (rows == NULL || !yeji_rows_next (rows, error))
    return NULL;
  item->seq = yeji_rows_int (rows, 0);
  item->uuid = yeji_rows_dup_text (rows, 1);
  item->key = yeji_rows_dup_text (rows, 2);
  item->payload = yeji_rows_dup_text (rows, 3);
  item->tries = (guint) yeji_rows_int (rows, 4) + 1;
  *kind = yeji_rows_dup_text (rows, 5);
  *content = yeji_rows_dup_text (rows, 6);
  return g_steal_pointer (&item);
}

/* What is tried for the first time is written down word for word: a second try, even of a restored
 * database, says the same. FALSE with no error: it is not to be sent. */
static gboolean
prepare (YejiServerContext  *context,
         YejiSql            *sql,
         YejiPushItem       *item,
         const char         *kind,
         const char         *content,
         gboolean           *changed,
         GError            **error)
{
  g_autofree char *refusal = NULL;
  g_autofree char *hash = NULL;
  gboolean current;
  gint64 lease = now_seconds () + 2 * context->push->timeout_seconds
                 + context->push->retry_seconds;

  if (item->payload == NULL)
    {
      if (!yeji_push_is_current (context, sql, item->uuid, kind, content, &current, error))
        return FALSE;
      if (!current)
        {
          yeji_push_note (context, sql, item->uuid, error);
          return FALSE;
        }
      item->payload = yeji_push_payload_make (context, sql, item->uuid, kind, item->key, &refusal,
                                              error);
      if (refusal != NULL)
        end (sql, item->seq, item->uuid, "refused", refusal, NULL, changed, error);
      if (item->payload == NULL)
        return FALSE;
    }
  hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, item->payload, -1);
  /* whatever happens to this process meanwhile: it is due again after that */
  return yeji_sql_exec (sql, error,
                        "UPDATE push SET state = CASE state WHEN 'sent' THEN state"
                        "  ELSE 'sending' END,"
                        " tries = ?2, payload = ?3, hash = ?4, due = ?5 WHERE seq = ?1",
                        "iissi", item->seq, (gint64) item->tries, item->payload, hash, lease);
}

/**
 * yeji_push_take:
 * @n_items: at most
 * @changed: (out): whether somebody is to be told of something
 *
 * Takes what is to be sent now, and of a record what was queued first. Whoever takes something
 * sends it and calls yeji_push_settle(); when nobody does, it is there again after a while.
 *
 * Returns: (transfer full) (nullable) (element-type YejiPushItem): the items
 */
GPtrArray *
yeji_push_take (YejiServerContext  *context,
                YejiSql            *sql,
                guint               n_items,
                gboolean           *changed,
                GError            **error)
{
  g_autoptr (GPtrArray) items = NULL;
  g_autoptr (GError) local_error = NULL;

  *changed = FALSE;
  items = g_ptr_array_new_with_free_func ((GDestroyNotify) yeji_push_item_free);
  /* what is not to be sent after all counts too, or a turn could become long */
  for (guint i = 0; i < n_items; i++)
    {
      g_autofree char *kind = NULL;
      g_autofree char *content = NULL;
      g_autoptr (YejiPushItem) item = find_due (sql, &kind, &content, &local_error);

      if (item != NULL
          && prepare (context, sql, item, kind, content, changed, &local_error))
        g_ptr_array_add (items, g_steal_pointer (&item));
      if (local_error != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return NULL;
        }
      if (kind == NULL)
        break;
    }
  return g_steal_pointer (&items);
}

/**
 * yeji_push_settle:
 * @changed: (out): whether somebody is to be told
 *
 * Writes down what became of something that was sent.
 */
gboolean
yeji_push_settle (YejiServerContext     *context,
                  YejiSql               *sql,
                  const YejiPushItem    *item,
                  const YejiPushAnswer  *answer,
                  gboolean              *changed,
                  GError               **error)
{
  gint64 due = now_seconds () + yeji_push_delay (context, item->tries, answer->retry_after);
  gboolean first = FALSE;

  *changed = FALSE;
  switch (answer->verdict)
    {
    case YEJI_PUSH_ACCEPTED:
      return end (sql, item->seq, item->uuid, "accepted", NULL, answer->receipt, changed, error);
    case YEJI_PUSH_REFUSED:
      return end (sql, item->seq, item->uuid, "refused",
                  answer->message != NULL ? answer->message : "全国平台没有说明原因",
                  answer->receipt, changed, error);
    case YEJI_PUSH_RECEIVED:
      {
        g_autoptr (YejiRows) rows = yeji_sql_query (sql, error,
                                                    "SELECT state <> 'sent' FROM push"
                                                    " WHERE seq = ?1", "i", item->seq);

        if (rows == NULL || !yeji_rows_next (rows, error))
          return FALSE;
        first = yeji_rows_int (rows, 0) != 0;
      }
      if (first && !end (sql, item->seq, item->uuid, "sent", answer->message, answer->receipt,
                         changed, error))
        return FALSE;
      break;
    case YEJI_PUSH_UNCLEAR:
    default:
      break;
    }
  return yeji_sql_exec (sql, error, "UPDATE push SET due = ?2, message = ?3 WHERE seq = ?1",
                        "iis", item->seq, due, answer->message);
}

/**
 * yeji_push_count:
 * @counts: (out caller-allocates)
 *
 * Counts what is queued and what was sent.
 */
gboolean
yeji_push_count (YejiSql         *sql,
                 YejiPushCounts  *counts,
                 GError         **error)
{
  g_autoptr (YejiRows) rows = NULL;

  *counts = (YejiPushCounts) { 0 };
  rows = yeji_sql_query (sql, error,
                         "SELECT (SELECT count (*) FROM push"
                         "  WHERE state IN ('waiting', 'sending')),"
                         " (SELECT count (*) FROM push WHERE state = 'sent'),"
                         " (SELECT count (*) FROM push WHERE state = 'accepted'),"
                         " (SELECT count (*) FROM push WHERE state = 'refused'),"
                         " (SELECT min (at) FROM push WHERE state IN ('waiting', 'sending')),"
                         " (SELECT message FROM push WHERE state = 'sending'"
                         "   ORDER BY seq LIMIT 1)", "");
  if (rows == NULL || !yeji_rows_next (rows, error))
    return FALSE;
  counts->waiting = yeji_rows_int (rows, 0);
  counts->sent = yeji_rows_int (rows, 1);
  counts->accepted = yeji_rows_int (rows, 2);
  counts->refused = yeji_rows_int (rows, 3);
  counts->oldest_at = yeji_rows_dup_text (rows, 4);
  counts->message = yeji_rows_dup_text (rows, 5);
  return TRUE;
}

/**
 * yeji_push_add_state:
 * @object: that tells of the record
 *
 * Adds how it stands with the national platform, `{"state", "at", "message", "receipt"}`, unless
 * that was never to be told of the record.
 */
void
yeji_push_add_state (YejiSql    *sql,
                     const char *uuid,
                     JsonObject *object)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiRows) rows = NULL;

  rows = yeji_sql_query (sql, &error, "SELECT " YEJI_PUSH_STATE ("?1"), "s", uuid);
  if (rows != NULL && yeji_rows_next (rows, &error) && !yeji_rows_is_null (rows, 0))
    json_object_set_member (object, YEJI_WIRE_MEMBER_NATIONAL,
                            yeji_json_parse (yeji_rows_text (rows, 0), -1, NULL));
  if (error != NULL)
    g_message ("%s: %s", uuid, error->message);
}

void
yeji_push_counts_clear (YejiPushCounts *counts)
{
  g_clear_pointer (&counts->oldest_at, g_free);
  g_clear_pointer (&counts->message, g_free);
}

/**
 * yeji_push_item_free:
 * @item: (transfer full)
 *
 * Frees it.
 */
void
yeji_push_item_free (YejiPushItem *item)
{
  g_free (item->uuid);
  g_free (item->key);
  g_free (item->payload);
  g_free (item);
}
