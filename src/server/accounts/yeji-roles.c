// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-router"

#include "config.h"

#include "yeji-roles.h"

/* The server's roles: who may ask for a route of which kind, and what of it concerns whom. Nothing
 * else says so; docs/protocol.md shows this table, and a test asks every route as everybody. */
static const struct
{
  const char *access;
  YejiReach nobody;
  YejiReach roles[N_YEJI_ACCOUNT_ROLES];
} reaches[N_YEJI_ACCESSES] = {
  [YEJI_ACCESS_ANYONE] = {
    "anyone", YEJI_REACH_ALL,
    {
      [YEJI_ACCOUNT_ENTERPRISE] = YEJI_REACH_ALL,
      [YEJI_ACCOUNT_REVIEWER] = YEJI_REACH_ALL,
      [YEJI_ACCOUNT_ADMINISTRATOR] = YEJI_REACH_ALL,
    },
  },
  [YEJI_ACCESS_SIGNED_IN] = {
    "signed-in", YEJI_REACH_NOTHING,
    {
      [YEJI_ACCOUNT_ENTERPRISE] = YEJI_REACH_OWN,
      [YEJI_ACCOUNT_REVIEWER] = YEJI_REACH_AREA,
      [YEJI_ACCOUNT_ADMINISTRATOR] = YEJI_REACH_ALL,
    },
  },
  [YEJI_ACCESS_ENTERPRISE] = {
    "enterprise", YEJI_REACH_NOTHING,
    {
      [YEJI_ACCOUNT_ENTERPRISE] = YEJI_REACH_OWN,
    },
  },
  [YEJI_ACCESS_REVIEWER] = {
    "reviewer", YEJI_REACH_NOTHING,
    {
      [YEJI_ACCOUNT_REVIEWER] = YEJI_REACH_AREA,
    },
  },
  [YEJI_ACCESS_STAFF] = {
    "staff", YEJI_REACH_NOTHING,
    {
      /* what is no record's: a reviewer who is not registered yet gets to it, too */
      [YEJI_ACCOUNT_REVIEWER] = YEJI_REACH_ALL,
      [YEJI_ACCOUNT_ADMINISTRATOR] = YEJI_REACH_ALL,
    },
  },
  [YEJI_ACCESS_ACCOUNT] = {
    "account", YEJI_REACH_NOTHING,
    {
      [YEJI_ACCOUNT_ENTERPRISE] = YEJI_REACH_OWN,
      [YEJI_ACCOUNT_REVIEWER] = YEJI_REACH_OWN,
      [YEJI_ACCOUNT_ADMINISTRATOR] = YEJI_REACH_OWN,
    },
  },
  [YEJI_ACCESS_ADMINISTRATOR] = {
    "administrator", YEJI_REACH_NOTHING,
    {
      [YEJI_ACCOUNT_ADMINISTRATOR] = YEJI_REACH_ALL,
    },
  },
};

static const char * const words[N_YEJI_REACHES] = {
  [YEJI_REACH_NOTHING] = "nothing",
  [YEJI_REACH_OWN] = "own",
  [YEJI_REACH_AREA] = "area",
  [YEJI_REACH_ALL] = "all",
};

/**
 * yeji_access_to_text:
 *
 * Returns: its name in docs/protocol.md and in the description of the protocol
 */
const char *
yeji_access_to_text (YejiAccess access)
{
  return reaches[access].access;
}

/**
 * yeji_reach_to_text:
 *
 * Returns: its name in docs/protocol.md
 */
const char *
yeji_reach_to_text (YejiReach reach)
{
  return words[reach];
}

/**
 * yeji_roles_get_reach:
 * @role: (nullable): %NULL for somebody who is not signed in
 *
 * Returns: what a route of this access lets the role get to
 */
YejiReach
yeji_roles_get_reach (YejiAccess             access,
                      const YejiAccountRole *role)
{
  return role != NULL ? reaches[access].roles[*role] : reaches[access].nobody;
}
