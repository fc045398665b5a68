// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-notices-window"

#include "config.h"

#include "yeji-notices-window.h"

#include <glib/gi18n.h>

#include "yeji-a11y.h"
#include "yeji-folder.h"
#include "yeji-messages.h"
#include "yeji-notice-text.h"

/* Older ones are of no use to anybody. */
#define MAX_SHOWN 100

struct _YejiNoticesWindow
{
  AdwWindow parent_instance;

  GtkStack *stack;
  GtkListBox *list;
  AdwStatusPage *failure;

  char *directory;
  guint n_shown;
};

enum
{
  READ,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (YejiNoticesWindow, yeji_notices_window, ADW_TYPE_WINDOW)

static void
on_folder (GtkWidget *button,
           gpointer   data)
{
  yeji_folder_show (button, g_object_get_data (G_OBJECT (button), "folder"));
}

static GtkWidget *
make_label (const char *text,
            const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  return label;
}

static GtkWidget *
make_folder_button (char *folder)
{
  GtkWidget *button = gtk_button_new_with_label (_("Open the Folder"));

  gtk_widget_set_halign (button, GTK_ALIGN_START);
  g_object_set_data_full (G_OBJECT (button), "folder", folder, g_free);
  g_signal_connect (button, "clicked", G_CALLBACK (on_folder), NULL);
  return button;
}

static void
add_notice (YejiNoticesWindow *self,
            const YejiNotice  *notice)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *icon = gtk_image_new_from_icon_name (yeji_notice_get_icon (notice));
  g_autofree char *title = yeji_notice_get_title (notice);
  g_autofree char *text = yeji_notice_get_text (notice);
  g_autofree char *moment = yeji_moment_to_text (notice->at);
  char *folder = yeji_notice_get_folder (notice, self->directory);
  GtkWidget *body = make_label (text, NULL);

  gtk_widget_add_css_class (line, "yeji-notice");
  gtk_widget_set_valign (icon, GTK_ALIGN_START);
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_label_set_selectable (GTK_LABEL (body), TRUE);
  gtk_box_append (GTK_BOX (texts), make_label (title, "heading"));
  gtk_box_append (GTK_BOX (texts), body);
  if (folder != NULL)
    gtk_box_append (GTK_BOX (texts), make_folder_button (folder));
  gtk_box_append (GTK_BOX (line), icon);
  gtk_box_append (GTK_BOX (line), texts);
  gtk_box_append (GTK_BOX (line), make_label (moment, "dim-label"));
  gtk_widget_set_valign (gtk_widget_get_last_child (line), GTK_ALIGN_START);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), line);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  yeji_a11y_set_name (row, title);
  yeji_a11y_set_description (row, text);
  gtk_list_box_append (self->list, row);
}

static void
on_listed (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (YejiNoticesWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) notices = NULL;

  notices = yeji_store_list_notices_finish (YEJI_STORE (source), result, &error);
  if (self->stack == NULL)
    return;
  if (notices == NULL)
    {
      g_autofree char *sentence = yeji_error_to_sentence (error);

      adw_status_page_set_description (self->failure, sentence);
      gtk_stack_set_visible_child_name (self->stack, "failure");
      return;
    }
  for (guint i = 0; i < MIN (notices->len, MAX_SHOWN); i++)
    add_notice (self, g_ptr_array_index (notices, i));
  self->n_shown = MIN (notices->len, MAX_SHOWN);
  gtk_stack_set_visible_child_name (self->stack, self->n_shown > 0 ? "list" : "empty");
  g_signal_emit (self, signals[READ], 0);
}

static void
yeji_notices_window_dispose (GObject *object)
{
  YEJI_NOTICES_WINDOW (object)->stack = NULL;
  G_OBJECT_CLASS (yeji_notices_window_parent_class)->dispose (object);
}

static void
yeji_notices_window_finalize (GObject *object)
{
  g_free (YEJI_NOTICES_WINDOW (object)->directory);
  G_OBJECT_CLASS (yeji_notices_window_parent_class)->finalize (object);
}

static void
yeji_notices_window_class_init (YejiNoticesWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = yeji_notices_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = yeji_notices_window_finalize;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/yeji/Yeji/ui/yeji-notices-window.ui");
  gtk_widget_class_bind_template_child (widget_class, YejiNoticesWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, YejiNoticesWindow, list);
  gtk_widget_class_bind_template_child (widget_class, YejiNoticesWindow, failure);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);

  signals[READ] = g_signal_new ("read", YEJI_TYPE_NOTICES_WINDOW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 0);
}

static void
yeji_notices_window_init (YejiNoticesWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  yeji_a11y_set_name (GTK_WIDGET (self->list), _("Messages about This Profile"));
}

/**
 * yeji_notices_window_new:
 *
 * Returns: (transfer none): a window of what happened to a profile; owned by GTK
 */
GtkWidget *
yeji_notices_window_new (GtkWindow *parent,
                         YejiStore *store)
{
  YejiNoticesWindow *self = g_object_new (YEJI_TYPE_NOTICES_WINDOW, "transient-for", parent, NULL);

  self->directory = g_strdup (yeji_store_get_directory (store));
  yeji_store_list_notices_async (store, NULL, on_listed, g_object_ref (self));
  return GTK_WIDGET (self);
}

/**
 * yeji_notices_window_get_n_shown:
 *
 * Returns: how many there are; 0 before they are read
 */
guint
yeji_notices_window_get_n_shown (YejiNoticesWindow *self)
{
  return self->n_shown;
}
