// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-package"

#include "config.h"

#include "yeji-package-private.h"

#include "yeji-intake-store.h"
#include "yeji-store-private.h"

typedef struct
{
  const char *batch;
  YejiBatchUndo *done;
} Work;

/* Both end with the moment of the taking over, which is in every step that it made. */
static gboolean
forget_news (YejiSql     *sql,
             const char  *batch,
             const char  *uuid,
             GError     **error)
{
  return yeji_sql_exec (sql, error,
                        "DELETE FROM conflict WHERE record = ?2 AND at IN"
                        " (SELECT at FROM history WHERE batch = ?1"
                        "  AND substr (why, 1, length (?3)) <> ?3)", "sss", batch, uuid,
                        YEJI_HISTORY_ELSEWHERE)
    && yeji_sql_exec (sql, error,
                      "DELETE FROM history WHERE record = ?2 AND batch = ?1"
                      " AND substr (why, 1, length (?3)) = ?3", "sss", batch, uuid,
                      YEJI_HISTORY_ELSEWHERE);
}

/* So that the same package can be taken over again. */
static gboolean
run_forget (YejiSql   *sql,
            gpointer   data,
            GError   **error)
{
  Work *work = data;

  for (guint i = 0; i < work->done->reverted->len; i++)
    if (!forget_news (sql, work->batch, g_ptr_array_index (work->done->reverted, i), error))
      return FALSE;
  return yeji_sql_exec (sql, error, "DELETE FROM setting WHERE name = ?1 AND value = ?2", "ss",
                        YEJI_PACKAGE_LAST, work->batch);
}

/**
 * yeji_package_find_last:
 *
 * Returns: (transfer full) (nullable): the batch of what was taken over last; %NULL when there is
 *   none, or it was taken back, or with an error
 */
char *
yeji_package_find_last (YejiStore  *store,
                        GError    **error)
{
  g_return_val_if_fail (YEJI_IS_STORE (store), NULL);

  return yeji_store_get_setting (store, YEJI_PACKAGE_LAST, error);
}

/**
 * yeji_package_undo:
 * @batch: of a #YejiTakeReport
 *
 * Takes back what yeji_package_take() did: records that were new are put into the bin, those that
 * were merged become what they were, documents that came to them go into the bin. A record that was
 * changed since is left alone. Blocks.
 *
 * Returns: (transfer full) (nullable): what became of the records
 */
YejiBatchUndo *
yeji_package_undo (YejiStore   *store,
                   const char  *batch,
                   GError     **error)
{
  g_autoptr (YejiBatchUndo) done = NULL;
  g_autoptr (GError) reason = NULL;
  Work work = { batch };

  g_return_val_if_fail (YEJI_IS_STORE (store), NULL);
  g_return_val_if_fail (batch != NULL, NULL);

  done = yeji_store_undo_batch (store, batch, error);
  if (done == NULL)
    return NULL;
  work.done = done;
  if (!yeji_db_run (yeji_store_get_db (store), run_forget, &work, error))
    return NULL;
  /* No document came, or they were taken back before. */
  if (!yeji_store_undo_taking (store, batch, NULL, &reason)
      && !g_error_matches (reason, YEJI_UNDO_ERROR, YEJI_UNDO_ERROR_NOTHING))
    {
      g_propagate_error (error, g_steal_pointer (&reason));
      return NULL;
    }
  yeji_store_announce (store, NULL);
  return g_steal_pointer (&done);
}
