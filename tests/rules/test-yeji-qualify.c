// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "test-yeji-qualify"

#include "config.h"

#include "yeji-qualify.h"

#include <string.h>

#include "yeji-test.h"

static YejiDictionary *dictionary;

static YejiRecord *
read_sample (const char *name)
{
  g_autofree char *path = g_build_filename (g_getenv ("YEJI_SAMPLES"), name, NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  YejiRecord *record;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  record = yeji_record_new_from_text (dictionary, text, -1, &error);
  g_assert_no_error (error);
  return record;
}

static const YejiQualification *
find (const char *id)
{
  const YejiQualification *kind =
    yeji_qualifications_find (yeji_dictionary_get_qualifications (dictionary), id);

  g_assert_nonnull (kind);
  return kind;
}

static void
empty_table (YejiRecord *record,
             const char *member)
{
  const YejiTableDef *table = yeji_dictionary_find_member (dictionary, member);

  while (yeji_record_get_n_rows (record, table) > 0)
    yeji_record_remove_row (record, yeji_record_get_row (record, table, 0));
}

static void
set (YejiRecord *record,
     const char *pointer,
     const char *value)
{
  g_autoptr (GError) error = NULL;
  YejiPlace place;

  yeji_record_resolve (record, pointer, &place, &error);
  g_assert_no_error (error);
  yeji_record_set (record, place.row, place.field, value);
}

/* The ids of all reasons. */
static char *
judge (const char   *kind,
       YejiRecord   *record,
       YejiUseStanding  standing,
       const char   *grade)
{
  g_autoptr (GPtrArray) reasons = yeji_qualify_list_reasons (dictionary, find (kind), record,
                                                             standing, grade);
  GString *ids = g_string_new (NULL);

  for (guint i = 0; i < reasons->len; i++)
    {
      const YejiQualifyReason *reason = g_ptr_array_index (reasons, i);

      g_string_append_printf (ids, "%s%s", i > 0 ? " " : "", reason->id);
      for (guint j = 0; j < N_YEJI_LANGUAGES; j++)
        {
          g_assert_nonnull (reason->text.in[j]);
          g_assert_null (strchr (reason->text.in[j], '{'));
        }
    }
  return g_string_free (ids, FALSE);
}

static void
test_reasons (void)
{
  static const struct
  {
    const char *kind, *sample;
    YejiUseStanding standing;
    const char *grade, *expected;
  } cases[] = {
    { "construction", "complete-construction.json", YEJI_STANDING_APPROVED, "A", "" },
    { "construction", "complete-construction.json", YEJI_STANDING_APPROVED, "C", "" },
    { "construction", "complete-construction.json", YEJI_STANDING_APPROVED, "D", "grade" },
    { "construction", "complete-construction.json", YEJI_STANDING_APPROVED, NULL, "grade" },
    { "construction", "complete-construction.json", YEJI_STANDING_OPEN, "A", "not_approved" },
    { "construction", "complete-construction.json", YEJI_STANDING_REVOKED, "A", "revoked" },
    { "construction", "complete-design.json", YEJI_STANDING_APPROVED, "A", "role" },
    { "construction", "complete-design.json", YEJI_STANDING_OPEN, NULL, "not_approved role" },
    { "survey_design", "complete-design.json", YEJI_STANDING_APPROVED, "B", "" },
    { "survey_design", "complete-construction.json", YEJI_STANDING_APPROVED, "B", "role" },
    { "survey_design", "complete-supervision.json", YEJI_STANDING_APPROVED, "B", "role" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (YejiRecord) record = read_sample (cases[i].sample);
      g_autofree char *ids = judge (cases[i].kind, record, cases[i].standing, cases[i].grade);

      g_test_message ("case %u", i);
      g_assert_cmpstr (ids, ==, cases[i].expected);
    }
}

static void
test_content (void)
{
  static const struct
  {
    const char *member, *pointer, *value, *expected;
  } cases[] = {
    { "permits", NULL, NULL, "table" },
    { "acceptances", NULL, NULL, "table requirement" },
    { "participants", NULL, NULL, "requirement" },
    { NULL, "/acceptances/0/EDate", "", "requirement" },
    { NULL, "/acceptances/0/EDate", "1900-01-01", "requirement" },
    { NULL, "/project/PrjName", "", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (YejiRecord) record = read_sample ("complete-construction.json");
      g_autofree char *ids = NULL;

      if (cases[i].member != NULL)
        empty_table (record, cases[i].member);
      else
        set (record, cases[i].pointer, cases[i].value);
      ids = judge ("construction", record, YEJI_STANDING_APPROVED, "A");
      g_test_message ("case %u", i);
      g_assert_cmpstr (ids, ==, cases[i].expected);
    }
}

static void
test_without_record (void)
{
  g_autofree char *good = judge ("construction", NULL, YEJI_STANDING_APPROVED, "B");
  g_autofree char *gone = judge ("construction", NULL, YEJI_STANDING_REVOKED, NULL);

  g_assert_cmpstr (good, ==, "");
  g_assert_cmpstr (gone, ==, "revoked");
}

static void
test_words (void)
{
  g_autoptr (YejiRecord) record = read_sample ("complete-design.json");
  g_autoptr (GPtrArray) reasons = yeji_qualify_list_reasons (dictionary, find ("construction"),
                                                             record, YEJI_STANDING_APPROVED, "D");
  const YejiQualifyReason *grade = g_ptr_array_index (reasons, 0);
  const YejiQualifyReason *role = g_ptr_array_index (reasons, 1);

  g_assert_nonnull (strstr (grade->text.in[YEJI_LANGUAGE_ZH], "D"));
  g_assert_nonnull (strstr (grade->text.in[YEJI_LANGUAGE_ZH], "A B C"));
  g_assert_nonnull (strstr (role->text.in[YEJI_LANGUAGE_ZH], "设计企业"));
  g_assert_nonnull (strstr (role->text.in[YEJI_LANGUAGE_EN], "Construction enterprise, "));
}

static const YejiIndicator *
get_indicator (const YejiQualification *kind,
               const char              *id,
               guint                   *index)
{
  for (guint i = 0; i < kind->indicators->len; i++)
    {
      const YejiIndicator *indicator = g_ptr_array_index (kind->indicators, i);

      *index = i;
      if (g_str_equal (indicator->id, id))
        return indicator;
    }
  g_assert_not_reached ();
}

static void
check_total (const YejiQualification *kind,
             const double            *totals,
             const char              *id,
             const char              *expected)
{
  guint index;
  const YejiIndicator *indicator = get_indicator (kind, id, &index);
  g_autofree char *text = yeji_indicator_print (indicator, totals[index]);

  g_test_message ("%s", id);
  g_assert_cmpstr (text, ==, expected);
}

static void
test_totals (void)
{
  const YejiQualification *kind = find ("construction");
  g_autoptr (YejiRecord) one = read_sample ("complete-construction.json");
  g_autoptr (YejiRecord) other = read_sample ("complete-construction.json");
  g_autofree double *values = g_new0 (double, kind->indicators->len);
  g_autofree double *totals = g_new0 (double, kind->indicators->len);

  yeji_qualify_measure (kind, one, values);
  yeji_qualify_add (kind, totals, values);
  check_total (kind, totals, "works", "1");
  check_total (kind, totals, "contract_sum", "2928.28");
  check_total (kind, totals, "unit_area_max", "9000");
  check_total (kind, totals, "height_max", "21.6");
  check_total (kind, totals, "span_max", "36");
  check_total (kind, totals, "floors_max", "5");
  check_total (kind, totals, "area_sum", "12000");

  /* what is no number, what is empty and what is of another kind brings nothing */
  set (other, "/contracts/0/ContractMoney", "100.0001");
  set (other, "/units/0/BuildHeight", "高");
  set (other, "/units/1/BuildHeight", "99.5");
  set (other, "/acceptances/0/FactArea", "无");
  yeji_qualify_measure (kind, other, values);
  yeji_qualify_add (kind, totals, values);
  check_total (kind, totals, "works", "2");
  check_total (kind, totals, "contract_sum", "3028.2801");
  check_total (kind, totals, "contract_max", "2928.28");
  check_total (kind, totals, "height_max", "99.5");
  check_total (kind, totals, "area_sum", "12000");

  set (other, "/contracts/0/ContractTypeNum", "400");
  yeji_qualify_measure (kind, other, values);
  check_total (kind, values, "contract_sum", "0");
}

static void
test_design (void)
{
  const YejiQualification *kind = find ("survey_design");
  g_autoptr (YejiRecord) record = read_sample ("complete-design.json");
  g_autofree double *values = g_new0 (double, kind->indicators->len);

  yeji_qualify_measure (kind, record, values);
  check_total (kind, values, "works", "1");
  check_total (kind, values, "contract_sum", "168");
  check_total (kind, values, "invest_max", "5600");
  check_total (kind, values, "certificates", "1");
}

static void
test_states (void)
{
  static const struct
  {
    const char *state;
    YejiUseStanding standing;
  } cases[] = {
    { "approved", YEJI_STANDING_APPROVED }, { "revoked", YEJI_STANDING_REVOKED },
    { "removed", YEJI_STANDING_REVOKED }, { "withdrawn", YEJI_STANDING_REVOKED },
    { "submitted", YEJI_STANDING_OPEN }, { "draft", YEJI_STANDING_OPEN },
    { "returned", YEJI_STANDING_OPEN }, { "", YEJI_STANDING_OPEN }, { NULL, YEJI_STANDING_OPEN },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (yeji_use_standing_from_state (cases[i].state), ==, cases[i].standing);
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
  g_test_add_func ("/rules/qualify/says-why-a-record-does-not-count", test_reasons);
  g_test_add_func ("/rules/qualify/looks-at-what-the-kind-asks-for", test_content);
  g_test_add_func ("/rules/qualify/judges-without-a-record", test_without_record);
  g_test_add_func ("/rules/qualify/names-what-it-speaks-of", test_words);
  g_test_add_func ("/rules/qualify/adds-up-by-indicator", test_totals);
  g_test_add_func ("/rules/qualify/adds-up-for-designers", test_design);
  g_test_add_func ("/rules/qualify/knows-every-state-of-the-province", test_states);
  result = g_test_run ();
  g_assert_finalize_object (dictionary);
  return result;
}
