// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-editor"

#include "config.h"

#include "yeji-editor.h"

#include <glib/gi18n.h>

#include "yeji-a11y.h"
#include "yeji-aside-page.h"
#include "yeji-documents-pane.h"
#include "yeji-issue-list.h"
#include "yeji-issues.h"
#include "yeji-messages.h"
#include "yeji-section-page.h"
#include "yeji-section-row.h"

/* The page of what has no table; no table has this id. */
#define ASIDE_PAGE "/aside"

struct _YejiEditor
{
  AdwBin parent_instance;

  AdwWindowTitle *title;
  GtkLabel *state;
  GtkWidget *submit;
  GtkMenuButton *menu_button;
  GMenu *role_menu;
  GtkWidget *pane_button;
  GtkRevealer *info_revealer;
  GtkLabel *info_grade;
  GtkLabel *info;
  GtkListBox *sections;
  GtkStack *pages;
  AdwFlap *flap;
  AdwViewStack *pane;
  AdwViewStackPage *problems_page;
  AdwViewStackPage *documents_page;
  AdwViewStackPage *points_page;
  YejiIssueList *problems;
  YejiDocumentsPane *documents;
  YejiIssueList *points;
  YejiHistoryPage *history;
  YejiGradeBar *grade_bar;

  YejiDraft *draft;            /* (nullable) */
  GSignalGroup *draft_signals;
  GSignalGroup *record_signals;
  YejiIssue *issue;            /* (nullable): the one that was gone to last */
  guint position;              /* where it was in the list */
};

enum
{
  PROP_0,
  PROP_ROLE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

enum
{
  REMOVED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (YejiEditor, yeji_editor, ADW_TYPE_BIN)

static GtkListBoxRow *
find_section (YejiEditor         *self,
              const YejiTableDef *table)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->sections, i)) != NULL; i++)
    if (yeji_section_row_get_table (row) == table)
      return row;
  return NULL;
}

static void
on_page_removed (YejiSectionPage *page,
                 YejiRow         *row,
                 guint            index,
                 YejiEditor      *self)
{
  g_signal_emit (self, signals[REMOVED], 0, row, index);
}

static void
on_page_next (YejiSectionPage *page,
              YejiEditor      *self)
{
  yeji_editor_step_section (self, 1);
}

/* The form of a section is made when it is shown first: a record has 230 fields. */
static YejiSectionPage *
get_page (YejiEditor         *self,
          const YejiTableDef *table)
{
  GtkWidget *page = gtk_stack_get_child_by_name (self->pages, table->id);
  GPtrArray *tables = yeji_dictionary_get_tables (yeji_draft_get_dictionary (self->draft));
  const YejiTableDef *next = table->index + 1 < tables->len
                               ? g_ptr_array_index (tables, table->index + 1) : NULL;

  if (page != NULL)
    return YEJI_SECTION_PAGE (page);
  page = yeji_section_page_new (self->draft, table);
  yeji_section_page_set_next (YEJI_SECTION_PAGE (page),
                              next != NULL ? yeji_label (&next->label) : NULL);
  g_signal_connect_object (page, "removed", G_CALLBACK (on_page_removed), self, 0);
  g_signal_connect_object (page, "next", G_CALLBACK (on_page_next), self, 0);
  gtk_stack_add_named (self->pages, page, table->id);
  return YEJI_SECTION_PAGE (page);
}

static GtkWidget *
get_aside_page (YejiEditor *self)
{
  GtkWidget *page = gtk_stack_get_child_by_name (self->pages, ASIDE_PAGE);

  if (page != NULL)
    return page;
  page = yeji_aside_page_new (self->draft);
  gtk_stack_add_named (self->pages, page, ASIDE_PAGE);
  return page;
}

/* One section more while the draft holds what the dictionary has no place for. */
static void
update_aside (YejiEditor *self)
{
  guint n = yeji_record_get_aside (yeji_draft_get_record (self->draft))->len;
  GtkListBoxRow *row = find_section (self, NULL);

  if (n > 0 && row == NULL)
    {
      row = GTK_LIST_BOX_ROW (yeji_section_row_new (NULL));
      gtk_list_box_append (self->sections, GTK_WIDGET (row));
    }
  else if (n == 0 && row != NULL)
    {
      if (gtk_list_box_row_is_selected (row))
        gtk_list_box_select_row (self->sections, gtk_list_box_get_row_at_index (self->sections, 0));
      gtk_list_box_remove (self->sections, GTK_WIDGET (row));
      return;
    }
  if (row != NULL)
    yeji_section_row_update (row, self->draft);
}

static void
update_sections (YejiEditor *self)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->sections, i)) != NULL; i++)
    yeji_section_row_update (row, self->draft);
}

static void
update_title (YejiEditor *self)
{
  const char *title = yeji_draft_get_title (self->draft);
  const char *role = yeji_role_get_label (yeji_draft_get_dictionary (self->draft),
                                          yeji_record_get_role (yeji_draft_get_record (self->draft)));

  adw_window_title_set_title (self->title, title != NULL ? title : _("New record"));
  adw_window_title_set_subtitle (self->title, role);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ROLE]);
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
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
set_info_style (YejiEditor *self,
                const char *style)
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
update_entry (YejiEditor *self)
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
  gtk_label_set_text (self->info, text);
  gtk_revealer_set_reveal_child (self->info_revealer, *text != '\0' || grade_text != NULL);
  gtk_widget_set_visible (self->submit, yeji_entry_is_editable (entry)
                                          && (state != YEJI_STATE_QUEUED
                                              || yeji_entry_get_edited_since (entry)));
  adw_view_stack_page_set_visible (self->problems_page, yeji_entry_is_editable (entry));
  if (yeji_entry_is_editable (entry))
    gtk_widget_remove_css_class (GTK_WIDGET (self), "locked");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self), "locked");
  yeji_issue_list_set_head (self->points, yeji_entry_get_message (entry));
  adw_view_stack_page_set_badge_number (self->documents_page,
                                        yeji_draft_get_attachments (self->draft)->len);
  update_title (self);
}

static void
update_issues (YejiEditor *self)
{
  guint errors = yeji_draft_count_issues (self->draft, NULL, NULL, YEJI_SEVERITY_ERROR);
  guint n = yeji_issues_count_open (yeji_draft_get_issues (self->draft));
  guint points = g_list_model_get_n_items (yeji_draft_get_points (self->draft));

  adw_view_stack_page_set_badge_number (self->problems_page, n);
  adw_view_stack_page_set_needs_attention (self->problems_page, errors > 0);
  adw_view_stack_page_set_badge_number (self->points_page, points);
  adw_view_stack_page_set_needs_attention (self->points_page, points > 0);
  update_sections (self);
}

static void
on_value_changed (YejiEditor *self,
                  YejiRow    *row)
{
  if (row == yeji_record_get_project (yeji_draft_get_record (self->draft)))
    update_title (self);
}

static void
clear_pages (YejiEditor *self)
{
  GtkWidget *page;

  while ((page = gtk_widget_get_first_child (GTK_WIDGET (self->pages))) != NULL)
    gtk_stack_remove (self->pages, page);
}

/* The pages of the editor; that of a table, or of what is kept aside. */
static GtkWidget *
get_row_page (YejiEditor    *self,
              GtkListBoxRow *row)
{
  const YejiTableDef *table = yeji_section_row_get_table (row);

  return table != NULL ? GTK_WIDGET (get_page (self, table)) : get_aside_page (self);
}

/* Every row is another object now, so every form is made anew. */
static void
on_replaced (YejiEditor *self)
{
  GtkListBoxRow *row;

  clear_pages (self);
  g_signal_group_set_target (self->record_signals, yeji_draft_get_record (self->draft));
  update_aside (self);
  row = gtk_list_box_get_selected_row (self->sections);
  if (row != NULL)
    yeji_editor_show_section (self, yeji_section_row_get_table (row));
  update_issues (self);
  update_title (self);
}

static void
on_section_selected (YejiEditor    *self,
                     GtkListBoxRow *row)
{
  if (row != NULL && self->draft != NULL)
    gtk_stack_set_visible_child (self->pages, get_row_page (self, row));
}

static void
on_issue_chosen (YejiEditor *self,
                 YejiIssue  *issue)
{
  yeji_editor_show_issue (self, issue);
}

static void
on_place_chosen (YejiEditor *self,
                 const char *table,
                 const char *row,
                 const char *field)
{
  yeji_editor_show_place (self, table, row, field);
}

static void
make_sections (YejiEditor *self)
{
  GPtrArray *tables = yeji_dictionary_get_tables (yeji_draft_get_dictionary (self->draft));
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->sections))) != NULL)
    gtk_list_box_remove (self->sections, row);
  for (guint i = 0; i < tables->len; i++)
    gtk_list_box_append (self->sections, yeji_section_row_new (g_ptr_array_index (tables, i)));
  update_aside (self);
}

static void
make_role_menu (YejiEditor *self)
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
yeji_editor_get_property (GObject    *object,
                          guint       id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  YejiEditor *self = YEJI_EDITOR (object);
  const char *role = self->draft != NULL
                       ? yeji_record_get_role (yeji_draft_get_record (self->draft)) : NULL;

  if (id == PROP_ROLE)
    g_value_set_string (value, role != NULL ? role : "");
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
yeji_editor_set_property (GObject      *object,
                          guint         id,
                          const GValue *value,
                          GParamSpec   *pspec)
{
  YejiEditor *self = YEJI_EDITOR (object);

  if (id != PROP_ROLE)
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  else if (self->draft != NULL && yeji_draft_is_editable (self->draft))
    yeji_draft_set_role (self->draft, g_value_get_string (value));
}

static void
yeji_editor_dispose (GObject *object)
{
  YejiEditor *self = YEJI_EDITOR (object);

  g_clear_object (&self->draft_signals);
  g_clear_object (&self->record_signals);
  g_clear_object (&self->issue);
  g_clear_object (&self->draft);
  G_OBJECT_CLASS (yeji_editor_parent_class)->dispose (object);
}

static void
yeji_editor_class_init (YejiEditorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->get_property = yeji_editor_get_property;
  G_OBJECT_CLASS (klass)->set_property = yeji_editor_set_property;
  G_OBJECT_CLASS (klass)->dispose = yeji_editor_dispose;
  g_type_ensure (YEJI_TYPE_GRADE_BAR);
  g_type_ensure (YEJI_TYPE_HISTORY_PAGE);
  g_type_ensure (YEJI_TYPE_ISSUE_LIST);
  g_type_ensure (YEJI_TYPE_DOCUMENTS_PANE);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/yeji/Yeji/ui/yeji-editor.ui");
  gtk_widget_class_bind_template_child (widget_class, YejiEditor, title);
  gtk_widget_class_bind_template_child (widget_class, YejiEditor, state);
  gtk_widget_class_bind_template_child (widget_class, YejiEditor, submit);
  gtk_widget_class_bind_template_child (widget_class, YejiEditor, menu_button);
  gtk_widget_class_bind_template_child (widget_class, YejiEditor, role_menu);
  gtk_widget_class_bind_template_child (widget_class, YejiEditor, pane_button);
  gtk_widget_class_bind_template_child (widget_class, YejiEditor, info_revealer);
  gtk_widget_class_bind_template_child (widget_class, YejiEditor, info_grade);
  gtk_widget_class_bind_template_child (widget_class, YejiEditor, info);
  gtk_widget_class_bind_template_child (widget_class, YejiEditor, sections);
  gtk_widget_class_bind_template_child (widget_class, YejiEditor, pages);
  gtk_widget_class_bind_template_child (widget_class, YejiEditor, flap);
  gtk_widget_class_bind_template_child (widget_class, YejiEditor, pane);
  gtk_widget_class_bind_template_child (widget_class, YejiEditor, problems_page);
  gtk_widget_class_bind_template_child (widget_class, YejiEditor, documents_page);
  gtk_widget_class_bind_template_child (widget_class, YejiEditor, points_page);
  gtk_widget_class_bind_template_child (widget_class, YejiEditor, problems);
  gtk_widget_class_bind_template_child (widget_class, YejiEditor, documents);
  gtk_widget_class_bind_template_child (widget_class, YejiEditor, points);
  gtk_widget_class_bind_template_child (widget_class, YejiEditor, history);
  gtk_widget_class_bind_template_child (widget_class, YejiEditor, grade_bar);
  gtk_widget_class_bind_template_callback (widget_class, on_section_selected);
  gtk_widget_class_bind_template_callback (widget_class, on_issue_chosen);
  gtk_widget_class_bind_template_callback (widget_class, on_place_chosen);

  properties[PROP_ROLE] = g_param_spec_string ("role", NULL, NULL, "",
                                               G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY
                                               | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (G_OBJECT_CLASS (klass), N_PROPS, properties);
  gtk_widget_class_install_property_action (widget_class, "record.role", "role");

  signals[REMOVED] = g_signal_new ("removed", YEJI_TYPE_EDITOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 2, YEJI_TYPE_ROW, G_TYPE_UINT);
}

static void
yeji_editor_init (YejiEditor *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  yeji_a11y_set_name (GTK_WIDGET (self->menu_button), _("Record menu"));
  yeji_a11y_set_name (self->pane_button, _("Side pane"));
  yeji_a11y_set_name (GTK_WIDGET (self->sections), _("Sections"));
  yeji_issue_list_set_name (self->problems, _("Problems"));
  yeji_issue_list_set_empty (self->problems, "emblem-ok-symbolic", _("No Problems"),
                             _("By the self-check this record can be submitted. The province decides."));
  yeji_issue_list_set_name (self->points, _("Reviewer"));
  yeji_issue_list_set_empty (self->points, "avatar-default-symbolic", _("No Remarks"),
                             _("What a reviewer says of a field is listed here."));
  self->draft_signals = g_signal_group_new (YEJI_TYPE_DRAFT);
  g_signal_group_connect_swapped (self->draft_signals, "value-changed",
                                  G_CALLBACK (on_value_changed), self);
  g_signal_group_connect_swapped (self->draft_signals, "rows-changed",
                                  G_CALLBACK (update_sections), self);
  g_signal_group_connect_swapped (self->draft_signals, "issues-changed",
                                  G_CALLBACK (update_issues), self);
  g_signal_group_connect_swapped (self->draft_signals, "entry-changed", G_CALLBACK (update_entry),
                                  self);
  g_signal_group_connect_swapped (self->draft_signals, "replaced", G_CALLBACK (on_replaced), self);
  self->record_signals = g_signal_group_new (YEJI_TYPE_RECORD);
  g_signal_group_connect_swapped (self->record_signals, "notes-changed", G_CALLBACK (update_aside),
                                  self);
}

/**
 * yeji_editor_new:
 *
 * Returns: (transfer floating): an editor without a draft
 */
GtkWidget *
yeji_editor_new (void)
{
  return g_object_new (YEJI_TYPE_EDITOR, NULL);
}

/**
 * yeji_editor_set_draft:
 * @draft: (nullable): %NULL lets go of the one before
 *
 * Shows a draft from its first section on.
 */
void
yeji_editor_set_draft (YejiEditor *self,
                       YejiDraft  *draft)
{
  g_return_if_fail (YEJI_IS_EDITOR (self));

  if (!g_set_object (&self->draft, draft))
    return;
  clear_pages (self);
  g_signal_group_set_target (self->draft_signals, draft);
  g_signal_group_set_target (self->record_signals,
                             draft != NULL ? yeji_draft_get_record (draft) : NULL);
  g_clear_object (&self->issue);
  yeji_grade_bar_set_draft (self->grade_bar, draft);
  yeji_history_page_set_draft (self->history, draft);
  if (draft == NULL)
    {
      yeji_issue_list_set_model (self->problems, NULL, NULL);
      yeji_issue_list_set_model (self->points, NULL, NULL);
      return;
    }
  make_sections (self);
  make_role_menu (self);
  yeji_issue_list_set_model (self->problems, yeji_draft_get_issues (draft), draft);
  yeji_issue_list_set_model (self->points, yeji_draft_get_points (draft), NULL);
  yeji_documents_pane_set_draft (self->documents, draft);
  update_issues (self);
  update_entry (self);
  yeji_editor_show_section (self, yeji_dictionary_get_root (yeji_draft_get_dictionary (draft)));
  if (g_list_model_get_n_items (yeji_draft_get_points (draft)) > 0)
    yeji_editor_show_pane (self, "points");
  else
    yeji_editor_show_pane (self, yeji_draft_is_editable (draft) ? "problems" : "documents");
}

/**
 * yeji_editor_get_draft:
 *
 * Returns: (nullable) (transfer none): the draft on screen
 */
YejiDraft *
yeji_editor_get_draft (YejiEditor *self)
{
  return self->draft;
}

/**
 * yeji_editor_show_section:
 *
 * Shows the form of a table.
 */
void
yeji_editor_show_section (YejiEditor         *self,
                          const YejiTableDef *table)
{
  GtkListBoxRow *row;

  g_return_if_fail (YEJI_IS_EDITOR (self));

  row = find_section (self, table);
  if (row == NULL)
    return;
  gtk_list_box_select_row (self->sections, row);
  on_section_selected (self, row);
}

/**
 * yeji_editor_step_section:
 * @step: how many sections to go on, negative goes back
 */
void
yeji_editor_step_section (YejiEditor *self,
                          int         step)
{
  GtkListBoxRow *row;

  g_return_if_fail (YEJI_IS_EDITOR (self));

  row = gtk_list_box_get_selected_row (self->sections);
  if (row != NULL)
    row = gtk_list_box_get_row_at_index (self->sections, gtk_list_box_row_get_index (row) + step);
  if (row == NULL)
    return;
  gtk_list_box_select_row (self->sections, row);
  if (yeji_section_row_get_table (row) != NULL)
    yeji_section_page_show (get_page (self, yeji_section_row_get_table (row)), NULL, NULL);
}

/**
 * yeji_editor_show_place:
 * @table: a table's id
 * @row: a row's id, "" for none
 * @field: a field's id, "" for none
 *
 * Goes to a place, or as near to it as there is something.
 *
 * Returns: whether there is that place
 */
gboolean
yeji_editor_show_place (YejiEditor *self,
                        const char *table,
                        const char *row,
                        const char *field)
{
  const YejiTableDef *def;
  const YejiFieldDef *place;
  YejiRecord *record;
  YejiRow *here = NULL;

  g_return_val_if_fail (YEJI_IS_EDITOR (self) && self->draft != NULL, FALSE);

  record = yeji_draft_get_record (self->draft);
  def = yeji_dictionary_find_table (yeji_draft_get_dictionary (self->draft), table);
  if (def == NULL)
    return FALSE;
  place = yeji_table_def_find_field (def, field);
  if (def->index == 0)
    here = yeji_record_get_project (record);
  else if (*row != '\0')
    here = yeji_record_find_row (record, def, row, NULL);
  else if (yeji_record_get_n_rows (record, def) > 0)
    here = yeji_record_get_row (record, def, 0);
  yeji_editor_show_section (self, def);
  yeji_section_page_show (get_page (self, def), def->index != 0 ? here : NULL, place);
  return here != NULL && (place != NULL || *field == '\0');
}

/**
 * yeji_editor_show_aside:
 *
 * Goes to what the draft holds that its dictionary has no place for.
 *
 * Returns: whether there is any
 */
gboolean
yeji_editor_show_aside (YejiEditor *self)
{
  GtkListBoxRow *row;

  g_return_val_if_fail (YEJI_IS_EDITOR (self), FALSE);

  row = find_section (self, NULL);
  if (row == NULL)
    return FALSE;
  gtk_list_box_select_row (self->sections, row);
  on_section_selected (self, row);
  return TRUE;
}

/* Whether the problem that was gone to last is still there: the same words, or other words of the
 * same place. */
static gboolean
find_last_issue (YejiEditor *self,
                 guint      *position)
{
  GListModel *issues = yeji_draft_get_issues (self->draft);
  guint n = g_list_model_get_n_items (issues);
  g_autoptr (YejiIssue) there = NULL;

  if (self->issue == NULL)
    return FALSE;
  for (*position = 0; *position < n; (*position)++)
    {
      g_autoptr (YejiIssue) issue = g_list_model_get_item (issues, *position);

      if (yeji_issue_equal (issue, self->issue))
        return TRUE;
    }
  *position = self->position;
  there = g_list_model_get_item (issues, self->position);
  return there != NULL
         && g_str_equal (yeji_issue_get_pointer (there), yeji_issue_get_pointer (self->issue));
}

static void
remember_issue (YejiEditor *self,
                YejiIssue  *issue)
{
  GListModel *issues = yeji_draft_get_issues (self->draft);
  guint n = g_list_model_get_n_items (issues);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (YejiIssue) other = g_list_model_get_item (issues, i);

      if (!yeji_issue_equal (issue, other))
        continue;
      g_set_object (&self->issue, issue);
      self->position = i;
      return;
    }
}

/**
 * yeji_editor_show_issue:
 *
 * Goes to the place that an issue speaks of.
 *
 * Returns: whether there is such a place
 */
gboolean
yeji_editor_show_issue (YejiEditor *self,
                        YejiIssue  *issue)
{
  const YejiTableDef *table = yeji_issue_get_table (issue);

  g_return_val_if_fail (YEJI_IS_EDITOR (self), FALSE);

  remember_issue (self, issue);
  yeji_draft_insist (self->draft);
  if (yeji_issue_get_slot (issue) != NULL)
    {
      yeji_editor_show_pane (self, "documents");
      yeji_documents_pane_show_slot (self->documents, yeji_issue_get_slot (issue));
      return TRUE;
    }
  if (table == NULL)
    table = yeji_dictionary_get_root (yeji_draft_get_dictionary (self->draft));
  yeji_editor_show_section (self, table);
  return yeji_section_page_show (get_page (self, table), yeji_issue_get_row (issue),
                                 yeji_issue_get_field (issue));
}

/**
 * yeji_editor_step_issue:
 * @step: 1 goes to the next problem, -1 to the one before
 *
 * Goes from problem to problem, but not to those that are kept; after the last comes the first.
 */
void
yeji_editor_step_issue (YejiEditor *self,
                        int         step)
{
  GListModel *issues;
  g_autoptr (YejiIssue) issue = NULL;
  guint last = 0;
  int next;
  int n;

  g_return_if_fail (YEJI_IS_EDITOR (self));

  if (self->draft == NULL)
    return;
  issues = yeji_draft_get_issues (self->draft);
  n = (int) yeji_issues_count_open (issues);  /* those that are kept come after them */
  if (n == 0)
    return;
  if (find_last_issue (self, &last))
    next = (int) last + step;
  else if (self->issue == NULL)
    next = step > 0 ? 0 : -1;
  else
    next = (int) self->position - (step < 0 ? 1 : 0);   /* the one after it has moved up */
  issue = g_list_model_get_item (issues, (guint) ((next + n) % n));
  yeji_editor_show_issue (self, issue);
}

/**
 * yeji_editor_get_history:
 *
 * Returns: (transfer none): the history in the pane
 */
YejiHistoryPage *
yeji_editor_get_history (YejiEditor *self)
{
  return self->history;
}

/**
 * yeji_editor_show_pane:
 * @name: problems, documents, points or history
 */
void
yeji_editor_show_pane (YejiEditor *self,
                       const char *name)
{
  g_return_if_fail (YEJI_IS_EDITOR (self));

  adw_flap_set_reveal_flap (self->flap, TRUE);
  adw_view_stack_set_visible_child_name (self->pane, name);
}

/**
 * yeji_editor_show_grade:
 *
 * Shows what would become of the record, and why.
 */
void
yeji_editor_show_grade (YejiEditor *self)
{
  g_return_if_fail (YEJI_IS_EDITOR (self));

  yeji_grade_bar_open (self->grade_bar);
}

/**
 * yeji_editor_get_grade_bar:
 *
 * Returns: (transfer none): what says what would become of the record
 */
YejiGradeBar *
yeji_editor_get_grade_bar (YejiEditor *self)
{
  return self->grade_bar;
}

/**
 * yeji_editor_toggle_pane:
 *
 * Hides the pane at the side, or shows it again.
 */
void
yeji_editor_toggle_pane (YejiEditor *self)
{
  g_return_if_fail (YEJI_IS_EDITOR (self));

  adw_flap_set_reveal_flap (self->flap, !adw_flap_get_reveal_flap (self->flap));
}

/**
 * yeji_editor_focus_first:
 *
 * Gives the focus to the first field.
 */
void
yeji_editor_focus_first (YejiEditor *self)
{
  const YejiTableDef *root;

  g_return_if_fail (YEJI_IS_EDITOR (self));

  root = yeji_dictionary_get_root (yeji_draft_get_dictionary (self->draft));
  yeji_section_page_show (get_page (self, root), NULL, g_ptr_array_index (root->fields, 0));
}

/**
 * yeji_editor_add_row:
 *
 * Adds a row to the table on screen.
 */
void
yeji_editor_add_row (YejiEditor *self)
{
  GtkWidget *page;

  g_return_if_fail (YEJI_IS_EDITOR (self));

  page = gtk_stack_get_visible_child (self->pages);
  if (YEJI_IS_SECTION_PAGE (page))
    yeji_section_page_add (YEJI_SECTION_PAGE (page));
}

/**
 * yeji_editor_get_page:
 *
 * Returns: (transfer none): the form of a table, made if it was not yet
 */
GtkWidget *
yeji_editor_get_page (YejiEditor         *self,
                      const YejiTableDef *table)
{
  return GTK_WIDGET (get_page (self, table));
}
