// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-normalisation.h"
#include "yeji-normaliser.h"

G_BEGIN_DECLS

/* The words for why something is offered. */
#define YEJI_REASON_BLANKS "blanks"
#define YEJI_REASON_BRACKETS "brackets"
#define YEJI_REASON_CAPITAL_AMOUNT "capital_amount"
#define YEJI_REASON_CASE "case"
#define YEJI_REASON_CHECK_DIGIT "check_digit"
#define YEJI_REASON_CODE "code"
#define YEJI_REASON_CODE_NAME "code_name"
#define YEJI_REASON_DATE "date"
#define YEJI_REASON_EMPTY "empty"
#define YEJI_REASON_INITIALS "initials"
#define YEJI_REASON_NUMBER "number"
#define YEJI_REASON_PHONE "phone"
#define YEJI_REASON_RETIRED "retired"
#define YEJI_REASON_ROUNDED "rounded"
#define YEJI_REASON_SEPARATOR "separator"
#define YEJI_REASON_UNIT "unit"
#define YEJI_REASON_WIDTH "width"
#define YEJI_REASON_WORD "word"
#define YEJI_REASON_ZERO "zero"

/* A code of a list with what its name is compared by. */
typedef struct
{
  const YejiCode *code;
  char *folded;                /* the name as yeji_fold_key() gives it */
  char *initials;              /* never empty */
  char *usual_initials;        /* (nullable): those that the dictionary's own ones replace */
} YejiCodeName;

/* What is offered for one text. */
typedef struct
{
  YejiDictionary *dictionary;
  const YejiNormalisation *normalisation;
  const YejiFieldDef *field;
  const YejiFormat *format;    /* (nullable): of the text, of the field linked to, of the root's */
  const YejiFormatWay *way;    /* (nullable) */
  GPtrArray *names;            /* (nullable) (element-type YejiCodeName): of a code field */
  GHashTable *empty_words;     /* as yeji_fold_key() gives them */
  const char *text;            /* as typed */
  const char *folded;          /* half width, without blanks around it */
  const char *folding;         /* (nullable) (static): the reason if these two differ */
  GPtrArray *found;            /* (element-type YejiSuggestion) */
} YejiOffer;

gboolean yeji_offer_accepts   (const YejiOffer *offer,
                               const char      *value);
void     yeji_offer_add       (YejiOffer       *offer,
                               const char      *value,
                               const char      *reason);
gboolean yeji_format_accepts  (const YejiFormat *format,
                               const char      *value);

/* yeji-normalise-text.c */
char    *yeji_fold            (const char      *text,
                               const char     **reason);
char    *yeji_fold_key        (const char      *text);
char    *yeji_make_key        (const char      *folded);
gboolean yeji_is_empty_word   (const YejiOffer *offer,
                               const char      *key);
void     yeji_offer_text      (YejiOffer       *offer);

/* yeji-normalise-numeral.c */
gboolean yeji_numeral_read    (const char     **text,
                               guint64         *value,
                               gboolean        *large);
gboolean yeji_numeral_starts  (const char      *text);

/* yeji-normalise-date.c */
void     yeji_offer_date      (YejiOffer       *offer);

/* yeji-normalise-number.c */
void     yeji_offer_number    (YejiOffer       *offer);

/* yeji-normalise-code.c */
void     yeji_offer_code      (YejiOffer       *offer);

G_END_DECLS
