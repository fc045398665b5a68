// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <libsoup/soup.h>

#include "yeji-metrics.h"

G_BEGIN_DECLS

/* One line a request: when, what kind, how it ended. Never who, and never what about. */
typedef struct _YejiRequestLog YejiRequestLog;

YejiRequestLog *yeji_request_log_open   (const char      *path,
                                         GError         **error);
void            yeji_request_log_reopen (YejiRequestLog  *self);
void            yeji_request_log_free   (YejiRequestLog  *self);

void            yeji_request_watch      (SoupServer      *soup,
                                         YejiMetrics     *metrics,
                                         YejiRequestLog  *log);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiRequestLog, yeji_request_log_free)

G_END_DECLS
