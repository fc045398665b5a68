// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-window.h"

G_BEGIN_DECLS

void yeji_bulk_choose_export (YejiWindow         *window,
                              const char * const *uuids);
void yeji_bulk_choose_attach (YejiWindow         *window,
                              const char * const *uuids);

G_END_DECLS
