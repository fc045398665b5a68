// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-store"

#include "config.h"

#include "yeji-evidence.h"

#include <string.h>

#include "yeji-grams.h"
#include "yeji-store-index.h"
#include "yeji-store-private.h"

/* The matrix is read from indexes: one statement says which records and in which order, and one,
 * prepared once, what each of them has. Counting is done here: in SQL it takes twice as long. */
#define REQUIRED \
  "(SELECT f.required_slots FROM record f INDEXED BY record_slots WHERE f.uuid = r.uuid)"

#define CELLS \
  "SELECT slot, ifnull (n_flaws, -1), received_at IS NOT NULL" \
  " FROM attachment INDEXED BY attachment_evidence WHERE record = ?1 AND removed_at IS NULL"

typedef struct
{
  YejiStore *store;
  YejiQuery query;             /* its texts are owned */
  char *match;                 /* (nullable) */
  GCancellable *cancellable;
  GHashTable *columns;         /* id of a slot -> its position and 1 */
  GPtrArray *rows;
} Work;

static void
free_work (gpointer data)
{
  Work *work = data;

  g_free ((char *) work->query.text);
  g_free ((char *) work->query.role);
  g_free (work->match);
  g_clear_object (&work->cancellable);
  g_clear_pointer (&work->columns, g_hash_table_unref);
  g_clear_pointer (&work->rows, g_ptr_array_unref);
  g_free (work);
}

static Work *
new_work (YejiStore       *store,
          const YejiQuery *query,
          GCancellable    *cancellable)
{
  GPtrArray *slots = yeji_dictionary_get_slots (yeji_store_get_dictionary (store));
  Work *work = g_new0 (Work, 1);

  work->store = store;
  work->query = *query;
  work->query.text = g_strdup (query->text);
  work->query.role = g_strdup (query->role);
  work->match = query->text != NULL ? yeji_grams_make_match (query->text) : NULL;
  g_set_object (&work->cancellable, cancellable);
  work->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) yeji_evidence_free);
  work->columns = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < slots->len; i++)
    g_hash_table_insert (work->columns, ((const YejiSlot *) g_ptr_array_index (slots, i))->id,
                         GUINT_TO_POINTER (i + 1));
  return work;
}

/* A slot that the dictionary does not have any more has no column. */
static YejiEvidenceCell *
find_cell (const Work   *work,
           YejiEvidence *row,
           const char   *slot)
{
  guint column = GPOINTER_TO_UINT (g_hash_table_lookup (work->columns, slot));

  return column > 0 ? &row->cells[column - 1] : NULL;
}

static void
read_required (const Work   *work,
               YejiEvidence *row,
               char         *text)
{
  row->known = text != NULL;
  for (char *slot = text; slot != NULL; )
    {
      char *end = strchr (slot, ' ');
      YejiEvidenceCell *cell;

      if (end != NULL)
        *end = '\0';
      cell = find_cell (work, row, slot);
      if (cell != NULL)
        cell->required = TRUE;
      slot = end != NULL ? end + 1 : NULL;
    }
}

static gboolean
read_cells (YejiSql       *sql,
            const Work    *work,
            YejiEvidence  *row,
            GError       **error)
{
  g_autoptr (YejiRows) rows = yeji_sql_query (sql, error, CELLS, "s", row->uuid);
  GError *failure = NULL;

  if (rows == NULL)
    return FALSE;
  while (yeji_rows_next (rows, &failure))
    {
      YejiEvidenceCell *cell = find_cell (work, row, yeji_rows_text (rows, 0));
      gint64 n_flaws = yeji_rows_int (rows, 1);

      if (cell == NULL)
        continue;
      cell->n_files++;
      cell->n_flawed += n_flaws > 0;
      cell->n_unexamined += n_flaws < 0;
      cell->n_received += yeji_rows_int (rows, 2) != 0;
    }
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, failure);
  return FALSE;
}

static YejiEvidence *
new_row (const Work *work,
         YejiRows   *rows)
{
  g_autofree char *required = yeji_rows_dup_text (rows, 4);
  YejiEvidence *self = g_new0 (YejiEvidence, 1);

  self->uuid = yeji_rows_dup_text (rows, 0);
  self->name = yeji_rows_dup_text (rows, 1);
  self->role = yeji_rows_dup_text (rows, 2);
  self->state = (YejiState) yeji_rows_int (rows, 3);
  self->n_cells = g_hash_table_size (work->columns);
  self->cells = g_new0 (YejiEvidenceCell, self->n_cells);
  read_required (work, self, required);
  return self;
}

static gboolean
run_list (YejiSql   *sql,
          gpointer   data,
          GError   **error)
{
  Work *work = data;
  g_autofree char *state = yeji_entry_make_state_sql (TRUE);
  g_autofree char *columns = g_strdup_printf ("r.uuid, r.name, r.role, %s, " REQUIRED,
                                              state);
  g_autoptr (YejiRows) rows = NULL;
  GError *failure = NULL;

  if (g_cancellable_set_error_if_cancelled (work->cancellable, error))
    return FALSE;
  rows = yeji_query_run (sql, &work->query, work->match, columns, 0, G_MAXUINT, error);
  if (rows == NULL)
    return FALSE;
  while (yeji_rows_next (rows, &failure))
    g_ptr_array_add (work->rows, new_row (work, rows));
  if (failure != NULL)
    {
      g_propagate_error (error, failure);
      return FALSE;
    }
  for (guint i = 0; i < work->rows->len; i++)
    if (!read_cells (sql, work, g_ptr_array_index (work->rows, i), error))
      return FALSE;
  return TRUE;
}

/* Before a text is looked for, what was saved is indexed; that this fails is no reason not to. */
static void
on_indexed (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (YejiStore) self = user_data;

  yeji_db_run_finish (YEJI_DB (source), result, NULL);
}

static void
on_listed (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Work *work = g_task_get_task_data (task);
  GError *error = NULL;

  if (yeji_db_run_finish (YEJI_DB (source), result, &error))
    g_task_return_pointer (task, g_steal_pointer (&work->rows),
                           (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

/**
 * yeji_evidence_free:
 * @self: (nullable) (transfer full)
 */
void
yeji_evidence_free (YejiEvidence *self)
{
  if (self == NULL)
    return;
  g_free (self->uuid);
  g_free (self->name);
  g_free (self->role);
  g_free (self->cells);
  g_free (self);
}

/**
 * yeji_evidence_cell_get_mark:
 *
 * Returns: the colour of a cell
 */
YejiEvidenceMark
yeji_evidence_cell_get_mark (const YejiEvidenceCell *self)
{
  if (self->n_files == 0)
    return self->required ? YEJI_EVIDENCE_MISSING : YEJI_EVIDENCE_NONE;
  return self->n_flawed + self->n_unexamined > 0 ? YEJI_EVIDENCE_DOUBTFUL : YEJI_EVIDENCE_THERE;
}

/**
 * yeji_evidence_mark_to_text:
 *
 * Returns: the mark as it is written in JSON: none, missing, doubtful, there
 */
const char *
yeji_evidence_mark_to_text (YejiEvidenceMark mark)
{
  static const char *const texts[N_YEJI_EVIDENCE_MARKS] = {
    [YEJI_EVIDENCE_NONE] = "none",
    [YEJI_EVIDENCE_MISSING] = "missing",
    [YEJI_EVIDENCE_DOUBTFUL] = "doubtful",
    [YEJI_EVIDENCE_THERE] = "there",
  };

  g_return_val_if_fail (mark < N_YEJI_EVIDENCE_MARKS, NULL);

  return texts[mark];
}

/**
 * yeji_store_list_evidence:
 * @query: which records, and in which order
 *
 * Reads the matrix. Blocks.
 *
 * Returns: (transfer full) (nullable) (element-type YejiEvidence): a row for each record
 */
GPtrArray *
yeji_store_list_evidence (YejiStore        *self,
                          const YejiQuery  *query,
                          GError          **error)
{
  g_autoptr (GError) reason = NULL;
  GPtrArray *rows = NULL;
  Work *work;

  g_return_val_if_fail (YEJI_IS_STORE (self), NULL);
  g_return_val_if_fail (query->sort < N_YEJI_SORTS, NULL);

  work = new_work (self, query, NULL);
  if (work->match != NULL
      && !yeji_db_run (yeji_store_get_db (self), yeji_store_index_waiting, self, &reason))
    g_message ("what was saved last is not indexed: %s", reason->message);
  if (yeji_db_run (yeji_store_get_db (self), run_list, work, error))
    rows = g_steal_pointer (&work->rows);
  free_work (work);
  return rows;
}

void
yeji_store_list_evidence_async (YejiStore           *self,
                                const YejiQuery     *query,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  Work *work;

  g_return_if_fail (YEJI_IS_STORE (self));
  g_return_if_fail (query->sort < N_YEJI_SORTS);

  work = new_work (self, query, cancellable);
  if (work->match != NULL)
    yeji_db_run_async (yeji_store_get_db (self), yeji_store_index_waiting, self, NULL, cancellable,
                       on_indexed, g_object_ref (self));
  yeji_store_start (self, run_list, work, free_work, yeji_store_list_evidence_async, cancellable,
                    on_listed, callback, user_data);
}

GPtrArray *
yeji_store_list_evidence_finish (YejiStore     *self,
                                 GAsyncResult  *result,
                                 GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
