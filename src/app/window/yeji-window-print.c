// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-window-print"

#include "config.h"

#include "yeji-window-print.h"

#include <glib/gi18n.h>

#include "yeji-background.h"
#include "yeji-declaration-paper.h"
#include "yeji-print-dialog.h"
#include "yeji-print.h"
#include "yeji-window-bulk.h"

/* The declaration forms of the open record, or of those that are selected. Reading and laying out
 * is a job beside the window, as other things that are done with many records. */

#define SUFFIX ".pdf"

static YejiWindowPrinter printer = yeji_print_run;

/* What is being printed. */
typedef struct
{
  gboolean full;
  GPtrArray *declarations;     /* for paper: what was read */
  YejiPaperPdf *pdf;           /* for a file: (nullable): until it is closed */
  GFile *file;
  guint n_done;
} Printing;

static void
free_printing (gpointer data)
{
  Printing *printing = data;

  if (printing->pdf != NULL)
    yeji_paper_pdf_close (printing->pdf, FALSE, NULL);
  g_clear_object (&printing->file);
  g_clear_pointer (&printing->declarations, g_ptr_array_unref);
  g_free (printing);
}

static guint
count_done (GPtrArray *results)
{
  guint n = 0;

  for (guint i = 0; i < results->len; i++)
    n += ((const YejiBulkResult *) g_ptr_array_index (results, i))->done;
  return n;
}

/* ---- On paper */

static gboolean
read_record (YejiStore       *store,
             YejiEntry       *entry,
             gpointer         data,
             YejiBulkResult  *result,
             GCancellable    *cancellable,
             GError         **error)
{
  Printing *printing = data;
  YejiDeclaration *declaration = yeji_declaration_load (store, yeji_entry_get_uuid (entry), error);

  if (declaration != NULL)
    g_ptr_array_add (printing->declarations, declaration);
  return declaration != NULL;
}

static void
print_read (YejiWindow *window,
            GPtrArray  *results,
            guint       n_all,
            gpointer    data)
{
  Printing *printing = data;
  g_autoptr (GError) error = NULL;
  YejiPaper *paper;

  if (results->len < n_all)
    {
      yeji_window_say (window, _("Cancelled: nothing was printed"));
      return;
    }
  if (printing->declarations->len < n_all)
    {
      g_autofree char *text = g_strdup_printf (ngettext ("%u record could not be read",
                                                         "%u records could not be read",
                                                         n_all - printing->declarations->len),
                                               n_all - printing->declarations->len);

      yeji_window_say (window, text);
    }
  if (printing->declarations->len == 0)
    return;
  paper = yeji_declarations_paper_new (g_steal_pointer (&printing->declarations), printing->full);
  if (!printer (paper, GTK_WINDOW (window), &error))
    yeji_window_say_error (window, error);
}

static const YejiBulkErrand on_paper = { read_record, N_("Reading %u of %u…"), print_read };

/**
 * yeji_window_print_on_paper:
 * @full: whether personal numbers are open
 *
 * Reads records, and asks for a printer then.
 */
void
yeji_window_print_on_paper (YejiWindow         *window,
                            const char * const *uuids,
                            gboolean            full)
{
  Printing *printing = g_new0 (Printing, 1);

  printing->full = full;
  printing->declarations = g_ptr_array_new_with_free_func ((GDestroyNotify) yeji_declaration_free);
  yeji_window_bulk_run (window, &on_paper, uuids, printing, free_printing);
}

/* ---- To a file */

static gboolean
write_record (YejiStore       *store,
              YejiEntry       *entry,
              gpointer         data,
              YejiBulkResult  *result,
              GCancellable    *cancellable,
              GError         **error)
{
  Printing *printing = data;
  g_autoptr (YejiDeclaration) declaration = NULL;

  declaration = yeji_declaration_load (store, yeji_entry_get_uuid (entry), error);
  return declaration != NULL
         && yeji_declaration_add_to_pdf (declaration, printing->full, printing->pdf, error);
}

/* The letters are written now. */
static gpointer
close_file (gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  Printing *printing = data;
  gboolean closed = yeji_paper_pdf_close (g_steal_pointer (&printing->pdf), TRUE, error);

  return closed ? g_file_get_basename (printing->file) : NULL;
}

static void
on_closed (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  YejiWindow *window = YEJI_WINDOW (source);
  Printing *printing = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = yeji_background_finish (result, &error);
  g_autofree char *shown = name != NULL ? g_filename_display_name (name) : NULL;
  g_autofree char *text = NULL;
  g_autofree char *whole = NULL;

  if (!gtk_widget_get_realized (GTK_WIDGET (window)))
    return;
  if (name == NULL)
    {
      yeji_window_say_error (window, error);
      return;
    }
  text = g_strdup_printf (ngettext ("%u record printed to %s", "%u records printed to %s",
                                    printing->n_done), printing->n_done, shown);
  whole = printing->full
            ? g_strdup_printf (C_("two findings", "%s, %s"), text,
                               _("personal numbers in it in clear text"))
            : g_strdup (text);
  yeji_window_say (window, whole);
}

static void
close_written (YejiWindow *window,
               GPtrArray  *results,
               guint       n_all,
               gpointer    data)
{
  Printing *printing = data;
  Printing *rest;

  if (results->len < n_all || count_done (results) < n_all)
    {
      yeji_window_say (window, results->len < n_all
                                 ? _("Cancelled: no file was written")
                                 : _("A record could not be printed: no file was written"));
      return;
    }
  rest = g_new0 (Printing, 1);
  rest->full = printing->full;
  rest->pdf = g_steal_pointer (&printing->pdf);
  rest->file = g_object_ref (printing->file);
  rest->n_done = n_all;
  yeji_background_run (window, close_file, rest, free_printing, g_free, on_closed, rest);
}

static const YejiBulkErrand to_file = { write_record, N_("Printing %u of %u…"), close_written };

/**
 * yeji_window_print_to_file:
 * @full: whether personal numbers are open
 *
 * Writes the forms of records into a PDF, all or none; the list says how far it is.
 */
void
yeji_window_print_to_file (YejiWindow         *window,
                           const char * const *uuids,
                           gboolean            full,
                           GFile              *file)
{
  Printing *printing = g_new0 (Printing, 1);
  g_autoptr (GError) error = NULL;

  printing->full = full;
  printing->file = g_object_ref (file);
  printing->pdf = yeji_paper_pdf_open (file, G_FILE_CREATE_PRIVATE, &error);
  if (printing->pdf == NULL)
    {
      yeji_window_say_error (window, error);
      free_printing (printing);
      return;
    }
  yeji_window_bulk_run (window, &to_file, uuids, printing, free_printing);
}

/* ---- Asking */

typedef struct
{
  YejiWindow *window;          /* (nullable): weak */
  GStrv uuids;
  gboolean full;
} Wish;

static Wish *
new_wish (YejiWindow         *window,
          const char * const *uuids)
{
  Wish *wish = g_new0 (Wish, 1);

  g_set_weak_pointer (&wish->window, window);
  wish->uuids = g_strdupv ((GStrv) uuids);
  return wish;
}

static void
free_wish (gpointer data)
{
  Wish *wish = data;

  g_clear_weak_pointer (&wish->window);
  g_strfreev (wish->uuids);
  g_free (wish);
}

static void
free_chosen (gpointer  data,
             GClosure *closure)
{
  free_wish (data);
}

static void
on_place_chosen (GtkNativeDialog *dialog,
                 int              response,
                 Wish            *wish)
{
  g_autoptr (GtkNativeDialog) kept = dialog;
  g_autoptr (GFile) file = NULL;
  g_autofree char *name = NULL;

  if (response != GTK_RESPONSE_ACCEPT || wish->window == NULL)
    return;
  file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  name = g_file_get_basename (file);
  if (!g_str_has_suffix (name, SUFFIX))
    {
      g_autoptr (GFile) folder = g_file_get_parent (file);
      g_autofree char *longer = g_strconcat (name, SUFFIX, NULL);

      g_set_object (&file, NULL);
      file = g_file_get_child (folder, longer);
    }
  yeji_window_print_to_file (wish->window, (const char *const *) wish->uuids, wish->full, file);
}

static void
choose_place (Wish *wish)
{
  GtkFileChooserNative *dialog;
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();
  g_autofree char *name = g_strconcat (_("Declaration"), SUFFIX, NULL);
  Wish *copy = new_wish (wish->window, (const char *const *) wish->uuids);

  copy->full = wish->full;
  dialog = gtk_file_chooser_native_new (_("Save as PDF"), GTK_WINDOW (wish->window),
                                        GTK_FILE_CHOOSER_ACTION_SAVE, _("_Save"), _("_Cancel"));
  gtk_file_filter_set_name (filter, _("PDF, to read and print"));
  gtk_file_filter_add_suffix (filter, SUFFIX + 1);
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (dialog), filter);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), name);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect_data (dialog, "response", G_CALLBACK (on_place_chosen), copy, free_chosen, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static void
on_answer (YejiPrintWhere where,
           gboolean       full,
           gpointer       data)
{
  Wish *wish = data;

  if (wish->window == NULL)
    return;
  wish->full = full;
  if (where == YEJI_PRINT_TO_FILE)
    choose_place (wish);
  else
    yeji_window_print_on_paper (wish->window, (const char *const *) wish->uuids, full);
}

/**
 * yeji_window_print_ask:
 *
 * Asks how the forms of records shall be printed, and prints them.
 *
 * Returns: (transfer none) (nullable): the dialog; %NULL while something else is being done
 */
GtkWidget *
yeji_window_print_ask (YejiWindow         *window,
                       const char * const *uuids)
{
  if (yeji_window_bulk_refuse (window))
    return NULL;
  return yeji_print_dialog_show (GTK_WINDOW (window), g_strv_length ((GStrv) uuids), on_answer,
                                 new_wish (window, uuids), free_wish);
}

/**
 * yeji_window_print_set_printer:
 * @new_printer: what yeji_window_print_on_paper() hands the paper to; it frees the paper
 *
 * For tests, which have no printer to ask for.
 */
void
yeji_window_print_set_printer (YejiWindowPrinter new_printer)
{
  printer = new_printer;
}

static void
on_print_records (GtkWidget  *widget,
                  const char *name,
                  GVariant   *target)
{
  g_autofree const char **uuids = g_variant_get_strv (target, NULL);

  if (uuids[0] != NULL)
    yeji_window_print_ask (YEJI_WINDOW (widget), uuids);
}

/* Of the record that is open; in the list of those that are selected. */
static void
on_print (GtkWidget  *widget,
          const char *name,
          GVariant   *target)
{
  YejiDraft *draft = yeji_window_get_draft (YEJI_WINDOW (widget));
  const char *uuids[] = { NULL, NULL };

  if (draft == NULL)
    {
      gtk_widget_activate_action (GTK_WIDGET (yeji_window_get_list (YEJI_WINDOW (widget))),
                                  "records.print", NULL);
      return;
    }
  uuids[0] = yeji_draft_get_uuid (draft);
  yeji_window_print_ask (YEJI_WINDOW (widget), uuids);
}

/**
 * yeji_window_print_install:
 *
 * Adds the actions of this file to the window's class.
 */
void
yeji_window_print_install (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "win.print", NULL, on_print);
  gtk_widget_class_install_action (klass, "win.print-records", "as", on_print_records);
}
