// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "yeji-import-plan.h"

#include "yeji-import-memory.h"
#include "yeji-test.h"
#include "yeji-undo.h"

#define NUMBER "2201041603300001"

typedef struct
{
  char *dir;
  YejiDictionary *dictionary;
  YejiNormaliser *normaliser;
  YejiStore *store;
  YejiImportFile *file;
  YejiImportPlan *plan;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autofree char *profile = NULL;
  g_autoptr (YejiDictionary) built_in = NULL;
  g_autoptr (GError) error = NULL;

  fixture->dir = yeji_test_dir_new ();
  profile = g_build_filename (fixture->dir, "profile", NULL);
  built_in = yeji_dictionary_new_built_in (&error);
  g_assert_no_error (error);
  fixture->store = yeji_store_open (profile, built_in, &error);
  g_assert_no_error (error);
  fixture->dictionary = g_object_ref (yeji_store_get_dictionary (fixture->store));
  fixture->normaliser = yeji_normaliser_new (fixture->dictionary);
}

static void
drop (Fixture *fixture)
{
  if (fixture->plan != NULL)
    g_assert_finalize_object (g_steal_pointer (&fixture->plan));
  if (fixture->file != NULL)
    g_assert_finalize_object (g_steal_pointer (&fixture->file));
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  drop (fixture);
  yeji_store_close (fixture->store);
  g_assert_finalize_object (g_steal_pointer (&fixture->store));
  g_object_unref (fixture->normaliser);
  g_object_unref (fixture->dictionary);
  yeji_test_dir_remove (fixture->dir);
  g_free (fixture->dir);
}

/* What importing a CSV file would do. */
static void
plan (Fixture    *fixture,
      const char *text)
{
  g_autofree char *path = g_build_filename (fixture->dir, "list.csv", NULL);
  g_autoptr (YejiSheets) sheets = NULL;
  g_autoptr (YejiImportLayout) layout = NULL;
  g_autoptr (GError) error = NULL;

  drop (fixture);
  g_assert_true (g_file_set_contents (path, text, -1, &error));
  sheets = yeji_sheets_open (path, &error);
  g_assert_no_error (error);
  layout = yeji_import_layout_guess (fixture->dictionary, fixture->normaliser, sheets, NULL,
                                     &error);
  g_assert_no_error (error);
  fixture->file = yeji_import_file_read_sheets (sheets, layout, fixture->dictionary,
                                                fixture->normaliser, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  fixture->plan = yeji_import_plan_new (fixture->store, fixture->file, FALSE, NULL, NULL, NULL,
                                        &error);
  g_assert_no_error (error);
}

static const YejiImportItem *
get_item (Fixture *fixture,
          guint    index)
{
  return yeji_import_plan_get_item (fixture->plan, index);
}

static char *
apply (Fixture  *fixture,
       gboolean  skip_bad)
{
  const YejiImportOptions options = { skip_bad };
  g_autoptr (GError) error = NULL;
  char *batch = NULL;

  g_assert_true (yeji_import_plan_apply (fixture->plan, &options, NULL, NULL, &batch, NULL,
                                         &error));
  g_assert_no_error (error);
  g_assert_nonnull (batch);
  return batch;
}

static void
refuse (Fixture *fixture,
        int      code)
{
  const YejiImportOptions options = { FALSE };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (GPtrArray) after = NULL;

  entries = yeji_store_list (fixture->store, NULL);
  g_assert_false (yeji_import_plan_apply (fixture->plan, &options, NULL, NULL, NULL, NULL, &error));
  g_assert_error (error, YEJI_IMPORT_ERROR, code);
  after = yeji_store_list (fixture->store, NULL);
  g_assert_cmpint (entries->len, ==, after->len);
}

/* By the number, though the name is another; by the name, unless the numbers differ. */
static void
test_matched (Fixture       *fixture,
              gconstpointer  data)
{
  g_autofree char *batch = NULL;
  g_autofree char *first = NULL;

  plan (fixture, "项目编号,项目名称,建设单位\n" NUMBER ",一（虚构）,甲\n,二（虚构）,乙\n");
  g_assert_cmpint (yeji_import_plan_count (fixture->plan, YEJI_IMPORT_NEW), ==, 2);
  first = g_strdup (get_item (fixture, 0)->uuid);
  batch = apply (fixture, FALSE);
  g_assert_cmpint (yeji_import_plan_get_n_errors (fixture->plan), >, 0);

  plan (fixture, "项目编号,项目名称,建设单位\n" NUMBER ",改名（虚构）,甲\n,二（虚构）,乙\n"
                 "2201041603300002,一（虚构）,丙\n");
  g_assert_cmpint (get_item (fixture, 0)->fate, ==, YEJI_IMPORT_UPDATE);
  g_assert_cmpstr (get_item (fixture, 0)->uuid, ==, first);
  g_assert_cmpint (get_item (fixture, 0)->n_values, ==, 1);
  g_assert_cmpint (get_item (fixture, 1)->fate, ==, YEJI_IMPORT_SAME);
  g_assert_cmpint (get_item (fixture, 2)->fate, ==, YEJI_IMPORT_NEW);
  plan (fixture, "项目编号,项目名称,建设单位\n,二（虚构）,乙\n");
  refuse (fixture, YEJI_IMPORT_ERROR_NOTHING);
}

/* A row is the same thing by its number or its title; another is added, none is taken away. */
static void
test_rows (Fixture       *fixture,
           gconstpointer  data)
{
  const YejiTableDef *contracts = yeji_dictionary_find_member (fixture->dictionary, "contracts");
  g_autofree char *batch = NULL;
  g_autofree char *other = NULL;
  g_autofree char *uuid = NULL;
  g_autoptr (YejiRecord) record = NULL;
  g_autoptr (YejiBatchUndo) undone = NULL;
  g_autoptr (GError) error = NULL;

  plan (fixture, "项目编号,项目名称,建设单位,合同编号,合同金额\n" NUMBER ",一（虚构）,甲,HT-1,1\n"
                 NUMBER ",一（虚构）,甲,HT-2,2\n");
  uuid = g_strdup (get_item (fixture, 0)->uuid);
  batch = apply (fixture, FALSE);
  plan (fixture, "项目编号,项目名称,建设单位,合同编号,合同金额\n" NUMBER ",一（虚构）,,HT-2,20\n"
                 NUMBER ",一（虚构）,,HT-3,3\n");
  g_assert_cmpint (get_item (fixture, 0)->fate, ==, YEJI_IMPORT_UPDATE);
  g_assert_cmpint (get_item (fixture, 0)->n_rows, ==, 1);
  other = apply (fixture, FALSE);
  record = yeji_store_load (fixture->store, uuid, &error);
  g_assert_no_error (error);
  g_assert_cmpint (yeji_record_get_n_rows (record, contracts), ==, 3);
  g_assert_cmpstr (yeji_row_get_by_id (yeji_record_get_row (record, contracts, 1), "ContractMoney"),
                   ==, "20");
  g_assert_cmpstr (yeji_row_get_by_id (yeji_record_get_project (record), "BuildCorpName"), ==, "甲");
  undone = yeji_store_undo_batch (fixture->store, other, &error);
  g_assert_no_error (error);
  g_assert_cmpint (undone->reverted->len, ==, 1);
  g_clear_object (&record);
  record = yeji_store_load (fixture->store, uuid, &error);
  g_assert_cmpint (yeji_record_get_n_rows (record, contracts), ==, 2);
}

/* The clerk says which of several it is. */
static void
test_unclear (Fixture       *fixture,
              gconstpointer  data)
{
  g_autofree char *batch = NULL;
  g_autofree char *uuid = NULL;
  g_autoptr (GError) error = NULL;

  plan (fixture, "业绩编号,项目名称,建设单位\n1,一（虚构）,甲\n2,一（虚构）,乙\n");
  batch = apply (fixture, FALSE);
  plan (fixture, "项目名称,建设单位\n一（虚构）,丙\n");
  g_assert_cmpint (get_item (fixture, 0)->fate, ==, YEJI_IMPORT_UNCLEAR);
  g_assert_cmpint (g_strv_length (get_item (fixture, 0)->candidates), ==, 2);
  refuse (fixture, YEJI_IMPORT_ERROR_UNCLEAR);
  uuid = g_strdup (get_item (fixture, 0)->candidates[1]);
  g_assert_true (yeji_import_plan_choose (fixture->plan, 0, uuid, &error));
  g_assert_no_error (error);
  g_assert_cmpint (get_item (fixture, 0)->fate, ==, YEJI_IMPORT_UPDATE);
  g_assert_cmpstr (get_item (fixture, 0)->uuid, ==, uuid);
  g_assert_true (yeji_import_plan_choose (fixture->plan, 0, NULL, &error));
  g_assert_cmpint (get_item (fixture, 0)->fate, ==, YEJI_IMPORT_NEW);
  g_assert_cmpstr (get_item (fixture, 0)->uuid, !=, uuid);
}

static void
answer (Fixture    *fixture,
        const char *uuid)
{
  g_autoptr (GPtrArray) answers = NULL;
  g_autoptr (GError) error = NULL;
  YejiAnswer *one = yeji_answer_new ();

  answers = g_ptr_array_new_with_free_func ((GDestroyNotify) yeji_answer_free);
  one->uuid = g_strdup (uuid);
  one->revision = g_strdup ("r1");
  one->state = g_strdup ("in_review");
  one->at = g_strdup ("2026-01-01T00:00:00Z");
  g_ptr_array_add (answers, one);
  g_assert_true (yeji_store_apply_answers (fixture->store, answers, "1", &error));
  g_assert_no_error (error);
}

/* What the province has in its hands is not touched. */
static void
test_fixed (Fixture       *fixture,
            gconstpointer  data)
{
  g_autofree char *batch = NULL;
  g_autofree char *uuid = NULL;

  plan (fixture, "项目编号,项目名称,建设单位\n" NUMBER ",一（虚构）,甲\n,二（虚构）,乙\n");
  uuid = g_strdup (get_item (fixture, 0)->uuid);
  batch = apply (fixture, FALSE);
  answer (fixture, uuid);
  plan (fixture, "项目编号,项目名称,建设单位\n" NUMBER ",一（虚构）,丙\n,二（虚构）,丁\n");
  g_assert_cmpint (get_item (fixture, 0)->fate, ==, YEJI_IMPORT_FIXED);
  g_assert_cmpint (get_item (fixture, 1)->fate, ==, YEJI_IMPORT_UPDATE);
  g_free (apply (fixture, FALSE));
}

/* All or nothing, or what is good; what is mended is good. */
static void
test_bad (Fixture       *fixture,
          gconstpointer  data)
{
  const YejiImportPlace place = { 0, 1, 2 };
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (GError) error = NULL;

  plan (fixture, "项目名称,建设单位,立项批复时间\n一（虚构）,甲,2016-03-30\n二（虚构）,乙,春天\n");
  g_assert_cmpint (get_item (fixture, 1)->fate, ==, YEJI_IMPORT_BAD);
  refuse (fixture, YEJI_IMPORT_ERROR_BAD);
  g_free (apply (fixture, TRUE));
  entries = yeji_store_list (fixture->store, &error);
  g_assert_cmpint (entries->len, ==, 1);
  yeji_import_file_set_text (fixture->file, &place, "2016-04-01");
  g_assert_true (yeji_import_plan_refresh (fixture->plan, 1, &error));
  g_assert_no_error (error);
  g_assert_cmpint (get_item (fixture, 1)->fate, ==, YEJI_IMPORT_NEW);
}

static void
test_memory (Fixture       *fixture,
             gconstpointer  data)
{
  g_autofree char *nothing = NULL;
  g_autofree char *kept = NULL;
  g_autoptr (GError) error = NULL;

  nothing = yeji_import_memory_get (fixture->store, "kind", &error);
  g_assert_no_error (error);
  g_assert_null (nothing);
  g_assert_true (yeji_import_memory_set (fixture->store, "kind", "{}", &error));
  kept = yeji_import_memory_get (fixture->store, "kind", &error);
  g_assert_cmpstr (kept, ==, "{}");
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
    { "/import/plan/a-record-is-known-by-number-else-by-name", test_matched },
    { "/import/plan/rows-are-changed-or-added-and-none-is-taken-away", test_rows },
    { "/import/plan/the-clerk-says-which-of-several-it-is", test_unclear },
    { "/import/plan/what-the-province-has-is-not-touched", test_fixed },
    { "/import/plan/a-red-cell-keeps-all-out-or-its-record", test_bad },
    { "/import/plan/what-was-said-of-columns-is-kept", test_memory },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].test, tear_down);
  return g_test_run ();
}
