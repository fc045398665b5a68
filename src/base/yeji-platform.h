// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _YejiLock YejiLock;

char     *yeji_platform_get_data_dir   (void);
gboolean  yeji_platform_sync_file      (int          fd,
                                        GError     **error);
gboolean  yeji_platform_sync_directory (const char  *path,
                                        GError     **error);
YejiLock *yeji_platform_lock           (const char  *path,
                                        char       **holder,
                                        GError     **error);
char     *yeji_platform_find_lock_holder (const char *path);
void      yeji_platform_unlock         (YejiLock    *lock);
gint64    yeji_platform_get_own_time   (void);
gboolean  yeji_platform_has_terminal   (void);
char     *yeji_platform_read_password  (const char  *prompt,
                                        GError     **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiLock, yeji_platform_unlock)

G_END_DECLS
