// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-page-source.h"

G_BEGIN_DECLS

/* The longer side of what is kept. */
#define YEJI_PAGE_SMALL 192

/* First pages of documents, small, in a folder that may vanish at any time. */
YejiPagePicture *yeji_page_cache_read  (const char             *folder,
                                        const char             *name,
                                        guint                  *n_pages);
void             yeji_page_cache_write (const char             *folder,
                                        const char             *name,
                                        const YejiPagePicture  *picture,
                                        guint                   n_pages);

/* Whether what was made of a document may stay. */
typedef gboolean (*YejiPageCacheFunc)  (const char             *name,
                                        gpointer                data);

void             yeji_page_cache_sweep (const char             *folder,
                                        YejiPageCacheFunc       stays,
                                        gpointer                data);

G_END_DECLS
