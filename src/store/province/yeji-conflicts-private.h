// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-conflicts.h"
#include "yeji-db.h"

G_BEGIN_DECLS

/* On the database's thread, inside a transaction. */
gboolean yeji_store_note_conflicts   (YejiStore   *self,
                                      YejiSql     *sql,
                                      YejiRecord  *base,
                                      YejiRecord  *mine,
                                      YejiRecord  *theirs,
                                      const char  *at,
                                      GError     **error);
gboolean yeji_store_settle_conflicts (YejiStore   *self,
                                      YejiSql     *sql,
                                      YejiRecord  *record,
                                      const char  *why,
                                      GError     **error);
gboolean yeji_store_forget_conflicts (YejiSql     *sql,
                                      const char  *uuid,
                                      GError     **error);
gboolean yeji_store_forget_lost_conflicts (YejiSql *sql,
                                      GError     **error);

G_END_DECLS
