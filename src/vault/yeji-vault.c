// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-vault"

#include "config.h"

#include "yeji-vault.h"

#include <string.h>

#include <sodium.h>

#include "yeji-clock.h"
#include "yeji-json.h"
#include "yeji-vault-lock.h"

/* A vault has one secret. It wraps the data keys, of which the last one seals and all of them
 * unseal, and the key of the digests. The locks wrap the secret. All of that together, as text, is
 * the chest: it may lie in the open, the secret may not. */

#define FORMAT    "yeji-chest"
#define VERSION   1
#define ALGORITHM "xchacha20poly1305"

#define NONCE crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
#define TAG   crypto_aead_xchacha20poly1305_ietf_ABYTES

/* Longer than a chest with all its keys. */
#define MAX_CHEST (256 << 10)
#define MAX_KEYS  500

/* Of a digest, in bytes. Half as long again as what could be found by trying, and not as long as a
 * SHA-256, so that the two can be told from each other. */
#define DIGEST_SIZE 24

#define BASE64 sodium_base64_VARIANT_URLSAFE_NO_PADDING

typedef struct
{
  char id[9];                  /* 8 hexadecimal digits */
  char *made_at;               /* RFC 3339 */
  YejiSecret *key;             /* (nullable): NULL in a chest that is not open */
  char *wrapped;
} Key;

struct _YejiVault
{
  char *id;
  gint64 serial;               /* counts up with every change */
  YejiSecret *secret;          /* (nullable): NULL in a chest that is not open */
  GPtrArray *keys;             /* (element-type Key): the last one seals */
  YejiSecret *digest_key;
  char *wrapped_digest_key;
  YejiLockBox *locks[N_YEJI_VAULT_LOCKS];
};

G_DEFINE_QUARK (yeji-vault-error-quark, yeji_vault_error)

static void
free_key (gpointer data)
{
  Key *key = data;

  yeji_secret_free (key->key);
  g_free (key->made_at);
  g_free (key->wrapped);
  g_free (key);
}

/**
 * yeji_vault_free:
 * @self: (nullable) (transfer full)
 *
 * Wipes the keys and frees the vault.
 */
void
yeji_vault_free (YejiVault *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  yeji_secret_free (self->secret);
  g_ptr_array_unref (self->keys);
  yeji_secret_free (self->digest_key);
  g_free (self->wrapped_digest_key);
  for (guint i = 0; i < N_YEJI_VAULT_LOCKS; i++)
    yeji_lock_box_free (self->locks[i]);
  g_free (self);
}

static YejiVault *
allocate (void)
{
  YejiVault *self = g_new0 (YejiVault, 1);

  yeji_secret_init ();
  self->keys = g_ptr_array_new_with_free_func (free_key);
  return self;
}

static char *
make_key_purpose (YejiVault  *self,
                  const char *key_id)
{
  return g_strdup_printf ("key/%s/%s/" ALGORITHM, self->id, key_id);
}

static char *
make_digest_purpose (YejiVault *self)
{
  return g_strdup_printf ("digest/%s", self->id);
}

static Key *
find_key (YejiVault  *self,
          const char *id,
          gsize       length)
{
  /* The newest is the one that is nearly always asked for. */
  for (guint i = self->keys->len; i > 0; i--)
    {
      Key *key = g_ptr_array_index (self->keys, i - 1);

      if (strlen (key->id) == length && memcmp (key->id, id, length) == 0)
        return key;
    }
  return NULL;
}

static void
add_key (YejiVault *self)
{
  Key *key = g_new0 (Key, 1);
  g_autofree char *purpose = NULL;

  do
    g_snprintf (key->id, sizeof key->id, "%08x", randombytes_random ());
  while (find_key (self, key->id, strlen (key->id)) != NULL);
  purpose = make_key_purpose (self, key->id);
  key->made_at = yeji_clock_now ();
  key->key = yeji_secret_new ();
  key->wrapped = yeji_wrap (key->key, self->secret, purpose);
  g_ptr_array_add (self->keys, key);
}

/**
 * yeji_vault_new:
 *
 * Returns: (transfer full): a vault with a secret and keys of its own
 */
YejiVault *
yeji_vault_new (void)
{
  YejiVault *self = allocate ();
  g_autofree char *purpose = NULL;

  self->id = g_uuid_string_random ();
  self->serial = 1;
  self->secret = yeji_secret_new ();
  self->digest_key = yeji_secret_new ();
  purpose = make_digest_purpose (self);
  self->wrapped_digest_key = yeji_wrap (self->digest_key, self->secret, purpose);
  add_key (self);
  return self;
}

static gboolean
is_key_id (const char *text)
{
  return text != NULL && strlen (text) == 8 && strspn (text, "0123456789abcdef") == 8;
}

static gboolean
read_key (YejiVault  *self,
          JsonObject *object)
{
  const char *id = yeji_json_get_string (object, "id");
  const char *made_at = yeji_json_get_string (object, "made_at");
  const char *wrapped = yeji_json_get_string (object, "wrapped");
  Key *key;

  if (!is_key_id (id) || made_at == NULL || wrapped == NULL || find_key (self, id, strlen (id))
      || g_strcmp0 (yeji_json_get_string (object, "algorithm"), ALGORITHM) != 0)
    return FALSE;
  key = g_new0 (Key, 1);
  g_strlcpy (key->id, id, sizeof key->id);
  key->made_at = g_strdup (made_at);
  key->wrapped = g_strdup (wrapped);
  g_ptr_array_add (self->keys, key);
  return TRUE;
}

static gboolean
read_keys (YejiVault *self,
           JsonArray *array)
{
  guint n = array != NULL ? json_array_get_length (array) : 0;

  for (guint i = 0; i < n && n <= MAX_KEYS; i++)
    {
      JsonObject *object = yeji_json_node_object (json_array_get_element (array, i));

      if (object == NULL || !read_key (self, object))
        return FALSE;
    }
  return n > 0 && n <= MAX_KEYS;
}

static gboolean
read_locks (YejiVault *self,
            JsonArray *array)
{
  guint n = array != NULL ? json_array_get_length (array) : 0;

  for (guint i = 0; i < n; i++)
    {
      JsonObject *object = yeji_json_node_object (json_array_get_element (array, i));
      const char *name = object != NULL ? yeji_json_get_string (object, "kind") : NULL;
      guint kind = 0;

      while (kind < N_YEJI_VAULT_LOCKS && g_strcmp0 (name, yeji_lock_box_get_name (kind)) != 0)
        kind++;
      if (kind == N_YEJI_VAULT_LOCKS || self->locks[kind] != NULL)
        return FALSE;
      self->locks[kind] = yeji_lock_box_new_from_json (object, kind);
      if (self->locks[kind] == NULL)
        return FALSE;
    }
  return TRUE;
}

static gboolean
read_members (YejiVault  *self,
              JsonObject *object)
{
  const char *id = yeji_json_get_string (object, "id");

  if (g_strcmp0 (yeji_json_get_string (object, "format"), FORMAT) != 0
      || yeji_json_get_int (object, "version", 0) != VERSION
      || id == NULL || !g_uuid_string_is_valid (id))
    return FALSE;
  /* It names a file, so that it is what it was when it was made. */
  self->id = g_ascii_strdown (id, -1);
  self->serial = yeji_json_get_int (object, "serial", 0);
  self->wrapped_digest_key = g_strdup (yeji_json_get_string (object, "digest_key"));
  return self->wrapped_digest_key != NULL
    && read_keys (self, yeji_json_get_array (object, "keys"))
    && read_locks (self, yeji_json_get_array (object, "locks"));
}

/* Reads a chest without opening it. */
static YejiVault *
read_chest (const char  *chest,
            GError     **error)
{
  g_autoptr (YejiVault) self = allocate ();
  gsize length = strlen (chest);
  g_autoptr (JsonNode) node = length <= MAX_CHEST ? yeji_json_parse (chest, (gssize) length, NULL)
                                                  : NULL;
  JsonObject *object = yeji_json_node_object (node);

  if (object != NULL && read_members (self, object))
    return g_steal_pointer (&self);
  g_set_error_literal (error, YEJI_VAULT_ERROR, YEJI_VAULT_ERROR_CHEST,
                       "the keys are damaged, or of a newer program");
  return NULL;
}

static gboolean
open_keys (YejiVault         *self,
           const YejiSecret  *secret,
           GError           **error)
{
  g_autofree char *digest_purpose = make_digest_purpose (self);

  self->secret = yeji_secret_copy (secret);
  self->digest_key = yeji_unwrap (self->wrapped_digest_key, secret, digest_purpose);
  if (self->digest_key == NULL)
    {
      g_set_error_literal (error, YEJI_VAULT_ERROR, YEJI_VAULT_ERROR_KEY,
                           "the secret is another one");
      return FALSE;
    }
  for (guint i = 0; i < self->keys->len; i++)
    {
      Key *key = g_ptr_array_index (self->keys, i);
      g_autofree char *purpose = make_key_purpose (self, key->id);

      key->key = yeji_unwrap (key->wrapped, secret, purpose);
      if (key->key != NULL)
        continue;
      g_set_error (error, YEJI_VAULT_ERROR, YEJI_VAULT_ERROR_CHEST, "the key %s is damaged",
                   key->id);
      return FALSE;
    }
  return TRUE;
}

/**
 * yeji_vault_open:
 * @chest: what yeji_vault_to_text() gave; may be hostile
 *
 * Returns: (transfer full) (nullable): the vault; %NULL with %YEJI_VAULT_ERROR_CHEST or
 * %YEJI_VAULT_ERROR_KEY
 */
YejiVault *
yeji_vault_open (const char        *chest,
                 const YejiSecret  *secret,
                 GError           **error)
{
  g_autoptr (YejiVault) self = NULL;

  g_return_val_if_fail (chest != NULL && secret != NULL, NULL);

  self = read_chest (chest, error);
  if (self == NULL || !open_keys (self, secret, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * yeji_vault_unlock:
 * @phrase: a passphrase, or a recovery code as typed
 *
 * Takes the secret out of a chest by hand. Takes half a second.
 *
 * Returns: (transfer full) (nullable): the secret; %NULL with %YEJI_VAULT_ERROR_NO_LOCK,
 * %YEJI_VAULT_ERROR_KEY, %YEJI_VAULT_ERROR_MEMORY or %YEJI_VAULT_ERROR_CHEST
 */
YejiSecret *
yeji_vault_unlock (const char     *chest,
                   YejiVaultLock   lock,
                   const char     *phrase,
                   GError        **error)
{
  g_autoptr (YejiVault) self = NULL;

  g_return_val_if_fail (chest != NULL && phrase != NULL, NULL);
  g_return_val_if_fail (lock < N_YEJI_VAULT_LOCKS, NULL);

  self = read_chest (chest, error);
  if (self == NULL)
    return NULL;
  if (self->locks[lock] != NULL)
    return yeji_lock_box_open (self->locks[lock], phrase, self->id, error);
  g_set_error (error, YEJI_VAULT_ERROR, YEJI_VAULT_ERROR_NO_LOCK, "there is no %s",
               yeji_lock_box_get_name (lock));
  return NULL;
}

/**
 * yeji_vault_find_id:
 *
 * Returns: (transfer full) (nullable): the id of the vault of a chest that is not open, a UUID
 */
char *
yeji_vault_find_id (const char  *chest,
                    GError     **error)
{
  g_autoptr (YejiVault) self = read_chest (chest, error);

  return self != NULL ? g_strdup (self->id) : NULL;
}

/**
 * yeji_vault_find_serial:
 *
 * Returns: which state of its vault the chest is, a greater one is newer; -1 if it is no chest
 */
gint64
yeji_vault_find_serial (const char *chest)
{
  g_autoptr (YejiVault) self = read_chest (chest, NULL);

  return self != NULL ? self->serial : -1;
}

/**
 * yeji_vault_find_lock:
 *
 * Returns: whether a chest that is not open has a lock of that kind
 */
gboolean
yeji_vault_find_lock (const char    *chest,
                      YejiVaultLock  lock)
{
  g_autoptr (YejiVault) self = read_chest (chest, NULL);

  return self != NULL && self->locks[lock] != NULL;
}

/**
 * yeji_vault_learn:
 * @chest: another state of the same vault
 *
 * Takes over the keys that @self lacks, for reading.
 *
 * Returns: %FALSE when it is another vault's chest or a damaged one
 */
gboolean
yeji_vault_learn (YejiVault   *self,
                  const char  *chest,
                  GError     **error)
{
  g_autoptr (YejiVault) other = yeji_vault_open (chest, self->secret, error);

  if (other == NULL)
    return FALSE;
  for (guint i = other->keys->len; i > 0; i--)
    {
      const Key *key = g_ptr_array_index (other->keys, i - 1);

      if (find_key (self, key->id, strlen (key->id)) == NULL)
        g_ptr_array_insert (self->keys, 0, g_ptr_array_steal_index (other->keys, i - 1));
    }
  return TRUE;
}

/**
 * yeji_vault_adopt:
 * @other: another vault, which is open
 *
 * Takes over its keys, for reading: what was sealed there can be opened here. The digests stay
 * those of @self.
 */
void
yeji_vault_adopt (YejiVault *self,
                  YejiVault *other)
{
  for (guint i = other->keys->len; i > 0; i--)
    {
      const Key *key = g_ptr_array_index (other->keys, i - 1);
      g_autofree char *purpose = make_key_purpose (self, key->id);
      Key *copy;

      if (find_key (self, key->id, strlen (key->id)) != NULL)
        continue;
      copy = g_new0 (Key, 1);
      g_strlcpy (copy->id, key->id, sizeof copy->id);
      copy->made_at = g_strdup (key->made_at);
      copy->key = yeji_secret_copy (key->key);
      copy->wrapped = yeji_wrap (copy->key, self->secret, purpose);
      g_ptr_array_insert (self->keys, 0, copy);
    }
  self->serial++;
}

/**
 * yeji_vault_to_text:
 *
 * Returns: (transfer full): the chest, JSON
 */
char *
yeji_vault_to_text (YejiVault *self)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();
  JsonArray *keys = json_array_new ();
  JsonArray *locks = json_array_new ();

  for (guint i = 0; i < self->keys->len; i++)
    {
      const Key *key = g_ptr_array_index (self->keys, i);
      JsonObject *entry = json_object_new ();

      json_object_set_string_member (entry, "id", key->id);
      json_object_set_string_member (entry, "algorithm", ALGORITHM);
      json_object_set_string_member (entry, "made_at", key->made_at);
      json_object_set_string_member (entry, "wrapped", key->wrapped);
      json_array_add_object_element (keys, entry);
    }
  for (guint i = 0; i < N_YEJI_VAULT_LOCKS; i++)
    if (self->locks[i] != NULL)
      json_array_add_object_element (locks, yeji_lock_box_to_json (self->locks[i]));
  json_object_set_string_member (object, "format", FORMAT);
  json_object_set_int_member (object, "version", VERSION);
  json_object_set_string_member (object, "id", self->id);
  json_object_set_int_member (object, "serial", self->serial);
  json_object_set_array_member (object, "keys", keys);
  json_object_set_string_member (object, "digest_key", self->wrapped_digest_key);
  json_object_set_array_member (object, "locks", locks);
  json_node_take_object (node, object);
  return yeji_json_print (node, TRUE);
}

const char *
yeji_vault_get_id (YejiVault *self)
{
  return self->id;
}

/**
 * yeji_vault_get_key_id:
 *
 * Returns: the id of the key that seals
 */
const char *
yeji_vault_get_key_id (YejiVault *self)
{
  const Key *key = g_ptr_array_index (self->keys, self->keys->len - 1);

  return key->id;
}

guint
yeji_vault_get_n_keys (YejiVault *self)
{
  return self->keys->len;
}

const YejiSecret *
yeji_vault_get_secret (YejiVault *self)
{
  return self->secret;
}

gboolean
yeji_vault_has_lock (YejiVault     *self,
                     YejiVaultLock  lock)
{
  return self->locks[lock] != NULL;
}

/**
 * yeji_vault_set_lock:
 * @phrase: (nullable): what shall open it from now on, %NULL takes the lock away
 *
 * Sets one of the locks. Takes half a second.
 *
 * Returns: %FALSE with %YEJI_VAULT_ERROR_MEMORY, and the lock as it was
 */
gboolean
yeji_vault_set_lock (YejiVault      *self,
                     YejiVaultLock   lock,
                     const char     *phrase,
                     GError        **error)
{
  YejiLockBox *box = NULL;

  g_return_val_if_fail (lock < N_YEJI_VAULT_LOCKS, FALSE);

  if (phrase != NULL)
    {
      box = yeji_lock_box_new (lock, self->secret, phrase, self->id, error);
      if (box == NULL)
        return FALSE;
    }
  yeji_lock_box_free (self->locks[lock]);
  self->locks[lock] = box;
  self->serial++;
  return TRUE;
}

/**
 * yeji_vault_add_key:
 *
 * Makes a new key, which seals from now on. The older ones go on to unseal.
 */
void
yeji_vault_add_key (YejiVault *self)
{
  add_key (self);
  self->serial++;
}

/**
 * yeji_vault_is_token:
 *
 * Returns: whether a text begins as a sealed one does
 */
gboolean
yeji_vault_is_token (const char *text)
{
  return strncmp (text, YEJI_VAULT_PREFIX, strlen (YEJI_VAULT_PREFIX)) == 0;
}

/* What is authenticated beside the text: where it stands, and with what it was sealed. */
static char *
make_additional (const char *key_id,
                 const char *revision,
                 const char *place)
{
  return g_strconcat (ALGORITHM, "\n", key_id, "\n", revision, "\n", place, NULL);
}

/**
 * yeji_vault_seal:
 * @text: what nobody shall read
 * @revision: a number that is bound to it, such as the history's step
 * @place: where it stands; in another place it is not unsealed
 *
 * Returns: (transfer full): the sealed text, which begins with %YEJI_VAULT_PREFIX
 */
char *
yeji_vault_seal (YejiVault  *self,
                 const char *text,
                 gint64      revision,
                 const char *place)
{
  const Key *key = g_ptr_array_index (self->keys, self->keys->len - 1);
  gsize length = strlen (text);
  gsize size = NONCE + length + TAG;
  gsize encoded = sodium_base64_encoded_len (size, BASE64);
  g_autofree guint8 *all = g_malloc (size);
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, revision);
  g_autofree char *additional = make_additional (key->id, number, place);
  g_autofree char *head = g_strconcat (YEJI_VAULT_PREFIX, key->id, ":", number, ":", NULL);
  gsize head_length = strlen (head);
  char *token = g_malloc (head_length + encoded);

  randombytes_buf (all, NONCE);
  crypto_aead_xchacha20poly1305_ietf_encrypt (all + NONCE, NULL, (const guint8 *) text, length,
                                              (const guint8 *) additional, strlen (additional),
                                              NULL, all, yeji_secret_peek (key->key));
  memcpy (token, head, head_length);
  sodium_bin2base64 (token + head_length, encoded, all, size, BASE64);
  return token;
}

/* Splits what is behind the prefix. */
static Key *
read_head (YejiVault   *self,
           const char  *token,
           char       **revision,
           const char **base64)
{
  const char *id = token + strlen (YEJI_VAULT_PREFIX);
  const char *colon = strchr (id, ':');
  const char *second = colon != NULL ? strchr (colon + 1, ':') : NULL;

  if (second == NULL || second - colon > 21)
    return NULL;
  *revision = g_strndup (colon + 1, (gsize) (second - colon - 1));
  *base64 = second + 1;
  return find_key (self, id, (gsize) (colon - id));
}

static char *
decrypt (const Key  *key,
         const char *revision,
         const char *base64,
         const char *place)
{
  gsize length = strlen (base64);
  g_autofree guint8 *all = g_malloc (length + 1);
  g_autofree char *additional = make_additional (key->id, revision, place);
  g_autofree char *text = NULL;
  gsize size = 0;

  if (sodium_base642bin (all, length, base64, length, NULL, &size, NULL, BASE64) != 0
      || size < NONCE + TAG)
    return NULL;
  text = g_malloc (size - NONCE - TAG + 1);
  if (crypto_aead_xchacha20poly1305_ietf_decrypt ((guint8 *) text, NULL, NULL, all + NONCE,
                                                  size - NONCE, (const guint8 *) additional,
                                                  strlen (additional), all,
                                                  yeji_secret_peek (key->key)) != 0)
    return NULL;
  text[size - NONCE - TAG] = '\0';
  return g_steal_pointer (&text);
}

/**
 * yeji_vault_unseal:
 * @token: a text for which yeji_vault_is_token() holds
 * @place: as it was given to yeji_vault_seal()
 *
 * Returns: (transfer full) (nullable): the text; %NULL with %YEJI_VAULT_ERROR_TOKEN
 */
char *
yeji_vault_unseal (YejiVault   *self,
                   const char  *token,
                   const char  *place,
                   GError     **error)
{
  g_autofree char *revision = NULL;
  const char *base64 = NULL;
  const Key *key;
  char *text = NULL;

  g_return_val_if_fail (yeji_vault_is_token (token), NULL);

  key = read_head (self, token, &revision, &base64);
  if (key != NULL)
    text = decrypt (key, revision, base64, place);
  if (text == NULL)
    g_set_error (error, YEJI_VAULT_ERROR, YEJI_VAULT_ERROR_TOKEN, "%s: %s", place,
                 key == NULL ? "sealed with a key that is not here"
                             : "sealed for another place, or altered");
  return text;
}

/**
 * yeji_vault_digest:
 *
 * Returns: (transfer full): a digest that is the same for the same text, and tells who has not got
 * the keys nothing; 48 hexadecimal digits
 */
char *
yeji_vault_digest (YejiVault  *self,
                   const char *text)
{
  guint8 digest[DIGEST_SIZE];
  gsize size = 2 * DIGEST_SIZE + 1;

  crypto_generichash (digest, sizeof digest, (const guint8 *) text, strlen (text),
                      yeji_secret_peek (self->digest_key), YEJI_SECRET_SIZE);
  return sodium_bin2hex (g_malloc (size), size, digest, sizeof digest);
}
