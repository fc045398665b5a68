// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-filters"

#include "config.h"

#include "yeji-filters.h"

#include <glib/gi18n.h>

#define BIT(state) YEJI_STATE_BIT (YEJI_STATE_##state)

static const YejiFilterDef filters[N_YEJI_FILTERS] = {
  [YEJI_FILTER_ALL] = {
    "all", N_("All Records"), "view-list-symbolic", YEJI_STATES_ALL & ~BIT (REMOVED), FALSE,
    N_("All Records Are in the Bin"),
    N_("What is in the bin can be restored for a while."), "records.show-bin", N_("Show the Bin"),
  },
  [YEJI_FILTER_DRAFTS] = {
    "drafts", N_("Drafts"), "document-edit-symbolic",
    BIT (DRAFT) | BIT (READY) | BIT (WITHDRAWN) | BIT (REMOVED_THERE), FALSE,
    N_("No Drafts"),
    N_("What you are working on and have not submitted yet is here. Everything you type is saved "
       "on this computer at once."), "win.new-default", N_("New Record"),
  },
  [YEJI_FILTER_PROBLEMS] = {
    "problems", N_("With Problems"), "dialog-warning-symbolic",
    BIT (DRAFT) | BIT (RETURNED) | BIT (INCOMPLETE) | BIT (WITHDRAWN) | BIT (REMOVED_THERE), TRUE,
    N_("No Record Has Errors"),
    N_("Records that cannot be submitted as they are would be here. Open one, and F8 goes from "
       "problem to problem."), "records.show-all", N_("Show All Records"),
  },
  [YEJI_FILTER_READY] = {
    "ready", N_("Ready"), "emblem-ok-symbolic", BIT (READY), FALSE,
    N_("Nothing Is Ready Yet"),
    N_("A draft comes here by itself when it has no errors any more. From here, select several "
       "and submit them together."), "records.show-problems", N_("Show What Has Problems"),
  },
  [YEJI_FILTER_WAITING] = {
    "waiting", N_("Waiting to Be Sent"), "document-send-symbolic", BIT (QUEUED), FALSE,
    N_("Nothing Waits to Be Sent"),
    N_("What you submit waits here until the province has it with all its documents. It goes out "
       "by itself whenever there is a network."), "records.show-ready", N_("Show What Is Ready"),
  },
  [YEJI_FILTER_IN_REVIEW] = {
    "in-review", N_("In Review"), "preferences-system-time-symbolic",
    BIT (SUBMITTED) | BIT (IN_REVIEW) | BIT (CORRECTION_REQUESTED), FALSE,
    N_("Nothing Is in Review"),
    N_("What the province has and has not decided yet is here. You need not do anything: its "
       "answer arrives by itself."), "records.show-ready", N_("Show What Is Ready"),
  },
  [YEJI_FILTER_RETURNED] = {
    "returned", N_("Returned"), "edit-undo-symbolic", BIT (RETURNED), FALSE,
    N_("Nothing Was Returned"),
    N_("What a reviewer sends back to be mended comes here, with the reviewer's remarks at the "
       "very fields."), "records.show-all", N_("Show All Records"),
  },
  [YEJI_FILTER_APPROVED] = {
    "approved", N_("Approved"), "starred-symbolic", BIT (APPROVED), FALSE,
    N_("Nothing Is Approved Yet"),
    N_("Records with grade A, B or C come here. They are public on the national platform and "
       "count for qualifications."), "records.show-in-review", N_("Show What Is in Review"),
  },
  [YEJI_FILTER_INCOMPLETE] = {
    "incomplete", N_("Incomplete (D)"), "content-loading-symbolic", BIT (INCOMPLETE), FALSE,
    N_("Nothing Has Grade D"),
    N_("Records that the province shows, but not the national platform, come here. Complete one "
       "and submit it again to raise its grade."), "records.show-all", N_("Show All Records"),
  },
  [YEJI_FILTER_WITHDRAWN] = {
    "withdrawn", N_("Withdrawn or Removed"), "action-unavailable-symbolic",
    BIT (WITHDRAWN) | BIT (REMOVED_THERE) | BIT (REVOKED), FALSE,
    N_("Nothing Was Withdrawn"),
    N_("What you take back from the review, and what the province does not have any more, comes "
       "here. Your own copy always stays and can be submitted again."), "records.show-in-review",
    N_("Show What Is in Review"),
  },
  [YEJI_FILTER_BIN] = {
    "bin", N_("Bin"), "user-trash-symbolic", BIT (REMOVED), FALSE,
    N_("The Bin Is Empty"),
    N_("Records that you move here with Delete can be restored until their days are over."),
    "records.show-all", N_("Show All Records"),
  },
};

const YejiFilterDef *
yeji_filter_get (YejiFilter filter)
{
  g_return_val_if_fail (filter < N_YEJI_FILTERS, NULL);

  return &filters[filter];
}

/**
 * yeji_filter_find:
 *
 * Returns: the filter with an id, %N_YEJI_FILTERS if there is none
 */
YejiFilter
yeji_filter_find (const char *id)
{
  for (guint i = 0; i < N_YEJI_FILTERS; i++)
    if (g_str_equal (filters[i].id, id))
      return i;
  return N_YEJI_FILTERS;
}

/**
 * yeji_filter_fill_query:
 *
 * Sets which records a query means.
 */
void
yeji_filter_fill_query (YejiFilter  filter,
                        YejiQuery  *query)
{
  query->states = filters[filter].states;
  query->with_errors = filters[filter].with_errors;
}
