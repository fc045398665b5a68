// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "test-initials"

#include "config.h"

#include "yeji-initials.h"

static const struct
{
  const char *name;
  const char *initials;        /* (nullable) */
} names[] = {
  { "教学楼", "jxl" },
  { "长春市", "ccs" },             /* as GB 2312 reads it, not “growing” */
  { "珲春市", "hcs" },             /* level 2 of GB 2312 */
  { "桦甸市", "hds" },
  { "蛟河市", "jhs" },
  { "磐石、洮南", "pstn" },
  { "Ａ座2#楼（Ⅱ）", NULL },          /* only ASCII stands for itself */
  { "A座2#楼", "az2l" },
  { "龍門", "lm" },               /* not in GB 2312 */
  { "", NULL },
  { "（）", NULL },
  { "ひ", NULL },
};

static void
test_names (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *initials = yeji_initials_of (names[i].name);

      g_assert_cmpstr (initials, ==, names[i].initials);
    }
}

static void
test_bounds (void)
{
  g_assert_cmpint (yeji_initial_of (0x4e00), ==, 'y');
  g_assert_cmpint (yeji_initial_of (0x4dff), ==, '\0');
  g_assert_cmpint (yeji_initial_of (0x9fff), ==, '\0');
  g_assert_cmpint (yeji_initial_of (0xa000), ==, '\0');
  g_assert_cmpint (yeji_initial_of (0x10ffff), ==, '\0');
  g_assert_cmpint (yeji_initial_of ('Z'), ==, 'z');
  g_assert_cmpint (yeji_initial_of ('-'), ==, '\0');
}

/* So that no name of a place or an enterprise lacks them. Windows' own GB 2312 goes on where the
 * standard ends, with characters for private use. */
static void
test_all_common_characters (void)
{
  for (guint row = 0xb0; row <= 0xf7; row++)
    for (guint cell = 0xa1; cell <= 0xfe; cell++)
      {
        const char bytes[] = { (char) row, (char) cell };
        g_autofree char *text = g_convert (bytes, 2, "UTF-8", "GB2312", NULL, NULL, NULL);
        gunichar character = text != NULL ? g_utf8_get_char (text) : 0;

        if (g_unichar_isalpha (character) && yeji_initial_of (character) == '\0')
          g_error ("%s has none", text);
      }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/initials/of-names", test_names);
  g_test_add_func ("/model/initials/end-with-the-table", test_bounds);
  g_test_add_func ("/model/initials/are-known-for-every-character-of-gb-2312",
                   test_all_common_characters);
  return g_test_run ();
}
