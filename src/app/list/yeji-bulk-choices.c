// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-bulk-choices"

#include "config.h"

#include "yeji-bulk-choices.h"

#include <glib/gi18n.h>

#include "yeji-a11y.h"
#include "yeji-export-format.h"
#include "yeji-messages.h"
#include "yeji-window-bulk.h"

/* What the clerk is asked before something is done with several records. */
typedef struct
{
  YejiWindow *window;          /* (nullable): weak */
  GStrv uuids;
  const YejiSlot *slot;        /* (nullable): of the profile's dictionary */
} Choice;

static Choice *
new_choice (YejiWindow         *window,
            const char * const *uuids)
{
  Choice *choice = g_new0 (Choice, 1);

  g_set_weak_pointer (&choice->window, window);
  choice->uuids = g_strdupv ((GStrv) uuids);
  return choice;
}

static void
free_choice (gpointer  data,
             GClosure *closure)
{
  Choice *choice = data;

  g_clear_weak_pointer (&choice->window);
  g_strfreev (choice->uuids);
  g_free (choice);
}

/* ---- Where to */

/* The kind of file is that of its name, else that of the filter. */
static guint
find_format (GtkFileChooser *chooser,
             const char     *name,
             gboolean       *is_named)
{
  GtkFileFilter *filter = gtk_file_chooser_get_filter (chooser);
  const YejiExportFormat *format;

  *is_named = TRUE;
  for (guint i = 0; (format = yeji_export_get_format (i)) != NULL; i++)
    if (g_str_has_suffix (name, format->suffix))
      return i;
  *is_named = FALSE;
  for (guint i = 0; (format = yeji_export_get_format (i)) != NULL; i++)
    if (filter != NULL && g_strcmp0 (gtk_file_filter_get_name (filter), _(format->label)) == 0)
      return i;
  return 0;
}

static void
on_place_chosen (GtkNativeDialog *dialog,
                 int              response,
                 Choice          *choice)
{
  g_autoptr (GtkNativeDialog) kept = dialog;
  g_autoptr (GFile) file = NULL;
  g_autofree char *name = NULL;
  gboolean is_named;
  guint format;

  if (response != GTK_RESPONSE_ACCEPT || choice->window == NULL)
    return;
  file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  name = g_file_get_basename (file);
  format = find_format (GTK_FILE_CHOOSER (dialog), name, &is_named);
  if (!is_named)
    {
      g_autoptr (GFile) folder = g_file_get_parent (file);
      g_autofree char *longer = g_strconcat (name, yeji_export_get_format (format)->suffix, NULL);

      g_set_object (&file, NULL);
      file = g_file_get_child (folder, longer);
    }
  yeji_window_bulk_export (choice->window, (const char *const *) choice->uuids, file, format);
}

/**
 * yeji_bulk_choose_export:
 *
 * Asks where records shall be exported to, and exports them.
 */
void
yeji_bulk_choose_export (YejiWindow         *window,
                         const char * const *uuids)
{
  GtkFileChooserNative *dialog;
  const YejiExportFormat *format;
  g_autofree char *name = NULL;

  dialog = gtk_file_chooser_native_new (_("Export Records"), GTK_WINDOW (window),
                                        GTK_FILE_CHOOSER_ACTION_SAVE, _("_Export"), _("_Cancel"));
  for (guint i = 0; (format = yeji_export_get_format (i)) != NULL; i++)
    {
      g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

      gtk_file_filter_set_name (filter, _(format->label));
      gtk_file_filter_add_suffix (filter, format->suffix + 1);
      gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (dialog), filter);
    }
  name = g_strconcat (_("Records"), yeji_export_get_format (0)->suffix, NULL);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), name);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect_data (dialog, "response", G_CALLBACK (on_place_chosen),
                         new_choice (window, uuids), free_choice, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

/* ---- What */

static void
on_documents_chosen (GtkNativeDialog *dialog,
                     int              response,
                     Choice          *choice)
{
  g_autoptr (GtkNativeDialog) kept = dialog;
  g_autoptr (GListModel) files = NULL;

  if (response != GTK_RESPONSE_ACCEPT || choice->window == NULL)
    return;
  files = gtk_file_chooser_get_files (GTK_FILE_CHOOSER (dialog));
  if (g_list_model_get_n_items (files) > 0)
    yeji_window_bulk_attach (choice->window, (const char *const *) choice->uuids,
                             choice->slot->id, files);
}

static void
choose_documents (YejiWindow         *window,
                  const char * const *uuids,
                  const YejiSlot     *slot)
{
  Choice *choice = new_choice (window, uuids);
  GtkFileChooserNative *dialog;
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  choice->slot = slot;
  dialog = gtk_file_chooser_native_new (yeji_label (&slot->label), GTK_WINDOW (window),
                                        GTK_FILE_CHOOSER_ACTION_OPEN, _("_Attach"), _("_Cancel"));
  for (guint i = 0; slot->types[i] != NULL; i++)
    gtk_file_filter_add_mime_type (filter, slot->types[i]);
  gtk_file_filter_set_name (filter, _("Scans"));
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (dialog), filter);
  gtk_file_chooser_set_select_multiple (GTK_FILE_CHOOSER (dialog), slot->max_files > 1);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect_data (dialog, "response", G_CALLBACK (on_documents_chosen), choice, free_choice,
                         0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static void
on_slot_chosen (AdwMessageDialog *dialog,
                const char       *response,
                Choice           *choice)
{
  GtkDropDown *list = GTK_DROP_DOWN (adw_message_dialog_get_extra_child (dialog));
  GPtrArray *slots;

  if (!g_str_equal (response, "choose") || choice->window == NULL)
    return;
  slots = yeji_dictionary_get_slots (yeji_store_get_dictionary (
                                       yeji_window_get_store (choice->window)));
  choose_documents (choice->window, (const char *const *) choice->uuids,
                    g_ptr_array_index (slots, gtk_drop_down_get_selected (list)));
}

static GtkWidget *
make_slot_list (YejiStore *store)
{
  GPtrArray *slots = yeji_dictionary_get_slots (yeji_store_get_dictionary (store));
  g_autoptr (GStrvBuilder) labels = g_strv_builder_new ();
  g_auto (GStrv) texts = NULL;
  GtkWidget *list;

  for (guint i = 0; i < slots->len; i++)
    g_strv_builder_add (labels, yeji_label (&((YejiSlot *) g_ptr_array_index (slots, i))->label));
  texts = g_strv_builder_end (labels);
  list = gtk_drop_down_new_from_strings ((const char *const *) texts);
  yeji_a11y_set_name (list, _("Kind of document"));
  return list;
}

/**
 * yeji_bulk_choose_attach:
 *
 * Asks which documents shall be attached to records, and as what, and attaches them.
 */
void
yeji_bulk_choose_attach (YejiWindow         *window,
                         const char * const *uuids)
{
  guint n = g_strv_length ((GStrv) uuids);
  g_autofree char *heading = g_strdup_printf (ngettext ("Attach Documents to %u Record",
                                                        "Attach Documents to %u Records", n), n);
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (window), heading,
                                              _("Each of the records gets all the files that you "
                                                "choose, as this kind of document."));

  gtk_window_set_destroy_with_parent (GTK_WINDOW (dialog), TRUE);
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog),
                                      make_slot_list (yeji_window_get_store (window)));
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"), "choose",
                                    _("Choose _Files…"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "choose",
                                              ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "choose");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_data (dialog, "response", G_CALLBACK (on_slot_chosen),
                         new_choice (window, uuids), free_choice, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}
