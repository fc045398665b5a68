// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-server"

#include "config.h"

#include "yeji-housekeeping.h"

#include "yeji-audit-check.h"
#include "yeji-clock.h"
#include "yeji-following.h"

/* An hour, if a round is a minute. */
#define ROUNDS_A_HEAD 60

struct _YejiHousekeeping
{
  YejiHttp *http;              /* (unowned): closed after this */
  guint timer;
  guint n_rounds;
};

/* One round. */
typedef struct
{
  YejiHttp *http;
  GPtrArray *expired;          /* (element-type utf8): uploads that nobody went on with */
  gboolean changed;            /* somebody is to be told */
  gboolean tells_head;         /* of the audit log */
  YejiAuditHead head;
} Round;

static void
free_round (Round *round)
{
  g_ptr_array_unref (round->expired);
  yeji_audit_head_clear (&round->head);
  g_object_unref (round->http);
  g_free (round);
}

static gboolean
list_expired (YejiSql     *sql,
              const char  *now,
              GPtrArray   *expired,
              GError     **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (YejiRows) rows = NULL;

  rows = yeji_sql_query (sql, error,
                         "SELECT id FROM file WHERE complete = 0 AND expires_at <= ?1", "s", now);
  if (rows == NULL)
    return FALSE;
  while (yeji_rows_next (rows, &local_error))
    g_ptr_array_add (expired, yeji_rows_dup_text (rows, 0));
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static gboolean
write_round (YejiSql   *sql,
             gpointer   data,
             GError   **error)
{
  Round *round = data;
  g_autofree char *now = yeji_clock_now ();

  return (!round->tells_head || yeji_audit_find_head (sql, &round->head, error))
         && list_expired (sql, now, round->expired, error)
         && (round->expired->len == 0
             || yeji_sql_exec (sql, error,
                               "DELETE FROM file WHERE complete = 0 AND expires_at <= ?1", "s",
                               now))
         && yeji_following_return_overdue (sql, yeji_http_get_context (round->http),
                                           &round->changed, error);
}

/* Their rows are gone; behind whatever is queued for them, their bytes go too. */
static void
finish_round (gpointer      data,
              const GError *error)
{
  Round *round = data;

  if (error != NULL)
    g_warning ("%s", error->message);
  /* The log of the system is out of reach of who can write the database. */
  else if (round->tells_head && round->head.seq > 0)
    g_message ("the audit log ends with %" G_GINT64_FORMAT ":%s", round->head.seq,
               round->head.hash);
  for (guint i = 0; error == NULL && i < round->expired->len; i++)
    yeji_http_drop_upload (round->http, g_ptr_array_index (round->expired, i));
  if (error == NULL && round->changed)
    yeji_http_wake (round->http);
  yeji_http_leave (round->http);
  free_round (round);
}

static gboolean
begin_round (gpointer data)
{
  YejiHousekeeping *self = data;
  Round *round = g_new0 (Round, 1);

  round->http = g_object_ref (self->http);
  round->tells_head = ++self->n_rounds % ROUNDS_A_HEAD == 0;
  round->expired = g_ptr_array_new_with_free_func (g_free);
  yeji_http_enter (self->http);
  yeji_ledger_run (yeji_http_get_ledger (self->http), write_round, round, finish_round);
  return G_SOURCE_CONTINUE;
}

/**
 * yeji_housekeeping_new:
 *
 * Looks now and then for uploads that have expired and for records whose documents did not come in
 * time: now, and then as often as the settings say.
 *
 * Returns: (transfer full): to be ended with yeji_housekeeping_close()
 */
YejiHousekeeping *
yeji_housekeeping_new (YejiHttp *http)
{
  YejiHousekeeping *self = g_new0 (YejiHousekeeping, 1);

  self->http = http;
  self->timer = g_timeout_add_seconds (yeji_http_get_context (http)->settings.sweep_seconds,
                                       begin_round, self);
  begin_round (self);
  return self;
}

/**
 * yeji_housekeeping_close:
 * @self: (transfer full)
 *
 * Begins no more rounds.
 */
void
yeji_housekeeping_close (YejiHousekeeping *self)
{
  g_source_remove (self->timer);
  g_free (self);
}
