// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-issue-list"

#include "config.h"

#include "yeji-issue-list.h"

#include <glib/gi18n.h>

#include <adwaita.h>

#include "yeji-a11y.h"
#include "yeji-grade-text.h"
#include "yeji-issue-outline.h"
#include "yeji-issue-row.h"
#include "yeji-issues.h"

/* Rows that are filled in one frame. To lay the texts of one out takes one to two milliseconds, and a
 * frame has more to do than that: what can be seen at once is there after two or three. */
#define FILLED_AT_ONCE 4

/* How high an empty row is, so that those after it lie about where they will. */
#define EMPTY_HEIGHT 60

struct _YejiIssueList
{
  GtkBox parent_instance;

  GtkStack *stack;
  GtkListBox *list;
  AdwStatusPage *empty;
  GtkWidget *ready;
  GtkLabel *promise;
  GtkWidget *filter_bar;
  GtkToggleButton *filter;
  GtkLabel *hidden;

  GListModel *issues;          /* (nullable) */
  YejiDraft *draft;            /* (nullable): whose problems they are */
  YejiIssueOutline *outline;
  const YejiTableDef *table;   /* (nullable): the section on screen */
  int focus;                   /* where the keyboard was before a change, -1: elsewhere */
  GQueue empty_rows;           /* (element-type GtkListBoxRow): to be filled in the next frames */
  guint n_filled;              /* rows since the last frame was drawn */
  guint tick;
};

enum
{
  CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (YejiIssueList, yeji_issue_list, GTK_TYPE_BOX)

static void
fill_row (YejiIssueList *self,
          GtkListBoxRow *row)
{
  gtk_widget_set_size_request (GTK_WIDGET (row), -1, -1);
  yeji_issue_row_fill (row, self->draft, FALSE);
  self->n_filled++;
}

static gboolean
fill_rows (GtkWidget     *widget,
           GdkFrameClock *clock,
           gpointer       data)
{
  YejiIssueList *self = YEJI_ISSUE_LIST (widget);
  gboolean fresh = self->n_filled > 0;

  /* those that were filled between two frames are laid out in this one */
  while (self->n_filled < FILLED_AT_ONCE && !g_queue_is_empty (&self->empty_rows))
    {
      g_autoptr (GtkListBoxRow) row = g_queue_pop_head (&self->empty_rows);

      if (gtk_widget_get_parent (GTK_WIDGET (row)) != NULL)
        fill_row (self, row);
    }
  fresh = fresh || self->n_filled > 0;
  self->n_filled = 0;
  if (fresh)
    return G_SOURCE_CONTINUE;
  self->tick = 0;
  return G_SOURCE_REMOVE;
}

/* The first rows are filled at once, the others frame by frame; while nobody sees the list, none.
 * Returns: (transfer full) or floating, as the list box takes both. */
static GtkWidget *
make_issue_row (YejiIssueList *self,
                YejiIssue     *issue)
{
  GtkWidget *row = yeji_issue_row_new_empty (issue);

  if (self->tick == 0)
    self->tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), fill_rows, NULL, NULL);
  if (self->n_filled < FILLED_AT_ONCE && g_queue_is_empty (&self->empty_rows))
    {
      fill_row (self, GTK_LIST_BOX_ROW (row));
      return row;
    }
  gtk_widget_set_size_request (row, -1, EMPTY_HEIGHT);
  g_queue_push_tail (&self->empty_rows, g_object_ref_sink (row));
  return g_object_ref (row);
}

static GtkWidget *
make_row (gpointer item,
          gpointer data)
{
  GtkWidget *row = YEJI_IS_ISSUE_HEAD (item) ? yeji_issue_head_make_row (item)
                                             : make_issue_row (YEJI_ISSUE_LIST (data), item);

  g_object_set_data_full (G_OBJECT (row), "item", g_object_ref (item), g_object_unref);
  return row;
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
  int n = (int) g_list_model_get_n_items (yeji_issue_outline_get_rows (self->outline));
  GtkListBoxRow *row;

  if (self->focus < 0 || n == 0
      || (focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->list))))
    return;
  row = gtk_list_box_get_row_at_index (self->list, MIN (self->focus, n - 1));
  gtk_widget_grab_focus (GTK_WIDGET (row));
}

/* When the last error goes it is said what comes next, and what will become of the record. */
static void
update_ready (YejiIssueList *self)
{
  gboolean ready = self->draft != NULL && yeji_draft_is_editable (self->draft)
                   && yeji_issues_count (self->issues, NULL, NULL, YEJI_SEVERITY_ERROR) == 0;
  g_autofree char *promise = ready ? yeji_outcome_get_promise (self->draft) : NULL;

  gtk_widget_set_visible (self->ready, ready && g_list_model_get_n_items (self->issues) > 0);
  gtk_label_set_text (self->promise, promise != NULL ? promise : "");
  if (ready)
    adw_status_page_set_description (self->empty, promise);
}

/* What the filter leaves out is said, so that an empty list is not taken for a good record. */
static void
update_filter (YejiIssueList *self)
{
  gboolean only = gtk_toggle_button_get_active (self->filter);
  guint n = self->issues != NULL ? yeji_issues_count_open (self->issues) : 0;
  guint here = 0;
  g_autofree char *text = NULL;

  for (int severity = YEJI_SEVERITY_HINT; self->issues != NULL && severity <= YEJI_SEVERITY_ERROR;
       severity++)
    here += yeji_issues_count (self->issues, self->table, NULL, (YejiSeverity) severity);
  yeji_issue_outline_set_only (self->outline, only, self->table);
  text = g_strdup_printf (ngettext ("%u elsewhere", "%u elsewhere", n - MIN (here, n)),
                          n - MIN (here, n));
  gtk_label_set_text (self->hidden, text);
  gtk_widget_set_visible (GTK_WIDGET (self->hidden), only && n > here);
}

static void
update_stack (YejiIssueList *self)
{
  guint n = self->issues != NULL ? g_list_model_get_n_items (self->issues) : 0;

  gtk_stack_set_visible_child_name (self->stack,
                                    g_list_model_get_n_items (
                                      yeji_issue_outline_get_rows (self->outline)) > 0
                                      ? "list" : n > 0 ? "filtered" : "empty");
  gtk_widget_set_visible (self->filter_bar, n > 0);
  update_ready (self);
}

static void
on_filter (YejiIssueList *self)
{
  update_filter (self);
  update_stack (self);
}

static void
on_items_changed (YejiIssueList *self)
{
  update_stack (self);
  restore_focus (self);
}

static void
on_row_activated (YejiIssueList *self,
                  GtkListBoxRow *row)
{
  g_autoptr (GObject) item = g_object_ref (g_object_get_data (G_OBJECT (row), "item"));

  if (YEJI_IS_ISSUE_HEAD (item))
    yeji_issue_outline_toggle (self->outline, YEJI_ISSUE_HEAD (item));
  else
    g_signal_emit (self, signals[CHOSEN], 0, item);
}

static void
yeji_issue_list_dispose (GObject *object)
{
  YejiIssueList *self = YEJI_ISSUE_LIST (object);

  g_queue_clear_full (&self->empty_rows, g_object_unref);
  g_clear_object (&self->outline);
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
  gtk_widget_class_bind_template_child (widget_class, YejiIssueList, filter_bar);
  gtk_widget_class_bind_template_child (widget_class, YejiIssueList, filter);
  gtk_widget_class_bind_template_child (widget_class, YejiIssueList, hidden);
  gtk_widget_class_bind_template_child (widget_class, YejiIssueList, ready);
  gtk_widget_class_bind_template_child (widget_class, YejiIssueList, promise);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_filter);

  signals[CHOSEN] = g_signal_new ("chosen", YEJI_TYPE_ISSUE_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 1, YEJI_TYPE_ISSUE);
}

static void
yeji_issue_list_init (YejiIssueList *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->focus = -1;
  g_queue_init (&self->empty_rows);
  self->outline = yeji_issue_outline_new ();
  /* the order counts: before the list box, and after it */
  g_signal_connect_object (yeji_issue_outline_get_rows (self->outline), "items-changed",
                           G_CALLBACK (on_items_change), self, G_CONNECT_SWAPPED);
  gtk_list_box_bind_model (self->list, yeji_issue_outline_get_rows (self->outline), make_row, self,
                           NULL);
  g_signal_connect_object (yeji_issue_outline_get_rows (self->outline), "items-changed",
                           G_CALLBACK (on_items_changed), self, G_CONNECT_SWAPPED);
}

/**
 * yeji_issue_list_set_model:
 * @issues: (nullable): of #YejiIssue; %NULL lets go of those before
 * @draft: (nullable): whose problems they are; what is of none has no buttons
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
  self->table = NULL;
  gtk_toggle_button_set_active (self->filter, FALSE);
  yeji_issue_outline_set_model (self->outline, issues);
  if (issues != NULL)
    g_signal_connect_object (issues, "items-changed", G_CALLBACK (on_filter), self,
                             G_CONNECT_SWAPPED);
  on_filter (self);
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
 * yeji_issue_list_set_section:
 * @table: (nullable): the section on screen, to which the list can be limited
 */
void
yeji_issue_list_set_section (YejiIssueList      *self,
                             const YejiTableDef *table)
{
  g_return_if_fail (YEJI_IS_ISSUE_LIST (self));

  self->table = table;
  on_filter (self);
}
