// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-secret.h"
#include "yeji-store.h"

G_BEGIN_DECLS

/* Where the tokens of a profile's session lie: never in the profile, so that neither a backup nor a
 * copy on another computer is signed in. */
typedef enum
{
  YEJI_TOKEN_PLACE_NONE,       /* there are no tokens */
  YEJI_TOKEN_PLACE_KEYRING,
  YEJI_TOKEN_PLACE_FILE,       /* without a keyring: sealed, in the user's own settings */
} YejiTokenPlace;

/* A session's; to be cleared. */
typedef struct
{
  char *access;                /* (nullable): to be renewed */
  char *refresh;               /* (nullable): without it there is no session */
} YejiTokenPair;

YejiTokenPlace yeji_token_place_get   (YejiStore            *store);
gboolean       yeji_token_place_read  (YejiTokenPair        *tokens,
                                       YejiStore            *store,
                                       GError              **error);
gboolean       yeji_token_place_write (const YejiTokenPair  *tokens,
                                       YejiStore            *store,
                                       GError              **error);
char          *yeji_token_place_get_path (YejiStore         *store);
void           yeji_token_pair_clear  (YejiTokenPair        *tokens);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (YejiTokenPair, yeji_token_pair_clear)

G_END_DECLS
