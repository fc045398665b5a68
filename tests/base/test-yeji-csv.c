// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "yeji-csv.h"

static void
test_cells (void)
{
  static const struct
  {
    const char *value;
    const char *cell;
  } cases[] = {
    { "", "\"\"" },
    { "示例大桥", "\"示例大桥\"" },
    { "a \"b\", c", "\"a \"\"b\"\", c\"" },
    { "two\nlines", "\"two\nlines\"" },
    { "1-2", "\"1-2\"" },
    { " 示例", "\" 示例\"" },
    { "=1+1", "\"'=1+1\"" },
    { "+1", "\"'+1\"" },
    { "-1", "\"'-1\"" },
    { "@SUM(A1)", "\"'@SUM(A1)\"" },
    { "\t=1", "\"'\t=1\"" },
    { "\r=1", "\"'\r=1\"" },
    { "\nx", "\"'\nx\"" },
    { "  =1", "\"'  =1\"" },
    { "\u3000=1", "\"'\u3000=1\"" },
    { "＝1", "\"'＝1\"" },
    { "＋1", "\"'＋1\"" },
    { "－1", "\"'－1\"" },
    { "＠x", "\"'＠x\"" },
    { "   ", "\"   \"" },
    { "=HYPERLINK(\"x\")", "\"'=HYPERLINK(\"\"x\"\")\"" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *cell = yeji_csv_quote (cases[i].value);

      g_assert_cmpstr (cell, ==, cases[i].cell);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/csv/no-cell-is-a-formula", test_cells);
  return g_test_run ();
}
