// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-server"

#include "config.h"

#include "yeji-server-schema.h"

#include <glib/gstdio.h>

const YejiMigration yeji_server_migrations[] = {
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

  { "national push",
    /* What the national platform is told, in this order for each record. `sending`: it was tried, and
     * nobody knows whether it arrived; the payload stays what it was then. `sent`: it arrived, and
     * what became of it is not known yet. */
    "CREATE TABLE push ("
    "  seq INTEGER PRIMARY KEY AUTOINCREMENT, uuid TEXT NOT NULL,"
    "  kind TEXT NOT NULL CHECK (kind IN ('publish', 'remove')), revision INTEGER NOT NULL,"
    "  key TEXT NOT NULL UNIQUE, content TEXT NOT NULL,"
    "  state TEXT NOT NULL CHECK (state IN ('waiting', 'sending', 'sent', 'accepted', 'refused')),"
    "  due INTEGER NOT NULL, tries INTEGER NOT NULL DEFAULT 0, payload TEXT, hash TEXT,"
    "  message TEXT, receipt TEXT, at TEXT NOT NULL);"
    "CREATE INDEX push_uuid ON push (uuid, seq);"
    "CREATE INDEX push_due ON push (due, seq) WHERE state IN ('waiting', 'sending', 'sent');"
    "CREATE INDEX push_state ON push (state);"
    /* What an enterprise is told of it. */
    "CREATE VIEW national AS SELECT uuid,"
    "  CASE state WHEN 'sending' THEN 'waiting' WHEN 'accepted' THEN"
    "   CASE kind WHEN 'remove' THEN 'removed' ELSE 'accepted' END ELSE state END AS state,"
    "  at, CASE state WHEN 'sending' THEN NULL ELSE message END AS message, receipt FROM push"
    "  WHERE seq = (SELECT max (seq) FROM push AS last WHERE last.uuid = push.uuid);" },

  { "public page",
    /* What became of what was published. Everybody may read it: no personal values. */
    "CREATE TABLE publication_event ("
    "  seq INTEGER PRIMARY KEY AUTOINCREMENT, uuid TEXT NOT NULL, at TEXT NOT NULL,"
    "  kind TEXT NOT NULL, grade TEXT, office TEXT NOT NULL, reviewer TEXT NOT NULL, reason TEXT,"
    "  detail TEXT);"
    "CREATE INDEX publication_event_uuid ON publication_event (uuid, seq);"
    "INSERT INTO publication_event (uuid, at, kind, grade, office, reviewer)"
    "  SELECT uuid, approved_at, 'published', grade, office, reviewer FROM publication"
    "  ORDER BY approved_at, uuid;"
    "DROP INDEX publication_approved;"

    /* What the search finds, see yeji-listing.c: the id is in the order of `at`. The last three are
     * what is looked for, a text a line. */
    "CREATE TABLE listing ("
    "  id INTEGER PRIMARY KEY, uuid TEXT NOT NULL UNIQUE, state TEXT NOT NULL, grade TEXT NOT NULL,"
    "  kind TEXT NOT NULL, role TEXT NOT NULL, area TEXT NOT NULL, number TEXT NOT NULL,"
    "  name TEXT NOT NULL, enterprise TEXT NOT NULL, office TEXT NOT NULL, reviewer TEXT NOT NULL,"
    "  at TEXT NOT NULL, system TEXT, names TEXT NOT NULL, enterprises TEXT NOT NULL,"
    "  numbers TEXT NOT NULL);"
    "CREATE INDEX listing_gone ON listing (state, id) WHERE state IN ('revoked', 'withdrawn');"
    "CREATE TABLE listing_count ("
    "  state TEXT NOT NULL, grade TEXT NOT NULL, n INTEGER NOT NULL, PRIMARY KEY (state, grade))"
    "  WITHOUT ROWID;"
    "CREATE TRIGGER listing_is_counted AFTER INSERT ON listing BEGIN"
    "  INSERT INTO listing_count VALUES (NEW.state, NEW.grade, 1)"
    "    ON CONFLICT (state, grade) DO UPDATE SET n = n + 1; END;"
    "CREATE TRIGGER listing_is_not_counted AFTER DELETE ON listing BEGIN"
    "  UPDATE listing_count SET n = n - 1 WHERE state = OLD.state AND grade = OLD.grade; END;"
    "CREATE TRIGGER listing_is_counted_anew AFTER UPDATE OF state, grade ON listing BEGIN"
    "  UPDATE listing_count SET n = n - 1 WHERE state = OLD.state AND grade = OLD.grade;"
    "  INSERT INTO listing_count VALUES (NEW.state, NEW.grade, 1)"
    "    ON CONFLICT (state, grade) DO UPDATE SET n = n + 1; END;"
    "CREATE VIRTUAL TABLE listing_text USING fts5 ("
    "  name, enterprise, number, facet, content = '', columnsize = 0,"
    "  tokenize = 'ascii');" },

  { "applications to correct and to withdraw",
    /* What an enterprise asks for of what is approved. Changes are a JSON array of pointer, before
     * and after; a record has one at most that is not decided. */
    "CREATE TABLE application ("
    "  id TEXT PRIMARY KEY, uuid TEXT NOT NULL REFERENCES record (uuid),"
    "  enterprise TEXT NOT NULL, kind TEXT NOT NULL CHECK (kind IN ('correction', 'withdrawal')),"
    "  state TEXT NOT NULL CHECK (state IN ('requested', 'granted', 'refused', 'cancelled')),"
    "  reason TEXT NOT NULL, changes TEXT NOT NULL, revision INTEGER NOT NULL,"
    "  account TEXT NOT NULL, key TEXT NOT NULL, request_hash TEXT NOT NULL, at TEXT NOT NULL,"
    "  decided_at TEXT, decided_office TEXT, decided_by TEXT, decided_account TEXT, message TEXT,"
    "  UNIQUE (enterprise, key)) WITHOUT ROWID;"
    "CREATE INDEX application_queue ON application (state, at, id);"
    "CREATE INDEX application_record ON application (uuid, at);"
    "CREATE UNIQUE INDEX application_open ON application (uuid) WHERE state = 'requested';"
    "CREATE TABLE application_evidence ("
    "  application TEXT NOT NULL REFERENCES application (id), position INTEGER NOT NULL,"
    "  file TEXT NOT NULL, sha256 TEXT NOT NULL, filename TEXT NOT NULL, filetype TEXT NOT NULL,"
    "  length INTEGER NOT NULL, PRIMARY KEY (application, position)) WITHOUT ROWID;"
    "CREATE INDEX application_evidence_file ON application_evidence (file);"
    "ALTER TABLE change ADD COLUMN application TEXT;" },

  { "qualification lists",
    /* `indicators`: what a record brought when the list was made. */
    "CREATE TABLE qualification ("
    "  id TEXT PRIMARY KEY, enterprise TEXT NOT NULL REFERENCES enterprise (code),"
    "  kind TEXT NOT NULL, name TEXT NOT NULL,"
    "  state TEXT NOT NULL CHECK (state IN ('open', 'used', 'withdrawn')),"
    "  made_at TEXT NOT NULL, made_by TEXT NOT NULL, changed_at TEXT NOT NULL, application TEXT,"
    "  key TEXT NOT NULL, request_hash TEXT NOT NULL, UNIQUE (enterprise, key)) WITHOUT ROWID;"
    "CREATE INDEX qualification_made ON qualification (made_at);"
    "CREATE TABLE qualification_record ("
    "  qualification TEXT NOT NULL REFERENCES qualification (id), position INTEGER NOT NULL,"
    "  uuid TEXT NOT NULL, name TEXT NOT NULL, number TEXT NOT NULL, area TEXT NOT NULL,"
    "  grade TEXT NOT NULL, revision INTEGER NOT NULL, indicators TEXT NOT NULL,"
    "  PRIMARY KEY (qualification, position)) WITHOUT ROWID;"
    "CREATE INDEX qualification_record_uuid ON qualification_record (uuid);"
    "CREATE INDEX record_enterprise ON record (enterprise);" },

  { "projects declared elsewhere",
    /* The lists of other systems. A project is named by its first number, as it is compared; it may
     * have several, and projects may share them. The filter is of all of them. */
    "CREATE TABLE declared ("
    "  system TEXT NOT NULL, key TEXT NOT NULL, number TEXT NOT NULL, numbers TEXT NOT NULL,"
    "  name TEXT NOT NULL, area TEXT NOT NULL, enterprise TEXT NOT NULL,"
    "  state TEXT NOT NULL CHECK (state IN ('ongoing', 'finished')), at TEXT NOT NULL,"
    "  PRIMARY KEY (system, key)) WITHOUT ROWID;"
    "CREATE TABLE declared_number ("
    "  key TEXT NOT NULL, system TEXT NOT NULL, project TEXT NOT NULL,"
    "  PRIMARY KEY (key, system, project)) WITHOUT ROWID;"
    "CREATE TABLE declared_filter ("
    "  id INTEGER PRIMARY KEY CHECK (id = 1), tag TEXT NOT NULL, body BLOB NOT NULL);" },

  { "the reviewer's desk",
    /* What was done to each record. `before` is what undoing it needs, for a minute; `body` the record
     * as it was decided on, where it may come back. Earlier versions kept this in the changes. */
    "CREATE TABLE review_event ("
    "  seq INTEGER PRIMARY KEY AUTOINCREMENT, record TEXT NOT NULL, revision INTEGER NOT NULL,"
    "  kind TEXT NOT NULL, at TEXT NOT NULL, account TEXT NOT NULL, reviewer TEXT, office TEXT,"
    "  grade TEXT, grade_before TEXT, message TEXT, points TEXT, target TEXT, body TEXT, files TEXT,"
    "  before TEXT, undone INTEGER NOT NULL DEFAULT 0);"
    "CREATE INDEX review_event_record ON review_event (record, seq);"
    "CREATE INDEX review_event_before ON review_event (at) WHERE before IS NOT NULL;"
    "INSERT INTO review_event (record, revision, kind, at, account, reviewer, office, grade,"
    "  message, points) SELECT uuid, revision, state, min (at), '',"
    "  CASE state WHEN 'submitted' THEN NULL ELSE reviewer END,"
    "  CASE state WHEN 'submitted' THEN NULL ELSE office END,"
    "  CASE state WHEN 'approved' THEN grade END, message,"
    "  CASE state WHEN 'returned' THEN points END FROM change"
    "  WHERE state IN ('submitted', 'approved', 'withdrawn')"
    "   OR (state = 'returned' AND coalesce (content_revision, 0) < revision)"
    "  GROUP BY uuid, revision ORDER BY min (seq);"
    /* Who reviews what just now. */
    "CREATE TABLE claim ("
    "  record TEXT PRIMARY KEY, account TEXT NOT NULL REFERENCES account (name) ON DELETE CASCADE,"
    "  at TEXT NOT NULL, until TEXT NOT NULL) WITHOUT ROWID;"
    /* What the rules say of a record that waits, so that a list need not judge each anew. */
    "CREATE TABLE review_summary ("
    "  record TEXT PRIMARY KEY, revision INTEGER NOT NULL, dictionary TEXT NOT NULL,"
    "  errors INTEGER NOT NULL, warnings INTEGER NOT NULL, kept INTEGER NOT NULL,"
    "  hints INTEGER NOT NULL) WITHOUT ROWID;"
    /* The office that alone decides, '' for all that cover the area. */
    "ALTER TABLE record ADD COLUMN handed TEXT NOT NULL DEFAULT '';"
    /* A queue is found without looking into the records, which are long. */
    "DROP INDEX record_queue;"
    "CREATE INDEX record_queue ON record (state, submitted_at, area, handed);"
    "CREATE INDEX record_area ON record (state, area, handed, submitted_at);" },

  { "records of the old system",
    /* Files whose records were begun to be taken; whoever was killed then goes on. */
    "CREATE TABLE legacy_import ("
    "  sha256 TEXT PRIMARY KEY, name TEXT NOT NULL,"
    "  state TEXT NOT NULL CHECK (state IN ('begun', 'done')), at TEXT NOT NULL) WITHOUT ROWID;" },

  { "what is on its way",
    /* A long list comes in many transactions, so that others write between them. Nobody sees its rows,
     * which have its id in `batch`, before all are there: then its line here goes. No id is ever used
     * again. What is not seen is not counted. */
    "CREATE TABLE staging ("
    "  id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, name TEXT NOT NULL,"
    "  at TEXT NOT NULL, UNIQUE (kind, name));"
    "ALTER TABLE declared ADD COLUMN batch INTEGER;"
    "ALTER TABLE listing ADD COLUMN batch INTEGER;"
    "CREATE INDEX listing_batch ON listing (batch, state, grade) WHERE batch IS NOT NULL;"
    "DROP TRIGGER listing_is_counted;"
    "DROP TRIGGER listing_is_not_counted;"
    "CREATE TRIGGER listing_is_counted AFTER INSERT ON listing"
    "  WHEN NEW.batch IS NULL OR NEW.batch NOT IN (SELECT id FROM staging) BEGIN"
    "  INSERT INTO listing_count VALUES (NEW.state, NEW.grade, 1)"
    "    ON CONFLICT (state, grade) DO UPDATE SET n = n + 1; END;"
    "CREATE TRIGGER listing_is_not_counted AFTER DELETE ON listing"
    "  WHEN OLD.batch IS NULL OR OLD.batch NOT IN (SELECT id FROM staging) BEGIN"
    "  UPDATE listing_count SET n = n - 1 WHERE state = OLD.state AND grade = OLD.grade; END;" },

  { "accounts are locked",
    "ALTER TABLE account ADD COLUMN locked_at TEXT;" },

  { "the accounts of an enterprise",
    /* Asked with each submission, and a province has thousands of them. */
    "CREATE INDEX account_enterprise ON account (enterprise) WHERE enterprise IS NOT NULL;" },

  { "long rows are found by short keys",
    /* In a table WITHOUT ROWID the rows themselves are the index: to find one of 9 KB some others
     * were read from their beginnings to their ends, with each document, submission and page. Now
     * the index has the names alone, and what is long stands behind what is short. */
    "CREATE TABLE record_anew ("
    "  uuid TEXT PRIMARY KEY NOT NULL, enterprise TEXT NOT NULL REFERENCES enterprise (code),"
    "  revision INTEGER NOT NULL, state TEXT NOT NULL, sent_hash TEXT NOT NULL, name TEXT NOT NULL,"
    "  number TEXT NOT NULL, area TEXT NOT NULL, grade TEXT, office TEXT, reviewer TEXT,"
    "  submitted_at TEXT, approved_at TEXT, created_at TEXT NOT NULL, changed_at TEXT NOT NULL,"
    "  submitted_revision INTEGER, submitted_hash TEXT, files_due_at TEXT, files_complete_at TEXT,"
    "  content_revision INTEGER, handed TEXT NOT NULL DEFAULT '', message TEXT,"
    "  points TEXT NOT NULL DEFAULT '[]', body TEXT NOT NULL);"
    "INSERT INTO record_anew (uuid, enterprise, revision, state, sent_hash, name, number, area,"
    "  grade, office, reviewer, submitted_at, approved_at, created_at, changed_at,"
    "  submitted_revision, submitted_hash, files_due_at, files_complete_at, content_revision,"
    "  handed, message, points, body)"
    " SELECT uuid, enterprise, revision, state, sent_hash, name, number, area, grade, office,"
    "  reviewer, submitted_at, approved_at, created_at, changed_at, submitted_revision,"
    "  submitted_hash, files_due_at, files_complete_at, content_revision, handed, message, points,"
    "  body FROM record ORDER BY created_at, uuid;"
    "DROP TABLE record;"
    "ALTER TABLE record_anew RENAME TO record;"
    "CREATE INDEX record_due ON record (files_due_at) WHERE files_due_at IS NOT NULL;"
    "CREATE INDEX record_enterprise ON record (enterprise);"
    "CREATE INDEX record_queue ON record (state, submitted_at, area, handed);"
    "CREATE INDEX record_area ON record (state, area, handed, submitted_at);"

    "CREATE TABLE submission_anew ("
    "  account TEXT NOT NULL, key TEXT NOT NULL, request_hash TEXT NOT NULL, at TEXT NOT NULL,"
    "  answer TEXT NOT NULL, PRIMARY KEY (account, key));"
    "INSERT INTO submission_anew (account, key, request_hash, at, answer)"
    " SELECT account, key, request_hash, at, answer FROM submission ORDER BY at;"
    "DROP TABLE submission;"
    "ALTER TABLE submission_anew RENAME TO submission;"

    "CREATE TABLE publication_anew ("
    "  uuid TEXT PRIMARY KEY NOT NULL, number TEXT NOT NULL, name TEXT NOT NULL,"
    "  area TEXT NOT NULL, enterprise TEXT NOT NULL, grade TEXT NOT NULL, office TEXT NOT NULL,"
    "  reviewer TEXT NOT NULL, approved_at TEXT NOT NULL, body TEXT NOT NULL);"
    "INSERT INTO publication_anew (uuid, number, name, area, enterprise, grade, office, reviewer,"
    "  approved_at, body) SELECT uuid, number, name, area, enterprise, grade, office, reviewer,"
    "  approved_at, body FROM publication ORDER BY approved_at, uuid;"
    "DROP TABLE publication;"
    "ALTER TABLE publication_anew RENAME TO publication;"
    "CREATE INDEX publication_number ON publication (number);",
    .rebuilds = TRUE },
};

const guint yeji_server_n_migrations = G_N_ELEMENTS (yeji_server_migrations);

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
  g_autoptr (YejiDb) db = yeji_db_open (path, yeji_server_migrations, yeji_server_n_migrations,
                                        error);

  if (db == NULL)
    return NULL;
  if (yeji_db_run (db, set_habits, NULL, error))
    return g_steal_pointer (&db);
  yeji_db_close (db);
  return NULL;
}
