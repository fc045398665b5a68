// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-db.h"

G_BEGIN_DECLS

/* What is written at the same time shares a commit, and so a wait for the disk. */
typedef struct _YejiLedger YejiLedger;

/**
 * YejiLedgerDone:
 * @error: (nullable): why nothing was written
 *
 * Called in the main context when what was given is on the disk, or is not.
 */
typedef void (*YejiLedgerDone) (gpointer      data,
                                const GError *error);

YejiLedger *yeji_ledger_new  (YejiDb          *db);
void        yeji_ledger_run  (YejiLedger      *self,
                              YejiDbFunc       func,
                              gpointer         data,
                              YejiLedgerDone   done);
void        yeji_ledger_free (YejiLedger      *self);

G_END_DECLS
