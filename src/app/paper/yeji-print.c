// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-print"

#include "config.h"

#include "yeji-print.h"

#include "yeji-desktop.h"
#include "yeji-paper-text.h"

/* GTK asks again and again until it is done, with the window alive in between. */
static gboolean
on_paginate (GtkPrintOperation *operation,
             GtkPrintContext   *context,
             YejiPaper         *paper)
{
  if (!yeji_paper_lay_out (paper))
    return FALSE;
  gtk_print_operation_set_n_pages (operation, (int) yeji_paper_count_pages (paper));
  return TRUE;
}

/* On paper that is smaller than A4 the sheet is made smaller. */
static void
on_draw (GtkPrintOperation *operation,
         GtkPrintContext   *context,
         int                page,
         YejiPaper         *paper)
{
  cairo_t *cairo = gtk_print_context_get_cairo_context (context);
  const double scale = MIN (gtk_print_context_get_width (context) / YEJI_PAPER_WIDTH,
                            gtk_print_context_get_height (context) / YEJI_PAPER_HEIGHT);

  if (scale < 1)
    cairo_scale (cairo, scale, scale);
  yeji_paper_draw (paper, cairo, (guint) page);
}

static void
free_paper (gpointer data)
{
  yeji_paper_free (data);
}

/**
 * yeji_print_operation_new:
 * @paper: (transfer full)
 *
 * Returns: (transfer full): what prints it on A4, shows it before that, or writes it to a file
 */
GtkPrintOperation *
yeji_print_operation_new (YejiPaper *paper)
{
  GtkPrintOperation *operation = gtk_print_operation_new ();
  g_autoptr (GtkPageSetup) setup = gtk_page_setup_new ();
  g_autoptr (GtkPaperSize) size = gtk_paper_size_new (GTK_PAPER_NAME_A4);

  gtk_page_setup_set_paper_size_and_default_margins (setup, size);
  gtk_print_operation_set_default_page_setup (operation, setup);
  gtk_print_operation_set_use_full_page (operation, TRUE);
  gtk_print_operation_set_unit (operation, GTK_UNIT_POINTS);
  gtk_print_operation_set_job_name (operation, paper->title);
  gtk_print_operation_set_allow_async (operation, TRUE);
  g_object_set_data_full (G_OBJECT (operation), "yeji-paper", paper, free_paper);
  g_signal_connect (operation, "paginate", G_CALLBACK (on_paginate), paper);
  g_signal_connect (operation, "draw-page", G_CALLBACK (on_draw), paper);
  return operation;
}

/**
 * yeji_print_run:
 * @paper: (transfer full): its title is what the printer's queue calls it
 *
 * Asks for a printer and prints; the same dialog shows the sheets and makes a PDF.
 *
 * Returns: %FALSE with @error when that cannot be
 */
gboolean
yeji_print_run (YejiPaper  *paper,
                GtkWindow  *parent,
                GError    **error)
{
  g_autoptr (GtkPrintOperation) operation = yeji_print_operation_new (paper);

  return yeji_desktop_check_printer (error)
         && gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG, parent,
                                     error)
            != GTK_PRINT_OPERATION_RESULT_ERROR;
}
