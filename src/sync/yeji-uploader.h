// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-province.h"

G_BEGIN_DECLS

/* One document of a submission, to be sent once whatever number of slots it is in. */
typedef struct
{
  char *slot;
  char *sha256;
  char *filename;
  char *media_type;
  char *attachment;            /* (nullable): its id; NULL when it was detached meanwhile */
  char *url;                   /* (nullable): where an earlier try had begun */
  gint64 size;                 /* -1: not known */
} YejiUpload;

void        yeji_upload_free    (YejiUpload    *self);
gboolean    yeji_upload_note_url (YejiStore    *store,
                                 const char    *attachment,
                                 const char    *url,
                                 GError       **error);
gboolean    yeji_upload_note_received (YejiStore *store,
                                 const char    *attachment,
                                 GError       **error);
GHashTable *yeji_uploader_ask   (YejiProvince  *province,
                                 const char    *record,
                                 GPtrArray     *uploads,
                                 GCancellable  *cancellable,
                                 GError       **error);
gboolean    yeji_uploader_send  (YejiStore     *store,
                                 YejiProvince  *province,
                                 const char    *record,
                                 GPtrArray     *uploads,
                                 guint         *sent,
                                 GCancellable  *cancellable,
                                 GError       **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiUpload, yeji_upload_free)

G_END_DECLS
