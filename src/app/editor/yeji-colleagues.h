// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-sync-engine.h"

G_BEGIN_DECLS

/* Who edits a record on another computer of the enterprise. It is said, and keeps nobody back. */
void  yeji_colleagues_watch     (YejiStore      *store,
                                 YejiSyncEngine *engine);
char *yeji_colleagues_to_text   (const char     *uuid);
void  yeji_colleagues_say_typed (YejiStore      *store,
                                 const char     *uuid);
void  yeji_colleagues_say_left  (YejiStore      *store,
                                 const char     *uuid);

G_END_DECLS
