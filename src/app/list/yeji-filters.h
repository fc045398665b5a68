// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-query.h"

G_BEGIN_DECLS

typedef enum
{
  YEJI_FILTER_ALL,
  YEJI_FILTER_DRAFTS,
  YEJI_FILTER_PROBLEMS,
  YEJI_FILTER_READY,
  YEJI_FILTER_WAITING,
  YEJI_FILTER_IN_REVIEW,
  YEJI_FILTER_RETURNED,
  YEJI_FILTER_APPROVED,
  YEJI_FILTER_INCOMPLETE,
  YEJI_FILTER_WITHDRAWN,
  YEJI_FILTER_BIN,
  N_YEJI_FILTERS
} YejiFilter;

/**
 * YejiFilterDef:
 * @id: as the settings know it
 * @states: bit set of YejiState
 * @with_errors: only records with errors
 * @empty_title: what an empty list of it says
 * @empty_text: what belongs there, and what to do next
 * @action: what a button there does
 * @action_label: and its label
 *
 * What the sidebar offers: records whose state is in the set. Texts are not translated yet.
 */
typedef struct
{
  const char *id;
  const char *label;
  const char *icon;
  guint states;
  gboolean with_errors;
  const char *empty_title;
  const char *empty_text;
  const char *action;
  const char *action_label;
} YejiFilterDef;

const YejiFilterDef *yeji_filter_get        (YejiFilter     filter);
YejiFilter           yeji_filter_find       (const char    *id);
void                 yeji_filter_fill_query (YejiFilter     filter,
                                             YejiQuery     *query);

G_END_DECLS
