// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-normaliser.h"

G_BEGIN_DECLS

/* How the codes of the lists are shown in a sheet. */
typedef struct _YejiSheetCodes YejiSheetCodes;

YejiSheetCodes *yeji_sheet_codes_new  (YejiNormaliser     *normaliser);
const char     *yeji_sheet_codes_show (YejiSheetCodes     *self,
                                       const YejiFieldDef *field,
                                       const char         *value);
void            yeji_sheet_codes_free (YejiSheetCodes     *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiSheetCodes, yeji_sheet_codes_free)

G_END_DECLS
