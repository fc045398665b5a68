// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* The Windows half of yeji-keyring.c, which has the documentation. The Credential Manager answers
 * at once and asks nothing. */

#define G_LOG_DOMAIN "yeji-vault"

#include "config.h"

#include "yeji-keyring.h"

#include <string.h>
#include <windows.h>
#include <wincred.h>

static gunichar2 *
make_name (const char *id)
{
  g_autofree char *name = g_strconcat ("Yeji/", id, NULL);

  return g_utf8_to_utf16 (name, -1, NULL, NULL, NULL);
}

gboolean
yeji_keyring_is_there (void)
{
  return g_strcmp0 (g_getenv ("YEJI_KEYRING"), "none") != 0;
}

char *
yeji_keyring_find (const char *id,
                   gboolean    may_ask,
                   guint       milliseconds)
{
  g_autofree gunichar2 *name = make_name (id);
  PCREDENTIALW credential = NULL;
  char *found;

  if (!CredReadW ((LPCWSTR) name, CRED_TYPE_GENERIC, 0, &credential))
    return NULL;
  found = g_strndup ((const char *) credential->CredentialBlob, credential->CredentialBlobSize);
  SecureZeroMemory (credential->CredentialBlob, credential->CredentialBlobSize);
  CredFree (credential);
  return found;
}

gboolean
yeji_keyring_store (const char *id,
                    const char *secret,
                    guint       milliseconds)
{
  g_autofree gunichar2 *name = make_name (id);
  CREDENTIALW credential = { 0 };

  credential.Type = CRED_TYPE_GENERIC;
  credential.TargetName = (LPWSTR) name;
  credential.CredentialBlob = (LPBYTE) secret;
  credential.CredentialBlobSize = (DWORD) strlen (secret);
  credential.Persist = CRED_PERSIST_LOCAL_MACHINE;
  return CredWriteW (&credential, 0);
}

gboolean
yeji_keyring_remove (const char *id,
                     guint       milliseconds)
{
  g_autofree gunichar2 *name = make_name (id);

  return CredDeleteW ((LPCWSTR) name, CRED_TYPE_GENERIC, 0)
    || GetLastError () == ERROR_NOT_FOUND;
}
