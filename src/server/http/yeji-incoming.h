// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <libsoup/soup.h>

#include "yeji-request.h"

G_BEGIN_DECLS

YejiRequest *yeji_incoming_read     (SoupServerMessage *message);
gboolean     yeji_incoming_is_small (SoupServerMessage *message,
                                     goffset            most);

G_END_DECLS
