// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-db.h"
#include "yeji-store-others.h"

G_BEGIN_DECLS

/* The documents of the record ?1 as a submission lists them. */
#define YEJI_FILES_SELECT \
  "(SELECT json_group_array (json_object ('slot', slot, 'sha256', sha256, 'filename', filename))" \
  " FROM (SELECT slot, sha256, filename FROM attachment WHERE record = ?1 AND removed_at IS NULL" \
  "       ORDER BY slot, position, rowid))"

/* On the database's thread, inside a transaction. */
gboolean yeji_store_write_files   (YejiStore         *self,
                                   YejiSql           *sql,
                                   const char        *uuid,
                                   const char        *revision,
                                   GPtrArray         *files,
                                   const char        *now,
                                   GError           **error);
gboolean yeji_store_is_as_queued  (YejiSql           *sql,
                                   const char        *uuid,
                                   gint64             seq,
                                   gboolean          *same,
                                   GError           **error);
gboolean yeji_store_requeue       (YejiStore         *self,
                                   YejiSql           *sql,
                                   const char        *uuid,
                                   gint64             seq,
                                   gboolean          *queued,
                                   GError           **error);

G_END_DECLS
