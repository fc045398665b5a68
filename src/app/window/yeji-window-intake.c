// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-window-intake"

#include "config.h"

#include "yeji-window-intake.h"

#include <glib/gi18n.h>

#include "yeji-background.h"
#include "yeji-intake-flow.h"
#include "yeji-intake-store.h"
#include "yeji-record-drop.h"
#include "yeji-window-import.h"
#include "yeji-window-package.h"

/* What the window does with scans that come in: dropped, pasted or chosen. */

/* The record on screen, when it takes files. */
static const char *
get_open_record (YejiWindow *window)
{
  YejiDraft *draft = yeji_window_get_draft (window);

  return draft != NULL && yeji_draft_is_editable (draft) ? yeji_draft_get_uuid (draft) : NULL;
}

/**
 * yeji_window_intake_take:
 * @files: of #GFile: folders, archives, scans
 * @uuid: (nullable): the record that all of them belong to; %NULL: their names tell
 *
 * Shows what would become of files, to attach them.
 */
void
yeji_window_intake_take (YejiWindow *window,
                         GListModel *files,
                         const char *uuid)
{
  g_return_if_fail (YEJI_IS_WINDOW (window));

  if (yeji_window_get_store (window) != NULL && !yeji_window_package_take_dropped (window, files)
      && !yeji_window_import_take_dropped (window, files))
    yeji_intake_start_list (GTK_WIDGET (window), yeji_window_get_store (window), files, uuid, NULL,
                            YEJI_INTAKE_SHOWN);
}

/* ---- Dropped */

static void
on_dropped_on_list (GListModel *files,
                    const char *uuid,
                    gpointer    data)
{
  yeji_window_intake_take (data, files, uuid);
}

static void
on_dropped_on_editor (GListModel *files,
                      const char *none,
                      gpointer    data)
{
  const char *uuid = get_open_record (data);

  if (uuid != NULL)
    yeji_window_intake_take (data, files, uuid);
  else
    yeji_window_say (data, _("This record takes no documents now: it is with the province."));
}

static void
on_editor_made (YejiDesk   *desk,
                YejiWindow *window)
{
  yeji_record_drop_add (GTK_WIDGET (yeji_desk_get_editor (desk)), on_dropped_on_editor, window);
}

/* ---- Chosen */

static void
on_chosen (GtkNativeDialog *dialog,
           int              response,
           YejiWindow      *window)
{
  g_autoptr (GtkNativeDialog) kept = dialog;
  g_autoptr (GListModel) files = NULL;

  if (response != GTK_RESPONSE_ACCEPT)
    return;
  files = gtk_file_chooser_get_files (GTK_FILE_CHOOSER (dialog));
  yeji_window_intake_take (window, files, get_open_record (window));
}

static void
choose (YejiWindow           *window,
        const char           *title,
        GtkFileChooserAction  action)
{
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (title, GTK_WINDOW (window), action,
                                                              _("_Attach"), _("_Cancel"));

  gtk_file_chooser_set_select_multiple (GTK_FILE_CHOOSER (dialog), TRUE);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_chosen), window, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static void
on_attach_folder (GtkWidget  *widget,
                  const char *name,
                  GVariant   *target)
{
  choose (YEJI_WINDOW (widget), _("Attach a Folder of Scans"),
          GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER);
}

static void
on_attach_files (GtkWidget  *widget,
                 const char *name,
                 GVariant   *target)
{
  choose (YEJI_WINDOW (widget), _("Attach Scans or an Archive"), GTK_FILE_CHOOSER_ACTION_OPEN);
}

/* ---- Pasted */

/* (nullable): where a picture goes that says nothing of itself: to what is open, or selected. */
static char *
dup_record (YejiWindow *window)
{
  return yeji_window_get_draft (window) != NULL
           ? g_strdup (get_open_record (window))
           : yeji_record_list_get_selected (yeji_window_get_list (window));
}

static void
on_files_pasted (GObject      *source,
                 GAsyncResult *result,
                 gpointer      data)
{
  g_autoptr (YejiWindow) window = data;
  const GValue *value = gdk_clipboard_read_value_finish (GDK_CLIPBOARD (source), result, NULL);
  g_autoptr (GListStore) files = g_list_store_new (G_TYPE_FILE);
  g_autoptr (GSList) list = NULL;

  if (value == NULL || !gtk_widget_get_realized (GTK_WIDGET (window)))
    return;
  list = gdk_file_list_get_files (g_value_get_boxed (value));
  for (GSList *item = list; item != NULL; item = item->next)
    g_list_store_append (files, item->data);
  yeji_window_intake_take (window, G_LIST_MODEL (files), get_open_record (window));
}

static void
on_picture_pasted (GObject      *source,
                   GAsyncResult *result,
                   gpointer      data)
{
  g_autoptr (YejiWindow) window = data;
  g_autoptr (GdkTexture) texture = gdk_clipboard_read_texture_finish (GDK_CLIPBOARD (source),
                                                                      result, NULL);
  g_autofree char *uuid = NULL;

  if (!gtk_widget_get_realized (GTK_WIDGET (window)) || yeji_window_get_store (window) == NULL)
    return;
  uuid = dup_record (window);
  if (texture == NULL)
    yeji_window_say (window, _("The picture in the clipboard cannot be read."));
  else
    yeji_intake_start_picture (GTK_WIDGET (window), yeji_window_get_store (window), texture, uuid,
                               NULL);
}

static void
on_paste (GtkWidget  *widget,
          const char *name,
          GVariant   *target)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (widget);
  GdkContentFormats *formats = gdk_clipboard_get_formats (clipboard);

  if (gdk_content_formats_contain_gtype (formats, GDK_TYPE_FILE_LIST))
    gdk_clipboard_read_value_async (clipboard, GDK_TYPE_FILE_LIST, G_PRIORITY_DEFAULT, NULL,
                                    on_files_pasted, g_object_ref (widget));
  else if (gdk_content_formats_contain_gtype (formats, GDK_TYPE_TEXTURE))
    gdk_clipboard_read_texture_async (clipboard, NULL, on_picture_pasted, g_object_ref (widget));
  else
    yeji_window_say (YEJI_WINDOW (widget), _("There is no picture and no file in the clipboard."));
}

/* ---- Undone, after a restart too */

static gpointer
find_last (gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  char *batch = yeji_store_find_last_taking (data, error);

  if (batch == NULL && error != NULL && *error != NULL)
    return NULL;
  return batch != NULL ? batch : g_strdup ("");
}

static void
on_last (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr (YejiWindow) window = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *batch = yeji_background_finish (result, &error);

  if (!gtk_widget_get_realized (GTK_WIDGET (window)) || yeji_window_get_store (window) == NULL)
    return;
  if (batch == NULL)
    yeji_window_say_error (window, error);
  else if (*batch == '\0')
    yeji_window_say (window, _("There is nothing attached that could be taken back."));
  else
    yeji_intake_undo (GTK_WIDGET (window), yeji_window_get_store (window), batch);
}

static void
on_undo (GtkWidget  *widget,
         const char *name,
         GVariant   *target)
{
  YejiStore *store = yeji_window_get_store (YEJI_WINDOW (widget));

  yeji_background_run (NULL, find_last, g_object_ref (store), g_object_unref, g_free, on_last,
                       g_object_ref (widget));
}

/**
 * yeji_window_intake_watch:
 *
 * Takes what is dropped onto the list and the editor, from now on.
 */
void
yeji_window_intake_watch (YejiWindow *window,
                          YejiDesk   *desk)
{
  yeji_record_drop_add_list (GTK_WIDGET (yeji_desk_get_list (desk)), on_dropped_on_list, window);
  g_signal_connect_object (desk, "editor-made", G_CALLBACK (on_editor_made), window, 0);
}

/**
 * yeji_window_intake_install:
 *
 * Adds the actions of this file to the window's class.
 */
void
yeji_window_intake_install (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "win.attach-folder", NULL, on_attach_folder);
  gtk_widget_class_install_action (klass, "win.attach-files", NULL, on_attach_files);
  gtk_widget_class_install_action (klass, "win.paste-files", NULL, on_paste);
  gtk_widget_class_install_action (klass, "win.undo-attaching", NULL, on_undo);
}
