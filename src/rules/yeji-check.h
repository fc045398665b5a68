// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-problem.h"
#include "yeji-record.h"

G_BEGIN_DECLS

/**
 * YejiCheck:
 *
 * One run over a record: what the rules may look at, and the problems so far. Private to the layer.
 */
typedef struct
{
  YejiDictionary *dictionary;
  YejiRecord *record;
  YejiLanguage language;
  GDate today;
  const char * const *slots;   /* (nullable): ids of the slots that have a file; NULL: not asked */
  GHashTable *claimed;         /* fields for which a rule of their own says that they are mandatory */
  GArray *found;               /* (element-type YejiFound) */
} YejiCheck;

/* Where a problem is, as numbers, so that the list can be put into form order. */
typedef struct
{
  guint table;
  guint row;
  guint field;
  YejiProblem *problem;
} YejiFound;

/* What a message's placeholders stand for; whatever is NULL becomes "". */
typedef struct
{
  const char *label;
  const char *value;
  const char *other;
  const char *other_value;
  const char *limit;
} YejiMessageWords;

/* One value that a rule looks at, as receivers see it. */
typedef struct
{
  YejiRow *row;
  guint index;                 /* of the row in its table */
  const YejiFieldDef *field;
  const char *value;           /* "" when empty */
} YejiVisit;

/* A rule looks at one value after the other, or at the record as a whole. */
typedef void (*YejiValueFunc)  (YejiCheck       *check,
                                const YejiRule  *rule,
                                const YejiVisit *at);
typedef void (*YejiRecordFunc) (YejiCheck       *check,
                                const YejiRule  *rule);

/* yeji-field-checks.c: one value at a time */
void yeji_check_mandatory  (YejiCheck *check, const YejiRule *rule, const YejiVisit *at);
void yeji_check_length     (YejiCheck *check, const YejiRule *rule, const YejiVisit *at);
void yeji_check_number     (YejiCheck *check, const YejiRule *rule, const YejiVisit *at);
void yeji_check_date       (YejiCheck *check, const YejiRule *rule, const YejiVisit *at);
void yeji_check_code       (YejiCheck *check, const YejiRule *rule, const YejiVisit *at);
void yeji_check_format     (YejiCheck *check, const YejiRule *rule, const YejiVisit *at);
void yeji_check_not_future (YejiCheck *check, const YejiRule *rule, const YejiVisit *at);
void yeji_check_inherit    (YejiCheck *check, const YejiRule *rule, const YejiVisit *at);

/* yeji-record-checks.c: values against each other, rows and documents */
void yeji_check_link           (YejiCheck *check, const YejiRule *rule, const YejiVisit *at);
void yeji_check_unknown        (YejiCheck *check, const YejiRule *rule);
void yeji_check_order          (YejiCheck *check, const YejiRule *rule);
void yeji_check_parent         (YejiCheck *check, const YejiRule *rule);
void yeji_check_row_exists     (YejiCheck *check, const YejiRule *rule);
void yeji_check_role           (YejiCheck *check, const YejiRule *rule);
void yeji_check_role_tables    (YejiCheck *check, const YejiRule *rule);
void yeji_check_role_documents (YejiCheck *check, const YejiRule *rule);
void yeji_check_unique         (YejiCheck *check, const YejiRule *rule);

/* yeji-check.c */
void        yeji_check_each_value (YejiCheck              *check,
                                   const YejiRule         *rule,
                                   YejiValueFunc           func);
gboolean    yeji_check_applies    (YejiCheck              *check,
                                   const YejiRule         *rule,
                                   YejiRow                *row);
const char *yeji_check_value      (YejiCheck              *check,
                                   YejiRow                *row,
                                   const YejiFieldDef     *field);
char       *yeji_check_display    (const YejiFieldDef     *field,
                                   const char             *value);
void        yeji_check_report     (YejiCheck              *check,
                                   const YejiRule         *rule,
                                   YejiSeverity            severity,
                                   const YejiTableDef     *table,
                                   YejiRow                *row,
                                   guint                   index,
                                   const YejiFieldDef     *field,
                                   const YejiMessageWords *words);
void        yeji_check_report_value (YejiCheck            *check,
                                   const YejiRule         *rule,
                                   YejiSeverity            severity,
                                   const YejiVisit        *at,
                                   const YejiMessageWords *words);
void        yeji_check_report_at  (YejiCheck              *check,
                                   const YejiRule         *rule,
                                   YejiSeverity            severity,
                                   const YejiTableDef     *table,
                                   guint                   index,
                                   const char             *pointer,
                                   const YejiMessageWords *words);

G_END_DECLS
