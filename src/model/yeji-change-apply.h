// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-change.h"

G_BEGIN_DECLS

GPtrArray *yeji_record_apply (YejiRecord *self,
                              GPtrArray  *changes,
                              gboolean    backwards);

G_END_DECLS
