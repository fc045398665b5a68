// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-sync-engine.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Asks for address, user and password. Signal "signed-in". */
#define YEJI_TYPE_SIGN_IN_DIALOG (yeji_sign_in_dialog_get_type ())

G_DECLARE_FINAL_TYPE (YejiSignInDialog, yeji_sign_in_dialog, YEJI, SIGN_IN_DIALOG, AdwWindow)

GtkWidget *yeji_sign_in_dialog_new (GtkWindow      *parent,
                                    YejiSyncEngine *engine,
                                    YejiStore      *store,
                                    const char     *url,
                                    const char     *user);

G_END_DECLS
