// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-dictionary.h"

G_BEGIN_DECLS

/* Why a record does not count, where the dictionary needs no condition to say so. */
typedef enum
{
  YEJI_QUALIFICATION_NOT_APPROVED,
  YEJI_QUALIFICATION_REVOKED,
  YEJI_QUALIFICATION_GRADE,
  YEJI_QUALIFICATION_ROLE,
  YEJI_QUALIFICATION_TABLE,
  N_YEJI_QUALIFICATION_REASONS
} YejiQualificationReason;

/* How an indicator is added up over rows and records. */
typedef enum
{
  YEJI_INDICATOR_SUM,
  YEJI_INDICATOR_MAX,
  YEJI_INDICATOR_COUNT,
  N_YEJI_INDICATOR_WAYS
} YejiIndicatorWay;

typedef struct
{
  char *id;
  YejiText label;
  YejiText unit;               /* members may be NULL; then that of the field */
  YejiIndicatorWay way;
  const YejiFieldDef *field;   /* (nullable): without one, records are counted */
  YejiCondition *where;        /* (nullable): on the field's row, or on the project */
  gboolean column;             /* whether lists of records show what each brings */
} YejiIndicator;

typedef struct
{
  YejiCondition *where;        /* on the project */
  YejiText reason;             /* of a record for which it does not hold */
} YejiRequirement;

/* A kind of list: what an enterprise applies for, which records count for it and what they add up
 * to. */
typedef struct
{
  char *id;
  YejiText label;
  YejiText help;               /* members may be NULL */
  GPtrArray *roles;            /* (element-type YejiRole): those whose records count */
  GStrv grades;
  GArray *needs;               /* (element-type YejiTableNeed) */
  GPtrArray *requirements;     /* (element-type YejiRequirement) */
  GPtrArray *indicators;       /* (element-type YejiIndicator) */
} YejiQualification;

/* The part `qualifications.json`. Everything here belongs to the dictionary and never changes. */
struct _YejiQualifications
{
  YejiText reasons[N_YEJI_QUALIFICATION_REASONS];
  GPtrArray *kinds;            /* (element-type YejiQualification), in the order of the file */
  GHashTable *by_id;
};

YejiQualifications      *yeji_qualifications_new        (void);
void                     yeji_qualifications_free       (YejiQualifications       *self);
const YejiQualification *yeji_qualifications_find       (const YejiQualifications *self,
                                                         const char               *id);
const char              *yeji_qualification_reason_to_text (YejiQualificationReason reason);
const char              *yeji_indicator_way_to_text     (YejiIndicatorWay          way);
const char              *yeji_indicator_get_unit        (const YejiIndicator      *self,
                                                         YejiLanguage              language);

G_END_DECLS
