// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-receipt-print"

#include "config.h"

#include "yeji-receipt-print.h"

#include "yeji-paper-text.h"

static void
on_begin (GtkPrintOperation *operation,
          GtkPrintContext   *context,
          YejiReceiptPaper  *paper)
{
  gtk_print_operation_set_n_pages (operation, (int) yeji_receipt_paper_count_pages (paper));
}

/* On paper that is smaller than A4 the sheet is made smaller. */
static void
on_draw (GtkPrintOperation *operation,
         GtkPrintContext   *context,
         int                page,
         YejiReceiptPaper  *paper)
{
  cairo_t *cairo = gtk_print_context_get_cairo_context (context);
  const double scale = MIN (gtk_print_context_get_width (context) / YEJI_PAPER_WIDTH,
                            gtk_print_context_get_height (context) / YEJI_PAPER_HEIGHT);

  if (scale < 1)
    cairo_scale (cairo, scale, scale);
  yeji_receipt_paper_draw (paper, cairo, (guint) page);
}

static void
free_paper (gpointer data)
{
  yeji_receipt_paper_free (data);
}

/**
 * yeji_receipt_print_run:
 * @paper: (transfer full)
 * @title: what the printer's queue calls it
 *
 * Asks for a printer and prints.
 *
 * Returns: %FALSE with @error when that cannot be
 */
gboolean
yeji_receipt_print_run (YejiReceiptPaper  *paper,
                        const char        *title,
                        GtkWindow         *parent,
                        GError           **error)
{
  g_autoptr (GtkPrintOperation) operation = gtk_print_operation_new ();
  g_autoptr (GtkPageSetup) setup = gtk_page_setup_new ();
  g_autoptr (GtkPaperSize) size = gtk_paper_size_new (GTK_PAPER_NAME_A4);

  gtk_page_setup_set_paper_size_and_default_margins (setup, size);
  gtk_print_operation_set_default_page_setup (operation, setup);
  gtk_print_operation_set_use_full_page (operation, TRUE);
  gtk_print_operation_set_unit (operation, GTK_UNIT_POINTS);
  gtk_print_operation_set_job_name (operation, title);
  gtk_print_operation_set_allow_async (operation, TRUE);
  g_object_set_data_full (G_OBJECT (operation), "yeji-paper", paper, free_paper);
  g_signal_connect (operation, "begin-print", G_CALLBACK (on_begin), paper);
  g_signal_connect (operation, "draw-page", G_CALLBACK (on_draw), paper);
  return gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG, parent, error)
         != GTK_PRINT_OPERATION_RESULT_ERROR;
}
