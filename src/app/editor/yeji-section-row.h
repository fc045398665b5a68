// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-completeness.h"
#include "yeji-draft.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * YejiSectionFacts:
 * @n_rows: how many rows the section has, or values that were put aside
 * @completeness: what the standard asks for in it, and what of that is there
 * @n_errors: how many errors are open
 * @n_warnings: how many warnings are open
 * @n_points: how many of the reviewer's points are open
 *
 * What the list of sections says of one.
 */
typedef struct
{
  guint n_rows;
  YejiCompleteness completeness;
  guint n_errors;
  guint n_warnings;
  guint n_points;
} YejiSectionFacts;

#define YEJI_TYPE_SECTION_ROW (yeji_section_row_get_type ())

G_DECLARE_FINAL_TYPE (YejiSectionRow, yeji_section_row, YEJI, SECTION_ROW, GtkListBoxRow)

GtkWidget          *yeji_section_row_new       (const YejiTableDef     *table);
const YejiTableDef *yeji_section_row_get_table (YejiSectionRow         *self);
void                yeji_section_row_set_facts (YejiSectionRow         *self,
                                                const YejiSectionFacts *facts);

G_END_DECLS
