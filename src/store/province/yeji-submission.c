// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-store"

#include "config.h"

#include "yeji-submission.h"

#include "yeji-shelf.h"
#include "yeji-store-private.h"

typedef struct
{
  YejiStore *store;
  const char *uuid;
  YejiSubmission *submission;
} Lookup;

static gboolean
run_read (YejiSql   *sql,
          gpointer   data,
          GError   **error)
{
  Lookup *lookup = data;
  g_autoptr (YejiSubmission) found = g_new0 (YejiSubmission, 1);
  g_autoptr (GError) local_error = NULL;
  g_autoptr (YejiRows) rows = NULL;

  rows = yeji_sql_query (sql, error, "SELECT base_body, answered_at FROM record WHERE uuid = ?1",
                         "s", lookup->uuid);
  if (rows == NULL)
    return FALSE;
  if (yeji_rows_next (rows, &local_error))
    {
      found->at = yeji_rows_dup_text (rows, 1);
      if (!yeji_rows_is_null (rows, 0))
        found->record = yeji_shelf_read_under (yeji_store_get_shelf (lookup->store), sql,
                                               yeji_rows_text (rows, 0),
                                               yeji_store_get_dictionary (lookup->store),
                                               &local_error);
    }
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  lookup->submission = g_steal_pointer (&found);
  return TRUE;
}

/**
 * yeji_store_get_submission:
 *
 * Reads what the province has of a record. Not from the database's thread.
 *
 * Returns: (transfer full): without a record where the province has none; %NULL with @error set
 *   when it cannot be read
 */
YejiSubmission *
yeji_store_get_submission (YejiStore   *self,
                           const char  *uuid,
                           GError     **error)
{
  Lookup lookup = { self, uuid };

  g_return_val_if_fail (YEJI_IS_STORE (self), NULL);
  g_return_val_if_fail (uuid != NULL, NULL);

  return yeji_db_run (yeji_store_get_db (self), run_read, &lookup, error)
         ? lookup.submission : NULL;
}

void
yeji_submission_free (YejiSubmission *self)
{
  g_clear_object (&self->record);
  g_free (self->at);
  g_free (self);
}
