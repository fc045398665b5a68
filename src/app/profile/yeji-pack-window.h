// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-store.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Hands records over to another computer. Signal "done" (const char *text) when the file is there;
 * the window closes itself then. */
#define YEJI_TYPE_PACK_WINDOW (yeji_pack_window_get_type ())

G_DECLARE_FINAL_TYPE (YejiPackWindow, yeji_pack_window, YEJI, PACK_WINDOW, AdwWindow)

GtkWidget *yeji_pack_window_new      (GtkWindow          *parent,
                                      YejiStore          *store,
                                      const char *const  *uuids);
void       yeji_pack_window_set_path (YejiPackWindow     *self,
                                      const char         *path);
void       yeji_pack_window_type     (YejiPackWindow     *self,
                                      const char         *passphrase);
gboolean   yeji_pack_window_is_ready (YejiPackWindow     *self);
void       yeji_pack_window_start    (YejiPackWindow     *self);

G_END_DECLS
