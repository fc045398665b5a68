// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-documents-pane"

#include "config.h"

#include "yeji-documents-pane.h"

#include <glib/gi18n.h>

#include "yeji-a11y.h"
#include "yeji-background.h"
#include "yeji-document.h"
#include "yeji-messages.h"
#include "yeji-slots.h"
#include "yeji-toast.h"

struct _YejiDocumentsPane
{
  AdwBin parent_instance;

  GtkBox *slots;
  GtkLabel *error;

  YejiDraft *draft;
  char *shown;                 /* (nullable): what is on screen, in one text */
};

/* A change of the documents, done away from the window. */
typedef struct
{
  YejiStore *store;
  char *uuid;
  char *slot;                  /* (nullable): attach @files here */
  GPtrArray *files;            /* (nullable) (element-type GFile) */
  YejiAttachment *detach;      /* (nullable) */
  YejiAttachment *restore;     /* (nullable): attach what was detached */
} Change;

G_DEFINE_FINAL_TYPE (YejiDocumentsPane, yeji_documents_pane, ADW_TYPE_BIN)

static void
change_free (gpointer data)
{
  Change *change = data;

  g_object_unref (change->store);
  g_free (change->uuid);
  g_free (change->slot);
  g_clear_pointer (&change->files, g_ptr_array_unref);
  g_clear_object (&change->detach);
  g_clear_object (&change->restore);
  g_free (change);
}

static gboolean
restore (Change        *change,
         GCancellable  *cancellable,
         GError       **error)
{
  g_autoptr (YejiAttachment) attachment = NULL;
  g_autoptr (GFile) copy = NULL;

  copy = yeji_document_copy (change->store, change->restore, cancellable, error);
  if (copy == NULL)
    return FALSE;
  attachment = yeji_store_attach (change->store, change->uuid,
                                  yeji_attachment_get_slot (change->restore), copy, cancellable,
                                  error);
  return attachment != NULL;
}

static gpointer
make_change (gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  Change *change = data;

  if (change->detach != NULL
      && !yeji_store_detach (change->store, change->uuid, yeji_attachment_get_id (change->detach),
                             error))
    return NULL;
  if (change->restore != NULL && !restore (change, cancellable, error))
    return NULL;
  for (guint i = 0; change->files != NULL && i < change->files->len; i++)
    {
      g_autoptr (YejiAttachment) attachment = NULL;

      attachment = yeji_store_attach (change->store, change->uuid, change->slot,
                                      g_ptr_array_index (change->files, i), cancellable, error);
      if (attachment == NULL)
        return NULL;
    }
  return g_object_ref (change->store);
}

static void
show_error (YejiDocumentsPane *self,
            const char        *sentence)
{
  gtk_label_set_text (self->error, sentence != NULL ? sentence : "");
  gtk_widget_set_visible (GTK_WIDGET (self->error), sentence != NULL);
}

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

static void
run_change (YejiDocumentsPane *self,
            YejiDraft         *draft,
            Change            *change)
{
  change->store = g_object_ref (yeji_draft_get_store (draft));
  change->uuid = g_strdup (yeji_draft_get_uuid (draft));
  yeji_background_run (self, make_change, change, change_free, g_object_unref, on_changed, NULL);
}

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
on_open (GtkButton         *button,
         YejiDocumentsPane *self)
{
  yeji_document_open_async (yeji_draft_get_store (self->draft),
                            g_object_get_data (G_OBJECT (button), "attachment"),
                            GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), on_opened,
                            g_object_ref (self));
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
on_add (GtkButton         *button,
        YejiDocumentsPane *self)
{
  const YejiSlot *slot = g_object_get_data (G_OBJECT (button), "slot");
  GtkFileChooserNative *dialog;
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  dialog = gtk_file_chooser_native_new (yeji_label (&slot->label),
                                        GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
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

static void
on_undo_remove (AdwToast          *toast,
                YejiDocumentsPane *self)
{
  Change *change = g_new0 (Change, 1);

  change->restore = g_object_ref (g_object_get_data (G_OBJECT (toast), "attachment"));
  run_change (self, g_object_get_data (G_OBJECT (toast), "draft"), change);
}

static void
offer_undo (YejiDocumentsPane *self,
            YejiAttachment    *attachment)
{
  GtkWidget *overlay = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_TOAST_OVERLAY);
  g_autofree char *text = NULL;
  g_autoptr (AdwToast) toast = NULL;

  if (overlay == NULL)
    return;
  text = g_strdup_printf (_("“%s” removed"), yeji_attachment_get_filename (attachment));
  toast = yeji_toast_show (ADW_TOAST_OVERLAY (overlay), text);
  yeji_toast_make_undoable (toast);
  g_object_set_data_full (G_OBJECT (toast), "attachment", g_object_ref (attachment),
                          g_object_unref);
  g_object_set_data_full (G_OBJECT (toast), "draft", g_object_ref (self->draft), g_object_unref);
  g_signal_connect_object (toast, "button-clicked", G_CALLBACK (on_undo_remove), self, 0);
}

static void
on_remove (GtkButton         *button,
           YejiDocumentsPane *self)
{
  YejiAttachment *attachment = g_object_get_data (G_OBJECT (button), "attachment");
  Change *change = g_new0 (Change, 1);

  change->detach = g_object_ref (attachment);
  run_change (self, self->draft, change);
  offer_undo (self, attachment);
}

static GtkWidget *
make_icon_button (YejiDocumentsPane *self,
                  const char        *icon,
                  const char        *name,
                  GCallback          callback)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, name);
  yeji_a11y_set_name (button, name);
  g_signal_connect_object (button, "clicked", callback, self, 0);
  return button;
}

/* The file itself: its name, and what became of it. */
static GtkWidget *
make_file_button (YejiDocumentsPane *self,
                  YejiAttachment    *attachment)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *name = gtk_label_new (yeji_attachment_get_filename (attachment));
  g_autofree char *size = g_format_size ((guint64) yeji_attachment_get_size (attachment));
  g_autofree char *status = NULL;
  g_autofree char *spoken = NULL;
  GtkWidget *detail;

  status = g_strdup_printf ("%s · %s", size, yeji_attachment_is_received (attachment)
                                               ? _("Received by the province")
                                               : _("On this computer"));
  detail = gtk_label_new (status);
  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_label_set_xalign (GTK_LABEL (detail), 0);
  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_MIDDLE);
  gtk_label_set_max_width_chars (GTK_LABEL (name), 24);
  gtk_label_set_ellipsize (GTK_LABEL (detail), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (detail, "caption");
  gtk_widget_add_css_class (detail, "dim-label");
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_box_append (GTK_BOX (texts), name);
  gtk_box_append (GTK_BOX (texts), detail);
  gtk_box_append (GTK_BOX (row),
                  gtk_image_new_from_icon_name (yeji_attachment_is_received (attachment)
                                                  ? "object-select-symbolic"
                                                  : "mail-attachment-symbolic"));
  gtk_box_append (GTK_BOX (row), texts);
  gtk_button_set_child (GTK_BUTTON (button), row);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_hexpand (button, TRUE);
  spoken = g_strdup_printf (_("Open %s"), yeji_attachment_get_filename (attachment));
  gtk_widget_set_tooltip_text (button, spoken);
  yeji_a11y_set_name (button, spoken);
  yeji_a11y_set_description (button, status);
  g_object_set_data_full (G_OBJECT (button), "attachment", g_object_ref (attachment),
                          g_object_unref);
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_open), self, 0);
  return button;
}

static GtkWidget *
make_file_row (YejiDocumentsPane *self,
               YejiAttachment    *attachment)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_box_append (GTK_BOX (row), make_file_button (self, attachment));
  if (yeji_draft_is_editable (self->draft))
    {
      g_autofree char *spoken = g_strdup_printf (_("Remove %s"),
                                                 yeji_attachment_get_filename (attachment));
      GtkWidget *button = make_icon_button (self, "user-trash-symbolic", spoken,
                                            G_CALLBACK (on_remove));

      g_object_set_data_full (G_OBJECT (button), "attachment", g_object_ref (attachment),
                              g_object_unref);
      gtk_box_append (GTK_BOX (row), button);
    }
  gtk_widget_add_css_class (row, "yeji-file");
  return row;
}

static GtkWidget *
make_slot (YejiDocumentsPane *self,
           const YejiSlot    *slot)
{
  GPtrArray *attachments = yeji_draft_get_attachments (self->draft);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);
  GtkWidget *label = gtk_label_new (yeji_label (&slot->label));
  gboolean required = yeji_slot_is_required (slot, yeji_draft_get_record (self->draft));
  guint count = 0;

  gtk_widget_add_css_class (box, "card");
  gtk_widget_add_css_class (box, "yeji-slot");
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 24);
  gtk_box_append (GTK_BOX (head), label);
  if (required)
    {
      GtkWidget *star = gtk_label_new ("*");

      gtk_widget_add_css_class (star, "yeji-star");
      gtk_widget_set_tooltip_text (star, _("Required"));
      gtk_box_append (GTK_BOX (head), star);
    }
  gtk_widget_set_hexpand (gtk_widget_get_last_child (head), TRUE);
  gtk_widget_set_halign (gtk_widget_get_last_child (head), GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (box), head);
  for (guint i = 0; i < attachments->len; i++)
    {
      YejiAttachment *attachment = g_ptr_array_index (attachments, i);

      if (!g_str_equal (yeji_attachment_get_slot (attachment), slot->id))
        continue;
      gtk_box_append (GTK_BOX (box), make_file_row (self, attachment));
      count++;
    }
  if (required && count == 0 && yeji_draft_is_editable (self->draft))
    gtk_widget_add_css_class (box, "missing");
  if (yeji_draft_is_editable (self->draft))
    {
      g_autofree char *name = g_strdup_printf (_("Attach %s"), yeji_label (&slot->label));
      GtkWidget *button = make_icon_button (self, "list-add-symbolic", name, G_CALLBACK (on_add));

      g_object_set_data (G_OBJECT (button), "slot", (gpointer) slot);
      g_object_set_data (G_OBJECT (box), "button", button);
      if (required)
        yeji_a11y_set_description (button, count == 0 ? _("Required, missing") : _("Required"));
      gtk_box_append (GTK_BOX (head), button);
    }
  g_object_set_data (G_OBJECT (box), "slot", (gpointer) slot);
  return box;
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

/* The slot in which the keyboard is: it stays there when the pane is built again. */
static const YejiSlot *
find_focused_slot (YejiDocumentsPane *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *widget = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (widget == NULL || !gtk_widget_is_ancestor (widget, GTK_WIDGET (self->slots)))
    return NULL;
  while (gtk_widget_get_parent (widget) != GTK_WIDGET (self->slots))
    widget = gtk_widget_get_parent (widget);
  return g_object_get_data (G_OBJECT (widget), "slot");
}

static void
rebuild (YejiDocumentsPane *self)
{
  GPtrArray *slots = yeji_dictionary_get_slots (yeji_draft_get_dictionary (self->draft));
  const YejiSlot *focused = find_focused_slot (self);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->slots))) != NULL)
    gtk_box_remove (self->slots, child);
  /* What must be there comes first. */
  for (int wanted = 1; wanted >= 0; wanted--)
    for (guint i = 0; i < slots->len; i++)
      {
        const YejiSlot *slot = g_ptr_array_index (slots, i);

        if (yeji_slot_is_required (slot, yeji_draft_get_record (self->draft)) == wanted
            && (yeji_draft_is_editable (self->draft) || has_documents (self, slot)))
          gtk_box_append (self->slots, make_slot (self, slot));
      }
  if (focused != NULL)
    yeji_documents_pane_show_slot (self, focused->id);
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
    g_string_append_printf (text, " %s%d",
                            yeji_attachment_get_id (g_ptr_array_index (attachments, i)),
                            yeji_attachment_is_received (g_ptr_array_index (attachments, i)));
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

static gboolean
on_drop (GtkDropTarget     *target,
         const GValue      *value,
         double             x,
         double             y,
         YejiDocumentsPane *self)
{
  GtkWidget *picked = gtk_widget_pick (GTK_WIDGET (self->slots), x, y, GTK_PICK_DEFAULT);
  g_autoptr (GListStore) files = g_list_store_new (G_TYPE_FILE);
  g_autoptr (GSList) list = gdk_file_list_get_files (g_value_get_boxed (value));

  while (picked != NULL && g_object_get_data (G_OBJECT (picked), "slot") == NULL)
    picked = gtk_widget_get_parent (picked);
  if (picked == NULL || !yeji_draft_is_editable (self->draft))
    return FALSE;
  for (GSList *item = list; item != NULL; item = item->next)
    g_list_store_append (files, item->data);
  yeji_documents_pane_attach (
    self, ((const YejiSlot *) g_object_get_data (G_OBJECT (picked), "slot"))->id,
    G_LIST_MODEL (files));
  return TRUE;
}

static void
yeji_documents_pane_dispose (GObject *object)
{
  YejiDocumentsPane *self = YEJI_DOCUMENTS_PANE (object);

  g_clear_object (&self->draft);
  g_clear_pointer (&self->shown, g_free);
  G_OBJECT_CLASS (yeji_documents_pane_parent_class)->dispose (object);
}

static void
yeji_documents_pane_class_init (YejiDocumentsPaneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = yeji_documents_pane_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/yeji/Yeji/ui/yeji-documents-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, YejiDocumentsPane, slots);
  gtk_widget_class_bind_template_child (widget_class, YejiDocumentsPane, error);
}

static void
yeji_documents_pane_init (YejiDocumentsPane *self)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect (target, "drop", G_CALLBACK (on_drop), self);
  gtk_widget_add_controller (GTK_WIDGET (self->slots), GTK_EVENT_CONTROLLER (target));
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

  g_set_object (&self->draft, draft);
  g_signal_connect_object (draft, "entry-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (draft, "issues-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_clear_pointer (&self->shown, g_free);
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
  Change *change;
  guint n = g_list_model_get_n_items (files);

  g_return_if_fail (YEJI_IS_DOCUMENTS_PANE (self));

  change = g_new0 (Change, 1);
  change->slot = g_strdup (slot);
  change->files = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < n; i++)
    g_ptr_array_add (change->files, g_list_model_get_item (files, i));
  run_change (self, self->draft, change);
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
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->slots)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      const YejiSlot *shown = g_object_get_data (G_OBJECT (child), "slot");
      GtkWidget *button = g_object_get_data (G_OBJECT (child), "button");

      if (button != NULL && g_str_equal (shown->id, slot))
        gtk_widget_grab_focus (button);
    }
}
