// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-profile.h"

G_BEGIN_DECLS

/* The user's enterprises: the folders below yeji_platform_get_data_dir(), and those elsewhere that
 * were opened once. Which those are, and which was opened last, is in `yeji/profiles.ini` of the
 * user's configuration. Everything here blocks. */

GPtrArray *yeji_profiles_list      (void);
char      *yeji_profiles_get_start (void);
gboolean   yeji_profiles_remember  (const char  *directory,
                                    GError     **error);
gboolean   yeji_profiles_forget    (const char  *directory,
                                    GError     **error);
char      *yeji_profiles_make      (const char  *name,
                                    GError     **error);
gboolean   yeji_profiles_set       (const char  *directory,
                                    const char  *setting,
                                    const char  *value,
                                    GError     **error);

G_END_DECLS
