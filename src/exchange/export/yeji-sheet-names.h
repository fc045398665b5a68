// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-dictionary.h"
#include "yeji-sheet-writer.h"

G_BEGIN_DECLS

/* The columns of a sheet of ours that are no fields, as the second row names them. */
#define YEJI_SHEET_RECORD "record"   /* which record a row belongs to: its uuid, or the clerk's word */
#define YEJI_SHEET_ROW "row"         /* the row's own id; only in an export, not of the root table */
#define YEJI_SHEET_ROLE "role"       /* of the record, by label or id; in the root table's sheet */

/* The sheet of keys and values that says what a workbook is; hidden. */
#define YEJI_SHEET_ABOUT "yeji"
#define YEJI_SHEET_FORMAT "1"
/* Rows above the data: what the columns are called, and their ids. */
#define YEJI_SHEET_HEAD_ROWS 2u

/* Whether a field must be filled. */
typedef enum
{
  YEJI_SHEET_DEMAND_NONE,
  YEJI_SHEET_DEMAND_SOMETIMES,
  YEJI_SHEET_DEMAND_ALWAYS,
  YEJI_SHEET_DEMAND_OTHERS,    /* the platform fills it */
} YejiSheetDemand;

YejiSheetDemand yeji_sheet_find_demand     (YejiDictionary       *dictionary,
                                            const YejiRole       *role,
                                            const YejiFieldDef   *field);
char           *yeji_sheet_dup_heading     (const YejiFieldDef   *field,
                                            YejiSheetDemand       demand,
                                            YejiLanguage          language);
const char     *yeji_sheet_get_key_word    (const char           *key,
                                            YejiLanguage          language);
guint           yeji_sheet_find_width      (const YejiFieldDef   *field,
                                            const char           *heading);
guint           yeji_sheet_measure         (const char           *text);
YejiCellStyle   yeji_sheet_get_style       (YejiSheetDemand       demand);
gboolean        yeji_sheet_add_pair        (YejiSheetWriter      *writer,
                                            guint                 sheet,
                                            const char           *key,
                                            const char           *value,
                                            GError              **error);
guint           yeji_sheet_begin_about     (YejiSheetWriter      *writer,
                                            YejiDictionary       *dictionary,
                                            const YejiRole       *role,
                                            GError              **error);

G_END_DECLS
