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

/* The reason of a line that tells what the province brought. */
#define YEJI_HISTORY_ANSWERED "answered"

/* In front of the reason of a line that tells what was done on another computer, before it was
 * taken over here: the line that took it over says what that changed here. */
#define YEJI_HISTORY_ELSEWHERE "elsewhere:"

/* The field of a line that changes nothing, and says that the record was handed over: it came as
 * YEJI_HISTORY_TAKEN_NEW, or it only gave rise to questions. */
#define YEJI_HISTORY_TAKEN "taken"
#define YEJI_HISTORY_TAKEN_NEW "new"
#define YEJI_HISTORY_TAKEN_ASKED "asked"

/* The field of a line that stands for all lines of the step that made a record: its text after is
 * the record, as it is stored. yeji_store_read_history() gives the lines, and nobody else sees it.
 * As long as the record itself still says that, the text is empty, and the trigger history_made
 * fills it in. */
#define YEJI_HISTORY_MADE "record"
#define YEJI_HISTORY_MADE_IS_RECORD \
  "\"table\" = '' AND field = '" YEJI_HISTORY_MADE "' AND after = ''"

void     yeji_history_line_free         (YejiHistoryLine       *self);
gboolean yeji_history_line_is_elsewhere (const YejiHistoryLine *self);
gboolean yeji_history_line_is_taken     (const YejiHistoryLine *self);
gboolean yeji_history_line_is_idle      (const YejiHistoryLine *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiHistoryLine, yeji_history_line_free)

G_END_DECLS
