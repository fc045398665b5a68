// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-documents-pane"

#include "config.h"

#include "yeji-documents-pane.h"

#include <glib/gi18n.h>

#include "yeji-a11y.h"
#include "yeji-background.h"
#include "yeji-document-change.h"
#include "yeji-document.h"
#include "yeji-messages.h"
#include "yeji-preview-dock.h"
#include "yeji-slot-card.h"
#include "yeji-slots.h"
#include "yeji-thumbnails.h"
#include "yeji-toast.h"

struct _YejiDocumentsPane
{
  AdwBin parent_instance;

  GtkBox *slots;               /* of YejiSlotCard */
  GtkLabel *error;
  GtkLabel *summary;
  GtkProgressBar *progress;
  GtkWidget *head;

  YejiDraft *draft;
  char *shown;                 /* (nullable): what is on screen, in one text */
  GHashTable *opened;          /* (element-type utf8): slots of which all files are shown */
  YejiPreviewDock *dock;       /* (nullable): where documents are shown; weak */
};

enum
{
  PROP_0,
  PROP_DOCK,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (YejiDocumentsPane, yeji_documents_pane, ADW_TYPE_BIN)

static void
show_error (YejiDocumentsPane *self,
            const char        *sentence)
{
  if (self->draft == NULL)
    return;                    /* the window has gone meanwhile */
  gtk_label_set_text (self->error, sentence != NULL ? sentence : "");
  gtk_widget_set_visible (GTK_WIDGET (self->error), sentence != NULL);
}

/* ---- Changes */

static void
on_changed (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  YejiDocumentsPane *self = YEJI_DOCUMENTS_PANE (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (GObject) done = yeji_background_finish (result, &error);
  g_autofree char *sentence = error != NULL ? yeji_error_to_sentence (error) : NULL;

  if (self->draft == NULL)
    return;
  show_error (self, sentence);
  yeji_draft_refresh (self->draft);
}

static YejiDocumentChange *
make_change (YejiDraft *draft)
{
  return yeji_document_change_new (yeji_draft_get_store (draft), yeji_draft_get_uuid (draft));
}

static void
run_change (YejiDocumentsPane  *self,
            YejiDocumentChange *change)
{
  yeji_background_run (self, yeji_document_change_make, change, yeji_document_change_free,
                       g_object_unref, on_changed, NULL);
}

/* What an undo puts back: the change to be made then is kept with the toast. */
static void
on_undo (AdwToast          *toast,
         YejiDocumentsPane *self)
{
  run_change (self, g_object_steal_data (G_OBJECT (toast), "change"));
}

static void
offer_undo (YejiDocumentsPane  *self,
            const char         *text,
            YejiDocumentChange *undo)
{
  GtkWidget *overlay = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_TOAST_OVERLAY);
  g_autoptr (AdwToast) toast = NULL;

  if (overlay == NULL)
    {
      yeji_document_change_free (undo);
      return;
    }
  toast = yeji_toast_show (ADW_TOAST_OVERLAY (overlay), text);
  yeji_toast_make_undoable (toast);
  g_object_set_data_full (G_OBJECT (toast), "change", undo, yeji_document_change_free);
  g_signal_connect_object (toast, "button-clicked", G_CALLBACK (on_undo), self, 0);
}

static YejiAttachment *
find_attachment (YejiDocumentsPane *self,
                 const char        *id)
{
  GPtrArray *attachments = yeji_draft_get_attachments (self->draft);

  for (guint i = 0; i < attachments->len; i++)
    if (g_str_equal (yeji_attachment_get_id (g_ptr_array_index (attachments, i)), id))
      return g_ptr_array_index (attachments, i);
  return NULL;
}

/* The place of a document among those of its slot. */
static guint
find_index (YejiDocumentsPane *self,
            YejiAttachment    *attachment,
            guint             *n)
{
  GPtrArray *attachments = yeji_draft_get_attachments (self->draft);
  guint index = 0;

  *n = 0;
  for (guint i = 0; i < attachments->len; i++)
    {
      YejiAttachment *other = g_ptr_array_index (attachments, i);

      if (!g_str_equal (yeji_attachment_get_slot (other), yeji_attachment_get_slot (attachment)))
        continue;
      if (g_str_equal (yeji_attachment_get_id (other), yeji_attachment_get_id (attachment)))
        index = *n;
      (*n)++;
    }
  return index;
}

/* A move, and the words that offer to take it back. */
typedef struct
{
  YejiDraft *draft;
  YejiAttachment *moved;
  guint index;                 /* where it was */
} Move;

static void
move_free (Move *move)
{
  g_object_unref (move->draft);
  g_object_unref (move->moved);
  g_free (move);
}

static YejiDocumentChange *
make_way_back (const Move     *move,
               YejiAttachment *there)
{
  YejiDocumentChange *change = make_change (move->draft);

  if (g_str_equal (yeji_attachment_get_id (there), yeji_attachment_get_id (move->moved)))
    {
      change->moved = g_object_ref (there);
      change->slot = g_strdup (yeji_attachment_get_slot (there));
      change->index = move->index;
      return change;
    }
  change->back = g_object_ref (move->moved);
  change->instead = g_strdup (yeji_attachment_get_id (there));
  return change;
}

static void
on_moved (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  YejiDocumentsPane *self = YEJI_DOCUMENTS_PANE (source);
  Move *move = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiAttachment) there = yeji_background_finish (result, &error);
  g_autofree char *text = NULL;

  if (there == NULL)
    {
      text = yeji_error_to_sentence (error);
      show_error (self, text);
    }
  else
    {
      const YejiSlot *slot = yeji_dictionary_find_slot (yeji_draft_get_dictionary (move->draft),
                                                        yeji_attachment_get_slot (there));

      /* Translators: a file's name, a kind of document */
      text = g_strdup_printf (_("“%s” moved in “%s”"), yeji_attachment_get_filename (there),
                              slot != NULL ? yeji_label (&slot->label) : "");
      show_error (self, NULL);
      offer_undo (self, text, make_way_back (move, there));
    }
  yeji_draft_refresh (move->draft);
  move_free (move);
}

static void
move_to (YejiDocumentsPane *self,
         YejiAttachment    *attachment,
         const char        *slot,
         guint              index)
{
  YejiDocumentChange *change;
  Move *move;
  guint was;
  guint n;

  if (!yeji_draft_is_editable (self->draft))
    return;
  was = find_index (self, attachment, &n);
  if (g_str_equal (slot, yeji_attachment_get_slot (attachment)) && (was == index || index >= n))
    return;
  move = g_new (Move, 1);
  *move = (Move) { g_object_ref (self->draft), g_object_ref (attachment), was };
  change = make_change (self->draft);
  change->moved = g_object_ref (attachment);
  change->slot = g_strdup (slot);
  change->index = index;
  yeji_background_run (self, yeji_document_change_make, change, yeji_document_change_free,
                       g_object_unref, on_moved, move);
}

/* ---- Actions */

static void
on_opened (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (YejiDocumentsPane) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *sentence = NULL;

  if (!yeji_document_open_finish (result, &error))
    sentence = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED)
                 ? g_strdup (_("No program on this computer opens this kind of document."))
                 : yeji_error_to_sentence (error);
  show_error (self, sentence);
}

static void
open_elsewhere (YejiDocumentsPane *self,
                YejiAttachment    *attachment)
{
  yeji_document_open_async (yeji_draft_get_store (self->draft), attachment,
                            GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), on_opened,
                            g_object_ref (self));
}

static void
act_open (GtkWidget  *widget,
          const char *name,
          GVariant   *target)
{
  YejiDocumentsPane *self = YEJI_DOCUMENTS_PANE (widget);
  YejiAttachment *attachment = find_attachment (self, g_variant_get_string (target, NULL));

  if (attachment != NULL)
    open_elsewhere (self, attachment);
}

static void
act_preview (GtkWidget  *widget,
             const char *name,
             GVariant   *target)
{
  YejiDocumentsPane *self = YEJI_DOCUMENTS_PANE (widget);
  YejiAttachment *attachment = find_attachment (self, g_variant_get_string (target, NULL));

  if (attachment != NULL && self->dock != NULL)
    yeji_preview_dock_open (self->dock, self->draft, attachment);
  else if (attachment != NULL)
    open_elsewhere (self, attachment);
}

static void
act_remove (GtkWidget  *widget,
            const char *name,
            GVariant   *target)
{
  YejiDocumentsPane *self = YEJI_DOCUMENTS_PANE (widget);
  YejiAttachment *attachment = find_attachment (self, g_variant_get_string (target, NULL));
  YejiDocumentChange *change;
  YejiDocumentChange *undo;
  g_autofree char *text = NULL;

  if (attachment == NULL || !yeji_draft_is_editable (self->draft))
    return;
  change = make_change (self->draft);
  change->removed = g_object_ref (attachment);
  undo = make_change (self->draft);
  undo->back = g_object_ref (attachment);
  text = g_strdup_printf (_("“%s” removed"), yeji_attachment_get_filename (attachment));
  run_change (self, change);
  offer_undo (self, text, undo);
}

static void
step (YejiDocumentsPane *self,
      GVariant          *target,
      int                by)
{
  YejiAttachment *attachment = find_attachment (self, g_variant_get_string (target, NULL));
  guint index;
  guint n;

  if (attachment == NULL)
    return;
  index = find_index (self, attachment, &n);
  if ((by < 0 && index == 0) || (by > 0 && index + 1 >= n))
    return;
  move_to (self, attachment, yeji_attachment_get_slot (attachment), index + (guint) by);
}

static void
act_up (GtkWidget  *widget,
        const char *name,
        GVariant   *target)
{
  step (YEJI_DOCUMENTS_PANE (widget), target, -1);
}

static void
act_down (GtkWidget  *widget,
          const char *name,
          GVariant   *target)
{
  step (YEJI_DOCUMENTS_PANE (widget), target, 1);
}

static void
act_move_to (GtkWidget  *widget,
             const char *name,
             GVariant   *target)
{
  YejiDocumentsPane *self = YEJI_DOCUMENTS_PANE (widget);
  const char *id;
  const char *slot;
  YejiAttachment *attachment;

  g_variant_get (target, "(&s&s)", &id, &slot);
  attachment = find_attachment (self, id);
  if (attachment != NULL)
    move_to (self, attachment, slot, G_MAXUINT);
}

static void
on_files_chosen (GtkNativeDialog   *dialog,
                 int                response,
                 YejiDocumentsPane *self)
{
  g_autoptr (GtkNativeDialog) kept = dialog;

  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr (GListModel) files = gtk_file_chooser_get_files (GTK_FILE_CHOOSER (dialog));

      yeji_documents_pane_attach (self, g_object_get_data (G_OBJECT (dialog), "slot"), files);
    }
}

static void
act_add (GtkWidget  *widget,
         const char *name,
         GVariant   *target)
{
  YejiDocumentsPane *self = YEJI_DOCUMENTS_PANE (widget);
  const YejiSlot *slot = yeji_dictionary_find_slot (yeji_draft_get_dictionary (self->draft),
                                                    g_variant_get_string (target, NULL));
  GtkFileChooserNative *dialog;
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  if (slot == NULL)
    return;
  dialog = gtk_file_chooser_native_new (yeji_label (&slot->label),
                                        GTK_WINDOW (gtk_widget_get_root (widget)),
                                        GTK_FILE_CHOOSER_ACTION_OPEN, _("_Attach"), _("_Cancel"));
  for (guint i = 0; slot->types[i] != NULL; i++)
    gtk_file_filter_add_mime_type (filter, slot->types[i]);
  gtk_file_filter_set_name (filter, _("Scans"));
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (dialog), filter);
  gtk_file_chooser_set_select_multiple (GTK_FILE_CHOOSER (dialog), slot->max_files > 1);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_object_set_data (G_OBJECT (dialog), "slot", slot->id);
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_files_chosen), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

/* ---- Slots */

static YejiSlotCard *
get_card (YejiDocumentsPane *self,
          const char        *slot)
{
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->slots)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (g_str_equal (yeji_slot_card_get_slot (YEJI_SLOT_CARD (child))->id, slot))
      return YEJI_SLOT_CARD (child);
  return NULL;
}

/* The slot and the file in which the keyboard is: it stays there when the pane is built again. */
static YejiSlotCard *
find_focused (YejiDocumentsPane  *self,
              YejiAttachment    **attachment)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  GtkWidget *file;
  GtkWidget *slot;

  if (focus == NULL || !gtk_widget_is_ancestor (focus, GTK_WIDGET (self->slots)))
    return NULL;
  file = gtk_widget_get_ancestor (focus, YEJI_TYPE_FILE_CARD);
  slot = gtk_widget_get_ancestor (focus, YEJI_TYPE_SLOT_CARD);
  if (attachment != NULL)
    *attachment = file != NULL ? yeji_file_card_get_attachment (YEJI_FILE_CARD (file)) : NULL;
  return (YejiSlotCard *) slot;
}

/* A file that went to another slot is another attachment: its content tells. */
static gboolean
focus_file (YejiDocumentsPane *self,
            YejiAttachment    *attachment)
{
  GPtrArray *attachments = yeji_draft_get_attachments (self->draft);
  YejiAttachment *there = find_attachment (self, yeji_attachment_get_id (attachment));
  YejiSlotCard *card;
  YejiFileCard *file;

  for (guint i = 0; there == NULL && i < attachments->len; i++)
    if (g_str_equal (yeji_attachment_get_sha256 (g_ptr_array_index (attachments, i)),
                     yeji_attachment_get_sha256 (attachment)))
      there = g_ptr_array_index (attachments, i);
  card = there != NULL ? get_card (self, yeji_attachment_get_slot (there)) : NULL;
  file = card != NULL ? yeji_slot_card_find_file (card, yeji_attachment_get_id (there)) : NULL;
  if (file != NULL)
    yeji_file_card_focus (file);
  return file != NULL;
}

static void
on_dropped (YejiSlotCard      *card,
            GListModel        *files,
            YejiDocumentsPane *self)
{
  yeji_documents_pane_attach (self, yeji_slot_card_get_slot (card)->id, files);
}

static void
on_moved_here (YejiSlotCard      *card,
               YejiAttachment    *attachment,
               guint              index,
               YejiDocumentsPane *self)
{
  YejiAttachment *own = find_attachment (self, yeji_attachment_get_id (attachment));

  /* One of another window's record stays there. */
  if (own != NULL)
    move_to (self, own, yeji_slot_card_get_slot (card)->id, index);
}

static void
add_card (YejiDocumentsPane *self,
          const YejiSlot    *slot)
{
  GtkWidget *card = yeji_slot_card_new (self->draft, slot,
                                        g_hash_table_contains (self->opened, slot->id));

  g_signal_connect_object (card, "dropped", G_CALLBACK (on_dropped), self, 0);
  g_signal_connect_object (card, "moved-here", G_CALLBACK (on_moved_here), self, 0);
  gtk_box_append (self->slots, card);
}

static gboolean
has_documents (YejiDocumentsPane *self,
               const YejiSlot    *slot)
{
  GPtrArray *attachments = yeji_draft_get_attachments (self->draft);

  for (guint i = 0; i < attachments->len; i++)
    if (g_str_equal (yeji_attachment_get_slot (g_ptr_array_index (attachments, i)), slot->id))
      return TRUE;
  return FALSE;
}

/* How many of the required kinds are there. */
static void
update_summary (YejiDocumentsPane *self)
{
  guint n_needed = 0;
  guint n_there = 0;
  g_autofree char *text = NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->slots)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (yeji_slot_card_is_needed (YEJI_SLOT_CARD (child)))
      {
        n_needed++;
        n_there += yeji_slot_card_get_n_files (YEJI_SLOT_CARD (child)) > 0;
      }
  gtk_widget_set_visible (self->head, n_needed > 0 && yeji_draft_is_editable (self->draft));
  if (n_needed == 0)
    return;
  text = g_strdup_printf (ngettext ("%u of %u required document is there",
                                    "%u of %u required documents are there", n_needed),
                          n_there, n_needed);
  gtk_label_set_text (self->summary, text);
  gtk_progress_bar_set_fraction (self->progress, (double) n_there / n_needed);
  yeji_a11y_set_name (GTK_WIDGET (self->progress), text);
}

static void
rebuild (YejiDocumentsPane *self)
{
  GPtrArray *slots = yeji_dictionary_get_slots (yeji_draft_get_dictionary (self->draft));
  YejiAttachment *attachment = NULL;
  YejiSlotCard *focused = find_focused (self, &attachment);
  g_autofree char *slot = focused != NULL ? g_strdup (yeji_slot_card_get_slot (focused)->id) : NULL;
  g_autoptr (YejiAttachment) file = attachment != NULL ? g_object_ref (attachment) : NULL;
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->slots))) != NULL)
    gtk_box_remove (self->slots, child);
  /* What must be there comes first. */
  for (int wanted = 1; wanted >= 0; wanted--)
    for (guint i = 0; i < slots->len; i++)
      {
        const YejiSlot *def = g_ptr_array_index (slots, i);

        if (yeji_slot_is_required (def, yeji_draft_get_record (self->draft)) == wanted
            && (yeji_draft_is_editable (self->draft) || has_documents (self, def)))
          add_card (self, def);
      }
  update_summary (self);
  if (slot != NULL && (file == NULL || !focus_file (self, file)))
    yeji_documents_pane_show_slot (self, slot);
}

static void
act_show_all (GtkWidget  *widget,
              const char *name,
              GVariant   *target)
{
  YejiDocumentsPane *self = YEJI_DOCUMENTS_PANE (widget);

  g_hash_table_add (self->opened, g_variant_dup_string (target, NULL));
  rebuild (self);
}

/* What the pane shows, in one text: it is built again only when that changes. */
static char *
describe (YejiDocumentsPane *self)
{
  GPtrArray *slots = yeji_dictionary_get_slots (yeji_draft_get_dictionary (self->draft));
  GPtrArray *attachments = yeji_draft_get_attachments (self->draft);
  g_autoptr (GString) text = g_string_new (yeji_draft_is_editable (self->draft) ? "e" : "r");

  for (guint i = 0; i < slots->len; i++)
    g_string_append_c (text, yeji_slot_is_required (g_ptr_array_index (slots, i),
                                                    yeji_draft_get_record (self->draft))
                               ? '1' : '0');
  for (guint i = 0; i < attachments->len; i++)
    {
      YejiAttachment *attachment = g_ptr_array_index (attachments, i);

      g_string_append_printf (text, " %s%d/%d", yeji_attachment_get_id (attachment),
                              yeji_attachment_is_received (attachment),
                              yeji_attachment_get_rotation (attachment));
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
update (YejiDocumentsPane *self)
{
  g_autofree char *text = describe (self);

  if (g_strcmp0 (text, self->shown) == 0)
    return;
  g_free (self->shown);
  self->shown = g_steal_pointer (&text);
  rebuild (self);
}

/* ---- Pasting */

/* Where a pasted document goes: the slot that has the keyboard, or the first that misses one. */
static const char *
choose_slot (YejiDocumentsPane *self)
{
  YejiSlotCard *focused = find_focused (self, NULL);

  if (focused != NULL)
    return yeji_slot_card_get_slot (focused)->id;
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->slots)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (yeji_slot_card_is_needed (YEJI_SLOT_CARD (child))
        && yeji_slot_card_get_n_files (YEJI_SLOT_CARD (child)) == 0)
      return yeji_slot_card_get_slot (YEJI_SLOT_CARD (child))->id;
  return NULL;
}

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

  if (value != NULL && paste->draft == paste->self->draft)
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
    show_error (paste->self, _("The picture in the clipboard cannot be read."));
  else if (paste->draft == paste->self->draft)
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
  const char *slot = self->draft != NULL && yeji_draft_is_editable (self->draft)
                       ? choose_slot (self) : NULL;
  Paste *paste;

  if (slot == NULL)
    return;
  paste = g_new (Paste, 1);
  *paste = (Paste) { g_object_ref (self), g_object_ref (self->draft), g_strdup (slot) };
  if (gdk_content_formats_contain_gtype (formats, GDK_TYPE_FILE_LIST))
    gdk_clipboard_read_value_async (clipboard, GDK_TYPE_FILE_LIST, G_PRIORITY_DEFAULT, NULL,
                                    on_files_pasted, paste);
  else if (gdk_content_formats_contain_gtype (formats, GDK_TYPE_TEXTURE))
    gdk_clipboard_read_texture_async (clipboard, NULL, on_picture_pasted, paste);
  else
    {
      show_error (self, _("There is no picture and no file in the clipboard."));
      paste_free (paste);
    }
}

static const struct
{
  const char *name;
  const char *type;            /* (nullable): of its target */
  GtkWidgetActionActivateFunc activate;
} actions[] = {
  { "documents.preview", "s", act_preview },
  { "documents.open", "s", act_open },
  { "documents.remove", "s", act_remove },
  { "documents.up", "s", act_up },
  { "documents.down", "s", act_down },
  { "documents.move-to", "(ss)", act_move_to },
  { "documents.add", "s", act_add },
  { "documents.show-all", "s", act_show_all },
  { "documents.paste", NULL, act_paste },
};

static void
yeji_documents_pane_set_property (GObject      *object,
                                  guint         id,
                                  const GValue *value,
                                  GParamSpec   *pspec)
{
  YejiDocumentsPane *self = YEJI_DOCUMENTS_PANE (object);

  if (id == PROP_DOCK)
    g_set_weak_pointer (&self->dock, g_value_get_object (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
yeji_documents_pane_dispose (GObject *object)
{
  YejiDocumentsPane *self = YEJI_DOCUMENTS_PANE (object);

  g_clear_weak_pointer (&self->dock);
  g_clear_object (&self->draft);
  g_clear_pointer (&self->shown, g_free);
  g_clear_pointer (&self->opened, g_hash_table_unref);
  G_OBJECT_CLASS (yeji_documents_pane_parent_class)->dispose (object);
}

static void
yeji_documents_pane_class_init (YejiDocumentsPaneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->set_property = yeji_documents_pane_set_property;
  G_OBJECT_CLASS (klass)->dispose = yeji_documents_pane_dispose;
  g_type_ensure (YEJI_TYPE_PREVIEW_DOCK);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/yeji/Yeji/ui/yeji-documents-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, YejiDocumentsPane, slots);
  gtk_widget_class_bind_template_child (widget_class, YejiDocumentsPane, error);
  gtk_widget_class_bind_template_child (widget_class, YejiDocumentsPane, summary);
  gtk_widget_class_bind_template_child (widget_class, YejiDocumentsPane, progress);
  gtk_widget_class_bind_template_child (widget_class, YejiDocumentsPane, head);
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (widget_class, actions[i].name, actions[i].type,
                                     actions[i].activate);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_v, GDK_CONTROL_MASK,
                                       "documents.paste", NULL);

  properties[PROP_DOCK] = g_param_spec_object ("dock", NULL, NULL, YEJI_TYPE_PREVIEW_DOCK,
                                               G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (G_OBJECT_CLASS (klass), N_PROPS, properties);
}

static void
yeji_documents_pane_init (YejiDocumentsPane *self)
{
  self->opened = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * yeji_documents_pane_set_draft:
 *
 * Shows the documents of a draft.
 */
void
yeji_documents_pane_set_draft (YejiDocumentsPane *self,
                               YejiDraft         *draft)
{
  g_return_if_fail (YEJI_IS_DOCUMENTS_PANE (self));

  if (self->dock != NULL)
    yeji_preview_dock_close (self->dock);
  if (self->draft == NULL)
    yeji_thumbnails_sweep (yeji_draft_get_store (draft));
  g_set_object (&self->draft, draft);
  g_signal_connect_object (draft, "entry-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (draft, "issues-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_clear_pointer (&self->shown, g_free);
  g_hash_table_remove_all (self->opened);
  show_error (self, NULL);
  update (self);
}

/**
 * yeji_documents_pane_attach:
 * @files: of #GFile
 *
 * Attaches files to a slot. They are copied; the originals may vanish.
 */
void
yeji_documents_pane_attach (YejiDocumentsPane *self,
                            const char        *slot,
                            GListModel        *files)
{
  YejiDocumentChange *change;
  guint n = g_list_model_get_n_items (files);

  g_return_if_fail (YEJI_IS_DOCUMENTS_PANE (self));

  change = make_change (self->draft);
  change->slot = g_strdup (slot);
  change->files = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < n; i++)
    g_ptr_array_add (change->files, g_list_model_get_item (files, i));
  run_change (self, change);
}

/**
 * yeji_documents_pane_attach_picture:
 *
 * Attaches a picture, that of the clipboard above all, as a file of a type that the slot takes.
 */
void
yeji_documents_pane_attach_picture (YejiDocumentsPane *self,
                                    const char        *slot,
                                    GdkTexture        *picture)
{
  YejiDocumentChange *change;

  g_return_if_fail (YEJI_IS_DOCUMENTS_PANE (self));

  change = make_change (self->draft);
  change->slot = g_strdup (slot);
  change->picture = g_object_ref (picture);
  run_change (self, change);
}

/**
 * yeji_documents_pane_show_slot:
 *
 * Gives the focus to the button that adds to a slot.
 */
void
yeji_documents_pane_show_slot (YejiDocumentsPane *self,
                               const char        *slot)
{
  YejiSlotCard *card = get_card (self, slot);

  if (card != NULL)
    yeji_slot_card_focus (card);
}
