// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "yeji-paste-plan.h"
#include "yeji-tsv.h"

typedef struct
{
  YejiDictionary *dictionary;
  YejiNormaliser *normaliser;
  GPtrArray *columns;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  static const char *const fields[] = {
    "PersonName", "CorpName", "CorpRoleNum", "PersonPhone", "BuilderLicenceNum", "PrjNum",
  };
  g_autoptr (GError) error = NULL;

  fixture->dictionary = yeji_dictionary_new_built_in (&error);
  g_assert_no_error (error);
  fixture->normaliser = yeji_normaliser_new (fixture->dictionary);
  fixture->columns = g_ptr_array_new ();
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    g_ptr_array_add (fixture->columns,
                     (gpointer) yeji_dictionary_find_field (fixture->dictionary,
                                                            "TBProjectCorpInfo", fields[i]));
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_ptr_array_unref (fixture->columns);
  g_object_unref (fixture->normaliser);
  g_object_unref (fixture->dictionary);
}

static YejiPastePlan *
plan (Fixture    *fixture,
      guint       row,
      guint       column,
      guint       n_selected,
      const char *text)
{
  YejiPasteTarget target = {
    .dictionary = fixture->dictionary, .normaliser = fixture->normaliser,
    .columns = fixture->columns, .row = row, .column = column, .n_selected_rows = n_selected,
    .n_selected_columns = 1, .n_rows = 3, .max_rows = 10,
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = yeji_tsv_parse (text, -1, &error);

  g_assert_no_error (error);
  return yeji_paste_plan_new (&target, rows);
}

/* A line a cell: row, field, value, and what is wrong. */
static char *
show (YejiPastePlan *self)
{
  static const char *const words[N_YEJI_PASTE_TROUBLES] = {
    "", " no-field", " read-only", " no-row", " code", " date", " number", " length", " several",
    " format",
  };
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < self->cells->len; i++)
    {
      const YejiPasteCell *cell = g_ptr_array_index (self->cells, i);

      g_string_append_printf (text, "%s%u %s=%s%s", i > 0 ? "; " : "", cell->row,
                              cell->field != NULL ? cell->field->id : "?", cell->value,
                              words[cell->trouble]);
    }
  return g_string_free (text, FALSE);
}

static const struct
{
  const char *name;
  guint row;
  guint column;
  guint n_selected;
  const char *text;
  const char *shown;
} cases[] = {
  { "by-place", 1, 0, 1, "张三\t甲公司\n李四\t乙公司\n",
    "1 PersonName=张三; 1 CorpName=甲公司; 2 PersonName=李四; 2 CorpName=乙公司" },
  { "from-a-column-on", 0, 1, 1, "甲公司\t5\n", "0 CorpName=甲公司; 0 CorpRoleNum=5" },
  { "by-heading-in-any-order", 0, 3, 1, "单位名称\t负责人姓名\n甲公司\t张三\n",
    "0 CorpName=甲公司; 0 PersonName=张三" },
  { "by-id-in-any-case", 0, 0, 1, "corpname\tPERSON_NAME\n甲公司\t张三\n",
    "0 CorpName=甲公司; 0 PersonName=张三" },
  { "by-english-label-with-a-star", 0, 0, 1, "* Person in charge\t单位名称 （必填）\n张三\t甲公司\n", NULL },
  { "column-that-no-field-has", 0, 0, 1, "单位名称\t年龄\n甲公司\t40\n",
    "0 CorpName=甲公司; 0 ?=40 no-field" },
  { "column-that-no-field-has-and-is-empty", 0, 0, 1, "单位名称\t年龄\n甲公司\t\n",
    "0 CorpName=甲公司" },
  { "same-heading-twice", 0, 0, 1, "单位名称\t单位名称\n甲\t乙\n", "0 CorpName=甲; 0 ?=乙 no-field" },
  { "one-row-is-no-heading", 0, 1, 1, "单位名称\n", "0 CorpName=单位名称" },
  { "more-columns-than-fields", 0, 5, 1, "2201\tx\n", NULL },
  { "one-cell-fills-the-selection", 0, 1, 3, "甲公司",
    "0 CorpName=甲公司; 1 CorpName=甲公司; 2 CorpName=甲公司" },
  { "empty-cells-empty", 0, 0, 1, "\t甲公司\n", "0 PersonName=; 0 CorpName=甲公司" },
  { "blanks-around", 0, 1, 1, "  甲公司 \n", "0 CorpName=甲公司" },
  { "code-by-name", 0, 2, 1, "施工单位\n", NULL },
  { "unknown-code", 0, 2, 1, "厨师\n", "0 CorpRoleNum=厨师 code" },
  { "too-long", 0, 0, 1, "五十五十五十五十五十五十五十五十五十五十五十五十五十五十五十五十五十五十五十五十五十五十五十五十五十五十五十\n", NULL },
  { "no-more-rows", 9, 0, 1, "张三\n李四\n", "9 PersonName=张三; 10 PersonName=李四 no-row" },
};

static void
test_cases (Fixture       *fixture,
            gconstpointer  data)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (YejiPastePlan) self = plan (fixture, cases[i].row, cases[i].column,
                                             cases[i].n_selected, cases[i].text);
      g_autofree char *shown = show (self);

      g_test_message ("%s: %s", cases[i].name, shown);
      if (cases[i].shown != NULL)
        g_assert_cmpstr (shown, ==, cases[i].shown);
    }
}

/* A text of brackets without end, and a first row of very many cells, take no time. */
static void
test_hostile (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr (GString) brackets = g_string_new ("a");
  g_autoptr (GString) wide = g_string_new (NULL);
  g_autoptr (YejiPastePlan) first = NULL;
  g_autoptr (YejiPastePlan) second = NULL;

  for (guint i = 0; i < 100000; i++)
    g_string_append (brackets, "(a)");
  g_string_append (brackets, "\nb\n");
  first = plan (fixture, 0, 0, 1, brackets->str);
  g_assert_false (first->has_heading);
  g_assert_cmpuint (first->n_rows, ==, 2);
  for (guint i = 0; i < 20000; i++)
    g_string_append (wide, "单位名称\t");
  g_string_append (wide, "\n甲\n");
  second = plan (fixture, 0, 0, 1, wide->str);
  g_assert_false (second->has_heading);
}

static void
add_tests (void)
{
  g_test_add ("/exchange/paste-plan/finds-where-each-cell-goes", Fixture, NULL, set_up, test_cases,
              tear_down);
  g_test_add ("/exchange/paste-plan/stands-hostile-tables", Fixture, NULL, set_up, test_hostile,
              tear_down);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add_tests ();
  return g_test_run ();
}
