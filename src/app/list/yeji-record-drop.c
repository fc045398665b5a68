// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-record-drop"

#include "config.h"

#include "yeji-record-drop.h"

#include "yeji-cells.h"
#include "yeji-entry-item.h"

/* Files that come from other programs, dropped onto the list, one of its rows, or a record that is
 * open. */

typedef struct
{
  GtkWidget *widget;
  gboolean by_row;
  GtkWidget *marked;           /* (nullable): weak; the row that would get the files */
  YejiRecordDropFunc func;
  gpointer data;
} Drop;

static void
drop_free (gpointer  data,
           GClosure *closure)
{
  Drop *drop = data;

  g_clear_weak_pointer (&drop->marked);
  g_free (drop);
}

static void
mark (Drop      *drop,
      GtkWidget *row)
{
  if (drop->marked == row)
    return;
  if (drop->marked != NULL)
    gtk_widget_remove_css_class (drop->marked, "drop-into");
  g_set_weak_pointer (&drop->marked, row);
  if (row != NULL)
    gtk_widget_add_css_class (row, "drop-into");
}

/* Who is sent, or decided, takes no more files. */
static const char *
get_uuid (GtkListItem *item)
{
  YejiEntryItem *entry_item = item != NULL ? gtk_list_item_get_item (item) : NULL;
  YejiEntry *entry = YEJI_IS_ENTRY_ITEM (entry_item) ? yeji_entry_item_get_entry (entry_item)
                                                     : NULL;

  return entry != NULL && yeji_entry_is_editable (entry) ? yeji_entry_get_uuid (entry) : NULL;
}

static GtkWidget *
find_row (GtkWidget *widget)
{
  while (widget != NULL && g_strcmp0 (gtk_widget_get_css_name (widget), "row") != 0)
    widget = gtk_widget_get_parent (widget);
  return widget;
}

/* (nullable): the record under a place, and its row */
static const char *
find_record (Drop       *drop,
             double      x,
             double      y,
             GtkWidget **row)
{
  GtkWidget *picked = drop->by_row ? gtk_widget_pick (drop->widget, x, y, GTK_PICK_DEFAULT) : NULL;
  GtkListItem *item = picked != NULL ? yeji_cell_find_item (picked) : NULL;
  const char *uuid = get_uuid (item);

  *row = uuid != NULL ? find_row (picked) : NULL;
  return uuid;
}

static GdkDragAction
on_motion (GtkDropTarget *target,
           double         x,
           double         y,
           Drop          *drop)
{
  GtkWidget *row;

  find_record (drop, x, y, &row);
  mark (drop, row);
  return GDK_ACTION_COPY;
}

static void
on_leave (GtkDropTarget *target,
          Drop          *drop)
{
  mark (drop, NULL);
}

static gboolean
on_drop (GtkDropTarget *target,
         const GValue  *value,
         double         x,
         double         y,
         Drop          *drop)
{
  g_autoptr (GListStore) files = g_list_store_new (G_TYPE_FILE);
  g_autoptr (GSList) list = gdk_file_list_get_files (g_value_get_boxed (value));
  GtkWidget *row;
  const char *uuid = find_record (drop, x, y, &row);

  mark (drop, NULL);
  for (GSList *item = list; item != NULL; item = item->next)
    g_list_store_append (files, item->data);
  drop->func (G_LIST_MODEL (files), uuid, drop->data);
  return TRUE;
}

static void
add (GtkWidget          *widget,
     gboolean            by_row,
     YejiRecordDropFunc  func,
     gpointer            data)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);
  Drop *drop = g_new0 (Drop, 1);

  drop->widget = widget;
  drop->by_row = by_row;
  drop->func = func;
  drop->data = data;
  gtk_widget_add_css_class (widget, "yeji-drop");
  g_signal_connect (target, "enter", G_CALLBACK (on_motion), drop);
  g_signal_connect (target, "motion", G_CALLBACK (on_motion), drop);
  g_signal_connect (target, "leave", G_CALLBACK (on_leave), drop);
  g_signal_connect_data (target, "drop", G_CALLBACK (on_drop), drop, drop_free, 0);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (target));
}

/**
 * yeji_record_drop_add_list:
 * @list: a list of records, or what is around it
 * @data: must live as long as @list
 *
 * Takes files that are dropped onto a row, or beside the rows.
 */
void
yeji_record_drop_add_list (GtkWidget          *list,
                           YejiRecordDropFunc  func,
                           gpointer            data)
{
  add (list, TRUE, func, data);
}

/**
 * yeji_record_drop_add:
 * @data: must live as long as @widget
 *
 * Takes files that are dropped anywhere onto a widget, for no record in particular.
 */
void
yeji_record_drop_add (GtkWidget          *widget,
                      YejiRecordDropFunc  func,
                      gpointer            data)
{
  add (widget, FALSE, func, data);
}
