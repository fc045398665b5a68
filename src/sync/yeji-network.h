// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

char     *yeji_network_find       (const char    *url,
                                   GCancellable  *cancellable,
                                   GError       **error);
char     *yeji_network_name       (GInetAddress  *address);
gboolean  yeji_network_is_metered (void);

G_END_DECLS
