// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-dictionary.h"

G_BEGIN_DECLS

/* How a text of a format is put right; docs/dictionary-format.md says what each way does. */
typedef enum
{
  YEJI_WAY_PROSE,
  YEJI_WAY_DIGITS,
  YEJI_WAY_LETTERS,
  YEJI_WAY_HYPHENS,
  YEJI_WAY_PAPER,
  YEJI_WAY_PHONE,
  N_YEJI_WAYS
} YejiWay;

typedef struct
{
  const YejiFormat *format;    /* (nullable): the way belongs to personal numbers */
  YejiPersonal personal;
  YejiWay way;
  GPtrArray *proof;            /* (element-type YejiFormat): what look-alikes must pass */
} YejiFormatWay;

/* A name of a unit, or of a multiple of it; so many times the unit of the field. */
typedef struct
{
  char *name;                  /* half width, small letters */
  guint numerator;
  guint denominator;           /* never 0 */
} YejiUnitName;

typedef struct
{
  char *unit;                  /* as a field has it */
  GPtrArray *names;            /* (element-type YejiUnitName), the longest first */
  GStrv signs;                 /* what may stand before the number */
  GStrv endings;               /* what may stand behind the last unit */
  const YejiUnitName *meant;   /* (nullable): what a sign without a unit, or a number in Chinese
                                * words without one, most likely means */
  char *currency;              /* (nullable): what an amount in words begins with */
  const YejiUnitName *written[3]; /* (nullable): in what it is written out, each a tenth of the one
                                * before: 元, 角, 分 */
  char *ending;                /* (nullable): what it ends with if nothing is left over */
} YejiUnit;

/* What is known of the names of a code list beside the list. */
typedef struct
{
  const YejiCodeList *codes;
  GHashTable *words;           /* text -> code: other words for a code */
  GHashTable *retired;         /* text -> code: former names of what has the code now */
  GStrv suffixes;              /* endings that people leave out */
} YejiCodeWords;

/* The part `normalise.json`. Everything here belongs to the dictionary and never changes. */
struct _YejiNormalisation
{
  GStrv empty_words;           /* beside the dictionary's empty values */
  GStrv zero_words;            /* those that can mean 0 in a number field */
  guint century_from;          /* years of two digits lie in these hundred years or fewer */
  guint century_to;
  GHashTable *look_alikes;     /* letter -> digit, one character each */
  GPtrArray *phones;           /* (element-type GRegex), anchored: how a phone number is written */
  GStrv country_codes;         /* what may stand before a phone number */
  GPtrArray *units;            /* (element-type YejiUnit) */
  GPtrArray *ways;             /* (element-type YejiFormatWay) */
  GPtrArray *codes;            /* (element-type YejiCodeWords) */
};

YejiNormalisation   *yeji_normalisation_new        (void);
void                 yeji_normalisation_free       (YejiNormalisation       *self);
const YejiUnit      *yeji_normalisation_find_unit  (const YejiNormalisation *self,
                                                    const char              *unit);
const YejiFormatWay *yeji_normalisation_find_way   (const YejiNormalisation *self,
                                                    const YejiFormat        *format,
                                                    YejiPersonal             personal);
const YejiCodeWords *yeji_normalisation_find_codes (const YejiNormalisation *self,
                                                    const YejiCodeList      *codes);

G_END_DECLS
