// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <libsoup/soup.h>

#include "yeji-server-context.h"

G_BEGIN_DECLS

void  yeji_patience_watch   (SoupServer               *soup,
                             const YejiServerSettings *settings);
guint yeji_patience_count   (SoupServer               *soup);

G_END_DECLS
