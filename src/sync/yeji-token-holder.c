// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-sync"

#include "config.h"

#include "yeji-token-holder.h"

#include "yeji-token-place.h"

struct _YejiTokenHolder
{
  YejiStore *store;
  char *url;                   /* (nullable): whose tokens they are */
  char *user;
  gboolean detached;           /* the profile has forgotten them */

  GMutex mutex;                /* guards what follows */
  YejiTokenPair tokens;
};

/**
 * yeji_token_holder_new:
 * @account: (nullable): %NULL: there is no session, and none is looked for
 *
 * Returns: (transfer full): the tokens of @account
 */
YejiTokenHolder *
yeji_token_holder_new (YejiStore         *store,
                       const YejiAccount *account)
{
  YejiTokenHolder *self = g_new0 (YejiTokenHolder, 1);

  self->store = g_object_ref (store);
  self->detached = account == NULL;
  g_mutex_init (&self->mutex);
  if (account == NULL)
    return self;
  self->url = g_strdup (account->url);
  self->user = g_strdup (account->user);
  self->tokens.access = g_strdup (account->access);
  self->tokens.refresh = g_strdup (account->refresh);
  return self;
}

/**
 * yeji_token_holder_free:
 * @self: (nullable) (transfer full)
 *
 * Frees the tokens here; the profile keeps them.
 */
void
yeji_token_holder_free (YejiTokenHolder *self)
{
  if (self == NULL)
    return;
  yeji_token_pair_clear (&self->tokens);
  g_object_unref (self->store);
  g_free (self->url);
  g_free (self->user);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

/**
 * yeji_token_holder_detach:
 *
 * Leaves the profile alone from now on: the session is about to be ended, and must not come back
 * when it is renewed for that. Before other threads use it.
 */
void
yeji_token_holder_detach (YejiTokenHolder *self)
{
  self->detached = TRUE;
}

/**
 * yeji_token_holder_dup_access:
 *
 * Returns: (transfer full) (nullable): the token that requests carry; %NULL: it is to be renewed
 */
char *
yeji_token_holder_dup_access (YejiTokenHolder *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  return g_strdup (self->tokens.access);
}

/**
 * yeji_token_holder_dup_refresh:
 *
 * Returns: (transfer full) (nullable): the token that renews the other; %NULL: there is no session
 */
char *
yeji_token_holder_dup_refresh (YejiTokenHolder *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  return g_strdup (self->tokens.refresh);
}

static void
set_tokens (YejiTokenHolder *self,
            const char      *access,
            const char      *refresh)
{
  YejiTokenPair before;
  YejiTokenPair tokens = { g_strdup (access), g_strdup (refresh) };

  g_mutex_lock (&self->mutex);
  before = self->tokens;
  self->tokens = tokens;
  g_mutex_unlock (&self->mutex);
  yeji_token_pair_clear (&before);
}

/* (a profile that does not open just now says nothing, and neither does a keyring that is locked) */
static gboolean
load (YejiTokenHolder  *self,
      YejiAccount     **account)
{
  g_autoptr (GError) error = NULL;

  *account = yeji_account_load (self->store, &error);
  return *account != NULL
    || (g_error_matches (error, YEJI_SYNC_ERROR, YEJI_SYNC_ERROR_SIGNED_OUT)
        && yeji_token_place_get (self->store) == YEJI_TOKEN_PLACE_NONE);
}

/**
 * yeji_token_holder_find:
 * @known: (nullable): the refresh token that is thought to be the profile's
 *
 * Looks whether the profile has other tokens by now: another program, or another part of this one,
 * has renewed them, has ended the session, or has begun one of another account, whose tokens are
 * not for this address. Blocks.
 *
 * Returns: whether there was something new, which holds from now on
 */
gboolean
yeji_token_holder_find (YejiTokenHolder *self,
                        const char      *known)
{
  g_autoptr (YejiAccount) account = NULL;

  if (self->detached || !load (self, &account))
    return FALSE;
  if (account != NULL && g_strcmp0 (account->refresh, known) == 0)
    return FALSE;
  if (account != NULL && g_strcmp0 (account->url, self->url) == 0
      && g_strcmp0 (account->user, self->user) == 0)
    set_tokens (self, account->access, account->refresh);
  else
    set_tokens (self, NULL, NULL);
  return TRUE;
}

/**
 * yeji_token_holder_renew:
 * @used: the refresh token that was given for the new pair
 *
 * Takes a new pair, and keeps it unless the profile has another session by now. Blocks.
 *
 * Returns: whether the profile took it
 */
gboolean
yeji_token_holder_renew (YejiTokenHolder  *self,
                         const char       *used,
                         const char       *access,
                         const char       *refresh,
                         GError          **error)
{
  if (yeji_token_holder_find (self, used))
    return TRUE;
  set_tokens (self, access, refresh);
  return self->detached || yeji_account_save_tokens (self->store, access, refresh, error);
}

/**
 * yeji_token_holder_end:
 *
 * Notes that the province no longer takes the session. Who it was stays known. Blocks.
 *
 * Returns: whether the profile took it
 */
gboolean
yeji_token_holder_end (YejiTokenHolder  *self,
                       GError          **error)
{
  set_tokens (self, NULL, NULL);
  return self->detached || yeji_account_end (self->store, error);
}
