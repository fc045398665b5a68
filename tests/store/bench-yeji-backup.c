// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* Prints how long a backup of many records takes, and how long saves take meanwhile. */

#define G_LOG_DOMAIN "bench-backup"

#include "config.h"

#include <stdlib.h>

#include "backup-fixture.h"
#include "yeji-bundle.h"

#define N_QUIET 300

typedef gboolean (*WorkFunc) (StoreFixture *fixture);

typedef struct
{
  StoreFixture *fixture;
  WorkFunc func;
  gint done;                   /* atomic */
  gint64 taken;
} Work;

static int
compare_times (gconstpointer first,
               gconstpointer second)
{
  gint64 a = *(const gint64 *) first;
  gint64 b = *(const gint64 *) second;

  return (a > b) - (a < b);
}

static void
print_times (const char *what,
             GArray     *times)
{
  g_array_sort (times, compare_times);
  g_print ("  saves %s: p50 %.2f ms, p99 %.2f ms, max %.2f ms (%u)\n", what,
           g_array_index (times, gint64, times->len / 2) / 1000.0,
           g_array_index (times, gint64, times->len * 99 / 100) / 1000.0,
           g_array_index (times, gint64, times->len - 1) / 1000.0, times->len);
}

static void
save_once (StoreFixture *fixture,
           YejiRecord   *record,
           GArray       *times)
{
  g_autofree char *text = g_strdup_printf ("建设规模 %u", times->len);
  gint64 start = g_get_monotonic_time (), taken;

  store_fixture_type (record, "PrjSize", text);
  store_fixture_save (fixture, record, 0);
  taken = g_get_monotonic_time () - start;
  g_array_append_val (times, taken);
}

/* Copies of a full record with its history; that they are sealed for another one is no matter to a
 * backup. */
static gboolean
multiply (YejiSql  *sql,
          gpointer  data,
          GError  **error)
{
  gint64 n_records = GPOINTER_TO_INT (data);

  return yeji_sql_exec (sql, error,
                        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n"
                        " WHERE i < ?1) INSERT INTO record (uuid, role, name, number, dictionary,"
                        " created_at, changed_at, digest, body) SELECT"
                        " printf ('00000000-0000-4000-8000-%012d', i), role, name || i, number,"
                        " dictionary, created_at, changed_at, digest, body FROM n, record"
                        " WHERE record.uuid NOT LIKE '00000000-%'", "i", n_records)
         && yeji_sql_exec (sql, error,
                           "INSERT INTO history (record, step, \"table\", \"row\", field, before,"
                           " after, at, who, why) SELECT uuid, n.value, 'project', '0', 'PrjName',"
                           " '前', '后', created_at, 'x', 'typed' FROM record,"
                           " json_each ('[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]') AS n"
                           " WHERE uuid LIKE '00000000-%'", "");
}

static gboolean
make_backup (StoreFixture *fixture)
{
  g_autofree char *path = backup_fixture_make (fixture, YEJI_BACKUP_DAILY);

  return path != NULL;
}

static gboolean
make_bundle (StoreFixture *fixture)
{
  g_autofree char *path = g_build_filename (fixture->dir, "a" YEJI_BUNDLE_SUFFIX, NULL);

  return yeji_bundle_write (fixture->store, path, NULL, NULL, NULL, NULL, NULL);
}

static gpointer
run_work (gpointer data)
{
  Work *work = data;
  gint64 start = g_get_monotonic_time ();

  g_assert_true (work->func (work->fixture));
  work->taken = g_get_monotonic_time () - start;
  g_atomic_int_set (&work->done, TRUE);
  return NULL;
}

static void
measure (StoreFixture *fixture,
         YejiRecord   *record,
         const char   *what,
         WorkFunc      func)
{
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (gint64));
  Work work = { fixture, func };
  GThread *thread = g_thread_new ("work", run_work, &work);

  while (!g_atomic_int_get (&work.done))
    save_once (fixture, record, times);
  g_thread_join (thread);
  g_print ("  %s: %.2f s\n", what, work.taken / 1e6);
  print_times ("meanwhile", times);
}

/* bench-yeji-backup [N_RECORDS] */
int
main (int    argc,
      char **argv)
{
  int n_records = argc > 1 ? atoi (argv[1]) : 10000;
  g_autoptr (GArray) quiet = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autofree char *path = NULL;
  g_autoptr (YejiRecord) record = NULL;
  g_autoptr (GError) error = NULL;
  StoreFixture fixture;
  gint64 start;
  GStatBuf status;

  g_test_init (&argc, &argv, NULL);
  store_fixture_set_up (&fixture, NULL);
  path = g_build_filename (fixture.dir, "yeji.sqlite", NULL);
  record = store_fixture_read_sample (fixture.dictionary);
  store_fixture_save (&fixture, record, 0);
  yeji_db_run (yeji_store_get_db (fixture.store), multiply, GINT_TO_POINTER (n_records), &error);
  g_assert_no_error (error);
  store_fixture_close (&fixture);
  store_fixture_open (&fixture);
  g_assert_cmpint (g_stat (path, &status), ==, 0);
  g_print ("%d records, %.0f MB\n", n_records, status.st_size / 1e6);
  for (guint i = 0; i < N_QUIET; i++)
    save_once (&fixture, record, quiet);
  print_times ("alone", quiet);
  measure (&fixture, record, "backup", make_backup);
  measure (&fixture, record, "one file", make_bundle);
  start = g_get_monotonic_time ();
  g_assert_true (yeji_store_backup_if_due (fixture.store, NULL, NULL, &error));
  g_print ("  whether one is due: %.2f s\n", (g_get_monotonic_time () - start) / 1e6);
  store_fixture_tear_down (&fixture, NULL);
  return EXIT_SUCCESS;
}
