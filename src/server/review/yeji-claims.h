// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-handlers.h"

G_BEGIN_DECLS

/* So long a record is one reviewer's, from the last thing that he did with it. */
#define YEJI_CLAIM_SECONDS (30 * 60)

/* Who reviews a record just now. */
typedef struct
{
  char *account;
  char *name;                  /* real name */
  char *office;                /* with its section */
  char *at;
  char *until;
} YejiClaim;

YejiClaim    *yeji_claim_find    (YejiServerContext  *context,
                                  YejiSql            *sql,
                                  const char         *record,
                                  GError            **error);
gboolean      yeji_claim_is_of   (const YejiClaim    *self,
                                  YejiAccount        *account);
gboolean      yeji_claim_renew   (YejiSql            *sql,
                                  const char         *record,
                                  YejiAccount        *account,
                                  GError            **error);
gboolean      yeji_claim_touch   (YejiSql            *sql,
                                  const char         *record,
                                  YejiAccount        *account,
                                  GError            **error);
gboolean      yeji_claim_end     (YejiSql            *sql,
                                  const char         *record,
                                  GError            **error);
JsonNode     *yeji_claim_to_json (const YejiClaim    *self,
                                  YejiAccount        *account);
YejiResponse *yeji_claim_refuse  (const YejiClaim    *self,
                                  YejiRequest        *request);
void          yeji_claim_free    (YejiClaim          *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiClaim, yeji_claim_free)

G_END_DECLS
