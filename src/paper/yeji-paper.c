// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-paper"

#include "config.h"

#include "yeji-paper.h"

#include "yeji-paper-pdf.h"

/**
 * yeji_paper_lay_out:
 *
 * Goes on finding out how many sheets there are, for about as long as a window may stand still.
 *
 * Returns: whether that is known now; call it again where it is not
 */
gboolean
yeji_paper_lay_out (YejiPaper *self)
{
  return self->klass->lay_out == NULL || self->klass->lay_out (self);
}

/**
 * yeji_paper_count_pages:
 *
 * Returns: how many sheets there are, at least one
 */
guint
yeji_paper_count_pages (YejiPaper *self)
{
  while (!yeji_paper_lay_out (self))
    continue;
  return self->klass->count_pages (self);
}

/**
 * yeji_paper_draw:
 * @cairo: whose unit is the point, with its origin at the sheet's left upper corner
 * @page: from 0
 *
 * Draws one sheet.
 */
void
yeji_paper_draw (YejiPaper *self,
                 cairo_t   *cairo,
                 guint      page)
{
  g_return_if_fail (page < yeji_paper_count_pages (self));

  self->klass->draw (self, cairo, page);
}

/**
 * yeji_paper_write_pdf:
 *
 * Writes all sheets into a file, wholly or not at all.
 */
gboolean
yeji_paper_write_pdf (YejiPaper   *self,
                      const char  *path,
                      GError     **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  YejiPaperPdf *pdf = yeji_paper_pdf_open (file, G_FILE_CREATE_NONE, error);

  if (pdf == NULL)
    return FALSE;
  yeji_paper_pdf_set_title (pdf, self->title, self->subject);
  yeji_paper_pdf_add (pdf, self, NULL);
  return yeji_paper_pdf_close (pdf, TRUE, error);
}

/**
 * yeji_paper_free:
 * @self: (transfer full)
 *
 * Frees the sheets.
 */
void
yeji_paper_free (YejiPaper *self)
{
  g_free (self->title);
  g_free (self->subject);
  self->klass->free (self);
}
