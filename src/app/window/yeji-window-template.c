// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-window-template"

#include "config.h"

#include "yeji-window-template.h"

#include <glib/gi18n.h>

#include "yeji-background.h"
#include "yeji-record-file.h"
#include "yeji-template.h"

/* The workbook that can be filled in by those who have no Yeji, and imported. */

#define SUFFIX ".xlsx"

typedef struct
{
  YejiDictionary *dictionary;
  GFile *file;
} Template;

static void
free_template (gpointer data)
{
  Template *template = data;

  g_object_unref (template->dictionary);
  g_object_unref (template->file);
  g_free (template);
}

static gpointer
write_template (gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  Template *template = data;
  g_autofree char *path = g_file_get_path (template->file);
  g_autofree char *name = NULL;

  if (path == NULL)
    {
      g_set_error_literal (error, YEJI_EXCHANGE_ERROR, YEJI_EXCHANGE_ERROR_WRITE,
                           "no file of this computer");
      return NULL;
    }
  if (!yeji_template_write (template->dictionary, NULL, yeji_language_get_current (), path, error))
    return NULL;
  name = g_file_get_basename (template->file);
  return g_filename_display_name (name);
}

static void
on_written (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  YejiWindow *window = YEJI_WINDOW (source);
  g_autoptr (GError) error = NULL;
  g_autofree char *name = yeji_background_finish (result, &error);
  g_autofree char *text = NULL;

  if (!gtk_widget_get_realized (GTK_WIDGET (window)))
    return;
  if (name == NULL)
    {
      yeji_window_say_error (window, error);
      return;
    }
  text = g_strdup_printf (_("Template saved as %s; fill it in and import it"), name);
  yeji_window_say (window, text);
}

/**
 * yeji_window_template_save:
 *
 * Writes the template, and says so.
 */
void
yeji_window_template_save (YejiWindow *window,
                           GFile      *file)
{
  Template *template = g_new (Template, 1);

  template->dictionary =
    g_object_ref (yeji_store_get_dictionary (yeji_window_get_store (window)));
  template->file = g_object_ref (file);
  yeji_background_run (window, write_template, template, free_template, g_free, on_written, NULL);
}

static void
on_place_chosen (GtkNativeDialog *dialog,
                 int              response,
                 YejiWindow      *window)
{
  g_autoptr (GFile) file = NULL;
  g_autofree char *name = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    {
      file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
      name = g_file_get_basename (file);
      if (!g_str_has_suffix (name, SUFFIX))
        {
          g_autoptr (GFile) folder = g_file_get_parent (file);
          g_autofree char *longer = g_strconcat (name, SUFFIX, NULL);

          g_set_object (&file, NULL);
          file = g_file_get_child (folder, longer);
        }
      yeji_window_template_save (window, file);
    }
  g_object_unref (dialog);
}

static void
choose_place (GtkWidget  *widget,
              const char *name,
              GVariant   *target)
{
  GtkFileChooserNative *dialog;
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();
  g_autofree char *proposed = g_strconcat (_("Past Projects"), SUFFIX, NULL);

  dialog = gtk_file_chooser_native_new (_("Save Excel Template"), GTK_WINDOW (widget),
                                        GTK_FILE_CHOOSER_ACTION_SAVE, _("_Save"), _("_Cancel"));
  gtk_file_filter_set_name (filter, _("Excel workbook"));
  gtk_file_filter_add_suffix (filter, SUFFIX + 1);
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (dialog), filter);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), proposed);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_place_chosen), widget, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

/**
 * yeji_window_template_install:
 *
 * Adds the window's action for it.
 */
void
yeji_window_template_install (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "win.save-template", NULL, choose_place);
}
