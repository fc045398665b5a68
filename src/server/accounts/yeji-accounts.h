// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-offices.h"
#include "yeji-sql.h"
#include "yeji-throttle.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define YEJI_ACCOUNT_MAX_NAME 100      /* bytes */
#define YEJI_ACCOUNT_MAX_TEXT 100      /* characters of a real name, a section, an enterprise */
#define YEJI_ACCOUNT_MIN_PASSWORD 8    /* characters */
#define YEJI_ACCOUNT_MAX_PASSWORD 1000 /* bytes */

typedef enum
{
  YEJI_ACCOUNT_ENTERPRISE,
  YEJI_ACCOUNT_REVIEWER,
  YEJI_ACCOUNT_ADMINISTRATOR,
  N_YEJI_ACCOUNT_ROLES
} YejiAccountRole;

/* Who may sign in. */
typedef struct
{
  char *name;
  YejiAccountRole role;
  char *display_name;          /* of a reviewer: the real name as registered, maybe empty */
  char *office;                /* of a reviewer: id, maybe empty */
  char *department;            /* of a reviewer: section of the office, maybe empty */
  char *enterprise;            /* (nullable): code */
  char *enterprise_name;       /* (nullable) */
  char *password;              /* hash */
  char *created_at;            /* of one that was loaded */
  gboolean locked;             /* nobody signs in with it */
} YejiAccount;

/* A sign-in between the look-up of the account and the check of its password. */
typedef struct
{
  char *name;
  char *password;              /* as it came */
  char *hash;                  /* (nullable): no such account */
  gboolean right;
  YejiThrottle *throttle;      /* left when this is freed */
} YejiSignIn;

const char  *yeji_account_role_to_text   (YejiAccountRole      role);
gboolean     yeji_account_role_from_text (const char          *text,
                                          YejiAccountRole     *role);
gboolean     yeji_account_is_name        (const char          *text);
YejiAccount *yeji_account_load           (YejiSql             *sql,
                                          const char          *name,
                                          GError             **error);
GPtrArray   *yeji_account_list           (YejiSql             *sql,
                                          GError             **error);
GPtrArray   *yeji_account_search         (YejiSql             *sql,
                                          const char          *text,
                                          const char          *role,
                                          gint64               first,
                                          gint64               n,
                                          gint64              *total,
                                          GError             **error);
gboolean     yeji_account_save           (YejiSql             *sql,
                                          YejiAccount         *self,
                                          const char          *who,
                                          GError             **error);
gboolean     yeji_account_is_registered  (YejiAccount         *self,
                                          const YejiOffices   *offices);
char        *yeji_account_get_office     (YejiAccount         *self,
                                          const YejiOffices   *offices);
JsonArray   *yeji_account_list_missing   (YejiAccount         *self,
                                          const YejiOffices   *offices);
JsonNode    *yeji_account_to_json        (YejiAccount         *self,
                                          const YejiOffices   *offices);
JsonNode    *yeji_account_describe       (YejiAccount         *self,
                                          const YejiOffices   *offices);
void         yeji_account_free           (YejiAccount         *self);
void         yeji_sign_in_free           (YejiSignIn          *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiAccount, yeji_account_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiSignIn, yeji_sign_in_free)

G_END_DECLS
