// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-store.h"

G_BEGIN_DECLS

/* What a province has lost that it had acknowledged, as one that was restored from a backup has. */

/* What became of a record of which the province knows less than it had said. */
typedef struct
{
  char *uuid;
  YejiAnswer *there;           /* (nullable): what the province has now, its state maybe "draft";
                                * NULL: nothing */
} YejiStanding;

/* What was found and done. */
typedef struct
{
  guint n_resent;              /* submissions that are in the outbox again */
  guint n_returned;            /* whose return the province does not know any more */
  guint n_others;              /* that the clerk must look at */
} YejiHealing;

YejiStanding *yeji_standing_new  (const char    *uuid,
                                  YejiAnswer    *there);
void          yeji_standing_free (YejiStanding  *self);

GPtrArray *yeji_store_find_unlisted (YejiStore    *self,
                                     GError      **error);
GPtrArray *yeji_store_find_suspects (YejiStore    *self,
                                     GPtrArray    *answers,
                                     GError      **error);
gboolean   yeji_store_apply_listing (YejiStore    *self,
                                     GPtrArray    *answers,
                                     GPtrArray    *standings,
                                     const char   *cursor,
                                     const char   *restored_at,
                                     YejiHealing  *healing,
                                     GError      **error);

GPtrArray *yeji_store_get_earlier   (YejiStore    *self,
                                     const char   *uuid,
                                     gint64        seq,
                                     GError      **error);
gboolean   yeji_store_note_answer   (YejiStore         *self,
                                     const YejiAnswer  *answer,
                                     GError           **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiStanding, yeji_standing_free)

G_END_DECLS
