// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-petition-window"

#include "config.h"

#include "yeji-petition-job.h"

#include "yeji-background.h"
#include "yeji-petition-pusher.h"

typedef struct
{
  YejiPetitionJobKind kind;
  YejiStore *store;
  char *uuid;
  YejiPetition *petition;      /* (nullable) */
  GPtrArray *files;            /* (nullable) (element-type GFile) */
} Job;

static void
free_job (gpointer data)
{
  Job *job = data;

  g_object_unref (job->store);
  g_free (job->uuid);
  g_clear_pointer (&job->petition, yeji_petition_free);
  g_clear_pointer (&job->files, g_ptr_array_unref);
  g_free (job);
}

static gboolean
do_job (Job           *job,
        GCancellable  *cancellable,
        GError       **error)
{
  switch (job->kind)
    {
    case YEJI_PETITION_JOB_SEND:
      return yeji_store_save_petition (job->store, job->petition, error)
             && yeji_store_queue_petition (job->store, job->petition->id, error);
    case YEJI_PETITION_JOB_SAVE:
      return yeji_store_save_petition (job->store, job->petition, error);
    case YEJI_PETITION_JOB_ATTACH:
      for (guint i = 0; i < job->files->len; i++)
        if (!yeji_store_add_petition_file (job->store, job->petition,
                                           g_ptr_array_index (job->files, i), cancellable, error))
          return FALSE;
      return TRUE;
    case YEJI_PETITION_JOB_REOPEN:
      return yeji_store_reopen_petition (job->store, job->petition->id, error);
    case YEJI_PETITION_JOB_DISCARD:
      return yeji_store_discard_petition (job->store, job->petition->id, error);
    case YEJI_PETITION_JOB_CANCEL:
      return yeji_petition_cancel (job->store, job->petition->id, cancellable, error);
    case YEJI_PETITION_JOB_LOAD:
    default:
      return TRUE;
    }
}

/* The result of each job is what there is then, but for those that only save. */
static gpointer
run_job (gpointer       data,
         GCancellable  *cancellable,
         GError       **error)
{
  Job *job = data;

  if (!do_job (job, cancellable, error))
    return NULL;
  if (job->kind == YEJI_PETITION_JOB_SAVE || job->kind == YEJI_PETITION_JOB_ATTACH)
    {
      GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify) yeji_petition_free);

      g_ptr_array_add (list, yeji_petition_copy (job->petition));
      return list;
    }
  return yeji_store_list_petitions (job->store, job->uuid, error);
}

/**
 * yeji_petition_job_run:
 * @uuid: of the record
 * @petition: (nullable): as it is now; a copy of it is worked on
 * @files: (transfer full) (nullable) (element-type GFile): that are to be attached
 * @callback: gets the petitions of the record by yeji_background_finish(), the newest first; only
 *   the one that was saved, where that was all
 *
 * Does something with a petition in a thread.
 */
void
yeji_petition_job_run (YejiStore           *store,
                       const char          *uuid,
                       YejiPetitionJobKind  kind,
                       const YejiPetition  *petition,
                       GPtrArray           *files,
                       GAsyncReadyCallback  callback,
                       gpointer             data)
{
  Job *job = g_new0 (Job, 1);

  job->kind = kind;
  job->store = g_object_ref (store);
  job->uuid = g_strdup (uuid);
  job->files = files;
  if (petition != NULL)
    job->petition = yeji_petition_copy (petition);
  yeji_background_run (NULL, run_job, job, free_job, (GDestroyNotify) g_ptr_array_unref, callback,
                       data);
}
