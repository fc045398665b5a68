// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-comparison.h"
#include "yeji-store.h"

G_BEGIN_DECLS

/* What is laid side by side. */
typedef enum
{
  YEJI_COMPARE_CONFLICTS,      /* what both changed */
  YEJI_COMPARE_SUBMITTED,      /* a record and what the province has of it */
  YEJI_COMPARE_RECORDS,        /* two records */
} YejiCompareKind;

/**
 * YejiCompareLoad:
 * @comparison: with what is the same everywhere
 * @names: of both records, "" where nothing names one
 * @at: (nullable): when the province said what it has, RFC 3339
 *
 * What a window of a comparison shows.
 */
typedef struct
{
  YejiComparison *comparison;
  char *names[2];
  char *at;
} YejiCompareLoad;

void             yeji_compare_load_async  (YejiStore           *store,
                                           YejiCompareKind      kind,
                                           const char          *uuid,
                                           const char          *other,
                                           YejiRecord          *mine,
                                           gpointer             source,
                                           GAsyncReadyCallback  callback,
                                           gpointer             user_data);
YejiCompareLoad *yeji_compare_load_finish (GAsyncResult        *result,
                                           GError             **error);
void             yeji_compare_load_free   (YejiCompareLoad     *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiCompareLoad, yeji_compare_load_free)

G_END_DECLS
