// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-language.h"

G_BEGIN_DECLS

typedef enum
{
  YEJI_CODE_CURRENT,
  YEJI_CODE_RETIRED,
  YEJI_CODE_SPECIAL,
  YEJI_CODE_LEGACY,
} YejiCodeStatus;

typedef struct
{
  char *code;
  char *name;
  char *parent;                /* (nullable): a code of the same list */
  char *level;                 /* (nullable) */
  char *replaced_by;           /* (nullable): a code of the same list */
  char *note;                  /* (nullable) */
  char *initials;              /* (nullable): of the name, where the usual ones are wrong */
  YejiCodeStatus status;       /* only current ones are offered */
} YejiCode;

typedef struct
{
  char *id;
  YejiText label;
  char *note;                  /* (nullable) */
  gboolean lenient;            /* a code that the list lacks is a warning */
  GPtrArray *items;            /* (element-type YejiCode), in the order in which they are offered */
  GHashTable *by_code;         /* code -> YejiCode */
} YejiCodeList;

YejiCodeList   *yeji_code_list_new  (void);
void            yeji_code_list_free (YejiCodeList       *self);
gboolean        yeji_code_list_add  (YejiCodeList       *self,
                                     YejiCode           *code);
const YejiCode *yeji_code_list_find (const YejiCodeList *self,
                                     const char         *code);
void            yeji_code_free      (YejiCode           *code);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiCodeList, yeji_code_list_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiCode, yeji_code_free)

G_END_DECLS
