// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-db.h"
#include "yeji-legacy-map.h"
#include "yeji-server-context.h"

G_BEGIN_DECLS

/* What becomes of a project of the old system, beside a grade. */
#define YEJI_LEGACY_TAKEN_PENDING "pending"
#define YEJI_LEGACY_TAKEN_REFUSED "refused"
#define YEJI_LEGACY_TAKEN_KNOWN "known"

gboolean yeji_legacy_judge (YejiDb             *stage,
                            YejiDb             *province,
                            YejiServerContext  *context,
                            YejiLegacyMap      *map,
                            GError            **error);

G_END_DECLS
