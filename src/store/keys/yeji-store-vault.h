// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-store.h"

G_BEGIN_DECLS

/* Before the moment and ".json": wrapped keys that were lost, should what opens them be found. */
#define YEJI_STORE_LOST_CHEST_FILE "vault-lost-"

/* In the profile's directory: the wrapped keys once more, so that a damaged database does not take
 * them with it. */
#define YEJI_STORE_CHEST_FILE "vault.json"

/* What is given by hand where the key is not on the computer. */
typedef enum
{
  YEJI_STORE_KEY_ANY,          /* whichever of the two it is */
  YEJI_STORE_KEY_PASSPHRASE,
  YEJI_STORE_KEY_RECOVERY,
  YEJI_STORE_KEY_NEW,          /* nothing: the key is lost, and the profile gets a new one */
} YejiStoreKey;

/**
 * YejiKeyStatus:
 * @place: where the key lies: keyring, file, hand (it was given for this time)
 * @key_id: of the key that seals now
 * @n_keys: that one and the older ones, which open what lies in backups
 * @has_passphrase: whether a passphrase opens the profile
 * @has_recovery_code: whether there is a recovery code
 *
 * How the personal numbers of a profile are sealed.
 */
typedef struct
{
  const char *place;
  char *key_id;
  guint n_keys;
  gboolean has_passphrase;
  gboolean has_recovery_code;
} YejiKeyStatus;

YejiStore     *yeji_store_open_with_key      (const char       *directory,
                                              YejiDictionary   *dictionary,
                                              YejiStoreKey      kind,
                                              const char       *secret,
                                              GError          **error);
gboolean       yeji_store_peek_locks         (const char       *directory,
                                              gboolean         *has_passphrase,
                                              gboolean         *has_recovery_code);
gboolean       yeji_store_has_lost_key       (YejiStore        *self);
gboolean       yeji_store_find_lost_key      (YejiStore        *self,
                                              const char       *phrase,
                                              GError          **error);
YejiKeyStatus *yeji_store_get_key_status     (YejiStore        *self,
                                              GError          **error);
void           yeji_key_status_free          (YejiKeyStatus    *self);
gboolean       yeji_store_set_passphrase     (YejiStore        *self,
                                              const char       *passphrase,
                                              GError          **error);
char          *yeji_store_make_recovery_code (YejiStore        *self,
                                              GError          **error);
gboolean       yeji_store_rotate_key         (YejiStore        *self,
                                              GError          **error);

/* Settings that nobody shall read in the file, such as tokens */
char          *yeji_store_get_sealed_setting (YejiStore        *self,
                                              const char       *name,
                                              GError          **error);
gboolean       yeji_store_set_sealed_setting (YejiStore        *self,
                                              const char       *name,
                                              const char       *value,
                                              GError          **error);

/* Texts that lie outside of the profile, and that nobody shall read without its keys */
char          *yeji_store_seal_text          (YejiStore        *self,
                                              const char       *name,
                                              const char       *text,
                                              GError          **error);
char          *yeji_store_open_text          (YejiStore        *self,
                                              const char       *name,
                                              const char       *sealed,
                                              GError          **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiKeyStatus, yeji_key_status_free)

G_END_DECLS
