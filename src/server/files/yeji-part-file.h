// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A file that grows at its end, as `parts/ID` does. All functions block on the disk; errno says why
 * one failed. */
typedef struct _YejiPartFile YejiPartFile;

YejiPartFile *yeji_part_file_open   (const char    *path,
                                     gint64         offset,
                                     gint64         length);
gboolean      yeji_part_file_write  (YejiPartFile  *self,
                                     gconstpointer  data,
                                     gsize          size);
gboolean      yeji_part_file_flush  (YejiPartFile  *self);
gsize         yeji_part_file_read_head (YejiPartFile *self,
                                     guint8        *head,
                                     gsize          size);
gboolean      yeji_part_file_sync   (YejiPartFile  *self,
                                     GError       **error);
void          yeji_part_file_begin_sync (YejiPartFile *self);
void          yeji_part_file_close  (YejiPartFile  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiPartFile, yeji_part_file_close)

G_END_DECLS
