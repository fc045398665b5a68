// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-listing.h"
#include "yeji-request.h"
#include "yeji-server-context.h"

G_BEGIN_DECLS

/* What somebody looks for, as the address says it. No text is %NULL. */
typedef struct
{
  const char *text;            /* q: words, each of which must be found */
  const char *column;          /* in: `name`, `enterprise`, `number`, or "" for all of them */
  const char *area;
  const char *grade;
  const char *kind;
  const char *role;
  const char *state;           /* "": all that are not gone */
  gboolean oldest_first;       /* order=oldest */
  gint64 after;                /* id of the last one of the page before, 0: none */
  gint64 before;               /* id of the first one of the page behind, 0: none */
  gint64 patience;             /* microseconds, 0: as long as it takes */
} YejiListingQuery;

/* What was found. */
typedef struct
{
  GPtrArray *items;            /* (element-type YejiListing), in the order that was asked for */
  gint64 total;
  gboolean at_least;           /* there are more than `total` */
  gboolean gave_up;            /* it took too long: there may be more */
  gint64 next;                 /* for `after`, 0: the last page */
  gint64 previous;             /* for `before`, 0: the first page */
} YejiListingPage;

#define YEJI_LISTING_PAGE 20

gboolean yeji_listing_query_read   (YejiListingQuery        *self,
                                    YejiServerContext       *context,
                                    YejiRequest             *request);
gboolean yeji_listing_query_is_blank (const YejiListingQuery *self);
gboolean yeji_listing_search       (YejiSql                 *sql,
                                    const YejiListingQuery  *query,
                                    YejiListingPage         *page,
                                    GError                 **error);
void     yeji_listing_page_clear    (YejiListingPage         *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (YejiListingPage, yeji_listing_page_clear)

G_END_DECLS
