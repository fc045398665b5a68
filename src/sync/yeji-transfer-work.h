// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-transfer-queue.h"
#include "yeji-worker.h"

G_BEGIN_DECLS

/* What blocks and is done for the main loop. */
typedef enum
{
  YEJI_TRANSFER_WORK_LOAD,
  YEJI_TRANSFER_WORK_KEEP,
  YEJI_TRANSFER_WORK_CANCEL,
  YEJI_TRANSFER_WORK_RETRY,
  YEJI_TRANSFER_WORK_MOVE,
} YejiTransferWork;

void yeji_transfer_work_push (YejiWorker        *worker,
                              YejiTransferQueue *queue,
                              YejiTransferWork   work,
                              gint64             id,
                              guint              position);

G_END_DECLS
