// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-entry.h"
#include "yeji-sql.h"
#include "yeji-store.h"

G_BEGIN_DECLS

/* The account that the profile is signed in with, as receipts remember it. */
#define YEJI_PLACE_SQL \
  "(SELECT group_concat (value, ' ') FROM (SELECT value FROM setting" \
  " WHERE name IN ('account.url', 'account.user') ORDER BY name))"

/* The number in a revision, which grows with every change. */
#define YEJI_REVISION_NUMBER(revision) "CAST (substr (" revision ", 2) AS INTEGER)"

/* yeji-store-outbox.c */
char     *yeji_store_sum_body     (const char        *text);

/* yeji-store-answers.c, on the database's thread, in a transaction */
gboolean  yeji_store_mark_listed  (YejiSql           *sql,
                                   const YejiAnswer  *answer,
                                   GError           **error);
gboolean  yeji_store_apply_answer (YejiStore         *self,
                                   YejiSql           *sql,
                                   const YejiAnswer  *answer,
                                   gboolean           whole,
                                   const char        *now,
                                   gboolean          *kept,
                                   GError           **error);
gboolean  yeji_store_take_base    (YejiStore         *self,
                                   YejiSql           *sql,
                                   const char        *uuid,
                                   const YejiAnswer  *there,
                                   GError           **error);
gboolean  yeji_store_write_cursor (YejiSql           *sql,
                                   const char        *cursor,
                                   GError           **error);

/* yeji-store-healing.c, on the database's thread, in a transaction */
gboolean  yeji_store_tell_removal (YejiSql           *sql,
                                   const YejiAnswer  *answer,
                                   GError           **error);

G_END_DECLS
