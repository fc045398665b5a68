// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "test-yeji-suggest"

#include "config.h"

#include "yeji-suggest.h"
#include "yeji-test.h"
#include "yeji-validator.h"

#define TODAY "2025-06-30"

typedef struct
{
  YejiDictionary *dictionary;
  YejiValidator *validator;
  YejiNormaliser *normaliser;
  YejiRecord *record;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autofree char *path = g_build_filename (g_getenv ("YEJI_SAMPLES"),
                                            "complete-construction.json", NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  fixture->dictionary = yeji_dictionary_new_built_in (&error);
  g_assert_no_error (error);
  fixture->validator = yeji_validator_new (fixture->dictionary, YEJI_LANGUAGE_EN);
  fixture->normaliser = yeji_normaliser_new (fixture->dictionary);
  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  fixture->record = yeji_record_new_from_text (fixture->dictionary, text, -1, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_assert_finalize_object (fixture->record);
  g_assert_finalize_object (fixture->normaliser);
  g_assert_finalize_object (fixture->validator);
  g_assert_finalize_object (fixture->dictionary);
}

static YejiProblem *
find_problem (GPtrArray  *problems,
              const char *rule,
              const char *pointer)
{
  for (guint i = 0; i < problems->len; i++)
    {
      YejiProblem *problem = g_ptr_array_index (problems, i);

      if (g_str_has_prefix (yeji_problem_get_rule (problem), rule)
          && g_str_equal (yeji_problem_get_pointer (problem), pointer))
        return problem;
    }
  return NULL;
}

/* What is offered first, after the value was put there and checked. */
static char *
suggest (Fixture    *fixture,
         const char *pointer,
         const char *value,
         const char *rule,
         const char *reason)
{
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (GPtrArray) found = NULL;
  YejiSuggestion *first;
  YejiProblem *problem = NULL;
  YejiPlace place;

  g_assert_true (yeji_record_resolve (fixture->record, pointer, &place, NULL));
  yeji_record_set (fixture->record, place.row, place.field, value);
  problems = yeji_validator_check (fixture->validator, fixture->record, TODAY, NULL);
  if (rule != NULL)
    {
      problem = find_problem (problems, rule, pointer);
      g_assert_nonnull (problem);
    }
  found = yeji_suggest (fixture->normaliser, fixture->record, place.row, place.field, problem);
  if (found->len == 0)
    return NULL;
  first = g_ptr_array_index (found, 0);
  g_assert_cmpstr (*yeji_suggest_describe (first->reason) != '\0' ? first->reason : "", ==, reason);
  return g_strdup (first->value);
}

typedef struct
{
  const char *pointer;
  const char *value;
  const char *rule;            /* (nullable): without a problem */
  const char *wanted;          /* (nullable): nothing is offered */
  const char *reason;
} Case;

/* The sample has 8200 square metres, of which each costs 0.0005 to 5. */
static const Case cases[] = {
  { "/contracts/0/ContractMoney", "29200000", "R16", "2920", "ten_thousandth" },
  { "/contracts/0/ContractMoney", "29200000.00", "R16", "2920", "ten_thousandth" },
  { "/contracts/0/ContractMoney", "29201234", "R16", "2920.1234", "ten_thousandth" },
  { "/contracts/0/ContractMoney", "123456789", "R16", "12345.6789", "ten_thousandth" },
  { "/contracts/0/ContractMoney", "100000000", "R16", "10000", "ten_thousandth" },
  { "/contracts/0/ContractMoney", "29201234.5678", "R16", "2920.1235", "ten_thousandth" },
  /* a ten-thousandth would be too much still, or too little */
  { "/contracts/0/ContractMoney", "99999999999", "R16", NULL, NULL },
  { "/contracts/0/ContractMoney", "0.1", "R16", NULL, NULL },
  /* without the problem nobody knows that it is too much */
  { "/contracts/0/ContractMoney", "29200000", NULL, NULL, NULL },
  { "/contracts/0/ContractMoney", "29,200,000元", NULL, "2920", "unit" },
  { "/contracts/0/ContractMoney", "29,200,000元", "T.number", "2920", "unit" },
  { "/contracts/0/PrjNum", "2201041603300099", "R01.inherit", "2201041603300001", "project" },
  { "/contracts/0/PrjNum", "２２０１０４１６０３３０００９９", "R01.inherit", "2201041603300001", "project" },
  { "/contracts/0/ContractDate", "2016年6月20日", "T.date", "2016-06-20", "date" },
  { "/contracts/0/ContractDate", "2016-06-20", NULL, NULL, NULL },
  { "/contracts/0/ContractDate", "", NULL, NULL, NULL },
};

static void
test_cases (Fixture       *fixture,
            gconstpointer  data)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const Case *this = &cases[i];
      g_autofree char *value = NULL;

      g_test_message ("%s %s", this->pointer, this->value);
      value = suggest (fixture, this->pointer, this->value, this->rule, this->reason);
      g_assert_cmpstr (value, ==, this->wanted);
      tear_down (fixture, NULL);
      set_up (fixture, NULL);
    }
}

/* A project that says nothing itself has nothing to offer. */
static void
test_empty_project (Fixture       *fixture,
                    gconstpointer  data)
{
  YejiRow *project = yeji_record_get_project (fixture->record);
  const YejiFieldDef *field = yeji_dictionary_find_field (fixture->dictionary,
                                                          "TBContractRecordManage", "PrjNum");
  g_autoptr (YejiProblem) problem = yeji_problem_new ("R01.inherit", YEJI_SEVERITY_ERROR,
                                                      "/contracts/0/PrjNum", "");
  g_autoptr (GPtrArray) found = NULL;

  yeji_record_set (fixture->record, project, field->inherits, "无");
  found = yeji_suggest (fixture->normaliser, fixture->record,
                        yeji_record_get_row (fixture->record, field->table, 0), field, problem);
  g_assert_cmpuint (found->len, ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/rules/suggest/offers-what-the-broken-rule-knows", Fixture, NULL, set_up, test_cases,
              tear_down);
  g_test_add ("/rules/suggest/offers-nothing-of-an-empty-project", Fixture, NULL, set_up,
              test_empty_project, tear_down);
  return g_test_run ();
}
