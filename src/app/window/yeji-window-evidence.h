// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-window.h"

G_BEGIN_DECLS

void yeji_window_evidence_install (GtkWidgetClass *klass);
void yeji_window_evidence_update  (YejiWindow     *window);
void yeji_window_show_documents   (YejiWindow     *window,
                                   const char     *uuid,
                                   const char     *slot);

G_END_DECLS
