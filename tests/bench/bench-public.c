// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* bench-public DIR SAMPLE N: fills a province in DIR with N invented projects, if there are none in
 * it, and measures what the public page answers: whole pages of HTML by the handlers that the server
 * calls, with everything warm, on one thread. One line a question: median and 99th percentile in
 * milliseconds. Every 50th project has a whole record like the sample, for the pages of projects.
 * Fails where a search takes longer than a second.
 *
 * bench-public --compare DIR SAMPLE N: fills one as the province writes, in small transactions that
 * are on the disk, and one as above, and looks whether all their tables and the words of the search
 * are the same. */

#define G_LOG_DOMAIN "bench-public"

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "yeji-case.h"
#include "yeji-listing.h"
#include "yeji-publication.h"
#include "yeji-router.h"
#include "yeji-server-schema.h"
#include "yeji-sql-private.h"

#define BATCH 20000            /* of a transaction that nobody waits for */
#define STEP 25                /* of one as the province writes them */
#define RUNS 200
#define WHOLE_EVERY 50
#define DAYS 5000
#define LONGEST_MS 1000.0

/* For a database that nobody else has open, and that is thrown away when the power fails meanwhile:
 * what is written is the same, and nothing of it twice. */
static const char haste[] =
  "PRAGMA journal_mode = DELETE; PRAGMA journal_mode = MEMORY; PRAGMA locking_mode = EXCLUSIVE;"
  "PRAGMA synchronous = OFF; PRAGMA secure_delete = OFF; PRAGMA cache_size = -1048576;";

static const char * const places[] = {
  "朝阳区", "南关区", "宽城区", "二道区", "绿园区", "双阳区", "净月", "高新区", "经开区", "汽开区",
};
static const char * const owners[] = {
  "第一", "第二", "实验", "中心", "人民", "阳光", "锦绣", "万和", "金河", "长白", "松江", "北湖",
  "南湖", "星光", "恒远", "瑞丰", "鼎盛", "宏泰", "嘉禾", "明珠",
};
static const char * const works[] = {
  "小学教学楼", "中学体育馆", "医院门诊楼", "住宅小区", "商业综合体", "污水处理厂", "立交桥", "隧道",
  "给水管网改造", "供热管网", "办公楼", "厂房", "仓储物流园", "地下车库", "河道治理", "老旧小区改造",
};
static const char * const parts[] = {
  "一期工程", "二期工程", "三期工程", "扩建工程", "改造工程", "装修工程", "配套工程", "施工总承包",
};
static const char * const firms[] = {
  "建设集团有限公司", "建筑工程有限公司", "市政工程有限公司", "建筑设计院有限公司",
  "工程勘察有限公司", "监理咨询有限公司", "路桥工程有限公司", "安装工程有限公司",
};
static const char * const counties[] = {
  "220102", "220103", "220104", "220105", "220106", "220112", "220202", "220203", "220302", "220402",
  "220502", "220602", "220702", "220802", "222401", "222403", "220422", "220521", "220781", "220882",
};
static const char * const roles[] = { "construction", "design", "survey", "supervision" };
static const char * const kinds[] = { "01", "02", "99" };

#define PICK(list, n) ((list)[(n) % G_N_ELEMENTS (list)])

typedef struct
{
  char *uuid;
  char *name;
  char *enterprise;
  char *number;
  char *numbers;
  char *enterprises;
  char *at;
  YejiListing listing;
} Project;

static guint
mix (guint n)
{
  n = (n ^ 61) ^ (n >> 16);
  n *= 9;
  n ^= n >> 4;
  n *= 0x27d4eb2d;
  return n ^ (n >> 15);
}

/* The Nth of N invented projects: older ones come first, one in twenty is of another system. */
static void
make_project (Project *project,
              guint    i,
              guint    n)
{
  guint a = mix (i), b = mix (i + 7919), c = mix (i + 104729);
  const char *area = PICK (counties, a / 7);
  gboolean declared = i % 20 == 7;
  g_autoptr (GDateTime) first = g_date_time_new_utc (2012, 1, 1, 0, 0, 0);
  g_autoptr (GDateTime) day = g_date_time_add_days (first, (gint) ((guint64) i * DAYS / n));
  g_autofree char *builder = g_strdup_printf ("%s%s有限公司", PICK (owners, c), PICK (works, c / 20));
  g_autofree char *supervisor = g_strdup_printf ("%s%s监理有限公司", PICK (owners, b / 3),
                                                 PICK (places, c));

  project->uuid = g_strdup_printf ("%08x-0000-4000-8000-%012u", a, i);
  project->name = g_strdup_printf ("%s%s%s%u号%s", PICK (places, a), PICK (owners, b), PICK (works, c),
                                   a % 97 + 1, PICK (parts, b / 20));
  project->enterprise = g_strdup_printf ("吉林%s%s第%u%s", PICK (owners, b / 11), PICK (places, b / 7),
                                         b % 500, PICK (firms, a / 3));
  project->number = g_strdup_printf ("%s%02u%02u%02u%04u", area, 12 + i % 13, a % 12 + 1, b % 28 + 1,
                                     c % 10000);
  project->numbers = g_strdup_printf ("%s\n2016-%s-%02u-%02u-%06u\n%s-SX-%03u", project->number, area,
                                      a % 90, b % 90, c % 1000000, project->number, a % 9 + 1);
  project->enterprises = g_strdup_printf ("%s\n%s\n%s", project->enterprise, builder, supervisor);
  project->at = g_date_time_format (day, "%Y-%m-%dT08:00:00.000Z");
  project->listing = (YejiListing) {
    .uuid = project->uuid, .state = declared ? YEJI_LISTING_ONGOING : YEJI_LISTING_APPROVED,
    .grade = declared ? "" : (a % 10 < 1 ? "A" : a % 10 < 5 ? "B" : a % 10 < 9 ? "C" : "D"),
    .kind = declared ? "" : PICK (kinds, b / 5), .role = declared ? "" : PICK (roles, c / 3),
    .area = area, .number = project->number, .name = project->name,
    .enterprise = project->enterprise, .office = declared ? "" : "示例市住房和城乡建设局",
    .reviewer = declared ? "" : "王审核", .at = project->at,
    .system = declared ? "permit" : NULL, .names = project->name,
    .enterprises = project->enterprises, .numbers = project->numbers,
  };
}

static void
clear_project (Project *project)
{
  g_free (project->uuid);
  g_free (project->name);
  g_free (project->enterprise);
  g_free (project->number);
  g_free (project->numbers);
  g_free (project->enterprises);
  g_free (project->at);
}

typedef struct
{
  YejiServerContext *context;
  const char *sample;
  guint first;
  guint n;
  guint all;
} Batch;

/* As an approval writes it, of a record that is the sample but for its name and number. */
static gboolean
publish_whole (YejiSql        *sql,
               const Batch    *batch,
               const Project  *project,
               GError        **error)
{
  YejiServerContext *context = batch->context;
  const YejiListing *listing = &project->listing;
  g_autoptr (YejiRecord) record = NULL;
  YejiCase approved = {
    .uuid = project->uuid, .enterprise_name = project->enterprise, .area = (char *) listing->area,
    .grade = (char *) listing->grade, .office = (char *) listing->office,
    .reviewer = (char *) listing->reviewer, .approved_at = project->at,
  };
  g_autoptr (GString) text = g_string_new (batch->sample);

  record = yeji_record_new_from_text (context->dictionary, batch->sample, -1, error);
  if (record == NULL)
    return FALSE;
  g_string_replace (text, yeji_mapping_get_number (context->mapping, record), project->number, 0);
  g_string_replace (text, yeji_mapping_get_title (context->mapping, record), project->name, 0);
  g_clear_object (&record);
  record = yeji_record_new_from_text (context->dictionary, text->str, -1, error);
  if (record == NULL)
    return FALSE;
  approved.body = text->str;
  return yeji_publication_write (context, sql, &approved, record, error);
}

/* The same without a content, and the search told what it would find in one. */
static gboolean
publish_bare (YejiSql        *sql,
              const Project  *project,
              GError        **error)
{
  const YejiListing *listing = &project->listing;

  return yeji_listing_put (sql, listing, error)
         && (listing->system != NULL
             || (yeji_sql_exec (sql, error,
                                "INSERT INTO publication (uuid, number, name, area, enterprise,"
                                " grade, office, reviewer, approved_at, body)"
                                " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, '{}')", "sssssssss",
                                project->uuid, project->number, project->name, listing->area,
                                project->enterprise, listing->grade, listing->office,
                                listing->reviewer, project->at)
                 && yeji_sql_exec (sql, error,
                                   "INSERT INTO publication_event (uuid, at, kind, grade, office,"
                                   " reviewer) VALUES (?1, ?2, 'published', ?3, ?4, ?5)", "sssss",
                                   project->uuid, project->at, listing->grade, listing->office,
                                   listing->reviewer)));
}

static gboolean
fill_batch (YejiSql   *sql,
            gpointer   data,
            GError   **error)
{
  Batch *batch = data;

  for (guint i = batch->first; i < batch->first + batch->n; i++)
    {
      Project project;
      gboolean good;

      make_project (&project, i, batch->all);
      good = i % WHOLE_EVERY == 0 && project.listing.system == NULL
               ? publish_whole (sql, batch, &project, error)
               : publish_bare (sql, &project, error);
      clear_project (&project);
      if (!good)
        return FALSE;
    }
  return TRUE;
}

static gboolean
count_projects (YejiSql   *sql,
                gpointer   data,
                GError   **error)
{
  g_autoptr (YejiRows) rows = yeji_sql_query (sql, error,
                                              "SELECT coalesce (sum (n), 0) FROM listing_count", "");

  if (rows == NULL || !yeji_rows_next (rows, error))
    return FALSE;
  *(guint *) data = (guint) yeji_rows_int (rows, 0);
  return TRUE;
}

static YejiDb *
open_province (const char *dir)
{
  g_autoptr (GError) error = NULL;
  YejiDb *db = yeji_server_schema_open (dir, &error);

  if (db == NULL)
    g_error ("%s", error->message);
  return db;
}

static void
close_province (YejiDb *db)
{
  yeji_db_close (db);
  g_object_unref (db);
}

/* What is there stays. */
static void
fill (YejiServerContext *context,
      const char        *dir,
      const char        *sample,
      guint              n)
{
  g_autofree char *path = g_build_filename (dir, "province.db", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiSql) sql = NULL;
  YejiDb *db = open_province (dir);
  gint64 begun = g_get_monotonic_time ();
  guint there = 0;

  if (!yeji_db_run (db, count_projects, &there, &error))
    g_error ("%s", error->message);
  close_province (db);
  if (there >= n)
    return;
  sql = yeji_sql_open (path, &error);
  if (sql == NULL || !yeji_sql_run_script (sql, haste, &error))
    g_error ("%s", error->message);
  for (guint first = there; first < n; first += BATCH)
    {
      Batch batch = { context, sample, first, MIN (BATCH, n - first), n };

      if (!yeji_sql_begin (sql, &error) || !fill_batch (sql, &batch, &error)
          || !yeji_sql_commit (sql, &error))
        g_error ("%s", error->message);
      if (first % 100000 == 0)
        g_printerr ("%u of %u\n", first, n);
    }
  g_print ("public page: %u projects put into the search: %.2f ms each\n", n - there,
           (double) (g_get_monotonic_time () - begun) / 1000.0 / (n - there));
}

static void
fill_slowly (YejiServerContext *context,
             const char        *dir,
             const char        *sample,
             guint              n)
{
  YejiDb *db = open_province (dir);
  gint64 begun = g_get_monotonic_time ();

  for (guint first = 0; first < n; first += STEP)
    {
      Batch batch = { context, sample, first, MIN (STEP, n - first), n };
      g_autoptr (GError) error = NULL;

      if (!yeji_db_run (db, fill_batch, &batch, &error))
        g_error ("%s", error->message);
    }
  g_print ("public page: %u projects written as the province writes: %.2f ms each\n", n,
           (double) (g_get_monotonic_time () - begun) / 1000.0 / n);
  close_province (db);
}

static gint64
read_figure (YejiSql    *sql,
             const char *question)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiRows) rows = yeji_sql_query (sql, &error, question, "");

  if (rows == NULL || !yeji_rows_next (rows, &error))
    g_error ("%s: %s", question, error->message);
  return yeji_rows_int (rows, 0);
}

/* Whether two fills have the same rows, and the same words at the same places of the index. How the
 * index has them in pieces on the disk is SQLite's. */
static gboolean
compare_fills (const char *one,
               const char *other)
{
  static const char * const tables[] = {
    "listing", "listing_count", "publication", "publication_event", "words", "staging", "serial",
  };
  g_autofree char *path = g_build_filename (one, "province.db", NULL);
  g_autofree char *file = g_build_filename (other, "province.db", NULL);
  g_autofree char *script = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiSql) sql = yeji_sql_open (path, &error);
  gboolean good = TRUE;

  script = g_strdup_printf ("ATTACH '%s' AS other;"
                            "CREATE VIRTUAL TABLE temp.words USING fts5vocab"
                            " (main, listing_text, instance);"
                            "CREATE VIRTUAL TABLE temp.other_words USING fts5vocab"
                            " (other, listing_text, instance);", file);
  if (sql == NULL || !yeji_sql_run_script (sql, script, &error))
    g_error ("%s", error->message);
  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      gboolean words = g_str_equal (tables[i], "words");
      g_autofree char *mine = g_strconcat (words ? "temp." : "main.", tables[i], NULL);
      g_autofree char *its = g_strconcat (words ? "temp.other_" : "other.", tables[i], NULL);
      g_autofree char *count = g_strdup_printf ("SELECT count (*) FROM %s", mine);
      g_autofree char *all = g_strdup_printf ("SELECT count (*) FROM %s", its);
      g_autofree char *same = g_strdup_printf ("SELECT count (*) FROM (SELECT * FROM %s EXCEPT"
                                               " SELECT * FROM %s)", mine, its);
      gint64 n = read_figure (sql, count), n_other = read_figure (sql, all);
      gint64 n_missing = read_figure (sql, same);

      g_print ("public page: %s: %" G_GINT64_FORMAT " rows, %s\n", tables[i], n,
               n == n_other && n_missing == 0 ? "the same" : "FAILED: not the same");
      good = good && n == n_other && n_missing == 0;
    }
  return good;
}

static int
compare_ways (const char *dir,
              const char *sample,
              guint       n)
{
  g_autofree char *quick = g_build_filename (dir, "quick", NULL);
  g_autofree char *usual = g_build_filename (dir, "usual", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiServerContext) context = yeji_server_context_new (dir, NULL, &error);

  if (context == NULL)
    g_error ("%s", error->message);
  fill (context, quick, sample, n);
  fill_slowly (context, usual, sample, n);
  return compare_fills (usual, quick) ? 0 : 1;
}

typedef struct
{
  YejiServerContext *context;
  const char *path;
  const char *query;
  gsize length;
} Ask;

static gboolean
ask (YejiSql   *sql,
     gpointer   data,
     GError   **error)
{
  Ask *call = data;
  YejiResponse *refusal = NULL;
  g_autoptr (YejiRequest) request = yeji_request_new ("GET", call->path, call->query);
  const YejiRoute *route = yeji_router_find (request, &refusal);
  g_autoptr (YejiResponse) response = NULL;

  g_assert_nonnull (route);
  response = yeji_router_begin (route, call->context, sql, request, error);
  if (response == NULL)
    return FALSE;
  g_assert_cmpuint (response->status, ==, 200);
  call->length = g_bytes_get_size (response->content);
  return TRUE;
}

static int
compare (gconstpointer a,
         gconstpointer b)
{
  double one = *(const double *) a, other = *(const double *) b;

  return one < other ? -1 : one > other;
}

/* %s is replaced by something else in each run, so that nothing is answered from what was read for
 * the run before. */
static const struct
{
  const char *name;
  const char *query;
  enum { NOTHING, NAME, ENTERPRISE, NUMBER, CHARACTER, ABSENT, COUNTY } with;
} questions[] = {
  { "no question", "", NOTHING },
  { "one character", "q=%s", CHARACTER },
  { "part of a name", "q=%s", NAME },
  { "an enterprise", "q=%s&in=enterprise", ENTERPRISE },
  { "a number", "q=%s&in=number", NUMBER },
  { "the last four digits of a number", "q=%s&in=number", ABSENT },
  { "two words that every second project has", "q=%s+工程", CHARACTER },
  { "a city and a grade", "area=%s&grade=A", COUNTY },
  { "ongoing ones of a county", "area=%s&state=ongoing", COUNTY },
  { "a character, county, grade, kind and role",
    "q=学&area=%s&grade=B&kind=01&role=design", COUNTY },
  { "common words that are never together", "q=给水管网改造+隧道+%s", NAME },
  { "far back, of all", "after=%s", NOTHING },
  { "oldest first, one character", "q=%s&order=oldest", CHARACTER },
};

static char *
make_word (guint question,
           guint run,
           guint n)
{
  guint i = mix (run * 31 + question) % n;
  Project project;
  char *word;

  make_project (&project, i, n);
  switch (questions[question].with)
    {
    case NAME:
      word = g_utf8_substring (project.name, 2, 6);
      break;
    case ENTERPRISE:
      word = g_strdup (project.enterprise);
      break;
    case NUMBER:
      word = g_strdup (project.number);
      break;
    case ABSENT:
      word = g_strdup (project.number + 12);
      break;
    case CHARACTER:
      word = g_utf8_substring (project.name, (glong) (run % 8), (glong) (run % 8) + 1);
      break;
    case COUNTY:
      word = g_strdup (project.listing.area);
      break;
    case NOTHING:
    default:
      word = g_strdup_printf ("%" G_GINT64_FORMAT,
                              (gint64) (734503 + i % DAYS) << 24);  /* 2012-01-01 is day 734503 */
      break;
    }
  clear_project (&project);
  return word;
}

static double
measure (YejiDb            *db,
         YejiServerContext *context,
         const char        *name,
         GPtrArray         *calls)
{
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GError) error = NULL;
  gsize length = 0;
  double median, last;

  /* once without counting, so that what all of them read is at hand */
  for (guint i = 0; i < calls->len + 5; i++)
    {
      Ask *call = g_ptr_array_index (calls, i % calls->len);
      gint64 begun = g_get_monotonic_time ();
      double took;

      if (!yeji_db_run (db, ask, call, &error))
        g_error ("%s: %s", name, error->message);
      took = (double) (g_get_monotonic_time () - begun) / 1000.0;
      length += call->length;
      if (i >= 5)
        g_array_append_val (times, took);
    }
  g_array_sort (times, compare);
  median = g_array_index (times, double, times->len / 2);
  last = g_array_index (times, double, times->len * 99 / 100);
  g_print ("public page: %s: %.2f ms p50, %.2f ms p99, %" G_GSIZE_FORMAT " KB\n", name, median, last,
           length / (calls->len + 5) / 1000);
  return last;
}

static void
free_ask (gpointer data)
{
  Ask *call = data;

  g_free ((char *) call->path);
  g_free ((char *) call->query);
  g_free (call);
}

static gboolean
measure_searches (YejiDb            *db,
                  YejiServerContext *context,
                  guint              n)
{
  gboolean good = TRUE;

  for (guint i = 0; i < G_N_ELEMENTS (questions); i++)
    {
      g_autoptr (GPtrArray) calls = g_ptr_array_new_with_free_func (free_ask);

      for (guint run = 0; run < RUNS; run++)
        {
          g_autofree char *word = make_word (i, run, n);
          Ask *call = g_new0 (Ask, 1);

          call->context = context;
          call->path = g_strdup ("/");
          call->query = g_strdup_printf (questions[i].query, word);
          g_ptr_array_add (calls, call);
        }
      if (measure (db, context, questions[i].name, calls) > LONGEST_MS)
        {
          g_print ("public page: %s: FAILED: longer than %.0f ms\n", questions[i].name, LONGEST_MS);
          good = FALSE;
        }
    }
  return good;
}

static gboolean
measure_pages (YejiDb            *db,
               YejiServerContext *context,
               guint              n)
{
  g_autoptr (GPtrArray) calls = g_ptr_array_new_with_free_func (free_ask);

  for (guint run = 0; run < RUNS; run++)
    {
      Ask *call = g_new0 (Ask, 1);
      Project project;

      make_project (&project, mix (run) % (n / WHOLE_EVERY) * WHOLE_EVERY, n);
      call->context = context;
      call->path = g_strconcat ("/projects/", project.uuid, NULL);
      clear_project (&project);
      g_ptr_array_add (calls, call);
    }
  return measure (db, context, "the page of a project", calls) <= LONGEST_MS;
}

static int
measure_all (const char *dir,
             const char *sample,
             guint       n)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiServerContext) context = yeji_server_context_new (dir, NULL, &error);
  YejiDb *db, *reader;
  gboolean good;

  if (context == NULL)
    g_error ("%s", error->message);
  fill (context, dir, sample, n);
  db = open_province (dir);
  reader = yeji_db_open_reader (db, &error);
  if (reader == NULL)
    g_error ("%s", error->message);
  good = measure_searches (reader, context, n);
  good = measure_pages (reader, context, n) && good;
  close_province (reader);
  close_province (db);
  return good ? 0 : 1;
}

int
main (int   argc,
      char *argv[])
{
  const gboolean compares = argc == 5 && g_str_equal (argv[1], "--compare");
  char **args = argv + (compares ? 2 : 1);
  g_autofree char *sample = NULL;
  g_autoptr (GError) error = NULL;
  guint n;

  if (argc != 4 + compares || (n = (guint) atoi (args[2])) < 1000)
    {
      g_printerr ("bench-public [--compare] DIR SAMPLE N\n");
      return 2;
    }
  if (!g_file_get_contents (args[1], &sample, NULL, &error))
    g_error ("%s", error->message);
  return compares ? compare_ways (args[0], sample, n) : measure_all (args[0], sample, n);
}
