// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-source.h"

G_BEGIN_DECLS

/**
 * YejiZipEntry:
 * @name: UTF-8, '/' between its parts, without '.', '..' and a root; %NULL if it cannot be so
 * @shown: what can be shown of the name, whatever it is
 * @reason: why it must not come in, -1 if nothing speaks against it
 *
 * What the directory of an archive says of a file in it.
 */
typedef struct
{
  char *name;
  char *shown;
  gint64 offset;
  gint64 packed;
  gint64 size;
  int reason;
} YejiZipEntry;

typedef struct _YejiZip YejiZip;

YejiZip   *yeji_zip_open        (GFile               *file,
                                 guint                max_entries,
                                 YejiSkipReason      *reason,
                                 GCancellable        *cancellable,
                                 GError             **error);
void       yeji_zip_free        (YejiZip             *self);
GPtrArray *yeji_zip_get_entries (YejiZip             *self);
gint64     yeji_zip_get_size    (YejiZip             *self);
gboolean   yeji_zip_unpack      (YejiZip             *self,
                                 const YejiZipEntry  *entry,
                                 GFile               *to,
                                 gint64               max_size,
                                 gint64              *size,
                                 int                 *reason,
                                 GCancellable        *cancellable,
                                 GError             **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiZip, yeji_zip_free)

G_END_DECLS
