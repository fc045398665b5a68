// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-listing"

#include "config.h"

#include "yeji-staging.h"

#include "yeji-clock.h"

/**
 * yeji_staging_begin:
 * @kind: of what comes
 * @name: of it; what was begun under it and never shown is gone on with
 * @batch: (out): for the column of that name, whose rows nobody sees from now on
 *
 * Begins something that comes in many transactions.
 */
gboolean
yeji_staging_begin (YejiSql     *sql,
                    const char  *kind,
                    const char  *name,
                    gint64      *batch,
                    GError     **error)
{
  g_autofree char *now = yeji_clock_now ();
  g_autoptr (YejiRows) rows = yeji_sql_query (sql, error,
                                              "INSERT INTO staging (kind, name, at)"
                                              " VALUES (?1, ?2, ?3) ON CONFLICT (kind, name)"
                                              " DO UPDATE SET at = excluded.at RETURNING id",
                                              "sss", kind, name, now);

  if (rows == NULL || !yeji_rows_next (rows, error))
    return FALSE;
  *batch = yeji_rows_int (rows, 0);
  return TRUE;
}

/**
 * yeji_staging_find:
 * @batch: (out): 0: nothing was begun, or it is shown
 *
 * Finds what was begun.
 */
gboolean
yeji_staging_find (YejiSql     *sql,
                   const char  *kind,
                   const char  *name,
                   gint64      *batch,
                   GError     **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (YejiRows) rows = yeji_sql_query (sql, error,
                                              "SELECT id FROM staging WHERE kind = ?1"
                                              " AND name = ?2", "ss", kind, name);

  if (rows == NULL)
    return FALSE;
  *batch = yeji_rows_next (rows, &local_error) ? yeji_rows_int (rows, 0) : 0;
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/**
 * yeji_staging_show:
 *
 * Lets everybody see what has come.
 */
gboolean
yeji_staging_show (YejiSql  *sql,
                   gint64    batch,
                   GError  **error)
{
  return yeji_sql_exec (sql, error,
                        "INSERT INTO listing_count (state, grade, n)"
                        " SELECT state, grade, count (*) FROM listing WHERE batch = ?1"
                        " GROUP BY state, grade"
                        " ON CONFLICT (state, grade) DO UPDATE SET n = n + excluded.n", "i", batch)
         && yeji_sql_exec (sql, error, "DELETE FROM staging WHERE id = ?1", "i", batch);
}
