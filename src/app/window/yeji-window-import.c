// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-window-import"

#include "config.h"

#include "yeji-window-import.h"

#include <string.h>

#include <glib/gi18n.h>

#include "yeji-file-choice.h"
#include "yeji-import-window.h"
#include "yeji-importer.h"
#include "yeji-messages.h"
#include "yeji-sheets.h"
#include "yeji-toast.h"
#include "yeji-window-history.h"

/* What the window does about records that come in files: workbooks and lists are looked at first,
 * record files are what this program wrote. */

/* What a file is, by how its name ends. */
typedef enum
{
  KIND_OTHER,
  KIND_TABLE,                  /* a workbook or a list */
  KIND_RECORDS,
  KIND_ARCHIVE,                /* of lists, or of scans: the content says it */
} Kind;

static const struct
{
  const char *suffix;
  Kind kind;
} kinds[] = {
  { "xlsx", KIND_TABLE }, { "xlsm", KIND_TABLE }, { "csv", KIND_TABLE }, { "tsv", KIND_TABLE },
  { "json", KIND_RECORDS }, { "jsonl", KIND_RECORDS }, { "zip", KIND_ARCHIVE },
};

/* Tables are imported one after the other. */
typedef struct
{
  YejiWindow *window;
  GListModel *files;           /* of GFile: tables */
  guint next;
} Queue;

static void open_next (Queue *queue);

static void
free_queue (gpointer data)
{
  Queue *queue = data;

  g_object_unref (queue->window);
  g_object_unref (queue->files);
  g_free (queue);
}

static Kind
find_kind (GFile *file)
{
  g_autofree char *path = g_file_get_path (file);
  g_autofree char *lower = path != NULL ? g_ascii_strdown (path, -1) : NULL;
  const char *dot = lower != NULL ? strrchr (lower, '.') : NULL;

  for (guint i = 0; dot != NULL && i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr (YejiSheets) sheets = NULL;

      if (!g_str_equal (kinds[i].suffix, dot + 1))
        continue;
      if (kinds[i].kind != KIND_ARCHIVE)
        return kinds[i].kind;
      sheets = yeji_sheets_open (path, NULL);
      return sheets != NULL ? KIND_TABLE : KIND_OTHER;
    }
  return KIND_OTHER;
}

/* ---- Record files */

static void
show_import_error (YejiWindow *window,
                   const char *sentence,
                   const char *detail)
{
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (window), _("Nothing Was Imported"), NULL);

  adw_message_dialog_format_body (ADW_MESSAGE_DIALOG (dialog), "%s\n\n%s", sentence, detail);
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _("_Close"));
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
on_imported (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr (YejiWindow) window = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_autofree char *batch = NULL;
  guint n = 0;

  if (!yeji_importer_run_finish (result, &n, &batch, &error))
    {
      g_autofree char *sentence = yeji_error_to_sentence (error);

      show_import_error (window, sentence, error->message);
      return;
    }
  text = g_strdup_printf (ngettext ("%u record imported", "%u records imported", n), n);
  yeji_window_history_show_imported (window, yeji_window_get_store (window), text, batch);
}

static void
on_read (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr (YejiWindow) window = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) records = yeji_importer_read_finish (result, &error);
  YejiDraft *draft = yeji_window_get_draft (window);

  if (records != NULL && records->len != 1)
    {
      g_autofree char *sentence = NULL;

      sentence = g_strdup_printf (ngettext ("The file has %u record, not one.",
                                            "The file has %u records, not one.", records->len),
                                  records->len);
      show_import_error (window, sentence, "");
      return;
    }
  if (records == NULL || draft == NULL
      || !yeji_draft_replace (draft, g_ptr_array_index (records, 0), &error))
    {
      g_autofree char *sentence = error != NULL ? yeji_error_to_sentence (error) : NULL;

      if (error != NULL)
        show_import_error (window, sentence, error->message);
      return;
    }
  yeji_toast_show_step (yeji_window_get_toasts (window), draft,
                        _("The values of the file are in this record now"), NULL, NULL, NULL);
}

static void
on_file_to_read (GListModel *files,
                 gpointer    data)
{
  YejiWindow *window = data;
  g_autoptr (GFile) file = g_list_model_get_item (files, 0);

  if (file != NULL)
    yeji_importer_read_async (yeji_window_get_store (window), file, on_read,
                              g_object_ref (window));
}

static void
on_import_into (GtkWidget  *widget,
                const char *name,
                GVariant   *target)
{
  yeji_file_choice_run (GTK_WINDOW (widget), _("Import into This Record"), FALSE, on_file_to_read,
                        widget);
}

/* ---- Workbooks and lists */

static void
on_done (YejiWindow *window,
         const char *text,
         const char *batch)
{
  if (yeji_window_get_store (window) == NULL)
    return;
  if (batch != NULL)
    yeji_window_history_show_imported (window, yeji_window_get_store (window), text, batch);
  else
    yeji_window_say (window, text);
}

/**
 * yeji_window_import_table:
 * @path: of a workbook or a list
 *
 * Returns: (transfer none) (nullable): the window that imports it, owned by GTK
 */
GtkWidget *
yeji_window_import_table (YejiWindow *window,
                          const char *path)
{
  YejiStore *store = yeji_window_get_store (window);
  g_autoptr (GList) keepers = yeji_window_list_keepers (window);
  GtkWidget *import;

  if (store == NULL)
    return NULL;
  /* What was typed last is on its way to the disk before the file is compared with it. */
  for (GList *item = keepers; item != NULL; item = item->next)
    yeji_draft_keeper_flush_async (item->data, NULL, NULL);
  import = yeji_import_window_new (GTK_WINDOW (window), store, path);
  g_signal_connect_object (import, "done", G_CALLBACK (on_done), window, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (import));
  return import;
}

static gboolean
go_on (gpointer data)
{
  open_next (data);
  return G_SOURCE_REMOVE;
}

static void
on_gone (GtkWidget *import,
         Queue     *queue)
{
  g_idle_add (go_on, queue);
}

/* (transfer full) @queue */
static void
open_next (Queue *queue)
{
  g_autoptr (GFile) file = g_list_model_get_item (queue->files, queue->next++);
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;
  GtkWidget *import = NULL;

  if (path != NULL && gtk_widget_get_realized (GTK_WIDGET (queue->window)))
    import = yeji_window_import_table (queue->window, path);
  if (import != NULL)
    g_signal_connect (import, "destroy", G_CALLBACK (on_gone), queue);
  else
    free_queue (queue);
}

/**
 * yeji_window_import_take:
 * @files: of #GFile
 *
 * Imports record files at once, and shows what is in workbooks and lists, one after the other.
 */
void
yeji_window_import_take (YejiWindow *window,
                         GListModel *files)
{
  g_autoptr (GListStore) records = g_list_store_new (G_TYPE_FILE);
  g_autoptr (GListStore) tables = g_list_store_new (G_TYPE_FILE);
  guint n = g_list_model_get_n_items (files);
  Queue *queue;

  g_return_if_fail (YEJI_IS_WINDOW (window));

  if (yeji_window_get_store (window) == NULL)
    return;
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GFile) file = g_list_model_get_item (files, i);

      g_list_store_append (find_kind (file) == KIND_RECORDS ? records : tables, file);
    }
  if (g_list_model_get_n_items (G_LIST_MODEL (records)) > 0)
    yeji_importer_run_async (yeji_window_get_store (window), G_LIST_MODEL (records), on_imported,
                             g_object_ref (window));
  if (g_list_model_get_n_items (G_LIST_MODEL (tables)) == 0)
    return;
  queue = g_new0 (Queue, 1);
  queue->window = g_object_ref (window);
  queue->files = G_LIST_MODEL (g_steal_pointer (&tables));
  open_next (queue);
}

/**
 * yeji_window_import_take_dropped:
 * @files: of #GFile
 *
 * Imports what was dropped, where all of it is records.
 *
 * Returns: %FALSE when there are other files among them
 */
gboolean
yeji_window_import_take_dropped (YejiWindow *window,
                                 GListModel *files)
{
  guint n = g_list_model_get_n_items (files);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GFile) file = g_list_model_get_item (files, i);

      if (find_kind (file) == KIND_OTHER)
        return FALSE;
    }
  if (n > 0)
    yeji_window_import_take (window, files);
  return n > 0;
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
  yeji_window_import_take (window, files);
}

static void
add_filter (GtkFileChooser *chooser,
            const char     *name,
            gboolean      (*fits) (Kind kind))
{
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, name);
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (fits (kinds[i].kind))
      gtk_file_filter_add_suffix (filter, kinds[i].suffix);
  gtk_file_chooser_add_filter (chooser, filter);
}

static gboolean
is_any (Kind kind)
{
  return TRUE;
}

static gboolean
is_table (Kind kind)
{
  return kind == KIND_TABLE || kind == KIND_ARCHIVE;
}

static gboolean
is_records (Kind kind)
{
  return kind == KIND_RECORDS;
}

static void
on_import (GtkWidget  *widget,
           const char *name,
           GVariant   *target)
{
  GtkFileChooserNative *dialog;

  dialog = gtk_file_chooser_native_new (_("Import Records"), GTK_WINDOW (widget),
                                        GTK_FILE_CHOOSER_ACTION_OPEN, _("_Import"), _("_Cancel"));
  add_filter (GTK_FILE_CHOOSER (dialog), _("Excel, CSV and record files"), is_any);
  add_filter (GTK_FILE_CHOOSER (dialog), _("Excel workbooks and CSV lists"), is_table);
  add_filter (GTK_FILE_CHOOSER (dialog), _("Record files"), is_records);
  gtk_file_chooser_set_select_multiple (GTK_FILE_CHOOSER (dialog), TRUE);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_chosen), widget, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

/**
 * yeji_window_import_install:
 *
 * Adds the actions of this file to the window's class.
 */
void
yeji_window_import_install (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "win.import", NULL, on_import);
  gtk_widget_class_install_action (klass, "win.import-into", NULL, on_import_into);
}
