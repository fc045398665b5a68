// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-record.h"

G_BEGIN_DECLS

/**
 * YejiDifferenceKind:
 * @YEJI_DIFFERENCE_NONE: all say the same
 * @YEJI_DIFFERENCE_MINE: mine alone was changed; of two records without a base: a row that mine
 *     alone has
 * @YEJI_DIFFERENCE_THEIRS: theirs alone was changed, or has the row
 * @YEJI_DIFFERENCE_BOTH: both were changed in the same way
 * @YEJI_DIFFERENCE_CONFLICT: both were changed, each in its own way
 * @YEJI_DIFFERENCE_OTHER: the two are not the same; without a base nobody can say who changed it
 *
 * How a place of two records differs.
 */
typedef enum
{
  YEJI_DIFFERENCE_NONE,
  YEJI_DIFFERENCE_MINE,
  YEJI_DIFFERENCE_THEIRS,
  YEJI_DIFFERENCE_BOTH,
  YEJI_DIFFERENCE_CONFLICT,
  YEJI_DIFFERENCE_OTHER,
  N_YEJI_DIFFERENCE_KINDS
} YejiDifferenceKind;

/* Whose, as an index. */
typedef enum
{
  YEJI_SIDE_BASE,
  YEJI_SIDE_MINE,
  YEJI_SIDE_THEIRS,
  N_YEJI_SIDES
} YejiSide;

/**
 * YejiDifference:
 * @table: the table's id, "" for the record itself
 * @row: the row's id in mine; in theirs or the base where mine has no such row
 * @field: as in #YejiChange
 * @texts: (nullable): by side; of a row as a whole its position; %NULL where there is no such row,
 *     or where nothing is compared with
 * @rows: (nullable): by side; the row that it is, or stands in; of two records these are different
 *     ones, with ids of their own
 *
 * One place of two or three records.
 */
typedef struct
{
  YejiDifferenceKind kind;
  char *table;
  char *row;
  char *field;
  char *texts[N_YEJI_SIDES];
  YejiRow *rows[N_YEJI_SIDES];
} YejiDifference;

/**
 * YejiComparison:
 * @dictionary: under which everything was compared
 * @has_base: whether there is a third that both came from
 * @differences: (element-type YejiDifference): in form order
 *
 * Records side by side.
 */
typedef struct
{
  YejiDictionary *dictionary;
  gboolean has_base;
  GPtrArray *differences;
} YejiComparison;

YejiComparison *yeji_comparison_new     (YejiRecord           *base,
                                         YejiRecord           *mine,
                                         YejiRecord           *theirs,
                                         gboolean              all);
YejiComparison *yeji_comparison_new_of  (YejiDictionary       *dictionary,
                                         GPtrArray            *differences);
guint           yeji_comparison_count   (YejiComparison       *self);
void            yeji_comparison_free    (YejiComparison       *self);

YejiDifference *yeji_difference_new     (const char           *table,
                                         const char           *row,
                                         const char           *field);
void            yeji_difference_set     (YejiDifference       *self,
                                         YejiSide              side,
                                         const char           *text,
                                         YejiRow              *row);
gboolean        yeji_difference_is_row  (const YejiDifference *self);
gboolean        yeji_difference_is_move (const YejiDifference *self);
const char     *yeji_difference_get_kind_name (const YejiDifference *self);
void            yeji_difference_free    (YejiDifference       *self);

gboolean        yeji_row_says_the_same  (YejiRow              *self,
                                         YejiRow              *other);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiComparison, yeji_comparison_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiDifference, yeji_difference_free)

G_END_DECLS
