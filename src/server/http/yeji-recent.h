// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-record.h"

G_BEGIN_DECLS

/* Records that were written last, as they were read: who writes one submits it next, and it need
 * not be read twice. On any thread. */
typedef struct _YejiRecent YejiRecent;

YejiRecent *yeji_recent_new  (guint       max);
void        yeji_recent_keep (YejiRecent *self,
                              const char *uuid,
                              const char *sum,
                              YejiRecord *record);
YejiRecord *yeji_recent_find (YejiRecent *self,
                              const char *uuid);
YejiRecord *yeji_recent_take (YejiRecent *self,
                              const char *uuid,
                              const char *sum);
void        yeji_recent_free (YejiRecent *self);

G_END_DECLS
