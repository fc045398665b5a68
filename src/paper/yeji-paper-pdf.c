// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-paper"

#include "config.h"

#include "yeji-paper-pdf.h"

#include <errno.h>

#include <cairo-pdf.h>
#include <glib/gstdio.h>

#include "yeji-platform.h"
#include "yeji-paper-text.h"

#define BLOCK 65536

/* What a file is called that was not there before, until it is whole. */
#define PART_SUFFIX ".part"

struct _YejiPaperPdf
{
  char *path;                  /* (nullable): where the part is moved to when it is whole */
  char *part;                  /* (nullable) */
  GOutputStream *stream;
  GError *failure;             /* (nullable): of the stream, the first one */
  cairo_surface_t *surface;
  cairo_t *cairo;
  guint n_pages;
};

static cairo_status_t
write_piece (void                *data,
             const unsigned char *piece,
             unsigned int         length)
{
  YejiPaperPdf *self = data;

  if (self->failure == NULL
      && g_output_stream_write_all (self->stream, piece, length, NULL, NULL, &self->failure))
    return CAIRO_STATUS_SUCCESS;
  return CAIRO_STATUS_WRITE_ERROR;
}

/* GIO writes beside a file that is there, and moves the new one into its place. One that is not
 * there it would write where everybody sees it. */
static GFile *
choose_place (GFile *file)
{
  g_autofree char *path = g_file_get_path (file);
  g_autofree char *part = path != NULL && !g_file_query_exists (file, NULL)
                            ? g_strconcat (path, PART_SUFFIX, NULL) : NULL;

  return part != NULL ? g_file_new_for_path (part) : g_object_ref (file);
}

/**
 * yeji_paper_pdf_open:
 * @flags: %G_FILE_CREATE_PRIVATE for what nobody else on this computer shall read
 *
 * Begins a file. Nobody sees it before yeji_paper_pdf_close().
 *
 * Returns: (transfer full) (nullable): the file; %NULL with an error of GIO
 */
YejiPaperPdf *
yeji_paper_pdf_open (GFile             *file,
                     GFileCreateFlags   flags,
                     GError           **error)
{
  g_autoptr (GFile) place = choose_place (file);
  g_autoptr (GFileOutputStream) stream = g_file_replace (place, NULL, FALSE, flags, NULL, error);
  YejiPaperPdf *self;

  if (stream == NULL)
    return NULL;
  self = g_new0 (YejiPaperPdf, 1);
  if (place != file)
    {
      self->path = g_file_get_path (file);
      self->part = g_file_get_path (place);
    }
  self->stream = g_buffered_output_stream_new_sized (G_OUTPUT_STREAM (stream), BLOCK);
  self->surface = cairo_pdf_surface_create_for_stream (write_piece, self, YEJI_PAPER_WIDTH,
                                                       YEJI_PAPER_HEIGHT);
  self->cairo = cairo_create (self->surface);
  return self;
}

/**
 * yeji_paper_pdf_set_title:
 * @subject: (nullable)
 *
 * Says what it is called; a reader shows that in place of the file's name.
 */
void
yeji_paper_pdf_set_title (YejiPaperPdf *self,
                          const char   *title,
                          const char   *subject)
{
  g_autofree char *clean = yeji_paper_clean (title);
  g_autofree char *clean_subject = subject != NULL ? yeji_paper_clean (subject) : NULL;

  cairo_pdf_surface_set_metadata (self->surface, CAIRO_PDF_METADATA_TITLE, clean);
  if (subject != NULL)
    cairo_pdf_surface_set_metadata (self->surface, CAIRO_PDF_METADATA_SUBJECT, clean_subject);
  cairo_pdf_surface_set_metadata (self->surface, CAIRO_PDF_METADATA_CREATOR,
                                  "Yeji " YEJI_VERSION);
}

static void
add_outline (YejiPaperPdf *self,
             const char   *outline)
{
  g_autofree char *place = g_strdup_printf ("page=%u pos=[0 0]", self->n_pages + 1);
  g_autofree char *clean = yeji_paper_clean (outline);

  cairo_pdf_surface_add_outline (self->surface, CAIRO_PDF_OUTLINE_ROOT, clean, place,
                                 CAIRO_PDF_OUTLINE_FLAG_OPEN);
}

/**
 * yeji_paper_pdf_add:
 * @outline: (nullable): what leads to it in the outline
 *
 * Draws all sheets of a paper. What goes wrong shows when it is closed, or by
 * yeji_paper_pdf_has_failed().
 */
void
yeji_paper_pdf_add (YejiPaperPdf *self,
                    YejiPaper    *paper,
                    const char   *outline)
{
  const guint n_pages = yeji_paper_count_pages (paper);

  if (outline != NULL)
    add_outline (self, outline);
  for (guint i = 0; i < n_pages; i++)
    {
      cairo_save (self->cairo);
      yeji_paper_draw (paper, self->cairo, i);
      cairo_restore (self->cairo);
      cairo_show_page (self->cairo);
    }
  self->n_pages += n_pages;
}

/**
 * yeji_paper_pdf_count_pages:
 *
 * Returns: how many sheets there are by now
 */
guint
yeji_paper_pdf_count_pages (YejiPaperPdf *self)
{
  return self->n_pages;
}

/**
 * yeji_paper_pdf_has_failed:
 *
 * Returns: whether nothing can come of it any more, a full disk for instance; @error is set then
 */
gboolean
yeji_paper_pdf_has_failed (YejiPaperPdf  *self,
                           GError       **error)
{
  const cairo_status_t status = cairo_status (self->cairo) != CAIRO_STATUS_SUCCESS
                                  ? cairo_status (self->cairo)
                                  : cairo_surface_status (self->surface);

  if (self->failure != NULL)
    {
      g_propagate_error (error, g_error_copy (self->failure));
      return TRUE;
    }
  if (status == CAIRO_STATUS_SUCCESS)
    return FALSE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "no PDF: %s",
               cairo_status_to_string (status));
  return TRUE;
}

static gboolean
move_part (YejiPaperPdf  *self,
           GError       **error)
{
  if (yeji_platform_rename (self->part, self->path) == 0)
    return TRUE;
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), "%s: %s", self->path,
               g_strerror (errno));
  return FALSE;
}

/**
 * yeji_paper_pdf_close:
 * @self: (transfer full)
 * @keep: %FALSE leaves things as they were before it was opened
 *
 * Ends the file. The letters are written now, so that this takes a moment.
 *
 * Returns: whether there is a file now; %TRUE where none is to be kept
 */
gboolean
yeji_paper_pdf_close (YejiPaperPdf  *self,
                      gboolean       keep,
                      GError       **error)
{
  g_autoptr (GCancellable) given_up = g_cancellable_new ();
  gboolean written = keep && !yeji_paper_pdf_has_failed (self, error);
  gboolean failed = keep && !written;
  gboolean closed;

  if (!written && self->failure == NULL)   /* what cairo still has is for nobody */
    self->failure = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "given up");
  cairo_destroy (self->cairo);
  cairo_surface_finish (self->surface);
  if (written && (self->failure != NULL
                  || cairo_surface_status (self->surface) != CAIRO_STATUS_SUCCESS))
    {
      failed = TRUE;
      written = FALSE;
      if (self->failure != NULL)
        g_propagate_error (error, g_steal_pointer (&self->failure));
      else
        g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "no PDF: %s",
                     cairo_status_to_string (cairo_surface_status (self->surface)));
    }
  /* GIO does not put the new file into the old one's place when closing is cancelled. */
  if (!written)
    g_cancellable_cancel (given_up);
  closed = g_output_stream_close (self->stream, given_up, written ? error : NULL);
  if (self->part != NULL && written && closed)
    closed = move_part (self, error);
  if (self->part != NULL && !(written && closed))
    yeji_platform_remove (self->part);
  cairo_surface_destroy (self->surface);
  g_object_unref (self->stream);
  g_clear_error (&self->failure);
  g_free (self->path);
  g_free (self->part);
  g_free (self);
  return !keep || (!failed && closed);
}
