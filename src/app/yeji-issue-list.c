// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-issue-list"

#include "config.h"

#include "yeji-issue-list.h"

#include <adwaita.h>

#include "yeji-a11y.h"
#include "yeji-messages.h"

struct _YejiIssueList
{
  GtkBox parent_instance;

  GtkStack *stack;
  GtkListBox *list;
  AdwStatusPage *empty;
  GtkLabel *head;

  GListModel *issues;
};

enum
{
  CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (YejiIssueList, yeji_issue_list, GTK_TYPE_BOX)

static GtkWidget *
make_label (const char *text,
            const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 28);
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  return label;
}

static GtkWidget *
make_row (gpointer item,
          gpointer data)
{
  YejiIssue *issue = item;
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  YejiSeverity severity = yeji_issue_get_severity (issue);
  GtkWidget *icon = gtk_image_new_from_icon_name (yeji_severity_get_icon (severity));
  g_autofree char *place = yeji_issue_get_place (issue);
  GtkWidget *place_label = make_label (place, "caption");
  GtkWidget *message = make_label (yeji_issue_get_message (issue), NULL);
  g_autofree char *spoken = g_strdup_printf ("%s: %s: %s", yeji_severity_get_label (severity),
                                             place, yeji_issue_get_message (issue));

  gtk_widget_add_css_class (icon, yeji_severity_get_style (severity));
  gtk_widget_set_valign (icon, GTK_ALIGN_START);
  gtk_widget_add_css_class (place_label, "dim-label");
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_box_append (GTK_BOX (texts), place_label);
  gtk_box_append (GTK_BOX (texts), message);
  gtk_box_append (GTK_BOX (line), icon);
  gtk_box_append (GTK_BOX (line), texts);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), line);
  g_object_set_data_full (G_OBJECT (row), "issue", g_object_ref (issue), g_object_unref);
  yeji_a11y_set_name (row, spoken);
  return row;
}

static void
on_items_changed (YejiIssueList *self)
{
  gtk_stack_set_visible_child_name (self->stack,
                                    g_list_model_get_n_items (self->issues) > 0 ? "list" : "empty");
}

static void
on_row_activated (YejiIssueList *self,
                  GtkListBoxRow *row)
{
  g_signal_emit (self, signals[CHOSEN], 0, g_object_get_data (G_OBJECT (row), "issue"));
}

static void
yeji_issue_list_dispose (GObject *object)
{
  g_clear_object (&YEJI_ISSUE_LIST (object)->issues);
  G_OBJECT_CLASS (yeji_issue_list_parent_class)->dispose (object);
}

static void
yeji_issue_list_class_init (YejiIssueListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = yeji_issue_list_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/yeji/Yeji/ui/yeji-issue-list.ui");
  gtk_widget_class_bind_template_child (widget_class, YejiIssueList, stack);
  gtk_widget_class_bind_template_child (widget_class, YejiIssueList, list);
  gtk_widget_class_bind_template_child (widget_class, YejiIssueList, empty);
  gtk_widget_class_bind_template_child (widget_class, YejiIssueList, head);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated);

  signals[CHOSEN] = g_signal_new ("chosen", YEJI_TYPE_ISSUE_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 1, YEJI_TYPE_ISSUE);
}

static void
yeji_issue_list_init (YejiIssueList *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * yeji_issue_list_set_model:
 * @issues: of #YejiIssue
 */
void
yeji_issue_list_set_model (YejiIssueList *self,
                           GListModel    *issues)
{
  g_return_if_fail (YEJI_IS_ISSUE_LIST (self));

  g_set_object (&self->issues, issues);
  gtk_list_box_bind_model (self->list, issues, make_row, NULL, NULL);
  g_signal_connect_object (issues, "items-changed", G_CALLBACK (on_items_changed), self,
                           G_CONNECT_SWAPPED);
  on_items_changed (self);
}

/**
 * yeji_issue_list_set_empty:
 *
 * Says what is shown while the list is empty.
 */
void
yeji_issue_list_set_empty (YejiIssueList *self,
                           const char    *icon,
                           const char    *title,
                           const char    *description)
{
  g_return_if_fail (YEJI_IS_ISSUE_LIST (self));

  adw_status_page_set_icon_name (self->empty, icon);
  adw_status_page_set_title (self->empty, title);
  adw_status_page_set_description (self->empty, description);
}

/**
 * yeji_issue_list_set_name:
 *
 * Names the list for screen readers.
 */
void
yeji_issue_list_set_name (YejiIssueList *self,
                          const char    *name)
{
  g_return_if_fail (YEJI_IS_ISSUE_LIST (self));

  yeji_a11y_set_name (GTK_WIDGET (self->list), name);
}

/**
 * yeji_issue_list_set_head:
 * @text: (nullable): what stands above the list
 */
void
yeji_issue_list_set_head (YejiIssueList *self,
                          const char    *text)
{
  g_return_if_fail (YEJI_IS_ISSUE_LIST (self));

  gtk_label_set_text (self->head, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->head), text != NULL && *text != '\0');
}
