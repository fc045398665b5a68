// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-use-row"

#include "config.h"

#include "yeji-use-row.h"

#include "yeji-a11y.h"

struct _YejiUseRow
{
  GtkBox parent_instance;

  GtkWidget *check;
  GtkWidget *name;
  GtkWidget *detail;
  GtkWidget *note;
  GtkWidget *values;
  GBinding *binding;           /* (nullable): of the tick */
};

G_DEFINE_FINAL_TYPE (YejiUseRow, yeji_use_row, GTK_TYPE_BOX)

static GtkWidget *
make_label (GtkWidget  *box,
            const char *style)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  gtk_box_append (GTK_BOX (box), label);
  return label;
}

static void
yeji_use_row_class_init (YejiUseRowClass *klass)
{
}

static void
yeji_use_row_init (YejiUseRow *self)
{
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);

  gtk_box_set_spacing (GTK_BOX (self), 12);
  gtk_widget_add_css_class (GTK_WIDGET (self), "yeji-use-row");
  self->check = gtk_check_button_new ();
  gtk_widget_set_valign (self->check, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (self), self->check);

  gtk_widget_set_hexpand (texts, TRUE);
  gtk_box_append (GTK_BOX (self), texts);
  self->name = make_label (texts, NULL);
  self->detail = make_label (texts, "caption");
  gtk_widget_add_css_class (self->detail, "dim-label");
  self->note = make_label (texts, "caption");
  gtk_label_set_wrap (GTK_LABEL (self->note), TRUE);
  gtk_label_set_lines (GTK_LABEL (self->note), 2);

  self->values = make_label (GTK_WIDGET (self), "numeric");
  gtk_widget_add_css_class (self->values, "yeji-use-values");
  gtk_label_set_ellipsize (GTK_LABEL (self->values), PANGO_ELLIPSIZE_NONE);
  gtk_label_set_justify (GTK_LABEL (self->values), GTK_JUSTIFY_RIGHT);
  gtk_label_set_xalign (GTK_LABEL (self->values), 1);
  gtk_widget_set_valign (self->values, GTK_ALIGN_START);
}

/**
 * yeji_use_row_new:
 *
 * Returns: (transfer floating): a row of no record yet
 */
GtkWidget *
yeji_use_row_new (void)
{
  return g_object_new (YEJI_TYPE_USE_ROW, NULL);
}

static void
set_note (YejiUseRow  *self,
          YejiUseItem *item)
{
  const char *note = yeji_use_item_get_note (item);

  gtk_label_set_text (GTK_LABEL (self->note), note);
  gtk_widget_set_tooltip_text (self->note, *note != '\0' ? note : NULL);
  gtk_widget_set_visible (self->note, *note != '\0');
  if (yeji_use_item_counts (item))
    gtk_widget_remove_css_class (self->note, "dim-label");
  else
    gtk_widget_add_css_class (self->note, "dim-label");
  if (yeji_use_item_counts (item) || yeji_use_item_get_ticked (item))
    gtk_widget_add_css_class (self->note, "warning");
  else
    gtk_widget_remove_css_class (self->note, "warning");
}

/**
 * yeji_use_row_bind:
 *
 * Shows a record, and lets it be ticked if it may be.
 */
void
yeji_use_row_bind (YejiUseRow  *self,
                   YejiUseItem *item)
{
  const gboolean counts = yeji_use_item_counts (item);
  g_autofree char *description = NULL;

  gtk_label_set_text (GTK_LABEL (self->name), yeji_use_item_get_name (item));
  gtk_widget_set_tooltip_text (self->name, yeji_use_item_get_name (item));
  gtk_label_set_text (GTK_LABEL (self->detail), yeji_use_item_get_detail (item));
  gtk_widget_set_visible (self->detail, *yeji_use_item_get_detail (item) != '\0');
  gtk_label_set_text (GTK_LABEL (self->values), counts ? yeji_use_item_get_values (item) : "");
  set_note (self, item);
  if (counts)
    gtk_widget_remove_css_class (GTK_WIDGET (self), "no");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self), "no");
  gtk_widget_set_sensitive (self->check, yeji_use_item_is_editable (item));
  yeji_a11y_set_name (self->check, yeji_use_item_get_name (item));
  description = g_strdup_printf ("%s %s", yeji_use_item_get_detail (item),
                                 yeji_use_item_get_note (item));
  yeji_a11y_set_description (self->check, description);
  self->binding = g_object_bind_property (item, "ticked", self->check, "active",
                                          G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);
}

/**
 * yeji_use_row_unbind:
 *
 * Lets go of the record.
 */
void
yeji_use_row_unbind (YejiUseRow *self)
{
  g_clear_pointer (&self->binding, g_binding_unbind);
}
