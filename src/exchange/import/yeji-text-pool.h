// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Many texts in little memory; equal ones are kept once and have one number, the empty one 0. They
 * stay until the pool is freed. */
typedef struct _YejiTextPool YejiTextPool;

YejiTextPool *yeji_text_pool_new  (void);
void          yeji_text_pool_free (YejiTextPool *self);
guint32       yeji_text_pool_add  (YejiTextPool *self,
                                   const char   *text,
                                   gsize         length);
guint32       yeji_text_pool_find (YejiTextPool *self,
                                   const char   *text);
const char   *yeji_text_pool_get  (YejiTextPool *self,
                                   guint32       id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiTextPool, yeji_text_pool_free)

G_END_DECLS
