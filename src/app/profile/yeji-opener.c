// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-opener"

#include "config.h"

#include "yeji-opener.h"

#include "yeji-backup.h"
#include "yeji-store-declared.h"
#include "yeji-store-vault.h"

/* Opening a profile on a thread of its own. A thread of GTask's pool has no main context of its
 * own, so that the store, which emits in the thread's default context, emits in the main one. */

typedef struct
{
  char *directory;
  char *phrase;                /* (nullable): passphrase or recovery code */
  char *backup;                /* (nullable): to be put in the profile's place first */
  gboolean new_key;            /* the profile's own is lost */
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_free (job->directory);
  g_free (job->phrase);
  g_free (job->backup);
  g_free (job);
}

static void
close_store (gpointer store)
{
  yeji_store_close (store);
  g_object_unref (store);
}

static YejiStore *
open_store (Job             *job,
            YejiDictionary  *dictionary,
            GError         **error)
{
  if (job->new_key)
    return yeji_store_open_with_key (job->directory, dictionary, YEJI_STORE_KEY_NEW, NULL, error);
  if (job->phrase == NULL)
    return yeji_store_open (job->directory, dictionary, error);
  return yeji_store_open_with_key (job->directory, dictionary, YEJI_STORE_KEY_ANY, job->phrase,
                                   error);
}

static void
run_job (GTask        *task,
         gpointer      source,
         gpointer      data,
         GCancellable *cancellable)
{
  Job *job = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiDictionary) dictionary = yeji_dictionary_new_built_in (&error);
  YejiStore *store = NULL;

  if (dictionary != NULL
      && (job->backup == NULL
          || yeji_backup_restore (job->directory, job->backup, dictionary, NULL, &error)))
    store = open_store (job, dictionary, &error);
  if (store != NULL && !yeji_store_load_declared (store, &error))
    {
      g_message ("%s", error->message);
      g_clear_error (&error);
    }
  if (store != NULL)
    g_task_return_pointer (task, store, close_store);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
start (Job                 *job,
       gpointer             source_tag,
       GCancellable        *cancellable,
       GAsyncReadyCallback  callback,
       gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, source_tag);
  /* What was opened must be closed before anybody hears of it and tries again. */
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, job, job_free);
  g_task_run_in_thread (task, run_job);
}

/**
 * yeji_opener_open_async:
 * @directory: the profile's
 *
 * Opens a profile. One that was opened in spite of being cancelled is closed again before the
 * callback runs.
 */
void
yeji_opener_open_async (const char          *directory,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  Job *job = g_new0 (Job, 1);

  job->directory = g_strdup (directory);
  start (job, yeji_opener_open_async, cancellable, callback, user_data);
}

/**
 * yeji_opener_unlock_async:
 * @phrase: passphrase or recovery code, as typed
 *
 * Opens a profile whose key is not at hand. A phrase that is the wrong one gives
 * %YEJI_STORE_ERROR_SEALED again.
 */
void
yeji_opener_unlock_async (const char          *directory,
                          const char          *phrase,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  Job *job = g_new0 (Job, 1);

  job->directory = g_strdup (directory);
  job->phrase = g_strdup (phrase);
  start (job, yeji_opener_unlock_async, cancellable, callback, user_data);
}

/**
 * yeji_opener_forget_async:
 *
 * Opens a profile whose key is lost: it gets a new one, and what the old one sealed stays closed.
 */
void
yeji_opener_forget_async (const char          *directory,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  Job *job = g_new0 (Job, 1);

  job->directory = g_strdup (directory);
  job->new_key = TRUE;
  start (job, yeji_opener_forget_async, cancellable, callback, user_data);
}

/**
 * yeji_opener_restore_async:
 * @backup: the path of one of the profile's backups
 *
 * Puts a backup in the place of the profile's database, which is kept, and opens the profile.
 */
void
yeji_opener_restore_async (const char          *directory,
                           const char          *backup,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  Job *job = g_new0 (Job, 1);

  job->directory = g_strdup (directory);
  job->backup = g_strdup (backup);
  start (job, yeji_opener_restore_async, cancellable, callback, user_data);
}

/**
 * yeji_opener_finish:
 *
 * Returns: (transfer full) (nullable): the profile, to be closed with yeji_store_close(); %NULL
 * with an error of yeji_store_open() or #YejiBackupError, or %G_IO_ERROR_CANCELLED
 */
YejiStore *
yeji_opener_finish (GAsyncResult  *result,
                    GError       **error)
{
  YejiStore *store;

  g_return_val_if_fail (G_IS_TASK (result), NULL);

  store = g_task_propagate_pointer (G_TASK (result), error);
  if (store == NULL
      || !g_cancellable_set_error_if_cancelled (g_task_get_cancellable (G_TASK (result)), error))
    return store;
  close_store (store);
  return NULL;
}
