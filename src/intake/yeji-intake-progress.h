// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-intake-plan.h"

G_BEGIN_DECLS

/* Tells the main context how far another thread is, at most 20 times a second. */
typedef struct _YejiIntakeTeller YejiIntakeTeller;

YejiIntakeTeller *yeji_intake_teller_new  (YejiIntakeProgress  progress,
                                           gpointer            data);
void              yeji_intake_teller_free (YejiIntakeTeller   *self);
void              yeji_intake_teller_tell (YejiIntakeTeller   *self,
                                           guint               n_done,
                                           guint               n_all,
                                           gboolean            at_once);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiIntakeTeller, yeji_intake_teller_free)

G_END_DECLS
