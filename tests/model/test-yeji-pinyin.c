// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "yeji-initials.h"
#include "yeji-pinyin.h"

static const struct
{
  const char *character;
  const char *reading;
} cases[] = {
  { "吉", "ji" },  { "林", "lin" }, { "长", "chang" }, { "长", "zhang" }, { "重", "chong" },
  { "行", "hang" }, { "厦", "sha" },  { "厦", "xia" },   { "绿", "lv" },     { "乐", "yue" },
  { "一", "yi" },  { "龟", "gui" }, { "鿏", "mai" },
};

static void
test_readings (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const char *readings[YEJI_PINYIN_MAX_READINGS];
      guint n = yeji_pinyin_get_readings (g_utf8_get_char (cases[i].character), readings);
      gboolean found = FALSE;

      for (guint j = 0; j < n; j++)
        found |= g_str_equal (readings[j], cases[i].reading);
      g_test_message ("%s %s", cases[i].character, cases[i].reading);
      g_assert_true (found);
    }
}

/* Every reading is small letters, no character has one twice, and what is no ideograph has none. */
static void
test_all (void)
{
  guint n_known = 0, n_like_initial = 0;

  for (gunichar c = 0; c < 0x30000; c++)
    {
      const char *readings[YEJI_PINYIN_MAX_READINGS];
      guint n = yeji_pinyin_get_readings (c, readings);
      gboolean like_initial = FALSE;

      g_assert_cmpuint (n, <=, YEJI_PINYIN_MAX_READINGS);
      if (c < 0x4e00 || c > 0x9fff)
        g_assert_cmpuint (n, ==, 0);
      n_known += n > 0;
      for (guint i = 0; i < n; i++)
        {
          for (const char *p = readings[i]; *p != '\0'; p++)
            g_assert_true (g_ascii_islower (*p));
          for (guint j = 0; j < i; j++)
            g_assert_cmpstr (readings[i], !=, readings[j]);
          like_initial |= readings[i][0] == yeji_initial_of (c);
        }
      n_like_initial += like_initial;
    }
  /* the initials come from elsewhere and say the same of nearly all */
  g_assert_cmpuint (n_known, >, 20000);
  g_assert_cmpuint (100 * n_like_initial, >, 98 * n_known);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/pinyin/knows-every-usual-reading", test_readings);
  g_test_add_func ("/model/pinyin/is-sound-for-every-character", test_all);
  return g_test_run ();
}
