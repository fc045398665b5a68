// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "yeji-change.h"

#include <string.h>

static YejiDictionary *dictionary;
static const YejiTableDef *permits;

static YejiRecord *
read_text (const char *text)
{
  g_autoptr (GError) error = NULL;
  YejiRecord *record = yeji_record_new_from_text (dictionary, text, -1, &error);

  g_assert_no_error (error);
  return record;
}

static void
keep (YejiRecord *record,
      const char *table,
      const char *row,
      const char *field,
      const char *value,
      const char *reason)
{
  g_autoptr (YejiKept) kept = yeji_kept_new ("W.a", table, row, field, value, "", reason);

  yeji_record_keep (record, kept);
}

static void
count_call (guint *count)
{
  (*count)++;
}

static void
test_keeps_once (void)
{
  g_autoptr (YejiRecord) record = yeji_record_new (dictionary, NULL, NULL);
  g_autoptr (YejiAside) aside = yeji_aside_new ("1", "T", "r", "F", "Field", "x");
  const char *root = yeji_dictionary_get_root (dictionary)->id;
  guint notes = 0;

  g_signal_connect_swapped (record, "notes-changed", G_CALLBACK (count_call), &notes);
  keep (record, root, "project", "AllInvest", "1", "so it is");
  keep (record, root, "project", "AllInvest", "1", "so it is");
  g_assert_cmpuint (notes, ==, 1);
  keep (record, root, "", "AllInvest", "2", "still");
  g_assert_cmpuint (notes, ==, 2);
  g_assert_cmpuint (yeji_record_get_kept (record)->len, ==, 1);
  g_assert_cmpstr (yeji_record_find_kept (record, "W.a", root, "project", "AllInvest")->value, ==,
                   "2");
  g_assert_null (yeji_record_find_kept (record, "W.b", root, "project", "AllInvest"));
  g_assert_null (yeji_record_find_kept (record, "W.a", root, "project", "AllArea"));

  yeji_record_add_aside (record, aside);
  yeji_record_add_aside (record, aside);
  g_assert_cmpuint (notes, ==, 3);
  g_assert_cmpuint (yeji_record_get_aside (record)->len, ==, 1);

  keep (record, root, "project", "AllInvest", "", "");
  keep (record, root, "project", "AllInvest", "", "");
  g_assert_cmpuint (notes, ==, 4);
  g_assert_cmpuint (yeji_record_get_kept (record)->len, ==, 0);
}

/* Every place, whatever the order of the members. */
static void
test_round_trip (void)
{
  static const char text[] =
    "{\"kept\":["
    "{\"rule\":\"W.a\",\"pointer\":\"/permits/1/Area\",\"value\":\"2\",\"other\":\"3\","
    "\"reason\":\"面积含地下室\"},"
    "{\"rule\":\"W.a\",\"pointer\":\"/permits/1\",\"value\":\"\",\"other\":\"\",\"reason\":\"r\"},"
    "{\"rule\":\"W.a\",\"pointer\":\"/permits\",\"value\":\"\",\"other\":\"\",\"reason\":\"t\"},"
    "{\"rule\":\"W.a\",\"pointer\":\"/project/PrjName\",\"value\":\"\",\"other\":\"\","
    "\"reason\":\"p\"},"
    "{\"rule\":\"W.a\",\"pointer\":\"\",\"value\":\"\",\"other\":\"\",\"reason\":\"all\"}],"
    "\"aside\":[{\"version\":\"1\",\"table\":\"T\",\"row\":\"b\",\"field\":\"Old\","
    "\"label\":\"旧\",\"value\":\"x\"}],"
    "\"permits\":[{\"id\":\"a\",\"Area\":\"1\"},{\"id\":\"b\",\"Area\":\"2\"}]}";
  g_autoptr (YejiRecord) record = read_text (text);
  g_autofree char *printed = yeji_record_to_text (record);
  g_autoptr (YejiRecord) again = read_text (printed);
  const YejiKept *kept = yeji_record_find_kept (record, "W.a", permits->id, "b", "Area");

  g_assert_nonnull (kept);
  g_assert_cmpstr (kept->other, ==, "3");
  g_assert_cmpstr (kept->reason, ==, "面积含地下室");
  g_assert_nonnull (yeji_record_find_kept (record, "W.a", permits->id, "b", ""));
  g_assert_nonnull (yeji_record_find_kept (record, "W.a", permits->id, "", ""));
  g_assert_nonnull (yeji_record_find_kept (record, "W.a", "", "", ""));
  g_assert_cmpuint (g_hash_table_size (yeji_record_get_extras (record)), ==, 0);
  g_assert_true (yeji_record_equal (record, again));
  g_assert_cmpuint (yeji_record_get_kept (again)->len, ==, 5);
  g_assert_cmpuint (yeji_record_get_aside (again)->len, ==, 1);
}

/* The place is the row, not where it stands. */
static void
test_follows_the_row (void)
{
  g_autoptr (YejiRecord) record = read_text ("{\"permits\": [{\"id\": \"a\"}, {\"id\": \"b\"}]}");
  g_autofree char *moved = NULL;
  g_autofree char *gone = NULL;

  keep (record, permits->id, "b", "Area", "", "so it is");
  yeji_record_remove_row (record, yeji_record_get_row (record, permits, 0));
  moved = yeji_record_to_text (record);
  g_assert_nonnull (strstr (moved, "\"pointer\":\"/permits/0/Area\""));
  yeji_record_remove_row (record, yeji_record_get_row (record, permits, 0));
  gone = yeji_record_to_text (record);
  g_assert_null (strstr (gone, "kept"));
}

static void
test_copies (void)
{
  g_autoptr (YejiRecord) record = read_text ("{\"permits\": [{\"id\": \"a\"}]}");
  g_autoptr (YejiAside) aside = yeji_aside_new ("1", permits->id, "a", "Old", "Old", "x");
  g_autoptr (YejiRecord) copy = NULL;
  g_autoptr (YejiRecord) duplicate = NULL;
  const char *id;

  keep (record, permits->id, "a", "Area", "", "so it is");
  yeji_record_add_aside (record, aside);
  copy = yeji_record_copy (record);
  g_assert_true (yeji_record_equal (record, copy));
  duplicate = yeji_record_duplicate (record);
  id = yeji_row_get_id (yeji_record_get_row (duplicate, permits, 0));
  g_assert_cmpstr (id, !=, "a");
  g_assert_nonnull (yeji_record_find_kept (duplicate, "W.a", permits->id, id, "Area"));
  g_assert_cmpstr (((YejiAside *) yeji_record_get_aside (duplicate)->pdata[0])->row, ==, id);
}

static void
test_changes (void)
{
  static const struct
  {
    const char *row, *field, *before, *after;
  } expected[] = {
    { "a", "kept:W.a:Area", "gone", "" },
    { "a", "kept:W.a:ContractMoney", "same", "same" },
    { "a", "kept:W.a:", "one", "two" },
    { "", "kept:W.a:", "", "table" },
  };
  g_autoptr (YejiRecord) before = read_text ("{\"permits\": [{\"id\": \"a\"}]}");
  g_autoptr (YejiRecord) after = NULL;
  g_autoptr (GPtrArray) changes = NULL;

  keep (before, permits->id, "a", "Area", "", "gone");
  keep (before, permits->id, "a", "ReleaseDate", "", "unchanged");
  keep (before, permits->id, "a", "ContractMoney", "1", "same");
  keep (before, permits->id, "a", "", "", "one");
  after = yeji_record_copy (before);
  keep (after, permits->id, "a", "Area", "", "");
  keep (after, permits->id, "a", "ContractMoney", "2", "same");
  keep (after, permits->id, "a", "", "", "two");
  keep (after, permits->id, "", "", "", "table");
  changes = yeji_record_diff (before, after);
  g_assert_cmpuint (changes->len, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < changes->len; i++)
    {
      const YejiChange *change = g_ptr_array_index (changes, i);
      g_autofree char *rule = NULL;
      const char *field = NULL;

      g_assert_cmpstr (change->table, ==, permits->id);
      g_assert_cmpstr (change->row, ==, expected[i].row);
      g_assert_cmpstr (change->field, ==, expected[i].field);
      g_assert_cmpstr (change->before, ==, expected[i].before);
      g_assert_cmpstr (change->after, ==, expected[i].after);
      g_assert_true (yeji_change_split_kept (change, &rule, &field));
      g_assert_cmpstr (rule, ==, "W.a");
      g_assert_cmpstr (field, ==, expected[i].field + strlen ("kept:W.a:"));
    }
}

#define KEPT(rule, pointer, rest) \
  "{\"kept\": [{\"rule\": \"" rule "\", \"pointer\": \"" pointer "\", " rest "}]}"
#define REST "\"value\": \"\", \"other\": \"\", \"reason\": \"r\""

static const struct
{
  const char *name;
  const char *text;
  const char *place;
} refused[] = {
  { "object", "{\"kept\": {}}", "/kept: " },
  { "null", "{\"kept\": null}", "/kept: " },
  { "text", "{\"kept\": [\"a\"]}", "/kept/0: " },
  { "missing", "{\"kept\": [{\"rule\": \"W.a\"}]}", "/kept/0/pointer: " },
  { "number", KEPT ("W.a", "", "\"value\": 1, \"other\": \"\", \"reason\": \"r\""),
    "/kept/0/value: " },
  { "more", KEPT ("W.a", "", REST ", \"x\": \"\""), "/kept/0: " },
  { "no-reason", KEPT ("W.a", "", "\"value\": \"\", \"other\": \"\", \"reason\": \"\""),
    "/kept/0: " },
  { "no-rule", KEPT ("", "", REST), "/kept/0: " },
  { "terminal-rule", KEPT ("a\\u001b[2J", "", REST), "/kept/0: " },
  { "no-row", KEPT ("W.a", "/permits/0/Area", REST), "/kept/0/pointer: " },
  { "no-field", KEPT ("W.a", "/project/Nothing", REST), "/kept/0/pointer: " },
  { "twice", "{\"kept\": [{\"rule\": \"W.a\", \"pointer\": \"/project\", " REST "}, "
    "{\"rule\": \"W.a\", \"pointer\": \"/project\", " REST "}]}", "/kept/1: " },
  { "aside-object", "{\"aside\": {}}", "/aside: " },
  { "aside-missing", "{\"aside\": [{\"version\": \"1\", \"table\": \"T\", \"row\": \"\","
    " \"field\": \"F\", \"label\": \"\"}]}", "/aside/0/value: " },
  { "aside-more", "{\"aside\": [{\"version\": \"1\", \"table\": \"T\", \"row\": \"\","
    " \"field\": \"F\", \"label\": \"\", \"value\": \"\", \"x\": \"\"}]}", "/aside/0: " },
};

static void
test_refused (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiRecord) record = yeji_record_new_from_text (dictionary, refused[i].text, -1,
                                                             &error);

  g_assert_error (error, YEJI_RECORD_ERROR, YEJI_RECORD_ERROR_SHAPE);
  g_assert_null (record);
  if (!g_str_has_prefix (error->message, refused[i].place))
    g_error ("%s", error->message);
}

/* What was put aside goes when it is told to, once, and the history says what it was. */
static void
test_drops_aside (void)
{
  g_autoptr (YejiRecord) before = yeji_record_new (dictionary, NULL, NULL);
  g_autoptr (YejiAside) one = yeji_aside_new ("1", "T", "r", "F", "Field", "x");
  g_autoptr (YejiAside) two = yeji_aside_new ("1", "T", "r", "F", "Field", "y");
  g_autoptr (YejiRecord) after = NULL;
  g_autoptr (GPtrArray) gone = NULL;
  g_autoptr (GPtrArray) come = NULL;
  g_autoptr (GPtrArray) same = NULL;
  YejiChange *change;
  guint told = 0;

  yeji_record_add_aside (before, one);
  yeji_record_add_aside (before, two);
  after = yeji_record_copy (before);
  g_signal_connect_swapped (after, "notes-changed", G_CALLBACK (count_call), &told);
  g_assert_true (yeji_record_remove_aside (after, g_ptr_array_index (yeji_record_get_aside (after),
                                                                     0)));
  g_assert_false (yeji_record_remove_aside (after, one));
  g_assert_cmpuint (told, ==, 1);
  g_assert_cmpuint (yeji_record_get_aside (after)->len, ==, 1);

  gone = yeji_record_diff (before, after);
  g_assert_cmpuint (gone->len, ==, 1);
  change = g_ptr_array_index (gone, 0);
  g_assert_true (yeji_change_is_aside (change));
  g_assert_cmpstr (change->table, ==, "T");
  g_assert_cmpstr (change->row, ==, "r");
  g_assert_cmpstr (change->field, ==, "aside:F");
  g_assert_cmpstr (change->before, ==, "x");
  g_assert_cmpstr (change->after, ==, "");

  come = yeji_record_diff (after, before);
  g_assert_cmpuint (come->len, ==, 1);
  change = g_ptr_array_index (come, 0);
  g_assert_cmpstr (change->before, ==, "");
  g_assert_cmpstr (change->after, ==, "x");
  same = yeji_record_diff (before, before);
  g_assert_cmpuint (same->len, ==, 0);
}

static void
test_too_many (void)
{
  g_autoptr (GString) text = g_string_new ("{\"aside\": [");
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiRecord) record = NULL;

  for (guint i = 0; i <= 20000; i++)
    g_string_append_printf (text, "%s{\"version\": \"1\", \"table\": \"T\", \"row\": \"%u\","
                            " \"field\": \"F\", \"label\": \"\", \"value\": \"\"}",
                            i > 0 ? "," : "", i);
  g_string_append (text, "]}");
  record = yeji_record_new_from_text (dictionary, text->str, -1, &error);
  g_assert_error (error, YEJI_RECORD_ERROR, YEJI_RECORD_ERROR_SHAPE);
}

int
main (int    argc,
      char **argv)
{
  int result;

  g_test_init (&argc, &argv, NULL);
  dictionary = yeji_dictionary_new_built_in (NULL);
  permits = yeji_dictionary_find_member (dictionary, "permits");

  g_test_add_func ("/model/record-notes/keeps-a-warning-once", test_keeps_once);
  g_test_add_func ("/model/record-notes/round-trips-in-any-order", test_round_trip);
  g_test_add_func ("/model/record-notes/follows-the-row", test_follows_the_row);
  g_test_add_func ("/model/record-notes/goes-with-copies", test_copies);
  g_test_add_func ("/model/record-notes/tells-what-changed", test_changes);
  g_test_add_func ("/model/record-notes/drops-what-was-aside", test_drops_aside);
  g_test_add_func ("/model/record-notes/are-not-endless", test_too_many);
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autofree char *path = g_strdup_printf ("/model/record-notes/refuses/%s", refused[i].name);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_refused);
    }
  result = g_test_run ();
  g_assert_finalize_object (g_steal_pointer (&dictionary));
  return result;
}
