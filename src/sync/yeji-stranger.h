// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-sync-error.h"

#include <libsoup/soup.h>

G_BEGIN_DECLS

GError *yeji_stranger_explain (SoupMessage *message);

G_END_DECLS
