// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "yeji-same-value.h"

static const struct
{
  const char *table;
  const char *field;
  const char *first;
  const char *second;
  gboolean same;
} cases[] = {
  { "TBProjectInfo", "AllInvest", "2928.2800", "2928.28", TRUE },
  { "TBProjectInfo", "AllInvest", "２９２８．２８", "2928.2800", TRUE },
  { "TBProjectInfo", "AllInvest", "2,928.28", "2928.28", TRUE },
  { "TBProjectInfo", "AllInvest", "2928.28", "2928.27", FALSE },
  { "TBProjectInfo", "AllInvest", "2928.28", "", FALSE },
  { "TBProjectInfo", "AllInvest", "", "0", FALSE },
  { "TBProjectInfo", "AllInvest", "many", "many", TRUE },
  { "TBProjectInfo", "AllInvest", "many", "more", FALSE },
  { "TBProjectInfo", "BeginDate", "2016-08-12", "2016年8月12日", TRUE },
  { "TBProjectInfo", "BeginDate", "2016/8/12", "2016.08.12", TRUE },
  { "TBProjectInfo", "BeginDate", "2016-08-12", "2016-08-13", FALSE },
  { "TBProjectInfo", "BeginDate", "2016-08-12", "2016年8月", FALSE },
  /* how a name is written may be what the reviewer meant */
  { "TBProjectInfo", "PrjName", "工程(一)", "工程（一）", FALSE },
  { "TBProjectInfo", "PrjTypeNum", "01", "1", FALSE },
};

static void
test_cases (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiDictionary) dictionary = yeji_dictionary_new_built_in (&error);
  g_autoptr (YejiNormaliser) normaliser = NULL;

  g_assert_no_error (error);
  normaliser = yeji_normaliser_new (dictionary);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const YejiTableDef *table = yeji_dictionary_find_table (dictionary, cases[i].table);
      const YejiFieldDef *field = yeji_table_def_find_field (table, cases[i].field);

      g_test_message ("%s: %s, %s", cases[i].field, cases[i].first, cases[i].second);
      g_assert_true (yeji_value_is_same (normaliser, field, cases[i].first, cases[i].second)
                     == cases[i].same);
      g_assert_true (yeji_value_is_same (normaliser, field, cases[i].second, cases[i].first)
                     == cases[i].same);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/same-value/compares-what-numbers-and-days-mean", test_cases);
  return g_test_run ();
}
