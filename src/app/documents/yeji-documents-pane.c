// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-documents-pane"

#include "config.h"

#include "yeji-documents-private.h"

#include <glib/gi18n.h>

#include "yeji-a11y.h"
#include "yeji-document.h"
#include "yeji-intake-flow.h"
#include "yeji-messages.h"
#include "yeji-preview-dock.h"
#include "yeji-slot-card.h"
#include "yeji-slots.h"
#include "yeji-thumbnails.h"

struct _YejiDocumentsPane
{
  AdwBin parent_instance;

  GtkBox *slots;               /* of YejiSlotCard */
  GtkLabel *error;
  GtkLabel *summary;
  GtkProgressBar *progress;
  GtkWidget *head;
  GtkWidget *none;             /* said where there is nothing */

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
  yeji_documents_pane_show_error (self, sentence);
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
  YejiAttachment *attachment = yeji_documents_pane_find (self, g_variant_get_string (target, NULL));

  if (attachment != NULL)
    open_elsewhere (self, attachment);
}

static void
act_preview (GtkWidget  *widget,
             const char *name,
             GVariant   *target)
{
  YejiDocumentsPane *self = YEJI_DOCUMENTS_PANE (widget);
  YejiAttachment *attachment = yeji_documents_pane_find (self, g_variant_get_string (target, NULL));

  if (attachment != NULL && self->dock != NULL)
    yeji_preview_dock_open (self->dock, self->draft, attachment);
  else if (attachment != NULL)
    open_elsewhere (self, attachment);
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
  YejiAttachment *there = yeji_documents_pane_find (self, yeji_attachment_get_id (attachment));
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
  YejiAttachment *own = yeji_documents_pane_find (self, yeji_attachment_get_id (attachment));

  /* One of another window's record stays there. */
  if (own != NULL)
    yeji_documents_pane_move (self, own, yeji_slot_card_get_slot (card)->id, index);
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
  gtk_widget_set_visible (self->none,
                          gtk_widget_get_first_child (GTK_WIDGET (self->slots)) == NULL);
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
  yeji_documents_same_load (self);
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

      g_string_append_printf (text, " %s%s%d/%d", yeji_attachment_get_id (attachment),
                              yeji_attachment_get_sha256 (attachment),
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


static const struct
{
  const char *name;
  const char *type;            /* (nullable): of its target */
  GtkWidgetActionActivateFunc activate;
} actions[] = {
  { "documents.preview", "s", act_preview },
  { "documents.open", "s", act_open },
  { "documents.add", "s", act_add },
  { "documents.show-all", "s", act_show_all },
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
  gtk_widget_class_bind_template_child (widget_class, YejiDocumentsPane, none);
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (widget_class, actions[i].name, actions[i].type,
                                     actions[i].activate);
  yeji_documents_order_install (widget_class);
  yeji_documents_paste_install (widget_class);
  yeji_documents_scans_install (widget_class);

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
  yeji_documents_pane_show_error (self, NULL);
  update (self);
}

/**
 * yeji_documents_pane_attach:
 * @files: of #GFile
 *
 * Attaches files to a slot. They are copied; the originals may vanish. What is not as it should be
 * is shown first.
 */
void
yeji_documents_pane_attach (YejiDocumentsPane *self,
                            const char        *slot,
                            GListModel        *files)
{
  g_return_if_fail (YEJI_IS_DOCUMENTS_PANE (self));

  yeji_intake_start_list (GTK_WIDGET (self), yeji_draft_get_store (self->draft), files,
                          yeji_draft_get_uuid (self->draft), slot, YEJI_INTAKE_QUICK);
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
  g_return_if_fail (YEJI_IS_DOCUMENTS_PANE (self));

  yeji_intake_start_picture (GTK_WIDGET (self), yeji_draft_get_store (self->draft), picture,
                             yeji_draft_get_uuid (self->draft), slot);
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

/* ---- For the other files of the pane */

YejiDraft *
yeji_documents_pane_get_draft (YejiDocumentsPane *self)
{
  return self->draft;
}

/* (nullable) @sentence: %NULL when there is nothing to say any more */
void
yeji_documents_pane_show_error (YejiDocumentsPane *self,
                                const char        *sentence)
{
  if (self->draft == NULL)
    return;                    /* the window has gone meanwhile */
  gtk_label_set_text (self->error, sentence != NULL ? sentence : "");
  gtk_widget_set_visible (GTK_WIDGET (self->error), sentence != NULL);
}

YejiAttachment *
yeji_documents_pane_find (YejiDocumentsPane *self,
                          const char        *id)
{
  GPtrArray *attachments = yeji_draft_get_attachments (self->draft);

  for (guint i = 0; i < attachments->len; i++)
    if (g_str_equal (yeji_attachment_get_id (g_ptr_array_index (attachments, i)), id))
      return g_ptr_array_index (attachments, i);
  return NULL;
}

/* (nullable): the card of a document, %NULL when it is not in sight */
YejiFileCard *
yeji_documents_pane_find_card (YejiDocumentsPane *self,
                               const char        *id)
{
  YejiAttachment *attachment = yeji_documents_pane_find (self, id);
  YejiSlotCard *card = attachment != NULL
                         ? get_card (self, yeji_attachment_get_slot (attachment)) : NULL;

  return card != NULL ? yeji_slot_card_find_file (card, id) : NULL;
}

/* Where a pasted document goes: the slot that has the keyboard, or the first that misses one. */
const char *
yeji_documents_pane_choose_slot (YejiDocumentsPane *self)
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
