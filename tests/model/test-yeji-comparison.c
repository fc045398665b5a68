// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "yeji-comparison-apply.h"
#include "yeji-row-match.h"
#include "yeji-text-difference.h"

static YejiDictionary *dictionary;

#define PROJECT "TBProjectInfo"
#define PERMITS "permits"

/* ---- Values */

static void
set_name (YejiRecord *record,
          const char *value)
{
  yeji_record_set (record, yeji_record_get_project (record),
                   yeji_dictionary_find_field (dictionary, PROJECT, "PrjName"), value);
}

static const struct
{
  const char *base, *mine, *theirs;
  YejiDifferenceKind kind;
} value_cases[] = {
  { "一", "一", "一", YEJI_DIFFERENCE_NONE },
  { "一", "二", "一", YEJI_DIFFERENCE_MINE },
  { "一", "一", "三", YEJI_DIFFERENCE_THEIRS },
  { "一", "二", "二", YEJI_DIFFERENCE_BOTH },
  { "一", "二", "三", YEJI_DIFFERENCE_CONFLICT },
  { "一", "", "三", YEJI_DIFFERENCE_CONFLICT },
  { "一", "", "", YEJI_DIFFERENCE_BOTH },
  { "", "二", "", YEJI_DIFFERENCE_MINE },
  { NULL, "二", "二", YEJI_DIFFERENCE_NONE },
  { NULL, "二", "三", YEJI_DIFFERENCE_OTHER },
  { NULL, "", "三", YEJI_DIFFERENCE_OTHER },
};

static const YejiDifference *
find (YejiComparison *comparison,
      const char     *table,
      const char     *field)
{
  for (guint i = 0; i < comparison->differences->len; i++)
    {
      const YejiDifference *difference = g_ptr_array_index (comparison->differences, i);

      if (g_str_equal (difference->table, table) && g_str_equal (difference->field, field))
        return difference;
    }
  return NULL;
}

static void
test_values (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (value_cases); i++)
    {
      g_autoptr (YejiRecord) mine = yeji_record_new (dictionary, NULL, "construction");
      g_autoptr (YejiRecord) theirs = yeji_record_copy (mine);
      g_autoptr (YejiRecord) base = value_cases[i].base != NULL ? yeji_record_copy (mine) : NULL;
      g_autoptr (YejiComparison) comparison = NULL;
      const YejiDifference *difference;

      if (base != NULL)
        set_name (base, value_cases[i].base);
      set_name (mine, value_cases[i].mine);
      set_name (theirs, value_cases[i].theirs);
      comparison = yeji_comparison_new (base, mine, theirs, FALSE);
      difference = find (comparison, PROJECT, "PrjName");
      g_test_message ("case %u", i);
      if (value_cases[i].kind == YEJI_DIFFERENCE_NONE)
        {
          g_assert_null (difference);
          g_assert_cmpuint (yeji_comparison_count (comparison), ==, 0);
          continue;
        }
      g_assert_cmpuint (comparison->differences->len, ==, 1);
      g_assert_cmpint (difference->kind, ==, value_cases[i].kind);
      g_assert_cmpstr (difference->texts[YEJI_SIDE_BASE], ==, value_cases[i].base);
      g_assert_cmpstr (difference->texts[YEJI_SIDE_MINE], ==, value_cases[i].mine);
      g_assert_cmpstr (difference->texts[YEJI_SIDE_THEIRS], ==, value_cases[i].theirs);
    }
}

static void
test_role_and_all (void)
{
  g_autoptr (YejiRecord) mine = yeji_record_new (dictionary, NULL, "construction");
  g_autoptr (YejiRecord) theirs = NULL;
  g_autoptr (YejiComparison) some = NULL;
  g_autoptr (YejiComparison) all = NULL;

  set_name (mine, "同");
  theirs = yeji_record_copy (mine);
  yeji_record_set_role (theirs, "design");
  some = yeji_comparison_new (NULL, mine, theirs, FALSE);
  g_assert_cmpuint (some->differences->len, ==, 1);
  g_assert_cmpint (find (some, "", "role")->kind, ==, YEJI_DIFFERENCE_OTHER);
  all = yeji_comparison_new (NULL, mine, theirs, TRUE);
  g_assert_cmpuint (yeji_comparison_count (all), ==, 1);
  g_assert_cmpint (find (all, PROJECT, "PrjName")->kind, ==, YEJI_DIFFERENCE_NONE);
}

/* ---- Rows of one record: letters are rows, a capital one was typed into */

static const struct
{
  const char *base, *mine, *theirs;    /* "-": there is no base */
  const char *found;           /* row and kind of each row that came, went or moved */
} row_cases[] = {
  { "ab", "ab", "ab", "" },
  { "ab", "b", "ab", "a:mine " },
  { "ab", "ab", "b", "a:theirs " },
  { "ab", "b", "b", "a:both " },
  { "ab", "Ab", "b", "a:conflict " },
  { "ab", "b", "Ab", "a:conflict " },
  { "ab", "abc", "ab", "c:mine " },
  { "ab", "ab", "cab", "c:theirs " },
  { "abc", "bca", "abc", "a:mine " },
  { "abc", "abc", "cab", "c:theirs " },
  { "abc", "bca", "cab", "c:theirs a:mine " },
  { "abcd", "bcda", "bcda", "a:both " },
  { "abc", "bc", "abc", "a:mine " },         /* those behind it did not move */
  { "-", "ab", "bc", "a:mine c:theirs " },
  { "-", "abc", "cab", "c:different " },
  { "-", "", "a", "a:theirs " },
};

static YejiRecord *
make_rows (YejiRecord *like,
           const char *rows)
{
  const YejiTableDef *permits = yeji_dictionary_find_member (dictionary, PERMITS);
  const YejiFieldDef *area = yeji_table_def_find_field (permits, "Area");
  YejiRecord *record = yeji_record_copy (like);

  for (const char *c = rows; *c != '\0'; c++)
    {
      char id[] = { g_ascii_tolower (*c), '\0' };
      g_autoptr (YejiRow) row = yeji_row_new (permits, id);

      yeji_row_set (row, area, id);
      if (g_ascii_isupper (*c))
        yeji_row_set (row, area, "edited");
      yeji_record_insert_row (record, yeji_record_get_n_rows (record, permits), row);
    }
  return record;
}

static void
test_rows (void)
{
  g_autoptr (YejiRecord) empty = yeji_record_new (dictionary, NULL, "");

  for (guint i = 0; i < G_N_ELEMENTS (row_cases); i++)
    {
      g_autoptr (YejiRecord) base = *row_cases[i].base != '-' ? make_rows (empty, row_cases[i].base)
                                                               : NULL;
      g_autoptr (YejiRecord) mine = make_rows (empty, row_cases[i].mine);
      g_autoptr (YejiRecord) theirs = make_rows (empty, row_cases[i].theirs);
      g_autoptr (YejiComparison) comparison = yeji_comparison_new (base, mine, theirs, FALSE);
      g_autoptr (GString) found = g_string_new (NULL);

      for (guint j = 0; j < comparison->differences->len; j++)
        {
          const YejiDifference *difference = g_ptr_array_index (comparison->differences, j);

          g_assert_true (yeji_difference_is_row (difference));
          g_string_append_printf (found, "%s:%s ", difference->row,
                                  yeji_difference_get_kind_name (difference));
        }
      g_test_message ("case %u", i);
      g_assert_cmpstr (found->str, ==, row_cases[i].found);
    }
}

/* ---- Rows of two records */

/* Of a participant: name, role and person, which tell rows apart. */
typedef struct
{
  const char *corp, *role, *person;
} Participant;

static const struct
{
  Participant mine[4], theirs[4];
  int match[4];                /* -1: none */
} match_cases[] = {
  { { { "甲", "3", "张三" } }, { { "乙", "4", "李四" } }, { 0 } },               /* alone */
  { { { "甲", "3", "张三" }, { "乙", "4", "李四" } },
    { { "乙", "4", "李四" }, { "甲", "3", "张三" } }, { 1, 0 } },               /* title */
  { { { "甲", "3", "张三" }, { "甲", "4", "李四" } },
    { { "甲", "4", "王五" }, { "甲", "3", "赵六" } }, { 1, 0 } },               /* role */
  { { { "甲", "3", "张三" }, { "丙", "2", "" } },
    { { "丁", "1", "" }, { "甲", "3", "张三" } }, { 1, 0 } },                   /* the rest */
  { { { "甲", "3", "张三" }, { "乙", "3", "李四" } }, { { "乙", "3", "李四" } }, { -1, 0 } },
  { { { "甲", "3", "张三" } }, { { NULL } }, { -1 } },
};

static YejiRecord *
make_participants (const Participant *participants)
{
  const YejiTableDef *table = yeji_dictionary_find_member (dictionary, "participants");
  YejiRecord *record = yeji_record_new (dictionary, NULL, "");

  for (guint i = 0; i < 4 && participants[i].corp != NULL; i++)
    {
      YejiRow *row = yeji_record_append_row (record, table);

      yeji_row_set (row, yeji_table_def_find_field (table, "CorpName"), participants[i].corp);
      yeji_row_set (row, yeji_table_def_find_field (table, "CorpRoleNum"), participants[i].role);
      yeji_row_set (row, yeji_table_def_find_field (table, "PersonName"), participants[i].person);
    }
  return record;
}

static void
test_match (void)
{
  const YejiTableDef *table = yeji_dictionary_find_member (dictionary, "participants");

  for (guint i = 0; i < G_N_ELEMENTS (match_cases); i++)
    {
      g_autoptr (YejiRecord) mine = make_participants (match_cases[i].mine);
      g_autoptr (YejiRecord) theirs = make_participants (match_cases[i].theirs);
      g_autofree guint *match = yeji_rows_match (mine, theirs, table);

      g_test_message ("case %u", i);
      for (guint j = 0; j < yeji_record_get_n_rows (mine, table); j++)
        g_assert_cmpint ((int) match[j], ==, match_cases[i].match[j]);
    }
}

/* A number that links name goes before everything else. */
static void
test_match_by_number (void)
{
  const YejiTableDef *permits = yeji_dictionary_find_member (dictionary, PERMITS);
  const YejiFieldDef *number = yeji_table_def_find_field (permits, "BuilderLicenceNum");
  const YejiFieldDef *area = yeji_table_def_find_field (permits, "Area");
  g_autoptr (YejiRecord) mine = yeji_record_new (dictionary, NULL, "");
  g_autoptr (YejiRecord) theirs = yeji_record_new (dictionary, NULL, "");
  g_autofree guint *match = NULL;

  for (guint i = 0; i < 2; i++)
    {
      YejiRow *here = yeji_record_append_row (mine, permits);
      YejiRow *there = yeji_record_append_row (theirs, permits);

      yeji_row_set (here, number, i == 0 ? "A" : "B");
      yeji_row_set (there, number, i == 0 ? "B" : "A");
      yeji_row_set (here, area, i == 0 ? "1" : "2");
      yeji_row_set (there, area, i == 0 ? "1" : "2");
    }
  match = yeji_rows_match (mine, theirs, permits);
  g_assert_cmpuint (match[0], ==, 1);
  g_assert_cmpuint (match[1], ==, 0);
}

/* ---- Taking a side */

static void
test_apply (void)
{
  g_autoptr (YejiRecord) empty = yeji_record_new (dictionary, NULL, "");
  const YejiTableDef *permits = yeji_dictionary_find_member (dictionary, PERMITS);

  for (guint i = 0; i < G_N_ELEMENTS (row_cases); i++)
    {
      g_autoptr (YejiRecord) base = *row_cases[i].base != '-' ? make_rows (empty, row_cases[i].base)
                                                               : NULL;
      g_autoptr (YejiRecord) mine = make_rows (empty, row_cases[i].mine);
      g_autoptr (YejiRecord) theirs = make_rows (empty, row_cases[i].theirs);
      g_autoptr (YejiRecord) target = yeji_record_copy (mine);
      g_autoptr (YejiComparison) comparison = NULL;

      set_name (theirs, "省");
      yeji_record_set_role (theirs, "design");
      comparison = yeji_comparison_new (base, mine, theirs, FALSE);
      for (guint j = 0; j < comparison->differences->len; j++)
        {
          const YejiDifference *difference = g_ptr_array_index (comparison->differences, j);

          yeji_difference_apply (difference, target, YEJI_SIDE_THEIRS);
          g_assert_true (yeji_difference_agrees (difference, target, YEJI_SIDE_THEIRS));
        }
      g_assert_cmpstr (yeji_record_get_role (target), ==, "design");
      g_assert_cmpstr (yeji_row_get_by_id (yeji_record_get_project (target), "PrjName"), ==, "省");
      g_assert_cmpuint (yeji_record_get_n_rows (target, permits), ==,
                        yeji_record_get_n_rows (theirs, permits));
      for (guint j = 0; j < yeji_record_get_n_rows (theirs, permits); j++)
        {
          YejiRow *row = yeji_record_get_row (theirs, permits, j);
          YejiRow *here = yeji_record_find_row (target, permits, yeji_row_get_id (row), NULL);

          g_assert_nonnull (here);
          g_assert_true (yeji_row_says_the_same (row, here));
        }
    }
}

/* ---- Texts: what differs stands in brackets */

static const struct
{
  const char *text, *other, *marked;
} text_cases[] = {
  { "", "", "" },
  { "同", "同", "同" },
  { "甲", "", "[甲]" },
  { "", "甲", "" },
  { "2016-03-30", "2016-03-28", "2016-03-[30]" },
  { "长春市示例大厦二期", "长春市示例大厦一期", "长春市示例大厦[二]期" },
  { "长春市大厦", "长春市示例大厦", "长春市大厦" },
  { "长春市示例大厦", "长春市大厦", "长春市[示例]大厦" },
  { "1234.5", "1234.50", "1234.5" },
  { "吉林", "辽宁沈阳", "[吉林]" },
  { "a1b2c3", "x1y2z3", "[a1b2c]3" },
};

static void
test_texts (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (text_cases); i++)
    {
      g_autoptr (GArray) ranges = yeji_text_difference (text_cases[i].text, text_cases[i].other);
      g_autoptr (GString) marked = g_string_new (text_cases[i].text);

      for (guint j = ranges->len; j > 0; j--)
        {
          const YejiTextRange *range = &g_array_index (ranges, YejiTextRange, j - 1);

          g_string_insert (marked, range->end, "]");
          g_string_insert (marked, range->start, "[");
        }
      g_assert_cmpstr (marked->str, ==, text_cases[i].marked);
    }
}

static void
test_long_texts (void)
{
  g_autofree char *one = g_strnfill (2000, 'a');
  g_autofree char *two = g_strnfill (2000, 'b');
  g_autofree char *joined = g_strconcat (one, two, NULL);
  g_autoptr (GArray) ranges = yeji_text_difference (joined, one);

  g_assert_cmpuint (ranges->len, ==, 1);
  g_assert_cmpuint (g_array_index (ranges, YejiTextRange, 0).start, ==, 2000);
  g_assert_cmpuint (g_array_index (ranges, YejiTextRange, 0).end, ==, 4000);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  dictionary = yeji_dictionary_new_built_in (NULL);

  g_test_add_func ("/model/comparison/tells-who-changed-a-value", test_values);
  g_test_add_func ("/model/comparison/tells-the-role-and-what-is-the-same", test_role_and_all);
  g_test_add_func ("/model/comparison/tells-rows-that-came-went-and-moved", test_rows);
  g_test_add_func ("/model/comparison/matches-rows-of-two-records", test_match);
  g_test_add_func ("/model/comparison/matches-rows-by-their-number", test_match_by_number);
  g_test_add_func ("/model/comparison/takes-a-side", test_apply);
  g_test_add_func ("/model/comparison/marks-what-differs-in-a-text", test_texts);
  g_test_add_func ("/model/comparison/marks-long-texts", test_long_texts);
  return g_test_run ();
}
