// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "test-recovery"

#include "config.h"

#include "damage-fixture.h"

#include "yeji-backup.h"
#include "yeji-recovery.h"
#include "yeji-sql-private.h"
#include "yeji-store-chores.h"

/* A profile as a kill leaves it: copied while it is open. */
typedef struct
{
  StoreFixture base;
  char *killed;
  GPtrArray *states;           /* of a recovery, by step */
  Contents before;
} Fixture;

static void
add_records (Fixture *fixture,
             guint    n)
{
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (YejiRecord) record = yeji_record_new (fixture->base.dictionary, NULL, "design");
      g_autofree char *name = g_strdup_printf ("工程 %u", i);

      store_fixture_type (record, "PrjName", name);
      store_fixture_save (&fixture->base, record, 1);
    }
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  store_fixture_set_up (&fixture->base, data);
  add_records (fixture, 8);
  fixture->killed = yeji_test_dir_new ();
  fixture->states = g_ptr_array_new_with_free_func (g_free);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  yeji_recovery_set_step_func (NULL, NULL);
  for (guint i = 0; i < fixture->states->len; i++)
    yeji_test_dir_remove (g_ptr_array_index (fixture->states, i));
  g_ptr_array_unref (fixture->states);
  contents_clear (&fixture->before);
  yeji_test_dir_remove (fixture->killed);
  g_free (fixture->killed);
  store_fixture_tear_down (&fixture->base, data);
}

static void
take_killed (Fixture *fixture)
{
  contents_clear (&fixture->before);
  contents_read (&fixture->before, fixture->base.store);
  copy_tree (fixture->base.dir, fixture->killed);
}

static YejiStore *
open_in (Fixture    *fixture,
         const char *dir)
{
  g_autoptr (GError) error = NULL;
  YejiStore *store = yeji_store_open (dir, fixture->base.dictionary, &error);

  g_assert_no_error (error);
  return store;
}

static void
close_store (YejiStore *store)
{
  yeji_store_close (store);
  g_assert_finalize_object (store);
}

static void
do_chores (YejiStore *store)
{
  g_autoptr (GError) error = NULL;

  yeji_store_do_chores (store, NULL, &error);
  g_assert_no_error (error);
}

static void
assert_reason (YejiStore  *store,
               const char *reason)
{
  g_autoptr (YejiNotice) notice = find_notice (store, YEJI_NOTICE_RECOVERED);

  if (reason == NULL)
    {
      g_assert_null (notice);
      return;
    }
  g_assert_nonnull (notice);
  g_assert_cmpstr (yeji_json_get_string (notice->details, "reason"), ==, reason);
}

static void
assert_all_there (Fixture   *fixture,
                  YejiStore *store)
{
  Contents after;

  contents_read (&after, store);
  g_assert_cmpuint (g_hash_table_size (after.records), ==,
                    g_hash_table_size (fixture->before.records));
  g_assert_cmpuint (after.n_lines, ==, fixture->before.n_lines);
  contents_clear (&after);
}

static void
test_clean_end (Fixture       *fixture,
                gconstpointer  data)
{
  g_autofree char *session = g_build_filename (fixture->base.dir, YEJI_SESSION_FILE, NULL);

  g_assert_true (g_file_test (session, G_FILE_TEST_EXISTS));
  store_fixture_close (&fixture->base);
  g_assert_false (g_file_test (session, G_FILE_TEST_EXISTS));
  store_fixture_open (&fixture->base);
  do_chores (fixture->base.store);
  g_assert_null (find_notice (fixture->base.store, YEJI_NOTICE_CHECKED));
}

/* Nothing is lost, it is checked once, and said once. */
static void
test_killed (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr (YejiNotice) notice = NULL;
  g_autoptr (GPtrArray) notices = NULL;
  YejiStore *store;

  take_killed (fixture);
  store = open_in (fixture, fixture->killed);
  assert_all_there (fixture, store);
  assert_reason (store, NULL);
  close_store (store);          /* nothing was checked: the next one must */
  store = open_in (fixture, fixture->killed);
  do_chores (store);
  notice = find_notice (store, YEJI_NOTICE_CHECKED);
  g_assert_nonnull (notice);
  g_assert_cmpint (number (notice->details, "records"), ==, 8);
  close_store (store);
  store = open_in (fixture, fixture->killed);
  do_chores (store);
  notices = yeji_store_list_notices (store, NULL);
  g_assert_cmpuint (notices->len, ==, 1);
  close_store (store);
}

static void
test_missing_document (Fixture       *fixture,
                       gconstpointer  data)
{
  g_autoptr (YejiRecord) record = yeji_record_new (fixture->base.dictionary, NULL, "design");
  g_autofree char *path = g_build_filename (fixture->base.dir, "paper.pdf", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (YejiAttachment) attachment = NULL;
  g_autoptr (YejiNotice) notice = NULL;
  g_autoptr (GFile) content = NULL;
  YejiStore *store;

  store_fixture_save (&fixture->base, record, 1);
  write_bytes (fixture->base.dir, "paper.pdf", "%PDF-1.4", 8);
  attachment = yeji_store_attach (fixture->base.store, yeji_record_get_uuid (record), "contract",
                                  file, NULL, NULL);
  take_killed (fixture);
  store = open_in (fixture, fixture->killed);
  content = yeji_store_get_file (store, yeji_attachment_get_sha256 (attachment));
  g_assert_true (g_file_delete (content, NULL, NULL));
  do_chores (store);
  notice = find_notice (store, YEJI_NOTICE_DOCUMENTS_MISSING);
  g_assert_nonnull (notice);
  g_assert_true (names (notice->details, "documents", yeji_record_get_uuid (record)));
  g_assert_null (find_notice (store, YEJI_NOTICE_CHECKED));
  close_store (store);
}

static void
remove_in (const char *dir,
           const char *name)
{
  g_autofree char *path = g_build_filename (dir, name, NULL);

  g_assert_cmpint (g_remove (path), ==, 0);
}

/* What was committed before the file got it is there, and it is said that more may be gone. */
static void
test_log_lost (Fixture       *fixture,
               gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *backup = yeji_store_backup (fixture->base.store, YEJI_BACKUP_MANUAL, NULL,
                                               &error);
  YejiStore *store;

  g_assert_no_error (error);
  take_killed (fixture);
  remove_in (fixture->killed, "yeji.sqlite-wal");
  store = open_in (fixture, fixture->killed);
  assert_reason (store, "log-lost");
  assert_all_there (fixture, store);   /* from the backup */
  close_store (store);
}

/* A copy of a running profile's file alone is not taken for a lost log. */
static void
test_copied_alone (Fixture       *fixture,
                   gconstpointer  data)
{
  YejiStore *store;

  take_killed (fixture);
  remove_in (fixture->killed, "yeji.sqlite-wal");
  remove_in (fixture->killed, YEJI_SESSION_FILE);
  store = open_in (fixture, fixture->killed);
  assert_reason (store, NULL);
  close_store (store);
}

static void
test_log_damaged (Fixture       *fixture,
                  gconstpointer  data)
{
  static const double places[] = { 0.0, 0.1, 0.5 };

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_autoptr (GRand) random = g_rand_new_with_seed (i);
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (GBytes) kept = NULL;
      g_autoptr (YejiNotice) notice = NULL;
      g_autofree char *folder = NULL;
      YejiStore *store;
      guint8 *log;
      gsize length, place;

      yeji_test_dir_remove (fixture->killed);
      take_killed (fixture);
      bytes = read_bytes (fixture->killed, "yeji.sqlite-wal");
      log = g_bytes_unref_to_data (g_steal_pointer (&bytes), &length);
      place = (gsize) (places[i] * (double) length);
      for (gsize j = place; j < place + 40; j++)
        log[j] = (guint8) g_rand_int (random);
      write_bytes (fixture->killed, "yeji.sqlite-wal", log, length);
      store = open_in (fixture, fixture->killed);
      assert_reason (store, "log-damaged");
      notice = find_notice (store, YEJI_NOTICE_RECOVERED);
      folder = g_build_filename (fixture->killed,
                                 yeji_json_get_string (notice->details, "folder"), NULL);
      kept = read_bytes (folder, "yeji.sqlite-wal");
      g_assert_nonnull (kept);
      g_assert_cmpmem (g_bytes_get_data (kept, NULL), g_bytes_get_size (kept), log, length);
      close_store (store);
      g_free (log);
    }
}

/* SQLite would take another profile's log for ours, and ours would be gone. */
static void
test_log_foreign (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autofree char *other = yeji_test_dir_new ();
  g_autoptr (GBytes) log = NULL;
  Contents after;
  YejiStore *foreign = open_in (fixture, other);
  YejiStore *store;

  store_fixture_close (&fixture->base);
  store_fixture_open (&fixture->base);
  take_killed (fixture);
  log = read_bytes (other, "yeji.sqlite-wal");
  write_bytes (fixture->killed, "yeji.sqlite-wal", g_bytes_get_data (log, NULL),
               g_bytes_get_size (log));
  store = open_in (fixture, fixture->killed);
  assert_reason (store, "log-foreign");
  contents_read (&after, store);
  g_assert_cmpuint (g_hash_table_size (after.records), ==, 8);
  contents_clear (&after);
  close_store (store);
  close_store (foreign);
  yeji_test_dir_remove (other);
}

/* A log that ends earlier looks like the power was cut: what it holds is there. */
static void
test_log_cut_off (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autoptr (YejiNotice) notice = NULL;
  g_autoptr (GBytes) log = NULL;
  Contents after;
  YejiStore *store;

  take_killed (fixture);
  log = read_bytes (fixture->killed, "yeji.sqlite-wal");
  write_bytes (fixture->killed, "yeji.sqlite-wal", g_bytes_get_data (log, NULL),
               g_bytes_get_size (log) * 2 / 3);
  store = open_in (fixture, fixture->killed);
  contents_read (&after, store);
  g_assert_cmpuint (g_hash_table_size (after.records), <=, 8);
  do_chores (store);
  notice = find_notice (store, YEJI_NOTICE_CHECKED);
  g_assert_nonnull (notice);
  close_store (store);
  contents_clear (&after);
}

/* The file is gone and the log is there: whatever is in the log is read. */
static void
test_file_gone_log_there (Fixture       *fixture,
                          gconstpointer  data)
{
  YejiStore *store;

  take_killed (fixture);
  remove_in (fixture->killed, "yeji.sqlite");
  store = open_in (fixture, fixture->killed);
  assert_reason (store, "missing");
  close_store (store);
}

static void
keep_state (const char *directory,
            const char *step,
            gpointer    data)
{
  Fixture *fixture = data;
  char *state = yeji_test_dir_new ();

  copy_tree (directory, state);
  g_ptr_array_add (fixture->states, state);
}

static guint
count_aside (const char *directory,
             const char *name)
{
  g_autofree char *damaged = g_build_filename (directory, YEJI_DAMAGED_FOLDER, NULL);
  g_autoptr (GDir) dir = g_dir_open (damaged, 0, NULL);
  const char *folder;
  guint n = 0;

  while (dir != NULL && (folder = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (damaged, folder, name, NULL);

      n += g_file_test (path, G_FILE_TEST_EXISTS) ? 1 : 0;
    }
  return n;
}

/* Whatever a kill leaves of a recovery, the next opening ends with the same profile, one notice,
 * and the damaged file byte for byte. */
static void
test_killed_while_recovering (Fixture       *fixture,
                              gconstpointer  data)
{
  g_autoptr (GBytes) bytes = NULL;
  YejiStore *store;
  guint8 *file;
  gsize length;

  contents_read (&fixture->before, fixture->base.store);
  store_fixture_close (&fixture->base);
  store_fixture_open (&fixture->base);
  store_fixture_close (&fixture->base);
  copy_tree (fixture->base.dir, fixture->killed);
  bytes = read_bytes (fixture->killed, "yeji.sqlite");
  file = g_bytes_unref_to_data (g_steal_pointer (&bytes), &length);
  memset (file, 0, 100);
  write_bytes (fixture->killed, "yeji.sqlite", file, length);
  yeji_recovery_set_step_func (keep_state, fixture);
  store = open_in (fixture, fixture->killed);
  assert_all_there (fixture, store);
  close_store (store);
  yeji_recovery_set_step_func (NULL, NULL);

  g_assert_cmpuint (fixture->states->len, >, 7);
  for (guint i = 0; i < fixture->states->len; i++)
    {
      const char *state = g_ptr_array_index (fixture->states, i);
      g_autoptr (GPtrArray) notices = NULL;
      g_autoptr (GBytes) kept = NULL;
      g_autofree char *folder = NULL;
      YejiNotice *notice;

      g_test_message ("state %u", i);
      store = open_in (fixture, state);
      assert_all_there (fixture, store);
      notices = yeji_store_list_notices (store, NULL);
      g_assert_cmpuint (notices->len, ==, 1);
      notice = g_ptr_array_index (notices, 0);
      folder = g_build_filename (state, yeji_json_get_string (notice->details, "folder"), NULL);
      kept = read_bytes (folder, "yeji.sqlite");
      g_assert_nonnull (kept);
      g_assert_cmpmem (g_bytes_get_data (kept, NULL), g_bytes_get_size (kept), file, length);
      g_assert_cmpuint (count_aside (state, "recovering.sqlite"), ==, 0);
      g_assert_cmpuint (count_aside (state, "recovered.sqlite"), ==, 0);
      close_store (store);
    }
  g_free (file);
  store_fixture_open (&fixture->base);
}

/* The report is told again by nobody, though the notice goes with the database. */
static void
test_told_once (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) notices = NULL;
  YejiStore *store;

  store_fixture_close (&fixture->base);
  copy_tree (fixture->base.dir, fixture->killed);
  store_fixture_open (&fixture->base);
  yeji_recovery_wish (fixture->killed, "test", &error);
  g_assert_no_error (error);
  store = open_in (fixture, fixture->killed);
  assert_reason (store, "damaged");
  close_store (store);
  store = open_in (fixture, fixture->killed);
  notices = yeji_store_list_notices (store, NULL);
  g_assert_cmpuint (notices->len, ==, 1);
  close_store (store);
}

/* A profile that is begun is not taken for one that lost its database. */
static void
test_begin (Fixture       *fixture,
            gconstpointer  data)
{
  YejiStore *store;

  write_bytes (fixture->killed, "yeji.sqlite", "", 0);
  store = open_in (fixture, fixture->killed);
  assert_reason (store, NULL);
  close_store (store);
}

static gsize
find_root (const char *dir,
           const char *index)
{
  g_autofree char *path = g_build_filename (dir, "yeji.sqlite", NULL);
  g_autoptr (YejiSql) sql = yeji_sql_open (path, NULL);
  g_autoptr (YejiRows) rows = yeji_sql_query (sql, NULL,
                                              "SELECT rootpage FROM sqlite_schema WHERE name = ?1",
                                              "s", index);
  gsize root;

  g_assert_true (yeji_rows_next (rows, NULL));
  root = (gsize) yeji_rows_int (rows, 0);
  g_clear_pointer (&rows, yeji_rows_free);
  return root;
}

/* Damage that a check finds while the profile is open is recovered at the next opening. */
static void
test_found_while_open (Fixture       *fixture,
                       gconstpointer  data)
{
  g_autoptr (GPtrArray) flaws = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  YejiStore *store;
  guint8 *file;
  gsize length, root;

  contents_read (&fixture->before, fixture->base.store);
  store_fixture_close (&fixture->base);
  copy_tree (fixture->base.dir, fixture->killed);
  store_fixture_open (&fixture->base);
  root = find_root (fixture->killed, "history_by_record");
  bytes = read_bytes (fixture->killed, "yeji.sqlite");
  file = g_bytes_unref_to_data (g_steal_pointer (&bytes), &length);
  memset (file + (root - 1) * 4096 + 8, 0xff, 300);
  write_bytes (fixture->killed, "yeji.sqlite", file, length);
  g_free (file);
  store = open_in (fixture, fixture->killed);
  flaws = yeji_store_verify (store, YEJI_DEPTH_QUICK, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (flaws->len, >, 0);
  close_store (store);
  store = open_in (fixture, fixture->killed);
  assert_reason (store, "damaged");
  assert_all_there (fixture, store);
  close_store (store);
}

static const struct
{
  const char *path;
  void (*func) (Fixture *fixture, gconstpointer data);
} cases[] = {
  { "/store/session/clean-end-is-not-checked", test_clean_end },
  { "/store/session/kill-is-checked-and-told", test_killed },
  { "/store/session/missing-documents-are-told", test_missing_document },
  { "/store/recovery/log-that-is-gone", test_log_lost },
  { "/store/recovery/file-that-was-copied-alone", test_copied_alone },
  { "/store/recovery/log-with-noise", test_log_damaged },
  { "/store/recovery/log-of-another-database", test_log_foreign },
  { "/store/recovery/log-cut-off", test_log_cut_off },
  { "/store/recovery/file-gone-and-log-there", test_file_gone_log_there },
  { "/store/recovery/goes-on-after-a-kill-at-each-step", test_killed_while_recovering },
  { "/store/recovery/is-told-once", test_told_once },
  { "/store/recovery/new-profile-is-no-loss", test_begin },
  { "/store/recovery/damage-found-by-a-check", test_found_while_open },
};

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    g_test_add (cases[i].path, Fixture, NULL, set_up, cases[i].func, tear_down);
  return g_test_run ();
}
