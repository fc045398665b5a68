// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "yeji-change.h"

static YejiDictionary *dictionary;

static void
assert_change (GPtrArray  *changes,
               guint       index,
               const char *table,
               const char *field,
               const char *before,
               const char *after)
{
  YejiChange *change;

  g_assert_cmpuint (index, <, changes->len);
  change = g_ptr_array_index (changes, index);
  g_assert_cmpstr (change->table, ==, table);
  g_assert_cmpstr (change->field, ==, field);
  g_assert_cmpstr (change->before, ==, before);
  g_assert_cmpstr (change->after, ==, after);
}

static void
test_values_and_rows (void)
{
  g_autoptr (YejiRecord) before = yeji_record_new (dictionary, NULL, "construction");
  const YejiTableDef *permits = yeji_dictionary_find_member (dictionary, "permits");
  const YejiFieldDef *area = yeji_table_def_find_field (permits, "Area");
  const YejiFieldDef *name = yeji_dictionary_find_field (dictionary, "TBProjectInfo", "PrjName");
  YejiRow *first = yeji_record_append_row (before, permits);
  g_autoptr (YejiRecord) after = NULL;
  g_autoptr (GPtrArray) changes = NULL;
  YejiRow *second;

  yeji_record_set (before, first, area, "1");
  after = yeji_record_copy (before);
  changes = yeji_record_diff (before, after);
  g_assert_cmpuint (changes->len, ==, 0);
  g_clear_pointer (&changes, g_ptr_array_unref);

  yeji_record_set_role (after, "design");
  yeji_record_set (after, yeji_record_get_project (after), name, "示例");
  yeji_record_remove_row (after, yeji_record_get_row (after, permits, 0));
  second = yeji_record_append_row (after, permits);
  yeji_record_set (after, second, area, "2");
  changes = yeji_record_diff (before, after);
  g_assert_cmpuint (changes->len, ==, 6);
  assert_change (changes, 0, "", "role", "construction", "design");
  assert_change (changes, 1, "TBProjectInfo", "PrjName", "", "示例");
  assert_change (changes, 2, permits->id, "", "0", NULL);
  assert_change (changes, 3, permits->id, "Area", "1", "");
  assert_change (changes, 4, permits->id, "", NULL, "0");
  assert_change (changes, 5, permits->id, "Area", "", "2");
}

static void
test_moves (void)
{
  g_autoptr (YejiRecord) before = yeji_record_new (dictionary, NULL, "");
  const YejiTableDef *permits = yeji_dictionary_find_member (dictionary, "permits");
  g_autoptr (YejiRecord) after = NULL;
  g_autoptr (YejiRow) row = NULL;
  g_autoptr (GPtrArray) changes = NULL;

  yeji_record_append_row (before, permits);
  yeji_record_append_row (before, permits);
  after = yeji_record_copy (before);
  row = g_object_ref (yeji_record_get_row (after, permits, 0));
  yeji_record_remove_row (after, row);
  yeji_record_insert_row (after, 1, row);
  changes = yeji_record_diff (before, after);
  g_assert_cmpuint (changes->len, ==, 2);
  assert_change (changes, 0, permits->id, "", "1", "0");
  assert_change (changes, 1, permits->id, "", "0", "1");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  dictionary = yeji_dictionary_new_built_in (NULL);

  g_test_add_func ("/model/change/tells-values-and-rows", test_values_and_rows);
  g_test_add_func ("/model/change/tells-moves", test_moves);
  return g_test_run ();
}
