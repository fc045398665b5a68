// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-document-change"

#include "config.h"

#include "yeji-document-change.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "yeji-arrange.h"

/* A picture from the clipboard as a file: JPEG wherever a slot takes that, PNG elsewhere. */
static const struct
{
  const char *media_type;
  const char *type;            /* of GdkPixbuf */
  const char *ending;
} kinds[] = {
  { "image/jpeg", "jpeg", "jpg" },
  { "image/png", "png", "png" },
};

/* What is transparent becomes white; a scan has no transparency, and JPEG neither. */
static GdkPixbuf *
flatten (GdkTexture *texture)
{
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_get_from_texture (texture);

  if (pixbuf == NULL)          /* too large for the memory */
    return NULL;
  return gdk_pixbuf_composite_color_simple (pixbuf, gdk_pixbuf_get_width (pixbuf),
                                            gdk_pixbuf_get_height (pixbuf), GDK_INTERP_NEAREST,
                                            255, 8, 0xffffff, 0xffffff);
}

static gboolean
attach_picture (YejiDocumentChange  *change,
                GCancellable        *cancellable,
                GError             **error)
{
  const YejiSlot *slot = yeji_dictionary_find_slot (yeji_store_get_dictionary (change->store),
                                                    change->slot);
  g_autoptr (GdkPixbuf) pixbuf = flatten (change->picture);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *time = g_date_time_format (now, "%Y-%m-%d %H.%M.%S");
  g_autofree char *folder = NULL;
  g_autofree char *name = NULL;
  g_autofree char *path = NULL;
  g_autoptr (GFile) file = NULL;
  g_autoptr (YejiAttachment) attachment = NULL;
  guint kind = 0;

  if (pixbuf == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE, "a picture that is too large");
      return FALSE;
    }
  while (slot != NULL && kind + 1 < G_N_ELEMENTS (kinds)
         && !g_strv_contains ((const char *const *) slot->types, kinds[kind].media_type))
    kind++;
  folder = g_dir_make_tmp ("yeji-XXXXXX", error);
  if (folder == NULL)
    return FALSE;
  /* Translators: the name of a file, with date and time */
  name = g_strdup_printf (_("Pasted picture %s"), time);
  path = g_strdup_printf ("%s" G_DIR_SEPARATOR_S "%s.%s", folder, name, kinds[kind].ending);
  file = g_file_new_for_path (path);
  if (gdk_pixbuf_save (pixbuf, path, kinds[kind].type, error, NULL))
    attachment = yeji_store_attach (change->store, change->uuid, change->slot, file, cancellable,
                                    error);
  g_remove (path);
  g_rmdir (folder);
  return attachment != NULL;
}

/* One that cannot be read, since it has gone meanwhile for instance, does not keep the others out.
 * The first reason is the one that is told. */
static gboolean
attach_files (YejiDocumentChange  *change,
              GCancellable        *cancellable,
              GError             **error)
{
  g_autoptr (GError) first = NULL;

  for (guint i = 0; i < change->files->len; i++)
    {
      g_autoptr (YejiAttachment) attachment = NULL;
      g_autoptr (GError) local_error = NULL;

      attachment = yeji_store_attach (change->store, change->uuid, change->slot,
                                      g_ptr_array_index (change->files, i), cancellable,
                                      &local_error);
      if (attachment != NULL)
        continue;
      if (local_error->domain != G_IO_ERROR)
        {
          g_clear_error (&first);
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
      if (first == NULL)
        first = g_steal_pointer (&local_error);
    }
  if (first == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&first));
  return FALSE;
}

static gboolean
bring_back (YejiDocumentChange  *change,
            GError             **error)
{
  const char *id = yeji_attachment_get_id (change->back);

  if (change->instead != NULL)
    return yeji_store_unmove_document (change->store, change->uuid, change->instead, id, error);
  return yeji_store_bring_back (change->store, change->uuid, id, error);
}

/**
 * yeji_document_change_new:
 *
 * Returns: (transfer full): a change of nothing yet, of which one member is to be set
 */
YejiDocumentChange *
yeji_document_change_new (YejiStore  *store,
                          const char *uuid)
{
  YejiDocumentChange *change = g_new0 (YejiDocumentChange, 1);

  change->store = g_object_ref (store);
  change->uuid = g_strdup (uuid);
  return change;
}

void
yeji_document_change_free (gpointer data)
{
  YejiDocumentChange *change = data;

  g_object_unref (change->store);
  g_free (change->uuid);
  g_free (change->slot);
  g_free (change->instead);
  g_clear_pointer (&change->files, g_ptr_array_unref);
  g_clear_object (&change->picture);
  g_clear_object (&change->moved);
  g_clear_object (&change->back);
  g_clear_object (&change->removed);
  g_free (change);
}

/**
 * yeji_document_change_make:
 * @data: a #YejiDocumentChange
 *
 * Makes the change; a #YejiBackgroundFunc.
 *
 * Returns: (transfer full): the document that was moved, or the store
 */
gpointer
yeji_document_change_make (gpointer       data,
                           GCancellable  *cancellable,
                           GError       **error)
{
  YejiDocumentChange *change = data;

  if (change->moved != NULL)
    return yeji_store_move_document (change->store, change->uuid,
                                     yeji_attachment_get_id (change->moved), change->slot,
                                     change->index, error);
  if ((change->removed != NULL
       && !yeji_store_detach (change->store, change->uuid,
                              yeji_attachment_get_id (change->removed), error))
      || (change->back != NULL && !bring_back (change, error))
      || (change->picture != NULL && !attach_picture (change, cancellable, error))
      || (change->files != NULL && !attach_files (change, cancellable, error)))
    return NULL;
  return g_object_ref (change->store);
}
