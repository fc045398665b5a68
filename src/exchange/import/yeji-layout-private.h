// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-heading-index.h"

G_BEGIN_DECLS

/* The first rows of a sheet, by which it is judged. */
#define YEJI_LAYOUT_HEAD_ROWS 40

typedef struct
{
  guint number;                /* of the row in the file, from 0 */
  GPtrArray *texts;            /* (element-type utf8) */
} YejiHeadRow;

/* With what a sheet is judged. */
typedef struct
{
  YejiHeadingIndex *index;
  YejiDictionary *dictionary;
  YejiNormaliser *normaliser;
  GPtrArray *head;             /* (element-type YejiHeadRow) */
} YejiLayoutGuess;

gboolean yeji_layout_guess_sheet   (const YejiLayoutGuess *guess,
                                    YejiImportSheet       *sheet);
void     yeji_layout_match_columns (const YejiLayoutGuess *guess,
                                    YejiImportSheet       *sheet);
void     yeji_layout_find_unit     (YejiNormaliser        *normaliser,
                                    YejiImportColumn      *column);
void     yeji_layout_fit_contents  (const YejiLayoutGuess *guess,
                                    YejiImportSheet       *sheet);

G_END_DECLS
