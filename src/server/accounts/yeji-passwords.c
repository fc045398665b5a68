// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-passwords"

#include "config.h"

#include "yeji-passwords.h"

#include <string.h>

#include <gio/gio.h>
#include <sodium.h>

/**
 * yeji_password_hash:
 * @passes: Argon2id's cost in time
 * @memory: and in bytes
 *
 * Hashes a password with a salt of its own. Slow on purpose: not for a thread that others wait for.
 *
 * Returns: (transfer full) (nullable): what yeji_password_verify() takes
 */
char *
yeji_password_hash (const char  *password,
                    guint64      passes,
                    gsize        memory,
                    GError     **error)
{
  char hash[crypto_pwhash_STRBYTES];

  if (crypto_pwhash_str (hash, password, strlen (password), passes, memory) == 0)
    return g_strdup (hash);
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE, "no memory to hash a password");
  return NULL;
}

/**
 * yeji_password_verify:
 * @hash: (nullable): %NULL for an account that does not exist
 *
 * Compares. Without a hash one is computed all the same, so that the time does not tell which
 * accounts exist.
 *
 * Returns: whether @password is the right one
 */
gboolean
yeji_password_verify (const char *hash,
                      const char *password,
                      guint64     passes,
                      gsize       memory)
{
  if (hash == NULL)
    {
      g_autofree char *dummy = yeji_password_hash (password, passes, memory, NULL);

      return FALSE;
    }
  return crypto_pwhash_str_verify (hash, password, strlen (password)) == 0;
}
