// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "version-contents.h"

#include <stdlib.h>

/* Each version of the database, filled with everything that it can hold, is opened with the present
 * program: nothing may be lost, whatever happens on the way. */

/* Where a subprocess finds the profile, and after how many statements it is to end. */
#define DIR_VARIABLE "YEJI_TEST_PROFILE"
#define END_VARIABLE "YEJI_TEST_STATEMENTS"

typedef struct
{
  guint version;
  char *dir;
  char *path;                  /* of the database */
  YejiDictionary *dictionary;
  VersionContents before;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->version = GPOINTER_TO_UINT (data);
  fixture->dir = yeji_test_dir_new ();
  fixture->path = g_build_filename (fixture->dir, "yeji.sqlite", NULL);
  fixture->dictionary = version_dictionary_new ();
  version_make_profile (fixture->dir, fixture->version);
  version_contents_read (&fixture->before, fixture->path, fixture->version);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  version_contents_clear (&fixture->before);
  g_object_unref (fixture->dictionary);
  yeji_test_dir_remove (fixture->dir);
  g_free (fixture->path);
  g_free (fixture->dir);
}

static YejiStore *
open_store (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  YejiStore *store = yeji_store_open (fixture->dir, fixture->dictionary, &error);

  g_assert_no_error (error);
  return store;
}

static void
close_store (YejiStore *store)
{
  yeji_store_close (store);
  g_assert_finalize_object (store);
}

static guint
read_version (const char *path)
{
  g_autoptr (GPtrArray) rows = version_read (path, "PRAGMA user_version");

  return (guint) g_ascii_strtoull (g_ptr_array_index (rows, 0), NULL, 10);
}

static void
assert_sound (const char *path)
{
  g_autoptr (GPtrArray) rows = version_read (path, "PRAGMA integrity_check");
  g_autoptr (GPtrArray) strays = version_read (path, "PRAGMA foreign_key_check");

  g_assert_cmpstr (g_ptr_array_index (rows, 0), ==, "ok");
  g_assert_cmpuint (strays->len, ==, 0);
}

/* Every row of every table, as it lies there. */
static GPtrArray *
read_everything (const char *path)
{
  g_autoptr (GPtrArray) tables = NULL;
  GPtrArray *all = version_read (path, "SELECT type, name, sql FROM sqlite_master ORDER BY name");

  tables = version_read (path, "SELECT name FROM sqlite_master WHERE type = 'table'"
                               " AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name");
  for (guint i = 0; i < tables->len; i++)
    {
      g_autofree char *query = g_strdup_printf ("SELECT * FROM \"%s\"",
                                                (char *) g_ptr_array_index (tables, i));
      g_autoptr (GPtrArray) rows = version_read (path, query);

      g_ptr_array_extend_and_steal (all, g_steal_pointer (&rows));
    }
  return all;
}

static void
test_nothing_lost (Fixture       *fixture,
                   gconstpointer  data)
{
  YejiStore *store = open_store (fixture);

  version_contents_assert (&fixture->before, store);
  close_store (store);
  g_assert_cmpuint (read_version (fixture->path), ==, yeji_store_n_migrations);
  assert_sound (fixture->path);
}

/* Of what a start may write for itself nothing stands in these tables. */
static void
test_twice (Fixture       *fixture,
            gconstpointer  data)
{
  static const char * const queries[] = {
    "SELECT * FROM record ORDER BY rowid", "SELECT * FROM point ORDER BY rowid",
    "SELECT * FROM history ORDER BY rowid", "SELECT * FROM attachment ORDER BY rowid",
    "SELECT * FROM outbox ORDER BY rowid", "SELECT * FROM move ORDER BY rowid",
    "SELECT version, sha256, origin, fetched_at FROM dictionary ORDER BY rowid",
    "SELECT * FROM sqlite_sequence ORDER BY name", "SELECT sql FROM sqlite_master ORDER BY name",
  };
  GPtrArray *first[G_N_ELEMENTS (queries)];
  YejiStore *store;

  close_store (open_store (fixture));
  for (gsize i = 0; i < G_N_ELEMENTS (queries); i++)
    first[i] = version_read (fixture->path, queries[i]);
  store = open_store (fixture);
  version_contents_assert (&fixture->before, store);
  close_store (store);
  for (gsize i = 0; i < G_N_ELEMENTS (queries); i++)
    {
      g_autoptr (GPtrArray) second = version_read (fixture->path, queries[i]);

      version_assert_same (queries[i], second, first[i]);
      g_ptr_array_unref (first[i]);
    }
}

static YejiRecord *
load (YejiStore  *store,
      const char *uuid)
{
  g_autoptr (GError) error = NULL;
  YejiRecord *record = yeji_store_load (store, uuid, &error);

  g_assert_no_error (error);
  return record;
}

static const YejiFieldDef *
find_free_text (YejiRecord *record)
{
  GPtrArray *fields = yeji_row_get_table (yeji_record_get_project (record))->fields;

  for (guint i = 0; i < fields->len; i++)
    {
      const YejiFieldDef *field = g_ptr_array_index (fields, i);

      if (field->kind == YEJI_FIELD_TEXT && !field->by_platform
          && field->personal == YEJI_PERSONAL_NO)
        return field;
    }
  g_assert_not_reached ();
}

static void
type (YejiRecord *record,
      const char *value)
{
  yeji_record_set (record, yeji_record_get_project (record), find_free_text (record), value);
}

/* Types into a record and submits it, where its state allows that, and reads it back. */
static void
use_record (YejiStore *store,
            YejiEntry *entry)
{
  const char *uuid = yeji_entry_get_uuid (entry);
  g_autoptr (YejiRecord) record = load (store, uuid);
  const YejiFacts facts = { .completeness = 50, .outcome = 1, .n_slots = 3, .n_filled_slots = 2 };
  g_autoptr (YejiEntry) checked = NULL;
  g_autoptr (YejiRecord) again = NULL;
  g_autoptr (GPtrArray) history = NULL;
  g_autoptr (GError) error = NULL;

  /* No older version knows more than the problems. */
  g_assert_cmpint (yeji_entry_get_completeness (entry), ==, -1);
  g_assert_cmpint (yeji_entry_get_outcome (entry), ==, -1);
  type (record, "Typed now");
  if (!yeji_entry_is_editable (entry))
    {
      g_assert_false (yeji_store_save (store, record, &facts, "typed", &error));
      g_assert_error (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_STATE);
      return;
    }
  yeji_store_save (store, record, &facts, "typed", &error);
  g_assert_no_error (error);
  again = load (store, uuid);
  g_assert_true (yeji_record_equal (record, again));
  checked = yeji_store_get_entry (store, uuid, &error);
  g_assert_no_error (error);
  g_assert_true (yeji_facts_equal (yeji_entry_get_facts (checked), &facts));
  history = yeji_store_get_history (store, uuid, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (history->len, >, 0);
  yeji_store_queue_submit (store, uuid, &error);
  g_assert_no_error (error);
}

static void
test_works (Fixture       *fixture,
            gconstpointer  data)
{
  YejiStore *store = open_store (fixture);
  g_autoptr (GPtrArray) entries = version_list_entries (store);
  g_autoptr (GPtrArray) items = NULL;
  guint n_editable = 0;

  for (guint i = 0; i < entries->len; i++)
    {
      YejiEntry *entry = g_ptr_array_index (entries, i);

      n_editable += yeji_entry_is_editable (entry);
      use_record (store, entry);
    }
  g_assert_cmpuint (n_editable, >, 0);
  g_assert_cmpuint (n_editable, <, entries->len);
  items = version_list_outbox (store);
  g_assert_cmpuint (items->len, ==, n_editable);
  close_store (store);
  assert_sound (fixture->path);
}

/* What the province says now is merged with what the clerk typed since, by the state that was
 * submitted: a part of the record that nothing else shows. */
static void
test_merge (Fixture       *fixture,
            gconstpointer  data)
{
#define RETURNED " FROM record WHERE server_state = 'returned' AND digest <> base_digest"
  g_autoptr (GPtrArray) uuids = version_read (fixture->path, "SELECT uuid" RETURNED);
  g_autoptr (GPtrArray) mine = version_read (fixture->path, "SELECT body" RETURNED);
  g_autoptr (GPtrArray) base = version_read (fixture->path, "SELECT base_body" RETURNED);
  YejiStore *store = open_store (fixture);
  g_autoptr (GPtrArray) answers = g_ptr_array_new ();
  g_autoptr (YejiAnswer) answer = yeji_answer_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiRecord) theirs = NULL;
  g_autoptr (YejiRecord) expected = NULL;
  g_autoptr (YejiRecord) merged = NULL;

  g_assert_cmpuint (uuids->len, ==, 1);
  theirs = yeji_store_read (store, g_ptr_array_index (base, 0), &error);
  g_assert_no_error (error);
  expected = yeji_store_read (store, g_ptr_array_index (mine, 0), &error);
  g_assert_no_error (error);
  type (theirs, "Theirs");
  type (expected, "Theirs");
  answer->uuid = g_strdup (g_ptr_array_index (uuids, 0));
  answer->revision = g_strdup ("r99");
  answer->state = g_strdup ("returned");
  answer->at = g_strdup ("2036-01-01T00:00:00Z");
  answer->record = yeji_record_to_text (theirs);
  g_ptr_array_add (answers, answer);
  yeji_store_apply_answers (store, answers, "a-1", &error);
  g_assert_no_error (error);
  merged = load (store, answer->uuid);
  g_assert_true (yeji_record_equal (merged, expected));
  close_store (store);
}

/* Wherever the copy is put: beside the database, or with the other backups. */
static char *
find_copy (Fixture *fixture)
{
  g_autofree char *beside = g_strdup_printf ("yeji.sqlite.version-%u", fixture->version);
  g_autofree char *before = g_strdup_printf ("before-version-%u-", fixture->version);
  g_autofree char *backups = g_build_filename (fixture->dir, "backups", NULL);
  const char *folders[] = { fixture->dir, backups };
  char *found = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (folders); i++)
    {
      g_autoptr (GDir) dir = g_dir_open (folders[i], 0, NULL);
      const char *name;

      while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
        if (g_str_equal (name, beside)
            || (g_str_has_prefix (name, before) && g_str_has_suffix (name, ".sqlite")))
          {
            g_assert_null (found);
            found = g_build_filename (folders[i], name, NULL);
          }
    }
  g_assert_nonnull (found);
  return found;
}

static void
replace_database (Fixture    *fixture,
                  const char *copy)
{
  static const char * const suffixes[] = { "", "-wal", "-shm" };
  g_autofree char *content = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;

  g_file_get_contents (copy, &content, &length, &error);
  g_assert_no_error (error);
  for (gsize i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *path = g_strconcat (fixture->path, suffixes[i], NULL);

      g_remove (path);
    }
  g_file_set_contents (fixture->path, content, (gssize) length, &error);
  g_assert_no_error (error);
}

static void
test_copy (Fixture       *fixture,
           gconstpointer  data)
{
  g_autofree char *copy = NULL;
  YejiStore *store;

  close_store (open_store (fixture));
  copy = find_copy (fixture);
  g_assert_cmpuint (read_version (copy), ==, fixture->version);
  assert_sound (copy);
  version_contents_assert_columns (&fixture->before, copy);
  /* What is sealed in the copy is opened by the same key. */
  replace_database (fixture, copy);
  store = open_store (fixture);
  version_contents_assert (&fixture->before, store);
  close_store (store);
}

/* The database as it was, whatever came after the step that failed. */
static void
assert_untouched (Fixture   *fixture,
                  GPtrArray *everything)
{
  g_autoptr (GPtrArray) seen = NULL;
  YejiStore *store;

  g_assert_cmpuint (read_version (fixture->path), ==, fixture->version);
  assert_sound (fixture->path);
  seen = read_everything (fixture->path);
  version_assert_same ("the database after the failure", seen, everything);
  store = open_store (fixture);
  version_contents_assert (&fixture->before, store);
  close_store (store);
}

static void
test_failing_step (Fixture       *fixture,
                   gconstpointer  data)
{
  static const YejiMigration failures[] = {
    { "no SQL", "this is no SQL" },
    { "fails after it deleted", "DELETE FROM history; DROP TABLE point; SELECT * FROM nowhere" },
    { "violates", "UPDATE record SET name = 'lost'; UPDATE record SET uuid = NULL" },
  };
  g_autoptr (GPtrArray) everything = read_everything (fixture->path);

  for (gsize i = 0; i < G_N_ELEMENTS (failures); i++)
    {
      g_autofree YejiMigration *steps = g_new0 (YejiMigration, yeji_store_n_migrations + 1);
      g_autoptr (GPtrArray) seen = NULL;
      g_autoptr (GError) error = NULL;

      for (guint j = 0; j < yeji_store_n_migrations; j++)
        steps[j] = yeji_store_migrations[j];
      steps[yeji_store_n_migrations] = failures[i];
      g_assert_null (yeji_db_open (fixture->path, steps, yeji_store_n_migrations + 1, &error));
      g_assert_nonnull (error);
      g_assert_nonnull (strstr (error->message, failures[i].name));
      g_assert_cmpuint (read_version (fixture->path), ==, fixture->version);
      seen = read_everything (fixture->path);
      version_assert_same (failures[i].name, seen, everything);
    }
  {
    g_autofree char *copy = g_strdup_printf ("%s.version-%u", fixture->path, fixture->version);

    g_remove (copy);           /* of yeji_db_open(), which knows no backups */
  }
  assert_untouched (fixture, everything);
}

/* From now on no database of this process can grow: as on a full disk. */
static int
forbid_growth (sqlite3      *sql,
               const char  **message,
               const void   *routines)
{
  return sqlite3_exec (sql, "PRAGMA max_page_count = 1", NULL, NULL, NULL);
}

static void
test_full_disk (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr (GPtrArray) everything = read_everything (fixture->path);
  g_autoptr (GError) error = NULL;
  YejiStore *store;

  sqlite3_auto_extension ((void (*) (void)) forbid_growth);
  g_assert_null (yeji_store_open (fixture->dir, fixture->dictionary, &error));
  sqlite3_cancel_auto_extension ((void (*) (void)) forbid_growth);
  g_assert_error (error, YEJI_DB_ERROR, YEJI_DB_ERROR_FULL);
  if (read_version (fixture->path) == fixture->version)
    {
      assert_untouched (fixture, everything);
      return;
    }
  /* The last steps need no more room than there was: the disk was full for what came after them. */
  g_assert_cmpuint (fixture->version, >, 2);
  g_assert_cmpuint (read_version (fixture->path), ==, yeji_store_n_migrations);
  assert_sound (fixture->path);
  store = open_store (fixture);
  version_contents_assert (&fixture->before, store);
  close_store (store);
}

static int n_statements;

/* Ends the process as a kill does: nothing is finished, closed or rolled back. */
static int
end_at_statement (unsigned  kind,
                  void     *data,
                  void     *statement,
                  void     *text)
{
  if (--n_statements == 0)
    _Exit (3);
  return 0;
}

static int
count_statements (sqlite3      *sql,
                  const char  **message,
                  const void   *routines)
{
  return sqlite3_trace_v2 (sql, SQLITE_TRACE_STMT, end_at_statement, NULL);
}

static void
open_and_end (void)
{
  g_autoptr (YejiDictionary) dictionary = version_dictionary_new ();
  g_autoptr (GError) error = NULL;
  YejiStore *store;

  n_statements = atoi (g_getenv (END_VARIABLE));
  sqlite3_auto_extension ((void (*) (void)) count_statements);
  store = yeji_store_open (g_getenv (DIR_VARIABLE), dictionary, &error);
  g_assert_no_error (error);
  close_store (store);
}

/* Ends a process in the middle of its first opening; after how many statements does not matter, so
 * long as it is anywhere. Returns whether it came to the end instead. */
static gboolean
open_until (Fixture *fixture,
            guint    statements)
{
  g_autofree char *text = g_strdup_printf ("%u", statements);

  g_setenv (DIR_VARIABLE, fixture->dir, TRUE);
  g_setenv (END_VARIABLE, text, TRUE);
  g_test_trap_subprocess ("/store/migrations/subprocess/open", 0, 0);
  return g_test_trap_has_passed ();
}

static void
test_killed (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr (GPtrArray) everything = read_everything (fixture->path);
  guint n_older = 0, n_newer = 0;
  gboolean done = FALSE;

  for (guint statements = 1; !done; statements += MAX (1, statements / 2))
    {
      done = open_until (fixture, statements);
      if (read_version (fixture->path) == fixture->version)
        {
          g_autoptr (GPtrArray) seen = read_everything (fixture->path);

          version_assert_same ("the database after the kill", seen, everything);
          n_older++;
        }
      else
        {
          YejiStore *store;

          g_assert_cmpuint (read_version (fixture->path), ==, yeji_store_n_migrations);
          store = open_store (fixture);
          version_contents_assert (&fixture->before, store);
          close_store (store);
          yeji_test_dir_remove (fixture->dir);
          version_make_profile (fixture->dir, fixture->version);
          n_newer++;
        }
    }
  g_test_message ("killed %u times before it was migrated, %u times after", n_older, n_newer);
  g_assert_cmpuint (n_older, >, 3);
  g_assert_cmpuint (n_newer, >, 0);
  assert_untouched (fixture, everything);
}

/* What only the clerk, the reviewer and the province may read: from every place where it is. */
static void
collect_secrets (Fixture   *fixture,
                 GPtrArray *secrets)
{
  static const char * const queries[] = {
    "SELECT t.value FROM record r, json_tree (r.body) t WHERE t.key = '%1$s'"
    " UNION SELECT t.value FROM record r, json_tree (r.base_body) t WHERE t.key = '%1$s'"
    " UNION SELECT t.value FROM outbox o, json_tree (o.body) t WHERE t.key = '%1$s'"
    " UNION SELECT before FROM history WHERE field = '%1$s' AND before <> ''"
    " UNION SELECT after FROM history WHERE field = '%1$s' AND after <> ''",
    "SELECT value FROM setting WHERE name IN ('account.access', 'account.refresh')",
    "SELECT t.value FROM record r, json_tree (r.body) t WHERE t.key = 'UnknownField'",
    "SELECT a.value ->> 'value' FROM record r, json_each (r.body, '$.aside') a",
  };
  static const char before[] = "SELECT t.value FROM move m, json_tree (m.body_before) t"
                               " WHERE t.key = '%s'";
  GPtrArray *tables = yeji_dictionary_get_tables (fixture->dictionary);

  for (guint i = 0; i < tables->len; i++)
    {
      const YejiTableDef *table = g_ptr_array_index (tables, i);

      for (guint j = 0; j < table->fields->len; j++)
        {
          const YejiFieldDef *field = g_ptr_array_index (table->fields, j);
          g_autofree char *query = g_strdup_printf (queries[0], field->id);
          g_autofree char *moved = g_strdup_printf (before, field->id);

          if (field->personal == YEJI_PERSONAL_NO)
            continue;
          g_ptr_array_extend_and_steal (secrets, version_read (fixture->path, query));
          if (fixture->version >= 2)
            g_ptr_array_extend_and_steal (secrets, version_read (fixture->path, moved));
        }
    }
  g_assert_cmpuint (secrets->len, >, 3);
  for (gsize i = 1; i < G_N_ELEMENTS (queries); i++)
    g_ptr_array_extend_and_steal (secrets, version_read (fixture->path, queries[i]));
}

static gboolean
contains (const char *content,
          gsize       length,
          const char *word)
{
  gsize size = strlen (word);

  for (gsize i = 0; i + size <= length; i++)
    if (content[i] == *word && memcmp (content + i, word, size) == 0)
      return TRUE;
  return FALSE;
}

static void
assert_secret (const char *folder,
               GPtrArray  *secrets)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *content = NULL;
      gsize length;

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        assert_secret (path, secrets);
      else if (g_file_get_contents (path, &content, &length, NULL))
        for (guint i = 0; i < secrets->len; i++)
          if (contains (content, length, g_ptr_array_index (secrets, i)))
            g_error ("%s stands in %s", (char *) g_ptr_array_index (secrets, i), path);
    }
}

static void
test_secrets (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr (GPtrArray) secrets = g_ptr_array_new_with_free_func (g_free);

  collect_secrets (fixture, secrets);
  close_store (open_store (fixture));
  assert_secret (fixture->dir, secrets);
}

static char *
sum_file (const char *path,
          const char *suffix)
{
  g_autofree char *name = g_strconcat (path, suffix, NULL);
  g_autofree char *content = NULL;
  gsize length;

  if (!g_file_get_contents (name, &content, &length, NULL))
    return g_strdup ("none");
  return g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) content, length);
}

/* What a newer program left, be it closed or killed, is not for us to write to. */
static void
assert_refused (Fixture *fixture)
{
  g_autofree char *sum = sum_file (fixture->path, "");
  g_autofree char *log = sum_file (fixture->path, "-wal");
  g_autofree char *sum_after = NULL;
  g_autofree char *log_after = NULL;
  g_autofree char *known = g_strdup_printf ("%u", yeji_store_n_migrations);
  g_autoptr (GError) error = NULL;

  g_assert_null (yeji_store_open (fixture->dir, fixture->dictionary, &error));
  g_assert_error (error, YEJI_DB_ERROR, YEJI_DB_ERROR_NEWER);
  g_assert_nonnull (strstr (error->message, "99"));
  g_assert_nonnull (strstr (error->message, known));
  sum_after = sum_file (fixture->path, "");
  log_after = sum_file (fixture->path, "-wal");
  g_assert_cmpstr (sum_after, ==, sum);
  g_assert_cmpstr (log_after, ==, log);
}

static void
test_newer (Fixture       *fixture,
            gconstpointer  data)
{
  sqlite3 *sql;
  int no_checkpoint;

  close_store (open_store (fixture));
  sql = version_connect (fixture->path, SQLITE_OPEN_READWRITE);
  version_run (sql, "PRAGMA user_version = 99");
  g_assert_cmpint (sqlite3_close (sql), ==, SQLITE_OK);
  assert_refused (fixture);

  /* As if it had been killed: the newest state lies in the log. */
  sql = version_connect (fixture->path, SQLITE_OPEN_READWRITE);
  sqlite3_db_config (sql, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, &no_checkpoint);
  version_run (sql, "UPDATE setting SET value = 'newer' WHERE name = 'a.setting'");
  g_assert_cmpint (sqlite3_close (sql), ==, SQLITE_OK);
  assert_refused (fixture);
}

static const struct
{
  const char *path;
  void (*func) (Fixture *fixture, gconstpointer data);
} cases[] = {
  { "loses-nothing", test_nothing_lost },
  { "is-the-same-when-opened-again", test_twice },
  { "works-afterwards", test_works },
  { "merges-what-the-province-says", test_merge },
  { "leaves-a-copy-of-before", test_copy },
  { "survives-a-step-that-fails", test_failing_step },
  { "survives-a-full-disk", test_full_disk },
  { "survives-a-kill", test_killed },
  { "leaves-nothing-personal-in-the-open", test_secrets },
};

static void
add_cases (guint version)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/store/migrations/from-version-%u/%s", version,
                                               cases[i].path);

      g_test_add (path, Fixture, GUINT_TO_POINTER (version), set_up, cases[i].func, tear_down);
    }
}

int
main (int    argc,
      char **argv)
{
  g_autofree char *home = NULL;
  int status;

  /* The keys of who runs this are left alone; the subprocesses have the same ones. */
  if (g_getenv (DIR_VARIABLE) == NULL)
    {
      home = yeji_test_dir_new ();
      g_setenv ("XDG_CONFIG_HOME", home, TRUE);
      g_setenv ("XDG_DATA_HOME", home, TRUE);
    }
  g_test_init (&argc, &argv, NULL);
  for (guint version = 1; version < yeji_store_n_migrations; version++)
    add_cases (version);
  g_test_add ("/store/migrations/a-newer-version/is-left-alone", Fixture, GUINT_TO_POINTER (1),
              set_up, test_newer, tear_down);
  g_test_add_func ("/store/migrations/subprocess/open", open_and_end);
  status = g_test_run ();
  if (home != NULL)
    yeji_test_dir_remove (home);
  return status;
}
