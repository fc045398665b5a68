// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <pango/pangocairo.h>

G_BEGIN_DECLS

void yeji_paper_show_layout (cairo_t         *cairo,
                             PangoLayout     *layout);
void yeji_paper_show_line   (cairo_t         *cairo,
                             PangoLayoutLine *line);

G_END_DECLS
