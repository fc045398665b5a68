// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-paper-text.h"

G_BEGIN_DECLS

/* What a form may use of a sheet, in points. */
#define YEJI_PAPER_MARGIN 48.0
#define YEJI_PAPER_INNER (YEJI_PAPER_WIDTH - 2 * YEJI_PAPER_MARGIN)
#define YEJI_PAPER_FOOT 30.0

/* Cells of a line at most; more columns nobody reads. */
#define YEJI_PAPER_MAX_CELLS 12

/**
 * YejiPaperCell:
 * @text: as it is: what is no text on paper (control characters, marks of direction) is made seen
 * @note: (nullable): smaller, below it
 * @width: points; those of a line come to YEJI_PAPER_INNER
 * @shaded: on light grey, for what a value is called
 * @in_middle: from left to right
 */
typedef struct
{
  YejiPaperStyle style;
  const char *text;
  const char *note;
  double width;
  gboolean shaded;
  gboolean in_middle;
} YejiPaperCell;

/* Draws into the room that was kept for it. */
typedef void (*YejiPaperPicture) (cairo_t *cairo,
                                  double   y,
                                  gpointer data);

/* Headings, lines of cells and pictures one below the other, put on as many sheets as they need. */
typedef struct _YejiPaperFlow YejiPaperFlow;

YejiPaperFlow *yeji_paper_flow_new           (void);
void           yeji_paper_flow_add_picture   (YejiPaperFlow       *self,
                                              double               height,
                                              YejiPaperPicture     picture,
                                              gpointer             data);
void           yeji_paper_flow_begin_section (YejiPaperFlow       *self,
                                              const char          *title);
void           yeji_paper_flow_set_head      (YejiPaperFlow       *self,
                                              const YejiPaperCell *cells,
                                              guint                n_cells);
void           yeji_paper_flow_begin_group   (YejiPaperFlow       *self,
                                              const char          *title);
void           yeji_paper_flow_end_group     (YejiPaperFlow       *self);
void           yeji_paper_flow_add_line      (YejiPaperFlow       *self,
                                              const YejiPaperCell *cells,
                                              guint                n_cells,
                                              double               min_height);
guint          yeji_paper_flow_count_pages   (YejiPaperFlow       *self);
void           yeji_paper_flow_draw          (YejiPaperFlow       *self,
                                              cairo_t             *cairo,
                                              guint                page,
                                              const char          *watermark);
void           yeji_paper_flow_free          (YejiPaperFlow       *self);

double         yeji_paper_guess_width        (const char          *text,
                                              double               size);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiPaperFlow, yeji_paper_flow_free)

G_END_DECLS
