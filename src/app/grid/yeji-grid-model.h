// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-draft.h"
#include "yeji-grid-source.h"

G_BEGIN_DECLS

/**
 * YejiGridTextKind:
 * @YEJI_GRID_TEXT_OWN: the cell's value
 * @YEJI_GRID_TEXT_INHERITED: the cell is empty, and this holds then
 * @YEJI_GRID_TEXT_OFFERED: the cell is empty, and this stands elsewhere and can be taken
 */
typedef enum
{
  YEJI_GRID_TEXT_OWN,
  YEJI_GRID_TEXT_INHERITED,
  YEJI_GRID_TEXT_OFFERED,
} YejiGridTextKind;

/**
 * YejiGridModel:
 *
 * A table of a draft as a grid sees it: a #YejiGridSource.
 */
#define YEJI_TYPE_GRID_MODEL (yeji_grid_model_get_type ())

G_DECLARE_FINAL_TYPE (YejiGridModel, yeji_grid_model, YEJI, GRID_MODEL, GObject)

YejiGridModel      *yeji_grid_model_new          (YejiDraft          *draft,
                                                  const YejiTableDef *table);
YejiDraft          *yeji_grid_model_get_draft    (YejiGridModel      *self);
const YejiTableDef *yeji_grid_model_get_table    (YejiGridModel      *self);
GPtrArray          *yeji_grid_model_get_columns  (YejiGridModel      *self);
guint               yeji_grid_model_get_n_rows   (YejiGridModel      *self);
guint               yeji_grid_model_get_n_columns (YejiGridModel     *self);
YejiRow            *yeji_grid_model_get_row      (YejiGridModel      *self,
                                                  guint               row);
const YejiFieldDef *yeji_grid_model_get_field    (YejiGridModel      *self,
                                                  guint               column);
gboolean            yeji_grid_model_find         (YejiGridModel      *self,
                                                  YejiRow            *row,
                                                  const YejiFieldDef *field,
                                                  guint              *row_index,
                                                  guint              *column);
const char         *yeji_grid_model_get_value    (YejiGridModel      *self,
                                                  guint               row,
                                                  guint               column);
char               *yeji_grid_model_get_text     (YejiGridModel      *self,
                                                  guint               row,
                                                  guint               column,
                                                  YejiGridTextKind   *kind);
YejiIssue          *yeji_grid_model_get_issue    (YejiGridModel      *self,
                                                  guint               row,
                                                  guint               column);
YejiIssue          *yeji_grid_model_get_point    (YejiGridModel      *self,
                                                  guint               row,
                                                  guint               column);
gboolean            yeji_grid_model_is_editable  (YejiGridModel      *self,
                                                  guint               column);
void                yeji_grid_model_visit        (YejiGridModel      *self,
                                                  guint               row,
                                                  guint               column);
char               *yeji_grid_model_describe     (YejiGridModel      *self,
                                                  guint               row,
                                                  guint               column);

G_END_DECLS
