// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-audit"

#include "config.h"

#include "yeji-key-watch.h"

#include "yeji-audit.h"

#define NAME "keys"

static gboolean
read_known (YejiSql  *sql,
            char    **known,
            GError  **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (YejiRows) rows = yeji_sql_query (sql, error,
                                              "SELECT value FROM server WHERE key = '" NAME "'",
                                              "");

  if (rows == NULL)
    return FALSE;
  *known = yeji_rows_next (rows, &local_error) ? yeji_rows_dup_text (rows, 0) : NULL;
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static gboolean
run_note (YejiSql   *sql,
          gpointer   data,
          GError   **error)
{
  YejiServerContext *context = data;
  const char *dictionary = context->versions->key;
  g_autofree char *keys = g_strdup_printf ("receipts %s, dictionary %s",
                                           yeji_receipt_keys_get_id (context->receipt_keys),
                                           dictionary != NULL ? dictionary : "-");
  g_autofree char *known = NULL;

  if (!read_known (sql, &known, error))
    return FALSE;
  if (g_strcmp0 (known, keys) == 0)
    return TRUE;
  return yeji_audit_write (sql, "", "keys.changed", NULL, keys, error)
         && yeji_sql_exec (sql, error, "INSERT OR REPLACE INTO server VALUES ('" NAME "', ?1)", "s",
                           keys);
}

/**
 * yeji_key_watch_note:
 *
 * Has the audit log say by which keys the province signs from now on, if they are others than those
 * with which it was started last. Blocks.
 */
gboolean
yeji_key_watch_note (YejiServerContext  *context,
                     YejiDb             *db,
                     GError            **error)
{
  return yeji_db_run (db, run_note, context, error);
}
