// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-row-card"

#include "config.h"

#include "yeji-row-card.h"

#include <glib/gi18n.h>

#include "yeji-a11y.h"
#include "yeji-messages.h"

struct _YejiRowCard
{
  GtkBox parent_instance;

  GtkButton *header;
  GtkImage *arrow;
  GtkLabel *number_label;
  GtkLabel *title;
  GtkLabel *count;
  GtkButton *duplicate;
  GtkButton *remove;

  YejiDraft *draft;
  YejiRow *row;
  YejiFieldList *fields;       /* (nullable): made when it is opened first */
  guint number;
};

enum
{
  DUPLICATE,
  REMOVE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (YejiRowCard, yeji_row_card, GTK_TYPE_BOX)

static void
update_title (YejiRowCard *self)
{
  const char *title = yeji_row_get_title (self->row);
  const char *table = yeji_label (&yeji_row_get_table (self->row)->label);
  guint errors = yeji_draft_count_issues (self->draft, NULL, self->row, YEJI_SEVERITY_ERROR);
  g_autofree char *number = g_strdup_printf ("%u", self->number);
  g_autofree char *count = g_strdup_printf ("%u", errors);
  g_autofree char *name = NULL;
  g_autofree char *text = NULL;
  g_autofree char *spoken = NULL;

  if (title == NULL || *title == '\0')
    title = _("Not named yet");
  gtk_label_set_text (self->number_label, number);
  gtk_label_set_text (self->title, title);
  gtk_label_set_text (self->count, count);
  gtk_widget_set_visible (GTK_WIDGET (self->count), errors > 0);
  /* Translators: a table, the number of a row in it, and what the row is called */
  name = g_strdup_printf (_("%s %u: %s"), table, self->number, title);
  yeji_a11y_set_name (GTK_WIDGET (self->header), name);
  text = g_strdup_printf (ngettext ("%u error", "%u errors", errors), errors);
  yeji_a11y_set_description (GTK_WIDGET (self->header), errors > 0 ? text : NULL);
  spoken = g_strdup_printf (_("Duplicate %s"), name);
  yeji_a11y_set_name (GTK_WIDGET (self->duplicate), spoken);
  g_free (spoken);
  spoken = g_strdup_printf (_("Remove %s"), name);
  yeji_a11y_set_name (GTK_WIDGET (self->remove), spoken);
}

static void
update_editable (YejiRowCard *self)
{
  gboolean editable = yeji_draft_is_editable (self->draft);

  gtk_widget_set_visible (GTK_WIDGET (self->duplicate), editable);
  gtk_widget_set_visible (GTK_WIDGET (self->remove), editable);
}

static void
on_value_changed (YejiRowCard        *self,
                  YejiRow            *row,
                  const YejiFieldDef *field)
{
  if (row == self->row)
    update_title (self);
}

static void
on_header (YejiRowCard *self)
{
  yeji_row_card_set_expanded (self, !yeji_row_card_is_expanded (self));
}

static void
on_duplicate (YejiRowCard *self)
{
  g_signal_emit (self, signals[DUPLICATE], 0);
}

static void
on_remove (YejiRowCard *self)
{
  g_signal_emit (self, signals[REMOVE], 0);
}

static gboolean
yeji_row_card_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (YEJI_ROW_CARD (widget)->header));
}

static void
yeji_row_card_dispose (GObject *object)
{
  YejiRowCard *self = YEJI_ROW_CARD (object);

  g_clear_object (&self->row);
  g_clear_object (&self->draft);
  G_OBJECT_CLASS (yeji_row_card_parent_class)->dispose (object);
}

static void
yeji_row_card_class_init (YejiRowCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = yeji_row_card_dispose;
  widget_class->grab_focus = yeji_row_card_grab_focus;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/yeji/Yeji/ui/yeji-row-card.ui");
  gtk_widget_class_bind_template_child (widget_class, YejiRowCard, header);
  gtk_widget_class_bind_template_child (widget_class, YejiRowCard, arrow);
  gtk_widget_class_bind_template_child (widget_class, YejiRowCard, number_label);
  gtk_widget_class_bind_template_child (widget_class, YejiRowCard, title);
  gtk_widget_class_bind_template_child (widget_class, YejiRowCard, count);
  gtk_widget_class_bind_template_child (widget_class, YejiRowCard, duplicate);
  gtk_widget_class_bind_template_child (widget_class, YejiRowCard, remove);
  gtk_widget_class_bind_template_callback (widget_class, on_header);
  gtk_widget_class_bind_template_callback (widget_class, on_duplicate);
  gtk_widget_class_bind_template_callback (widget_class, on_remove);

  signals[DUPLICATE] = g_signal_new ("duplicate", YEJI_TYPE_ROW_CARD, G_SIGNAL_RUN_LAST, 0, NULL,
                                     NULL, NULL, G_TYPE_NONE, 0);
  signals[REMOVE] = g_signal_new ("remove", YEJI_TYPE_ROW_CARD, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 0);
}

static void
yeji_row_card_init (YejiRowCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * yeji_row_card_new:
 *
 * Returns: (transfer floating): a closed card
 */
GtkWidget *
yeji_row_card_new (YejiDraft *draft,
                   YejiRow   *row)
{
  YejiRowCard *self = g_object_new (YEJI_TYPE_ROW_CARD, NULL);

  self->draft = g_object_ref (draft);
  self->row = g_object_ref (row);
  self->number = 1;
  g_signal_connect_object (draft, "value-changed", G_CALLBACK (on_value_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (draft, "issues-changed", G_CALLBACK (update_title), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (draft, "entry-changed", G_CALLBACK (update_editable), self,
                           G_CONNECT_SWAPPED);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->header), GTK_ACCESSIBLE_STATE_EXPANDED, FALSE,
                               -1);
  update_title (self);
  update_editable (self);
  return GTK_WIDGET (self);
}

/**
 * yeji_row_card_get_row:
 *
 * Returns: (transfer none): the row that it shows
 */
YejiRow *
yeji_row_card_get_row (YejiRowCard *self)
{
  return self->row;
}

/**
 * yeji_row_card_set_number:
 * @number: of the row in its table, from 1
 */
void
yeji_row_card_set_number (YejiRowCard *self,
                          guint        number)
{
  g_return_if_fail (YEJI_IS_ROW_CARD (self));

  if (self->number == number)
    return;
  self->number = number;
  update_title (self);
}

/**
 * yeji_row_card_is_expanded:
 *
 * Returns: whether the fields are shown
 */
gboolean
yeji_row_card_is_expanded (YejiRowCard *self)
{
  return self->fields != NULL && gtk_widget_get_visible (GTK_WIDGET (self->fields));
}

/**
 * yeji_row_card_set_expanded:
 *
 * Shows or hides the fields.
 */
void
yeji_row_card_set_expanded (YejiRowCard *self,
                            gboolean     expanded)
{
  g_return_if_fail (YEJI_IS_ROW_CARD (self));

  if (expanded)
    yeji_row_card_get_fields (self);
  if (self->fields != NULL)
    gtk_widget_set_visible (GTK_WIDGET (self->fields), expanded);
  gtk_image_set_from_icon_name (self->arrow, expanded ? "pan-down-symbolic" : "pan-end-symbolic");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->header), GTK_ACCESSIBLE_STATE_EXPANDED,
                               expanded, -1);
}

/**
 * yeji_row_card_get_fields:
 *
 * Returns: (transfer none): the form, made if it was not yet
 */
YejiFieldList *
yeji_row_card_get_fields (YejiRowCard *self)
{
  if (self->fields == NULL)
    {
      self->fields = YEJI_FIELD_LIST (yeji_field_list_new (self->draft, self->row));
      gtk_widget_set_visible (GTK_WIDGET (self->fields), FALSE);
      gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->fields));
    }
  return self->fields;
}
