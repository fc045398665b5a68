// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-page-source.h"

G_BEGIN_DECLS

/* The longer side of a drawing that is looked at: a line of text is still darker than its paper. */
#define YEJI_PAGE_INK_SIDE 800

double yeji_page_measure_ink (const YejiPagePicture *picture);

G_END_DECLS
