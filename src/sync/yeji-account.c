// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-sync"

#include "config.h"

#include "yeji-account.h"

#include "yeji-puller.h"
#include "yeji-token-place.h"

#include <string.h>

#define SETTING_URL     "account.url"
#define SETTING_USER    "account.user"
#define SETTING_NAME    "account.name"
#define SETTING_CODE    "account.enterprise"
#define SETTING_COMPANY "account.enterprise-name"
/* set while it was the province that ended the session */
#define SETTING_ENDED   "account.ended"

static const struct
{
  const char *setting;
  gsize offset;
} parts[] = {
  { SETTING_URL, G_STRUCT_OFFSET (YejiAccount, url) },
  { SETTING_USER, G_STRUCT_OFFSET (YejiAccount, user) },
  { SETTING_NAME, G_STRUCT_OFFSET (YejiAccount, name) },
  { SETTING_CODE, G_STRUCT_OFFSET (YejiAccount, enterprise) },
  { SETTING_COMPANY, G_STRUCT_OFFSET (YejiAccount, enterprise_name) },
};

static gboolean
is_loopback (const char *host)
{
  g_autoptr (GInetAddress) address = NULL;

  /* an IPv4 address, as IPv6 writes it */
  if (g_ascii_strncasecmp (host, "::ffff:", 7) == 0 && strchr (host, '.') != NULL)
    host += 7;
  address = g_inet_address_new_from_string (host);
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
  /* a name in other letters may be read as this computer by one and as another by the next */
  if (uri == NULL || !is_private (uri)
      || (g_str_equal (g_uri_get_scheme (uri), "http") && !g_str_is_ascii (full))
      || !is_plain (uri))
    {
      g_autofree char *message = g_strdup_printf ("\"%s\" is no https address", trimmed);

      g_propagate_error (error, yeji_sync_error_new_cause (YEJI_SYNC_ERROR_UNREACHABLE,
                                                           YEJI_SYNC_CAUSE_ADDRESS, message));
      return NULL;
    }
  return g_steal_pointer (&full);
}

static gboolean
load_parts (YejiAccount  *self,
            YejiStore    *store,
            GError      **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autoptr (GError) failure = NULL;
      char *value = yeji_store_get_setting (store, parts[i].setting, &failure);

      if (failure != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&failure));
          return FALSE;
        }
      G_STRUCT_MEMBER (char *, self, parts[i].offset) = value;
    }
  return TRUE;
}

/**
 * yeji_account_peek:
 * @url: (out) (nullable): the address of the province
 * @user: (out) (nullable): who was signed in last
 *
 * Reads whose the profile is, signed in or not, without asking for the tokens.
 */
gboolean
yeji_account_peek (YejiStore  *store,
                   char      **url,
                   char      **user,
                   GError    **error)
{
  g_autoptr (YejiAccount) self = g_new0 (YejiAccount, 1);
  gboolean loaded = load_parts (self, store, error);

  *url = g_steal_pointer (&self->url);
  *user = g_steal_pointer (&self->user);
  return loaded;
}

/* Who signed out knows it; who was signed out wants to know. */
static void
set_signed_out (YejiStore  *store,
                GError    **error)
{
  g_autofree char *ended = yeji_store_get_setting (store, SETTING_ENDED, NULL);

  g_propagate_error (error, yeji_sync_error_new_cause (YEJI_SYNC_ERROR_SIGNED_OUT,
                                                       ended != NULL ? YEJI_SYNC_CAUSE_SESSION
                                                                     : YEJI_SYNC_CAUSE_NO_ACCOUNT,
                                                       ended != NULL ? "the session has ended"
                                                                     : "the profile has no account"));
}

/**
 * yeji_account_load:
 *
 * Reads the profile's account. Fails with #YEJI_SYNC_ERROR_SIGNED_OUT when there is none, and as
 * the store does. Blocks as yeji_token_place_read() does: not for a thread that draws.
 *
 * Returns: (transfer full) (nullable): the account, %NULL on error
 */
YejiAccount *
yeji_account_load (YejiStore  *store,
                   GError    **error)
{
  g_autoptr (YejiAccount) self = g_new0 (YejiAccount, 1);
  g_auto (YejiTokenPair) tokens = { NULL };

  if (!load_parts (self, store, error) || !yeji_token_place_read (&tokens, store, error))
    return NULL;
  self->access = g_steal_pointer (&tokens.access);
  self->refresh = g_steal_pointer (&tokens.refresh);
  if (self->url == NULL || self->refresh == NULL)
    {
      set_signed_out (store, error);
      return NULL;
    }
  return g_steal_pointer (&self);
}

/**
 * yeji_account_load_owner:
 *
 * Reads whose the profile is, signed in or not, without asking for the tokens.
 *
 * Returns: (transfer full) (nullable): the account without tokens and with whatever is known of it,
 *   %NULL on error
 */
YejiAccount *
yeji_account_load_owner (YejiStore  *store,
                         GError    **error)
{
  g_autoptr (YejiAccount) self = g_new0 (YejiAccount, 1);

  return load_parts (self, store, error) ? g_steal_pointer (&self) : NULL;
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
         && yeji_store_set_setting (store, SETTING_CODE, account->enterprise, error)
         && yeji_store_set_setting (store, SETTING_COMPANY, account->enterprise_name, error)
         && yeji_store_set_setting (store, SETTING_ENDED, NULL, error)
         && yeji_account_save_tokens (store, account->access, account->refresh, error);
}

/**
 * yeji_account_save_tokens:
 * @access: (nullable)
 * @refresh: (nullable): %NULL signs the profile out; address and user stay
 *
 * Keeps renewed tokens, both or none.
 *
 * Returns: whether they are kept
 */
gboolean
yeji_account_save_tokens (YejiStore   *store,
                          const char  *access,
                          const char  *refresh,
                          GError     **error)
{
  const YejiTokenPair tokens = { (char *) access, (char *) refresh };

  return yeji_token_place_write (&tokens, store, error);
}

/**
 * yeji_account_end:
 *
 * Forgets the tokens of a session that the province no longer takes, and keeps in mind that it was
 * the province.
 *
 * Returns: whether they are forgotten
 */
gboolean
yeji_account_end (YejiStore  *store,
                  GError    **error)
{
  return yeji_store_set_setting (store, SETTING_ENDED, "1", error)
         && yeji_account_save_tokens (store, NULL, NULL, error);
}

/**
 * yeji_account_leave:
 *
 * Forgets the tokens because the user wants it.
 *
 * Returns: whether they are forgotten
 */
gboolean
yeji_account_leave (YejiStore  *store,
                    GError    **error)
{
  return yeji_account_save_tokens (store, NULL, NULL, error)
         && yeji_store_set_setting (store, SETTING_ENDED, NULL, error);
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
  g_clear_pointer (&self->access, yeji_secret_wipe_text);
  g_clear_pointer (&self->refresh, yeji_secret_wipe_text);
  g_free (self);
}
