// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-handlers.h"

G_BEGIN_DECLS

/* What a client says of a file before it sends it; all belongs to the metadata. */
typedef struct
{
  const char *record;
  const char *slot;
  const char *sha256;
  const char *filename;
  const char *filetype;
} YejiAnnouncement;

YejiResponse *yeji_file_creation_read   (YejiRequest             *request,
                                         GHashTable              *metadata,
                                         YejiAnnouncement        *announcement);
GHashTable   *yeji_file_creation_count  (void);
YejiResponse *yeji_file_creation_judge  (YejiServerContext       *context,
                                         YejiSql                 *sql,
                                         YejiRequest             *request,
                                         GHashTable              *numbers,
                                         const YejiAnnouncement  *announcement,
                                         gint64                   length,
                                         GError                 **error);
YejiUpload   *yeji_file_creation_begin  (YejiServerContext       *context,
                                         const YejiAnnouncement  *announcement,
                                         gint64                   length);
YejiResponse *yeji_file_creation_write  (YejiServerContext       *context,
                                         YejiSql                 *sql,
                                         YejiRequest             *request,
                                         GError                 **error);
YejiResponse *yeji_file_creation_write_one (YejiServerContext    *context,
                                         YejiSql                 *sql,
                                         YejiRequest             *request,
                                         GHashTable              *numbers,
                                         const YejiUpload        *upload,
                                         const YejiAnnouncement  *announcement,
                                         const char              *metadata,
                                         GError                 **error);

G_END_DECLS
