// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-sync"

#include "config.h"

#include "yeji-account.h"
#include "yeji-colleague.h"
#include "yeji-sync-cycle.h"
#include "yeji-sync-outcome.h"

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
  JsonObject *company = about != NULL ? yeji_json_get_object (about, "enterprise") : NULL;
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
  if (company != NULL)
    {
      account->enterprise = g_strdup (yeji_json_get_string (company, "code"));
      account->enterprise_name = g_strdup (yeji_json_get_string (company, "name"));
    }
  account->access = g_strdup (access);
  account->refresh = g_strdup (refresh);
  return account;
}

/* What waits was submitted by an enterprise, and must not reach the province as another one's. The
 * next user of the same enterprise sends it on. */
static gboolean
may_enter (YejiStore          *store,
           const YejiAccount  *account,
           GError            **error)
{
  g_autoptr (YejiAccount) owner = yeji_account_load_owner (store, error);
  g_autoptr (GPtrArray) outbox = NULL;
  const char *name;

  if (owner == NULL)
    return FALSE;
  if (owner->enterprise == NULL || account->enterprise == NULL
      || g_str_equal (owner->enterprise, account->enterprise))
    return TRUE;
  outbox = yeji_store_get_outbox (store, error);
  if (outbox == NULL)
    return FALSE;
  if (outbox->len == 0)
    return TRUE;
  name = owner->enterprise_name != NULL ? owner->enterprise_name : owner->enterprise;
  g_propagate_error (error, yeji_sync_error_new_cause (YEJI_SYNC_ERROR_ENTERPRISE,
                                                       YEJI_SYNC_CAUSE_ENTERPRISE, name));
  return FALSE;
}

static gboolean
forget_trouble (YejiStore          *store,
                const YejiAccount  *account,
                GError            **error)
{
  g_autoptr (YejiSyncOutcome) outcome = yeji_sync_outcome_load (store, error);

  if (outcome == NULL)
    return FALSE;
  yeji_sync_outcome_reset (outcome);
  yeji_sync_outcome_set_user (outcome, account->name != NULL ? account->name : account->user);
  return yeji_sync_outcome_save (outcome, store, error);
}

/* A session that nobody will use. */
static void
end_session (YejiStore         *store,
             const YejiAccount *account,
             GCancellable      *cancellable)
{
  g_autoptr (YejiProvince) province = yeji_province_new_for_account (store, account, NULL);
  g_autoptr (YejiReply) reply = NULL;

  if (province == NULL)
    return;
  yeji_province_leave (province);
  reply = yeji_province_call (province, "DELETE", SESSION_PATH, NULL, cancellable, NULL, NULL);
}

/**
 * yeji_sync_sign_in:
 * @url: the province's address as typed
 *
 * Opens a session and keeps its tokens in the profile; the password is kept nowhere. Fails with
 * #YEJI_SYNC_ERROR_SIGNED_OUT when user and password do not fit, with #YEJI_SYNC_ERROR_ENTERPRISE
 * when another enterprise's submissions wait in the profile, else as yeji_province_call() and
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
      GError *refusal = yeji_sync_error_new_refused (YEJI_SYNC_ERROR_SIGNED_OUT, reply->refusal, 0);

      yeji_sync_error_set_cause (refusal, YEJI_SYNC_CAUSE_PASSWORD);
      g_propagate_error (error, refusal);
      return FALSE;
    }
  if (!yeji_reply_check (reply, error))
    return FALSE;
  account = read_account (reply, yeji_province_get_url (province), user, error);
  if (account == NULL)
    return FALSE;
  if (!may_enter (store, account, error))
    {
      end_session (store, account, cancellable);
      return FALSE;
    }
  return yeji_account_save (store, account, error) && forget_trouble (store, account, error);
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
  if (!yeji_account_leave (store, error) || !yeji_colleague_forget_list (store, error))
    return FALSE;
  if (province == NULL)
    return TRUE;
  yeji_province_leave (province);
  reply = yeji_province_call (province, "DELETE", SESSION_PATH, NULL, cancellable, &reason, NULL);
  if (reply == NULL)
    g_info ("the session ends at the province by itself: %s", reason->message);
  return TRUE;
}
