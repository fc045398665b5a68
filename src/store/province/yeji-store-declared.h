// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-declared.h"
#include "yeji-store.h"

G_BEGIN_DECLS

/* In the profile's directory: the filter of what other systems have, as the province sent it. */
#define YEJI_STORE_DECLARED_FILE "declared.filter"

YejiDeclared *yeji_store_get_declared       (YejiStore         *self);
gboolean      yeji_store_load_declared      (YejiStore         *self,
                                             GError           **error);
gboolean      yeji_store_refresh_declared   (YejiStore         *self,
                                             GError           **error);
char         *yeji_store_dup_declared_tag   (YejiStore         *self);
gboolean      yeji_store_take_declared      (YejiStore         *self,
                                             GBytes            *bytes,
                                             GError           **error);
gboolean      yeji_store_note_declared      (YejiStore         *self,
                                             const char        *number,
                                             JsonNode          *answer,
                                             GError           **error);
YejiDeclared *yeji_declared_new_for_directory (const char      *directory);

G_END_DECLS
