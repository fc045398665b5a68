// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "test-yeji-live-check"

#include "config.h"

#include "yeji-live-check.h"
#include "yeji-test.h"

#include <string.h>

#define TODAY "2025-06-30"
#define N_EDITS 10000

static YejiDictionary *dictionary;
static YejiValidator *validator;

static YejiRecord *
read_sample (void)
{
  g_autofree char *path = g_build_filename (g_getenv ("YEJI_SAMPLES"),
                                            "complete-construction.json", NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  YejiRecord *record;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  record = yeji_record_new_from_text (dictionary, text, -1, &error);
  g_assert_no_error (error);
  return record;
}

static gpointer
pick (GPtrArray *things)
{
  return g_ptr_array_index (things, g_test_rand_int_range (0, (int) things->len));
}

/* Values that a rule may have a word to say about, right and wrong ones. */
static const char * const values[] = {
  "", "", "", "无", "0", "1", "-1", "12", "9000.00", "2920.00", "1e5", "壹", "2016-03-30", "2017-12-30",
  "2016-02-30", "2999-01-01", "1900-01-01", "001", "003", "004", "100", "301", "302", "01", "02", "3",
  "220000", "220100", "220104", "220102", "999999", "2201041603300001", "2201041603300002",
  "2201041603300001-SX-001", "2201041603300001-BD-001", "2201041603300001-TX-001",
  "2201041603300001-JX-001", "2201041603300001-001", "91350100M000100Y43", "913309000692086510",
  "220102198501010019", "220***********0019", "示例\t", "示例（虚构）",
};

/* What a field may get: what another row of the table has, or one of the values above. */
static const char *
pick_value (YejiRecord         *record,
            const YejiFieldDef *field)
{
  guint n_rows = yeji_record_get_n_rows (record, field->table);

  if (n_rows > 0 && g_test_rand_int_range (0, 3) == 0)
    return yeji_row_get (yeji_record_get_row (record, field->table,
                                              (guint) g_test_rand_int_range (0, (int) n_rows)),
                         field);
  return values[g_test_rand_int_range (0, G_N_ELEMENTS (values))];
}

static void
edit_value (YejiRecord *record)
{
  const YejiTableDef *table = pick (yeji_dictionary_get_tables (dictionary));
  guint n_rows = yeji_record_get_n_rows (record, table);
  const YejiFieldDef *field = pick (table->fields);

  if (n_rows > 0)
    yeji_record_set (record,
                     yeji_record_get_row (record, table,
                                          (guint) g_test_rand_int_range (0, (int) n_rows)),
                     field, pick_value (record, field));
}

static void
edit_rows (YejiRecord *record)
{
  const YejiTableDef *table = pick (yeji_dictionary_get_tables (dictionary));
  guint n_rows = yeji_record_get_n_rows (record, table);
  g_autoptr (YejiRow) row = NULL;

  if (table->index == 0)
    return;
  if (n_rows > 0)
    row = g_object_ref (yeji_record_get_row (record, table,
                                             (guint) g_test_rand_int_range (0, (int) n_rows)));
  if (n_rows > 3 || (n_rows > 0 && g_test_rand_bit ()))
    yeji_record_remove_row (record, row);
  else if (row != NULL)
    {
      g_autoptr (YejiRow) copy = yeji_row_copy (row, NULL);

      yeji_record_insert_row (record, (guint) g_test_rand_int_range (0, 3), copy);
    }
  else
    yeji_record_append_row (record, table);
}

static void
edit_role (YejiRecord *record)
{
  const YejiRole *role = pick (yeji_dictionary_get_roles (dictionary));

  yeji_record_set_role (record, role->id);
}

static void
keep_problem (YejiRecord *record,
              GPtrArray  *problems)
{
  if (problems->len > 0)
    yeji_validator_keep (record, pick (problems), g_test_rand_bit () ? "证书如此" : "");
}

static void
assert_same (GPtrArray *live,
             GPtrArray *whole)
{
  for (guint i = 0; i < MIN (live->len, whole->len); i++)
    {
      YejiProblem *a = g_ptr_array_index (live, i), *b = g_ptr_array_index (whole, i);

      if (!yeji_problem_equal (a, b))
        g_error ("%s %s “%s” is not %s %s “%s”", yeji_problem_get_rule (a),
                 yeji_problem_get_pointer (a), yeji_problem_get_message (a),
                 yeji_problem_get_rule (b), yeji_problem_get_pointer (b),
                 yeji_problem_get_message (b));
    }
  g_assert_cmpuint (live->len, ==, whole->len);
}

static void
test_random_edits (void)
{
  static const char * const with_change[] = { "contract", "change_proof", NULL };
  static const char * const without[] = { "contract", NULL };
  static const char * const * const slots[] = { NULL, with_change, without };
  g_autoptr (YejiRecord) record = read_sample ();
  g_autoptr (YejiLiveCheck) live = yeji_live_check_new (validator, record);
  guint at = 0, n_problems = 0;

  for (guint i = 0; i < N_EDITS; i++)
    {
      int dice = g_test_rand_int_range (0, 100);
      g_autoptr (GPtrArray) quick = NULL;
      g_autoptr (GPtrArray) whole = NULL;

      /* from time to time back to a record with few problems */
      if (i % 200 == 199)
        {
          g_set_object (&record, NULL);
          record = read_sample ();
          g_set_object (&live, NULL);
          live = yeji_live_check_new (validator, record);
        }
      if (dice < 90)
        edit_value (record);
      else if (dice < 96)
        edit_rows (record);
      else if (dice < 98)
        edit_role (record);
      else
        at = (guint) g_test_rand_int_range (0, G_N_ELEMENTS (slots));
      quick = yeji_live_check_run (live, TODAY, slots[at]);
      whole = yeji_validator_check (validator, record, TODAY, slots[at]);
      assert_same (quick, whole);
      n_problems += whole->len;
      if (dice % 7 == 0)
        keep_problem (record, whole);
    }
  g_assert_cmpuint (n_problems, >, N_EDITS);
}

static void
test_other_day (void)
{
  g_autoptr (YejiRecord) record = read_sample ();
  g_autoptr (YejiLiveCheck) live = yeji_live_check_new (validator, record);
  g_autoptr (GPtrArray) now = yeji_live_check_run (live, TODAY, NULL);
  g_autoptr (GPtrArray) then = yeji_live_check_run (live, "2016-01-01", NULL);

  g_assert_cmpuint (now->len, ==, 0);
  g_assert_cmpuint (then->len, >, 5);
}

/* Few looks for a keystroke: that is what it is for. */
static void
test_narrow (void)
{
  static const struct
  {
    const char *table;
    const char *field;
    guint most;
  } cases[] = {
    { "TBProjectInfo", "PrjName", 1 },
    { "TBContractRecordManage", "ContractMoney", 8 },
    { "TBProjectCorpInfo", "PersonPhone", 1 },
    { "TBProjectInfo", "PrjNum", 60 },
  };
  g_autoptr (YejiRecord) record = read_sample ();
  g_autoptr (YejiLiveCheck) live = yeji_live_check_new (validator, record);

  g_ptr_array_unref (yeji_live_check_run (live, TODAY, NULL));
  g_assert_cmpuint (yeji_live_check_get_n_looks (live), >, 300);
  g_ptr_array_unref (yeji_live_check_run (live, TODAY, NULL));
  g_assert_cmpuint (yeji_live_check_get_n_looks (live), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const YejiFieldDef *field = yeji_dictionary_find_field (dictionary, cases[i].table,
                                                              cases[i].field);

      yeji_record_set (record, yeji_record_get_row (record, field->table, 0), field, "1");
      g_ptr_array_unref (yeji_live_check_run (live, TODAY, NULL));
      g_test_message ("%s: %u looks", cases[i].field, yeji_live_check_get_n_looks (live));
      g_assert_cmpuint (yeji_live_check_get_n_looks (live), <=, cases[i].most);
    }
}

/* A warning is kept while it is about the same; an error is not kept at all. */
static void
test_kept (void)
{
  g_autoptr (YejiRecord) record = read_sample ();
  g_autoptr (YejiLiveCheck) live = yeji_live_check_new (validator, record);
  YejiRow *project = yeji_record_get_project (record);
  const YejiFieldDef *code = yeji_dictionary_find_field (dictionary, "TBProjectInfo",
                                                         "BuildCorpCode");
  static const char * const no_reasons[] = { "  ", "无", "/", "执照\u202e如此" };
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (YejiRecord) again = NULL;
  g_autofree char *text = NULL;

  yeji_record_set (record, project, code, "91350211M00013FA1N");
  problems = yeji_live_check_run (live, TODAY, NULL);
  g_assert_cmpuint (problems->len, ==, 1);
  g_assert_null (yeji_problem_get_reason (g_ptr_array_index (problems, 0)));
  g_assert_true (yeji_validator_keep (record, g_ptr_array_index (problems, 0), "执照上如此"));

  g_clear_pointer (&problems, g_ptr_array_unref);
  problems = yeji_live_check_run (live, TODAY, NULL);
  g_assert_cmpstr (yeji_problem_get_reason (g_ptr_array_index (problems, 0)), ==, "执照上如此");

  /* it travels with the record */
  text = yeji_record_to_text (record);
  again = yeji_record_new_from_text (dictionary, text, -1, NULL);
  g_clear_pointer (&problems, g_ptr_array_unref);
  problems = yeji_validator_check (validator, again, TODAY, NULL);
  g_assert_cmpstr (yeji_problem_get_reason (g_ptr_array_index (problems, 0)), ==, "执照上如此");

  /* what says nothing is no reason */
  for (guint i = 0; i < G_N_ELEMENTS (no_reasons); i++)
    {
      yeji_validator_keep (again, g_ptr_array_index (problems, 0), no_reasons[i]);
      g_clear_pointer (&problems, g_ptr_array_unref);
      problems = yeji_validator_check (validator, again, TODAY, NULL);
      g_assert_null (yeji_problem_get_reason (g_ptr_array_index (problems, 0)));
    }

  /* another wrong code is another warning */
  yeji_record_set (record, project, code, "91350211M00013FA2N");
  g_clear_pointer (&problems, g_ptr_array_unref);
  problems = yeji_live_check_run (live, TODAY, NULL);
  g_assert_null (yeji_problem_get_reason (g_ptr_array_index (problems, 0)));

  yeji_record_set (record, project, code, "9135");
  g_clear_pointer (&problems, g_ptr_array_unref);
  problems = yeji_live_check_run (live, TODAY, NULL);
  g_assert_cmpint (yeji_problem_get_severity (g_ptr_array_index (problems, 0)), ==,
                   YEJI_SEVERITY_ERROR);
  g_assert_false (yeji_validator_keep (record, g_ptr_array_index (problems, 0), "就这样"));
}

static guint
count_rule (GPtrArray  *problems,
            const char *rule)
{
  guint count = 0;

  for (guint i = 0; i < problems->len; i++)
    if (g_str_equal (yeji_problem_get_rule (g_ptr_array_index (problems, i)), rule))
      count++;
  return count;
}

/* Another table has too many rows as well: only its rows were touched since. */
static void
check_other_table (YejiLiveCheck *live,
                   YejiRecord    *record)
{
  const YejiTableDef *units = yeji_dictionary_find_member (dictionary, "units");
  g_autoptr (GPtrArray) problems = NULL;

  while (yeji_record_get_n_rows (record, units) <= yeji_dictionary_get_limits (dictionary)->rows)
    yeji_record_append_row (record, units);
  problems = yeji_live_check_run (live, TODAY, NULL);
  g_assert_cmpuint (count_rule (problems, "T.rows"), ==, 2);
  while (yeji_record_get_n_rows (record, units) > 1)
    yeji_record_remove_row (record, yeji_record_get_row (record, units, 1));
}

/* A row too many is said of the table, and no more when it is gone. */
static void
test_rows (void)
{
  const YejiTableDef *permits = yeji_dictionary_find_member (dictionary, "permits");
  guint most = yeji_dictionary_get_limits (dictionary)->rows;
  g_autoptr (YejiRecord) record = read_sample ();
  g_autoptr (YejiLiveCheck) live = yeji_live_check_new (validator, record);
  YejiRow *last = NULL;

  for (guint more = 0; more < 3; more++)
    {
      g_autoptr (GPtrArray) problems = NULL;

      if (more == 2)
        yeji_record_remove_row (record, last);
      while (more < 2 && yeji_record_get_n_rows (record, permits) < most + more)
        last = yeji_record_append_row (record, permits);
      problems = yeji_live_check_run (live, TODAY, NULL);
      g_assert_cmpuint (count_rule (problems, "T.rows"), ==, more == 1 ? 1 : 0);
      if (more == 1)
        check_other_table (live, record);
      for (guint i = 0; i < problems->len; i++)
        if (g_str_equal (yeji_problem_get_rule (g_ptr_array_index (problems, i)), "T.rows"))
          {
            g_assert_cmpstr (yeji_problem_get_pointer (g_ptr_array_index (problems, i)), ==,
                             "/permits");
            g_assert_nonnull (strstr (yeji_problem_get_message (g_ptr_array_index (problems, i)),
                                      "最多 500 行，现有 501 行"));
          }
    }
}

static GPtrArray *
find_declared (GPtrArray *problems)
{
  GPtrArray *found = g_ptr_array_new ();

  for (guint i = 0; i < problems->len; i++)
    if (g_str_has_prefix (yeji_problem_get_rule (g_ptr_array_index (problems, i)), "R10.declared"))
      g_ptr_array_add (found, g_ptr_array_index (problems, i));
  return found;
}

static void
assert_declared (YejiLiveCheck *live,
                 YejiRecord    *record,
                 YejiDeclared  *declared,
                 const char    *rule,
                 const char    *words)
{
  g_autoptr (GPtrArray) problems = yeji_live_check_run (live, TODAY, NULL);
  g_autoptr (GPtrArray) whole = yeji_validator_check_against (validator, record, TODAY, NULL,
                                                              declared);
  g_autoptr (GPtrArray) found = find_declared (problems);
  g_autoptr (GPtrArray) again = find_declared (whole);

  g_assert_cmpuint (found->len, ==, rule != NULL ? 1 : 0);
  g_assert_cmpuint (again->len, ==, found->len);
  if (rule == NULL)
    return;
  g_assert_cmpstr (yeji_problem_get_rule (found->pdata[0]), ==, rule);
  g_assert_cmpstr (yeji_problem_get_rule (again->pdata[0]), ==, rule);
  g_assert_cmpstr (yeji_problem_get_pointer (found->pdata[0]), ==, "/permits/0/BuilderLicenceNum");
  g_assert_nonnull (strstr (yeji_problem_get_message (found->pdata[0]), words));
}

/* The filter says so at once; what is learnt later takes its place, without an edit. */
static void
test_declared (void)
{
  static const YejiText system = { { (char *) "施工许可管理系统", (char *) "permits" } };
  const char *number = "2201041603300001 sx 001";
  guint64 hash = yeji_number_hash ("2201041603300001SX001");
  g_autoptr (GBytes) bytes = yeji_number_filter_make (&hash, 1);
  g_autoptr (YejiNumberFilter) filter = yeji_number_filter_new (bytes, NULL);
  g_autoptr (YejiDeclared) declared = yeji_declared_new ();
  g_autoptr (YejiRecord) record = read_sample ();
  g_autoptr (YejiLiveCheck) live = yeji_live_check_new (validator, record);
  GHashTable *exempt = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  yeji_live_check_set_declared (live, declared);
  assert_declared (live, record, declared, NULL, NULL);
  yeji_declared_set_filter (declared, filter);
  assert_declared (live, record, declared, "R10.declared_probable", "很可能已在");
  yeji_declared_learn (declared, number, &system, "示例（虚构）");
  assert_declared (live, record, declared, "R10.declared", "施工许可管理系统”中申报（示例（虚构））");
  yeji_live_check_run (live, TODAY, NULL);
  g_assert_cmpuint (yeji_live_check_get_n_looks (live), ==, 0);
  yeji_declared_learn (declared, number, NULL, NULL);
  assert_declared (live, record, declared, NULL, NULL);
  yeji_declared_forget (declared);
  assert_declared (live, record, declared, "R10.declared_probable", "很可能已在");
  g_assert_cmpuint (yeji_live_check_get_n_looks (live), <, 8);
  g_hash_table_add (exempt, g_strdup (yeji_record_get_uuid (record)));
  yeji_declared_exempt (declared, exempt);
  assert_declared (live, record, declared, NULL, NULL);
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (GError) error = NULL;
  int result;

  g_test_init (&argc, &argv, NULL);
  dictionary = yeji_dictionary_new_built_in (&error);
  g_assert_no_error (error);
  validator = yeji_validator_new (dictionary, YEJI_LANGUAGE_ZH);
  g_test_add_func ("/rules/live-check/says-after-any-edit-what-a-whole-check-says",
                   test_random_edits);
  g_test_add_func ("/rules/live-check/looks-again-on-another-day", test_other_day);
  g_test_add_func ("/rules/live-check/looks-at-little-after-a-keystroke", test_narrow);
  g_test_add_func ("/rules/live-check/keeps-a-warning-with-a-reason", test_kept);
  g_test_add_func ("/rules/live-check/says-when-there-are-too-many-rows", test_rows);
  g_test_add_func ("/rules/live-check/says-what-other-systems-have-when-it-is-learnt",
                   test_declared);
  result = g_test_run ();
  g_assert_finalize_object (validator);
  g_assert_finalize_object (dictionary);
  return result;
}
