// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-sync"

#include "config.h"

#include "yeji-account.h"
#include "yeji-sync-cycle.h"

#define SESSION_PATH "/v1/session"

static YejiReply *
post_password (YejiProvince  *province,
               const char    *user,
               const char    *password,
               GCancellable  *cancellable,
               GError       **error)
{
  g_autoptr (JsonNode) body = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "user", user);
  json_object_set_string_member (object, "password", password);
  json_node_take_object (body, object);
  return yeji_province_call (province, "POST", SESSION_PATH, body, cancellable, error, NULL);
}

static YejiAccount *
read_account (YejiReply   *reply,
              const char  *url,
              const char  *user,
              GError     **error)
{
  JsonObject *body = yeji_json_node_object (reply->body);
  JsonObject *about = body != NULL ? yeji_json_get_object (body, "user") : NULL;
  const char *access = body != NULL ? yeji_json_get_string (body, "access") : NULL;
  const char *refresh = body != NULL ? yeji_json_get_string (body, "refresh") : NULL;
  YejiAccount *account;

  if (reply->status != SOUP_STATUS_OK || access == NULL || refresh == NULL)
    {
      g_set_error_literal (error, YEJI_SYNC_ERROR, YEJI_SYNC_ERROR_UNREACHABLE,
                           "a session without tokens");
      return NULL;
    }
  account = g_new0 (YejiAccount, 1);
  account->url = g_strdup (url);
  account->user = g_strdup (user);
  account->name = g_strdup (about != NULL ? yeji_json_get_string (about, "display_name") : NULL);
  account->access = g_strdup (access);
  account->refresh = g_strdup (refresh);
  return account;
}

/**
 * yeji_sync_sign_in:
 * @url: the province's address as typed
 *
 * Opens a session and keeps its tokens in the profile; the password is kept nowhere. Fails with
 * #YEJI_SYNC_ERROR_SIGNED_OUT when user and password do not fit, else as yeji_province_call() and
 * yeji_reply_check() do. Blocks.
 *
 * Returns: whether the profile has a session now
 */
gboolean
yeji_sync_sign_in (YejiStore     *store,
                   const char    *url,
                   const char    *user,
                   const char    *password,
                   GCancellable  *cancellable,
                   GError       **error)
{
  g_autoptr (YejiProvince) province = NULL;
  g_autoptr (YejiReply) reply = NULL;
  g_autoptr (YejiAccount) account = NULL;

  g_return_val_if_fail (YEJI_IS_STORE (store), FALSE);
  g_return_val_if_fail (url != NULL && user != NULL && password != NULL, FALSE);

  province = yeji_province_new_for_url (store, url, error);
  reply = province != NULL ? post_password (province, user, password, cancellable, error) : NULL;
  if (reply == NULL)
    return FALSE;
  if (reply->status == SOUP_STATUS_UNAUTHORIZED)
    {
      g_propagate_error (error, yeji_sync_error_new_refused (YEJI_SYNC_ERROR_SIGNED_OUT,
                                                             reply->refusal, 0));
      return FALSE;
    }
  if (!yeji_reply_check (reply, error))
    return FALSE;
  account = read_account (reply, yeji_province_get_url (province), user, error);
  return account != NULL && yeji_account_save (store, account, error);
}

/**
 * yeji_sync_sign_out:
 *
 * Ends the session: in the profile for certain, at the province if it can be reached. Address and
 * user stay for the next time. Blocks.
 *
 * Returns: whether the profile has no session now
 */
gboolean
yeji_sync_sign_out (YejiStore     *store,
                    GCancellable  *cancellable,
                    GError       **error)
{
  g_autoptr (YejiProvince) province = NULL;
  g_autoptr (YejiReply) reply = NULL;
  g_autoptr (GError) reason = NULL;

  g_return_val_if_fail (YEJI_IS_STORE (store), FALSE);

  province = yeji_province_new (store, &reason);
  if (!yeji_account_save_tokens (store, NULL, NULL, error))
    return FALSE;
  if (province == NULL)
    return TRUE;
  reply = yeji_province_call (province, "DELETE", SESSION_PATH, NULL, cancellable, &reason, NULL);
  if (reply == NULL)
    g_info ("the session ends at the province by itself: %s", reason->message);
  /* to end it, it may have been renewed */
  return yeji_account_save_tokens (store, NULL, NULL, error);
}
