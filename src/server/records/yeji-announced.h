// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-handlers.h"

G_BEGIN_DECLS

/* The documents of a submission, as the client lists them: they may be there already, or follow. */
typedef struct _YejiAnnounced YejiAnnounced;

/* How many of them there are. */
typedef struct
{
  gint64 announced;
  gint64 received;             /* and are what they should be, as far as that is known */
} YejiAnnouncedCount;

YejiAnnounced *yeji_announced_read    (YejiServerContext    *context,
                                       YejiRequest          *request);
GStrv          yeji_announced_list_slots (YejiAnnounced     *self);
GStrv          yeji_announced_check   (YejiAnnounced        *self,
                                       YejiServerContext    *context,
                                       YejiSql              *sql,
                                       YejiRequest          *request,
                                       gboolean              may_follow,
                                       GPtrArray            *missing,
                                       GPtrArray            *wrong,
                                       GError              **error);
gboolean       yeji_announced_write   (YejiAnnounced        *self,
                                       YejiSql              *sql,
                                       const char           *record,
                                       GError              **error);
void           yeji_announced_free    (YejiAnnounced        *self);

/* What was written. */
gboolean       yeji_announced_count   (YejiSql              *sql,
                                       const char           *record,
                                       YejiAnnouncedCount   *count,
                                       GError              **error);
int            yeji_announced_expects (YejiSql              *sql,
                                       const char           *record,
                                       const char           *slot,
                                       const char           *sha256,
                                       GError              **error);
char          *yeji_announced_print   (YejiSql              *sql,
                                       const char           *record,
                                       GError              **error);
JsonArray     *yeji_announced_list    (YejiSql              *sql,
                                       const char           *record,
                                       GError              **error);
JsonArray     *yeji_announced_list_expected (YejiSql        *sql,
                                       const char           *record,
                                       GError              **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiAnnounced, yeji_announced_free)

G_END_DECLS
