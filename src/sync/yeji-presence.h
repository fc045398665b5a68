// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-colleague.h"
#include "yeji-province.h"

G_BEGIN_DECLS

/**
 * YejiPresence:
 *
 * Says to the other computers of the enterprise which records are being edited here, and knows which
 * are edited there. Nothing depends on it: what cannot be said is not said. Signal "changed" in the
 * main context that was the thread's default when it was made.
 */
#define YEJI_TYPE_PRESENCE (yeji_presence_get_type ())

G_DECLARE_FINAL_TYPE (YejiPresence, yeji_presence, YEJI, PRESENCE, GObject)

YejiPresence        *yeji_presence_new          (YejiStore      *store);
void                 yeji_presence_close        (YejiPresence   *self);

/* In the main context. */
void                 yeji_presence_set_province (YejiPresence   *self,
                                                 YejiProvince   *province);
void                 yeji_presence_edit         (YejiPresence   *self,
                                                 const char     *uuid);
void                 yeji_presence_leave        (YejiPresence   *self,
                                                 const char     *uuid);
const YejiColleague *yeji_presence_find         (YejiPresence   *self,
                                                 const char     *uuid);
GHashTable          *yeji_presence_list         (YejiPresence   *self);

/* On any thread: for who asks for changes. */
YejiPresence        *yeji_presence_of           (YejiProvince   *province);
char                *yeji_presence_dup_query    (YejiPresence   *self,
                                                 gboolean        wait);
void                 yeji_presence_take         (YejiPresence   *self,
                                                 JsonObject     *page);

G_END_DECLS
