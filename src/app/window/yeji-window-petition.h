// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-petition.h"
#include "yeji-window.h"

G_BEGIN_DECLS

GtkWidget *yeji_window_petition_open    (YejiWindow      *window,
                                         YejiPetitionKind kind);
void       yeji_window_petition_update  (YejiWindow      *window);
void       yeji_window_petition_install (GtkWidgetClass  *klass);

G_END_DECLS
