// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-store.h"

G_BEGIN_DECLS

gboolean   yeji_answer_brings_content (const YejiAnswer *self);

/* What other computers of the enterprise brought to the province. */
GPtrArray *yeji_store_list_news       (YejiStore     *self,
                                       GPtrArray     *answers,
                                       GError       **error);
gboolean   yeji_store_merge_current   (YejiStore     *self,
                                       const char    *uuid,
                                       gint64         seq,
                                       YejiAnswer    *current,
                                       gboolean      *queued,
                                       GError       **error);

/* Documents that only the province has the content of. */
GHashTable *yeji_store_list_elsewhere (YejiStore     *self,
                                       const char    *uuid,
                                       GError       **error);
gboolean   yeji_store_take_content    (YejiStore     *self,
                                       const char    *sha256,
                                       GBytes        *content,
                                       GCancellable  *cancellable,
                                       GError       **error);

G_END_DECLS
