// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "test-recovery"

#include "config.h"

#include "recovery-fixture.h"

#include "yeji-backup.h"
#include "yeji-sql-copy.h"
#include "yeji-sql-private.h"
#include "yeji-vault.h"

static void
test_clean_end (Fixture       *fixture,
                gconstpointer  data)
{
  g_assert_true (is_in (fixture->base.dir, YEJI_SESSION_FILE));
  store_fixture_close (&fixture->base);
  g_assert_false (is_in (fixture->base.dir, YEJI_SESSION_FILE));
  store_fixture_open (&fixture->base);
  do_chores (fixture->base.store);
  g_assert_null (find_notice (fixture->base.store, YEJI_NOTICE_CHECKED));
}

/* A session that only reads leaves the database byte for byte, and nothing in the log. */
static void
test_only_reads (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autoptr (GBytes) before = NULL;
  g_autoptr (GBytes) after = NULL;
  g_autoptr (GBytes) log = NULL;
  Contents contents;

  do_chores (fixture->base.store);
  store_fixture_close (&fixture->base);
  before = read_bytes (fixture->base.dir, "yeji.sqlite");
  store_fixture_open (&fixture->base);
  contents_read (&contents, fixture->base.store);
  contents_clear (&contents);
  do_chores (fixture->base.store);
  log = read_bytes (fixture->base.dir, LOG);
  g_assert_cmpuint (log != NULL ? g_bytes_get_size (log) : 0, ==, 0);
  g_assert_false (is_in (fixture->base.dir, YEJI_SESSION_FILE));
  store_fixture_close (&fixture->base);
  after = read_bytes (fixture->base.dir, "yeji.sqlite");
  g_assert_true (g_bytes_equal (before, after));
  store_fixture_open (&fixture->base);
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

/* What the disk does not give is not damaged: nothing is changed, and once it is there again all
 * is. */
static void
test_unreadable (Fixture       *fixture,
                 gconstpointer  data)
{
  static const struct
  {
    const char *name;
    gboolean gone;             /* whether it is looked for because the database is not there */
  } cases[] = { { LOG, FALSE }, { "files", TRUE }, { "backups", TRUE } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *path = NULL;
      g_autofree char *away = NULL;
      g_autofree char *database = NULL;
      g_autofree char *hidden = NULL;
      YejiStore *store;

      yeji_test_dir_remove (fixture->killed);
      take_killed (fixture);
      path = g_build_filename (fixture->killed, cases[i].name, NULL);
      away = g_strconcat (path, ".away", NULL);
      database = g_build_filename (fixture->killed, "yeji.sqlite", NULL);
      hidden = g_strconcat (database, ".away", NULL);
      g_rename (path, away);
      /* a folder in the place of a file, a file in the place of a folder */
      if (cases[i].gone)
        {
          g_autofree char *log = g_build_filename (fixture->killed, LOG, NULL);

          write_bytes (fixture->killed, cases[i].name, "x", 1);
          g_rename (database, hidden);
          g_remove (log);
        }
      else
        g_assert_cmpint (g_mkdir (path, 0700), ==, 0);
      store = yeji_store_open (fixture->killed, fixture->base.dictionary, &error);
      g_assert_null (store);
      g_assert_nonnull (error);
      g_assert_false (is_in (fixture->killed, YEJI_DAMAGED_FOLDER));
      g_assert_true (is_in (fixture->killed, YEJI_SESSION_FILE));
      g_assert_cmpint (g_remove (path), ==, 0);
      g_rename (away, path);
      if (cases[i].gone)
        continue;
      store = open_in (fixture, fixture->killed);
      assert_untroubled (store, fixture->killed);
      assert_all_there (fixture, store);
      close_store (store);
    }
}

/* SQLite's check says of both that something is wrong. */
static void
test_words_of_check (Fixture       *fixture,
                     gconstpointer  data)
{
  static const struct
  {
    const char *text;
    gboolean read;
  } cases[] = {
    { "ok", TRUE },
    { "*** in database main ***\nPage 7: btreeInitPage() returns error code 11", TRUE },
    { "*** in database main ***\nPage 7: unable to get the page. error code=11", TRUE },
    { "wrong # of entries in index history_by_record", TRUE },
    { "*** in database main ***\nPage 7: unable to get the page. error code=10", FALSE },
    { "*** in database main ***\nPage 7: unable to get the page. error code=266\n"
      "Page 8 is never used", FALSE },
    { "Page 3: unable to get the page. error code=11\nPage 4: unable to get the page. error "
      "code=7", FALSE },
    { "On tree page 5 cell 2: failed to get page 9", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_cmpint (yeji_sql_require_read (cases[i].text, &error), ==, cases[i].read);
      if (!cases[i].read)
        g_assert_error (error, YEJI_DB_ERROR, YEJI_DB_ERROR_IO);
    }
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

/* What a backup from before there were keys gives back does not stay open. */
static void
test_old_backup (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autoptr (YejiRecord) record = store_fixture_read_sample (fixture->base.dictionary);
  g_autoptr (GError) error = NULL;
  g_autofree char *backup = NULL;
  g_autofree char *plain = yeji_record_to_text (record);
  g_autofree char *path = NULL;
  g_autofree char *body = NULL;
  g_autofree char *text = NULL;
  g_autoptr (YejiRecord) loaded = NULL;
  g_autoptr (YejiSql) sql = NULL;
  g_autoptr (YejiRows) rows = NULL;
  YejiStore *store;

  store_fixture_save (&fixture->base, record, 0);
  backup = yeji_store_backup (fixture->base.store, YEJI_BACKUP_MANUAL, NULL, &error);
  g_assert_no_error (error);
  sql = yeji_sql_open (backup, &error);
  g_assert_no_error (error);
  g_assert_true (yeji_sql_exec (sql, &error, "UPDATE record SET body = ?2 WHERE uuid = ?1", "ss",
                                yeji_record_get_uuid (record), plain));
  g_clear_pointer (&sql, yeji_sql_close);
  store_fixture_close (&fixture->base);
  copy_tree (fixture->base.dir, fixture->killed);
  store_fixture_open (&fixture->base);
  remove_in (fixture->killed, "yeji.sqlite");
  store = open_in (fixture, fixture->killed);
  assert_reason (store, "missing");
  loaded = yeji_store_load (store, yeji_record_get_uuid (record), &error);
  g_assert_no_error (error);
  text = yeji_record_to_text (loaded);
  g_assert_cmpstr (text, ==, plain);
  close_store (store);
  path = g_build_filename (fixture->killed, "yeji.sqlite", NULL);
  sql = yeji_sql_open (path, &error);
  rows = yeji_sql_query (sql, &error, "SELECT body FROM record WHERE uuid = ?1", "s",
                         yeji_record_get_uuid (record));
  g_assert_true (yeji_rows_next (rows, &error));
  body = yeji_rows_dup_text (rows, 0);
  g_clear_pointer (&rows, yeji_rows_free);
  g_assert_nonnull (strstr (body, YEJI_VAULT_PREFIX));
}

static void
spoil_header (const char *dir)
{
  g_autoptr (GBytes) bytes = read_bytes (dir, "yeji.sqlite");
  gsize length;
  g_autofree guint8 *file = g_bytes_unref_to_data (g_steal_pointer (&bytes), &length);

  memset (file, 0, 100);
  write_bytes (dir, "yeji.sqlite", file, length);
}

/* The report is told again by nobody, though the notice goes with the database. */
static void
test_told_once (Fixture       *fixture,
                gconstpointer  data)
{
  store_fixture_close (&fixture->base);
  copy_tree (fixture->base.dir, fixture->killed);
  store_fixture_open (&fixture->base);
  spoil_header (fixture->killed);
  for (guint i = 0; i < 2; i++)
    {
      YejiStore *store = open_in (fixture, fixture->killed);

      assert_reason (store, "damaged");
      g_assert_cmpuint (count_notices (store, YEJI_NOTICE_RECOVERED), ==, 1);
      close_store (store);
    }
}

/* A disk that failed for a moment lets SQLite say that a file is damaged: it is looked at again. */
static void
test_said_damaged (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  YejiStore *store;

  take_killed (fixture);
  yeji_recovery_wish (fixture->killed, "test", &error);
  g_assert_no_error (error);
  store = open_in (fixture, fixture->killed);
  assert_untroubled (store, fixture->killed);
  assert_all_there (fixture, store);
  g_assert_false (is_in (fixture->killed, YEJI_RECOVERY_WISH_FILE));
  do_chores (store);
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
  { "/store/session/reading-writes-nothing", test_only_reads },
  { "/store/session/kill-is-checked-and-told", test_killed },
  { "/store/session/missing-documents-are-told", test_missing_document },
  { "/store/recovery/file-gone-and-log-there", test_file_gone_log_there },
  { "/store/recovery/goes-on-after-a-kill-at-each-step", test_killed_while_recovering },
  { "/store/recovery/what-cannot-be-read-is-not-damaged", test_unreadable },
  { "/store/recovery/words-of-a-check", test_words_of_check },
  { "/store/recovery/what-comes-from-an-old-backup-is-sealed", test_old_backup },
  { "/store/recovery/is-told-once", test_told_once },
  { "/store/recovery/sound-file-that-was-said-to-be-damaged", test_said_damaged },
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
