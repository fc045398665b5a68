// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* The words of a template. They are in the language that was asked for, which need not be that of
 * the program. */

#define G_LOG_DOMAIN "yeji-exchange"

#include "config.h"

#include "yeji-template-private.h"

static const char * const words[N_YEJI_TEMPLATE_WORDS][N_YEJI_LANGUAGES] = {
  [YEJI_WORDS_HOW_TO] = { "填写说明", "Instructions" },
  [YEJI_WORDS_EXAMPLES] = { "示例", "Examples" },
  [YEJI_WORDS_CODES] = { "代码 %s", "Codes %s" },
  [YEJI_WORDS_TITLE] = { "业绩填报表", "Past projects to be declared" },
  [YEJI_WORDS_STANDARD] = { "数据字典版本 %s", "Data dictionary version %s" },
  [YEJI_WORDS_FOR_ROLE] = { "申报身份：%s", "Role: %s" },
  [YEJI_WORDS_STEPS] = { "怎么填", "How to fill it in" },
  [YEJI_WORDS_STEP] = { "第 %u 步", "Step %u" },
  [YEJI_WORDS_COLORS] = { "颜色的意思", "What the colours mean" },
  [YEJI_WORDS_TABLES] = { "有哪些表", "The sheets" },
  [YEJI_WORDS_OPTIONAL_TABLE] = { "有就填", "Where there is any" },
  [YEJI_WORDS_NEEDED_TABLE] = { "每个项目至少 %u 行", "At least %u for each project" },
  [YEJI_WORDS_NEEDED_BY] = { "%s必填，其他有就填", "Needed by: %s" },
  [YEJI_WORDS_ROOT_TABLE] = { "每个项目一行，先填这张表", "One row a project; begin here" },
  [YEJI_WORDS_NEEDED] = { "必填 *", "Required *" },
  [YEJI_WORDS_NEEDED_MEANS] = { "每一行都要填。", "To be filled in every row." },
  [YEJI_WORDS_SOMETIMES] = { "视情况 (*)", "Depends (*)" },
  [YEJI_WORDS_SOMETIMES_MEANS] = {
    "某些情况下要填；选中单元格会看到说明，导入时会检查。",
    "Required in some cases; the cell says more, and the import checks it.",
  },
  [YEJI_WORDS_FREE] = { "选填", "Optional" },
  [YEJI_WORDS_FREE_MEANS] = { "有就填，没有就空着。", "May stay empty." },
  [YEJI_WORDS_EMPTY] = { "浅黄色的格子", "Light yellow cells" },
  [YEJI_WORDS_EMPTY_MEANS] = {
    "这一行已经开始填，这个必填的格子还空着。",
    "The row was begun and this required cell is still empty.",
  },
  [YEJI_WORDS_BAD] = { "红色的格子", "Red cells" },
  [YEJI_WORDS_BAD_MEANS] = {
    "导入时发现问题、另存出来的表里才有；批注写明原因，改好后再导入一次。",
    "Only in the file of refused rows that an import saves; the note says why. Put it right and "
    "import that file.",
  },
  [YEJI_WORDS_INVENTED] = {
    "以下内容全部是虚构的，只说明怎么填；这张表不会被导入。",
    "Everything here is invented and only shows how to fill in; this sheet is never imported.",
  },
  [YEJI_WORDS_COLUMN] = { "栏目", "Column" },
  [YEJI_WORDS_DEMAND] = { "要求", "Required" },
  [YEJI_WORDS_WHAT] = { "填什么", "What goes in" },
  [YEJI_WORDS_EXAMPLE] = { "示例（虚构）", "Example (invented)" },
  [YEJI_WORDS_REMARK] = { "说明", "Remark" },
  [YEJI_WORDS_CODE_TEXT] = { "可填内容", "What to fill in" },
  [YEJI_WORDS_CODE] = { "代码", "Code" },
  [YEJI_WORDS_CODE_NAME] = { "名称", "Name" },
  [YEJI_WORDS_CODE_PARENT] = { "上级", "Belongs to" },
  [YEJI_WORDS_RECORD_HELP] = {
    "给每个项目一个简短的编号，例如 1、2、3；其他各表用它指明是哪个项目。",
    "Give each project a short name of your own, such as 1, 2, 3; the other sheets point to it.",
  },
  [YEJI_WORDS_RECORD_LINK_HELP] = {
    "这一行属于哪个项目：填“%s”中的编号，也可以填项目编号或项目名称。",
    "Which project the row belongs to: its word in the sheet “%s”, its number or its name.",
  },
  [YEJI_WORDS_RECORD_DOUBT] = {
    "“%s”中还没有这个编号。填项目编号或项目名称也可以。",
    "The sheet “%s” has no such word. A project's number or name will do, too.",
  },
  [YEJI_WORDS_ROLE_HELP] = {
    "本企业在这个项目中的身份，从列表中选。",
    "What the enterprise did in the project; choose from the list.",
  },
  [YEJI_WORDS_ROLE_DOUBT] = { "没有这种身份，请从列表中选。", "There is no such role; please choose one." },
  [YEJI_WORDS_DATE] = { "日期，如 2016-03-30", "A date such as 2016-03-30" },
  [YEJI_WORDS_DATE_DOUBT] = {
    "这看起来不是一个日期。写成 2016-03-30 最稳妥；确认无误也可以继续，导入时会再检查。",
    "This does not look like a date. 2016-03-30 is the safest way to write one; you may go on, the "
    "import checks it again.",
  },
  [YEJI_WORDS_NUMBER] = { "数字", "A number" },
  [YEJI_WORDS_NUMBER_DOUBT] = {
    "这看起来不是一个数字。确认无误可以继续，导入时会再检查。",
    "This does not look like a number. You may go on; the import checks it again.",
  },
  [YEJI_WORDS_UNIT] = { "单位：%s", "in %s" },
  [YEJI_WORDS_DECIMALS] = { "最多 %u 位小数", "%u decimals at most" },
  [YEJI_WORDS_LENGTH] = { "最多 %u 个字符", "%u characters at most" },
  [YEJI_WORDS_LENGTH_DOUBT] = {
    "超过 %u 个字符。可以继续，但导入时这一格要改短。",
    "More than %u characters. You may go on, but the import will ask for a shorter text.",
  },
  [YEJI_WORDS_CHOOSE] = { "从列表中选，也可以填代码", "Choose from the list, or give the code" },
  [YEJI_WORDS_CODE_DOUBT] = {
    "列表里没有这一项。代码和常见的简称也认得；不确定就从列表中选。",
    "The list has no such item. Codes and common short names are understood, too; when in doubt, "
    "choose from the list.",
  },
  [YEJI_WORDS_LINK] = { "“%s”中的“%s”", "“%2$s” of the sheet “%1$s”" },
  [YEJI_WORDS_LINK_DOUBT] = { "“%s”中还没有这个编号。", "The sheet “%s” has no such number." },
  [YEJI_WORDS_STOP] = { "；", "; " },
};

static const char * const steps[YEJI_TEMPLATE_N_STEPS][N_YEJI_LANGUAGES] = {
  { "先填项目表，一个项目一行，在“业绩编号”列给它一个简短的编号，例如 1、2、3。",
    "Begin with the sheet of projects, one row each, and give each a short word in the column "
    "“Record”, such as 1, 2, 3." },
  { "其他各表的每一行，先选业绩编号，说明它属于哪个项目；一个项目可以有多行。",
    "In the other sheets each row begins with that word and so belongs to its project, which may "
    "have several rows." },
  { "前两行不要改动：第 1 行是栏目名称，第 2 行灰色小字是给程序看的。列的顺序可以调整，用不着的列可以空着。",
    "Leave the first two rows as they are: what the columns are called, and, small and grey, what "
    "programs call them. Columns may be moved, or stay empty." },
  { "有下拉箭头的从列表中选。Excel 问“是否继续”时，确认无误可以继续，导入时会再检查一遍。",
    "Where there is an arrow, choose from the list. When Excel asks whether to go on you may: the "
    "import checks everything again." },
  { "数字按栏目名称括号里的单位填。日期写成 2016-03-30；2016年3月30日、2016.3.30 也认得。",
    "Numbers are in the unit that stands in brackets in the heading. Dates are 2016-03-30; "
    "2016.3.30 is understood, too." },
  { "所有格子都是文本格式：18 位的号码、开头的 0 都不会变样，直接填就行。",
    "All cells are texts: numbers of 18 digits and leading zeros stay as they are." },
  { "填好以后在程序里选“导入”，或运行 yeji import。先看到结果，有问题的格子标红并写明原因；确认之前什么都不会写入，写入以后可以一次撤销。",
    "When it is filled in, choose “Import” in the program, or run yeji import. You see first what "
    "would happen, with cells that are wrong in red; nothing is written before you agree, and all "
    "of it can be undone at once." },
  { "文件里有证件号码和电话的，请妥善保管，不用时删除。",
    "Where the file holds people's identity and telephone numbers, keep it safe and delete it when "
    "it has served." },
};

/**
 * yeji_template_say:
 *
 * Returns: (transfer none): the words
 */
const char *
yeji_template_say (YejiTemplate      *self,
                   YejiTemplateWords  what)
{
  return words[what][self->language];
}

/**
 * yeji_template_get_step:
 * @step: below %YEJI_TEMPLATE_N_STEPS
 *
 * Returns: (transfer none): one thing to do
 */
const char *
yeji_template_get_step (YejiTemplate *self,
                        guint         step)
{
  return steps[step][self->language];
}

static void
append (YejiTemplate *self,
        GString      *text,
        const char   *more)
{
  if (text->len > 0)
    g_string_append (text, yeji_template_say (self, YEJI_WORDS_STOP));
  g_string_append (text, more);
}

static void
append_count (YejiTemplate      *self,
              GString           *text,
              YejiTemplateWords  what,
              guint              count)
{
  g_autofree char *more = g_strdup_printf (yeji_template_say (self, what), count);

  append (self, text, more);
}

static void
describe_number (YejiTemplate       *self,
                 GString            *text,
                 const YejiFieldDef *field)
{
  append (self, text, yeji_template_say (self, YEJI_WORDS_NUMBER));
  if (field->unit != NULL)
    {
      g_autofree char *unit = g_strdup_printf (yeji_template_say (self, YEJI_WORDS_UNIT),
                                               field->unit);

      append (self, text, unit);
    }
  if (field->scale > 0)
    append_count (self, text, YEJI_WORDS_DECIMALS, field->scale);
}

static void
describe_link (YejiTemplate       *self,
               GString            *text,
               const YejiFieldDef *field)
{
  g_autofree char *link = NULL;

  link = g_strdup_printf (yeji_template_say (self, YEJI_WORDS_LINK),
                          yeji_text_get (&field->link->table->label, self->language),
                          yeji_text_get (&field->link->label, self->language));
  append (self, text, link);
}

/**
 * yeji_template_describe:
 *
 * Returns: (transfer full): what goes into a field
 */
char *
yeji_template_describe (YejiTemplate       *self,
                        const YejiFieldDef *field)
{
  GString *text = g_string_new (NULL);

  if (field->kind == YEJI_FIELD_DATE)
    append (self, text, yeji_template_say (self, YEJI_WORDS_DATE));
  else if (field->kind == YEJI_FIELD_NUMBER)
    describe_number (self, text, field);
  else if (field->codes != NULL)
    append (self, text, yeji_template_say (self, YEJI_WORDS_CHOOSE));
  else if (field->link != NULL)
    describe_link (self, text, field);
  else if (field->length > 0)
    append_count (self, text, YEJI_WORDS_LENGTH, field->length);
  return g_string_free (text, FALSE);
}
