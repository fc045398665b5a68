// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-store.h"

G_BEGIN_DECLS

typedef struct _YejiSaveStream YejiSaveStream;

/**
 * YejiSaveSource:
 * @next: gives the next record, %NULL after the last; called on the database's thread, where it must
 *     not ask the store, but may call yeji_save_stream_load(). %FALSE with an error ends it all
 * @check: (nullable): finds what is to be known of a record, with the slots that have documents;
 *     called on any thread, for several records at once
 *
 * Where the records come from that are to be saved.
 */
typedef struct
{
  gboolean (*next) (YejiSaveStream *stream, YejiRecord **record, gpointer data, GError **error);
  YejiFacts *(*check) (YejiRecord *record, const char * const *slots, gpointer data);
} YejiSaveSource;

YejiRecord *yeji_save_stream_load  (YejiSaveStream        *self,
                                    const char            *uuid,
                                    GError               **error);
gboolean    yeji_store_save_stream (YejiStore             *self,
                                    const YejiSaveSource  *source,
                                    gpointer               data,
                                    const char            *why,
                                    char                 **batch,
                                    GCancellable          *cancellable,
                                    GError               **error);

G_END_DECLS
