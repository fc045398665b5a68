// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-secret.h"
#include "yeji-vault.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* One way to have a secret by a phrase: Argon2id, and the secret sealed with what it yields. */
typedef struct _YejiLockBox YejiLockBox;

char        *yeji_wrap                (const YejiSecret   *key,
                                       const YejiSecret   *with,
                                       const char         *purpose);
YejiSecret  *yeji_unwrap              (const char         *wrapped,
                                       const YejiSecret   *with,
                                       const char         *purpose);

YejiLockBox *yeji_lock_box_new        (YejiVaultLock       kind,
                                       const YejiSecret   *secret,
                                       const char         *phrase,
                                       const char         *vault_id,
                                       GError            **error);
YejiLockBox *yeji_lock_box_new_from_json (JsonObject      *object,
                                       YejiVaultLock       kind);
YejiLockBox *yeji_lock_box_copy       (const YejiLockBox  *self);
JsonObject  *yeji_lock_box_to_json    (const YejiLockBox  *self);
YejiSecret  *yeji_lock_box_open       (const YejiLockBox  *self,
                                       const char         *phrase,
                                       const char         *vault_id,
                                       GError            **error);
void         yeji_lock_box_free       (YejiLockBox        *self);
const char  *yeji_lock_box_get_name   (YejiVaultLock       kind);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiLockBox, yeji_lock_box_free)

G_END_DECLS
