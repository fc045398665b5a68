// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-import-plan"

#include "config.h"

#include "yeji-import-plan.h"

#include "yeji-change.h"
#include "yeji-clock.h"
#include "yeji-facts-for.h"
#include "yeji-store-declared.h"
#include "yeji-store-save-stream.h"

/* Records between two reports of progress. */
#define REPORT_RECORDS 32

struct _YejiImportPlan
{
  GObject parent_instance;

  YejiStore *store;
  YejiImportFile *file;
  gboolean clear;
  GPtrArray *items;            /* (element-type YejiImportItem) */
  GPtrArray *entries;          /* (element-type YejiEntry): of the profile */
  GHashTable *by_uuid;         /* -> YejiEntry */
  GHashTable *by_number;       /* -> GPtrArray of YejiEntry */
  GHashTable *by_name;
  GHashTable *taken;           /* uuid -> the item that is this record, counted from 1 */
  int n_errors;                /* atomic */
};

/* Records on their way into the store. */
typedef struct
{
  YejiImportPlan *plan;
  YejiValidator *validator;
  char *today;
  guint next;
  guint n_done;
  guint n_total;
  YejiImportProgress progress;
  gpointer progress_data;
} Applying;

G_DEFINE_QUARK (yeji-import-error-quark, yeji_import_error)

G_DEFINE_FINAL_TYPE (YejiImportPlan, yeji_import_plan, G_TYPE_OBJECT)

static void
free_item (gpointer data)
{
  YejiImportItem *item = data;

  g_free (item->uuid);
  g_strfreev (item->candidates);
  g_free (item);
}

static void
yeji_import_plan_finalize (GObject *object)
{
  YejiImportPlan *self = YEJI_IMPORT_PLAN (object);

  g_ptr_array_unref (self->items);
  g_clear_pointer (&self->entries, g_ptr_array_unref);
  g_hash_table_unref (self->by_uuid);
  g_hash_table_unref (self->by_number);
  g_hash_table_unref (self->by_name);
  g_hash_table_unref (self->taken);
  g_object_unref (self->file);
  g_object_unref (self->store);
  G_OBJECT_CLASS (yeji_import_plan_parent_class)->finalize (object);
}

static void
yeji_import_plan_class_init (YejiImportPlanClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = yeji_import_plan_finalize;
}

static void
yeji_import_plan_init (YejiImportPlan *self)
{
  self->items = g_ptr_array_new_with_free_func (free_item);
  self->by_uuid = g_hash_table_new (g_str_hash, g_str_equal);
  self->by_number = g_hash_table_new_full (g_str_hash, g_str_equal, NULL,
                                           (GDestroyNotify) g_ptr_array_unref);
  self->by_name = g_hash_table_new_full (g_str_hash, g_str_equal, NULL,
                                         (GDestroyNotify) g_ptr_array_unref);
  self->taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/* ---- Whom the profile has */

static void
note_entry (GHashTable *map,
            const char *text,
            YejiEntry  *entry)
{
  GPtrArray *list;

  if (text == NULL || *text == '\0')
    return;
  list = g_hash_table_lookup (map, text);
  if (list == NULL)
    {
      list = g_ptr_array_new ();
      g_hash_table_insert (map, (gpointer) text, list);
    }
  g_ptr_array_add (list, entry);
}

static gboolean
read_entries (YejiImportPlan  *self,
              GError         **error)
{
  self->entries = yeji_store_list (self->store, error);
  if (self->entries == NULL)
    return FALSE;
  for (guint i = 0; i < self->entries->len; i++)
    {
      YejiEntry *entry = g_ptr_array_index (self->entries, i);

      g_hash_table_insert (self->by_uuid, (gpointer) yeji_entry_get_uuid (entry), entry);
      if (yeji_entry_get_removed_at (entry) != NULL)
        continue;              /* found by its UUID alone: who threw it away may enter it anew */
      note_entry (self->by_number, yeji_entry_get_number (entry), entry);
      note_entry (self->by_name, yeji_entry_get_name (entry), entry);
    }
  return TRUE;
}

static void
set_candidates (YejiImportItem *item,
                GPtrArray      *list)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < list->len; i++)
    g_strv_builder_add (builder, yeji_entry_get_uuid (g_ptr_array_index (list, i)));
  g_clear_pointer (&item->candidates, g_strfreev);
  item->candidates = g_strv_builder_end (builder);
}

/* One of a name, unless both have numbers, and others. */
static GPtrArray *
list_named (YejiImportPlan *self,
            const char     *name,
            const char     *number)
{
  GPtrArray *list = g_hash_table_lookup (self->by_name, name);
  GPtrArray *fitting = g_ptr_array_new ();

  for (guint i = 0; list != NULL && i < list->len; i++)
    {
      const char *there = yeji_entry_get_number (g_ptr_array_index (list, i));

      if (*number == '\0' || there == NULL || *there == '\0' || g_str_equal (number, there))
        g_ptr_array_add (fitting, g_ptr_array_index (list, i));
    }
  return fitting;
}

/* The record of the profile that it is. */
static YejiEntry *
find_entry (YejiImportPlan *self,
            guint           index,
            YejiImportItem *item)
{
  const char *uuid = yeji_import_file_get_uuid (self->file, index);
  const char *number = yeji_import_file_get_number (self->file, index);
  const char *name = yeji_import_file_get_name (self->file, index);
  const char *key = yeji_import_file_get_key (self->file, index);
  g_autoptr (GPtrArray) named = NULL;
  GPtrArray *list = NULL;

  if (uuid != NULL && g_hash_table_contains (self->by_uuid, uuid))
    return g_hash_table_lookup (self->by_uuid, uuid);
  if (*number == '\0' && uuid == NULL && !yeji_import_file_has_project (self->file, index))
    list = g_hash_table_lookup (self->by_number, key);
  if (*number != '\0')
    list = g_hash_table_lookup (self->by_number, number);
  /* what was exported has a UUID: another record of the same name is another record */
  if (list == NULL && uuid == NULL)
    {
      named = list_named (self, *name != '\0' ? name : key, number);
      if (named->len > 0)
        list = named;
    }
  if (list == NULL)
    return NULL;
  if (list->len == 1)
    return g_ptr_array_index (list, 0);
  set_candidates (item, list);
  item->fate = YEJI_IMPORT_UNCLEAR;
  return NULL;
}

/* ---- What becomes of a record */

static void
count_changes (YejiImportItem *item,
               YejiRecord     *before,
               YejiRecord     *after)
{
  g_autoptr (GPtrArray) changes = yeji_record_diff (before, after);

  for (guint i = 0; i < changes->len; i++)
    {
      const YejiChange *change = g_ptr_array_index (changes, i);

      if (*change->field != '\0')
        item->n_values++;
      else if (change->before == NULL)
        item->n_rows++;
    }
}

static gboolean
judge_update (YejiImportPlan  *self,
              guint            index,
              YejiImportItem  *item,
              GError         **error)
{
  g_autoptr (YejiRecord) before = yeji_store_load (self->store, item->uuid, error);
  g_autoptr (YejiRecord) after = NULL;

  if (before == NULL)
    return FALSE;
  after = yeji_import_file_make_record (self->file, index, NULL, before, self->clear);
  item->n_values = item->n_rows = 0;
  item->fate = yeji_record_equal (before, after) ? YEJI_IMPORT_SAME : YEJI_IMPORT_UPDATE;
  if (item->fate == YEJI_IMPORT_UPDATE)
    count_changes (item, before, after);
  return TRUE;
}

static gboolean
judge_entry (YejiImportPlan  *self,
             guint            index,
             YejiImportItem  *item,
             YejiEntry       *entry,
             GError         **error)
{
  const char *uuid = yeji_entry_get_uuid (entry);
  guint other = GPOINTER_TO_UINT (g_hash_table_lookup (self->taken, uuid));

  g_free (item->uuid);
  item->uuid = g_strdup (uuid);
  if (other != 0 && other != index + 1)
    {
      const char *both[] = { uuid, NULL };

      item->fate = YEJI_IMPORT_UNCLEAR;
      item->candidates = g_strdupv ((char **) both);
      return TRUE;
    }
  g_hash_table_insert (self->taken, g_strdup (uuid), GUINT_TO_POINTER (index + 1));
  if (yeji_import_file_get_n_bad_of (self->file, index) > 0)
    item->fate = YEJI_IMPORT_BAD;
  else if (yeji_entry_get_removed_at (entry) != NULL || !yeji_entry_is_editable (entry))
    item->fate = YEJI_IMPORT_FIXED;
  else
    return judge_update (self, index, item, error);
  return TRUE;
}

static gboolean
judge (YejiImportPlan  *self,
       guint            index,
       YejiImportItem  *item,
       GError         **error)
{
  YejiEntry *entry;

  g_clear_pointer (&item->uuid, g_free);
  g_clear_pointer (&item->candidates, g_strfreev);
  item->n_values = item->n_rows = 0;
  item->fate = YEJI_IMPORT_NEW;
  entry = find_entry (self, index, item);
  if (entry != NULL)
    return judge_entry (self, index, item, entry, error);
  if (yeji_import_file_get_n_bad_of (self->file, index) > 0)
    item->fate = YEJI_IMPORT_BAD;
  if (item->fate == YEJI_IMPORT_UNCLEAR)
    return TRUE;
  item->uuid = g_strdup (yeji_import_file_get_uuid (self->file, index));
  if (item->uuid == NULL)
    item->uuid = g_uuid_string_random ();
  if (!yeji_import_file_has_project (self->file, index))
    item->fate = YEJI_IMPORT_BAD;
  return TRUE;
}

/**
 * yeji_import_plan_new:
 * @file: read under the dictionary of the store
 * @clear: whether empty cells empty the values of records that are there
 * @progress: (nullable): told how many records were looked at
 *
 * Finds out which records of a file are new, and which are those of the profile: by the UUID, else
 * by the number of the project, else by its name. Blocks.
 *
 * Returns: (transfer full) (nullable): the plan, or %NULL when the profile cannot be read
 */
YejiImportPlan *
yeji_import_plan_new (YejiStore           *store,
                      YejiImportFile      *file,
                      gboolean             clear,
                      YejiImportProgress   progress,
                      gpointer             progress_data,
                      GCancellable        *cancellable,
                      GError             **error)
{
  g_autoptr (YejiImportPlan) self = NULL;

  g_return_val_if_fail (YEJI_IS_STORE (store) && YEJI_IS_IMPORT_FILE (file), NULL);
  g_return_val_if_fail (yeji_import_file_get_dictionary (file) == yeji_store_get_dictionary (store),
                        NULL);

  self = g_object_new (YEJI_TYPE_IMPORT_PLAN, NULL);
  self->store = g_object_ref (store);
  self->file = g_object_ref (file);
  self->clear = clear;
  if (!read_entries (self, error))
    return NULL;
  for (guint i = 0; i < yeji_import_file_get_n_records (file); i++)
    {
      YejiImportItem *item = g_new0 (YejiImportItem, 1);

      g_ptr_array_add (self->items, item);
      if (g_cancellable_set_error_if_cancelled (cancellable, error)
          || !judge (self, i, item, error))
        return NULL;
      /* rows of a project that nobody knows */
      if (item->fate == YEJI_IMPORT_BAD && !yeji_import_file_has_project (file, i)
          && !g_hash_table_contains (self->by_uuid, item->uuid))
        yeji_import_file_refuse (file, i);
      if (progress != NULL && i % REPORT_RECORDS == 0)
        progress (i, yeji_import_file_get_n_records (file), progress_data);
    }
  return g_steal_pointer (&self);
}

YejiImportFile *
yeji_import_plan_get_file (YejiImportPlan *self)
{
  g_return_val_if_fail (YEJI_IS_IMPORT_PLAN (self), NULL);
  return self->file;
}

/**
 * yeji_import_plan_get_n:
 *
 * Returns: how many records the file has
 */
guint
yeji_import_plan_get_n (YejiImportPlan *self)
{
  g_return_val_if_fail (YEJI_IS_IMPORT_PLAN (self), 0);
  return self->items->len;
}

/**
 * yeji_import_plan_get_item:
 *
 * Returns: (transfer none): what becomes of a record
 */
const YejiImportItem *
yeji_import_plan_get_item (YejiImportPlan *self,
                           guint           index)
{
  g_return_val_if_fail (YEJI_IS_IMPORT_PLAN (self) && index < self->items->len, NULL);
  return g_ptr_array_index (self->items, index);
}

/**
 * yeji_import_plan_count:
 *
 * Returns: how many records have that fate
 */
guint
yeji_import_plan_count (YejiImportPlan *self,
                        YejiImportFate  fate)
{
  guint n = 0;

  g_return_val_if_fail (YEJI_IS_IMPORT_PLAN (self), 0);
  for (guint i = 0; i < self->items->len; i++)
    n += ((YejiImportItem *) g_ptr_array_index (self->items, i))->fate == fate;
  return n;
}

/**
 * yeji_import_plan_get_n_errors:
 *
 * Returns: how many errors the records have that yeji_import_plan_apply() saved, or that
 *   yeji_import_plan_check() looked at
 */
guint
yeji_import_plan_get_n_errors (YejiImportPlan *self)
{
  g_return_val_if_fail (YEJI_IS_IMPORT_PLAN (self), 0);
  return (guint) g_atomic_int_get (&self->n_errors);
}

/**
 * yeji_import_plan_refresh:
 *
 * Looks at one record anew, after a cell of it was mended that says nothing of which record it is;
 * after one that does, a new plan is made.
 */
gboolean
yeji_import_plan_refresh (YejiImportPlan  *self,
                          guint            index,
                          GError         **error)
{
  g_return_val_if_fail (YEJI_IS_IMPORT_PLAN (self) && index < self->items->len, FALSE);
  return judge (self, index, g_ptr_array_index (self->items, index), error);
}

/**
 * yeji_import_plan_choose:
 * @uuid: (nullable): of a record of the profile; %NULL: it is a new one
 *
 * Says which record it is, where that was unclear.
 */
gboolean
yeji_import_plan_choose (YejiImportPlan  *self,
                         guint            index,
                         const char      *uuid,
                         GError         **error)
{
  YejiImportItem *item;

  g_return_val_if_fail (YEJI_IS_IMPORT_PLAN (self) && index < self->items->len, FALSE);
  item = g_ptr_array_index (self->items, index);
  if (uuid != NULL)
    {
      YejiEntry *entry = g_hash_table_lookup (self->by_uuid, uuid);

      g_return_val_if_fail (entry != NULL, FALSE);
      g_clear_pointer (&item->candidates, g_strfreev);
      return judge_entry (self, index, item, entry, error);
    }
  g_free (item->uuid);
  item->uuid = g_uuid_string_random ();
  item->fate = yeji_import_file_get_n_bad_of (self->file, index) > 0
               || !yeji_import_file_has_project (self->file, index) ? YEJI_IMPORT_BAD
                                                                    : YEJI_IMPORT_NEW;
  return TRUE;
}

/* ---- Carrying it out */

static gboolean
give_next (YejiSaveStream  *stream,
           YejiRecord     **record,
           gpointer         data,
           GError         **error)
{
  Applying *applying = data;
  YejiImportPlan *plan = applying->plan;

  for (; applying->next < plan->items->len; applying->next++)
    {
      const YejiImportItem *item = g_ptr_array_index (plan->items, applying->next);
      g_autoptr (YejiRecord) onto = NULL;

      if (item->fate != YEJI_IMPORT_NEW && item->fate != YEJI_IMPORT_UPDATE)
        continue;
      if (item->fate == YEJI_IMPORT_UPDATE)
        {
          onto = yeji_save_stream_load (stream, item->uuid, error);
          if (onto == NULL)
            return FALSE;
        }
      *record = yeji_import_file_make_record (plan->file, applying->next, item->uuid, onto,
                                              plan->clear);
      applying->next++;
      if (applying->progress != NULL && applying->n_done % REPORT_RECORDS == 0)
        applying->progress (applying->n_done, applying->n_total, applying->progress_data);
      applying->n_done++;
      return TRUE;
    }
  return TRUE;
}

static YejiFacts *
check_record (YejiRecord         *record,
              const char * const *slots,
              gpointer            data)
{
  Applying *applying = data;
  g_autoptr (GPtrArray) problems = NULL;
  YejiFacts *facts;

  problems = yeji_validator_check_against (applying->validator, record, applying->today, slots,
                                           yeji_store_get_declared (applying->plan->store));
  facts = yeji_facts_new_for (applying->validator, record, problems, slots);
  g_atomic_int_add (&applying->plan->n_errors, (int) facts->n_errors);
  return facts;
}

static gboolean
check_item (Applying              *applying,
            guint                  index,
            const YejiImportItem  *item,
            GError               **error)
{
  YejiImportPlan *plan = applying->plan;
  g_autoptr (YejiRecord) onto = NULL;
  g_autoptr (YejiRecord) record = NULL;
  g_autoptr (YejiFacts) facts = NULL;
  g_auto (GStrv) slots = NULL;

  if (item->fate == YEJI_IMPORT_UPDATE)
    {
      onto = yeji_store_load (plan->store, item->uuid, error);
      slots = onto != NULL ? yeji_store_get_filled_slots (plan->store, item->uuid, error) : NULL;
      if (slots == NULL)
        return FALSE;
    }
  else
    slots = g_new0 (char *, 1);
  record = yeji_import_file_make_record (plan->file, index, item->uuid, onto, plan->clear);
  facts = check_record (record, (const char * const *) slots, applying);
  return TRUE;
}

static void
begin_applying (Applying           *applying,
                YejiImportProgress  progress,
                gpointer            progress_data)
{
  YejiImportPlan *plan = applying->plan;

  applying->n_total = yeji_import_plan_count (plan, YEJI_IMPORT_NEW)
                      + yeji_import_plan_count (plan, YEJI_IMPORT_UPDATE);
  applying->progress = progress;
  applying->progress_data = progress_data;
  applying->today = yeji_clock_today ();
  applying->validator = yeji_validator_new (yeji_store_get_dictionary (plan->store),
                                            yeji_language_get_current ());
}

static void
end_applying (Applying *applying)
{
  g_object_unref (applying->validator);
  g_free (applying->today);
}

/**
 * yeji_import_plan_check:
 * @progress: (nullable): told how many records were checked
 *
 * Checks what yeji_import_plan_apply() would save, and changes nothing. Blocks.
 *
 * Returns: %FALSE when the profile cannot be read, or with %G_IO_ERROR_CANCELLED
 */
gboolean
yeji_import_plan_check (YejiImportPlan      *self,
                        YejiImportProgress   progress,
                        gpointer             progress_data,
                        GCancellable        *cancellable,
                        GError             **error)
{
  Applying applying = { self };
  gboolean done = TRUE;

  g_return_val_if_fail (YEJI_IS_IMPORT_PLAN (self), FALSE);

  begin_applying (&applying, progress, progress_data);
  g_atomic_int_set (&self->n_errors, 0);
  for (guint i = 0; done && i < self->items->len; i++)
    {
      const YejiImportItem *item = g_ptr_array_index (self->items, i);

      if (item->fate != YEJI_IMPORT_NEW && item->fate != YEJI_IMPORT_UPDATE)
        continue;
      if (progress != NULL && applying.n_done++ % REPORT_RECORDS == 0)
        progress (applying.n_done, applying.n_total, progress_data);
      done = !g_cancellable_set_error_if_cancelled (cancellable, error)
             && check_item (&applying, i, item, error);
    }
  end_applying (&applying);
  return done;
}

static gboolean
require_clear (YejiImportPlan           *self,
               const YejiImportOptions  *options,
               GError                  **error)
{
  guint n_bad = yeji_import_plan_count (self, YEJI_IMPORT_BAD);
  guint n_unclear = yeji_import_plan_count (self, YEJI_IMPORT_UNCLEAR);

  if (options->skip_bad)
    return TRUE;
  if (n_bad > 0 || yeji_import_file_get_n_bad (self->file) > 0)
    {
      g_set_error (error, YEJI_IMPORT_ERROR, YEJI_IMPORT_ERROR_BAD,
                   "%u cells of %u records cannot be taken",
                   yeji_import_file_get_n_bad (self->file), n_bad);
      return FALSE;
    }
  if (n_unclear > 0)
    {
      g_set_error (error, YEJI_IMPORT_ERROR, YEJI_IMPORT_ERROR_UNCLEAR,
                   "it is unclear which records %u are", n_unclear);
      return FALSE;
    }
  return TRUE;
}

/**
 * yeji_import_plan_apply:
 * @progress: (nullable): told how many records were saved, on another thread
 * @batch: (out) (optional): for yeji_store_undo_batch()
 *
 * Saves what is new or changed, all of it in one transaction or nothing. What says the same, and
 * what is in the province's hands, is passed over. Blocks.
 *
 * Returns: %FALSE with an error of #YejiImportError, of the store, or %G_IO_ERROR_CANCELLED: then
 *   nothing was changed
 */
gboolean
yeji_import_plan_apply (YejiImportPlan           *self,
                        const YejiImportOptions  *options,
                        YejiImportProgress        progress,
                        gpointer                  progress_data,
                        char                    **batch,
                        GCancellable             *cancellable,
                        GError                  **error)
{
  static const YejiSaveSource source = { give_next, check_record };
  Applying applying = { self };
  gboolean done;

  g_return_val_if_fail (YEJI_IS_IMPORT_PLAN (self) && options != NULL, FALSE);

  if (!require_clear (self, options, error))
    return FALSE;
  if (yeji_import_plan_count (self, YEJI_IMPORT_NEW)
      + yeji_import_plan_count (self, YEJI_IMPORT_UPDATE) == 0)
    {
      g_set_error_literal (error, YEJI_IMPORT_ERROR, YEJI_IMPORT_ERROR_NOTHING,
                           "nothing is new or changed");
      return FALSE;
    }
  begin_applying (&applying, progress, progress_data);
  g_atomic_int_set (&self->n_errors, 0);
  done = yeji_store_save_stream (self->store, &source, &applying, "imported", batch, cancellable,
                                 error);
  if (done && progress != NULL)
    progress (applying.n_total, applying.n_total, progress_data);
  end_applying (&applying);
  return done;
}
