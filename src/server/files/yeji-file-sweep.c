// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-files"

#include "config.h"

#include "yeji-file-sweep.h"

#include <glib/gstdio.h>

#include "yeji-clock.h"

#define SHA256_LENGTH 64

/* Every name that the database knows: ids of what is being sent, and the sha256 of what is or will be
 * complete: a kill may have come between a file's final name and its row. */
static gboolean
read_names (YejiSql   *sql,
            gpointer   data,
            GError   **error)
{
  GHashTable *names = data;
  g_autofree char *now = yeji_clock_now ();
  g_autoptr (GError) local_error = NULL;
  g_autoptr (YejiRows) rows = NULL;

  if (!yeji_sql_exec (sql, error, "DELETE FROM file WHERE complete = 0 AND expires_at <= ?1", "s",
                      now))
    return FALSE;
  rows = yeji_sql_query (sql, error,
                         "SELECT sha256 FROM file UNION SELECT id FROM file WHERE complete = 0",
                         "");
  if (rows == NULL)
    return FALSE;
  while (yeji_rows_next (rows, &local_error))
    g_hash_table_add (names, yeji_rows_dup_text (rows, 0));
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static void
sweep_dir (const char *path,
           GHashTable *names)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);
      g_autofree char *owner = g_strndup (name, SHA256_LENGTH);   /* of a thumbnail: its document */

      if (g_file_test (child, G_FILE_TEST_IS_DIR))
        sweep_dir (child, names);
      else if (!g_hash_table_contains (names, owner))
        g_remove (child);
    }
}

/**
 * yeji_file_sweep:
 *
 * Removes uploads that nobody went on with, files that no record has any more and their thumbnails.
 * Only before the server listens: then no upload can be between its file and its row. Blocks.
 */
gboolean
yeji_file_sweep (YejiServerContext  *context,
                 YejiDb             *db,
                 GError            **error)
{
  g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  if (!yeji_db_run (db, read_names, names, error))
    return FALSE;
  sweep_dir (context->part_dir, names);
  sweep_dir (context->content_dir, names);
  sweep_dir (context->thumbnail_dir, names);
  return TRUE;
}
