// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-store"

#include "config.h"

#include "yeji-store-private.h"

typedef struct
{
  YejiStore *store;
  char *version;
  char *sha256;
  GBytes *bundle;
  YejiDictionary *dictionary;
  char *body;
  YejiRecord *record;
  GPtrArray *list;             /* (element-type YejiMoveReport) */
} Work;

static void
free_work (gpointer data)
{
  Work *work = data;

  g_free (work->version);
  g_free (work->sha256);
  g_clear_pointer (&work->bundle, g_bytes_unref);
  g_clear_object (&work->dictionary);
  g_free (work->body);
  g_clear_object (&work->record);
  g_clear_pointer (&work->list, g_ptr_array_unref);
  g_free (work);
}

/* In memory the older dictionary counts again where the transaction fails. */
static gboolean
run_adopt (YejiSql   *sql,
           gpointer   data,
           GError   **error)
{
  Work *work = data;
  YejiShelf *shelf = yeji_store_get_shelf (work->store);
  g_autoptr (YejiDictionary) offered = yeji_shelf_dup_offered (shelf);
  gint64 last = 0;

  if (offered == NULL)
    {
      work->list = g_ptr_array_new_with_free_func ((GDestroyNotify) yeji_move_report_free);
      return TRUE;
    }
  work->dictionary = g_object_ref (yeji_shelf_get_current (shelf));
  if (yeji_store_read_last_move (sql, &last, error)
      && yeji_shelf_adopt (shelf, sql, offered, error)
      && yeji_store_move_all (work->store, sql, error))
    work->list = yeji_store_read_move_reports (work->store, sql, NULL, last, error);
  if (work->list != NULL)
    return TRUE;
  yeji_shelf_set_current (shelf, work->dictionary);
  yeji_shelf_set_offered (shelf, offered);
  return FALSE;
}

static gboolean
run_offer (YejiSql   *sql,
           gpointer   data,
           GError   **error)
{
  Work *work = data;

  return yeji_shelf_offer (yeji_store_get_shelf (work->store), sql, work->dictionary, work->bundle,
                           work->sha256, error);
}

static gboolean
run_offer_known (YejiSql   *sql,
                 gpointer   data,
                 GError   **error)
{
  Work *work = data;

  return yeji_shelf_offer_known (yeji_store_get_shelf (work->store), sql, work->version, error);
}

static gboolean
run_withdraw (YejiSql   *sql,
              gpointer   data,
              GError   **error)
{
  Work *work = data;

  return yeji_shelf_withdraw (yeji_store_get_shelf (work->store), sql, error);
}

static gboolean
run_find_sum (YejiSql   *sql,
              gpointer   data,
              GError   **error)
{
  Work *work = data;

  return yeji_shelf_find_sum (sql, work->version, &work->sha256, error);
}

static gboolean
run_find (YejiSql   *sql,
          gpointer   data,
          GError   **error)
{
  Work *work = data;
  YejiDictionary *found = NULL;

  if (!yeji_shelf_find (yeji_store_get_shelf (work->store), sql, work->version, &found, error))
    return FALSE;
  g_set_object (&work->dictionary, found);
  return TRUE;
}

static gboolean
run_dup_version (YejiSql   *sql,
                 gpointer   data,
                 GError   **error)
{
  Work *work = data;
  YejiDictionary *current = yeji_shelf_get_current (yeji_store_get_shelf (work->store));

  work->version = g_strdup (yeji_dictionary_get_version (current));
  return TRUE;
}

static gboolean
run_read (YejiSql   *sql,
          gpointer   data,
          GError   **error)
{
  Work *work = data;

  work->record = yeji_shelf_read (yeji_store_get_shelf (work->store), sql, work->body, error);
  return work->record != NULL;
}

static Work *
new_work (YejiStore *self)
{
  Work *work = g_new0 (Work, 1);

  work->store = self;
  return work;
}

static void
on_adopted (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Work *work = g_task_get_task_data (task);
  GError *error = NULL;

  if (!yeji_db_run_finish (YEJI_DB (source), result, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  yeji_store_announce (work->store, NULL);
  g_task_return_pointer (task, g_steal_pointer (&work->list), (GDestroyNotify) g_ptr_array_unref);
}

/**
 * yeji_store_read:
 * @body: a record, JSON
 *
 * Reads a record under the version of the dictionary that it names, if the profile knows it.
 *
 * Returns: (transfer full) (nullable): the record
 */
YejiRecord *
yeji_store_read (YejiStore   *self,
                 const char  *body,
                 GError     **error)
{
  Work work = { self };
  gboolean done;

  g_return_val_if_fail (YEJI_IS_STORE (self), NULL);
  g_return_val_if_fail (body != NULL, NULL);

  work.body = (char *) body;
  done = yeji_db_run (yeji_store_get_db (self), run_read, &work, error);
  return done ? work.record : NULL;
}

/**
 * yeji_store_get_offered_dictionary:
 *
 * Tells which dictionary the province uses now, when it is another one than that of the drafts. It
 * has been fetched and verified, and waits for yeji_store_adopt_dictionary(). Does not block.
 *
 * Returns: (transfer full) (nullable): the dictionary, %NULL if there is no other
 */
YejiDictionary *
yeji_store_get_offered_dictionary (YejiStore *self)
{
  g_return_val_if_fail (YEJI_IS_STORE (self), NULL);

  return yeji_shelf_dup_offered (yeji_store_get_shelf (self));
}

/**
 * yeji_store_dup_dictionary_version:
 *
 * Returns: (transfer full) (nullable): the version under which drafts are written: that of
 * yeji_store_get_dictionary(), or of what was adopted since the store was opened
 */
char *
yeji_store_dup_dictionary_version (YejiStore  *self,
                                   GError    **error)
{
  Work work = { self };

  g_return_val_if_fail (YEJI_IS_STORE (self), NULL);

  return yeji_db_run (yeji_store_get_db (self), run_dup_version, &work, error) ? work.version
                                                                               : NULL;
}

/**
 * yeji_store_find_dictionary:
 * @dictionary: (out) (transfer full) (nullable): %NULL when that version was never used here
 *
 * Finds a version of the dictionary that the profile knows.
 */
gboolean
yeji_store_find_dictionary (YejiStore       *self,
                            const char      *version,
                            YejiDictionary **dictionary,
                            GError         **error)
{
  Work work = { self };
  gboolean done;

  g_return_val_if_fail (YEJI_IS_STORE (self), FALSE);
  g_return_val_if_fail (version != NULL, FALSE);

  work.version = (char *) version;
  done = yeji_db_run (yeji_store_get_db (self), run_find, &work, error);
  *dictionary = work.dictionary;
  return done;
}

/**
 * yeji_store_find_dictionary_sum:
 *
 * Returns: (transfer full) (nullable): the SHA-256 of the bundle that the profile has of that
 * version, in hexadecimal digits; %NULL if it has none, and with @error set when it cannot be read
 */
char *
yeji_store_find_dictionary_sum (YejiStore   *self,
                                const char  *version,
                                GError     **error)
{
  Work work = { self };

  g_return_val_if_fail (YEJI_IS_STORE (self), NULL);
  g_return_val_if_fail (version != NULL, NULL);

  work.version = (char *) version;
  return yeji_db_run (yeji_store_get_db (self), run_find_sum, &work, error) ? work.sha256 : NULL;
}

/**
 * yeji_store_offer_dictionary:
 * @dictionary: what @bundle says; it was verified
 * @bundle: as it was fetched
 * @sha256: of @bundle, hexadecimal digits
 *
 * Keeps the province's dictionary, and tells by "dictionary-offered". No record changes.
 */
gboolean
yeji_store_offer_dictionary (YejiStore       *self,
                             YejiDictionary  *dictionary,
                             GBytes          *bundle,
                             const char      *sha256,
                             GError         **error)
{
  Work work = { self };

  g_return_val_if_fail (YEJI_IS_STORE (self), FALSE);
  g_return_val_if_fail (YEJI_IS_DICTIONARY (dictionary), FALSE);
  g_return_val_if_fail (bundle != NULL && sha256 != NULL, FALSE);

  work.dictionary = dictionary;
  work.bundle = bundle;
  work.sha256 = (char *) sha256;
  if (!yeji_db_run (yeji_store_get_db (self), run_offer, &work, error))
    return FALSE;
  yeji_store_announce_offer (self);
  return TRUE;
}

/**
 * yeji_store_offer_known_dictionary:
 * @version: of a dictionary that the profile has
 *
 * Does what yeji_store_offer_dictionary() does with a dictionary that was fetched before.
 *
 * Returns: %FALSE with %YEJI_STORE_ERROR_NOT_FOUND if the profile has no such version
 */
gboolean
yeji_store_offer_known_dictionary (YejiStore   *self,
                                   const char  *version,
                                   GError     **error)
{
  Work work = { self };

  g_return_val_if_fail (YEJI_IS_STORE (self), FALSE);
  g_return_val_if_fail (version != NULL, FALSE);

  work.version = (char *) version;
  if (!yeji_db_run (yeji_store_get_db (self), run_offer_known, &work, error))
    return FALSE;
  yeji_store_announce_offer (self);
  return TRUE;
}

/**
 * yeji_store_withdraw_dictionary:
 *
 * Forgets what was offered: the province uses the dictionary that counts here.
 */
gboolean
yeji_store_withdraw_dictionary (YejiStore  *self,
                                GError    **error)
{
  Work work = { self };

  g_return_val_if_fail (YEJI_IS_STORE (self), FALSE);

  return yeji_db_run (yeji_store_get_db (self), run_withdraw, &work, error);
}

/**
 * yeji_store_adopt_dictionary:
 * @reports: (out) (optional) (transfer container) (element-type YejiMoveReport): one a record
 *
 * Goes over to the dictionary that is offered: every record in the clerk's hands is moved, all of
 * them or none, with its body before, a line in its history and a report kept; records that the
 * province has stay as they were sent. From then on records are written under that dictionary. The
 * store goes on to give out records under the one that it was opened with, so that no form
 * breaks: close it and open it again to use the new one. What is moved counts as not checked yet.
 * Without an offer nothing is done.
 */
gboolean
yeji_store_adopt_dictionary (YejiStore   *self,
                             GPtrArray  **reports,
                             GError     **error)
{
  Work *work;
  gboolean done;

  g_return_val_if_fail (YEJI_IS_STORE (self), FALSE);

  work = new_work (self);
  done = yeji_db_run (yeji_store_get_db (self), run_adopt, work, error);
  if (done && reports != NULL)
    *reports = g_steal_pointer (&work->list);
  free_work (work);
  if (done)
    yeji_store_announce (self, NULL);
  return done;
}

void
yeji_store_adopt_dictionary_async (YejiStore           *self,
                                   GCancellable        *cancellable,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data)
{
  g_return_if_fail (YEJI_IS_STORE (self));

  yeji_store_start (self, run_adopt, new_work (self), free_work, yeji_store_adopt_dictionary_async,
                    cancellable, on_adopted, callback, user_data);
}

/**
 * yeji_store_adopt_dictionary_finish:
 *
 * Returns: (transfer container) (nullable) (element-type YejiMoveReport): as @reports of
 * yeji_store_adopt_dictionary()
 */
GPtrArray *
yeji_store_adopt_dictionary_finish (YejiStore     *self,
                                    GAsyncResult  *result,
                                    GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
