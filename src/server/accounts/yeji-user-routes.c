// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* User management: the administrator's part of it. Passwords are hashed on a thread of their own,
 * between what looks at a request and what writes. */

#define G_LOG_DOMAIN "yeji-accounts"

#include "config.h"

#include "yeji-handlers.h"

#include <string.h>

#include "yeji-account-change.h"
#include "yeji-json.h"
#include "yeji-passwords.h"
#include "yeji-tokens.h"

#define PAGE 50

static const char *
get_query (YejiRequest *request,
           const char  *name)
{
  const char *value = yeji_request_get_query (request, name);

  return value != NULL ? value : "";
}

/**
 * yeji_users_list:
 *
 * `GET /v1/users?q=TEXT&role=ROLE&page=N`
 */
YejiResponse *
yeji_users_list (YejiServerContext  *context,
                 YejiSql            *sql,
                 YejiRequest        *request,
                 GError            **error)
{
  gint64 page = CLAMP (g_ascii_strtoll (get_query (request, "page"), NULL, 10), 1, G_MAXINT32);
  g_autoptr (GPtrArray) found = NULL;
  JsonObject *object;
  JsonArray *users;
  JsonNode *node;
  gint64 total;

  found = yeji_account_search (sql, get_query (request, "q"), get_query (request, "role"),
                               (page - 1) * PAGE, PAGE, &total, error);
  if (found == NULL)
    return NULL;
  users = json_array_new ();
  for (guint i = 0; i < found->len; i++)
    json_array_add_element (users, yeji_account_describe (g_ptr_array_index (found, i),
                                                          context->offices));
  object = json_object_new ();
  json_object_set_array_member (object, "users", users);
  json_object_set_int_member (object, "total", total);
  json_object_set_int_member (object, "page", page);
  json_object_set_int_member (object, "pages", (total + PAGE - 1) / PAGE);
  node = json_node_new (JSON_NODE_OBJECT);
  json_node_take_object (node, object);
  return yeji_response_new (200, node);
}

static void
check_password (YejiRequest *request,
                gboolean     needed,
                GPtrArray   *wrong)
{
  const char *password = yeji_request_get_string (request, "password");

  if (password == NULL ? needed
                       : g_utf8_strlen (password, -1) < YEJI_ACCOUNT_MIN_PASSWORD
                         || strlen (password) > YEJI_ACCOUNT_MAX_PASSWORD)
    yeji_account_change_complain (request, wrong, "password", "密码至少 8 个字符。",
                                  "A password has eight characters at least.");
}

/* What a name in an address can be taken for is none. */
static void
check_name (YejiRequest *request,
            const char  *name,
            GPtrArray   *wrong)
{
  if (name == NULL || !yeji_account_is_name (name) || strlen (name) > YEJI_ACCOUNT_MAX_NAME
      || strpbrk (name, "/:?#%") != NULL)
    yeji_account_change_complain (request, wrong, "name",
                                  "用户名不超过 100 字节，不含空格和 / : ? # %。",
                                  "A name has 100 bytes at most, no blank and none of / : ? # %.");
}

/* The account that the request makes. */
static YejiAccount *
make_account (YejiRequest *request)
{
  YejiAccount *account = g_new0 (YejiAccount, 1);

  account->role = YEJI_ACCOUNT_REVIEWER;
  account->name = g_strdup (yeji_request_get_string (request, "name"));
  account->display_name = g_strdup ("");
  account->office = g_strdup ("");
  account->department = g_strdup ("");
  return account;
}

/* The account that the address names; NULL without an error: there is none. */
static YejiAccount *
load_target (YejiSql      *sql,
             YejiRequest  *request,
             GError      **error)
{
  g_autofree char *name = g_uri_unescape_string (request->target, "/");

  return name != NULL && g_utf8_validate (name, -1, NULL) ? yeji_account_load (sql, name, error)
                                                          : NULL;
}

static gboolean
locks (YejiRequest *request)
{
  JsonObject *object = yeji_request_get_object (request);

  return object != NULL && json_object_has_member (object, "locked")
         && json_object_get_boolean_member (object, "locked");
}

/* The account as it shall be; NULL with a refusal or an error. Asked before the password is hashed,
 * and once more behind it: somebody else may have been faster. */
static YejiAccount *
plan (YejiServerContext  *context,
      YejiSql            *sql,
      YejiRequest        *request,
      YejiResponse      **refusal,
      GError            **error)
{
  gboolean adds = g_str_equal (request->method, "POST");
  g_autoptr (GPtrArray) wrong = NULL;
  g_autoptr (YejiAccount) account = NULL;
  g_autoptr (GError) local_error = NULL;
  const char *role = yeji_request_get_string (request, "role");

  account = adds ? yeji_account_load (sql, yeji_request_get_string (request, "name"), &local_error)
                 : load_target (sql, request, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  if (adds != (account == NULL))
    {
      *refusal = yeji_refuse (request, adds ? YEJI_WIRE_EXISTS : YEJI_WIRE_NOT_FOUND, NULL, NULL);
      return NULL;
    }
  if (!adds && role != NULL && g_str_equal (account->name, request->account->name)
      && !g_str_equal (role, yeji_account_role_to_text (account->role)))
    {
      *refusal = yeji_refuse (request, YEJI_WIRE_FORBIDDEN, "不能更改自己的角色。",
                              "Nobody changes his own role.");
      return NULL;
    }
  if (!adds && g_str_equal (account->name, request->account->name) && locks (request))
    {
      *refusal = yeji_refuse (request, YEJI_WIRE_FORBIDDEN, "不能停用自己的帐号。",
                              "Nobody locks his own account.");
      return NULL;
    }
  if (adds)
    account = make_account (request);
  wrong = yeji_account_change_apply (context, request, account);
  check_password (request, adds, wrong);
  if (adds)
    {
      check_name (request, account->name, wrong);
      if (role == NULL)
        yeji_account_change_complain (request, wrong, "role", "请选择角色。", "Choose a role.");
    }
  if (wrong->len == 0)
    return g_steal_pointer (&account);
  *refusal = yeji_refuse_errors (request, YEJI_WIRE_INVALID, wrong);
  return NULL;
}

/* @hash: (nullable): of a new password */
static YejiResponse *
save (YejiServerContext  *context,
      YejiSql            *sql,
      YejiRequest        *request,
      YejiAccount        *account,
      const char         *hash,
      GError            **error)
{
  gboolean adds = g_str_equal (request->method, "POST");
  g_autoptr (YejiAccount) saved = NULL;

  if (hash != NULL)
    {
      g_free (account->password);
      account->password = g_strdup (hash);
    }
  /* whoever knew the old password has to prove that he knows the new one; who is locked has nothing
   * to do here any more */
  if (!yeji_account_save (sql, account, request->account->name, error)
      || !yeji_account_change_note (sql, request, account, error)
      || ((hash != NULL || account->locked) && !adds
          && !yeji_tokens_end_all (sql, account->name, error))
      || (account->locked
          && !yeji_sql_exec (sql, error, "DELETE FROM claim WHERE account = ?1", "s",
                             account->name)))
    return NULL;
  saved = yeji_account_load (sql, account->name, error);
  if (saved == NULL)
    return NULL;
  return yeji_response_new (adds ? 201 : 200, yeji_account_describe (saved, context->offices));
}

static YejiResponse *
begin (YejiServerContext  *context,
       YejiSql            *sql,
       YejiRequest        *request,
       GError            **error)
{
  const char *password = yeji_request_get_string (request, "password");
  YejiResponse *refusal = NULL;
  g_autoptr (YejiAccount) account = plan (context, sql, request, &refusal, error);

  if (account == NULL)
    return refusal;
  if (password == NULL)
    return save (context, sql, request, account, NULL, error);
  request->sign_in = g_new0 (YejiSignIn, 1);
  request->sign_in->name = g_strdup (account->name);
  request->sign_in->password = g_strdup (password);
  return yeji_response_go_on ();
}

/**
 * yeji_users_add:
 *
 * `POST /v1/users`: a new account.
 */
YejiResponse *
yeji_users_add (YejiServerContext  *context,
                YejiSql            *sql,
                YejiRequest        *request,
                GError            **error)
{
  static const char * const members[] = {
    "name", "role", "display_name", "office", "department", "enterprise", "password", NULL,
  };
  YejiResponse *refusal = yeji_account_change_refuse_shape (request, members);

  if (refusal == NULL && yeji_request_get_string (request, "name") == NULL)
    refusal = yeji_refuse (request, YEJI_WIRE_MALFORMED, "需要 name。", "name is required.");
  return refusal != NULL ? refusal : begin (context, sql, request, error);
}

/**
 * yeji_users_change:
 *
 * `PATCH /v1/users/{name}`: changes what the request names; a new password, or a lock, ends the sessions.
 */
YejiResponse *
yeji_users_change (YejiServerContext  *context,
                   YejiSql            *sql,
                   YejiRequest        *request,
                   GError            **error)
{
  static const char * const members[] = {
    "role", "display_name", "office", "department", "enterprise", "password", "locked", NULL,
  };
  YejiResponse *refusal = yeji_account_change_refuse_shape (request, members);

  return refusal != NULL ? refusal : begin (context, sql, request, error);
}

/**
 * yeji_users_hash:
 *
 * Hashes the new password; takes as long as a password should.
 */
void
yeji_users_hash (YejiServerContext *context,
                 YejiRequest       *request)
{
  YejiSignIn *sign_in = request->sign_in;
  g_autoptr (GError) error = NULL;

  sign_in->hash = yeji_password_hash (sign_in->password, context->settings.password_passes,
                                      context->settings.password_memory, &error);
  if (sign_in->hash == NULL)
    g_warning ("%s", error->message);
}

/**
 * yeji_users_finish:
 *
 * Stores the account with its password.
 */
YejiResponse *
yeji_users_finish (YejiServerContext  *context,
                   YejiSql            *sql,
                   YejiRequest        *request,
                   GError            **error)
{
  YejiResponse *refusal = NULL;
  g_autoptr (YejiAccount) account = plan (context, sql, request, &refusal, error);

  if (account == NULL)
    return refusal;
  if (request->sign_in->hash != NULL)
    return save (context, sql, request, account, request->sign_in->hash, error);
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "a password cannot be hashed");
  return NULL;
}
