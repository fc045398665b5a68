// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-sync"

#include "config.h"

#include "yeji-account.h"

#include "yeji-puller.h"
#include "yeji-store-vault.h"

#include <string.h>

#define SETTING_URL     "account.url"
#define SETTING_USER    "account.user"
#define SETTING_NAME    "account.name"
#define SETTING_ACCESS  "account.access"
#define SETTING_REFRESH "account.refresh"

static const struct
{
  const char *setting;
  gsize offset;
  char *(*read) (YejiStore   *store,
                 const char  *name,
                 GError     **error);
} parts[] = {
  { SETTING_URL, G_STRUCT_OFFSET (YejiAccount, url), yeji_store_get_setting },
  { SETTING_USER, G_STRUCT_OFFSET (YejiAccount, user), yeji_store_get_setting },
  { SETTING_NAME, G_STRUCT_OFFSET (YejiAccount, name), yeji_store_get_setting },
  { SETTING_ACCESS, G_STRUCT_OFFSET (YejiAccount, access), yeji_store_get_sealed_setting },
  { SETTING_REFRESH, G_STRUCT_OFFSET (YejiAccount, refresh), yeji_store_get_sealed_setting },
};

static gboolean
is_loopback (const char *host)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (host);

  return address != NULL ? g_inet_address_get_is_loopback (address)
                         : g_ascii_strcasecmp (host, "localhost") == 0;
}

/* Passwords and tokens do not go over the wire in the clear; a province on this very computer is
 * the one exception. */
static gboolean
is_private (GUri *uri)
{
  if (g_uri_get_host (uri) == NULL || *g_uri_get_host (uri) == '\0')
    return FALSE;
  if (g_str_equal (g_uri_get_scheme (uri), "https"))
    return TRUE;
  return g_str_equal (g_uri_get_scheme (uri), "http") && is_loopback (g_uri_get_host (uri));
}

static gboolean
is_plain (GUri *uri)
{
  return g_uri_get_userinfo (uri) == NULL && g_uri_get_query (uri) == NULL
         && g_uri_get_fragment (uri) == NULL;
}

/**
 * yeji_account_check_url:
 * @text: an address as typed
 *
 * Reads the address of a province: https unless it is on this computer, and `https://` may be left
 * out. Fails with #YEJI_SYNC_ERROR_UNREACHABLE.
 *
 * Returns: (transfer full) (nullable): the address without a slash at its end, %NULL on error
 */
char *
yeji_account_check_url (const char  *text,
                        GError     **error)
{
  g_autofree char *trimmed = NULL;
  g_autofree char *full = NULL;
  g_autoptr (GUri) uri = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  trimmed = g_strstrip (g_strdup (text));
  full = strstr (trimmed, "://") != NULL ? g_strdup (trimmed)
                                         : g_strconcat ("https://", trimmed, NULL);
  for (gsize length = strlen (full); length > 0 && full[length - 1] == '/'; length--)
    full[length - 1] = '\0';

  uri = g_uri_parse (full, G_URI_FLAGS_HAS_PASSWORD | G_URI_FLAGS_SCHEME_NORMALIZE, NULL);
  if (uri == NULL || !is_private (uri) || !is_plain (uri))
    {
      g_set_error (error, YEJI_SYNC_ERROR, YEJI_SYNC_ERROR_UNREACHABLE,
                   "\"%s\" is no https address", trimmed);
      return NULL;
    }
  return g_steal_pointer (&full);
}

/**
 * yeji_account_load:
 *
 * Reads the profile's account. Fails with #YEJI_SYNC_ERROR_SIGNED_OUT when there is none, and as
 * the store does.
 *
 * Returns: (transfer full) (nullable): the account, %NULL on error
 */
YejiAccount *
yeji_account_load (YejiStore  *store,
                   GError    **error)
{
  g_autoptr (YejiAccount) self = g_new0 (YejiAccount, 1);

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autoptr (GError) failure = NULL;
      char *value = parts[i].read (store, parts[i].setting, &failure);

      if (failure != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&failure));
          return NULL;
        }
      G_STRUCT_MEMBER (char *, self, parts[i].offset) = value;
    }
  if (self->url == NULL || self->refresh == NULL)
    {
      g_set_error_literal (error, YEJI_SYNC_ERROR, YEJI_SYNC_ERROR_SIGNED_OUT,
                           "the profile has no account");
      return NULL;
    }
  return g_steal_pointer (&self);
}

/**
 * yeji_account_save:
 *
 * Keeps a new account. The tokens of the one before go first, so that no crash can leave them
 * beside another address, and the place in the changes goes with the account that it belongs to.
 *
 * Returns: whether the store took it
 */
gboolean
yeji_account_save (YejiStore          *store,
                   const YejiAccount  *account,
                   GError            **error)
{
  g_autofree char *url = yeji_store_get_setting (store, SETTING_URL, NULL);
  g_autofree char *user = yeji_store_get_setting (store, SETTING_USER, NULL);
  gboolean same = g_strcmp0 (url, account->url) == 0 && g_strcmp0 (user, account->user) == 0;

  return yeji_account_save_tokens (store, NULL, NULL, error)
         && (same || yeji_store_set_setting (store, YEJI_PULLER_CURSOR, NULL, error))
         && yeji_store_set_setting (store, SETTING_URL, account->url, error)
         && yeji_store_set_setting (store, SETTING_USER, account->user, error)
         && yeji_store_set_setting (store, SETTING_NAME, account->name, error)
         && yeji_account_save_tokens (store, account->access, account->refresh, error);
}

/**
 * yeji_account_save_tokens:
 * @access: (nullable)
 * @refresh: (nullable): %NULL signs the profile out; address and user stay
 *
 * Keeps renewed tokens. The refresh token goes first: an old access token is renewed with it, but
 * nothing renews an old refresh token.
 *
 * Returns: whether the store took it
 */
gboolean
yeji_account_save_tokens (YejiStore   *store,
                          const char  *access,
                          const char  *refresh,
                          GError     **error)
{
  return yeji_store_set_sealed_setting (store, SETTING_REFRESH, refresh, error)
         && yeji_store_set_sealed_setting (store, SETTING_ACCESS, access, error);
}

/**
 * yeji_account_free:
 * @self: (nullable) (transfer full)
 *
 * Frees an account.
 */
void
yeji_account_free (YejiAccount *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    g_free (G_STRUCT_MEMBER (char *, self, parts[i].offset));
  g_free (self);
}
