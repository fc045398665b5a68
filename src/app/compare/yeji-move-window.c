// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-move-window"

#include "config.h"

#include "yeji-move-window.h"

#include <glib/gi18n.h>

#include "yeji-a11y.h"
#include "yeji-messages.h"

struct _YejiMoveWindow
{
  AdwWindow parent_instance;

  GtkStack *stack;
  GtkListView *list;
  AdwStatusPage *failure;

  GtkTreeListModel *lines;     /* (nullable): of YejiMoveItem */
};

enum
{
  CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (YejiMoveWindow, yeji_move_window, ADW_TYPE_WINDOW)

static GtkWidget *
make_label (const char *style)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  return label;
}

static void
on_setup (GtkSignalListItemFactory *factory,
          GtkListItem              *item)
{
  GtkWidget *expander = gtk_tree_expander_new ();
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *icon = gtk_image_new ();
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *title = make_label (NULL);
  GtkWidget *subtitle = make_label ("caption");

  gtk_widget_add_css_class (subtitle, "dim-label");
  gtk_widget_add_css_class (line, "yeji-move");
  gtk_widget_set_valign (icon, GTK_ALIGN_START);
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_box_append (GTK_BOX (texts), title);
  gtk_box_append (GTK_BOX (texts), subtitle);
  gtk_box_append (GTK_BOX (line), icon);
  gtk_box_append (GTK_BOX (line), texts);
  gtk_tree_expander_set_child (GTK_TREE_EXPANDER (expander), line);
  g_object_set_data (G_OBJECT (item), "icon", icon);
  g_object_set_data (G_OBJECT (item), "title", title);
  g_object_set_data (G_OBJECT (item), "subtitle", subtitle);
  gtk_list_item_set_child (item, expander);
}

static void
on_bind (GtkSignalListItemFactory *factory,
         GtkListItem              *item)
{
  GtkTreeListRow *row = gtk_list_item_get_item (item);
  g_autoptr (YejiMoveItem) line = YEJI_MOVE_ITEM (gtk_tree_list_row_get_item (row));
  g_autofree char *title = yeji_move_item_get_title (line);
  g_autofree char *subtitle = yeji_move_item_get_subtitle (line);
  const char *icon = yeji_move_item_get_icon (line);
  GtkWidget *image = g_object_get_data (G_OBJECT (item), "icon");
  GtkWidget *under = g_object_get_data (G_OBJECT (item), "subtitle");
  GtkWidget *expander = gtk_list_item_get_child (item);

  gtk_tree_expander_set_list_row (GTK_TREE_EXPANDER (expander), row);
  gtk_label_set_text (g_object_get_data (G_OBJECT (item), "title"), title);
  gtk_label_set_text (GTK_LABEL (under), subtitle != NULL ? subtitle : "");
  gtk_widget_set_visible (under, subtitle != NULL);
  gtk_image_set_from_icon_name (GTK_IMAGE (image), icon);
  gtk_widget_set_visible (image, icon != NULL);
  /* the list item itself has the focus, and no name of its own */
  yeji_a11y_set_name (gtk_widget_get_parent (expander), title);
}

static GListModel *
list_below (gpointer item,
            gpointer data)
{
  return yeji_move_item_list_notes (item);
}

static void
on_activate (YejiMoveWindow *self,
             guint           position)
{
  g_autoptr (GtkTreeListRow) row = gtk_tree_list_model_get_row (self->lines, position);
  g_autoptr (YejiMoveItem) item = NULL;

  if (row == NULL)
    return;
  item = YEJI_MOVE_ITEM (gtk_tree_list_row_get_item (row));
  if (gtk_tree_list_row_is_expandable (row))
    gtk_tree_list_row_set_expanded (row, !gtk_tree_list_row_get_expanded (row));
  else
    g_signal_emit (self, signals[CHOSEN], 0, item);
}

static void
show_reports (YejiMoveWindow *self,
              GPtrArray      *reports)
{
  g_autoptr (GtkTreeListRow) first = NULL;
  g_autoptr (GtkNoSelection) selection = NULL;

  self->lines = gtk_tree_list_model_new (yeji_move_item_list (reports), FALSE, FALSE, list_below,
                                         NULL, NULL);
  selection = gtk_no_selection_new (g_object_ref (G_LIST_MODEL (self->lines)));
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (selection));
  first = gtk_tree_list_model_get_row (self->lines, 0);
  if (first != NULL)
    gtk_tree_list_row_set_expanded (first, TRUE);
  gtk_stack_set_visible_child_name (self->stack, reports->len > 0 ? "list" : "empty");
}

static void
on_listed (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (YejiMoveWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) reports = NULL;

  reports = yeji_store_list_move_reports_finish (YEJI_STORE (source), result, &error);
  if (self->stack == NULL)
    return;
  if (reports != NULL)
    show_reports (self, reports);
  else
    {
      g_autofree char *sentence = yeji_error_to_sentence (error);

      adw_status_page_set_description (self->failure, sentence);
      gtk_stack_set_visible_child_name (self->stack, "failure");
    }
}

static void
yeji_move_window_dispose (GObject *object)
{
  YejiMoveWindow *self = YEJI_MOVE_WINDOW (object);

  self->stack = NULL;
  g_clear_object (&self->lines);
  G_OBJECT_CLASS (yeji_move_window_parent_class)->dispose (object);
}

static void
yeji_move_window_class_init (YejiMoveWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = yeji_move_window_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/yeji/Yeji/ui/yeji-move-window.ui");
  gtk_widget_class_bind_template_child (widget_class, YejiMoveWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, YejiMoveWindow, list);
  gtk_widget_class_bind_template_child (widget_class, YejiMoveWindow, failure);
  gtk_widget_class_bind_template_callback (widget_class, on_activate);
  gtk_widget_class_bind_template_callback (widget_class, on_setup);
  gtk_widget_class_bind_template_callback (widget_class, on_bind);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);

  signals[CHOSEN] = g_signal_new ("chosen", YEJI_TYPE_MOVE_WINDOW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 1, YEJI_TYPE_MOVE_ITEM);
}

static void
yeji_move_window_init (YejiMoveWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  yeji_a11y_set_name (GTK_WIDGET (self->list), _("Drafts and what became of them"));
}

/**
 * yeji_move_window_new:
 *
 * Returns: (transfer none): a window of all reports of a profile, the last first; owned by GTK
 */
GtkWidget *
yeji_move_window_new (GtkWindow *parent,
                      YejiStore *store)
{
  YejiMoveWindow *self = g_object_new (YEJI_TYPE_MOVE_WINDOW, "transient-for", parent, NULL);

  yeji_store_list_move_reports_async (store, NULL, NULL, on_listed, g_object_ref (self));
  return GTK_WIDGET (self);
}

/**
 * yeji_move_window_get_n_lines:
 *
 * Returns: how many lines can be scrolled to; 0 before they are read
 */
guint
yeji_move_window_get_n_lines (YejiMoveWindow *self)
{
  return self->lines != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->lines)) : 0;
}

/**
 * yeji_move_window_activate:
 *
 * Does what a click on a line does: it opens or closes a report, or asks for the place of a note.
 */
void
yeji_move_window_activate (YejiMoveWindow *self,
                           guint           position)
{
  g_return_if_fail (position < yeji_move_window_get_n_lines (self));

  on_activate (self, position);
}
