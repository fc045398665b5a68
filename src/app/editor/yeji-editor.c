// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-editor"

#include "config.h"

#include "yeji-editor.h"

#include <glib/gi18n.h>

#include "yeji-aside-page.h"
#include "yeji-copy-bar.h"
#include "yeji-documents-pane.h"
#include "yeji-editor-head.h"
#include "yeji-issue-list.h"
#include "yeji-issue-walk.h"
#include "yeji-issues.h"
#include "yeji-messages.h"
#include "yeji-points-page.h"
#include "yeji-places-bar.h"
#include "yeji-section-list.h"
#include "yeji-settings.h"
#include "yeji-preview-dock.h"
#include "yeji-section-page.h"

/* The page of what has no table; no table has this id. */
#define ASIDE_PAGE "/aside"

struct _YejiEditor
{
  AdwBin parent_instance;

  YejiEditorHead *head;
  YejiSectionList *sections;
  GtkStack *pages;
  AdwFlap *flap;
  AdwViewStack *pane;
  AdwViewStackPage *problems_page;
  AdwViewStackPage *documents_page;
  AdwViewStackPage *points_page;
  YejiIssueList *problems;
  YejiDocumentsPane *documents;
  YejiPointsPage *points;
  YejiHistoryPage *history;
  GtkWidget *grade_box;
  YejiGradeBar *grade_bar;
  YejiCopyBar *copy_bar;
  YejiPlacesBar *places_bar;

  YejiDraft *draft;            /* (nullable) */
  GSignalGroup *draft_signals;
  YejiIssueWalk walk;
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

static void
update_entry (YejiEditor *self)
{
  YejiEntry *entry = yeji_draft_get_entry (self->draft);

  adw_view_stack_page_set_visible (self->problems_page, yeji_entry_is_editable (entry));
  if (yeji_entry_is_editable (entry))
    gtk_widget_remove_css_class (GTK_WIDGET (self), "locked");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self), "locked");
  adw_view_stack_page_set_badge_number (self->documents_page,
                                        yeji_draft_get_attachments (self->draft)->len);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ROLE]);
}

/* What is left to do of what the reviewer said. */
static void
update_points (YejiEditor *self)
{
  guint n = yeji_points_page_get_n_open (self->points);

  adw_view_stack_page_set_badge_number (self->points_page, n);
  adw_view_stack_page_set_needs_attention (self->points_page, n > 0);
}

static void
update_issues (YejiEditor *self)
{
  guint errors = yeji_draft_count_issues (self->draft, NULL, NULL, YEJI_SEVERITY_ERROR);
  guint n = yeji_issues_count_open (yeji_draft_get_issues (self->draft));

  adw_view_stack_page_set_badge_number (self->problems_page, n);
  adw_view_stack_page_set_needs_attention (self->problems_page, errors > 0);
}

static void
clear_pages (YejiEditor *self)
{
  GtkWidget *page;

  while ((page = gtk_widget_get_first_child (GTK_WIDGET (self->pages))) != NULL)
    gtk_stack_remove (self->pages, page);
}

static void
on_section_selected (YejiEditor         *self,
                     const YejiTableDef *table)
{
  yeji_issue_list_set_section (self->problems, table);
  gtk_stack_set_visible_child (self->pages, table != NULL ? GTK_WIDGET (get_page (self, table))
                                                          : get_aside_page (self));
}

/* Every row is another object now, so every form is made anew. */
static void
on_replaced (YejiEditor *self)
{
  const YejiTableDef *table;

  clear_pages (self);
  if (yeji_section_list_get_selected (self->sections, &table))
    on_section_selected (self, table);
  update_issues (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ROLE]);
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

/* A document that fills the window has all of it but for the header bar. */
static void
on_full (YejiEditor      *self,
         GParamSpec      *pspec,
         YejiPreviewDock *dock)
{
  gboolean full = yeji_preview_dock_is_full (dock);

  gtk_widget_set_visible (self->grade_box, !full);
  yeji_editor_head_set_bars_shown (self->head, !full);
}

static void
yeji_editor_dispose (GObject *object)
{
  YejiEditor *self = YEJI_EDITOR (object);

  g_clear_object (&self->draft_signals);
  yeji_issue_walk_clear (&self->walk);
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
  g_type_ensure (YEJI_TYPE_EDITOR_HEAD);
  g_type_ensure (YEJI_TYPE_COPY_BAR);
  g_type_ensure (YEJI_TYPE_PLACES_BAR);
  g_type_ensure (YEJI_TYPE_GRADE_BAR);
  g_type_ensure (YEJI_TYPE_HISTORY_PAGE);
  g_type_ensure (YEJI_TYPE_ISSUE_LIST);
  g_type_ensure (YEJI_TYPE_DOCUMENTS_PANE);
  g_type_ensure (YEJI_TYPE_PREVIEW_DOCK);
  g_type_ensure (YEJI_TYPE_POINTS_PAGE);
  g_type_ensure (YEJI_TYPE_SECTION_LIST);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/yeji/Yeji/ui/yeji-editor.ui");
  gtk_widget_class_bind_template_child (widget_class, YejiEditor, head);
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
  gtk_widget_class_bind_template_child (widget_class, YejiEditor, grade_box);
  gtk_widget_class_bind_template_child (widget_class, YejiEditor, grade_bar);
  gtk_widget_class_bind_template_child (widget_class, YejiEditor, copy_bar);
  gtk_widget_class_bind_template_child (widget_class, YejiEditor, places_bar);
  gtk_widget_class_bind_template_callback (widget_class, on_section_selected);
  gtk_widget_class_bind_template_callback (widget_class, on_issue_chosen);
  gtk_widget_class_bind_template_callback (widget_class, on_place_chosen);
  gtk_widget_class_bind_template_callback (widget_class, update_points);
  gtk_widget_class_bind_template_callback (widget_class, on_full);

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
  adw_flap_set_reveal_flap (self->flap, yeji_settings_get_boolean ("pane-shown", TRUE));
  yeji_places_bar_attach (self->places_bar, GTK_WIDGET (self));
  yeji_issue_list_set_name (self->problems, _("Problems"));
  self->draft_signals = g_signal_group_new (YEJI_TYPE_DRAFT);
  g_signal_group_connect_swapped (self->draft_signals, "issues-changed",
                                  G_CALLBACK (update_issues), self);
  g_signal_group_connect_swapped (self->draft_signals, "entry-changed", G_CALLBACK (update_entry),
                                  self);
  g_signal_group_connect_swapped (self->draft_signals, "replaced", G_CALLBACK (on_replaced), self);
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
  yeji_issue_walk_clear (&self->walk);
  yeji_editor_head_set_draft (self->head, draft);
  yeji_section_list_set_draft (self->sections, draft);
  yeji_points_page_set_draft (self->points, draft);
  yeji_grade_bar_set_draft (self->grade_bar, draft);
  yeji_copy_bar_set_draft (self->copy_bar, draft);
  yeji_places_bar_set_draft (self->places_bar, draft);
  yeji_history_page_set_draft (self->history, draft);
  if (draft == NULL)
    {
      yeji_issue_list_set_model (self->problems, NULL, NULL);
      return;
    }
  yeji_issue_list_set_model (self->problems, yeji_draft_get_issues (draft), draft);
  yeji_documents_pane_set_draft (self->documents, draft);
  update_issues (self);
  update_points (self);
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
  g_return_if_fail (YEJI_IS_EDITOR (self));

  yeji_section_list_select (self->sections, table);
}

/**
 * yeji_editor_step_section:
 * @step: how many sections to go on, negative goes back
 */
void
yeji_editor_step_section (YejiEditor *self,
                          int         step)
{
  const YejiTableDef *table;

  g_return_if_fail (YEJI_IS_EDITOR (self));

  if (yeji_section_list_step (self->sections, step)
      && yeji_section_list_get_selected (self->sections, &table) && table != NULL)
    yeji_section_page_show (get_page (self, table), NULL, NULL);
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
  g_return_val_if_fail (YEJI_IS_EDITOR (self), FALSE);

  return yeji_section_list_select (self->sections, NULL);
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

  yeji_issue_walk_remember (&self->walk, yeji_draft_get_issues (self->draft), issue);
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
  g_autoptr (YejiIssue) issue = NULL;

  g_return_if_fail (YEJI_IS_EDITOR (self));

  if (self->draft != NULL)
    issue = yeji_issue_walk_step (&self->walk, yeji_draft_get_issues (self->draft), step);
  if (issue != NULL)
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
 * yeji_editor_show_documents:
 * @slot: the id of a slot
 *
 * Shows the documents, and gives the focus to those of a slot.
 */
void
yeji_editor_show_documents (YejiEditor *self,
                            const char *slot)
{
  g_return_if_fail (YEJI_IS_EDITOR (self));

  yeji_editor_show_pane (self, "documents");
  yeji_documents_pane_show_slot (self->documents, slot);
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
  yeji_settings_set_boolean ("pane-shown", adw_flap_get_reveal_flap (self->flap));
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
