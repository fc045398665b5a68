// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-compare"

#include "config.h"

#include "yeji-compare-row.h"

#include <glib/gi18n.h>

#include "yeji-a11y.h"
#include "yeji-compare-cell.h"
#include "yeji-compare-text.h"
#include "yeji-tooltip.h"

struct _YejiCompareRow
{
  AdwBin parent_instance;

  GtkWidget *section;
  GtkLabel *section_title;
  GtkLabel *section_count;
  GtkWidget *place;
  GtkLabel *label;
  GtkLabel *place_label;
  GtkLabel *note;
  GtkWidget *later;
  GtkBox *cells;
  YejiCompareCell *sides[N_YEJI_SIDES];   /* the base may be NULL */

  gboolean deciding;
  YejiCompareItem *item;       /* (nullable) */
};

G_DEFINE_FINAL_TYPE (YejiCompareRow, yeji_compare_row, ADW_TYPE_BIN)

static void
show_decision (YejiCompareRow *self)
{
  YejiDecision decision = yeji_compare_item_get_decision (self->item);

  if (!self->deciding)
    return;
  yeji_compare_cell_set_chosen (self->sides[YEJI_SIDE_MINE], decision == YEJI_DECISION_MINE);
  yeji_compare_cell_set_chosen (self->sides[YEJI_SIDE_THEIRS], decision == YEJI_DECISION_THEIRS);
  gtk_widget_set_visible (self->later, decision != YEJI_DECISION_LATER);
}

/* The buttons say what was chosen only once both of them are as they shall be. */
static void
on_chosen (YejiCompareRow  *self,
           GParamSpec      *pspec,
           YejiCompareCell *cell)
{
  if (self->item == NULL || !yeji_compare_cell_get_chosen (cell))
    return;
  yeji_compare_item_set_decision (self->item, cell == self->sides[YEJI_SIDE_MINE]
                                                ? YEJI_DECISION_MINE : YEJI_DECISION_THEIRS);
}

static void
on_later (YejiCompareRow *self)
{
  yeji_compare_item_set_decision (self->item, YEJI_DECISION_LATER);
}

static void
show_section (YejiCompareRow *self)
{
  guint n = yeji_compare_item_get_count (self->item);
  g_autofree char *count = NULL;

  count = g_strdup_printf (ngettext ("%u difference", "%u differences", n), n);
  gtk_label_set_text (self->section_title, yeji_compare_item_get_section (self->item));
  gtk_label_set_text (self->section_count, count);
  gtk_widget_set_visible (GTK_WIDGET (self->section_count), n > 0);
}

/* What the eye cannot see, or would not look for. */
static const char *
find_note (const YejiDifference *difference,
           YejiDictionary       *dictionary,
           gboolean              has_base)
{
  if (yeji_difference_is_hidden (difference, dictionary))
    return _("Differs in the digits that are hidden");
  if (has_base && difference->kind == YEJI_DIFFERENCE_BOTH)
    return _("Changed on both sides alike");
  return NULL;
}

static void
show_place (YejiCompareRow *self)
{
  const YejiDifference *difference = yeji_compare_item_get_difference (self->item);
  YejiComparison *comparison = yeji_compare_item_get_comparison (self->item);
  gboolean has_base = self->sides[YEJI_SIDE_BASE] != NULL;
  YejiSide against = has_base ? YEJI_SIDE_BASE : YEJI_SIDE_THEIRS;
  g_autofree char *label = yeji_difference_to_label (difference, comparison->dictionary);
  g_autofree char *place = yeji_difference_to_place (difference, comparison->dictionary);
  const char *note = find_note (difference, comparison->dictionary, has_base);

  gtk_label_set_text (self->label, label);
  gtk_label_set_text (self->place_label, place != NULL ? place : "");
  yeji_tooltip_set (GTK_WIDGET (self->place_label), place);
  gtk_widget_set_visible (GTK_WIDGET (self->place_label), place != NULL);
  gtk_label_set_text (self->note, note != NULL ? note : "");
  gtk_widget_set_visible (GTK_WIDGET (self->note), note != NULL);
  if (has_base)
    yeji_compare_cell_show (self->sides[YEJI_SIDE_BASE], self->item, YEJI_SIDE_BASE,
                            YEJI_SIDE_BASE);
  yeji_compare_cell_show (self->sides[YEJI_SIDE_MINE], self->item, YEJI_SIDE_MINE, against);
  yeji_compare_cell_show (self->sides[YEJI_SIDE_THEIRS], self->item, YEJI_SIDE_THEIRS,
                          has_base ? against : YEJI_SIDE_MINE);
  if (difference->kind == YEJI_DIFFERENCE_NONE)
    gtk_widget_add_css_class (GTK_WIDGET (self), "same");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "same");
}

static void
yeji_compare_row_dispose (GObject *object)
{
  YejiCompareRow *self = YEJI_COMPARE_ROW (object);

  if (self->item != NULL)
    g_signal_handlers_disconnect_by_func (self->item, show_decision, self);
  g_clear_object (&self->item);
  G_OBJECT_CLASS (yeji_compare_row_parent_class)->dispose (object);
}

static void
yeji_compare_row_class_init (YejiCompareRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = yeji_compare_row_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/yeji/Yeji/ui/yeji-compare-row.ui");
  gtk_widget_class_bind_template_child (widget_class, YejiCompareRow, section);
  gtk_widget_class_bind_template_child (widget_class, YejiCompareRow, section_title);
  gtk_widget_class_bind_template_child (widget_class, YejiCompareRow, section_count);
  gtk_widget_class_bind_template_child (widget_class, YejiCompareRow, place);
  gtk_widget_class_bind_template_child (widget_class, YejiCompareRow, label);
  gtk_widget_class_bind_template_child (widget_class, YejiCompareRow, place_label);
  gtk_widget_class_bind_template_child (widget_class, YejiCompareRow, note);
  gtk_widget_class_bind_template_child (widget_class, YejiCompareRow, later);
  gtk_widget_class_bind_template_child (widget_class, YejiCompareRow, cells);
  gtk_widget_class_bind_template_callback (widget_class, on_later);
}

static void
yeji_compare_row_init (YejiCompareRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
add_cell (YejiCompareRow *self,
          YejiSide        side,
          const char     *choice)
{
  self->sides[side] = YEJI_COMPARE_CELL (yeji_compare_cell_new (choice));
  gtk_box_append (self->cells, GTK_WIDGET (self->sides[side]));
  if (choice != NULL)
    g_signal_connect_object (self->sides[side], "notify::chosen", G_CALLBACK (on_chosen), self,
                             G_CONNECT_SWAPPED);
}

/**
 * yeji_compare_row_new:
 * @has_base: whether there is a column for what both came from
 * @deciding: whether one of both is chosen
 *
 * Returns: (transfer floating): a line without an item
 */
GtkWidget *
yeji_compare_row_new (gboolean has_base,
                      gboolean deciding)
{
  YejiCompareRow *self = g_object_new (YEJI_TYPE_COMPARE_ROW, NULL);

  self->deciding = deciding;
  if (has_base)
    add_cell (self, YEJI_SIDE_BASE, NULL);
  add_cell (self, YEJI_SIDE_MINE, deciding ? _("Use Mine") : NULL);
  add_cell (self, YEJI_SIDE_THEIRS, deciding ? _("Use the Province's") : NULL);
  if (deciding)
    yeji_compare_cell_join (self->sides[YEJI_SIDE_THEIRS], self->sides[YEJI_SIDE_MINE]);
  return GTK_WIDGET (self);
}

/**
 * yeji_compare_row_set_item:
 * @item: (nullable): what is shown from now on
 */
void
yeji_compare_row_set_item (YejiCompareRow  *self,
                           YejiCompareItem *item)
{
  gboolean is_section;

  g_return_if_fail (YEJI_IS_COMPARE_ROW (self));

  if (self->item != NULL)
    g_signal_handlers_disconnect_by_func (self->item, show_decision, self);
  g_set_object (&self->item, item);
  if (item == NULL)
    return;
  is_section = yeji_compare_item_get_section (item) != NULL;
  gtk_widget_set_visible (self->section, is_section);
  gtk_widget_set_visible (self->place, !is_section);
  if (is_section)
    {
      show_section (self);
      return;
    }
  show_place (self);
  show_decision (self);
  g_signal_connect_swapped (item, "notify::decision", G_CALLBACK (show_decision), self);
}

/**
 * yeji_compare_row_describe:
 *
 * Returns: (transfer full): all of it in one sentence, for who hears it
 */
char *
yeji_compare_row_describe (YejiCompareRow *self)
{
  const char *mine, *theirs;

  if (gtk_widget_get_visible (self->section))
    return g_strdup (gtk_label_get_text (self->section_title));
  mine = yeji_compare_cell_get_text (self->sides[YEJI_SIDE_MINE]);
  theirs = yeji_compare_cell_get_text (self->sides[YEJI_SIDE_THEIRS]);
  /* Translators: a field, and what is on the left and on the right */
  return g_strdup_printf (_("%s: left %s, right %s"), gtk_label_get_text (self->label), mine,
                          theirs);
}
