// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "yeji-match.h"

#include <string.h>

/* Projects that nobody has built. */
static const struct
{
  const char *uuid;
  const char *name;
  const char *number;
  const char *other;
} projects[] = {
  { "dsc", "吉林大世城项目", "2202011603300001", "[2016]吉建合字第0012号" },
  { "nh1", "长春市南湖路学校建设工程一标段", "2201041603300002", "2201041603300002-HZ-001" },
  { "nh2", "长春市南湖路学校建设工程二标段", "2201041603300003", "2201041603300003-HZ-001" },
  { "zx", "净月区第一中学", "", "" },
  { "zxl", "净月区第一中学实验楼工程", "", "" },
  { "yh", "银河花园小区（一期）", "", "" },
  { "yh2", "银河花园小区（二期）", "", "" },
  { "sj", "松江湾办公楼设计", "", "" },
  { "sg", "松江湾办公楼施工", "", "" },
  { "cc", "长春市绿园文化中心新建项目", "", "" },
  { "gh", "四平规划许可服务中心", "", "" },
  { "tw", "同名工程", "", "" },
  { "tw2", "同名工程", "", "" },
};

static YejiMatcher *
make_matcher (YejiDictionary **dictionary)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) records =
    g_ptr_array_new_with_free_func ((GDestroyNotify) yeji_match_record_free);

  *dictionary = yeji_dictionary_new_built_in (&error);
  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (projects); i++)
    {
      const char *numbers[] = { projects[i].other, NULL };

      g_ptr_array_add (records, yeji_match_record_new (projects[i].uuid, "construction",
                                                       projects[i].name, projects[i].number,
                                                       numbers));
    }
  return yeji_matcher_new (*dictionary, records);
}

/* uuid NULL: none; rival: the other one when both are as good. */
static const struct
{
  const char *path;
  const char *uuid;
  YejiMatchReason reason;
  YejiCertainty certainty;
} records[] = {
  { "吉林大世城项目/合同.pdf", "dsc", YEJI_MATCH_NAME, YEJI_CERTAINTY_SURE },
  { "吉林大世城/合同.pdf", "dsc", YEJI_MATCH_NAME, YEJI_CERTAINTY_SURE },
  { "吉林大世城工程中标通知书（扫描件）.pdf", "dsc", YEJI_MATCH_NAME, YEJI_CERTAINTY_SURE },
  { "a/b/吉林　大世城 资料/１.jpg", "dsc", YEJI_MATCH_NAME, YEJI_CERTAINTY_SURE },
  { "大世城/合同.pdf", "dsc", YEJI_MATCH_PART, YEJI_CERTAINTY_GUESS },
  { "吉林大世城幼儿园/合同.pdf", "dsc", YEJI_MATCH_PART, YEJI_CERTAINTY_GUESS },
  { "吉林大也城/合同.pdf", "dsc", YEJI_MATCH_FUZZY, YEJI_CERTAINTY_GUESS },
  { "jldsc/1.jpg", "dsc", YEJI_MATCH_INITIALS, YEJI_CERTAINTY_GUESS },
  { "JLDSC合同/1.jpg", "dsc", YEJI_MATCH_INITIALS, YEJI_CERTAINTY_GUESS },
  { "jilindashicheng/1.jpg", "dsc", YEJI_MATCH_PINYIN, YEJI_CERTAINTY_GUESS },
  { "Ji Lin Da Shi Cheng/1.jpg", "dsc", YEJI_MATCH_PINYIN, YEJI_CERTAINTY_GUESS },
  { "changchunlvyuan/1.jpg", NULL, YEJI_MATCH_NOTHING, YEJI_CERTAINTY_NONE },
  { "lvyuanwenhuazhongxin/1.jpg", "cc", YEJI_MATCH_PINYIN, YEJI_CERTAINTY_GUESS },
  { "luyuanwenhuazhongxin/1.jpg", "cc", YEJI_MATCH_PINYIN, YEJI_CERTAINTY_GUESS },
  { "2202011603300001/1.jpg", "dsc", YEJI_MATCH_NUMBER, YEJI_CERTAINTY_SURE },
  { "合同 2016吉建合字第0012号.jpg", "dsc", YEJI_MATCH_NUMBER, YEJI_CERTAINTY_SURE },
  { "22010416033000021.jpg", NULL, YEJI_MATCH_NOTHING, YEJI_CERTAINTY_NONE },
  { "2201041603300003-HZ-001-1.jpg", "nh2", YEJI_MATCH_NUMBER, YEJI_CERTAINTY_SURE },
  { "2201041603300003_2.jpg", "nh2", YEJI_MATCH_NUMBER, YEJI_CERTAINTY_SURE },
  /* the lot decides, wherever it stands */
  { "长春市南湖路学校一标段/合同.pdf", "nh1", YEJI_MATCH_NAME, YEJI_CERTAINTY_SURE },
  { "长春市南湖路学校建设工程第2标段/合同.pdf", "nh2", YEJI_MATCH_NAME, YEJI_CERTAINTY_SURE },
  { "长春市南湖路学校/二标段/合同.pdf", "nh2", YEJI_MATCH_NAME, YEJI_CERTAINTY_SURE },
  { "长春市南湖路学校/标段二/合同.pdf", "nh2", YEJI_MATCH_NAME, YEJI_CERTAINTY_SURE },
  { "长春市南湖路学校/Ⅱ标段/合同.pdf", "nh2", YEJI_MATCH_NAME, YEJI_CERTAINTY_SURE },
  { "长春市南湖路学校三标段/合同.pdf", NULL, YEJI_MATCH_NOTHING, YEJI_CERTAINTY_NONE },
  { "银河花园小区1期/合同.pdf", "yh", YEJI_MATCH_NAME, YEJI_CERTAINTY_SURE },
  { "银河花园小区二期/合同.pdf", "yh2", YEJI_MATCH_NAME, YEJI_CERTAINTY_SURE },
  /* longer names go before those that stand in them; numerals are no slips */
  { "净月区第一中学实验楼/1.jpg", "zxl", YEJI_MATCH_NAME, YEJI_CERTAINTY_SURE },
  { "净月区第一中学/1.jpg", "zx", YEJI_MATCH_NAME, YEJI_CERTAINTY_SURE },
  { "净月区第一中学/净月区第一中学实验楼合同.jpg", "zxl", YEJI_MATCH_NAME, YEJI_CERTAINTY_SURE },
  { "净月区第二中学/1.jpg", NULL, YEJI_MATCH_NOTHING, YEJI_CERTAINTY_NONE },
  /* kinds of work */
  { "松江湾办公楼设计/图.pdf", "sj", YEJI_MATCH_NAME, YEJI_CERTAINTY_SURE },
  { "松江湾办公楼施工/图.pdf", "sg", YEJI_MATCH_NAME, YEJI_CERTAINTY_SURE },
  /* a slot's word in a project's name */
  { "四平规划许可服务中心/合同.pdf", "gh", YEJI_MATCH_NAME, YEJI_CERTAINTY_SURE },
  { "合同.pdf", NULL, YEJI_MATCH_NOTHING, YEJI_CERTAINTY_NONE },
  { "IMG_20190301_101112.jpg", NULL, YEJI_MATCH_NOTHING, YEJI_CERTAINTY_NONE },
  { "", NULL, YEJI_MATCH_NOTHING, YEJI_CERTAINTY_NONE },
  { "///", NULL, YEJI_MATCH_NOTHING, YEJI_CERTAINTY_NONE },
};

static void
test_records (void)
{
  g_autoptr (YejiDictionary) dictionary = NULL;
  g_autoptr (YejiMatcher) matcher = make_matcher (&dictionary);

  for (guint i = 0; i < G_N_ELEMENTS (records); i++)
    {
      g_autoptr (YejiMatch) match = yeji_matcher_match (matcher, records[i].path);

      g_test_message ("%s: %s %u %s, rival %s", records[i].path, match->best, match->score,
                      yeji_match_reason_to_code (match->reason), match->rival);
      g_assert_cmpstr (match->uuid, ==, records[i].uuid);
      g_assert_cmpint (yeji_match_get_certainty (match), ==, records[i].certainty);
      if (match->uuid != NULL)
        g_assert_cmpint (match->reason, ==, records[i].reason);
    }
}

static const struct
{
  const char *path;
  const char *best;
  const char *rival;
} unclear[] = {
  { "同名工程/合同.pdf", "tw", "tw2" },
  { "松江湾办公楼/合同.pdf", "sj", "sg" },
  { "长春市南湖路学校/合同.pdf", "nh1", "nh2" },
  { "银河花园/合同.pdf", "yh", "yh2" },
  /* the number says one thing, the name another */
  { "吉林大世城 2201041603300003/合同.pdf", NULL, NULL },
};

static void
test_unclear (void)
{
  g_autoptr (YejiDictionary) dictionary = NULL;
  g_autoptr (YejiMatcher) matcher = make_matcher (&dictionary);

  for (guint i = 0; i < G_N_ELEMENTS (unclear); i++)
    {
      g_autoptr (YejiMatch) match = yeji_matcher_match (matcher, unclear[i].path);

      g_test_message ("%s: %s or %s", unclear[i].path, match->best, match->rival);
      g_assert_null (match->uuid);
      g_assert_cmpuint (match->n_candidates, ==, 2);
      if (unclear[i].best == NULL)
        continue;
      g_assert_cmpstr (match->best, ==, unclear[i].best);
      g_assert_cmpstr (match->rival, ==, unclear[i].rival);
    }
}

static const struct
{
  const char *path;
  const char *slot;
  YejiCertainty certainty;
} slots[] = {
  { "中标通知书.pdf", "award_notice", YEJI_CERTAINTY_SURE },
  { "吉林大世城/中标通知书/1.jpg", "award_notice", YEJI_CERTAINTY_SURE },
  { "吉林大世城/【中标 通知书】.jpg", "award_notice", YEJI_CERTAINTY_SURE },
  { "合同/施工许可证.jpg", "construction_permit", YEJI_CERTAINTY_SURE },
  { "竣工验收备案表.jpg", "completion_filing", YEJI_CERTAINTY_SURE },
  { "竣工验收报告.jpg", "acceptance_report", YEJI_CERTAINTY_SURE },
  { "竣工验收备案.jpg", "completion_filing", YEJI_CERTAINTY_SURE },
  { "建设工程施工合同.jpg", "contract", YEJI_CERTAINTY_SURE },
  { "建设工程规划许可证.jpg", "construction_planning_permit", YEJI_CERTAINTY_SURE },
  { "建设用地规划许可证.jpg", "land_planning_permit", YEJI_CERTAINTY_SURE },
  { "合同变更.jpg", "change_proof", YEJI_CERTAINTY_SURE },
  { "合同 附件3.jpg", "contract", YEJI_CERTAINTY_SURE },
  { "合同/附件3.jpg", "contract", YEJI_CERTAINTY_SURE },
  { "施工图审查合格书.jpg", "review_certificate", YEJI_CERTAINTY_SURE },
  { "zbtzs.jpg", "award_notice", YEJI_CERTAINTY_SURE },
  { "hetong 1.jpg", "contract", YEJI_CERTAINTY_SURE },
  { "SGXKZ/0001.jpg", "construction_permit", YEJI_CERTAINTY_SURE },
  { "合同/原件/0001.jpg", "contract", YEJI_CERTAINTY_GUESS },
  { "中标/合同.jpg", "contract", YEJI_CERTAINTY_GUESS },
  { "合同验收.jpg", "contract", YEJI_CERTAINTY_GUESS },
  { "四平规划许可服务中心/1.jpg", NULL, YEJI_CERTAINTY_NONE },
  { "四平规划许可服务中心 施工许可证/1.jpg", "construction_permit", YEJI_CERTAINTY_SURE },
  { "吉林大世城/1.jpg", NULL, YEJI_CERTAINTY_NONE },
};

static void
test_slots (void)
{
  g_autoptr (YejiDictionary) dictionary = NULL;
  g_autoptr (YejiMatcher) matcher = make_matcher (&dictionary);

  for (guint i = 0; i < G_N_ELEMENTS (slots); i++)
    {
      g_autoptr (YejiMatch) match = yeji_matcher_match (matcher, slots[i].path);

      g_test_message ("%s: %s by %s", slots[i].path, match->slot, match->slot_word);
      g_assert_cmpstr (match->slot, ==, slots[i].slot);
      g_assert_cmpint (match->slot_certainty, ==, slots[i].certainty);
    }
}

static const struct
{
  const char *path;
  gint64 page;
} pages[] = {
  { "1.jpg", 1 },
  { "01.jpg", 1 },
  { "合同1.jpg", 1 },
  { "合同01.jpg", 1 },
  { "合同 (1).jpg", 1 },
  { "合同（12）.jpg", 12 },
  { "合同第3页.jpg", 3 },
  { "合同第三页.jpg", 3 },
  { "合同第十二页.jpg", 12 },
  { "合同 第3页 共5页.jpg", 3 },
  { "合同第3页(共12页).jpg", 3 },
  { "合同三.jpg", 3 },
  { "合同_p12.jpg", 12 },
  { "合同 page 7.jpg", 7 },
  { "扫描0007.jpg", 7 },
  { "扫描_0007.pdf", 7 },
  { "合同-2／5.jpg", 2 },
  { "合同 2of5.jpg", 2 },
  { "IMG_20190301_101112.jpg", G_GINT64_CONSTANT (20190301101112) },
  { "IMG20190301101112.jpg", G_GINT64_CONSTANT (20190301101112) },
  { "mmexport1551406272000.jpg", G_GINT64_CONSTANT (1551406272000) },
  { "01封面.jpg", 1 },
  { "3、正文.jpg", 3 },
  { "(2) 签字页.jpg", 2 },
  { "二、正文.jpg", 2 },
  { "①.jpg", 1 },
  { "合同/x/10.jpg", 10 },
  { "合同2019.jpg", -1 },
  { "2019年合同.jpg", -1 },
  { "一汽大楼.jpg", -1 },
  { "合同.jpg", -1 },
  { "合同v1.0.jpg", 0 },
  { ".jpg", -1 },
  { "", -1 },
  { "1234567890123456789012345.jpg", -1 },
};

static void
test_pages (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiDictionary) dictionary = yeji_dictionary_new_built_in (&error);

  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      g_test_message ("%s", pages[i].path);
      g_assert_cmpint (yeji_match_find_page (dictionary, pages[i].path), ==, pages[i].page);
    }
}

static void
test_names (void)
{
  static const char * const names[] = { "", "1", "01", "2", "10", "a2", "A10", "a10b", "b", "合同" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    for (guint j = 0; j < G_N_ELEMENTS (names); j++)
      {
        int order = yeji_match_compare_names (names[i], names[j]);

        if (i != j && !(strchr ("1", *names[i]) != NULL && strchr ("0", *names[j]) != NULL))
          g_assert_cmpint (order < 0 ? -1 : 1, ==,
                           -(yeji_match_compare_names (names[j], names[i]) < 0 ? -1 : 1));
        if (i == j)
          g_assert_cmpint (order, ==, 0);
      }
  g_assert_cmpint (yeji_match_compare_names ("合同2", "合同10"), <, 0);
  g_assert_cmpint (yeji_match_compare_names ("合同010", "合同9"), >, 0);
  g_assert_cmpint (yeji_match_compare_names ("合同 a", "合同 B"), <, 0);
}

static void
test_siblings (void)
{
  g_autoptr (YejiDictionary) dictionary = NULL;
  g_autoptr (YejiMatcher) matcher = make_matcher (&dictionary);
  static const char * const paths[] = {
    "x/吉林大世城合同1.jpg", "x/吉林大世城合同2.jpg", "x/合同3.jpg",   /* follows */
    "y/吉林大世城合同1.jpg", "y/净月区第一中学合同.jpg", "y/合同3.jpg", /* mixed */
    "z/吉林大世城合同1.jpg", "z/合同3.jpg",                            /* one is not enough */
    "合同3.jpg",
  };
  g_autoptr (GPtrArray) matches =
    yeji_matcher_match_all (matcher, paths, G_N_ELEMENTS (paths));
  static const char * const uuids[] = { "dsc", "dsc", "dsc", "dsc", "zx", NULL, "dsc", NULL, NULL };

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    g_assert_cmpstr (((YejiMatch *) g_ptr_array_index (matches, i))->uuid, ==, uuids[i]);
  g_assert_cmpint (((YejiMatch *) g_ptr_array_index (matches, 2))->reason, ==,
                   YEJI_MATCH_SIBLINGS);
  g_assert_cmpint (yeji_match_get_certainty (g_ptr_array_index (matches, 2)), ==,
                   YEJI_CERTAINTY_GUESS);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/intake/match/finds-the-record", test_records);
  g_test_add_func ("/intake/match/leaves-what-is-unclear-to-the-clerk", test_unclear);
  g_test_add_func ("/intake/match/finds-the-slot", test_slots);
  g_test_add_func ("/intake/match/finds-the-page", test_pages);
  g_test_add_func ("/intake/match/compares-names-as-people-do", test_names);
  g_test_add_func ("/intake/match/lets-a-file-follow-its-folder", test_siblings);
  return g_test_run ();
}
