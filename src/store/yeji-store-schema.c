// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-store"

#include "config.h"

#include "yeji-history.h"
#include "yeji-store-index.h"
#include "yeji-store-private.h"

/* In record the short columns come before the long ones: a list reads the former alone. The digests
 * are of body and base_body, so that a list can compare them without reading them. */
static const char tables[] =
  "CREATE TABLE record ("
  "  uuid TEXT PRIMARY KEY NOT NULL,"
  "  role TEXT NOT NULL,"
  "  name TEXT NOT NULL,"
  "  number TEXT NOT NULL,"
  "  dictionary TEXT NOT NULL,"
  "  generation INTEGER NOT NULL DEFAULT 1,"
  "  n_errors INTEGER,"
  "  n_warnings INTEGER,"
  "  created_at TEXT NOT NULL,"
  "  changed_at TEXT NOT NULL,"
  "  removed_at TEXT,"
  "  revision TEXT,"
  "  server_state TEXT,"
  "  grade TEXT,"
  "  office TEXT,"
  "  reviewer TEXT,"
  "  message TEXT,"
  "  answered_at TEXT,"
  "  refusal TEXT,"
  "  digest TEXT NOT NULL,"
  "  base_digest TEXT,"
  "  body TEXT NOT NULL,"
  "  base_body TEXT"
  ") STRICT;"

  "CREATE TABLE point ("
  "  record TEXT NOT NULL REFERENCES record (uuid),"
  "  source TEXT NOT NULL CHECK (source IN ('reviewer', 'refusal')),"
  "  pointer TEXT NOT NULL,"
  "  comment TEXT NOT NULL"
  ") STRICT;"
  "CREATE INDEX point_by_record ON point (record);"

  "CREATE TABLE history ("
  "  record TEXT NOT NULL REFERENCES record (uuid),"
  "  step INTEGER NOT NULL,"
  "  \"table\" TEXT NOT NULL,"
  "  \"row\" TEXT NOT NULL,"
  "  field TEXT NOT NULL,"
  "  before TEXT,"
  "  after TEXT,"
  "  at TEXT NOT NULL,"
  "  who TEXT NOT NULL,"
  "  why TEXT NOT NULL"
  ") STRICT;"
  "CREATE INDEX history_by_record ON history (record, step);"

  "CREATE TABLE attachment ("
  "  id TEXT PRIMARY KEY NOT NULL,"
  "  record TEXT NOT NULL REFERENCES record (uuid),"
  "  slot TEXT NOT NULL,"
  "  sha256 TEXT NOT NULL,"
  "  filename TEXT NOT NULL,"
  "  media_type TEXT NOT NULL,"
  "  size INTEGER NOT NULL,"
  "  position INTEGER NOT NULL,"
  "  added_at TEXT NOT NULL,"
  "  removed_at TEXT,"
  "  upload_url TEXT,"
  "  received_at TEXT"
  ") STRICT;"
  "CREATE INDEX attachment_by_record ON attachment (record, slot, position);"

  "CREATE TABLE outbox ("
  "  seq INTEGER PRIMARY KEY AUTOINCREMENT,"
  "  uuid TEXT NOT NULL REFERENCES record (uuid),"
  "  body TEXT NOT NULL,"
  "  digest TEXT NOT NULL,"
  "  files TEXT NOT NULL,"
  "  key TEXT NOT NULL UNIQUE,"
  "  base_revision TEXT,"
  "  queued_at TEXT NOT NULL,"
  "  attempts INTEGER NOT NULL DEFAULT 0,"
  "  next_attempt INTEGER NOT NULL DEFAULT 0,"
  "  message TEXT"
  ") STRICT;"
  "CREATE INDEX outbox_by_record ON outbox (uuid, seq);"

  "CREATE TABLE setting ("
  "  name TEXT PRIMARY KEY NOT NULL,"
  "  value TEXT NOT NULL"
  ") STRICT;";

/* Every version of the dictionary under which something here was written, and what records were
 * before they were moved from one to another. */
static const char dictionaries[] =
  "CREATE TABLE dictionary ("
  "  version TEXT PRIMARY KEY NOT NULL,"
  "  sha256 TEXT NOT NULL,"
  "  origin TEXT NOT NULL CHECK (origin IN ('program', 'province')),"
  "  fetched_at TEXT NOT NULL,"
  "  bundle BLOB NOT NULL"
  ") STRICT;"

  "CREATE TABLE move ("
  "  seq INTEGER PRIMARY KEY AUTOINCREMENT,"
  "  record TEXT NOT NULL REFERENCES record (uuid),"
  "  from_version TEXT NOT NULL,"
  "  to_version TEXT NOT NULL,"
  "  at TEXT NOT NULL,"
  "  notes TEXT NOT NULL,"
  "  body_before TEXT NOT NULL"
  ") STRICT;"
  "CREATE INDEX move_by_record ON move (record, seq);";

/* The steps that came from one bulk change, and what a step undoes or does again. */
static const char steps[] =
  "ALTER TABLE history ADD COLUMN batch TEXT;"
  "ALTER TABLE history ADD COLUMN undoes INTEGER;"
  "CREATE INDEX history_by_batch ON history (batch) WHERE batch IS NOT NULL;";

/* When a thing in the bin was first seen to be too old, and what the clerk is to be told. */
static const char bin[] =
  "ALTER TABLE record ADD COLUMN expired_at TEXT;"
  "ALTER TABLE attachment ADD COLUMN expired_at TEXT;"
  "CREATE INDEX attachment_by_content ON attachment (sha256);"

  "CREATE TABLE notice ("
  "  id INTEGER PRIMARY KEY,"
  "  kind TEXT NOT NULL,"
  "  at TEXT NOT NULL,"
  "  details TEXT NOT NULL,"
  "  seen_at TEXT"
  ") STRICT;";

/* The full text index, and indexes that hold all that filters ask, so that a list need not read the
 * records themselves. */
static const char search[] =
  YEJI_SEARCH_TABLE ";"
  YEJI_SEARCH_WAITING_TABLE ";"
  "CREATE TABLE search_doc ("
  "  id INTEGER PRIMARY KEY,"
  "  record TEXT NOT NULL UNIQUE,"
  "  sum INTEGER NOT NULL"
  ") STRICT;"

  "ALTER TABLE record ADD COLUMN sort_name TEXT;"
  "CREATE INDEX record_by_change ON record (changed_at, uuid, removed_at, server_state, n_errors,"
  "  n_warnings, role, grade);"
  "CREATE INDEX record_by_name ON record (sort_name, uuid, removed_at, server_state, n_errors);"
  "CREATE INDEX record_by_facts ON record (removed_at, server_state, n_errors);"
  "CREATE INDEX record_by_dictionary ON record (dictionary, uuid);"

  "INSERT INTO setting (name, value) VALUES ('" YEJI_SEARCH_SETTING "', '" YEJI_SEARCH_FILLING "')"
  "  ON CONFLICT (name) DO NOTHING;";

/* The days on which the profile was open, in the order in which they were seen first, and that of
 * the removal of what is in the bin. */
static const char bin_days[] =
  "CREATE TABLE bin_day ("
  "  number INTEGER PRIMARY KEY,"
  "  day TEXT NOT NULL UNIQUE"
  ") STRICT;"
  "ALTER TABLE record ADD COLUMN bin_since INTEGER;"
  "ALTER TABLE attachment ADD COLUMN bin_since INTEGER;";

/* Which way up a document is shown, in degrees clockwise; its file stays as it is. */
static const char rotation[] =
  "ALTER TABLE attachment ADD COLUMN rotation INTEGER NOT NULL DEFAULT 0"
  "  CHECK (rotation IN (0, 90, 180, 270));";

/* What a check found, as YejiFacts has it; NULL: unknown. New columns stand behind the long ones,
 * so a list reads them from record_by_change, which has them all. */
static const char facts[] =
  "ALTER TABLE record ADD COLUMN completeness INTEGER;"
  "ALTER TABLE record ADD COLUMN outcome INTEGER;"
  "ALTER TABLE record ADD COLUMN n_slots INTEGER;"
  "ALTER TABLE record ADD COLUMN n_filled_slots INTEGER;"
  "DROP INDEX record_by_change;"
  "CREATE INDEX record_by_change ON record (changed_at, uuid, removed_at, server_state, n_errors,"
  "  n_warnings, role, grade, completeness, outcome, n_slots, n_filled_slots);"
  "DROP INDEX record_by_name;"
  "CREATE INDEX record_by_name ON record (sort_name, uuid, removed_at, server_state, n_errors,"
  "  role, outcome);"
  "DROP INDEX record_by_facts;"
  "CREATE INDEX record_by_facts ON record (removed_at, server_state, n_errors, role, outcome);";

/* Places that the clerk and the province both changed; settled: 0 not yet, 1 both say the same, 2
 * the clerk keeps what is here. */
static const char conflicts[] =
  "CREATE TABLE conflict ("
  "  record TEXT NOT NULL REFERENCES record (uuid),"
  "  \"table\" TEXT NOT NULL,"
  "  \"row\" TEXT NOT NULL,"
  "  field TEXT NOT NULL,"
  "  base TEXT,"
  "  mine TEXT,"
  "  theirs TEXT,"
  "  at TEXT NOT NULL,"
  "  settled INTEGER NOT NULL DEFAULT 0,"
  "  PRIMARY KEY (record, \"table\", \"row\", field)"
  ") STRICT;";

/* Files that came in together, the tray, and what lists tell of evidence. Of findings the number of
 * complaints is kept beside them: 0 none, NULL: not examined. A row of the tray that is out of it
 * names what took it out, and the attachment that it became, if any. The index of the matrix holds
 * all that it asks, removed_at too: SQLite would look for it in the table. */
static const char intake[] =
  "ALTER TABLE attachment ADD COLUMN batch TEXT;"
  "ALTER TABLE attachment ADD COLUMN origin TEXT;"
  "ALTER TABLE attachment ADD COLUMN original TEXT;"
  "ALTER TABLE attachment ADD COLUMN findings TEXT;"
  "ALTER TABLE attachment ADD COLUMN n_flaws INTEGER;"
  "CREATE INDEX attachment_by_batch ON attachment (batch) WHERE batch IS NOT NULL;"
  "CREATE INDEX attachment_by_original ON attachment (original) WHERE original IS NOT NULL;"
  "CREATE INDEX attachment_evidence ON attachment (record, slot, n_flaws, received_at,"
  "  removed_at) WHERE removed_at IS NULL;"

  "CREATE TABLE tray ("
  "  id TEXT PRIMARY KEY NOT NULL,"
  "  sha256 TEXT NOT NULL,"
  "  filename TEXT NOT NULL,"
  "  origin TEXT,"
  "  media_type TEXT NOT NULL,"
  "  size INTEGER NOT NULL,"
  "  rotation INTEGER NOT NULL DEFAULT 0 CHECK (rotation IN (0, 90, 180, 270)),"
  "  original TEXT,"
  "  findings TEXT,"
  "  n_flaws INTEGER,"
  "  batch TEXT,"
  "  left_batch TEXT,"
  "  attachment TEXT,"
  "  added_at TEXT NOT NULL,"
  "  removed_at TEXT,"
  "  bin_since INTEGER,"
  "  expired_at TEXT"
  ") STRICT;"
  "CREATE INDEX tray_by_content ON tray (sha256);"
  "CREATE INDEX tray_by_original ON tray (original) WHERE original IS NOT NULL;"
  "CREATE INDEX tray_by_batch ON tray (batch);"
  "CREATE INDEX tray_by_left_batch ON tray (left_batch) WHERE left_batch IS NOT NULL;"

  "CREATE TABLE taking ("
  "  seq INTEGER PRIMARY KEY AUTOINCREMENT,"
  "  batch TEXT NOT NULL UNIQUE,"
  "  at TEXT NOT NULL,"
  "  undone_at TEXT"
  ") STRICT;"

  "ALTER TABLE record ADD COLUMN required_slots TEXT;"
  "CREATE INDEX record_slots ON record (uuid, required_slots);"
  "CREATE INDEX record_unchecked ON record (changed_at, uuid) WHERE removed_at IS NULL"
  "  AND (n_errors IS NULL OR completeness IS NULL OR outcome IS NULL OR required_slots IS NULL);";

/* The queue of files that are to be sent; what the province said to a submission; a submission whose
 * files follow. A transfer that is under way is not written down as such: whoever ended in the
 * middle finds that it waits. */
static const char transfers[] =
  "CREATE TABLE transfer ("
  "  id INTEGER PRIMARY KEY,"
  "  record TEXT NOT NULL REFERENCES record (uuid) ON DELETE CASCADE,"
  "  slot TEXT NOT NULL,"
  "  sha256 TEXT NOT NULL,"
  "  filename TEXT NOT NULL,"
  "  media_type TEXT NOT NULL,"
  "  size INTEGER NOT NULL,"
  "  state TEXT NOT NULL"
  "    CHECK (state IN ('waiting', 'sending', 'received', 'failed', 'cancelled')),"
  "  position INTEGER NOT NULL,"
  "  url TEXT,"
  "  sent INTEGER NOT NULL DEFAULT 0,"
  "  message TEXT,"
  "  added_at TEXT NOT NULL,"
  "  received_at TEXT,"
  "  failures INTEGER NOT NULL DEFAULT 0,"
  "  next_attempt INTEGER NOT NULL DEFAULT 0,"
  "  UNIQUE (record, slot, sha256)"
  ") STRICT;"
  "CREATE INDEX transfer_by_place ON transfer (position);"
  "CREATE INDEX transfer_open ON transfer (record, state)"
  "  WHERE state IN ('waiting', 'sending', 'failed');"

  "CREATE TABLE receipt ("
  "  record TEXT NOT NULL REFERENCES record (uuid) ON DELETE CASCADE,"
  "  submitted_at TEXT NOT NULL,"
  "  revision TEXT NOT NULL,"
  "  sum TEXT NOT NULL,"
  "  files TEXT NOT NULL,"
  "  PRIMARY KEY (record, submitted_at)"
  ") STRICT;"

  "ALTER TABLE record ADD COLUMN submitted_at TEXT;"
  "ALTER TABLE record ADD COLUMN files_at TEXT;"
  "ALTER TABLE outbox ADD COLUMN files_follow INTEGER NOT NULL DEFAULT 0;"
  "ALTER TABLE outbox ADD COLUMN enqueued INTEGER NOT NULL DEFAULT 0;";

/* What of the province is checked after it was restored from a backup: under which key and for which
 * account something was submitted; the highest revision that it acknowledged, that of a content
 * among them, and the one that its changes told of; which submissions had brought their record
 * before, and which are sent again. */
static const char healing[] =
  "ALTER TABLE receipt ADD COLUMN key TEXT;"
  "ALTER TABLE receipt ADD COLUMN place TEXT;"
  "UPDATE receipt SET place = (SELECT group_concat (value, ' ') FROM (SELECT value FROM setting"
  "  WHERE name IN ('account.url', 'account.user') ORDER BY name));"
  "ALTER TABLE record ADD COLUMN listed INTEGER;"
  "ALTER TABLE record ADD COLUMN acknowledged INTEGER;"
  "UPDATE record SET listed = CAST (substr (revision, 2) AS INTEGER),"
  "  acknowledged = CAST (substr (revision, 2) AS INTEGER) WHERE revision IS NOT NULL;"
  "ALTER TABLE record ADD COLUMN content_revision INTEGER;"
  "UPDATE record SET content_revision = (SELECT max (CAST (substr (t.revision, 2) AS INTEGER))"
  "  FROM receipt t WHERE t.record = record.uuid);"
  "CREATE INDEX record_unlisted ON record (uuid) WHERE server_state = 'submitted'"
  "  AND acknowledged > coalesce (listed, 0);"
  "ALTER TABLE outbox ADD COLUMN pushed INTEGER NOT NULL DEFAULT 0;"
  "ALTER TABLE outbox ADD COLUMN healed INTEGER NOT NULL DEFAULT 0;";

/* What the province signed, word for word; whether it tells of all documents. */
static const char receipts[] =
  "ALTER TABLE receipt ADD COLUMN signed TEXT;"
  "ALTER TABLE receipt ADD COLUMN signed_complete INTEGER NOT NULL DEFAULT 0;";

/* What other computers of the enterprise submitted: documents that only the province has the content
 * of, so that nobody misses it here, and which documents the last known submission listed. */
static const char others[] =
  "CREATE TABLE elsewhere ("
  "  sha256 TEXT PRIMARY KEY NOT NULL,"
  "  record TEXT NOT NULL REFERENCES record (uuid) ON DELETE CASCADE"
  ") STRICT;"
  "ALTER TABLE record ADD COLUMN base_files TEXT;";

/* Qualification lists: what an application for a qualification carries. `id` is the key under which a
 * list is sent; `answer` is what the province said of it, as it said it. */
static const char use_lists[] =
  "CREATE TABLE use_list ("
  "  id TEXT PRIMARY KEY NOT NULL,"
  "  kind TEXT NOT NULL,"
  "  name TEXT NOT NULL,"
  "  state TEXT NOT NULL CHECK (state IN"
  "    ('draft', 'queued', 'refused', 'open', 'withdrawing', 'used', 'withdrawn')),"
  "  records TEXT NOT NULL,"
  "  again INTEGER NOT NULL DEFAULT 0,"
  "  doubled INTEGER NOT NULL DEFAULT 0,"
  "  tried INTEGER NOT NULL DEFAULT 0,"
  "  server_id TEXT UNIQUE,"
  "  answer TEXT,"
  "  message TEXT,"
  "  made_at TEXT NOT NULL,"
  "  removed_at TEXT"
  ") STRICT;";

/* How a record stands with the national platform, as the province said it: JSON. */
static const char national[] =
  "ALTER TABLE record ADD COLUMN national TEXT;";

/* What is asked of the province for records that are approved: drafts of their own, what is sent
 * and what became of it. */
static const char petitions[] =
  "CREATE TABLE petition ("
  "  id TEXT PRIMARY KEY NOT NULL,"
  "  record TEXT NOT NULL REFERENCES record (uuid) ON DELETE CASCADE,"
  "  kind TEXT NOT NULL CHECK (kind IN ('correction', 'withdrawal')),"
  "  state TEXT NOT NULL CHECK (state IN"
  "    ('draft', 'queued', 'requested', 'granted', 'refused', 'cancelled')),"
  "  reason TEXT NOT NULL,"
  "  there TEXT,"
  "  message TEXT,"
  "  office TEXT,"
  "  reviewer TEXT,"
  "  failure TEXT,"
  "  created_at TEXT NOT NULL,"
  "  changed_at TEXT NOT NULL,"
  "  sent_at TEXT,"
  "  decided_at TEXT,"
  "  begun INTEGER NOT NULL DEFAULT 0,"
  "  attempts INTEGER NOT NULL DEFAULT 0,"
  "  next_attempt INTEGER NOT NULL DEFAULT 0"
  ") STRICT;"
  "CREATE INDEX petition_by_record ON petition (record, state);"
  "CREATE TABLE petition_change ("
  "  petition TEXT NOT NULL REFERENCES petition (id) ON DELETE CASCADE,"
  "  record TEXT NOT NULL,"
  "  \"table\" TEXT NOT NULL,"
  "  \"row\" TEXT NOT NULL,"
  "  field TEXT NOT NULL,"
  "  pointer TEXT NOT NULL,"
  "  before TEXT NOT NULL,"
  "  after TEXT NOT NULL"
  ") STRICT;"
  "CREATE INDEX petition_change_by_petition ON petition_change (petition);"
  "CREATE TABLE petition_file ("
  "  petition TEXT NOT NULL REFERENCES petition (id) ON DELETE CASCADE,"
  "  record TEXT NOT NULL,"
  "  sha256 TEXT NOT NULL,"
  "  filename TEXT NOT NULL,"
  "  media_type TEXT NOT NULL,"
  "  size INTEGER NOT NULL"
  ") STRICT;"
  "CREATE INDEX petition_file_by_petition ON petition_file (petition);";

/* Which submission `base_files` is the list of, or was read after. */
static const char listing[] =
  "ALTER TABLE record ADD COLUMN files_revision INTEGER;"
  "UPDATE record SET files_revision = content_revision WHERE base_files IS NOT NULL;";

/* A record that came with thousands of others is stored once: the line of the history that made it
 * has the text when the record says something else. */
static const char made_lines[] =
  "CREATE TRIGGER history_made BEFORE UPDATE OF body ON record BEGIN"
  "  UPDATE history SET after = OLD.body WHERE record = OLD.uuid AND step = 1"
  "    AND " YEJI_HISTORY_MADE_IS_RECORD ";"
  "END;";

const YejiMigration yeji_store_migrations[] = {
  { "records, history, documents, outbox", tables },
  { "versions of the dictionary", dictionaries },
  { "steps that are undone", steps },
  { "the bin and notices", bin },
  { "search and lists", search },
  { "the bin's days", bin_days },
  { "documents that are turned", rotation },
  { "what a check found", facts },
  { "what both changed", conflicts },
  { "many files at once", intake },
  { "files on their way", transfers },
  { "what a restored province lost", healing },
  { "receipts that are signed", receipts },
  { "what other computers submitted", others },
  { "qualification lists", use_lists },
  { "the national platform's word", national },
  { "corrections and withdrawals that are asked for", petitions },
  { "which submission a list of documents is of", listing },
  { "records that their history need not repeat", made_lines },
};

const guint yeji_store_n_migrations = G_N_ELEMENTS (yeji_store_migrations);
