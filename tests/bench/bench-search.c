// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* bench-search DIR SAMPLE N: fills a profile with N records like the sample, if there is none in
 * DIR, and measures searches, pages and saves in it. One line a figure: name, milliseconds.
 *
 * A search is measured with everything warm; as the first after the profile was opened; so with
 * none of the profile in the system's cache, where that can be asked for; and so after the chore
 * that has the system read what searches ask for. Each line ends with how many times as long it took
 * as the first page of all records, measured among them in the same state. With YEJI_BENCH_ONLY set,
 * only the questions whose names contain it are measured, and nothing else. */

#define G_LOG_DOMAIN "bench-search"

#include "config.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "yeji-query.h"
#include "yeji-search.h"
#include "yeji-store-index.h"
#include "yeji-store-private.h"

#define BATCH 500
#define RUNS 60
#define WARM_RUNS 400
#define OPENED_RUNS 100
#define COLD_RUNS 30
#define PAGE 50

typedef enum
{
  WARM,
  OPENED,
  UNCACHED,
  UNCACHED_WARMED,
  N_STATES
} State;

static const struct
{
  const char *name;
  guint n_runs;
} states[N_STATES] = {
  [WARM] = { "warm", WARM_RUNS },
  [OPENED] = { "just opened", OPENED_RUNS },
  [UNCACHED] = { "just opened, read from the disk", COLD_RUNS },
  [UNCACHED_WARMED] = { "read from the disk, after the chores of the opening", COLD_RUNS },
};

typedef struct
{
  const char *dir;
  YejiDictionary *dictionary;
  YejiStore *store;
  guint n;
} Bench;

/* What differs from record to record. */
typedef struct
{
  char *uuid;
  char *number;                /* 16 digits */
  char *code;                  /* of an enterprise, 18 characters */
  char *name;
} Face;

typedef struct
{
  YejiStore *store;
  const char *sample;
  guint first;
  guint n;
} Batch;

typedef struct
{
  char *text;
  guint n;
} Scan;

static void
clear_face (Face *face)
{
  g_free (face->uuid);
  g_free (face->number);
  g_free (face->code);
  g_free (face->name);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Face, clear_face)

/* Characters of level 1 of GB 2312, some more common than others, as in names. */
static void
append_characters (GRand   *random,
                   GString *text,
                   guint    n)
{
  for (guint i = 0; i < n; i++)
    {
      guint limit = g_rand_boolean (random) ? 300 : 3755;
      guint index = (guint) g_rand_int_range (random, 0, (gint32) limit);
      const char bytes[] = { (char) (0xb0 + index / 94), (char) (0xa1 + index % 94) };
      g_autofree char *character = g_convert (bytes, 2, "UTF-8", "GB2312", NULL, NULL, NULL);

      g_string_append (text, character != NULL ? character : "工");
    }
}

/* The same record for the same number, at every run. */
static void
make_face (guint  i,
           Face  *face)
{
  static const char digits[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";
  g_autoptr (GRand) random = g_rand_new_with_seed (i);
  GString *code = g_string_new (NULL);
  GString *name = g_string_new (NULL);

  face->uuid = g_strdup_printf ("%08x-%04x-4%03x-8%03x-%08x%04x", g_rand_int (random),
                                g_rand_int (random) & 0xffff, g_rand_int (random) & 0xfff,
                                g_rand_int (random) & 0xfff, g_rand_int (random), i & 0xffff);
  face->number = g_strdup_printf ("22%02d%02d%02d%02d%02d%04d", g_rand_int_range (random, 1, 9),
                                  g_rand_int_range (random, 1, 88),
                                  g_rand_int_range (random, 5, 20),
                                  g_rand_int_range (random, 1, 13),
                                  g_rand_int_range (random, 1, 29),
                                  g_rand_int_range (random, 0, 10000));
  for (guint j = 0; j < 18; j++)
    g_string_append_c (code, digits[g_rand_int_range (random, 0, 31)]);
  append_characters (random, name, 6);
  g_string_append (name, "工程");
  face->code = g_string_free (code, FALSE);
  face->name = g_string_free (name, FALSE);
}

static char *
make_body (const char *sample,
           const Face *face)
{
  GString *body = g_string_new (sample);

  g_string_replace (body, "6f1c2d3e-4a5b-4c6d-8e7f-102030405001", face->uuid, 0);
  g_string_replace (body, "2201041603300001", face->number, 0);
  g_string_replace (body, "12220104000000115K", face->code, 0);
  g_string_replace (body, "示例教学楼及体育馆工程", face->name, 0);
  return g_string_free (body, FALSE);
}

static gboolean
insert_batch (YejiSql   *sql,
              gpointer   data,
              GError   **error)
{
  Batch *batch = data;

  for (guint i = batch->first; i < batch->first + batch->n; i++)
    {
      g_auto (Face) face = { NULL };
      g_autofree char *body = NULL;
      g_autofree char *at = g_strdup_printf ("2026-01-%02uT%02u:%02u:%02u.%03uZ", 1 + i / 86400,
                                             i / 3600 % 24, i / 60 % 60, i % 60, i % 1000);

      make_face (i, &face);
      body = make_body (batch->sample, &face);
      if (!yeji_sql_exec (sql, error,
                          "INSERT INTO record (uuid, role, name, number, dictionary, created_at,"
                          " changed_at, digest, body, n_errors, n_warnings, server_state)"
                          " VALUES (?1, 'construction', ?2, ?3, ?4, ?5, ?5, '', ?6, ?7, 2, ?8)",
                          "ssssssis", face.uuid, face.name, face.number,
                          yeji_dictionary_get_version (yeji_store_get_dictionary (batch->store)),
                          at, body, (gint64) (i % 4),
                          i % 10 < 6 ? NULL : i % 10 < 9 ? "approved" : "returned"))
        return FALSE;
    }
  return TRUE;
}

static void
check (GError *error)
{
  if (error != NULL)
    g_error ("%s", error->message);
}

static void
fill (YejiStore  *store,
      const char *sample,
      guint       n)
{
  gint64 begin = g_get_monotonic_time ();
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < n && error == NULL; i += BATCH)
    {
      Batch batch = { store, sample, i, MIN (BATCH, n - i) };

      yeji_db_run (yeji_store_get_db (store), insert_batch, &batch, &error);
    }
  check (error);
  g_print ("fill: %.1f s\n", (double) (g_get_monotonic_time () - begin) / 1e6);
  begin = g_get_monotonic_time ();
  yeji_store_index_if_needed (store, NULL, &error);
  check (error);
  g_print ("index: %.1f s\n", (double) (g_get_monotonic_time () - begin) / 1e6);
}

static int
compare_times (gconstpointer a,
               gconstpointer b)
{
  double difference = *(const double *) a - *(const double *) b;

  return difference < 0 ? -1 : difference > 0;
}

static void
report (const char *name,
        double     *times,
        guint       n,
        guint       found)
{
  qsort (times, n, sizeof (double), compare_times);
  g_print ("%s: p50 %.2f ms, p99 %.2f ms, %u shown\n", name, times[n / 2],
           times[n - 1 - n / 100], found);
}

/* From character @first on, @length of them. */
static char *
cut (const char *text,
     guint       first,
     guint       length)
{
  return g_utf8_substring (text, first, first + length);
}

static char *
ask_all (const Face *face)
{
  return NULL;
}

static char *
ask_common (const Face *face)
{
  return g_strdup ("工");
}

static char *
ask_rare (const Face *face)
{
  return cut (face->name, 2, 1);
}

static char *
ask_two (const Face *face)
{
  return g_strdup ("工程");
}

static char *
ask_eight (const Face *face)
{
  return cut (face->name, 0, 8);
}

static char *
ask_code (const Face *face)
{
  return cut (face->code, 5, 8);
}

static char *
ask_permit (const Face *face)
{
  g_autofree char *part = cut (face->number, 4, 12);

  return g_strconcat (part, "-SX", NULL);
}

static char *
ask_short_permit (const Face *face)
{
  return cut (face->number, 8, 6);
}

static char *
ask_one_digit (const Face *face)
{
  return g_strdup ("7");
}

static char *
ask_initials (const Face *face)
{
  g_autofree char *key = yeji_search_make_sort_name (face->name);

  return cut (key, 0, 6);
}

static char *
ask_nothing (const Face *face)
{
  return g_strdup ("20160330999999");
}

static char *
ask_apart (const Face *face)
{
  return g_strdup ("程工");
}

static char *
ask_typo (const Face *face)
{
  g_autofree char *part = cut (face->number, 0, 10);

  return g_strconcat ("220104", part, NULL);
}

static char *
ask_words (const Face *face)
{
  g_autofree char *code = cut (face->code, 0, 4);

  return g_strconcat ("工程 ", code, NULL);
}

/* The first is what the others are compared with. */
static const struct
{
  const char *name;
  char *(*make) (const Face *face);
} questions[] = {
  { "all records", ask_all },
  { "search, one common character", ask_common },
  { "search, one rare character", ask_rare },
  { "search, two characters", ask_two },
  { "search, two common characters that are not together", ask_apart },
  { "search, eight characters", ask_eight },
  { "search, part of a credit code", ask_code },
  { "search, part of a permit number", ask_permit },
  { "search, six digits", ask_short_permit },
  { "search, one digit", ask_one_digit },
  { "search, initials", ask_initials },
  { "search, two words", ask_words },
  { "search, no hit", ask_nothing },
  { "search, no hit, of common parts", ask_typo },
};

/* The system forgets what it has read of the profile; does nothing where it cannot be told. */
static void
forget_file (const char *path)
{
#ifdef POSIX_FADV_DONTNEED
  int file = g_open (path, O_RDONLY, 0);

  if (file < 0)
    return;
  g_fsync (file);
  posix_fadvise (file, 0, 0, POSIX_FADV_DONTNEED);
  g_close (file, NULL);
#endif
}

/* The system has all of the profile, as far as its memory goes. */
static void
read_file (const char *path)
{
  g_autofree char *buffer = g_malloc (1 << 20);
  int file = g_open (path, O_RDONLY, 0);

  if (file < 0)
    return;
  while (read (file, buffer, 1 << 20) > 0)
    ;
  g_close (file, NULL);
}

static void
open_again (Bench *bench,
            State  state)
{
  g_autofree char *path = g_build_filename (bench->dir, "yeji.sqlite", NULL);
  g_autoptr (GError) error = NULL;

  yeji_store_close (bench->store);
  g_object_unref (bench->store);
  if (state >= UNCACHED)
    forget_file (path);
  bench->store = yeji_store_open (bench->dir, bench->dictionary, &error);
  check (error);
  if (state == UNCACHED_WARMED)
    yeji_store_warm_index (bench->store, NULL, &error);
  check (error);
}

static guint
ask (Bench  *bench,
     guint   question,
     guint   run,
     guint   n_runs,
     double *time,
     double *work)
{
  g_auto (Face) face = { NULL };
  g_autofree char *text = NULL;
  YejiQuery query = { NULL, YEJI_STATES_ALL & ~YEJI_STATE_BIT (YEJI_STATE_REMOVED), FALSE,
                      YEJI_SORT_CHANGED, TRUE };
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (GError) error = NULL;
  gint64 begin;
  clock_t worked;

  make_face ((guint) ((guint64) bench->n * run / n_runs), &face);
  text = questions[question].make (&face);
  query.text = text;
  worked = clock ();
  begin = g_get_monotonic_time ();
  entries = yeji_store_query (bench->store, &query, 0, PAGE, &error);
  *time = (double) (g_get_monotonic_time () - begin) / 1000;
  *work = (double) (clock () - worked) * 1000 / CLOCKS_PER_SEC;
  check (error);
  return entries->len;
}

static double
percentile (const double *sorted,
            guint         n,
            guint         percent)
{
  return sorted[MIN (n * percent / 100, n - 1)];
}

/* Beside the time what the processor did, which others on the machine make longer by less. */
static void
report_question (guint   question,
                 double *times,
                 double *work,
                 guint   n,
                 guint   found,
                 double *yardstick)
{
  qsort (times, n, sizeof (double), compare_times);
  qsort (work, n, sizeof (double), compare_times);
  if (question == 0)
    *yardstick = times[n / 2];
  g_print ("%s: p50 %.2f ms, p99 %.2f ms, max %.2f ms; processor p50 %.2f ms, p99 %.2f ms,"
           " max %.2f ms; %u shown", questions[question].name, times[n / 2],
           percentile (times, n, 99), times[n - 1], work[n / 2], percentile (work, n, 99),
           work[n - 1], found);
  if (*yardstick > 0)
    g_print ("; p50 %.1f times, p99 %.1f times all records", times[n / 2] / *yardstick,
             percentile (times, n, 99) / *yardstick);
  g_print ("\n");
}

static void
measure_queries (Bench      *bench,
                 State       state,
                 const char *only)
{
  guint n = states[state].n_runs;
  g_autofree double *times = g_new (double, n);
  g_autofree double *work = g_new (double, n);
  g_autofree char *path = g_build_filename (bench->dir, "yeji.sqlite", NULL);
  double yardstick = 0;

  g_print ("-- %s\n", states[state].name);
  read_file (path);
  for (guint i = 0; i < G_N_ELEMENTS (questions); i++)
    {
      guint found = 0;

      if (only != NULL && strstr (questions[i].name, only) == NULL)
        continue;
      for (guint j = 0; j < n; j++)
        {
          if (state != WARM)
            open_again (bench, state);
          found = ask (bench, i, j, n, &times[j], &work[j]);
        }
      report_question (i, times, work, n, found, &yardstick);
    }
}

static void
measure_pages (YejiStore *store,
               guint      n)
{
  static const char *const names[N_YEJI_SORTS] = { "changed", "name", "role", "state", "problems",
                                                   "documents", "grade", "removed" };

  for (guint sort = 0; sort < N_YEJI_SORTS; sort++)
    for (guint deep = 0; deep < 2; deep++)
      {
        const YejiQuery query = { NULL, YEJI_STATES_ALL & ~YEJI_STATE_BIT (YEJI_STATE_REMOVED),
                                  FALSE, sort, TRUE };
        g_autofree char *name = g_strdup_printf ("page by %s, %s", names[sort],
                                                 deep ? "last" : "first");
        double times[10];
        guint found = 0;

        for (guint i = 0; i < G_N_ELEMENTS (times); i++)
          {
            gint64 begin = g_get_monotonic_time ();
            g_autoptr (GError) error = NULL;
            g_autoptr (GPtrArray) entries = NULL;

            entries = yeji_store_query (store, &query, deep ? n - PAGE : 0, PAGE, &error);
            times[i] = (double) (g_get_monotonic_time () - begin) / 1000;
            check (error);
            found = entries->len;
          }
        report (name, times, G_N_ELEMENTS (times), found);
      }
}

static void
measure_counts (YejiStore *store)
{
  static const char *const texts[] = { NULL, "工", "工程", "2201" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      const YejiQuery query = { texts[i],
                                YEJI_STATES_ALL & ~YEJI_STATE_BIT (YEJI_STATE_REMOVED), FALSE,
                                YEJI_SORT_CHANGED, TRUE };
      g_autofree char *name = g_strdup_printf ("count “%s”", texts[i] != NULL ? texts[i] : "");
      double times[10];
      guint n = 0;

      for (guint j = 0; j < G_N_ELEMENTS (times); j++)
        {
          gint64 begin = g_get_monotonic_time ();
          g_autoptr (GError) error = NULL;

          yeji_store_query_count (store, &query, &n, &error);
          times[j] = (double) (g_get_monotonic_time () - begin) / 1000;
          check (error);
        }
      report (name, times, G_N_ELEMENTS (times), n);
    }
}

static gboolean
run_scan (YejiSql   *sql,
          gpointer   data,
          GError   **error)
{
  Scan *scan = data;
  g_autofree char *pattern = g_strdup_printf ("%%%s%%", scan->text);
  g_autoptr (YejiRows) rows = NULL;

  rows = yeji_sql_query (sql, error,
                         "SELECT uuid FROM record WHERE body LIKE ?1 ORDER BY changed_at DESC"
                         " LIMIT ?2", "si", pattern, (gint64) PAGE);
  while (rows != NULL && yeji_rows_next (rows, error))
    scan->n++;
  return rows != NULL && *error == NULL;
}

/* The yardstick: what looking through all bodies costs. */
static void
measure_scans (YejiStore *store)
{
  static const char *const texts[] = { "工", "20160330999999" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      Scan scan = { (char *) texts[i] };
      gint64 begin = g_get_monotonic_time ();
      g_autoptr (GError) error = NULL;

      yeji_db_run (yeji_store_get_db (store), run_scan, &scan, &error);
      check (error);
      g_print ("LIKE “%s”: %.1f ms, %u shown\n", texts[i],
               (double) (g_get_monotonic_time () - begin) / 1000, scan.n);
    }
}

static gboolean
run_again (YejiSql   *sql,
           gpointer   data,
           GError   **error)
{
  YejiStore *store = ((gpointer *) data)[0];
  const char *uuid = ((gpointer *) data)[1];
  g_autofree char *body = NULL;
  g_autoptr (YejiRows) rows = yeji_sql_query (sql, error, "SELECT body FROM record WHERE uuid = ?1",
                                              "s", uuid);

  if (rows == NULL || !yeji_rows_next (rows, error))
    return FALSE;
  body = yeji_rows_dup_text (rows, 0);
  g_clear_pointer (&rows, yeji_rows_free);
  return yeji_store_index_again (store, sql, uuid, body, error);
}

static gboolean
run_nothing (YejiSql   *sql,
             gpointer   data,
             GError   **error)
{
  return yeji_sql_exec (sql, error, "UPDATE record SET n_warnings = n_warnings + 1 WHERE uuid = ?1",
                        "s", ((gpointer *) data)[1]);
}

/* A save as the clerk makes it, and beside it what of it goes to the index, and a bare commit. */
static void
measure_saves (YejiStore *store)
{
  double saves[RUNS], indexes[RUNS], bare[RUNS];
  g_auto (Face) face = { NULL };
  g_autoptr (YejiRecord) record = NULL;
  g_autoptr (GError) error = NULL;
  gpointer data[2];

  make_face (0, &face);
  record = yeji_store_load (store, face.uuid, &error);
  check (error);
  data[0] = store;
  data[1] = face.uuid;
  for (guint i = 0; i < RUNS; i++)
    {
      YejiRow *project = yeji_record_get_project (record);
      g_autofree char *value = g_strdup_printf ("第%u次", g_random_int ());
      gint64 begin;

      yeji_record_set (record, project,
                       yeji_table_def_find_field (yeji_row_get_table (project), "Address"), value);
      begin = g_get_monotonic_time ();
      yeji_store_save (store, record, NULL, "typed", &error);
      saves[i] = (double) (g_get_monotonic_time () - begin) / 1000;
      check (error);
      begin = g_get_monotonic_time ();
      yeji_db_run (yeji_store_get_db (store), run_again, data, &error);
      indexes[i] = (double) (g_get_monotonic_time () - begin) / 1000;
      check (error);
      begin = g_get_monotonic_time ();
      yeji_db_run (yeji_store_get_db (store), run_nothing, data, &error);
      bare[i] = (double) (g_get_monotonic_time () - begin) / 1000;
      check (error);
    }
  report ("save", saves, RUNS, 1);
  report ("index of one record, committed alone", indexes, RUNS, 1);
  report ("bare commit", bare, RUNS, 1);
}

static gboolean
print_sizes (YejiSql   *sql,
             gpointer   data,
             GError   **error)
{
  g_autoptr (YejiRows) rows = NULL;

  rows = yeji_sql_query (sql, error,
                         "SELECT (SELECT sum (length (block)) FROM search_data),"
                         " (SELECT sum (octet) FROM (SELECT length (CAST (body AS BLOB)) AS octet"
                         " FROM record)), (SELECT page_count * page_size FROM pragma_page_count,"
                         " pragma_page_size), (SELECT count (*) FROM record)", "");
  if (rows == NULL || !yeji_rows_next (rows, error))
    return FALSE;
  g_print ("size of a record: %" G_GINT64_FORMAT " bytes, of these the body %" G_GINT64_FORMAT
           ", the index %" G_GINT64_FORMAT "\n", yeji_rows_int (rows, 2) / yeji_rows_int (rows, 3),
           yeji_rows_int (rows, 1) / yeji_rows_int (rows, 3),
           yeji_rows_int (rows, 0) / yeji_rows_int (rows, 3));
  return TRUE;
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiDictionary) dictionary = yeji_dictionary_new_built_in (&error);
  g_autoptr (YejiRecord) record = NULL;
  g_autofree char *text = NULL;
  g_autofree char *sample = NULL;
  const char *only = g_getenv ("YEJI_BENCH_ONLY");
  const YejiQuery all = { NULL, YEJI_STATES_ALL };
  Bench bench = { NULL };
  gint64 begin;
  guint found = 0;

  if (argc != 4)
    g_error ("usage: bench-search DIR SAMPLE N");
  check (error);
  bench.dir = argv[1];
  bench.dictionary = dictionary;
  bench.n = (guint) atoi (argv[3]);
  begin = g_get_monotonic_time ();
  bench.store = yeji_store_open (argv[1], dictionary, &error);
  check (error);
  g_print ("open: %.1f ms\n", (double) (g_get_monotonic_time () - begin) / 1000);
  if (!g_file_get_contents (argv[2], &text, NULL, &error))
    check (error);
  record = yeji_record_new_from_text (dictionary, text, -1, &error);
  check (error);
  sample = yeji_record_to_text (record);
  yeji_store_query_count (bench.store, &all, &found, &error);
  check (error);
  if (found == 0)
    fill (bench.store, sample, bench.n);
  begin = g_get_monotonic_time ();
  yeji_store_index_if_needed (bench.store, NULL, &error);
  check (error);
  g_print ("index, if needed: %.1f s\n", (double) (g_get_monotonic_time () - begin) / 1e6);
  begin = g_get_monotonic_time ();
  yeji_store_merge_index (bench.store, NULL, &error);
  check (error);
  g_print ("put its parts together, if needed: %.1f s\n",
           (double) (g_get_monotonic_time () - begin) / 1e6);
  for (guint state = 0; state < N_STATES; state++)
    measure_queries (&bench, state, only);
  if (only == NULL)
    {
      measure_scans (bench.store);
      measure_pages (bench.store, bench.n);
      measure_counts (bench.store);
      measure_saves (bench.store);
      yeji_db_run (yeji_store_get_db (bench.store), print_sizes, NULL, &error);
      check (error);
    }
  yeji_store_close (bench.store);
  g_object_unref (bench.store);
  return 0;
}
