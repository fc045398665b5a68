// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-compare"

#include "config.h"

#include "yeji-compare-cell.h"

#include "yeji-a11y.h"
#include "yeji-compare-text.h"
#include "yeji-text-difference.h"

struct _YejiCompareCell
{
  AdwBin parent_instance;

  GtkCheckButton *button;      /* (nullable): where there is a choice */
  GtkLabel *label;
};

enum
{
  PROP_0,
  PROP_CHOSEN,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (YejiCompareCell, yeji_compare_cell, ADW_TYPE_BIN)

static void
mark (PangoAttrList       *list,
      PangoAttribute      *attribute,
      const YejiTextRange *range)
{
  attribute->start_index = range->start;
  attribute->end_index = range->end;
  pango_attr_list_insert (list, attribute);
}

/* On a ground of the accent's colour, which light and dark have in common, as with a marker; bold for
 * who does not see colours. Underlined text would be taken for a link. */
static PangoAttrList *
mark_ranges (GtkWidget *widget,
             GArray    *ranges)
{
  PangoAttrList *list = pango_attr_list_new ();
  GdkRGBA colour;
  gboolean has_colour = gtk_style_context_lookup_color (gtk_widget_get_style_context (widget),
                                                        "accent_bg_color", &colour);

  for (guint i = 0; i < ranges->len; i++)
    {
      const YejiTextRange *range = &g_array_index (ranges, YejiTextRange, i);

      mark (list, pango_attr_weight_new (PANGO_WEIGHT_BOLD), range);
      if (!has_colour)
        continue;
      mark (list, pango_attr_background_new ((guint16) (colour.red * G_MAXUINT16),
                                             (guint16) (colour.green * G_MAXUINT16),
                                             (guint16) (colour.blue * G_MAXUINT16)), range);
      mark (list, pango_attr_background_alpha_new (G_MAXUINT16 / 4), range);
    }
  return list;
}

static void
on_toggled (YejiCompareCell *self)
{
  if (yeji_compare_cell_get_chosen (self))
    gtk_widget_add_css_class (GTK_WIDGET (self), "chosen");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "chosen");
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CHOSEN]);
}

static void
yeji_compare_cell_get_property (GObject    *object,
                                guint       id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  if (id == PROP_CHOSEN)
    g_value_set_boolean (value, yeji_compare_cell_get_chosen (YEJI_COMPARE_CELL (object)));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
yeji_compare_cell_class_init (YejiCompareCellClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = yeji_compare_cell_get_property;
  properties[PROP_CHOSEN] = g_param_spec_boolean ("chosen", NULL, NULL, FALSE,
                                                  G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
yeji_compare_cell_init (YejiCompareCell *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);

  self->label = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->label, 0);
  gtk_label_set_wrap (self->label, TRUE);
  gtk_label_set_wrap_mode (self->label, PANGO_WRAP_WORD_CHAR);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->label));
  adw_bin_set_child (ADW_BIN (self), box);
  gtk_widget_set_hexpand (GTK_WIDGET (self), TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self), "yeji-compare-cell");
}

/**
 * yeji_compare_cell_new:
 * @choice: (nullable): what choosing this side is called, %NULL where nothing is chosen
 *
 * Returns: (transfer floating): an empty cell
 */
GtkWidget *
yeji_compare_cell_new (const char *choice)
{
  YejiCompareCell *self = g_object_new (YEJI_TYPE_COMPARE_CELL, NULL);

  if (choice == NULL)
    return GTK_WIDGET (self);
  self->button = GTK_CHECK_BUTTON (gtk_check_button_new_with_label (choice));
  g_signal_connect_object (self->button, "toggled", G_CALLBACK (on_toggled), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_css_class (GTK_WIDGET (self->button), "yeji-compare-choice");
  gtk_widget_set_halign (GTK_WIDGET (self->button), GTK_ALIGN_START);
  gtk_box_prepend (GTK_BOX (adw_bin_get_child (ADW_BIN (self))), GTK_WIDGET (self->button));
  gtk_widget_add_css_class (GTK_WIDGET (self), "choosable");
  return GTK_WIDGET (self);
}

/**
 * yeji_compare_cell_join:
 *
 * Makes one choice of two cells.
 */
void
yeji_compare_cell_join (YejiCompareCell *self,
                        YejiCompareCell *other)
{
  gtk_check_button_set_group (self->button, other->button);
}

/**
 * yeji_compare_cell_show:
 * @side: whose
 * @against: what differs from this side is pointed out; @side for nothing
 *
 * Shows what a side says.
 */
void
yeji_compare_cell_show (YejiCompareCell *self,
                        YejiCompareItem *item,
                        YejiSide         side,
                        YejiSide         against)
{
  const YejiDifference *difference = yeji_compare_item_get_difference (item);
  YejiDictionary *dictionary = yeji_compare_item_get_comparison (item)->dictionary;
  g_autofree char *text = yeji_difference_to_text (difference, dictionary, side);
  g_autoptr (PangoAttrList) marks = NULL;

  if (side != against && yeji_difference_has_text (difference, side)
      && yeji_difference_has_text (difference, against))
    {
      g_autofree char *other = yeji_difference_to_text (difference, dictionary, against);
      g_autoptr (GArray) ranges = yeji_text_difference (text, other);

      marks = mark_ranges (GTK_WIDGET (self), ranges);
    }
  gtk_label_set_attributes (self->label, marks);
  gtk_label_set_text (self->label, text);
  if (yeji_difference_has_text (difference, side))
    gtk_widget_remove_css_class (GTK_WIDGET (self->label), "dim-label");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self->label), "dim-label");
  if (self->button != NULL)
    {
      g_autofree char *label = yeji_difference_to_label (difference, dictionary);
      g_autofree char *name = g_strdup_printf ("%s: %s, %s", label,
                                               gtk_check_button_get_label (self->button), text);
      yeji_a11y_set_name (GTK_WIDGET (self->button), name);
    }
}

/**
 * yeji_compare_cell_get_text:
 *
 * Returns: what is shown
 */
const char *
yeji_compare_cell_get_text (YejiCompareCell *self)
{
  return gtk_label_get_text (self->label);
}

gboolean
yeji_compare_cell_get_chosen (YejiCompareCell *self)
{
  return self->button != NULL && gtk_check_button_get_active (self->button);
}

void
yeji_compare_cell_set_chosen (YejiCompareCell *self,
                              gboolean         chosen)
{
  if (self->button != NULL)
    gtk_check_button_set_active (self->button, chosen);
}
