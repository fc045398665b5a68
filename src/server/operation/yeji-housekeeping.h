// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-http.h"

G_BEGIN_DECLS

/* What is to be done while nobody asks. */
typedef struct _YejiHousekeeping YejiHousekeeping;

YejiHousekeeping *yeji_housekeeping_new   (YejiHttp          *http);
void              yeji_housekeeping_close (YejiHousekeeping  *self);

G_END_DECLS
