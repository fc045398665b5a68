// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-accounts.h"

G_BEGIN_DECLS

/* Who may ask; each route names one. */
typedef enum
{
  YEJI_ACCESS_ANYONE,
  YEJI_ACCESS_SIGNED_IN,
  YEJI_ACCESS_ENTERPRISE,
  YEJI_ACCESS_REVIEWER,        /* whose real name and office are registered */
  YEJI_ACCESS_STAFF,           /* reviewers, registered or not, and administrators */
  YEJI_ACCESS_ACCOUNT,         /* everybody who is signed in, about himself */
  YEJI_ACCESS_ADMINISTRATOR,
  N_YEJI_ACCESSES,
} YejiAccess;

/* What of the province's records somebody gets to. */
typedef enum
{
  YEJI_REACH_NOTHING,          /* the route is not for this role */
  YEJI_REACH_OWN,              /* the enterprise's own; those of others do not exist. Where it is
                                * about the account itself, everybody's own */
  YEJI_REACH_AREA,             /* what was submitted in the area of the reviewer's office */
  YEJI_REACH_ALL,
  N_YEJI_REACHES,
} YejiReach;

const char *yeji_access_to_text  (YejiAccess             access);
const char *yeji_reach_to_text   (YejiReach              reach);
YejiReach   yeji_roles_get_reach (YejiAccess             access,
                                  const YejiAccountRole *role);

G_END_DECLS
