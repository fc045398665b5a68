// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-import-plan.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

void yeji_import_counts_fill (GtkBox         *box,
                              YejiImportPlan *plan);

G_END_DECLS
