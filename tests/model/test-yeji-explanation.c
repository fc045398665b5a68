// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include <string.h>

#include "yeji-change-apply.h"
#include "yeji-explanation.h"

static YejiDictionary *dictionary;

#define REPLIES "\"contracts\":[{\"id\":\"a\"},{\"id\":\"b\"}],\"replies\":["
#define REST "\"text\":\"t\",\"who\":\"w\",\"at\":\"2026-03-01T08:00:00Z\"}"

static YejiRecord *
read_text (const char  *text,
           GError     **error)
{
  return yeji_record_new_from_text (dictionary, text, -1, error);
}

static YejiRecord *
read_good (const char *text)
{
  g_autoptr (GError) error = NULL;
  YejiRecord *record = read_text (text, &error);

  g_assert_no_error (error);
  return record;
}

/* Every kind of place, behind the warnings wherever they stood in the file. */
static void
test_round_trip (void)
{
  static const char text[] =
    "{" REPLIES
    "{\"pointer\":\"/contracts/1/ContractMoney\"," REST ","
    "{\"pointer\":\"/contracts/1\"," REST ","
    "{\"pointer\":\"/contracts\"," REST ","
    "{\"pointer\":\"/documents/contract\"," REST ","
    "{\"pointer\":\"/documents/of-another-dictionary\"," REST ","
    "{\"pointer\":\"\"," REST "],"
    "\"kept\":[{\"rule\":\"W.a\",\"pointer\":\"\",\"value\":\"\",\"other\":\"\","
    "\"reason\":\"r\"}]}";
  g_autoptr (YejiRecord) record = read_good (text);
  g_autofree char *printed = yeji_record_to_text (record);
  g_autoptr (YejiRecord) again = read_good (printed);
  g_autofree char *twice = yeji_record_to_text (again);
  g_autoptr (GPtrArray) replies = yeji_record_get_replies (record);

  g_assert_cmpuint (replies->len, ==, 6);
  g_assert_cmpstr (printed, ==, twice);
  g_assert_false (yeji_kept_is_reply (g_ptr_array_index (yeji_record_get_kept (record), 0)));
  g_assert_cmpstr (yeji_record_find_reply (record, "/contracts/1/ContractMoney")->reason, ==, "t");
  g_assert_null (yeji_record_find_reply (record, "/contracts/0/ContractMoney"));
  g_assert_null (yeji_record_find_reply (record, "/nowhere"));
  g_assert_cmpuint (g_hash_table_size (yeji_record_get_extras (record)), ==, 0);

  /* the place is the row, and goes with it */
  yeji_record_remove_row (record, yeji_record_get_row (record,
                                                       yeji_dictionary_find_member (dictionary,
                                                                                    "contracts"),
                                                       0));
  g_assert_nonnull (yeji_record_find_reply (record, "/contracts/0/ContractMoney"));
}

static void
test_refused (void)
{
  static const struct
  {
    const char *text;
    const char *reason;
  } cases[] = {
    { "{" REPLIES "{\"pointer\":\"/contracts/9\"," REST "]}", "/replies/0/pointer" },
    { "{" REPLIES "{\"pointer\":\"/documents/a b\"," REST "]}", "/replies/0/pointer" },
    { "{" REPLIES "{\"pointer\":\"/documents/\"," REST "]}", "/replies/0/pointer" },
    { "{" REPLIES "{\"pointer\":\"\",\"text\":\"\",\"who\":\"\",\"at\":\"\"}]}", "without a text" },
    { "{" REPLIES "{\"pointer\":\"\"," REST ",{\"pointer\":\"\"," REST "]}", "second reply" },
    { "{" REPLIES "{\"pointer\":\"\",\"text\":\"t\",\"who\":\"w\"}]}", "/replies/0/at" },
    { "{" REPLIES "{\"pointer\":1," REST "]}", "must be a string" },
    { "{" REPLIES "{\"rule\":\"@reply\",\"pointer\":\"\"," REST "]}", "does not belong" },
    { "{\"replies\":{}}", "must be an array" },
    { "{\"kept\":[{\"rule\":\"@reply\",\"pointer\":\"\",\"value\":\"\",\"other\":\"\","
      "\"reason\":\"r\"}]}", "no id" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (YejiRecord) record = read_text (cases[i].text, &error);

      g_assert_null (record);
      g_assert_nonnull (error);
      g_assert_nonnull (strstr (error->message, cases[i].reason));
    }
}

/* A step that explains is taken back and done again to the byte, also among warnings. */
static void
test_history (void)
{
  g_autoptr (YejiRecord) before = read_good ("{" REPLIES "{\"pointer\":\"/contracts/0\"," REST
                                             "]}");
  g_autoptr (YejiRecord) after = yeji_record_copy (before);
  g_autoptr (YejiKept) kept = yeji_kept_new ("W.a", "", "", "", "", "", "r");
  g_autoptr (GPtrArray) changes = NULL, applied = NULL;
  g_autofree char *old = yeji_record_to_text (before);
  g_autofree char *new = NULL, *back = NULL, *forth = NULL;
  const char *field;

  g_assert_true (yeji_record_reply (after, "/contracts/1/ContractMoney", "a", "w", "1", NULL));
  g_assert_true (yeji_record_reply (after, "/contracts/0", "another", "w", "2", NULL));
  g_assert_true (yeji_record_reply (after, "/documents/contract", "d", "w", "3", NULL));
  yeji_record_keep (after, kept);
  new = yeji_record_to_text (after);
  changes = yeji_record_diff (before, after);
  g_assert_cmpuint (changes->len, ==, 4);
  g_assert_true (yeji_change_is_reply (g_ptr_array_index (changes, 1)));
  g_assert_true (yeji_change_split_kept (g_ptr_array_index (changes, 1), NULL, &field));
  applied = yeji_record_apply (after, changes, TRUE);
  back = yeji_record_to_text (after);
  g_assert_cmpstr (back, ==, old);
  g_clear_pointer (&applied, g_ptr_array_unref);
  applied = yeji_record_apply (after, changes, FALSE);
  forth = yeji_record_to_text (after);
  g_assert_cmpstr (forth, ==, new);

  g_assert_true (yeji_record_reply (after, "/documents/contract", "", "w", "4", NULL));
  g_assert_null (yeji_record_find_reply (after, "/documents/contract"));
  g_assert_false (yeji_record_reply (after, "/contracts/7", "x", "w", "5", NULL));
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (GError) error = NULL;
  int status;

  g_test_init (&argc, &argv, NULL);
  dictionary = yeji_dictionary_new_built_in (&error);
  g_assert_no_error (error);
  g_test_add_func ("/model/explanation/is-read-as-it-was-written", test_round_trip);
  g_test_add_func ("/model/explanation/is-refused", test_refused);
  g_test_add_func ("/model/explanation/is-undone-to-the-byte", test_history);
  status = g_test_run ();
  g_clear_object (&dictionary);
  return status;
}
