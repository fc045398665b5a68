// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-store.h"

G_BEGIN_DECLS

/* A receipt as the province signed it, after it was proven. */
typedef struct
{
  const char *uuid;
  const char *submitted_at;    /* RFC 3339, the province's clock */
  const char *revision;
  const char *record_sha256;
  const char *files;           /* JSON array of {slot, sha256, filename} */
  const char *text;            /* all of it, JSON */
  gboolean complete;           /* it tells of all documents that they came */
} YejiReceiptNote;

gboolean yeji_store_note_receipt       (YejiStore              *self,
                                        const YejiReceiptNote  *note,
                                        GError                **error);
gboolean yeji_store_note_no_receipt    (YejiStore              *self,
                                        const char             *uuid,
                                        GError                **error);
GStrv    yeji_store_list_unproven      (YejiStore              *self,
                                        guint                   n,
                                        GError                **error);
char    *yeji_store_load_submitted     (YejiStore              *self,
                                        const char             *uuid,
                                        GError                **error);

G_END_DECLS
