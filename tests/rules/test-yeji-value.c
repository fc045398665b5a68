// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "yeji-value.h"

static const struct
{
  const char *text;
  gboolean read;
  double value;
  guint digits;
  guint decimals;
} numbers[] = {
  { "0", TRUE, 0, 1, 0 },
  { "007", TRUE, 7, 1, 0 },
  { "2928.28", TRUE, 2928.28, 4, 2 },
  { "2928.2800", TRUE, 2928.28, 4, 2 },
  { "-1.5", TRUE, -1.5, 1, 1 },
  { "99999999999.9999", TRUE, 99999999999.9999, 11, 4 },
  { "", FALSE, 0, 0, 0 },
  { ".5", FALSE, 0, 0, 0 },
  { "5.", FALSE, 0, 0, 0 },
  { "2,928.28", FALSE, 0, 0, 0 },
  { "1e5", FALSE, 0, 0, 0 },
  { "0x10", FALSE, 0, 0, 0 },
  { "nan", FALSE, 0, 0, 0 },
  { "12万", FALSE, 0, 0, 0 },
  { " 1", FALSE, 0, 0, 0 },
  { "１２", FALSE, 0, 0, 0 },
};

static const struct
{
  const char *text;
  gboolean read;
} dates[] = {
  { "2016-03-30", TRUE },
  { "2016-02-29", TRUE },
  { "2015-02-29", FALSE },
  { "2016-13-01", FALSE },
  { "2016-00-10", FALSE },
  { "0000-01-01", FALSE },
  { "2016-3-30", FALSE },
  { "2016/03/30", FALSE },
  { "20160330", FALSE },
  { "2016-03-30 ", FALSE },
  { "", FALSE },
};

static void
test_numbers (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      YejiNumber number;

      if (yeji_number_parse (numbers[i].text, &number) != numbers[i].read)
        g_error ("wrong about “%s”", numbers[i].text);
      if (!numbers[i].read)
        continue;
      g_assert_cmpfloat (number.value, ==, numbers[i].value);
      g_assert_cmpuint (number.digits, ==, numbers[i].digits);
      g_assert_cmpuint (number.decimals, ==, numbers[i].decimals);
    }
}

static void
test_dates (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (dates); i++)
    {
      GDate date;

      if (yeji_date_parse (dates[i].text, &date) != dates[i].read)
        g_error ("wrong about “%s”", dates[i].text);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/value/reads-numbers", test_numbers);
  g_test_add_func ("/rules/value/reads-dates", test_dates);
  return g_test_run ();
}
