// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "yeji-dictionary.h"
#include "yeji-test.h"

#include <string.h>

#include <glib/gstdio.h>

static void
test_built_in (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiDictionary) dictionary = yeji_dictionary_new_built_in (&error);
  GPtrArray *tables;
  guint n_fields = 0;

  g_assert_no_error (error);
  tables = yeji_dictionary_get_tables (dictionary);
  g_assert_cmpuint (tables->len, ==, 11);
  for (guint i = 0; i < tables->len; i++)
    {
      const YejiTableDef *table = g_ptr_array_index (tables, i);

      g_assert_true (yeji_dictionary_find_table (dictionary, table->id) == table);
      g_assert_true (yeji_dictionary_find_member (dictionary, table->member) == table);
      for (guint j = 0; j < table->fields->len; j++)
        {
          const YejiFieldDef *field = g_ptr_array_index (table->fields, j);

          g_assert_true (yeji_table_def_find_field (table, field->id) == field);
          g_assert_cmpuint (field->index, ==, j);
        }
      n_fields += table->fields->len;
    }
  g_assert_cmpuint (n_fields, ==, 230);
  g_assert_cmpstr (yeji_dictionary_get_root (dictionary)->member, ==, "project");
  g_assert_null (yeji_dictionary_find_table (dictionary, "TBNothing"));
}

static void
test_codes (void)
{
  g_autoptr (YejiDictionary) dictionary = yeji_dictionary_new_built_in (NULL);
  const YejiCodeList *areas = yeji_dictionary_find_codes (dictionary, "area");
  const YejiCode *county = yeji_code_list_find (areas, "220104");

  g_assert_cmpstr (county->name, ==, "朝阳区");
  g_assert_cmpstr (county->parent, ==, "220100");
  g_assert_cmpint (county->status, ==, YEJI_CODE_CURRENT);
  g_assert_cmpint (yeji_code_list_find (areas, "220381")->status, ==, YEJI_CODE_RETIRED);
  g_assert_true (areas->lenient);
  g_assert_null (yeji_code_list_find (areas, "999999"));
}

static void
test_names (void)
{
  g_autoptr (YejiDictionary) dictionary = yeji_dictionary_new_built_in (NULL);
  const YejiTableDef *permit = yeji_dictionary_find_member (dictionary, "permits");

  g_assert_cmpstr (yeji_table_def_match_field (permit, "RELEASE_DATE")->id, ==, "ReleaseDate");
  g_assert_cmpstr (yeji_table_def_match_field (permit, "IssueCertDate")->id, ==, "ReleaseDate");
  g_assert_cmpstr (yeji_table_def_match_field (permit, "buldplannum")->id, ==, "BuildPlanNum");
  g_assert_null (yeji_table_def_match_field (permit, "Nothing"));
}

static void
test_bundle (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiDictionary) dictionary = yeji_dictionary_new_built_in (NULL);
  g_autoptr (YejiDictionary) copy = NULL;

  copy = yeji_dictionary_new_from_bundle (yeji_dictionary_get_bundle (dictionary), &error);
  g_assert_no_error (error);
  g_assert_cmpstr (yeji_dictionary_get_version (copy), ==,
                   yeji_dictionary_get_version (dictionary));
  g_assert_true (g_bytes_equal (yeji_dictionary_get_bundle (copy),
                                yeji_dictionary_get_bundle (dictionary)));
}

#define PERMITS "tables/TBBuilderLicenceManage.json"
#define CARRIED "\"carry\": [\"TBProjectInfo.PrjName\"]"

/* Each spoils one file by one replacement, and is refused with file, place and reason. */
static const struct
{
  const char *name;
  const char *file;
  const char *from;
  const char *to;
  YejiDictionaryError code;
  const char *message;
} spoilt[] = {
  { "syntax", "roles.json", "{", "{,", YEJI_DICTIONARY_ERROR_SYNTAX, "roles.json: 1:" },
  { "array", "limits.json", "{", "[{", YEJI_DICTIONARY_ERROR_SYNTAX, "limits.json: " },
  { "unknown-member", "limits.json", "\"rows\"", "\"rowz\"", YEJI_DICTIONARY_ERROR_SHAPE,
    "limits.json: /rowz: " },
  { "wrong-type", "limits.json", "\"rows\": 500", "\"rows\": \"500\"", YEJI_DICTIONARY_ERROR_SHAPE,
    "limits.json: /rows: " },
  { "negative", "limits.json", "\"rows\": 500", "\"rows\": -1", YEJI_DICTIONARY_ERROR_SHAPE,
    "limits.json: /rows: " },
  { "rows-that-nobody-reads", "limits.json", "\"rows\": 500", "\"rows\": 10001",
    YEJI_DICTIONARY_ERROR_SHAPE, "limits.json: /rows: " },
  { "text-that-nobody-reads", "limits.json", "\"text\": 20000", "\"text\": 1048577",
    YEJI_DICTIONARY_ERROR_SHAPE, "limits.json: /text: " },
  { "resolution-of-no-scanner", "limits.json", "\"dpi\": 150", "\"dpi\": 10001",
    YEJI_DICTIONARY_ERROR_SHAPE, "limits.json: /scan: " },
  { "nothing-but-ink", "limits.json", "\"ink\": 0.0002", "\"ink\": 1", YEJI_DICTIONARY_ERROR_SHAPE,
    "limits.json: /scan/ink: " },
  { "ink-in-words", "limits.json", "\"ink\": 0.0002", "\"ink\": \"little\"",
    YEJI_DICTIONARY_ERROR_SHAPE, "limits.json: /scan/ink: " },
  { "scan-unknown-member", "limits.json", "\"pages\": 200", "\"sheets\": 200",
    YEJI_DICTIONARY_ERROR_SHAPE, "limits.json: /scan/sheets: " },
  { "member-uuid", "tables/TBTenderInfo.json", "\"tenders\"", "\"uuid\"",
    YEJI_DICTIONARY_ERROR_REFERENCE, "tables/TBTenderInfo.json: /member: " },
  { "member-role", "tables/TBTenderInfo.json", "\"tenders\"", "\"role\"",
    YEJI_DICTIONARY_ERROR_REFERENCE, "tables/TBTenderInfo.json: /member: " },
  { "member-dictionary", "tables/TBTenderInfo.json", "\"tenders\"", "\"dictionary\"",
    YEJI_DICTIONARY_ERROR_REFERENCE, "tables/TBTenderInfo.json: /member: " },
  { "member-kept", "tables/TBTenderInfo.json", "\"tenders\"", "\"kept\"",
    YEJI_DICTIONARY_ERROR_REFERENCE, "tables/TBTenderInfo.json: /member: " },
  { "member-aside", "tables/TBTenderInfo.json", "\"tenders\"", "\"aside\"",
    YEJI_DICTIONARY_ERROR_REFERENCE, "tables/TBTenderInfo.json: /member: " },
  { "number-of-decimals-alone", "tables/TBTenderInfo.json", "\"precision\": 15, \"scale\": 4",
    "\"precision\": 4, \"scale\": 4", YEJI_DICTIONARY_ERROR_SHAPE,
    "tables/TBTenderInfo.json: /fields/" },
  { "missing-file", "dictionary.json", "\"area\"", "\"aria\"", YEJI_DICTIONARY_ERROR_MISSING,
    "codes/aria.json: the file cannot be read" },
  { "missing-english", "codes/yes_no.json", "\"en\"", "\"fr\"", YEJI_DICTIONARY_ERROR_SHAPE,
    "codes/yes_no.json: /label/fr: " },
  { "code-twice", "codes/yes_no.json", "\"code\": \"1\"", "\"code\": \"0\"",
    YEJI_DICTIONARY_ERROR_REFERENCE, "codes/yes_no.json: /items/1: " },
  { "no-such-list", "tables/TBTenderInfo.json", "\"codes\": \"tender_class\"",
    "\"codes\": \"tender_klass\"", YEJI_DICTIONARY_ERROR_REFERENCE,
    "tables/TBTenderInfo.json: /fields/5: " },
  { "no-such-type", "tables/TBTenderInfo.json", "\"type\": \"text\"", "\"type\": \"txt\"",
    YEJI_DICTIONARY_ERROR_SHAPE, "tables/TBTenderInfo.json: /fields/0/type: " },
  { "no-such-link", "tables/TBUnitProjectInfo.json", "\"link\": \"TBTenderInfo.TenderNum\"",
    "\"link\": \"TBTenderInfo.Nothing\"", YEJI_DICTIONARY_ERROR_REFERENCE,
    "tables/TBUnitProjectInfo.json: /fields/" },
  { "no-such-kind", "rules.json", "\"kind\": \"order\"", "\"kind\": \"odour\"",
    YEJI_DICTIONARY_ERROR_SHAPE, "rules.json: /rules/" },
  { "bad-pattern", "rules.json", "\"[0-9]{16}\"", "\"[0-9{16}\"", YEJI_DICTIONARY_ERROR_SHAPE,
    "rules.json: /formats/0: " },
  { "too-few-fields", "rules.json",
    "\"fields\": [\"TBProjectFinishCheckInfo.BDate\", \"TBProjectFinishCheckInfo.EDate\"]",
    "\"fields\": [\"TBProjectFinishCheckInfo.BDate\"]", YEJI_DICTIONARY_ERROR_SHAPE,
    "rules.json: /rules/" },
  { "date-and-number", "rules.json", "\"TBProjectFinishCheckInfo.EDate\"]",
    "\"TBProjectFinishCheckInfo.FactCost\"]", YEJI_DICTIONARY_ERROR_REFERENCE,
    "rules.json: /rules/" },
  { "no-days", "rules.json", "\"days\": 30,", "", YEJI_DICTIONARY_ERROR_SHAPE,
    "rules.json: /rules/" },
  { "member-of-another-kind", "rules.json", "\"days\": 30,", "\"days\": 30, \"pairs\": [],",
    YEJI_DICTIONARY_ERROR_SHAPE, "rules.json: /rules/" },
  { "half-a-pair", "rules.json", "[\"HB\", \"100\"]", "[\"HB\"]", YEJI_DICTIONARY_ERROR_SHAPE,
    "rules.json: /rules/" },
  { "band-upside-down", "rules.json", "\"min\": 0.01", "\"min\": 10", YEJI_DICTIONARY_ERROR_SHAPE,
    "rules.json: /rules/" },
  { "via-astray", "rules.json",
    "\"via\": [\"TBTenderInfo.TenderCorpCode\", \"TBContractRecordManage.ContractorCorpCode\"]",
    "\"via\": [\"TBTenderInfo.TenderCorpCode\", \"TBProjectCorpInfo.CorpCode\"]",
    YEJI_DICTIONARY_ERROR_REFERENCE, "rules.json: /rules/" },
  { "condition-of-another-table", "rules.json", "{\"field\": \"TenderTypeNum\", \"not_in\"",
    "{\"field\": \"TBProjectCorpInfo.CorpName\", \"not_in\"", YEJI_DICTIONARY_ERROR_REFERENCE,
    "rules.json: /rules/" },
  { "condition-without-test", "rules.json", "\"not_in\": [\"003\"]", "\"no\": [\"003\"]",
    YEJI_DICTIONARY_ERROR_SHAPE, "rules.json: /rules/" },
  { "condition-of-nothing", "rules.json", "{\"field\": \"TenderTypeNum\", \"not_in\": [\"003\"]}",
    "{\"any\": []}", YEJI_DICTIONARY_ERROR_SHAPE, "rules.json: /rules/" },
  { "condition-too-deep", "rules.json", "{\"field\": \"TenderTypeNum\", \"not_in\": [\"003\"]}",
    "{\"all\": [{\"all\": [{\"all\": [{\"all\": [{\"all\": [{\"all\": [{\"all\": [{\"all\": [{\"all\": "
    "[{\"all\": [{\"rows\": \"TBTenderInfo\"}]}]}]}]}]}]}]}]}]}]}", YEJI_DICTIONARY_ERROR_SHAPE,
    "rules.json: /rules/" },
  { "no-such-slot", "rules.json", "\"document\": \"change_proof\"", "\"document\": \"proof\"",
    YEJI_DICTIONARY_ERROR_REFERENCE, "rules.json: /rules/" },
  { "role-unknown", "documents.json", "\"construction\"", "\"destruction\"",
    YEJI_DICTIONARY_ERROR_REFERENCE, "documents.json: /slots/" },
  { "unit-without-a-factor", "normalise.json", "\"1/10000\"", "\"1/0\"",
    YEJI_DICTIONARY_ERROR_SHAPE, "normalise.json: /units/0/names" },
  { "unit-with-a-double", "normalise.json", "\"1/10000\"", "\"0.0001\"",
    YEJI_DICTIONARY_ERROR_SHAPE, "normalise.json: /units/0/names" },
  { "meant-unknown", "normalise.json", "\"meant\": \"元\"", "\"meant\": \"吊\"",
    YEJI_DICTIONARY_ERROR_REFERENCE, "normalise.json: /units/0" },
  { "way-unknown", "normalise.json", "\"way\": \"digits\"", "\"way\": \"toes\"",
    YEJI_DICTIONARY_ERROR_SHAPE, "normalise.json: /formats/0/way" },
  { "way-of-no-format", "normalise.json", "\"format\": \"prj_num\"", "\"format\": \"prj\"",
    YEJI_DICTIONARY_ERROR_REFERENCE, "normalise.json: /formats/0" },
  { "word-for-no-code", "normalise.json", "\"有\": \"1\"", "\"有\": \"2\"",
    YEJI_DICTIONARY_ERROR_REFERENCE, "normalise.json: /codes/0/words" },
  { "more-than-a-century", "normalise.json", "\"to\": 2029", "\"to\": 2099",
    YEJI_DICTIONARY_ERROR_SHAPE, "normalise.json: /two_digit_years" },
  { "numbers-of-no-format", "matching.json", "\"paper_number\"", "\"paper\"",
    YEJI_DICTIONARY_ERROR_REFERENCE, "matching.json: /numbers" },
  { "words-that-are-missing", "matching.json", "\"works\"", "\"work\"",
    YEJI_DICTIONARY_ERROR_SHAPE, "matching.json: " },
  { "qualification-of-no-role", "qualifications.json", "\"general_contracting\"", "\"general\"",
    YEJI_DICTIONARY_ERROR_REFERENCE, "qualifications.json: /kinds/0: no role" },
  { "qualification-of-no-table", "qualifications.json", "\"TBBuilderLicenceManage\"", "\"TBNothing\"",
    YEJI_DICTIONARY_ERROR_REFERENCE, "qualifications.json: /kinds/0/tables/1: no table" },
  { "qualification-without-a-reason", "qualifications.json", "\"revoked\"", "\"revoke\"",
    YEJI_DICTIONARY_ERROR_SHAPE, "qualifications.json: /reasons/revoke" },
  { "qualification-with-a-way-unknown", "qualifications.json", "\"add\": \"sum\"", "\"add\": \"mean\"",
    YEJI_DICTIONARY_ERROR_SHAPE, "qualifications.json: /kinds/0/indicators/1/add" },
  { "qualification-that-adds-days", "qualifications.json", "TBProjectFinishCheckInfo.FactCost",
    "TBProjectFinishCheckInfo.EDate", YEJI_DICTIONARY_ERROR_SHAPE,
    "qualifications.json: /kinds/0/indicators/3: only numbers" },
  { "qualification-that-sums-nothing", "qualifications.json",
    "\"add\": \"sum\", \"field\": \"TBProjectFinishCheckInfo.FactCost\"", "\"add\": \"sum\"",
    YEJI_DICTIONARY_ERROR_SHAPE, "qualifications.json: /kinds/0/indicators/3/field" },
  { "qualification-twice", "qualifications.json", "\"id\": \"survey_design\"",
    "\"id\": \"construction\"", YEJI_DICTIONARY_ERROR_REFERENCE,
    "qualifications.json: /kinds/1: “construction” is there twice" },
  { "indicator-twice", "qualifications.json", "\"id\": \"cost_sum\"", "\"id\": \"contract_max\"",
    YEJI_DICTIONARY_ERROR_REFERENCE, "qualifications.json: /kinds/0/indicators/3: “contract_max”" },
  { "requirement-of-another-row", "qualifications.json",
    "\"where\": {\"rows\": \"TBProjectFinishCheckInfo\", \"where\": {\"field\": \"EDate\"",
    "\"where\": {\"rows\": \"TBProjectFinishCheckInfo\", \"where\": {\"field\": \"Nothing\"",
    YEJI_DICTIONARY_ERROR_REFERENCE, "qualifications.json: /kinds/0/requires/1" },
  { "phone-no-pattern", "normalise.json", "1[3-9]", "(1[3-9]", YEJI_DICTIONARY_ERROR_SHAPE,
    "normalise.json: /phones/patterns" },
  { "initials-no-letters", "codes/area.json", "\"initials\": \"jhs\"", "\"initials\": \"蛟\"",
    YEJI_DICTIONARY_ERROR_SHAPE, "codes/area.json: /items/" },
  { "written-in-no-unit", "normalise.json", "[\"元\", \"角\", \"分\"]", "[\"元\", \"毛\", \"分\"]",
    YEJI_DICTIONARY_ERROR_REFERENCE, "normalise.json: /units/0/written: no name" },
  { "written-in-no-tenths", "normalise.json", "[\"元\", \"角\", \"分\"]", "[\"元\", \"分\", \"角\"]",
    YEJI_DICTIONARY_ERROR_SHAPE, "normalise.json: /units/0/written: “分” must be a tenth" },
  { "written-in-two-units", "normalise.json", "[\"元\", \"角\", \"分\"]", "[\"元\", \"角\"]",
    YEJI_DICTIONARY_ERROR_SHAPE, "normalise.json: /units/0/written: “units” names three" },
  { "carry-no-array", PERMITS, CARRIED, "\"carry\": \"TBProjectInfo.PrjName\"",
    YEJI_DICTIONARY_ERROR_SHAPE, PERMITS ": /fields/2: “carry” must be an array" },
  { "carry-nothing", PERMITS, CARRIED, "\"carry\": []", YEJI_DICTIONARY_ERROR_SHAPE,
    PERMITS ": /fields/2: “carry” must be an array" },
  { "carry-a-number", PERMITS, CARRIED, "\"carry\": [7]", YEJI_DICTIONARY_ERROR_SHAPE,
    PERMITS ": /fields/2/carry/0: must be a string or an object" },
  { "carry-from-nowhere", PERMITS, CARRIED, "\"carry\": [\"TBProjectInfo.Nothing\"]",
    YEJI_DICTIONARY_ERROR_REFERENCE, PERMITS ": /fields/2/carry/0: no field" },
  { "carry-of-the-enterprise", PERMITS, CARRIED, "\"carry\": [\"enterprise.phone\"]",
    YEJI_DICTIONARY_ERROR_REFERENCE, PERMITS ": /fields/2/carry/0: no field" },
  { "carry-another-type", PERMITS, CARRIED, "\"carry\": [\"TBProjectInfo.AllArea\"]",
    YEJI_DICTIONARY_ERROR_REFERENCE, PERMITS ": /fields/2/carry/0: TBProjectInfo.AllArea: the two" },
  { "carry-a-personal-number", PERMITS, CARRIED, "\"carry\": [\"TBProjectCorpInfo.PersonPhone\"]",
    YEJI_DICTIONARY_ERROR_REFERENCE, PERMITS ": /fields/2/carry/0: TBProjectCorpInfo.PersonPhone: " },
  { "carry-member-unknown", PERMITS, CARRIED,
    "\"carry\": [{\"from\": \"TBProjectInfo.PrjName\", \"if\": {}}]", YEJI_DICTIONARY_ERROR_SHAPE,
    PERMITS ": /fields/2/carry/0/if: " },
  { "carry-without-from", PERMITS, CARRIED, "\"carry\": [{}]", YEJI_DICTIONARY_ERROR_SHAPE,
    PERMITS ": /fields/2/carry/0/from: " },
  { "carry-for-no-role", PERMITS, CARRIED,
    "\"carry\": [{\"from\": \"enterprise.name\", \"roles\": [\"destruction\"]}]",
    YEJI_DICTIONARY_ERROR_REFERENCE, PERMITS ": /fields/2/carry/0: no role" },
  { "carry-where-of-no-row", PERMITS, CARRIED,
    "\"carry\": [{\"from\": \"enterprise.name\", \"where\": {\"field\": \"PrjName\", \"filled\": true}}]",
    YEJI_DICTIONARY_ERROR_SHAPE, PERMITS ": /fields/2/carry/0: “where” and “via”" },
  { "carry-via-astray", PERMITS, CARRIED,
    "\"carry\": [{\"from\": \"TBProjectInfo.PrjName\", \"via\": [\"TBProjectInfo.PrjNum\", "
    "\"TBProjectInfo.PrjNum\"]}]", YEJI_DICTIONARY_ERROR_REFERENCE,
    PERMITS ": /fields/2/carry/0: “via” names a field of the row" },
  { "carry-via-one", PERMITS, CARRIED,
    "\"carry\": [{\"from\": \"TBProjectInfo.PrjName\", \"via\": [\"TBProjectInfo.PrjNum\"]}]",
    YEJI_DICTIONARY_ERROR_SHAPE, PERMITS ": /fields/2/carry/0: “via” names two" },
  { "carry-of-the-project-from-itself", "tables/TBProjectInfo.json",
    "\"length\": 200, \"required\": \"mandatory\", \"filled_by\": \"enterprise\", \"copies\": false",
    "\"length\": 200, \"required\": \"mandatory\", \"filled_by\": \"enterprise\", "
    "\"carry\": [\"TBProjectInfo.PrjName\"]", YEJI_DICTIONARY_ERROR_REFERENCE,
    "tables/TBProjectInfo.json: /fields/3/carry/0: TBProjectInfo.PrjName: a project has one row" },
  { "carry-of-the-platform", PERMITS, "\"filled_by\": \"platform\"",
    "\"filled_by\": \"platform\", \"carry\": [\"TBProjectInfo.PrjName\"]",
    YEJI_DICTIONARY_ERROR_REFERENCE, PERMITS ": /fields/" },
  { "copies-true", "tables/TBTenderInfo.json", "\"copies\": false", "\"copies\": true",
    YEJI_DICTIONARY_ERROR_SHAPE, "tables/TBTenderInfo.json: /fields/" },
  { "copies-no-flag-of-a-table", PERMITS, "\"copies\": false", "\"copies\": 0",
    YEJI_DICTIONARY_ERROR_SHAPE, PERMITS ": /copies: must be false" },
  { "normalise-member-unknown", "normalise.json", "\"zero_words\"", "\"nought_words\"",
    YEJI_DICTIONARY_ERROR_SHAPE, "normalise.json: /nought_words" },
};

/* A mark C without a word on when it is mandatory would be a mark without effect. */
static void
test_conditions (void)
{
  g_autoptr (YejiDictionary) dictionary = yeji_dictionary_new_built_in (NULL);
  GPtrArray *tables = yeji_dictionary_get_tables (dictionary);
  GPtrArray *rules = yeji_dictionary_get_rules (dictionary);
  g_autoptr (GHashTable) named = g_hash_table_new (NULL, NULL);
  guint count = 0;

  for (guint i = 0; i < rules->len; i++)
    {
      const YejiRule *rule = g_ptr_array_index (rules, i);

      for (guint j = 0; rule->kind == YEJI_RULE_MANDATORY && j < rule->fields->len; j++)
        g_hash_table_add (named, g_ptr_array_index (rule->fields, j));
    }
  for (guint i = 0; i < tables->len; i++)
    {
      const YejiTableDef *table = g_ptr_array_index (tables, i);

      for (guint j = 0; j < table->fields->len; j++)
        {
          const YejiFieldDef *field = g_ptr_array_index (table->fields, j);

          if (field->required != YEJI_REQUIRED_CONDITIONAL || field->inherits != NULL)
            continue;
          count++;
          if (field->required_when == NULL && !g_hash_table_contains (named, field))
            g_error ("%s.%s: nothing says when it is mandatory", table->id, field->id);
        }
    }
  g_assert_cmpuint (count, >, 50);
}

static void
copy_dictionary (const char *from,
                 const char *to)
{
  g_autoptr (GDir) dir = g_dir_open (from, 0, NULL);
  const char *name;

  g_mkdir_with_parents (to, 0700);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *source = g_build_filename (from, name, NULL);
      g_autofree char *target = g_build_filename (to, name, NULL);
      g_autofree char *text = NULL;
      gsize length;

      if (g_file_test (source, G_FILE_TEST_IS_DIR))
        copy_dictionary (source, target);
      else if (g_file_get_contents (source, &text, &length, NULL))
        g_assert_true (g_file_set_contents (target, text, (gssize) length, NULL));
    }
}

static void
test_spoilt (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autofree char *dir = yeji_test_dir_new ();
  g_autofree char *path = g_build_filename (dir, spoilt[i].file, NULL);
  g_autofree char *text = NULL;
  g_autoptr (GString) changed = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiDictionary) dictionary = NULL;

  copy_dictionary (g_getenv ("YEJI_DICTIONARY"), dir);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  changed = g_string_new (text);
  g_assert_cmpuint (g_string_replace (changed, spoilt[i].from, spoilt[i].to, 1), ==, 1);
  g_assert_true (g_file_set_contents (path, changed->str, -1, NULL));

  dictionary = yeji_dictionary_new_from_dir (dir, &error);
  g_assert_error (error, YEJI_DICTIONARY_ERROR, (int) spoilt[i].code);
  if (!g_str_has_prefix (error->message, spoilt[i].message))
    g_error ("“%s” does not begin with “%s”", error->message, spoilt[i].message);
  g_assert_null (dictionary);
  yeji_test_dir_remove (dir);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/model/dictionary/has-every-table-and-field", test_built_in);
  g_test_add_func ("/model/dictionary/knows-codes-and-their-parents", test_codes);
  g_test_add_func ("/model/dictionary/accepts-other-names-of-fields", test_names);
  g_test_add_func ("/model/dictionary/survives-the-bundle", test_bundle);
  g_test_add_func ("/model/dictionary/says-when-each-conditional-field-is-mandatory",
                   test_conditions);
  for (guint i = 0; i < G_N_ELEMENTS (spoilt); i++)
    {
      g_autofree char *path = g_strdup_printf ("/model/dictionary/refuses/%s", spoilt[i].name);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_spoilt);
    }
  return g_test_run ();
}
