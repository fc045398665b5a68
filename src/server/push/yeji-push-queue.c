// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-push"

#include "config.h"

#include "yeji-push-queue.h"

#include "yeji-clock.h"

/* So many projects are looked at in one transaction. */
#define BATCH 200
#define KEY_SUM_LENGTH 12

/* What the national platform shall have of a record, or has. */
typedef struct
{
  gboolean shown;
  char *content;               /* (nullable): the sum of what is shown */
  gint64 revision;
} Stand;

static void
clear_stand (Stand *stand)
{
  g_clear_pointer (&stand->content, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Stand, clear_stand)

/* (transfer full): the sum of a published copy */
static char *
sum_content (const char *grade,
             const char *body)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);

  g_checksum_update (sum, (const guchar *) grade, -1);
  g_checksum_update (sum, (const guchar *) "\n", 1);
  g_checksum_update (sum, (const guchar *) body, -1);
  return g_strdup (g_checksum_get_string (sum));
}

/* The public page's copy of an approved record, if its grade is not the province's alone. */
static gboolean
read_wanted (YejiServerContext  *context,
             YejiSql            *sql,
             const char         *uuid,
             Stand              *wanted,
             GError            **error)
{
  const char *incomplete = yeji_offices_get_grade (context->offices, NULL, FALSE);
  g_autoptr (GError) local_error = NULL;
  g_autoptr (YejiRows) rows = NULL;

  rows = yeji_sql_query (sql, error,
                         "SELECT revision, publication.grade, publication.body,"
                         "  state = 'approved' AND publication.uuid IS NOT NULL"
                         "  AND publication.grade <> ?2 FROM record"
                         " LEFT JOIN publication USING (uuid) WHERE uuid = ?1",
                         "ss", uuid, incomplete);
  if (rows == NULL)
    return FALSE;
  if (!yeji_rows_next (rows, &local_error))
    {
      if (local_error == NULL)
        return TRUE;
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  wanted->revision = yeji_rows_int (rows, 0);
  wanted->shown = yeji_rows_int (rows, 3) != 0;
  if (wanted->shown)
    wanted->content = sum_content (yeji_rows_text (rows, 1), yeji_rows_text (rows, 2));
  return TRUE;
}

/* What the platform has, or may have since a message is on its way whose answer is not known. */
static gboolean
read_reached (YejiSql     *sql,
              const char  *uuid,
              Stand       *reached,
              GError     **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (YejiRows) rows = NULL;

  rows = yeji_sql_query (sql, error,
                         "SELECT kind = 'publish', content, revision FROM push WHERE uuid = ?1"
                         " AND state IN ('sending', 'sent', 'accepted')"
                         " ORDER BY seq DESC LIMIT 1", "s", uuid);
  if (rows == NULL)
    return FALSE;
  if (yeji_rows_next (rows, &local_error))
    {
      reached->shown = yeji_rows_int (rows, 0) != 0;
      reached->content = yeji_rows_dup_text (rows, 1);
      reached->revision = yeji_rows_int (rows, 2);
    }
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/* The key tells the platform what it has had already: a copy of the database that was put back makes
 * the same one for the same revision. */
static char *
make_key (const char  *uuid,
          const Stand *wanted)
{
  g_autofree char *sum = g_strndup (wanted->shown ? wanted->content : "", KEY_SUM_LENGTH);

  return g_strdup_printf ("%s-r%" G_GINT64_FORMAT "-%s", uuid, wanted->revision,
                          wanted->shown ? sum : "remove");
}

static gboolean
queue (YejiServerContext  *context,
       YejiSql            *sql,
       const char         *uuid,
       const Stand        *wanted,
       GError            **error)
{
  gint64 due = g_get_real_time () / G_USEC_PER_SEC + context->push->wait_seconds;
  g_autofree char *key = make_key (uuid, wanted);
  g_autofree char *now = yeji_clock_now ();

  /* of a key that is there already the answer is known, and was a refusal: it is asked again */
  return yeji_sql_exec (sql, error,
                        "INSERT INTO push (uuid, kind, revision, key, content, state, due, at)"
                        " VALUES (?1, ?2, ?3, ?4, ?5, 'waiting', ?6, ?7)"
                        " ON CONFLICT (key) DO UPDATE SET state = 'waiting', due = excluded.due,"
                        "  tries = 0, at = excluded.at, message = NULL, payload = NULL",
                        "ssissis", uuid, wanted->shown ? YEJI_PUSH_PUBLISH : YEJI_PUSH_REMOVE,
                        wanted->revision, key, wanted->shown ? wanted->content : "", due, now);
}

/**
 * yeji_push_note:
 * @uuid: a record that was approved, regraded, corrected, revoked or withdrawn, or whose decision
 *   was taken back
 *
 * Queues what the national platform is to be told of a record, by what the public page shows of it
 * now: a grade that is not the province's alone is published there; what was sent once and is not
 * shown any more is removed there. What waits and was not sent yet is replaced. Nothing is sent
 * before a decision can no longer be taken back.
 */
gboolean
yeji_push_note (YejiServerContext  *context,
                YejiSql            *sql,
                const char         *uuid,
                GError            **error)
{
  g_auto (Stand) wanted = { FALSE };
  g_auto (Stand) reached = { FALSE };

  if (context->push == NULL)
    return TRUE;
  if (!yeji_sql_exec (sql, error, "DELETE FROM push WHERE uuid = ?1 AND state = 'waiting'", "s",
                      uuid)
      || !read_wanted (context, sql, uuid, &wanted, error)
      || !read_reached (sql, uuid, &reached, error))
    return FALSE;
  if (wanted.shown == reached.shown
      && (!wanted.shown || g_strcmp0 (wanted.content, reached.content) == 0))
    return TRUE;
  return queue (context, sql, uuid, &wanted, error);
}

/* The next projects of the public page that were never queued. */
static GPtrArray *
list_unknown (YejiSql     *sql,
              const char  *after,
              GError     **error)
{
  g_autoptr (GPtrArray) uuids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) local_error = NULL;
  g_autoptr (YejiRows) rows = NULL;

  rows = yeji_sql_query (sql, error,
                         "SELECT uuid FROM publication WHERE uuid > ?1"
                         " AND NOT EXISTS (SELECT 1 FROM push WHERE push.uuid = publication.uuid)"
                         " ORDER BY uuid LIMIT ?2", "si", after, (gint64) BATCH);
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
 * yeji_push_note_all:
 * @after: (inout) (transfer full): where to go on, "" at first
 * @more: (out): whether there may be more
 *
 * Queues a batch of what was published before there was a national platform to tell.
 */
gboolean
yeji_push_note_all (YejiServerContext  *context,
                    YejiSql            *sql,
                    char              **after,
                    gboolean           *more,
                    GError            **error)
{
  g_autoptr (GPtrArray) uuids = list_unknown (sql, *after, error);

  if (uuids == NULL)
    return FALSE;
  for (guint i = 0; i < uuids->len; i++)
    if (!yeji_push_note (context, sql, g_ptr_array_index (uuids, i), error))
      return FALSE;
  *more = uuids->len == BATCH;
  if (uuids->len > 0)
    {
      g_free (*after);
      *after = g_strdup (g_ptr_array_index (uuids, uuids->len - 1));
    }
  return TRUE;
}

/**
 * yeji_push_is_current:
 * @kind: what is queued
 * @content: its sum
 * @current: (out): whether that is still what the platform is to be told
 *
 * Looks once more before something is sent.
 */
gboolean
yeji_push_is_current (YejiServerContext  *context,
                      YejiSql            *sql,
                      const char         *uuid,
                      const char         *kind,
                      const char         *content,
                      gboolean           *current,
                      GError            **error)
{
  g_auto (Stand) wanted = { FALSE };

  if (!read_wanted (context, sql, uuid, &wanted, error))
    return FALSE;
  *current = wanted.shown ? g_str_equal (kind, YEJI_PUSH_PUBLISH)
                            && g_str_equal (wanted.content, content)
                          : g_str_equal (kind, YEJI_PUSH_REMOVE);
  return TRUE;
}
