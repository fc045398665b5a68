// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-slot-card"

#include "config.h"

#include "yeji-slot-card.h"

#include <glib/gi18n.h>

#include "yeji-a11y.h"
#include "yeji-messages.h"
#include "yeji-slots.h"
#include "yeji-tooltip.h"

/* More are shown when somebody asks: each is a row of widgets, and a record may have 500. */
#define N_AT_FIRST 8

/* What is said of a slot. */
typedef enum
{
  GIVEN,
  MISSING,
  OPTIONAL_GIVEN,
  OPTIONAL_EMPTY,
  N_STANDS
} Stand;

static const struct
{
  const char *icon;
  const char *style;
  const char *words;
} stands[N_STANDS] = {
  [GIVEN] = { "emblem-ok-symbolic", "success", N_("Required, there") },
  [MISSING] = { "dialog-warning-symbolic", "error", N_("Required, missing") },
  [OPTIONAL_GIVEN] = { "emblem-ok-symbolic", "dim-label", N_("Optional, there") },
  [OPTIONAL_EMPTY] = { "list-add-symbolic", "dim-label", N_("Optional") },
};

struct _YejiSlotCard
{
  AdwBin parent_instance;

  const YejiSlot *slot;
  YejiDictionary *dictionary;  /* holds the slot */
  GtkWidget *files;            /* a box of YejiFileCard */
  GtkWidget *add;              /* (nullable) */
  gboolean needed;
  guint n_files;
};

enum
{
  DROPPED,
  MOVED_HERE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (YejiSlotCard, yeji_slot_card, ADW_TYPE_BIN)

static GtkWidget *
make_titles (YejiSlotCard *self,
             Stand         stand)
{
  GtkWidget *titles = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *label = gtk_label_new (yeji_label (&self->slot->label));
  GtkWidget *words = gtk_label_new (_(stands[stand].words));

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (words), 0);
  gtk_label_set_ellipsize (GTK_LABEL (words), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (words, "caption");
  gtk_widget_add_css_class (words, stands[stand].style);
  gtk_widget_set_hexpand (titles, TRUE);
  gtk_widget_set_valign (titles, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (titles), label);
  gtk_box_append (GTK_BOX (titles), words);
  return titles;
}

static GtkWidget *
make_add_button (YejiSlotCard *self,
                 Stand         stand)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("list-add-symbolic");
  g_autofree char *name = g_strdup_printf (_("Attach %s"), yeji_label (&self->slot->label));

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  yeji_tooltip_set (button, name);
  yeji_a11y_set_name (button, name);
  yeji_a11y_set_description (button, _(stands[stand].words));
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", self->slot->id);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "documents.add");
  return button;
}

static GtkWidget *
make_head (YejiSlotCard *self,
           Stand         stand,
           gboolean      editable)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);

  if (stand != OPTIONAL_EMPTY)
    {
      GtkWidget *icon = gtk_image_new_from_icon_name (stands[stand].icon);

      gtk_widget_add_css_class (icon, stands[stand].style);
      gtk_box_append (GTK_BOX (head), icon);
    }
  gtk_box_append (GTK_BOX (head), make_titles (self, stand));
  if (editable)
    {
      self->add = make_add_button (self, stand);
      gtk_box_append (GTK_BOX (head), self->add);
    }
  return head;
}

static GtkWidget *
make_more_button (YejiSlotCard *self)
{
  g_autofree char *text = g_strdup_printf (ngettext ("Show All %u File", "Show All %u Files",
                                                     self->n_files), self->n_files);
  GtkWidget *button = gtk_button_new_with_label (text);

  gtk_widget_add_css_class (button, "flat");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", self->slot->id);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "documents.show-all");
  return button;
}

static void
fill_files (YejiSlotCard *self,
            YejiDraft    *draft,
            gboolean      all)
{
  GPtrArray *attachments = yeji_draft_get_attachments (draft);

  self->files = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  for (guint i = 0; i < attachments->len; i++)
    {
      YejiAttachment *attachment = g_ptr_array_index (attachments, i);

      if (!g_str_equal (yeji_attachment_get_slot (attachment), self->slot->id))
        continue;
      self->n_files++;
      if (all || self->n_files <= N_AT_FIRST)
        gtk_box_append (GTK_BOX (self->files),
                        yeji_file_card_new (yeji_draft_get_store (draft), attachment,
                                            yeji_draft_is_editable (draft)));
    }
}

/* ---- What is dropped on it */

static void
clear_mark (YejiSlotCard *self)
{
  for (GtkWidget *child = gtk_widget_get_first_child (self->files); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      gtk_widget_remove_css_class (child, "drop-before");
      gtk_widget_remove_css_class (child, "drop-after");
    }
}

/* Before which of the files a drop at that height lands, and a line that says so. */
static guint
find_index (YejiSlotCard *self,
            double        y,
            gboolean      mark)
{
  GtkWidget *last = NULL;
  guint index = 0;

  clear_mark (self);
  for (GtkWidget *child = gtk_widget_get_first_child (self->files); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      double x, middle;

      gtk_widget_translate_coordinates (child, GTK_WIDGET (self), 0,
                                        gtk_widget_get_height (child) / 2., &x, &middle);
      if (y < middle)
        {
          if (mark)
            gtk_widget_add_css_class (child, "drop-before");
          return index;
        }
      last = child;
      index++;
    }
  if (mark && last != NULL)
    gtk_widget_add_css_class (last, "drop-after");
  return index;
}

static GdkDragAction
on_motion (GtkDropTarget *target,
           double         x,
           double         y,
           YejiSlotCard  *self)
{
  GdkDrop *drop = gtk_drop_target_get_current_drop (target);

  if (drop != NULL && gdk_content_formats_contain_gtype (gdk_drop_get_formats (drop),
                                                         YEJI_TYPE_ATTACHMENT))
    {
      find_index (self, y, TRUE);
      return GDK_ACTION_MOVE;
    }
  return GDK_ACTION_COPY;
}

static void
on_leave (GtkDropTarget *target,
          YejiSlotCard  *self)
{
  clear_mark (self);
}

/* A file that goes down in its own slot leaves its place first. */
static guint
count_before (YejiSlotCard   *self,
              YejiAttachment *attachment,
              guint           index)
{
  guint at = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (self->files); child != NULL && at < index;
       child = gtk_widget_get_next_sibling (child), at++)
    if (YEJI_IS_FILE_CARD (child)
        && g_str_equal (yeji_attachment_get_id (yeji_file_card_get_attachment (
                          YEJI_FILE_CARD (child))), yeji_attachment_get_id (attachment)))
      return index - 1;
  return index;
}

static gboolean
on_drop (GtkDropTarget *target,
         const GValue  *value,
         double         x,
         double         y,
         YejiSlotCard  *self)
{
  g_autoptr (GListStore) files = NULL;
  g_autoptr (GSList) list = NULL;

  if (G_VALUE_HOLDS (value, YEJI_TYPE_ATTACHMENT))
    {
      YejiAttachment *attachment = g_value_get_object (value);

      g_signal_emit (self, signals[MOVED_HERE], 0, attachment,
                     count_before (self, attachment, find_index (self, y, FALSE)));
      return TRUE;
    }
  files = g_list_store_new (G_TYPE_FILE);
  list = gdk_file_list_get_files (g_value_get_boxed (value));
  for (GSList *item = list; item != NULL; item = item->next)
    g_list_store_append (files, item->data);
  g_signal_emit (self, signals[DROPPED], 0, files);
  return TRUE;
}

static void
add_target (YejiSlotCard *self)
{
  GtkDropTarget *target = gtk_drop_target_new (G_TYPE_INVALID, GDK_ACTION_COPY | GDK_ACTION_MOVE);
  GType types[] = { YEJI_TYPE_ATTACHMENT, GDK_TYPE_FILE_LIST };

  gtk_drop_target_set_gtypes (target, types, G_N_ELEMENTS (types));
  g_signal_connect (target, "enter", G_CALLBACK (on_motion), self);
  g_signal_connect (target, "motion", G_CALLBACK (on_motion), self);
  g_signal_connect (target, "leave", G_CALLBACK (on_leave), self);
  g_signal_connect (target, "drop", G_CALLBACK (on_drop), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}

static void
yeji_slot_card_dispose (GObject *object)
{
  g_clear_object (&YEJI_SLOT_CARD (object)->dictionary);
  G_OBJECT_CLASS (yeji_slot_card_parent_class)->dispose (object);
}

static void
yeji_slot_card_class_init (YejiSlotCardClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = yeji_slot_card_dispose;
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
  signals[DROPPED] = g_signal_new ("dropped", YEJI_TYPE_SLOT_CARD, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, G_TYPE_LIST_MODEL);
  signals[MOVED_HERE] = g_signal_new ("moved-here", YEJI_TYPE_SLOT_CARD, G_SIGNAL_RUN_LAST, 0,
                                      NULL, NULL, NULL, G_TYPE_NONE, 2, YEJI_TYPE_ATTACHMENT,
                                      G_TYPE_UINT);
}

static void
yeji_slot_card_init (YejiSlotCard *self)
{
  gtk_widget_add_css_class (GTK_WIDGET (self), "card");
  gtk_widget_add_css_class (GTK_WIDGET (self), "yeji-slot");
}

/**
 * yeji_slot_card_new:
 * @all: whether more files are shown than fit into a glance
 *
 * Returns: (transfer floating): a card of a slot, as the draft is now
 */
GtkWidget *
yeji_slot_card_new (YejiDraft      *draft,
                    const YejiSlot *slot,
                    gboolean        all)
{
  YejiSlotCard *self = g_object_new (YEJI_TYPE_SLOT_CARD, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gboolean editable = yeji_draft_is_editable (draft);
  g_autofree char *spoken = NULL;
  Stand stand;

  self->slot = slot;
  self->dictionary = g_object_ref (yeji_draft_get_dictionary (draft));
  self->needed = yeji_slot_is_required (slot, yeji_draft_get_record (draft));
  fill_files (self, draft, all);
  stand = self->needed ? self->n_files > 0 ? GIVEN : MISSING
                       : self->n_files > 0 ? OPTIONAL_GIVEN : OPTIONAL_EMPTY;
  gtk_box_append (GTK_BOX (box), make_head (self, stand, editable));
  gtk_box_append (GTK_BOX (box), self->files);
  gtk_widget_set_visible (self->files, self->n_files > 0);
  if (!all && self->n_files > N_AT_FIRST)
    gtk_box_append (GTK_BOX (box), make_more_button (self));
  adw_bin_set_child (ADW_BIN (self), box);
  if (stand == MISSING && editable)
    gtk_widget_add_css_class (GTK_WIDGET (self), "missing");
  /* Translators: a kind of document, and whether it is required and there */
  spoken = g_strdup_printf (_("%s: %s"), yeji_label (&slot->label), _(stands[stand].words));
  yeji_a11y_set_name (GTK_WIDGET (self), spoken);
  if (editable)
    add_target (self);
  return GTK_WIDGET (self);
}

const YejiSlot *
yeji_slot_card_get_slot (YejiSlotCard *self)
{
  return self->slot;
}

/**
 * yeji_slot_card_find_file:
 *
 * Returns: (transfer none) (nullable): the card of a document
 */
YejiFileCard *
yeji_slot_card_find_file (YejiSlotCard *self,
                          const char   *id)
{
  for (GtkWidget *child = gtk_widget_get_first_child (self->files); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (g_str_equal (yeji_attachment_get_id (yeji_file_card_get_attachment (
                       YEJI_FILE_CARD (child))), id))
      return YEJI_FILE_CARD (child);
  return NULL;
}

/**
 * yeji_slot_card_focus:
 *
 * Gives the keyboard to the button that adds, or to the first file of a slot to which nothing can
 * be added.
 *
 * Returns: whether there was something to give it to
 */
gboolean
yeji_slot_card_focus (YejiSlotCard *self)
{
  if (self->add != NULL)
    return gtk_widget_grab_focus (self->add);
  return gtk_widget_child_focus (GTK_WIDGET (self), GTK_DIR_TAB_FORWARD);
}

/**
 * yeji_slot_card_is_needed:
 *
 * Returns: whether the province asks for it
 */
gboolean
yeji_slot_card_is_needed (YejiSlotCard *self)
{
  return self->needed;
}

/**
 * yeji_slot_card_get_n_files:
 *
 * Returns: how many documents there are, shown or not
 */
guint
yeji_slot_card_get_n_files (YejiSlotCard *self)
{
  return self->n_files;
}
