// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-vault"

#include "config.h"

#include "yeji-key-place.h"

#include <errno.h>

#include <gio/gio.h>
#include <glib/gstdio.h>

#include "yeji-directory.h"
#include "yeji-keyring.h"
#include "yeji-platform.h"

/* A keyring that asks nothing answers at once or not at all; somebody who types needs longer. */
#define MILLISECONDS        3000
#define MILLISECONDS_TO_ASK 60000

static gint may_ask_user = FALSE;

/* What was given by hand stays with the program, which opens its profile more than once. */
static GMutex held_mutex;
static GHashTable *held;       /* vault id -> YejiSecret */

/**
 * yeji_key_place_set_may_ask:
 *
 * Tells whether somebody sits before this program, so that a locked keyring may ask for its
 * password. Without that it never does. Thread-safe.
 */
void
yeji_key_place_set_may_ask (gboolean may_ask)
{
  g_atomic_int_set (&may_ask_user, may_ask);
}

/**
 * yeji_key_place_get_patience:
 * @may_ask: (out) (optional): whether a locked keyring may ask for its password
 *
 * Returns: for how many milliseconds an answer of the keyring is waited for. Thread-safe.
 */
guint
yeji_key_place_get_patience (gboolean *may_ask)
{
  gboolean may = g_atomic_int_get (&may_ask_user);

  if (may_ask != NULL)
    *may_ask = may;
  return may ? MILLISECONDS_TO_ASK : MILLISECONDS;
}

/**
 * yeji_key_place_get_path:
 *
 * Returns: (transfer full): the file of a secret where there is no keyring. It is not in the
 * profile, so that a copy of the profile alone is closed.
 */
char *
yeji_key_place_get_path (const char *vault_id)
{
  return g_build_filename (g_get_user_config_dir (), "yeji", "keys", vault_id, NULL);
}

/**
 * yeji_key_place_hold:
 *
 * Lets this program have a secret until it ends. Thread-safe.
 */
void
yeji_key_place_hold (const char       *vault_id,
                     const YejiSecret *secret)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&held_mutex);

  if (held == NULL)
    held = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                  (GDestroyNotify) yeji_secret_free);
  g_hash_table_replace (held, g_strdup (vault_id), yeji_secret_copy (secret));
}

/**
 * yeji_key_place_forget:
 *
 * Forgets what yeji_key_place_hold() was given. Thread-safe.
 */
void
yeji_key_place_forget (const char *vault_id)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&held_mutex);

  if (held != NULL)
    g_hash_table_remove (held, vault_id);
}

static YejiSecret *
find_in_hand (const char *vault_id)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&held_mutex);
  const YejiSecret *secret = held != NULL ? g_hash_table_lookup (held, vault_id) : NULL;

  return secret != NULL ? yeji_secret_copy (secret) : NULL;
}

static YejiSecret *
find_in_keyring (const char *vault_id)
{
  gboolean may_ask = g_atomic_int_get (&may_ask_user);
  g_autoptr (YejiSecretText) text = NULL;

  if (!yeji_keyring_is_there ())
    return NULL;
  text = yeji_keyring_find (vault_id, may_ask, may_ask ? MILLISECONDS_TO_ASK : MILLISECONDS);
  return text != NULL ? yeji_secret_new_text (text) : NULL;
}

static YejiSecret *
find_in_file (const char *vault_id)
{
  g_autofree char *path = yeji_key_place_get_path (vault_id);
  g_autoptr (YejiSecretText) text = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return NULL;
  return yeji_secret_new_text (text);
}

/**
 * yeji_key_place_find:
 * @vault_id: a UUID
 * @place: (out) (optional): where it was
 *
 * Looks for a secret. Blocks, but never longer than a few seconds where nobody may be asked.
 *
 * Returns: (transfer full) (nullable): the secret, %NULL if it is not on this computer or cannot be
 * had now
 */
YejiSecret *
yeji_key_place_find (const char   *vault_id,
                     YejiKeyPlace *place)
{
  /* The keyring last: it costs a question to another program. */
  static const struct
  {
    YejiKeyPlace place;
    YejiSecret *(*find) (const char *vault_id);
  } places[] = {
    { YEJI_KEY_PLACE_HAND, find_in_hand },
    { YEJI_KEY_PLACE_FILE, find_in_file },
    { YEJI_KEY_PLACE_KEYRING, find_in_keyring },
  };

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      YejiSecret *secret = places[i].find (vault_id);

      if (secret == NULL)
        continue;
      if (place != NULL)
        *place = places[i].place;
      return secret;
    }
  if (place != NULL)
    *place = YEJI_KEY_PLACE_NONE;
  return NULL;
}

static gboolean
store_in_keyring (const char       *vault_id,
                  const YejiSecret *secret)
{
  guint milliseconds = g_atomic_int_get (&may_ask_user) ? MILLISECONDS_TO_ASK : MILLISECONDS;
  g_autoptr (YejiSecretText) text = NULL;

  if (!yeji_keyring_is_there ())
    return FALSE;
  text = yeji_secret_to_text (secret);
  return yeji_keyring_store (vault_id, text, milliseconds);
}

static gboolean
store_in_file (const char        *vault_id,
               const YejiSecret  *secret,
               GError           **error)
{
  g_autofree char *path = yeji_key_place_get_path (vault_id);
  g_autofree char *directory = g_path_get_dirname (path);
  g_autoptr (YejiSecretText) text = yeji_secret_to_text (secret);

  if (!yeji_directory_make (directory, error))
    return FALSE;
  /* A profile whose key is not on the disk is lost with the next power cut. */
  return g_file_set_contents_full (path, text, -1,
                                   G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
                                   0600, error);
}

/**
 * yeji_key_place_store:
 * @in_file: whether a file may keep it where there is no keyring
 *
 * Keeps a secret on this computer.
 *
 * Returns: where it is; %YEJI_KEY_PLACE_NONE when no keyring took it and it is not to be in a file,
 * and with @error set when it cannot be
 */
YejiKeyPlace
yeji_key_place_store (const char        *vault_id,
                      const YejiSecret  *secret,
                      gboolean           in_file,
                      GError           **error)
{
  if (store_in_keyring (vault_id, secret))
    return YEJI_KEY_PLACE_KEYRING;
  if (in_file && store_in_file (vault_id, secret, error))
    return YEJI_KEY_PLACE_FILE;
  return YEJI_KEY_PLACE_NONE;
}

/**
 * yeji_key_place_remove_file:
 *
 * Removes the file of a secret, if there is one.
 *
 * Returns: whether there is none any more
 */
gboolean
yeji_key_place_remove_file (const char  *vault_id,
                            GError     **error)
{
  g_autofree char *path = yeji_key_place_get_path (vault_id);
  int code;

  if (yeji_platform_remove (path) == 0 || errno == ENOENT)
    return TRUE;
  code = errno;
  g_set_error (error, G_IO_ERROR, (int) g_io_error_from_errno (code), "%s: %s", path,
               g_strerror (code));
  return FALSE;
}
