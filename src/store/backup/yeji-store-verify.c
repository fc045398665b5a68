// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-store"

#include "config.h"

#include "yeji-store-verify.h"

#include <string.h>

#include <glib/gstdio.h>

#include "yeji-json.h"
#include "yeji-recovery.h"
#include "yeji-sql-copy.h"
#include "yeji-sql-private.h"
#include "yeji-store-private.h"

/* Records that are read in one transaction of the database's thread. */
#define PORTION 50

#define CHUNK_SIZE (256 * 1024)

typedef struct
{
  YejiStore *store;
  YejiSql *sql;                /* a connection of its own, so that saves go on meanwhile */
  GCancellable *cancellable;
  GPtrArray *flaws;
  gboolean recover;            /* whether the next opening must recover */
} Check;

/* A portion of records, read again by the database's thread. */
typedef struct
{
  Check *check;
  GPtrArray *uuids;
} Portion;

static gboolean
is_full (Check *check)
{
  return check->flaws->len >= YEJI_VERIFY_MAX_FLAWS;
}

static YejiFlaw *
add_flaw (Check        *check,
          YejiFlawKind  kind,
          const char   *uuid,
          const char   *name,
          const char   *text)
{
  YejiFlaw *flaw = g_new0 (YejiFlaw, 1);

  flaw->kind = kind;
  flaw->uuid = g_strdup (uuid);
  flaw->name = g_strdup (name);
  if (check->flaws->len + 1 == YEJI_VERIFY_MAX_FLAWS)
    flaw->text = g_strdup ("there are more");
  else
    flaw->text = g_utf8_make_valid (text, -1);
  g_ptr_array_add (check->flaws, flaw);
  return flaw;
}

/* Damage is what the check is for; another failure is the check's own. */
static gboolean
settle (Check   *check,
        GError  *failure,
        GError **error)
{
  g_autoptr (GError) owned = failure;

  if (g_cancellable_set_error_if_cancelled (check->cancellable, error))
    return FALSE;
  if (owned == NULL)
    return TRUE;
  if (!g_error_matches (owned, YEJI_DB_ERROR, YEJI_DB_ERROR_DAMAGED))
    {
      g_propagate_error (error, g_steal_pointer (&owned));
      return FALSE;
    }
  if (!is_full (check))
    add_flaw (check, YEJI_FLAW_DATABASE, NULL, NULL, owned->message);
  check->recover = TRUE;
  return TRUE;
}

static gboolean
check_structure (Check      *check,
                 YejiDepth   depth,
                 GError    **error)
{
  g_autoptr (YejiRows) rows = NULL;
  GError *failure = NULL;
  gboolean damaged = FALSE;

  rows = yeji_sql_query (check->sql, &failure,
                         depth == YEJI_DEPTH_FULL ? "PRAGMA integrity_check (50)"
                                                  : "PRAGMA quick_check (50)", "");
  while (rows != NULL && failure == NULL && yeji_rows_next (rows, &failure))
    {
      const char *text = yeji_rows_text (rows, 0);

      if (g_strcmp0 (text, "ok") == 0 || !yeji_sql_require_read (text, &failure))
        continue;
      damaged = TRUE;
      if (!is_full (check))
        add_flaw (check, YEJI_FLAW_DATABASE, NULL, NULL, text);
    }
  if (!settle (check, failure, error))
    return FALSE;
  check->recover |= damaged;
  return TRUE;
}

static gboolean
check_references (Check   *check,
                  GError **error)
{
  g_autoptr (YejiRows) rows = yeji_sql_query (check->sql, error, "PRAGMA foreign_key_check", "");
  GError *failure = NULL;

  if (rows == NULL)
    return FALSE;
  while (!is_full (check) && yeji_rows_next (rows, &failure))
    {
      g_autofree char *text = g_strdup_printf ("a row of %s belongs to no %s",
                                               yeji_rows_text (rows, 0), yeji_rows_text (rows, 2));

      add_flaw (check, YEJI_FLAW_REFERENCE, NULL, NULL, text);
    }
  return settle (check, failure, error);
}

static gboolean
has_sum (const char   *path,
         const char   *sha256,
         GCancellable *cancellable)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GInputStream) input = G_INPUT_STREAM (g_file_read (file, cancellable, NULL));
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree guint8 *chunk = g_malloc (CHUNK_SIZE);
  gssize length = 0;

  while (input != NULL
         && (length = g_input_stream_read (input, chunk, CHUNK_SIZE, cancellable, NULL)) > 0)
    g_checksum_update (checksum, chunk, length);
  return input != NULL && length == 0
    && g_str_equal (g_checksum_get_string (checksum), sha256);
}

/* NULL for a good one. @size: -1: nobody noted it */
static const char *
judge_document (Check      *check,
                YejiDepth   depth,
                const char *sha256,
                gint64      size,
                gboolean    elsewhere)
{
  g_autofree char *path = NULL;
  GStatBuf status;

  if (sha256 == NULL || strlen (sha256) != 64)
    return "the copy has no name";
  path = yeji_copies_get_path (yeji_store_get_directory (check->store), sha256);
  if (g_stat (path, &status) != 0)
    return elsewhere ? NULL : "the copy is gone";
  if (size >= 0 && (gint64) status.st_size != size)
    return "the copy has another size";
  if (depth == YEJI_DEPTH_FULL && !has_sum (path, sha256, check->cancellable))
    return "the copy has another content";
  return NULL;
}

static gboolean
check_documents (Check      *check,
                 YejiDepth   depth,
                 GError    **error)
{
  g_autoptr (YejiRows) rows = NULL;
  GError *failure = NULL;

  rows = yeji_sql_query (check->sql, &failure,
                         "SELECT a.record, r.name, a.slot, a.filename, a.sha256, a.size,"
                         " a.sha256 IN (SELECT sha256 FROM elsewhere) FROM ("
                         "SELECT record, slot, filename, sha256, size, position"
                         "  FROM attachment UNION ALL SELECT record, slot, filename, original, -1,"
                         "  position FROM attachment WHERE original IS NOT NULL"
                         "  UNION ALL SELECT NULL, NULL, filename, sha256, size, rowid FROM tray"
                         "  UNION ALL SELECT NULL, NULL, filename, original, -1, rowid FROM tray"
                         "  WHERE original IS NOT NULL) a"
                         " LEFT JOIN record r ON r.uuid = a.record"
                         " ORDER BY r.name, a.record, a.slot, a.position", "");
  while (rows != NULL && !is_full (check) && !g_cancellable_is_cancelled (check->cancellable)
         && yeji_rows_next (rows, &failure))
    {
      const char *text = judge_document (check, depth, yeji_rows_text (rows, 4),
                                         yeji_rows_int (rows, 5), yeji_rows_int (rows, 6) != 0);
      YejiFlaw *flaw;

      if (text == NULL || g_cancellable_is_cancelled (check->cancellable))
        continue;
      flaw = add_flaw (check, YEJI_FLAW_DOCUMENT, yeji_rows_text (rows, 0),
                       yeji_rows_text (rows, 1), text);
      flaw->slot = yeji_rows_dup_text (rows, 2);
      flaw->filename = yeji_rows_dup_text (rows, 3);
    }
  return settle (check, failure, error);
}

/* What the program writes it can read: a body that is no JSON was spoilt by the disk. */
static gboolean
is_spoilt (YejiRows *rows,
           int       column)
{
  const char *text = yeji_rows_text (rows, column);
  g_autoptr (JsonNode) node = text != NULL ? yeji_json_parse (text, -1, NULL) : NULL;

  return text != NULL && node == NULL;
}

static gboolean
list_records (Check      *check,
              GPtrArray  *uuids,
              GError    **error)
{
  g_autoptr (YejiRows) rows = NULL;
  GError *failure = NULL;

  rows = yeji_sql_query (check->sql, &failure, "SELECT uuid, name, body, base_body FROM record",
                         "");
  while (rows != NULL && !is_full (check) && !g_cancellable_is_cancelled (check->cancellable)
         && yeji_rows_next (rows, &failure))
    {
      if (!is_spoilt (rows, 2) && !is_spoilt (rows, 3))
        {
          g_ptr_array_add (uuids, yeji_rows_dup_text (rows, 0));
          continue;
        }
      add_flaw (check, YEJI_FLAW_RECORD, yeji_rows_text (rows, 0), yeji_rows_text (rows, 1),
                "the record is no JSON");
      check->recover = TRUE;
    }
  return settle (check, failure, error);
}

/* Under a dictionary that is not known here any more it reads otherwise than it was written. */
static gboolean
knows_dictionary (Check    *check,
                  YejiSql  *sql,
                  YejiRows *rows)
{
  YejiDictionary *dictionary = NULL;

  return yeji_shelf_find (yeji_store_get_shelf (check->store), sql, yeji_rows_text (rows, 2),
                          &dictionary, NULL)
    && dictionary != NULL;
}

static gboolean
compare_record (Check       *check,
                YejiSql     *sql,
                const char  *uuid,
                GError     **error)
{
  g_autoptr (YejiRows) rows = NULL;
  g_autoptr (YejiRecord) record = NULL;
  g_autoptr (GError) failure = NULL;
  g_autofree char *digest = NULL;

  rows = yeji_sql_query (sql, error, "SELECT name, digest, dictionary FROM record WHERE uuid = ?1",
                         "s", uuid);
  if (rows == NULL)
    return FALSE;
  if (!yeji_rows_next (rows, &failure) && failure == NULL)
    return TRUE;                /* deleted meanwhile */
  if (failure == NULL)
    record = yeji_store_read_record (check->store, sql, uuid, TRUE, &failure);
  if (failure != NULL && failure->domain == YEJI_DB_ERROR)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  if (record == NULL)
    add_flaw (check, YEJI_FLAW_RECORD, uuid, yeji_rows_text (rows, 0), failure->message);
  else if (knows_dictionary (check, sql, rows))
    {
      digest = yeji_store_digest (check->store, record);
      if (g_strcmp0 (digest, yeji_rows_text (rows, 1)) != 0)
        add_flaw (check, YEJI_FLAW_RECORD, uuid, yeji_rows_text (rows, 0),
                  "the record is not what was saved");
    }
  return TRUE;
}

static gboolean
run_compare (YejiSql   *sql,
             gpointer   data,
             GError   **error)
{
  Portion *portion = data;

  for (guint i = 0; i < portion->uuids->len && !is_full (portion->check); i++)
    if (!compare_record (portion->check, sql, g_ptr_array_index (portion->uuids, i), error))
      return FALSE;
  return TRUE;
}

static gboolean
check_records (Check   *check,
               GError **error)
{
  g_autoptr (GPtrArray) uuids = g_ptr_array_new_with_free_func (g_free);
  Portion portion = { check };

  if (!list_records (check, uuids, error))
    return FALSE;
  for (guint i = 0; i < uuids->len && !is_full (check); i += PORTION)
    {
      g_autoptr (GPtrArray) some = g_ptr_array_new ();
      GError *failure = NULL;

      for (guint j = i; j < MIN (i + PORTION, uuids->len); j++)
        g_ptr_array_add (some, g_ptr_array_index (uuids, j));
      portion.uuids = some;
      yeji_db_run (yeji_store_get_db (check->store), run_compare, &portion, &failure);
      if (!settle (check, failure, error))
        return FALSE;
    }
  return TRUE;
}

/* What the file's structure makes unreadable is said once, and the rest is not asked for. */
static gboolean
run_check (Check      *check,
           YejiDepth   depth,
           GError    **error)
{
  if (!check_structure (check, depth, error))
    return FALSE;
  if (check->recover)
    return TRUE;
  return check_references (check, error) && check_documents (check, depth, error)
    && (depth != YEJI_DEPTH_FULL || check_records (check, error));
}

/**
 * yeji_flaw_free:
 * @self: (nullable) (transfer full)
 */
void
yeji_flaw_free (YejiFlaw *self)
{
  if (self == NULL)
    return;
  g_free (self->uuid);
  g_free (self->name);
  g_free (self->slot);
  g_free (self->filename);
  g_free (self->text);
  g_free (self);
}

/**
 * yeji_store_verify:
 *
 * Looks whether the profile is sound, beside the work that goes on. Where the database is damaged,
 * the next opening recovers it. The store must not be closed meanwhile by another thread; chores
 * are waited for by closing, other callers see to it themselves. Blocks: up to a minute for a large
 * profile that nobody has read since the computer was started.
 *
 * Returns: (transfer full) (nullable) (element-type YejiFlaw): what is wrong, empty when nothing
 * is; %NULL when it could not be checked, or with %G_IO_ERROR_CANCELLED
 */
GPtrArray *
yeji_store_verify (YejiStore     *self,
                   YejiDepth      depth,
                   GCancellable  *cancellable,
                   GError       **error)
{
  g_autoptr (GPtrArray) flaws = NULL;
  g_autoptr (YejiSql) sql = NULL;
  g_autofree char *path = NULL;
  Check check = { self };
  gboolean done;

  g_return_val_if_fail (YEJI_IS_STORE (self), NULL);

  path = g_build_filename (yeji_store_get_directory (self), "yeji.sqlite", NULL);
  flaws = g_ptr_array_new_with_free_func ((GDestroyNotify) yeji_flaw_free);
  sql = yeji_sql_open_read_only (path, error);
  if (sql == NULL)
    return NULL;
  yeji_sql_set_cancellable (sql, cancellable);
  check.sql = sql;
  check.cancellable = cancellable;
  check.flaws = flaws;
  done = run_check (&check, depth, error);
  yeji_sql_set_cancellable (sql, NULL);
  if (!done)
    return NULL;
  if (check.recover)
    {
      YejiFlaw *first = g_ptr_array_index (flaws, 0);

      if (!yeji_recovery_wish (yeji_store_get_directory (self), first->text, error))
        return NULL;
    }
  return g_steal_pointer (&flaws);
}
