// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "gallery-screens.h"

G_BEGIN_DECLS

/* What is asked of the province for a record that is approved. */
GtkWidget *gallery_open_correction (Gallery *gallery);
GtkWidget *gallery_open_withdrawal (Gallery *gallery);

G_END_DECLS
