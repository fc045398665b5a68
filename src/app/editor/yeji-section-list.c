// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-section-list"

#include "config.h"

#include "yeji-section-list.h"

#include <glib/gi18n.h>

#include "yeji-a11y.h"
#include "yeji-point.h"
#include "yeji-section-row.h"
#include "yeji-tooltip.h"

/* After the check of what was typed, and before the same frame is laid out and drawn. */
#define UPDATE_PRIORITY (G_PRIORITY_HIGH_IDLE + 7)

struct _YejiSectionList
{
  AdwBin parent_instance;

  GtkListBox *sections;
  GtkProgressBar *bar;
  GtkLabel *percent;

  YejiDraft *draft;            /* (nullable) */
  GSignalGroup *draft_signals;
  GSignalGroup *record_signals;
  guint update;                /* waits for the next keystroke */
};

enum
{
  SELECTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (YejiSectionList, yeji_section_list, ADW_TYPE_BIN)

static GtkListBoxRow *
find_section (YejiSectionList    *self,
              const YejiTableDef *table)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->sections, i)) != NULL; i++)
    if (yeji_section_row_get_table (YEJI_SECTION_ROW (row)) == table)
      return row;
  return NULL;
}

/* A row of facts for each table, by its index. */
static YejiSectionFacts *
count_all (YejiSectionList *self)
{
  GPtrArray *tables = yeji_dictionary_get_tables (yeji_draft_get_dictionary (self->draft));
  YejiSectionFacts *facts = g_new0 (YejiSectionFacts, tables->len);
  GListModel *issues = yeji_draft_get_issues (self->draft);
  GListModel *points = yeji_draft_get_points (self->draft);
  guint n_points = yeji_draft_is_editable (self->draft) ? g_list_model_get_n_items (points) : 0;

  for (guint i = 0; i < tables->len; i++)
    {
      const YejiTableDef *table = g_ptr_array_index (tables, i);

      facts[i].n_rows = yeji_record_get_n_rows (yeji_draft_get_record (self->draft), table);
      facts[i].completeness = yeji_draft_count_completeness (self->draft, table);
    }
  for (guint i = 0; i < g_list_model_get_n_items (issues); i++)
    {
      g_autoptr (YejiIssue) issue = g_list_model_get_item (issues, i);
      const YejiTableDef *table = yeji_issue_get_table (issue);

      if (table == NULL || yeji_issue_get_reason (issue) != NULL)
        continue;
      facts[table->index].n_errors += yeji_issue_get_severity (issue) == YEJI_SEVERITY_ERROR;
      facts[table->index].n_warnings += yeji_issue_get_severity (issue) == YEJI_SEVERITY_WARNING;
    }
  for (guint i = 0; i < n_points; i++)
    {
      g_autoptr (YejiIssue) point = g_list_model_get_item (points, i);
      const YejiTableDef *table = yeji_issue_get_table (point);

      if (table != NULL && yeji_point_get_status (self->draft, point) == YEJI_POINT_OPEN)
        facts[table->index].n_points++;
    }
  return facts;
}

/* How far the record as a whole is. */
static void
update_bar (YejiSectionList *self)
{
  YejiCompleteness whole = yeji_draft_count_completeness (self->draft, NULL);
  guint percent = yeji_completeness_get_percent (&whole);
  g_autofree char *text = NULL;
  g_autofree char *name = NULL;

  if (percent == 100)
    text = g_strdup (_("Everything is filled in"));
  else
    /* Translators: how much of what the standard asks for is there, in percent */
    text = g_strdup_printf (_("%u%% filled in"), percent);
  /* Translators: of the whole record */
  name = g_strdup_printf (_("Completeness: %u of %u"), whole.n_filled, whole.n_needed);
  gtk_progress_bar_set_fraction (self->bar, percent / 100.0);
  gtk_label_set_text (self->percent, text);
  yeji_tooltip_set (GTK_WIDGET (self->bar), name);
  yeji_a11y_set_name (GTK_WIDGET (self->bar), name);
}

static gboolean
update_on_time (gpointer data)
{
  yeji_section_list_update (data);
  return G_SOURCE_REMOVE;
}

/* Whatever changed, once a frame. */
static void
update_soon (YejiSectionList *self)
{
  if (self->update == 0)
    self->update = g_idle_add_full (UPDATE_PRIORITY, update_on_time, self, NULL);
}

/* One section more while the draft holds what the dictionary has no place for. */
static void
update_aside (YejiSectionList *self)
{
  YejiSectionFacts facts = { yeji_record_get_aside (yeji_draft_get_record (self->draft))->len };
  guint n = facts.n_rows;
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
    yeji_section_row_set_facts (YEJI_SECTION_ROW (row), &facts);
}

static void
make_sections (YejiSectionList *self)
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
on_row_selected (YejiSectionList *self,
                 GtkListBoxRow   *row)
{
  if (row != NULL && self->draft != NULL)
    g_signal_emit (self, signals[SELECTED], 0, yeji_section_row_get_table (YEJI_SECTION_ROW (row)));
}

/* Another record object is edited now. */
static void
on_replaced (YejiSectionList *self)
{
  g_signal_group_set_target (self->record_signals, yeji_draft_get_record (self->draft));
  update_aside (self);
  yeji_section_list_update (self);
}

static void
yeji_section_list_dispose (GObject *object)
{
  YejiSectionList *self = YEJI_SECTION_LIST (object);

  g_clear_handle_id (&self->update, g_source_remove);
  g_clear_object (&self->draft_signals);
  g_clear_object (&self->record_signals);
  g_clear_object (&self->draft);
  G_OBJECT_CLASS (yeji_section_list_parent_class)->dispose (object);
}

static void
yeji_section_list_class_init (YejiSectionListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = yeji_section_list_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/yeji/Yeji/ui/yeji-section-list.ui");
  gtk_widget_class_bind_template_child (widget_class, YejiSectionList, sections);
  gtk_widget_class_bind_template_child (widget_class, YejiSectionList, bar);
  gtk_widget_class_bind_template_child (widget_class, YejiSectionList, percent);
  gtk_widget_class_bind_template_callback (widget_class, on_row_selected);

  signals[SELECTED] = g_signal_new ("selected", YEJI_TYPE_SECTION_LIST, G_SIGNAL_RUN_LAST, 0, NULL,
                                    NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
}

static void
yeji_section_list_init (YejiSectionList *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  yeji_a11y_set_name (GTK_WIDGET (self->sections), _("Sections"));
  self->draft_signals = g_signal_group_new (YEJI_TYPE_DRAFT);
  g_signal_group_connect_swapped (self->draft_signals, "rows-changed", G_CALLBACK (update_soon),
                                  self);
  g_signal_group_connect_swapped (self->draft_signals, "value-changed", G_CALLBACK (update_soon),
                                  self);
  g_signal_group_connect_swapped (self->draft_signals, "issues-changed", G_CALLBACK (update_soon),
                                  self);
  g_signal_group_connect_swapped (self->draft_signals, "entry-changed", G_CALLBACK (update_soon),
                                  self);
  g_signal_group_connect_swapped (self->draft_signals, "replaced", G_CALLBACK (on_replaced), self);
  self->record_signals = g_signal_group_new (YEJI_TYPE_RECORD);
  g_signal_group_connect_swapped (self->record_signals, "notes-changed", G_CALLBACK (update_aside),
                                  self);
}

/**
 * yeji_section_list_set_draft:
 * @draft: (nullable): %NULL lets go of the one before
 */
void
yeji_section_list_set_draft (YejiSectionList *self,
                             YejiDraft       *draft)
{
  g_return_if_fail (YEJI_IS_SECTION_LIST (self));

  g_set_object (&self->draft, draft);
  g_signal_group_set_target (self->draft_signals, draft);
  g_signal_group_set_target (self->record_signals,
                             draft != NULL ? yeji_draft_get_record (draft) : NULL);
  g_clear_handle_id (&self->update, g_source_remove);
  if (draft == NULL)
    return;
  make_sections (self);
  yeji_section_list_update (self);
}

/**
 * yeji_section_list_select:
 * @table: (nullable): %NULL for what was put aside
 *
 * Selects a section, and says so even where it was selected before.
 *
 * Returns: whether there is that section
 */
gboolean
yeji_section_list_select (YejiSectionList    *self,
                          const YejiTableDef *table)
{
  GtkListBoxRow *row;

  g_return_val_if_fail (YEJI_IS_SECTION_LIST (self), FALSE);

  row = find_section (self, table);
  if (row == NULL)
    return FALSE;
  if (gtk_list_box_row_is_selected (row))
    on_row_selected (self, row);
  else
    gtk_list_box_select_row (self->sections, row);
  return TRUE;
}

/**
 * yeji_section_list_step:
 * @step: how many sections to go on, negative goes back
 *
 * Returns: whether there is one
 */
gboolean
yeji_section_list_step (YejiSectionList *self,
                        int              step)
{
  GtkListBoxRow *row;

  g_return_val_if_fail (YEJI_IS_SECTION_LIST (self), FALSE);

  row = gtk_list_box_get_selected_row (self->sections);
  if (row != NULL)
    row = gtk_list_box_get_row_at_index (self->sections, gtk_list_box_row_get_index (row) + step);
  if (row == NULL)
    return FALSE;
  gtk_list_box_select_row (self->sections, row);
  return TRUE;
}

/**
 * yeji_section_list_get_selected:
 * @table: (out) (nullable): the table of the section, %NULL for what was put aside
 *
 * Returns: whether a section is selected
 */
gboolean
yeji_section_list_get_selected (YejiSectionList     *self,
                                const YejiTableDef **table)
{
  GtkListBoxRow *row;

  g_return_val_if_fail (YEJI_IS_SECTION_LIST (self), FALSE);

  row = gtk_list_box_get_selected_row (self->sections);
  *table = row != NULL ? yeji_section_row_get_table (YEJI_SECTION_ROW (row)) : NULL;
  return row != NULL;
}

/**
 * yeji_section_list_update:
 *
 * Counts again what the sections hold.
 */
void
yeji_section_list_update (YejiSectionList *self)
{
  g_autofree YejiSectionFacts *facts = NULL;
  const YejiTableDef *table;
  GtkListBoxRow *row;

  g_return_if_fail (YEJI_IS_SECTION_LIST (self));

  g_clear_handle_id (&self->update, g_source_remove);
  if (self->draft == NULL)
    return;
  facts = count_all (self);
  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->sections, i)) != NULL; i++)
    {
      table = yeji_section_row_get_table (YEJI_SECTION_ROW (row));
      if (table != NULL)
        yeji_section_row_set_facts (YEJI_SECTION_ROW (row), &facts[table->index]);
    }
  update_bar (self);
}
