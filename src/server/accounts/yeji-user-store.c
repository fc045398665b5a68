// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-users"

#include "config.h"

#include "yeji-user-store.h"

#include <string.h>

#include <gio/gio.h>
#include <sodium.h>

#include "yeji-passwords.h"
#include "yeji-server-schema.h"
#include "yeji-tokens.h"

#define MAX_NAME 100
#define MIN_PASSWORD 8

/* The accounts of a province, for the commands; a server may be running meanwhile. */
struct _YejiUserStore
{
  YejiServerContext *context;
  YejiDb *db;
};

/* One command, on the database's thread. */
typedef struct
{
  YejiUserStore *store;
  const YejiUserChange *change;
  const char *hash;            /* (nullable): of a new password */
  gboolean adds;
  GPtrArray *list;
  YejiAccount *found;
} Call;

/* What the caller could have known is an invalid argument; what the database says is not. */
static gboolean
refuse (GError       **error,
        GIOErrorEnum   code,
        const char    *format,
        const char    *what)
{
  g_set_error (error, G_IO_ERROR, code, format, what);
  return FALSE;
}

/**
 * yeji_user_store_open:
 *
 * Opens the accounts of the province in @data_dir, which is made when it is not there. Blocks.
 *
 * Returns: (transfer full) (nullable): the accounts, to be closed with yeji_user_store_close()
 */
YejiUserStore *
yeji_user_store_open (const char  *data_dir,
                      GError     **error)
{
  g_autoptr (YejiServerContext) context = NULL;
  YejiDb *db = yeji_server_schema_open (data_dir, error);
  YejiUserStore *self;

  if (db == NULL)
    return NULL;
  context = yeji_server_context_new (data_dir, NULL, error);
  if (context == NULL)
    {
      yeji_db_close (db);
      g_object_unref (db);
      return NULL;
    }
  self = g_new0 (YejiUserStore, 1);
  self->context = g_steal_pointer (&context);
  self->db = db;
  return self;
}

static void
replace (char       **member,
         const char  *value)
{
  if (value == NULL)
    return;
  g_free (*member);
  *member = g_strdup (value);
}

static gboolean
apply (YejiAccount           *account,
       const YejiUserChange  *change,
       const YejiOffices     *offices,
       GError               **error)
{
  if (change->role != NULL && !yeji_account_role_from_text (change->role, &account->role))
    return refuse (error, G_IO_ERROR_INVALID_ARGUMENT,
                   "%s: the role is enterprise, reviewer or administrator", change->role);
  if (change->office != NULL && *change->office != '\0'
      && yeji_offices_find (offices, change->office) == NULL)
    return refuse (error, G_IO_ERROR_INVALID_ARGUMENT, "%s: no such office", change->office);
  replace (&account->display_name, change->display_name);
  replace (&account->office, change->office);
  replace (&account->department, change->department);
  account->locked = change->lock || (account->locked && !change->unlock);
  if (account->role != YEJI_ACCOUNT_ENTERPRISE)
    {
      g_clear_pointer (&account->enterprise, g_free);
      g_clear_pointer (&account->enterprise_name, g_free);
      return TRUE;
    }
  replace (&account->enterprise, change->code);
  replace (&account->enterprise_name, change->enterprise);
  return (account->enterprise != NULL && account->enterprise_name != NULL)
         || refuse (error, G_IO_ERROR_INVALID_ARGUMENT,
                    "%s: an enterprise's account needs --enterprise and --code", account->name);
}

static YejiAccount *
make_account (const char *name)
{
  YejiAccount *account = g_new0 (YejiAccount, 1);

  account->name = g_strdup (name);
  account->display_name = g_strdup ("");
  account->office = g_strdup ("");
  account->department = g_strdup ("");
  return account;
}

static gboolean
run_save (YejiSql   *sql,
          gpointer   data,
          GError   **error)
{
  Call *call = data;
  const YejiUserChange *change = call->change;
  g_autoptr (GError) local_error = NULL;
  g_autoptr (YejiAccount) account = yeji_account_load (sql, change->name, &local_error);

  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (call->adds && account != NULL)
    return refuse (error, G_IO_ERROR_EXISTS, "%s: there is such a user already", change->name);
  if (!call->adds && account == NULL)
    return refuse (error, G_IO_ERROR_NOT_FOUND, "%s: no such user", change->name);
  if (account == NULL)
    account = make_account (change->name);
  if (!apply (account, change, call->store->context->offices, error))
    return FALSE;
  replace (&account->password, call->hash);
  if (!yeji_account_save (sql, account, "yeji-server", error))
    return FALSE;
  /* Whoever knew the old password has to prove that he knows the new one. */
  return (call->hash == NULL && !account->locked) || yeji_tokens_end_all (sql, account->name, error);
}

static gboolean
save (YejiUserStore         *self,
      const YejiUserChange  *change,
      gboolean               adds,
      GError               **error)
{
  const YejiServerSettings *settings = &self->context->settings;
  g_autofree char *hash = NULL;
  Call call = { self, change };

  if (*change->name == '\0' || strlen (change->name) > MAX_NAME)
    return refuse (error, G_IO_ERROR_INVALID_ARGUMENT, "%s: not a user's name", change->name);
  if (change->password != NULL)
    {
      if (g_utf8_strlen (change->password, -1) < MIN_PASSWORD)
          return refuse (error, G_IO_ERROR_INVALID_ARGUMENT,
                       "%s: the password needs eight characters at least", change->name);
      hash = yeji_password_hash (change->password, settings->password_passes,
                                 settings->password_memory, error);
      if (hash == NULL)
        return FALSE;
    }
  call.hash = hash;
  call.adds = adds;
  return yeji_db_run (self->db, run_save, &call, error);
}

/**
 * yeji_user_store_add:
 * @change: name, role and password at least
 *
 * Adds an account.
 */
gboolean
yeji_user_store_add (YejiUserStore         *self,
                     const YejiUserChange  *change,
                     GError               **error)
{
  return save (self, change, TRUE, error);
}

/**
 * yeji_user_store_set:
 *
 * Changes an account; a new password, or a lock, ends its sessions.
 */
gboolean
yeji_user_store_set (YejiUserStore         *self,
                     const YejiUserChange  *change,
                     GError               **error)
{
  return save (self, change, FALSE, error);
}

static gboolean
run_list (YejiSql   *sql,
          gpointer   data,
          GError   **error)
{
  Call *call = data;

  call->list = yeji_account_list (sql, error);
  return call->list != NULL;
}

/**
 * yeji_user_store_list:
 *
 * Returns: (transfer full) (element-type YejiAccount) (nullable): all accounts by name
 */
GPtrArray *
yeji_user_store_list (YejiUserStore  *self,
                      GError        **error)
{
  Call call = { self };

  if (yeji_db_run (self->db, run_list, &call, error))
    return call.list;
  g_clear_pointer (&call.list, g_ptr_array_unref);
  return NULL;
}

static gboolean
run_find (YejiSql   *sql,
          gpointer   data,
          GError   **error)
{
  Call *call = data;
  g_autoptr (GError) local_error = NULL;

  call->found = yeji_account_load (sql, call->change->name, &local_error);
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/**
 * yeji_user_store_has:
 * @has: (out): whether there is such an account
 *
 * Looks for an account.
 */
gboolean
yeji_user_store_has (YejiUserStore  *self,
                     const char     *name,
                     gboolean       *has,
                     GError        **error)
{
  YejiUserChange change = { (char *) name };
  Call call = { self, &change };

  if (!yeji_db_run (self->db, run_find, &call, error))
    return FALSE;
  *has = call.found != NULL;
  g_clear_pointer (&call.found, yeji_account_free);
  return TRUE;
}

/**
 * yeji_user_store_get_context:
 *
 * Returns: (transfer none): the province's settings
 */
YejiServerContext *
yeji_user_store_get_context (YejiUserStore *self)
{
  return self->context;
}

/**
 * yeji_user_store_close:
 * @self: (transfer full)
 *
 * Closes the accounts.
 */
void
yeji_user_store_close (YejiUserStore *self)
{
  yeji_db_close (self->db);
  g_object_unref (self->db);
  yeji_server_context_free (self->context);
  g_free (self);
}

/**
 * yeji_user_change_clear:
 *
 * Wipes the password and frees the rest, not @change.
 */
void
yeji_user_change_clear (YejiUserChange *change)
{
  if (change->password != NULL)
    sodium_memzero (change->password, strlen (change->password));
  g_free (change->password);
  g_free (change->name);
  g_free (change->role);
  g_free (change->display_name);
  g_free (change->office);
  g_free (change->department);
  g_free (change->enterprise);
  g_free (change->code);
}
