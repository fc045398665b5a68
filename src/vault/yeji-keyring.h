// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The system's own keeper of passwords: the Secret Service, or the Credential Manager of Windows.
 * Every call blocks, for @milliseconds at most, and any thread may call. Without an answer it is as
 * if there were no keeper. */
gboolean yeji_keyring_is_there (void);
char    *yeji_keyring_find     (const char  *id,
                                gboolean     may_ask,
                                guint        milliseconds);
gboolean yeji_keyring_store    (const char  *id,
                                const char  *secret,
                                guint        milliseconds);
gboolean yeji_keyring_remove   (const char  *id,
                                guint        milliseconds);

G_END_DECLS
