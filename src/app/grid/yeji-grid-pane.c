// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-grid-pane"

#include "config.h"

#include "yeji-grid-pane.h"

struct _YejiGridPane
{
  GtkWidget parent_instance;
};

G_DEFINE_FINAL_TYPE (YejiGridPane, yeji_grid_pane, GTK_TYPE_WIDGET)

static void
yeji_grid_pane_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (yeji_grid_pane_parent_class)->dispose (object);
}

static void
yeji_grid_pane_class_init (YejiGridPaneClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = yeji_grid_pane_dispose;
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "yeji-grid-pane");
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_ROW_GROUP);
}

static void
yeji_grid_pane_init (YejiGridPane *self)
{
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
}

/**
 * yeji_grid_pane_new:
 * @style: its style class
 *
 * Returns: (transfer floating): an empty pane
 */
GtkWidget *
yeji_grid_pane_new (const char *style)
{
  GtkWidget *self = g_object_new (YEJI_TYPE_GRID_PANE, NULL);

  gtk_widget_add_css_class (self, style);
  return self;
}
