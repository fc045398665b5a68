// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "app-fixture.h"
#include "name-walk.h"
#include "yeji-field-list.h"
#include "yeji-grid-page.h"
#include "yeji-section-page.h"
#include "yeji-row-card.h"
#include "yeji-test.h"

static GtkWidget *
show (YejiSectionPage *page)
{
  GtkWidget *window = gtk_window_new ();

  gtk_window_set_child (GTK_WINDOW (window), GTK_WIDGET (page));
  gtk_window_set_default_size (GTK_WINDOW (window), 720, 600);
  gtk_window_present (GTK_WINDOW (window));
  return window;
}

static guint
count_cards (GtkWidget *widget)
{
  guint count = YEJI_IS_ROW_CARD (widget) ? 1 : 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    count += count_cards (child);
  return count;
}

/* As the user does, by the switch in the head. */
static void
show_as (GtkWidget  *window,
         const char *label)
{
  GtkWidget *button = gtk_widget_get_first_child (window);
  GQueue queue = G_QUEUE_INIT;

  g_queue_push_tail (&queue, button);
  while ((button = g_queue_pop_head (&queue)) != NULL)
    {
      if (GTK_IS_TOGGLE_BUTTON (button) && gtk_widget_get_mapped (button)
          && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (button)), label) == 0)
        break;
      for (GtkWidget *child = gtk_widget_get_first_child (button); child != NULL;
           child = gtk_widget_get_next_sibling (child))
        g_queue_push_tail (&queue, child);
    }
  g_queue_clear (&queue);
  g_assert_nonnull (button);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), TRUE);
}

/* Every field of every table gets a control, and every control a name. */
static void
test_all_tables (AppFixture    *fixture,
                 gconstpointer  data)
{
  GPtrArray *tables = yeji_dictionary_get_tables (fixture->dictionary);
  guint controls = 0;

  for (guint i = 0; i < tables->len; i++)
    {
      const YejiTableDef *table = g_ptr_array_index (tables, i);
      YejiSectionPage *page = YEJI_SECTION_PAGE (yeji_section_page_new (fixture->draft, table));
      guint n = yeji_record_get_n_rows (fixture->record, table);
      GtkWidget *window = show (page);

      controls += name_walk_check (window);
      if (n > 1 && i > 0)
        show_as (window, "Form");
      for (guint j = 0; j < n && i > 0; j++)
        yeji_section_page_show (page, yeji_record_get_row (fixture->record, table, j), NULL);
      controls += name_walk_check (window);
      gtk_window_destroy (GTK_WINDOW (window));
    }
  g_assert_cmpuint (controls, >, 250);
}

static void
test_rows (AppFixture    *fixture,
           gconstpointer  data)
{
  const YejiTableDef *table = yeji_dictionary_find_table (fixture->dictionary,
                                                          "TBContractRecordManage");
  YejiSectionPage *page = YEJI_SECTION_PAGE (yeji_section_page_new (fixture->draft, table));
  GtkWidget *window = show (page);
  YejiRow *first = yeji_record_get_row (fixture->record, table, 0);
  g_autoptr (YejiRow) copy = NULL;
  guint before = yeji_record_get_n_rows (fixture->record, table);
  guint index;

  g_assert_cmpuint (count_cards (window), ==, before);
  yeji_section_page_add (page);
  g_assert_cmpuint (count_cards (window), ==, before + 1);
  copy = g_object_ref (yeji_draft_duplicate_row (fixture->draft, first));
  g_assert_true (yeji_record_get_row (fixture->record, table, 1) == copy);
  g_assert_cmpstr (yeji_row_get_by_id (copy, "ContractMoney"), ==,
                   yeji_row_get_by_id (first, "ContractMoney"));
  g_assert_cmpuint (count_cards (window), ==, before + 2);
  index = yeji_draft_remove_row (fixture->draft, copy);
  g_assert_cmpuint (index, ==, 1);
  g_assert_cmpuint (count_cards (window), ==, before + 1);
  yeji_draft_insert_row (fixture->draft, index, copy);
  g_assert_true (yeji_record_get_row (fixture->record, table, 1) == copy);
  g_assert_cmpuint (count_cards (window), ==, before + 2);
  gtk_window_destroy (GTK_WINDOW (window));
}

static gboolean
has_issues (gpointer data)
{
  YejiDraft *draft = data;

  return yeji_draft_count_issues (draft, yeji_dictionary_find_table (
                                           yeji_draft_get_dictionary (draft),
                                           "TBContractRecordManage"),
                                  NULL, YEJI_SEVERITY_ERROR) > 0;
}

/* The problem of a field in a closed card opens the card and gives the field the focus. */
static void
test_jump (AppFixture    *fixture,
           gconstpointer  data)
{
  const YejiTableDef *table = yeji_dictionary_find_table (fixture->dictionary,
                                                          "TBContractRecordManage");
  const YejiFieldDef *field = yeji_table_def_find_field (table, "ContractMoney");
  YejiSectionPage *page = YEJI_SECTION_PAGE (yeji_section_page_new (fixture->draft, table));
  GtkWidget *window = show (page);
  YejiRow *row = yeji_draft_add_row (fixture->draft, table);
  GtkWidget *focus;

  yeji_draft_set_value (fixture->draft, row, field, "much");
  yeji_test_wait_until (has_issues, fixture->draft, 5000);
  g_assert_true (yeji_section_page_show (page, row, field));
  focus = gtk_root_get_focus (GTK_ROOT (window));
  while (focus != NULL && !YEJI_IS_FIELD_ROW (focus))
    focus = gtk_widget_get_parent (focus);
  g_assert_nonnull (focus);
  g_assert_true (yeji_form_field_get_def (yeji_field_row_get_field (YEJI_FIELD_ROW (focus)))
                 == field);
  g_assert_true (yeji_form_field_get_row (yeji_field_row_get_field (YEJI_FIELD_ROW (focus)))
                 == row);
  gtk_window_destroy (GTK_WINDOW (window));
}

static gboolean
focus_is_seen (gpointer data)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (data));
  graphene_rect_t bounds;

  return focus != NULL && gtk_widget_compute_bounds (focus, data, &bounds)
         && bounds.size.height > 0 && bounds.origin.y > 0
         && bounds.origin.y + bounds.size.height < (float) gtk_widget_get_height (data);
}

/* A row that was just added has no size yet when it is gone to; it lies below the others. */
static void
test_scroll (AppFixture    *fixture,
             gconstpointer  data)
{
  const YejiTableDef *table = yeji_dictionary_find_table (fixture->dictionary,
                                                          "TBContractRecordManage");
  YejiSectionPage *page = YEJI_SECTION_PAGE (yeji_section_page_new (fixture->draft, table));
  GtkWidget *window = show (page);

  gtk_test_widget_wait_for_draw (window);
  yeji_section_page_add (page);
  yeji_section_page_add (page);
  yeji_test_wait_until (focus_is_seen, window, 5000);
  gtk_window_destroy (GTK_WINDOW (window));
}

static GtkWidget *
find_fields (GtkWidget *widget)
{
  GtkWidget *found = YEJI_IS_FIELD_LIST (widget) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_fields (child);
  return found;
}

/* (nullable): the field that has the keyboard */
static const YejiFieldDef *
get_focused (GtkWidget *window)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (window));
  GtkWidget *row = focus != NULL ? gtk_widget_get_ancestor (focus, YEJI_TYPE_FIELD_ROW) : NULL;

  return row != NULL ? yeji_form_field_get_def (yeji_field_row_get_field (YEJI_FIELD_ROW (row)))
                     : NULL;
}

/* Rows are made bit by bit, but who is quicker than that goes through all of them by Tab, in their
 * order, and back from the end. */
static void
test_walk (AppFixture    *fixture,
           gconstpointer  data)
{
  const YejiTableDef *table = yeji_dictionary_get_root (fixture->dictionary);
  YejiRow *row = yeji_record_get_project (fixture->record);
  GtkWidget *window = show (YEJI_SECTION_PAGE (yeji_section_page_new (fixture->draft, table)));
  GtkWidget *fields = find_fields (window);
  const YejiFieldDef *last = NULL;

  gtk_window_set_focus (GTK_WINDOW (window), NULL);
  while (get_focused (window) == NULL && gtk_widget_child_focus (fields, GTK_DIR_TAB_FORWARD))
    continue;                  /* past what is offered above them */
  for (guint i = 0; i < table->fields->len; i++)
    {
      const YejiFieldDef *def = g_ptr_array_index (table->fields, i);

      if (def->by_platform && *yeji_row_get (row, def) == '\0')
        continue;
      g_assert_cmpstr (get_focused (window)->id, ==, def->id);
      while (get_focused (window) == def
             && gtk_widget_child_focus (fields, GTK_DIR_TAB_FORWARD))
        continue;
      last = def;
    }
  g_assert_true (get_focused (window) == last);
  gtk_window_destroy (GTK_WINDOW (window));

  window = show (YEJI_SECTION_PAGE (yeji_section_page_new (fixture->draft, table)));
  gtk_window_set_focus (GTK_WINDOW (window), NULL);
  g_assert_true (gtk_widget_child_focus (find_fields (window), GTK_DIR_TAB_BACKWARD));
  g_assert_cmpstr (get_focused (window)->id, ==, last->id);
  gtk_window_destroy (GTK_WINDOW (window));
}

static YejiGrid *
find_grid (GtkWidget *widget)
{
  YejiGrid *found = YEJI_IS_GRID (widget) ? YEJI_GRID (widget) : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = gtk_widget_get_visible (child) ? find_grid (child) : NULL;
  return found;
}

/* A table of several rows is a grid; a problem in it is gone to in its very cell, and a row that is
 * added is added there. */
static void
test_grid (AppFixture    *fixture,
           gconstpointer  data)
{
  const YejiTableDef *table = yeji_dictionary_find_table (fixture->dictionary, "TBProjectCorpInfo");
  const YejiFieldDef *field = yeji_table_def_find_field (table, "PersonPhone");
  YejiSectionPage *page = YEJI_SECTION_PAGE (yeji_section_page_new (fixture->draft, table));
  GtkWidget *window = show (page);
  YejiGrid *grid = find_grid (window);
  const YejiGridArea *area;

  g_assert_nonnull (grid);
  gtk_test_widget_wait_for_draw (window);
  area = yeji_grid_view_get_area (yeji_grid_get_view (grid));
  g_assert_true (yeji_section_page_show (page, yeji_record_get_row (fixture->record, table, 2),
                                         field));
  g_assert_cmpuint (area->row, ==, 2);
  g_assert_true (yeji_grid_model_get_field (yeji_grid_get_model (grid), area->column) == field);
  yeji_section_page_add (page);
  g_assert_cmpuint (area->row, ==, 4);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* What is chosen for a table is remembered for it, and for no other. */
static void
test_remembers (AppFixture    *fixture,
                gconstpointer  data)
{
  const YejiTableDef *table = yeji_dictionary_find_table (fixture->dictionary, "TBProjectCorpInfo");
  const YejiTableDef *other = yeji_dictionary_find_table (fixture->dictionary, "TBUnitProjectInfo");
  const struct
  {
    const YejiTableDef *table;
    gboolean is_grid;
    const char *then;
  } cases[] = {
    { table, TRUE, "Form" }, { table, FALSE, NULL }, { other, TRUE, NULL }, { table, FALSE, "Table" },
    { table, TRUE, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      GtkWidget *window = show (YEJI_SECTION_PAGE (yeji_section_page_new (fixture->draft,
                                                                          cases[i].table)));

      gtk_test_widget_wait_for_draw (window);
      g_assert_true ((find_grid (window) != NULL
                      && gtk_widget_get_mapped (GTK_WIDGET (find_grid (window))))
                     == cases[i].is_grid);
      if (cases[i].then != NULL)
        show_as (window, cases[i].then);
      gtk_window_destroy (GTK_WINDOW (window));
    }
}

static void
add_tests (void)
{
  app_fixture_add ("/app/section/names-every-control-of-every-table", test_all_tables);
  app_fixture_add ("/app/section/adds-duplicates-removes-and-restores-rows", test_rows);
  app_fixture_add ("/app/section/opens-and-focuses-the-field-of-a-problem", test_jump);
  app_fixture_add ("/app/section/shows-several-rows-as-a-grid", test_grid);
  app_fixture_add ("/app/section/remembers-the-view-of-each-table", test_remembers);
  app_fixture_add ("/app/section/scrolls-to-a-row-that-was-just-added", test_scroll);
  app_fixture_add ("/app/section/goes-through-all-fields-by-tab", test_walk);
}

int
main (int    argc,
      char **argv)
{
  return app_fixture_main (&argc, &argv, add_tests);
}
