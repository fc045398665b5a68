// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * YejiNationalState:
 * @YEJI_NATIONAL_WAITING: the province has not told the platform yet, or got no answer
 * @YEJI_NATIONAL_SENT: the platform has it and has not said what it makes of it
 * @YEJI_NATIONAL_ACCEPTED: the platform shows it
 * @YEJI_NATIONAL_REFUSED: the platform will not have it as it is
 * @YEJI_NATIONAL_REMOVED: the platform showed it, and does not any more
 *
 * How a record stands with the national platform, as the province says.
 */
typedef enum
{
  YEJI_NATIONAL_WAITING,
  YEJI_NATIONAL_SENT,
  YEJI_NATIONAL_ACCEPTED,
  YEJI_NATIONAL_REFUSED,
  YEJI_NATIONAL_REMOVED,
  N_YEJI_NATIONAL_STATES
} YejiNationalState;

typedef struct
{
  YejiNationalState state;
  char *at;                    /* (nullable): RFC 3339 */
  char *message;               /* (nullable): the platform's words */
  char *receipt;               /* (nullable): under which it answers for it */
} YejiNational;

YejiNational *yeji_national_parse   (const char        *text);
const char   *yeji_national_to_text (YejiNationalState  state);
void          yeji_national_free    (YejiNational      *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiNational, yeji_national_free)

G_END_DECLS
