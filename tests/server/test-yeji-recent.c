// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "yeji-recent.h"

static YejiRecord *
make_record (YejiDictionary *dictionary)
{
  return yeji_record_new (dictionary, NULL, "construction");
}

static void
test_taken_once (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiDictionary) dictionary = yeji_dictionary_new_built_in (&error);
  YejiRecent *recent = yeji_recent_new (4);
  g_autoptr (YejiRecord) one = make_record (dictionary);
  g_autoptr (YejiRecord) two = make_record (dictionary);
  g_autoptr (YejiRecord) found = NULL;
  g_autoptr (YejiRecord) taken = NULL;

  g_assert_no_error (error);
  yeji_recent_keep (recent, "a", "sum of one", one);
  yeji_recent_keep (recent, "a", "sum of two", two);
  g_assert_null (yeji_recent_take (recent, "a", "sum of one"));
  g_assert_null (yeji_recent_take (recent, "b", "sum of two"));
  found = yeji_recent_find (recent, "a");
  g_assert_true (found == two);
  g_assert_null (yeji_recent_find (recent, "b"));
  taken = yeji_recent_take (recent, "a", "sum of two");
  g_assert_true (taken == two);
  g_assert_null (yeji_recent_take (recent, "a", "sum of two"));
  yeji_recent_free (recent);
  g_assert_cmpuint (G_OBJECT (one)->ref_count, ==, 1);
}

static void
test_oldest_goes (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiDictionary) dictionary = yeji_dictionary_new_built_in (&error);
  g_autoptr (YejiRecord) record = make_record (dictionary);
  YejiRecent *recent = yeji_recent_new (3);
  static const char * const names[] = { "a", "b", "c", "a", "d" };
  static const struct
  {
    const char *name;
    gboolean is_there;
  } cases[] = { { "a", TRUE }, { "b", FALSE }, { "c", TRUE }, { "d", TRUE } };

  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    yeji_recent_keep (recent, names[i], "sum", record);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (YejiRecord) taken = yeji_recent_take (recent, cases[i].name, "sum");

      g_test_message ("%s", cases[i].name);
      g_assert_true ((taken != NULL) == cases[i].is_there);
    }
  yeji_recent_free (recent);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/server/recent/is-taken-once-and-only-as-it-is-now", test_taken_once);
  g_test_add_func ("/server/recent/forgets-the-oldest", test_oldest_goes);
  return g_test_run ();
}
