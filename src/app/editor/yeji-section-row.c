// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-section-row"

#include "config.h"

#include "yeji-section-row.h"

#include <glib/gi18n.h>

#include <string.h>

#include "yeji-a11y.h"
#include "yeji-messages.h"
#include "yeji-tooltip.h"

/* An icon and a number. */
typedef struct
{
  GtkWidget *box;
  GtkLabel *count;
} Pill;

enum
{
  POINTS,
  ERRORS,
  WARNINGS,
  N_PILLS
};

struct _YejiSectionRow
{
  GtkListBoxRow parent_instance;

  const YejiTableDef *table;   /* (nullable): %NULL for what has no place in the dictionary */
  GtkLabel *rows;
  GtkWidget *line;             /* the second, where there is something to say */
  GtkLabel *filled;
  GtkWidget *whole;
  Pill pills[N_PILLS];

  YejiSectionFacts facts;
};

G_DEFINE_FINAL_TYPE (YejiSectionRow, yeji_section_row, GTK_TYPE_LIST_BOX_ROW)

static const char *
get_name (YejiSectionRow *self)
{
  return self->table != NULL ? yeji_label (&self->table->label) : _("Kept Aside");
}

static void
make_pill (Pill       *pill,
           GtkBox     *line,
           const char *icon,
           const char *style)
{
  GtkWidget *image = gtk_image_new_from_icon_name (icon);

  pill->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 3);
  pill->count = GTK_LABEL (gtk_label_new (NULL));
  gtk_image_set_pixel_size (GTK_IMAGE (image), 12);
  gtk_widget_add_css_class (pill->box, "yeji-count");
  gtk_widget_add_css_class (pill->box, style);
  gtk_box_append (GTK_BOX (pill->box), image);
  gtk_box_append (GTK_BOX (pill->box), GTK_WIDGET (pill->count));
  gtk_widget_set_visible (pill->box, FALSE);
  gtk_box_append (line, pill->box);
}

static void
set_pill (Pill  *pill,
          guint  n)
{
  g_autofree char *text = g_strdup_printf ("%u", n);

  gtk_label_set_text (pill->count, text);
  gtk_widget_set_visible (pill->box, n > 0);
}

static void
say (GString *text,
     char    *words)
{
  if (text->len > 0)
    g_string_append (text, _(", "));
  g_string_append (text, words);
  g_free (words);
}

/* The same in words: the row's colours and icons are not read out. */
static char *
describe (YejiSectionRow *self)
{
  const YejiSectionFacts *facts = &self->facts;
  const YejiCompleteness *completeness = &facts->completeness;
  g_autoptr (GString) text = g_string_new (NULL);

  if (self->table == NULL || self->table->index != 0)
    say (text, g_strdup_printf (ngettext ("%u row", "%u rows", facts->n_rows), facts->n_rows));
  if (completeness->n_needed > 0 && completeness->n_filled == completeness->n_needed)
    say (text, g_strdup (_("complete")));
  else if (completeness->n_needed > 0)
    /* Translators: how many of the values that the standard asks for are there */
    say (text, g_strdup_printf (_("%u of %u filled in"), completeness->n_filled,
                                completeness->n_needed));
  if (facts->n_errors > 0)
    say (text, g_strdup_printf (ngettext ("%u error", "%u errors", facts->n_errors),
                                facts->n_errors));
  if (facts->n_warnings > 0)
    say (text, g_strdup_printf (ngettext ("%u warning", "%u warnings", facts->n_warnings),
                                facts->n_warnings));
  if (facts->n_points > 0)
    say (text, g_strdup_printf (ngettext ("%u open remark", "%u open remarks", facts->n_points),
                                facts->n_points));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
show_facts (YejiSectionRow *self)
{
  const YejiSectionFacts *facts = &self->facts;
  gboolean is_root = self->table != NULL && self->table->index == 0;
  gboolean asked = facts->completeness.n_needed > 0;
  gboolean all = asked && facts->completeness.n_filled == facts->completeness.n_needed
                 && facts->n_errors == 0;   /* a mark says that nothing is left to do */
  g_autofree char *rows = g_strdup_printf ("%u", facts->n_rows);
  g_autofree char *filled = g_strdup_printf ("%u/%u", facts->completeness.n_filled,
                                             facts->completeness.n_needed);
  g_autofree char *spoken = describe (self);

  gtk_label_set_text (self->rows, rows);
  gtk_widget_set_visible (GTK_WIDGET (self->rows), facts->n_rows > 0 && !is_root);
  gtk_label_set_text (self->filled, filled);
  gtk_widget_set_visible (GTK_WIDGET (self->filled), asked && !all);
  gtk_widget_set_visible (self->whole, all);
  set_pill (&self->pills[POINTS], facts->n_points);
  set_pill (&self->pills[ERRORS], facts->n_errors);
  set_pill (&self->pills[WARNINGS], facts->n_warnings);
  gtk_widget_set_visible (self->line, (asked && !all) || facts->n_errors > 0
                                        || facts->n_warnings > 0 || facts->n_points > 0);
  yeji_a11y_set_description (GTK_WIDGET (self), spoken);
  yeji_tooltip_set (GTK_WIDGET (self), spoken);
}

static void
yeji_section_row_class_init (YejiSectionRowClass *klass)
{
}

static void
yeji_section_row_init (YejiSectionRow *self)
{
}

static void
make_widgets (YejiSectionRow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new (get_name (self));
  GtkWidget *gap = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  self->rows = GTK_LABEL (gtk_label_new (NULL));
  self->filled = GTK_LABEL (gtk_label_new (NULL));
  self->whole = gtk_image_new_from_icon_name ("object-select-symbolic");
  self->line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->rows), "dim-label");
  gtk_widget_add_css_class (GTK_WIDGET (self->rows), "numeric");
  gtk_widget_add_css_class (GTK_WIDGET (self->filled), "caption");
  gtk_widget_add_css_class (GTK_WIDGET (self->filled), "dim-label");
  gtk_widget_add_css_class (GTK_WIDGET (self->filled), "numeric");
  gtk_widget_add_css_class (self->whole, "success");
  gtk_widget_set_hexpand (gap, TRUE);
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (head), label);
  gtk_box_append (GTK_BOX (head), GTK_WIDGET (self->rows));
  gtk_box_append (GTK_BOX (head), self->whole);
  gtk_box_append (GTK_BOX (self->line), GTK_WIDGET (self->filled));
  gtk_box_append (GTK_BOX (self->line), gap);
  make_pill (&self->pills[POINTS], GTK_BOX (self->line), "avatar-default-symbolic", "point");
  make_pill (&self->pills[ERRORS], GTK_BOX (self->line),
             yeji_severity_get_icon (YEJI_SEVERITY_ERROR), "error");
  make_pill (&self->pills[WARNINGS], GTK_BOX (self->line),
             yeji_severity_get_icon (YEJI_SEVERITY_WARNING), "warning");
  gtk_box_append (GTK_BOX (box), head);
  gtk_box_append (GTK_BOX (box), self->line);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), box);
  gtk_widget_add_css_class (GTK_WIDGET (self), "yeji-section-row");
  yeji_a11y_set_name (GTK_WIDGET (self), get_name (self));
}

/**
 * yeji_section_row_new:
 * @table: (nullable): %NULL for what has no place in the dictionary
 *
 * Returns: (transfer floating): a row of the list of sections
 */
GtkWidget *
yeji_section_row_new (const YejiTableDef *table)
{
  YejiSectionRow *self = g_object_new (YEJI_TYPE_SECTION_ROW, NULL);

  self->table = table;
  make_widgets (self);
  show_facts (self);
  return GTK_WIDGET (self);
}

/**
 * yeji_section_row_get_table:
 *
 * Returns: (nullable): the table, %NULL for what has no place in the dictionary
 */
const YejiTableDef *
yeji_section_row_get_table (YejiSectionRow *self)
{
  return self->table;
}

/**
 * yeji_section_row_set_facts:
 *
 * Shows what is known of the section. What is the same costs nothing.
 */
void
yeji_section_row_set_facts (YejiSectionRow         *self,
                            const YejiSectionFacts *facts)
{
  if (memcmp (&self->facts, facts, sizeof *facts) == 0)
    return;
  self->facts = *facts;
  show_facts (self);
}
