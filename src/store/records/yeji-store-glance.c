// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-store"

#include "config.h"

#include "yeji-store-glance.h"

#include "yeji-sql-private.h"

/* ?1 is what the id begins with, and ?2 how many there may be. */
#define WITH_PREFIX(id) "substr (" id ", 1, length (?1)) = ?1"

static const char * const statements[N_YEJI_GLANCES] = {
  [YEJI_GLANCE_RECORDS] =
    "SELECT uuid, name FROM record WHERE removed_at IS NULL AND " WITH_PREFIX ("uuid")
    " ORDER BY changed_at DESC LIMIT ?2",
  [YEJI_GLANCE_BIN] =
    "SELECT uuid, name FROM record WHERE removed_at IS NOT NULL AND "
    WITH_PREFIX ("uuid") " ORDER BY removed_at DESC LIMIT ?2",
  [YEJI_GLANCE_TRAY] =
    "SELECT id, filename FROM tray WHERE removed_at IS NULL AND "
    WITH_PREFIX ("id") " ORDER BY filename LIMIT ?2",
  [YEJI_GLANCE_TRANSFERS] =
    "SELECT CAST (id AS TEXT), filename FROM transfer WHERE state <> 'received' AND "
    WITH_PREFIX ("CAST (id AS TEXT)") " ORDER BY position LIMIT ?2",
  [YEJI_GLANCE_LISTS] =
    "SELECT id, name FROM use_list WHERE removed_at IS NULL AND " WITH_PREFIX ("id")
    " ORDER BY made_at DESC LIMIT ?2",
};

void
yeji_glanced_free (YejiGlanced *self)
{
  g_free (self->id);
  g_free (self->name);
  g_free (self);
}

/**
 * yeji_store_glance:
 * @directory: a profile's
 * @prefix: what the ids begin with
 * @most: how many are enough
 *
 * Lists things of a profile by a connection of its own that writes nothing, in a few milliseconds:
 * without its key, and while another program has it open. Blocks. Fails where there is no profile
 * or its version has not got such things.
 *
 * Returns: (transfer full) (nullable) (element-type YejiGlanced): the youngest first
 */
GPtrArray *
yeji_store_glance (const char  *directory,
                   YejiGlance   what,
                   const char  *prefix,
                   guint        most,
                   GError     **error)
{
  g_autofree char *path = g_build_filename (directory, "yeji.sqlite", NULL);
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (YejiSql) sql = NULL;
  g_autoptr (YejiRows) rows = NULL;
  g_autoptr (GError) local_error = NULL;

  g_return_val_if_fail (what < N_YEJI_GLANCES, NULL);

  sql = yeji_sql_open_read_only (path, error);
  if (sql == NULL)
    return NULL;
  rows = yeji_sql_query (sql, error, statements[what], "si", prefix, (gint64) most);
  if (rows == NULL)
    return NULL;
  found = g_ptr_array_new_with_free_func ((GDestroyNotify) yeji_glanced_free);
  while (yeji_rows_next (rows, &local_error))
    {
      YejiGlanced *thing = g_new0 (YejiGlanced, 1);

      thing->id = yeji_rows_dup_text (rows, 0);
      thing->name = yeji_rows_dup_text (rows, 1);
      g_ptr_array_add (found, thing);
    }
  if (local_error == NULL)
    return g_steal_pointer (&found);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}
