// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-grid-page"

#include "config.h"

#include "yeji-grid-page.h"

#include <glib/gi18n.h>

#include "yeji-a11y.h"
#include "yeji-field-list.h"
#include "yeji-messages.h"

struct _YejiGridPage
{
  AdwBin parent_instance;

  GtkStack *stack;
  AdwBin *grid_bin;
  YejiGridLine *line;
  GtkButton *next;
  GtkWidget *row_page;
  GtkWidget *back;
  GtkLabel *row_title;
  AdwBin *row_bin;
  GtkScrolledWindow *scroller;

  YejiGrid *grid;              /* (transfer none) */
  YejiRow *row;                /* (nullable): whose form is shown */
};

enum
{
  REMOVED,
  NEXT,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (YejiGridPage, yeji_grid_page, ADW_TYPE_BIN)

static guint
find_index (YejiGridPage *self)
{
  guint index = 0, column;

  yeji_grid_model_find (yeji_grid_get_model (self->grid), self->row, NULL, &index, &column);
  return index;
}

static void
update_row (YejiGridPage *self)
{
  guint n = yeji_grid_model_get_n_rows (yeji_grid_get_model (self->grid));
  const char *title;
  g_autofree char *text = NULL;
  guint index;

  if (self->row == NULL)
    return;
  index = find_index (self);
  title = yeji_row_get_title (self->row);
  /* Translators: the number of a row, of how many, and its title */
  text = g_strdup_printf (_("%u of %u  %s"), index + 1, n, title != NULL ? title : "");
  gtk_label_set_text (self->row_title, text);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "row.previous", index > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "row.next", index + 1 < n);
}

static void
on_rows_changed (YejiGridPage *self)
{
  YejiGridModel *model = yeji_grid_get_model (self->grid);
  guint index, column;

  if (self->row != NULL && !yeji_grid_model_find (model, self->row, NULL, &index, &column))
    yeji_grid_page_close_row (self);
  update_row (self);
}

static void
on_open_row (YejiGridPage *self,
             YejiRow      *row)
{
  YejiGridModel *model = yeji_grid_get_model (self->grid);
  guint column = yeji_grid_view_get_area (yeji_grid_get_view (self->grid))->column;

  yeji_grid_page_open_row (self, row, yeji_grid_model_get_field (model, column));
}

static void
on_removed (YejiGridPage *self,
            YejiRow      *row,
            guint         index)
{
  g_signal_emit (self, signals[REMOVED], 0, row, index);
}

static void
on_next_section (YejiGridPage *self)
{
  g_signal_emit (self, signals[NEXT], 0);
}

static void
on_back (GtkWidget  *widget,
         const char *name,
         GVariant   *target)
{
  yeji_grid_page_close_row (YEJI_GRID_PAGE (widget));
}

/* The field that has the keyboard, so that going on to another row stays in the column. */
static const YejiFieldDef *
find_field (YejiGridPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  GtkWidget *row = focus != NULL ? gtk_widget_get_ancestor (focus, YEJI_TYPE_FIELD_ROW) : NULL;

  return row != NULL ? yeji_form_field_get_def (yeji_field_row_get_field (YEJI_FIELD_ROW (row)))
                     : NULL;
}

static void
step_row (YejiGridPage *self,
          int           step)
{
  YejiGridModel *model = yeji_grid_get_model (self->grid);
  gint64 index;

  if (self->row == NULL)
    return;
  index = (gint64) find_index (self) + step;
  if (index >= 0 && index < yeji_grid_model_get_n_rows (model))
    yeji_grid_page_open_row (self, yeji_grid_model_get_row (model, (guint) index),
                             find_field (self));
}

static void
on_previous (GtkWidget  *widget,
             const char *name,
             GVariant   *target)
{
  step_row (YEJI_GRID_PAGE (widget), -1);
}

static void
on_next (GtkWidget  *widget,
         const char *name,
         GVariant   *target)
{
  step_row (YEJI_GRID_PAGE (widget), 1);
}

static void
add_keys (YejiGridPage *self)
{
  static const struct
  {
    guint key;
    GdkModifierType modifiers;
    const char *action;
  } keys[] = {
    { GDK_KEY_Escape, 0, "row.back" },
    { GDK_KEY_Page_Up, GDK_ALT_MASK, "row.previous" },
    { GDK_KEY_Page_Down, GDK_ALT_MASK, "row.next" },
  };
  GtkEventController *controller = gtk_shortcut_controller_new ();

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (controller),
      gtk_shortcut_new (gtk_keyval_trigger_new (keys[i].key, keys[i].modifiers),
                        gtk_named_action_new (keys[i].action)));
  gtk_widget_add_controller (self->row_page, controller);
}

static gboolean
yeji_grid_page_grab_focus (GtkWidget *widget)
{
  return yeji_grid_page_show (YEJI_GRID_PAGE (widget), NULL, NULL);
}

static void
yeji_grid_page_dispose (GObject *object)
{
  g_clear_object (&YEJI_GRID_PAGE (object)->row);
  G_OBJECT_CLASS (yeji_grid_page_parent_class)->dispose (object);
}

static void
yeji_grid_page_class_init (YejiGridPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = yeji_grid_page_dispose;
  widget_class->grab_focus = yeji_grid_page_grab_focus;
  g_type_ensure (YEJI_TYPE_GRID_LINE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/yeji/Yeji/ui/yeji-grid-page.ui");
  gtk_widget_class_bind_template_child (widget_class, YejiGridPage, stack);
  gtk_widget_class_bind_template_child (widget_class, YejiGridPage, grid_bin);
  gtk_widget_class_bind_template_child (widget_class, YejiGridPage, line);
  gtk_widget_class_bind_template_child (widget_class, YejiGridPage, next);
  gtk_widget_class_bind_template_child (widget_class, YejiGridPage, row_page);
  gtk_widget_class_bind_template_child (widget_class, YejiGridPage, back);
  gtk_widget_class_bind_template_child (widget_class, YejiGridPage, row_title);
  gtk_widget_class_bind_template_child (widget_class, YejiGridPage, row_bin);
  gtk_widget_class_bind_template_child (widget_class, YejiGridPage, scroller);
  gtk_widget_class_bind_template_callback (widget_class, on_next_section);
  gtk_widget_class_install_action (widget_class, "row.back", NULL, on_back);
  gtk_widget_class_install_action (widget_class, "row.previous", NULL, on_previous);
  gtk_widget_class_install_action (widget_class, "row.next", NULL, on_next);

  signals[REMOVED] = g_signal_new ("removed", YEJI_TYPE_GRID_PAGE, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 2, YEJI_TYPE_ROW, G_TYPE_UINT);
  signals[NEXT] = g_signal_new ("next", YEJI_TYPE_GRID_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 0);
}

static void
yeji_grid_page_init (YejiGridPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  add_keys (self);
}

/**
 * yeji_grid_page_new:
 * @table: any but the root
 *
 * Returns: (transfer floating): a page of @table
 */
GtkWidget *
yeji_grid_page_new (YejiDraft          *draft,
                    const YejiTableDef *table)
{
  YejiGridPage *self = g_object_new (YEJI_TYPE_GRID_PAGE, NULL);

  self->grid = YEJI_GRID (yeji_grid_new (draft, table));
  adw_bin_set_child (self->grid_bin, GTK_WIDGET (self->grid));
  yeji_grid_line_set_grid (self->line, self->grid);
  g_signal_connect_object (self->grid, "removed", G_CALLBACK (on_removed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->grid, "open-row", G_CALLBACK (on_open_row), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (yeji_grid_get_model (self->grid), "rows-changed",
                           G_CALLBACK (on_rows_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (yeji_grid_get_model (self->grid), "cell-changed",
                           G_CALLBACK (update_row), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

YejiGrid *
yeji_grid_page_get_grid (YejiGridPage *self)
{
  return self->grid;
}

YejiGridLine *
yeji_grid_page_get_line (YejiGridPage *self)
{
  return self->line;
}

/**
 * yeji_grid_page_get_row:
 *
 * Returns: (nullable) (transfer none): whose form is shown
 */
YejiRow *
yeji_grid_page_get_row (YejiGridPage *self)
{
  return self->row;
}

/**
 * yeji_grid_page_set_next:
 * @text: (nullable): of the button that goes to the next section
 */
void
yeji_grid_page_set_next (YejiGridPage *self,
                         const char   *text)
{
  gtk_widget_set_visible (GTK_WIDGET (self->next), text != NULL);
  if (text == NULL)
    return;
  gtk_button_set_label (self->next, text);
  yeji_a11y_set_name (GTK_WIDGET (self->next), text);
}

/**
 * yeji_grid_page_show:
 * @row: (nullable): %NULL shows the table
 * @field: (nullable): %NULL shows the row
 *
 * Goes to a place, with the keyboard: in the form of a row while one is shown, else in the grid.
 *
 * Returns: whether the place is there
 */
gboolean
yeji_grid_page_show (YejiGridPage       *self,
                     YejiRow            *row,
                     const YejiFieldDef *field)
{
  guint index, column;

  g_return_val_if_fail (YEJI_IS_GRID_PAGE (self), FALSE);

  if (self->row == NULL)
    return yeji_grid_show (self->grid, row, field);
  if (row != NULL
      && !yeji_grid_model_find (yeji_grid_get_model (self->grid), row, NULL, &index, &column))
    return FALSE;
  yeji_grid_page_open_row (self, row != NULL ? row : self->row, field);
  return TRUE;
}

/**
 * yeji_grid_page_open_row:
 * @field: (nullable): where the keyboard shall be; %NULL is the first
 *
 * Shows the form of a row.
 */
void
yeji_grid_page_open_row (YejiGridPage       *self,
                         YejiRow            *row,
                         const YejiFieldDef *field)
{
  YejiFieldList *fields = YEJI_FIELD_LIST (adw_bin_get_child (self->row_bin));
  YejiFieldRow *target = NULL;

  g_return_if_fail (YEJI_IS_GRID_PAGE (self));

  if (self->row != row || fields == NULL)
    {
      g_set_object (&self->row, row);
      fields = YEJI_FIELD_LIST (yeji_field_list_new (
        yeji_grid_model_get_draft (yeji_grid_get_model (self->grid)), row));
      adw_bin_set_child (self->row_bin, GTK_WIDGET (fields));
    }
  gtk_stack_set_visible_child_name (self->stack, "row");
  update_row (self);
  if (field != NULL)
    target = yeji_field_list_find (fields, field);
  if (target == NULL || !gtk_widget_grab_focus (GTK_WIDGET (target)))
    gtk_widget_child_focus (GTK_WIDGET (fields), GTK_DIR_TAB_FORWARD);
}

/**
 * yeji_grid_page_close_row:
 *
 * Goes back from the form of a row to its cell in the grid.
 */
void
yeji_grid_page_close_row (YejiGridPage *self)
{
  g_autoptr (YejiRow) row = NULL;
  const YejiFieldDef *field;

  g_return_if_fail (YEJI_IS_GRID_PAGE (self));

  if (self->row == NULL)
    return;
  row = g_steal_pointer (&self->row);
  field = find_field (self);
  gtk_stack_set_visible_child_name (self->stack, "grid");
  if (!yeji_grid_show (self->grid, row, field))
    yeji_grid_show (self->grid, NULL, NULL);
  adw_bin_set_child (self->row_bin, NULL);
}

/**
 * yeji_grid_page_open_focused:
 *
 * Opens the form of the row in which the keyboard is, if it is in a grid.
 *
 * Returns: whether it is
 */
gboolean
yeji_grid_page_open_focused (GtkWindow *window)
{
  GtkWidget *focus = gtk_window_get_focus (window);
  GtkWidget *grid = focus != NULL ? gtk_widget_get_ancestor (focus, YEJI_TYPE_GRID) : NULL;

  if (grid == NULL)
    return FALSE;
  gtk_widget_activate_action (grid, "grid.form", NULL);
  return TRUE;
}
