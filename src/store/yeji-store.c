// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-store"

#include "config.h"

#include "yeji-store-private.h"

#include <glib/gstdio.h>
#include <string.h>

#include "yeji-platform.h"

struct _YejiStore
{
  GObject parent_instance;

  char *directory;
  YejiDictionary *dictionary;
  char *who;
  YejiLock *lock;
  YejiDb *db;
  YejiShelf *shelf;

  GMainContext *context;       /* where the signals are emitted */
  GMutex mutex;                /* the three below */
  GSource *announcement;       /* (nullable): what will emit */
  GHashTable *changed;         /* uuids to tell of; "" stands for many */
  gboolean offered;            /* a dictionary, to be told of */
};

enum
{
  CHANGED,
  DICTIONARY_OFFERED,
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
  gboolean offered;
  gpointer uuid;

  if (self == NULL)
    return G_SOURCE_REMOVE;
  g_mutex_lock (&self->mutex);
  changed = g_steal_pointer (&self->changed);
  self->changed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  offered = self->offered;
  self->offered = FALSE;
  g_clear_pointer (&self->announcement, g_source_unref);
  g_mutex_unlock (&self->mutex);

  if (offered)
    g_signal_emit (self, signals[DICTIONARY_OFFERED], 0);
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
}

static void
yeji_store_init (YejiStore *self)
{
  const char *name = g_get_real_name ();

  g_mutex_init (&self->mutex);
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

  if (g_mkdir_with_parents (files, 0700) == 0)
    return TRUE;
  g_set_error (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_FILE, "%s: cannot be made", files);
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
static gboolean
run_open (YejiSql   *sql,
          gpointer   data,
          GError   **error)
{
  YejiStore *self = data;

  g_clear_pointer (&self->shelf, yeji_shelf_free);
  self->shelf = yeji_shelf_open (sql, self->dictionary, error);
  return self->shelf != NULL && yeji_store_move_all (self, sql, error);
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
    g_unlink (path);
  else if ((!g_file_get_contents (path, &text, &length, NULL) || length != size
            || memcmp (text, data, size) != 0)
           && !g_file_set_contents (path, data, (gssize) size, &error))
    g_message ("the dictionary was not written: %s", error->message);
}

static void
abandon (YejiStore *self)
{
  yeji_store_close (self);
  g_object_unref (self);
}

/**
 * yeji_store_open:
 * @directory: the profile's directory, made when there is none
 * @dictionary: the program's own; where the profile has adopted the dictionary of a province, that
 *     one is used, and yeji_store_get_dictionary() says which
 *
 * Opens a profile. Drafts of another version of the dictionary are moved to the one that is used.
 * Blocks.
 *
 * Returns: (transfer full) (nullable): the store, to be closed with yeji_store_close(); %NULL with
 * %YEJI_STORE_ERROR_LOCKED, or an error of #YejiDbError
 */
YejiStore *
yeji_store_open (const char      *directory,
                 YejiDictionary  *dictionary,
                 GError         **error)
{
  g_autoptr (YejiLock) lock = NULL;
  g_autoptr (YejiDb) db = NULL;
  g_autofree char *path = NULL;
  YejiStore *self;

  g_return_val_if_fail (directory != NULL, NULL);
  g_return_val_if_fail (YEJI_IS_DICTIONARY (dictionary), NULL);

  if (!make_directories (directory, error))
    return NULL;
  lock = take_lock (directory, error);
  if (lock == NULL)
    return NULL;
  path = g_build_filename (directory, "yeji.sqlite", NULL);
  db = yeji_db_open (path, yeji_store_migrations, yeji_store_n_migrations, error);
  if (db == NULL)
    return NULL;

  self = g_object_new (YEJI_TYPE_STORE, NULL);
  self->directory = g_strdup (directory);
  self->dictionary = g_object_ref (dictionary);
  self->lock = g_steal_pointer (&lock);
  self->db = g_steal_pointer (&db);
  if (!yeji_db_run (self->db, run_open, self, error))
    {
      abandon (self);
      return NULL;
    }
  g_set_object (&self->dictionary, yeji_shelf_get_current (self->shelf));
  write_dictionary_file (self, dictionary);
  yeji_copies_clean (directory);
  return self;
}

/**
 * yeji_store_close:
 *
 * Finishes what was given before, closes the database and gives the profile free. Nothing is
 * emitted any more. Blocks. A second call does nothing.
 */
void
yeji_store_close (YejiStore *self)
{
  g_return_if_fail (YEJI_IS_STORE (self));

  yeji_db_close (self->db);
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

const char *
yeji_store_get_who (YejiStore *self)
{
  return self->who;
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

typedef struct
{
  const char *name;
  const char *value;
  char *found;
} Setting;

static gboolean
read_setting (YejiSql  *sql,
              gpointer  data,
              GError  **error)
{
  Setting *setting = data;
  g_autoptr (GError) local_error = NULL;
  g_autoptr (YejiRows) rows = yeji_sql_query (sql, error,
                                              "SELECT value FROM setting WHERE name = ?1",
                                              "s", setting->name);

  if (rows == NULL)
    return FALSE;
  if (yeji_rows_next (rows, &local_error))
    setting->found = yeji_rows_dup_text (rows, 0);
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static gboolean
write_setting (YejiSql  *sql,
               gpointer  data,
               GError  **error)
{
  Setting *setting = data;

  if (setting->value == NULL)
    return yeji_sql_exec (sql, error, "DELETE FROM setting WHERE name = ?1", "s", setting->name);
  return yeji_sql_exec (sql, error,
                        "INSERT INTO setting (name, value) VALUES (?1, ?2)"
                        " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                        "ss", setting->name, setting->value);
}

/**
 * yeji_store_get_setting:
 *
 * Returns: (transfer full) (nullable): the value; %NULL when it was never set, and with @error set
 * when it cannot be read
 */
char *
yeji_store_get_setting (YejiStore   *self,
                        const char  *name,
                        GError     **error)
{
  Setting setting = { name };

  g_return_val_if_fail (YEJI_IS_STORE (self), NULL);

  return yeji_db_run (self->db, read_setting, &setting, error) ? setting.found : NULL;
}

/**
 * yeji_store_set_setting:
 * @value: (nullable): %NULL takes the setting out
 */
gboolean
yeji_store_set_setting (YejiStore   *self,
                        const char  *name,
                        const char  *value,
                        GError     **error)
{
  Setting setting = { name, value };

  g_return_val_if_fail (YEJI_IS_STORE (self), FALSE);

  return yeji_db_run (self->db, write_setting, &setting, error);
}
