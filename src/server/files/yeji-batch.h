// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-file-creation.h"

G_BEGIN_DECLS

/* What one request may carry. */
#define YEJI_BATCH_FILES 100
#define YEJI_BATCH_SIZE (16 * 1024 * 1024)

/* How much of a batch's head has come. */
typedef enum
{
  YEJI_BATCH_HEAD_MISSING,
  YEJI_BATCH_HEAD_READY,
  YEJI_BATCH_HEAD_BAD,
} YejiBatchHead;

/* One file of a batch. */
typedef struct
{
  char *metadata;              /* as it was sent */
  GHashTable *values;          /* (nullable): of @metadata */
  YejiAnnouncement said;       /* points into @values */
  gint64 length;
  YejiUpload *upload;          /* (nullable): once it is welcome */
  YejiResponse *refusal;       /* (nullable): why it is not */
} YejiBatchFile;

/* Many files that come one behind the other in one request. The list is read on one thread, the
 * bytes are written on another, the answer is made on a third, one after the other. */
struct _YejiBatch
{
  GPtrArray *files;            /* (element-type YejiBatchFile) */
  YejiResponse *unreadable;    /* (nullable): why the list is none */

  /* private */
  guint at;                    /* the file that comes now */
  gint64 left;                 /* bytes of it that have not come */
  int directory;               /* open since before the first byte was written; -1: it is not */
};

YejiBatchHead  yeji_batch_find_head (const guint8       *data,
                                     gsize               length,
                                     gsize              *size);
YejiBatch     *yeji_batch_new       (YejiRequest        *request);
void           yeji_batch_write     (YejiBatch          *self,
                                     YejiServerContext  *context,
                                     const guint8       *data,
                                     gsize               size);
void           yeji_batch_end       (YejiBatch          *self);
void           yeji_batch_free      (YejiBatch          *self);

G_END_DECLS
