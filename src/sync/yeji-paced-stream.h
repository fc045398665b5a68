// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-rate.h"

G_BEGIN_DECLS

/* What a body is sent by. @count is called in the sending thread. */
typedef struct
{
  YejiRate *rate;              /* (nullable): no limit */
  void (*count) (gsize    n_bytes,
                 gpointer data);
  gpointer data;
} YejiPacer;

#define YEJI_TYPE_PACED_STREAM (yeji_paced_stream_get_type ())

G_DECLARE_FINAL_TYPE (YejiPacedStream, yeji_paced_stream, YEJI, PACED_STREAM, GInputStream)

GInputStream *yeji_paced_stream_new (GBytes          *bytes,
                                     const YejiPacer *pacer,
                                     GCancellable    *cancellable);

G_END_DECLS
