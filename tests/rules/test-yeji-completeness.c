// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "test-yeji-completeness"

#include "config.h"

#include <string.h>

#include "yeji-completeness.h"
#include "yeji-facts-for.h"
#include "yeji-grade.h"
#include "yeji-json.h"
#include "yeji-slots.h"
#include "yeji-test.h"

#define TODAY "2025-06-30"
#define N_EDITS 4000

static YejiDictionary *dictionary;

static YejiRecord *
read_sample (YejiDictionary *of,
             const char     *name)
{
  g_autofree char *path = g_build_filename (g_getenv ("YEJI_SAMPLES"), name, NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  YejiRecord *record;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  record = yeji_record_new_from_text (of, text, -1, &error);
  g_assert_no_error (error);
  return record;
}

static gpointer
pick (GPtrArray *things)
{
  return g_ptr_array_index (things, g_test_rand_int_range (0, (int) things->len));
}

static YejiRow *
pick_row (YejiRecord         *record,
          const YejiTableDef *table)
{
  guint n_rows = yeji_record_get_n_rows (record, table);

  return yeji_record_get_row (record, table, (guint) g_test_rand_int_range (0, (int) n_rows));
}

/* What conditions look at, and what is empty to receivers. */
static void
edit_value (YejiRecord *record)
{
  static const char * const values[] = {
    "", "", "", "无", "0", "1", "12", "1900-01-01", "2016-03-30", "001", "003", "004", "301", "302",
    "600", "01", "02", "2201041603300001", "示例",
  };
  const YejiTableDef *table = pick (yeji_dictionary_get_tables
                                    (yeji_record_get_dictionary (record)));
  const YejiFieldDef *field = pick (table->fields);

  if (yeji_record_get_n_rows (record, table) > 0)
    yeji_record_set (record, pick_row (record, table), field,
                     values[g_test_rand_int_range (0, G_N_ELEMENTS (values))]);
}

static void
edit_rows (YejiRecord *record)
{
  const YejiTableDef *table = pick (yeji_dictionary_get_tables
                                    (yeji_record_get_dictionary (record)));
  guint n_rows = yeji_record_get_n_rows (record, table);

  if (table->index == 0)
    return;
  if (n_rows > 0 && g_test_rand_int_range (0, 3) > 0)
    yeji_record_remove_row (record, pick_row (record, table));
  else if (n_rows < 3)
    yeji_record_append_row (record, table);
}

/* What the word "missing" means, said without the code that counts. */
static gboolean
is_missing (YejiDictionary *of,
            YejiProblem    *problem)
{
  const YejiRule *rule = yeji_dictionary_find_rule (of, yeji_problem_get_rule (problem));

  return (rule->kind == YEJI_RULE_MANDATORY || rule->kind == YEJI_RULE_ROW_EXISTS
          || rule->kind == YEJI_RULE_ROLE_TABLES)
         && (yeji_problem_get_severity (problem) == YEJI_SEVERITY_ERROR
             || yeji_problem_get_incomplete (problem));
}

static guint
count_missing (YejiRecord         *record,
               GPtrArray          *problems,
               const YejiTableDef *table)
{
  guint n = 0;

  for (guint i = 0; i < problems->len; i++)
    {
      YejiProblem *problem = g_ptr_array_index (problems, i);
      YejiPlace place;

      if (!is_missing (yeji_record_get_dictionary (record), problem))
        continue;
      g_assert_true (yeji_record_resolve (record, yeji_problem_get_pointer (problem), &place,
                                          NULL));
      n += table == NULL || place.table == table;
    }
  return n;
}

/* Returns: whether nothing is missing */
static gboolean
assert_agrees (YejiValidator      *validator,
               YejiRecord         *record,
               const char * const *slots)
{
  GPtrArray *tables = yeji_dictionary_get_tables (yeji_record_get_dictionary (record));
  g_autoptr (GPtrArray) problems = yeji_validator_check (validator, record, TODAY, slots);
  YejiCompleteness whole = yeji_completeness_count_with (validator, record, NULL, slots);
  YejiCompleteness sum = { 0, 0 };
  guint missing = count_missing (record, problems, NULL);

  for (guint i = 0; i < tables->len; i++)
    {
      const YejiTableDef *table = g_ptr_array_index (tables, i);
      YejiCompleteness part = yeji_completeness_count_with (validator, record, table, slots);

      g_assert_cmpuint (part.n_filled, <=, part.n_needed);
      g_assert_cmpint (part.n_filled == part.n_needed, ==,
                       count_missing (record, problems, table) == 0);
      sum.n_needed += part.n_needed;
      sum.n_filled += part.n_filled;
    }
  g_assert_cmpuint (sum.n_needed, ==, whole.n_needed);
  g_assert_cmpuint (sum.n_filled, ==, whole.n_filled);
  g_assert_cmpint (whole.n_filled == whole.n_needed, ==, missing == 0);
  g_assert_cmpint (yeji_completeness_get_percent (&whole) == 100, ==, missing == 0);
  return missing == 0;
}

/* Short walks from a complete record, so that both answers are frequent. */
static void
walk (YejiDictionary *of)
{
  static const char * const samples[] = {
    "complete-construction.json", "complete-design.json", "complete-supervision.json",
  };
  static const char * const some[] = { "contract", "change_proof", NULL };
  g_autoptr (YejiValidator) validator = yeji_validator_new (of, YEJI_LANGUAGE_EN);
  g_autoptr (YejiRecord) record = NULL;
  guint n_complete = 0;

  for (guint i = 0; i < N_EDITS; i++)
    {
      int dice = g_test_rand_int_range (0, 100);

      if (i % 20 == 0)
        {
          g_clear_object (&record);
          record = i % 400 == 0 ? yeji_record_new (of, NULL, "construction")
                                : read_sample (of, samples[i / 20 % G_N_ELEMENTS (samples)]);
        }
      if (dice < 75)
        edit_value (record);
      else if (dice < 95)
        edit_rows (record);
      else if (dice < 99)
        yeji_record_set_role (record,
                              ((YejiRole *) pick (yeji_dictionary_get_roles (of)))->id);
      else
        yeji_record_set_role (record, "nobody");
      n_complete += assert_agrees (validator, record, i % 2 ? some : NULL);
    }
  g_test_message ("%u of %u were complete", n_complete, N_EDITS);
  g_assert_cmpuint (n_complete, >, N_EDITS / 50);
  g_assert_cmpuint (n_complete, <, N_EDITS - N_EDITS / 50);
}

static void
test_random_edits (void)
{
  walk (dictionary);
}

/* The same where the dictionary excuses, asks some roles only, and asks in several rules. */
static void
test_other_rules (void)
{
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (YejiDictionary) other = NULL;
  g_autoptr (GBytes) bundle = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  JsonObject *parts;
  JsonArray *rules;
  guint n_changed = 0;

  node = yeji_json_parse (g_bytes_get_data (yeji_dictionary_get_bundle (dictionary), NULL),
                          (gssize) g_bytes_get_size (yeji_dictionary_get_bundle (dictionary)),
                          &error);
  g_assert_no_error (error);
  parts = json_object_get_object_member (json_node_get_object (node), "parts");
  rules = json_object_get_array_member (json_object_get_object_member (parts, "rules.json"),
                                        "rules");
  for (guint i = 0; i < json_array_get_length (rules); i++)
    {
      JsonObject *rule = json_array_get_object_element (rules, i);
      const char *kind = json_object_get_string_member (rule, "kind");

      if (!g_str_equal (kind, "mandatory") && !g_str_equal (kind, "row_exists"))
        continue;
      switch (n_changed++ % 4)
        {
        case 1:
          json_object_set_string_member (rule, "document", "contract");
          break;
        case 2:
          {
            JsonArray *roles = json_array_new ();

            json_array_add_string_element (roles, "design");
            json_object_set_array_member (rule, "roles", roles);
          }
          break;
        case 3:
          json_object_set_string_member (rule, "severity", "warning");
          if (n_changed % 8 == 0)
            json_object_set_boolean_member (rule, "incomplete", TRUE);
          break;
        default:
          break;
        }
    }
  g_assert_cmpuint (n_changed, >, 10);
  text = yeji_json_print (node, FALSE);
  bundle = g_bytes_new (text, strlen (text));
  other = yeji_dictionary_new_from_bundle (bundle, &error);
  g_assert_no_error (error);
  walk (other);
}

/* What the clerk sees of it. */
static void
test_steps (void)
{
  g_autoptr (YejiValidator) validator = yeji_validator_new (dictionary, YEJI_LANGUAGE_EN);
  g_autoptr (YejiRecord) complete = read_sample (dictionary, "complete-construction.json");
  g_autoptr (YejiRecord) empty = yeji_record_new (dictionary, NULL, "construction");
  const YejiTableDef *contracts = yeji_dictionary_find_table (dictionary, "TBContractRecordManage");
  const YejiFieldDef *name = yeji_dictionary_find_field (dictionary, "TBProjectInfo", "PrjName");
  YejiCompleteness before, after, absent, present;

  before = yeji_completeness_count (validator, complete, NULL);
  g_assert_cmpuint (before.n_needed, >, 100);
  g_assert_cmpuint (before.n_filled, ==, before.n_needed);
  yeji_record_set (complete, yeji_record_get_project (complete), name, "无");
  after = yeji_completeness_count (validator, complete, NULL);
  g_assert_cmpuint (after.n_needed, ==, before.n_needed);
  g_assert_cmpuint (after.n_filled, ==, before.n_filled - 1);
  g_assert_cmpuint (yeji_completeness_get_percent (&after), ==, 99);

  /* A row that is not there is what an empty one is. */
  absent = yeji_completeness_count (validator, empty, contracts);
  yeji_record_append_row (empty, contracts);
  present = yeji_completeness_count (validator, empty, contracts);
  g_assert_cmpuint (absent.n_needed, >, 5);
  g_assert_cmpuint (absent.n_needed, ==, present.n_needed);
  g_assert_cmpuint (absent.n_filled, ==, present.n_filled);
}

static void
test_percent (void)
{
  static const struct
  {
    YejiCompleteness count;
    guint percent;
  } cases[] = {
    { { 0, 0 }, 100 }, { { 1, 0 }, 0 }, { { 3, 1 }, 33 }, { { 1000, 999 }, 99 },
    { { 1000, 1000 }, 100 }, { { G_MAXUINT, G_MAXUINT - 1 }, 99 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpuint (yeji_completeness_get_percent (&cases[i].count), ==, cases[i].percent);
}

/* The facts say what the check and the count say, and that nothing is known of documents. */
static void
test_facts (void)
{
  static const char * const no_slots[] = { NULL };
  static const char * const one[] = { "contract", "photo of the cat", NULL };
  static const struct
  {
    const char * const *slots;
    int outcome;
    int n_filled;
  } cases[] = { { NULL, -1, -1 }, { no_slots, YEJI_OUTCOME_REFUSED, 0 },
                { one, YEJI_OUTCOME_REFUSED, 1 } };
  g_autoptr (YejiValidator) validator = yeji_validator_new (dictionary, YEJI_LANGUAGE_EN);
  g_autoptr (YejiRecord) record = read_sample (dictionary, "complete-construction.json");
  g_autofree char *required = yeji_slots_list (record);

  g_assert_nonnull (strstr (required, "contract"));
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) problems = yeji_validator_check (validator, record, TODAY,
                                                             cases[i].slots);
      g_autoptr (YejiFacts) facts = yeji_facts_new_for (validator, record, problems,
                                                        cases[i].slots);

      g_assert_cmpuint (facts->n_errors, ==, yeji_problems_count (problems, YEJI_SEVERITY_ERROR));
      g_assert_cmpuint (facts->n_warnings, ==,
                        yeji_problems_count (problems, YEJI_SEVERITY_WARNING));
      g_assert_cmpint (facts->completeness, ==, 100);
      g_assert_cmpint (facts->outcome, ==, cases[i].outcome);
      g_assert_cmpint (facts->n_filled_slots, ==, cases[i].n_filled);
      g_assert_cmpstr (facts->required_slots, ==, required);
      if (cases[i].slots == NULL)
        g_assert_cmpint (facts->n_slots, ==, -1);
      else
        g_assert_cmpint (facts->n_slots, >, facts->n_filled_slots);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (GError) error = NULL;
  int result;

  g_test_init (&argc, &argv, NULL);
  dictionary = yeji_dictionary_new_built_in (&error);
  g_assert_no_error (error);
  g_test_add_func ("/rules/completeness/agrees-with-the-problems", test_random_edits);
  g_test_add_func ("/rules/completeness/agrees-under-other-rules", test_other_rules);
  g_test_add_func ("/rules/completeness/counts-what-is-asked", test_steps);
  g_test_add_func ("/rules/completeness/rounds-down", test_percent);
  g_test_add_func ("/rules/completeness/sums-up-facts", test_facts);
  result = g_test_run ();
  g_assert_finalize_object (dictionary);
  return result;
}
