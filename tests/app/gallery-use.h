// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "gallery-screens.h"

G_BEGIN_DECLS

/* Qualification lists. */
GtkWidget *gallery_open_use      (Gallery *gallery);
GtkWidget *gallery_open_use_lost (Gallery *gallery);

G_END_DECLS
