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
  char *enterprise;            /* (nullable): whom the user acts for: its code at the province */
  char *enterprise_name;       /* (nullable) */
} YejiAccount;

YejiAccount *yeji_account_load        (YejiStore          *store,
                                       GError            **error);
gboolean     yeji_account_save        (YejiStore          *store,
                                       const YejiAccount  *account,
                                       GError            **error);
gboolean     yeji_account_end         (YejiStore          *store,
                                       GError            **error);
gboolean     yeji_account_leave       (YejiStore          *store,
                                       GError            **error);
YejiAccount *yeji_account_load_owner  (YejiStore          *store,
                                       GError            **error);
gboolean     yeji_account_peek        (YejiStore          *store,
                                       char              **url,
                                       char              **user,
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
