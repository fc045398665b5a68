// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "yeji-import-file.h"

#include "extended-dictionary.h"
#include "yeji-test.h"

typedef struct
{
  char *dir;
  YejiDictionary *dictionary;
  YejiNormaliser *normaliser;
  YejiImportLayout *layout;
  YejiImportFile *file;
} Fixture;

static void
take_dictionary (Fixture        *fixture,
                 YejiDictionary *dictionary)
{
  fixture->dictionary = dictionary;
  fixture->normaliser = yeji_normaliser_new (dictionary);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  fixture->dir = yeji_test_dir_new ();
  take_dictionary (fixture, yeji_dictionary_new_built_in (&error));
  g_assert_no_error (error);
}

static void
drop_file (Fixture *fixture)
{
  g_clear_object (&fixture->file);
  g_clear_pointer (&fixture->layout, yeji_import_layout_free);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  drop_file (fixture);
  g_object_unref (fixture->normaliser);
  g_object_unref (fixture->dictionary);
  yeji_test_dir_remove (fixture->dir);
  g_free (fixture->dir);
}

static YejiSheets *
open_text (Fixture    *fixture,
           const char *text)
{
  g_autofree char *path = g_build_filename (fixture->dir, "list.csv", NULL);
  g_autoptr (GError) error = NULL;
  YejiSheets *sheets;

  g_assert_true (g_file_set_contents (path, text, -1, &error));
  sheets = yeji_sheets_open (path, &error);
  g_assert_no_error (error);
  return sheets;
}

static void
guess (Fixture    *fixture,
       const char *text,
       const char *kept)
{
  g_autoptr (YejiSheets) sheets = open_text (fixture, text);
  g_autoptr (GError) error = NULL;

  drop_file (fixture);
  fixture->layout = yeji_import_layout_guess (fixture->dictionary, fixture->normaliser, sheets,
                                              kept, &error);
  g_assert_no_error (error);
}

static void
read_text (Fixture    *fixture,
           const char *text)
{
  g_autoptr (YejiSheets) sheets = NULL;
  g_autoptr (GError) error = NULL;

  guess (fixture, text, NULL);
  sheets = open_text (fixture, text);
  fixture->file = yeji_import_file_read_sheets (sheets, fixture->layout, fixture->dictionary,
                                                fixture->normaliser, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
}

static const YejiImportColumn *
get_column (Fixture *fixture,
            guint    column)
{
  return g_ptr_array_index (yeji_import_layout_get_sheet (fixture->layout, 0)->columns, column);
}

/* ---- Which column is what */

static void
test_headings (Fixture       *fixture,
               gconstpointer  data)
{
  static const struct
  {
    const char *heading;
    const char *field;           /* NULL: none */
    const char *unit;
    YejiImportHow how;
  } cases[] = {
    { "PrjName", "PrjName", NULL, YEJI_IMPORT_HOW_ID },
    { "项目名称", "PrjName", NULL, YEJI_IMPORT_HOW_NAME },
    { " 项 目 名 称＊：", "PrjName", NULL, YEJI_IMPORT_HOW_NAME },
    { "Name of the project", NULL, NULL, YEJI_IMPORT_HOW_NONE },
    { "项目编码", "PrjNum", NULL, YEJI_IMPORT_HOW_SYNONYM },
    { "buld_plan_num", "BuildPlanNum", NULL, YEJI_IMPORT_HOW_SYNONYM },
    { "总投资（万元）", "AllInvest", NULL, YEJI_IMPORT_HOW_NAME },
    { "总投资(元)", "AllInvest", "元", YEJI_IMPORT_HOW_NAME },
    { "总面积（万平方米）", "AllArea", "万平方米", YEJI_IMPORT_HOW_NAME },
    { "总投资（含税）", "AllInvest", NULL, YEJI_IMPORT_HOW_NAME },
    { "备用", NULL, NULL, YEJI_IMPORT_HOW_NONE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup_printf ("建设单位,具体地点,%s\n示例公司（虚构）,示例街,\n",
                                               cases[i].heading);
      const YejiImportColumn *column;

      guess (fixture, text, NULL);
      column = get_column (fixture, 2);
      g_assert_cmpstr (column->field != NULL ? column->field->id : NULL, ==, cases[i].field);
      g_assert_cmpstr (column->unit, ==, cases[i].unit);
      g_assert_cmpint (column->how, ==, cases[i].how);
    }
}

/* What enterprises call the project is the project's, although other tables have such a label. */
static void
test_own_first (Fixture       *fixture,
                gconstpointer  data)
{
  guess (fixture, "序号,工程名称,建设单位,项目经理,合同额（万元）,竣工日期\n1,一（虚构）,甲,乙,3,2018-01-01\n",
         NULL);
  g_assert_cmpstr (yeji_import_layout_get_sheet (fixture->layout, 0)->table->member, ==, "project");
  g_assert_cmpstr (get_column (fixture, 1)->field->id, ==, "PrjName");
  g_assert_cmpstr (get_column (fixture, 3)->field->id, ==, "ConstructorName");
  g_assert_cmpstr (get_column (fixture, 4)->field->table->member, ==, "contracts");
  g_assert_cmpstr (get_column (fixture, 5)->field->table->member, ==, "acceptances");
  guess (fixture, "工程名称,项目名称,建设单位,发证日期\n一（虚构）,二（虚构）,甲,2018-01-01\n", NULL);
  g_assert_cmpstr (get_column (fixture, 1)->field->id, ==, "PrjName");
  g_assert_true (get_column (fixture, 0)->field->table != get_column (fixture, 1)->field->table);
}

/* Columns that only their cells tell, and those that they do not. */
static void
test_contents (Fixture       *fixture,
               gconstpointer  data)
{
  guess (fixture, "合同编号,合同金额,签约时间,类,序号\n"
                  "HT-1,1,2016-03-30,施工总承包,1\nHT-2,2,2016年5月,监理合同,2\n"
                  "HT-3,3,2016.6.1,施工分包,3\n", NULL);
  g_assert_cmpstr (yeji_import_layout_get_sheet (fixture->layout, 0)->table->member, ==,
                   "contracts");
  g_assert_null (get_column (fixture, 2)->field);
  g_assert_cmpstr (get_column (fixture, 3)->field->id, ==, "ContractTypeNum");
  g_assert_cmpint (get_column (fixture, 3)->how, ==, YEJI_IMPORT_HOW_CONTENT);
  g_assert_null (get_column (fixture, 4)->field);
}

static void
test_kept (Fixture       *fixture,
           gconstpointer  data)
{
  static const char text[] = "项目名称,建设单位,甲\n示例（虚构）,示例公司,x\n";
  const YejiFieldDef *field = yeji_dictionary_find_field (fixture->dictionary, "TBProjectInfo",
                                                          "Address");
  g_autofree char *kept = NULL;
  g_autofree char *kind = NULL;

  guess (fixture, text, NULL);
  kind = g_strdup (yeji_import_layout_get_kind (fixture->layout));
  yeji_import_layout_set_column (fixture->layout, 0, 2, field, YEJI_IMPORT_KEY_NONE);
  yeji_import_layout_set_column (fixture->layout, 0, 1, NULL, YEJI_IMPORT_KEY_NONE);
  kept = yeji_import_layout_to_json (fixture->layout);
  g_assert_null (strstr (kept, "示例公司"));      /* no cell is remembered */
  guess (fixture, text, kept);
  g_assert_cmpstr (yeji_import_layout_get_kind (fixture->layout), ==, kind);
  g_assert_true (get_column (fixture, 2)->field == field);
  g_assert_cmpint (get_column (fixture, 2)->how, ==, YEJI_IMPORT_HOW_KEPT);
  g_assert_null (get_column (fixture, 1)->field);
  guess (fixture, text, "{\"sheets\":[{\"sheet\":7},{\"sheet\":0,\"columns\":[{\"column\":99},[],"
                        "{\"column\":2,\"heading\":\"甲\",\"field\":\"No.Such\"}]}]}");
  g_assert_null (get_column (fixture, 2)->field);
}

/* ---- Cells */

static void
test_mended (Fixture       *fixture,
             gconstpointer  data)
{
  const YejiImportPlace place = { 0, 1, 1 };
  YejiImportPlace first;
  YejiImportCell cell;
  g_autofree char *words = NULL;
  g_autofree char *name = NULL;

  read_text (fixture, "项目名称,立项批复时间,建设单位\n一（虚构）,2016-03-30,甲\n二（虚构）,三月,乙\n");
  g_assert_cmpint (yeji_import_file_get_n_bad (fixture->file), ==, 1);
  yeji_import_file_get_bad (fixture->file, 0, &first);
  g_assert_cmpmem (&first, sizeof first, &place, sizeof place);
  yeji_import_file_get_cell (fixture->file, &place, &cell);
  g_assert_cmpint (cell.trouble, ==, YEJI_IMPORT_DATE);
  g_assert_cmpstr (cell.text, ==, "三月");
  words = yeji_import_file_explain (fixture->file, &place);
  g_assert_nonnull (strstr (words, "三月"));
  name = yeji_import_file_name_cell (fixture->file, &place);
  g_assert_cmpstr (name, ==, "B3");
  g_assert_cmpint (yeji_import_file_get_n_bad_of (fixture->file, 1), ==, 1);

  yeji_import_file_set_text (fixture->file, &place, "2016年3月31日");
  g_assert_cmpint (yeji_import_file_get_n_bad (fixture->file), ==, 0);
  yeji_import_file_get_cell (fixture->file, &place, &cell);
  g_assert_cmpstr (cell.value, ==, "2016-03-31");
  g_assert_null (yeji_import_file_explain (fixture->file, &place));
  g_assert_cmpint (yeji_import_file_get_n_bad_of (fixture->file, 1), ==, 0);
}

/* A cell may say "%s", and a personal number is not told to who looks on. */
static void
test_words (Fixture       *fixture,
            gconstpointer  data)
{
  const YejiImportPlace date = { 0, 0, 1 }, card = { 0, 0, 2 };
  g_autofree char *words = NULL;
  g_autofree char *masked = NULL;

  read_text (fixture, "单位名称,项目编号,证件号码,联系电话\n示例（虚构）,%s%n,"
                      "220102198501010018888888888888888888,1\n");
  if (yeji_import_file_get_n_bad_of (fixture->file, 0) > 0)
    {
      words = yeji_import_file_explain (fixture->file, &date);
      masked = yeji_import_file_explain (fixture->file, &card);
    }
  g_assert_true (words == NULL || strstr (words, "%s%n") != NULL);
  g_assert_nonnull (masked);
  g_assert_null (strstr (masked, "19850101"));
}

/* Rows that repeat the same project are one record, and what they repeat is there once. */
static void
test_flat (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (YejiRecord) record = NULL;
  const YejiTableDef *contracts = yeji_dictionary_find_member (fixture->dictionary, "contracts");
  const YejiTableDef *permits = yeji_dictionary_find_member (fixture->dictionary, "permits");

  read_text (fixture, "项目名称,建设单位,合同编号,合同金额,施工许可证编号,发证日期\n"
                      "一（虚构）,甲,HT-1,1,SG-1,2016-06-01\n一（虚构）,甲,HT-1,1,SG-2,2016-07-01\n"
                      "一（虚构）,,HT-2,2,,\n\n二（虚构）,乙,,,,\n");
  g_assert_cmpint (yeji_import_file_get_n_records (fixture->file), ==, 2);
  record = yeji_import_file_make_record (fixture->file, 0, NULL, NULL, FALSE);
  g_assert_cmpint (yeji_record_get_n_rows (record, contracts), ==, 2);
  g_assert_cmpint (yeji_record_get_n_rows (record, permits), ==, 2);
  g_assert_cmpstr (yeji_row_get_by_id (yeji_record_get_project (record), "BuildCorpName"), ==, "甲");
}

/* A field and a table that no source knows. */
static void
test_extended (Fixture       *fixture,
               gconstpointer  data)
{
  g_autofree char *parts = g_build_filename (fixture->dir, "dictionary", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiRecord) record = NULL;
  const YejiTableDef *table;
  g_autofree char *text = NULL;

  yeji_test_extend_dictionary (parts);
  g_object_unref (fixture->normaliser);
  g_object_unref (fixture->dictionary);
  take_dictionary (fixture, yeji_dictionary_new_from_dir (parts, &error));
  g_assert_no_error (error);
  read_text (fixture, "项目名称,建设单位,项目俗称（虚构）\n一（虚构）,甲,大楼\n");
  record = yeji_import_file_make_record (fixture->file, 0, NULL, NULL, FALSE);
  g_assert_cmpstr (yeji_row_get_by_id (yeji_record_get_project (record), "Nickname"), ==, "大楼");
  read_text (fixture, "项目名称,建设单位,项目俗称（虚构）\n一（虚构）,甲,这个俗称实在是太长了\n");
  g_assert_cmpint (yeji_import_file_get_n_bad (fixture->file), ==, 1);

  table = yeji_dictionary_find_table (fixture->dictionary, "XInsurance");
  text = g_strdup_printf ("项目名称,%s.%s\n一（虚构）,x\n", table->id,
                          ((YejiFieldDef *) g_ptr_array_index (table->fields, 1))->id);
  guess (fixture, text, NULL);
  g_assert_true (get_column (fixture, 1)->field->table == table);
}

int
main (int    argc,
      char **argv)
{
  static const struct
  {
    const char *path;
    void (*test) (Fixture *fixture, gconstpointer data);
  } tests[] = {
    { "/import/layout/a-heading-means-a-field-by-its-id-label-or-alias", test_headings },
    { "/import/layout/what-the-project-is-called-is-the-projects", test_own_first },
    { "/import/layout/cells-tell-what-a-heading-does-not", test_contents },
    { "/import/layout/what-the-clerk-said-is-kept", test_kept },
    { "/import/file/a-red-cell-is-mended-in-place", test_mended },
    { "/import/file/the-words-quote-the-cell-and-hide-what-is-personal", test_words },
    { "/import/file/rows-of-one-project-are-one-record", test_flat },
    { "/import/file/what-no-source-knows-comes-in", test_extended },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].test, tear_down);
  return g_test_run ();
}
