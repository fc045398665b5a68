// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-section-row"

#include "config.h"

#include "yeji-section-row.h"

#include <glib/gi18n.h>

#include "yeji-a11y.h"
#include "yeji-messages.h"

static const char *
get_name (const YejiTableDef *table)
{
  return table != NULL ? yeji_label (&table->label) : _("Kept Aside");
}

/**
 * yeji_section_row_new:
 * @table: (nullable): %NULL for what has no place in the dictionary
 *
 * Returns: (transfer floating): a row of a list box
 */
GtkWidget *
yeji_section_row_new (const YejiTableDef *table)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new (get_name (table));
  GtkWidget *rows = gtk_label_new (NULL);
  GtkWidget *count = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_tooltip_text (label, get_name (table));
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (rows, "dim-label");
  gtk_widget_add_css_class (rows, "numeric");
  gtk_widget_add_css_class (count, "yeji-count");
  gtk_widget_set_valign (count, GTK_ALIGN_CENTER);
  gtk_widget_set_visible (count, FALSE);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), rows);
  gtk_box_append (GTK_BOX (box), count);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  g_object_set_data (G_OBJECT (row), "table", (gpointer) table);
  g_object_set_data (G_OBJECT (row), "rows", rows);
  g_object_set_data (G_OBJECT (row), "count", count);
  yeji_a11y_set_name (row, get_name (table));
  return row;
}

/**
 * yeji_section_row_get_table:
 *
 * Returns: (nullable): the table, %NULL for what has no place in the dictionary
 */
const YejiTableDef *
yeji_section_row_get_table (GtkListBoxRow *row)
{
  return g_object_get_data (G_OBJECT (row), "table");
}

static void
update_count (GtkListBoxRow *row,
              YejiDraft     *draft)
{
  const YejiTableDef *table = yeji_section_row_get_table (row);
  GtkWidget *count = g_object_get_data (G_OBJECT (row), "count");
  guint errors = yeji_draft_count_issues (draft, table, NULL, YEJI_SEVERITY_ERROR);
  guint warnings = yeji_draft_count_issues (draft, table, NULL, YEJI_SEVERITY_WARNING);
  guint shown = errors > 0 ? errors : warnings;
  g_autofree char *text = g_strdup_printf ("%u", shown);
  g_autofree char *spoken = NULL;

  gtk_label_set_text (GTK_LABEL (count), text);
  gtk_widget_set_visible (count, shown > 0);
  gtk_widget_remove_css_class (count, errors > 0 ? "warning" : "error");
  gtk_widget_add_css_class (count, errors > 0 ? "error" : "warning");
  if (errors > 0)
    spoken = g_strdup_printf (ngettext ("%u error", "%u errors", errors), errors);
  else if (warnings > 0)
    spoken = g_strdup_printf (ngettext ("%u warning", "%u warnings", warnings), warnings);
  yeji_a11y_set_description (GTK_WIDGET (row), spoken);
}

/**
 * yeji_section_row_update:
 *
 * Counts the rows of the section, and what is wrong with them.
 */
void
yeji_section_row_update (GtkListBoxRow *row,
                         YejiDraft     *draft)
{
  const YejiTableDef *table = yeji_section_row_get_table (row);
  YejiRecord *record = yeji_draft_get_record (draft);
  GtkWidget *rows = g_object_get_data (G_OBJECT (row), "rows");
  guint n = table != NULL ? yeji_record_get_n_rows (record, table)
                          : yeji_record_get_aside (record)->len;
  g_autofree char *text = g_strdup_printf ("%u", n);

  gtk_label_set_text (GTK_LABEL (rows), text);
  gtk_widget_set_visible (rows, n > 0 && (table == NULL || table->index != 0));
  if (table != NULL)
    update_count (row, draft);
}
