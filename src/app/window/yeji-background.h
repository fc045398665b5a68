// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * YejiBackgroundFunc:
 *
 * Blocks on a thread of its own.
 *
 * Returns: (transfer full): the result, never %NULL; or %NULL with @error set
 */
typedef gpointer (*YejiBackgroundFunc) (gpointer       data,
                                        GCancellable  *cancellable,
                                        GError       **error);

void     yeji_background_run    (gpointer             source,
                                 YejiBackgroundFunc   func,
                                 gpointer             data,
                                 GDestroyNotify       free_data,
                                 GDestroyNotify       free_result,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data);
gpointer yeji_background_finish (GAsyncResult        *result,
                                 GError             **error);

G_END_DECLS
