// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-store"

#include "config.h"

/* After a profile was opened, a search waits for the disk more than for anything else. What leads
 * from what was found to the records is small, a hundredth of the profile, and each record that is
 * found asks for another page of it. So it is read once, in small portions between which others
 * come; the system keeps it from then on. */

#include "yeji-store-index.h"

#include "yeji-store-private.h"

/* Rows that are read in one transaction: less than a hundred pages. */
#define PORTION 3000

/* ?1: the key that was read last, ?2: PORTION. The columns are in an index that holds them all. */
static const char *const portions[] = {
  "SELECT max (key), count (*) FROM (SELECT id AS key FROM search_doc"
  " WHERE id > CAST (?1 AS INTEGER) ORDER BY id LIMIT ?2)",
  "SELECT max (key), count (*) FROM (SELECT uuid AS key FROM record"
  " WHERE uuid > ?1 ORDER BY uuid LIMIT ?2)",
};

typedef struct
{
  guint portion;
  char *key;
} Warming;

static gboolean
run_portion (YejiSql   *sql,
             gpointer   data,
             GError   **error)
{
  Warming *warming = data;
  g_autoptr (YejiRows) rows = yeji_sql_query (sql, error, portions[warming->portion], "si",
                                              warming->key, (gint64) PORTION);

  if (rows == NULL || !yeji_rows_next (rows, error))
    return FALSE;
  g_free (warming->key);
  if (yeji_rows_int (rows, 1) == PORTION)
    {
      warming->key = yeji_rows_dup_text (rows, 0);
      return TRUE;
    }
  warming->key = g_strdup ("");
  warming->portion++;
  return TRUE;
}

/**
 * yeji_store_warm_index: (skip)
 *
 * Has the system read what searches will ask for. Blocks.
 *
 * Returns: %FALSE with an error of #YejiDbError, or %G_IO_ERROR_CANCELLED
 */
gboolean
yeji_store_warm_index (YejiStore     *self,
                       GCancellable  *cancellable,
                       GError       **error)
{
  Warming warming = { 0, g_strdup ("") };
  gboolean went_well = TRUE;

  g_return_val_if_fail (YEJI_IS_STORE (self), FALSE);

  while (went_well && warming.portion < G_N_ELEMENTS (portions))
    went_well = !g_cancellable_set_error_if_cancelled (cancellable, error)
                && yeji_db_run (yeji_store_get_db (self), run_portion, &warming, error);
  g_free (warming.key);
  return went_well;
}
