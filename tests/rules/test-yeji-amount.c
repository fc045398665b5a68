// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "test-yeji-amount"

#include "config.h"

#include "yeji-amount.h"
#include "yeji-normaliser.h"
#include "yeji-test.h"

#define N_VALUES 100000

static const struct
{
  guint64 value;
  const char *words;           /* (nullable): nobody agrees on them */
} numerals[] = {
  { 0, "零" },
  { 1, "壹" },
  { 10, "壹拾" },
  { 15, "壹拾伍" },
  { 101, "壹佰零壹" },
  { 110, "壹佰壹拾" },
  { 1001, "壹仟零壹" },
  { 1409, "壹仟肆佰零玖" },
  { 6007, "陆仟零柒" },
  { 10000, "壹万" },
  { 10005, "壹万零伍" },
  { 105000, "壹拾万伍仟" },
  { 100500, "壹拾万零伍佰" },
  { 107000, "壹拾万柒仟" },
  { 29282800, "贰仟玖佰贰拾捌万贰仟捌佰" },
  { 100000000, "壹亿" },
  { 100000005, "壹亿零伍" },
  { 100050000, "壹亿零伍万" },
  { 110000000, "壹亿壹仟万" },
  { G_GUINT64_CONSTANT (1000000000000), "壹万亿" },
  { G_GUINT64_CONSTANT (1000100000000), "壹万零壹亿" },
  { G_GUINT64_CONSTANT (1000000000001), "壹万亿零壹" },
  { G_GUINT64_CONSTANT (9999999999999999), "玖仟玖佰玖拾玖万玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖" },
  { G_GUINT64_CONSTANT (10000000000000000), NULL },
};

static void
test_numerals (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (numerals); i++)
    {
      g_autofree char *words = yeji_numeral_write (numerals[i].value);

      g_assert_cmpstr (words, ==, numerals[i].words);
    }
}

static const struct
{
  const char *text;
  const char *plain;           /* (nullable): nothing is said */
  const char *words;
} amounts[] = {
  { "2928.28", "29,282,800 元", "人民币贰仟玖佰贰拾捌万贰仟捌佰元整" },
  { "0", "0 元", "人民币零元整" },
  { "0.00", "0 元", "人民币零元整" },
  { "000.5", "5,000 元", "人民币伍仟元整" },
  { "1", "10,000 元", "人民币壹万元整" },
  { "0.0001", "1 元", "人民币壹元整" },
  { "0.00005", "0.50 元", "人民币伍角整" },
  { "0.000005", "0.05 元", "人民币伍分" },
  { "1.640902", "16,409.02 元", "人民币壹万陆仟肆佰零玖元零贰分" },
  { "0.168032", "1,680.32 元", "人民币壹仟陆佰捌拾元叁角贰分" },
  { "2920.1234", "29,201,234 元", "人民币贰仟玖佰贰拾万壹仟贰佰叁拾肆元整" },
  { "99999999999.9999", "999,999,999,999,999 元",
    "人民币玖佰玖拾玖万玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元整" },
  { "0.0000001", NULL, NULL },
  { "12345678901234567", NULL, NULL },
  { "-5", NULL, NULL },
  { "1.", NULL, NULL },
  { ".5", NULL, NULL },
  { "1.2.3", NULL, NULL },
  { "1,000", NULL, NULL },
  { "壹万", NULL, NULL },
  { "1e9", NULL, NULL },
  { "", NULL, NULL },
};

static void
test_amounts (void)
{
  g_autoptr (YejiDictionary) dictionary = yeji_dictionary_new_built_in (NULL);
  const YejiFieldDef *money = yeji_dictionary_find_field (dictionary, "TBContractRecordManage",
                                                          "ContractMoney");
  const YejiFieldDef *area = yeji_dictionary_find_field (dictionary, "TBTenderInfo", "Area");
  g_autofree char *none = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (amounts); i++)
    {
      g_autofree char *plain = NULL;
      g_autofree char *words = NULL;
      gboolean written = yeji_amount_write (dictionary, money, amounts[i].text, &plain, &words);

      if (written != (amounts[i].plain != NULL))
        g_error ("“%s”", amounts[i].text);
      g_assert_cmpstr (plain, ==, amounts[i].plain);
      g_assert_cmpstr (words, ==, amounts[i].words);
    }
  g_assert_false (yeji_amount_write (dictionary, area, "1", &none, &none));
}

/* What is written here the normaliser reads as the same amount, whatever the digits. */
static void
test_round_trip (void)
{
  g_autoptr (YejiDictionary) dictionary = yeji_dictionary_new_built_in (NULL);
  g_autoptr (YejiNormaliser) normaliser = yeji_normaliser_new (dictionary);
  const YejiFieldDef *money = yeji_dictionary_find_field (dictionary, "TBContractRecordManage",
                                                          "ContractMoney");
  g_autoptr (GRand) rand = g_rand_new_with_seed (20260101);

  for (guint i = 0; i < N_VALUES; i++)
    {
      /* few digits that are not zero: that is where the words are hard */
      guint64 value = 0;
      guint n_digits = (guint) g_rand_int_range (rand, 1, 16);
      guint zeros = (guint) g_rand_int_range (rand, 0, 10);
      g_autofree char *text = NULL;
      g_autofree char *plain = NULL;
      g_autofree char *words = NULL;
      g_autoptr (GPtrArray) found = NULL;
      gboolean same = FALSE;

      for (guint j = 0; j < n_digits; j++)
        value = value * 10 + (g_rand_int_range (rand, 0, 10) < (int) zeros
                              ? 0 : (guint) g_rand_int_range (rand, 1, 10));
      text = g_strdup_printf ("%" G_GUINT64_FORMAT ".%04u", value / 10000, (guint) (value % 10000));
      while (g_str_has_suffix (text, "0"))
        text[strlen (text) - 1] = '\0';
      if (g_str_has_suffix (text, "."))
        text[strlen (text) - 1] = '\0';
      g_assert_true (yeji_amount_write (dictionary, money, text, &plain, &words));
      found = yeji_normaliser_offer (normaliser, money, words);
      for (guint j = 0; j < found->len; j++)
        same = same || g_str_equal (((YejiSuggestion *) g_ptr_array_index (found, j))->value, text);
      if (!same)
        g_error ("%s: “%s” is not read back", text, words);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/rules/amount/writes-numbers-in-capital-words", test_numerals);
  g_test_add_func ("/rules/amount/writes-an-amount-in-yuan-and-in-words", test_amounts);
  g_test_add_func ("/rules/amount/is-read-back-as-what-was-written", test_round_trip);
  return g_test_run ();
}
