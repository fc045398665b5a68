// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-normaliser.h"
#include "yeji-record.h"
#include "yeji-sql.h"

G_BEGIN_DECLS

/* A project of the stage. */
typedef struct
{
  gint64 n;
  char *id;                    /* folded, maybe empty, as all that follows */
  char *num;
  char *code;
  char *sheet;
  guint line;
  gint64 again;                /* the number of another one that has the same key, or 0 */
  GStrv meta;                  /* by YejiLegacyMeta */
  char *data;
} YejiLegacyRoot;

GPtrArray  *yeji_legacy_list_roots (YejiSql               *stage,
                                    gint64                 after,
                                    guint                  most,
                                    GError               **error);
YejiRecord *yeji_legacy_assemble   (YejiSql               *stage,
                                    YejiDictionary        *dictionary,
                                    YejiNormaliser        *normaliser,
                                    const YejiLegacyRoot  *root,
                                    const char            *uuid,
                                    const char            *role,
                                    GError               **error);
void        yeji_legacy_root_free  (YejiLegacyRoot        *self);

G_END_DECLS
