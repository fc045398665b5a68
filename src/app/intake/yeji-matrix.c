// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-matrix"

#include "config.h"

#include "yeji-matrix.h"

#include <glib/gi18n.h>

#include "yeji-messages.h"

struct _YejiMatrix
{
  GObject parent_instance;

  YejiDictionary *dictionary;
  GPtrArray *slots;            /* (element-type YejiSlot), of the dictionary */
  GPtrArray *all;              /* (element-type YejiEvidence) */
  GPtrArray *rows;             /* (element-type YejiEvidence): of @all, those that are shown */
  YejiMatrixSum *sums;         /* one for each slot, of what is shown */
  YejiMatrixSum sum;
  gboolean only_missing;
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (YejiMatrix, yeji_matrix, G_TYPE_OBJECT)

/* ---- Sums */

static YejiMatrixStand
find_stand (const YejiEvidenceCell *cell)
{
  if (cell->n_files == 0)
    return cell->required ? YEJI_MATRIX_MISSING : YEJI_MATRIX_NONE;
  if (cell->n_flawed > 0)
    return YEJI_MATRIX_DOUBTFUL;
  return cell->n_unexamined > 0 ? YEJI_MATRIX_UNEXAMINED : YEJI_MATRIX_GIVEN;
}

static void
add_cell (YejiMatrixSum          *sum,
          const YejiEvidenceCell *cell)
{
  YejiMatrixStand stand = find_stand (cell);

  sum->n_files += cell->n_files;
  if (stand == YEJI_MATRIX_DOUBTFUL || stand == YEJI_MATRIX_UNEXAMINED)
    sum->n_doubtful++;
  if (!cell->required)
    return;
  sum->n_required++;
  sum->n_given += cell->n_files > 0 ? 1 : 0;
}

static YejiMatrixSum
sum_row (const YejiEvidence *row)
{
  YejiMatrixSum sum = { .known = row->known };

  for (guint i = 0; i < row->n_cells; i++)
    add_cell (&sum, &row->cells[i]);
  return sum;
}

static void
sum_up (YejiMatrix *self)
{
  self->sum = (YejiMatrixSum) { .known = TRUE };
  for (guint j = 0; j < self->slots->len; j++)
    self->sums[j] = (YejiMatrixSum) { .known = TRUE };
  for (guint i = 0; i < self->rows->len; i++)
    {
      const YejiEvidence *row = g_ptr_array_index (self->rows, i);

      self->sum.known = self->sum.known && row->known;
      for (guint j = 0; j < self->slots->len && j < row->n_cells; j++)
        {
          self->sums[j].known = self->sums[j].known && row->known;
          add_cell (&self->sums[j], &row->cells[j]);
          add_cell (&self->sum, &row->cells[j]);
        }
    }
}

static void
choose_rows (YejiMatrix *self)
{
  g_ptr_array_set_size (self->rows, 0);
  for (guint i = 0; i < self->all->len; i++)
    {
      YejiEvidence *row = g_ptr_array_index (self->all, i);
      YejiMatrixSum sum = sum_row (row);

      if (!self->only_missing || sum.n_given < sum.n_required)
        g_ptr_array_add (self->rows, row);
    }
  sum_up (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* ---- */

static void
yeji_matrix_finalize (GObject *object)
{
  YejiMatrix *self = YEJI_MATRIX (object);

  g_ptr_array_unref (self->rows);
  g_ptr_array_unref (self->all);
  g_free (self->sums);
  g_clear_object (&self->dictionary);
  G_OBJECT_CLASS (yeji_matrix_parent_class)->finalize (object);
}

static void
yeji_matrix_class_init (YejiMatrixClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = yeji_matrix_finalize;
  signals[CHANGED] = g_signal_new ("changed", YEJI_TYPE_MATRIX, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
}

static void
yeji_matrix_init (YejiMatrix *self)
{
  self->all = g_ptr_array_new_with_free_func ((GDestroyNotify) yeji_evidence_free);
  self->rows = g_ptr_array_new ();
}

/**
 * yeji_matrix_new:
 *
 * Returns: (transfer full): a matrix without rows
 */
YejiMatrix *
yeji_matrix_new (YejiDictionary *dictionary)
{
  YejiMatrix *self = g_object_new (YEJI_TYPE_MATRIX, NULL);

  self->dictionary = g_object_ref (dictionary);
  self->slots = yeji_dictionary_get_slots (dictionary);
  self->sums = g_new0 (YejiMatrixSum, self->slots->len);
  sum_up (self);
  return self;
}

/**
 * yeji_matrix_get_dictionary:
 *
 * Returns: (transfer none): whose slots the columns are
 */
YejiDictionary *
yeji_matrix_get_dictionary (YejiMatrix *self)
{
  return self->dictionary;
}

/**
 * yeji_matrix_take:
 * @rows: (element-type YejiEvidence): shown from now on
 */
void
yeji_matrix_take (YejiMatrix *self,
                  GPtrArray  *rows)
{
  g_return_if_fail (YEJI_IS_MATRIX (self));

  g_ptr_array_set_size (self->rows, 0);
  g_ptr_array_ref (rows);
  g_ptr_array_unref (self->all);
  self->all = rows;
  choose_rows (self);
}

/**
 * yeji_matrix_set_only_missing:
 * @only: whether only records are shown that lack a document
 */
void
yeji_matrix_set_only_missing (YejiMatrix *self,
                              gboolean    only)
{
  g_return_if_fail (YEJI_IS_MATRIX (self));

  if (self->only_missing == !!only)
    return;
  self->only_missing = !!only;
  choose_rows (self);
}

/**
 * yeji_matrix_get_n_all:
 *
 * Returns: how many records there are, shown or not
 */
guint
yeji_matrix_get_n_all (YejiMatrix *self)
{
  return self->all->len;
}

guint
yeji_matrix_get_n_rows (YejiMatrix *self)
{
  return self->rows->len;
}

guint
yeji_matrix_get_n_columns (YejiMatrix *self)
{
  return YEJI_MATRIX_N_FIXED + self->slots->len;
}

const YejiEvidence *
yeji_matrix_get_row (YejiMatrix *self,
                     guint       row)
{
  return g_ptr_array_index (self->rows, row);
}

/**
 * yeji_matrix_find:
 *
 * Returns: the row of a record; %G_MAXUINT when it is not shown
 */
guint
yeji_matrix_find (YejiMatrix *self,
                  const char *uuid)
{
  for (guint i = 0; i < self->rows->len; i++)
    if (g_str_equal (yeji_matrix_get_row (self, i)->uuid, uuid))
      return i;
  return G_MAXUINT;
}

/**
 * yeji_matrix_get_slot:
 *
 * Returns: (nullable): what a column is of; %NULL for those before the slots
 */
const YejiSlot *
yeji_matrix_get_slot (YejiMatrix *self,
                      guint       column)
{
  guint i = column - YEJI_MATRIX_N_FIXED;

  return column >= YEJI_MATRIX_N_FIXED && i < self->slots->len
           ? g_ptr_array_index (self->slots, i) : NULL;
}

/**
 * yeji_matrix_get_cell:
 *
 * Returns: (nullable): what a record has in a slot; %NULL for the columns before the slots
 */
const YejiEvidenceCell *
yeji_matrix_get_cell (YejiMatrix *self,
                      guint       row,
                      guint       column)
{
  const YejiEvidence *evidence = yeji_matrix_get_row (self, row);

  return column >= YEJI_MATRIX_N_FIXED && column - YEJI_MATRIX_N_FIXED < evidence->n_cells
           ? &evidence->cells[column - YEJI_MATRIX_N_FIXED] : NULL;
}

YejiMatrixStand
yeji_matrix_get_stand (YejiMatrix *self,
                       guint       row,
                       guint       column)
{
  const YejiEvidenceCell *cell = yeji_matrix_get_cell (self, row, column);

  return cell != NULL ? find_stand (cell) : YEJI_MATRIX_NONE;
}

YejiMatrixSum
yeji_matrix_sum_row (YejiMatrix *self,
                     guint       row)
{
  return sum_row (yeji_matrix_get_row (self, row));
}

YejiMatrixSum
yeji_matrix_sum_column (YejiMatrix *self,
                        guint       column)
{
  return self->sums[column - YEJI_MATRIX_N_FIXED];
}

YejiMatrixSum
yeji_matrix_sum_all (YejiMatrix *self)
{
  return self->sum;
}

/**
 * yeji_matrix_is_editable:
 *
 * Returns: whether the clerk may attach something to a record
 */
gboolean
yeji_matrix_is_editable (const YejiEvidence *row)
{
  return (YEJI_STATE_BIT (row->state) & YEJI_MATRIX_EDITABLE_STATES) != 0;
}

/* ---- Words */

static const char *
get_name (const YejiEvidence *row)
{
  return *row->name != '\0' ? row->name : _("(without a name)");
}

/**
 * yeji_matrix_get_label:
 * @row: -1 is the row of heads
 *
 * Returns: (transfer full) (nullable): the text of a cell; %NULL for one that has a number alone
 */
char *
yeji_matrix_get_label (YejiMatrix *self,
                       int         row,
                       guint       column)
{
  const YejiSlot *slot = yeji_matrix_get_slot (self, column);

  if (row < 0 && slot != NULL)
    return g_strdup (yeji_label (&slot->label));
  if (row < 0)
    return g_strdup (column == YEJI_MATRIX_NAME ? _("Record") : C_("documents", "Required"));
  return column == YEJI_MATRIX_NAME ? g_strdup (get_name (yeji_matrix_get_row (self, (guint) row)))
                                    : NULL;
}

static char *
sum_to_number (YejiMatrixSum    sum,
               YejiMatrixStand *stand)
{
  *stand = sum.n_required == 0 ? YEJI_MATRIX_NONE
           : sum.n_given < sum.n_required ? YEJI_MATRIX_MISSING : YEJI_MATRIX_GIVEN;
  if (sum.n_required > 0)
    return g_strdup_printf ("%u/%u", sum.n_given, sum.n_required);
  if (!sum.known)
    return g_strdup ("?");
  return sum.n_files > 0 ? g_strdup_printf ("%u", sum.n_files) : g_strdup ("–");
}

/**
 * yeji_matrix_get_number:
 * @row: -1 is the row of heads, with sums
 * @stand: (out): what icon stands before it
 *
 * Returns: (transfer full) (nullable): the number of a cell; %NULL for the name of a record
 */
char *
yeji_matrix_get_number (YejiMatrix      *self,
                        int              row,
                        guint            column,
                        YejiMatrixStand *stand)
{
  const YejiEvidenceCell *cell;

  *stand = YEJI_MATRIX_NONE;
  if (column == YEJI_MATRIX_NAME)
    return NULL;
  if (row < 0)
    return sum_to_number (column == YEJI_MATRIX_SUM ? self->sum
                                                    : yeji_matrix_sum_column (self, column), stand);
  if (column == YEJI_MATRIX_SUM)
    return sum_to_number (yeji_matrix_sum_row (self, (guint) row), stand);
  cell = yeji_matrix_get_cell (self, (guint) row, column);
  if (cell == NULL)
    return g_strdup ("");
  *stand = find_stand (cell);
  if (*stand == YEJI_MATRIX_MISSING)
    return g_strdup (C_("a document, short", "none"));
  return cell->n_files > 0 ? g_strdup_printf ("%u", cell->n_files) : g_strdup ("–");
}

static void
add_part (GString *text,
          char    *part)
{
  if (text->len > 0)
    g_string_append (text, C_("between two things of a list", ", "));
  g_string_append (text, part);
  g_free (part);
}

static void
add_cell_words (GString                *text,
                const YejiEvidenceCell *cell)
{
  if (cell->n_files == 0)
    return;
  add_part (text, g_strdup_printf (ngettext ("%u file", "%u files", cell->n_files),
                                   cell->n_files));
  if (cell->n_flawed > 0)
    add_part (text, g_strdup_printf (ngettext ("%u with findings", "%u with findings",
                                               cell->n_flawed), cell->n_flawed));
  if (cell->n_unexamined > 0)
    add_part (text, g_strdup_printf (ngettext ("%u not examined", "%u not examined",
                                               cell->n_unexamined), cell->n_unexamined));
  if (cell->n_received > 0)
    add_part (text, g_strdup_printf (ngettext ("%u at the province", "%u at the province",
                                               cell->n_received), cell->n_received));
}

static char *
describe_sum (const char    *name,
              YejiMatrixSum  sum)
{
  GString *text = g_string_new (name);

  if (sum.n_required > 0)
    add_part (text, g_strdup_printf (_("%u of %u required documents are there"), sum.n_given,
                                     sum.n_required));
  else if (sum.known)
    add_part (text, g_strdup (_("nothing is required")));
  if (!sum.known)
    add_part (text, g_strdup (_("what is required is found out by the next check")));
  if (sum.n_files > 0)
    add_part (text, g_strdup_printf (ngettext ("%u file", "%u files", sum.n_files), sum.n_files));
  return g_string_free (text, FALSE);
}

/**
 * yeji_matrix_describe:
 * @row: -1 is the row of heads
 *
 * Returns: (transfer full): what a screen reader says of a cell, without the name of its record
 */
char *
yeji_matrix_describe (YejiMatrix *self,
                      int         row,
                      guint       column)
{
  const YejiSlot *slot = yeji_matrix_get_slot (self, column);
  const YejiEvidenceCell *cell;
  YejiMatrixStand stand;
  GString *text;

  if (row < 0 && slot != NULL)
    return describe_sum (yeji_label (&slot->label), yeji_matrix_sum_column (self, column));
  if (row < 0)
    return column == YEJI_MATRIX_SUM ? describe_sum (_("Required documents"), self->sum)
                                     : g_strdup (_("Record"));
  if (slot == NULL)
    return column == YEJI_MATRIX_SUM
             ? describe_sum (NULL, yeji_matrix_sum_row (self, (guint) row))
             : g_strdup (get_name (yeji_matrix_get_row (self, (guint) row)));
  cell = yeji_matrix_get_cell (self, (guint) row, column);
  text = g_string_new (yeji_label (&slot->label));
  stand = cell != NULL ? find_stand (cell) : YEJI_MATRIX_NONE;
  add_part (text, g_strdup (yeji_matrix_stand_get_word (stand)));
  if (cell != NULL)
    add_cell_words (text, cell);
  return g_string_free (text, FALSE);
}
