// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-paper"

#include "config.h"

#include "yeji-state-name.h"

#include <glib/gi18n-lib.h>

static const char *const names[N_YEJI_STATES] = {
  [YEJI_STATE_DRAFT] = NC_("record state", "Draft"),
  [YEJI_STATE_READY] = NC_("record state", "Ready"),
  [YEJI_STATE_QUEUED] = NC_("record state", "Waiting to be sent"),
  [YEJI_STATE_SUBMITTED] = NC_("record state", "Submitted"),
  [YEJI_STATE_IN_REVIEW] = NC_("record state", "In review"),
  [YEJI_STATE_RETURNED] = NC_("record state", "Returned"),
  [YEJI_STATE_APPROVED] = NC_("record state", "Approved"),
  [YEJI_STATE_INCOMPLETE] = NC_("record state", "Incomplete"),
  [YEJI_STATE_CORRECTION_REQUESTED] = NC_("record state", "Application waits"),
  [YEJI_STATE_WITHDRAWN] = NC_("record state", "Withdrawn"),
  [YEJI_STATE_REMOVED] = NC_("record state", "In the bin"),
  [YEJI_STATE_REMOVED_THERE] = NC_("record state", "Removed at the province"),
  [YEJI_STATE_REVOKED] = NC_("record state", "Revoked"),
};

/**
 * yeji_state_get_name:
 *
 * Returns: what the state is called on screen and on paper, in the user's language
 */
const char *
yeji_state_get_name (YejiState state)
{
  g_return_val_if_fail (state < N_YEJI_STATES, "");

  return g_dpgettext2 (NULL, "record state", names[state]);
}
