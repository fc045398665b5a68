// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* A table, a field, a code list and rules that no source knows, in JSON alone. */

#define G_LOG_DOMAIN "test-yeji-extension"

#include "config.h"

#include "extended-dictionary.h"
#include "yeji-carry.h"
#include "yeji-grade.h"
#include "yeji-live-check.h"
#include "yeji-normaliser.h"
#include "yeji-record-copy.h"
#include "yeji-test.h"

#define TODAY "2025-06-30"

typedef struct
{
  char *dir;
  YejiDictionary *dictionary;
  YejiValidator *validator;
  YejiRecord *record;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autofree char *path = g_build_filename (g_getenv ("YEJI_SAMPLES"),
                                            "complete-construction.json", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  fixture->dir = yeji_test_dir_new ();
  yeji_test_extend_dictionary (fixture->dir);
  fixture->dictionary = yeji_dictionary_new_from_dir (fixture->dir, &error);
  g_assert_no_error (error);
  fixture->validator = yeji_validator_new (fixture->dictionary, YEJI_LANGUAGE_ZH);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  fixture->record = yeji_record_new_from_text (fixture->dictionary, text, -1, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_assert_finalize_object (fixture->record);
  g_assert_finalize_object (fixture->validator);
  g_assert_finalize_object (fixture->dictionary);
  yeji_test_dir_remove (fixture->dir);
  g_free (fixture->dir);
}

static void
assert_problems (GPtrArray  *problems,
                 const char *expected)
{
  g_autoptr (GString) lines = g_string_new (NULL);

  for (guint i = 0; i < problems->len; i++)
    g_string_append_printf (lines, "%s %s\n",
                            yeji_problem_get_rule (g_ptr_array_index (problems, i)),
                            yeji_problem_get_pointer (g_ptr_array_index (problems, i)));
  g_assert_cmpstr (lines->str, ==, expected);
}

static void
set (Fixture    *fixture,
     const char *pointer,
     const char *value)
{
  YejiPlace place;

  g_assert_true (yeji_record_resolve (fixture->record, pointer, &place, NULL));
  yeji_record_set (fixture->record, place.row, place.field, value);
}

static char *
find_offer (Fixture    *fixture,
            const char *pointer)
{
  g_autoptr (YejiCarried) carried = NULL;
  YejiPlace place;

  g_assert_true (yeji_record_resolve (fixture->record, pointer, &place, NULL));
  carried = yeji_carry_find (fixture->record, place.row, place.field, NULL, NULL);
  return carried != NULL ? g_strdup (carried->value) : NULL;
}

/* What is carried over and what a copy keeps are JSON too. */
static void
test_carry_and_copy (Fixture       *fixture,
                     gconstpointer  data)
{
  const YejiTableDef *table = yeji_dictionary_find_member (fixture->dictionary, "insurances");
  g_autofree char *link = NULL;
  g_autofree char *before = NULL;
  g_autofree char *sum = NULL;
  g_autoptr (YejiCopyNote) note = NULL;
  g_autoptr (YejiRecord) copy = NULL;
  YejiRow *row;

  yeji_record_append_row (fixture->record, table);
  link = find_offer (fixture, "/insurances/0/BuilderLicenceNum");
  g_assert_cmpstr (link, ==, "2201041603300001-SX-001");
  before = find_offer (fixture, "/insurances/0/Insured");
  g_assert_null (before);
  set (fixture, "/insurances/0/InsuranceTypeNum", "A");
  sum = find_offer (fixture, "/insurances/0/Insured");
  g_assert_cmpstr (sum, ==, yeji_row_get_by_id (
    yeji_record_get_row (fixture->record, yeji_dictionary_find_member (fixture->dictionary,
                                                                       "permits"), 0),
    "ContractMoney"));

  set (fixture, "/insurances/0/PolicyNum", "P0001");
  copy = yeji_record_copy_as_new (fixture->record, &note);
  row = yeji_record_get_row (copy, table, 0);
  g_assert_cmpstr (yeji_row_get_by_id (row, "PolicyNum"), ==, "");
  g_assert_cmpstr (yeji_row_get_by_id (row, "InsuranceTypeNum"), ==, "A");
}

static void
test_check (Fixture       *fixture,
            gconstpointer  data)
{
  const YejiTableDef *table = yeji_dictionary_find_member (fixture->dictionary, "insurances");
  g_autoptr (YejiLiveCheck) live = yeji_live_check_new (fixture->validator, fixture->record);
  g_autoptr (GPtrArray) missing = yeji_live_check_run (live, TODAY, NULL);
  g_autoptr (GPtrArray) empty = NULL;
  g_autoptr (GPtrArray) wrong = NULL;
  g_autoptr (GPtrArray) right = NULL;

  assert_problems (missing, "X.insured /insurances\n");
  g_assert_cmpint (yeji_grade_get_outcome (missing), ==, YEJI_OUTCOME_PROVINCE);

  yeji_record_append_row (fixture->record, table);
  set (fixture, "/project/Nickname", "一二三四五六七八九");
  empty = yeji_live_check_run (live, TODAY, NULL);
  assert_problems (empty,
                   "T.length /project/Nickname\nX.insured /insurances\n"
                   "T.mandatory /insurances/0/PolicyNum\nT.mandatory /insurances/0/InsuranceTypeNum\n"
                   "T.mandatory /insurances/0/Insured\nT.mandatory /insurances/0/PolicyDate\n");

  set (fixture, "/project/Nickname", "小楼");
  set (fixture, "/insurances/0/PolicyNum", "Q1");
  set (fixture, "/insurances/0/InsuranceTypeNum", "C");
  set (fixture, "/insurances/0/BuilderLicenceNum", "2201041603300001-SX-001");
  set (fixture, "/insurances/0/Insured", "100");
  set (fixture, "/insurances/0/PolicyDate", "2020-01-01");
  wrong = yeji_live_check_run (live, TODAY, NULL);
  assert_problems (wrong, "X.policy_number /insurances/0/PolicyNum\n"
                          "R02.code /insurances/0/InsuranceTypeNum\nX.date /insurances/0/PolicyDate\n");
  g_assert_cmpint (yeji_grade_get_outcome (wrong), ==, YEJI_OUTCOME_REFUSED);

  set (fixture, "/insurances/0/PolicyNum", "P0001");
  set (fixture, "/insurances/0/InsuranceTypeNum", "A");
  set (fixture, "/insurances/0/PolicyDate", "2016-01-01");
  right = yeji_live_check_run (live, TODAY, NULL);
  assert_problems (right, "");
  g_assert_cmpint (yeji_grade_get_outcome (right), ==, YEJI_OUTCOME_NATIONAL);
}

/* A code is offered for its name, and for what people type instead of it. */
static void
test_offers (Fixture       *fixture,
             gconstpointer  data)
{
  static const struct
  {
    const char *typed;
    const char *offered;       /* (nullable) */
  } cases[] = {
    { "工伤保险", "A" }, { "工程一切险", "B" }, { " 工程一切险 ", "B" }, { "b", "B" }, { "ａ", "A" },
    { "A", NULL }, { "车辆保险", NULL },
  };
  const YejiTableDef *table = yeji_dictionary_find_member (fixture->dictionary, "insurances");
  const YejiFieldDef *field = yeji_table_def_find_field (table, "InsuranceTypeNum");
  g_autoptr (YejiNormaliser) normaliser = yeji_normaliser_new (fixture->dictionary);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) offer = yeji_normaliser_offer (normaliser, field, cases[i].typed);
      const YejiSuggestion *first = offer->len > 0 ? g_ptr_array_index (offer, 0) : NULL;

      g_assert_cmpuint (offer->len, ==, cases[i].offered != NULL ? 1 : 0);
      g_assert_cmpstr (first != NULL ? first->value : NULL, ==, cases[i].offered);
    }
  g_assert_finalize_object (g_steal_pointer (&normaliser));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/rules/extension/is-checked-by-json-alone", Fixture, NULL, set_up, test_check,
              tear_down);
  g_test_add ("/rules/extension/is-carried-over-and-left-out-of-a-copy", Fixture, NULL, set_up,
              test_carry_and_copy, tear_down);
  g_test_add ("/rules/extension/its-codes-are-offered-by-name", Fixture, NULL, set_up, test_offers,
              tear_down);
  return g_test_run ();
}
