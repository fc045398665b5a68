// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-store"

#include "config.h"

#include "yeji-receipt-store.h"

#include "yeji-store-private.h"
#include "yeji-store-seal.h"

/* `signed` is NULL as long as nobody asked, and empty when the province has none. */

typedef struct
{
  YejiStore *store;
  const YejiReceiptNote *note;
  const char *uuid;
  guint n;
  GStrvBuilder *list;
  char *text;
} Job;

static gboolean
run_note (YejiSql   *sql,
          gpointer   data,
          GError   **error)
{
  const Job *job = data;
  const YejiReceiptNote *note = job->note;

  return yeji_sql_exec (sql, error,
                        "INSERT INTO receipt (record, submitted_at, revision, sum, files, signed,"
                        " signed_complete) SELECT uuid, ?2, ?3, ?4, ?5, ?6, ?7 FROM record"
                        " WHERE uuid = ?1"
                        " ON CONFLICT (record, submitted_at) DO UPDATE SET"
                        " signed = iif (signed_complete > excluded.signed_complete, signed,"
                        "               excluded.signed),"
                        " signed_complete = max (signed_complete, excluded.signed_complete)",
                        "ssssssi", note->uuid, note->submitted_at, note->revision,
                        note->record_sha256, note->files, note->text, (gint64) note->complete);
}

static gboolean
run_note_none (YejiSql   *sql,
               gpointer   data,
               GError   **error)
{
  const Job *job = data;

  return yeji_sql_exec (sql, error,
                        "UPDATE receipt SET signed = '' WHERE record = ?1 AND signed IS NULL",
                        "s", job->uuid);
}

static gboolean
run_list (YejiSql   *sql,
          gpointer   data,
          GError   **error)
{
  Job *job = data;
  g_autoptr (GError) local_error = NULL;
  g_autoptr (YejiRows) rows = NULL;

  rows = yeji_sql_query (sql, error,
                         "SELECT t.record FROM receipt t JOIN record r ON r.uuid = t.record"
                         " AND r.submitted_at = t.submitted_at"
                         " WHERE t.signed_complete = 0 AND (t.signed IS NULL"
                         "  OR (t.signed <> '' AND r.files_at IS NOT NULL))"
                         " ORDER BY t.submitted_at DESC LIMIT ?1", "i", (gint64) job->n);
  if (rows == NULL)
    return FALSE;
  while (yeji_rows_next (rows, &local_error))
    g_strv_builder_add (job->list, yeji_rows_text (rows, 0));
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static gboolean
run_load (YejiSql   *sql,
          gpointer   data,
          GError   **error)
{
  Job *job = data;
  g_autoptr (GError) local_error = NULL;
  g_autoptr (YejiRows) rows = NULL;

  rows = yeji_sql_query (sql, error, "SELECT base_body FROM record WHERE uuid = ?1", "s",
                         job->uuid);
  if (rows == NULL)
    return FALSE;
  if (yeji_rows_next (rows, &local_error) && !yeji_rows_is_null (rows, 0))
    job->text = yeji_store_open_body (job->store, yeji_rows_text (rows, 0));
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/**
 * yeji_store_note_receipt:
 *
 * Keeps a receipt whole. One that tells of more takes the place of one that tells of less; a record
 * that is not here has none.
 */
gboolean
yeji_store_note_receipt (YejiStore              *self,
                         const YejiReceiptNote  *note,
                         GError                **error)
{
  Job job = { .store = self, .note = note };

  g_return_val_if_fail (YEJI_IS_STORE (self), FALSE);
  g_return_val_if_fail (note != NULL, FALSE);

  if (!yeji_db_run (yeji_store_get_db (self), run_note, &job, error))
    return FALSE;
  yeji_store_announce (self, note->uuid);
  return TRUE;
}

/**
 * yeji_store_note_no_receipt:
 *
 * Keeps that the province has signed none, so that it is not asked again and again.
 */
gboolean
yeji_store_note_no_receipt (YejiStore   *self,
                            const char  *uuid,
                            GError     **error)
{
  Job job = { .store = self, .uuid = uuid };

  g_return_val_if_fail (YEJI_IS_STORE (self), FALSE);

  return yeji_db_run (yeji_store_get_db (self), run_note_none, &job, error);
}

/**
 * yeji_store_list_unproven:
 * @n: how many at most
 *
 * Returns: (transfer full) (nullable): the records whose last submission has no signed receipt here
 *   yet, or one from before its last document came
 */
GStrv
yeji_store_list_unproven (YejiStore  *self,
                          guint       n,
                          GError    **error)
{
  g_autoptr (GStrvBuilder) list = g_strv_builder_new ();
  Job job = { .store = self, .n = n, .list = list };

  g_return_val_if_fail (YEJI_IS_STORE (self), NULL);

  return yeji_db_run (yeji_store_get_db (self), run_list, &job, error)
         ? g_strv_builder_end (list) : NULL;
}

/**
 * yeji_store_load_submitted:
 *
 * Returns: (transfer full) (nullable): what the province has of a record, as it was sent, JSON;
 *   %NULL when it has none, and with @error set when it cannot be read
 */
char *
yeji_store_load_submitted (YejiStore   *self,
                           const char  *uuid,
                           GError     **error)
{
  Job job = { .store = self, .uuid = uuid };

  g_return_val_if_fail (YEJI_IS_STORE (self), NULL);
  g_return_val_if_fail (uuid != NULL, NULL);

  return yeji_db_run (yeji_store_get_db (self), run_load, &job, error) ? job.text : NULL;
}
