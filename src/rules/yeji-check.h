// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-declared.h"
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
  const char * const *slots;   /* (nullable): as yeji-slots.h says; NULL: documents are not asked for */
  YejiDeclared *declared;      /* (nullable): what other systems have; NULL: not asked */
  const YejiRole *role;        /* (nullable): of the record */
  gboolean oversize;           /* a table has more rows than the limits allow */
  guint order;                 /* of the rule that is at work, among all rules */
  GArray *found;               /* (element-type YejiFound) */
} YejiCheck;

/* A problem, and where it is, so that the list can be put into form order. */
typedef struct
{
  const YejiTableDef *table;   /* (nullable): NULL: the record as a whole */
  YejiRow *row;                /* (nullable): NULL: the table as a whole */
  guint index;                 /* of the row */
  const YejiFieldDef *field;   /* (nullable): NULL: the row as a whole */
  guint order;                 /* of the rule */
  YejiProblem *problem;
} YejiFound;

/* What a message's placeholders stand for; whatever is NULL becomes "". */
typedef struct
{
  const char *label;
  const char *value;
  const char *other;
  const char *other_value;
  const YejiFieldDef *other_field; /* (nullable): whose value @other_value is, if another's */
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

/* yeji-field-checks.c: one value at a time; only mandatory sees empty ones */
const char *yeji_check_find_unseen (const char *text, gboolean lines);
void yeji_check_mandatory  (YejiCheck *check, const YejiRule *rule, const YejiVisit *at);
gboolean yeji_check_asks   (YejiCheck *check, const YejiRule *rule, YejiRow *row,
                            const YejiFieldDef *field);
void yeji_check_length     (YejiCheck *check, const YejiRule *rule, const YejiVisit *at);
void yeji_check_characters (YejiCheck *check, const YejiRule *rule, const YejiVisit *at);
void yeji_check_number     (YejiCheck *check, const YejiRule *rule, const YejiVisit *at);
void yeji_check_date       (YejiCheck *check, const YejiRule *rule, const YejiVisit *at);
void yeji_check_code       (YejiCheck *check, const YejiRule *rule, const YejiVisit *at);
void yeji_check_format     (YejiCheck *check, const YejiRule *rule, const YejiVisit *at);
void yeji_check_not_future (YejiCheck *check, const YejiRule *rule, const YejiVisit *at);
void yeji_check_inherit    (YejiCheck *check, const YejiRule *rule, const YejiVisit *at);
void yeji_check_link       (YejiCheck *check, const YejiRule *rule, const YejiVisit *at);
void yeji_check_declared   (YejiCheck *check, const YejiRule *rule, const YejiVisit *at);

/* yeji-relation-checks.c: a value against those that belong to it */
void yeji_check_agreement  (YejiCheck *check, const YejiRule *rule);
void yeji_check_sum        (YejiCheck *check, const YejiRule *rule);

/* yeji-record-checks.c: rows and documents */
void yeji_check_unknown        (YejiCheck *check, const YejiRule *rule);
void yeji_check_some           (YejiCheck *check, const YejiRule *rule);
void yeji_check_consistent     (YejiCheck *check, const YejiRule *rule);
void yeji_check_row_exists     (YejiCheck *check, const YejiRule *rule);
gboolean yeji_check_lacks_row  (YejiCheck *check, const YejiRule *rule);
guint yeji_check_count_lacking (YejiCheck *check, const YejiTableNeed *need);
void yeji_check_role           (YejiCheck *check, const YejiRule *rule);
void yeji_check_role_tables    (YejiCheck *check, const YejiRule *rule);
void yeji_check_role_documents (YejiCheck *check, const YejiRule *rule);
void yeji_check_flawed_documents (YejiCheck *check, const YejiRule *rule);
void yeji_check_unique         (YejiCheck *check, const YejiRule *rule);
void yeji_check_rows           (YejiCheck *check, const YejiRule *rule);

/* yeji-check.c */
gboolean    yeji_check_begin   (YejiCheck              *check,
                                YejiRecord             *record,
                                YejiLanguage            language,
                                const char             *today,
                                const char * const     *slots,
                                GArray                 *found);
gboolean    yeji_check_concerns(YejiCheck              *check,
                                const YejiRule         *rule);
gboolean    yeji_check_is_excused (YejiCheck           *check,
                                const YejiRule         *rule);
gboolean    yeji_check_applies (YejiCheck              *check,
                                const YejiRule         *rule,
                                YejiRow                *row);
const char *yeji_check_value   (YejiCheck              *check,
                                YejiRow                *row,
                                const YejiFieldDef     *field);
char       *yeji_check_display (const YejiFieldDef     *field,
                                const char             *value);
void        yeji_check_report  (YejiCheck              *check,
                                const YejiRule         *rule,
                                const YejiTableDef     *table,
                                YejiRow                *row,
                                guint                   index,
                                const YejiFieldDef     *field,
                                const YejiMessageWords *words);
void        yeji_check_report_value (YejiCheck         *check,
                                const YejiRule         *rule,
                                const YejiVisit        *at,
                                const YejiMessageWords *words);
void        yeji_check_report_at (YejiCheck            *check,
                                const YejiRule         *rule,
                                const YejiTableDef     *table,
                                guint                   index,
                                const char             *pointer,
                                const YejiMessageWords *words);
GPtrArray  *yeji_check_collect (YejiCheck              *check);
void        yeji_found_clear   (YejiFound              *found);

G_END_DECLS
