// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "test-sql-copy"

#include "config.h"

#include "yeji-sql-copy.h"

#include <string.h>

#include <glib/gstdio.h>

#include "yeji-db.h"
#include "yeji-sql-private.h"
#include "yeji-test.h"

#define N_WORDS 20000

static const YejiMigration migrations[] = {
  { "words", "CREATE TABLE word (id INTEGER PRIMARY KEY, text TEXT) STRICT" },
  { "notes", "CREATE TABLE note (text TEXT) STRICT" },
};

/* A database of the first version, open for writing, and a path for its copy. */
typedef struct
{
  char *dir;
  char *path;
  char *copy;
  YejiSql *sql;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr (YejiDb) db = NULL;
  g_autoptr (GError) error = NULL;

  fixture->dir = yeji_test_dir_new ();
  fixture->path = g_build_filename (fixture->dir, "数据.sqlite", NULL);
  fixture->copy = g_build_filename (fixture->dir, "副本.sqlite", NULL);
  db = yeji_db_open (fixture->path, migrations, 1, &error);
  g_assert_no_error (error);
  yeji_db_close (db);
  fixture->sql = yeji_sql_open (fixture->path, &error);
  g_assert_no_error (error);
  g_assert_true (yeji_sql_exec (fixture->sql, &error,
                                "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n"
                                " WHERE i < ?1) INSERT INTO word (text) SELECT 'word ' || i FROM n",
                                "i", (gint64) N_WORDS));
  g_assert_no_error (error);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_clear_pointer (&fixture->sql, yeji_sql_close);
  yeji_test_dir_remove (fixture->dir);
  g_free (fixture->dir);
  g_free (fixture->path);
  g_free (fixture->copy);
}

static gint64
count_words (YejiSql *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiRows) rows = yeji_sql_query (sql, &error, "SELECT count(*) FROM word", "");

  g_assert_no_error (error);
  g_assert_true (yeji_rows_next (rows, &error));
  return yeji_rows_int (rows, 0);
}

/* From a connection that cannot write, while another one does. */
static void
test_copies (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiSql) reader = yeji_sql_open_read_only (fixture->path, &error);
  g_autoptr (YejiSql) copy = NULL;
  g_autofree char *log = g_strconcat (fixture->copy, "-wal", NULL);
  guint version;

  g_assert_no_error (error);
  g_assert_true (yeji_sql_begin (fixture->sql, &error));
  g_assert_true (yeji_sql_exec (fixture->sql, &error, "DELETE FROM word", ""));
  g_assert_true (yeji_sql_copy_into (reader, fixture->copy, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (yeji_sql_commit (fixture->sql, &error));
  g_assert_false (yeji_sql_exec (reader, &error, "DELETE FROM word", ""));
  g_assert_error (error, YEJI_DB_ERROR, YEJI_DB_ERROR_READ_ONLY);
  g_clear_error (&error);

  copy = yeji_sql_open_read_only (fixture->copy, &error);
  g_assert_no_error (error);
  g_assert_true (yeji_sql_check (copy, NULL, &error));
  g_assert_true (yeji_sql_read_version (copy, &version, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (version, ==, 1);
  g_assert_cmpint (count_words (copy), ==, N_WORDS);
  /* It is one file, that can lie where nobody may write. */
  g_assert_false (g_file_test (log, G_FILE_TEST_EXISTS));
}

static void
test_leaves_what_is_there (Fixture       *fixture,
                           gconstpointer  data)
{
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (fixture->copy, "mine", -1, NULL));
  g_assert_false (yeji_sql_copy_into (fixture->sql, fixture->copy, NULL, &error));
  g_assert_error (error, YEJI_DB_ERROR, YEJI_DB_ERROR_IO);
  g_assert_true (g_file_get_contents (fixture->copy, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "mine");
}

static void
test_cancelled (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_false (yeji_sql_copy_into (fixture->sql, fixture->copy, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (g_file_test (fixture->copy, G_FILE_TEST_EXISTS));
  g_clear_error (&error);
  g_assert_false (yeji_sql_check (fixture->sql, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  /* The connection is none the worse for it. */
  g_assert_cmpint (count_words (fixture->sql), ==, N_WORDS);
}

static void
test_finds_damage (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiSql) copy = NULL;
  gsize length;

  g_assert_true (yeji_sql_copy_into (fixture->sql, fixture->copy, NULL, &error));
  g_assert_true (g_file_get_contents (fixture->copy, &text, &length, NULL));
  memset (text + length / 2, 'x', 4096);
  g_assert_true (g_file_set_contents (fixture->copy, text, (gssize) length, NULL));
  copy = yeji_sql_open_read_only (fixture->copy, &error);
  g_assert_no_error (error);
  g_assert_false (yeji_sql_check (copy, NULL, &error));
  g_assert_error (error, YEJI_DB_ERROR, YEJI_DB_ERROR_DAMAGED);
}

static char *
name_copy (const char  *path,
           guint        version,
           gpointer     data,
           GError     **error)
{
  const Fixture *fixture = data;

  g_assert_cmpstr (path, ==, fixture->path);
  g_assert_cmpuint (version, ==, 1);
  return g_strdup (fixture->copy);
}

static char *
name_no_copy (const char  *path,
              guint        version,
              gpointer     data,
              GError     **error)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE, "no room");
  return NULL;
}

static void
test_before_a_migration (Fixture       *fixture,
                         gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiDb) db = NULL;
  g_autoptr (YejiSql) copy = NULL;
  guint version;

  db = yeji_db_open_with_copy (fixture->path, migrations, 2, name_copy, fixture, &error);
  g_assert_no_error (error);
  yeji_db_close (db);
  copy = yeji_sql_open_read_only (fixture->copy, &error);
  g_assert_no_error (error);
  g_assert_cmpint (count_words (copy), ==, N_WORDS);
  g_assert_true (yeji_sql_read_version (copy, &version, &error));
  g_assert_cmpuint (version, ==, 1);
}

static void
test_no_copy (Fixture       *fixture,
              gconstpointer  data)
{
  g_autofree char *none = g_build_filename (fixture->dir, "none", "a.sqlite", NULL);
  g_autoptr (GError) error = NULL;
  guint version;

  g_assert_null (yeji_db_open_with_copy (fixture->path, migrations, 2, name_no_copy, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE);
  g_free (fixture->copy);
  fixture->copy = g_steal_pointer (&none);
  g_assert_null (yeji_db_open_with_copy (fixture->path, migrations, 2, name_copy, fixture, NULL));
  g_assert_true (yeji_sql_read_version (fixture->sql, &version, NULL));
  g_assert_cmpuint (version, ==, 1);
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
    { "/db/copy/is-of-what-was-committed", test_copies },
    { "/db/copy/leaves-what-is-there", test_leaves_what_is_there },
    { "/db/copy/can-be-given-up", test_cancelled },
    { "/db/check/finds-damage", test_finds_damage },
    { "/db/migration/copies-to-where-it-is-told", test_before_a_migration },
    { "/db/migration/does-nothing-without-a-copy", test_no_copy },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_test_add (cases[i].path, Fixture, NULL, set_up, cases[i].func, tear_down);
  return g_test_run ();
}
