// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What was answered since the start, by route and status. For any thread. */
typedef struct _YejiMetrics YejiMetrics;

typedef struct
{
  gint64 started_at;           /* Unix time, seconds */
  guint64 requests;
  guint64 errors;              /* of the server: 5xx */
  guint64 refusals;            /* 4xx */
} YejiMetricsSum;

YejiMetrics *yeji_metrics_new   (void);
void         yeji_metrics_note  (YejiMetrics    *self,
                                 const char     *method,
                                 const char     *pattern,
                                 guint           status,
                                 gint64          microseconds);
void         yeji_metrics_sum   (YejiMetrics    *self,
                                 YejiMetricsSum *sum);
void         yeji_metrics_print (YejiMetrics    *self,
                                 GString        *text);
void         yeji_metrics_free  (YejiMetrics    *self);

G_END_DECLS
