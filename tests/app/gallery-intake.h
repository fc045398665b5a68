// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "gallery-screens.h"

G_BEGIN_DECLS

/* Scans that come in. */
GtkWidget *gallery_open_intake  (Gallery *gallery);
GtkWidget *gallery_open_kind    (Gallery *gallery);
GtkWidget *gallery_open_shrink  (Gallery *gallery);
GtkWidget *gallery_open_combine (Gallery *gallery);

G_END_DECLS
