// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-take-over"

#include "config.h"

#include "yeji-take-over.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "yeji-a11y.h"
#include "yeji-bundle.h"
#include "yeji-platform.h"

/* An enterprise that comes as one file from another computer gets a folder of its own. */

/* How often the progress is shown. */
#define PROGRESS_MS 100

typedef struct
{
  char *path;
  char *directory;
  GCancellable *cancellable;
  GtkWidget *dialog;           /* (nullable): it shows the progress, and cancels */
  GtkProgressBar *bar;         /* lives as long as the dialog */
  guint ticker;
  GMutex mutex;                /* done and total, which the thread tells */
  guint64 done;
  guint64 total;
} Work;

/* What is chosen is for whom. */
typedef struct
{
  GtkWindow *parent;
  YejiTakeOverFunc func;
} Choice;

static void
free_work (gpointer data)
{
  Work *work = data;

  g_mutex_clear (&work->mutex);
  g_object_unref (work->cancellable);
  g_free (work->path);
  g_free (work->directory);
  g_free (work);
}

/* A folder of the user's profiles that is not there yet, named after the file. */
static char *
find_directory (const char *path)
{
  g_autofree char *data = yeji_platform_get_data_dir ();
  g_autofree char *name = g_path_get_basename (path);
  char *directory;

  if (g_str_has_suffix (name, YEJI_BUNDLE_SUFFIX))
    name[strlen (name) - strlen (YEJI_BUNDLE_SUFFIX)] = '\0';
  directory = g_build_filename (data, *name != '\0' ? name : "yeji", NULL);
  for (guint i = 2; g_file_test (directory, G_FILE_TEST_EXISTS); i++)
    {
      g_autofree char *numbered = g_strdup_printf ("%s-%u", *name != '\0' ? name : "yeji", i);

      g_free (directory);
      directory = g_build_filename (data, numbered, NULL);
    }
  return directory;
}

static void
on_progress (guint64  done,
             guint64  total,
             gpointer data)
{
  Work *work = data;

  g_mutex_lock (&work->mutex);
  work->done = done;
  work->total = total;
  g_mutex_unlock (&work->mutex);
}

static gboolean
show_progress (gpointer data)
{
  Work *work = data;

  g_mutex_lock (&work->mutex);
  if (work->total > 0)
    gtk_progress_bar_set_fraction (work->bar, (double) work->done / (double) work->total);
  g_mutex_unlock (&work->mutex);
  return G_SOURCE_CONTINUE;
}

static void
run (GTask        *task,
     gpointer      source_object,
     gpointer      task_data,
     GCancellable *cancellable)
{
  Work *work = task_data;
  g_autoptr (YejiBackupReport) report = NULL;
  GError *error = NULL;

  if (yeji_bundle_restore (work->path, work->directory, on_progress, work, work->cancellable,
                           &report, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* On the main thread: the dialog goes before the caller is told. */
static void
on_done (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr (GTask) outer = data;
  Work *work = g_task_get_task_data (G_TASK (result));
  GError *error = NULL;

  g_clear_handle_id (&work->ticker, g_source_remove);
  if (work->dialog != NULL)
    {
      g_object_remove_weak_pointer (G_OBJECT (work->dialog), (gpointer *) &work->dialog);
      gtk_window_destroy (GTK_WINDOW (work->dialog));
    }
  if (g_task_propagate_boolean (G_TASK (result), &error))
    g_task_return_pointer (outer, g_strdup (work->directory), g_free);
  else
    g_task_return_error (outer, error);
}

static void
on_response (GtkWidget    *dialog,
             const char   *response,
             GCancellable *cancellable)
{
  g_cancellable_cancel (cancellable);
}

static void
show_dialog (Work      *work,
             GtkWindow *parent)
{
  g_autofree char *name = g_path_get_basename (work->path);
  g_autofree char *shown = g_filename_display_name (name);

  work->dialog = adw_message_dialog_new (parent, _("Taking Over the File…"), shown);
  work->bar = GTK_PROGRESS_BAR (gtk_progress_bar_new ());
  yeji_a11y_set_name (GTK_WIDGET (work->bar), _("Progress"));
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (work->dialog), GTK_WIDGET (work->bar));
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (work->dialog), "cancel", _("_Cancel"));
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (work->dialog), "cancel");
  g_signal_connect_object (work->dialog, "response", G_CALLBACK (on_response), work->cancellable,
                           0);
  g_object_add_weak_pointer (G_OBJECT (work->dialog), (gpointer *) &work->dialog);
  work->ticker = g_timeout_add (PROGRESS_MS, show_progress, work);
  gtk_window_present (GTK_WINDOW (work->dialog));
}

/**
 * yeji_take_over_async:
 * @path: a file of yeji_bundle_write()
 *
 * Unpacks an enterprise into a folder of its own, beside those that are there, with a dialog that
 * shows how far it is and cancels.
 */
void
yeji_take_over_async (GtkWindow            *parent,
                      const char           *path,
                      GAsyncReadyCallback   callback,
                      gpointer              user_data)
{
  GTask *outer = g_task_new (NULL, NULL, callback, user_data);
  g_autoptr (GTask) task = g_task_new (NULL, NULL, on_done, outer);
  Work *work = g_new0 (Work, 1);

  g_task_set_source_tag (outer, yeji_take_over_async);
  g_task_set_source_tag (task, yeji_take_over_async);
  g_mutex_init (&work->mutex);
  work->path = g_strdup (path);
  work->directory = find_directory (path);
  work->cancellable = g_cancellable_new ();
  g_task_set_task_data (task, work, free_work);
  show_dialog (work, parent);
  g_task_run_in_thread (task, run);
}

/**
 * yeji_take_over_finish:
 *
 * Returns: (transfer full) (nullable): the new profile's directory, %NULL with #YejiBackupError or
 * %G_IO_ERROR_CANCELLED
 */
char *
yeji_take_over_finish (GAsyncResult  *result,
                       GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
on_file_chosen (GtkNativeDialog *dialog,
                int              response,
                Choice          *choice)
{
  g_autoptr (GtkNativeDialog) kept = dialog;
  g_autoptr (GFile) file = NULL;
  g_autofree char *path = NULL;

  if (response != GTK_RESPONSE_ACCEPT)
    return;
  file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  path = g_file_get_path (file);
  if (path != NULL)
    choice->func (choice->parent, path);
}

static void
free_choice (gpointer  choice,
             GClosure *closure)
{
  g_free (choice);
}

/**
 * yeji_take_over_choose:
 * @func: called when a file was chosen, not when the user thought better of it
 *
 * Asks for the file.
 */
void
yeji_take_over_choose (GtkWindow         *parent,
                       YejiTakeOverFunc   func)
{
  GtkFileChooserNative *dialog;
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();
  Choice *choice = g_new (Choice, 1);

  *choice = (Choice) { parent, func };
  dialog = gtk_file_chooser_native_new (_("Take Over an Enterprise from a File"), parent,
                                        GTK_FILE_CHOOSER_ACTION_OPEN, _("_Take Over"),
                                        _("_Cancel"));
  gtk_file_filter_set_name (filter, _("Enterprises saved as one file"));
  gtk_file_filter_add_pattern (filter, "*" YEJI_BUNDLE_SUFFIX);
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (dialog), filter);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect_data (dialog, "response", G_CALLBACK (on_file_chosen), choice, free_choice, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}
