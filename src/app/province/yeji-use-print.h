// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <gtk/gtk.h>

#include "yeji-use-paper.h"

G_BEGIN_DECLS

gboolean yeji_use_print_run (YejiUsePaper  *paper,
                             const char    *title,
                             GtkWindow     *parent,
                             GError       **error);

G_END_DECLS
