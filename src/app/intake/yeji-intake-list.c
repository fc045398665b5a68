// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-intake-list"

#include "config.h"

#include "yeji-intake-window-private.h"

#include <glib/gi18n.h>

/* The list of a plan: its rows, the titles above them, and the keys that GTK 4.8 has no way for. */

static void
on_setup (GtkListItemFactory *factory,
          GtkListItem        *list_item,
          YejiIntakeWindow   *self)
{
  GtkWidget *expander = gtk_tree_expander_new ();
  GtkWidget *row = yeji_intake_row_new ();

  gtk_tree_expander_set_child (GTK_TREE_EXPANDER (expander), row);
  gtk_widget_set_hexpand (row, TRUE);
  /* Tab would go between it and its row for good */
  gtk_widget_set_can_focus (expander, FALSE);
  gtk_list_item_set_child (list_item, expander);
  yeji_intake_drag_add (self, YEJI_INTAKE_ROW (row));
}

static void
on_bind (GtkListItemFactory *factory,
         GtkListItem        *list_item,
         YejiIntakeWindow   *self)
{
  GtkTreeListRow *line = gtk_list_item_get_item (list_item);
  GtkTreeExpander *expander = GTK_TREE_EXPANDER (gtk_list_item_get_child (list_item));
  g_autoptr (GObject) object = gtk_tree_list_row_get_item (line);

  gtk_tree_expander_set_list_row (expander, line);
  yeji_intake_row_show (YEJI_INTAKE_ROW (gtk_tree_expander_get_child (expander)), object);
}

static void
on_unbind (GtkListItemFactory *factory,
           GtkListItem        *list_item,
           YejiIntakeWindow   *self)
{
  GtkTreeExpander *expander = GTK_TREE_EXPANDER (gtk_list_item_get_child (list_item));

  yeji_intake_row_show (YEJI_INTAKE_ROW (gtk_tree_expander_get_child (expander)), NULL);
  gtk_tree_expander_set_list_row (expander, NULL);
}

/* Right opens a heading; Left closes it, and goes from a file to its heading. */
static gboolean
fold (YejiIntakeWindow *self,
      gboolean          open)
{
  GtkSelectionModel *selection = yeji_intake_tree_get_selection (
    yeji_intake_window_get_tree (self));
  g_autoptr (GtkTreeListRow) line = NULL;
  g_autoptr (GtkTreeListRow) parent = NULL;
  guint position = yeji_intake_window_get_position (self);

  if (position == GTK_INVALID_LIST_POSITION)
    return GDK_EVENT_PROPAGATE;
  line = g_list_model_get_item (G_LIST_MODEL (selection), position);
  parent = gtk_tree_list_row_get_parent (line);
  if (parent == NULL)
    gtk_tree_list_row_set_expanded (line, open);
  else if (!open)
    yeji_intake_window_go_to (self, gtk_tree_list_row_get_position (parent));
  return GDK_EVENT_STOP;
}

static gboolean
on_list_key (GtkEventControllerKey *controller,
             guint                  key,
             guint                  keycode,
             GdkModifierType        state,
             YejiIntakeWindow      *self)
{
  if (yeji_intake_window_get_tree (self) == NULL
      || (state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0)
    return GDK_EVENT_PROPAGATE;
  if (key == GDK_KEY_Tab || key == GDK_KEY_ISO_Left_Tab)
    return yeji_intake_window_leave_list (self, key == GDK_KEY_ISO_Left_Tab);
  if (key == GDK_KEY_Right || key == GDK_KEY_Left)
    return fold (self, key == GDK_KEY_Right);
  return GDK_EVENT_PROPAGATE;
}

static void
add_keys (YejiIntakeWindow *self,
          GtkListView      *list)
{
  GtkEventController *controller = gtk_event_controller_key_new ();

  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  g_signal_connect (controller, "key-pressed", G_CALLBACK (on_list_key), self);
  gtk_widget_add_controller (GTK_WIDGET (list), controller);
}

/* What stands above the columns of the rows; an icon is before the match. */
static void
add_titles (GtkBox *box)
{
  static const struct { const char *context; const char *text; guint chars; float xalign; }
  titles[] = {
    { NULL, N_("File"), 0, 0 },
    { NULL, N_("Kind of document"), YEJI_INTAKE_SLOT_CHARS, 0 },
    { "column of files", NC_("column of files", "No."), YEJI_INTAKE_POSITION_CHARS, 1 },
    { NULL, "", 2, 0 },
    { NULL, N_("Match"), YEJI_INTAKE_SURE_CHARS, 0 },
    { NULL, N_("Size"), YEJI_INTAKE_SIZE_CHARS, 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (titles); i++)
    {
      GtkWidget *title = gtk_inscription_new (NULL);
      const char *text = titles[i].text;

      if (*text != '\0')
        text = titles[i].context != NULL ? g_dpgettext2 (NULL, titles[i].context, text) : _(text);
      gtk_inscription_set_text (GTK_INSCRIPTION (title), text);
      gtk_inscription_set_min_chars (GTK_INSCRIPTION (title), titles[i].chars);
      gtk_inscription_set_nat_chars (GTK_INSCRIPTION (title), titles[i].chars);
      gtk_inscription_set_xalign (GTK_INSCRIPTION (title), titles[i].xalign);
      gtk_widget_set_hexpand (title, titles[i].chars == 0);
      gtk_widget_add_css_class (title, "dim-label");
      gtk_widget_add_css_class (title, "yeji-intake-title");
      gtk_box_append (box, title);
    }
}

/**
 * yeji_intake_list_prepare: (skip)
 *
 * Makes the list of a window able to show a tree.
 */
void
yeji_intake_list_prepare (YejiIntakeWindow *self,
                          GtkListView      *list,
                          GtkBox           *titles)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  add_titles (titles);
  add_keys (self, list);
  g_signal_connect (factory, "setup", G_CALLBACK (on_setup), self);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind), self);
  g_signal_connect (factory, "unbind", G_CALLBACK (on_unbind), self);
  gtk_list_view_set_factory (list, factory);
}
