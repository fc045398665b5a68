// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <adwaita.h>

#include "yeji-store.h"

G_BEGIN_DECLS

/* By what the province is known, beside what the computer trusts; folded together, as hardly
 * anybody needs it. */
#define YEJI_TYPE_TRUST_ROW (yeji_trust_row_get_type ())

G_DECLARE_FINAL_TYPE (YejiTrustRow, yeji_trust_row, YEJI, TRUST_ROW, AdwExpanderRow)

void     yeji_trust_row_set_store (YejiTrustRow  *self,
                                   YejiStore     *store);
gboolean yeji_trust_row_apply     (YejiTrustRow  *self,
                                   GError       **error);

G_END_DECLS
