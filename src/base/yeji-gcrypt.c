// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-gcrypt"

#include "config.h"

#include "yeji-gcrypt.h"

/**
 * yeji_gcrypt_set_up:
 *
 * Is called before anything of libgcrypt, as often as anybody wants. It is libsecret's library, too:
 * whoever comes first has set it up. Thread-safe.
 */
void
yeji_gcrypt_set_up (void)
{
  static gsize done;

  if (!g_once_init_enter (&done))
    return;
  if (!gcry_control (GCRYCTL_INITIALIZATION_FINISHED_P))
    {
      gcry_check_version (NULL);
      gcry_control (GCRYCTL_DISABLE_SECMEM, 0);
      gcry_control (GCRYCTL_INITIALIZATION_FINISHED, 0);
    }
  g_once_init_leave (&done, 1);
}
