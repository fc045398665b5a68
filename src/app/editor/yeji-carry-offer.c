// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-carry-offer"

#include "config.h"

#include "yeji-carry-offer.h"

#include <glib/gi18n.h>

#include "yeji-a11y.h"
#include "yeji-tooltip.h"

/* Longer ones are read in the tooltip. */
#define MAX_CHARS 18

struct _YejiCarryOffer
{
  GtkButton parent_instance;

  GtkLabel *label;
  YejiFormField *field;
};

G_DEFINE_FINAL_TYPE (YejiCarryOffer, yeji_carry_offer, GTK_TYPE_BUTTON)

static void
update (YejiCarryOffer *self)
{
  const YejiCarried *offer = yeji_form_field_get_offer (self->field);
  g_autofree char *source = NULL;
  g_autofree char *value = NULL;
  g_autofree char *text = NULL;
  g_autofree char *name = NULL;
  g_autofree char *help = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self), offer != NULL);
  if (offer == NULL)
    return;
  source = yeji_carried_to_source (offer);
  value = yeji_carried_to_value (offer, yeji_form_field_get_def (self->field));
  /* Translators: a button that takes a value, and where the value stands */
  text = g_strdup_printf (_("Use · %s"), source);
  /* Translators: a field, the value that can be used for it, and where that stands */
  name = g_strdup_printf (_("%s: use %s (from %s)"), yeji_form_field_get_label (self->field), value,
                          source);
  /* Translators: a value, where it stands, and the key that takes it */
  help = g_strdup_printf (_("Use %s (from %s): Alt+Enter in the field"), value, source);
  gtk_label_set_text (self->label, text);
  yeji_tooltip_set (GTK_WIDGET (self), help);
  yeji_a11y_set_name (GTK_WIDGET (self), name);
}

static void
yeji_carry_offer_clicked (GtkButton *button)
{
  yeji_carry_offer_take (YEJI_CARRY_OFFER (button));
}

static void
yeji_carry_offer_dispose (GObject *object)
{
  g_clear_object (&YEJI_CARRY_OFFER (object)->field);
  G_OBJECT_CLASS (yeji_carry_offer_parent_class)->dispose (object);
}

static void
yeji_carry_offer_class_init (YejiCarryOfferClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = yeji_carry_offer_dispose;
  GTK_BUTTON_CLASS (klass)->clicked = yeji_carry_offer_clicked;
}

static void
yeji_carry_offer_init (YejiCarryOffer *self)
{
  self->label = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_ellipsize (self->label, PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (self->label, MAX_CHARS);
  gtk_button_set_child (GTK_BUTTON (self), GTK_WIDGET (self->label));
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (GTK_WIDGET (self), "flat");
  gtk_widget_add_css_class (GTK_WIDGET (self), "yeji-carry");
}

/**
 * yeji_carry_offer_new:
 *
 * Returns: (transfer floating): a button
 */
GtkWidget *
yeji_carry_offer_new (YejiFormField *field)
{
  YejiCarryOffer *self = g_object_new (YEJI_TYPE_CARRY_OFFER, NULL);

  self->field = g_object_ref (field);
  g_signal_connect_object (field, "notify::placeholder", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}

/**
 * yeji_carry_offer_take:
 *
 * Puts what is offered into the field, as one step of the history.
 *
 * Returns: whether there was anything
 */
gboolean
yeji_carry_offer_take (YejiCarryOffer *self)
{
  const YejiCarried *offer;
  g_autoptr (YejiFormField) field = NULL;
  g_autoptr (GPtrArray) edits = NULL;

  g_return_val_if_fail (YEJI_IS_CARRY_OFFER (self), FALSE);

  field = g_object_ref (self->field);
  offer = yeji_form_field_get_offer (field);
  if (offer == NULL)
    return FALSE;
  edits = yeji_edits_new_for_one (yeji_form_field_get_row (field), yeji_form_field_get_def (field),
                                  offer->value);
  yeji_edits_take (yeji_form_field_get_draft (field), edits);
  return TRUE;
}

/**
 * yeji_carry_offer_describe:
 *
 * Returns: (transfer full) (nullable): what is offered, where it stands, and the key that takes it
 */
char *
yeji_carry_offer_describe (YejiCarryOffer *self)
{
  return yeji_form_field_get_offer (self->field) != NULL
           ? g_strdup (gtk_widget_get_tooltip_text (GTK_WIDGET (self))) : NULL;
}
