// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-intake-store.h"

G_BEGIN_DECLS

/**
 * YejiAttached:
 * @batch: (nullable): of what was taken, to undo it; %NULL when nothing was
 * @n_taken: files that are there now and were not before
 * @n_there: files that were there before
 * @n_doubtful: of those taken, files in which something was found, or that were not examined
 * @failures: (element-type utf8): for each file that was not taken its name and why
 *
 * What became of files that were to be attached.
 */
typedef struct
{
  char *batch;
  guint n_taken;
  guint n_there;
  guint n_doubtful;
  GPtrArray *failures;
} YejiAttached;

void          yeji_attached_free       (YejiAttached         *self);
char         *yeji_attached_to_text    (const YejiAttached   *self,
                                        const char           *where);

void          yeji_attach_files_async  (YejiStore            *store,
                                        GListModel           *files,
                                        const char           *uuid,
                                        const char           *slot,
                                        GAsyncReadyCallback   callback,
                                        gpointer              user_data);
YejiAttached *yeji_attach_files_finish (GAsyncResult         *result,
                                        GError              **error);
void          yeji_attach_undo_async   (YejiStore            *store,
                                        const char           *batch,
                                        GAsyncReadyCallback   callback,
                                        gpointer              user_data);
gboolean      yeji_attach_undo_finish  (GAsyncResult         *result,
                                        GError              **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiAttached, yeji_attached_free)

G_END_DECLS
