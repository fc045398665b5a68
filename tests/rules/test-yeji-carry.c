// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "test-yeji-carry"

#include "config.h"

#include "yeji-carry.h"
#include "yeji-test.h"

#define COMPANY "长春市示例建筑工程有限公司"
#define CODE "912201010000000010"

typedef struct
{
  const char *name;
  const char *record;
  const char *pointer;         /* of the field that is asked for */
  const char *wanted;          /* (nullable): nothing is offered */
  const char *from;            /* (nullable): the field where it stands, NULL: the enterprise */
  guint number;                /* of the row where it stands */
} Case;

#define CONSTRUCTION "\"role\": \"construction\", "

static const Case cases[] = {
  { "the-projects-builder-as-the-principal",
    "{\"project\": {\"BuildCorpName\": \"甲公司\"}, \"contracts\": [{\"ContractTypeNum\": \"301\"}]}",
    "/contracts/0/PropietorCorpName", "甲公司", "BuildCorpName", 0 },
  { "no-builder-as-the-principal-of-a-subcontract",
    "{\"project\": {\"BuildCorpName\": \"甲公司\"}, \"contracts\": [{\"ContractTypeNum\": \"302\"}]}",
    "/contracts/0/PropietorCorpName", NULL, NULL, 0 },
  { "the-main-contractor-as-the-principal-of-a-subcontract",
    "{\"project\": {\"BuildCorpName\": \"甲公司\"}, \"contracts\": [{\"ContractTypeNum\": \"302\"}, "
    "{\"ContractTypeNum\": \"301\", \"ContractorCorpName\": \"乙公司\"}]}",
    "/contracts/0/PropietorCorpName", "乙公司", "ContractorCorpName", 2 },
  { "the-company-of-the-award-in-the-contract",
    "{\"tenders\": [{\"TenderClassNum\": \"003\", \"TenderCorpName\": \"乙公司\"}, "
    "{\"TenderClassNum\": \"004\", \"TenderCorpName\": \"丙公司\"}], "
    "\"contracts\": [{\"ContractTypeNum\": \"400\"}]}",
    "/contracts/0/ContractorCorpName", "丙公司", "TenderCorpName", 2 },
  { "the-company-of-the-only-award",
    "{\"tenders\": [{\"TenderCorpName\": \"乙公司\"}], \"contracts\": [{}]}",
    "/contracts/0/ContractorCorpName", "乙公司", "TenderCorpName", 1 },
  { "nothing-where-awards-differ",
    "{\"tenders\": [{\"TenderCorpName\": \"乙公司\"}, {\"TenderCorpName\": \"丙公司\"}], "
    "\"contracts\": [{}]}",
    "/contracts/0/ContractorCorpName", NULL, NULL, 0 },
  { "what-all-awards-say",
    "{\"tenders\": [{\"TenderCorpName\": \"无\"}, {\"TenderCorpName\": \"乙公司\"}, "
    "{\"TenderCorpName\": \"乙公司\"}], \"contracts\": [{}]}",
    "/contracts/0/ContractorCorpName", "乙公司", "TenderCorpName", 2 },
  { "the-enterprise-by-its-role",
    "{" CONSTRUCTION "\"contracts\": [{\"ContractTypeNum\": \"301\"}]}",
    "/contracts/0/ContractorCorpName", COMPANY, NULL, 0 },
  { "the-award-before-the-enterprise",
    "{" CONSTRUCTION "\"tenders\": [{\"TenderClassNum\": \"003\", \"TenderCorpName\": \"乙公司\"}], "
    "\"contracts\": [{\"ContractTypeNum\": \"301\"}]}",
    "/contracts/0/ContractorCorpName", "乙公司", "TenderCorpName", 1 },
  { "no-enterprise-in-another-role",
    "{" CONSTRUCTION "\"contracts\": [{\"ContractTypeNum\": \"400\"}]}",
    "/contracts/0/ContractorCorpName", NULL, NULL, 0 },
  { "the-enterprises-code",
    "{" CONSTRUCTION "\"participants\": [{\"CorpRoleNum\": \"3\"}]}",
    "/participants/0/CorpCode", CODE, NULL, 0 },
  { "the-amount-of-the-award",
    "{\"tenders\": [{\"TenderCorpCode\": \"" CODE "\", \"TenderMoney\": \"2928.28\"}, "
    "{\"TenderCorpCode\": \"91350100M000100Y43\", \"TenderMoney\": \"30\"}], "
    "\"contracts\": [{\"ContractTypeNum\": \"301\", \"ContractorCorpCode\": \"" CODE "\"}]}",
    "/contracts/0/ContractMoney", "2928.28", "TenderMoney", 1 },
  { "no-amount-while-the-company-is-unknown",
    "{\"tenders\": [{\"TenderCorpCode\": \"" CODE "\", \"TenderMoney\": \"2928.28\"}], "
    "\"contracts\": [{\"ContractTypeNum\": \"301\"}]}",
    "/contracts/0/ContractMoney", NULL, NULL, 0 },
  { "nothing-that-the-field-does-not-take",
    "{\"tenders\": [{\"TenderCorpCode\": \"" CODE "\", \"TenderMoney\": \"about 30\"}], "
    "\"contracts\": [{\"ContractTypeNum\": \"301\", \"ContractorCorpCode\": \"" CODE "\"}]}",
    "/contracts/0/ContractMoney", NULL, NULL, 0 },
  { "the-only-row-to-link-to",
    "{\"permits\": [{\"BuilderLicenceNum\": \"2201041603300001-SX-001\"}], \"acceptances\": [{}]}",
    "/acceptances/0/BuilderLicenceNum", "2201041603300001-SX-001", "BuilderLicenceNum", 1 },
  { "no-row-where-there-are-two",
    "{\"permits\": [{\"BuilderLicenceNum\": \"2201041603300001-SX-001\"}, "
    "{\"BuilderLicenceNum\": \"2201041603300001-SX-002\"}], \"acceptances\": [{}]}",
    "/acceptances/0/BuilderLicenceNum", NULL, NULL, 0 },
  { "the-row-that-is-linked-to",
    "{\"permits\": [{\"BuilderLicenceNum\": \"2201041603300001-SX-001\", \"BuiPrjName\": \"一号楼\"}, "
    "{\"BuilderLicenceNum\": \"2201041603300001-SX-002\", \"BuiPrjName\": \"二号楼\"}], "
    "\"filings\": [{\"BuilderLicenceNum\": \"2201041603300001-SX-002\"}]}",
    "/filings/0/FinPrjName", "二号楼", "BuiPrjName", 2 },
  { "the-next-place-where-the-nearest-is-empty",
    "{\"project\": {\"PrjName\": \"示例项目\"}, \"permits\": [{\"BuiPrjName\": \"\"}], "
    "\"filings\": [{}]}",
    "/filings/0/FinPrjName", "示例项目", "PrjName", 0 },
  { "nothing-from-a-link-to-nowhere",
    "{\"acceptances\": [{\"PrjFinishCheckNum\": \"2201041603300001-JX-001\", \"FactCost\": \"5\"}], "
    "\"filings\": [{\"PrjFinishCheckNum\": \"2201041603300001-JX-009\"}]}",
    "/filings/0/FactCost", NULL, NULL, 0 },
  { "the-other-rows-of-the-table",
    "{\"safety_people\": [{\"CorpName\": \"乙公司\"}, {}]}",
    "/safety_people/1/CorpName", "乙公司", "CorpName", 1 },
  { "nothing-where-there-is-a-value",
    "{\"project\": {\"PrjName\": \"示例项目\"}, \"permits\": [{\"BuiPrjName\": \"一号楼\"}]}",
    "/permits/0/BuiPrjName", NULL, NULL, 0 },
  { "nothing-for-what-carries-nothing",
    "{\"project\": {\"PrjName\": \"示例项目\"}, \"units\": [{}]}", "/units/0/SubPrjName", NULL, NULL, 0 },
};

static void
test_find (gconstpointer data)
{
  const Case *wanted = data;
  const YejiEnterprise enterprise = { COMPANY, CODE };
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiDictionary) dictionary = yeji_dictionary_new_built_in (NULL);
  g_autoptr (YejiNormaliser) normaliser = yeji_normaliser_new (dictionary);
  g_autoptr (YejiRecord) record = yeji_record_new_from_text (dictionary, wanted->record, -1, &error);
  g_autoptr (YejiCarried) carried = NULL;
  YejiPlace place;

  g_assert_no_error (error);
  g_assert_true (yeji_record_resolve (record, wanted->pointer, &place, NULL));
  carried = yeji_carry_find (record, place.row, place.field, &enterprise, normaliser);
  g_assert_cmpstr (carried != NULL ? carried->value : NULL, ==, wanted->wanted);
  if (carried == NULL)
    return;
  g_assert_cmpstr (carried->source->field != NULL ? carried->source->field->id : NULL, ==,
                   wanted->from);
  g_assert_cmpuint (carried->number, ==, wanted->number);
}

/* Every place of the dictionary can be read, and none offers what its field refuses to be filled
 * with: the same unit, list and type, as the loader demands. */
static void
test_dictionary (void)
{
  g_autoptr (YejiDictionary) dictionary = yeji_dictionary_new_built_in (NULL);
  GPtrArray *tables = yeji_dictionary_get_tables (dictionary);
  guint n = 0;

  for (guint i = 0; i < tables->len; i++)
    {
      const YejiTableDef *table = g_ptr_array_index (tables, i);

      for (guint j = 0; j < table->fields->len; j++)
        {
          const YejiFieldDef *field = g_ptr_array_index (table->fields, j);

          n += field->carry != NULL ? field->carry->len : 0;
          g_assert_true (field->carry == NULL || yeji_carry_looks_at (field, table));
          if (field->by_platform || field->assigned || field->personal != YEJI_PERSONAL_NO)
            g_assert_false (field->copies && table->copies);
        }
    }
  g_assert_cmpuint (n, >, 80);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/rules/carry/offers/%s", cases[i].name);

      g_test_add_data_func (path, &cases[i], test_find);
    }
  g_test_add_func ("/rules/carry/is-in-the-dictionary", test_dictionary);
  return g_test_run ();
}
