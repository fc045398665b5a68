// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-paper-flow.h"

G_BEGIN_DECLS

/* With what lines are laid out: names that come again and again are laid out once. */
typedef struct _YejiPaperPen YejiPaperPen;

/* Cells beside each other, as high as the highest. */
typedef struct _YejiPaperLine YejiPaperLine;

/* Which lines of text of each cell stand on a sheet: from the one, up to before the other. */
typedef struct
{
  guint from[YEJI_PAPER_MAX_CELLS];
  guint to[YEJI_PAPER_MAX_CELLS];
} YejiPaperRange;

YejiPaperPen  *yeji_paper_pen_new          (void);
void           yeji_paper_pen_free         (YejiPaperPen         *self);

YejiPaperLine *yeji_paper_line_new         (YejiPaperPen         *pen,
                                            const YejiPaperCell  *cells,
                                            guint                 n_cells,
                                            double                min_height);
double         yeji_paper_line_get_height  (YejiPaperLine        *self);
gboolean       yeji_paper_line_cut         (YejiPaperLine        *self,
                                            double                room,
                                            YejiPaperRange       *range,
                                            double               *height);
void           yeji_paper_line_draw_ground (YejiPaperLine        *self,
                                            cairo_t              *cairo,
                                            double                y,
                                            double                height);
void           yeji_paper_line_draw        (YejiPaperLine        *self,
                                            cairo_t              *cairo,
                                            double                y,
                                            double                height,
                                            const YejiPaperRange *range);
void           yeji_paper_line_free        (YejiPaperLine        *self);

G_END_DECLS
