// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-grade-bar"

#include "config.h"

#include "yeji-grade-bar.h"

#include <glib/gi18n.h>

#include "yeji-a11y.h"
#include "yeji-grade.h"
#include "yeji-issue-row.h"
#include "yeji-messages.h"

struct _YejiGradeBar
{
  AdwBin parent_instance;

  GtkMenuButton *button;
  GtkPopover *popover;
  GtkImage *icon;
  GtkLabel *label;
  GtkLabel *head;
  GtkWidget *scroller;
  GtkListBox *list;

  YejiDraft *draft;            /* (nullable) */
  GSignalGroup *draft_signals;
};

enum
{
  CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (YejiGradeBar, yeji_grade_bar, ADW_TYPE_BIN)

typedef struct
{
  const char *icon;
  const char *style;
  const char *head;            /* of the list of reasons */
} OutcomeText;

static const OutcomeText outcome_texts[] = {
  [YEJI_OUTCOME_REFUSED] = {
    "dialog-error-symbolic", "error",
    N_("These errors keep the record from being submitted, and the rest from the national platform:")
  },
  [YEJI_OUTCOME_PROVINCE] = {
    "dialog-warning-symbolic", "warning",
    N_("The province alone would show this record, because the national platform asks for this:")
  },
  [YEJI_OUTCOME_NATIONAL] = {
    "emblem-ok-symbolic", "success",
    N_("Nothing keeps this record from the national platform. A, B or C follows from the level of "
       "the department that confirms it.")
  },
};

static YejiOutcome
get_outcome (YejiGradeBar *self)
{
  return yeji_grade_get_outcome (yeji_draft_get_problems (self->draft));
}

static char *
describe_outcome (YejiGradeBar *self,
                  YejiOutcome   outcome)
{
  guint n = yeji_draft_count_issues (self->draft, NULL, NULL, YEJI_SEVERITY_ERROR);

  switch (outcome)
    {
    case YEJI_OUTCOME_REFUSED:
      return g_strdup_printf (ngettext ("%u error left, cannot be submitted yet",
                                        "%u errors left, cannot be submitted yet", n), n);
    case YEJI_OUTCOME_PROVINCE:
      return g_strdup (_("Expected: D, shown by the province alone"));
    case YEJI_OUTCOME_NATIONAL:
    default:
      return g_strdup (_("Expected: national platform (A, B or C by the confirming department)"));
    }
}

static void
update (YejiGradeBar *self)
{
  gboolean editable = self->draft != NULL && yeji_draft_is_editable (self->draft);
  YejiOutcome outcome;
  g_autofree char *text = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self), editable);
  if (!editable)
    return;
  outcome = get_outcome (self);
  text = describe_outcome (self, outcome);
  gtk_image_set_from_icon_name (self->icon, outcome_texts[outcome].icon);
  gtk_label_set_text (self->label, text);
  yeji_a11y_set_name (GTK_WIDGET (self->button), text);
  yeji_a11y_set_description (GTK_WIDGET (self->button), _("Self-check, not the final decision"));
  for (guint i = 0; i < G_N_ELEMENTS (outcome_texts); i++)
    gtk_widget_remove_css_class (GTK_WIDGET (self), outcome_texts[i].style);
  gtk_widget_add_css_class (GTK_WIDGET (self), outcome_texts[outcome].style);
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
  return issues;
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

  clear_list (self);
  if (self->draft == NULL)
    return;
  yeji_draft_validate (self->draft);
  issues = list_reasons (self);
  gtk_label_set_text (self->head, _(outcome_texts[get_outcome (self)].head));
  for (guint i = 0; i < issues->len; i++)
    gtk_list_box_append (self->list,
                         yeji_issue_row_new (g_ptr_array_index (issues, i), NULL, TRUE));
  gtk_widget_set_visible (self->scroller, issues->len > 0);
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
