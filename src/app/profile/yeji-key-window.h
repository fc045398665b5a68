// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-store.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* How the personal numbers of a profile are protected, and what the clerk can do about it. */
#define YEJI_TYPE_KEY_WINDOW (yeji_key_window_get_type ())

G_DECLARE_FINAL_TYPE (YejiKeyWindow, yeji_key_window, YEJI, KEY_WINDOW, AdwWindow)

GtkWidget  *yeji_key_window_new                 (GtkWindow      *parent,
                                                 YejiStore      *store);
gboolean    yeji_key_window_is_busy             (YejiKeyWindow  *self);
void        yeji_key_window_make_recovery_code  (YejiKeyWindow  *self);
const char *yeji_key_window_get_recovery_code   (YejiKeyWindow  *self);
void        yeji_key_window_set_passphrase      (YejiKeyWindow  *self,
                                                 const char     *passphrase);
void        yeji_key_window_rotate              (YejiKeyWindow  *self);
GtkWidget  *yeji_key_window_ask_passphrase      (YejiKeyWindow  *self);

G_END_DECLS
