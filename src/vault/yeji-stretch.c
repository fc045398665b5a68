// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-stretch"

#include "config.h"

#include "yeji-stretch.h"

#include <string.h>

#include <sodium.h>

#include "yeji-gcrypt.h"

/* libgcrypt takes no empty phrase. */
static gboolean
stretch_nothing (const guint8 *salt,
                 guint64       passes,
                 guint64       memory,
                 guint8       *key,
                 gsize         size)
{
  return crypto_pwhash (key, size, "", 0, salt, passes, (gsize) memory,
                        crypto_pwhash_ALG_ARGON2ID13) == 0;
}

/**
 * yeji_stretch:
 * @phrase: what somebody could think of
 * @passes: how often all of the memory is gone through, 1 at least
 * @memory: in bytes, 8 KiB at least
 * @key: (out caller-allocates) (array length=size): what a guess cannot be had cheaper for
 *
 * Argon2id, version 1.3, of one lane (RFC 9106): the same bytes as libsodium's crypto_pwhash(). That
 * one is faster, but has the system fetch all of the memory at once, and whatever else the program
 * asks the system for waits until it is there: a window stood still for up to half a second.
 *
 * Returns: %FALSE where there is not so much memory
 */
gboolean
yeji_stretch (const char   *phrase,
              const guint8  salt[YEJI_STRETCH_SALT],
              guint64       passes,
              guint64       memory,
              guint8       *key,
              gsize         size)
{
  const unsigned long parameters[] = { (unsigned long) size, (unsigned long) passes,
                                       (unsigned long) (memory >> 10), 1 };
  gcry_kdf_hd_t handle;
  gboolean done;

  if (*phrase == '\0')
    return stretch_nothing (salt, passes, memory, key, size);
  if (memory >> 10 > G_MAXUINT32)
    return FALSE;              /* libgcrypt 1.10 would cut it off */
  yeji_gcrypt_set_up ();
  if (gcry_kdf_open (&handle, GCRY_KDF_ARGON2, GCRY_KDF_ARGON2ID, parameters,
                     G_N_ELEMENTS (parameters), phrase, strlen (phrase), salt, YEJI_STRETCH_SALT,
                     NULL, 0, NULL, 0) != 0)
    return FALSE;
  done = gcry_kdf_compute (handle, NULL) == 0 && gcry_kdf_final (handle, size, key) == 0;
  gcry_kdf_close (handle);
  return done;
}
