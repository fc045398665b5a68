// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-issue-list"

#include "config.h"

#include "yeji-issue-list.h"

#include <glib/gi18n.h>

#include <adwaita.h>

#include "yeji-a11y.h"
#include "yeji-issue-row.h"
#include "yeji-issues.h"
#include "yeji-messages.h"

struct _YejiIssueList
{
  GtkBox parent_instance;

  GtkStack *stack;
  GtkListBox *list;
  AdwStatusPage *empty;
  GtkLabel *head;

  GListModel *issues;          /* (nullable) */
  YejiDraft *draft;            /* (nullable): whose problems they are */
  int focus;                   /* where the keyboard was before a change, -1: elsewhere */
};

enum
{
  CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (YejiIssueList, yeji_issue_list, GTK_TYPE_BOX)

static GtkWidget *
make_row (gpointer item,
          gpointer data)
{
  return yeji_issue_row_new (item, YEJI_ISSUE_LIST (data)->draft, FALSE);
}

/* Two rows of one group stand under one title. */
static int
get_group (YejiIssue *issue)
{
  return yeji_issue_get_reason (issue) != NULL ? -1 : (int) yeji_issue_get_severity (issue);
}

static void
update_header (GtkListBoxRow *row,
               GtkListBoxRow *before,
               gpointer       data)
{
  YejiIssueList *self = data;
  int group = get_group (yeji_issue_row_get_issue (row));
  guint count = 0;
  g_autofree char *text = NULL;
  GtkWidget *label;

  if (self->draft == NULL || (before != NULL && get_group (yeji_issue_row_get_issue (before)) == group))
    {
      gtk_list_box_row_set_header (row, NULL);
      return;
    }
  if (group >= 0)
    count = yeji_issues_count (self->issues, NULL, NULL, (YejiSeverity) group);
  else
    count = g_list_model_get_n_items (self->issues) - yeji_issues_count_open (self->issues);
  /* Translators: a kind of problem, and how many there are */
  text = g_strdup_printf (_("%s (%u)"),
                          group >= 0 ? yeji_severity_get_label ((YejiSeverity) group) : _("Kept"),
                          count);
  label = gtk_label_new (text);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "yeji-issues-title");
  gtk_list_box_row_set_header (row, label);
}

/* Before the rows change: a button that solves its own problem goes with its row. */
static void
on_items_change (YejiIssueList *self,
                 guint          position)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  GtkWidget *row = NULL;

  if (focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->list)))
    row = gtk_widget_get_ancestor (focus, GTK_TYPE_LIST_BOX_ROW);
  self->focus = row != NULL ? gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row)) : -1;
}

/* The keyboard goes on from where it was, not from the beginning of the window. */
static void
restore_focus (YejiIssueList *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  int n = (int) g_list_model_get_n_items (self->issues);
  GtkListBoxRow *row;

  if (self->focus < 0 || n == 0
      || (focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->list))))
    return;
  row = gtk_list_box_get_row_at_index (self->list, MIN (self->focus, n - 1));
  gtk_widget_grab_focus (GTK_WIDGET (row));
}

static void
on_items_changed (YejiIssueList *self)
{
  gtk_list_box_invalidate_headers (self->list);
  gtk_stack_set_visible_child_name (self->stack,
                                    g_list_model_get_n_items (self->issues) > 0 ? "list" : "empty");
  restore_focus (self);
}

static void
on_row_activated (YejiIssueList *self,
                  GtkListBoxRow *row)
{
  g_signal_emit (self, signals[CHOSEN], 0, yeji_issue_row_get_issue (row));
}

static void
yeji_issue_list_dispose (GObject *object)
{
  YejiIssueList *self = YEJI_ISSUE_LIST (object);

  g_clear_object (&self->issues);
  g_clear_object (&self->draft);
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
  gtk_list_box_set_header_func (self->list, update_header, self, NULL);
}

/**
 * yeji_issue_list_set_model:
 * @issues: (nullable): of #YejiIssue; %NULL lets go of those before
 * @draft: (nullable): whose problems they are; what is of none has no titles and no buttons
 */
void
yeji_issue_list_set_model (YejiIssueList *self,
                           GListModel    *issues,
                           YejiDraft     *draft)
{
  g_return_if_fail (YEJI_IS_ISSUE_LIST (self));

  if (self->issues != NULL)
    g_signal_handlers_disconnect_by_data (self->issues, self);
  g_set_object (&self->issues, issues);
  g_set_object (&self->draft, draft);
  self->focus = -1;
  /* the order counts: before the list box, and after it */
  if (issues != NULL)
    g_signal_connect_object (issues, "items-changed", G_CALLBACK (on_items_change), self,
                             G_CONNECT_SWAPPED);
  gtk_list_box_bind_model (self->list, issues, make_row, self, NULL);
  if (issues == NULL)
    return;
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
