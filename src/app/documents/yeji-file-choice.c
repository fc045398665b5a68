// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-file-choice"

#include "config.h"

#include "yeji-file-choice.h"

#include <glib/gi18n.h>

typedef struct
{
  YejiFileChoiceFunc func;
  gpointer data;
} Choice;

static void
on_response (GtkNativeDialog *dialog,
             int              response,
             Choice          *choice)
{
  g_autoptr (GtkNativeDialog) kept = dialog;

  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr (GListModel) files = gtk_file_chooser_get_files (GTK_FILE_CHOOSER (dialog));

      choice->func (files, choice->data);
    }
}

static void
free_choice (gpointer  choice,
             GClosure *closure)
{
  g_free (choice);
}

/**
 * yeji_file_choice_run:
 * @several: whether more than one may be chosen
 * @func: called when files were chosen, not when the user thought better of it
 * @data: must live as long as @parent
 *
 * Asks for record files.
 */
void
yeji_file_choice_run (GtkWindow          *parent,
                      const char         *title,
                      gboolean            several,
                      YejiFileChoiceFunc  func,
                      gpointer            data)
{
  GtkFileChooserNative *dialog;
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();
  Choice *choice = g_new (Choice, 1);

  dialog = gtk_file_chooser_native_new (title, parent, GTK_FILE_CHOOSER_ACTION_OPEN, _("_Import"),
                                        _("_Cancel"));
  *choice = (Choice) { func, data };
  gtk_file_filter_set_name (filter, _("Record files"));
  gtk_file_filter_add_suffix (filter, "json");
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (dialog), filter);
  gtk_file_chooser_set_select_multiple (GTK_FILE_CHOOSER (dialog), several);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect_data (dialog, "response", G_CALLBACK (on_response), choice, free_choice, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}
