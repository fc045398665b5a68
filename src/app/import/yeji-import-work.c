// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-import-work"

#include "config.h"

#include "yeji-import-work.h"

#include "yeji-import-memory.h"
#include "yeji-mask.h"
#include "yeji-normaliser.h"
#include "yeji-store-index.h"

/* Which role a new record had last. */
#define ROLE_SETTING "app.role"

/* Of a sheet that are shown. */
#define MAX_COLUMNS 1000

typedef struct
{
  YejiImportWork work;
  gatomicrefcount references;
} Counted;

/**
 * yeji_import_work_new:
 *
 * Returns: (transfer full): the import of a file of which nothing is known yet
 */
YejiImportWork *
yeji_import_work_new (YejiStore  *store,
                      const char *path)
{
  Counted *self = g_new0 (Counted, 1);

  g_atomic_ref_count_init (&self->references);
  self->work.store = g_object_ref (store);
  self->work.path = g_strdup (path);
  return &self->work;
}

YejiImportWork *
yeji_import_work_ref (YejiImportWork *self)
{
  g_atomic_ref_count_inc (&((Counted *) self)->references);
  return self;
}

void
yeji_import_work_unref (gpointer data)
{
  Counted *counted = data;
  YejiImportWork *self = data;

  if (!g_atomic_ref_count_dec (&counted->references))
    return;
  g_object_unref (self->store);
  g_clear_object (&self->normaliser);
  g_clear_object (&self->offers);
  g_clear_object (&self->plan);
  g_clear_pointer (&self->layout, yeji_import_layout_free);
  g_clear_pointer (&self->samples, g_ptr_array_unref);
  g_free (self->path);
  g_free (self->role);
  g_free (self->saved);
  g_free (self->batch);
  g_free (counted);
}

/* ---- What is in the file */

/* One of the first rows. */
typedef struct
{
  guint number;                /* of the file, from 0 */
  GStrv texts;
} Sample;

static void
free_sample (gpointer data)
{
  g_strfreev (((Sample *) data)->texts);
  g_free (data);
}

static Sample *
new_sample (YejiSheetReader *reader)
{
  Sample *sample = g_new0 (Sample, 1);
  guint n = MIN (yeji_sheet_reader_get_n_cells (reader), MAX_COLUMNS);

  sample->number = yeji_sheet_reader_get_row (reader) - 1;
  sample->texts = g_new0 (char *, n + 1);
  for (guint i = 0; i < n; i++)
    sample->texts[i] = g_strdup (yeji_sheet_reader_get_text (reader, i));
  return sample;
}

/* (transfer full) (element-type Sample): the first rows of a sheet, and the first ones below its
 * headings: the clerk may say that these are elsewhere */
static GPtrArray *
read_samples (YejiSheets            *sheets,
              guint                  index,
              const YejiImportSheet *sheet,
              GError               **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (free_sample);
  g_autoptr (YejiSheetReader) reader = yeji_sheets_read (sheets, index, error);
  g_autoptr (GError) local = NULL;
  guint n = 0;

  if (reader == NULL)
    return NULL;
  while (n < YEJI_IMPORT_N_SAMPLES && yeji_sheet_reader_next (reader, &local))
    {
      guint number = yeji_sheet_reader_get_row (reader) - 1;

      if (number >= sheet->first_row || number <= YEJI_IMPORT_N_SAMPLES)
        g_ptr_array_add (rows, new_sample (reader));
      n += number >= sheet->first_row;
    }
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  return g_steal_pointer (&rows);
}

/* What the clerk said of an earlier file of the kind counts. */
static gboolean
use_memory (YejiImportWork  *self,
            YejiSheets      *sheets,
            GError         **error)
{
  g_autofree char *kept = NULL;
  YejiImportLayout *again;

  kept = yeji_import_memory_get (self->store, yeji_import_layout_get_kind (self->layout), NULL);
  if (kept == NULL)
    return TRUE;
  again = yeji_import_layout_guess (yeji_store_get_dictionary (self->store), self->normaliser,
                                    sheets, kept, error);
  if (again == NULL)
    return FALSE;
  yeji_import_layout_free (self->layout);
  self->layout = again;
  self->is_known = TRUE;
  return TRUE;
}

/**
 * yeji_import_work_look:
 *
 * Finds out which sheet of the file is which table, and which column which field.
 */
gpointer
yeji_import_work_look (YejiPackageJob  *job,
                       gpointer         data,
                       GCancellable    *cancellable,
                       GError         **error)
{
  YejiImportWork *self = data;
  YejiDictionary *dictionary = yeji_store_get_dictionary (self->store);
  g_autoptr (YejiSheets) sheets = yeji_sheets_open (self->path, error);
  guint n;

  if (sheets == NULL)
    return NULL;
  self->normaliser = yeji_normaliser_new (dictionary);
  self->offers = yeji_normaliser_new (dictionary);
  self->role = yeji_store_get_setting (self->store, ROLE_SETTING, NULL);
  self->layout = yeji_import_layout_guess (dictionary, self->normaliser, sheets, NULL, error);
  if (self->layout == NULL || !use_memory (self, sheets, error))
    return NULL;
  n = yeji_import_layout_get_n (self->layout);
  self->samples = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  for (guint i = 0; i < n; i++)
    {
      GPtrArray *rows;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;
      rows = read_samples (sheets, i, yeji_import_layout_get_sheet (self->layout, i), error);
      if (rows == NULL)
        return NULL;
      g_ptr_array_add (self->samples, rows);
    }
  return self->layout;
}

/**
 * yeji_import_work_is_sure:
 *
 * Returns: whether nothing is to be asked: all columns are known by our ids, or the clerk looked at
 *   those of a file of the kind
 */
gboolean
yeji_import_work_is_sure (YejiImportWork *self)
{
  guint n = yeji_import_layout_get_n (self->layout);

  for (guint i = 0; i < n; i++)
    {
      const YejiImportSheet *sheet = yeji_import_layout_get_sheet (self->layout, i);

      if (self->is_known)
        break;
      if (sheet->table == NULL && sheet->state == YEJI_IMPORT_SHEET_UNKNOWN)
        return FALSE;
      for (guint j = 0; sheet->table != NULL && j < sheet->columns->len; j++)
        {
          const YejiImportColumn *column = g_ptr_array_index (sheet->columns, j);

          if (*column->heading != '\0' && column->how != YEJI_IMPORT_HOW_ID)
            return FALSE;
        }
    }
  return yeji_import_layout_is_usable (self->layout);
}

/**
 * yeji_import_work_get_samples:
 *
 * Returns: (transfer full): what the first rows have in a column, personal numbers masked; "" for
 *   nothing
 */
char *
yeji_import_work_get_samples (YejiImportWork *self,
                              guint           sheet,
                              guint           column)
{
  GPtrArray *rows = g_ptr_array_index (self->samples, sheet);
  const YejiImportSheet *at = yeji_import_layout_get_sheet (self->layout, sheet);
  const YejiFieldDef *field = ((YejiImportColumn *) g_ptr_array_index (at->columns,
                                                                       column))->field;
  GString *all = g_string_new (NULL);

  for (guint i = 0; i < rows->len; i++)
    {
      const Sample *row = g_ptr_array_index (rows, i);
      g_autofree char *text = NULL;

      if (row->number < at->first_row || column >= g_strv_length (row->texts)
          || *row->texts[column] == '\0')
        continue;
      text = field != NULL ? yeji_field_mask_value (field, row->texts[column])
                           : g_strdup (row->texts[column]);
      g_strdelimit (text, "\r\n\t", ' ');
      if (all->len > 0)
        g_string_append (all, " · ");
      g_string_append (all, text);
    }
  return g_string_free (all, FALSE);
}

/* ---- What would become of it */

/**
 * yeji_import_work_plan:
 *
 * Finds out what would become of the records of the file, as it was mended.
 */
gpointer
yeji_import_work_plan (YejiPackageJob  *job,
                       gpointer         data,
                       GCancellable    *cancellable,
                       GError         **error)
{
  YejiImportWork *self = data;
  YejiImportPlan *plan;

  plan = yeji_import_plan_new (self->store, yeji_import_plan_get_file (self->plan), self->clear,
                               yeji_package_job_advance, job, cancellable, error);
  if (plan == NULL)
    return NULL;
  g_object_unref (self->plan);
  self->plan = plan;
  return plan;
}

/* Not being able to keep it is no reason not to import. */
static void
remember (YejiImportWork *self)
{
  g_autofree char *json = yeji_import_layout_to_json (self->layout);
  g_autoptr (GError) error = NULL;

  if (!yeji_import_memory_set (self->store, yeji_import_layout_get_kind (self->layout), json,
                               &error))
    g_message ("%s", error->message);
}

/**
 * yeji_import_work_read:
 *
 * Reads all rows as the layout says, and keeps that in mind for other files of the kind.
 */
gpointer
yeji_import_work_read (YejiPackageJob  *job,
                       gpointer         data,
                       GCancellable    *cancellable,
                       GError         **error)
{
  YejiImportWork *self = data;
  g_autoptr (YejiImportFile) file = NULL;

  file = yeji_import_file_read (self->path, self->layout, yeji_store_get_dictionary (self->store),
                                self->normaliser, yeji_package_job_advance, job, cancellable,
                                error);
  if (file == NULL)
    return NULL;
  if (self->role != NULL)
    yeji_import_file_set_role (file, self->role);
  g_clear_object (&self->plan);
  self->plan = yeji_import_plan_new (self->store, file, self->clear, yeji_package_job_advance, job,
                                     cancellable, error);
  if (self->plan == NULL)
    return NULL;
  remember (self);
  return self->plan;
}

/* ---- The end */

/**
 * yeji_import_work_apply:
 *
 * Imports: all of it or nothing.
 */
gpointer
yeji_import_work_apply (YejiPackageJob  *job,
                        gpointer         data,
                        GCancellable    *cancellable,
                        GError         **error)
{
  YejiImportWork *self = data;
  YejiImportOptions options = { self->skip_bad };

  g_clear_pointer (&self->batch, g_free);
  if (!yeji_import_plan_apply (self->plan, &options, yeji_package_job_advance, job, &self->batch,
                               cancellable, error))
    return NULL;
  /* so that it is found at once; what is stopped here, the chores do later */
  yeji_store_index_if_needed (self->store, cancellable, NULL);
  return self->plan;
}

/**
 * yeji_import_work_save_bad:
 *
 * Writes the rows that cannot be taken into a workbook, with the reasons.
 */
gpointer
yeji_import_work_save_bad (YejiPackageJob  *job,
                           gpointer         data,
                           GCancellable    *cancellable,
                           GError         **error)
{
  YejiImportWork *self = data;
  g_autoptr (GError) local = NULL;

  self->n_saved = yeji_import_plan_save_bad (self->plan, self->saved, &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  return self->plan;
}
