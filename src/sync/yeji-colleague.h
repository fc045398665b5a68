// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-store.h"

G_BEGIN_DECLS

/* Somebody who edits a record on another computer of the enterprise. */
typedef struct
{
  char *uuid;
  char *computer;
  char *who;
  char *at;                    /* since when, RFC 3339 */
} YejiColleague;

/* What was heard so long ago, in seconds, may be over: the province forgets after 120, and a wait
 * for changes takes 25. */
#define YEJI_COLLEAGUE_STALE 150

char                *yeji_colleague_dup_computer (YejiStore           *store,
                                                  GError             **error);
GPtrArray           *yeji_colleague_read_list    (JsonObject          *page);
gboolean             yeji_colleague_keep_list    (YejiStore           *store,
                                                  JsonObject          *page,
                                                  GError             **error);
GPtrArray           *yeji_colleague_load_list    (YejiStore           *store,
                                                  GError             **error);
gboolean             yeji_colleague_forget_list  (YejiStore           *store,
                                                  GError             **error);
const YejiColleague *yeji_colleague_find         (GPtrArray           *colleagues,
                                                  const char          *uuid);
char                *yeji_colleague_to_text      (const YejiColleague *self);
void                 yeji_colleague_free         (YejiColleague       *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiColleague, yeji_colleague_free)

G_END_DECLS
