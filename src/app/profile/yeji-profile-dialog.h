// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-profile.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Asks for an enterprise's name and the day when its records are due. Signal "done" (const char
 * *name, const char *due or NULL), after which the dialog has gone. */
#define YEJI_TYPE_PROFILE_DIALOG (yeji_profile_dialog_get_type ())

G_DECLARE_FINAL_TYPE (YejiProfileDialog, yeji_profile_dialog, YEJI, PROFILE_DIALOG, AdwWindow)

GtkWidget *yeji_profile_dialog_new (GtkWindow    *parent,
                                    YejiProfile  *profile);

G_END_DECLS
