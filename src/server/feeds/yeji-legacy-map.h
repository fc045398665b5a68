// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-dictionary.h"
#include "yeji-offices.h"

G_BEGIN_DECLS

/* What the old system knew of a record beside the standard's fields. */
typedef enum
{
  YEJI_LEGACY_ID,
  YEJI_LEGACY_CODE,            /* of the enterprise */
  YEJI_LEGACY_ENTERPRISE,
  YEJI_LEGACY_ROLE,
  YEJI_LEGACY_STATE,
  YEJI_LEGACY_OFFICE,
  YEJI_LEGACY_DEPARTMENT,
  YEJI_LEGACY_REVIEWER,
  YEJI_LEGACY_SUBMITTED_AT,
  YEJI_LEGACY_APPROVED_AT,
  N_YEJI_LEGACY_METAS
} YejiLegacyMeta;

typedef enum
{
  YEJI_LEGACY_UNKNOWN,
  YEJI_LEGACY_APPROVED,
  YEJI_LEGACY_PENDING,
} YejiLegacyState;

/* What a column of the old system is. */
typedef struct
{
  const YejiFieldDef *field;   /* (nullable) */
  int meta;                    /* of YejiLegacyMeta, -1: none */
  char unit[32];               /* that the heading says and that is not the field's, or "" */
} YejiLegacyColumn;

typedef struct _YejiLegacyMap YejiLegacyMap;

YejiLegacyMap      *yeji_legacy_map_new         (GBytes               *json,
                                                 YejiDictionary       *dictionary,
                                                 const YejiOffices    *offices,
                                                 GError              **error);
const YejiTableDef *yeji_legacy_map_find_table  (YejiLegacyMap        *self,
                                                 const char           *sheet);
gboolean            yeji_legacy_map_find_column (YejiLegacyMap        *self,
                                                 const YejiTableDef   *table,
                                                 const char           *heading,
                                                 YejiLegacyColumn     *column);
gboolean            yeji_legacy_map_find_wide   (YejiLegacyMap        *self,
                                                 const char           *heading,
                                                 YejiLegacyColumn     *column);
YejiLegacyState     yeji_legacy_map_find_state  (YejiLegacyMap        *self,
                                                 const char           *text);
const char         *yeji_legacy_map_find_role   (YejiLegacyMap        *self,
                                                 const char           *text);
const YejiOffice   *yeji_legacy_map_find_office (YejiLegacyMap        *self,
                                                 const char           *text);
char               *yeji_legacy_fold            (const char           *text);
void                yeji_legacy_map_free        (YejiLegacyMap        *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiLegacyMap, yeji_legacy_map_free)

G_END_DECLS
