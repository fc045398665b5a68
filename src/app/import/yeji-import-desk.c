// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-import-desk"

#include "config.h"

#include "yeji-import-desk.h"

#include "yeji-background.h"

/* Records are looked at anew for so long at a time, in microseconds: a mend waits no longer. */
#define AT_ONCE 100000

/* One cell that was changed. */
typedef struct
{
  YejiImportPlace place;
  char *text;                  /* to be put there; what it was before, once it is done */
} Mend;

/* What is done on another thread. */
typedef struct
{
  YejiImportPlan *plan;
  GArray *records;             /* (element-type guint) */
  char *uuid;                  /* (nullable): chosen for the one record; "" for a new one */
} Job;

struct _YejiImportDesk
{
  GObject parent_instance;

  YejiStore *store;
  YejiImportPlan *plan;
  YejiImportFile *file;
  guint generation;            /* of the numbers of the records, that the plan was made for */
  GQueue waiting;              /* of GPtrArray of Mend: steps that the thread is waited for with */
  GPtrArray *steps;            /* (element-type GPtrArray of Mend): that can be undone */
  GHashTable *stale;           /* record numbers */
  gboolean is_busy;            /* the thread reads the file */
};

enum
{
  MENDED,
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (YejiImportDesk, yeji_import_desk, G_TYPE_OBJECT)

static void look_on (YejiImportDesk *self);

static void
free_mend (gpointer data)
{
  g_free (((Mend *) data)->text);
  g_free (data);
}

static void
free_job (gpointer data)
{
  Job *job = data;

  g_object_unref (job->plan);
  g_array_unref (job->records);
  g_free (job->uuid);
  g_free (job);
}

/* ---- What becomes of the records, on another thread */

/* (transfer full) (element-type guint): those that there was no time for */
static gpointer
look (gpointer       data,
      GCancellable  *cancellable,
      GError       **error)
{
  Job *job = data;
  gint64 end = g_get_monotonic_time () + AT_ONCE;
  GArray *left = g_array_new (FALSE, FALSE, sizeof (guint));
  guint i;

  for (i = 0; i < job->records->len && g_get_monotonic_time () < end; i++)
    {
      guint record = g_array_index (job->records, guint, i);

      if (job->uuid != NULL
          ? !yeji_import_plan_choose (job->plan, record, *job->uuid != '\0' ? job->uuid : NULL,
                                      error)
          : !yeji_import_plan_refresh (job->plan, record, error))
        {
          g_array_unref (left);
          return NULL;
        }
    }
  if (i < job->records->len)
    g_array_append_vals (left, &g_array_index (job->records, guint, i), job->records->len - i);
  return left;
}

static void apply (YejiImportDesk *self, GPtrArray *step, gboolean undoing);

static void
on_looked (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (YejiImportDesk) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) left = yeji_background_finish (result, &error);

  self->is_busy = FALSE;
  if (left == NULL)
    g_message ("%s", error->message);
  for (guint i = 0; left != NULL && i < left->len; i++)
    g_hash_table_add (self->stale, GUINT_TO_POINTER (g_array_index (left, guint, i)));
  while (!g_queue_is_empty (&self->waiting))
    apply (self, g_queue_pop_head (&self->waiting), FALSE);
  look_on (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
begin (YejiImportDesk *self,
       GArray         *records,
       const char     *uuid)
{
  Job *job = g_new0 (Job, 1);

  job->plan = g_object_ref (self->plan);
  job->records = records;
  job->uuid = g_strdup (uuid);
  self->is_busy = TRUE;
  yeji_background_run (NULL, look, job, free_job, (GDestroyNotify) g_array_unref, on_looked,
                       g_object_ref (self));
}

static void
look_on (YejiImportDesk *self)
{
  GArray *records;
  GHashTableIter iter;
  gpointer record;

  if (yeji_import_desk_is_outdated (self))
    g_hash_table_remove_all (self->stale);
  if (self->is_busy || g_hash_table_size (self->stale) == 0)
    return;
  records = g_array_new (FALSE, FALSE, sizeof (guint));
  g_hash_table_iter_init (&iter, self->stale);
  while (g_hash_table_iter_next (&iter, &record, NULL))
    {
      guint number = GPOINTER_TO_UINT (record);

      g_array_append_val (records, number);
    }
  g_hash_table_remove_all (self->stale);
  begin (self, records, NULL);
}

/* ---- Mends */

static void
mark_stale (YejiImportDesk        *self,
            const YejiImportPlace *place)
{
  guint record = yeji_import_file_get_record_of (self->file, place->sheet, place->row);

  if (record < yeji_import_plan_get_n (self->plan))
    g_hash_table_add (self->stale, GUINT_TO_POINTER (record));
}

/* (transfer full) @step. A row may belong to another record then: both are looked at. */
static void
apply (YejiImportDesk *self,
       GPtrArray      *step,
       gboolean        undoing)
{
  g_autofree YejiImportPlace *places = g_new (YejiImportPlace, step->len);
  g_auto (GStrv) texts = g_new0 (char *, step->len + 1);

  for (guint i = 0; i < step->len; i++)
    {
      Mend *mend = g_ptr_array_index (step, i);
      YejiImportCell cell;

      places[i] = mend->place;
      texts[i] = g_steal_pointer (&mend->text);
      yeji_import_file_get_cell (self->file, &mend->place, &cell);
      mend->text = g_strdup (cell.text);
      mark_stale (self, &mend->place);
    }
  yeji_import_file_set_texts (self->file, places, (const char * const *) texts, step->len);
  for (guint i = 0; i < step->len; i++)
    mark_stale (self, &places[i]);
  for (guint i = 0; i < step->len; i++)
    g_signal_emit (self, signals[MENDED], 0, &places[i]);
  if (undoing)
    g_ptr_array_unref (step);
  else
    g_ptr_array_add (self->steps, step);
}

static void
add_mend (GPtrArray             *step,
          const YejiImportPlace *place,
          const char            *text)
{
  Mend *mend = g_new (Mend, 1);

  mend->place = *place;
  mend->text = g_strdup (text);
  g_ptr_array_add (step, mend);
}

/* The red cells of the column that say the same. */
static void
find_equal (YejiImportDesk        *self,
            const YejiImportPlace *place,
            void                 (*found) (const YejiImportPlace *place, gpointer data),
            gpointer               data)
{
  guint n = yeji_import_file_get_n_bad (self->file);
  YejiImportCell cell;
  g_autofree char *text = NULL;

  yeji_import_file_get_cell (self->file, place, &cell);
  text = g_strdup (cell.text);
  for (guint i = 0; i < n; i++)
    {
      YejiImportPlace at;

      yeji_import_file_get_bad (self->file, i, &at);
      if (at.sheet != place->sheet || at.column != place->column || at.row == place->row)
        continue;
      yeji_import_file_get_cell (self->file, &at, &cell);
      if (g_strcmp0 (cell.text, text) == 0)
        found (&at, data);
    }
}

static void
count (const YejiImportPlace *place,
       gpointer               data)
{
  ++*(guint *) data;
}

static void
collect (const YejiImportPlace *place,
         gpointer               data)
{
  g_array_append_val ((GArray *) data, *place);
}

/* ---- */

static void
yeji_import_desk_finalize (GObject *object)
{
  YejiImportDesk *self = YEJI_IMPORT_DESK (object);

  g_queue_clear_full (&self->waiting, (GDestroyNotify) g_ptr_array_unref);
  g_ptr_array_unref (self->steps);
  g_hash_table_unref (self->stale);
  g_object_unref (self->plan);
  g_object_unref (self->file);
  g_object_unref (self->store);
  G_OBJECT_CLASS (yeji_import_desk_parent_class)->finalize (object);
}

static void
yeji_import_desk_class_init (YejiImportDeskClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = yeji_import_desk_finalize;

  signals[MENDED] = g_signal_new ("mended", YEJI_TYPE_IMPORT_DESK, G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[CHANGED] = g_signal_new ("changed", YEJI_TYPE_IMPORT_DESK, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
yeji_import_desk_init (YejiImportDesk *self)
{
  g_queue_init (&self->waiting);
  self->steps = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  self->stale = g_hash_table_new (NULL, NULL);
}

/**
 * yeji_import_desk_new:
 *
 * Returns: (transfer full): what a plan says, to be mended
 */
YejiImportDesk *
yeji_import_desk_new (YejiStore      *store,
                      YejiImportPlan *plan)
{
  YejiImportDesk *self = g_object_new (YEJI_TYPE_IMPORT_DESK, NULL);

  self->store = g_object_ref (store);
  self->plan = g_object_ref (plan);
  self->file = g_object_ref (yeji_import_plan_get_file (plan));
  self->generation = yeji_import_file_get_generation (self->file);
  return self;
}

/**
 * yeji_import_desk_set_plan:
 * @plan: another one of the same file
 *
 * Goes on with what was found anew. Nothing may be under way.
 */
void
yeji_import_desk_set_plan (YejiImportDesk *self,
                           YejiImportPlan *plan)
{
  g_return_if_fail (YEJI_IS_IMPORT_DESK (self) && !self->is_busy);

  g_set_object (&self->plan, plan);
  self->generation = yeji_import_file_get_generation (self->file);
  g_hash_table_remove_all (self->stale);
  g_signal_emit (self, signals[CHANGED], 0);
}

YejiStore *
yeji_import_desk_get_store (YejiImportDesk *self)
{
  return self->store;
}

YejiImportPlan *
yeji_import_desk_get_plan (YejiImportDesk *self)
{
  return self->plan;
}

YejiImportFile *
yeji_import_desk_get_file (YejiImportDesk *self)
{
  return self->file;
}

/**
 * yeji_import_desk_is_settled:
 *
 * Returns: whether the plan says what becomes of all records as they are now
 */
gboolean
yeji_import_desk_is_settled (YejiImportDesk *self)
{
  return !self->is_busy && g_hash_table_size (self->stale) == 0;
}

/**
 * yeji_import_desk_is_outdated:
 *
 * Returns: whether the plan was made for other numbers of records: then it is to be made anew
 */
gboolean
yeji_import_desk_is_outdated (YejiImportDesk *self)
{
  return self->generation != yeji_import_file_get_generation (self->file);
}

/**
 * yeji_import_desk_count_equal:
 *
 * Returns: how many other red cells of the column say what a cell says
 */
guint
yeji_import_desk_count_equal (YejiImportDesk        *self,
                              const YejiImportPlace *place)
{
  guint n = 0;

  find_equal (self, place, count, &n);
  return n;
}

/**
 * yeji_import_desk_mend:
 * @text: as if the file had it there
 * @everywhere: also in the other red cells of the column that say what this one says
 *
 * Puts another text into a cell, as one step that can be undone.
 *
 * Returns: how many cells it is
 */
guint
yeji_import_desk_mend (YejiImportDesk        *self,
                       const YejiImportPlace *place,
                       const char            *text,
                       gboolean               everywhere)
{
  GPtrArray *step = g_ptr_array_new_with_free_func (free_mend);
  g_autoptr (GArray) others = g_array_new (FALSE, FALSE, sizeof (YejiImportPlace));
  guint n;

  g_return_val_if_fail (YEJI_IS_IMPORT_DESK (self), 0);

  add_mend (step, place, text);
  if (everywhere)
    find_equal (self, place, collect, others);
  for (guint i = 0; i < others->len; i++)
    add_mend (step, &g_array_index (others, YejiImportPlace, i), text);
  n = step->len;
  if (self->is_busy)
    {
      g_queue_push_tail (&self->waiting, step);
      return n;
    }
  apply (self, step, FALSE);
  look_on (self);
  g_signal_emit (self, signals[CHANGED], 0);
  return n;
}

/**
 * yeji_import_desk_choose:
 * @record: of the file, one that is unclear
 * @uuid: the record of the profile that it is, "" for a new one
 *
 * Says which one it is.
 */
void
yeji_import_desk_choose (YejiImportDesk *self,
                         guint           record,
                         const char     *uuid)
{
  GArray *records = g_array_new (FALSE, FALSE, sizeof (guint));

  g_return_if_fail (YEJI_IS_IMPORT_DESK (self));

  if (self->is_busy)
    {
      g_array_unref (records);
      return;                  /* it takes a blink: the clerk chooses again */
    }
  g_array_append_val (records, record);
  begin (self, records, uuid);
}

/**
 * yeji_import_desk_undo:
 *
 * Takes the last mend back.
 *
 * Returns: %FALSE when there is none, or the last is not done yet
 */
gboolean
yeji_import_desk_undo (YejiImportDesk *self)
{
  g_return_val_if_fail (YEJI_IS_IMPORT_DESK (self), FALSE);

  if (!yeji_import_desk_can_undo (self) || self->is_busy)
    return FALSE;
  apply (self, g_ptr_array_steal_index (self->steps, self->steps->len - 1), TRUE);
  look_on (self);
  g_signal_emit (self, signals[CHANGED], 0);
  return TRUE;
}

gboolean
yeji_import_desk_can_undo (YejiImportDesk *self)
{
  return self->steps->len > 0;
}

static int
compare_places (const YejiImportPlace *a,
                const YejiImportPlace *b)
{
  if (a->sheet != b->sheet)
    return a->sheet < b->sheet ? -1 : 1;
  if (a->row != b->row)
    return a->row < b->row ? -1 : 1;
  return a->column < b->column ? -1 : a->column > b->column;
}

/**
 * yeji_import_desk_step:
 * @from: (nullable): where the clerk is
 * @step: 1 or -1
 * @to: (out): the next red cell, or the one before; after the last comes the first
 * @index: (out): which one it is
 *
 * Returns: %FALSE when there is no red cell
 */
gboolean
yeji_import_desk_step (YejiImportDesk        *self,
                       const YejiImportPlace *from,
                       int                    step,
                       YejiImportPlace       *to,
                       guint                 *index)
{
  guint n = yeji_import_file_get_n_bad (self->file);
  guint low = 0, high = n;

  if (n == 0)
    return FALSE;
  /* the first that is not before the place, or stands behind it */
  while (from != NULL && low < high)
    {
      guint middle = low + (high - low) / 2;
      int order;

      yeji_import_file_get_bad (self->file, middle, to);
      order = compare_places (to, from);
      if (order < 0 || (order == 0 && step > 0))
        low = middle + 1;
      else
        high = middle;
    }
  *index = step > 0 ? low % n : (low + n - 1) % n;
  yeji_import_file_get_bad (self->file, *index, to);
  return TRUE;
}
