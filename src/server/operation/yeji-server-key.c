// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-server"

#include "config.h"

#include "yeji-server-key.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <sodium.h>
#include <string.h>

#include "yeji-server-cli.h"

/**
 * yeji_server_key_make:
 *
 * `dictionary-key FILE`: makes the secret seed with which the dictionary is signed, for the member
 * `seed` of the settings, and prints the public key. A file that is there is left alone.
 *
 * Returns: the exit status
 */
int
yeji_server_key_make (const char *data_dir,
                      GStrv       arguments)
{
  guint8 seed[crypto_sign_SEEDBYTES];
  guint8 public[crypto_sign_PUBLICKEYBYTES];
  guint8 secret[crypto_sign_SECRETKEYBYTES];
  g_autofree char *path = NULL;
  g_autofree char *text = NULL;
  g_autofree char *key = NULL;
  g_autoptr (GError) error = NULL;

  if (g_strv_length (arguments) != 2)
    {
      g_printerr ("yeji-server: %s\n", _("The name of the file is needed, and nothing else"));
      return YEJI_SERVER_EXIT_USAGE;
    }
  if (sodium_init () < 0)
    g_error ("libsodium cannot be used");
  path = g_path_is_absolute (arguments[1]) ? g_strdup (arguments[1])
                                           : g_build_filename (data_dir, arguments[1], NULL);
  if (g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_printerr (_("yeji-server: %s is there already\n"), path);
      return YEJI_SERVER_EXIT_FAILED;
    }
  randombytes_buf (seed, sizeof seed);
  crypto_sign_seed_keypair (public, secret, seed);
  text = g_base64_encode (seed, sizeof seed);
  key = g_base64_encode (public, sizeof public);
  sodium_memzero (seed, sizeof seed);
  sodium_memzero (secret, sizeof secret);
  if (g_mkdir_with_parents (data_dir, 0700) != 0
      || !g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_DURABLE, 0600, &error))
    {
      g_printerr ("yeji-server: %s\n", error != NULL ? error->message : data_dir);
      return YEJI_SERVER_EXIT_FAILED;
    }
  sodium_memzero (text, strlen (text));
  g_print ("%s\n", key);
  return YEJI_SERVER_EXIT_OK;
}
