// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "test-backup"

#include "config.h"

#include <string.h>

#include "backup-fixture.h"

static GPtrArray *
list (const char *directory)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *backups = yeji_backup_list (directory, &error);

  g_assert_no_error (error);
  return backups;
}

static guint
count_backups (const char *directory)
{
  g_autoptr (GPtrArray) backups = list (directory);

  return backups->len;
}

static void
test_copies (StoreFixture  *fixture,
             gconstpointer  data)
{
  g_autoptr (GPtrArray) backups = NULL;
  g_autofree char *path = NULL;
  g_autofree char *again = NULL;
  g_autoptr (GError) error = NULL;
  YejiBackup *backup;

  backup_fixture_add_many (fixture, 3);
  path = backup_fixture_make (fixture, YEJI_BACKUP_MANUAL);
  backup_fixture_add_many (fixture, 1);
  again = backup_fixture_make (fixture, YEJI_BACKUP_MANUAL);
  g_assert_cmpstr (path, !=, again);

  backups = list (fixture->dir);
  g_assert_cmpuint (backups->len, ==, 2);
  g_assert_cmpstr (((YejiBackup *) g_ptr_array_index (backups, 0))->path, ==, again);
  backup = g_ptr_array_index (backups, 1);
  g_assert_cmpstr (backup->path, ==, path);
  g_assert_cmpint (backup->kind, ==, YEJI_BACKUP_MANUAL);
  g_assert_cmpint (backup->size, >, 0);
  g_assert_true (yeji_backup_check (backup, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (backup->n_records, ==, 3);
  g_assert_cmpuint (backup->version, ==, yeji_store_n_migrations);
}

static void
test_in_the_background (StoreFixture  *fixture,
                        gconstpointer  data)
{
  GAsyncResult *slot = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;

  backup_fixture_add_many (fixture, 2);
  yeji_store_backup_async (fixture->store, YEJI_BACKUP_MANUAL, NULL, yeji_test_store_result,
                           &slot);
  result = yeji_test_await (&slot, 10000);
  path = yeji_store_backup_finish (fixture->store, result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (backup_fixture_count (path), ==, 2);
}

static void
save_within (const char *step,
             gpointer    data)
{
  if (g_str_equal (step, "copied"))
    backup_fixture_add_many (data, 1);
}

/* While the copy is half done, another thread saves: neither waits, and the copy is of a moment. */
static void
test_saves_go_on (StoreFixture  *fixture,
                  gconstpointer  data)
{
  g_autofree char *path = NULL;

  backup_fixture_add_many (fixture, 2);
  yeji_backup_set_step_func (save_within, fixture);
  path = backup_fixture_make (fixture, YEJI_BACKUP_DAILY);
  yeji_backup_set_step_func (NULL, NULL);
  g_assert_cmpuint (backup_fixture_count (path), ==, 2);
  store_fixture_close (fixture);
  g_assert_cmpuint (backup_fixture_count_open (fixture->dir, fixture->dictionary), ==, 3);
  store_fixture_open (fixture);
}

/* As long as a copy reads, it holds a moment of the database. */
static void
test_readers_do_not_block (StoreFixture  *fixture,
                           gconstpointer  data)
{
  g_autofree char *source = g_build_filename (fixture->dir, "yeji.sqlite", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiSql) reader = yeji_sql_open_read_only (source, &error);
  gint64 start = g_get_monotonic_time ();
  guint n_before, n_after;

  g_assert_no_error (error);
  g_assert_true (yeji_sql_exec (reader, &error, "BEGIN", ""));
  g_assert_true (yeji_backup_count_records (reader, &n_before, &error));
  backup_fixture_add_many (fixture, 1);
  /* Less than a connection waits for another one. */
  g_assert_cmpint (g_get_monotonic_time () - start, <, 4 * G_USEC_PER_SEC);
  g_assert_true (yeji_backup_count_records (reader, &n_after, &error));
  g_assert_cmpuint (n_before, ==, n_after);
  yeji_sql_rollback (reader);
}

/* What cannot be read in the profile either is no reason to have no backup of the rest. */
static void
test_unreadable_record (StoreFixture  *fixture,
                        gconstpointer  data)
{
  g_autofree char *source = g_build_filename (fixture->dir, "yeji.sqlite", NULL);
  g_autoptr (YejiSql) sql = NULL;
  g_autofree char *path = NULL;

  backup_fixture_add_many (fixture, 3);
  sql = yeji_sql_open (source, NULL);
  g_assert_true (yeji_sql_run_script (sql, "UPDATE record SET body = '{' WHERE rowid = 1", NULL));
  path = backup_fixture_make (fixture, YEJI_BACKUP_MANUAL);
  g_assert_cmpuint (backup_fixture_count (path), ==, 3);
}

typedef struct
{
  const char *step;
  const char *directory;
  const char *script;          /* (nullable): run on the copy; "" overwrites a piece of it, NULL
                                * removes it */
} Spoiler;

static char *
find_part (const char *directory)
{
  g_autofree char *folder = g_build_filename (directory, "backups", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, ".part"))
      return g_build_filename (folder, name, NULL);
  return NULL;
}

static void
spoil (const char *step,
       gpointer    data)
{
  const Spoiler *spoiler = data;
  g_autofree char *part = find_part (spoiler->directory);
  g_autofree char *text = NULL;
  gsize length;

  if (!g_str_equal (step, spoiler->step) || part == NULL)
    return;
  if (spoiler->script == NULL)
    {
      g_assert_cmpint (g_remove (part), ==, 0);
      return;
    }
  if (*spoiler->script != '\0')
    {
      g_autoptr (YejiSql) sql = yeji_sql_open (part, NULL);

      g_assert_true (yeji_sql_run_script (sql, spoiler->script, NULL));
      g_assert_true (yeji_sql_run_script (sql, "PRAGMA journal_mode = DELETE", NULL));
      return;
    }
  g_assert_true (g_file_get_contents (part, &text, &length, NULL));
  memset (text + length / 2, 'x', length / 4);
  g_assert_true (g_file_set_contents (part, text, (gssize) length, NULL));
}

/* What did not come out right is thrown away, and what was there before stays. */
static void
test_bad_copy (StoreFixture  *fixture,
               gconstpointer  data)
{
  const struct { const char *step; const char *script; int code; } cases[] = {
    { "copied", "", YEJI_BACKUP_ERROR_FORMAT },
    { "copied", NULL, YEJI_BACKUP_ERROR_FILE },
    { "copied", "DELETE FROM history WHERE rowid = 1", YEJI_BACKUP_ERROR_DIFFERS },
    { "copied", "INSERT INTO setting VALUES ('x', 'y')", YEJI_BACKUP_ERROR_DIFFERS },
    { "copied", "DROP TABLE point", YEJI_BACKUP_ERROR_DIFFERS },
    { "copied", "UPDATE record SET body = '{' WHERE rowid = 1", YEJI_BACKUP_ERROR_DIFFERS },
    { "checked", NULL, YEJI_BACKUP_ERROR_FILE },
  };
  g_autofree char *folder = g_build_filename (fixture->dir, "backups", NULL);
  g_autofree char *good = NULL;
  g_autofree char *before = NULL;

  backup_fixture_add_many (fixture, 30);
  good = backup_fixture_make (fixture, YEJI_BACKUP_MANUAL);
  before = backup_fixture_list (folder);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      Spoiler spoiler = { cases[i].step, fixture->dir, cases[i].script };
      g_autofree char *path = NULL;
      g_autofree char *after = NULL;
      g_autoptr (GError) error = NULL;

      yeji_backup_set_step_func (spoil, &spoiler);
      path = yeji_store_backup (fixture->store, YEJI_BACKUP_MANUAL, NULL, &error);
      yeji_backup_set_step_func (NULL, NULL);
      g_assert_null (path);
      g_test_message ("%s", error->message);
      g_assert_error (error, YEJI_BACKUP_ERROR, cases[i].code);
      after = backup_fixture_list (folder);
      g_assert_cmpstr (after, ==, before);
    }
}

static void
test_no_folder (StoreFixture  *fixture,
                gconstpointer  data)
{
  g_autofree char *folder = g_build_filename (fixture->dir, "backups", NULL);
  g_autofree char *made = NULL;
  g_autoptr (GError) error = NULL;

  backup_fixture_add_many (fixture, 1);
  g_assert_true (g_file_set_contents (folder, "in the way", -1, NULL));
  g_assert_false (yeji_store_backup_if_due (fixture->store, NULL, &made, &error));
  g_assert_error (error, YEJI_BACKUP_ERROR, YEJI_BACKUP_ERROR_FILE);
  g_assert_null (made);
  g_clear_error (&error);
  g_remove (folder);
  g_assert_true (yeji_store_backup_if_due (fixture->store, NULL, &made, &error));
  g_assert_no_error (error);
  g_assert_nonnull (made);
}

static void
cancel (const char *step,
        gpointer    data)
{
  if (g_str_equal (step, "begun"))
    g_cancellable_cancel (data);
}

static void
test_cancelled (StoreFixture  *fixture,
                gconstpointer  data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autofree char *folder = g_build_filename (fixture->dir, "backups", NULL);
  g_autofree char *left = NULL;
  g_autoptr (GError) error = NULL;

  backup_fixture_add_many (fixture, 300);
  yeji_backup_set_step_func (cancel, cancellable);
  g_assert_null (yeji_store_backup (fixture->store, YEJI_BACKUP_MANUAL, cancellable, &error));
  yeji_backup_set_step_func (NULL, NULL);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  left = backup_fixture_list (folder);
  g_assert_cmpstr (left, ==, "");
}

static void
test_full_disk (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (yeji_backup_require_room (g_get_tmp_dir (), G_MAXUINT64 / 2, &error));
  g_assert_error (error, YEJI_BACKUP_ERROR, YEJI_BACKUP_ERROR_FULL);
  g_assert_true (yeji_backup_require_room (g_get_tmp_dir (), 1, NULL));
}

/* Rests of a program that was killed are removed by the next backup, other files are not. */
static void
test_cleans (StoreFixture  *fixture,
             gconstpointer  data)
{
  static const char * const rests[] = {
    "daily-2026-11-22T094500Z.sqlite.part", "manual-2026-11-22T094500Z.sqlite.part-journal",
  };
  static const char * const strangers[] = {
    "notes.txt", "daily-.sqlite", "daily-2026-13-22T094500Z.sqlite", "before-version--2026.sqlite",
    "manual-2026-11-22T094500X.sqlite",
  };
  g_autofree char *folder = g_build_filename (fixture->dir, "backups", NULL);
  g_autofree char *made = NULL;
  g_autofree char *names = NULL;
  g_autofree char *restoring = g_build_filename (fixture->dir, "restoring", "scratch", NULL);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_cmpint (g_mkdir_with_parents (restoring, 0700), ==, 0);
  g_assert_true (yeji_store_backup_if_due (fixture->store, NULL, NULL, NULL));
  g_assert_false (g_file_test (restoring, G_FILE_TEST_EXISTS));
  for (guint i = 0; i < G_N_ELEMENTS (rests) + G_N_ELEMENTS (strangers); i++)
    {
      const char *name = i < G_N_ELEMENTS (rests) ? rests[i] : strangers[i - G_N_ELEMENTS (rests)];
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_assert_true (g_file_set_contents (path, "x", 1, NULL));
    }
  g_assert_cmpuint (count_backups (fixture->dir), ==, 0);
  made = backup_fixture_make (fixture, YEJI_BACKUP_DAILY);
  names = backup_fixture_list (folder);
  g_assert_cmpuint (count_backups (fixture->dir), ==, 1);
  g_assert_null (strstr (names, ".part"));
  for (guint i = 0; i < G_N_ELEMENTS (strangers); i++)
    g_assert_nonnull (strstr (names, strangers[i]));
}

static YejiBackup *
make_entry (const char *name)
{
  g_autofree char *dir = yeji_test_dir_new ();
  g_autofree char *path = g_build_filename (dir, name, NULL);
  YejiBackup *backup;

  g_assert_true (g_file_set_contents (path, "", 0, NULL));
  backup = yeji_backup_new_for_path (path);
  g_assert_nonnull (backup);
  yeji_test_dir_remove (dir);
  return backup;
}

static void
test_keeps (void)
{
  /* The newest first; what is to be removed has a star. The moment is 2026-11-22T10:00:00Z. */
  static const char * const cases[] = {
    /* seven days, of each day the newest */
    "daily-2026-11-22T094500Z *daily-2026-11-22T024500Z daily-2026-11-21T024500Z "
    "daily-2026-11-20T024500Z daily-2026-11-19T024500Z daily-2026-11-18T024500Z "
    "daily-2026-11-17T024500Z daily-2026-11-16T024500Z",
    /* a day begins at midnight in China: 16:00Z */
    "daily-2026-11-21T160000Z daily-2026-11-21T155959Z *daily-2026-11-21T000000Z",
    /* then four weeks (16, 9, 2 November, 26 October), then six months */
    "daily-2026-11-22T024500Z daily-2026-11-21T024500Z daily-2026-11-20T024500Z "
    "daily-2026-11-19T024500Z daily-2026-11-18T024500Z daily-2026-11-17T024500Z "
    "daily-2026-11-16T024500Z daily-2026-11-15T024500Z *daily-2026-11-14T024500Z "
    "daily-2026-11-08T024500Z *daily-2026-11-07T024500Z daily-2026-11-01T024500Z "
    "daily-2026-10-25T024500Z *daily-2026-10-01T024500Z daily-2026-09-30T024500Z "
    "daily-2026-08-31T024500Z daily-2026-07-31T024500Z daily-2026-06-30T024500Z "
    "*daily-2026-05-31T024500Z",
    /* whoever rarely works has few backups, and they are old */
    "daily-2026-01-01T024500Z daily-2025-06-01T024500Z daily-2024-01-01T024500Z",
    /* the last three of every other kind, each for itself */
    "manual-2026-11-22T090000Z manual-2026-11-22T080000Z-2 manual-2026-11-22T080000Z "
    "*manual-2025-11-22T080000Z before-restore-2024-11-22T090000Z "
    "before-version-4-2023-11-22T090000Z before-version-3-2023-11-22T080000Z "
    "before-version-2-2023-11-22T070000Z *before-version-1-2023-11-22T060000Z",
    /* of the other kinds all of a month: the state before the first of many tries is there */
    "before-restore-2026-11-22T090400Z before-restore-2026-11-22T090300Z "
    "before-restore-2026-11-22T090200Z before-restore-2026-11-22T090100Z "
    "before-restore-2026-10-24T090000Z *before-restore-2026-10-22T090000Z "
    "manual-2026-11-20T090000Z manual-2026-11-19T090000Z manual-2026-11-18T090000Z "
    "manual-2026-11-17T090000Z",
    /* what a wrong clock put into the future neither counts nor goes */
    "daily-2030-01-05T000000Z daily-2030-01-04T000000Z daily-2030-01-03T000000Z "
    "daily-2030-01-02T000000Z daily-2030-01-01T000000Z daily-2029-12-31T000000Z "
    "daily-2029-12-30T000000Z daily-2029-12-29T000000Z daily-2026-11-22T000000Z "
    "daily-2026-11-21T000000Z *daily-2026-11-20T160000Z",
  };
  g_autoptr (GDateTime) now = g_date_time_new_from_iso8601 ("2026-11-22T10:00:00Z", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (GStrv) words = g_strsplit (cases[i], " ", -1);
      g_autoptr (GPtrArray) backups = NULL;
      g_autoptr (GPtrArray) old = NULL;
      g_autoptr (GString) said = g_string_new (NULL);

      backups = g_ptr_array_new_with_free_func ((GDestroyNotify) yeji_backup_free);
      for (guint j = 0; words[j] != NULL; j++)
        {
          g_autofree char *name = g_strconcat (words[j] + (words[j][0] == '*'), ".sqlite", NULL);

          g_ptr_array_add (backups, make_entry (name));
        }
      old = yeji_backup_select_old (backups, NULL, now);
      for (guint j = 0; j < backups->len; j++)
        {
          YejiBackup *backup = g_ptr_array_index (backups, j);

          g_string_append_printf (said, "%s%s%.*s", j > 0 ? " " : "",
                                  g_ptr_array_find (old, backup, NULL) ? "*" : "",
                                  (int) (strlen (backup->name) - strlen (".sqlite")),
                                  backup->name);
        }
      g_assert_cmpstr (said->str, ==, cases[i]);
    }
}

/* The only good one is the one that was just made, whatever the clock says. */
static void
test_keeps_what_was_made (StoreFixture  *fixture,
                          gconstpointer  data)
{
  g_autoptr (GDateTime) past = g_date_time_new_utc (2020, 1, 1, 0, 0, 0);
  g_autofree char *folder = g_build_filename (fixture->dir, "backups", NULL);
  g_autofree char *made = NULL;
  g_autoptr (GError) error = NULL;

  backup_fixture_add_many (fixture, 1);
  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  for (guint i = 1; i <= 9; i++)
    {
      g_autofree char *name = g_strdup_printf ("manual-2020-01-01T00000%uZ.sqlite", i);
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_assert_true (g_file_set_contents (path, "bad", 3, NULL));
    }
  made = yeji_backup_make (fixture->dir, YEJI_BACKUP_MANUAL, past, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (backup_fixture_count (made), ==, 1);
}

static void
test_daily (StoreFixture  *fixture,
            gconstpointer  data)
{
  static const struct
  {
    const char *now;
    gboolean changes;          /* whether something was saved before */
    gboolean due;
    const char *why;
  } cases[] = {
    { "2026-11-20T01:00:00Z", FALSE, FALSE, "nothing is there" },
    { "2026-11-20T02:00:00Z", TRUE,  TRUE,  "the first" },
    { "2026-11-20T03:00:00Z", TRUE,  FALSE, "today's is there" },
    { "2026-11-20T15:59:59Z", FALSE, FALSE, "the day ends at midnight in China" },
    { "2026-11-20T16:00:00Z", FALSE, TRUE,  "another day" },
    { "2026-11-22T01:00:00Z", FALSE, FALSE, "nothing changed since" },
    { "2026-11-22T02:00:00Z", TRUE,  TRUE,  "something did" },
    { "2026-11-22T01:30:00Z", TRUE,  TRUE,  "the clock went back by an hour" },
    { "2026-11-22T01:40:00Z", TRUE,  FALSE, "and goes on from there" },
    { "2020-01-01T00:00:00Z", TRUE,  TRUE,  "the clock went back by years" },
    { "2020-01-01T05:00:00Z", TRUE,  FALSE, "the day after which it says it is" },
    { "2020-01-02T05:00:00Z", TRUE,  TRUE,  "the next of those days" },
    { "2026-11-23T05:00:00Z", FALSE, FALSE, "the clock is right again, nothing changed" },
    { "2026-11-23T06:00:00Z", TRUE,  TRUE,  "and now it did" },
  };
  guint n_made = 0;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GDateTime) now = g_date_time_new_from_iso8601 (cases[i].now, NULL);
      g_autofree char *made = NULL;
      g_autoptr (GError) error = NULL;

      g_test_message ("%s: %s", cases[i].now, cases[i].why);
      if (cases[i].changes)
        backup_fixture_add_many (fixture, 1);
      g_assert_true (yeji_store_backup_if_due_at (fixture->store, now, NULL, &made, &error));
      g_assert_no_error (error);
      g_assert_cmpint (made != NULL, ==, cases[i].due);
      if (made != NULL)
        {
          g_test_message ("%s", made);
          g_assert_true (g_file_test (made, G_FILE_TEST_EXISTS));
          n_made++;
        }
      /* Some of one day went when a later one came. */
      g_assert_cmpuint (count_backups (fixture->dir), <=, n_made);
      g_assert_cmpuint (count_backups (fixture->dir), >=, MIN (n_made, 6));
      /* As the program is closed and opened in between, which is no change. */
      store_fixture_close (fixture);
      store_fixture_open (fixture);
    }
}

typedef void (*ChangeFunc) (StoreFixture *fixture,
                            YejiRecord   *record);

static void
change_value (StoreFixture *fixture,
              YejiRecord   *record)
{
  store_fixture_type (record, "PrjSize", "大");
  store_fixture_save (fixture, record, 0);
}

static void
change_documents (StoreFixture *fixture,
                  YejiRecord   *record)
{
  backup_fixture_attach (fixture, record, "a.pdf");
}

static void
change_answer (StoreFixture *fixture,
               YejiRecord   *record)
{
  store_fixture_apply (fixture, store_fixture_answer_new (record, "r1", "in_review",
                                                          "2026-11-22T00:00:00Z"), "c1");
}

static void
change_bin (StoreFixture *fixture,
            YejiRecord   *record)
{
  g_assert_true (yeji_store_remove (fixture->store, yeji_record_get_uuid (record), NULL));
}

static void
change_back (StoreFixture *fixture,
             YejiRecord   *record)
{
  g_assert_true (yeji_store_restore (fixture->store, yeji_record_get_uuid (record), NULL));
}

/* Takes a page out of the chain of a long value, which nobody notices who does not read that. */
static void
break_chain (const char *path)
{
  g_autofree char *text = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (path, &text, &length, NULL));
  memset (text + length / 2 / 4096 * 4096, 0, 4);
  g_assert_true (g_file_set_contents (path, text, (gssize) length, NULL));
}

/* Whatever changes is worth a backup; a damaged one does not count. */
static void
test_changes_count (StoreFixture  *fixture,
                    gconstpointer  data)
{
  static const ChangeFunc changes[] = {
    NULL, change_value, change_documents, change_answer, change_bin, change_back,
  };
  g_autoptr (YejiRecord) record = backup_fixture_add (fixture, "甲");
  g_autofree char *last = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (changes) + 2; i++)
    {
      g_autoptr (GDateTime) now = g_date_time_new_utc (2026, 11, 1 + (int) i, 0, 0, 0);
      g_autoptr (GDateTime) later = g_date_time_add_days (now, 1);
      g_autofree char *made = NULL;
      g_autofree char *again = NULL;

      if (i < G_N_ELEMENTS (changes) && changes[i] != NULL)
        changes[i] (fixture, record);
      if (i == G_N_ELEMENTS (changes))
        break_chain (last);
      g_assert_true (yeji_store_backup_if_due_at (fixture->store, now, NULL, &made, NULL));
      g_test_message ("change %u", i);
      g_assert_cmpint (made != NULL, ==, i <= G_N_ELEMENTS (changes));
      g_assert_true (yeji_store_backup_if_due_at (fixture->store, later, NULL, &again, NULL));
      g_assert_null (again);
      if (made != NULL)
        {
          g_free (last);
          last = g_steal_pointer (&made);
        }
    }
}

static void
test_finds_good (StoreFixture  *fixture,
                 gconstpointer  data)
{
  static const struct { YejiBackupKind kind; const char *at; } made[] = {
    { YEJI_BACKUP_DAILY, "2026-11-20T01:00:00Z" },
    { YEJI_BACKUP_MANUAL, "2026-11-21T01:00:00Z" },
    { YEJI_BACKUP_DAILY, "2026-11-22T01:00:00Z" },
    { YEJI_BACKUP_BEFORE_RESTORE, "2026-11-22T02:00:00Z" },
  };
  /* The newest is spoilt, then the next one, ... */
  static const guint expected[] = { 3, 2, 1, 4 };
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (made); i++)
    {
      g_autoptr (GDateTime) at = g_date_time_new_from_iso8601 (made[i].at, NULL);
      g_autofree char *path = NULL;

      backup_fixture_add_many (fixture, 1);
      path = yeji_backup_make (fixture->dir, made[i].kind, at, NULL, &error);
      g_assert_no_error (error);
    }
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      g_autoptr (YejiBackup) backup = yeji_backup_find_good (fixture->dir, &error);

      g_assert_no_error (error);
      g_assert_cmpuint (backup->n_records, ==, expected[i]);
      g_assert_true (g_file_set_contents (backup->path, "no database any more", -1, NULL));
    }
  g_assert_null (yeji_backup_find_good (fixture->dir, &error));
  g_assert_error (error, YEJI_BACKUP_ERROR, YEJI_BACKUP_ERROR_NOT_FOUND);
}

static void
test_collects_documents (StoreFixture  *fixture,
                         gconstpointer  data)
{
  g_autoptr (YejiRecord) record = backup_fixture_add (fixture, "甲");
  g_autoptr (GHashTable) none = NULL;
  g_autoptr (GHashTable) sums = NULL;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autoptr (GError) error = NULL;

  none = yeji_backup_collect_documents (fixture->dir, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_hash_table_size (none), ==, 0);
  backup_fixture_attach (fixture, record, "a.pdf");
  first = backup_fixture_make (fixture, YEJI_BACKUP_MANUAL);
  backup_fixture_attach (fixture, record, "b.pdf");
  second = backup_fixture_make (fixture, YEJI_BACKUP_MANUAL);
  backup_fixture_attach (fixture, record, "c.pdf");
  sums = yeji_backup_collect_documents (fixture->dir, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_hash_table_size (sums), ==, 2);
  g_assert_true (g_file_set_contents (first, "x", 1, NULL));
  g_assert_null (yeji_backup_collect_documents (fixture->dir, &error));
  g_assert_nonnull (error);
}

int
main (int    argc,
      char **argv)
{
  static const StoreCase cases[] = {
    { "/store/backup/copies-what-is-committed", test_copies },
    { "/store/backup/is-made-in-the-background", test_in_the_background },
    { "/store/backup/lets-saves-go-on", test_saves_go_on },
    { "/store/backup/holds-no-save-up-while-it-reads", test_readers_do_not_block },
    { "/store/backup/throws-a-bad-copy-away", test_bad_copy },
    { "/store/backup/has-what-cannot-be-read-as-it-is", test_unreadable_record },
    { "/store/backup/says-that-there-is-no-folder-for-it", test_no_folder },
    { "/store/backup/leaves-nothing-when-it-is-cancelled", test_cancelled },
    { "/store/backup/cleans-up-after-a-kill", test_cleans },
    { "/store/backup/keeps-what-was-just-made", test_keeps_what_was_made },
    { "/store/backup/is-due-once-a-day", test_daily },
    { "/store/backup/is-due-after-any-change", test_changes_count },
    { "/store/backup/finds-the-newest-good-one", test_finds_good },
    { "/store/backup/says-which-documents-it-needs", test_collects_documents },
  };

  g_test_init (&argc, &argv, NULL);
  store_fixture_add_cases (cases, G_N_ELEMENTS (cases));
  g_test_add_func ("/store/backup/keeps-days-weeks-and-months", test_keeps);
  g_test_add_func ("/store/backup/leaves-room-on-the-disk", test_full_disk);
  return g_test_run ();
}
