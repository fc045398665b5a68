// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "gallery-screens.h"

G_BEGIN_DECLS

/* A workbook that is imported. */
GtkWidget *gallery_open_import_columns (Gallery *gallery);
GtkWidget *gallery_open_import         (Gallery *gallery);
GtkWidget *gallery_open_import_records (Gallery *gallery);
GtkWidget *gallery_open_import_target  (Gallery *gallery);

G_END_DECLS
