// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <pango/pangocairo.h>

G_BEGIN_DECLS

/* A4 in points. */
#define YEJI_PAPER_WIDTH 595.28
#define YEJI_PAPER_HEIGHT 841.89

/* How a text looks on paper. */
typedef enum
{
  YEJI_PAPER_TITLE,
  YEJI_PAPER_HEADING,
  YEJI_PAPER_BODY,
  YEJI_PAPER_STRONG,
  YEJI_PAPER_LABEL,            /* grey and small, beside or above what it names */
  YEJI_PAPER_SMALL,
  YEJI_PAPER_CODE,             /* numbers and sums, all digits of one width */
  YEJI_PAPER_SMALL_CODE,
  N_YEJI_PAPER_STYLES
} YejiPaperStyle;

double yeji_paper_draw_text    (cairo_t        *cairo,
                                YejiPaperStyle  style,
                                double          x,
                                double          y,
                                double          width,
                                const char     *text);
void   yeji_paper_draw_text_end (cairo_t       *cairo,
                                YejiPaperStyle  style,
                                double          x,
                                double          y,
                                const char     *text);
double yeji_paper_measure_text (cairo_t        *cairo,
                                YejiPaperStyle  style,
                                double          width,
                                const char     *text);
void   yeji_paper_draw_line    (cairo_t        *cairo,
                                double          x,
                                double          y,
                                double          width,
                                double          grey);
char  *yeji_paper_group_digits (const char     *digits,
                                guint           group);

G_END_DECLS
