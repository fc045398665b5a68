// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* From a key to the things that have it, as a sorted list: quick to make, and small. */
typedef struct _YejiMatchPostings YejiMatchPostings;

YejiMatchPostings *yeji_match_postings_new    (void);
void               yeji_match_postings_free   (YejiMatchPostings *self);
void               yeji_match_postings_add    (YejiMatchPostings *self,
                                               guint64            key,
                                               guint32            thing);
void               yeji_match_postings_sort   (YejiMatchPostings *self);
const guint32     *yeji_match_postings_lookup (YejiMatchPostings *self,
                                               guint64            key,
                                               guint             *n);

G_END_DECLS
