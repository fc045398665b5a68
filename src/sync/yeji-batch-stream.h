// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-tus-private.h"

G_BEGIN_DECLS

/* The body of one request with many files. */
#define YEJI_TYPE_BATCH_STREAM (yeji_batch_stream_get_type ())

G_DECLARE_FINAL_TYPE (YejiBatchStream, yeji_batch_stream, YEJI, BATCH_STREAM, GInputStream)

/* What a stream reads; outlives it. */
typedef struct
{
  GBytes *list;                /* goes first */
  GPtrArray *sources;          /* (element-type YejiTusSource), open */
  GCancellable *cancellable;   /* (nullable) */
  GError *error;               /* (nullable): why a file cannot be sent */
  guint failed;                /* with @error: which one */
} YejiBatchBody;

GInputStream *yeji_batch_stream_new (YejiBatchBody *body);

G_END_DECLS
