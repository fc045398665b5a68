// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "import-fixture.h"

#include "yeji-sheet-writer.h"

/* A list of projects, as somebody keeps one for years. The third to the fifth have mistakes. */
static const char *const projects[][9] = {
  { "序号", "项目名称", "项目分类", "建设单位", "总投资（万元）", "总面积(㎡)", "计划开工日期",
    "具体地点", "经办人" },
  { "1", "示例体育中心工程（虚构）", "房屋建筑工程", "示例城市建设投资公司（虚构）", "12,800.50",
    "45600", "2016年3月30日", "示例市人民大街一号", "王五" },
  { "2", "示例教学楼及体育馆工程（虚构）", "房屋建筑工程", "示例教育局（虚构）", "5600万元", "18200",
    "2017.5.6", "示例市解放路二号", "赵六" },
  { "3", "示例污水处理厂工程（虚构）", "环保类", "示例水务公司（虚构）", "约九千多万", "8800",
    "2015年春天", "示例市滨河路三号", "王五" },
  { "4", "示例产业园一期工程（虚构）", "厂房", "示例产业园公司（虚构）", "23600", "96000",
    "2018-09-01", "示例市创新路四号", "钱七" },
  { "5", "示例产业园二期工程（虚构）", "厂房", "示例产业园公司（虚构）", "31900", "2016/13/40",
    "20190301", "示例市创新路四号", "钱七" },
  { "6", "示例滨江道路改造工程（虚构）", "市政工程", "示例住建局（虚构）", "7300.25", "12000",
    "2014-04-10", "示例市滨江大道", "赵六" },
  { "7", "示例医院门诊楼工程（虚构）", "房屋建筑工程", "示例医院（虚构）", "16400", "38800",
    "2019年8月15日", "示例市健康路七号", "王五" },
};

static const char *const contracts[][6] = {
  { "项目名称", "合同编号", "合同类别", "合同金额(万元)", "合同签订日期", "发包单位名称" },
  { "示例体育中心工程（虚构）", "HT-2016-001", "施工总包", "11,200.00", "2016-03-01",
    "示例城市建设投资公司（虚构）" },
  { "示例医院门诊楼工程（虚构）", "HT-2019-014", "施工总包", "15100", "2019年7月30日",
    "示例医院（虚构）" },
  { "示例少年宫工程（虚构）", "HT-2020-003", "施工总包", "2300", "2020-02-30",
    "示例教育局（虚构）" },
};

static const char *const words[][1] = {
  { "本台账由工程部维护" }, { "每季度更新一次" },
};

static void
add_rows (YejiSheetWriter    *writer,
          const char         *name,
          const char * const *texts,
          guint               n_rows,
          guint               n_columns)
{
  guint sheet = yeji_sheet_writer_begin_sheet (writer, name, 0);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < n_rows; i++)
    {
      yeji_sheet_writer_add_row (writer, sheet, texts + (gsize) i * n_columns, n_columns,
                                 YEJI_CELL_STYLE_TEXT, &error);
      g_assert_no_error (error);
    }
}

#define ADD_ROWS(writer, name, rows)                                                               \
  add_rows (writer, name, &(rows)[0][0], G_N_ELEMENTS (rows), G_N_ELEMENTS ((rows)[0]))

/**
 * import_fixture_write_workbook:
 *
 * Writes a workbook with projects, contracts and a page of words; in the projects five cells cannot
 * be taken, in the contracts one, and one contract is of a project that nobody knows.
 */
void
import_fixture_write_workbook (const char *path)
{
  g_autoptr (GError) error = NULL;
  YejiSheetWriter *writer = yeji_sheet_writer_new (path, YEJI_SHEET_WRITER_XLSX, &error);

  g_assert_no_error (error);
  ADD_ROWS (writer, "业绩台账", projects);
  ADD_ROWS (writer, "合同", contracts);
  ADD_ROWS (writer, "备注", words);
  yeji_sheet_writer_close (writer, TRUE, &error);
  g_assert_no_error (error);
}

/**
 * import_fixture_write_list:
 *
 * Writes a CSV list of projects. Of every 100 one has a day that is none, of every 10 one an amount
 * that is none; the words for it are the same.
 */
void
import_fixture_write_list (const char *path,
                           guint       n_rows)
{
  g_autoptr (GString) text = g_string_new ("项目名称,项目分类,总投资,计划开工日期,具体地点\r\n");
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < n_rows; i++)
    g_string_append_printf (text, "示例工程第%06u号（虚构）,01,%s,%s,示例市第%u街\r\n", i,
                            i % 10 == 3 ? "双方约定" : "1200.5",
                            i % 100 == 7 ? "去年" : "2016-03-30", i % 40);
  g_file_set_contents (path, text->str, (gssize) text->len, &error);
  g_assert_no_error (error);
}
