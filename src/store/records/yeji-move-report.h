// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-move.h"

G_BEGIN_DECLS

/* What became of one record when the profile went over to another version of the dictionary. */
typedef struct
{
  gint64 seq;                  /* for yeji_store_load_before_move() */
  char *uuid;
  char *name;                  /* the record's, as it is called now; maybe "" */
  char *from;                  /* the version before */
  char *to;                    /* the version after */
  char *at;                    /* RFC 3339 */
  GPtrArray *notes;            /* (element-type YejiMoveNote), maybe empty */
} YejiMoveReport;

void yeji_move_report_free (YejiMoveReport *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiMoveReport, yeji_move_report_free)

G_END_DECLS
