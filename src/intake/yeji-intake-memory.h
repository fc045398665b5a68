// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-intake-plan.h"

G_BEGIN_DECLS

/* Where files of a plan were to go before the clerk said otherwise, so that it can be undone. */
typedef struct _YejiIntakeMemory YejiIntakeMemory;

YejiIntakeMemory *yeji_intake_memory_new    (GPtrArray        *items);
void              yeji_intake_memory_free   (YejiIntakeMemory *self);
GPtrArray        *yeji_intake_memory_recall (YejiIntakeMemory *self,
                                             YejiIntakePlan   *plan);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiIntakeMemory, yeji_intake_memory_free)

G_END_DECLS
