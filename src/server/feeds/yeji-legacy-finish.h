// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-db.h"
#include "yeji-server-context.h"

G_BEGIN_DECLS

/* Brings to its end what somebody who was killed had begun to take over from the old system, while
 * the server works. */
typedef struct _YejiLegacyFinish YejiLegacyFinish;

YejiLegacyFinish *yeji_legacy_finish_new   (YejiServerContext  *context,
                                            const char         *data_dir,
                                            YejiDb             *db);
void              yeji_legacy_finish_close (YejiLegacyFinish   *self);

G_END_DECLS
