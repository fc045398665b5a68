// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-copy-bar"

#include "config.h"

#include "yeji-copy-bar.h"

#include <glib/gi18n.h>

#include "yeji-a11y.h"
#include "yeji-background.h"
#include "yeji-messages.h"
#include "yeji-store-copy.h"

struct _YejiCopyBar
{
  GtkBox parent_instance;

  GtkLabel *label;
  GtkWidget *show;             /* the button of the list */
  GtkWidget *done;
  GtkWidget *list;

  YejiDraft *draft;            /* (nullable) */
  YejiCopyNote *note;          /* (nullable) */
  guint n_open;
};

enum
{
  CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (YejiCopyBar, yeji_copy_bar, GTK_TYPE_BOX)

typedef struct
{
  YejiStore *store;
  char *uuid;
} Question;

static void
free_question (gpointer data)
{
  Question *question = data;

  g_object_unref (question->store);
  g_free (question->uuid);
  g_free (question);
}

static Question *
new_question (YejiDraft *draft)
{
  Question *question = g_new0 (Question, 1);

  question->store = g_object_ref (yeji_draft_get_store (draft));
  question->uuid = g_strdup (yeji_draft_get_uuid (draft));
  return question;
}

static const YejiEmptied *
get_emptied (YejiCopyBar *self,
             guint        index)
{
  return g_ptr_array_index (self->note->emptied, index);
}

static char *
describe (YejiCopyBar       *self,
          const YejiEmptied *emptied)
{
  YejiRecord *record = yeji_draft_get_record (self->draft);
  const char *table;
  YejiPlace place;
  guint index = 0;

  if (!yeji_emptied_find (emptied, record, &place))
    return g_strdup (emptied->field);
  table = yeji_label (&place.table->label);
  if (place.row == NULL)
    /* Translators: a table, of which a copied record has no rows */
    return g_strdup_printf (_("%s (all rows)"), table);
  if (place.table->index == 0)
    return g_strdup_printf ("%s · %s", table, yeji_label (&place.field->label));
  yeji_record_find_row (record, place.table, emptied->row, &index);
  return g_strdup_printf ("%s %u · %s", table, index + 1, yeji_label (&place.field->label));
}

static void
update_line (YejiCopyBar *self,
             GtkWidget   *line,
             guint        index)
{
  const YejiEmptied *emptied = get_emptied (self, index);
  gboolean filled = yeji_emptied_is_filled (emptied, yeji_draft_get_record (self->draft));
  GtkWidget *box = gtk_list_box_row_get_child (GTK_LIST_BOX_ROW (line));
  GtkWidget *icon = gtk_widget_get_first_child (box);
  GtkWidget *label = gtk_widget_get_last_child (box);
  g_autofree char *text = describe (self, emptied);

  gtk_label_set_text (GTK_LABEL (label), text);
  gtk_widget_set_opacity (icon, filled ? 1.0 : 0.0);
  if (filled)
    gtk_widget_add_css_class (label, "dim-label");
  else
    gtk_widget_remove_css_class (label, "dim-label");
  yeji_a11y_set_name (line, text);
  yeji_a11y_set_description (line, filled ? _("Filled in") : _("Still empty"));
}

static guint
count_open (YejiCopyBar *self)
{
  YejiRecord *record = yeji_draft_get_record (self->draft);
  guint n = 0;

  for (guint i = 0; i < self->note->emptied->len; i++)
    if (!yeji_emptied_is_filled (get_emptied (self, i), record))
      n++;
  return n;
}

static void
update (YejiCopyBar *self)
{
  gboolean shown = self->note != NULL && self->note->emptied->len > 0
                   && yeji_draft_is_editable (self->draft);
  GtkListBoxRow *line;
  g_autofree char *text = NULL;
  const char *name;

  gtk_widget_set_visible (GTK_WIDGET (self), shown);
  if (!shown)
    return;
  self->n_open = count_open (self);
  name = *self->note->name != '\0' ? self->note->name : _("an earlier record");
  if (self->n_open > 0)
    /* Translators: the name of a record, and how many values of the copy are empty */
    text = g_strdup_printf (ngettext ("Copied from “%s”: %u value no longer holds",
                                      "Copied from “%s”: %u values no longer hold", self->n_open),
                            name, self->n_open);
  else
    text = g_strdup_printf (_("Copied from “%s”: all that no longer held is filled in"), name);
  gtk_label_set_text (self->label, text);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->label), text);
  for (int i = 0; (line = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), i)) != NULL; i++)
    update_line (self, GTK_WIDGET (line), (guint) i);
}

static GtkWidget *
make_line (void)
{
  GtkWidget *line = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name ("object-select-symbolic"));
  gtk_box_append (GTK_BOX (box), label);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (line), box);
  return line;
}

static void
fill_list (YejiCopyBar *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->list)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->list), child);
  for (guint i = 0; self->note != NULL && i < self->note->emptied->len; i++)
    gtk_list_box_append (GTK_LIST_BOX (self->list), make_line ());
}

static void
set_note (YejiCopyBar  *self,
          YejiCopyNote *note)
{
  g_clear_pointer (&self->note, yeji_copy_note_free);
  self->note = note;
  self->n_open = 0;
  fill_list (self);
  update (self);
}

static gpointer
read_note (gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  Question *question = data;
  g_autoptr (GError) local_error = NULL;
  YejiCopyNote *note = yeji_store_get_copy_note (question->store, question->uuid, &local_error);

  if (note == NULL)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                         local_error != NULL ? local_error->message : "it is no copy");
  return note;
}

static void
on_read (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr (YejiCopyBar) self = data;
  YejiCopyNote *note = yeji_background_finish (result, NULL);

  if (note == NULL)
    return;
  if ((GObject *) self->draft == source)
    set_note (self, note);
  else
    yeji_copy_note_free (note);
}

static gpointer
close_note (gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  Question *question = data;

  return yeji_store_close_copy_note (question->store, question->uuid, error)
           ? g_object_ref (question->store) : NULL;
}

static void
on_closed (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GObject) store = yeji_background_finish (result, &error);

  if (store == NULL)
    g_message ("the list of a copy was not put away: %s", error->message);
}

static void
on_done (YejiCopyBar *self)
{
  if (self->draft == NULL)
    return;
  yeji_background_run (self->draft, close_note, new_question (self->draft), free_question,
                       g_object_unref, on_closed, NULL);
  set_note (self, NULL);
}

static void
on_activated (YejiCopyBar   *self,
              GtkListBoxRow *line)
{
  const YejiEmptied *emptied = get_emptied (self, (guint) gtk_list_box_row_get_index (line));

  gtk_menu_button_popdown (GTK_MENU_BUTTON (self->show));
  g_signal_emit (self, signals[CHOSEN], 0, emptied->table, emptied->row, emptied->field);
}

static void
forget_draft (YejiCopyBar *self)
{
  if (self->draft != NULL)
    g_signal_handlers_disconnect_by_func (self->draft, update, self);
  g_clear_object (&self->draft);
}

static void
yeji_copy_bar_dispose (GObject *object)
{
  YejiCopyBar *self = YEJI_COPY_BAR (object);

  forget_draft (self);
  g_clear_pointer (&self->note, yeji_copy_note_free);
  G_OBJECT_CLASS (yeji_copy_bar_parent_class)->dispose (object);
}

static void
yeji_copy_bar_class_init (YejiCopyBarClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = yeji_copy_bar_dispose;
  signals[CHOSEN] = g_signal_new ("chosen", YEJI_TYPE_COPY_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 3, G_TYPE_STRING, G_TYPE_STRING,
                                  G_TYPE_STRING);
}

static GtkWidget *
make_popover (YejiCopyBar *self)
{
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->list, "yeji-copy-list");
  yeji_a11y_set_name (self->list, _("Values that no longer hold"));
  g_signal_connect_swapped (self->list, "row-activated", G_CALLBACK (on_activated), self);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), 380);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->list);
  gtk_widget_set_size_request (scroller, 360, -1);
  gtk_popover_set_child (GTK_POPOVER (popover), scroller);
  yeji_a11y_set_name (popover, _("Values that no longer hold"));
  return popover;
}

static void
yeji_copy_bar_init (YejiCopyBar *self)
{
  GtkWidget *icon = gtk_image_new_from_icon_name ("edit-copy-symbolic");

  self->label = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->label, 0);
  gtk_label_set_ellipsize (self->label, PANGO_ELLIPSIZE_MIDDLE);
  gtk_widget_set_hexpand (GTK_WIDGET (self->label), TRUE);
  self->show = gtk_menu_button_new ();
  gtk_menu_button_set_label (GTK_MENU_BUTTON (self->show), _("Show"));
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->show), make_popover (self));
  gtk_widget_add_css_class (self->show, "flat");
  yeji_a11y_set_name (self->show, _("Show the values that no longer hold"));
  self->done = gtk_button_new_with_label (_("Done"));
  gtk_widget_add_css_class (self->done, "flat");
  gtk_widget_set_tooltip_text (self->done, _("Put the List Away"));
  g_signal_connect_swapped (self->done, "clicked", G_CALLBACK (on_done), self);
  gtk_box_set_spacing (GTK_BOX (self), 8);
  gtk_box_append (GTK_BOX (self), icon);
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->label));
  gtk_box_append (GTK_BOX (self), self->show);
  gtk_box_append (GTK_BOX (self), self->done);
  gtk_widget_add_css_class (GTK_WIDGET (self), "yeji-copied");
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/**
 * yeji_copy_bar_set_draft:
 * @draft: (nullable): %NULL lets go of the one before
 *
 * Asks the store whether the draft is a copy.
 */
void
yeji_copy_bar_set_draft (YejiCopyBar *self,
                         YejiDraft   *draft)
{
  g_return_if_fail (YEJI_IS_COPY_BAR (self));

  if (self->draft == draft)
    return;
  forget_draft (self);
  set_note (self, NULL);
  if (draft == NULL)
    return;
  self->draft = g_object_ref (draft);
  g_signal_connect_object (draft, "value-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (draft, "rows-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (draft, "replaced", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (draft, "entry-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  yeji_background_run (draft, read_note, new_question (draft), free_question,
                       (GDestroyNotify) yeji_copy_note_free, on_read, g_object_ref (self));
}

/**
 * yeji_copy_bar_get_text:
 *
 * Returns: (nullable): what it says; %NULL when it is not there
 */
const char *
yeji_copy_bar_get_text (YejiCopyBar *self)
{
  return gtk_widget_get_visible (GTK_WIDGET (self)) ? gtk_label_get_text (self->label) : NULL;
}

/**
 * yeji_copy_bar_get_n_open:
 *
 * Returns: how many values are still empty
 */
guint
yeji_copy_bar_get_n_open (YejiCopyBar *self)
{
  return self->n_open;
}

/**
 * yeji_copy_bar_get_list:
 *
 * Returns: (transfer none): the list of what no longer holds
 */
GtkWidget *
yeji_copy_bar_get_list (YejiCopyBar *self)
{
  return self->list;
}

/**
 * yeji_copy_bar_show_list:
 *
 * Opens the list.
 */
void
yeji_copy_bar_show_list (YejiCopyBar *self)
{
  gtk_menu_button_popup (GTK_MENU_BUTTON (self->show));
}
