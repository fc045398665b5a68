// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-draft.h"
#include "yeji-offers.h"
#include "yeji-carry.h"

G_BEGIN_DECLS

void         yeji_enterprise_read     (YejiStore          *store);
YejiCarried *yeji_draft_carry         (YejiDraft          *draft,
                                       YejiRow            *row,
                                       const YejiFieldDef *field);
GPtrArray   *yeji_draft_carry_all     (YejiDraft          *draft,
                                       const YejiTableDef *table,
                                       YejiRow            *row);
guint        yeji_draft_carry_take    (YejiDraft          *draft,
                                       const YejiTableDef *table,
                                       YejiRow            *row);
char        *yeji_carried_to_source   (const YejiCarried  *carried);
char        *yeji_carried_to_value    (const YejiCarried  *carried,
                                       const YejiFieldDef *field);

G_END_DECLS
