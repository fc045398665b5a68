// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-draft.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

GtkWidget *yeji_keep_dialog_new (GtkWindow *parent,
                                 YejiDraft *draft,
                                 YejiIssue *issue);

G_END_DECLS
