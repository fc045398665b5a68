// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "yeji-check-digit.h"

static const struct
{
  YejiAlgorithm algorithm;
  const char *text;
  gboolean accepted;
} cases[] = {
  { YEJI_ALGORITHM_CREDIT_CODE, "91350100M000100Y43", TRUE },
  { YEJI_ALGORITHM_CREDIT_CODE, "9114010072592573X2", TRUE },
  { YEJI_ALGORITHM_CREDIT_CODE, "913309000692086510", TRUE },
  { YEJI_ALGORITHM_CREDIT_CODE, "912201010000000010", TRUE },    /* remainder 0 */
  { YEJI_ALGORITHM_CREDIT_CODE, "91350100M000100Y4Z", FALSE },
  { YEJI_ALGORITHM_CREDIT_CODE, "91350211M00013FA1N", FALSE },   /* an early real one */
  { YEJI_ALGORITHM_CREDIT_CODE, "91350100M000100Y44", FALSE },
  { YEJI_ALGORITHM_CREDIT_CODE, "91350100I000100Y43", FALSE },
  { YEJI_ALGORITHM_CREDIT_CODE, "", TRUE },
  { YEJI_ALGORITHM_CREDIT_CODE, "725925735", TRUE },
  { YEJI_ALGORITHM_ORGANISATION_CODE, "72592573X", TRUE },
  { YEJI_ALGORITHM_ORGANISATION_CODE, "72592573-X", TRUE },
  { YEJI_ALGORITHM_ORGANISATION_CODE, "725925731", FALSE },
  { YEJI_ALGORITHM_ORGANISATION_CODE, "9114010072592573X2", TRUE },
  { YEJI_ALGORITHM_ORGANISATION_CODE, "913309000692086510", TRUE },
  { YEJI_ALGORITHM_ORGANISATION_CODE, "913309000692086610", FALSE },
  { YEJI_ALGORITHM_CITIZEN_ID, "220102198501010019", TRUE },
  { YEJI_ALGORITHM_CITIZEN_ID, "220203199012312346", TRUE },
  { YEJI_ALGORITHM_CITIZEN_ID, "222401197506154561", TRUE },
  { YEJI_ALGORITHM_CITIZEN_ID, "220182196202299871", FALSE },    /* no such day */
  { YEJI_ALGORITHM_CITIZEN_ID, "220102198501010018", FALSE },
  { YEJI_ALGORITHM_CITIZEN_ID, "220***********0019", FALSE },
  { YEJI_ALGORITHM_CITIZEN_ID, "220102850101001", FALSE },
  { YEJI_ALGORITHM_CITIZEN_ID, "", FALSE },
  { YEJI_ALGORITHM_CITIZEN_ID, "２２0102198501010019", FALSE },
};

static void
test_cases (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    if (yeji_algorithm_accepts (cases[i].algorithm, cases[i].text) != cases[i].accepted)
      g_error ("algorithm %d is wrong about “%s”", cases[i].algorithm, cases[i].text);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/check-digit/knows-right-from-wrong", test_cases);
  return g_test_run ();
}
