// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-document"

#include "config.h"

#include "yeji-document.h"

#include "yeji-background.h"
#include "yeji-fetcher.h"

/* Other programs go by a file's name, and the profile's copies are named by their content. */
#define FOLDER "opened"

typedef struct
{
  YejiStore *store;
  YejiAttachment *attachment;
  GtkWindow *parent;
} Opening;

static void
opening_free (gpointer data)
{
  Opening *opening = data;

  g_object_unref (opening->store);
  g_object_unref (opening->attachment);
  g_object_unref (opening->parent);
  g_free (opening);
}

static gpointer
copy_to_open (gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  Opening *opening = data;

  return yeji_document_copy (opening->store, opening->attachment, cancellable, error);
}

static void
on_launched (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;

  if (gtk_show_uri_full_finish (GTK_WINDOW (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "%s", error->message);
}

static void
on_copied (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (GTask) task = data;
  Opening *opening = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) copy = yeji_background_finish (result, &error);
  g_autofree char *uri = NULL;

  if (copy == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  uri = g_file_get_uri (copy);
  gtk_show_uri_full (opening->parent, uri, GDK_CURRENT_TIME, NULL, on_launched,
                     g_steal_pointer (&task));
}

/**
 * yeji_document_is_elsewhere:
 *
 * Returns: whether the province alone has the content of a document
 */
gboolean
yeji_document_is_elsewhere (YejiStore      *store,
                            YejiAttachment *attachment)
{
  g_autoptr (GFile) content = NULL;

  if (!yeji_attachment_is_received (attachment))
    return FALSE;
  content = yeji_store_get_file (store, yeji_attachment_get_sha256 (attachment));
  return !g_file_query_exists (content, NULL);
}

/**
 * yeji_document_copy:
 *
 * Copies a document of the profile to a file of its own name, which other programs can open and
 * spoil without harm; one that is at the province is fetched before. Blocks while it does.
 *
 * Returns: (transfer full) (nullable): the copy, in the profile's folder
 */
GFile *
yeji_document_copy (YejiStore      *store,
                    YejiAttachment *attachment,
                    GCancellable   *cancellable,
                    GError        **error)
{
  const char *sha256 = yeji_attachment_get_sha256 (attachment);
  g_autoptr (GFile) content = yeji_store_get_file (store, sha256);
  g_autofree char *basename = g_path_get_basename (yeji_attachment_get_filename (attachment));
  g_autofree char *name = g_filename_from_utf8 (basename, -1, NULL, NULL, error);
  g_autoptr (GFile) folder = NULL;
  g_autoptr (GFile) copy = NULL;
  g_autoptr (GError) there = NULL;
  guint n;

  if (name == NULL)
    return NULL;
  if (yeji_document_is_elsewhere (store, attachment)
      && !yeji_fetcher_run (store, yeji_attachment_get_record (attachment), sha256, &n, cancellable,
                            error))
    return NULL;
  folder = g_file_new_build_filename (yeji_store_get_directory (store), FOLDER, sha256, NULL);
  if (!g_file_make_directory_with_parents (folder, cancellable, &there)
      && !g_error_matches (there, G_IO_ERROR, G_IO_ERROR_EXISTS))
    {
      g_propagate_error (error, g_steal_pointer (&there));
      return NULL;
    }
  copy = g_file_get_child (folder, name);
  if (!g_file_copy (content, copy, G_FILE_COPY_OVERWRITE | G_FILE_COPY_TARGET_DEFAULT_PERMS,
                    cancellable, NULL, NULL, error))
    return NULL;
  return g_steal_pointer (&copy);
}

/**
 * yeji_document_open_async:
 * @parent: the window that asks
 *
 * Opens a copy of a document in the program that the user has for its kind.
 */
void
yeji_document_open_async (YejiStore           *store,
                          YejiAttachment      *attachment,
                          GtkWindow           *parent,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  GTask *task = g_task_new (store, NULL, callback, user_data);
  Opening *opening = g_new (Opening, 1);

  *opening = (Opening) { g_object_ref (store), g_object_ref (attachment), g_object_ref (parent) };
  g_task_set_source_tag (task, yeji_document_open_async);
  g_task_set_task_data (task, opening, opening_free);
  yeji_background_run (store, copy_to_open, opening, NULL, g_object_unref, on_copied, task);
}

/**
 * yeji_document_open_finish:
 *
 * Returns: %TRUE when it was given to a program; %G_IO_ERROR_NOT_SUPPORTED when there is none
 */
gboolean
yeji_document_open_finish (GAsyncResult  *result,
                           GError       **error)
{
  g_return_val_if_fail (G_IS_TASK (result), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
