// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "store-fixture.h"

#define T1 "2026-07-01T00:00:00Z"

static void
test_words (void)
{
  static const struct
  {
    const char *text;
    int state;                 /* -1: nothing */
    const char *message;
  } cases[] = {
    { NULL, -1, NULL }, { "", -1, NULL }, { "[]", -1, NULL }, { "nonsense", -1, NULL },
    { "{}", -1, NULL }, { "{\"state\": 3}", -1, NULL }, { "{\"state\": \"newer\"}", -1, NULL },
    { "{\"state\": \"waiting\"}", YEJI_NATIONAL_WAITING, NULL },
    { "{\"state\": \"sent\", \"message\": null}", YEJI_NATIONAL_SENT, NULL },
    { "{\"state\": \"accepted\", \"message\": 7}", YEJI_NATIONAL_ACCEPTED, NULL },
    { "{\"state\": \"refused\", \"message\": \"m\"}", YEJI_NATIONAL_REFUSED, "m" },
    { "{\"state\": \"removed\"}", YEJI_NATIONAL_REMOVED, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (YejiNational) national = yeji_national_parse (cases[i].text);

      g_test_message ("%s", cases[i].text);
      g_assert_cmpint (national != NULL ? (int) national->state : -1, ==, cases[i].state);
      if (national != NULL)
        g_assert_cmpstr (national->message, ==, cases[i].message);
    }
}

static void
tell (StoreFixture *fixture,
      YejiRecord   *record,
      const char   *revision,
      const char   *national)
{
  YejiAnswer *answer = store_fixture_answer_new (record, revision, "approved", T1);

  answer->national = g_strdup (national);
  store_fixture_apply (fixture, answer, revision);
}

/* What the province says last counts, and nothing where it says nothing. */
static void
test_told (StoreFixture  *fixture,
           gconstpointer  data)
{
  g_autoptr (YejiRecord) record = store_fixture_read_sample (fixture->dictionary);
  g_autoptr (YejiEntry) none = NULL;
  g_autoptr (YejiEntry) accepted = NULL;
  g_autoptr (YejiEntry) over = NULL;

  store_fixture_save (fixture, record, 0);
  none = store_fixture_get_entry (fixture, record);
  g_assert_null (yeji_entry_get_national (none));
  tell (fixture, record, "r3", "{\"state\": \"waiting\"}");
  tell (fixture, record, "r3", "{\"state\": \"accepted\", \"receipt\": \"JS-1\"}");
  accepted = store_fixture_get_entry (fixture, record);
  g_assert_cmpint (yeji_entry_get_national (accepted)->state, ==, YEJI_NATIONAL_ACCEPTED);
  g_assert_cmpstr (yeji_entry_get_national (accepted)->receipt, ==, "JS-1");
  tell (fixture, record, "r4", NULL);
  over = store_fixture_get_entry (fixture, record);
  g_assert_null (yeji_entry_get_national (over));
}

/* The platform may quote what it refuses. */
static void
test_masked (StoreFixture  *fixture,
             gconstpointer  data)
{
  g_autoptr (YejiRecord) record = store_fixture_read_sample (fixture->dictionary);
  g_autoptr (YejiEntry) entry = NULL;

  store_fixture_save (fixture, record, 0);
  tell (fixture, record, "r3",
        "{\"state\": \"refused\", \"message\": \"220102198501010019 有误\"}");
  entry = store_fixture_get_entry (fixture, record);
  g_assert_null (strstr (yeji_entry_get_national (entry)->message, "220102198501010019"));
  g_assert_nonnull (strstr (yeji_entry_get_national (entry)->message, "有误"));
}

int
main (int    argc,
      char **argv)
{
  static const StoreCase cases[] = {
    { "/store/national/is-what-was-said-last", test_told },
    { "/store/national/masks-personal-numbers", test_masked },
  };

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/national/knows-the-wires-words", test_words);
  store_fixture_add_cases (cases, G_N_ELEMENTS (cases));
  return g_test_run ();
}
