// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-package"

#include "config.h"

#include "yeji-package-private.h"

#include <string.h>

#include "yeji-backup-private.h"
#include "yeji-bin-private.h"
#include "yeji-clock.h"
#include "yeji-profile.h"
#include "yeji-store-private.h"

/* With this the transaction of a plan ends, so that nothing of it stays. */
#define PLANNED 1000

static const char *const kinds[N_YEJI_TAKE_KINDS] = {
  [YEJI_TAKE_NEW] = "new",
  [YEJI_TAKE_SAME] = "same",
  [YEJI_TAKE_OLDER] = "older",
  [YEJI_TAKE_FOLLOWED] = "followed",
  [YEJI_TAKE_MERGED] = "merged",
  [YEJI_TAKE_CONFLICT] = "conflict",
  [YEJI_TAKE_FIXED] = "fixed",
};

typedef struct
{
  YejiTaking taking;
  YejiPackage *package;
  GHashTable *fresh;           /* contents that lie here since */
  YejiBackupProgressFunc progress;
  gpointer data;
  GCancellable *cancellable;
  char *batch;
  char *now;
} Take;

const char *
yeji_take_kind_to_text (YejiTakeKind kind)
{
  g_return_val_if_fail (kind < N_YEJI_TAKE_KINDS, NULL);

  return kinds[kind];
}

void
yeji_package_report_free (YejiPackageReport *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->missing);
  g_free (self);
}

static void
free_item (gpointer data)
{
  YejiTakeItem *item = data;

  g_free (item->uuid);
  g_free (item->name);
  g_free (item->version);
  g_free (item);
}

void
yeji_take_report_free (YejiTakeReport *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->items);
  g_ptr_array_unref (self->missing);
  g_free (self->batch);
  g_free (self);
}

static void
clear_take (Take *take)
{
  g_clear_pointer (&take->taking.contents, g_hash_table_unref);
  g_clear_pointer (&take->taking.touched, g_hash_table_unref);
  g_clear_pointer (&take->taking.report, yeji_take_report_free);
  g_clear_pointer (&take->fresh, g_hash_table_unref);
  g_free (take->batch);
  g_free (take->now);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Take, clear_take)

/* A name is compared where one of the two has no code. */
static gboolean
differ (const char *one,
        const char *other)
{
  return one != NULL && other != NULL && *one != '\0' && *other != '\0'
    && !g_str_equal (one, other);
}

/**
 * yeji_package_check_enterprise:
 *
 * Says whether a package may be of the profile's enterprise. What is not known is not held against
 * it. Who files for many enterprises has a profile for each, and takes the wrong one easily.
 *
 * Returns: %FALSE with %YEJI_PACKAGE_ERROR_ENTERPRISE, which names both
 */
gboolean
yeji_package_check_enterprise (YejiPackage  *self,
                               YejiStore    *store,
                               GError      **error)
{
  g_autofree char *name = yeji_store_get_setting (store, YEJI_PROFILE_SETTING_NAME, NULL);
  g_autofree char *code = yeji_store_get_setting (store, YEJI_PROFILE_SETTING_CODE, NULL);
  const char *their_name = yeji_package_get_enterprise (self);
  const char *their_code = yeji_package_get_code (self);
  gboolean have_codes = code != NULL && *code != '\0' && their_code != NULL
                        && *their_code != '\0';

  if (have_codes ? !differ (code, their_code) : !differ (name, their_name))
    return TRUE;
  g_set_error (error, YEJI_PACKAGE_ERROR, YEJI_PACKAGE_ERROR_ENTERPRISE, "%s, %s",
               their_name != NULL ? their_name : their_code, name != NULL ? name : code);
  return FALSE;
}

/* May be called twice. */
static void
begin_anew (Take *take)
{
  YejiTaking *taking = &take->taking;

  g_ptr_array_set_size (taking->report->items, 0);
  g_ptr_array_set_size (taking->report->missing, 0);
  g_hash_table_remove_all (taking->touched);
  taking->tray = taking->documents = FALSE;
}

/* Records stand in front: the documents are not read again. */
static gboolean
take_records (Take      *take,
              YejiSql   *sql,
              GError   **error)
{
  g_autoptr (YejiPackageWalk) walk = NULL;

  walk = yeji_package_walk_new (take->package, take->cancellable, error);
  while (walk != NULL)
    {
      g_autoptr (YejiPackageRecord) record = NULL;
      g_autofree char *sha256 = NULL;
      guint64 size;
      YejiWalkStep step = yeji_package_walk_next (walk, &record, &sha256, &size, error);

      if (step == YEJI_WALK_FAILED)
        return FALSE;
      if (step != YEJI_WALK_RECORD)
        return TRUE;
      if (g_cancellable_set_error_if_cancelled (take->cancellable, error)
          || !yeji_package_take_record (&take->taking, sql, record, error))
        return FALSE;
      yeji_backup_step ("record-taken");
    }
  return FALSE;
}

static gboolean
run_take (YejiSql   *sql,
          gpointer   data,
          GError   **error)
{
  Take *take = data;
  YejiTaking *taking = &take->taking;

  begin_anew (take);
  if (!yeji_bin_note_day (sql, taking->now, &taking->day, error)
      || !take_records (take, sql, error))
    return FALSE;
  if (taking->dry)
    {
      g_set_error_literal (error, YEJI_PACKAGE_ERROR, PLANNED, "this was a plan");
      return FALSE;
    }
  if (taking->documents && !yeji_taking_begin (sql, taking->batch, taking->now, error))
    return FALSE;
  return g_hash_table_size (taking->touched) == 0
    || yeji_sql_exec (sql, error,
                      "INSERT INTO setting (name, value) VALUES (?1, ?2)"
                      " ON CONFLICT (name) DO UPDATE SET value = excluded.value", "ss",
                      YEJI_PACKAGE_LAST, taking->batch);
}

static gboolean
is_planned (Take         *take,
            const GError *cause)
{
  return take->taking.dry && g_error_matches (cause, YEJI_PACKAGE_ERROR, PLANNED);
}

static gboolean
run (Take    *take,
     GError **error)
{
  YejiStore *store = take->taking.store;
  g_autoptr (GRWLockReaderLocker) locker = NULL;
  GError *cause = NULL;

  if (!yeji_package_stage (take->package, store, !take->taking.dry, take->progress, take->data,
                           take->taking.contents, take->fresh, take->cancellable, error))
    return FALSE;
  /* Nobody deletes the contents between their names and their rows. */
  locker = g_rw_lock_reader_locker_new (yeji_store_get_files_lock (store));
  if (yeji_db_run (yeji_store_get_db (store), run_take, take, &cause))
    return TRUE;
  if (is_planned (take, cause))
    {
      g_error_free (cause);
      return TRUE;
    }
  g_propagate_error (error, cause);
  return FALSE;
}

/* Contents that came, and that nothing names now, would fill the disk until they are old. */
static void
throw_away_unnamed (Take *take)
{
  g_autoptr (GError) error = NULL;
  guint n_swept;

  if (g_hash_table_size (take->fresh) > 0
      && !yeji_store_sweep (take->taking.store, take->fresh, FALSE, &n_swept, &error))
    g_message ("what was not taken stays in the profile: %s", error->message);
}

static YejiTakeReport *
take_over (YejiPackage             *self,
           YejiStore               *store,
           gboolean                 dry,
           YejiBackupProgressFunc   progress,
           gpointer                 data,
           GCancellable            *cancellable,
           GError                 **error)
{
  g_auto (Take) take = { { store }, self };
  GError *cause = NULL;
  gboolean done;

  take.batch = g_uuid_string_random ();
  take.now = yeji_clock_now ();
  take.taking.batch = take.batch;
  take.taking.now = take.now;
  take.taking.dry = dry;
  take.taking.contents = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  take.taking.touched = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  take.taking.report = g_new0 (YejiTakeReport, 1);
  take.taking.report->items = g_ptr_array_new_with_free_func (free_item);
  take.taking.report->missing = g_ptr_array_new_with_free_func (g_free);
  take.fresh = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  take.progress = progress;
  take.data = data;
  take.cancellable = cancellable;
  done = run (&take, &cause);
  throw_away_unnamed (&take);
  if (!done)
    {
      yeji_package_take_error (cause, yeji_package_get_path (self), error);
      return NULL;
    }
  if (!dry && g_hash_table_size (take.taking.touched) > 0)
    {
      take.taking.report->batch = g_strdup (take.batch);
      yeji_store_announce_all (store, take.taking.touched, take.taking.tray);
    }
  return g_steal_pointer (&take.taking.report);
}

/**
 * yeji_package_plan:
 * @progress: (nullable) (scope call): told of bytes that were read
 *
 * Reads and checks a package to its end and says what would become of its records. Nothing is
 * changed. Blocks; must not be called on the database's thread.
 *
 * Returns: (transfer full) (nullable): %NULL with a #YejiPackageError, a #YejiDbError or
 *   %G_IO_ERROR_CANCELLED
 */
YejiTakeReport *
yeji_package_plan (YejiPackage             *self,
                   YejiStore               *store,
                   YejiBackupProgressFunc   progress,
                   gpointer                 data,
                   GCancellable            *cancellable,
                   GError                 **error)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (YEJI_IS_STORE (store), NULL);

  return take_over (self, store, TRUE, progress, data, cancellable, error);
}

/**
 * yeji_package_take:
 * @progress: (nullable) (scope call): told of bytes that were read
 *
 * Takes over what is in a package: reads and checks it to its end, and then takes over all of its
 * records in one transaction, or none. What is here too is merged field by field; where both were
 * changed what is here stays, and the clerk is asked (yeji_store_get_conflicts()). Documents are
 * added, none is taken out. What somebody else's enterprise it is of is the caller's to ask
 * (yeji_package_check_enterprise()). A program that is killed meanwhile leaves nothing but contents
 * that the next attempt finds. Blocks; must not be called on the database's thread.
 *
 * Returns: (transfer full) (nullable): %NULL with a #YejiPackageError, a #YejiDbError or
 *   %G_IO_ERROR_CANCELLED: nothing was taken over then
 */
YejiTakeReport *
yeji_package_take (YejiPackage             *self,
                   YejiStore               *store,
                   YejiBackupProgressFunc   progress,
                   gpointer                 data,
                   GCancellable            *cancellable,
                   GError                 **error)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (YEJI_IS_STORE (store), NULL);

  return take_over (self, store, FALSE, progress, data, cancellable, error);
}
