// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-store"

#include "config.h"

#include "yeji-bin-private.h"

#include <string.h>

#include <glib/gstdio.h>

#include "yeji-backup.h"
#include "yeji-clock.h"
#include "yeji-json.h"
#include "yeji-platform.h"
#include "yeji-salvage.h"
#include "yeji-store-private.h"

/* The one place where contents of documents are deleted. One goes when no attachment names it, be
 * it of a record in the bin, nor a file of the tray, be it out of it, nor either as its original,
 * nor an outbox item, nor a backup. */

typedef struct
{
  GHashTable *named;           /* sums that stay */
  GHashTable *sums;            /* (nullable): of attachments that were deleted just now */
  gboolean everything;         /* of any age */
  gint64 old;                  /* seconds since 1970: what is older goes by itself */
  gint64 saved;                /* what is not newer stays, -1: nothing stays */
  guint n_swept;
} Sweep;

static gboolean
run_collect (YejiSql   *sql,
             gpointer   data,
             GError   **error)
{
  Sweep *sweep = data;
  g_autoptr (GError) local_error = NULL;
  g_autoptr (YejiRows) rows = NULL;

  rows = yeji_sql_query (sql, error,
                         YEJI_CONTENTS_SQL " UNION SELECT f.value ->> 'sha256'"
                         " FROM outbox o JOIN json_each (o.files) f UNION SELECT sha256"
                         " FROM transfer WHERE state IN ('waiting', 'sending', 'failed')"
                         " UNION SELECT sha256 FROM petition_file", "");
  if (rows == NULL)
    return FALSE;
  while (yeji_rows_next (rows, &local_error))
    g_hash_table_add (sweep->named, yeji_rows_dup_text (rows, 0));
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/* Whether a recovery may have lost attachments, whose contents are all that is left of them. */
static gboolean
has_losses (const char *path)
{
  g_autofree char *text = NULL;
  g_autoptr (JsonNode) node = NULL;
  JsonObject *report;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return FALSE;
  node = yeji_json_parse (text, -1, NULL);
  report = node != NULL ? yeji_json_node_object (node) : NULL;
  return report == NULL || yeji_json_get_int (report, "lost_documents", 0) > 0
    || yeji_json_get_int (report, "n_lost", 0) > 0
    || json_object_get_boolean_member_with_default (report, "uncertain", TRUE);
}

static gint64
find_last_loss (const char *directory)
{
  g_autofree char *damaged = g_build_filename (directory, YEJI_DAMAGED_FOLDER, NULL);
  g_autoptr (GDir) dir = g_dir_open (damaged, 0, NULL);
  const char *name;
  gint64 last = -1;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (damaged, name, "report.json", NULL);
      GStatBuf status;

      if (has_losses (path) && g_stat (path, &status) == 0)
        last = MAX (last, (gint64) status.st_mtime);
    }
  return last;
}

static void
sweep_file (Sweep      *sweep,
            const char *shelf,
            const char *name)
{
  g_autofree char *path = g_build_filename (shelf, name, NULL);
  GStatBuf status;

  if (strlen (name) != 64 || g_hash_table_contains (sweep->named, name)
      || g_stat (path, &status) != 0 || (gint64) status.st_mtime <= sweep->saved)
    return;
  if (!sweep->everything && (gint64) status.st_mtime > sweep->old
      && (sweep->sums == NULL || !g_hash_table_contains (sweep->sums, name)))
    return;
  if (yeji_platform_remove (path) == 0)
    sweep->n_swept++;
}

static void
sweep_shelves (Sweep      *sweep,
               const char *directory)
{
  g_autofree char *files = g_build_filename (directory, "files", NULL);
  g_autoptr (GDir) dir = g_dir_open (files, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *shelf = g_build_filename (files, name, NULL);
      g_autoptr (GDir) inner = strlen (name) == 2 ? g_dir_open (shelf, 0, NULL) : NULL;
      const char *content;

      while (inner != NULL && (content = g_dir_read_name (inner)) != NULL)
        sweep_file (sweep, shelf, content);
    }
}

static gint64
get_limit (void)
{
  g_autofree char *now = yeji_clock_now ();
  g_autoptr (GDateTime) moment = g_date_time_new_from_iso8601 (now, NULL);

  return g_date_time_to_unix (moment) - YEJI_BIN_DAYS * 24 * 60 * 60;
}

/**
 * yeji_store_sweep: (skip)
 * @sums: (nullable): contents whose attachments were deleted just now, which go whatever their age
 * @everything: whether the others go before they are YEJI_BIN_DAYS old
 * @n_swept: (out): how many went
 *
 * Deletes contents that nothing names. Nobody attaches meanwhile. After a recovery that may have
 * lost attachments, what was there then stays for ever. Blocks.
 *
 * Returns: %FALSE with an error when it cannot be known what is named; nothing is deleted then
 */
gboolean
yeji_store_sweep (YejiStore   *self,
                  GHashTable  *sums,
                  gboolean     everything,
                  guint       *n_swept,
                  GError     **error)
{
  const char *directory = yeji_store_get_directory (self);
  g_autoptr (GHashTable) named = yeji_backup_collect_documents (directory, error);
  g_autoptr (GRWLockWriterLocker) locker = NULL;
  Sweep sweep = { named, sums, everything, get_limit (), find_last_loss (directory) };

  *n_swept = 0;
  if (named == NULL)
    return FALSE;
  locker = g_rw_lock_writer_locker_new (yeji_store_get_files_lock (self));
  if (!yeji_db_run (yeji_store_get_db (self), run_collect, &sweep, error))
    return FALSE;
  sweep_shelves (&sweep, directory);
  *n_swept = sweep.n_swept;
  return TRUE;
}
