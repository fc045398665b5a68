// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-store"

#include "config.h"

#include "yeji-store-private.h"

#include <glib/gstdio.h>
#include <string.h>

#include "yeji-backup-private.h"
#include "yeji-clock.h"
#include "yeji-directory.h"
#include "yeji-platform.h"
#include "yeji-recovery.h"
#include "yeji-session.h"
#include "yeji-store-seal.h"
#include "yeji-submission.h"

struct _YejiStore
{
  GObject parent_instance;

  char *directory;
  YejiDictionary *dictionary;
  char *who;
  YejiLock *lock;
  YejiDb *db;
  YejiShelf *shelf;

  char *session;               /* its mark */
  char *opened_at;             /* RFC 3339 */
  gboolean in_session;         /* whether its mark is in the database; the database's thread's */
  gint unclean;                /* atomic: whether what was before is still to be checked */

  GRWLock files_lock;          /* between attaching and deleting contents */
  GMutex chores;               /* one at a time */
  GCancellable *closing;

  GMainContext *context;       /* where the signals are emitted */
  GMutex mutex;                /* the five below */
  GSource *announcement;       /* (nullable): what will emit */
  GHashTable *changed;         /* uuids to tell of; "" stands for many */
  gboolean offered;            /* a dictionary, to be told of */
  gboolean noticed;            /* a notice, to be told of */
  gboolean tray;               /* the tray, to be told of */
};

enum
{
  CHANGED,
  DICTIONARY_OFFERED,
  NOTICED,
  TRAY_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_QUARK (yeji-store-error-quark, yeji_store_error)

G_DEFINE_FINAL_TYPE (YejiStore, yeji_store, G_TYPE_OBJECT)

static void
free_weak_ref (gpointer data)
{
  g_weak_ref_clear (data);
  g_free (data);
}

static gboolean
emit_changed (gpointer data)
{
  g_autoptr (YejiStore) self = g_weak_ref_get (data);
  g_autoptr (GHashTable) changed = NULL;
  GHashTableIter iter;
  gboolean offered, noticed, tray;
  gpointer uuid;

  if (self == NULL)
    return G_SOURCE_REMOVE;
  g_mutex_lock (&self->mutex);
  changed = g_steal_pointer (&self->changed);
  self->changed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  offered = self->offered;
  self->offered = FALSE;
  noticed = self->noticed;
  self->noticed = FALSE;
  tray = self->tray;
  self->tray = FALSE;
  g_clear_pointer (&self->announcement, g_source_unref);
  g_mutex_unlock (&self->mutex);

  if (offered)
    g_signal_emit (self, signals[DICTIONARY_OFFERED], 0);
  if (noticed)
    g_signal_emit (self, signals[NOTICED], 0);
  if (tray)
    g_signal_emit (self, signals[TRAY_CHANGED], 0);
  if (g_hash_table_contains (changed, ""))
    {
      g_signal_emit (self, signals[CHANGED], 0, NULL);
      return G_SOURCE_REMOVE;
    }
  g_hash_table_iter_init (&iter, changed);
  while (g_hash_table_iter_next (&iter, &uuid, NULL))
    g_signal_emit (self, signals[CHANGED], 0, uuid);
  return G_SOURCE_REMOVE;
}

static void
yeji_store_finalize (GObject *object)
{
  YejiStore *self = YEJI_STORE (object);

  g_assert (self->db == NULL || self->lock == NULL);
  g_clear_object (&self->db);
  g_clear_pointer (&self->lock, yeji_platform_unlock);
  g_clear_pointer (&self->shelf, yeji_shelf_free);
  g_clear_object (&self->dictionary);
  g_clear_pointer (&self->context, g_main_context_unref);
  g_hash_table_unref (self->changed);
  g_mutex_clear (&self->mutex);
  g_mutex_clear (&self->chores);
  g_rw_lock_clear (&self->files_lock);
  g_object_unref (self->closing);
  g_free (self->session);
  g_free (self->opened_at);
  g_free (self->directory);
  g_free (self->who);
  G_OBJECT_CLASS (yeji_store_parent_class)->finalize (object);
}

static void
yeji_store_class_init (YejiStoreClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = yeji_store_finalize;

  signals[CHANGED] = g_signal_new ("changed", YEJI_TYPE_STORE, G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[DICTIONARY_OFFERED] = g_signal_new ("dictionary-offered", YEJI_TYPE_STORE,
                                              G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                              G_TYPE_NONE, 0);
  signals[NOTICED] = g_signal_new ("noticed", YEJI_TYPE_STORE, G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[TRAY_CHANGED] = g_signal_new ("tray-changed", YEJI_TYPE_STORE, G_SIGNAL_RUN_LAST, 0,
                                        NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
yeji_store_init (YejiStore *self)
{
  const char *name = g_get_real_name ();

  g_mutex_init (&self->mutex);
  g_mutex_init (&self->chores);
  g_rw_lock_init (&self->files_lock);
  self->closing = g_cancellable_new ();
  self->session = g_uuid_string_random ();
  self->opened_at = yeji_clock_now ();
  self->changed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->context = g_main_context_ref_thread_default ();
  /* What GLib says where the system does not know it. */
  self->who = g_strdup (g_str_equal (name, "Unknown") || *name == '\0' ? g_get_user_name () : name);
}

static gboolean
make_directories (const char  *directory,
                  GError     **error)
{
  g_autofree char *files = g_build_filename (directory, "files", NULL);
  g_autoptr (GError) local_error = NULL;

  if (yeji_directory_make (files, &local_error))
    return TRUE;
  g_set_error_literal (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_FILE, local_error->message);
  return FALSE;
}

static YejiLock *
take_lock (const char  *directory,
           GError     **error)
{
  g_autofree char *path = g_build_filename (directory, "lock", NULL);
  g_autofree char *holder = NULL;
  g_autoptr (GError) local_error = NULL;
  YejiLock *lock = yeji_platform_lock (path, &holder, &local_error);

  if (lock != NULL)
    return lock;
  if (holder != NULL)
    g_set_error (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_LOCKED, "%s is in use by %s",
                 directory, holder);
  else
    g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}

/* A program whose own dictionary is another one than before moves the drafts, too. */
typedef struct
{
  YejiStore *store;
  const char *lost;            /* (nullable): the session whose log is gone, maybe */
} Opening;

static gboolean
run_open (YejiSql   *sql,
          gpointer   data,
          GError   **error)
{
  const Opening *opening = data;
  YejiStore *self = opening->store;
  gboolean unclean;

  g_clear_pointer (&self->shelf, yeji_shelf_free);
  self->shelf = yeji_shelf_open (sql, self->dictionary, error);
  if (self->shelf == NULL || !yeji_store_open_vault (self, sql, error)
      || !yeji_store_move_all (self, sql, error)
      || !yeji_session_begin (sql, opening->lost, &unclean, error)
      || !yeji_recovery_write_notices (self->directory, sql, error))
    return FALSE;
  g_atomic_int_set (&self->unclean, unclean);
  return TRUE;
}

static gboolean
run_close (YejiSql   *sql,
           gpointer   data,
           GError   **error)
{
  YejiStore *self = data;

  return !self->in_session || yeji_session_end (sql, error);
}

static gboolean
run_mark (YejiSql   *sql,
          gpointer   data,
          GError   **error)
{
  YejiStore *self = data;

  return yeji_session_mark (sql, self->session, error);
}

static void
note_session (gpointer data)
{
  YejiStore *self = data;

  self->in_session = TRUE;
  yeji_session_note (self->directory, self->session);
}

/* A session that only reads writes nothing of its own, either. */
static const YejiDbWatch session_watch = { run_mark, note_session };

/* The copy that is made before a new version of the program changes the schema. */
static char *
name_copy (const char  *path,
           guint        version,
           gpointer     data,
           GError     **error)
{
  return yeji_backup_make_path (data, YEJI_BACKUP_BEFORE_VERSION, version, error);
}

static gboolean
open_database (YejiStore   *self,
               const char  *lost,
               GError     **error)
{
  g_autofree char *path = g_build_filename (self->directory, "yeji.sqlite", NULL);
  Opening opening = { self, lost };

  self->db = yeji_db_open_with_copy (path, yeji_store_migrations, yeji_store_n_migrations,
                                     name_copy, self->directory, error);
  if (self->db == NULL)
    return FALSE;
  yeji_db_watch_first_write (self->db, &session_watch, self);
  if (yeji_db_run (self->db, run_open, &opening, error))
    return TRUE;
  yeji_db_close (self->db);
  g_clear_object (&self->db);
  return FALSE;
}

/* SQLite takes in the log of a session that did not end, and what is noted of that one is of the
 * past. On the disk at once: a power cut would bring it back when the log is gone. */
static void
forget_session_before (YejiStore *self)
{
  g_autofree char *path = g_build_filename (self->directory, YEJI_SESSION_FILE, NULL);

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return;
  yeji_session_forget (self->directory);
  yeji_platform_sync_directory (self->directory, NULL);
}

/* What SQLite says of a damaged file, it often says only when it comes to the damaged page. */
static gboolean
open_or_recover (YejiStore  *self,
                 GError    **error)
{
  g_autofree char *lost = yeji_session_find_lost (self->directory);
  g_autoptr (GError) local_error = NULL;
  gboolean damaged = FALSE;

  if (!yeji_recovery_prepare (self->directory, error))
    return FALSE;
  if (lost == NULL)
    forget_session_before (self);
  if (open_database (self, lost, &local_error))
    return TRUE;
  if (g_error_matches (local_error, YEJI_DB_ERROR, YEJI_DB_ERROR_DAMAGED)
      && !yeji_recovery_confirm (self->directory, &damaged, error))
    return FALSE;
  if (!damaged)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  return yeji_recovery_run (self->directory, "damaged", error)
    && open_database (self, lost, error);
}

/* A copy that can be made anew: that it cannot be written is no reason not to open the profile. */
static void
write_dictionary_file (YejiStore      *self,
                       YejiDictionary *built_in)
{
  g_autofree char *path = g_build_filename (self->directory, YEJI_STORE_DICTIONARY_FILE, NULL);
  GBytes *bundle = yeji_dictionary_get_bundle (self->dictionary);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  gsize size, length = 0;
  const char *data = g_bytes_get_data (bundle, &size);

  if (self->dictionary == built_in)
    yeji_platform_remove (path);
  else if ((!g_file_get_contents (path, &text, &length, NULL) || length != size
            || memcmp (text, data, size) != 0)
           && !g_file_set_contents (path, data, (gssize) size, &error))
    g_message ("the dictionary was not written: %s", error->message);
}

/**
 * yeji_store_open_anyhow: (skip)
 * @new_key: whether a profile whose key is lost gets a new one
 *
 * Opens a profile as yeji_store_open() does.
 */
YejiStore *
yeji_store_open_anyhow (const char      *directory,
                        YejiDictionary  *dictionary,
                        gboolean         new_key,
                        GError         **error)
{
  g_autoptr (YejiLock) lock = NULL;
  YejiStore *self;

  g_return_val_if_fail (directory != NULL, NULL);
  g_return_val_if_fail (YEJI_IS_DICTIONARY (dictionary), NULL);

  if (!make_directories (directory, error))
    return NULL;
  lock = take_lock (directory, error);
  if (lock == NULL)
    return NULL;

  self = g_object_new (YEJI_TYPE_STORE, NULL);
  self->directory = g_strdup (directory);
  self->dictionary = g_object_ref (dictionary);
  self->lock = g_steal_pointer (&lock);
  yeji_store_allow_new_key (self, new_key);
  if (!open_or_recover (self, error))
    {
      g_clear_pointer (&self->lock, yeji_platform_unlock);
      g_object_unref (self);
      return NULL;
    }
  yeji_store_finish_vault (self);
  yeji_recovery_note_told (directory);
  g_set_object (&self->dictionary, yeji_shelf_get_current (self->shelf));
  write_dictionary_file (self, dictionary);
  yeji_copies_clean (directory);
  yeji_backup_clean (directory);
  return self;
}

/**
 * yeji_store_open:
 * @directory: the profile's directory, made when there is none
 * @dictionary: the program's own; where the profile has adopted the dictionary of a province, that
 *     one is used, and yeji_store_get_dictionary() says which
 *
 * Opens a profile. Drafts of another version of the dictionary are moved to the one that is used.
 * A damaged database is set aside and recovered, which a notice tells (yeji-notice.h). Blocks.
 *
 * Returns: (transfer full) (nullable): the store, to be closed with yeji_store_close(); %NULL with
 * %YEJI_STORE_ERROR_LOCKED, %YEJI_STORE_ERROR_PLACE, or an error of #YejiDbError
 */
YejiStore *
yeji_store_open (const char      *directory,
                 YejiDictionary  *dictionary,
                 GError         **error)
{
  return yeji_store_open_anyhow (directory, dictionary, FALSE, error);
}

/**
 * yeji_store_close:
 *
 * Finishes what was given before, closes the database and gives the profile free. Chores that go on
 * are cancelled and waited for. Nothing is emitted any more. Blocks. A second call does nothing.
 */
void
yeji_store_close (YejiStore *self)
{
  g_autoptr (GError) error = NULL;

  g_return_if_fail (YEJI_IS_STORE (self));

  if (self->lock == NULL)
    return;
  g_cancellable_cancel (self->closing);
  g_mutex_lock (&self->chores);
  if (!yeji_db_run (self->db, run_close, self, &error))
    g_message ("the end of the session is not marked: %s", error->message);
  /* The log goes when the database is closed. */
  yeji_session_forget (self->directory);
  yeji_db_close (self->db);
  if (yeji_db_is_damaged (self->db)
      && !yeji_recovery_wish (self->directory, "a transaction found it damaged", NULL))
    g_message ("%s: the database is damaged", self->directory);
  g_mutex_unlock (&self->chores);
  g_mutex_lock (&self->mutex);
  if (self->announcement != NULL)
    g_source_destroy (self->announcement);
  g_clear_pointer (&self->announcement, g_source_unref);
  g_mutex_unlock (&self->mutex);
  g_clear_pointer (&self->lock, yeji_platform_unlock);
}

const char *
yeji_store_get_directory (YejiStore *self)
{
  return self->directory;
}

/**
 * yeji_store_get_dictionary:
 *
 * Returns: (transfer none): the dictionary of everything that the store gives out. It is the same
 * from opening to closing: one that is adopted meanwhile counts from the next opening, but what is
 * saved is written under the adopted one at once.
 */
YejiDictionary *
yeji_store_get_dictionary (YejiStore *self)
{
  return self->dictionary;
}

YejiShelf *
yeji_store_get_shelf (YejiStore *self)
{
  return self->shelf;
}

YejiDb *
yeji_store_get_db (YejiStore *self)
{
  return self->db;
}

/**
 * yeji_store_get_who:
 *
 * Returns: who works with this computer: what the history and replies to a reviewer are signed with
 */
const char *
yeji_store_get_who (YejiStore *self)
{
  return self->who;
}

/**
 * yeji_store_get_opened_at: (skip)
 *
 * Returns: when this session began, RFC 3339
 */
const char *
yeji_store_get_opened_at (YejiStore *self)
{
  return self->opened_at;
}

/**
 * yeji_store_is_unclean: (skip)
 *
 * Returns: whether the session before did not end, and nothing was checked since
 */
gboolean
yeji_store_is_unclean (YejiStore *self)
{
  return g_atomic_int_get (&self->unclean);
}

void
yeji_store_set_checked (YejiStore *self)
{
  g_atomic_int_set (&self->unclean, FALSE);
}

/**
 * yeji_store_get_files_lock: (skip)
 *
 * Returns: held for reading from before a content gets its name until the attachment is committed,
 * held for writing while contents that no attachment names are deleted
 */
GRWLock *
yeji_store_get_files_lock (YejiStore *self)
{
  return &self->files_lock;
}

/**
 * yeji_store_get_chores_mutex: (skip)
 *
 * Returns: held by whoever works beside the database's thread; closing waits for it
 */
GMutex *
yeji_store_get_chores_mutex (YejiStore *self)
{
  return &self->chores;
}

/**
 * yeji_store_get_closing: (skip)
 *
 * Returns: cancelled when the store is closed
 */
GCancellable *
yeji_store_get_closing (YejiStore *self)
{
  return self->closing;
}

/* Under the mutex. */
static void
announce (YejiStore *self)
{
  GWeakRef *weak;

  if (self->announcement != NULL)
    return;
  weak = g_new0 (GWeakRef, 1);
  g_weak_ref_init (weak, self);
  self->announcement = g_idle_source_new ();
  g_source_set_priority (self->announcement, G_PRIORITY_DEFAULT);
  g_source_set_callback (self->announcement, emit_changed, weak, free_weak_ref);
  g_source_attach (self->announcement, self->context);
}

/**
 * yeji_store_announce: (skip)
 * @uuid: (nullable): the record that changed, %NULL for many
 *
 * Emits "changed" from the main loop. What is announced before the loop comes to it is told
 * together, and a program without a loop gathers one source and no more. Thread-safe.
 */
void
yeji_store_announce (YejiStore  *self,
                     const char *uuid)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  g_hash_table_add (self->changed, g_strdup (uuid != NULL ? uuid : ""));
  announce (self);
}

/**
 * yeji_store_announce_offer: (skip)
 *
 * Emits "dictionary-offered" in the same way.
 */
void
yeji_store_announce_offer (YejiStore *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  self->offered = TRUE;
  announce (self);
}

/**
 * yeji_store_announce_notice: (skip)
 *
 * Emits "noticed" in the same way.
 */
void
yeji_store_announce_notice (YejiStore *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  self->noticed = TRUE;
  announce (self);
}

/**
 * yeji_store_announce_tray: (skip)
 *
 * Emits "tray-changed" in the same way.
 */
void
yeji_store_announce_tray (YejiStore *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  self->tray = TRUE;
  announce (self);
}

/**
 * yeji_store_start: (skip)
 * @data: for @func; it is the task's data, too
 * @on_done: called with the database, and as user data the task, to be answered and released
 *
 * Starts a transaction and a task of the store that waits for it.
 */
void
yeji_store_start (YejiStore           *self,
                  YejiDbFunc           func,
                  gpointer             data,
                  GDestroyNotify       destroy,
                  gpointer             source_tag,
                  GCancellable        *cancellable,
                  GAsyncReadyCallback  on_done,
                  GAsyncReadyCallback  callback,
                  gpointer             user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, source_tag);
  /* What was committed is told, whatever was wished meanwhile. */
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, data, destroy);
  yeji_db_run_async (yeji_store_get_db (self), func, data, NULL, cancellable, on_done, task);
}
