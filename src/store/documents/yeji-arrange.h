// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-store.h"

G_BEGIN_DECLS

/* How the documents of a record lie: in which slot, in which order and which way up. The order is
 * that in which they are submitted. What a file holds never changes, nor the order of its pages. */

YejiAttachment *yeji_store_move_document   (YejiStore   *self,
                                            const char  *uuid,
                                            const char  *attachment_id,
                                            const char  *slot,
                                            guint        index,
                                            GError     **error);
gboolean        yeji_store_unmove_document (YejiStore   *self,
                                            const char  *uuid,
                                            const char  *moved_id,
                                            const char  *attachment_id,
                                            GError     **error);
gboolean        yeji_store_bring_back      (YejiStore   *self,
                                            const char  *uuid,
                                            const char  *attachment_id,
                                            GError     **error);
gboolean        yeji_store_set_rotation    (YejiStore   *self,
                                            const char  *attachment_id,
                                            int          rotation,
                                            GError     **error);

G_END_DECLS
