// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-qualification.h"
#include "yeji-record.h"

G_BEGIN_DECLS

/* How the province stands to a record. */
typedef enum
{
  YEJI_STANDING_OPEN,          /* not approved, or not any more until it is approved anew */
  YEJI_STANDING_APPROVED,
  YEJI_STANDING_REVOKED,       /* revoked, withdrawn or removed */
} YejiUseStanding;

/* Why a record cannot be ticked. */
typedef struct
{
  const char *id;              /* of the reason; "requirement" for one of the kind's own */
  YejiText text;
} YejiQualifyReason;

GPtrArray    *yeji_qualify_list_reasons   (YejiDictionary          *dictionary,
                                           const YejiQualification *kind,
                                           YejiRecord              *record,
                                           YejiUseStanding             standing,
                                           const char              *grade);
YejiUseStanding  yeji_use_standing_from_state    (const char              *state);
void          yeji_qualify_measure        (const YejiQualification *kind,
                                           YejiRecord              *record,
                                           double                  *values);
void          yeji_qualify_add            (const YejiQualification *kind,
                                           double                  *totals,
                                           const double            *values);
char         *yeji_indicator_print        (const YejiIndicator     *indicator,
                                           double                   value);

G_END_DECLS
