// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <glib.h>

#include <gcrypt.h>

G_BEGIN_DECLS

void yeji_gcrypt_set_up (void);

G_END_DECLS
