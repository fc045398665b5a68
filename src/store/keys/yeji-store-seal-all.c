// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-store"

#include "config.h"

#include "yeji-store-seal.h"

#include <string.h>

#include <glib/gstdio.h>

#include "yeji-json.h"
#include "yeji-platform.h"
#include "yeji-sql-copy.h"
#include "yeji-sql-private.h"
#include "yeji-store-private.h"

/* Rows that are held in memory at a time. */
#define PORTION "200"

/* Of the digests that versions without keys stored. */
#define OPEN_DIGEST "64"

const char * const yeji_sealed_settings[] = { "account.access", "account.refresh", NULL };

typedef struct
{
  YejiSql *sql;
  YejiVault *vault;
  YejiDictionary *dictionary;
  gboolean any;                /* something was written */
} Job;

/* One text, where it is, and what the place of it depends on. */
typedef struct
{
  gint64 rowid;
  char *texts[7];
} Item;

static void
free_item (gpointer data)
{
  Item *item = data;

  for (guint i = 0; i < G_N_ELEMENTS (item->texts); i++)
    g_free (item->texts[i]);
  g_free (item);
}

/* Makes of one text what is to be stored in its place, NULL for the same. */
typedef char *(*SealFunc) (Job        *job,
                           const Item *item,
                           const char *text);

/* A body of any version. What the dictionary that counts now does not know is sealed, too. */
static char *
seal_body (Job        *job,
           const Item *item,
           const char *text)
{
  g_autoptr (JsonNode) node = yeji_json_parse (text, -1, NULL);
  g_autofree char *sealed = NULL;

  if (node == NULL)
    {
      g_message ("the record %s cannot be read, and so not sealed", item->texts[0]);
      return NULL;
    }
  if (strstr (text, YEJI_VAULT_PREFIX) != NULL)
    yeji_body_unseal (node, job->vault);
  yeji_body_seal (node, job->dictionary, job->vault, 0);
  sealed = yeji_json_print (node, FALSE);
  return strstr (sealed, YEJI_VAULT_PREFIX) != NULL || strstr (text, YEJI_VAULT_PREFIX) != NULL
           ? g_steal_pointer (&sealed) : NULL;
}

static char *
seal_notes (Job        *job,
            const Item *item,
            const char *text)
{
  g_autoptr (JsonNode) node = yeji_json_parse (text, -1, NULL);

  if (node == NULL)
    return NULL;
  yeji_move_notes_unseal (node, job->vault, item->texts[0]);
  yeji_move_notes_seal (node, job->dictionary, job->vault, item->texts[0]);
  return yeji_json_print (node, FALSE);
}

/* Of a row in conflict: a number, a line feed and a body. */
static char *
seal_row (Job        *job,
          const Item *item,
          const char *text)
{
  const char *body = strchr (text, '\n');
  g_autofree char *sealed = body != NULL ? seal_body (job, item, body + 1) : NULL;
  g_autofree char *number = body != NULL ? g_strndup (text, (gsize) (body + 1 - text)) : NULL;

  return sealed != NULL ? g_strconcat (number, sealed, NULL) : NULL;
}

static char *
seal_line (Job        *job,
           const Item *item,
           const char *text)
{
  const char *table = item->texts[2], *field = item->texts[4];
  g_autofree char *place = NULL;
  g_autofree char *plain = NULL;

  if (*table == '\0' && g_str_equal (field, YEJI_HISTORY_MADE))
    return seal_body (job, item, text);
  place = yeji_seal_make_line_place (item->texts[0], table, item->texts[3], field);
  plain = yeji_seal_open (job->vault, text, place);
  if (!yeji_vault_is_token (text) && !yeji_seal_is_wanted (job->dictionary, table, field, plain))
    return NULL;
  return yeji_vault_seal (job->vault, plain, g_ascii_strtoll (item->texts[5], NULL, 10), place);
}

static char *
seal_setting (Job        *job,
              const Item *item,
              const char *text)
{
  g_autofree char *place = yeji_seal_make_setting_place (item->texts[0]);
  g_autofree char *plain = yeji_seal_open (job->vault, text, place);

  if (!g_strv_contains (yeji_sealed_settings, item->texts[0]))
    return NULL;
  return yeji_vault_seal (job->vault, plain, 0, place);
}

static char *
seal_digest (Job        *job,
             const Item *item,
             const char *text)
{
  return yeji_vault_digest (job->vault, text);
}

/* Every column of which something is sealed: what a row is read with, 0 naming it, 1 being the
 * text; and how it is written. */
static const struct
{
  const char *table;
  const char *select;
  const char *update;
  guint n_texts;
  SealFunc seal;
} columns[] = {
#define COLUMN(table, name, column, where, func) \
  { #table, \
    "SELECT rowid, " name ", " column " FROM " #table " WHERE rowid > ?1 AND " column \
    " IS NOT NULL" where " ORDER BY rowid LIMIT " PORTION, \
    "UPDATE " #table " SET " column " = ?2 WHERE rowid = ?1", 2, func }
#define LINE(column) \
  { "history", \
    "SELECT rowid, record, " column ", \"table\", \"row\", field, cast (step AS TEXT)" \
    " FROM history WHERE rowid > ?1 AND " column " <> '' ORDER BY rowid LIMIT " PORTION, \
    "UPDATE history SET " column " = ?2 WHERE rowid = ?1", 6, seal_line }
#define PETITION(column) \
  { "petition_change", \
    "SELECT rowid, record, " column ", \"table\", \"row\", field, '0'" \
    " FROM petition_change WHERE rowid > ?1 AND " column " <> '' ORDER BY rowid LIMIT " PORTION, \
    "UPDATE petition_change SET " column " = ?2 WHERE rowid = ?1", 6, seal_line }
#define CONFLICT(column) \
  COLUMN (conflict, "record", column, " AND field = ''", seal_row), \
  { "conflict", \
    "SELECT rowid, record, " column ", \"table\", \"row\", field, '0'" \
    " FROM conflict WHERE rowid > ?1 AND " column " <> '' AND field <> ''" \
    " ORDER BY rowid LIMIT " PORTION, \
    "UPDATE conflict SET " column " = ?2 WHERE rowid = ?1", 6, seal_line }
  COLUMN (record, "uuid", "body", "", seal_body),
  COLUMN (record, "uuid", "base_body", "", seal_body),
  COLUMN (record, "uuid", "digest", " AND length (digest) = " OPEN_DIGEST, seal_digest),
  COLUMN (record, "uuid", "base_digest", " AND length (base_digest) = " OPEN_DIGEST, seal_digest),
  COLUMN (outbox, "uuid", "body", "", seal_body),
  COLUMN (outbox, "uuid", "digest", " AND length (digest) = " OPEN_DIGEST, seal_digest),
  COLUMN (move, "record", "body_before", "", seal_body),
  COLUMN (search_waiting, "record", "body", "", seal_body),
  COLUMN (move, "record", "notes", "", seal_notes),
  LINE ("before"),
  LINE ("after"),
  PETITION ("before"),
  PETITION ("after"),
  CONFLICT ("base"),
  CONFLICT ("mine"),
  CONFLICT ("theirs"),
  { "setting",
    "SELECT rowid, name, value FROM setting WHERE rowid > ?1 AND name LIKE 'account.%'"
    " ORDER BY rowid LIMIT " PORTION,
    "UPDATE setting SET value = ?2 WHERE rowid = ?1", 2, seal_setting },
};

static GPtrArray *
read_items (Job         *job,
            const char  *select,
            guint        n_texts,
            gint64       after,
            GError     **error)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (free_item);
  g_autoptr (GError) local_error = NULL;
  g_autoptr (YejiRows) rows = yeji_sql_query (job->sql, error, select, "i", after);

  if (rows == NULL)
    return NULL;
  while (yeji_rows_next (rows, &local_error))
    {
      Item *item = g_new0 (Item, 1);

      item->rowid = yeji_rows_int (rows, 0);
      for (guint i = 0; i < n_texts; i++)
        item->texts[i] = yeji_rows_dup_text (rows, (int) i + 1);
      g_ptr_array_add (items, item);
    }
  if (local_error == NULL)
    return g_steal_pointer (&items);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}

static gboolean
seal_column (Job         *job,
             guint        index,
             GError     **error)
{
  gint64 after = 0;

  for (;;)
    {
      g_autoptr (GPtrArray) items = NULL;

      items = read_items (job, columns[index].select, columns[index].n_texts, after, error);
      if (items == NULL || items->len == 0)
        return items != NULL;
      for (guint i = 0; i < items->len; i++)
        {
          const Item *item = g_ptr_array_index (items, i);
          g_autofree char *sealed = columns[index].seal (job, item, item->texts[1]);

          after = item->rowid;
          if (sealed == NULL)
            continue;
          job->any = TRUE;
          if (!yeji_sql_exec (job->sql, error, columns[index].update, "is", item->rowid, sealed))
            return FALSE;
        }
    }
}

/* Copies of earlier versions lack some tables. */
static gboolean
find_table (YejiSql     *sql,
            const char  *table,
            gboolean    *found,
            GError     **error)
{
  const int has = yeji_sql_has_row (sql, error,
                                    "SELECT 1 FROM sqlite_schema WHERE type = 'table'"
                                    " AND name = ?1", "s", table);

  *found = has > 0;
  return has >= 0;
}

/**
 * yeji_seal_all: (skip)
 * @current: says what is personal
 * @any: (out): whether anything was written
 *
 * Seals everything that is personal in a database, anew where it is sealed already, with the newest
 * key; inside a transaction.
 */
gboolean
yeji_seal_all (YejiSql         *sql,
               YejiVault       *vault,
               YejiDictionary  *current,
               gboolean        *any,
               GError         **error)
{
  Job job = { sql, vault, current };

  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      gboolean found = FALSE;

      if (!find_table (sql, columns[i].table, &found, error)
          || (found && !seal_column (&job, i, error)))
        return FALSE;
    }
  *any = job.any;
  return TRUE;
}

static gboolean
has_chest (YejiSql   *sql,
           gboolean  *has,
           GError   **error)
{
  const int found = yeji_sql_has_row (sql, error, "SELECT 1 FROM setting WHERE name = 'vault'",
                                      "");

  *has = found > 0;
  return found >= 0;
}

static gboolean
seal_in_transaction (YejiSql         *sql,
                     YejiVault       *vault,
                     YejiDictionary  *current,
                     GError         **error)
{
  g_autofree char *chest = yeji_vault_to_text (vault);
  gboolean any;

  if (!yeji_sql_begin (sql, error))
    return FALSE;
  if (yeji_seal_all (sql, vault, current, &any, error)
      && yeji_sql_exec (sql, error, "INSERT INTO setting (name, value) VALUES ('vault', ?1)", "s",
                        chest))
    return yeji_sql_commit (sql, error);
  yeji_sql_rollback (sql);
  return FALSE;
}

static void
remove_part (const char *part)
{
  static const char * const ends[] = { "", "-journal", "-wal", "-shm" };

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      g_autofree char *path = g_strconcat (part, ends[i], NULL);

      yeji_platform_remove (path);
    }
}

/* A copy has no free pages when it is made, and those that become free are overwritten, as
 * yeji_sql_open() wants it: it need not be written anew. */
static gboolean
seal_part (const char      *part,
           YejiVault       *vault,
           YejiDictionary  *current,
           GError         **error)
{
  g_autoptr (YejiSql) sql = yeji_sql_open (part, error);

  return sql != NULL
    && seal_in_transaction (sql, vault, current, error)
    && yeji_sql_run_script (sql, "PRAGMA journal_mode = DELETE", error);
}

static gboolean
rename_part (const char  *part,
             const char  *path,
             GError     **error)
{
  g_autofree char *folder = g_path_get_dirname (path);

  if (yeji_platform_rename (part, path) == 0)
    return yeji_platform_sync_directory (folder, error);
  g_set_error (error, YEJI_DB_ERROR, YEJI_DB_ERROR_IO, "%s: cannot be renamed", part);
  return FALSE;
}

/* A copy that has a chest was sealed when it was made. Any other is sealed in a copy of its own:
 * who is killed in it leaves the one or the other, and no log that belongs to a backup. */
static gboolean
seal_copy (const char      *path,
           YejiVault       *vault,
           YejiDictionary  *current,
           GError         **error)
{
  g_autoptr (YejiSql) look = yeji_sql_open_read_only (path, error);
  g_autofree char *part = g_strconcat (path, ".part", NULL);
  gboolean sealed = FALSE;

  if (look == NULL || !has_chest (look, &sealed, error))
    return FALSE;
  if (sealed)
    return TRUE;
  remove_part (part);
  sealed = yeji_sql_copy_into (look, part, NULL, error) && seal_part (part, vault, current, error);
  g_clear_pointer (&look, yeji_sql_close);
  if (sealed && rename_part (part, path, error))
    return TRUE;
  remove_part (part);
  return FALSE;
}

static gboolean
is_copy (const char *name)
{
  return g_str_has_suffix (name, ".sqlite")
         || (g_str_has_prefix (name, "yeji.sqlite.version-") && !g_str_has_suffix (name, ".part"));
}

static gboolean
seal_folder (const char      *folder,
             YejiVault       *vault,
             YejiDictionary  *current)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  gboolean done = TRUE;
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autoptr (GError) error = NULL;

      if (!is_copy (name) || g_str_equal (name, "yeji.sqlite")
          || seal_copy (path, vault, current, &error))
        continue;
      /* One that is damaged is not made worse; it is tried again when the profile is opened. */
      g_message ("the copy %s was not sealed: %s", name, error->message);
      done = FALSE;
    }
  return done;
}

/**
 * yeji_seal_copies: (skip)
 * @directory: the profile's
 *
 * Seals the copies that were made of the profile before it had keys.
 *
 * Returns: whether all of them are sealed
 */
gboolean
yeji_seal_copies (const char      *directory,
                  YejiVault       *vault,
                  YejiDictionary  *current)
{
  g_autofree char *backups = g_build_filename (directory, "backups", NULL);
  gboolean here = seal_folder (directory, vault, current);

  return seal_folder (backups, vault, current) && here;
}

/**
 * yeji_seal_clear_traces: (skip)
 * @path: the database, in which nothing runs
 *
 * Writes a database anew, so that neither its free pages nor its log hold what was there before.
 */
gboolean
yeji_seal_clear_traces (const char  *path,
                        GError     **error)
{
  g_autoptr (YejiSql) sql = yeji_sql_open (path, error);

  return sql != NULL
    && yeji_sql_run_script (sql, "VACUUM; PRAGMA wal_checkpoint (TRUNCATE)", error);
}
