// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-vault"

#include "config.h"

#include "yeji-secret.h"

#include <string.h>

#include <sodium.h>

struct _YejiSecret
{
  guint8 bytes[YEJI_SECRET_SIZE];
};

/**
 * yeji_secret_init: (skip)
 *
 * Makes the library ready, once; everything else here does so by itself. Thread-safe.
 */
void
yeji_secret_init (void)
{
  static gsize ready = 0;

  if (!g_once_init_enter (&ready))
    return;
  if (sodium_init () < 0)
    g_error ("libsodium cannot be used");
  g_once_init_leave (&ready, 1);
}

static YejiSecret *
allocate (void)
{
  YejiSecret *self;

  yeji_secret_init ();
  self = sodium_malloc (sizeof (YejiSecret));
  if (self == NULL)
    g_error ("no memory for a key");
  return self;
}

/**
 * yeji_secret_new:
 *
 * Returns: (transfer full): a random one
 */
YejiSecret *
yeji_secret_new (void)
{
  YejiSecret *self = allocate ();

  randombytes_buf (self->bytes, sizeof self->bytes);
  return self;
}

/**
 * yeji_secret_new_from:
 * @bytes: (array fixed-size=32): the key
 *
 * Returns: (transfer full): a copy
 */
YejiSecret *
yeji_secret_new_from (const guint8 *bytes)
{
  YejiSecret *self = allocate ();

  memcpy (self->bytes, bytes, sizeof self->bytes);
  return self;
}

/**
 * yeji_secret_new_text:
 * @text: what yeji_secret_to_text() gave, maybe with blanks around it
 *
 * Returns: (transfer full) (nullable): the secret, %NULL if @text is none
 */
YejiSecret *
yeji_secret_new_text (const char *text)
{
  g_autoptr (YejiSecret) self = allocate ();
  gsize length = 0;

  if (sodium_base642bin (self->bytes, sizeof self->bytes, text, strlen (text), " \t\r\n", &length,
                         NULL, sodium_base64_VARIANT_ORIGINAL) != 0
      || length != sizeof self->bytes)
    return NULL;
  return g_steal_pointer (&self);
}

YejiSecret *
yeji_secret_copy (const YejiSecret *self)
{
  return yeji_secret_new_from (self->bytes);
}

/**
 * yeji_secret_peek:
 *
 * Returns: (transfer none) (array fixed-size=32): the bytes, good as long as @self
 */
const guint8 *
yeji_secret_peek (const YejiSecret *self)
{
  return self->bytes;
}

/**
 * yeji_secret_equal:
 *
 * Returns: whether both are the same, found out in a time that does not depend on it
 */
gboolean
yeji_secret_equal (const YejiSecret *self,
                   const YejiSecret *other)
{
  return sodium_memcmp (self->bytes, other->bytes, sizeof self->bytes) == 0;
}

/**
 * yeji_secret_to_text:
 *
 * Returns: (transfer full): the secret in base64, for a keyring or a file; to be freed with
 * yeji_secret_wipe_text()
 */
char *
yeji_secret_to_text (const YejiSecret *self)
{
  gsize size = sodium_base64_encoded_len (sizeof self->bytes, sodium_base64_VARIANT_ORIGINAL);

  return sodium_bin2base64 (g_malloc (size), size, self->bytes, sizeof self->bytes,
                            sodium_base64_VARIANT_ORIGINAL);
}

/**
 * yeji_secret_free:
 * @self: (nullable) (transfer full)
 */
void
yeji_secret_free (YejiSecret *self)
{
  sodium_free (self);   /* wipes it */
}

/**
 * yeji_secret_wipe_text:
 * @text: (nullable) (transfer full): a passphrase, a code, a key as text
 *
 * Overwrites and frees a text.
 */
void
yeji_secret_wipe_text (char *text)
{
  if (text != NULL)
    sodium_memzero (text, strlen (text));
  g_free (text);
}
