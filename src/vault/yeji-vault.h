// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-mask.h"
#include "yeji-secret.h"

G_BEGIN_DECLS

#define YEJI_VAULT_ERROR (yeji_vault_error_quark ())

/* What every sealed text begins with. */
#define YEJI_VAULT_PREFIX YEJI_SEALED_PREFIX "1:"

/**
 * YejiVaultError:
 * @YEJI_VAULT_ERROR_CHEST: the text is no chest, or a damaged one
 * @YEJI_VAULT_ERROR_KEY: the secret, passphrase or code is not the right one
 * @YEJI_VAULT_ERROR_NO_LOCK: the chest has no lock of that kind
 * @YEJI_VAULT_ERROR_TOKEN: a sealed text is of another vault or place, or it was altered
 * @YEJI_VAULT_ERROR_MEMORY: there is not the memory that the lock needs
 */
typedef enum
{
  YEJI_VAULT_ERROR_CHEST,
  YEJI_VAULT_ERROR_KEY,
  YEJI_VAULT_ERROR_NO_LOCK,
  YEJI_VAULT_ERROR_TOKEN,
  YEJI_VAULT_ERROR_MEMORY,
} YejiVaultError;

/* How the secret can be had by hand. */
typedef enum
{
  YEJI_VAULT_PASSPHRASE,
  YEJI_VAULT_RECOVERY,
  N_YEJI_VAULT_LOCKS
} YejiVaultLock;

/* The keys of a profile. For one thread at a time. */
typedef struct _YejiVault YejiVault;

GQuark      yeji_vault_error_quark (void);
YejiVault  *yeji_vault_new         (void);
YejiVault  *yeji_vault_open        (const char        *chest,
                                    const YejiSecret  *secret,
                                    GError           **error);
YejiSecret *yeji_vault_unlock      (const char        *chest,
                                    YejiVaultLock      lock,
                                    const char        *phrase,
                                    GError           **error);
char       *yeji_vault_find_id     (const char        *chest,
                                    GError           **error);
gint64      yeji_vault_find_serial (const char        *chest);
gboolean    yeji_vault_find_lock   (const char        *chest,
                                    YejiVaultLock      lock);
gboolean    yeji_vault_learn       (YejiVault         *self,
                                    const char        *chest,
                                    GError           **error);
void        yeji_vault_adopt       (YejiVault         *self,
                                    YejiVault         *other);
char       *yeji_vault_to_text     (YejiVault         *self);
void        yeji_vault_free        (YejiVault         *self);

const char       *yeji_vault_get_id     (YejiVault      *self);
const char       *yeji_vault_get_key_id (YejiVault      *self);
guint             yeji_vault_get_n_keys (YejiVault      *self);
const YejiSecret *yeji_vault_get_secret (YejiVault      *self);
gboolean          yeji_vault_has_lock   (YejiVault      *self,
                                         YejiVaultLock   lock);
gboolean          yeji_vault_set_lock   (YejiVault      *self,
                                         YejiVaultLock   lock,
                                         const char     *phrase,
                                         GError        **error);
void              yeji_vault_add_key    (YejiVault      *self);

gboolean    yeji_vault_is_token    (const char        *text);
char       *yeji_vault_seal        (YejiVault         *self,
                                    const char        *text,
                                    gint64             revision,
                                    const char        *place);
char       *yeji_vault_unseal      (YejiVault         *self,
                                    const char        *token,
                                    const char        *place,
                                    GError           **error);
char       *yeji_vault_digest      (YejiVault         *self,
                                    const char        *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiVault, yeji_vault_free)

G_END_DECLS
