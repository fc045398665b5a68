// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <adwaita.h>

#include "yeji-store.h"

G_BEGIN_DECLS

/* Says that there are invented records in a profile, as long as there are, and offers to take them
 * away. */
#define YEJI_TYPE_SAMPLES_BAR (yeji_samples_bar_get_type ())

G_DECLARE_FINAL_TYPE (YejiSamplesBar, yeji_samples_bar, YEJI, SAMPLES_BAR, AdwBin)

GtkWidget *yeji_samples_bar_new (YejiStore *store);

G_END_DECLS
