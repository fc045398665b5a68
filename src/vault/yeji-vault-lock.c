// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-vault"

#include "config.h"

#include "yeji-vault-lock.h"

#include <string.h>

#include <sodium.h>

#include "yeji-json.h"
#include "yeji-recovery-code.h"
#include "yeji-stretch.h"

#define ALGORITHM "argon2id13"

/* What a chest may ask for at most: it may come from anywhere, and must not hold the computer up.
 * Both at their most would take a minute, so that their product is bounded, too. */
#define MAX_OPS    16
#define MAX_MEMORY ((gint64) 1 << 30)
#define MAX_WORK   ((gint64) 4 << 30)

#define WRAPPED_SIZE (crypto_aead_xchacha20poly1305_ietf_NPUBBYTES + YEJI_SECRET_SIZE \
                      + crypto_aead_xchacha20poly1305_ietf_ABYTES)

struct _YejiLockBox
{
  YejiVaultLock kind;
  guint8 salt[YEJI_STRETCH_SALT];
  gint64 ops;
  gint64 memory;               /* in bytes */
  char *wrapped;
};

/* A passphrase is what somebody could think of, so that a guess must be dear: about half a
 * second. A recovery code has 130 random bits and needs no more than the least. */
static const struct
{
  const char *name;
  gint64 ops;
  gint64 memory;
} kinds[N_YEJI_VAULT_LOCKS] = {
  [YEJI_VAULT_PASSPHRASE] = { "passphrase", 3, 128 << 20 },
  [YEJI_VAULT_RECOVERY] = { "recovery", 1, 8 << 20 },
};

/**
 * yeji_wrap: (skip)
 * @purpose: what the key is for; unwrapping needs the same
 *
 * Returns: (transfer full): @key sealed with another one, base64
 */
char *
yeji_wrap (const YejiSecret *key,
           const YejiSecret *with,
           const char       *purpose)
{
  guint8 all[WRAPPED_SIZE];
  guint8 *cipher = all + crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
  gsize size = sodium_base64_encoded_len (sizeof all, sodium_base64_VARIANT_ORIGINAL);

  randombytes_buf (all, crypto_aead_xchacha20poly1305_ietf_NPUBBYTES);
  crypto_aead_xchacha20poly1305_ietf_encrypt (cipher, NULL, yeji_secret_peek (key),
                                              YEJI_SECRET_SIZE, (const guint8 *) purpose,
                                              strlen (purpose), NULL, all,
                                              yeji_secret_peek (with));
  return sodium_bin2base64 (g_malloc (size), size, all, sizeof all,
                            sodium_base64_VARIANT_ORIGINAL);
}

/**
 * yeji_unwrap: (skip)
 *
 * Returns: (transfer full) (nullable): the key, %NULL if @with or @purpose is another one
 */
YejiSecret *
yeji_unwrap (const char       *wrapped,
             const YejiSecret *with,
             const char       *purpose)
{
  guint8 all[WRAPPED_SIZE];
  guint8 bytes[YEJI_SECRET_SIZE];
  YejiSecret *key = NULL;
  gsize length = 0;

  if (sodium_base642bin (all, sizeof all, wrapped, strlen (wrapped), NULL, &length, NULL,
                         sodium_base64_VARIANT_ORIGINAL) != 0
      || length != sizeof all)
    return NULL;
  if (crypto_aead_xchacha20poly1305_ietf_decrypt (
        bytes, NULL, NULL, all + crypto_aead_xchacha20poly1305_ietf_NPUBBYTES,
        sizeof all - crypto_aead_xchacha20poly1305_ietf_NPUBBYTES, (const guint8 *) purpose,
        strlen (purpose), all, yeji_secret_peek (with)) == 0)
    key = yeji_secret_new_from (bytes);
  sodium_memzero (bytes, sizeof bytes);
  return key;
}

/* A recovery code as it was written down, a passphrase whatever input method made it. */
static char *
normalise (YejiVaultLock kind,
           const char   *phrase)
{
  char *plain = NULL;

  if (kind == YEJI_VAULT_RECOVERY)
    plain = yeji_recovery_code_read (phrase, NULL);
  else
    plain = g_utf8_normalize (phrase, -1, G_NORMALIZE_DEFAULT_COMPOSE);
  return plain != NULL ? plain : g_strdup (phrase);
}

static YejiSecret *
stretch (const YejiLockBox *self,
         const char        *phrase,
         GError           **error)
{
  g_autoptr (YejiSecretText) plain = normalise (self->kind, phrase);
  guint8 bytes[YEJI_SECRET_SIZE];
  YejiSecret *key;

  yeji_secret_init ();
  if (!yeji_stretch (plain, self->salt, (guint64) self->ops, (guint64) self->memory, bytes,
                     sizeof bytes))
    {
      g_set_error (error, YEJI_VAULT_ERROR, YEJI_VAULT_ERROR_MEMORY,
                   "the lock needs %" G_GINT64_FORMAT " MiB of memory", self->memory >> 20);
      return NULL;
    }
  key = yeji_secret_new_from (bytes);
  sodium_memzero (bytes, sizeof bytes);
  return key;
}

static char *
make_purpose (const YejiLockBox *self,
              const char        *vault_id)
{
  return g_strdup_printf ("lock/%s/%s/" ALGORITHM "/%" G_GINT64_FORMAT "/%" G_GINT64_FORMAT,
                          vault_id, kinds[self->kind].name, self->ops, self->memory);
}

/**
 * yeji_lock_box_new: (skip)
 *
 * Returns: (transfer full) (nullable): a lock that @phrase opens; %NULL with
 * %YEJI_VAULT_ERROR_MEMORY
 */
YejiLockBox *
yeji_lock_box_new (YejiVaultLock      kind,
                   const YejiSecret  *secret,
                   const char        *phrase,
                   const char        *vault_id,
                   GError           **error)
{
  g_autoptr (YejiLockBox) self = g_new0 (YejiLockBox, 1);
  g_autoptr (YejiSecret) key = NULL;
  g_autofree char *purpose = NULL;

  yeji_secret_init ();
  self->kind = kind;
  self->ops = kinds[kind].ops;
  self->memory = kinds[kind].memory;
  randombytes_buf (self->salt, sizeof self->salt);
  key = stretch (self, phrase, error);
  if (key == NULL)
    return NULL;
  purpose = make_purpose (self, vault_id);
  self->wrapped = yeji_wrap (secret, key, purpose);
  return g_steal_pointer (&self);
}

/* Within what a chest may ask for. */
static gboolean
is_bearable (gint64 ops,
             gint64 memory)
{
  return ops >= (gint64) crypto_pwhash_argon2id_opslimit_min () && ops <= MAX_OPS
    && memory >= (gint64) crypto_pwhash_argon2id_memlimit_min () && memory <= MAX_MEMORY
    && ops * memory <= MAX_WORK;
}

/**
 * yeji_lock_box_new_from_json: (skip)
 *
 * Returns: (transfer full) (nullable): the lock, %NULL if @object is none, or asks for more than
 * this program is ready to give
 */
YejiLockBox *
yeji_lock_box_new_from_json (JsonObject    *object,
                             YejiVaultLock  kind)
{
  g_autoptr (YejiLockBox) self = g_new0 (YejiLockBox, 1);
  const char *salt = yeji_json_get_string (object, "salt");
  const char *wrapped = yeji_json_get_string (object, "wrapped");
  gsize length = 0;

  if (g_strcmp0 (yeji_json_get_string (object, "algorithm"), ALGORITHM) != 0 || salt == NULL
      || wrapped == NULL)
    return NULL;
  self->kind = kind;
  self->ops = yeji_json_get_int (object, "ops", 0);
  self->memory = yeji_json_get_int (object, "memory", 0);
  if (!is_bearable (self->ops, self->memory)
      || sodium_base642bin (self->salt, sizeof self->salt, salt, strlen (salt), NULL, &length,
                            NULL, sodium_base64_VARIANT_ORIGINAL) != 0
      || length != sizeof self->salt)
    return NULL;
  self->wrapped = g_strdup (wrapped);
  return g_steal_pointer (&self);
}

YejiLockBox *
yeji_lock_box_copy (const YejiLockBox *self)
{
  YejiLockBox *copy = g_memdup2 (self, sizeof *self);

  copy->wrapped = g_strdup (self->wrapped);
  return copy;
}

/**
 * yeji_lock_box_to_json: (skip)
 *
 * Returns: (transfer full): an object
 */
JsonObject *
yeji_lock_box_to_json (const YejiLockBox *self)
{
  JsonObject *object = json_object_new ();
  char salt[sodium_base64_ENCODED_LEN (YEJI_STRETCH_SALT, sodium_base64_VARIANT_ORIGINAL)];

  sodium_bin2base64 (salt, sizeof salt, self->salt, sizeof self->salt,
                     sodium_base64_VARIANT_ORIGINAL);
  json_object_set_string_member (object, "kind", kinds[self->kind].name);
  json_object_set_string_member (object, "algorithm", ALGORITHM);
  json_object_set_string_member (object, "salt", salt);
  json_object_set_int_member (object, "ops", self->ops);
  json_object_set_int_member (object, "memory", self->memory);
  json_object_set_string_member (object, "wrapped", self->wrapped);
  return object;
}

/**
 * yeji_lock_box_open: (skip)
 *
 * Returns: (transfer full) (nullable): the secret; %NULL with %YEJI_VAULT_ERROR_KEY when it is
 * another phrase
 */
YejiSecret *
yeji_lock_box_open (const YejiLockBox  *self,
                    const char         *phrase,
                    const char         *vault_id,
                    GError            **error)
{
  g_autoptr (YejiSecret) key = stretch (self, phrase, error);
  g_autofree char *purpose = NULL;
  YejiSecret *secret;

  if (key == NULL)
    return NULL;
  purpose = make_purpose (self, vault_id);
  secret = yeji_unwrap (self->wrapped, key, purpose);
  if (secret == NULL)
    g_set_error (error, YEJI_VAULT_ERROR, YEJI_VAULT_ERROR_KEY, "the %s is another one",
                 kinds[self->kind].name);
  return secret;
}

void
yeji_lock_box_free (YejiLockBox *self)
{
  if (self == NULL)
    return;
  g_free (self->wrapped);
  g_free (self);
}

/**
 * yeji_lock_box_get_name: (skip)
 *
 * Returns: what a chest calls that kind of lock
 */
const char *
yeji_lock_box_get_name (YejiVaultLock kind)
{
  return kinds[kind].name;
}
