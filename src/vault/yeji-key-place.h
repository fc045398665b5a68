// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-secret.h"

G_BEGIN_DECLS

/**
 * YejiKeyPlace:
 * @YEJI_KEY_PLACE_NONE: nowhere on this computer
 * @YEJI_KEY_PLACE_KEYRING: in the system's keyring
 * @YEJI_KEY_PLACE_FILE: in a file of the user's configuration
 * @YEJI_KEY_PLACE_HAND: in this program alone: somebody gave it
 *
 * Where the secret of a vault lies.
 */
typedef enum
{
  YEJI_KEY_PLACE_NONE,
  YEJI_KEY_PLACE_KEYRING,
  YEJI_KEY_PLACE_FILE,
  YEJI_KEY_PLACE_HAND,
} YejiKeyPlace;

void          yeji_key_place_set_may_ask (gboolean           may_ask);
guint         yeji_key_place_get_patience (gboolean       *may_ask);
void          yeji_key_place_hold        (const char        *vault_id,
                                          const YejiSecret  *secret);
void          yeji_key_place_forget      (const char        *vault_id);
YejiSecret   *yeji_key_place_find        (const char        *vault_id,
                                          YejiKeyPlace      *place);
YejiKeyPlace  yeji_key_place_store       (const char        *vault_id,
                                          const YejiSecret  *secret,
                                          gboolean           in_file,
                                          GError           **error);
gboolean      yeji_key_place_remove_file (const char        *vault_id,
                                          GError           **error);
char         *yeji_key_place_get_path    (const char        *vault_id);

G_END_DECLS
