// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "yeji-json.h"
#include "yeji-slots.h"
#include "yeji-validator.h"

#include <string.h>

#define TODAY "2026-01-01"

static YejiDictionary *dictionary;
static YejiValidator *validator;

static char *
read_text (const char *name)
{
  g_autofree char *path = g_build_filename (g_getenv ("YEJI_SAMPLES"), name, NULL);
  char *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  return text;
}

static YejiRecord *
read_sample (const char *name)
{
  g_autofree char *text = read_text (name);
  g_autoptr (GError) error = NULL;
  YejiRecord *record = yeji_record_new_from_text (dictionary, text, -1, &error);

  g_assert_no_error (error);
  return record;
}

/* One line a problem, "RULE POINTER", those at least as severe as @least. */
static char *
list_problems (GPtrArray    *problems,
               YejiSeverity  least)
{
  GString *lines = g_string_new (NULL);

  for (guint i = 0; i < problems->len; i++)
    {
      YejiProblem *problem = g_ptr_array_index (problems, i);

      g_assert_cmpstr (yeji_problem_get_message (problem), !=, "");
      g_assert_null (strchr (yeji_problem_get_message (problem), '{'));
      if (yeji_problem_get_severity (problem) >= least)
        g_string_append_printf (lines, "%s %s\n", yeji_problem_get_rule (problem),
                                yeji_problem_get_pointer (problem));
    }
  return g_string_free (lines, FALSE);
}

static void
test_complete (gconstpointer name)
{
  g_autoptr (YejiRecord) record = read_sample (name);
  g_autoptr (GPtrArray) problems = yeji_validator_check (validator, record, TODAY, NULL);
  g_autofree char *lines = list_problems (problems, YEJI_SEVERITY_ERROR);

  g_assert_cmpstr (lines, ==, "");
}

static void
test_broken (gconstpointer name)
{
  g_autofree char *text = read_text ("expected.json");
  g_autoptr (JsonNode) node = yeji_json_parse (text, -1, NULL);
  JsonArray *expected = yeji_json_get_array (yeji_json_node_object (node), name);
  g_autoptr (YejiRecord) record = read_sample (name);
  g_autoptr (GPtrArray) problems = yeji_validator_check (validator, record, TODAY, NULL);
  g_autofree char *lines = list_problems (problems, YEJI_SEVERITY_ERROR);
  g_autoptr (GString) wanted = g_string_new (NULL);

  g_assert_nonnull (expected);
  for (guint i = 0; i < json_array_get_length (expected); i++)
    {
      JsonObject *problem = json_array_get_object_element (expected, i);

      g_string_append_printf (wanted, "%s %s\n", yeji_json_get_string (problem, "rule"),
                              yeji_json_get_string (problem, "pointer"));
    }
  g_assert_cmpstr (lines, ==, wanted->str);
}

/* What is changed in the complete construction record, "pointer=value" one a line, and what comes of
 * it. */
static const struct
{
  const char *changes;
  const char *problems;
} edits[] = {
  { "/project/PrjName=", "T.mandatory /project/PrjName\n" },
  { "/project/PrjName=无", "T.mandatory /project/PrjName\n" },
  { "/project/BuildCorpCode=91350100M000100Y44", "T.credit_code_check /project/BuildCorpCode\n" },
  { "/project/BuildCorpCode=9135", "T.credit_code /project/BuildCorpCode\n" },
  { "/project/AllInvest=12万", "T.number /project/AllInvest\n" },
  { "/project/AllInvest=3500.12345", "T.number /project/AllInvest\n" },
  { "/project/AllInvest=-1",
    "T.number /project/AllInvest\n"
    "R13.invest /contracts/0/ContractMoney\n" },
  { "/project/PrjCode=2016-220104-47-03-0000012",
    "T.length /project/PrjCode\n"
    "T.prj_code /project/PrjCode\n" },
  { "/project/PrjName=示例\t工程", "T.characters /project/PrjName\n" },
  { "/project/PrjName=示例\u202e工程", "T.characters /project/PrjName\n" },
  { "/project/PrjName=示例\u200b工程", "T.characters /project/PrjName\n" },
  { "/project/IsMajor=2", "R02.code /project/IsMajor\n" },
  { "/project/CountyNum=220202", "R20.area /project/PrjNum\nR08.county /project/CountyNum\n" },
  { "/contracts/0/ContractDate=2016-02-30", "T.date /contracts/0/ContractDate\n" },
  { "/participants/0/PersonIDCard=220***********0019",
    "T.masked /participants/0/PersonIDCard\n"
    "R03.citizen_id.participants /participants/0/PersonIDCard\n" },
  { "/acceptances/0/EDate=1900-01-01",
    "R10.ongoing /acceptances\n"
    "T.mandatory /acceptances/0/EDate\n" },
  { "/project/AllInvest=35000000.0000", "R16.project /project/AllInvest\n" },
  { "/project/AllArea=0",
    "R15.total /project/AllArea\n"
    "R19.size.building /project/AllArea\n"
    "R15.permit /permits/0/Area\n" },
  { "/project/AllArea=12500", "R15.total /project/AllArea\n" },
  { "/project/PrjFunctionNum=010", "R19.function.building /project/PrjFunctionNum\n" },
  { "/project/PrjTypeNum=02", "R19.function.municipal /project/PrjFunctionNum\n" },
  { "/project/PrjTypeNum=02\n/project/AllLength=0\n/project/AllArea=0",
    "R15.total /project/AllArea\n"
    "R19.size.municipal /project/AllLength\n"
    "R19.function.municipal /project/PrjFunctionNum\n"
    "R15.permit /permits/0/Area\n" },
  { "/project/Address=长春市", "R20.address /project/Address\n" },
  { "/project/PrjNum=2201041699990001",
    "R20.date /project/PrjNum\n"
    "R01.inherit /units/0/PrjNum\n"
    "R01.number.units /units/0/UnitCode\n"
    "R01.inherit /units/1/PrjNum\n"
    "R01.number.units /units/1/UnitCode\n"
    "R01.number.tenders /tenders/0/TenderNum\n"
    "R01.inherit /tenders/0/PrjNum\n"
    "R01.number.reviews /reviews/0/CensorNum\n"
    "R01.inherit /reviews/0/PrjNum\n"
    "R01.inherit /review_people/0/PrjNum\n"
    "R01.inherit /review_people/1/PrjNum\n"
    "R01.number.contracts /contracts/0/RecordNum\n"
    "R01.inherit /contracts/0/PrjNum\n"
    "R01.number.permits /permits/0/BuilderLicenceNum\n"
    "R01.inherit /permits/0/PrjNum\n"
    "R01.inherit /safety_people/0/PrjNum\n"
    "R01.inherit /safety_people/1/PrjNum\n"
    "R01.number.acceptances /acceptances/0/PrjFinishCheckNum\n"
    "R01.inherit /acceptances/0/PrjNum\n"
    "R01.number.filings /filings/0/PrjFinishNum\n"
    "R01.inherit /filings/0/PrjNum\n"
    "R01.inherit /participants/0/PrjNum\n"
    "R01.inherit /participants/1/PrjNum\n"
    "R01.inherit /participants/2/PrjNum\n"
    "R01.inherit /participants/3/PrjNum\n" },
  { "/project/PrjNum=",
    "R01.inherit /units/0/PrjNum\n"
    "R01.inherit /units/1/PrjNum\n"
    "R01.inherit /tenders/0/PrjNum\n"
    "R01.inherit /reviews/0/PrjNum\n"
    "R01.inherit /review_people/0/PrjNum\n"
    "R01.inherit /review_people/1/PrjNum\n"
    "R01.inherit /contracts/0/PrjNum\n"
    "R01.inherit /permits/0/PrjNum\n"
    "R01.inherit /safety_people/0/PrjNum\n"
    "R01.inherit /safety_people/1/PrjNum\n"
    "R01.inherit /acceptances/0/PrjNum\n"
    "R01.inherit /filings/0/PrjNum\n"
    "R01.inherit /participants/0/PrjNum\n"
    "R01.inherit /participants/1/PrjNum\n"
    "R01.inherit /participants/2/PrjNum\n"
    "R01.inherit /participants/3/PrjNum\n" },
  { "/project/CountyNum=220102", "R20.area /project/PrjNum\n" },
  { "/project/PrjApprovalDate=2016-12-30", "R11.approval /project/PrjApprovalDate\n" },
  { "/units/0/UnitCode=2201041603300009-001", "R01.number.units /units/0/UnitCode\n" },
  { "/units/0/UnitCode=", "R01.needed.units /units/0/UnitCode\n" },
  { "/units/0/FloorBuildArea=7000.00", "R15.unit /units/0/BuildArea\n" },
  { "/units/0/BuildHeight=", "C.units.building /units/0/BuildHeight\n" },
  { "/units/0/Invest=2300",
    "R14.cost.acceptances /acceptances/0/FactCost\n"
    "R14.cost.filings /filings/0/FactCost\n" },
  { "/tenders/0/TenderResultDate=2016-12-30", "R11.award /tenders/0/TenderResultDate\n" },
  { "/tenders/0/TenderNum=2201041603300001-BE-001",
    "R01.link /units/0/TenderNum\n"
    "R01.link /units/1/TenderNum\n"
    "R18.letters.tenders /tenders/0/TenderNum\n"
    "R01.link /permits/0/TenderNum\n"
    "R01.link /filings/0/TenderNum\n" },
  { "/tenders/0/TenderMoney=1",
    "R16.tender /tenders/0/TenderMoney\n"
    "R13.money /contracts/0/ContractMoney\n" },
  { "/tenders/0/ConstructorName=", "C.tenders.manager /tenders/0/ConstructorName\n" },
  { "/tenders/0/ConstructorIDCard=222401197506154561",
    "R17.manager.construction /tenders/0/ConstructorIDCard\n" },
  { "/tenders/0/TenderClassNum=004",
    "R18.letters.tenders /tenders/0/TenderNum\n"
    "R17.manager.supervision /tenders/0/ConstructorIDCard\n"
    "R18.class /contracts/0/ContractTypeNum\n" },
  { "/contracts/0/ContractMoney=29200000",
    "R13.money /contracts/0/ContractMoney\n"
    "R13.invest /contracts/0/ContractMoney\n"
    "R16.contract /contracts/0/ContractMoney\n" },
  { "/contracts/0/ContractDate=2018-01-01",
    "R11.contract /contracts/0/ContractDate\n"
    "R12.contract /contracts/0/ContractDate\n" },
  { "/contracts/0/ContractDate=2015-01-01", "R11.award /tenders/0/TenderResultDate\n" },
  { "/contracts/0/RecordNum=2201041603300001-HA-001",
    "R18.letters.contracts /contracts/0/RecordNum\n" },
  { "/contracts/0/RecordNum=2201041603300001-XX-001",
    "R18.kind.contract /contracts/0/RecordNum\n" },
  { "/contracts/0/ContractorCorpCode=913309000692086510",
    "R17.award /tenders/0/TenderCorpCode\n"
    "R17.company.construction /contracts/0/ContractorCorpCode\n" },
  { "/contracts/0/ContractorCorpName=另一名称（虚构）", "R17.name /contracts/0/ContractorCorpName\n" },
  { "/contracts/0/UnionCorpName=联合体（虚构）", "T.mandatory /contracts/0/UnionCorpCode\n" },
  { "/permits/0/ReleaseDate=2017-12-30",
    "R11.permit /permits/0/ReleaseDate\n"
    "R12.start /permits/0/ReleaseDate\n" },
  { "/permits/0/ReleaseDate=2016-01-01",
    "R11.review /reviews/0/CensorEDate\n"
    "R11.contract /contracts/0/ContractDate\n" },
  { "/permits/0/Area=13000", "R15.permit /permits/0/Area\n" },
  { "/permits/0/BuilderLicenceNum=2201041603300001-JX-001",
    "R01.link /units/0/BuilderLicenceNum\n"
    "R01.link /units/1/BuilderLicenceNum\n"
    "R18.kind.permit /permits/0/BuilderLicenceNum\n"
    "R01.link /safety_people/0/BuilderLicenceNum\n"
    "R01.link /safety_people/1/BuilderLicenceNum\n"
    "R01.link /acceptances/0/BuilderLicenceNum\n"
    "R01.link /filings/0/BuilderLicenceNum\n"
    "R01.link /participants/0/BuilderLicenceNum\n"
    "R01.link /participants/1/BuilderLicenceNum\n"
    "R01.link /participants/2/BuilderLicenceNum\n"
    "R01.link /participants/3/BuilderLicenceNum\n" },
  { "/permits/0/TenderNum=", "T.mandatory /permits/0/TenderNum\n" },
  { "/reviews/0/CensorEDate=2017-12-30", "R11.review /reviews/0/CensorEDate\n" },
  { "/acceptances/0/FactCost=9000", "R14.cost.acceptances /acceptances/0/FactCost\n" },
  { "/acceptances/0/FactArea=30000", "R14.area.acceptances /acceptances/0/FactArea\n" },
  { "/acceptances/0/BDate=2016-01-01", "R12.start /permits/0/ReleaseDate\n" },
  { "/acceptances/0/PrjStructureTypeNum=",
    "C.acceptances.building /acceptances/0/PrjStructureTypeNum\n" },
  { "/filings/0/EDate=2017-01-01", "R11.acceptance /acceptances/0/EDate\n" },
  { "/filings/0/EDate=2018-12-01", "R12.filing /filings/0/EDate\n" },
  { "/filings/0/FactArea=1",
    "R16.filing /filings/0/FactCost\n"
    "R14.area.filings /filings/0/FactArea\n" },
  { NULL, NULL },
};

static void
apply (YejiRecord *record,
       const char *changes)
{
  g_auto (GStrv) lines = g_strsplit (changes, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) words = g_strsplit (lines[i], "=", 2);
      YejiPlace place;

      g_assert_true (yeji_record_resolve (record, words[0], &place, NULL));
      yeji_record_set (record, place.row, place.field, words[1]);
    }
}

static void
test_edits (void)
{
  for (guint i = 0; edits[i].changes != NULL; i++)
    {
      g_autoptr (YejiRecord) record = read_sample ("complete-construction.json");
      g_autoptr (GPtrArray) problems = NULL;
      g_autofree char *lines = NULL;

      apply (record, edits[i].changes);
      problems = yeji_validator_check (validator, record, TODAY, NULL);
      lines = list_problems (problems, YEJI_SEVERITY_HINT);
      g_assert_cmpstr (lines, ==, edits[i].problems);
    }
}

static void
test_documents (void)
{
  static const char * const none[] = { NULL };
  g_autoptr (YejiRecord) record = read_sample ("complete-construction.json");
  g_autoptr (GPtrArray) missing = yeji_validator_check (validator, record, TODAY, none);
  g_autoptr (GPtrArray) present = NULL;
  g_autoptr (GPtrArray) slots = g_ptr_array_new ();
  const YejiFieldDef *type = yeji_dictionary_find_field (dictionary, "TBTenderInfo",
                                                         "TenderTypeNum");

  g_assert_cmpuint (missing->len, ==, 4);
  for (guint i = 0; i < missing->len; i++)
    {
      const char *pointer = yeji_problem_get_pointer (g_ptr_array_index (missing, i));

      g_assert_true (g_str_has_prefix (pointer, "/documents/"));
      g_ptr_array_add (slots, (gpointer) (pointer + strlen ("/documents/")));
    }
  g_ptr_array_add (slots, NULL);
  present = yeji_validator_check (validator, record, TODAY, (const char * const *) slots->pdata);
  g_assert_cmpuint (present->len, ==, 0);

  /* a direct award has no notice of award */
  g_clear_pointer (&missing, g_ptr_array_unref);
  yeji_record_set (record, yeji_record_get_row (record, type->table, 0), type, "003");
  missing = yeji_validator_check (validator, record, TODAY, none);
  g_assert_cmpuint (missing->len, ==, 3);
}

/* Old real records hold codes that the list of areas lacks. */
static void
test_lenient_codes (void)
{
  g_autoptr (YejiRecord) record = read_sample ("complete-construction.json");
  const YejiFieldDef *county = yeji_dictionary_find_field (dictionary, "TBProjectInfo", "CountyNum");
  g_autoptr (GPtrArray) problems = NULL;
  g_autofree char *lines = NULL;

  yeji_record_set (record, yeji_record_get_project (record), county, "999999");
  problems = yeji_validator_check (validator, record, TODAY, NULL);
  lines = list_problems (problems, YEJI_SEVERITY_HINT);
  g_assert_cmpstr (lines, ==, "R20.area /project/PrjNum\nR02.code /project/CountyNum\n");
  g_assert_cmpuint (yeji_problems_count (problems, YEJI_SEVERITY_ERROR), ==, 0);
}

static void
test_unique (void)
{
  g_autoptr (YejiRecord) record = read_sample ("complete-construction.json");
  const YejiTableDef *filings = yeji_dictionary_find_member (dictionary, "filings");
  g_autoptr (YejiRow) copy = yeji_row_copy (yeji_record_get_row (record, filings, 0), NULL);
  g_autoptr (GPtrArray) problems = NULL;
  g_autofree char *lines = NULL;

  yeji_record_insert_row (record, G_MAXUINT, copy);
  problems = yeji_validator_check (validator, record, TODAY, NULL);
  lines = list_problems (problems, YEJI_SEVERITY_HINT);
  g_assert_cmpstr (lines, ==, "key.unique.filings /filings/1/PrjFinishNum\n");
}

static void
test_role (void)
{
  g_autoptr (YejiRecord) record = read_sample ("complete-construction.json");
  g_autoptr (GPtrArray) problems = NULL;
  g_autofree char *lines = NULL;

  yeji_record_set_role (record, "astronaut");
  problems = yeji_validator_check (validator, record, TODAY, NULL);
  lines = list_problems (problems, YEJI_SEVERITY_HINT);
  g_assert_cmpstr (lines, ==, "role.known /role\n");
}

static void
test_unknown_members (void)
{
  g_autofree char *text = read_text ("complete-construction.json");
  g_autoptr (GString) changed = g_string_new (text);
  g_autoptr (YejiRecord) record = NULL;
  g_autoptr (GPtrArray) problems = NULL;
  g_autofree char *lines = NULL;

  g_string_replace (changed, "\"project\": {", "\"a/b\": 1, \"project\": {\"~x\": 1, ", 1);
  record = yeji_record_new_from_text (dictionary, changed->str, -1, NULL);
  problems = yeji_validator_check (validator, record, TODAY, NULL);
  lines = list_problems (problems, YEJI_SEVERITY_HINT);
  g_assert_cmpstr (lines, ==, "T.unknown /project/~0x\nT.unknown /a~1b\n");
}

/* A value that looks like a placeholder is a value. */
static void
test_message_words (void)
{
  g_autoptr (YejiRecord) record = read_sample ("complete-construction.json");
  const YejiFieldDef *field = yeji_dictionary_find_field (dictionary, "TBProjectInfo", "PrjPropertyNum");
  g_autoptr (YejiValidator) english = yeji_validator_new (dictionary, YEJI_LANGUAGE_EN);
  g_autoptr (GPtrArray) problems = NULL;

  yeji_record_set (record, yeji_record_get_project (record), field, "{label}");
  problems = yeji_validator_check (english, record, TODAY, NULL);
  g_assert_nonnull (strstr (yeji_problem_get_message (g_ptr_array_index (problems,
                                                                         problems->len - 1)),
                             "“{label}”"));
}

static void
add_samples (const char     *prefix,
             GTestDataFunc   func)
{
  g_autoptr (GDir) dir = g_dir_open (g_getenv ("YEJI_SAMPLES"), 0, NULL);
  guint count = 0;
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_prefix (name, prefix))
      {
        g_autofree char *path = g_strdup_printf ("/rules/validator/samples/%s", name);

        g_test_add_data_func_full (path, g_strdup (name), func, g_free);
        count++;
      }
  g_assert_cmpuint (count, >=, 3);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  dictionary = yeji_dictionary_new_built_in (NULL);
  validator = yeji_validator_new (dictionary, YEJI_LANGUAGE_ZH);

  add_samples ("complete-", test_complete);
  add_samples ("broken-", test_broken);
  g_test_add_func ("/rules/validator/judges-every-edit", test_edits);
  g_test_add_func ("/rules/validator/asks-for-documents", test_documents);
  g_test_add_func ("/rules/validator/only-warns-of-unknown-areas", test_lenient_codes);
  g_test_add_func ("/rules/validator/tells-numbers-that-occur-twice", test_unique);
  g_test_add_func ("/rules/validator/asks-for-a-role", test_role);
  g_test_add_func ("/rules/validator/reports-unknown-members", test_unknown_members);
  g_test_add_func ("/rules/validator/fills-in-words-once", test_message_words);
  return g_test_run ();
}
