// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-review-events.h"

G_BEGIN_DECLS

/* For so long a reviewer can take a decision back. What is sent on waits for it, too. */
#define YEJI_UNDO_SECONDS 60

char *yeji_undo_remember (YejiSql             *sql,
                          YejiCase            *found,
                          GError             **error);
const YejiReviewEventRow *
      yeji_undo_find     (GPtrArray           *events,
                          YejiCase            *found,
                          char               **until);

G_END_DECLS
