// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-sql.h"

G_BEGIN_DECLS

/* What became of a project on the public page. The first three are found by who looks for nothing
 * in particular. */
#define YEJI_LISTING_APPROVED "approved"
#define YEJI_LISTING_ONGOING "ongoing"
#define YEJI_LISTING_FINISHED "finished"
#define YEJI_LISTING_REVOKED "revoked"
#define YEJI_LISTING_WITHDRAWN "withdrawn"

/* A project as the search has it. No text is %NULL but those that say so. */
typedef struct
{
  gint64 id;                   /* of one that was read: in the order of `at` */
  const char *uuid;
  const char *state;
  const char *grade;           /* "" without one */
  const char *kind;            /* code, see YejiPublicLayout */
  const char *role;            /* of the enterprise in it */
  const char *area;            /* code */
  const char *number;
  const char *name;
  const char *enterprise;
  const char *office;
  const char *reviewer;
  const char *at;              /* begins YYYY-MM-DD */
  const char *system;          /* (nullable): where it was declared, when not here */
  const char *names;           /* what is looked for, a text a line */
  const char *enterprises;
  const char *numbers;
  gint64 batch;                /* of one that is put: what it comes with, unseen yet; 0: nothing */
} YejiListing;

/* The columns of #YejiListing, in its order. */
#define YEJI_LISTING_COLUMNS \
  "id, uuid, state, grade, kind, role, area, number, name, enterprise, office, reviewer, at," \
  " system, names, enterprises, numbers"
#define YEJI_LISTING_N_COLUMNS 17

/* Of what is still on its way nobody sees anything: a condition on a row of `table`. */
#define YEJI_STAGING_SEEN(table) \
  "(" table ".batch IS NULL OR " table ".batch NOT IN (SELECT id FROM staging))"

void     yeji_listing_read    (YejiRows           *rows,
                               YejiListing        *listing);
gboolean yeji_listing_is_gone (const char         *state);
gboolean yeji_listing_put     (YejiSql            *sql,
                               const YejiListing  *listing,
                               GError            **error);
gboolean yeji_listing_end     (YejiSql            *sql,
                               const char         *uuid,
                               const char         *state,
                               GError            **error);
gboolean yeji_listing_remove  (YejiSql            *sql,
                               const char         *uuid,
                               GError            **error);
gboolean yeji_listing_is_long  (const char         *word);
void     yeji_listing_add_windows (GString        *match,
                               const char         *word);
gboolean yeji_listing_has      (const YejiListing  *self,
                               const char         *column,
                               const char         *word);
void     yeji_listing_add_facet (GString          *match,
                               const char         *facet,
                               const char         *value);

G_END_DECLS
