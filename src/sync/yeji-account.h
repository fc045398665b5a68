// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-store.h"
#include "yeji-sync-error.h"

G_BEGIN_DECLS

/* The settings of a profile that say which account at which province it belongs to. */
typedef struct
{
  char *url;
  char *user;
  char *name;                  /* (nullable): how the province calls the user */
  char *access;                /* (nullable): to be renewed */
  char *refresh;
} YejiAccount;

YejiAccount *yeji_account_load        (YejiStore          *store,
                                       GError            **error);
gboolean     yeji_account_save        (YejiStore          *store,
                                       const YejiAccount  *account,
                                       GError            **error);
gboolean     yeji_account_save_tokens (YejiStore          *store,
                                       const char         *access,
                                       const char         *refresh,
                                       GError            **error);
char        *yeji_account_check_url   (const char         *text,
                                       GError            **error);
void         yeji_account_free        (YejiAccount        *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiAccount, yeji_account_free)

G_END_DECLS
