// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-package.h"
#include "yeji-store.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Takes over what another computer handed over: the passphrase, what would become of each record,
 * and then it is done. Signal "done" (const char *text, const char *batch) when it was; batch is
 * NULL when there was nothing to do. The window closes itself then. */
#define YEJI_TYPE_TAKE_WINDOW (yeji_take_window_get_type ())

G_DECLARE_FINAL_TYPE (YejiTakeWindow, yeji_take_window, YEJI, TAKE_WINDOW, AdwWindow)

GtkWidget  *yeji_take_window_new      (GtkWindow      *parent,
                                       YejiStore      *store,
                                       const char     *path);
void        yeji_take_window_type     (YejiTakeWindow *self,
                                       const char     *passphrase);
void        yeji_take_window_go_on    (YejiTakeWindow *self);
const char *yeji_take_window_get_page (YejiTakeWindow *self);

G_END_DECLS
