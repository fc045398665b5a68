// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <cairo.h>
#include <gio/gio.h>

G_BEGIN_DECLS

/* Sheets of A4, whatever stands on them: for a printer, and for a file. */
typedef struct _YejiPaper YejiPaper;

/**
 * YejiPaperClass:
 * @lay_out: (nullable): goes on finding out how many sheets there are; %TRUE: that is known now
 * @count_pages: how many sheets there are, at least one
 * @draw: draws one sheet, counted from 0, in points from its left upper corner
 * @free: frees all but the base
 */
typedef struct
{
  gboolean (*lay_out)     (YejiPaper *self);
  guint    (*count_pages) (YejiPaper *self);
  void     (*draw)        (YejiPaper *self,
                           cairo_t   *cairo,
                           guint      page);
  void     (*free)        (YejiPaper *self);
} YejiPaperClass;

struct _YejiPaper
{
  const YejiPaperClass *klass;
  char *title;                 /* what it is called in a list of printed things */
  char *subject;               /* (nullable) */
};

gboolean yeji_paper_lay_out     (YejiPaper   *self);
guint    yeji_paper_count_pages (YejiPaper   *self);
void     yeji_paper_draw        (YejiPaper   *self,
                                 cairo_t     *cairo,
                                 guint        page);
gboolean yeji_paper_write_pdf   (YejiPaper   *self,
                                 const char  *path,
                                 GError     **error);
void     yeji_paper_free        (YejiPaper   *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiPaper, yeji_paper_free)

G_END_DECLS
