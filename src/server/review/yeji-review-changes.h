// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-record.h"

G_BEGIN_DECLS

/* What became of a record between two decisions. */
typedef struct _YejiReviewChanges YejiReviewChanges;

YejiReviewChanges *yeji_review_changes_new     (YejiRecord          *previous,
                                                YejiRecord          *present,
                                                const char          *previous_files,
                                                const char          *present_files);
JsonNode          *yeji_review_changes_to_json (YejiReviewChanges   *self);
JsonNode          *yeji_review_changes_judge   (YejiReviewChanges   *self,
                                                const char          *points);
void               yeji_review_changes_free    (YejiReviewChanges   *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiReviewChanges, yeji_review_changes_free)

G_END_DECLS
