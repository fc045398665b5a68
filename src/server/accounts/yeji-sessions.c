// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-sessions"

#include "config.h"

#include "yeji-handlers.h"

#include <string.h>

#include "yeji-audit.h"
#include "yeji-passwords.h"
#include "yeji-tokens.h"

/* The first failures are free; from then on each doubles the time in which no password is tried. */
#define FREE_FAILURES 5
#define FIRST_PAUSE_SECONDS 60
#define LONGEST_PAUSE_SECONDS (15 * 60)
#define MAX_NAME 100
#define MAX_PASSWORD 1000

static gint64
get_now (void)
{
  return g_get_real_time () / G_USEC_PER_SEC;
}

/* A name is counted as long as its pause lasts, and an hour longer. */
static gboolean
read_failures (YejiSql     *sql,
               const char  *name,
               gint64       now,
               gint64      *count,
               gint64      *until,
               GError     **error)
{
  g_autoptr (YejiRows) rows = NULL;
  g_autoptr (GError) local_error = NULL;

  *count = 0;
  *until = 0;
  if (!yeji_sql_exec (sql, error, "DELETE FROM failure WHERE until < ?1", "i", now - 3600))
    return FALSE;
  rows = yeji_sql_query (sql, error, "SELECT count, until FROM failure WHERE name = ?1", "s", name);
  if (rows == NULL)
    return FALSE;
  if (yeji_rows_next (rows, &local_error))
    {
      *count = yeji_rows_int (rows, 0);
      *until = yeji_rows_int (rows, 1);
      return TRUE;
    }
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/* A name that nobody has is not written down for ever: it may be a password in the wrong field. */
static gboolean
count_failure (YejiSql     *sql,
               const char  *name,
               gboolean     known,
               const char  *address,
               gint64       now,
               GError     **error)
{
  gint64 count, until;
  gint64 pause = 0;

  if (!read_failures (sql, name, now, &count, &until, error))
    return FALSE;
  count++;
  if (count >= FREE_FAILURES)
    pause = MIN (FIRST_PAUSE_SECONDS << MIN (count - FREE_FAILURES, 8), LONGEST_PAUSE_SECONDS);
  return yeji_sql_exec (sql, error,
                        "INSERT INTO failure (name, count, until) VALUES (?1, ?2, ?3)"
                        " ON CONFLICT (name) DO UPDATE SET count = ?2, until = ?3",
                        "sii", name, count, now + pause)
         && yeji_audit_write (sql, known ? name : "", "session.refused", NULL, address, error);
}

static YejiResponse *
refuse_for (YejiRequest *request,
            gint64       seconds)
{
  YejiResponse *response = yeji_refuse (request, YEJI_WIRE_THROTTLED, NULL, NULL);
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, seconds);

  yeji_response_set_header (response, "Retry-After", text);
  return response;
}

static YejiResponse *
answer_tokens (YejiServerContext *context,
               YejiAccount       *account,
               YejiTokens        *tokens)
{
  JsonObject *object = json_object_new ();
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_object_set_string_member (object, "access", tokens->access);
  json_object_set_string_member (object, "refresh", tokens->refresh);
  json_object_set_int_member (object, "expires_in", YEJI_TOKEN_ACCESS_SECONDS);
  json_object_set_member (object, "user", yeji_account_to_json (account, context->offices));
  json_node_take_object (node, object);
  return yeji_response_new (200, node);
}

static YejiResponse *
renew (YejiServerContext  *context,
       YejiSql            *sql,
       YejiRequest        *request,
       const char         *refresh,
       GError            **error)
{
  g_auto (YejiTokens) tokens = { NULL };
  g_autoptr (GError) local_error = NULL;
  g_autoptr (YejiAccount) account = NULL;
  g_autofree char *name = yeji_tokens_renew (sql, refresh, get_now (), &tokens, &local_error);

  if (name == NULL && local_error == NULL)
    return yeji_refuse (request, YEJI_WIRE_UNAUTHORISED, "登录已失效，请重新登录。",
                        "The session has ended: sign in again.");
  account = name != NULL ? yeji_account_load (sql, name, &local_error) : NULL;
  /* Lost answers are asked for again, a few times at most: see yeji_tokens_renew(). */
  if (account != NULL && yeji_audit_write (sql, name, "session.renewed", NULL, request->address,
                                           &local_error))
    return answer_tokens (context, account, &tokens);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}

/**
 * yeji_sessions_begin:
 *
 * `POST /v1/session`: exchanges a refresh token, or looks the account up and leaves the slow check
 * of the password to yeji_sessions_verify().
 */
YejiResponse *
yeji_sessions_begin (YejiServerContext  *context,
                     YejiSql            *sql,
                     YejiRequest        *request,
                     GError            **error)
{
  const char *refresh = yeji_request_get_string (request, "refresh");
  const char *name = yeji_request_get_string (request, "user");
  const char *password = yeji_request_get_string (request, "password");
  g_autoptr (YejiAccount) account = NULL;
  g_autoptr (GError) local_error = NULL;
  gint64 count, until;
  gint64 now = get_now ();
  guint seconds;

  if (refresh != NULL)
    return renew (context, sql, request, refresh, error);
  if (name == NULL || password == NULL
      || strlen (name) > MAX_NAME || strlen (password) > MAX_PASSWORD)
    return yeji_refuse (request, YEJI_WIRE_MALFORMED, "需要 user 和 password，或 refresh。",
                        "user and password, or refresh, are required.");

  if (!read_failures (sql, name, now, &count, &until, error))
    return NULL;
  if (count >= FREE_FAILURES && until > now)
    return refuse_for (request, until - now);

  account = yeji_account_load (sql, name, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  seconds = yeji_throttle_enter (context->throttle, request->address, now);
  if (seconds > 0)
    return refuse_for (request, seconds);
  request->sign_in = g_new0 (YejiSignIn, 1);
  request->sign_in->throttle = context->throttle;
  request->sign_in->name = g_strdup (name);
  request->sign_in->password = g_strdup (password);
  request->sign_in->hash = account != NULL ? g_strdup (account->password) : NULL;
  return yeji_response_go_on ();
}

/**
 * yeji_sessions_verify:
 *
 * Checks the password; takes as long as a password should.
 */
void
yeji_sessions_verify (YejiServerContext *context,
                      YejiRequest       *request)
{
  YejiSignIn *sign_in = request->sign_in;

  sign_in->right = yeji_password_verify (sign_in->hash, sign_in->password,
                                         context->settings.password_passes,
                                         context->settings.password_memory);
  if (!sign_in->right)
    yeji_throttle_fail (context->throttle, request->address, get_now ());
}

/**
 * yeji_sessions_finish:
 *
 * Gives out tokens, or counts the failure.
 */
YejiResponse *
yeji_sessions_finish (YejiServerContext  *context,
                      YejiSql            *sql,
                      YejiRequest        *request,
                      GError            **error)
{
  YejiSignIn *sign_in = request->sign_in;
  g_auto (YejiTokens) tokens = { NULL };
  g_autoptr (YejiAccount) account = NULL;
  gint64 now = get_now ();

  if (!sign_in->right)
    {
      if (!count_failure (sql, sign_in->name, sign_in->hash != NULL, request->address, now, error))
        return NULL;
      return yeji_refuse (request, YEJI_WIRE_UNAUTHORISED, "用户名或密码不正确。",
                          "The user name or the password is wrong.");
    }
  account = yeji_account_load (sql, sign_in->name, error);
  if (account != NULL && account->locked)
    return yeji_audit_write (sql, account->name, "session.refused", NULL, request->address, error)
             ? yeji_refuse (request, YEJI_WIRE_FORBIDDEN, "此帐号已停用，请联系管理员。",
                            "This account is locked: ask an administrator.")
             : NULL;
  if (account == NULL
      || !yeji_sql_exec (sql, error, "DELETE FROM failure WHERE name = ?1", "s", account->name)
      || !yeji_tokens_issue (sql, account->name, now, &tokens, error)
      || !yeji_audit_write (sql, account->name, "session.begun", NULL, request->address, error))
    return NULL;
  return answer_tokens (context, account, &tokens);
}

/**
 * yeji_sessions_end:
 *
 * `DELETE /v1/session`: ends the session; one that has ended already is not complained about.
 */
YejiResponse *
yeji_sessions_end (YejiServerContext  *context,
                   YejiSql            *sql,
                   YejiRequest        *request,
                   GError            **error)
{
  g_autofree char *token = yeji_request_dup_token (request);
  g_autoptr (GError) local_error = NULL;
  g_autoptr (YejiAccount) account = NULL;

  if (token != NULL)
    account = yeji_tokens_resolve (sql, token, get_now (), &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  if (account != NULL
      && !yeji_audit_write (sql, account->name, "session.ended", NULL, request->address, error))
    return NULL;
  if (token != NULL && !yeji_tokens_end (sql, token, error))
    return NULL;
  return yeji_response_new (204, NULL);
}
