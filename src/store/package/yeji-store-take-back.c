// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* A submission that the clerk did not mean can be taken back until it begins to be sent. Only what
 * was queued since the profile was opened can: of what is older, nobody knows any more whether it
 * was on its way when the program ended. So the list of these ends with the connection. */

#define G_LOG_DOMAIN "yeji-store"

#include "config.h"

#include "yeji-take-back.h"

#include "yeji-store-private.h"

typedef struct
{
  const char *uuid;
  gint64 seq;
  gboolean taken;
} Wish;

static gboolean
make_list (YejiSql  *sql,
           GError  **error)
{
  return yeji_sql_exec (sql, error, "CREATE TEMP TABLE IF NOT EXISTS unsent"
                                    " (seq INTEGER PRIMARY KEY) STRICT", "");
}

/**
 * yeji_store_note_unsent: (skip)
 *
 * Notes on the database's thread that the submission that was just written can be taken back.
 */
gboolean
yeji_store_note_unsent (YejiSql  *sql,
                        GError  **error)
{
  gint64 seq = yeji_sql_last_id (sql);

  return make_list (sql, error)
    && yeji_sql_exec (sql, error, "INSERT OR REPLACE INTO temp.unsent VALUES (?1)", "i", seq);
}

static gboolean
run_begin (YejiSql   *sql,
           gpointer   data,
           GError   **error)
{
  Wish *wish = data;
  const int found = yeji_sql_has_row (sql, error,
                                      "SELECT 1 FROM outbox WHERE uuid = ?1 AND seq = ?2", "si",
                                      wish->uuid, wish->seq);

  if (found > 0)
    return make_list (sql, error)
      && yeji_sql_exec (sql, error, "DELETE FROM temp.unsent WHERE seq = ?1", "i", wish->seq);
  if (found == 0)
    g_set_error (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_NOT_FOUND,
                 "the submission of %s was taken back", wish->uuid);
  return FALSE;
}

static gboolean
run_take_back (YejiSql   *sql,
               gpointer   data,
               GError   **error)
{
  Wish *wish = data;

  if (!make_list (sql, error)
      || !yeji_sql_exec (sql, error,
                         "DELETE FROM outbox WHERE uuid = ?1"
                         " AND seq = (SELECT max (seq) FROM outbox WHERE uuid = ?1)"
                         " AND seq IN (SELECT seq FROM temp.unsent)", "s", wish->uuid))
    return FALSE;
  wish->taken = yeji_sql_changes (sql) > 0;
  return TRUE;
}

/**
 * yeji_store_begin_sending:
 *
 * Notes that a submission is about to be sent: from here on it cannot be taken back. Called by who
 * sends it, before the first byte; may be called again. Blocks.
 *
 * Returns: %FALSE with %YEJI_STORE_ERROR_NOT_FOUND when it was taken back
 */
gboolean
yeji_store_begin_sending (YejiStore   *self,
                          const char  *uuid,
                          gint64       seq,
                          GError     **error)
{
  Wish wish = { uuid, seq, FALSE };

  g_return_val_if_fail (YEJI_IS_STORE (self), FALSE);
  g_return_val_if_fail (uuid != NULL, FALSE);

  return yeji_db_run (yeji_store_get_db (self), run_begin, &wish, error);
}

/**
 * yeji_store_take_back:
 * @taken: (out): whether there was something to take back; %FALSE when it is being sent, was
 *   answered, or was queued before the profile was opened
 *
 * Takes the last submission of a record out of the outbox, if it has not begun to be sent. An
 * earlier one that it replaced is there again. What the record holds stays as it is. Blocks.
 *
 * Returns: %FALSE with @error set
 */
gboolean
yeji_store_take_back (YejiStore   *self,
                      const char  *uuid,
                      gboolean    *taken,
                      GError     **error)
{
  Wish wish = { uuid, 0, FALSE };

  g_return_val_if_fail (YEJI_IS_STORE (self), FALSE);
  g_return_val_if_fail (uuid != NULL, FALSE);
  g_return_val_if_fail (taken != NULL, FALSE);

  *taken = FALSE;
  if (!yeji_db_run (yeji_store_get_db (self), run_take_back, &wish, error))
    return FALSE;
  *taken = wish.taken;
  if (wish.taken)
    yeji_store_announce (self, uuid);
  return TRUE;
}
