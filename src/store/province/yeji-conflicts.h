// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-comparison.h"
#include "yeji-store.h"

G_BEGIN_DECLS

/* Places that the clerk and the province both changed, each in its own way. The clerk's stands
 * until the clerk decides. */
GPtrArray *yeji_store_get_conflicts    (YejiStore  *self,
                                        const char *uuid,
                                        GError    **error);
gboolean   yeji_store_decide_conflicts (YejiStore  *self,
                                        const char *uuid,
                                        GPtrArray  *differences,
                                        gboolean    decided,
                                        GError    **error);

G_END_DECLS
