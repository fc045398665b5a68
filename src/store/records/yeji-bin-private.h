// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-bin.h"
#include "yeji-sql.h"

G_BEGIN_DECLS

/* The day that was noted last. */
#define YEJI_BIN_TODAY "bin.today"

/* In SQL, of a record or an attachment in the bin with that column bin_since: on how many days
 * after that of its removal the profile was open. Days to come, which a wrong clock saw, do not
 * count before they come. */
#define YEJI_BIN_N_DAYS(since) \
  "(SELECT count (*) FROM bin_day d WHERE d.number > ifnull (" since ", 0)" \
  " AND d.day <= (SELECT value FROM setting WHERE name = '" YEJI_BIN_TODAY "'))"

/* yeji-bin-days.c */
gboolean yeji_bin_note_day (YejiSql     *sql,
                            const char  *now,
                            gint64      *number,
                            GError     **error);

/* yeji-store-sweep.c */
gboolean yeji_store_sweep (YejiStore   *self,
                           GHashTable  *sums,
                           gboolean     everything,
                           guint       *n_swept,
                           GError     **error);

G_END_DECLS
