// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _YejiLock YejiLock;

/* Bytes; what yeji_platform_write_past_cache() wants, on every computer of today. */
#define YEJI_PLATFORM_PAGE 4096

void      yeji_platform_begin_program  (const char  *texts);
char     *yeji_platform_get_data_dir   (void);
int       yeji_platform_rename         (const char  *from,
                                        const char  *to);
int       yeji_platform_remove         (const char  *path);
gboolean  yeji_platform_sync_file      (int          fd,
                                        GError     **error);
void      yeji_platform_begin_sync     (int          fd);
gsize     yeji_platform_write_past_cache (int        fd,
                                        gconstpointer data,
                                        gsize        size);
gboolean  yeji_platform_sync_directory (const char  *path,
                                        GError     **error);
YejiLock *yeji_platform_lock           (const char  *path,
                                        char       **holder,
                                        GError     **error);
char     *yeji_platform_find_lock_holder (const char *path);
void      yeji_platform_unlock         (YejiLock    *lock);
gint64    yeji_platform_get_own_time   (void);
gint64    yeji_platform_get_work_time  (void);
double    yeji_platform_get_crowding   (void);
gboolean  yeji_platform_has_terminal   (void);
void      yeji_platform_begin_console  (void);
void      yeji_platform_give_way       (void);
char     *yeji_platform_read_password  (const char  *prompt,
                                        GError     **error);
void      yeji_platform_watch_interrupt (GCancellable *cancellable);
char     *yeji_platform_get_program_dir (void);
gboolean  yeji_platform_write_pipe     (GOutputStream *pipe,
                                        const char  *data,
                                        gsize        length,
                                        GError     **error);
guint     yeji_platform_get_most_files (void);
void      yeji_platform_limit_self     (guint64      memory,
                                        guint        seconds);
char     *yeji_platform_get_c_path     (const char  *path);
gpointer  yeji_platform_begin_utf8     (void);
void      yeji_platform_end_utf8       (gpointer     before);
const char *yeji_platform_get_gb_charset (void);
gpointer  yeji_platform_begin_bytes    (void);
void      yeji_platform_end_bytes      (gpointer     before);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiLock, yeji_platform_unlock)

G_END_DECLS
