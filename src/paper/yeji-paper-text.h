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
  YEJI_PAPER_FORM_TITLE,       /* of a form, in the middle */
  YEJI_PAPER_SECTION,          /* the heading of a part of a form */
  YEJI_PAPER_FIELD,            /* what a cell of a form is called */
  YEJI_PAPER_VALUE,
  YEJI_PAPER_ROW,              /* what a row of a table is called */
  YEJI_PAPER_NOTE,             /* below a value, at the foot of a sheet */
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
char  *yeji_paper_print_moment (const char     *moment,
                                const char     *format);
char  *yeji_paper_clean        (const char     *text);

PangoContext *yeji_paper_context_new (void);
PangoLayout  *yeji_paper_layout_new  (PangoContext   *context,
                                      YejiPaperStyle  style,
                                      double          width,
                                      const char     *text);
void          yeji_paper_set_grey    (cairo_t        *cairo,
                                      YejiPaperStyle  style);
double        yeji_paper_get_size    (YejiPaperStyle  style);

G_END_DECLS
