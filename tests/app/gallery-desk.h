// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "gallery-screens.h"

G_BEGIN_DECLS

/* Evidence, tray and transfers; what the province says of the program. */
GtkWidget *gallery_open_evidence    (Gallery *gallery);
GtkWidget *gallery_open_tray        (Gallery *gallery);
GtkWidget *gallery_open_places      (Gallery *gallery);
GtkWidget *gallery_open_transfers   (Gallery *gallery);
GtkWidget *gallery_open_limits      (Gallery *gallery);
GtkWidget *gallery_open_uploading   (Gallery *gallery);
GtkWidget *gallery_open_sync        (Gallery *gallery);
GtkWidget *gallery_open_deadline    (Gallery *gallery);
GtkWidget *gallery_open_new_version (Gallery *gallery);

G_END_DECLS
