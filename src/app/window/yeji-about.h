// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

GtkWidget *yeji_about_show (GtkWindow *parent);

G_END_DECLS
