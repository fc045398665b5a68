// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-accounts.h"

G_BEGIN_DECLS

#define YEJI_TOKEN_ACCESS_SECONDS (60 * 60)
#define YEJI_TOKEN_REFRESH_SECONDS (30 * 24 * 60 * 60)
#define YEJI_TOKEN_GRACE_SECONDS (24 * 60 * 60)

/* A pair of tokens as it is given out; the database has their hashes alone. */
typedef struct
{
  char *access;
  char *refresh;
} YejiTokens;

gboolean     yeji_tokens_issue   (YejiSql      *sql,
                                  const char   *account,
                                  gint64        now,
                                  YejiTokens   *tokens,
                                  GError      **error);
char        *yeji_tokens_renew   (YejiSql      *sql,
                                  const char   *refresh,
                                  gint64        now,
                                  YejiTokens   *tokens,
                                  GError      **error);
YejiAccount *yeji_tokens_resolve (YejiSql      *sql,
                                  const char   *access,
                                  gint64        now,
                                  GError      **error);
gboolean     yeji_tokens_end     (YejiSql      *sql,
                                  const char   *access,
                                  GError      **error);
gboolean     yeji_tokens_end_all (YejiSql      *sql,
                                  const char   *account,
                                  GError      **error);
void         yeji_tokens_clear   (YejiTokens   *tokens);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (YejiTokens, yeji_tokens_clear)

G_END_DECLS
