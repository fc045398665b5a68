// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-paper.h"

G_BEGIN_DECLS

/* A PDF that is being written: one paper behind the other, each with pages of its own. Only the
 * sheet that is drawn is in memory, and the shapes of the letters. */
typedef struct _YejiPaperPdf YejiPaperPdf;

YejiPaperPdf *yeji_paper_pdf_open        (GFile             *file,
                                          GFileCreateFlags   flags,
                                          GError           **error);
void          yeji_paper_pdf_set_title   (YejiPaperPdf      *self,
                                          const char        *title,
                                          const char        *subject);
void          yeji_paper_pdf_add         (YejiPaperPdf      *self,
                                          YejiPaper         *paper,
                                          const char        *outline);
guint         yeji_paper_pdf_count_pages (YejiPaperPdf      *self);
gboolean      yeji_paper_pdf_has_failed  (YejiPaperPdf      *self,
                                          GError           **error);
gboolean      yeji_paper_pdf_close       (YejiPaperPdf      *self,
                                          gboolean           keep,
                                          GError           **error);

G_END_DECLS
