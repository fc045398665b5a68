// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

char *yeji_peer_find  (SoupServerMessage *message);
char *yeji_peer_group (GSocketAddress    *remote,
                       const char        *forwarded);

G_END_DECLS
