// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "test-backup-restore"

#include "config.h"

#include <string.h>

#include "backup-fixture.h"
#include "yeji-key-place.h"
#include "yeji-vault.h"

/* A profile that is closed, of four records with a document, and a backup of it with three. */
typedef struct
{
  StoreFixture store;
  char *database;
  char *backup;
  YejiBackupReport *report;
  GError *error;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr (YejiRecord) record = NULL;

  store_fixture_set_up (&fixture->store, NULL);
  fixture->database = g_build_filename (fixture->store.dir, "yeji.sqlite", NULL);
  record = backup_fixture_add (&fixture->store, "甲");
  backup_fixture_attach (&fixture->store, record, "合同.pdf");
  backup_fixture_attach (&fixture->store, record, "附件.pdf");
  backup_fixture_add_many (&fixture->store, 2);
  fixture->backup = backup_fixture_make (&fixture->store, YEJI_BACKUP_MANUAL);
  backup_fixture_add_many (&fixture->store, 1);
  store_fixture_close (&fixture->store);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  yeji_backup_set_step_func (NULL, NULL);
  g_clear_pointer (&fixture->report, yeji_backup_report_free);
  g_clear_error (&fixture->error);
  g_free (fixture->backup);
  g_free (fixture->database);
  yeji_test_dir_remove (fixture->store.dir);
  g_free (fixture->store.dir);
  g_object_unref (fixture->store.dictionary);
}

static gboolean
restore_into (Fixture    *fixture,
              const char *directory,
              const char *path)
{
  g_clear_pointer (&fixture->report, yeji_backup_report_free);
  g_clear_error (&fixture->error);
  return yeji_backup_restore (directory, path, fixture->store.dictionary, &fixture->report,
                              &fixture->error);
}

static gboolean
restore (Fixture    *fixture,
         const char *path)
{
  return restore_into (fixture, fixture->store.dir, path);
}

static guint
count (Fixture *fixture)
{
  return backup_fixture_count_open (fixture->store.dir, fixture->store.dictionary);
}

/* The folder, and no work of ours in it. */
static void
assert_no_rest (const char *directory)
{
  g_autofree char *names = backup_fixture_list (directory);

  g_assert_null (strstr (names, "restoring"));
  g_assert_null (strstr (names, "damaged"));
  g_assert_null (strstr (names, "-wal"));
  g_assert_null (strstr (names, ".part"));
}

static void
remove_document (Fixture    *fixture,
                 const char *name)
{
  g_autofree char *content = g_strdup_printf ("%%PDF-1.4\n%s\n", name);
  g_autofree char *sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, content, -1);
  g_autofree char *path = yeji_copies_get_path (fixture->store.dir, sum);

  g_assert_cmpint (g_remove (path), ==, 0);
}

static void
test_restores (Fixture       *fixture,
               gconstpointer  data)
{
  remove_document (fixture, "附件.pdf");
  g_assert_true (restore (fixture, fixture->backup));
  g_assert_no_error (fixture->error);
  g_assert_cmpuint (fixture->report->n_before, ==, 4);
  g_assert_cmpuint (fixture->report->n_after, ==, 3);
  g_assert_cmpuint (fixture->report->missing->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (fixture->report->missing, 0), ==, "附件.pdf");
  assert_no_rest (fixture->store.dir);
  g_assert_cmpuint (count (fixture), ==, 3);
}

static void
test_goes_back (Fixture       *fixture,
                gconstpointer  data)
{
  g_autofree char *before = NULL;

  g_assert_true (restore (fixture, fixture->backup));
  before = g_strdup (fixture->report->kept_as);
  g_assert_nonnull (strstr (before, "before-restore-"));
  g_assert_cmpuint (backup_fixture_count (before), ==, 4);
  g_assert_true (restore (fixture, before));
  g_assert_no_error (fixture->error);
  g_assert_cmpuint (count (fixture), ==, 4);
}

/* A profile whose program was killed has its last saves in the log alone. */
static void
test_after_a_kill (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autofree char *killed = yeji_test_dir_new ();
  g_autofree char *log = g_build_filename (killed, "yeji.sqlite-wal", NULL);

  store_fixture_open (&fixture->store);
  backup_fixture_add_many (&fixture->store, 7);
  backup_fixture_copy_tree (fixture->store.dir, killed);
  store_fixture_close (&fixture->store);
  g_assert_true (g_file_test (log, G_FILE_TEST_EXISTS));

  g_assert_true (restore_into (fixture, killed, fixture->backup));
  g_assert_no_error (fixture->error);
  g_assert_cmpuint (fixture->report->n_before, ==, 11);
  g_assert_cmpuint (backup_fixture_count (fixture->report->kept_as), ==, 11);
  g_assert_false (g_file_test (log, G_FILE_TEST_EXISTS));
  g_assert_cmpuint (backup_fixture_count_open (killed, fixture->store.dictionary), ==, 3);
  yeji_test_dir_remove (killed);
}

typedef struct
{
  const char *directory;
  char *states;                /* a folder with what lay on the disk at each step */
  GPtrArray *steps;
} Camera;

static void
take_picture (const char *step,
              gpointer    data)
{
  Camera *camera = data;
  g_autofree char *name = g_strdup_printf ("%u-%s", camera->steps->len, step);
  g_autofree char *to = g_build_filename (camera->states, name, NULL);

  backup_fixture_copy_tree (camera->directory, to);
  g_ptr_array_add (camera->steps, g_steal_pointer (&to));
}

/* Whatever the last thing was that happened, the profile is the old or the new one, and what was
 * left lying about does not keep it from being restored again. */
static void
test_killed_at_any_step (Fixture       *fixture,
                         gconstpointer  data)
{
  static const guint expected[] = { 5, 5, 5, 5, 5, 5, 5, 3 };
  static const char * const steps[] = { "prepared", "begun", "copied", "checked", "renamed", "kept",
                                        "settled", "replaced" };
  g_autofree char *killed = yeji_test_dir_new ();
  g_autofree char *unclean = g_build_filename (killed, "profile", NULL);
  Camera camera = { unclean, yeji_test_dir_new (), g_ptr_array_new_with_free_func (g_free) };

  /* The fifth record is in the log alone. */
  store_fixture_open (&fixture->store);
  backup_fixture_add_many (&fixture->store, 1);
  backup_fixture_copy_tree (fixture->store.dir, unclean);
  store_fixture_close (&fixture->store);
  yeji_backup_set_step_func (take_picture, &camera);
  g_assert_true (restore_into (fixture, unclean, fixture->backup));
  yeji_backup_set_step_func (NULL, NULL);

  g_assert_cmpuint (camera.steps->len, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < camera.steps->len; i++)
    {
      const char *state = g_ptr_array_index (camera.steps, i);

      g_test_message ("%s", state);
      g_assert_true (g_str_has_suffix (state, steps[i]));
      g_assert_cmpuint (backup_fixture_count_open (state, fixture->store.dictionary), ==,
                        expected[i]);
      g_assert_true (restore_into (fixture, state, fixture->backup));
      g_assert_no_error (fixture->error);
      g_assert_cmpuint (backup_fixture_count_open (state, fixture->store.dictionary), ==, 3);
      assert_no_rest (state);
    }
  yeji_test_dir_remove (camera.states);
  yeji_test_dir_remove (killed);
  g_free (camera.states);
  g_ptr_array_unref (camera.steps);
}

static void
run_on (const char *path,
        const char *script)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiSql) sql = yeji_sql_open (path, &error);

  g_assert_no_error (error);
  g_assert_true (yeji_sql_run_script (sql, script, &error));
  g_assert_no_error (error);
  /* As a backup is: without a log. */
  g_assert_true (yeji_sql_run_script (sql, "PRAGMA journal_mode = DELETE", &error));
}

static void
truncate_file (const char *path)
{
  g_autofree char *text = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (path, &text, &length, NULL));
  g_assert_true (g_file_set_contents (path, text, (gssize) (length / 2), NULL));
}

/* What cannot be restored is refused before anything is touched. */
static void
test_refuses (Fixture       *fixture,
              gconstpointer  data)
{
  static const struct
  {
    const char *script;        /* (nullable): what is wrong with the backup, NULL: cut off */
    YejiBackupError code;
    const char *why;
  } cases[] = {
    { NULL, YEJI_BACKUP_ERROR_FORMAT, "" },
    { "PRAGMA user_version = 9999", YEJI_BACKUP_ERROR_NEWER, "has version 9999" },
    { "PRAGMA user_version = 0", YEJI_BACKUP_ERROR_FORMAT, "holds no profile" },
    { "DROP TABLE point", YEJI_BACKUP_ERROR_FORMAT, "no table point" },
    { "CREATE TRIGGER t AFTER INSERT ON history BEGIN DELETE FROM record; END",
      YEJI_BACKUP_ERROR_FORMAT, "has t, which is none of ours" },
    { "ALTER TABLE point RENAME TO p; CREATE VIEW point AS SELECT * FROM p",
      YEJI_BACKUP_ERROR_FORMAT, "no table point" },
    { "CREATE VIRTUAL TABLE v USING fts5 (x)", YEJI_BACKUP_ERROR_FORMAT, "has v" },
  };
  g_autofree char *good = NULL;
  g_autofree char *folder = g_build_filename (fixture->store.dir, "backups", NULL);
  g_autofree char *before = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (fixture->backup, &good, &length, NULL));
  before = backup_fixture_list (folder);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *after = NULL;

      g_test_message ("%s", cases[i].script);
      g_assert_true (g_file_set_contents (fixture->backup, good, (gssize) length, NULL));
      if (cases[i].script != NULL)
        run_on (fixture->backup, cases[i].script);
      else
        truncate_file (fixture->backup);
      g_assert_false (restore (fixture, fixture->backup));
      g_assert_error (fixture->error, YEJI_BACKUP_ERROR, (int) cases[i].code);
      g_assert_nonnull (strstr (fixture->error->message, cases[i].why));
      g_assert_null (fixture->report);
      after = backup_fixture_list (folder);
      g_assert_cmpstr (after, ==, before);
      assert_no_rest (fixture->store.dir);
      g_assert_cmpuint (count (fixture), ==, 4);
    }
}

static void
test_not_there (Fixture       *fixture,
                gconstpointer  data)
{
  g_autofree char *none = g_build_filename (fixture->store.dir, "none", NULL);

  g_assert_false (restore (fixture, none));
  g_assert_error (fixture->error, YEJI_BACKUP_ERROR, YEJI_BACKUP_ERROR_NOT_FOUND);
  g_assert_false (restore (fixture, fixture->store.dir));
  g_assert_error (fixture->error, YEJI_BACKUP_ERROR, YEJI_BACKUP_ERROR_FORMAT);
}

static void
test_open (Fixture       *fixture,
           gconstpointer  data)
{
  store_fixture_open (&fixture->store);
  g_assert_false (restore (fixture, fixture->backup));
  g_assert_error (fixture->error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_LOCKED);
  store_fixture_close (&fixture->store);
  g_assert_cmpuint (count (fixture), ==, 4);
}

/* What SQLite cannot read is kept as it is, beside the profile's backups. */
static void
test_over_damage (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autofree char *log = g_strconcat (fixture->database, "-wal", NULL);
  g_autofree char *kept_log = NULL;
  g_autofree char *kept = NULL;

  g_assert_true (g_file_set_contents (log, "its log", -1, NULL));
  g_assert_true (g_file_set_contents (fixture->database, "no database any more", -1, NULL));
  g_assert_true (restore (fixture, fixture->backup));
  g_assert_no_error (fixture->error);
  g_assert_cmpuint (fixture->report->n_before, ==, 0);
  g_assert_nonnull (strstr (fixture->report->kept_as, "damaged"));
  g_assert_true (g_file_get_contents (fixture->report->kept_as, &kept, NULL, NULL));
  g_assert_cmpstr (kept, ==, "no database any more");
  kept_log = g_strconcat (fixture->report->kept_as, "-wal", NULL);
  g_assert_true (g_file_test (kept_log, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (log, G_FILE_TEST_EXISTS));
  g_assert_cmpuint (count (fixture), ==, 3);
}

static void
test_into_nothing (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autofree char *dir = yeji_test_dir_new ();
  g_autofree char *directory = g_build_filename (dir, "新", NULL);

  g_assert_true (restore_into (fixture, directory, fixture->backup));
  g_assert_no_error (fixture->error);
  g_assert_null (fixture->report->kept_as);
  g_assert_cmpuint (fixture->report->n_before, ==, 0);
  g_assert_cmpuint (fixture->report->missing->len, ==, 2);
  g_assert_cmpuint (backup_fixture_count_open (directory, fixture->store.dictionary), ==, 3);
  yeji_test_dir_remove (dir);
}

/* Of every version before. */
static void
test_old_versions (Fixture       *fixture,
                   gconstpointer  data)
{
  for (guint version = 1; version < yeji_store_n_migrations; version++)
    {
      g_autofree char *dir = yeji_test_dir_new ();
      g_autofree char *path = g_build_filename (dir, "old.sqlite", NULL);
      g_autoptr (YejiDb) db = yeji_db_open (path, yeji_store_migrations, version, NULL);

      yeji_db_close (db);
      run_on (path, "INSERT INTO record (uuid, role, name, number, dictionary, created_at,"
              " changed_at, digest, body) VALUES ('6f1c2d3e-4a5b-4c6d-8e7f-102030405001',"
              " 'construction', 'x', '', '0', '2026', '2026', 'd',"
              " '{\"uuid\": \"6f1c2d3e-4a5b-4c6d-8e7f-102030405001\", \"dictionary\": \"0\","
              "   \"role\": \"construction\", \"project\": {\"PrjName\": \"x\"}}')");
      g_assert_true (restore (fixture, path));
      g_assert_no_error (fixture->error);
      g_assert_cmpuint (fixture->report->n_after, ==, 1);
      g_assert_cmpuint (count (fixture), ==, 1);
      yeji_test_dir_remove (dir);
    }
}

static char *
read_sample (Fixture    *fixture,
             const char *uuid)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiRecord) record = NULL;

  store_fixture_open (&fixture->store);
  record = yeji_store_load (fixture->store.store, uuid, &error);
  g_assert_no_error (error);
  store_fixture_close (&fixture->store);
  return yeji_record_to_text (record);
}

/* What was sealed under an older key is read after the key was changed and the backup restored. */
static void
test_key_was_changed (Fixture       *fixture,
                      gconstpointer  data)
{
  g_autoptr (YejiRecord) sample = store_fixture_read_sample (fixture->store.dictionary);
  const char *uuid = yeji_record_get_uuid (sample);
  g_autofree char *backup = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  store_fixture_open (&fixture->store);
  store_fixture_save (&fixture->store, sample, 0);
  backup = backup_fixture_make (&fixture->store, YEJI_BACKUP_MANUAL);
  g_assert_true (yeji_store_rotate_key (fixture->store.store, &fixture->error));
  g_assert_no_error (fixture->error);
  store_fixture_close (&fixture->store);
  before = read_sample (fixture, uuid);
  g_assert_null (strstr (before, YEJI_VAULT_PREFIX));
  g_assert_true (restore (fixture, backup));
  g_assert_no_error (fixture->error);
  after = read_sample (fixture, uuid);
  g_assert_cmpstr (after, ==, before);
}

/* As another program, that was not told the passphrase. */
static void
forget_key (const char *directory)
{
  g_autofree char *path = g_build_filename (directory, YEJI_STORE_CHEST_FILE, NULL);
  g_autofree char *chest = NULL;
  g_autofree char *id = NULL;

  g_assert_true (g_file_get_contents (path, &chest, NULL, NULL));
  id = yeji_vault_find_id (chest, NULL);
  yeji_key_place_forget (id);
}

/* Where the key is not on the computer, nothing is changed until it is given by hand. */
static void
test_key_is_wanted (Fixture       *fixture,
                    gconstpointer  data)
{
  store_fixture_open (&fixture->store);
  g_assert_true (yeji_store_set_passphrase (fixture->store.store, "东风 2026", &fixture->error));
  g_assert_no_error (fixture->error);
  store_fixture_close (&fixture->store);
  forget_key (fixture->store.dir);

  g_assert_false (restore (fixture, fixture->backup));
  g_assert_error (fixture->error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_SEALED);
  assert_no_rest (fixture->store.dir);
  g_assert_cmpuint (backup_fixture_count (fixture->database), ==, 4);
  g_clear_error (&fixture->error);
  g_assert_false (yeji_backup_restore_with_key (fixture->store.dir, fixture->backup,
                                                fixture->store.dictionary,
                                                YEJI_STORE_KEY_PASSPHRASE, "wrong",
                                                &fixture->report, &fixture->error));
  g_assert_cmpuint (backup_fixture_count (fixture->database), ==, 4);
  g_clear_error (&fixture->error);
  g_assert_true (yeji_backup_restore_with_key (fixture->store.dir, fixture->backup,
                                               fixture->store.dictionary, YEJI_STORE_KEY_ANY,
                                               "东风 2026", &fixture->report, &fixture->error));
  g_assert_no_error (fixture->error);
  g_assert_cmpuint (backup_fixture_count (fixture->database), ==, 3);
}

int
main (int    argc,
      char **argv)
{
  static const struct
  {
    const char *path;
    void (*func) (Fixture *fixture, gconstpointer data);
  } cases[] = {
    { "/store/restore/brings-the-old-state-and-tells-what-is-missing", test_restores },
    { "/store/restore/can-be-taken-back", test_goes_back },
    { "/store/restore/keeps-what-only-the-log-had", test_after_a_kill },
    { "/store/restore/survives-a-kill-at-any-step", test_killed_at_any_step },
    { "/store/restore/refuses-before-it-changes-anything", test_refuses },
    { "/store/restore/refuses-what-is-no-file", test_not_there },
    { "/store/restore/refuses-a-profile-that-is-open", test_open },
    { "/store/restore/keeps-a-damaged-database-as-it-is", test_over_damage },
    { "/store/restore/makes-a-profile-that-was-not-there", test_into_nothing },
    { "/store/restore/migrates-backups-of-every-version", test_old_versions },
    { "/store/restore/reads-what-an-older-key-sealed", test_key_was_changed },
    { "/store/restore/changes-nothing-without-the-key", test_key_is_wanted },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_test_add (cases[i].path, Fixture, NULL, set_up, cases[i].func, tear_down);
  return g_test_run ();
}
