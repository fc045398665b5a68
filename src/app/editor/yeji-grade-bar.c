// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-grade-bar"

#include "config.h"

#include "yeji-grade-bar.h"

#include <glib/gi18n.h>

#include "yeji-a11y.h"
#include "yeji-grade-text.h"
#include "yeji-issue-row.h"

/* More than anybody looks through; the rest is in the pane of problems. */
#define MAX_LISTED 60

struct _YejiGradeBar
{
  AdwBin parent_instance;

  GtkMenuButton *button;
  GtkPopover *popover;
  GtkImage *icon;
  GtkLabel *label;
  GtkLabel *missing;
  GtkWidget *disclaimer;
  GtkLabel *head;
  GtkWidget *scroller;
  GtkListBox *list;
  GtkLabel *more;

  YejiDraft *draft;            /* (nullable) */
  GSignalGroup *draft_signals;
  guint n_reasons[3];          /* by group */
};

enum
{
  CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (YejiGradeBar, yeji_grade_bar, ADW_TYPE_BIN)

/* What makes the difference, by what is to be done about it. */
enum
{
  GROUP_VALUES,
  GROUP_ROWS,
  GROUP_DOCUMENTS,
  N_GROUPS
};

static int
get_group (YejiIssue *issue)
{
  if (yeji_issue_get_slot (issue) != NULL)
    return GROUP_DOCUMENTS;
  return yeji_issue_get_field (issue) != NULL ? GROUP_VALUES : GROUP_ROWS;
}

static char *
describe_group (int   group,
                guint n)
{
  switch (group)
    {
    case GROUP_VALUES:
      return g_strdup_printf (ngettext ("%u value", "%u values", n), n);
    case GROUP_ROWS:
      return g_strdup_printf (ngettext ("%u row or record", "%u rows or records", n), n);
    case GROUP_DOCUMENTS:
    default:
      return g_strdup_printf (ngettext ("%u document", "%u documents", n), n);
    }
}

static guint
count_reasons (YejiGradeBar *self)
{
  g_autoptr (GPtrArray) reasons = yeji_grade_list_reasons (yeji_draft_get_problems (self->draft));

  return reasons->len;
}

/* After the decision nothing is expected, and nothing can be done. */
static gboolean
is_open (YejiGradeBar *self)
{
  return yeji_draft_is_editable (self->draft)
         || yeji_entry_get_state (yeji_draft_get_entry (self->draft)) == YEJI_STATE_INCOMPLETE;
}

static void
update (YejiGradeBar *self)
{
  static const char * const styles[] = { "error", "warning", "success", "missing" };
  g_autoptr (YejiGradeText) text = NULL;
  g_autofree char *missing = NULL;
  guint n;

  /* what was decided for good stands above already, in the editor's head */
  gtk_widget_set_visible (GTK_WIDGET (self), self->draft != NULL
                          && yeji_entry_get_state (yeji_draft_get_entry (self->draft))
                             != YEJI_STATE_APPROVED);
  if (self->draft == NULL)
    return;
  text = yeji_grade_text_new (self->draft);
  n = is_open (self) ? count_reasons (self) : 0;
  missing = g_strdup_printf (ngettext ("%u thing makes the difference",
                                       "%u things make the difference", n), n);
  gtk_image_set_from_icon_name (self->icon, text->icon);
  gtk_label_set_text (self->label, text->text);
  gtk_label_set_text (self->missing, missing);
  /* where the text tells the number it is not told twice */
  gtk_widget_set_visible (GTK_WIDGET (self->missing),
                          n > yeji_draft_count_issues (self->draft, NULL, NULL,
                                                       YEJI_SEVERITY_ERROR));
  gtk_widget_set_visible (self->disclaimer, yeji_draft_is_editable (self->draft));
  yeji_a11y_set_name (GTK_WIDGET (self->button), text->text);
  yeji_a11y_set_description (GTK_WIDGET (self->button),
                             n > 0 ? missing : _("Self-check, not the final decision"));
  for (guint i = 0; i < G_N_ELEMENTS (styles); i++)
    gtk_widget_remove_css_class (GTK_WIDGET (self), styles[i]);
  gtk_widget_add_css_class (GTK_WIDGET (self), text->style);
}

/* Values first, then rows, then documents, each in form order. */
static int
compare_groups (gconstpointer a,
                gconstpointer b)
{
  return get_group (*(YejiIssue **) a) - get_group (*(YejiIssue **) b);
}

static GPtrArray *
list_reasons (YejiGradeBar *self)
{
  g_autoptr (GPtrArray) reasons = yeji_grade_list_reasons (yeji_draft_get_problems (self->draft));
  GPtrArray *issues = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < reasons->len; i++)
    g_ptr_array_add (issues,
                     yeji_issue_new_for_problem (yeji_draft_get_record (self->draft),
                                                 g_ptr_array_index (reasons, i)));
  g_ptr_array_sort (issues, compare_groups);   /* is stable */
  for (int group = 0; group < N_GROUPS; group++)
    self->n_reasons[group] = 0;
  for (guint i = 0; i < issues->len; i++)
    self->n_reasons[get_group (g_ptr_array_index (issues, i))]++;
  return issues;
}

static void
update_header (GtkListBoxRow *row,
               GtkListBoxRow *before,
               gpointer       data)
{
  YejiGradeBar *self = data;
  int group = get_group (yeji_issue_row_get_issue (row));
  g_autofree char *text = NULL;
  GtkWidget *label;

  if (before != NULL && get_group (yeji_issue_row_get_issue (before)) == group)
    {
      gtk_list_box_row_set_header (row, NULL);
      return;
    }
  text = describe_group (group, self->n_reasons[group]);
  label = gtk_label_new (text);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "yeji-issues-title");
  gtk_list_box_row_set_header (row, label);
}

static void
clear_list (YejiGradeBar *self)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
}

/* The list is as of the moment at which it is opened: nothing is typed meanwhile. */
static void
on_shown (YejiGradeBar *self)
{
  g_autoptr (GPtrArray) issues = NULL;
  g_autoptr (YejiGradeText) text = NULL;
  g_autofree char *more = NULL;
  guint n;

  clear_list (self);
  if (self->draft == NULL)
    return;
  yeji_draft_validate (self->draft);
  issues = is_open (self) ? list_reasons (self) : g_ptr_array_new ();
  text = yeji_grade_text_new (self->draft);
  n = MIN (issues->len, MAX_LISTED);
  gtk_label_set_text (self->head, text->head);
  for (guint i = 0; i < n; i++)
    gtk_list_box_append (self->list,
                         yeji_issue_row_new (g_ptr_array_index (issues, i), NULL, TRUE));
  more = g_strdup_printf (ngettext ("And %u more", "And %u more", issues->len - n),
                          issues->len - n);
  gtk_label_set_text (self->more, more);
  gtk_widget_set_visible (GTK_WIDGET (self->more), issues->len > n);
  gtk_widget_set_visible (self->scroller, n > 0);
}

static void
on_row_activated (YejiGradeBar  *self,
                  GtkListBoxRow *row)
{
  g_autoptr (YejiIssue) issue = g_object_ref (yeji_issue_row_get_issue (row));

  gtk_popover_popdown (self->popover);
  g_signal_emit (self, signals[CHOSEN], 0, issue);
}

static void
yeji_grade_bar_dispose (GObject *object)
{
  YejiGradeBar *self = YEJI_GRADE_BAR (object);

  g_clear_object (&self->draft_signals);
  g_clear_object (&self->draft);
  G_OBJECT_CLASS (yeji_grade_bar_parent_class)->dispose (object);
}

static void
yeji_grade_bar_class_init (YejiGradeBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = yeji_grade_bar_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/yeji/Yeji/ui/yeji-grade-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, YejiGradeBar, button);
  gtk_widget_class_bind_template_child (widget_class, YejiGradeBar, popover);
  gtk_widget_class_bind_template_child (widget_class, YejiGradeBar, icon);
  gtk_widget_class_bind_template_child (widget_class, YejiGradeBar, label);
  gtk_widget_class_bind_template_child (widget_class, YejiGradeBar, head);
  gtk_widget_class_bind_template_child (widget_class, YejiGradeBar, more);
  gtk_widget_class_bind_template_child (widget_class, YejiGradeBar, disclaimer);
  gtk_widget_class_bind_template_child (widget_class, YejiGradeBar, missing);
  gtk_widget_class_bind_template_child (widget_class, YejiGradeBar, scroller);
  gtk_widget_class_bind_template_child (widget_class, YejiGradeBar, list);
  gtk_widget_class_bind_template_callback (widget_class, on_shown);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated);

  signals[CHOSEN] = g_signal_new ("chosen", YEJI_TYPE_GRADE_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 1, YEJI_TYPE_ISSUE);
}

static void
yeji_grade_bar_init (YejiGradeBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_list_box_set_header_func (self->list, update_header, self, NULL);
  yeji_a11y_set_name (GTK_WIDGET (self->list), _("What makes the difference"));
  yeji_a11y_set_name (GTK_WIDGET (self->popover), _("What makes the difference"));
  self->draft_signals = g_signal_group_new (YEJI_TYPE_DRAFT);
  g_signal_group_connect_swapped (self->draft_signals, "issues-changed", G_CALLBACK (update), self);
  g_signal_group_connect_swapped (self->draft_signals, "entry-changed", G_CALLBACK (update), self);
}

/**
 * yeji_grade_bar_set_draft:
 * @draft: (nullable): %NULL lets go of the one before
 */
void
yeji_grade_bar_set_draft (YejiGradeBar *self,
                          YejiDraft    *draft)
{
  g_return_if_fail (YEJI_IS_GRADE_BAR (self));

  clear_list (self);
  g_set_object (&self->draft, draft);
  g_signal_group_set_target (self->draft_signals, draft);
  update (self);
}

/**
 * yeji_grade_bar_open:
 *
 * Shows what makes the difference.
 */
void
yeji_grade_bar_open (YejiGradeBar *self)
{
  g_return_if_fail (YEJI_IS_GRADE_BAR (self));

  if (gtk_widget_get_visible (GTK_WIDGET (self)))
    gtk_menu_button_popup (self->button);
}

/**
 * yeji_grade_bar_get_text:
 *
 * Returns: what is expected, for the user
 */
const char *
yeji_grade_bar_get_text (YejiGradeBar *self)
{
  return gtk_label_get_text (self->label);
}

/**
 * yeji_grade_bar_get_n_reasons:
 *
 * Returns: how many reasons are listed, while the list is open
 */
guint
yeji_grade_bar_get_n_reasons (YejiGradeBar *self)
{
  guint n = 0;

  while (gtk_list_box_get_row_at_index (self->list, (int) n) != NULL)
    n++;
  return n;
}
