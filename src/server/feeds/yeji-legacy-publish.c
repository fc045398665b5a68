// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* The records of a file, from the stage into the province. That they come is decided in one
 * transaction, with the first of them; who is killed afterwards goes on where he was. A file of up
 * to a step's records is there at one moment; a larger one in steps, so that the enterprises and
 * reviewers who write meanwhile wait a second and not minutes; its public pages are seen when all of
 * them are there. Where that is not gone on with, the next start of the server does. */

#define G_LOG_DOMAIN "yeji-legacy"

#include "config.h"

#include "yeji-legacy-publish.h"

#include "yeji-audit.h"
#include "yeji-case.h"
#include "yeji-clock.h"
#include "yeji-digest.h"
#include "yeji-epoch.h"
#include "yeji-legacy-judge.h"
#include "yeji-publication.h"
#include "yeji-push-queue.h"
#include "yeji-review-events.h"
#include "yeji-staging.h"

/* Microseconds between two steps: longer than SQLite waits between two looks whether it may write, so
 * that who waited for a step comes before the next one. */
#define PAUSE 120000

#define MESSAGE_MISSING "由原系统导入，资料不全，暂列 D 级。请按下列各项补充后重新提交。"
#define KIND "legacy"
#define EVENT_MIGRATED "migrated"

typedef struct
{
  YejiServerContext *context;
  const char *sha256;
  const char *name;            /* of the file */
  guint step;                  /* records of one transaction */
  GPtrArray *ready;            /* (element-type Ready), in the order of the file */
  gint64 after;                /* the number of the last one */
  gint64 batch;                /* that keeps public pages unseen; 0: all come at once */
  gint64 written;
} Publish;

/* A record of the stage. */
typedef struct
{
  gint64 n;
  YejiCase *case_;
  char *taken;
} Ready;

static void
free_ready (gpointer data)
{
  Ready *ready = data;

  yeji_case_free (ready->case_);
  g_free (ready->taken);
  g_free (ready);
}

static Ready *
read_ready (YejiRows *rows)
{
  Ready *ready = g_new0 (Ready, 1);
  YejiCase *made = g_new0 (YejiCase, 1);

  ready->n = yeji_rows_int (rows, 0);
  ready->case_ = made;
  ready->taken = yeji_rows_dup_text (rows, 2);
  made->uuid = yeji_rows_dup_text (rows, 1);
  made->enterprise = yeji_rows_dup_text (rows, 3);
  made->enterprise_name = yeji_rows_dup_text (rows, 4);
  made->points = yeji_rows_dup_text (rows, 5);
  made->office = yeji_rows_dup_text (rows, 6);
  made->reviewer = yeji_rows_dup_text (rows, 7);
  made->submitted_at = yeji_rows_dup_text (rows, 8);
  made->approved_at = yeji_rows_dup_text (rows, 9);
  made->text = yeji_rows_dup_text (rows, 10);
  return ready;
}

static gboolean
run_read (YejiSql   *sql,
          gpointer   data,
          GError   **error)
{
  Publish *publish = data;
  g_autoptr (GError) local_error = NULL;
  g_autoptr (YejiRows) rows = yeji_sql_query (sql, error,
                                              "SELECT n, uuid, taken, code, enterprise, points,"
                                              " office, reviewer, submitted_at, approved_at, body"
                                              " FROM record WHERE n > ?1 AND body IS NOT NULL"
                                              " ORDER BY n LIMIT ?2", "ii", publish->after,
                                              (gint64) publish->step);

  if (rows == NULL)
    return FALSE;
  g_ptr_array_set_size (publish->ready, 0);
  while (yeji_rows_next (rows, &local_error))
    g_ptr_array_add (publish->ready, read_ready (rows));
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/* 1 there is such a record, 0 there is none, -1 failed */
static int
is_there (YejiSql     *sql,
          const char  *uuid,
          GError     **error)
{
  return yeji_sql_has_row (sql, error, "SELECT 1 FROM record WHERE uuid = ?1", "s", uuid);
}

/* An enterprise that has an account keeps the name that it has here. */
static gboolean
add_enterprise (YejiCase  *made,
                YejiSql   *sql,
                GError   **error)
{
  g_autoptr (YejiRows) rows = NULL;

  if (!yeji_sql_exec (sql, error, "INSERT OR IGNORE INTO enterprise (code, name) VALUES (?1, ?2)",
                      "ss", made->enterprise, made->enterprise_name))
    return FALSE;
  rows = yeji_sql_query (sql, error, "SELECT name FROM enterprise WHERE code = ?1", "s",
                         made->enterprise);
  if (rows == NULL || !yeji_rows_next (rows, error))
    return FALSE;
  g_free (made->enterprise_name);
  made->enterprise_name = yeji_rows_dup_text (rows, 0);
  return TRUE;
}

/* What is approved has a number. */
static gboolean
give_number (Publish     *publish,
             YejiSql     *sql,
             YejiCase    *made,
             YejiRecord  *record,
             GError     **error)
{
  YejiServerContext *context = publish->context;
  const char *present = yeji_mapping_get_number (context->mapping, record);
  g_autofree char *number = NULL;

  if (*present != '\0' && !yeji_dictionary_is_empty_value (context->dictionary, present))
    return TRUE;
  number = yeji_publication_give_number (context, sql,
                                         yeji_mapping_get_area (context->mapping, record), error);
  if (number == NULL)
    return FALSE;
  yeji_mapping_set_number (context->mapping, record, number);
  g_free (made->text);
  made->text = yeji_record_to_text (record);
  return TRUE;
}

static void
set_state (YejiCase   *made,
           const char *taken,
           gboolean    approved)
{
  made->state = g_strdup (approved ? YEJI_STATE_APPROVED : YEJI_STATE_SUBMITTED);
  made->sent_hash = yeji_digest_sum_text (made->text);
  made->submitted_hash = g_strdup (made->sent_hash);
  if (made->submitted_at == NULL)
    made->submitted_at = made->approved_at != NULL ? g_strdup (made->approved_at)
                                                   : yeji_clock_now ();
  made->files_complete_at = g_strdup (made->submitted_at);
  if (!approved)
    return;
  made->grade = g_strdup (taken);
  if (g_str_equal (taken, YEJI_GRADE_INCOMPLETE))
    made->message = g_strdup (MESSAGE_MISSING);
}

static gboolean
write_event (YejiCase  *made,
             YejiSql   *sql,
             GError   **error)
{
  const YejiReviewEvent event = {
    .record = made->uuid, .revision = made->revision, .kind = EVENT_MIGRATED, .account = "",
    .reviewer = made->reviewer, .office = made->office, .grade = made->grade,
    .message = made->message,
  };

  return yeji_review_event_write (sql, &event, error);
}

static gboolean
write_audit (Publish      *publish,
             YejiSql      *sql,
             const Ready  *ready,
             GError      **error)
{
  g_autofree char *detail = g_strdup_printf ("%s %s", ready->taken, publish->name);

  return yeji_audit_write (sql, "", "record.imported", ready->case_->uuid, detail, error);
}

static gboolean
write_record (Publish      *publish,
              YejiSql      *sql,
              const Ready  *ready,
              GError      **error)
{
  YejiServerContext *context = publish->context;
  YejiCase *made = ready->case_;
  gboolean approved = !g_str_equal (ready->taken, YEJI_LEGACY_TAKEN_PENDING);
  g_autoptr (YejiRecord) record = NULL;
  int there = is_there (sql, made->uuid, error);

  if (there != 0)
    return there > 0;
  record = yeji_record_new_from_text (context->dictionary, made->text, -1, error);
  if (record == NULL || !add_enterprise (made, sql, error)
      || (approved && !give_number (publish, sql, made, record, error)))
    return FALSE;
  made->batch = publish->batch;
  set_state (made, ready->taken, approved);
  if (!yeji_epoch_give_revision (sql, &made->submitted_revision, error)
      || !yeji_case_save (made, context, sql, record, error)
      || (approved && !yeji_publication_write (context, sql, made, record, error))
      || !write_event (made, sql, error) || !yeji_push_note (context, sql, made->uuid, error)
      || !yeji_case_write_change (made, sql, TRUE, error))
    return FALSE;
  publish->written++;
  return write_audit (publish, sql, ready, error);
}

/* Begins with a statement that writes, so that it waits for who else does. */
static gboolean
run_step (YejiSql   *sql,
          gpointer   data,
          GError   **error)
{
  Publish *publish = data;
  g_autofree char *now = yeji_clock_now ();

  if (!yeji_sql_exec (sql, error,
                      "INSERT INTO legacy_import (sha256, name, state, at) VALUES"
                      " (?1, ?2, 'begun', ?3) ON CONFLICT (sha256) DO UPDATE SET at = excluded.at",
                      "sss", publish->sha256, publish->name, now))
    return FALSE;
  if (publish->ready->len == publish->step
        ? !yeji_staging_begin (sql, KIND, publish->sha256, &publish->batch, error)
        : !yeji_staging_find (sql, KIND, publish->sha256, &publish->batch, error))
    return FALSE;
  for (guint i = 0; i < publish->ready->len; i++)
    if (!write_record (publish, sql, g_ptr_array_index (publish->ready, i), error))
      return FALSE;
  if (publish->ready->len == publish->step)
    return TRUE;
  if (publish->batch != 0 && !yeji_staging_show (sql, publish->batch, error))
    return FALSE;
  return yeji_sql_exec (sql, error,
                        "UPDATE legacy_import SET state = 'done', at = ?2 WHERE sha256 = ?1", "ss",
                        publish->sha256, now)
         && yeji_audit_write (sql, "", "legacy.imported", NULL, publish->name, error);
}

/**
 * yeji_legacy_publish:
 * @name: of the file, for the audit log
 * @step: %YEJI_LEGACY_STEP; fewer in tests, and while a server works
 * @cancellable: (nullable): ends it between two steps
 *
 * Puts every record of the stage that is to be taken into the province: with its grade on the
 * public page and, of the grades that are, to the national platform; or in the queue of its
 * office. Its enterprise is told. A record that is there already is passed by, so that it can be
 * called again.
 */
gboolean
yeji_legacy_publish (YejiDb             *stage,
                     YejiDb             *province,
                     YejiServerContext  *context,
                     const char         *sha256,
                     const char         *name,
                     guint               step,
                     GCancellable       *cancellable,
                     GError            **error)
{
  g_autoptr (GPtrArray) ready = g_ptr_array_new_with_free_func (free_ready);
  Publish publish = { .context = context, .sha256 = sha256, .name = name, .step = step,
                      .ready = ready };

  do
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error)
          || !yeji_db_run (stage, run_read, &publish, error)
          || !yeji_db_run (province, run_step, &publish, error))
        return FALSE;
      if (ready->len == step)
        g_usleep (PAUSE);
      if (ready->len > 0)
        publish.after = ((const Ready *) g_ptr_array_index (ready, ready->len - 1))->n;
    }
  while (ready->len == step);
  return TRUE;
}

typedef struct
{
  const char *sha256;
  gboolean begun;
  gboolean done;
} Stand;

static gboolean
run_stand (YejiSql   *sql,
           gpointer   data,
           GError   **error)
{
  Stand *stand = data;
  g_autoptr (GError) local_error = NULL;
  g_autoptr (YejiRows) rows = yeji_sql_query (sql, error,
                                              "SELECT state = 'done' FROM legacy_import"
                                              " WHERE sha256 = ?1", "s", stand->sha256);

  if (rows == NULL)
    return FALSE;
  stand->begun = yeji_rows_next (rows, &local_error);
  stand->done = stand->begun && yeji_rows_int (rows, 0) != 0;
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/**
 * yeji_legacy_is_done:
 * @begun: (out): whether its records are on their way into the province, or there
 * @done: (out): whether all of them are there
 *
 * Looks whether a file was imported.
 */
gboolean
yeji_legacy_is_done (YejiDb      *province,
                     const char  *sha256,
                     gboolean    *begun,
                     gboolean    *done,
                     GError     **error)
{
  Stand stand = { .sha256 = sha256 };

  if (!yeji_db_run (province, run_stand, &stand, error))
    return FALSE;
  *begun = stand.begun;
  *done = stand.done;
  return TRUE;
}
