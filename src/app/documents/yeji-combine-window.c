// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-combine-window"

#include "config.h"

#include "yeji-combine-window.h"

#include <glib/gi18n.h>

#include "yeji-a11y.h"
#include "yeji-file-picture.h"

#define PICTURE_SIZE 56

struct _YejiCombineWindow
{
  AdwWindow parent_instance;

  GtkListBox *list;
  GtkLabel *note;
  GtkButton *combine;
};

enum
{
  COMBINE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (YejiCombineWindow, yeji_combine_window, ADW_TYPE_WINDOW)

static GtkCheckButton *
get_check (GtkListBoxRow *row)
{
  return g_object_get_data (G_OBJECT (row), "check");
}

static GPtrArray *
list_keys (YejiCombineWindow *self)
{
  GPtrArray *keys = g_ptr_array_new_with_free_func (g_object_unref);
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    if (gtk_check_button_get_active (get_check (row)))
      g_ptr_array_add (keys, g_object_ref (g_object_get_data (G_OBJECT (row), "key")));
  return keys;
}

/* The number of each page, and what the button says. */
static void
update (YejiCombineWindow *self)
{
  GtkListBoxRow *row;
  guint n = 0;
  g_autofree char *label = NULL;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    {
      gboolean used = gtk_check_button_get_active (get_check (row));
      g_autofree char *text = used ? g_strdup_printf (_("Page %u"), ++n) : g_strdup ("—");

      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), text);
    }
  label = g_strdup_printf (ngettext ("Make One PDF of %u _Page", "Make One PDF of %u _Pages", n),
                           n);
  gtk_button_set_label (self->combine, label);
  gtk_widget_set_sensitive (GTK_WIDGET (self->combine), n > 1);
}

static void
on_combine (YejiCombineWindow *self)
{
  g_autoptr (GPtrArray) keys = list_keys (self);

  if (keys->len < 2)
    return;
  g_signal_emit (self, signals[COMBINE], 0, keys);
  gtk_window_close (GTK_WINDOW (self));
}

/* ---- The order */

static void
move_row (YejiCombineWindow *self,
          GtkWidget         *row,
          int                index)
{
  if (index < 0 || gtk_list_box_get_row_at_index (self->list, index) == NULL)
    return;
  g_object_ref (row);
  gtk_list_box_remove (self->list, row);
  gtk_list_box_insert (self->list, row, index);
  gtk_widget_grab_focus (row);
  g_object_unref (row);
  update (self);
}

static gboolean
on_step (GtkWidget *row,
         GVariant  *by,
         gpointer   data)
{
  move_row (data, row, gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row))
                       + g_variant_get_int32 (by));
  return GDK_EVENT_STOP;
}

static void
add_keys (YejiCombineWindow *self,
          GtkWidget         *row)
{
  static const struct { const char *trigger; int by; } steps[] = {
    { "<Alt>Up|<Alt>KP_Up", -1 }, { "<Alt>Down|<Alt>KP_Down", 1 },
  };
  GtkEventController *controller = gtk_shortcut_controller_new ();

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      GtkShortcut *shortcut;

      shortcut = gtk_shortcut_new (gtk_shortcut_trigger_parse_string (steps[i].trigger),
                                   gtk_callback_action_new (on_step, self, NULL));
      gtk_shortcut_set_arguments (shortcut, g_variant_new_int32 (steps[i].by));
      gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller), shortcut);
    }
  gtk_widget_add_controller (row, controller);
}

static GdkContentProvider *
on_prepare (GtkDragSource *source,
            double         x,
            double         y,
            GtkWidget     *row)
{
  return gdk_content_provider_new_typed (GTK_TYPE_LIST_BOX_ROW, row);
}

static void
on_drag_begin (GtkDragSource *source,
               GdkDrag       *drag,
               GtkWidget     *row)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (row);

  gtk_drag_source_set_icon (source, paintable, 16, 16);
}

static gboolean
on_drop (GtkDropTarget     *target,
         const GValue      *value,
         double             x,
         double             y,
         YejiCombineWindow *self)
{
  GtkWidget *moved = g_value_get_object (value);
  GtkWidget *here = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (target));

  if (moved == here || gtk_widget_get_parent (moved) != GTK_WIDGET (self->list))
    return FALSE;
  move_row (self, moved, gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (here)));
  return TRUE;
}

static void
add_dragging (YejiCombineWindow *self,
              GtkWidget         *row)
{
  GtkDragSource *source = gtk_drag_source_new ();
  GtkDropTarget *target = gtk_drop_target_new (GTK_TYPE_LIST_BOX_ROW, GDK_ACTION_MOVE);

  gtk_drag_source_set_actions (source, GDK_ACTION_MOVE);
  g_signal_connect (source, "prepare", G_CALLBACK (on_prepare), row);
  g_signal_connect (source, "drag-begin", G_CALLBACK (on_drag_begin), row);
  gtk_widget_add_controller (row, GTK_EVENT_CONTROLLER (source));
  g_signal_connect (target, "drop", G_CALLBACK (on_drop), self);
  gtk_widget_add_controller (row, GTK_EVENT_CONTROLLER (target));
}

static void
yeji_combine_window_class_init (YejiCombineWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/yeji/Yeji/ui/yeji-combine-window.ui");
  gtk_widget_class_bind_template_child (widget_class, YejiCombineWindow, list);
  gtk_widget_class_bind_template_child (widget_class, YejiCombineWindow, note);
  gtk_widget_class_bind_template_child (widget_class, YejiCombineWindow, combine);
  gtk_widget_class_bind_template_callback (widget_class, on_combine);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);

  signals[COMBINE] = g_signal_new ("combine", YEJI_TYPE_COMBINE_WINDOW, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, G_TYPE_PTR_ARRAY);
}

static void
yeji_combine_window_init (YejiCombineWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_window_set_default_widget (GTK_WINDOW (self), GTK_WIDGET (self->combine));
  yeji_a11y_set_name (GTK_WIDGET (self->list), _("Pictures"));
}

/**
 * yeji_combine_window_new:
 * @note: what becomes of the pictures themselves
 *
 * Returns: (transfer none): a window without pictures; it is not presented yet
 */
GtkWidget *
yeji_combine_window_new (GtkWindow  *parent,
                         const char *note)
{
  YejiCombineWindow *self = g_object_new (YEJI_TYPE_COMBINE_WINDOW, "transient-for", parent, NULL);

  gtk_label_set_text (self->note, note);
  return GTK_WIDGET (self);
}

/**
 * yeji_combine_window_add:
 * @key: what stands for the picture in the signal
 *
 * Adds a picture behind the others.
 */
void
yeji_combine_window_add (YejiCombineWindow *self,
                         GFile             *file,
                         const char        *name,
                         GObject           *key)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *check = gtk_check_button_new ();
  g_autofree char *take = g_strdup_printf (_("Take %s"), name);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 1);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), TRUE);
  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  yeji_a11y_set_name (check, take);
  g_signal_connect_object (check, "toggled", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), yeji_file_picture_new (file, PICTURE_SIZE));
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             gtk_image_new_from_icon_name ("list-drag-handle-symbolic"));
  g_object_set_data (G_OBJECT (row), "check", check);
  g_object_set_data_full (G_OBJECT (row), "key", g_object_ref (key), g_object_unref);
  add_keys (self, row);
  add_dragging (self, row);
  gtk_list_box_append (self->list, row);
  update (self);
}
