// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "yeji-legacy-judge.h"
#include "yeji-legacy-map.h"
#include "yeji-legacy-finish.h"
#include "yeji-legacy-publish.h"
#include "yeji-legacy-stage.h"

#include "yeji-province-resources.h"
#include "yeji-server-fixture.h"

#define SUM "0123456789abcdef"
#define N_RECORDS 5

static YejiLegacyMap *
load_map (Province *province)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) json = g_resource_lookup_data (yeji_province_get_resource (),
                                                    "/org/yeji/province/legacy.json",
                                                    G_RESOURCE_LOOKUP_FLAGS_NONE, &error);
  YejiLegacyMap *map;

  g_assert_no_error (error);
  map = yeji_legacy_map_new (json, province->context->dictionary, province->context->offices,
                             &error);
  g_assert_no_error (error);
  return map;
}

static const struct
{
  const char *sheet;           /* "": a sheet of projects with columns of other tables */
  const char *heading;
  const char *expected;        /* Table.Field, and a unit in brackets; or the number of a meta */
} columns[] = {
  { "工程项目信息", "工程名称", "TBProjectInfo.PrjName" },
  { "施工许可", "buld_plan_num", "TBBuilderLicenceManage.BuildPlanNum" },
  { "施工许可", "ISSUECERTDATE", "TBBuilderLicenceManage.ReleaseDate" },
  { "施工许可", "发证日期", "TBBuilderLicenceManage.ReleaseDate" },
  { "竣工验收备案", "Prj_Finish_Name", "TBProjectFinishManage.FinPrjName" },
  { "合同备案", "合同金额（元）", "TBContractRecordManage.ContractMoney(元)" },
  { "合同备案", "合同金额(万元)", "TBContractRecordManage.ContractMoney" },
  { "合同备案", " * 合同登记编号 ：", "TBContractRecordManage.RecordNum" },
  { "工程项目信息", "CheckDepartName", "meta 5" },
  { "工程项目信息", "审核状态", "meta 4" },
  { "工程项目信息", "备用字段", NULL },
  { "", "中标金额", "TBTenderInfo.TenderMoney" },
  { "", "合同备案.合同金额", "TBContractRecordManage.ContractMoney" },
  { "", "合同备案.审核人", NULL },
  { "", "承包单位名称", "TBContractRecordManage.ContractorCorpName" },
  { "", "实际造价", NULL },    /* of two tables */
};

static void
test_columns (Province      *province,
              gconstpointer  data)
{
  g_autoptr (YejiLegacyMap) map = load_map (province);

  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      YejiLegacyColumn column = { NULL, -1, "" };
      g_autofree char *found = NULL;
      gboolean known;

      if (*columns[i].sheet == '\0')
        known = yeji_legacy_map_find_wide (map, columns[i].heading, &column);
      else
        known = yeji_legacy_map_find_column (map, yeji_legacy_map_find_table (map,
                                                                              columns[i].sheet),
                                             columns[i].heading, &column);
      if (known && column.field != NULL)
        found = g_strdup_printf ("%s.%s%s%s%s", column.field->table->id, column.field->id,
                                 *column.unit != '\0' ? "(" : "", column.unit,
                                 *column.unit != '\0' ? ")" : "");
      else if (known)
        found = g_strdup_printf ("meta %d", column.meta);
      if (g_strcmp0 (found, columns[i].expected) != 0)
        g_error ("%s: %s, not %s", columns[i].heading, found, columns[i].expected);
    }
}

static void
test_words (Province      *province,
            gconstpointer  data)
{
  g_autoptr (YejiLegacyMap) map = load_map (province);

  g_assert_cmpint (yeji_legacy_map_find_state (map, "已 通过"), ==, YEJI_LEGACY_APPROVED);
  g_assert_cmpint (yeji_legacy_map_find_state (map, "待审核"), ==, YEJI_LEGACY_PENDING);
  g_assert_cmpint (yeji_legacy_map_find_state (map, "草稿"), ==, YEJI_LEGACY_UNKNOWN);
  g_assert_cmpstr (yeji_legacy_map_find_role (map, "施工单位"), ==, "construction");
  g_assert_null (yeji_legacy_map_find_role (map, "甲方"));
  g_assert_cmpstr (yeji_legacy_map_find_office (map, "长春新区管委会")->grade, ==, "B");
  g_assert_cmpstr (yeji_legacy_map_find_office (map, "朝阳区住房和城乡建设局")->grade, ==, "C");
  g_assert_null (yeji_legacy_map_find_office (map, "某局"));
}

/* A file of projects of which little is known: all become D. */
static YejiDb *
make_stage (Province      *province,
            YejiLegacyMap *map)
{
  g_autofree char *path = g_build_filename (province->dir, "old.json", NULL);
  g_autoptr (GString) text = g_string_new ("[");
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiDb) reader = NULL;
  YejiDb *stage;

  for (guint i = 0; i < N_RECORDS; i++)
    g_string_append_printf (text, "%s{\"业绩编号\":\"%u\",\"企业名称\":\"示例（虚构）\","
                            "\"企业代码\":\"91220000MA00000001\",\"企业类型\":\"施工\","
                            "\"审核状态\":\"通过\",\"审核部门\":\"220100\",\"审核人\":\"李审核\","
                            "\"审核时间\":\"2019-06-01\",\"项目名称\":\"示例%u（虚构）\","
                            "\"项目编号\":\"220104160330%04u\"}", i > 0 ? "," : "", i, i, i + 1);
  g_string_append_c (text, ']');
  g_assert_true (g_file_set_contents (path, text->str, -1, NULL));
  stage = yeji_legacy_stage_open (province->dir, SUM, "1", &error);
  g_assert_no_error (error);
  reader = yeji_db_open_reader (province->db, &error);
  g_assert_no_error (error);
  yeji_legacy_read (stage, map, province->context->dictionary, path, &error);
  g_assert_no_error (error);
  yeji_legacy_judge (stage, reader, province->context, map, &error);
  g_assert_no_error (error);
  yeji_db_close (reader);
  return stage;
}

typedef struct
{
  const char *statement;
  gint64 n;
} Query;

static gboolean
run_query (YejiSql   *sql,
           gpointer   data,
           GError   **error)
{
  Query *query = data;
  g_autoptr (YejiRows) rows = yeji_sql_query (sql, error, query->statement, "");

  g_assert_no_error (*error);
  if (yeji_rows_next (rows, error))
    query->n = yeji_rows_int (rows, 0);
  return *error == NULL;
}

static gint64
ask (Province   *province,
     const char *statement)
{
  Query query = { statement, -1 };
  g_autoptr (GError) error = NULL;

  yeji_db_run (province->db, run_query, &query, &error);
  g_assert_no_error (error);
  return query.n;
}

/* What everybody sees. */
static gint64
count_public (Province *province)
{
  g_autoptr (YejiResponse) response = province_ask (province, NULL, "GET", "/v1/public/projects",
                                                    NULL, NULL, NULL);

  return json_object_get_int_member (get_body (response), "total");
}

/* What is killed between two steps has begun, and ends when it is called again. */
static void
test_goes_on (Province      *province,
              gconstpointer  data)
{
  g_autoptr (YejiLegacyMap) map = load_map (province);
  g_autoptr (YejiDb) stage = make_stage (province, map);
  g_autoptr (GError) error = NULL;
  gboolean begun, done;

  ask (province, "CREATE TRIGGER no_more BEFORE INSERT ON record"
                 " WHEN (SELECT count (*) FROM record) >= 4 BEGIN"
                 " SELECT RAISE (ABORT, 'the disk is full'); END");
  g_assert_false (yeji_legacy_publish (stage, province->db, province->context, SUM, "old.json", 2,
                                       NULL, &error));
  g_assert_nonnull (error);
  g_clear_error (&error);
  g_assert_cmpint (ask (province, "SELECT count (*) FROM record"), ==, 4);
  g_assert_cmpint (count_public (province), ==, 0);
  g_assert_true (yeji_legacy_is_done (province->db, SUM, &begun, &done, &error));
  g_assert_true (begun && !done);

  ask (province, "DROP TRIGGER no_more");
  for (guint i = 0; i < 2; i++)
    {
      yeji_legacy_publish (stage, province->db, province->context, SUM, "old.json", 2, NULL,
                           &error);
      g_assert_no_error (error);
      g_assert_cmpint (ask (province, "SELECT count (*) FROM record WHERE grade = 'D'"), ==,
                       N_RECORDS);
      g_assert_cmpint (count_public (province), ==, N_RECORDS);
      g_assert_cmpint (ask (province, "SELECT sum (n) FROM listing_count"), ==, N_RECORDS);
      g_assert_cmpint (ask (province, "SELECT count (*) FROM change"), ==, N_RECORDS);
      g_assert_cmpint (ask (province, "SELECT count (*) FROM publication"), ==, N_RECORDS);
      g_assert_cmpint (ask (province, "SELECT count (*) FROM audit WHERE what = 'record.imported'"),
                       ==, N_RECORDS);
    }
  g_assert_true (yeji_legacy_is_done (province->db, SUM, &begun, &done, &error));
  g_assert_true (begun && done);
  yeji_db_close (stage);
  g_assert_true (yeji_legacy_stage_remove (province->dir, SUM, &error));
}

static gboolean
is_over (gpointer data)
{
  Query query = { "SELECT count (*) FROM legacy_import WHERE state = 'done'", -1 };

  yeji_db_run (data, run_query, &query, NULL);
  return query.n == 1;
}

/* What nobody goes on with is brought to its end by the server. */
static void
test_is_finished (Province      *province,
                  gconstpointer  data)
{
  g_autoptr (YejiLegacyMap) map = load_map (province);
  g_autoptr (YejiDb) stage = make_stage (province, map);
  g_autofree char *kept = g_build_filename (province->dir, "imports", SUM ".db", NULL);
  g_autoptr (GError) error = NULL;
  YejiLegacyFinish *finish;

  ask (province, "CREATE TRIGGER no_more BEFORE INSERT ON record"
                 " WHEN (SELECT count (*) FROM record) >= 4 BEGIN"
                 " SELECT RAISE (ABORT, 'the disk is full'); END");
  g_assert_false (yeji_legacy_publish (stage, province->db, province->context, SUM, "old.json", 2,
                                       NULL, &error));
  yeji_db_close (stage);
  ask (province, "DROP TRIGGER no_more");

  finish = yeji_legacy_finish_new (province->context, province->dir, province->db);
  for (guint i = 0; !is_over (province->db) && i < 20000; i++)
    g_thread_yield ();
  g_assert_true (is_over (province->db));
  yeji_legacy_finish_close (finish);
  g_assert_cmpint (count_public (province), ==, N_RECORDS);
  g_assert_cmpint (ask (province, "SELECT count (*) FROM staging"), ==, 0);
  g_assert_false (g_file_test (kept, G_FILE_TEST_EXISTS));
}

/* A file that comes in one step leaves nothing where it fails. */
static void
test_all_or_nothing (Province      *province,
                     gconstpointer  data)
{
  g_autoptr (YejiLegacyMap) map = load_map (province);
  g_autoptr (YejiDb) stage = make_stage (province, map);
  g_autoptr (GError) error = NULL;
  gboolean begun, done;

  ask (province, "CREATE TRIGGER no_more BEFORE INSERT ON record"
                 " WHEN (SELECT count (*) FROM record) >= 4 BEGIN"
                 " SELECT RAISE (ABORT, 'the disk is full'); END");
  g_assert_false (yeji_legacy_publish (stage, province->db, province->context, SUM, "old.json",
                                       YEJI_LEGACY_STEP, NULL, &error));
  g_clear_error (&error);
  g_assert_cmpint (ask (province, "SELECT count (*) FROM record"), ==, 0);
  g_assert_cmpint (ask (province, "SELECT count (*) FROM change"), ==, 0);
  g_assert_true (yeji_legacy_is_done (province->db, SUM, &begun, &done, &error));
  g_assert_false (begun);
  yeji_db_close (stage);
}

/* What was kept under other names of columns is not gone on with. */
static void
test_another_map (Province      *province,
                  gconstpointer  data)
{
  g_autoptr (YejiLegacyMap) map = load_map (province);
  g_autoptr (YejiDb) stage = make_stage (province, map);
  g_autoptr (YejiDb) again = NULL;
  g_autoptr (GError) error = NULL;
  Query query = { "SELECT value FROM stage WHERE key = 'step'", -1 };

  yeji_db_close (stage);
  again = yeji_legacy_stage_open (province->dir, SUM, "2", &error);
  g_assert_no_error (error);
  g_assert_true (yeji_db_run (again, run_query, &query, &error));
  g_assert_cmpint (query.n, ==, YEJI_LEGACY_READING);
  yeji_db_close (again);
}

int
main (int    argc,
      char **argv)
{
  static const struct
  {
    const char *path;
    void (*func) (Province *province, gconstpointer data);
  } tests[] = {
    { "/server/legacy/columns-are-found-by-any-of-their-names", test_columns },
    { "/server/legacy/words-of-the-old-system", test_words },
    { "/server/legacy/an-import-that-was-ended-goes-on", test_goes_on },
    { "/server/legacy/the-server-ends-what-was-begun", test_is_finished },
    { "/server/legacy/one-step-is-all-or-nothing", test_all_or_nothing },
    { "/server/legacy/other-names-begin-anew", test_another_map },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Province, NULL, province_set_up, tests[i].func, province_tear_down);
  return g_test_run ();
}
