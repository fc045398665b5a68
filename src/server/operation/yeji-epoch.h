// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-db.h"

G_BEGIN_DECLS

/**
 * YejiEpoch:
 * @id: names the course of one database: a cursor of another one means nothing
 * @restored_at: (nullable): when an older state took the place of a newer one, RFC 3339
 */
typedef struct
{
  char *id;
  char *restored_at;
} YejiEpoch;

gboolean yeji_epoch_read  (YejiSql     *sql,
                           YejiEpoch   *epoch,
                           GError     **error);
gboolean yeji_epoch_renew (YejiSql     *sql,
                           const char  *what,
                           const char  *detail,
                           gint64       before,
                           GError     **error);
gboolean yeji_epoch_give_revision (YejiSql *sql,
                           gint64      *revision,
                           GError     **error);
void     yeji_epoch_clear (YejiEpoch   *epoch);

/* What was written besides the database, so that an older one that is put in its place is seen. For
 * the main context's thread. */
typedef struct _YejiWitness YejiWitness;

YejiWitness *yeji_witness_new   (const char   *data_dir,
                                 YejiDb       *db,
                                 GError      **error);
gint64       yeji_witness_read_floor (const char *data_dir);
gboolean     yeji_witness_write (YejiWitness  *self,
                                 GError      **error);
void         yeji_witness_close (YejiWitness  *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (YejiEpoch, yeji_epoch_clear)

G_END_DECLS
