// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-sync"

#include "config.h"

#include "yeji-token-place.h"

#include <errno.h>

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "yeji-directory.h"
#include "yeji-json.h"
#include "yeji-key-place.h"
#include "yeji-keyring.h"
#include "yeji-platform.h"
#include "yeji-recovery.h"
#include "yeji-store-vault.h"
#include "yeji-sync-error.h"

/* Says where they were put last. The keyring may be locked when it is to forget something, and
 * this is what counts then. */
#define SETTING_PLACE "account.place"

/* Where earlier versions kept them, sealed, in the profile. */
#define SETTING_ACCESS  "account.access"
#define SETTING_REFRESH "account.refresh"

/* What is sealed into the file is bound to this name. */
#define SEALED_AS "account.tokens"

static const struct
{
  YejiTokenPlace place;
  const char *text;
} places[] = {
  { YEJI_TOKEN_PLACE_KEYRING, "keyring" },
  { YEJI_TOKEN_PLACE_FILE, "file" },
};

static const char *
place_to_text (YejiTokenPlace place)
{
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    if (places[i].place == place)
      return places[i].text;
  return NULL;
}

static char *
make_id (YejiStore *store)
{
  g_autofree char *profile = yeji_store_get_setting (store, YEJI_PROFILE_ID_SETTING, NULL);

  return g_strconcat ("session-", profile, NULL);
}

/**
 * yeji_token_place_get_path:
 *
 * Returns: (transfer full): the file of the tokens where there is no keyring
 */
char *
yeji_token_place_get_path (YejiStore *store)
{
  g_autofree char *id = make_id (store);

  return g_build_filename (g_get_user_config_dir (), "yeji", "keys", id, NULL);
}

/**
 * yeji_token_place_get:
 *
 * Returns: where the tokens of the profile were put
 */
YejiTokenPlace
yeji_token_place_get (YejiStore *store)
{
  g_autofree char *text = yeji_store_get_setting (store, SETTING_PLACE, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    if (g_strcmp0 (places[i].text, text) == 0)
      return places[i].place;
  return YEJI_TOKEN_PLACE_NONE;
}

static char *
print_tokens (const YejiTokenPair *tokens)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();

  if (tokens->access != NULL)
    json_object_set_string_member (object, "access", tokens->access);
  json_object_set_string_member (object, "refresh", tokens->refresh);
  json_node_take_object (node, object);
  return yeji_json_print (node, FALSE);
}

static gboolean
parse_tokens (YejiTokenPair *tokens,
              const char    *text)
{
  g_autoptr (JsonNode) node = yeji_json_parse (text, -1, NULL);
  JsonObject *object = node != NULL ? yeji_json_node_object (node) : NULL;
  const char *refresh = object != NULL ? yeji_json_get_string (object, "refresh") : NULL;

  if (refresh == NULL)
    return FALSE;
  tokens->refresh = g_strdup (refresh);
  tokens->access = g_strdup (yeji_json_get_string (object, "access"));
  return TRUE;
}

static gboolean
read_keyring (YejiTokenPair *tokens,
              YejiStore     *store)
{
  g_autofree char *id = make_id (store);
  g_autoptr (YejiSecretText) text = NULL;
  gboolean may_ask;
  guint patience = yeji_key_place_get_patience (&may_ask);

  if (!yeji_keyring_is_there ())
    return FALSE;
  text = yeji_keyring_find (id, may_ask, patience);
  return text != NULL && parse_tokens (tokens, text);
}

static gboolean
read_file (YejiTokenPair *tokens,
           YejiStore     *store)
{
  g_autofree char *path = yeji_token_place_get_path (store);
  g_autofree char *sealed = NULL;
  g_autoptr (YejiSecretText) text = NULL;

  if (!g_file_get_contents (path, &sealed, NULL, NULL))
    return FALSE;
  text = yeji_store_open_text (store, SEALED_AS, g_strstrip (sealed), NULL);
  return text != NULL && parse_tokens (tokens, text);
}

static gboolean
write_keyring (const YejiTokenPair *tokens,
               YejiStore           *store)
{
  g_autofree char *id = make_id (store);
  g_autoptr (YejiSecretText) text = print_tokens (tokens);

  return yeji_keyring_is_there ()
         && yeji_keyring_store (id, text, yeji_key_place_get_patience (NULL));
}

static gboolean
write_file (const YejiTokenPair  *tokens,
            YejiStore            *store,
            GError              **error)
{
  g_autofree char *path = yeji_token_place_get_path (store);
  g_autofree char *directory = g_path_get_dirname (path);
  g_autoptr (YejiSecretText) text = print_tokens (tokens);
  g_autofree char *sealed = yeji_store_seal_text (store, SEALED_AS, text, error);

  /* The old ones are used up by now: where the new ones are lost, somebody signs in again. */
  return sealed != NULL
         && yeji_directory_make (directory, error)
         && g_file_set_contents_full (path, sealed, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600,
                                      error);
}

static gboolean
remove_file (YejiStore  *store,
             GError    **error)
{
  g_autofree char *path = yeji_token_place_get_path (store);
  int code;

  if (yeji_platform_remove (path) == 0 || errno == ENOENT)
    return TRUE;
  code = errno;
  g_set_error (error, G_IO_ERROR, (int) g_io_error_from_errno (code), "%s: %s", path,
               g_strerror (code));
  return FALSE;
}

static gboolean
remove_old_settings (YejiStore  *store,
                     GError    **error)
{
  return yeji_store_set_sealed_setting (store, SETTING_REFRESH, NULL, error)
         && yeji_store_set_sealed_setting (store, SETTING_ACCESS, NULL, error);
}

/* What an earlier version left in the profile goes where it belongs. */
static gboolean
take_over (YejiTokenPair  *tokens,
           YejiStore      *store,
           GError        **error)
{
  g_autoptr (GError) reason = NULL;

  tokens->refresh = yeji_store_get_sealed_setting (store, SETTING_REFRESH, &reason);
  if (tokens->refresh != NULL)
    tokens->access = yeji_store_get_sealed_setting (store, SETTING_ACCESS, &reason);
  if (reason != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&reason));
      return FALSE;
    }
  return tokens->refresh == NULL || yeji_token_place_write (tokens, store, error);
}

/* A keyring that is locked is asked again by and by. */
static GError *
explain_absence (YejiTokenPlace place)
{
  if (place == YEJI_TOKEN_PLACE_KEYRING && yeji_keyring_is_there ())
    return yeji_sync_error_new_cause (YEJI_SYNC_ERROR_SIGNED_OUT, YEJI_SYNC_CAUSE_LOCAL,
                                      _("the keyring is locked, or the profile was signed in on"
                                        " another computer"));
  return yeji_sync_error_new_cause (YEJI_SYNC_ERROR_SIGNED_OUT, YEJI_SYNC_CAUSE_NO_ACCOUNT,
                                    _("the profile was signed in on another computer"));
}

/**
 * yeji_token_place_read:
 * @tokens: (out caller-allocates): to be cleared; without a refresh token there is no session here
 *
 * Looks for the tokens. Blocks, but never longer than a few seconds where nobody may be asked.
 * Fails with #YEJI_SYNC_ERROR_SIGNED_OUT when there should be tokens but they cannot be had, and as
 * the store does.
 */
gboolean
yeji_token_place_read (YejiTokenPair  *tokens,
                       YejiStore      *store,
                       GError        **error)
{
  YejiTokenPlace place;

  *tokens = (YejiTokenPair) { NULL };
  g_return_val_if_fail (YEJI_IS_STORE (store), FALSE);

  place = yeji_token_place_get (store);
  if (place == YEJI_TOKEN_PLACE_NONE)
    return take_over (tokens, store, error);
  /* A profile may have been restored from a backup that was made when they were in the other. */
  if (place == YEJI_TOKEN_PLACE_FILE ? read_file (tokens, store) || read_keyring (tokens, store)
                                     : read_keyring (tokens, store) || read_file (tokens, store))
    return TRUE;
  g_propagate_error (error, explain_absence (place));
  return FALSE;
}

/**
 * yeji_token_place_write:
 * @tokens: without a refresh token, what there is goes
 *
 * Puts the tokens into the keyring, and where there is none that answers, sealed, into a file.
 * Blocks as yeji_token_place_read() does.
 *
 * Returns: whether they are there
 */
gboolean
yeji_token_place_write (const YejiTokenPair  *tokens,
                        YejiStore            *store,
                        GError              **error)
{
  YejiTokenPlace before, place = YEJI_TOKEN_PLACE_NONE;

  g_return_val_if_fail (YEJI_IS_STORE (store), FALSE);

  before = yeji_token_place_get (store);
  if (tokens->refresh != NULL)
    {
      if (write_keyring (tokens, store))
        place = YEJI_TOKEN_PLACE_KEYRING;
      else if (write_file (tokens, store, error))
        place = YEJI_TOKEN_PLACE_FILE;
      else
        return FALSE;
    }
  if (before != place
      && !yeji_store_set_setting (store, SETTING_PLACE, place_to_text (place), error))
    return FALSE;
  if (before == YEJI_TOKEN_PLACE_KEYRING && place != before)
    {
      g_autofree char *id = make_id (store);

      if (!yeji_keyring_remove (id, yeji_key_place_get_patience (NULL)))
        g_info ("the keyring does not answer, and keeps a session that is over");
    }
  if (place != YEJI_TOKEN_PLACE_FILE && !remove_file (store, error))
    return FALSE;
  return remove_old_settings (store, error);
}

/**
 * yeji_token_pair_clear:
 *
 * Wipes and frees the tokens, not @tokens.
 */
void
yeji_token_pair_clear (YejiTokenPair *tokens)
{
  g_clear_pointer (&tokens->access, yeji_secret_wipe_text);
  g_clear_pointer (&tokens->refresh, yeji_secret_wipe_text);
}
