// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-tus.h"

G_BEGIN_DECLS

/**
 * YejiTusOutcome:
 * @YEJI_TUS_OUTCOME_ALONE: nothing is certain, or it can be mended: the file is to be sent by
 *   itself
 * @YEJI_TUS_OUTCOME_CUT: another file that was changed has cut the request off: whether the server
 *   has this one is to be asked
 * @YEJI_TUS_OUTCOME_RECEIVED: the server has the file
 * @YEJI_TUS_OUTCOME_FAILED: the error says why it will not have it
 *
 * What became of one file of many.
 */
typedef enum
{
  YEJI_TUS_OUTCOME_ALONE,
  YEJI_TUS_OUTCOME_CUT,
  YEJI_TUS_OUTCOME_RECEIVED,
  YEJI_TUS_OUTCOME_FAILED,
} YejiTusOutcome;

typedef struct
{
  YejiTusOutcome outcome;
  GError *error;               /* (nullable): with @YEJI_TUS_OUTCOME_FAILED */
} YejiTusResult;

gboolean yeji_tus_batch_send (YejiTus           *tus,
                              const YejiTusFile *files,
                              YejiTusResult     *results,
                              guint              n_files,
                              GCancellable      *cancellable,
                              GError           **error);

G_END_DECLS
