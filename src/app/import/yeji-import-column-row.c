// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-import-column-row"

#include "config.h"

#include "yeji-import-column-row.h"

#include <glib/gi18n.h>

#include "yeji-a11y.h"
#include "yeji-import-words.h"
#include "yeji-tooltip.h"

#define TARGET_WIDTH 236
#define HOW_WIDTH 170

typedef struct
{
  guint column;
  GtkWidget *heading;
  GtkWidget *samples;
  GtkWidget *button;
  GtkWidget *target;
  GtkWidget *how;
  GtkWidget *how_icon;
  GtkWidget *how_text;
  const char *style;           /* (nullable): of how */
} Parts;

static const char key[] = "yeji-import-column-row";

static GtkWidget *
make_label (const char *style)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  return label;
}

/* As spreadsheets call their columns: A to Z, AA and so on. */
static char *
name_column (guint column)
{
  GString *name = g_string_new (NULL);

  for (guint n = column + 1; n > 0; n = (n - 1) / 26)
    g_string_prepend_c (name, (char) ('A' + (n - 1) % 26));
  return g_string_free (name, FALSE);
}

static void
on_clicked (GtkWidget *row)
{
  GtkWidget *list = gtk_widget_get_ancestor (row, GTK_TYPE_LIST_BOX);

  gtk_widget_grab_focus (row);
  g_signal_emit_by_name (list, "row-activated", row);
}

static GtkWidget *
make_button (Parts     *parts,
             GtkWidget *row)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  parts->target = make_label (NULL);
  /* as wide in all rows: what does not fit is in the tooltip */
  gtk_label_set_max_width_chars (GTK_LABEL (parts->target), 1);
  gtk_widget_set_hexpand (parts->target, TRUE);
  gtk_box_append (GTK_BOX (line), parts->target);
  gtk_box_append (GTK_BOX (line), gtk_image_new_from_icon_name ("pan-down-symbolic"));
  parts->button = gtk_button_new ();
  gtk_button_set_child (GTK_BUTTON (parts->button), line);
  gtk_widget_set_valign (parts->button, GTK_ALIGN_CENTER);
  gtk_widget_set_size_request (parts->button, TARGET_WIDTH, -1);
  gtk_widget_set_hexpand (parts->button, FALSE);
  /* the row does the same, and has the keyboard */
  gtk_widget_set_can_focus (parts->button, FALSE);
  g_signal_connect_object (parts->button, "clicked", G_CALLBACK (on_clicked), row,
                           G_CONNECT_SWAPPED);
  return parts->button;
}

static GtkWidget *
make_how (Parts *parts)
{
  parts->how = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  parts->how_icon = gtk_image_new ();
  parts->how_text = make_label ("caption");
  gtk_label_set_wrap (GTK_LABEL (parts->how_text), TRUE);
  gtk_label_set_lines (GTK_LABEL (parts->how_text), 2);
  gtk_label_set_max_width_chars (GTK_LABEL (parts->how_text), 18);
  gtk_box_append (GTK_BOX (parts->how), parts->how_icon);
  gtk_box_append (GTK_BOX (parts->how), parts->how_text);
  gtk_widget_set_valign (parts->how, GTK_ALIGN_CENTER);
  gtk_widget_set_size_request (parts->how, HOW_WIDTH, -1);
  return parts->how;
}

/**
 * yeji_import_column_row_new:
 * @column: its number, from 0
 *
 * Returns: (transfer floating): a row without anything in it
 */
GtkWidget *
yeji_import_column_row_new (guint column)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 1);
  GtkWidget *letter = make_label ("dim-label");
  GtkWidget *arrow = gtk_image_new_from_icon_name ("go-next-symbolic");
  g_autofree char *name = name_column (column);
  Parts *parts = g_new0 (Parts, 1);

  parts->column = column;
  parts->heading = make_label (NULL);
  parts->samples = make_label ("caption");
  gtk_widget_add_css_class (parts->samples, "dim-label");
  gtk_label_set_text (GTK_LABEL (letter), name);
  gtk_label_set_width_chars (GTK_LABEL (letter), 3);
  gtk_widget_set_valign (texts, GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_widget_add_css_class (arrow, "dim-label");
  gtk_box_append (GTK_BOX (texts), parts->heading);
  gtk_box_append (GTK_BOX (texts), parts->samples);
  gtk_box_append (GTK_BOX (line), letter);
  gtk_box_append (GTK_BOX (line), texts);
  gtk_box_append (GTK_BOX (line), arrow);
  gtk_box_append (GTK_BOX (line), make_button (parts, row));
  gtk_box_append (GTK_BOX (line), make_how (parts));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), line);
  g_object_set_data_full (G_OBJECT (row), key, parts, g_free);
  return row;
}

static void
show_how (Parts         *parts,
          YejiImportHow  how)
{
  if (parts->style != NULL)
    gtk_widget_remove_css_class (parts->how, parts->style);
  parts->style = yeji_import_how_to_style (how);
  if (parts->style != NULL)
    gtk_widget_add_css_class (parts->how, parts->style);
  gtk_image_set_from_icon_name (GTK_IMAGE (parts->how_icon), yeji_import_how_to_icon (how));
  gtk_label_set_text (GTK_LABEL (parts->how_text), yeji_import_how_to_text (how));
}

/**
 * yeji_import_column_row_fill:
 * @samples: what its first rows have
 *
 * Shows a column.
 */
void
yeji_import_column_row_fill (GtkListBoxRow          *row,
                             const YejiImportSheet  *sheet,
                             const YejiImportColumn *column,
                             const char             *samples)
{
  Parts *parts = g_object_get_data (G_OBJECT (row), key);
  g_autofree char *target = yeji_import_column_to_text (sheet, column);
  g_autofree char *spoken = NULL;
  const char *heading = *column->heading != '\0' ? column->heading : _("(without a heading)");
  gboolean out = column->field == NULL && column->key == YEJI_IMPORT_KEY_NONE;

  gtk_label_set_text (GTK_LABEL (parts->heading), heading);
  yeji_tooltip_set (parts->heading, heading);
  gtk_label_set_text (GTK_LABEL (parts->samples), samples);
  gtk_widget_set_visible (parts->samples, *samples != '\0');
  yeji_tooltip_set (parts->samples, samples);
  gtk_label_set_text (GTK_LABEL (parts->target), target);
  yeji_tooltip_set (parts->button, target);
  show_how (parts, out && column->how != YEJI_IMPORT_HOW_CHOSEN ? YEJI_IMPORT_HOW_NONE
                                                                : column->how);
  if (out)
    gtk_widget_add_css_class (parts->target, "dim-label");
  else
    gtk_widget_remove_css_class (parts->target, "dim-label");
  /* Translators: a column of a file, where it goes, and how that was recognised */
  spoken = g_strdup_printf (_("%s goes to: %s, %s"), heading, target,
                            yeji_import_how_to_text (column->how));
  yeji_a11y_set_name (GTK_WIDGET (row), spoken);
  yeji_a11y_set_name (parts->button, spoken);
  yeji_a11y_set_description (GTK_WIDGET (row), samples);
}

/**
 * yeji_import_column_row_get_button:
 *
 * Returns: (transfer none): where it goes
 */
GtkWidget *
yeji_import_column_row_get_button (GtkListBoxRow *row)
{
  return ((Parts *) g_object_get_data (G_OBJECT (row), key))->button;
}
