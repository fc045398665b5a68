// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-match.h"

#include <string.h>

G_BEGIN_DECLS

/* Invented projects, and the names that people in a hurry give to folders and files of theirs; by a
 * seed, so that what is found can be found again. */

typedef struct
{
  GRand *rand;
  GPtrArray *records;          /* (element-type YejiMatchRecord) */
} MatchCorpus;

/* One file and the truth about it. */
typedef struct
{
  char *path;
  const char *uuid;            /* (nullable): of no record here */
  const char *slot;            /* (nullable): the name tells none */
  gboolean exact;              /* the name or number stands there as it is */
} MatchCorpusFile;

static const char * const corpus_places[] = {
  "长春市", "吉林市", "四平市", "辽源市", "通化市", "白山市", "松原市", "白城市", "延吉市", "梅河口市",
  "长春净月区", "长春经开区", "长春高新区", "德惠市", "榆树市", "九台区", "双阳区", "公主岭市", "敦化市",
  "珲春市", "桦甸市", "舒兰市", "磐石市", "集安市", "临江市", "大安市", "洮南市", "图们市", "龙井市", "和龙市",
};

static const char * const corpus_words[] = {
  "南湖", "北辰", "东岭", "西安桥", "银河", "松江", "净水", "云山", "长白", "朝阳", "红旗", "解放", "人民", "和平", "新民", "同志",
  "光明", "吉祥", "如意", "金桥", "玉兰", "丁香", "白桦", "雪松", "海棠", "翠湖", "碧水", "蓝天", "绿园", "紫荆", "锦江", "华庭",
  "盛世", "天成", "博雅", "书香", "鸿运", "瑞丰", "安泰", "永昌", "万福", "福临", "凯旋", "御景", "龙腾", "凤凰", "麒麟", "青龙",
};

static const char * const corpus_kinds[] = {
  "小学", "中学", "第一中学", "第二中学", "第三小学", "幼儿园", "医院", "综合楼", "办公楼", "住宅小区", "商业广场",
  "体育馆", "图书馆", "文化中心", "污水处理厂", "变电站", "泵站", "大桥", "道路改造", "给水管网", "供热管网", "物流园",
  "厂房", "科技园", "孵化基地", "养老院", "客运站", "档案馆", "规划展览馆", "行政服务中心", "实验楼", "宿舍楼",
};

static const char * const corpus_endings[] = {
  "", "工程", "项目", "建设项目", "建设工程", "新建项目", "改造工程", "工程施工", "项目设计", "施工总承包",
};

static const char * const corpus_numerals[] = { "一", "二", "三", "四", "五", "六", "七", "八" };

static const struct
{
  const char *word;
  const char *slot;
} corpus_slots[] = {
  { "中标通知书", "award_notice" }, { "中标通知", "award_notice" }, { "施工合同", "contract" },
  { "合同", "contract" }, { "合同协议书", "contract" }, { "施工许可证", "construction_permit" },
  { "竣工验收报告", "acceptance_report" }, { "竣工验收备案表", "completion_filing" },
  { "施工图审查合格书", "review_certificate" }, { "建设用地规划许可证", "land_planning_permit" },
  { "建设工程规划许可证", "construction_planning_permit" }, { "立项批复", "project_approval" },
};

static const char * const corpus_noise[] = {
  "", "", "", "（扫描件）", "-盖章版", "_复印件", " 最终版", "(1)", "-02", "_p3", " 第3页", "2019",
};

#define CORPUS_PICK(corpus, list) \
  (list)[g_rand_int_range ((corpus)->rand, 0, G_N_ELEMENTS (list))]

static inline gboolean
corpus_chance (MatchCorpus *self,
               int          percent)
{
  return g_rand_int_range (self->rand, 0, 100) < percent;
}

/* Lot and stage of a project, half of the time none, and with its sisters close by in the list. */
static inline char *
corpus_make_name (MatchCorpus *self,
                  const char **base)
{
  static char stem[256];
  const char *ending = CORPUS_PICK (self, corpus_endings);

  if (*base == NULL || !corpus_chance (self, 25))
    g_snprintf (stem, sizeof stem, "%s%s%s%s",
                corpus_chance (self, 70) ? CORPUS_PICK (self, corpus_places) : "",
                CORPUS_PICK (self, corpus_words), CORPUS_PICK (self, corpus_words),
                CORPUS_PICK (self, corpus_kinds));
  *base = stem;
  if (corpus_chance (self, 20))
    return g_strdup_printf ("%s%s%s标段", stem, ending, CORPUS_PICK (self, corpus_numerals));
  if (corpus_chance (self, 15))
    return g_strdup_printf ("%s（%s期）%s", stem, CORPUS_PICK (self, corpus_numerals), ending);
  return g_strconcat (stem, ending, NULL);
}

static inline MatchCorpus *
match_corpus_new (guint32 seed,
                  guint   n_records)
{
  MatchCorpus *self = g_new0 (MatchCorpus, 1);
  const char *base = NULL;

  self->rand = g_rand_new_with_seed (seed);
  self->records = g_ptr_array_new_with_free_func ((GDestroyNotify) yeji_match_record_free);
  for (guint i = 0; i < n_records; i++)
    {
      g_autofree char *uuid = g_strdup_printf ("record-%u", i);
      g_autofree char *name = corpus_make_name (self, &base);
      g_autofree char *number =
        g_strdup_printf ("22%04u%06u%04u", (guint) g_rand_int_range (self->rand, 0, 9999), i,
                         (guint) g_rand_int_range (self->rand, 0, 9999));
      g_autofree char *contract = g_strdup_printf ("%s-HZ-%03u", number, 1 + i % 9);
      const char *numbers[] = { contract, NULL };

      g_ptr_array_add (self->records,
                       yeji_match_record_new (uuid, "construction", name, number, numbers));
    }
  return self;
}

static inline void
match_corpus_free (MatchCorpus *self)
{
  g_rand_free (self->rand);
  g_ptr_array_unref (self->records);
  g_free (self);
}

static inline void
match_corpus_file_clear (MatchCorpusFile *file)
{
  g_clear_pointer (&file->path, g_free);
}

/* One character of the name is another one, is missing or is there twice. */
static inline char *
corpus_slip (MatchCorpus *self,
             const char  *name)
{
  g_autofree gunichar *c = g_utf8_to_ucs4_fast (name, -1, NULL);
  glong n = g_utf8_strlen (name, -1), at = g_rand_int_range (self->rand, 0, (int) n);
  g_autoptr (GString) slipped = g_string_new (NULL);
  int way = g_rand_int_range (self->rand, 0, 3);

  for (glong i = 0; i < n; i++)
    {
      if (i != at)
        g_string_append_unichar (slipped, c[i]);
      else if (way == 0)
        g_string_append_unichar (slipped,
                                 0x4e00 + (guint32) g_rand_int_range (self->rand, 200, 9000));
      else if (way == 1)
        {
          g_string_append_unichar (slipped, c[i]);
          g_string_append_unichar (slipped, c[i]);
        }
    }
  return g_string_free (g_steal_pointer (&slipped), FALSE);
}

/* How somebody calls the folder of a project. */
static inline char *
corpus_call (MatchCorpus           *self,
             const YejiMatchRecord *record,
             gboolean              *exact)
{
  g_autofree char *name = NULL;

  *exact = TRUE;
  switch (g_rand_int_range (self->rand, 0, 10))
    {
    case 0:
      return g_strdup (record->number);
    case 1:
      return g_strdup (record->numbers[0]);
    case 2:
      *exact = FALSE;
      return corpus_slip (self, record->name);
    case 3:
      /* the place is left out */
      *exact = FALSE;
      name = g_strdup (record->name);
      for (guint i = 0; i < G_N_ELEMENTS (corpus_places); i++)
        if (g_str_has_prefix (name, corpus_places[i]))
          return g_strdup (name + strlen (corpus_places[i]));
      return g_steal_pointer (&name);
    case 4:
      return g_strdup_printf ("%s资料", record->name);
    case 5:
      return g_strdup_printf ("2018年 %s", record->name);
    default:
      return g_strdup (record->name);
    }
}

/* A file of a record, or of a project that is none of them: its name is one of theirs with another
 * lot, another kind of building or another word in it. */
static inline void
match_corpus_make_file (MatchCorpus     *self,
                        MatchCorpusFile *file)
{
  const YejiMatchRecord *record =
    g_ptr_array_index (self->records, g_rand_int_range (self->rand, 0, (int) self->records->len));
  guint slot = (guint) g_rand_int_range (self->rand, 0, G_N_ELEMENTS (corpus_slots));
  const char *noise = CORPUS_PICK (self, corpus_noise);
  g_autofree char *folder = corpus_call (self, record, &file->exact);

  file->uuid = record->uuid;
  file->slot = corpus_slots[slot].slot;
  switch (g_rand_int_range (self->rand, 0, 4))
    {
    case 0:
      file->path = g_strdup_printf ("业绩/%s/%s%s.jpg", folder, corpus_slots[slot].word, noise);
      break;
    case 1:
      file->path = g_strdup_printf ("业绩/%s/%s/IMG_20190301_1011%02d.jpg", folder,
                                    corpus_slots[slot].word,
                                    g_rand_int_range (self->rand, 10, 59));
      break;
    case 2:
      file->path = g_strdup_printf ("%s%s%s.pdf", folder, corpus_slots[slot].word, noise);
      break;
    default:
      file->path = g_strdup_printf ("D盘/补录/%s/%d.%s.pdf", folder,
                                    g_rand_int_range (self->rand, 1, 20), corpus_slots[slot].word);
    }
}

/* The same with a project that has no record. */
static inline void
match_corpus_make_stranger (MatchCorpus     *self,
                            MatchCorpusFile *file)
{
  const char *base = NULL;
  guint slot = (guint) g_rand_int_range (self->rand, 0, G_N_ELEMENTS (corpus_slots));
  gboolean known = TRUE;

  while (known)
    {
      g_autofree char *name = corpus_make_name (self, &base);

      known = FALSE;
      for (guint i = 0; i < self->records->len && !known; i++)
        {
          const YejiMatchRecord *record = g_ptr_array_index (self->records, i);
          /* with or without a word that means nothing it is the same project */
          known = strstr (record->name, base) != NULL || strstr (name, record->name) != NULL;
        }
      if (known)
        base = NULL;
      else
        file->path = g_strdup_printf ("业绩/%s/%s.pdf", name, corpus_slots[slot].word);
    }
  file->uuid = NULL;
  file->slot = corpus_slots[slot].slot;
  file->exact = FALSE;
}

G_END_DECLS
