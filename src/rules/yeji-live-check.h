// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-validator.h"

G_BEGIN_DECLS

#define YEJI_TYPE_LIVE_CHECK (yeji_live_check_get_type ())

G_DECLARE_FINAL_TYPE (YejiLiveCheck, yeji_live_check, YEJI, LIVE_CHECK, GObject)

YejiLiveCheck *yeji_live_check_new         (YejiValidator      *validator,
                                            YejiRecord         *record);
void           yeji_live_check_set_declared (YejiLiveCheck    *self,
                                            YejiDeclared       *declared);
GPtrArray     *yeji_live_check_run         (YejiLiveCheck      *self,
                                            const char         *today,
                                            const char * const *slots);
guint          yeji_live_check_get_n_looks (YejiLiveCheck      *self);

G_END_DECLS
