// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-account.h"

G_BEGIN_DECLS

/* The tokens of one session, as threads use them and as the profile keeps them. Thread-safe. */
typedef struct _YejiTokenHolder YejiTokenHolder;

YejiTokenHolder *yeji_token_holder_new         (YejiStore         *store,
                                                const YejiAccount *account);
void             yeji_token_holder_free        (YejiTokenHolder   *self);
void             yeji_token_holder_detach      (YejiTokenHolder   *self);
char            *yeji_token_holder_dup_access  (YejiTokenHolder   *self);
char            *yeji_token_holder_dup_refresh (YejiTokenHolder   *self);
gboolean         yeji_token_holder_find        (YejiTokenHolder   *self,
                                                const char        *known);
gboolean         yeji_token_holder_renew       (YejiTokenHolder   *self,
                                                const char        *used,
                                                const char        *access,
                                                const char        *refresh,
                                                GError           **error);
gboolean         yeji_token_holder_end         (YejiTokenHolder   *self,
                                                GError           **error);

G_END_DECLS
