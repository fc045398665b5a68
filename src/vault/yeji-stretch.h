// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define YEJI_STRETCH_SALT 16

gboolean yeji_stretch (const char    *phrase,
                       const guint8   salt[YEJI_STRETCH_SALT],
                       guint64        passes,
                       guint64        memory,
                       guint8        *key,
                       gsize          size);

G_END_DECLS
