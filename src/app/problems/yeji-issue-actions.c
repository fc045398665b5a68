// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-issue-actions"

#include "config.h"

#include "yeji-issue-actions.h"

#include <glib/gi18n.h>

#include "yeji-a11y.h"
#include "yeji-keep-dialog.h"
#include "yeji-mask.h"
#include "yeji-messages.h"
#include "yeji-offers.h"
#include "yeji-tooltip.h"

/* Typing has paused. */
#define PAUSE_MS 300

struct _YejiIssueActions
{
  GtkBox parent_instance;

  GtkWidget *take;
  GtkLabel *take_label;
  GtkWidget *keep;
  GtkWidget *give_up;
  GtkWidget *more;

  YejiDraft *draft;
  YejiRow *row;                /* (nullable) */
  const YejiFieldDef *field;   /* (nullable) */
  YejiIssue *issue;            /* (nullable) */
  GPtrArray *offers;           /* (element-type YejiSuggestion), the best first */
  char *text;                  /* (nullable): what they were made for */
  guint pause;
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (YejiIssueActions, yeji_issue_actions, GTK_TYPE_BOX)

static const YejiSuggestion *
get_best (YejiIssueActions *self)
{
  return self->offers != NULL && self->offers->len > 0 ? g_ptr_array_index (self->offers, 0) : NULL;
}

static char *
describe_value (YejiIssueActions     *self,
                const YejiSuggestion *offer)
{
  g_autofree char *masked = yeji_field_mask_value (self->field, offer->value);
  g_autofree char *value = NULL;

  if (*offer->value == '\0')
    return g_strdup (_("Clear"));
  value = yeji_code_to_text (self->field, masked);
  /* Translators: a button that changes a value to the one given */
  return g_strdup_printf (_("Change to %s"), value);
}

static void
show_best (YejiIssueActions *self)
{
  const YejiSuggestion *best = get_best (self);
  g_autofree char *text = NULL;
  g_autofree char *name = NULL;
  g_autofree char *help = NULL;

  gtk_widget_set_visible (self->take, best != NULL);
  gtk_widget_set_visible (self->more, best != NULL);
  if (best == NULL)
    return;
  text = describe_value (self, best);
  /* Translators: why a value is suggested, and the key that takes it */
  help = g_strdup_printf (_("%s (Alt+Enter in the field)"), yeji_suggest_describe (best->reason));
  gtk_label_set_text (self->take_label, text);
  yeji_tooltip_set (self->take, help);
  /* Translators: a field, and what a button does to it */
  name = g_strdup_printf (_("%s: %s"), yeji_label (&self->field->label), text);
  yeji_a11y_set_name (self->take, name);
  yeji_a11y_set_description (self->take, help);
}

static void
show_keep (YejiIssueActions *self)
{
  gboolean keepable = self->issue != NULL && yeji_draft_is_editable (self->draft)
                      && yeji_issue_is_keepable (self->issue);
  gboolean kept = keepable && yeji_issue_get_reason (self->issue) != NULL;

  gtk_widget_set_visible (self->keep, keepable && !kept);
  gtk_widget_set_visible (self->give_up, kept);
  if (keepable)
    {
      yeji_a11y_set_description (self->keep, yeji_issue_get_message (self->issue));
      yeji_a11y_set_description (self->give_up, yeji_issue_get_message (self->issue));
    }
  gtk_widget_set_visible (GTK_WIDGET (self), get_best (self) != NULL || keepable);
}

static gboolean
update_on_time (gpointer data)
{
  YejiIssueActions *self = data;

  self->pause = 0;
  yeji_issue_actions_update (self);
  return G_SOURCE_REMOVE;
}

/* What is shown stays until typing pauses, so that nothing jumps under the hand. */
static void
update_unless_typing (YejiIssueActions *self)
{
  if (self->pause == 0)
    yeji_issue_actions_update (self);
  else
    show_keep (self);
}

static void
on_value_changed (YejiDraft          *draft,
                  YejiRow            *row,
                  const YejiFieldDef *field,
                  YejiIssueActions   *self)
{
  if (row != self->row || field != self->field)
    return;
  g_clear_handle_id (&self->pause, g_source_remove);
  self->pause = g_timeout_add (PAUSE_MS, update_on_time, self);
}

/* Whether what is shown was made for what is typed now. */
static gboolean
is_fresh (YejiIssueActions *self)
{
  return self->text != NULL && g_str_equal (self->text, yeji_row_get (self->row, self->field));
}

static void
take_value (YejiIssueActions *self,
            const char       *value)
{
  g_autoptr (GPtrArray) edits = yeji_edits_new_for_one (self->row, self->field, value);
  g_autoptr (YejiDraft) draft = g_object_ref (self->draft);
  g_autoptr (YejiIssueActions) kept = g_object_ref (self);  /* its row may go with the problem */

  yeji_edits_take (draft, edits);
  yeji_issue_actions_update (kept);
}

static void
on_take (YejiIssueActions *self)
{
  if (!is_fresh (self))
    yeji_issue_actions_update (self);   /* the click was for another value */
  else if (get_best (self) != NULL)
    take_value (self, get_best (self)->value);
}

static void
on_take_other (GtkWidget  *widget,
               const char *name,
               GVariant   *target)
{
  YejiIssueActions *self = YEJI_ISSUE_ACTIONS (widget);

  if (is_fresh (self))
    take_value (self, g_variant_get_string (target, NULL));
}

static void
on_take_alike (GtkWidget  *widget,
               const char *name,
               GVariant   *target)
{
  YejiIssueActions *self = YEJI_ISSUE_ACTIONS (widget);
  g_autoptr (YejiDraft) draft = g_object_ref (self->draft);
  g_autoptr (GPtrArray) edits = yeji_offers_find_alike (draft,
                                                        g_variant_get_string (target, NULL));

  yeji_edits_take (draft, edits);
}

static void
on_keep (YejiIssueActions *self)
{
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));

  gtk_window_present (GTK_WINDOW (yeji_keep_dialog_new (window, self->draft, self->issue)));
}

static void
on_give_up (YejiIssueActions *self)
{
  g_autoptr (YejiIssue) issue = g_object_ref (self->issue);

  yeji_draft_keep (self->draft, issue, "");
}

static void
append_item (GMenu      *menu,
             const char *label,
             const char *action,
             const char *target)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, action, "s", target);
  g_menu_append_item (menu, item);
}

/* Made when it is opened: to count what is alike means to look through the whole record. */
static void
make_menu (GtkMenuButton *button,
           gpointer       data)
{
  YejiIssueActions *self = data;
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) others = g_menu_new ();
  g_autoptr (GMenu) all = g_menu_new ();
  g_autoptr (GPtrArray) alike = NULL;
  const YejiSuggestion *best;
  g_autofree char *label = NULL;

  if (!is_fresh (self))
    yeji_issue_actions_update (self);
  best = get_best (self);
  if (best == NULL)
    return;
  for (guint i = 0; i < self->offers->len; i++)
    {
      const YejiSuggestion *offer = g_ptr_array_index (self->offers, i);
      g_autofree char *text = describe_value (self, offer);

      append_item (others, text, "issue.take", offer->value);
    }
  g_menu_append_section (menu, yeji_suggest_describe (best->reason), G_MENU_MODEL (others));
  alike = yeji_offers_find_alike (self->draft, best->reason);
  if (alike->len > 1)
    {
      label = g_strdup_printf (ngettext ("Change %u Value Like This as Suggested",
                                         "Change All %u Values Like This as Suggested",
                                         alike->len), alike->len);
      append_item (all, label, "issue.take-alike", best->reason);
      g_menu_append_section (menu, NULL, G_MENU_MODEL (all));
    }
  gtk_menu_button_set_menu_model (button, G_MENU_MODEL (menu));
}

static void
yeji_issue_actions_dispose (GObject *object)
{
  YejiIssueActions *self = YEJI_ISSUE_ACTIONS (object);

  g_clear_handle_id (&self->pause, g_source_remove);
  g_clear_object (&self->issue);
  g_clear_object (&self->row);
  g_clear_object (&self->draft);
  G_OBJECT_CLASS (yeji_issue_actions_parent_class)->dispose (object);
}

static void
yeji_issue_actions_finalize (GObject *object)
{
  YejiIssueActions *self = YEJI_ISSUE_ACTIONS (object);

  g_clear_pointer (&self->offers, g_ptr_array_unref);
  g_free (self->text);
  G_OBJECT_CLASS (yeji_issue_actions_parent_class)->finalize (object);
}

static void
yeji_issue_actions_class_init (YejiIssueActionsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = yeji_issue_actions_dispose;
  G_OBJECT_CLASS (klass)->finalize = yeji_issue_actions_finalize;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/yeji/Yeji/ui/yeji-issue-actions.ui");
  gtk_widget_class_bind_template_child (widget_class, YejiIssueActions, take);
  gtk_widget_class_bind_template_child (widget_class, YejiIssueActions, take_label);
  gtk_widget_class_bind_template_child (widget_class, YejiIssueActions, keep);
  gtk_widget_class_bind_template_child (widget_class, YejiIssueActions, give_up);
  gtk_widget_class_bind_template_child (widget_class, YejiIssueActions, more);
  gtk_widget_class_bind_template_callback (widget_class, on_take);
  gtk_widget_class_bind_template_callback (widget_class, on_keep);
  gtk_widget_class_bind_template_callback (widget_class, on_give_up);
  gtk_widget_class_install_action (widget_class, "issue.take", "s", on_take_other);
  gtk_widget_class_install_action (widget_class, "issue.take-alike", "s", on_take_alike);

  signals[CHANGED] = g_signal_new ("changed", YEJI_TYPE_ISSUE_ACTIONS, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
yeji_issue_actions_init (YejiIssueActions *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  yeji_a11y_set_name (self->more, _("More suggestions"));
  gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (self->more), make_menu, self, NULL);
}

/**
 * yeji_issue_actions_set_place:
 * @row: (nullable): %NULL for what speaks of no field
 * @field: (nullable): as @row
 *
 * Says what it is for. Once only.
 */
void
yeji_issue_actions_set_place (YejiIssueActions   *self,
                              YejiDraft          *draft,
                              YejiRow            *row,
                              const YejiFieldDef *field)
{
  g_return_if_fail (YEJI_IS_ISSUE_ACTIONS (self));
  g_return_if_fail (self->draft == NULL);

  self->draft = g_object_ref (draft);
  if (row != NULL && field != NULL)
    self->row = g_object_ref (row);
  self->field = self->row != NULL ? field : NULL;
  if (self->field != NULL)
    g_signal_connect_object (draft, "value-changed", G_CALLBACK (on_value_changed), self, 0);
  g_signal_connect_object (draft, "entry-changed", G_CALLBACK (update_unless_typing), self,
                           G_CONNECT_SWAPPED);
}

/**
 * yeji_issue_actions_set_issue:
 * @issue: (nullable): what may be kept with a reason
 *
 * Says what is wrong now. While somebody types, the suggestions wait for the pause all the same.
 */
void
yeji_issue_actions_set_issue (YejiIssueActions *self,
                              YejiIssue        *issue)
{
  g_return_if_fail (YEJI_IS_ISSUE_ACTIONS (self));

  g_set_object (&self->issue, issue);
  if (self->draft != NULL)
    update_unless_typing (self);
}

/**
 * yeji_issue_actions_update:
 *
 * Shows what can be done now, without waiting for a pause.
 */
void
yeji_issue_actions_update (YejiIssueActions *self)
{
  g_return_if_fail (YEJI_IS_ISSUE_ACTIONS (self));

  g_clear_handle_id (&self->pause, g_source_remove);
  g_clear_pointer (&self->offers, g_ptr_array_unref);
  g_clear_pointer (&self->text, g_free);
  if (self->draft == NULL)
    return;
  if (self->field != NULL)
    {
      self->text = g_strdup (yeji_row_get (self->row, self->field));
      self->offers = yeji_offers_get (self->draft, self->row, self->field);
    }
  show_best (self);
  show_keep (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

/**
 * yeji_issue_actions_take:
 *
 * Takes the best suggestion for what the field holds now, shown or not yet.
 *
 * Returns: whether there was one
 */
gboolean
yeji_issue_actions_take (YejiIssueActions *self)
{
  g_return_val_if_fail (YEJI_IS_ISSUE_ACTIONS (self), FALSE);

  if (self->field == NULL)
    return FALSE;
  if (!is_fresh (self))
    {
      yeji_draft_validate (self->draft);
      yeji_issue_actions_update (self);
    }
  if (get_best (self) == NULL)
    return FALSE;
  take_value (self, get_best (self)->value);
  return TRUE;
}

/**
 * yeji_issue_actions_get_suggestion:
 *
 * Returns: (nullable): the value that is offered first
 */
const char *
yeji_issue_actions_get_suggestion (YejiIssueActions *self)
{
  const YejiSuggestion *best = get_best (self);

  return best != NULL ? best->value : NULL;
}

/**
 * yeji_issue_actions_describe:
 *
 * Returns: (transfer full) (nullable): what the first button would do, and with which key
 */
char *
yeji_issue_actions_describe (YejiIssueActions *self)
{
  if (get_best (self) == NULL)
    return NULL;
  /* Translators: what a suggestion does, such as “Change to 2016-03-30” */
  return g_strdup_printf (_("%s: Alt+Enter"), gtk_label_get_text (self->take_label));
}
