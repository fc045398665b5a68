// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-push-work.h"

G_BEGIN_DECLS

/* A number of things of one kind. */
typedef struct
{
  char *name;
  gint64 count;
} YejiTally;

/* How it stands with a province. */
typedef struct
{
  gint64 disk_size;            /* bytes, -1: not known */
  gint64 disk_free;            /* bytes, -1: not known */
  gint64 database;             /* bytes */
  gint64 database_log;         /* bytes that are not in the database's file yet */
  gint64 documents;            /* bytes */
  gint64 uploads;              /* that are not complete */
  gint64 sessions;
  GArray *records;             /* (element-type YejiTally) by state */
  GArray *accounts;            /* (element-type YejiTally) by role */
  char *oldest_submission;     /* (nullable): of those that wait for a decision */
  YejiPushCounts push;
} YejiStanding;

gboolean yeji_standing_read  (YejiServerContext  *context,
                              YejiSql            *sql,
                              YejiStanding       *standing,
                              GError            **error);
gint64   yeji_standing_read_free_space (YejiServerContext *context,
                              gint64             *size);
void     yeji_standing_clear (YejiStanding       *standing);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (YejiStanding, yeji_standing_clear)

G_END_DECLS
