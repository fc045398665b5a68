// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-normaliser.h"

G_BEGIN_DECLS

/**
 * YejiPasteTrouble:
 * @YEJI_PASTE_FITS: nothing is wrong
 * @YEJI_PASTE_NO_FIELD: there is no field for it, by its heading or its place
 * @YEJI_PASTE_READ_ONLY: the platform fills the field
 * @YEJI_PASTE_NO_ROW: a record takes no more rows
 * @YEJI_PASTE_CODE: the code list has no such name or code
 * @YEJI_PASTE_DATE: no date
 * @YEJI_PASTE_NUMBER: no number, or one that the field cannot hold
 * @YEJI_PASTE_LENGTH: longer than the field
 * @YEJI_PASTE_SEVERAL: it can be read in several ways
 * @YEJI_PASTE_FORMAT: not of the form that the field wants
 *
 * Why a cell of a clipboard does not fit.
 */
typedef enum
{
  YEJI_PASTE_FITS,
  YEJI_PASTE_NO_FIELD,
  YEJI_PASTE_READ_ONLY,
  YEJI_PASTE_NO_ROW,
  YEJI_PASTE_CODE,
  YEJI_PASTE_DATE,
  YEJI_PASTE_NUMBER,
  YEJI_PASTE_LENGTH,
  YEJI_PASTE_SEVERAL,
  YEJI_PASTE_FORMAT,
  N_YEJI_PASTE_TROUBLES
} YejiPasteTrouble;

typedef struct
{
  guint row;                   /* of the table, from 0 */
  const YejiFieldDef *field;   /* (nullable) */
  char *heading;               /* (nullable): of the clipboard's column, where it has one */
  char *text;                  /* as the clipboard has it */
  char *value;                 /* what would be put there */
  YejiPasteTrouble trouble;
} YejiPasteCell;

/* Where a table of a clipboard is to go. */
typedef struct
{
  YejiDictionary *dictionary;
  YejiNormaliser *normaliser;
  GPtrArray *columns;          /* (element-type YejiFieldDef), as they are shown */
  guint row;
  guint column;
  guint n_selected_rows;       /* 1 or more: one cell of a clipboard fills them all */
  guint n_selected_columns;
  guint n_rows;                /* that there are */
  guint max_rows;
} YejiPasteTarget;

typedef struct
{
  GPtrArray *cells;            /* (element-type YejiPasteCell), row by row */
  guint n_rows;                /* of the clipboard, without a heading */
  guint n_troubles;
  gboolean has_heading;
} YejiPastePlan;

YejiPastePlan      *yeji_paste_plan_new    (const YejiPasteTarget *target,
                                            GPtrArray             *rows);
void                yeji_paste_plan_free   (YejiPastePlan         *self);
gboolean            yeji_paste_cell_is_put (const YejiPasteCell   *self,
                                            gboolean               as_typed);
const YejiFieldDef *yeji_heading_match     (GPtrArray             *columns,
                                            const char            *heading);
char               *yeji_heading_fold      (const char            *heading);
YejiPasteTrouble    yeji_paste_judge       (YejiNormaliser        *normaliser,
                                            const YejiFieldDef    *field,
                                            const char            *text,
                                            char                 **value);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiPastePlan, yeji_paste_plan_free)

G_END_DECLS
