// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-editor-head"

#include "config.h"

#include "yeji-editor-head.h"

#include <glib/gi18n.h>

#include "yeji-a11y.h"
#include "yeji-colleague-bar.h"
#include "yeji-conflict-bar.h"
#include "yeji-messages.h"
#include "yeji-national-words.h"
#include "yeji-receipt-words.h"
#include "yeji-text-limit.h"

struct _YejiEditorHead
{
  AdwBin parent_instance;

  AdwWindowTitle *title;
  GtkLabel *state;
  GtkWidget *submit;
  GtkMenuButton *menu_button;
  GMenu *role_menu;
  GtkWidget *pane_button;
  GtkWidget *bars;             /* below the header bar */
  GtkRevealer *info_revealer;
  GtkLabel *info_grade;
  GtkLabel *info;
  YejiConflictBar *conflicts;
  YejiColleagueBar *colleague;

  YejiDraft *draft;            /* (nullable) */
  char *receipt;               /* (nullable): of the last submission, in words */
  GSignalGroup *draft_signals;
};

enum
{
  PROP_0,
  PROP_PANE_SHOWN,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (YejiEditorHead, yeji_editor_head, ADW_TYPE_BIN)

static void
update_title (YejiEditorHead *self)
{
  const char *title = yeji_draft_get_title (self->draft);
  g_autofree char *line = yeji_text_limit_line (title != NULL ? title : _("New record"));
  const char *role = yeji_role_get_label (yeji_draft_get_dictionary (self->draft),
                                          yeji_record_get_role (yeji_draft_get_record (self->draft)));

  adw_window_title_set_title (self->title, line);
  adw_window_title_set_subtitle (self->title, role);
}

static char *
describe_decision (YejiEntry *entry)
{
  const char *office = yeji_entry_get_office (entry);
  const char *reviewer = yeji_entry_get_reviewer (entry);

  if (office == NULL)
    return NULL;
  if (reviewer == NULL)
    return g_strdup (office);
  /* Translators: the office that decided, and its reviewer */
  return g_strdup_printf (_("%s, %s"), office, reviewer);
}

static void
append_national (GString            *text,
                 const YejiNational *national)
{
  g_autofree char *words = national != NULL ? yeji_national_words (national) : NULL;

  if (words != NULL)
    g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", words);
}

/* What the state means, and under it who decided and with what words. */
static char *
describe_state (YejiEntry *entry)
{
  YejiState state = yeji_entry_get_state (entry);
  const char *help = yeji_state_get_help (state);
  const char *message = yeji_entry_get_message (entry);
  g_autofree char *decision = state != YEJI_STATE_SUBMITTED ? describe_decision (entry) : NULL;
  g_autoptr (GString) text = g_string_new (help);

  if (message != NULL && *message == '\0')
    message = NULL;
  if ((decision != NULL || message != NULL) && text->len > 0)
    g_string_append_c (text, '\n');
  if (decision != NULL && message != NULL)
    /* Translators: who decided, and what they wrote */
    g_string_append_printf (text, _("%s: %s"), decision, message);
  else if (decision != NULL || message != NULL)
    g_string_append (text, decision != NULL ? decision : message);
  append_national (text, yeji_entry_get_national (entry));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
set_info_style (YejiEditorHead *self,
                const char     *style)
{
  static const char *styles[] = { "draft", "ready", "queued", "submitted", "returned", "approved" };
  GtkWidget *widgets[] = {
    gtk_revealer_get_child (self->info_revealer), GTK_WIDGET (self->state)
  };

  for (guint i = 0; i < G_N_ELEMENTS (widgets); i++)
    {
      for (guint j = 0; j < G_N_ELEMENTS (styles); j++)
        gtk_widget_remove_css_class (widgets[i], styles[j]);
      gtk_widget_add_css_class (widgets[i], style);
    }
}

static void
show_entry (YejiEditorHead *self)
{
  YejiEntry *entry = yeji_draft_get_entry (self->draft);
  YejiState state = yeji_entry_get_state (entry);
  const char *grade = yeji_entry_get_grade (entry);
  g_autofree char *text = describe_state (entry);
  g_autofree char *grade_text = NULL;

  if (grade != NULL && (state == YEJI_STATE_APPROVED || state == YEJI_STATE_INCOMPLETE))
    grade_text = yeji_grade_to_text (yeji_draft_get_dictionary (self->draft), grade);
  gtk_label_set_text (self->state, yeji_state_get_label (state));
  set_info_style (self, yeji_state_get_style (state));
  gtk_label_set_text (self->info_grade, grade_text != NULL ? grade_text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->info_grade), grade_text != NULL);
  if (self->receipt != NULL)
    {
      char *longer = g_strdup_printf ("%s%s%s", text, *text != '\0' ? "\n" : "", self->receipt);

      g_free (text);
      text = longer;
    }
  gtk_label_set_text (self->info, text);
  gtk_revealer_set_reveal_child (self->info_revealer, *text != '\0' || grade_text != NULL);
  gtk_widget_set_visible (self->submit, yeji_entry_is_editable (entry)
                                          && (state != YEJI_STATE_QUEUED
                                              || yeji_entry_get_edited_since (entry)));
  update_title (self);
}

/* What is asked for, and of which draft. */
typedef struct
{
  YejiEditorHead *self;
  YejiDraft *draft;
} Asked;

static void
on_receipt (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autofree Asked *asked = data;
  g_autoptr (YejiEditorHead) self = asked->self;
  g_autoptr (YejiDraft) draft = asked->draft;
  g_autofree char *words = yeji_receipt_load_finish (result);

  if (self->draft != draft || g_strcmp0 (self->receipt, words) == 0)
    return;
  g_free (self->receipt);
  self->receipt = g_steal_pointer (&words);
  show_entry (self);
}

static void
update_entry (YejiEditorHead *self)
{
  Asked *asked;

  show_entry (self);
  if (yeji_entry_get_revision (yeji_draft_get_entry (self->draft)) == NULL)
    return;                    /* the province has never seen it */
  asked = g_new (Asked, 1);
  asked->self = g_object_ref (self);
  asked->draft = g_object_ref (self->draft);
  yeji_receipt_load_async (yeji_draft_get_store (self->draft), yeji_draft_get_uuid (self->draft),
                           on_receipt, asked);
}

static void
make_role_menu (YejiEditorHead *self)
{
  GPtrArray *roles = yeji_dictionary_get_roles (yeji_draft_get_dictionary (self->draft));

  g_menu_remove_all (self->role_menu);
  for (guint i = 0; i < roles->len; i++)
    {
      const YejiRole *role = g_ptr_array_index (roles, i);
      g_autoptr (GMenuItem) item = g_menu_item_new (yeji_label (&role->label), NULL);

      g_menu_item_set_action_and_target (item, "record.role", "s", role->id);
      g_menu_append_item (self->role_menu, item);
    }
}

static void
on_value_changed (YejiEditorHead *self,
                  YejiRow        *row)
{
  if (row == yeji_record_get_project (yeji_draft_get_record (self->draft)))
    update_title (self);
}

static void
yeji_editor_head_get_property (GObject    *object,
                               guint       id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  YejiEditorHead *self = YEJI_EDITOR_HEAD (object);

  if (id == PROP_PANE_SHOWN)
    g_value_set_boolean (value,
                         gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->pane_button)));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
yeji_editor_head_set_property (GObject      *object,
                               guint         id,
                               const GValue *value,
                               GParamSpec   *pspec)
{
  YejiEditorHead *self = YEJI_EDITOR_HEAD (object);

  if (id == PROP_PANE_SHOWN)
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->pane_button),
                                  g_value_get_boolean (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
on_pane_toggled (YejiEditorHead *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PANE_SHOWN]);
}

static void
yeji_editor_head_dispose (GObject *object)
{
  YejiEditorHead *self = YEJI_EDITOR_HEAD (object);

  g_clear_object (&self->draft_signals);
  g_clear_object (&self->draft);
  g_clear_pointer (&self->receipt, g_free);
  G_OBJECT_CLASS (yeji_editor_head_parent_class)->dispose (object);
}

static void
yeji_editor_head_class_init (YejiEditorHeadClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->get_property = yeji_editor_head_get_property;
  G_OBJECT_CLASS (klass)->set_property = yeji_editor_head_set_property;
  G_OBJECT_CLASS (klass)->dispose = yeji_editor_head_dispose;
  g_type_ensure (YEJI_TYPE_CONFLICT_BAR);
  g_type_ensure (YEJI_TYPE_COLLEAGUE_BAR);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/yeji/Yeji/ui/yeji-editor-head.ui");
  gtk_widget_class_bind_template_child (widget_class, YejiEditorHead, title);
  gtk_widget_class_bind_template_child (widget_class, YejiEditorHead, state);
  gtk_widget_class_bind_template_child (widget_class, YejiEditorHead, submit);
  gtk_widget_class_bind_template_child (widget_class, YejiEditorHead, menu_button);
  gtk_widget_class_bind_template_child (widget_class, YejiEditorHead, role_menu);
  gtk_widget_class_bind_template_child (widget_class, YejiEditorHead, pane_button);
  gtk_widget_class_bind_template_child (widget_class, YejiEditorHead, bars);
  gtk_widget_class_bind_template_child (widget_class, YejiEditorHead, info_revealer);
  gtk_widget_class_bind_template_child (widget_class, YejiEditorHead, info_grade);
  gtk_widget_class_bind_template_child (widget_class, YejiEditorHead, info);
  gtk_widget_class_bind_template_child (widget_class, YejiEditorHead, conflicts);
  gtk_widget_class_bind_template_child (widget_class, YejiEditorHead, colleague);
  gtk_widget_class_bind_template_callback (widget_class, on_pane_toggled);

  properties[PROP_PANE_SHOWN] = g_param_spec_boolean ("pane-shown", NULL, NULL, TRUE,
                                                      G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY
                                                      | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (G_OBJECT_CLASS (klass), N_PROPS, properties);
}

static void
yeji_editor_head_init (YejiEditorHead *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  yeji_a11y_set_name (GTK_WIDGET (self->menu_button), _("Record menu"));
  yeji_a11y_set_name (self->pane_button, _("Side pane"));
  /* libadwaita 1.2 names the arrow of a split button nothing */
  for (GtkWidget *child = gtk_widget_get_first_child (self->submit); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (GTK_IS_MENU_BUTTON (child))
      yeji_a11y_set_name (child, _("Other ways to submit"));
  self->draft_signals = g_signal_group_new (YEJI_TYPE_DRAFT);
  g_signal_group_connect_swapped (self->draft_signals, "value-changed",
                                  G_CALLBACK (on_value_changed), self);
  g_signal_group_connect_swapped (self->draft_signals, "entry-changed", G_CALLBACK (update_entry),
                                  self);
  g_signal_group_connect_swapped (self->draft_signals, "replaced", G_CALLBACK (update_title), self);
}

/**
 * yeji_editor_head_set_draft:
 * @draft: (nullable): %NULL lets go of the one before
 *
 * Says whose title, role and state are shown.
 */
void
yeji_editor_head_set_draft (YejiEditorHead *self,
                            YejiDraft      *draft)
{
  g_return_if_fail (YEJI_IS_EDITOR_HEAD (self));

  g_set_object (&self->draft, draft);
  g_clear_pointer (&self->receipt, g_free);
  g_signal_group_set_target (self->draft_signals, draft);
  yeji_conflict_bar_set_draft (self->conflicts, draft);
  yeji_colleague_bar_set_draft (self->colleague, draft);
  if (draft == NULL)
    return;
  make_role_menu (self);
  update_entry (self);
}

/**
 * yeji_editor_head_set_bars_shown:
 * @shown: %FALSE leaves the header bar alone: all the room is for something else
 *
 * Shows what the province said, and what else there is to say of the record.
 */
void
yeji_editor_head_set_bars_shown (YejiEditorHead *self,
                                 gboolean        shown)
{
  g_return_if_fail (YEJI_IS_EDITOR_HEAD (self));

  gtk_widget_set_visible (self->bars, shown);
}
