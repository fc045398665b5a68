// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-change.h"

G_BEGIN_DECLS

/* One line of a record's history. The lines of one save have the same step. */
typedef struct
{
  gint64 step;                 /* counts up within a record */
  YejiChange *change;
  char *at;                    /* RFC 3339 */
  char *who;
  char *why;                   /* as given to yeji_store_save(), or undone, redone */
  char *batch;                 /* (nullable): the same in all lines of one bulk change */
  gint64 undoes;               /* the first step that this one undoes or does again, 0 for none */
} YejiHistoryLine;

void yeji_history_line_free (YejiHistoryLine *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiHistoryLine, yeji_history_line_free)

G_END_DECLS
