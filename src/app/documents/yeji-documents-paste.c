// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-documents-pane"

#include "config.h"

#include "yeji-documents-private.h"

#include <glib/gi18n.h>

/* What the pane does with the clipboard. */

typedef struct
{
  YejiDocumentsPane *self;
  YejiDraft *draft;
  char *slot;
} Paste;

static void
paste_free (Paste *paste)
{
  g_object_unref (paste->self);
  g_object_unref (paste->draft);
  g_free (paste->slot);
  g_free (paste);
}

static void
on_files_pasted (GObject      *source,
                 GAsyncResult *result,
                 gpointer      data)
{
  Paste *paste = data;
  const GValue *value = gdk_clipboard_read_value_finish (GDK_CLIPBOARD (source), result, NULL);
  g_autoptr (GListStore) files = g_list_store_new (G_TYPE_FILE);
  g_autoptr (GSList) list = NULL;

  if (value != NULL && paste->draft == yeji_documents_pane_get_draft (paste->self))
    {
      list = gdk_file_list_get_files (g_value_get_boxed (value));
      for (GSList *item = list; item != NULL; item = item->next)
        g_list_store_append (files, item->data);
      yeji_documents_pane_attach (paste->self, paste->slot, G_LIST_MODEL (files));
    }
  paste_free (paste);
}

static void
on_picture_pasted (GObject      *source,
                   GAsyncResult *result,
                   gpointer      data)
{
  Paste *paste = data;
  g_autoptr (GdkTexture) texture = gdk_clipboard_read_texture_finish (GDK_CLIPBOARD (source),
                                                                      result, NULL);

  if (texture == NULL)
    yeji_documents_pane_show_error (paste->self, _("The picture in the clipboard cannot be read."));
  else if (paste->draft == yeji_documents_pane_get_draft (paste->self))
    yeji_documents_pane_attach_picture (paste->self, paste->slot, texture);
  paste_free (paste);
}

static void
act_paste (GtkWidget  *widget,
           const char *name,
           GVariant   *target)
{
  YejiDocumentsPane *self = YEJI_DOCUMENTS_PANE (widget);
  GdkClipboard *clipboard = gtk_widget_get_clipboard (widget);
  GdkContentFormats *formats = gdk_clipboard_get_formats (clipboard);
  YejiDraft *draft = yeji_documents_pane_get_draft (self);
  const char *slot = draft != NULL && yeji_draft_is_editable (draft)
                       ? yeji_documents_pane_choose_slot (self) : NULL;
  Paste *paste;

  if (slot == NULL)
    return;
  paste = g_new (Paste, 1);
  *paste = (Paste) { g_object_ref (self), g_object_ref (draft), g_strdup (slot) };
  if (gdk_content_formats_contain_gtype (formats, GDK_TYPE_FILE_LIST))
    gdk_clipboard_read_value_async (clipboard, GDK_TYPE_FILE_LIST, G_PRIORITY_DEFAULT, NULL,
                                    on_files_pasted, paste);
  else if (gdk_content_formats_contain_gtype (formats, GDK_TYPE_TEXTURE))
    gdk_clipboard_read_texture_async (clipboard, NULL, on_picture_pasted, paste);
  else
    {
      yeji_documents_pane_show_error (self, _("There is no picture and no file in the clipboard."));
      paste_free (paste);
    }
}

/**
 * yeji_documents_paste_install:
 *
 * Adds the actions of this file to the pane's class.
 */
void
yeji_documents_paste_install (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "documents.paste", NULL, act_paste);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_v, GDK_CONTROL_MASK, "documents.paste", NULL);
}
