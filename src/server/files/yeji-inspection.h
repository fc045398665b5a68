// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-db.h"
#include "yeji-server-context.h"

G_BEGIN_DECLS

/* The province's own look at what has come in, behind the transfer: a decoder takes longer than
 * the bytes. */
typedef struct _YejiInspection YejiInspection;

/* Records were given back: in the main context. */
typedef void (*YejiInspectionChanged) (gpointer data);

YejiInspection *yeji_inspection_new      (YejiServerContext      *context,
                                          YejiDb                 *db,
                                          YejiInspectionChanged   changed,
                                          gpointer                data);
void            yeji_inspection_wake     (YejiInspection         *self);
void            yeji_inspection_put_off  (YejiInspection         *self);
void            yeji_inspection_close    (YejiInspection         *self);

gboolean        yeji_inspection_is_good  (const char             *verdict);
char           *yeji_inspection_describe (const char             *verdict,
                                          const char             *filename,
                                          YejiLanguage            language);

G_END_DECLS
