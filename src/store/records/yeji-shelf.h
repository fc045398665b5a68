// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-record.h"
#include "yeji-sql.h"
#include "yeji-vault.h"

G_BEGIN_DECLS

/* Every version of the dictionary that the profile ever used. On the database's thread, inside a
 * transaction. */
typedef struct _YejiShelf YejiShelf;

YejiShelf      *yeji_shelf_open        (YejiSql         *sql,
                                        YejiDictionary  *built_in,
                                        GError         **error);
void            yeji_shelf_free        (YejiShelf       *self);
void            yeji_shelf_set_vault   (YejiShelf       *self,
                                        YejiVault       *vault);
YejiDictionary *yeji_shelf_get_current (YejiShelf       *self);
void            yeji_shelf_set_current (YejiShelf       *self,
                                        YejiDictionary  *dictionary);
YejiDictionary *yeji_shelf_dup_offered (YejiShelf       *self);
void            yeji_shelf_set_offered (YejiShelf       *self,
                                        YejiDictionary  *dictionary);
gboolean        yeji_shelf_offer       (YejiShelf       *self,
                                        YejiSql         *sql,
                                        YejiDictionary  *dictionary,
                                        GBytes          *bundle,
                                        const char      *sha256,
                                        GError         **error);
gboolean        yeji_shelf_offer_known (YejiShelf       *self,
                                        YejiSql         *sql,
                                        const char      *version,
                                        GError         **error);
gboolean        yeji_shelf_withdraw    (YejiShelf       *self,
                                        YejiSql         *sql,
                                        GError         **error);
gboolean        yeji_shelf_adopt       (YejiShelf       *self,
                                        YejiSql         *sql,
                                        YejiDictionary  *dictionary,
                                        GError         **error);
gboolean        yeji_shelf_find_sum    (YejiSql         *sql,
                                        const char      *version,
                                        char           **sha256,
                                        GError         **error);
gboolean        yeji_shelf_find        (YejiShelf       *self,
                                        YejiSql         *sql,
                                        const char      *version,
                                        YejiDictionary **dictionary,
                                        GError         **error);
YejiRecord     *yeji_shelf_read        (YejiShelf       *self,
                                        YejiSql         *sql,
                                        const char      *body,
                                        GError         **error);
YejiRecord     *yeji_shelf_read_under  (YejiShelf       *self,
                                        YejiSql         *sql,
                                        const char      *body,
                                        YejiDictionary  *dictionary,
                                        GError         **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiShelf, yeji_shelf_free)

G_END_DECLS
