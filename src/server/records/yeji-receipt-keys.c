// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-server"

#include "config.h"

#include "yeji-receipt-keys.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <sodium.h>
#include <string.h>

#include "yeji-clock.h"
#include "yeji-json.h"
#include "yeji-server-cli.h"
#include "yeji-signed-receipt.h"

/* {"seed", "keys": [{"id", "key", "since", "endorsement"}]}, the newest last. Only the newest can
 * sign; the others are told, so that what they signed can be proven. */
#define FILE_NAME "receipt-key.json"

struct _YejiReceiptKeys
{
  char *path;
  JsonArray *keys;
  GHashTable *revoked;         /* ids */
  guint8 secret[crypto_sign_SECRETKEYBYTES];
};

static gboolean
fail_file (YejiReceiptKeys  *self,
           GError          **error)
{
  g_set_error (error, YEJI_JSON_ERROR, YEJI_JSON_ERROR_MEMBER, "%s: it holds no key", self->path);
  return FALSE;
}

static JsonObject *
get_last (YejiReceiptKeys *self)
{
  return json_array_get_object_element (self->keys, json_array_get_length (self->keys) - 1);
}

static char *
print_key (const guint8 *secret)
{
  return g_base64_encode (secret + crypto_sign_SEEDBYTES, crypto_sign_PUBLICKEYBYTES);
}

/* Nobody but the server's user may read it, and half of it is nothing. */
static gboolean
save (YejiReceiptKeys  *self,
      GError          **error)
{
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), NULL);
  g_autofree char *seed = g_base64_encode (self->secret, crypto_sign_SEEDBYTES);
  g_autofree char *text = NULL;
  JsonObject *object = json_object_new ();
  gboolean saved;

  json_object_set_string_member (object, "seed", seed);
  json_object_set_array_member (object, "keys", json_array_ref (self->keys));
  json_node_take_object (node, object);
  text = yeji_json_print (node, TRUE);
  saved = g_file_set_contents_full (self->path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT
                                                          | G_FILE_SET_CONTENTS_DURABLE, 0600,
                                    error);
  sodium_memzero (seed, strlen (seed));
  sodium_memzero (text, strlen (text));
  return saved;
}

/* A new key behind the others; the one before says that this one follows it. */
static void
add_key (YejiReceiptKeys *self)
{
  g_autofree char *since = yeji_clock_now ();
  g_autofree char *key = NULL;
  g_autofree char *id = NULL;
  g_autofree char *endorsement = NULL;
  guint8 public[crypto_sign_PUBLICKEYBYTES];
  guint8 secret[crypto_sign_SECRETKEYBYTES];
  JsonObject *object = json_object_new ();

  crypto_sign_keypair (public, secret);
  key = print_key (secret);
  id = yeji_receipt_key_get_id (key);
  json_object_set_string_member (object, "id", id);
  json_object_set_string_member (object, "key", key);
  json_object_set_string_member (object, "since", since);
  if (json_array_get_length (self->keys) > 0)
    {
      endorsement = yeji_receipt_key_sign (key, self->secret);
      json_object_set_string_member (object, "endorsement", endorsement);
    }
  json_array_add_object_element (self->keys, object);
  memcpy (self->secret, secret, sizeof secret);
  sodium_memzero (secret, sizeof secret);
}

static gboolean
is_key (JsonNode *node)
{
  JsonObject *object = yeji_json_node_object (node);
  g_autofree char *id = NULL;

  if (object == NULL || yeji_json_get_string (object, "key") == NULL)
    return FALSE;
  id = yeji_receipt_key_get_id (yeji_json_get_string (object, "key"));
  return id != NULL && g_strcmp0 (yeji_json_get_string (object, "id"), id) == 0
         && yeji_json_get_string (object, "since") != NULL;
}

/* The seed must be that of the newest key. */
static gboolean
read_seed (YejiReceiptKeys  *self,
           const char       *text,
           GError          **error)
{
  guint8 public[crypto_sign_PUBLICKEYBYTES];
  guint8 seed[crypto_sign_SEEDBYTES];
  g_autofree char *key = NULL;
  gsize length;

  if (text == NULL
      || sodium_base642bin (seed, sizeof seed, text, strlen (text), NULL, &length, NULL,
                            sodium_base64_VARIANT_ORIGINAL) != 0
      || length != sizeof seed)
    return fail_file (self, error);
  crypto_sign_seed_keypair (public, self->secret, seed);
  sodium_memzero (seed, sizeof seed);
  key = print_key (self->secret);
  return g_str_equal (key, yeji_json_get_string (get_last (self), "key"))
         || fail_file (self, error);
}

static gboolean
load (YejiReceiptKeys  *self,
      GError          **error)
{
  g_autofree char *text = NULL;
  g_autoptr (JsonNode) node = NULL;
  JsonObject *object;
  JsonArray *keys;
  gsize length;

  if (!g_file_get_contents (self->path, &text, &length, error))
    return FALSE;
  node = yeji_json_parse (text, (gssize) length, error);
  sodium_memzero (text, length);
  if (node == NULL)
    {
      g_prefix_error (error, "%s: ", self->path);
      return FALSE;
    }
  object = yeji_json_node_object (node);
  keys = object != NULL ? yeji_json_get_array (object, "keys") : NULL;
  if (keys == NULL || json_array_get_length (keys) == 0)
    return fail_file (self, error);
  for (guint i = 0; i < json_array_get_length (keys); i++)
    if (!is_key (json_array_get_element (keys, i)))
      return fail_file (self, error);
  json_array_unref (self->keys);
  self->keys = json_array_ref (keys);
  return read_seed (self, yeji_json_get_string (object, "seed"), error);
}

/**
 * yeji_receipt_keys_open:
 * @data_dir: the province's directory
 *
 * Reads the keys; the first is made when there is none. What cannot be read is never replaced:
 * clients trust the key that they saw first.
 *
 * Returns: (transfer full) (nullable): the keys
 */
YejiReceiptKeys *
yeji_receipt_keys_open (const char  *data_dir,
                        GError     **error)
{
  g_autoptr (YejiReceiptKeys) self = g_new0 (YejiReceiptKeys, 1);

  if (sodium_init () < 0)
    g_error ("libsodium cannot be used");
  self->path = g_build_filename (data_dir, FILE_NAME, NULL);
  self->keys = json_array_new ();
  self->revoked = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  if (g_file_test (self->path, G_FILE_TEST_EXISTS))
    return load (self, error) ? g_steal_pointer (&self) : NULL;
  if (g_mkdir_with_parents (data_dir, 0700) != 0)
    {
      g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_FAILED, "%s: cannot be made", data_dir);
      return NULL;
    }
  add_key (self);
  return save (self, error) ? g_steal_pointer (&self) : NULL;
}

static gboolean
revoke_one (YejiReceiptKeys  *self,
            const char       *id,
            GError          **error)
{
  for (guint i = 0; i < json_array_get_length (self->keys); i++)
    {
      JsonObject *key = json_array_get_object_element (self->keys, i);

      if (!g_str_equal (yeji_json_get_string (key, "id"), id))
        continue;
      if (key == get_last (self))
        {
          g_set_error (error, YEJI_JSON_ERROR, YEJI_JSON_ERROR_MEMBER,
                       "receipts/revoked: %s signs now: make a new one first, with receipt-key"
                       " --rotate", id);
          return FALSE;
        }
      g_hash_table_add (self->revoked, g_strdup (id));
      return TRUE;
    }
  g_set_error (error, YEJI_JSON_ERROR, YEJI_JSON_ERROR_MEMBER,
               "receipts/revoked: there is no key %s", id);
  return FALSE;
}

/**
 * yeji_receipt_keys_revoke:
 * @ids: (nullable): separated by blanks
 *
 * Tells of keys whose secret somebody else may have had that they vouch for no other key.
 *
 * Returns: %FALSE for one that is not known, or signs now
 */
gboolean
yeji_receipt_keys_revoke (YejiReceiptKeys  *self,
                          const char       *ids,
                          GError          **error)
{
  g_auto (GStrv) list = g_strsplit (ids != NULL ? ids : "", " ", -1);

  for (guint i = 0; list[i] != NULL; i++)
    if (*list[i] != '\0' && !revoke_one (self, list[i], error))
      return FALSE;
  return TRUE;
}

/**
 * yeji_receipt_keys_rotate:
 *
 * Makes a new key that signs from now on. The secret of the one before is gone.
 */
gboolean
yeji_receipt_keys_rotate (YejiReceiptKeys  *self,
                          GError          **error)
{
  add_key (self);
  return save (self, error);
}

/**
 * yeji_receipt_keys_get_secret:
 *
 * Returns: crypto_sign_SECRETKEYBYTES, for yeji_receipt_sign()
 */
const guint8 *
yeji_receipt_keys_get_secret (YejiReceiptKeys *self)
{
  return self->secret;
}

/**
 * yeji_receipt_keys_get_key:
 *
 * Returns: the public key that signs now, base64
 */
const char *
yeji_receipt_keys_get_key (YejiReceiptKeys *self)
{
  return yeji_json_get_string (get_last (self), "key");
}

/**
 * yeji_receipt_keys_get_id:
 *
 * Returns: its short name
 */
const char *
yeji_receipt_keys_get_id (YejiReceiptKeys *self)
{
  return yeji_json_get_string (get_last (self), "id");
}

/**
 * yeji_receipt_keys_list:
 *
 * Returns: (transfer full): all public keys, the oldest first: `{"id", "key", "since"}`, and
 *   `endorsement` of those that followed another, yeji_receipt_key_is_endorsed(); `revoked` of
 *   those that vouch for none
 */
JsonArray *
yeji_receipt_keys_list (YejiReceiptKeys *self)
{
  static const char * const names[] = { "id", "key", "since", "endorsement" };
  JsonArray *list = json_array_new ();

  for (guint i = 0; i < json_array_get_length (self->keys); i++)
    {
      JsonObject *key = json_array_get_object_element (self->keys, i);
      JsonObject *copy = json_object_new ();

      for (guint j = 0; j < G_N_ELEMENTS (names); j++)
        if (yeji_json_get_string (key, names[j]) != NULL)
          json_object_set_string_member (copy, names[j], yeji_json_get_string (key, names[j]));
      if (g_hash_table_contains (self->revoked, yeji_json_get_string (key, "id")))
        json_object_set_boolean_member (copy, "revoked", TRUE);
      json_array_add_object_element (list, copy);
    }
  return list;
}

/**
 * yeji_receipt_keys_free:
 * @self: (transfer full)
 *
 * Frees the keys, and wipes the secret.
 */
void
yeji_receipt_keys_free (YejiReceiptKeys *self)
{
  sodium_memzero (self->secret, sizeof self->secret);
  g_clear_pointer (&self->keys, json_array_unref);
  g_clear_pointer (&self->revoked, g_hash_table_unref);
  g_free (self->path);
  g_free (self);
}

/**
 * yeji_receipt_keys_run:
 *
 * `receipt-key [--rotate]`: prints id, public key and since when, a line a key, the newest last.
 * A server that runs signs with the new one when it is started again.
 *
 * Returns: the exit status
 */
int
yeji_receipt_keys_run (const char *data_dir,
                       GStrv       arguments)
{
  const guint n = g_strv_length (arguments);
  const gboolean rotates = n == 2 && g_str_equal (arguments[1], "--rotate");
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiReceiptKeys) self = NULL;

  if (n != 1 && !rotates)
    {
      g_printerr ("yeji-server: %s\n", _("Only --rotate is known here"));
      return YEJI_SERVER_EXIT_USAGE;
    }
  self = yeji_receipt_keys_open (data_dir, &error);
  if (self == NULL || (rotates && !yeji_receipt_keys_rotate (self, &error)))
    {
      g_printerr ("yeji-server: %s\n", error->message);
      return YEJI_SERVER_EXIT_FAILED;
    }
  for (guint i = 0; i < json_array_get_length (self->keys); i++)
    {
      JsonObject *key = json_array_get_object_element (self->keys, i);

      g_print ("%s %s %s\n", yeji_json_get_string (key, "id"), yeji_json_get_string (key, "key"),
               yeji_json_get_string (key, "since"));
    }
  return YEJI_SERVER_EXIT_OK;
}
