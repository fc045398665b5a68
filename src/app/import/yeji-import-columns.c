// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-import-columns"

#include "config.h"

#include "yeji-import-columns.h"

#include <glib/gi18n.h>

#include "yeji-a11y.h"
#include "yeji-chooser.h"
#include "yeji-import-column-row.h"
#include "yeji-import-target.h"
#include "yeji-import-words.h"
#include "yeji-messages.h"
#include "yeji-tooltip.h"

/* Names of missing fields that are said; of more, how many. */
#define MAX_NAMED 6

struct _YejiImportColumns
{
  GtkBox parent_instance;

  GtkWidget *sheets_box;
  GtkListBox *sheets;
  GtkLabel *title;
  GtkDropDown *table;
  GtkWidget *doubts_box;
  GtkLabel *doubts;
  GtkWidget *missing_box;
  GtkLabel *missing;
  GtkStack *stack;
  GtkListBox *list;

  YejiImportWork *work;        /* (nullable) */
  GPtrArray *tables;           /* (nullable) (element-type YejiTableDef): as they are offered */
  guint sheet;
  GtkWidget *chooser;          /* (nullable): weak */
  gboolean is_filling;
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (YejiImportColumns, yeji_import_columns, GTK_TYPE_BOX)

static const YejiImportSheet *
get_sheet (YejiImportColumns *self)
{
  return yeji_import_layout_get_sheet (self->work->layout, self->sheet);
}

/* ---- What is to be looked at */

static guint
count_how (const YejiImportSheet *sheet,
           YejiImportHow          how)
{
  guint n = 0;

  for (guint i = 0; i < sheet->columns->len; i++)
    n += ((YejiImportColumn *) g_ptr_array_index (sheet->columns, i))->how == how;
  return n;
}

static gboolean
is_taken (YejiImportColumns  *self,
          const YejiFieldDef *field)
{
  guint n = yeji_import_layout_get_n (self->work->layout);

  for (guint i = 0; i < n; i++)
    {
      const YejiImportSheet *sheet = yeji_import_layout_get_sheet (self->work->layout, i);

      for (guint j = 0; sheet->table != NULL && j < sheet->columns->len; j++)
        if (((YejiImportColumn *) g_ptr_array_index (sheet->columns, j))->field == field)
          return TRUE;
    }
  return FALSE;
}

/* The tables that the sheet has columns of: a list may have several in one. */
static gboolean
has_table (const YejiImportSheet *sheet,
           const YejiTableDef    *table)
{
  if (sheet->table == table)
    return TRUE;
  for (guint i = 0; i < sheet->columns->len; i++)
    {
      const YejiImportColumn *column = g_ptr_array_index (sheet->columns, i);

      if (column->field != NULL && column->field->table == table)
        return TRUE;
    }
  return FALSE;
}

/* (transfer full) (element-type YejiFieldDef) */
static GPtrArray *
list_missing (YejiImportColumns *self)
{
  GPtrArray *missing = g_ptr_array_new ();
  const YejiImportSheet *sheet = get_sheet (self);

  for (guint i = 0; sheet->table != NULL && i < self->tables->len; i++)
    {
      const YejiTableDef *table = g_ptr_array_index (self->tables, i);

      for (guint j = 0; has_table (sheet, table) && j < table->fields->len; j++)
        {
          const YejiFieldDef *field = g_ptr_array_index (table->fields, j);

          if (field->required == YEJI_REQUIRED_MANDATORY && !field->by_platform
              && !field->assigned && field->inherits == NULL && !is_taken (self, field))
            g_ptr_array_add (missing, (gpointer) field);
        }
    }
  return missing;
}

static void
show_missing (YejiImportColumns *self)
{
  g_autoptr (GPtrArray) missing = list_missing (self);
  g_autoptr (GString) names = g_string_new (NULL);
  g_autofree char *text = NULL;

  gtk_widget_set_visible (self->missing_box, missing->len > 0);
  for (guint i = 0; i < missing->len && i < MAX_NAMED; i++)
    {
      const YejiFieldDef *field = g_ptr_array_index (missing, i);

      if (i > 0)
        /* Translators: between the names of a list */
        g_string_append (names, C_("list", ", "));
      g_string_append (names, yeji_label (&field->label));
    }
  if (missing->len > MAX_NAMED)
    text = g_strdup_printf (_("Required, and not in the file: %s and %u more. They can be filled "
                              "in later, in each record."), names->str, missing->len - MAX_NAMED);
  else
    text = g_strdup_printf (_("Required, and not in the file: %s. They can be filled in later, in "
                              "each record."), names->str);
  gtk_label_set_text (self->missing, text);
}

static void
show_doubts (YejiImportColumns *self)
{
  guint n = count_how (get_sheet (self), YEJI_IMPORT_HOW_CONTENT);
  g_autofree char *text = NULL;

  gtk_widget_set_visible (self->doubts_box, n > 0);
  text = g_strdup_printf (ngettext ("%u column was recognised by its content alone. Please check "
                                    "where it goes.",
                                    "%u columns were recognised by their content alone. Please "
                                    "check where they go.", n), n);
  gtk_label_set_text (self->doubts, text);
}

/* ---- The columns of a sheet */

static void
fill_rows (YejiImportColumns *self)
{
  const YejiImportSheet *sheet = get_sheet (self);
  GtkListBoxRow *row;

  for (guint i = 0; i < sheet->columns->len; i++)
    {
      const YejiImportColumn *column = g_ptr_array_index (sheet->columns, i);
      g_autofree char *samples = yeji_import_work_get_samples (self->work, self->sheet, i);

      row = gtk_list_box_get_row_at_index (self->list, (int) i);
      if (row == NULL)
        gtk_list_box_append (self->list, yeji_import_column_row_new (i));
      row = gtk_list_box_get_row_at_index (self->list, (int) i);
      yeji_import_column_row_fill (row, sheet, column, samples);
    }
  while ((row = gtk_list_box_get_row_at_index (self->list, (int) sheet->columns->len)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
}

static guint
find_table (YejiImportColumns  *self,
            const YejiTableDef *table)
{
  guint found = 0;

  if (table != NULL && g_ptr_array_find (self->tables, table, &found))
    return found + 1;
  return 0;
}

static void
fill_sheet (YejiImportColumns *self)
{
  const YejiImportSheet *sheet = get_sheet (self);

  self->is_filling = TRUE;
  gtk_label_set_text (self->title, sheet->name);
  gtk_drop_down_set_selected (self->table, find_table (self, sheet->table));
  self->is_filling = FALSE;
  gtk_stack_set_visible_child_name (self->stack, sheet->table != NULL ? "columns" : "left-out");
  if (sheet->table != NULL)
    fill_rows (self);
  show_missing (self);
  show_doubts (self);
}

/* ---- The sheets */

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

static GtkWidget *
make_sheet_row (void)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *target = make_label ("caption");

  gtk_box_append (GTK_BOX (texts), make_label (NULL));
  gtk_widget_add_css_class (target, "dim-label");
  gtk_box_append (GTK_BOX (texts), target);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), texts);
  return row;
}

static void
fill_sheets (YejiImportColumns *self)
{
  guint n = yeji_import_layout_get_n (self->work->layout);

  for (guint i = 0; i < n; i++)
    {
      const YejiImportSheet *sheet = yeji_import_layout_get_sheet (self->work->layout, i);
      g_autofree char *target = yeji_import_sheet_to_text (sheet);
      g_autofree char *spoken = g_strdup_printf ("%s: %s", sheet->name, target);
      GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->sheets, (int) i);
      GtkWidget *texts;

      if (row == NULL)
        gtk_list_box_append (self->sheets, make_sheet_row ());
      row = gtk_list_box_get_row_at_index (self->sheets, (int) i);
      texts = gtk_list_box_row_get_child (row);
      gtk_label_set_text (GTK_LABEL (gtk_widget_get_first_child (texts)), sheet->name);
      gtk_label_set_text (GTK_LABEL (gtk_widget_get_last_child (texts)), target);
      yeji_tooltip_set (gtk_widget_get_first_child (texts), sheet->name);
      yeji_tooltip_set (gtk_widget_get_last_child (texts), target);
      yeji_a11y_set_name (GTK_WIDGET (row), spoken);
      if (sheet->table == NULL)
        gtk_widget_add_css_class (texts, "dim-label");
      else
        gtk_widget_remove_css_class (texts, "dim-label");
    }
  gtk_widget_set_visible (self->sheets_box, n > 1);
}

static void
on_sheet_selected (YejiImportColumns *self,
                   GtkListBoxRow     *row)
{
  if (row == NULL || self->work == NULL)
    return;
  self->sheet = (guint) gtk_list_box_row_get_index (row);
  fill_sheet (self);
}

static void
tell (YejiImportColumns *self)
{
  fill_sheets (self);
  fill_sheet (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_table_selected (YejiImportColumns *self)
{
  guint selected = gtk_drop_down_get_selected (self->table);

  if (self->is_filling || self->work == NULL || selected == GTK_INVALID_LIST_POSITION)
    return;
  yeji_import_columns_set_table (self, selected > 0 ? g_ptr_array_index (self->tables, selected - 1)
                                                    : NULL);
}

/* ---- Choosing where a column goes */

static void
on_chosen (YejiChooser       *chooser,
           const char        *value,
           YejiImportColumns *self)
{
  guint column = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (chooser), "column"));

  yeji_import_columns_choose (self, column, value);
}

static gboolean
drop_popover (gpointer data)
{
  if (gtk_widget_get_parent (data) != NULL)
    gtk_widget_unparent (data);
  return G_SOURCE_REMOVE;
}

static void
on_closed (GtkWidget *chooser,
           GtkWidget *list)
{
  guint column = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (chooser), "column"));
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), (int) column);

  if (row != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (row));
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, drop_popover, g_object_ref (chooser), g_object_unref);
}

static void
on_row_activated (YejiImportColumns *self,
                  GtkListBoxRow     *row)
{
  yeji_import_columns_open (self, (guint) gtk_list_box_row_get_index (row));
}

static void
on_leave_out (GtkWidget  *widget,
              const char *name,
              GVariant   *target)
{
  YejiImportColumns *self = YEJI_IMPORT_COLUMNS (widget);
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  GtkWidget *row = focus != NULL ? gtk_widget_get_ancestor (focus, GTK_TYPE_LIST_BOX_ROW) : NULL;

  if (row != NULL && gtk_widget_is_ancestor (row, GTK_WIDGET (self->list)))
    yeji_import_columns_choose (self, (guint) gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row)),
                                YEJI_IMPORT_TARGET_NONE);
}

/* ---- The class */

static void
yeji_import_columns_dispose (GObject *object)
{
  YejiImportColumns *self = YEJI_IMPORT_COLUMNS (object);

  g_clear_pointer (&self->work, yeji_import_work_unref);
  g_clear_pointer (&self->tables, g_ptr_array_unref);
  if (self->chooser != NULL && gtk_widget_get_parent (self->chooser) != NULL)
    gtk_widget_unparent (self->chooser);
  g_clear_weak_pointer (&self->chooser);
  G_OBJECT_CLASS (yeji_import_columns_parent_class)->dispose (object);
}

static void
yeji_import_columns_class_init (YejiImportColumnsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = yeji_import_columns_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/yeji/Yeji/ui/yeji-import-columns.ui");
  gtk_widget_class_bind_template_child (widget_class, YejiImportColumns, sheets_box);
  gtk_widget_class_bind_template_child (widget_class, YejiImportColumns, sheets);
  gtk_widget_class_bind_template_child (widget_class, YejiImportColumns, title);
  gtk_widget_class_bind_template_child (widget_class, YejiImportColumns, table);
  gtk_widget_class_bind_template_child (widget_class, YejiImportColumns, doubts_box);
  gtk_widget_class_bind_template_child (widget_class, YejiImportColumns, doubts);
  gtk_widget_class_bind_template_child (widget_class, YejiImportColumns, missing_box);
  gtk_widget_class_bind_template_child (widget_class, YejiImportColumns, missing);
  gtk_widget_class_bind_template_child (widget_class, YejiImportColumns, stack);
  gtk_widget_class_bind_template_child (widget_class, YejiImportColumns, list);
  gtk_widget_class_bind_template_callback (widget_class, on_sheet_selected);
  gtk_widget_class_bind_template_callback (widget_class, on_table_selected);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated);
  gtk_widget_class_install_action (widget_class, "columns.leave-out", NULL, on_leave_out);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Delete, 0, "columns.leave-out", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_KP_Delete, 0, "columns.leave-out",
                                       NULL);

  signals[CHANGED] = g_signal_new ("changed", YEJI_TYPE_IMPORT_COLUMNS, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
yeji_import_columns_init (YejiImportColumns *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  yeji_a11y_set_name (GTK_WIDGET (self->sheets), _("Sheets"));
  yeji_a11y_set_name (GTK_WIDGET (self->list), _("Columns"));
  yeji_a11y_name_drop_down (GTK_WIDGET (self->table), _("Table that the sheet goes to"));
}

/**
 * yeji_import_columns_set_work:
 * @work: one whose layout was found
 *
 * Shows what was found in a file.
 */
void
yeji_import_columns_set_work (YejiImportColumns *self,
                              YejiImportWork    *work)
{
  GPtrArray *tables = yeji_dictionary_get_tables (yeji_store_get_dictionary (work->store));
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint first = 0;

  g_return_if_fail (YEJI_IS_IMPORT_COLUMNS (self) && self->work == NULL);

  self->tables = g_ptr_array_ref (tables);
  gtk_string_list_append (names, _("Leave out"));
  for (guint i = 0; i < tables->len; i++)
    gtk_string_list_append (names, yeji_label (&((YejiTableDef *)
                                                 g_ptr_array_index (tables, i))->label));
  self->is_filling = TRUE;
  gtk_drop_down_set_model (self->table, G_LIST_MODEL (names));
  self->is_filling = FALSE;
  self->work = yeji_import_work_ref (work);
  fill_sheets (self);
  while (first + 1 < yeji_import_layout_get_n (work->layout)
         && yeji_import_layout_get_sheet (work->layout, first)->table == NULL)
    first++;
  if (yeji_import_layout_get_sheet (work->layout, first)->table == NULL)
    first = 0;
  yeji_import_columns_show (self, first);
}

/**
 * yeji_import_columns_show:
 *
 * Shows another sheet.
 */
void
yeji_import_columns_show (YejiImportColumns *self,
                          guint              sheet)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->sheets, (int) sheet);

  if (row != NULL)
    gtk_list_box_select_row (self->sheets, row);
}

/**
 * yeji_import_columns_set_table:
 * @table: (nullable): %NULL leaves the sheet out
 *
 * Says which table the sheet on screen is.
 */
void
yeji_import_columns_set_table (YejiImportColumns  *self,
                               const YejiTableDef *table)
{
  g_return_if_fail (YEJI_IS_IMPORT_COLUMNS (self) && self->work != NULL);

  if (get_sheet (self)->table == table)
    return;
  yeji_import_layout_set_table (self->work->layout, self->sheet, table);
  tell (self);
}

/**
 * yeji_import_columns_open:
 *
 * Offers where a column of the sheet on screen can go.
 */
void
yeji_import_columns_open (YejiImportColumns *self,
                          guint              column)
{
  const YejiImportSheet *sheet = get_sheet (self);
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->list, (int) column);
  const YejiImportColumn *at = g_ptr_array_index (sheet->columns, column);
  YejiChooser *chooser;
  graphene_rect_t bounds;
  GdkRectangle place;
  g_autoptr (GListModel) targets = NULL;
  g_autofree char *value = yeji_import_target_of (at);

  chooser = yeji_chooser_new (*at->heading != '\0' ? at->heading : _("Column"));
  targets = yeji_import_target_list (yeji_store_get_dictionary (self->work->store), sheet);
  g_object_set_data (G_OBJECT (chooser), "column", GUINT_TO_POINTER (column));
  /* the row may go before it: it is nobody's who goes */
  gtk_widget_set_parent (GTK_WIDGET (chooser), GTK_WIDGET (self));
  if (gtk_widget_compute_bounds (yeji_import_column_row_get_button (row), GTK_WIDGET (self),
                                 &bounds))
    {
      place = (GdkRectangle) { (int) bounds.origin.x, (int) bounds.origin.y,
                               (int) bounds.size.width, (int) bounds.size.height };
      gtk_popover_set_pointing_to (GTK_POPOVER (chooser), &place);
    }
  g_set_weak_pointer (&self->chooser, GTK_WIDGET (chooser));
  gtk_popover_set_position (GTK_POPOVER (chooser), GTK_POS_BOTTOM);
  gtk_widget_set_size_request (GTK_WIDGET (chooser), 380, -1);
  yeji_chooser_set_choices (chooser, targets, value);
  yeji_chooser_set_clearable (chooser, FALSE);
  g_signal_connect_object (chooser, "chosen", G_CALLBACK (on_chosen), self, 0);
  g_signal_connect_object (chooser, "closed", G_CALLBACK (on_closed), self->list, 0);
  gtk_popover_popup (GTK_POPOVER (chooser));
}

/**
 * yeji_import_columns_choose:
 * @target: as yeji_import_target_list() has it; "" leaves the column out
 *
 * Says where a column of the sheet on screen goes.
 */
void
yeji_import_columns_choose (YejiImportColumns *self,
                            guint              column,
                            const char        *target)
{
  const YejiFieldDef *field = NULL;
  YejiImportKey key = YEJI_IMPORT_KEY_NONE;

  g_return_if_fail (YEJI_IS_IMPORT_COLUMNS (self) && self->work != NULL);

  yeji_import_target_read (yeji_store_get_dictionary (self->work->store), target, &field, &key);
  yeji_import_layout_set_column (self->work->layout, self->sheet, column, field, key);
  tell (self);
}
