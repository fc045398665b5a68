// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-sheet-codes.h"
#include "yeji-sheet-names.h"

G_BEGIN_DECLS

/* The row of the first and of the last record that cells are prepared for, from 0. */
#define YEJI_TEMPLATE_FIRST YEJI_SHEET_HEAD_ROWS
#define YEJI_TEMPLATE_LAST (YEJI_TEMPLATE_FIRST + 1999)

/* What is said in a template, in the language that was asked for. */
typedef enum
{
  YEJI_WORDS_HOW_TO,           /* the name of the first sheet */
  YEJI_WORDS_EXAMPLES,
  YEJI_WORDS_CODES,            /* %s: of what */
  YEJI_WORDS_TITLE,
  YEJI_WORDS_STANDARD,         /* %s: version */
  YEJI_WORDS_FOR_ROLE,         /* %s */
  YEJI_WORDS_STEPS,
  YEJI_WORDS_STEP,             /* %u */
  YEJI_WORDS_COLORS,
  YEJI_WORDS_TABLES,
  YEJI_WORDS_OPTIONAL_TABLE,
  YEJI_WORDS_NEEDED_TABLE,     /* %u: rows */
  YEJI_WORDS_NEEDED_BY,        /* %s: roles */
  YEJI_WORDS_ROOT_TABLE,
  YEJI_WORDS_NEEDED,
  YEJI_WORDS_NEEDED_MEANS,
  YEJI_WORDS_SOMETIMES,
  YEJI_WORDS_SOMETIMES_MEANS,
  YEJI_WORDS_FREE,
  YEJI_WORDS_FREE_MEANS,
  YEJI_WORDS_EMPTY,
  YEJI_WORDS_EMPTY_MEANS,
  YEJI_WORDS_BAD,
  YEJI_WORDS_BAD_MEANS,
  YEJI_WORDS_INVENTED,
  YEJI_WORDS_COLUMN,
  YEJI_WORDS_DEMAND,
  YEJI_WORDS_WHAT,
  YEJI_WORDS_EXAMPLE,
  YEJI_WORDS_REMARK,
  YEJI_WORDS_CODE_TEXT,
  YEJI_WORDS_CODE,
  YEJI_WORDS_CODE_NAME,
  YEJI_WORDS_CODE_PARENT,
  YEJI_WORDS_RECORD_HELP,
  YEJI_WORDS_RECORD_LINK_HELP, /* %s: the root table */
  YEJI_WORDS_RECORD_DOUBT,     /* %s: the root table */
  YEJI_WORDS_ROLE_HELP,
  YEJI_WORDS_ROLE_DOUBT,
  YEJI_WORDS_DATE,
  YEJI_WORDS_DATE_DOUBT,
  YEJI_WORDS_NUMBER,
  YEJI_WORDS_NUMBER_DOUBT,
  YEJI_WORDS_UNIT,             /* %s */
  YEJI_WORDS_DECIMALS,         /* %u */
  YEJI_WORDS_LENGTH,           /* %u: characters */
  YEJI_WORDS_LENGTH_DOUBT,     /* %u */
  YEJI_WORDS_CHOOSE,
  YEJI_WORDS_CODE_DOUBT,
  YEJI_WORDS_LINK,             /* %s: the table, %s: the column */
  YEJI_WORDS_LINK_DOUBT,       /* %s: the table */
  YEJI_WORDS_STOP,             /* between two sentences */
  N_YEJI_TEMPLATE_WORDS
} YejiTemplateWords;

#define YEJI_TEMPLATE_N_STEPS 8

/* A sheet of a table. */
typedef struct
{
  const YejiTableDef *table;
  guint sheet;
  GPtrArray *fields;           /* (element-type YejiFieldDef): that the enterprise fills there */
} YejiTemplateTable;

/* A code list that needs a sheet of its own. */
typedef struct
{
  const YejiFieldDef *field;   /* one that has it */
  guint sheet;
} YejiTemplateCodes;

typedef struct
{
  YejiDictionary *dictionary;
  const YejiRole *role;        /* (nullable) */
  YejiLanguage language;
  YejiSheetCodes *codes;
  YejiSheetWriter *writer;
  GPtrArray *examples;         /* (element-type JsonNode) */
  GArray *tables;              /* (element-type YejiTemplateTable) */
  GArray *lists;               /* (element-type YejiTemplateCodes) */
  guint how_to;
  guint example_sheet;
} YejiTemplate;

const char *yeji_template_say           (YejiTemplate        *self,
                                         YejiTemplateWords    words);
const char *yeji_template_get_step      (YejiTemplate        *self,
                                         guint                step);
guint       yeji_template_get_n_keys    (const YejiTableDef  *table);
char       *yeji_template_describe      (YejiTemplate        *self,
                                         const YejiFieldDef  *field);
GPtrArray  *yeji_template_load_examples (GError             **error);
const char *yeji_template_find_example  (YejiTemplate        *self,
                                         const YejiFieldDef  *field);
gboolean    yeji_template_add_how_to    (YejiTemplate        *self,
                                         GError             **error);
gboolean    yeji_template_add_examples  (YejiTemplate        *self,
                                         GError             **error);
gboolean    yeji_template_add_codes     (YejiTemplate        *self,
                                         GError             **error);

G_END_DECLS
