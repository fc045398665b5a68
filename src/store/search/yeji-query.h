// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-store.h"

G_BEGIN_DECLS

/* What a list is sorted by. Records that are equal in it have an order of their own, newest change
 * first, so that the order is always the same. */
typedef enum
{
  YEJI_SORT_CHANGED,
  YEJI_SORT_NAME,              /* by pinyin initials, then by the text */
  YEJI_SORT_ROLE,
  YEJI_SORT_STATE,
  YEJI_SORT_PROBLEMS,          /* errors, then warnings */
  YEJI_SORT_DOCUMENTS,
  YEJI_SORT_GRADE,
  YEJI_SORT_COMPLETENESS,      /* unknown, then by percent */
  YEJI_SORT_EXPECTED,          /* unknown, refused, D, national; then by percent */
  YEJI_SORT_REMOVED,           /* when it was moved to the bin */
  N_YEJI_SORTS
} YejiSort;

#define YEJI_STATE_BIT(state) (1u << (state))
#define YEJI_STATES_ALL ((1u << N_YEJI_STATES) - 1)

/* What yeji_entry_get_outcome() says, -1 too. */
#define YEJI_OUTCOME_BIT(outcome) (1u << ((outcome) + 1))

/**
 * YejiQuery:
 * @text: (nullable): what was typed into a search: a part of any text of a record, several with
 *     blanks between for records that have all of them; %NULL or blank for every record
 * @states: bit set of #YejiState
 * @with_errors: whether only records in which the last check found errors are meant
 * @role: (nullable): the role of the records; %NULL: any
 * @outcomes: bit set of YEJI_OUTCOME_BIT(), what would become of the records; 0: anything
 *
 * What a list asks for.
 */
typedef struct
{
  const char *text;
  guint states;
  gboolean with_errors;
  YejiSort sort;
  gboolean descending;
  const char *role;
  guint outcomes;
} YejiQuery;

/* Of records that are found by a text and by a filter that leaves some out no more are counted. */
#define YEJI_QUERY_MAX_FOUND 10000

/**
 * YejiLook:
 * @n_all: records that there are, those in the bin too
 * @n_found: records that the query means; %G_MAXUINT when they were not to be counted
 * @counts: (element-type guint): for each of the filters
 * @first: the position of the first of @entries
 * @entries: (element-type YejiEntry): consecutive ones
 *
 * What a list shows, all of one moment.
 */
typedef struct
{
  guint n_all;
  guint n_found;
  GArray *counts;
  guint first;
  GPtrArray *entries;
} YejiLook;

void       yeji_look_free              (YejiLook             *self);

GPtrArray *yeji_store_query            (YejiStore            *self,
                                        const YejiQuery      *query,
                                        guint                 first,
                                        guint                 n,
                                        GError              **error);
gboolean   yeji_store_query_count      (YejiStore            *self,
                                        const YejiQuery      *query,
                                        guint                *n,
                                        GError              **error);
GStrv      yeji_store_query_uuids      (YejiStore            *self,
                                        const YejiQuery      *query,
                                        guint                 first,
                                        guint                 n,
                                        GError              **error);
GArray    *yeji_store_count_filters    (YejiStore            *self,
                                        const YejiQuery      *filters,
                                        guint                 n_filters,
                                        GError              **error);

void       yeji_store_look_async       (YejiStore            *self,
                                        const YejiQuery      *query,
                                        guint                 first,
                                        guint                 n,
                                        const char           *around,
                                        gboolean              count,
                                        const YejiQuery      *filters,
                                        guint                 n_filters,
                                        GCancellable         *cancellable,
                                        GAsyncReadyCallback   callback,
                                        gpointer              user_data);
YejiLook  *yeji_store_look_finish      (YejiStore            *self,
                                        GAsyncResult         *result,
                                        GError              **error);
void       yeji_store_query_uuids_async (YejiStore           *self,
                                        const YejiQuery      *query,
                                        guint                 first,
                                        guint                 n,
                                        GCancellable         *cancellable,
                                        GAsyncReadyCallback   callback,
                                        gpointer              user_data);
GStrv      yeji_store_query_uuids_finish (YejiStore          *self,
                                        GAsyncResult         *result,
                                        GError              **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiLook, yeji_look_free)

G_END_DECLS
