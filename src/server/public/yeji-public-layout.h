// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-record.h"

G_BEGIN_DECLS

/* Which fields the public page looks at, of data/province/public.json. Fields that the dictionary
 * does not have are left out. */
typedef struct
{
  const YejiFieldDef *kind;    /* (nullable): by which one may search, of the root table */
  const YejiCodeList *areas;   /* (nullable) */
  const YejiCodeList *grades;  /* (nullable) */
  GPtrArray *names;            /* (element-type YejiFieldDef): what is looked for */
  GPtrArray *enterprises;
  GPtrArray *numbers;
  GPtrArray *facts;            /* what stands at the top of a project's page */
  GPtrArray *hidden;           /* what says nothing without a personal number beside it */
} YejiPublicLayout;

YejiPublicLayout *yeji_public_layout_new        (YejiDictionary          *dictionary,
                                                 GError                 **error);
char             *yeji_public_layout_collect    (const YejiPublicLayout  *self,
                                                 GPtrArray               *fields,
                                                 YejiRecord              *record,
                                                 const char              *first);
const char       *yeji_public_layout_get_kind   (const YejiPublicLayout  *self,
                                                 YejiRecord              *record);
void              yeji_public_layout_free       (YejiPublicLayout        *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiPublicLayout, yeji_public_layout_free)

G_END_DECLS
