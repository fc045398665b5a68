// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-evidence.h"
#include "yeji-matrix-stand.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Whoever has a record in hand may attach to it; the store has the last word. */
#define YEJI_MATRIX_EDITABLE_STATES                                                                \
  (YEJI_STATES_ALL                                                                                 \
   & ~(YEJI_STATE_BIT (YEJI_STATE_SUBMITTED) | YEJI_STATE_BIT (YEJI_STATE_IN_REVIEW)               \
       | YEJI_STATE_BIT (YEJI_STATE_APPROVED) | YEJI_STATE_BIT (YEJI_STATE_CORRECTION_REQUESTED)   \
       | YEJI_STATE_BIT (YEJI_STATE_REMOVED)))

/* Columns before those of the slots. */
typedef enum
{
  YEJI_MATRIX_NAME,
  YEJI_MATRIX_SUM,             /* documents that must be there and are, of those that must be */
  YEJI_MATRIX_N_FIXED
} YejiMatrixColumn;

/**
 * YejiMatrixSum:
 * @n_given: that must be there and are
 * @n_required: that must be there
 * @n_files: files in all
 * @n_doubtful: with findings, or not examined
 * @known: whether it is known for every record what must be there
 */
typedef struct
{
  guint n_given;
  guint n_required;
  guint n_files;
  guint n_doubtful;
  gboolean known;
} YejiMatrixSum;

/* Records against the document slots of the dictionary, with the sums of rows and columns. Signal
 * "changed". */
#define YEJI_TYPE_MATRIX (yeji_matrix_get_type ())

G_DECLARE_FINAL_TYPE (YejiMatrix, yeji_matrix, YEJI, MATRIX, GObject)

gboolean            yeji_matrix_is_editable     (const YejiEvidence *row);
YejiMatrix         *yeji_matrix_new             (YejiDictionary   *dictionary);
YejiDictionary     *yeji_matrix_get_dictionary  (YejiMatrix       *self);
void                yeji_matrix_take            (YejiMatrix       *self,
                                                 GPtrArray        *rows);
void                yeji_matrix_set_only_missing (YejiMatrix      *self,
                                                 gboolean          only);
guint               yeji_matrix_get_n_all       (YejiMatrix       *self);
guint               yeji_matrix_get_n_rows      (YejiMatrix       *self);
guint               yeji_matrix_get_n_columns   (YejiMatrix       *self);
const YejiEvidence *yeji_matrix_get_row         (YejiMatrix       *self,
                                                 guint             row);
guint               yeji_matrix_find            (YejiMatrix       *self,
                                                 const char       *uuid);
const YejiSlot     *yeji_matrix_get_slot        (YejiMatrix       *self,
                                                 guint             column);
const YejiEvidenceCell *yeji_matrix_get_cell    (YejiMatrix       *self,
                                                 guint             row,
                                                 guint             column);
YejiMatrixStand     yeji_matrix_get_stand       (YejiMatrix       *self,
                                                 guint             row,
                                                 guint             column);
YejiMatrixSum       yeji_matrix_sum_row         (YejiMatrix       *self,
                                                 guint             row);
YejiMatrixSum       yeji_matrix_sum_column      (YejiMatrix       *self,
                                                 guint             column);
YejiMatrixSum       yeji_matrix_sum_all         (YejiMatrix       *self);
char               *yeji_matrix_get_label       (YejiMatrix       *self,
                                                 int               row,
                                                 guint             column);
char               *yeji_matrix_get_number      (YejiMatrix       *self,
                                                 int               row,
                                                 guint             column,
                                                 YejiMatrixStand  *stand);
char               *yeji_matrix_describe        (YejiMatrix       *self,
                                                 int               row,
                                                 guint             column);

G_END_DECLS
