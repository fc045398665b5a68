// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "yeji-mask.h"

static const struct
{
  const char *value;
  const char *masked;
} cases[] = {
  { "", "" },
  { "123", "***" },
  { "1234567890", "**********" },
  { YEJI_SEALED_PREFIX "1:0123abcd:7:c2VjcmV0", "••••" },
  { "13800000000", "138****0000" },
  { "220102190001010012", "220***********0012" },
  { "长春市第一建筑公司工程", "长春市****公司工程" },
};

static void
test_middle_is_hidden (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *masked = yeji_mask (cases[i].value);

      g_assert_cmpstr (masked, ==, cases[i].masked);
    }
}

static void
test_only_personal_fields_are_masked (void)
{
  const YejiFieldDef personal = { .personal = YEJI_PERSONAL_PHONE };
  const YejiFieldDef other = { .personal = YEJI_PERSONAL_NO };
  g_autofree char *masked = yeji_field_mask_value (&personal, "13800000000");
  g_autofree char *shown = yeji_field_mask_value (&other, "13800000000");

  g_assert_cmpstr (masked, ==, "138****0000");
  g_assert_cmpstr (shown, ==, "13800000000");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/mask/hides-the-middle", test_middle_is_hidden);
  g_test_add_func ("/model/mask/of-personal-fields-alone", test_only_personal_fields_are_masked);
  return g_test_run ();
}
