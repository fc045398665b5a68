// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-print-dialog"

#include "config.h"

#include "yeji-print-dialog.h"

#include <adwaita.h>
#include <glib/gi18n.h>

typedef struct
{
  YejiPrintAnswer answer;
  gpointer data;
  GDestroyNotify free_data;
} Asked;

static void
free_asked (gpointer  data,
            GClosure *closure)
{
  Asked *asked = data;

  if (asked->free_data != NULL)
    asked->free_data (asked->data);
  g_free (asked);
}

static void
on_response (AdwMessageDialog *dialog,
             const char       *response,
             Asked            *asked)
{
  GtkCheckButton *full = GTK_CHECK_BUTTON (adw_message_dialog_get_extra_child (dialog));

  if (g_str_equal (response, "print") || g_str_equal (response, "file"))
    asked->answer (g_str_equal (response, "print") ? YEJI_PRINT_ON_PAPER : YEJI_PRINT_TO_FILE,
                   gtk_check_button_get_active (full), asked->data);
}

/**
 * yeji_print_dialog_show:
 * @answer: called when it is to be printed
 * @free_data: (nullable): called when the dialog goes
 *
 * Asks whether declaration forms go on paper or into a PDF, and whether personal numbers shall be
 * open on them: paper travels, so they are masked unless somebody wants it otherwise, each time.
 *
 * Returns: (transfer none): the dialog
 */
GtkWidget *
yeji_print_dialog_show (GtkWindow       *parent,
                        guint            n_records,
                        YejiPrintAnswer  answer,
                        gpointer         data,
                        GDestroyNotify   free_data)
{
  g_autofree char *heading = g_strdup_printf (ngettext ("Print the Declaration of %u Record",
                                                        "Print the Declarations of %u Records",
                                                        n_records), n_records);
  GtkWidget *dialog = adw_message_dialog_new (parent, heading,
                                              _("Each record begins on a sheet of its own. As long "
                                                "as the province does not have what is printed, "
                                                "“Draft” stands across each sheet."));
  GtkWidget *full = gtk_check_button_new_with_mnemonic (_("Personal _numbers in full"));
  Asked *asked = g_new (Asked, 1);

  asked->answer = answer;
  asked->data = data;
  asked->free_data = free_data;
  gtk_widget_set_halign (full, GTK_ALIGN_CENTER);
  gtk_window_set_destroy_with_parent (GTK_WINDOW (dialog), TRUE);
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), full);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"), "file",
                                    _("P_DF…"), "print", _("_Print…"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "print",
                                              ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "print");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_data (dialog, "response", G_CALLBACK (on_response), asked, free_asked, 0);
  gtk_window_present (GTK_WINDOW (dialog));
  return dialog;
}
