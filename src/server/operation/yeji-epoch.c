// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-epoch"

#include "config.h"

#include "yeji-epoch.h"

#include "yeji-audit.h"
#include "yeji-clock.h"
#include "yeji-json.h"
#include "yeji-revision.h"

#define WITNESS_FILE "witness.json"
/* Seconds that the witness is behind at most. What is lost in between, clients find themselves. */
#define WITNESS_SECONDS 2

struct _YejiWitness
{
  char *path;
  YejiDb *db;
  guint timer;
  gint64 written;              /* the number that the file has; the database's thread's */
};

/**
 * yeji_epoch_read:
 * @epoch: (out caller-allocates)
 *
 * Reads which course of the database this is.
 */
gboolean
yeji_epoch_read (YejiSql    *sql,
                 YejiEpoch  *epoch,
                 GError    **error)
{
  g_autoptr (YejiRows) rows = NULL;

  rows = yeji_sql_query (sql, error,
                         "SELECT value, (SELECT value FROM server WHERE key = 'restored_at')"
                         " FROM server WHERE key = 'epoch'",
                         "");
  if (rows == NULL || !yeji_rows_next (rows, error))
    return FALSE;
  epoch->id = yeji_rows_dup_text (rows, 0);
  epoch->restored_at = yeji_rows_dup_text (rows, 1);
  return TRUE;
}

/**
 * yeji_epoch_renew:
 * @what: how the audit log calls it
 * @detail: (nullable)
 * @before: where revisions began in the epoch that was lost, as the witness has it
 *
 * Begins a new course: from now on every client asks for everything anew and sees what is missing,
 * and a revision of before that is lost is never given to something else.
 */
gboolean
yeji_epoch_renew (YejiSql     *sql,
                  const char  *what,
                  const char  *detail,
                  gint64       before,
                  GError     **error)
{
  g_autofree char *now = yeji_clock_now ();

  return yeji_sql_exec (sql, error,
                        "UPDATE server SET value = lower (hex (randomblob (8)))"
                        " WHERE key = 'epoch'", "")
         && yeji_sql_exec (sql, error,
                           "INSERT INTO server VALUES ('restored_at', ?1)"
                           " ON CONFLICT (key) DO UPDATE SET value = excluded.value", "s", now)
         && yeji_sql_exec (sql, error,
                           "INSERT OR REPLACE INTO server SELECT 'revision_floor',"
                           "  (max (coalesce ((SELECT CAST (value AS INTEGER) FROM server"
                           "                    WHERE key = 'revision_floor'), 0),"
                           "        coalesce ((SELECT max (revision) FROM record), 0), ?2) / ?1"
                           "   + 1) * ?1",
                           "ii", (gint64) YEJI_REVISION_EPOCH, before)
         && yeji_audit_write (sql, "", what, NULL, detail, error);
}

static gboolean
read_floor (YejiSql  *sql,
            gint64   *floor,
            GError  **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (YejiRows) rows = NULL;

  rows = yeji_sql_query (sql, error,
                         "SELECT CAST (value AS INTEGER) FROM server WHERE key = 'revision_floor'",
                         "");
  if (rows == NULL)
    return FALSE;
  *floor = yeji_rows_next (rows, &local_error) ? yeji_rows_int (rows, 0) : 0;
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/**
 * yeji_epoch_give_revision:
 * @revision: (inout): of a record before, and after it is written
 *
 * Counts a record's revision on.
 */
gboolean
yeji_epoch_give_revision (YejiSql  *sql,
                          gint64   *revision,
                          GError  **error)
{
  gint64 floor;

  if (!read_floor (sql, &floor, error))
    return FALSE;
  *revision = MAX (*revision + 1, floor);
  return TRUE;
}

void
yeji_epoch_clear (YejiEpoch *epoch)
{
  g_clear_pointer (&epoch->id, g_free);
  g_clear_pointer (&epoch->restored_at, g_free);
}

static gboolean
read_sequence (YejiSql  *sql,
               gint64   *sequence,
               GError  **error)
{
  g_autoptr (YejiRows) rows = yeji_sql_query (sql, error,
                                              "SELECT coalesce (max (seq), 0) FROM change", "");

  if (rows == NULL || !yeji_rows_next (rows, error))
    return FALSE;
  *sequence = yeji_rows_int (rows, 0);
  return TRUE;
}

/* What cannot be read says nothing. */
static JsonNode *
read_file (const char *path)
{
  g_autofree char *text = NULL;
  gsize length;
  JsonNode *node = NULL;

  if (g_file_get_contents (path, &text, &length, NULL))
    node = yeji_json_parse (text, (gssize) length, NULL);
  if (node != NULL && yeji_json_node_object (node) != NULL)
    return node;
  g_clear_pointer (&node, json_node_unref);
  return NULL;
}

static gboolean
write_file (YejiWitness  *self,
            const char   *epoch,
            gint64        sequence,
            gint64        floor,
            GError      **error)
{
  g_autofree char *text = NULL;

  text = g_strdup_printf ("{\"epoch\": \"%s\", \"sequence\": %" G_GINT64_FORMAT
                          ", \"floor\": %" G_GINT64_FORMAT "}\n", epoch, sequence, floor);
  if (!g_file_set_contents (self->path, text, -1, error))
    return FALSE;
  self->written = sequence;
  return TRUE;
}

/* Only what is committed is in a transaction that has just begun. */
static gboolean
run_write (YejiSql   *sql,
           gpointer   data,
           GError   **error)
{
  YejiWitness *self = data;
  g_auto (YejiEpoch) epoch = { NULL };
  gint64 sequence, floor;

  if (!read_sequence (sql, &sequence, error))
    return FALSE;
  if (sequence == self->written)
    return TRUE;
  return yeji_epoch_read (sql, &epoch, error) && read_floor (sql, &floor, error)
         && write_file (self, epoch.id, sequence, floor, error);
}

static gint64
get_floor (JsonNode *witness)
{
  return witness != NULL ? yeji_json_get_int (yeji_json_node_object (witness), "floor", 0) : 0;
}

/* Why the database is older than what was answered from here; NULL: it is not. */
static char *
find_older (JsonNode   *witness,
            const char *epoch,
            gint64      sequence)
{
  JsonObject *object = witness != NULL ? yeji_json_node_object (witness) : NULL;
  const char *seen = object != NULL ? yeji_json_get_string (object, "epoch") : NULL;
  gint64 highest = object != NULL ? yeji_json_get_int (object, "sequence", 0) : 0;

  if (seen == NULL)
    return NULL;
  if (!g_str_equal (seen, epoch))
    return g_strdup_printf ("epoch %s in place of %s", epoch, seen);
  if (sequence < highest)
    return g_strdup_printf ("change %" G_GINT64_FORMAT " in place of %" G_GINT64_FORMAT, sequence,
                            highest);
  return NULL;
}

static gboolean
run_compare (YejiSql   *sql,
             gpointer   data,
             GError   **error)
{
  YejiWitness *self = data;
  g_auto (YejiEpoch) epoch = { NULL };
  g_autoptr (JsonNode) witness = read_file (self->path);
  g_autofree char *older = NULL;
  gint64 sequence;

  if (!yeji_epoch_read (sql, &epoch, error) || !read_sequence (sql, &sequence, error))
    return FALSE;
  older = find_older (witness, epoch.id, sequence);
  if (older == NULL)
    return TRUE;
  g_message ("the database is older than what was answered: %s", older);
  return yeji_epoch_renew (sql, "province.older", older, get_floor (witness), error);
}

static void
on_written (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (GError) error = NULL;

  if (!yeji_db_run_finish (YEJI_DB (source), result, &error)
      && !g_error_matches (error, YEJI_DB_ERROR, YEJI_DB_ERROR_CLOSED))
    g_message ("the witness is not written: %s", error->message);
}

static gboolean
begin_writing (gpointer data)
{
  YejiWitness *self = data;

  yeji_db_run_async (self->db, run_write, self, NULL, NULL, on_written, NULL);
  return G_SOURCE_CONTINUE;
}

/**
 * yeji_witness_new:
 *
 * Looks whether the database is older than what was answered from this directory, as it is when
 * somebody put a backup in its place by hand, and then begins a new epoch. Blocks.
 *
 * Returns: (transfer full) (nullable): what goes on watching, to be ended with yeji_witness_close()
 */
YejiWitness *
yeji_witness_new (const char  *data_dir,
                  YejiDb      *db,
                  GError     **error)
{
  YejiWitness *self = g_new0 (YejiWitness, 1);

  self->path = g_build_filename (data_dir, WITNESS_FILE, NULL);
  self->db = g_object_ref (db);
  self->written = -1;
  if (yeji_db_run (db, run_compare, self, error) && yeji_witness_write (self, error))
    {
      self->timer = g_timeout_add_seconds (WITNESS_SECONDS, begin_writing, self);
      return self;
    }
  yeji_witness_close (self);
  return NULL;
}

/**
 * yeji_witness_read_floor:
 *
 * Returns: where revisions began in the epoch of which the directory's witness is; 0 when nobody
 *   knows
 */
gint64
yeji_witness_read_floor (const char *data_dir)
{
  g_autofree char *path = g_build_filename (data_dir, WITNESS_FILE, NULL);
  g_autoptr (JsonNode) witness = read_file (path);

  return get_floor (witness);
}

/**
 * yeji_witness_write:
 *
 * Writes how far the database has come. Blocks.
 */
gboolean
yeji_witness_write (YejiWitness  *self,
                    GError      **error)
{
  return yeji_db_run (self->db, run_write, self, error);
}

/**
 * yeji_witness_close:
 * @self: (transfer full)
 *
 * Ends the watch, while the database is open. Blocks.
 */
void
yeji_witness_close (YejiWitness *self)
{
  g_autoptr (GError) error = NULL;

  g_clear_handle_id (&self->timer, g_source_remove);
  if (!yeji_witness_write (self, &error))
    g_message ("the witness is not written: %s", error->message);
  g_object_unref (self->db);
  g_free (self->path);
  g_free (self);
}
