// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-http.h"

G_BEGIN_DECLS

/* Puts what was published and is not in the public search into it, while the server works. */
typedef struct _YejiSearchFill YejiSearchFill;

YejiSearchFill *yeji_search_fill_new   (YejiHttp        *http);
void            yeji_search_fill_close (YejiSearchFill  *self);

G_END_DECLS
