// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-page-source.h"

G_BEGIN_DECLS

/**
 * YejiPageFunc:
 * @file: of the document
 * @source: (inout): the document that is open on this lane, %NULL for none; what is left here stays
 *     open for the next job of the same document
 *
 * Decodes, on a thread of its own.
 *
 * Returns: (transfer full): the result, never %NULL; or %NULL with @error set
 */
typedef gpointer (*YejiPageFunc) (GFile           *file,
                                  YejiPageSource **source,
                                  gpointer         data,
                                  GCancellable    *cancellable,
                                  GError         **error);

/* Decoding, one job after another, away from the window. A job that takes too long is given up: who
 * asked hears %YEJI_PAGE_ERROR_SLOW, the document is not tried again, and the next job goes on with
 * a thread of its own. */
#define YEJI_TYPE_PAGE_LANE (yeji_page_lane_get_type ())

G_DECLARE_FINAL_TYPE (YejiPageLane, yeji_page_lane, YEJI, PAGE_LANE, GObject)

YejiPageLane *yeji_page_lane_new       (void);
YejiPageLane *yeji_page_lane_get_front (void);
YejiPageLane *yeji_page_lane_get_back  (void);
void          yeji_page_lane_set_patience (YejiPageLane     *self,
                                        guint                milliseconds);
void          yeji_page_lane_forget    (YejiPageLane        *self);
void          yeji_page_lane_run_async (YejiPageLane        *self,
                                        GFile               *file,
                                        YejiPageFunc         func,
                                        gpointer             data,
                                        GDestroyNotify       free_data,
                                        GDestroyNotify       free_result,
                                        GCancellable        *cancellable,
                                        GAsyncReadyCallback  callback,
                                        gpointer             user_data);
gpointer      yeji_page_lane_run_finish (YejiPageLane       *self,
                                        GAsyncResult        *result,
                                        GError             **error);

G_END_DECLS
