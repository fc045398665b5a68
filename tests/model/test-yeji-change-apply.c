// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "yeji-change-apply.h"

static YejiDictionary *dictionary;

/* ---- Random edits */

static const YejiTableDef *
pick_table (GRand    *rand,
            gboolean  with_root)
{
  GPtrArray *tables = yeji_dictionary_get_tables (dictionary);

  return g_ptr_array_index (tables, g_rand_int_range (rand, with_root ? 0 : 1, 4));
}

static YejiRow *
pick_row (GRand      *rand,
          YejiRecord *record,
          gboolean    with_root)
{
  const YejiTableDef *table = pick_table (rand, with_root);
  guint n = yeji_record_get_n_rows (record, table);

  return n > 0 ? yeji_record_get_row (record, table, (guint) g_rand_int_range (rand, 0, (int) n))
               : NULL;
}

static const YejiFieldDef *
pick_field (GRand   *rand,
            YejiRow *row)
{
  return g_ptr_array_index (yeji_row_get_table (row)->fields, g_rand_int_range (rand, 0, 5));
}

static void
edit_value (GRand      *rand,
            YejiRecord *record)
{
  static const char *values[] = { "", "", "1", "一号楼", "\x1f[0]", "2016-03-30" };
  YejiRow *row = pick_row (rand, record, TRUE);

  if (row != NULL)
    yeji_record_set (record, row, pick_field (rand, row),
                     values[g_rand_int_range (rand, 0, G_N_ELEMENTS (values))]);
}

static void
edit_role (GRand      *rand,
           YejiRecord *record)
{
  static const char *roles[] = { "", "construction", "design" };

  yeji_record_set_role (record, roles[g_rand_int_range (rand, 0, G_N_ELEMENTS (roles))]);
}

static void
add_row (GRand      *rand,
         YejiRecord *record)
{
  const YejiTableDef *table = pick_table (rand, FALSE);
  g_autoptr (YejiRow) row = yeji_row_new (table, NULL);

  yeji_row_set (row, pick_field (rand, row), "new");
  yeji_record_insert_row (record, (guint) g_rand_int_range (rand, 0, 4), row);
}

static void
remove_row (GRand      *rand,
            YejiRecord *record)
{
  YejiRow *row = pick_row (rand, record, FALSE);

  if (row != NULL)
    yeji_record_remove_row (record, row);
}

static void
move_row (GRand      *rand,
          YejiRecord *record)
{
  YejiRow *found = pick_row (rand, record, FALSE);
  g_autoptr (YejiRow) row = NULL;

  if (found == NULL)
    return;
  row = g_object_ref (found);
  yeji_record_remove_row (record, row);
  yeji_record_insert_row (record, (guint) g_rand_int_range (rand, 0, 4), row);
}

/* Every reason is given once, since one that is given again in other order is no change. */
static void
keep (GRand      *rand,
      YejiRecord *record)
{
  static guint count;
  YejiRow *row = pick_row (rand, record, TRUE);
  g_autofree char *reason = g_strdup_printf ("理由 %u", count++);
  g_autoptr (YejiKept) kept = NULL;

  if (row == NULL)
    return;
  kept = yeji_kept_new (g_rand_boolean (rand) ? "a.rule" : "b.rule", yeji_row_get_table (row)->id,
                        yeji_row_get_id (row), pick_field (rand, row)->id, "1", "2",
                        g_rand_int_range (rand, 0, 3) > 0 ? reason : "");
  yeji_record_keep (record, kept);
}

static void
put_aside (GRand      *rand,
           YejiRecord *record)
{
  static guint count;
  g_autofree char *value = g_strdup_printf ("旧 %u", count++);
  g_autoptr (YejiAside) aside = yeji_aside_new ("2019.1", "Old", "row", "Old:Field", "旧项", value);
  GPtrArray *all = yeji_record_get_aside (record);

  if (all->len > 0 && g_rand_boolean (rand))
    yeji_record_remove_aside (record,
                              g_ptr_array_index (all, g_rand_int_range (rand, 0, (int) all->len)));
  else
    yeji_record_add_aside (record, aside);
}

static void
edit_extra (GRand      *rand,
            YejiRecord *record)
{
  static const char *texts[] = { "1", "\"x\"", "{\"a\":[1]}" };
  const char *text = texts[g_rand_int_range (rand, 0, G_N_ELEMENTS (texts))];
  YejiRow *row = pick_row (rand, record, TRUE);

  if (g_rand_boolean (rand) && row != NULL)
    yeji_row_set_extra (row, "unknown", text);
  else if (g_rand_boolean (rand))
    g_hash_table_replace (yeji_record_get_extras (record), g_strdup ("other"), g_strdup (text));
  else
    g_hash_table_remove (yeji_record_get_extras (record), "other");
}

static void
edit (GRand      *rand,
      YejiRecord *record)
{
  static void (*const edits[]) (GRand *, YejiRecord *) = {
    edit_value, edit_value, edit_value, edit_role, add_row, add_row, remove_row, move_row, keep,
    put_aside, edit_extra,
  };

  edits[g_rand_int_range (rand, 0, G_N_ELEMENTS (edits))](rand, record);
}

static void
assert_same (YejiRecord *record,
             YejiRecord *wanted,
             guint32     seed)
{
  g_autofree char *text = yeji_record_to_text (record);
  g_autofree char *other = yeji_record_to_text (wanted);

  if (!g_str_equal (text, other))
    g_error ("seed %u:\n%s\n%s", seed, text, other);
}

/* As a store keeps them. */
static GPtrArray *
pack_and_unpack (GPtrArray *changes)
{
  GPtrArray *copies = g_ptr_array_new_with_free_func ((GDestroyNotify) yeji_change_free);

  for (guint i = 0; i < changes->len; i++)
    {
      YejiChange *packed = yeji_change_pack (g_ptr_array_index (changes, i));

      yeji_change_unpack (packed);
      g_ptr_array_add (copies, packed);
    }
  return copies;
}

static void
test_random (void)
{
  for (guint32 seed = 1; seed <= 500; seed++)
    {
      g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
      g_autoptr (YejiRecord) before = yeji_record_new (dictionary, NULL, "construction");
      g_autoptr (YejiRecord) after = NULL;
      g_autoptr (YejiRecord) record = NULL;
      g_autoptr (GPtrArray) diff = NULL;
      g_autoptr (GPtrArray) changes = NULL;
      g_autoptr (GPtrArray) there = NULL;
      g_autoptr (GPtrArray) back = NULL;
      int n_before = g_rand_int_range (rand, 0, 40);
      int n_after = g_rand_int_range (rand, 1, 20);

      for (int i = 0; i < n_before; i++)
        edit (rand, before);
      after = yeji_record_copy (before);
      for (int i = 0; i < n_after; i++)
        edit (rand, after);
      diff = yeji_record_diff (before, after);
      changes = pack_and_unpack (diff);
      record = yeji_record_copy (before);
      there = yeji_record_apply (record, changes, FALSE);
      assert_same (record, after, seed);
      back = yeji_record_apply (record, changes, TRUE);
      assert_same (record, before, seed);
    }
}

/* ---- What is another since */

static YejiRow *
append_row (YejiRecord         *record,
            const YejiFieldDef *field,
            const char         *value)
{
  YejiRow *row = yeji_record_append_row (record, field->table);

  yeji_record_set (record, row, field, value);
  return row;
}

static void
test_leaves_what_is_newer (void)
{
  g_autoptr (YejiRecord) before = yeji_record_new (dictionary, NULL, "");
  const YejiTableDef *permits = yeji_dictionary_find_member (dictionary, "permits");
  const YejiFieldDef *area = yeji_table_def_find_field (permits, "Area");
  const YejiFieldDef *name = yeji_dictionary_find_field (dictionary, "TBProjectInfo", "PrjName");
  const YejiFieldDef *number = yeji_dictionary_find_field (dictionary, "TBProjectInfo", "PrjNum");
  YejiRow *project, *first;
  g_autoptr (YejiRow) second = NULL;
  g_autoptr (YejiRecord) after = yeji_record_copy (before);
  g_autoptr (GPtrArray) changes = NULL;
  g_autoptr (GPtrArray) applied = NULL;

  project = yeji_record_get_project (after);
  yeji_record_set (after, project, name, "甲");
  yeji_record_set (after, project, number, "1");
  first = append_row (after, area, "1");
  second = g_object_ref (append_row (after, area, "2"));
  changes = yeji_record_diff (before, after);

  yeji_record_set (after, project, name, "乙");
  yeji_record_set (after, first, area, "3");
  applied = yeji_record_apply (after, changes, TRUE);

  g_assert_cmpstr (yeji_row_get (project, name), ==, "乙");
  g_assert_cmpstr (yeji_row_get (project, number), ==, "");
  g_assert_cmpuint (yeji_record_get_n_rows (after, permits), ==, 1);
  g_assert_true (yeji_record_get_row (after, permits, 0) == first);
  g_assert_cmpstr (yeji_row_get (first, area), ==, "3");
  g_assert_true (yeji_record_find_row (after, permits, yeji_row_get_id (second), NULL) == NULL);
  g_assert_cmpuint (applied->len, ==, 2);
}

static void
test_tolerates_strange_lines (void)
{
  static const YejiChange strange[] = {
    { (char *) "", (char *) "", (char *) "", NULL, NULL },
    { (char *) "", (char *) "", (char *) "role", (char *) "", NULL },
    { (char *) "", (char *) "", (char *) "dictionary", (char *) "1", (char *) "2" },
    { (char *) "NoTable", (char *) "x", (char *) "NoField", (char *) "1", (char *) "2" },
    { (char *) "TBProjectInfo", (char *) "project", (char *) "", (char *) "0", NULL },
    { (char *) "TBProjectInfo", (char *) "project", (char *) "NoField", (char *) "", (char *) "2" },
    { (char *) "TBProjectInfo", (char *) "project", (char *) "PrjName", NULL, NULL },
    { (char *) "TBProjectInfo", (char *) "project", (char *) "extra:x", (char *) "1",
      (char *) "2" },
    { (char *) "TBProjectInfo", (char *) "project", (char *) "aside:x", (char *) "", (char *) "2" },
    { (char *) "TBProjectInfo", (char *) "project", (char *) "aside:", NULL, NULL },
    { (char *) "TBProjectInfo", (char *) "project", (char *) "kept:", NULL, NULL },
    { (char *) "TBProjectInfo", (char *) "nowhere", (char *) "kept:r:PrjName", (char *) "a", NULL,
      (char *) "[1]", (char *) "{" },
    { (char *) "TBProjectInfo", (char *) "project", (char *) "kept:r:NoField", (char *) "",
      (char *) "a", NULL, (char *) "[-1,\"\",\"\"]" },
  };
  g_autoptr (YejiRecord) record = yeji_record_new (dictionary, NULL, "");
  g_autofree char *text = yeji_record_to_text (record);
  g_autoptr (GPtrArray) changes = g_ptr_array_new ();

  for (guint i = 0; i < G_N_ELEMENTS (strange); i++)
    g_ptr_array_add (changes, (gpointer) &strange[i]);
  for (guint backwards = 0; backwards < 2; backwards++)
    {
      g_autoptr (GPtrArray) applied = yeji_record_apply (record, changes, backwards);
      g_autofree char *now = yeji_record_to_text (record);

      g_assert_cmpstr (now, ==, text);
    }
}

/* What an earlier version wrote has no notes: the reason is about the value that is there. */
static void
test_reason_without_note (void)
{
  g_autoptr (YejiRecord) record = yeji_record_new (dictionary, NULL, "");
  const YejiFieldDef *name = yeji_dictionary_find_field (dictionary, "TBProjectInfo", "PrjName");
  YejiChange change = {
    (char *) "TBProjectInfo", (char *) "project", (char *) "kept:r:PrjName", (char *) "因为",
    (char *) "",
  };
  g_autoptr (GPtrArray) changes = g_ptr_array_new ();
  g_autoptr (GPtrArray) applied = NULL;
  const YejiKept *kept;

  g_ptr_array_add (changes, &change);
  yeji_record_set (record, yeji_record_get_project (record), name, "甲");
  applied = yeji_record_apply (record, changes, TRUE);
  kept = yeji_record_find_kept (record, "r", "TBProjectInfo", "project", "PrjName");
  g_assert_nonnull (kept);
  g_assert_cmpstr (kept->reason, ==, "因为");
  g_assert_cmpstr (kept->value, ==, "甲");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  dictionary = yeji_dictionary_new_built_in (NULL);

  g_test_add_func ("/model/change/goes-there-and-back", test_random);
  g_test_add_func ("/model/change/leaves-what-is-newer", test_leaves_what_is_newer);
  g_test_add_func ("/model/change/tolerates-strange-lines", test_tolerates_strange_lines);
  g_test_add_func ("/model/change/takes-a-reason-without-a-note", test_reason_without_note);
  return g_test_run ();
}
