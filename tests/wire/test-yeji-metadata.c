// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "yeji-wire.h"

#include <string.h>

static void
test_returns_what_was_printed (void)
{
  g_autofree char *header = yeji_metadata_print ("record", "6f1c", "slot", "notice", "filename",
                                                 "中标 通知书,第1页.pdf", "note", "", NULL);
  g_autoptr (GHashTable) values = yeji_metadata_parse (header);

  g_assert_nonnull (values);
  g_assert_cmpuint (g_hash_table_size (values), ==, 4);
  g_assert_cmpstr (g_hash_table_lookup (values, "record"), ==, "6f1c");
  g_assert_cmpstr (g_hash_table_lookup (values, "slot"), ==, "notice");
  g_assert_cmpstr (g_hash_table_lookup (values, "filename"), ==, "中标 通知书,第1页.pdf");
  g_assert_cmpstr (g_hash_table_lookup (values, "note"), ==, "");
}

static void
test_prints_what_the_standard_shows (void)
{
  g_autofree char *header = yeji_metadata_print ("filename", "world_domination_plan.pdf",
                                                 "is_confidential", "", NULL);

  g_assert_cmpstr (header, ==, "filename d29ybGRfZG9taW5hdGlvbl9wbGFuLnBkZg==,is_confidential");
}

static void
test_takes_blanks_around_pairs (void)
{
  g_autoptr (GHashTable) values = yeji_metadata_parse ("a  eA== , b eQ==,\tc ");

  g_assert_nonnull (values);
  g_assert_cmpstr (g_hash_table_lookup (values, "a"), ==, "x");
  g_assert_cmpstr (g_hash_table_lookup (values, "b"), ==, "y");
  g_assert_cmpstr (g_hash_table_lookup (values, "c"), ==, "");
}

static void
test_refuses_the_hostile (void)
{
  static const char * const headers[] = {
    "", " ", ",", "a eA==,", ",a eA==", "a eA==,,b eA==", /* an empty key */
    "a eA==,a eA==", "a,a",                               /* twice */
    "a eA=", "a e", "a ====", "a e===", "a eA==eA==", "a e*==", "a eA== eA==", "a eA\n==",
    "a /w==", "a 7aCA",                                   /* not UTF-8; a surrogate */
    "a eAB5", "a AA==",                                   /* a NUL within */
    "\xe9 eA==", "a\001b eA==",                           /* a key that is not ASCII */
  };

  for (guint i = 0; i < G_N_ELEMENTS (headers); i++)
    if (yeji_metadata_parse (headers[i]) != NULL)
      g_test_fail_printf ("taken: \"%s\"", headers[i]);
  g_assert_null (yeji_metadata_parse (NULL));
}

static void
test_refuses_what_is_too_long (void)
{
  g_autofree char *filler = g_strnfill (9000, 'A');
  g_autofree char *header = g_strconcat ("a ", filler, NULL);

  g_assert_null (yeji_metadata_parse (header));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/wire/metadata/returns-what-was-printed", test_returns_what_was_printed);
  g_test_add_func ("/wire/metadata/prints-what-the-standard-shows",
                   test_prints_what_the_standard_shows);
  g_test_add_func ("/wire/metadata/takes-blanks-around-pairs", test_takes_blanks_around_pairs);
  g_test_add_func ("/wire/metadata/refuses-the-hostile", test_refuses_the_hostile);
  g_test_add_func ("/wire/metadata/refuses-what-is-too-long", test_refuses_what_is_too_long);
  return g_test_run ();
}
