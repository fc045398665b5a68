// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "yeji-version.h"

static void
test_tells_who_is_behind (void)
{
  static const struct
  {
    const char *text;
    YejiVersionOrder order;
  } cases[] = {
    { "1", YEJI_VERSION_OURS },
    { "1.0", YEJI_VERSION_OURS },
    { "1.17", YEJI_VERSION_OURS },
    { "1.2.3", YEJI_VERSION_OURS },
    { "2", YEJI_VERSION_NEWER },
    { "10.1", YEJI_VERSION_NEWER },
    { "9999", YEJI_VERSION_NEWER },
    { "0", YEJI_VERSION_NONE },
    { "01", YEJI_VERSION_NONE },
    { "", YEJI_VERSION_NONE },
    { ".1", YEJI_VERSION_NONE },
    { "-1", YEJI_VERSION_NONE },
    { "+1", YEJI_VERSION_NONE },
    { " 1", YEJI_VERSION_NONE },
    { "1 ", YEJI_VERSION_NONE },
    { "1, 1", YEJI_VERSION_NONE },
    { "1.x", YEJI_VERSION_NONE },
    { "one", YEJI_VERSION_NONE },
    { "99999", YEJI_VERSION_NONE },
    { "99999999999999999999", YEJI_VERSION_NONE },
    { NULL, YEJI_VERSION_NONE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (yeji_version_compare (cases[i].text), ==, cases[i].order);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/wire/version/tells-who-is-behind", test_tells_who_is_behind);
  return g_test_run ();
}
