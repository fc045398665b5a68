// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "test-db"

#include "config.h"

#include "yeji-db.h"

#include <string.h>

#include <glib/gstdio.h>

#include "yeji-test.h"

static const YejiMigration migrations[] = {
  { "words", "CREATE TABLE word (id INTEGER PRIMARY KEY, text TEXT, data BLOB) STRICT" },
  { "notes",
    "CREATE TABLE note (word INTEGER REFERENCES word (id) DEFERRABLE INITIALLY DEFERRED)" },
  { "broken", "CREATE TABLE third (a); CREATE TABLE third (a)" },
};

typedef struct
{
  char *dir;
  char *path;
  YejiDb *db;
} Fixture;

static void
open_db (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  fixture->db = yeji_db_open (fixture->path, migrations, 2, &error);
  g_assert_no_error (error);
  g_assert_nonnull (fixture->db);
}

static void
close_db (Fixture *fixture)
{
  yeji_db_close (fixture->db);
  g_assert_finalize_object (g_steal_pointer (&fixture->db));
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->dir = yeji_test_dir_new ();
  fixture->path = g_build_filename (fixture->dir, "数据.sqlite", NULL);
  open_db (fixture);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  if (fixture->db != NULL)
    close_db (fixture);
  yeji_test_dir_remove (fixture->dir);
  g_free (fixture->path);
  g_free (fixture->dir);
}

static gboolean
insert_word (YejiSql   *sql,
             gpointer   data,
             GError   **error)
{
  return yeji_sql_exec (sql, error, "INSERT INTO word (text) VALUES (?1)", "s", data);
}

static gboolean
insert_word_and_fail (YejiSql   *sql,
                      gpointer   data,
                      GError   **error)
{
  g_assert_true (insert_word (sql, data, NULL));
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, "on purpose");
  return FALSE;
}

static gboolean
insert_dangling_note (YejiSql   *sql,
                      gpointer   data,
                      GError   **error)
{
  return insert_word (sql, data, error)
    && yeji_sql_exec (sql, error, "INSERT INTO note (word) VALUES (?1)", "i", (gint64) 99);
}

static gboolean
insert_dangling_note_now (YejiSql   *sql,
                          gpointer   data,
                          GError   **error)
{
  return yeji_sql_exec (sql, error, "INSERT INTO word (id) VALUES (1), (1)", "");
}

static gboolean
list_words (YejiSql   *sql,
            gpointer   data,
            GError   **error)
{
  GString *list = data;
  g_autoptr (GError) local_error = NULL;
  g_autoptr (YejiRows) rows = yeji_sql_query (sql, error, "SELECT text FROM word ORDER BY id", "");

  g_assert_nonnull (rows);
  while (yeji_rows_next (rows, &local_error))
    g_string_append_printf (list, "%s ", yeji_rows_text (rows, 0));
  g_assert_no_error (local_error);
  return TRUE;
}

static void
assert_words (Fixture    *fixture,
              const char *words)
{
  g_autoptr (GString) list = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (yeji_db_run (fixture->db, list_words, list, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (list->str, ==, words);
}

static void
test_order (Fixture       *fixture,
            gconstpointer  data)
{
  const char *words[] = { "一", "二", "三", "四", "五" };
  GAsyncResult *result = NULL;
  g_autoptr (GAsyncResult) last = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 4; i++)
    yeji_db_run_async (fixture->db, insert_word, (gpointer) words[i], NULL, NULL, NULL, NULL);
  yeji_db_run_async (fixture->db, insert_word, (gpointer) words[4], NULL, NULL,
                     yeji_test_store_result, &result);
  /* A blocking call from this thread comes after them, though their answers were not read yet. */
  assert_words (fixture, "一 二 三 四 五 ");
  last = yeji_test_await (&result, 5000);
  g_assert_true (yeji_db_run_finish (fixture->db, last, &error));
  g_assert_no_error (error);
}

static gpointer
insert_fifty (gpointer data)
{
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 50; i++)
    g_assert_true (yeji_db_run (data, insert_word, (gpointer) "x", &error));
  return NULL;
}

static gboolean
count_words (YejiSql   *sql,
             gpointer   data,
             GError   **error)
{
  g_autoptr (YejiRows) rows = yeji_sql_query (sql, error, "SELECT count (*) FROM word", "");

  g_assert_true (yeji_rows_next (rows, error));
  *(gint64 *) data = yeji_rows_int (rows, 0);
  return TRUE;
}

static void
test_many_threads (Fixture       *fixture,
                   gconstpointer  data)
{
  GThread *threads[4];
  gint64 count = 0;

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("insert", insert_fifty, fixture->db);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
  g_assert_true (yeji_db_run (fixture->db, count_words, &count, NULL));
  g_assert_cmpint (count, ==, 200);
}

static void
test_rollback (Fixture       *fixture,
               gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (yeji_db_run (fixture->db, insert_word_and_fail, (gpointer) "lost", &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_FAILED);
  assert_words (fixture, "");
}

static void
test_commit_failure (Fixture       *fixture,
                     gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (yeji_db_run (fixture->db, insert_dangling_note, (gpointer) "lost", &error));
  g_assert_error (error, YEJI_DB_ERROR, YEJI_DB_ERROR_CONSTRAINT);
  g_clear_error (&error);
  assert_words (fixture, "");
  g_assert_true (yeji_db_run (fixture->db, insert_word, (gpointer) "kept", &error));
  assert_words (fixture, "kept ");
}

static void
test_constraint (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (yeji_db_run (fixture->db, insert_dangling_note_now, NULL, &error));
  g_assert_error (error, YEJI_DB_ERROR, YEJI_DB_ERROR_CONSTRAINT);
}

static gboolean
limit_size (YejiSql   *sql,
            gpointer   data,
            GError   **error)
{
  g_autofree char *text = g_strdup_printf ("PRAGMA max_page_count = %d", GPOINTER_TO_INT (data));

  return yeji_sql_exec (sql, error, text, "");
}

static void
test_full_disk (Fixture       *fixture,
                gconstpointer  data)
{
  g_autofree char *big = g_strnfill (100 * 1000, 'x');
  g_autoptr (GError) error = NULL;

  g_assert_true (yeji_db_run (fixture->db, insert_word, (gpointer) "before", &error));
  g_assert_true (yeji_db_run (fixture->db, limit_size, GINT_TO_POINTER (8), &error));
  g_assert_false (yeji_db_run (fixture->db, insert_word, big, &error));
  g_assert_error (error, YEJI_DB_ERROR, YEJI_DB_ERROR_FULL);
  g_clear_error (&error);
  assert_words (fixture, "before ");

  g_assert_true (yeji_db_run (fixture->db, limit_size, GINT_TO_POINTER (100000), &error));
  g_assert_true (yeji_db_run (fixture->db, insert_word, (gpointer) "after", &error));
  assert_words (fixture, "before after ");
}

static void
test_reopen (Fixture       *fixture,
             gconstpointer  data)
{
  g_assert_true (yeji_db_run (fixture->db, insert_word, (gpointer) "kept", NULL));
  close_db (fixture);
  open_db (fixture);
  assert_words (fixture, "kept ");
}

static void
test_newer (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  close_db (fixture);
  g_assert_null (yeji_db_open (fixture->path, migrations, 1, &error));
  g_assert_error (error, YEJI_DB_ERROR, YEJI_DB_ERROR_NEWER);
}

static gboolean
run_text (YejiSql   *sql,
          gpointer   data,
          GError   **error)
{
  return yeji_sql_exec (sql, error, data, "");
}

static void
test_migration_failure (Fixture       *fixture,
                        gconstpointer  data)
{
  g_autofree char *copy = g_strconcat (fixture->path, ".version-2", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (yeji_db_run (fixture->db, insert_word, (gpointer) "kept", NULL));
  close_db (fixture);
  g_assert_null (yeji_db_open (fixture->path, migrations, 3, &error));
  g_assert_error (error, YEJI_DB_ERROR, YEJI_DB_ERROR_FAILED);
  /* The older program opens what the failed step left, and the copy beside it. */
  open_db (fixture);
  assert_words (fixture, "kept ");
  close_db (fixture);
  g_free (fixture->path);
  fixture->path = g_steal_pointer (&copy);
  open_db (fixture);
  assert_words (fixture, "kept ");
}

/* A version in the middle is one that no program has. */
static void
test_migration_whole (Fixture       *fixture,
                      gconstpointer  data)
{
  g_autofree char *path = g_build_filename (fixture->dir, "older.sqlite", NULL);
  g_autoptr (GError) error = NULL;

  close_db (fixture);
  for (guint i = 0; i < 3; i++)
    {
      fixture->db = yeji_db_open (path, migrations, 1, &error);
      g_assert_no_error (error);
      close_db (fixture);
      g_assert_null (yeji_db_open (path, migrations, 3, NULL));
    }
}

#define REFER "CREATE TABLE place (name TEXT PRIMARY KEY) WITHOUT ROWID;" \
              "CREATE TABLE road (place TEXT NOT NULL REFERENCES place (name));" \
              "CREATE TRIGGER road_is_built AFTER INSERT ON road" \
              "  BEGIN INSERT OR IGNORE INTO place VALUES (NEW.place || '!'); END;" \
              "INSERT INTO place VALUES ('here'), ('there');" \
              "INSERT INTO road VALUES ('here')"
#define REPLACE(rows) "CREATE TABLE place_anew (name TEXT PRIMARY KEY);" \
                      "INSERT INTO place_anew SELECT name FROM place " rows ";" \
                      "DROP TABLE place; ALTER TABLE place_anew RENAME TO place"

/* A table to which others refer gives way to another one of its name. */
static void
test_migration_rebuilds (Fixture       *fixture,
                         gconstpointer  data)
{
  static const YejiMigration steps[] = {
    { "roads", REFER }, { "places anew", REPLACE ("ORDER BY name"), .rebuilds = TRUE },
    { "places lost", REPLACE ("WHERE name = 'there'"), .rebuilds = TRUE },
  };
  g_autofree char *path = g_build_filename (fixture->dir, "roads.sqlite", NULL);
  g_autoptr (GError) error = NULL;
  gboolean done;

  close_db (fixture);
  fixture->db = yeji_db_open (path, steps, 1, &error);
  g_assert_no_error (error);
  close_db (fixture);
  fixture->db = yeji_db_open (path, steps, 2, &error);
  g_assert_no_error (error);
  /* references are looked at again, by their old name, and triggers know it */
  g_assert_true (yeji_db_run (fixture->db, run_text,
                              (gpointer) "INSERT INTO road VALUES ('there')", NULL));
  g_assert_true (yeji_db_run (fixture->db, run_text,
                              (gpointer) "DELETE FROM place WHERE name = 'there!'", NULL));
  done = yeji_db_run (fixture->db, run_text, (gpointer) "INSERT INTO road VALUES ('nowhere')",
                      &error);
  g_assert_false (done);
  g_assert_error (error, YEJI_DB_ERROR, YEJI_DB_ERROR_CONSTRAINT);
  g_clear_error (&error);
  close_db (fixture);

  /* one that loses what others refer to is taken back */
  g_assert_null (yeji_db_open (path, steps, 3, &error));
  g_assert_error (error, YEJI_DB_ERROR, YEJI_DB_ERROR_CONSTRAINT);
  g_clear_error (&error);
  fixture->db = yeji_db_open (path, steps, 2, &error);
  g_assert_no_error (error);
  g_assert_true (yeji_db_run (fixture->db, run_text,
                              (gpointer) "INSERT INTO road VALUES ('here')", NULL));
}

static void
test_damaged (Fixture       *fixture,
              gconstpointer  data)
{
  g_autofree char *noise = g_strnfill (8192, 'n');
  g_autoptr (GError) error = NULL;

  close_db (fixture);
  g_assert_true (g_file_set_contents (fixture->path, noise, 8192, NULL));
  g_assert_null (yeji_db_open (fixture->path, migrations, 2, &error));
  g_assert_error (error, YEJI_DB_ERROR, YEJI_DB_ERROR_DAMAGED);
}

static void
test_no_folder (Fixture       *fixture,
                gconstpointer  data)
{
  g_autofree char *path = g_build_filename (fixture->dir, "none", "a.sqlite", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (yeji_db_open (path, migrations, 2, &error));
  g_assert_error (error, YEJI_DB_ERROR, YEJI_DB_ERROR_IO);
}

static void
test_close_with_queue (Fixture       *fixture,
                       gconstpointer  data)
{
  GAsyncResult *result = NULL;
  g_autoptr (GAsyncResult) last = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 100; i++)
    yeji_db_run_async (fixture->db, insert_word, (gpointer) "x", NULL, NULL,
                       i == 99 ? yeji_test_store_result : NULL, &result);
  yeji_db_close (fixture->db);
  yeji_db_close (fixture->db);
  last = yeji_test_await (&result, 5000);
  g_assert_true (yeji_db_run_finish (fixture->db, last, &error));
  g_assert_no_error (error);
  g_clear_object (&last);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (g_steal_pointer (&fixture->db));

  open_db (fixture);
  {
    gint64 count = 0;

    g_assert_true (yeji_db_run (fixture->db, count_words, &count, NULL));
    g_assert_cmpint (count, ==, 100);
  }
}

static void
count_destroyed (gpointer data)
{
  g_atomic_int_inc ((int *) data);
}

static void
test_after_close (Fixture       *fixture,
                  gconstpointer  data)
{
  int n_destroyed = 0;
  GAsyncResult *result = NULL;
  GAsyncResult *last;
  g_autoptr (GError) error = NULL;

  yeji_db_close (fixture->db);
  g_assert_false (yeji_db_run (fixture->db, insert_word, (gpointer) "x", &error));
  g_assert_error (error, YEJI_DB_ERROR, YEJI_DB_ERROR_CLOSED);
  g_clear_error (&error);

  yeji_db_run_async (fixture->db, insert_word, &n_destroyed, count_destroyed, NULL,
                     yeji_test_store_result, &result);
  last = yeji_test_await (&result, 5000);
  g_assert_false (yeji_db_run_finish (fixture->db, last, &error));
  g_assert_error (error, YEJI_DB_ERROR, YEJI_DB_ERROR_CLOSED);
  g_object_unref (last);
  g_assert_cmpint (n_destroyed, ==, 1);
}

static void
test_cancelled (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  GAsyncResult *result = NULL;
  g_autoptr (GAsyncResult) last = NULL;
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  yeji_db_run_async (fixture->db, insert_word, (gpointer) "x", NULL, cancellable,
                     yeji_test_store_result, &result);
  last = yeji_test_await (&result, 5000);
  g_assert_false (yeji_db_run_finish (fixture->db, last, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  assert_words (fixture, "");
}

static gboolean
nest_queries (YejiSql   *sql,
              gpointer   data,
              GError   **error)
{
  static const char text[] = "SELECT text FROM word WHERE id > ?1 ORDER BY id";
  g_autoptr (YejiRows) outer = yeji_sql_query (sql, error, text, "i", (gint64) 0);
  guint n_pairs = 0;

  while (yeji_rows_next (outer, error))
    {
      g_autoptr (YejiRows) inner = yeji_sql_query (sql, error, text, "i", (gint64) 1);

      while (yeji_rows_next (inner, error))
        n_pairs++;
    }
  *(guint *) data = n_pairs;
  return TRUE;
}

static void
test_same_text_nested (Fixture       *fixture,
                       gconstpointer  data)
{
  guint n_pairs = 0;

  for (guint i = 0; i < 3; i++)
    g_assert_true (yeji_db_run (fixture->db, insert_word, (gpointer) "x", NULL));
  for (guint i = 0; i < 2; i++)
    {
      g_assert_true (yeji_db_run (fixture->db, nest_queries, &n_pairs, NULL));
      g_assert_cmpuint (n_pairs, ==, 6);
    }
}

static gboolean
round_trip (YejiSql   *sql,
            gpointer   data,
            GError   **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static ("a\0b", 3);
  g_autoptr (GBytes) empty = g_bytes_new (NULL, 0);
  g_autoptr (GBytes) found = NULL;
  g_autoptr (GBytes) found_empty = NULL;
  g_autoptr (YejiRows) rows = NULL;

  g_assert_true (yeji_sql_exec (sql, error, "INSERT INTO word (id, text, data) VALUES (?1, ?2, ?3)",
                                "isb", G_GINT64_CONSTANT (1) << 40, "吉林", bytes));
  g_assert_cmpint (yeji_sql_changes (sql), ==, 1);
  g_assert_cmpint (yeji_sql_last_id (sql), ==, G_GINT64_CONSTANT (1) << 40);
  rows = yeji_sql_query (sql, error, "SELECT id, text, data, ?1, ?2, ?3, ?4 FROM word", "sbbd",
                         NULL, NULL, empty, 0.5);
  g_assert_true (yeji_rows_next (rows, error));
  g_assert_cmpint (yeji_rows_int (rows, 0), ==, G_GINT64_CONSTANT (1) << 40);
  g_assert_cmpstr (yeji_rows_text (rows, 1), ==, "吉林");
  found = yeji_rows_bytes (rows, 2);
  g_assert_true (g_bytes_equal (found, bytes));
  g_assert_true (yeji_rows_is_null (rows, 3));
  g_assert_null (yeji_rows_text (rows, 3));
  g_assert_null (yeji_rows_bytes (rows, 4));
  found_empty = yeji_rows_bytes (rows, 5);
  g_assert_cmpuint (g_bytes_get_size (found_empty), ==, 0);
  g_assert_cmpstr (yeji_rows_text (rows, 6), ==, "0.5");
  g_assert_false (yeji_rows_next (rows, error));
  return TRUE;
}

static void
test_values (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (yeji_db_run (fixture->db, round_trip, NULL, &error));
  g_assert_no_error (error);
}

/* Stops at the first row, and the statement is at its end: it can be run again, and the table
 * written. */
static gboolean
look_for_rows (YejiSql   *sql,
               gpointer   data,
               GError   **error)
{
  g_autoptr (GError) failure = NULL;

  g_assert_cmpint (yeji_sql_has_row (sql, &failure, "SELECT 1 FROM word WHERE text = ?1", "s", "x"),
                   ==, 0);
  g_assert_true (yeji_sql_exec (sql, &failure, "INSERT INTO word (text) VALUES ('x'), ('x')", ""));
  for (guint i = 0; i < 2; i++)
    g_assert_cmpint (yeji_sql_has_row (sql, &failure, "SELECT 1 FROM word WHERE text = ?1", "s",
                                       "x"), ==, 1);
  g_assert_true (yeji_sql_exec (sql, &failure, "DROP TABLE note", ""));
  g_assert_true (yeji_sql_exec (sql, &failure, "DROP TABLE word", ""));
  g_assert_no_error (failure);
  g_assert_cmpint (yeji_sql_has_row (sql, &failure, "SELECT 1 FROM word", ""), ==, -1);
  g_assert_error (failure, YEJI_DB_ERROR, YEJI_DB_ERROR_FAILED);
  g_clear_error (&failure);
  g_assert_cmpint (yeji_sql_has_row (sql, &failure, "SELECT json (?1)", "s", "{"), ==, -1);
  g_assert_error (failure, YEJI_DB_ERROR, YEJI_DB_ERROR_FAILED);
  return TRUE;
}

static void
test_has_row (Fixture       *fixture,
              gconstpointer  data)
{
  g_assert_true (yeji_db_run (fixture->db, look_for_rows, NULL, NULL));
}

static gboolean
read_settings (YejiSql   *sql,
               gpointer   data,
               GError   **error)
{
  static const struct
  {
    const char *text;
    const char *value;
  } cases[] = {
    { "PRAGMA journal_mode", "wal" },
    { "PRAGMA synchronous", "2" },
    { "PRAGMA foreign_keys", "1" },
    { "PRAGMA busy_timeout", "5000" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (YejiRows) rows = yeji_sql_query (sql, error, cases[i].text, "");

      g_assert_true (yeji_rows_next (rows, error));
      g_assert_cmpstr (yeji_rows_text (rows, 0), ==, cases[i].value);
    }
  return TRUE;
}

static void
test_settings (Fixture       *fixture,
               gconstpointer  data)
{
  g_assert_true (yeji_db_run (fixture->db, read_settings, NULL, NULL));
}

/* While one transaction writes, another thread reads. */
static gboolean
read_while_writing (YejiSql   *sql,
                    gpointer   data,
                    GError   **error)
{
  YejiDb *reader = data;
  g_autoptr (GString) list = g_string_new (NULL);

  g_assert_true (insert_word (sql, (gpointer) "second", NULL));
  g_assert_true (yeji_db_run (reader, list_words, list, NULL));
  g_assert_cmpstr (list->str, ==, "first ");
  return TRUE;
}

static void
test_reader (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr (GString) list = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  YejiDb *reader;

  g_assert_true (yeji_db_run (fixture->db, insert_word, (gpointer) "first", NULL));
  reader = yeji_db_open_reader (fixture->db, &error);
  g_assert_no_error (error);
  g_assert_true (yeji_db_run (fixture->db, read_while_writing, reader, NULL));
  g_assert_true (yeji_db_run (reader, list_words, list, NULL));
  g_assert_cmpstr (list->str, ==, "first second ");

  g_assert_false (yeji_db_run (reader, insert_word, (gpointer) "third", &error));
  g_assert_error (error, YEJI_DB_ERROR, YEJI_DB_ERROR_READ_ONLY);
  yeji_db_close (reader);
  g_assert_finalize_object (reader);
}

int
main (int   argc,
      char *argv[])
{
  static const struct
  {
    const char *path;
    void (*func) (Fixture *fixture, gconstpointer data);
  } cases[] = {
    { "/db/runs-in-order", test_order },
    { "/db/serves-many-threads", test_many_threads },
    { "/db/rolls-back-what-fails", test_rollback },
    { "/db/commit/failure-leaves-nothing", test_commit_failure },
    { "/db/tells-a-violated-constraint", test_constraint },
    { "/db/survives-disk-full", test_full_disk },
    { "/db/keeps-over-reopen", test_reopen },
    { "/db/open/refuses-newer", test_newer },
    { "/db/open/refuses-damaged", test_damaged },
    { "/db/open/refuses-missing-folder", test_no_folder },
    { "/db/migration/failure-leaves-the-older", test_migration_failure },
    { "/db/migration/failure-takes-back-the-steps-before", test_migration_whole },
    { "/db/migration/puts-a-table-in-the-place-of-another", test_migration_rebuilds },
    { "/db/close/runs-what-was-queued", test_close_with_queue },
    { "/db/close/refuses-later-calls", test_after_close },
    { "/db/cancelled-before-it-began", test_cancelled },
    { "/db/statement/same-text-nested", test_same_text_nested },
    { "/db/statement/keeps-values", test_values },
    { "/db/statement/tells-whether-there-is-a-row", test_has_row },
    { "/db/durable-by-its-settings", test_settings },
    { "/db/reader/waits-for-no-write-and-writes-nothing", test_reader },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_test_add (cases[i].path, Fixture, NULL, set_up, cases[i].func, tear_down);
  return g_test_run ();
}
