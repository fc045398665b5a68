// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <glib.h>

G_BEGIN_DECLS

char     *yeji_password_hash   (const char *password,
                                guint64     passes,
                                gsize       memory,
                                GError    **error);
gboolean  yeji_password_verify (const char *hash,
                                const char *password,
                                guint64     passes,
                                gsize       memory);

G_END_DECLS
