// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-server"

#include "config.h"

#include "yeji-server-schema.h"

#include <glib/gstdio.h>

static const YejiMigration migrations[] = {
  { "province",
    /* The epoch names this database: a cursor of another one means nothing here. */
    "CREATE TABLE server (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;"
    "INSERT INTO server VALUES ('epoch', lower (hex (randomblob (8))));"

    "CREATE TABLE enterprise ("
    "  code TEXT PRIMARY KEY, name TEXT NOT NULL) WITHOUT ROWID;"
    "CREATE TABLE account ("
    "  name TEXT PRIMARY KEY,"
    "  role TEXT NOT NULL CHECK (role IN ('enterprise', 'reviewer', 'administrator')),"
    "  display_name TEXT NOT NULL, office TEXT NOT NULL, department TEXT NOT NULL,"
    "  enterprise TEXT REFERENCES enterprise (code),"
    "  password TEXT NOT NULL, created_at TEXT NOT NULL,"
    "  CHECK ((role = 'enterprise') = (enterprise IS NOT NULL))) WITHOUT ROWID;"
    /* Names that nobody has are counted too, or the count would tell which names exist. */
    "CREATE TABLE failure ("
    "  name TEXT PRIMARY KEY, count INTEGER NOT NULL, until INTEGER NOT NULL) WITHOUT ROWID;"

    "CREATE TABLE session ("
    "  id INTEGER PRIMARY KEY, account TEXT NOT NULL REFERENCES account (name) ON DELETE CASCADE,"
    "  created_at TEXT NOT NULL);"
    "CREATE TABLE token ("
    "  hash TEXT PRIMARY KEY, session INTEGER NOT NULL REFERENCES session (id) ON DELETE CASCADE,"
    "  kind TEXT NOT NULL, expires INTEGER NOT NULL, used INTEGER NOT NULL DEFAULT 0)"
    "  WITHOUT ROWID;"
    "CREATE INDEX token_session ON token (session);"
    "CREATE INDEX token_expires ON token (expires);"

    "CREATE TABLE record ("
    "  uuid TEXT PRIMARY KEY, enterprise TEXT NOT NULL REFERENCES enterprise (code),"
    "  revision INTEGER NOT NULL, state TEXT NOT NULL, body TEXT NOT NULL, sent_hash TEXT NOT NULL,"
    "  name TEXT NOT NULL, number TEXT NOT NULL, area TEXT NOT NULL,"
    "  grade TEXT, office TEXT, reviewer TEXT, message TEXT, points TEXT NOT NULL DEFAULT '[]',"
    "  submitted_at TEXT, approved_at TEXT, created_at TEXT NOT NULL, changed_at TEXT NOT NULL)"
    "  WITHOUT ROWID;"
    "CREATE INDEX record_queue ON record (state, submitted_at);"
    "CREATE TABLE submission ("
    "  account TEXT NOT NULL, key TEXT NOT NULL, request_hash TEXT NOT NULL, answer TEXT NOT NULL,"
    "  at TEXT NOT NULL, PRIMARY KEY (account, key)) WITHOUT ROWID;"

    "CREATE TABLE file ("
    "  id TEXT PRIMARY KEY, record TEXT NOT NULL REFERENCES record (uuid), slot TEXT NOT NULL,"
    "  sha256 TEXT NOT NULL, filename TEXT NOT NULL, filetype TEXT NOT NULL,"
    "  length INTEGER NOT NULL, metadata TEXT NOT NULL,"
    "  complete INTEGER NOT NULL DEFAULT 0, submitted INTEGER NOT NULL DEFAULT 0,"
    "  created_at TEXT NOT NULL) WITHOUT ROWID;"
    "CREATE INDEX file_record ON file (record, sha256);"
    "CREATE INDEX file_sha256 ON file (sha256);"

    "CREATE TABLE change ("
    "  seq INTEGER PRIMARY KEY AUTOINCREMENT, enterprise TEXT NOT NULL, uuid TEXT NOT NULL,"
    "  revision INTEGER NOT NULL, state TEXT NOT NULL, grade TEXT, office TEXT, reviewer TEXT,"
    "  message TEXT, points TEXT NOT NULL, at TEXT NOT NULL, record TEXT);"
    "CREATE INDEX change_enterprise ON change (enterprise, seq);"

    "CREATE TABLE publication ("
    "  uuid TEXT PRIMARY KEY, number TEXT NOT NULL, name TEXT NOT NULL, area TEXT NOT NULL,"
    "  enterprise TEXT NOT NULL, grade TEXT NOT NULL, office TEXT NOT NULL, reviewer TEXT NOT NULL,"
    "  approved_at TEXT NOT NULL, body TEXT NOT NULL) WITHOUT ROWID;"
    "CREATE INDEX publication_approved ON publication (approved_at, uuid);"
    "CREATE INDEX publication_number ON publication (number);"
    "CREATE TABLE serial (prefix TEXT PRIMARY KEY, last INTEGER NOT NULL) WITHOUT ROWID;"

    "CREATE TABLE audit ("
    "  seq INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, who TEXT NOT NULL,"
    "  what TEXT NOT NULL, uuid TEXT, detail TEXT);"
    "CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit"
    "  BEGIN SELECT RAISE (ABORT, 'the audit log is append-only'); END;"
    "CREATE TRIGGER audit_is_not_shortened BEFORE DELETE ON audit"
    "  BEGIN SELECT RAISE (ABORT, 'the audit log is append-only'); END;" },

  { "documents that follow",
    /* When an upload that nobody goes on with is swept, and when the last byte of one came. */
    "ALTER TABLE file ADD COLUMN expires_at TEXT;"
    "ALTER TABLE file ADD COLUMN received_at TEXT;"
    "UPDATE file SET received_at = created_at WHERE complete = 1;"
    "UPDATE file SET expires_at = strftime ('%Y-%m-%dT%H:%M:%fZ', created_at, '+7 days')"
    "  WHERE complete = 0;"
    "CREATE INDEX file_expires ON file (expires_at) WHERE complete = 0;"

    /* What an enterprise has here, so that nobody adds it up for each document. */
    "CREATE TABLE usage (enterprise TEXT PRIMARY KEY, bytes INTEGER NOT NULL) WITHOUT ROWID;"
    "INSERT INTO usage SELECT enterprise, sum (length) FROM file"
    "  JOIN record ON record.uuid = file.record GROUP BY enterprise;"
    "CREATE TRIGGER file_is_counted AFTER INSERT ON file BEGIN"
    "  INSERT INTO usage SELECT enterprise, NEW.length FROM record WHERE uuid = NEW.record"
    "    ON CONFLICT (enterprise) DO UPDATE SET bytes = bytes + excluded.bytes; END;"
    "CREATE TRIGGER file_is_not_counted AFTER DELETE ON file BEGIN"
    "  UPDATE usage SET bytes = bytes - OLD.length"
    "    WHERE enterprise = (SELECT enterprise FROM record WHERE uuid = OLD.record); END;"

    /* What the examiner says of a content under the type that it was announced as: `good`,
     * `unknown`, or the word of why it is none. */
    "CREATE TABLE content ("
    "  sha256 TEXT NOT NULL, filetype TEXT NOT NULL, verdict TEXT NOT NULL, at TEXT NOT NULL,"
    "  PRIMARY KEY (sha256, filetype)) WITHOUT ROWID;"

    /* The list of documents of the last submission; they may come after it. */
    "CREATE TABLE announced ("
    "  record TEXT NOT NULL REFERENCES record (uuid), slot TEXT NOT NULL, sha256 TEXT NOT NULL,"
    "  filename TEXT NOT NULL, PRIMARY KEY (record, slot, sha256)) WITHOUT ROWID;"
    "INSERT INTO announced SELECT record, slot, sha256, min (filename) FROM file"
    "  WHERE submitted = 1 AND complete = 1 GROUP BY record, slot, sha256;"
    "ALTER TABLE record ADD COLUMN submitted_revision INTEGER;"
    "ALTER TABLE record ADD COLUMN submitted_hash TEXT;"
    "ALTER TABLE record ADD COLUMN files_due_at TEXT;"
    "ALTER TABLE record ADD COLUMN files_complete_at TEXT;"
    "UPDATE record SET submitted_revision = revision, submitted_hash = sent_hash,"
    "  files_complete_at = submitted_at WHERE submitted_at IS NOT NULL;"
    "CREATE INDEX record_due ON record (files_due_at) WHERE files_due_at IS NOT NULL;"
    "ALTER TABLE change ADD COLUMN files_due_at TEXT;"
    "ALTER TABLE change ADD COLUMN files_complete_at TEXT;" },

  { "documents are counted",
    /* All that is asked of a record's documents when one more comes, without the rows. */
    "DROP INDEX file_record;"
    "CREATE INDEX file_record ON file (record, complete, sha256, slot);" },

  { "receipts",
    /* What was signed, word for word. A submission may have two: before its documents came and
     * after. */
    "CREATE TABLE receipt ("
    "  seq INTEGER PRIMARY KEY AUTOINCREMENT, record TEXT NOT NULL REFERENCES record (uuid),"
    "  body TEXT NOT NULL);"
    "CREATE INDEX receipt_record ON receipt (record, seq);" },

  { "who hears of a content",
    /* The revision with which a content came, and of a change the last one that brought a content or
     * a list of documents: who knows it has nothing to fetch. */
    "ALTER TABLE record ADD COLUMN content_revision INTEGER;"
    "ALTER TABLE change ADD COLUMN content_revision INTEGER;" },

  { "the audit log is a chain",
    /* Of the line and of the one before; see yeji-audit.c. Earlier lines have none. */
    "ALTER TABLE audit ADD COLUMN hash TEXT;" },
};

/* A day of submissions comes by the same pages again: in two MiB they would be read anew for each,
 * and after every four MiB of the log be written back. The first is in KiB, the second in pages. */
static const char * const habits[] = {
  "PRAGMA cache_size = -65536",
  "PRAGMA wal_autocheckpoint = 8000",
};

static gboolean
set_habits (YejiSql   *sql,
            gpointer   data,
            GError   **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (habits); i++)
    {
      g_autoptr (YejiRows) rows = yeji_sql_query (sql, error, habits[i], "");

      if (rows == NULL)
        return FALSE;
      yeji_rows_next (rows, NULL);
    }
  return TRUE;
}

/**
 * yeji_server_schema_open:
 * @data_dir: the province's directory, made when it is not there
 *
 * Opens the province's database and brings its schema up to date.
 *
 * Returns: (transfer full) (nullable): the database, to be closed with yeji_db_close()
 */
YejiDb *
yeji_server_schema_open (const char  *data_dir,
                         GError     **error)
{
  g_autofree char *path = g_build_filename (data_dir, "province.db", NULL);

  if (g_mkdir_with_parents (data_dir, 0700) != 0)
    {
      g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_FAILED, "%s: cannot be made", data_dir);
      return NULL;
    }
  return yeji_server_schema_open_file (path, error);
}

/**
 * yeji_server_schema_open_file:
 * @path: a province's database, wherever it is
 *
 * Does what yeji_server_schema_open() does with a database of another name.
 *
 * Returns: (transfer full) (nullable): the database, to be closed with yeji_db_close()
 */
YejiDb *
yeji_server_schema_open_file (const char  *path,
                              GError     **error)
{
  g_autoptr (YejiDb) db = yeji_db_open (path, migrations, G_N_ELEMENTS (migrations), error);

  if (db == NULL)
    return NULL;
  if (yeji_db_run (db, set_habits, NULL, error))
    return g_steal_pointer (&db);
  yeji_db_close (db);
  return NULL;
}
