// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-store.h"

G_BEGIN_DECLS

/**
 * YejiSubmission:
 * @record: (nullable): the record as the province has it, under the dictionary of the store; %NULL
 *     if it has none. The province's pointers point into it
 * @at: (nullable): when the province said what it said last, RFC 3339
 *
 * What was submitted last, and when it was answered.
 */
typedef struct
{
  YejiRecord *record;
  char *at;
} YejiSubmission;

YejiSubmission *yeji_store_get_submission (YejiStore       *self,
                                           const char      *uuid,
                                           GError         **error);
const char     *yeji_store_get_who        (YejiStore       *self);
void            yeji_submission_free      (YejiSubmission  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiSubmission, yeji_submission_free)

G_END_DECLS
