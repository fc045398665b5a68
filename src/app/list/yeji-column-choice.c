// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-column-choice"

#include "config.h"

#include "yeji-column-choice.h"

#include <glib/gi18n.h>

#include "yeji-settings.h"

/* Which columns the clerk wants to see, in which order and how wide, and by what the list is
 * sorted: chosen at the titles, remembered for the next start. */

#define COLUMN_KEY "yeji-column"
#define WIDTH_KEY "yeji-column-width"
#define CHOSEN_KEY "yeji-column-chosen"
#define BIN_KEY "yeji-column-bin"
#define GROUP "columns"

/* Narrower than the title's arrow and an icon, a column is lost; wider than screens are, too. */
#define MIN_WIDTH 24
#define MAX_WIDTH 4096

static YejiColumn
get_kind (GtkColumnViewColumn *column)
{
  return GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (column), COLUMN_KEY));
}

/* The bin alone has the one, and no list is without the other. */
static gboolean
is_choosable (YejiColumn column)
{
  return column != YEJI_COLUMN_LEFT && column != YEJI_COLUMN_NAME;
}

static int
get_width (GtkColumnViewColumn *column)
{
  if (gtk_column_view_column_get_visible (column))
    return gtk_column_view_column_get_fixed_width (column);
  return GPOINTER_TO_INT (g_object_get_data (G_OBJECT (column), WIDTH_KEY));
}

/* In GTK 4.8 a hidden column with a width takes that away from the others all the same. */
static void
set_visible (GtkColumnViewColumn *column,
             gboolean             visible)
{
  int width = get_width (column);

  if (visible == gtk_column_view_column_get_visible (column))
    return;
  if (!visible)
    g_object_set_data (G_OBJECT (column), WIDTH_KEY, GINT_TO_POINTER (width));
  gtk_column_view_column_set_visible (column, visible);
  gtk_column_view_column_set_fixed_width (column, visible ? width : -1);
}

static gboolean
is_chosen (GtkColumnViewColumn *column)
{
  return g_object_get_data (G_OBJECT (column), CHOSEN_KEY) != NULL;
}

/* All that is in the bin is in the same state, and nobody grades it. */
static gboolean
is_left_out (GtkColumnView *view,
             YejiColumn     kind)
{
  gboolean in_bin = g_object_get_data (G_OBJECT (view), BIN_KEY) != NULL;

  if (kind == YEJI_COLUMN_LEFT)
    return !in_bin;
  return in_bin && (kind == YEJI_COLUMN_STATE || kind == YEJI_COLUMN_GRADE);
}

static void
update_visible (GtkColumnView       *view,
                GtkColumnViewColumn *column)
{
  set_visible (column, is_chosen (column) && !is_left_out (view, get_kind (column)));
}

static void
choose (GtkColumnView       *view,
        GtkColumnViewColumn *column,
        gboolean             chosen)
{
  g_object_set_data (G_OBJECT (column), CHOSEN_KEY, GINT_TO_POINTER (chosen));
  update_visible (view, column);
}

/* ---- The menu */

static void
on_toggle (GSimpleAction *action,
           GVariant      *value,
           gpointer       column)
{
  g_simple_action_set_state (action, value);
  choose (gtk_column_view_column_get_column_view (column), column, g_variant_get_boolean (value));
}

static void
add_action (GSimpleActionGroup  *group,
            GtkColumnViewColumn *column)
{
  const char *id = yeji_column_get_id (get_kind (column));
  gboolean visible = is_chosen (column);
  g_autoptr (GSimpleAction) action = NULL;

  action = g_simple_action_new_stateful (id, NULL, g_variant_new_boolean (visible));
  g_signal_connect_object (action, "change-state", G_CALLBACK (on_toggle), column, 0);
  g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (action));
}

static GMenuModel *
make_menu (void)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) section = g_menu_new ();

  for (guint i = 0; i < N_YEJI_COLUMNS; i++)
    {
      g_autofree char *action = g_strdup_printf (GROUP ".%s", yeji_column_get_id (i));

      if (is_choosable (i))
        g_menu_append (section, yeji_column_get_title (i), action);
    }
  g_menu_append_section (menu, _("Columns"), G_MENU_MODEL (section));
  return G_MENU_MODEL (g_steal_pointer (&menu));
}

/* ---- What is remembered */

static void
append (GtkColumnView   *view,
        YejiCellContext *context,
        YejiColumn       kind,
        gboolean         visible,
        int              width)
{
  g_autoptr (GtkColumnViewColumn) column = yeji_column_new (kind, context);

  g_object_set_data (G_OBJECT (column), COLUMN_KEY, GUINT_TO_POINTER (kind));
  if (width >= MIN_WIDTH && width <= MAX_WIDTH)
    gtk_column_view_column_set_fixed_width (column, width);
  choose (view, column, visible || !is_choosable (kind));
  gtk_column_view_append_column (view, column);
}

/* As remembered; what a newer program has besides comes where it belongs by itself: at the end. */
static void
append_all (GtkColumnView   *view,
            YejiCellContext *context,
            GSettings       *settings)
{
  gboolean added[N_YEJI_COLUMNS] = { FALSE };
  g_autoptr (GVariant) columns = NULL;
  GVariantIter iter;
  const char *id;
  gboolean visible;
  int width;

  if (settings != NULL)
    {
      columns = g_settings_get_value (settings, "columns");
      g_variant_iter_init (&iter, columns);
      while (g_variant_iter_next (&iter, "(&sbi)", &id, &visible, &width))
        {
          YejiColumn kind = yeji_column_find (id);

          if (kind == N_YEJI_COLUMNS || added[kind])
            continue;
          added[kind] = TRUE;
          append (view, context, kind, visible, width);
        }
    }
  for (guint i = 0; i < N_YEJI_COLUMNS; i++)
    if (!added[i])
      append (view, context, i, TRUE, -1);
}

static void
sort (GtkColumnView *view,
      GSettings     *settings)
{
  g_autofree char *id = NULL;
  YejiColumn kind = YEJI_COLUMN_CHANGED;
  gboolean descending = TRUE;

  if (settings != NULL)
    {
      id = g_settings_get_string (settings, "sort");
      descending = g_settings_get_boolean (settings, "sort-descending");
    }
  if (id != NULL && yeji_column_find (id) != N_YEJI_COLUMNS)
    kind = yeji_column_find (id);
  if (kind == YEJI_COLUMN_LEFT)
    kind = YEJI_COLUMN_CHANGED;
  gtk_column_view_sort_by_column (view, yeji_column_choice_find (view, kind),
                                  descending ? GTK_SORT_DESCENDING : GTK_SORT_ASCENDING);
}

/**
 * yeji_column_choice_add:
 * @owner: gets the actions of the menu
 *
 * Adds all columns to a view that has none, as they were last.
 *
 * Returns: (transfer full): a menu of columns that can be shown or hidden; the titles have it, too
 */
GMenuModel *
yeji_column_choice_add (GtkColumnView   *view,
                        YejiCellContext *context,
                        GtkWidget       *owner)
{
  g_autoptr (GSettings) settings = yeji_settings_open ();
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();
  g_autoptr (GMenuModel) menu = make_menu ();

  append_all (view, context, settings);
  for (guint i = 0; i < N_YEJI_COLUMNS; i++)
    {
      GtkColumnViewColumn *column = yeji_column_choice_find (view, i);

      gtk_column_view_column_set_header_menu (column, menu);
      if (is_choosable (i))
        add_action (group, column);
    }
  gtk_widget_insert_action_group (owner, GROUP, G_ACTION_GROUP (group));
  sort (view, settings);
  return g_steal_pointer (&menu);
}

/**
 * yeji_column_choice_save:
 *
 * Remembers columns, their order and width, and the sort.
 */
void
yeji_column_choice_save (GtkColumnView *view)
{
  g_autoptr (GSettings) settings = yeji_settings_open ();
  GListModel *columns = gtk_column_view_get_columns (view);
  GVariantBuilder builder;
  gboolean descending;
  YejiSort order;

  if (settings == NULL || g_list_model_get_n_items (columns) == 0)
    return;
  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a(sbi)"));
  for (guint i = 0; i < g_list_model_get_n_items (columns); i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, i);

      g_variant_builder_add (&builder, "(sbi)", yeji_column_get_id (get_kind (column)),
                             is_chosen (column),
                             get_width (column));
    }
  g_settings_set_value (settings, "columns", g_variant_builder_end (&builder));
  order = yeji_columns_get_sort (gtk_column_view_get_sorter (view), &descending);
  g_settings_set_string (settings, "sort",
                         yeji_column_get_id (yeji_column_find_by_sort (order)));
  g_settings_set_boolean (settings, "sort-descending", descending);
}

/**
 * yeji_column_choice_set_in_bin:
 *
 * Shows the columns that tell something about records in the bin, or about others; of these, those
 * that were chosen.
 */
void
yeji_column_choice_set_in_bin (GtkColumnView *view,
                               gboolean       in_bin)
{
  GListModel *columns = gtk_column_view_get_columns (view);

  g_object_set_data (G_OBJECT (view), BIN_KEY, GINT_TO_POINTER (in_bin));
  for (guint i = 0; i < g_list_model_get_n_items (columns); i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, i);

      update_visible (view, column);
    }
}

/**
 * yeji_column_choice_find:
 *
 * Returns: (transfer none) (nullable): a column of a view
 */
GtkColumnViewColumn *
yeji_column_choice_find (GtkColumnView *view,
                         YejiColumn     column)
{
  GListModel *columns = gtk_column_view_get_columns (view);

  for (guint i = 0; i < g_list_model_get_n_items (columns); i++)
    {
      g_autoptr (GtkColumnViewColumn) found = g_list_model_get_item (columns, i);

      if (get_kind (found) == column)
        return found;
    }
  return NULL;
}
