// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-record-jobs"

#include "config.h"

#include "yeji-record-jobs.h"

#include "yeji-background.h"
#include "yeji-clock.h"
#include "yeji-facts-for.h"
#include "yeji-transfer-store.h"

/* One job on records of a store; each kind uses what it needs. */
typedef struct
{
  YejiStore *store;
  YejiRecord *record;          /* (nullable) */
  const char *setting;         /* (nullable); static */
  GStrv uuids;                 /* (nullable) */
  gboolean into_bin;
  gboolean files_follow;       /* the record goes first, its documents after it */
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_object_unref (job->store);
  g_clear_object (&job->record);
  g_strfreev (job->uuids);
  g_free (job);
}

static Job *
job_new (YejiStore *store)
{
  Job *job = g_new0 (Job, 1);

  job->store = g_object_ref (store);
  return job;
}

/* A new record has no documents. */
static YejiFacts *
check_new (YejiRecord *record)
{
  const char * const no_slots[] = { NULL };
  g_autofree char *today = yeji_clock_today ();
  g_autoptr (YejiValidator) validator = yeji_validator_new (yeji_record_get_dictionary (record),
                                                            yeji_language_get_current ());
  g_autoptr (GPtrArray) problems = yeji_validator_check (validator, record, today, no_slots);

  return yeji_facts_new_for (validator, record, problems, no_slots);
}

static gpointer
create (gpointer       data,
        GCancellable  *cancellable,
        GError       **error)
{
  Job *job = data;
  g_autoptr (YejiFacts) facts = check_new (job->record);

  if (!yeji_store_save (job->store, job->record, facts, "created", error))
    return NULL;
  /* Only a convenience: the next record begins with the same role. */
  yeji_store_set_setting (job->store, job->setting, yeji_record_get_role (job->record), NULL);
  return g_strdup (yeji_record_get_uuid (job->record));
}

static gpointer
move (gpointer       data,
      GCancellable  *cancellable,
      GError       **error)
{
  Job *job = data;

  for (guint i = 0; job->uuids[i] != NULL; i++)
    if (!(job->into_bin ? yeji_store_remove (job->store, job->uuids[i], error)
                        : yeji_store_restore (job->store, job->uuids[i], error)))
      return NULL;
  return g_strdupv (job->uuids);
}

static gpointer
submit (gpointer       data,
        GCancellable  *cancellable,
        GError       **error)
{
  Job *job = data;

  gboolean done = job->files_follow
                    ? yeji_store_queue_submit_following (job->store, job->uuids[0], error)
                    : yeji_store_queue_submit (job->store, job->uuids[0], error);

  return done ? g_object_ref (job->store) : NULL;
}

/**
 * yeji_record_jobs_create_async:
 * @role_setting: static; the setting that remembers the role
 *
 * Saves a new record.
 */
void
yeji_record_jobs_create_async (YejiStore           *store,
                               YejiRecord          *record,
                               const char          *role_setting,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  Job *job = job_new (store);

  job->record = g_object_ref (record);
  job->setting = role_setting;
  yeji_background_run (store, create, job, job_free, g_free, callback, user_data);
}

/**
 * yeji_record_jobs_create_finish:
 *
 * Returns: (transfer full): the record's uuid
 */
char *
yeji_record_jobs_create_finish (GAsyncResult  *result,
                                GError       **error)
{
  return yeji_background_finish (result, error);
}

/**
 * yeji_record_jobs_move_async:
 * @into_bin: %FALSE takes them out of the bin
 *
 * Moves records.
 */
void
yeji_record_jobs_move_async (YejiStore           *store,
                             const char * const  *uuids,
                             gboolean             into_bin,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  Job *job = job_new (store);

  job->uuids = g_strdupv ((GStrv) uuids);
  job->into_bin = into_bin;
  yeji_background_run (store, move, job, job_free, (GDestroyNotify) g_strfreev, callback,
                       user_data);
}

/**
 * yeji_record_jobs_move_finish:
 *
 * Returns: (transfer full): the records that were moved
 */
GStrv
yeji_record_jobs_move_finish (GAsyncResult  *result,
                              GError       **error)
{
  return yeji_background_finish (result, error);
}

static void
on_submitted (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GObject) done = yeji_background_finish (result, &error);

  if (done != NULL)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
on_flushed (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (GTask) task = data;
  YejiDraft *draft = g_task_get_source_object (task);
  const char *uuids[] = { yeji_draft_get_uuid (draft), NULL };
  g_autoptr (GError) error = NULL;
  Job *job;

  if (!yeji_draft_keeper_flush_finish (YEJI_DRAFT_KEEPER (source), result, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  job = job_new (yeji_draft_get_store (draft));
  job->uuids = g_strdupv ((GStrv) uuids);
  job->files_follow = g_task_get_source_tag (task) == yeji_record_jobs_submit_first_async;
  yeji_background_run (draft, submit, job, job_free, g_object_unref, on_submitted,
                       g_steal_pointer (&task));
}

static void
start_submitting (YejiDraft           *draft,
                  gpointer             tag,
                  GAsyncReadyCallback  callback,
                  gpointer             user_data)
{
  GTask *task = g_task_new (draft, NULL, callback, user_data);

  g_task_set_source_tag (task, tag);
  /* The store submits what it knows to be without errors: it gets the newest problems. */
  yeji_draft_keeper_touch (yeji_draft_get_keeper (draft), "typed");
  yeji_draft_keeper_flush_async (yeji_draft_get_keeper (draft), on_flushed, task);
}

/**
 * yeji_record_jobs_submit_async:
 *
 * Saves a draft and puts it into the outbox: it is submitted when its documents are there.
 */
void
yeji_record_jobs_submit_async (YejiDraft           *draft,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  start_submitting (draft, yeji_record_jobs_submit_async, callback, user_data);
}

/**
 * yeji_record_jobs_submit_first_async:
 *
 * Saves a draft and puts it into the outbox: it is submitted at once, and its documents follow.
 * Ended by yeji_record_jobs_submit_finish().
 */
void
yeji_record_jobs_submit_first_async (YejiDraft           *draft,
                                     GAsyncReadyCallback  callback,
                                     gpointer             user_data)
{
  start_submitting (draft, yeji_record_jobs_submit_first_async, callback, user_data);
}

/**
 * yeji_record_jobs_submit_finish:
 *
 * Returns: %TRUE when it waits to be sent
 */
gboolean
yeji_record_jobs_submit_finish (GAsyncResult  *result,
                                GError       **error)
{
  g_return_val_if_fail (G_IS_TASK (result), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
