// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-intake-drag"

#include "config.h"

#include "yeji-intake-window-private.h"

#include <glib/gi18n.h>

#include "yeji-intake-words.h"

/* Files of a plan that are dragged to another record, kind or place. */

static YejiIntakeRow *
get_row (gpointer controller)
{
  return YEJI_INTAKE_ROW (gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (controller)));
}

static GdkContentProvider *
on_prepare (GtkDragSource    *source,
            double            x,
            double            y,
            YejiIntakeWindow *self)
{
  YejiIntakeItem *item = yeji_intake_row_get_item (get_row (source));

  return item != NULL ? gdk_content_provider_new_typed (YEJI_TYPE_INTAKE_ITEM, item) : NULL;
}

/* How many go along is read beside the pointer. */
static void
on_drag_begin (GtkDragSource    *source,
               GdkDrag          *drag,
               YejiIntakeWindow *self)
{
  YejiIntakeItem *item = yeji_intake_row_get_item (get_row (source));
  g_autoptr (GPtrArray) items = yeji_intake_window_dup_dragged (self, item);
  g_autofree char *text = NULL;
  GtkWidget *label;

  text = items->len > 1 ? g_strdup_printf (ngettext ("%u file", "%u files", items->len),
                                           items->len)
                        : g_strdup (yeji_intake_item_get_filename (item));
  label = gtk_label_new (text);
  gtk_widget_add_css_class (label, "yeji-intake-dragged");
  gtk_drag_icon_set_child (GTK_DRAG_ICON (gtk_drag_icon_get_for_drag (drag)), label);
}

static void
clear_marks (YejiIntakeRow *row)
{
  gtk_widget_remove_css_class (GTK_WIDGET (row), "drop-before");
  gtk_widget_remove_css_class (GTK_WIDGET (row), "drop-after");
  gtk_widget_remove_css_class (GTK_WIDGET (row), "drop-into");
}

static gboolean
is_after (YejiIntakeRow *row,
          double         y)
{
  return y > gtk_widget_get_height (GTK_WIDGET (row)) / 2.;
}

static GdkDragAction
on_motion (GtkDropTarget    *target,
           double            x,
           double            y,
           YejiIntakeWindow *self)
{
  YejiIntakeRow *row = get_row (target);
  YejiIntakeItem *item = yeji_intake_row_get_item (row);

  clear_marks (row);
  if (item == NULL || !yeji_intake_item_is_placed (item))
    gtk_widget_add_css_class (GTK_WIDGET (row), "drop-into");
  else
    gtk_widget_add_css_class (GTK_WIDGET (row), is_after (row, y) ? "drop-after" : "drop-before");
  return GDK_ACTION_MOVE;
}

static void
on_leave (GtkDropTarget    *target,
          YejiIntakeWindow *self)
{
  clear_marks (get_row (target));
}

/* Under a heading they keep their kind; onto a file they take its kind, and its place. */
static void
drop_on_item (YejiIntakeWindow *self,
              GPtrArray        *items,
              YejiIntakeItem   *here,
              gboolean          after)
{
  YejiIntakePlan *plan = yeji_intake_window_get_plan (self);
  guint position;

  if (!yeji_intake_item_is_placed (here))
    {
      yeji_intake_edits_place (self, items, NULL, NULL);
      return;
    }
  if (g_ptr_array_find (items, here, NULL) && items->len == 1)
    return;
  yeji_intake_edits_place (self, items, yeji_intake_item_get_uuid (here),
                           yeji_intake_item_get_slot (here));
  for (guint i = 0; i < items->len; i++)
    {
      YejiIntakeItem *item = g_ptr_array_index (items, i);

      if (item == here)
        continue;
      position = yeji_intake_item_get_position (here);
      /* one that comes from before it leaves its place first */
      if (yeji_intake_item_get_position (item) < position)
        position--;
      yeji_intake_plan_move (plan, item, position + (after ? 1 + i : 0));
    }
}

static gboolean
on_drop (GtkDropTarget    *target,
         const GValue     *value,
         double            x,
         double            y,
         YejiIntakeWindow *self)
{
  YejiIntakeRow *row = get_row (target);
  YejiIntakeGroup *group = yeji_intake_row_get_group (row);
  g_autoptr (YejiIntakeItem) here = NULL;
  g_autoptr (GPtrArray) items = NULL;

  clear_marks (row);
  if (yeji_intake_window_get_tree (self) == NULL)
    return FALSE;
  items = yeji_intake_window_dup_dragged (self, g_value_get_object (value));
  if (group != NULL)
    yeji_intake_edits_set_record (self, items, yeji_intake_group_get_uuid (group));
  else if (g_set_object (&here, yeji_intake_row_get_item (row)))
    drop_on_item (self, items, here, is_after (row, y));
  return TRUE;
}

/**
 * yeji_intake_drag_add: (skip)
 *
 * Lets the file of a row be dragged, and others be dropped onto it.
 */
void
yeji_intake_drag_add (YejiIntakeWindow *self,
                      YejiIntakeRow    *row)
{
  GtkDragSource *source = gtk_drag_source_new ();
  GtkDropTarget *target = gtk_drop_target_new (YEJI_TYPE_INTAKE_ITEM, GDK_ACTION_MOVE);

  gtk_drag_source_set_actions (source, GDK_ACTION_MOVE);
  g_signal_connect (source, "prepare", G_CALLBACK (on_prepare), self);
  g_signal_connect (source, "drag-begin", G_CALLBACK (on_drag_begin), self);
  gtk_widget_add_controller (GTK_WIDGET (row), GTK_EVENT_CONTROLLER (source));
  g_signal_connect (target, "enter", G_CALLBACK (on_motion), self);
  g_signal_connect (target, "motion", G_CALLBACK (on_motion), self);
  g_signal_connect (target, "leave", G_CALLBACK (on_leave), self);
  g_signal_connect (target, "drop", G_CALLBACK (on_drop), self);
  gtk_widget_add_controller (GTK_WIDGET (row), GTK_EVENT_CONTROLLER (target));
}
