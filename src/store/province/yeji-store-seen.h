// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-db.h"
#include "yeji-store.h"

G_BEGIN_DECLS

/* A record that was read from the store knows what it has seen of what others did to it; who copies
 * one to save it carries that over. */
void     yeji_record_carry_seen  (YejiRecord  *self,
                                  YejiRecord  *copy);
gboolean yeji_record_is_seen     (YejiRecord  *self);

/* On the database's thread. */
void     yeji_store_mark_seen    (YejiStore   *self,
                                  YejiRecord  *record);
void     yeji_store_note_unseen  (YejiStore   *self,
                                  YejiRecord  *before);
gboolean yeji_store_note_bulk    (YejiStore   *self,
                                  YejiSql     *sql,
                                  const char  *uuid,
                                  GError     **error);
gboolean yeji_store_note_fixed   (YejiStore   *self,
                                  YejiSql     *sql,
                                  const char  *uuid,
                                  GError     **error);
gboolean yeji_store_merge_unseen (YejiStore   *self,
                                  YejiSql     *sql,
                                  YejiRecord  *record,
                                  const char  *at,
                                  YejiRecord **merged,
                                  GError     **error);

G_END_DECLS
