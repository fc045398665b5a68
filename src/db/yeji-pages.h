// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * YejiLogState:
 * @YEJI_LOG_NONE: there is no write-ahead log, or nothing in it
 * @YEJI_LOG_SOUND: everything that was committed to it can be read
 * @YEJI_LOG_BROKEN: what was committed lies behind a place that cannot be read, where SQLite would
 *     end
 */
typedef enum
{
  YEJI_LOG_NONE,
  YEJI_LOG_SOUND,
  YEJI_LOG_BROKEN,
} YejiLogState;

/* The pages of an SQLite file, read without SQLite: the file may be damaged in every way, and
 * nothing is written, neither to it nor beside it. */
typedef struct _YejiPages YejiPages;

YejiPages    *yeji_pages_open             (const char  *path,
                                           gboolean     use_log,
                                           GError     **error);
void          yeji_pages_free             (YejiPages   *self);
gboolean      yeji_pages_has_failed       (YejiPages   *self);
gboolean      yeji_pages_has_header       (YejiPages   *self);
guint         yeji_pages_get_version      (YejiPages   *self);
YejiLogState  yeji_pages_get_log_state    (YejiPages   *self);
guint         yeji_pages_get_size         (YejiPages   *self);
guint         yeji_pages_get_usable       (YejiPages   *self);
guint32       yeji_pages_get_count        (YejiPages   *self);
guint32       yeji_pages_get_first_free   (YejiPages   *self);
gboolean      yeji_pages_read             (YejiPages   *self,
                                           guint32      number,
                                           guint8      *buffer);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiPages, yeji_pages_free)

G_END_DECLS
