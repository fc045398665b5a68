// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "gallery-screens.h"

G_BEGIN_DECLS

/* Records that go to another computer, and come from one. */
GtkWidget *gallery_open_hand_over      (Gallery *gallery);
GtkWidget *gallery_open_take_over      (Gallery *gallery);
GtkWidget *gallery_open_take_over_plan (Gallery *gallery);

G_END_DECLS
