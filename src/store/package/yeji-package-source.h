// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-package-private.h"

G_BEGIN_DECLS

/* A content that goes in, once however many documents have it. */
typedef struct
{
  char *sha256;
  char *filename;              /* of one of those documents */
  guint64 size;
} YejiPackageContent;

/* What there is to be packed, as it was at one moment. */
typedef struct
{
  GPtrArray *uuids;            /* (element-type utf8) */
  GPtrArray *contents;         /* (element-type YejiPackageContent) */
  GHashTable *documents;       /* ids that are known */
  YejiPackageReport *report;
} YejiPackageSource;

YejiPackageSource *yeji_package_source_new  (YejiStore           *store,
                                             const char *const   *uuids,
                                             GError             **error);
YejiPackageRecord *yeji_package_source_read (YejiPackageSource   *self,
                                             YejiStore           *store,
                                             const char          *uuid,
                                             GError             **error);
void               yeji_package_source_free (YejiPackageSource   *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiPackageSource, yeji_package_source_free)

G_END_DECLS
