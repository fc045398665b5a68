// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-importer"

#include "config.h"

#include "yeji-importer.h"

#include "yeji-background.h"
#include "yeji-clock.h"
#include "yeji-facts-for.h"
#include "yeji-record-origin.h"
#include "yeji-store-declared.h"

/* Read from files, saved in one transaction: all of them or none. */
typedef struct
{
  YejiStore *store;
  GPtrArray *files;            /* (element-type GFile) */
  char *batch;                 /* (nullable): to be undone */
} Import;

typedef struct
{
  guint n_records;
  char *batch;
} Imported;

static void
import_free (gpointer data)
{
  Import *import = data;

  g_object_unref (import->store);
  g_ptr_array_unref (import->files);
  g_free (import->batch);
  g_free (import);
}

static void
imported_free (gpointer data)
{
  g_free (((Imported *) data)->batch);
  g_free (data);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Imported, imported_free)

static Import *
import_new (YejiStore *store)
{
  Import *import = g_new0 (Import, 1);

  import->store = g_object_ref (store);
  import->files = g_ptr_array_new_with_free_func (g_object_unref);
  return import;
}

static gboolean
find_dictionary (gpointer          data,
                 const char       *version,
                 YejiDictionary  **dictionary,
                 GError          **error)
{
  return yeji_store_find_dictionary (data, version, dictionary, error);
}

/* A record of an older version that the profile knows is converted. */
static GPtrArray *
read_file (YejiStore  *store,
           GFile      *file,
           GError    **error)
{
  g_autofree char *path = g_file_get_path (file);
  g_autofree char *name = g_file_get_basename (file);
  g_autofree char *shown = g_filename_display_name (name);
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (GPtrArray) origins = NULL;

  records = yeji_record_origin_read (yeji_store_get_dictionary (store), path != NULL ? path : "",
                                     find_dictionary, store, &origins, error);
  if (records == NULL)
    g_prefix_error (error, "%s: ", shown);
  return g_steal_pointer (&records);
}

static gpointer
read_files (gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  Import *import = data;
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < import->files->len; i++)
    {
      g_autoptr (GPtrArray) read = NULL;

      read = read_file (import->store, g_ptr_array_index (import->files, i), error);
      if (read == NULL)
        return NULL;
      for (guint j = 0; j < read->len; j++)
        g_ptr_array_add (records, g_object_ref (g_ptr_array_index (read, j)));
    }
  return g_steal_pointer (&records);
}

static gboolean
may_be_written (YejiStore   *store,
                YejiRecord  *record,
                GError     **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (YejiEntry) entry = yeji_store_get_entry (store, yeji_record_get_uuid (record), &local);

  if (entry == NULL && g_error_matches (local, YEJI_STORE_ERROR, YEJI_STORE_ERROR_NOT_FOUND))
    return TRUE;
  if (entry == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (!yeji_entry_is_editable (entry))
    {
      g_set_error (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_STATE, "%s",
                   yeji_entry_get_name (entry) != NULL ? yeji_entry_get_name (entry)
                                                       : yeji_entry_get_uuid (entry));
      return FALSE;
    }
  return TRUE;
}

static YejiFacts *
check (YejiStore     *store,
       YejiValidator *validator,
       YejiRecord    *record)
{
  g_autofree char *today = yeji_clock_today ();
  g_auto (GStrv) slots = NULL;
  g_autoptr (GPtrArray) problems = NULL;

  slots = yeji_store_get_filled_slots (store, yeji_record_get_uuid (record), NULL);
  problems = yeji_validator_check_against (validator, record, today, (const char * const *) slots,
                                           yeji_store_get_declared (store));
  return yeji_facts_new_for (validator, record, problems, (const char * const *) slots);
}

static gpointer
save_files (gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  Import *import = data;
  g_autoptr (GPtrArray) records = read_files (import, cancellable, error);
  g_autoptr (GPtrArray) facts = NULL;
  g_autoptr (YejiValidator) validator = NULL;
  g_autoptr (Imported) imported = g_new0 (Imported, 1);

  if (records == NULL)
    return NULL;
  facts = g_ptr_array_new_with_free_func ((GDestroyNotify) yeji_facts_free);
  validator = yeji_validator_new (yeji_store_get_dictionary (import->store),
                                  yeji_language_get_current ());
  for (guint i = 0; i < records->len; i++)
    {
      YejiRecord *record = g_ptr_array_index (records, i);

      if (!may_be_written (import->store, record, error))
        return NULL;
      g_ptr_array_add (facts, check (import->store, validator, record));
    }
  imported->n_records = records->len;
  if (!yeji_store_save_batch (import->store, records, facts, "imported", &imported->batch,
                              error))
    return NULL;
  return g_steal_pointer (&imported);
}

/* A record that is what it was again has the problems again that it had. */
static gboolean
save_facts (YejiStore      *store,
            YejiValidator  *validator,
            const char     *uuid,
            GError        **error)
{
  g_autoptr (YejiRecord) record = yeji_store_load (store, uuid, error);
  g_autoptr (YejiFacts) facts = NULL;

  if (record == NULL)
    return FALSE;
  facts = check (store, validator, record);
  return yeji_store_save (store, record, facts, "undone", error);
}

static gpointer
undo_files (gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  Import *import = data;
  g_autoptr (YejiBatchUndo) done = yeji_store_undo_batch (import->store, import->batch, error);
  g_autoptr (YejiValidator) validator = NULL;

  if (done == NULL)
    return NULL;
  validator = yeji_validator_new (yeji_store_get_dictionary (import->store),
                                  yeji_language_get_current ());
  for (guint i = 0; i < done->reverted->len; i++)
    if (!save_facts (import->store, validator, g_ptr_array_index (done->reverted, i), error))
      return NULL;
  return g_steal_pointer (&done);
}

/**
 * yeji_importer_run_async:
 * @files: of #GFile, record files
 *
 * Reads files into the store, all of them or none. A record that is there already is updated.
 */
void
yeji_importer_run_async (YejiStore           *store,
                         GListModel          *files,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  Import *import = import_new (store);
  guint n = g_list_model_get_n_items (files);

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (import->files, g_list_model_get_item (files, i));
  yeji_background_run (store, save_files, import, import_free, imported_free, callback, user_data);
}

/**
 * yeji_importer_run_finish:
 * @n_records: (out): how many were imported
 * @batch: (out) (transfer full): names the import, for yeji_importer_undo_async()
 *
 * Returns: %TRUE when all are saved
 */
gboolean
yeji_importer_run_finish (GAsyncResult  *result,
                          guint         *n_records,
                          char         **batch,
                          GError       **error)
{
  g_autoptr (Imported) imported = yeji_background_finish (result, error);

  if (imported == NULL)
    return FALSE;
  *n_records = imported->n_records;
  *batch = g_steal_pointer (&imported->batch);
  return TRUE;
}

/**
 * yeji_importer_undo_async:
 *
 * Takes an import back, as yeji_store_undo_batch() says.
 */
void
yeji_importer_undo_async (YejiStore           *store,
                          const char          *batch,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  Import *import = import_new (store);

  import->batch = g_strdup (batch);
  yeji_background_run (store, undo_files, import, import_free,
                       (GDestroyNotify) yeji_batch_undo_free, callback, user_data);
}

/**
 * yeji_importer_undo_finish:
 *
 * Returns: (transfer full) (nullable): what became of the records
 */
YejiBatchUndo *
yeji_importer_undo_finish (GAsyncResult  *result,
                           GError       **error)
{
  return yeji_background_finish (result, error);
}

/**
 * yeji_importer_read_async:
 *
 * Reads a file without saving what is in it.
 */
void
yeji_importer_read_async (YejiStore           *store,
                          GFile               *file,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  Import *import = import_new (store);

  g_ptr_array_add (import->files, g_object_ref (file));
  yeji_background_run (store, read_files, import, import_free,
                       (GDestroyNotify) g_ptr_array_unref, callback, user_data);
}

/**
 * yeji_importer_read_finish:
 *
 * Returns: (transfer full) (element-type YejiRecord): the records of the file
 */
GPtrArray *
yeji_importer_read_finish (GAsyncResult  *result,
                           GError       **error)
{
  return yeji_background_finish (result, error);
}
