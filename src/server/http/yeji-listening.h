// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

GSocket *yeji_listening_open (const char  *address,
                              GError     **error);

G_END_DECLS
