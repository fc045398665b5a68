// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "gallery-screens.h"

G_BEGIN_DECLS

/* What a profile has behind it, and others beside it. */
GtkWidget *gallery_open_backups     (Gallery *gallery);
GtkWidget *gallery_open_notices     (Gallery *gallery);
GtkWidget *gallery_open_reports     (Gallery *gallery);
GtkWidget *gallery_open_enterprises (Gallery *gallery);

G_END_DECLS
