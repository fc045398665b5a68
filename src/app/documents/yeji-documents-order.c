// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-documents-pane"

#include "config.h"

#include "yeji-documents-private.h"

#include <glib/gi18n.h>

#include "yeji-background.h"
#include "yeji-messages.h"
#include "yeji-toast.h"

/* The order of a record's documents, and their removal; each step can be taken back. */

static void
on_changed (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  YejiDocumentsPane *self = YEJI_DOCUMENTS_PANE (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (GObject) done = yeji_background_finish (result, &error);
  g_autofree char *sentence = error != NULL ? yeji_error_to_sentence (error) : NULL;

  if (yeji_documents_pane_get_draft (self) == NULL)
    return;                    /* the window has gone meanwhile */
  yeji_documents_pane_show_error (self, sentence);
  yeji_draft_refresh (yeji_documents_pane_get_draft (self));
}

static YejiDocumentChange *
make_change (YejiDraft *draft)
{
  return yeji_document_change_new (yeji_draft_get_store (draft), yeji_draft_get_uuid (draft));
}

/**
 * yeji_documents_pane_run:
 * @change: (transfer full)
 *
 * Makes a change away from the window, and shows what came of it.
 */
void
yeji_documents_pane_run (YejiDocumentsPane  *self,
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
  yeji_documents_pane_run (self, g_object_steal_data (G_OBJECT (toast), "change"));
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
  toast = yeji_toast_offer_undo (ADW_TOAST_OVERLAY (overlay), text);
  g_object_set_data_full (G_OBJECT (toast), "change", undo, yeji_document_change_free);
  g_signal_connect_object (toast, "button-clicked", G_CALLBACK (on_undo), self, 0);
}

/* The place of a document among those of its slot. */
static guint
find_index (YejiDocumentsPane *self,
            YejiAttachment    *attachment,
            guint             *n)
{
  GPtrArray *attachments = yeji_draft_get_attachments (yeji_documents_pane_get_draft (self));
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
      yeji_documents_pane_show_error (self, text);
    }
  else
    {
      const YejiSlot *slot = yeji_dictionary_find_slot (yeji_draft_get_dictionary (move->draft),
                                                        yeji_attachment_get_slot (there));

      /* Translators: a file's name, a kind of document */
      text = g_strdup_printf (_("“%s” moved in “%s”"), yeji_attachment_get_filename (there),
                              slot != NULL ? yeji_label (&slot->label) : "");
      yeji_documents_pane_show_error (self, NULL);
      offer_undo (self, text, make_way_back (move, there));
    }
  yeji_draft_refresh (move->draft);
  move_free (move);
}

/**
 * yeji_documents_pane_move:
 * @index: in the slot; what is beyond its end is the end
 *
 * Moves a document, and offers to undo that.
 */
void
yeji_documents_pane_move (YejiDocumentsPane *self,
                          YejiAttachment    *attachment,
                          const char        *slot,
                          guint              index)
{
  YejiDraft *draft = yeji_documents_pane_get_draft (self);
  YejiDocumentChange *change;
  Move *move;
  guint was;
  guint n;

  if (!yeji_draft_is_editable (draft))
    return;
  was = find_index (self, attachment, &n);
  if (g_str_equal (slot, yeji_attachment_get_slot (attachment)) && (was == index || index >= n))
    return;
  move = g_new (Move, 1);
  *move = (Move) { g_object_ref (draft), g_object_ref (attachment), was };
  change = make_change (draft);
  change->moved = g_object_ref (attachment);
  change->slot = g_strdup (slot);
  change->index = index;
  yeji_background_run (self, yeji_document_change_make, change, yeji_document_change_free,
                       g_object_unref, on_moved, move);
}

static void
act_remove (GtkWidget  *widget,
            const char *name,
            GVariant   *target)
{
  YejiDocumentsPane *self = YEJI_DOCUMENTS_PANE (widget);
  YejiDraft *draft = yeji_documents_pane_get_draft (self);
  YejiAttachment *attachment = yeji_documents_pane_find (self, g_variant_get_string (target, NULL));
  YejiDocumentChange *change;
  YejiDocumentChange *undo;
  g_autofree char *text = NULL;

  if (attachment == NULL || !yeji_draft_is_editable (draft))
    return;
  change = make_change (draft);
  change->removed = g_object_ref (attachment);
  undo = make_change (draft);
  undo->back = g_object_ref (attachment);
  text = g_strdup_printf (_("“%s” removed"), yeji_attachment_get_filename (attachment));
  yeji_documents_pane_run (self, change);
  offer_undo (self, text, undo);
}

static void
step (YejiDocumentsPane *self,
      GVariant          *target,
      int                by)
{
  YejiAttachment *attachment = yeji_documents_pane_find (self, g_variant_get_string (target, NULL));
  guint index;
  guint n;

  if (attachment == NULL)
    return;
  index = find_index (self, attachment, &n);
  if ((by < 0 && index == 0) || (by > 0 && index + 1 >= n))
    return;
  yeji_documents_pane_move (self, attachment, yeji_attachment_get_slot (attachment),
                            index + (guint) by);
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
  attachment = yeji_documents_pane_find (self, id);
  if (attachment != NULL)
    yeji_documents_pane_move (self, attachment, slot, G_MAXUINT);
}

/**
 * yeji_documents_order_install:
 *
 * Adds the actions of this file to the pane's class.
 */
void
yeji_documents_order_install (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "documents.remove", "s", act_remove);
  gtk_widget_class_install_action (klass, "documents.up", "s", act_up);
  gtk_widget_class_install_action (klass, "documents.down", "s", act_down);
  gtk_widget_class_install_action (klass, "documents.move-to", "(ss)", act_move_to);
}
