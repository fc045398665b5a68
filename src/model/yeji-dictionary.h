// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-code-list.h"
#include "yeji-condition.h"
#include "yeji-language.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define YEJI_DICTIONARY_ERROR (yeji_dictionary_error_quark ())

/**
 * YejiDictionaryError:
 * @YEJI_DICTIONARY_ERROR_MISSING: a part that the index names cannot be read
 * @YEJI_DICTIONARY_ERROR_SYNTAX: a part is no JSON object
 * @YEJI_DICTIONARY_ERROR_SHAPE: a member is missing, unknown or of the wrong type
 * @YEJI_DICTIONARY_ERROR_REFERENCE: something names what does not exist, or exists twice
 *
 * Every message reads `FILE: PLACE: reason`, the place being a JSON Pointer or line:column.
 */
typedef enum
{
  YEJI_DICTIONARY_ERROR_MISSING,
  YEJI_DICTIONARY_ERROR_SYNTAX,
  YEJI_DICTIONARY_ERROR_SHAPE,
  YEJI_DICTIONARY_ERROR_REFERENCE,
} YejiDictionaryError;

typedef enum
{
  YEJI_FIELD_TEXT,
  YEJI_FIELD_LONG_TEXT,
  YEJI_FIELD_NUMBER,
  YEJI_FIELD_DATE,
  YEJI_FIELD_CODE,
  YEJI_FIELD_LINK,
  N_YEJI_FIELD_KINDS
} YejiFieldKind;

typedef enum
{
  YEJI_REQUIRED_MANDATORY,
  YEJI_REQUIRED_CONDITIONAL,
  YEJI_REQUIRED_OPTIONAL,
} YejiRequired;

typedef enum
{
  YEJI_PERSONAL_NO,
  YEJI_PERSONAL_ID_CARD,
  YEJI_PERSONAL_PHONE,
} YejiPersonal;

typedef enum
{
  YEJI_SEVERITY_HINT,
  YEJI_SEVERITY_WARNING,
  YEJI_SEVERITY_ERROR,
} YejiSeverity;

/* What kinds of rule there are; docs/dictionary-format.md says what each means. */
typedef enum
{
  YEJI_RULE_MANDATORY,
  YEJI_RULE_UNKNOWN,
  YEJI_RULE_LENGTH,
  YEJI_RULE_CHARACTERS,
  YEJI_RULE_NUMBER,
  YEJI_RULE_DATE,
  YEJI_RULE_CODE,
  YEJI_RULE_LINK,
  YEJI_RULE_FORMAT,
  YEJI_RULE_NOT_FUTURE,
  YEJI_RULE_INHERIT,
  YEJI_RULE_ORDER,
  YEJI_RULE_WITHIN,
  YEJI_RULE_EQUAL,
  YEJI_RULE_SUM,
  YEJI_RULE_BAND,
  YEJI_RULE_PAIRS,
  YEJI_RULE_SOME,
  YEJI_RULE_CONSISTENT,
  YEJI_RULE_PARENT,
  YEJI_RULE_ROW_EXISTS,
  YEJI_RULE_ROLE,
  YEJI_RULE_ROLE_TABLES,
  YEJI_RULE_ROLE_DOCUMENTS,
  YEJI_RULE_FLAWED_DOCUMENTS,
  YEJI_RULE_UNIQUE,
  YEJI_RULE_ROWS,
  YEJI_RULE_DECLARED,
  N_YEJI_RULE_KINDS
} YejiRuleKind;

typedef enum
{
  YEJI_ALGORITHM_NONE,
  YEJI_ALGORITHM_CREDIT_CODE,
  YEJI_ALGORITHM_ORGANISATION_CODE,
  YEJI_ALGORITHM_CITIZEN_ID,
  N_YEJI_ALGORITHMS
} YejiAlgorithm;

/* How values are put right, see yeji-normalisation.h. */
typedef struct _YejiNormalisation YejiNormalisation;

/* What is known of the names of files, see yeji-matching.h. */
typedef struct _YejiMatching YejiMatching;

/* Which records count for which application, see yeji-qualification.h. */
typedef struct _YejiQualifications YejiQualifications;

typedef struct
{
  char *id;
  GRegex *pattern;             /* (nullable): anchored at both ends */
  YejiAlgorithm algorithm;
} YejiFormat;

/* A field of a table. Everything here belongs to the dictionary and never changes. */
struct _YejiFieldDef
{
  const YejiTableDef *table;
  guint index;                 /* of this field in its table */
  char *id;
  YejiText label;
  YejiText help;               /* members may be NULL */
  YejiFieldKind kind;
  guint length;                /* characters, 0: no limit of its own */
  guint precision;             /* digits in all */
  guint scale;                 /* decimals among them */
  double min;                  /* -INFINITY where there is none */
  double max;
  char *unit;                  /* (nullable) */
  const YejiCodeList *codes;   /* (nullable) */
  const YejiFieldDef *link;    /* (nullable): the key field of the table that a link names */
  const YejiFieldDef *inherits;/* (nullable): a field of the root table */
  YejiRequired required;
  YejiCondition *required_when;/* (nullable) */
  const YejiFormat *format;    /* (nullable) */
  YejiPersonal personal;
  gboolean by_platform;        /* set by approval, never typed */
  gboolean assigned;           /* the platform gives it a number at approval */
  gboolean copies;             /* whether a copy of the record keeps the value */
  GPtrArray *carry;            /* (element-type YejiCarrySource) (nullable), nearest first */
  GStrv aliases;               /* never NULL */
  char *confidence[3];         /* of id, type and required */
};

struct _YejiTableDef
{
  guint index;                 /* in the dictionary; 0 is the root */
  char *id;
  char *member;                /* of a record file */
  YejiText label;
  GPtrArray *fields;           /* (element-type YejiFieldDef), in form order */
  GPtrArray *row_title;        /* (element-type YejiFieldDef) */
  GPtrArray *row_details;      /* (element-type YejiFieldDef): tell rows of one title apart */
  gboolean copies;             /* whether a copy of the record has its rows */
  GHashTable *by_id;           /* field id -> YejiFieldDef */
  GHashTable *by_folded;       /* folded id or alias -> YejiFieldDef */
};

typedef struct
{
  const YejiTableDef *table;
  guint min;
} YejiTableNeed;

typedef struct
{
  char *id;
  YejiText label;
  GStrv corp_roles;            /* codes of corp_role */
  GArray *needs;               /* (element-type YejiTableNeed) */
} YejiRole;

typedef struct
{
  char *id;
  YejiText label;
  GPtrArray *roles;            /* (element-type YejiRole): those that must attach it */
  YejiCondition *when;         /* (nullable): of the project; only then they must */
  GStrv synonyms;
  GStrv types;                 /* media types */
  guint max_files;
} YejiSlot;

typedef struct
{
  char *id;
  YejiRuleKind kind;
  YejiSeverity severity;
  YejiText message;
  GPtrArray *roles;            /* (element-type YejiRole) (nullable): all roles */
  gboolean incomplete;         /* a record with this problem is shown by the province alone: D */
  GPtrArray *fields;           /* (element-type YejiFieldDef), empty: as the kind says */
  GPtrArray *formats;          /* (element-type YejiFormat), empty: all */
  YejiCondition *when;         /* (nullable), on the row of the first field */
  const YejiSlot *document;    /* (nullable): a file in this slot excuses the problem */
  const YejiFieldDef *via[2];  /* (nullable): rows belong together where these two agree */
  YejiCondition *where;        /* (nullable): on the rows that the first field is compared with,
                                * or on the row that must exist */
  double tolerance;            /* in the unit of the field */
  double min;                  /* of a ratio, inclusive */
  double max;
  guint days;
  guint part_offset;           /* of the first value, in characters */
  guint part_length;           /* 0: the whole value */
  GPtrArray *pairs;            /* (nullable) (element-type GStrv), two texts each */
  const YejiTableDef *table;   /* row_exists: where the row must be */
  const YejiTableDef *for_table; /* (nullable) */
  YejiCondition *for_when;     /* (nullable) */
  gboolean probable;           /* declared: of what nobody has confirmed yet */
} YejiRule;

typedef struct
{
  gint64 file_size;            /* bytes */
  guint files;                 /* of a record */
  guint rows;                  /* of a table */
  guint text;                  /* characters of a value */
  /* Of scanned documents; 0: nobody asks. */
  guint scan_dpi;              /* dots an inch below which the small print is lost */
  double scan_ink;             /* share of a page that is dark, below which it is empty */
  guint scan_pages;            /* of a document that are looked at */
} YejiLimits;

#define YEJI_TYPE_DICTIONARY (yeji_dictionary_get_type ())

G_DECLARE_FINAL_TYPE (YejiDictionary, yeji_dictionary, YEJI, DICTIONARY, GObject)

GQuark              yeji_dictionary_error_quark   (void);
YejiDictionary     *yeji_dictionary_new_built_in  (GError         **error);
YejiDictionary     *yeji_dictionary_new_from_dir  (const char      *path,
                                                   GError         **error);
YejiDictionary     *yeji_dictionary_new_from_bundle (GBytes        *bundle,
                                                   GError         **error);
GBytes             *yeji_dictionary_get_bundle    (YejiDictionary  *self);
const char         *yeji_dictionary_get_id        (YejiDictionary  *self);
const char         *yeji_dictionary_get_version   (YejiDictionary  *self);
const YejiLimits   *yeji_dictionary_get_limits    (YejiDictionary  *self);
GPtrArray          *yeji_dictionary_get_tables    (YejiDictionary  *self);
GPtrArray          *yeji_dictionary_get_code_lists(YejiDictionary  *self);
GPtrArray          *yeji_dictionary_get_roles     (YejiDictionary  *self);
GPtrArray          *yeji_dictionary_get_slots     (YejiDictionary  *self);
GPtrArray          *yeji_dictionary_get_formats   (YejiDictionary  *self);
GPtrArray          *yeji_dictionary_get_rules     (YejiDictionary  *self);
const YejiTableDef *yeji_dictionary_get_root      (YejiDictionary  *self);
const YejiTableDef *yeji_dictionary_find_table    (YejiDictionary  *self,
                                                   const char      *id);
const YejiTableDef *yeji_dictionary_find_member   (YejiDictionary  *self,
                                                   const char      *member);
const YejiFieldDef *yeji_dictionary_find_field    (YejiDictionary  *self,
                                                   const char      *table,
                                                   const char      *field);
const YejiCodeList *yeji_dictionary_find_codes    (YejiDictionary  *self,
                                                   const char      *id);
const YejiFormat   *yeji_dictionary_find_format   (YejiDictionary  *self,
                                                   const char      *id);
const YejiNormalisation *yeji_dictionary_get_normalisation (YejiDictionary *self);
const YejiMatching *yeji_dictionary_get_matching  (YejiDictionary  *self);
const YejiQualifications *yeji_dictionary_get_qualifications (YejiDictionary *self);
const YejiRole     *yeji_dictionary_find_role     (YejiDictionary  *self,
                                                   const char      *id);
const YejiSlot     *yeji_dictionary_find_slot     (YejiDictionary  *self,
                                                   const char      *id);
const YejiRule     *yeji_dictionary_find_rule     (YejiDictionary  *self,
                                                   const char      *id);
const char * const *yeji_dictionary_get_empty_values (YejiDictionary *self);
gboolean            yeji_dictionary_is_empty_value (YejiDictionary *self,
                                                   const char      *value);
const char         *yeji_dictionary_get_missing_date (YejiDictionary *self);

const YejiFieldDef *yeji_table_def_find_field     (const YejiTableDef *self,
                                                   const char         *id);
const YejiFieldDef *yeji_table_def_match_field    (const YejiTableDef *self,
                                                   const char         *name);

G_END_DECLS
