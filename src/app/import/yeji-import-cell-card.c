// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-import-cell-card"

#include "config.h"

#include "yeji-import-cell-card.h"

#include <glib/gi18n.h>

#include "yeji-a11y.h"
#include "yeji-import-words.h"
#include "yeji-mask.h"
#include "yeji-messages.h"
#include "yeji-tooltip.h"

/* Suggestions that are shown; the best come first. */
#define MAX_OFFERS 4

struct _YejiImportCellCard
{
  GtkBox parent_instance;

  GtkLabel *where;
  GtkWidget *text_box;
  GtkLabel *text;
  GtkWidget *reason_box;
  GtkLabel *reason;
  GtkWidget *fine;
  GtkWidget *offers_box;
  GtkBox *offers_list;
  GtkCheckButton *everywhere;

  YejiImportDesk *desk;        /* (nullable) */
  YejiNormaliser *normaliser;
  YejiImportPlace place;
  gboolean has_place;
  GPtrArray *offers;           /* (nullable) (element-type YejiSuggestion) */
};

G_DEFINE_FINAL_TYPE (YejiImportCellCard, yeji_import_cell_card, GTK_TYPE_BOX)

static char *
describe_offer (const YejiFieldDef   *field,
                const YejiSuggestion *offer)
{
  const YejiCode *code = field->codes != NULL ? yeji_code_list_find (field->codes, offer->value)
                                              : NULL;

  if (code != NULL)
    /* Translators: the name of a code, and the code */
    return g_strdup_printf (_("%s (%s)"), code->name, code->code);
  if (*offer->value == '\0')
    return g_strdup (_("Leave Empty"));
  return yeji_field_mask_value (field, offer->value);
}

static void
on_offer (GtkWidget          *button,
          YejiImportCellCard *self)
{
  const YejiSuggestion *offer = g_object_get_data (G_OBJECT (button), "offer");
  g_autofree char *value = g_strdup (offer->value);

  yeji_import_desk_mend (self->desk, &self->place, value, yeji_import_cell_card_is_wide (self));
}

static GtkWidget *
make_offer (YejiImportCellCard   *self,
            const YejiFieldDef   *field,
            const YejiSuggestion *offer,
            gboolean              best)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  g_autofree char *value = describe_offer (field, offer);
  GtkWidget *label = gtk_label_new (value);
  /* Translators: what a button does: use a value that is suggested */
  g_autofree char *spoken = g_strdup_printf (_("Use %s"), value);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (line), label);
  if (best)
    {
      GtkWidget *key = gtk_label_new ("Alt+Enter");

      gtk_widget_add_css_class (key, "caption");
      gtk_widget_add_css_class (key, "dim-label");
      gtk_box_append (GTK_BOX (line), key);
    }
  gtk_button_set_child (GTK_BUTTON (button), line);
  yeji_tooltip_set (button, value);
  yeji_a11y_set_name (button, spoken);
  g_object_set_data (G_OBJECT (button), "offer", (gpointer) offer);
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_offer), self, 0);
  return button;
}

static void
find_offers (YejiImportCellCard   *self,
             const YejiImportCell *cell)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->offers_list))) != NULL)
    gtk_box_remove (self->offers_list, child);
  g_clear_pointer (&self->offers, g_ptr_array_unref);
  if (cell != NULL && cell->trouble != YEJI_IMPORT_FITS && cell->field != NULL)
    self->offers = yeji_normaliser_offer (self->normaliser, cell->field, cell->text);
  for (guint i = 0; self->offers != NULL && i < self->offers->len && i < MAX_OFFERS; i++)
    gtk_box_append (self->offers_list,
                    make_offer (self, cell->field, g_ptr_array_index (self->offers, i), i == 0));
  gtk_widget_set_visible (self->offers_box, self->offers != NULL && self->offers->len > 0);
}

static void
show_equal (YejiImportCellCard   *self,
            const YejiImportCell *cell)
{
  guint n = cell->trouble != YEJI_IMPORT_FITS
              ? yeji_import_desk_count_equal (self->desk, &self->place) : 0;
  g_autofree char *text = g_strdup_printf (ngettext ("Mend %u _other cell that says the same, too",
                                                     "Mend %u _other cells that say the same, too",
                                                     n), n);

  gtk_widget_set_visible (GTK_WIDGET (self->everywhere), n > 0);
  gtk_check_button_set_label (self->everywhere, text);
}

static void
fill (YejiImportCellCard *self)
{
  YejiImportFile *file = yeji_import_desk_get_file (self->desk);
  YejiImportCell cell;
  gboolean bad;
  g_autofree char *where = yeji_import_place_to_text (file, &self->place);
  g_autofree char *text = NULL;
  g_autofree char *why = NULL;

  yeji_import_file_get_cell (file, &self->place, &cell);
  bad = cell.trouble != YEJI_IMPORT_FITS;
  text = yeji_import_cell_mask (&cell);
  gtk_label_set_text (self->where, where);
  gtk_label_set_text (self->text, *text != '\0' ? text : C_("cell", "empty"));
  if (bad)
    why = yeji_import_explain (file, &self->place);
  gtk_label_set_text (self->reason, bad ? why : "");
  gtk_widget_set_visible (self->reason_box, bad);
  gtk_widget_set_visible (self->fine, !bad);
  gtk_widget_set_visible (self->text_box, TRUE);
  find_offers (self, &cell);
  show_equal (self, &cell);
}

static void
fill_nothing (YejiImportCellCard *self)
{
  gtk_label_set_text (self->where, "");
  gtk_widget_set_visible (self->text_box, FALSE);
  gtk_widget_set_visible (self->reason_box, FALSE);
  gtk_widget_set_visible (self->fine, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->everywhere), FALSE);
  find_offers (self, NULL);
}

static void
yeji_import_cell_card_dispose (GObject *object)
{
  YejiImportCellCard *self = YEJI_IMPORT_CELL_CARD (object);

  g_clear_object (&self->desk);
  g_clear_object (&self->normaliser);
  g_clear_pointer (&self->offers, g_ptr_array_unref);
  G_OBJECT_CLASS (yeji_import_cell_card_parent_class)->dispose (object);
}

static void
yeji_import_cell_card_class_init (YejiImportCellCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = yeji_import_cell_card_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/yeji/Yeji/ui/yeji-import-cell-card.ui");
  gtk_widget_class_bind_template_child (widget_class, YejiImportCellCard, where);
  gtk_widget_class_bind_template_child (widget_class, YejiImportCellCard, text_box);
  gtk_widget_class_bind_template_child (widget_class, YejiImportCellCard, text);
  gtk_widget_class_bind_template_child (widget_class, YejiImportCellCard, reason_box);
  gtk_widget_class_bind_template_child (widget_class, YejiImportCellCard, reason);
  gtk_widget_class_bind_template_child (widget_class, YejiImportCellCard, fine);
  gtk_widget_class_bind_template_child (widget_class, YejiImportCellCard, offers_box);
  gtk_widget_class_bind_template_child (widget_class, YejiImportCellCard, offers_list);
  gtk_widget_class_bind_template_child (widget_class, YejiImportCellCard, everywhere);
}

static void
yeji_import_cell_card_init (YejiImportCellCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * yeji_import_cell_card_set_desk:
 * @normaliser: of this thread
 */
void
yeji_import_cell_card_set_desk (YejiImportCellCard *self,
                                YejiImportDesk     *desk,
                                YejiNormaliser     *normaliser)
{
  g_return_if_fail (YEJI_IS_IMPORT_CELL_CARD (self));

  g_set_object (&self->desk, desk);
  g_set_object (&self->normaliser, normaliser);
}

/**
 * yeji_import_cell_card_show:
 * @place: (nullable)
 *
 * Shows another cell, or the same one as it is now.
 */
void
yeji_import_cell_card_show (YejiImportCellCard    *self,
                            const YejiImportPlace *place)
{
  g_return_if_fail (YEJI_IS_IMPORT_CELL_CARD (self) && self->desk != NULL);

  self->has_place = place != NULL;
  if (place == NULL)
    {
      fill_nothing (self);
      return;
    }
  self->place = *place;
  fill (self);
}

/**
 * yeji_import_cell_card_get_reason:
 *
 * Returns: (transfer none): why the cell cannot be taken, "" where it can
 */
const char *
yeji_import_cell_card_get_reason (YejiImportCellCard *self)
{
  return gtk_label_get_text (self->reason);
}

/**
 * yeji_import_cell_card_take:
 * @everywhere: also in the cells that say the same
 *
 * Takes the best suggestion.
 *
 * Returns: %FALSE when there is none
 */
gboolean
yeji_import_cell_card_take (YejiImportCellCard *self,
                            gboolean            everywhere)
{
  g_autofree char *value = NULL;

  if (!self->has_place || self->offers == NULL || self->offers->len == 0)
    return FALSE;
  value = g_strdup (((YejiSuggestion *) g_ptr_array_index (self->offers, 0))->value);
  yeji_import_desk_mend (self->desk, &self->place, value,
                         everywhere || yeji_import_cell_card_is_wide (self));
  return TRUE;
}

/**
 * yeji_import_cell_card_is_wide:
 *
 * Returns: whether what is typed is for all cells that say the same
 */
gboolean
yeji_import_cell_card_is_wide (YejiImportCellCard *self)
{
  return gtk_widget_get_visible (GTK_WIDGET (self->everywhere))
         && gtk_check_button_get_active (self->everywhere);
}
