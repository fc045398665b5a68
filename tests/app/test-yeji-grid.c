// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "app-fixture.h"
#include "name-walk.h"
#include "yeji-chooser.h"
#include "yeji-draft-undo.h"
#include "yeji-grid-edits.h"
#include "yeji-grid-page.h"
#include "yeji-paste-dialog.h"
#include "yeji-section-page.h"
#include "yeji-test.h"

#define TABLE "TBProjectCorpInfo"

/* A window with the grid of the participants; there are four of them. */
typedef struct
{
  AppFixture app;
  GtkWidget *window;
  YejiGridPage *page;
  YejiGrid *grid;
  const YejiTableDef *table;
} Fixture;

static gboolean
has_focus (gpointer data)
{
  return yeji_grid_input_has_focus (yeji_grid_get_input (data));
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  app_fixture_set_up (&fixture->app, data);
  fixture->table = yeji_dictionary_find_table (fixture->app.dictionary, TABLE);
  fixture->window = gtk_window_new ();
  fixture->page = YEJI_GRID_PAGE (yeji_grid_page_new (fixture->app.draft, fixture->table));
  fixture->grid = yeji_grid_page_get_grid (fixture->page);
  gtk_window_set_child (GTK_WINDOW (fixture->window), GTK_WIDGET (fixture->page));
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 900, 500);
  gtk_window_present (GTK_WINDOW (fixture->window));
  gtk_test_widget_wait_for_draw (fixture->window);
  yeji_grid_show (fixture->grid, NULL, NULL);
  yeji_test_wait_until (has_focus, fixture->grid, 5000);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  if (fixture->window != NULL)
    gtk_window_destroy (GTK_WINDOW (fixture->window));
  app_fixture_tear_down (&fixture->app, data);
}

static guint
find_column (Fixture    *fixture,
             const char *field)
{
  guint column = G_MAXUINT;

  g_assert_true (g_ptr_array_find (
    yeji_grid_model_get_columns (yeji_grid_get_model (fixture->grid)),
    yeji_table_def_find_field (fixture->table, field), &column));
  return column;
}

static const char *
get_value (Fixture    *fixture,
           guint       row,
           const char *field)
{
  return yeji_row_get_by_id (yeji_record_get_row (fixture->app.record, fixture->table, row), field);
}

static guint
count_rows (Fixture *fixture)
{
  return yeji_record_get_n_rows (fixture->app.record, fixture->table);
}

static const YejiGridArea *
get_area (Fixture *fixture)
{
  return yeji_grid_view_get_area (yeji_grid_get_view (fixture->grid));
}

static void
press (Fixture         *fixture,
       guint            key,
       GdkModifierType  modifiers)
{
  yeji_grid_press (fixture->grid, key, modifiers);
}

/* What an input method or a keyboard brings into the text that has the focus. */
static void
type (Fixture    *fixture,
      const char *text)
{
  GtkWidget *input = yeji_grid_input_get_widget (yeji_grid_get_input (fixture->grid));
  int position = -1;

  gtk_editable_insert_text (GTK_EDITABLE (input), text, -1, &position);
}

static void
undo (Fixture *fixture)
{
  GAsyncResult *result = NULL;
  g_autoptr (GAsyncResult) done = NULL;
  g_autoptr (YejiUndo) undone = NULL;
  g_autoptr (GError) error = NULL;

  yeji_draft_undo_async (fixture->app.draft, FALSE, yeji_test_store_result, &result);
  done = yeji_test_await (&result, 5000);
  undone = yeji_draft_undo_finish (fixture->app.draft, done, &error);
  g_assert_no_error (error);
  g_assert_nonnull (undone);
}

/* ---- Keys that move */

static void
test_moves (Fixture       *fixture,
            gconstpointer  data)
{
  static const struct
  {
    guint row, column;
    guint key;
    GdkModifierType modifiers;
    guint to_row, to_column;
    gboolean selects;
  } cases[] = {
    { 1, 1, GDK_KEY_Up, 0, 0, 1 },
    { 0, 1, GDK_KEY_Up, 0, 0, 1 },
    { 1, 1, GDK_KEY_Down, 0, 2, 1 },
    { 3, 1, GDK_KEY_Down, 0, 3, 1 },
    { 1, 1, GDK_KEY_Left, 0, 1, 0 },
    { 1, 0, GDK_KEY_Left, 0, 1, 0 },
    { 1, 1, GDK_KEY_Right, 0, 1, 2 },
    { 1, 1, GDK_KEY_Right, GDK_SHIFT_MASK, 1, 2, TRUE },
    { 1, 1, GDK_KEY_Down, GDK_SHIFT_MASK, 2, 1, TRUE },
    { 1, 1, GDK_KEY_Down, GDK_CONTROL_MASK, 3, 1 },
    { 2, 1, GDK_KEY_Up, GDK_CONTROL_MASK | GDK_SHIFT_MASK, 0, 1, TRUE },
    { 1, 3, GDK_KEY_Home, 0, 1, 0 },
    { 1, 3, GDK_KEY_Home, GDK_CONTROL_MASK, 0, 0 },
    { 1, 3, GDK_KEY_End, GDK_CONTROL_MASK, 3, 10 },
    { 1, 3, GDK_KEY_End, 0, 1, 10 },
    { 0, 3, GDK_KEY_Page_Down, 0, 3, 3 },
    { 3, 3, GDK_KEY_Page_Up, 0, 0, 3 },
    { 1, 1, GDK_KEY_Tab, 0, 1, 2 },
    { 1, 10, GDK_KEY_Tab, 0, 2, 0 },
    { 1, 1, GDK_KEY_ISO_Left_Tab, GDK_SHIFT_MASK, 1, 0 },
    { 1, 0, GDK_KEY_ISO_Left_Tab, GDK_SHIFT_MASK, 0, 10 },
    { 1, 1, GDK_KEY_Return, 0, 2, 1 },
    { 1, 1, GDK_KEY_KP_Enter, 0, 2, 1 },
    { 1, 1, GDK_KEY_Return, GDK_SHIFT_MASK, 0, 1 },
    { 1, 1, GDK_KEY_KP_Down, 0, 2, 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("case %u", i);
      yeji_grid_go (fixture->grid, cases[i].row, cases[i].column, FALSE);
      press (fixture, cases[i].key, cases[i].modifiers);
      g_assert_cmpuint (get_area (fixture)->row, ==, cases[i].to_row);
      g_assert_cmpuint (get_area (fixture)->column, ==, cases[i].to_column);
      g_assert_true (yeji_grid_area_is_single (get_area (fixture)) == !cases[i].selects);
      g_assert_true (has_focus (fixture->grid));
    }
}

/* Tab at the end leaves the grid; Enter after Tab goes back under where Tab began. */
static void
test_tab (Fixture       *fixture,
          gconstpointer  data)
{
  yeji_grid_go (fixture->grid, 3, 10, FALSE);
  g_assert_false (yeji_grid_press (fixture->grid, GDK_KEY_Tab, 0));
  yeji_grid_go (fixture->grid, 0, 0, FALSE);
  g_assert_false (yeji_grid_press (fixture->grid, GDK_KEY_ISO_Left_Tab, GDK_SHIFT_MASK));
  yeji_grid_go (fixture->grid, 1, 1, FALSE);
  press (fixture, GDK_KEY_Tab, 0);
  press (fixture, GDK_KEY_Tab, 0);
  press (fixture, GDK_KEY_Return, 0);
  g_assert_cmpuint (get_area (fixture)->row, ==, 2);
  g_assert_cmpuint (get_area (fixture)->column, ==, 1);
}

/* ---- Editing */

static void
test_typing (Fixture       *fixture,
             gconstpointer  data)
{
  guint column = find_column (fixture, "PersonName");
  g_autofree char *before = g_strdup (get_value (fixture, 1, "PersonName"));

  yeji_grid_go (fixture->grid, 1, column, FALSE);
  type (fixture, "王");
  type (fixture, "小二");
  g_assert_cmpint (yeji_grid_input_get_state (yeji_grid_get_input (fixture->grid)), ==,
                   YEJI_GRID_TYPING);
  /* it is not lost with the power */
  g_assert_cmpstr (get_value (fixture, 1, "PersonName"), ==, "王小二");
  press (fixture, GDK_KEY_Return, 0);
  g_assert_cmpstr (get_value (fixture, 1, "PersonName"), ==, "王小二");
  g_assert_cmpuint (get_area (fixture)->row, ==, 2);
  undo (fixture);
  g_assert_cmpstr (get_value (fixture, 1, "PersonName"), ==, before);
}

static void
test_give_up (Fixture       *fixture,
              gconstpointer  data)
{
  guint column = find_column (fixture, "PersonName");
  g_autofree char *before = g_strdup (get_value (fixture, 1, "PersonName"));

  yeji_grid_go (fixture->grid, 1, column, FALSE);
  type (fixture, "x");
  press (fixture, GDK_KEY_Escape, 0);
  press (fixture, GDK_KEY_Down, 0);
  g_assert_cmpstr (get_value (fixture, 1, "PersonName"), ==, before);
}

/* Who leaves a cell before the input method has a character has typed nothing. */
static void
test_leave_composing (Fixture       *fixture,
                      gconstpointer  data)
{
  guint column = find_column (fixture, "PersonName");
  g_autofree char *before = g_strdup (get_value (fixture, 1, "PersonName"));
  YejiGridInput *input = yeji_grid_get_input (fixture->grid);

  g_assert_cmpstr (before, !=, "");
  yeji_grid_go (fixture->grid, 1, column, FALSE);
  g_signal_emit_by_name (yeji_grid_input_get_widget (input), "preedit-changed", "wang");
  g_assert_cmpint (yeji_grid_input_get_state (input), ==, YEJI_GRID_TYPING);
  yeji_grid_go (fixture->grid, 2, column, FALSE);
  g_assert_cmpstr (get_value (fixture, 1, "PersonName"), ==, before);
}

/* An undo takes what is typed back, and the cell with it: leaving it does not bring it again. */
static void
test_undo_typing (Fixture       *fixture,
                  gconstpointer  data)
{
  guint column = find_column (fixture, "PersonName");
  g_autofree char *before = g_strdup (get_value (fixture, 1, "PersonName"));

  yeji_grid_go (fixture->grid, 1, column, FALSE);
  type (fixture, "x");
  undo (fixture);
  g_assert_cmpstr (get_value (fixture, 1, "PersonName"), ==, before);
  g_assert_cmpint (yeji_grid_input_get_state (yeji_grid_get_input (fixture->grid)), ==,
                   YEJI_GRID_IDLE);
  press (fixture, GDK_KEY_Down, 0);
  g_assert_cmpstr (get_value (fixture, 1, "PersonName"), ==, before);
}

/* F2 goes on with what is there, and the arrows move in it. */
static void
test_edit (Fixture       *fixture,
           gconstpointer  data)
{
  guint column = find_column (fixture, "CorpName");
  g_autofree char *before = g_strdup (get_value (fixture, 1, "CorpName"));
  g_autofree char *after = g_strconcat (before, "二分公司", NULL);

  yeji_grid_go (fixture->grid, 1, column, FALSE);
  press (fixture, GDK_KEY_F2, 0);
  type (fixture, "二分公司");
  g_assert_false (yeji_grid_press (fixture->grid, GDK_KEY_Left, 0));
  press (fixture, GDK_KEY_Tab, 0);
  g_assert_cmpstr (get_value (fixture, 1, "CorpName"), ==, after);
  g_assert_cmpuint (get_area (fixture)->column, ==, column + 1);
}

/* A personal number is masked in its cell, and seen while it is edited. */
static void
test_personal (Fixture       *fixture,
               gconstpointer  data)
{
  guint column = find_column (fixture, "PersonIDCard");
  const char *number = get_value (fixture, 0, "PersonIDCard");
  YejiGridTextKind kind;
  g_autofree char *shown = NULL;

  g_assert_cmpuint (strlen (number), ==, 18);
  shown = yeji_grid_model_get_text (yeji_grid_get_model (fixture->grid), 0, column, &kind);
  g_assert_nonnull (strchr (shown, '*'));
  yeji_grid_go (fixture->grid, 0, column, FALSE);
  press (fixture, GDK_KEY_F2, 0);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (yeji_grid_input_get_widget (
                     yeji_grid_get_input (fixture->grid)))), ==, number);
  press (fixture, GDK_KEY_Escape, 0);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (yeji_grid_input_get_widget (
                     yeji_grid_get_input (fixture->grid)))), ==, "");
}

static GtkWidget *
find_chooser (Fixture *fixture)
{
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (yeji_grid_get_view (
         fixture->grid))); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (YEJI_IS_CHOOSER (child))
      return child;
  return NULL;
}

/* What is typed into a cell of a code looks for it in the list. */
static void
test_code (Fixture       *fixture,
           gconstpointer  data)
{
  guint column = find_column (fixture, "CorpRoleNum");
  GtkWidget *chooser;

  yeji_grid_go (fixture->grid, 0, column, FALSE);
  type (fixture, "监理");
  chooser = find_chooser (fixture);
  g_assert_nonnull (chooser);
  g_assert_cmpuint (yeji_chooser_get_n_shown (YEJI_CHOOSER (chooser)), ==, 1);
  yeji_chooser_accept (YEJI_CHOOSER (chooser));
  g_assert_cmpstr (get_value (fixture, 0, "CorpRoleNum"), ==, "4");
  yeji_test_wait_until (has_focus, fixture->grid, 5000);
  while (find_chooser (fixture) != NULL)
    g_main_context_iteration (NULL, TRUE);
}

/* A row of another table is chosen, not typed: what is typed looks for it. */
static void
test_link (Fixture       *fixture,
           gconstpointer  data)
{
  guint column = find_column (fixture, "BuilderLicenceNum");
  g_autofree char *number = g_strdup (get_value (fixture, 0, "BuilderLicenceNum"));
  GtkWidget *chooser;

  g_assert_cmpstr (number, !=, "");
  yeji_grid_go (fixture->grid, 0, column, FALSE);
  press (fixture, GDK_KEY_Delete, 0);
  g_assert_cmpstr (get_value (fixture, 0, "BuilderLicenceNum"), ==, "");
  type (fixture, "SX-");
  chooser = find_chooser (fixture);
  g_assert_nonnull (chooser);
  g_assert_cmpuint (yeji_chooser_get_n_shown (YEJI_CHOOSER (chooser)), ==, 1);
  yeji_chooser_accept (YEJI_CHOOSER (chooser));
  g_assert_cmpstr (get_value (fixture, 0, "BuilderLicenceNum"), ==, number);
  yeji_test_wait_until (has_focus, fixture->grid, 5000);
  while (find_chooser (fixture) != NULL)
    g_main_context_iteration (NULL, TRUE);
}

/* An empty cell shows what stands elsewhere, marked as an offer, and is empty until it is taken. */
static void
test_carried (Fixture       *fixture,
              gconstpointer  data)
{
  guint column = find_column (fixture, "BuilderLicenceNum");
  g_autofree char *number = g_strdup (get_value (fixture, 0, "BuilderLicenceNum"));
  YejiGridView *view = yeji_grid_get_view (fixture->grid);
  YejiGridCell *cell;

  yeji_grid_go (fixture->grid, 0, column, FALSE);
  cell = yeji_grid_view_peek_cell (view, 0, (int) column);
  g_assert_nonnull (cell);
  g_assert_cmphex (yeji_grid_cell_get_flags (cell) & YEJI_GRID_CELL_OFFERED, ==, 0);
  press (fixture, GDK_KEY_Delete, 0);
  g_assert_cmphex (yeji_grid_cell_get_flags (cell) & YEJI_GRID_CELL_OFFERED, !=, 0);
  g_assert_cmpstr (yeji_grid_cell_get_text (cell), ==, number);
  g_assert_cmpstr (get_value (fixture, 0, "BuilderLicenceNum"), ==, "");
  press (fixture, GDK_KEY_Return, GDK_ALT_MASK);
  g_assert_cmpstr (get_value (fixture, 0, "BuilderLicenceNum"), ==, number);
  g_assert_cmphex (yeji_grid_cell_get_flags (cell) & YEJI_GRID_CELL_OFFERED, ==, 0);
  undo (fixture);
  g_assert_cmpstr (get_value (fixture, 0, "BuilderLicenceNum"), ==, "");
}

static GtkWidget *
find_help (Fixture *fixture)
{
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (yeji_grid_get_view (
         fixture->grid))); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (gtk_widget_has_css_class (child, "yeji-help-popover"))
      return child;
  return NULL;
}

static void
test_help (Fixture       *fixture,
           gconstpointer  data)
{
  yeji_grid_go (fixture->grid, 1, find_column (fixture, "CorpName"), FALSE);
  g_assert_null (find_help (fixture));
  press (fixture, GDK_KEY_F1, 0);
  g_assert_nonnull (find_help (fixture));
  gtk_popover_popdown (GTK_POPOVER (find_help (fixture)));
  yeji_test_wait_until (has_focus, fixture->grid, 5000);
  while (find_help (fixture) != NULL)
    g_main_context_iteration (NULL, TRUE);
}

/* ---- Blocks */

static void
test_delete (Fixture       *fixture,
             gconstpointer  data)
{
  guint column = find_column (fixture, "PersonName");
  g_autofree char *first = g_strdup (get_value (fixture, 0, "PersonName"));
  g_autofree char *second = g_strdup (get_value (fixture, 1, "PersonName"));

  yeji_grid_go (fixture->grid, 0, column, FALSE);
  press (fixture, GDK_KEY_Down, GDK_SHIFT_MASK);
  press (fixture, GDK_KEY_Delete, 0);
  g_assert_cmpstr (get_value (fixture, 0, "PersonName"), ==, "");
  g_assert_cmpstr (get_value (fixture, 1, "PersonName"), ==, "");
  g_assert_cmpstr (get_value (fixture, 2, "PersonName"), !=, "");
  undo (fixture);
  g_assert_cmpstr (get_value (fixture, 0, "PersonName"), ==, first);
  g_assert_cmpstr (get_value (fixture, 1, "PersonName"), ==, second);
}

static void
test_fill_down (Fixture       *fixture,
                gconstpointer  data)
{
  guint column = find_column (fixture, "CorpName");
  g_autofree char *first = g_strdup (get_value (fixture, 0, "CorpName"));
  g_autofree char *last = g_strdup (get_value (fixture, 3, "CorpName"));

  g_assert_cmpstr (first, !=, last);
  yeji_grid_go (fixture->grid, 0, column, FALSE);
  press (fixture, GDK_KEY_Down, GDK_SHIFT_MASK | GDK_CONTROL_MASK);
  press (fixture, GDK_KEY_d, GDK_CONTROL_MASK);
  for (guint i = 0; i < 4; i++)
    g_assert_cmpstr (get_value (fixture, i, "CorpName"), ==, first);
  undo (fixture);
  g_assert_cmpstr (get_value (fixture, 3, "CorpName"), ==, last);
  yeji_grid_go (fixture->grid, 3, column, FALSE);
  press (fixture, GDK_KEY_d, GDK_CONTROL_MASK);
  g_assert_cmpstr (get_value (fixture, 3, "CorpName"), ==, get_value (fixture, 2, "CorpName"));
}

static char *
list_names (Fixture *fixture)
{
  GString *names = g_string_new (NULL);

  for (guint i = 0; i < count_rows (fixture); i++)
    g_string_append_printf (names, "%s%s", i > 0 ? "," : "", get_value (fixture, i, "PersonName"));
  return g_string_free (names, FALSE);
}

static void
name_rows (Fixture *fixture)
{
  static const char *const names[] = { "甲", "乙", "丙", "丁" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    yeji_draft_set_value (fixture->app.draft,
                          yeji_record_get_row (fixture->app.record, fixture->table, i),
                          yeji_table_def_find_field (fixture->table, "PersonName"), names[i]);
}

static void
test_rows (Fixture       *fixture,
           gconstpointer  data)
{
  static const struct
  {
    const char *name;
    guint row;
    guint n_more;              /* rows that are selected, too */
    guint key;
    GdkModifierType modifiers;
    const char *after;
    guint to_row;
  } cases[] = {
    { "duplicate", 1, 0, GDK_KEY_D, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "甲,乙,乙,丙,丁", 2 },
    { "duplicate-two", 0, 1, GDK_KEY_D, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "甲,乙,甲,乙,丙,丁", 3 },
    { "up", 2, 0, GDK_KEY_Up, GDK_ALT_MASK, "甲,丙,乙,丁", 1 },
    { "up-at-the-top", 0, 0, GDK_KEY_Up, GDK_ALT_MASK, NULL, 0 },
    { "down", 1, 0, GDK_KEY_Down, GDK_ALT_MASK, "甲,丙,乙,丁", 2 },
    { "two-down", 1, 1, GDK_KEY_Down, GDK_ALT_MASK, "甲,丁,乙,丙", 3 },
    { "two-up", 2, 1, GDK_KEY_Up, GDK_ALT_MASK, "甲,丙,丁,乙", 2 },
    { "down-at-the-end", 3, 0, GDK_KEY_Down, GDK_ALT_MASK, NULL, 3 },
    { "remove", 1, 0, GDK_KEY_Delete, GDK_CONTROL_MASK, "甲,丙,丁", 1 },
    { "remove-last", 3, 0, GDK_KEY_Delete, GDK_CONTROL_MASK, "甲,乙,丙", 2 },
    { "remove-all", 0, 3, GDK_KEY_Delete, GDK_CONTROL_MASK, "", 0 },
  };

  name_rows (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *names = NULL;
      g_autofree char *again = NULL;

      g_test_message ("%s", cases[i].name);
      yeji_grid_go (fixture->grid, cases[i].row, 0, FALSE);
      for (guint j = 0; j < cases[i].n_more; j++)
        press (fixture, GDK_KEY_Down, GDK_SHIFT_MASK);
      press (fixture, cases[i].key, cases[i].modifiers);
      names = list_names (fixture);
      g_assert_cmpstr (names, ==, cases[i].after != NULL ? cases[i].after : "甲,乙,丙,丁");
      g_assert_cmpuint (get_area (fixture)->row, ==, cases[i].to_row);
      if (cases[i].after == NULL)
        continue;
      undo (fixture);
      again = list_names (fixture);
      g_assert_cmpstr (again, ==, "甲,乙,丙,丁");
    }
}

static void
test_add (Fixture       *fixture,
          gconstpointer  data)
{
  YejiRow *row = yeji_grid_add (fixture->grid);

  g_assert_cmpuint (count_rows (fixture), ==, 5);
  g_assert_true (yeji_record_get_row (fixture->app.record, fixture->table, 4) == row);
  g_assert_cmpuint (get_area (fixture)->row, ==, 4);
  type (fixture, "新公司");
  press (fixture, GDK_KEY_Tab, 0);
  g_assert_cmpstr (get_value (fixture, 4, "CorpName"), ==, "新公司");
}

static void
test_copy (Fixture       *fixture,
           gconstpointer  data)
{
  YejiGridBlock block = { 0, 0, 1, 0 };
  g_autofree char *text = NULL;
  g_autofree char *expected = g_strdup_printf ("%s\n%s", get_value (fixture, 0, "CorpName"),
                                               get_value (fixture, 1, "CorpName"));

  g_assert_cmpuint (find_column (fixture, "CorpName"), ==, 0);
  text = yeji_grid_edits_copy (yeji_grid_get_model (fixture->grid), &block);
  g_assert_cmpstr (text, ==, expected);
  g_assert_false (yeji_grid_edits_is_personal (yeji_grid_get_model (fixture->grid), &block));
  block.right = find_column (fixture, "PersonPhone");
  g_assert_true (yeji_grid_edits_is_personal (yeji_grid_get_model (fixture->grid), &block));
}

/* ---- Pasting */

static gboolean
was_edited (gpointer data)
{
  Fixture *fixture = data;
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (YEJI_IS_PASTE_DIALOG (window))
        return TRUE;
    }
  return g_object_get_data (G_OBJECT (fixture->app.draft), "edited") != NULL;
}

static void
on_edited (YejiDraft *draft)
{
  g_object_set_data (G_OBJECT (draft), "edited", GINT_TO_POINTER (1));
}

static YejiPasteDialog *
find_dialog (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (YEJI_IS_PASTE_DIALOG (window))
        return YEJI_PASTE_DIALOG (window);
    }
  return NULL;
}

static void
test_paste (Fixture       *fixture,
            gconstpointer  data)
{
  static const struct
  {
    const char *name;
    guint row;
    const char *field;
    const char *text;
    YejiPasteResponse response;   /* when it is asked */
    gboolean asks;
    guint n_rows;
    struct { guint row; const char *field; const char *value; } after[3];
  } cases[] = {
    { "a-block", 0, "CorpName", "甲公司\n乙公司\n", 0, FALSE, 4,
      { { 0, "CorpName", "甲公司" }, { 1, "CorpName", "乙公司" } } },
    { "more-rows-than-there-are", 3, "CorpName", "甲公司\n乙公司\n丙公司\n", 0, FALSE, 6,
      { { 3, "CorpName", "甲公司" }, { 5, "CorpName", "丙公司" } } },
    { "by-headings", 1, "CorpName", "负责人姓名\t企业承担角色\n王五\t监理单位\n", 0, FALSE, 4,
      { { 1, "PersonName", "王五" }, { 1, "CorpRoleNum", "4" } } },
    { "unknown-code-cancelled", 0, "CorpRoleNum", "厨师\n施工单位\n", YEJI_PASTE_CANCEL, TRUE, 4,
      { { 0, NULL, NULL } } },
    { "unknown-code-left-out", 0, "CorpRoleNum", "厨师\n监理单位\n", YEJI_PASTE_TAKE_FITTING, TRUE,
      4, { { 1, "CorpRoleNum", "4" } } },
    { "unknown-code-as-typed", 0, "CorpRoleNum", "厨师\n监理单位\n", YEJI_PASTE_TAKE_ALL, TRUE, 4,
      { { 0, "CorpRoleNum", "厨师" }, { 1, "CorpRoleNum", "4" } } },
  };

  g_signal_connect_object (fixture->app.draft, "value-changed", G_CALLBACK (on_edited),
                           fixture->app.draft, 0);
  g_signal_connect_object (fixture->app.draft, "rows-changed", G_CALLBACK (on_edited),
                           fixture->app.draft, 0);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *before = yeji_record_to_text (fixture->app.record);
      g_autofree char *after = NULL;

      g_test_message ("%s", cases[i].name);
      g_object_set_data (G_OBJECT (fixture->app.draft), "edited", NULL);
      yeji_grid_go (fixture->grid, cases[i].row, find_column (fixture, cases[i].field), FALSE);
      yeji_grid_paste_text (fixture->grid, cases[i].text);
      yeji_test_wait_until (was_edited, fixture, 5000);
      g_assert_true ((find_dialog () != NULL) == cases[i].asks);
      if (cases[i].asks)
        {
          g_assert_cmpuint (name_walk_check (GTK_WIDGET (find_dialog ())), >, 2);
          yeji_paste_dialog_respond (find_dialog (), cases[i].response);
        }
      g_assert_null (find_dialog ());
      g_assert_cmpuint (count_rows (fixture), ==, cases[i].n_rows);
      for (guint j = 0; j < 3 && cases[i].after[j].field != NULL; j++)
        g_assert_cmpstr (get_value (fixture, cases[i].after[j].row, cases[i].after[j].field), ==,
                         cases[i].after[j].value);
      if (!cases[i].asks || cases[i].response != YEJI_PASTE_CANCEL)
        undo (fixture);
      after = yeji_record_to_text (fixture->app.record);
      g_assert_cmpstr (after, ==, before);
    }
}

/* ---- What is said of a cell */

static gboolean
has_problem (gpointer data)
{
  Fixture *fixture = data;

  return yeji_grid_model_get_issue (yeji_grid_get_model (fixture->grid), 1,
                                    find_column (fixture, "CorpCode")) != NULL;
}

static gboolean
line_speaks (gpointer data)
{
  Fixture *fixture = data;

  return g_str_equal (yeji_grid_line_get_text (yeji_grid_page_get_line (fixture->page)),
                      yeji_issue_get_message (yeji_grid_model_get_issue (
                        yeji_grid_get_model (fixture->grid), 1,
                        find_column (fixture, "CorpCode"))));
}

static void
test_problem (Fixture       *fixture,
              gconstpointer  data)
{
  guint column = find_column (fixture, "CorpCode");
  YejiGridModel *model = yeji_grid_get_model (fixture->grid);
  YejiIssue *issue;
  g_autofree char *spoken = NULL;

  yeji_grid_go (fixture->grid, 1, column, FALSE);
  type (fixture, "1222O104000000115K");
  press (fixture, GDK_KEY_Tab, 0);
  yeji_test_wait_until (has_problem, fixture, 5000);
  issue = yeji_grid_model_get_issue (model, 1, column);
  press (fixture, GDK_KEY_ISO_Left_Tab, GDK_SHIFT_MASK);
  yeji_test_wait_until (line_speaks, fixture, 5000);
  g_assert_true ((yeji_grid_cell_get_flags (yeji_grid_view_peek_cell (
                    yeji_grid_get_view (fixture->grid), 1, (int) column))
                  & YEJI_GRID_CELL_ERROR) != 0);
  g_assert_cmpstr (yeji_grid_line_get_offer (yeji_grid_page_get_line (fixture->page)), ==,
                   "12220104000000115K");
  spoken = yeji_grid_model_describe (model, 1, column);
  g_assert_nonnull (strstr (spoken, "Row 2, "));
  g_assert_nonnull (strstr (spoken, yeji_issue_get_message (issue)));
}

/* A value that could be written right: one key does it, from the cell or from the one after it. */
static void
test_offer (Fixture       *fixture,
            gconstpointer  data)
{
  guint column = find_column (fixture, "PersonPhone");

  yeji_grid_go (fixture->grid, 0, column, FALSE);
  type (fixture, "１３９００００１２３４");
  press (fixture, GDK_KEY_Return, 0);
  g_assert_cmpstr (get_value (fixture, 0, "PersonPhone"), ==, "１３９００００１２３４");
  press (fixture, GDK_KEY_Return, GDK_ALT_MASK);
  g_assert_cmpstr (get_value (fixture, 0, "PersonPhone"), ==, "13900001234");
}

/* What can mean one day only is written as the standard has it, as in the form. */
static void
test_day (AppFixture    *fixture,
          gconstpointer  data)
{
  const YejiTableDef *table = yeji_dictionary_find_table (fixture->dictionary,
                                                          "TBContractRecordManage");
  const YejiFieldDef *field = yeji_table_def_find_field (table, "ContractDate");
  YejiRow *row = yeji_record_get_row (fixture->record, table, 0);
  static const struct
  {
    const char *typed;
    const char *value;
  } cases[] = {
    { "2016.3.30", "2016-03-30" }, { "2016年4月1日", "2016-04-01" }, { "2016-05-01", "2016-05-01" },
    { "soon", "soon" }, { "", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      yeji_draft_set_value (fixture->draft, row, field, cases[i].typed);
      yeji_grid_edits_read_day (fixture->draft, row, field);
      g_assert_cmpstr (yeji_row_get (row, field), ==, cases[i].value);
    }
}

/* ---- The form of a row */

static void
test_row_form (Fixture       *fixture,
               gconstpointer  data)
{
  guint column = find_column (fixture, "PersonName");

  yeji_grid_go (fixture->grid, 1, column, FALSE);
  press (fixture, GDK_KEY_Return, GDK_CONTROL_MASK);
  g_assert_true (yeji_grid_page_get_row (fixture->page)
                 == yeji_record_get_row (fixture->app.record, fixture->table, 1));
  gtk_widget_activate_action (GTK_WIDGET (fixture->page), "row.next", NULL);
  g_assert_true (yeji_grid_page_get_row (fixture->page)
                 == yeji_record_get_row (fixture->app.record, fixture->table, 2));
  g_assert_cmpuint (name_walk_check (fixture->window), >, 10);
  gtk_widget_activate_action (GTK_WIDGET (fixture->page), "row.back", NULL);
  g_assert_null (yeji_grid_page_get_row (fixture->page));
  g_assert_cmpuint (get_area (fixture)->row, ==, 2);
  g_assert_cmpuint (get_area (fixture)->column, ==, column);
  yeji_test_wait_until (has_focus, fixture->grid, 5000);
}

static void
test_names (Fixture       *fixture,
            gconstpointer  data)
{
  g_assert_cmpuint (name_walk_check (fixture->window), >, 0);
}

/* Keys do nothing in a table without rows but what makes rows. */
static void
test_empty (Fixture       *fixture,
            gconstpointer  data)
{
  static const struct
  {
    guint key;
    GdkModifierType modifiers;
  } keys[] = {
    { GDK_KEY_Delete, 0 }, { GDK_KEY_F2, 0 }, { GDK_KEY_c, GDK_CONTROL_MASK },
    { GDK_KEY_d, GDK_CONTROL_MASK }, { GDK_KEY_d, GDK_CONTROL_MASK | GDK_SHIFT_MASK },
    { GDK_KEY_Up, GDK_ALT_MASK }, { GDK_KEY_Delete, GDK_CONTROL_MASK },
    { GDK_KEY_Return, GDK_CONTROL_MASK }, { GDK_KEY_Down, 0 }, { GDK_KEY_Return, 0 },
    { GDK_KEY_Tab, 0 }, { GDK_KEY_a, GDK_CONTROL_MASK }, { GDK_KEY_Return, GDK_ALT_MASK },
  };

  press (fixture, GDK_KEY_a, GDK_CONTROL_MASK);
  press (fixture, GDK_KEY_Delete, GDK_CONTROL_MASK);
  g_assert_cmpuint (count_rows (fixture), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    press (fixture, keys[i].key, keys[i].modifiers);
  type (fixture, "x");
  g_assert_cmpuint (count_rows (fixture), ==, 0);
  yeji_grid_add (fixture->grid);
  g_assert_cmpuint (count_rows (fixture), ==, 1);
}

static void
add (const char *path,
     void      (*test) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, NULL, set_up, test, tear_down);
}

static void
add_tests (void)
{
  add ("/app/grid/moves-like-a-spreadsheet", test_moves);
  add ("/app/grid/leaves-by-tab-and-comes-back-by-enter", test_tab);
  add ("/app/grid/takes-what-is-typed", test_typing);
  add ("/app/grid/gives-up-by-escape", test_give_up);
  add ("/app/grid/leaves-an-input-method-half-way", test_leave_composing);
  add ("/app/grid/undoes-what-is-being-typed", test_undo_typing);
  add ("/app/grid/goes-on-with-what-is-there", test_edit);
  add ("/app/grid/masks-personal-numbers", test_personal);
  add ("/app/grid/offers-codes", test_code);
  add ("/app/grid/offers-the-rows-of-a-link", test_link);
  add ("/app/grid/shows-what-stands-elsewhere", test_carried);
  add ("/app/grid/helps-with-a-field", test_help);
  add ("/app/grid/empties-a-block", test_delete);
  add ("/app/grid/fills-down", test_fill_down);
  add ("/app/grid/duplicates-moves-and-removes-rows", test_rows);
  add ("/app/grid/adds-a-row", test_add);
  add ("/app/grid/copies-a-block", test_copy);
  add ("/app/grid/pastes-and-undoes", test_paste);
  add ("/app/grid/shows-what-is-wrong", test_problem);
  add ("/app/grid/takes-an-offer-by-one-key", test_offer);
  app_fixture_add ("/app/grid/reads-a-day", test_day);
  add ("/app/grid/opens-the-form-of-a-row", test_row_form);
  add ("/app/grid/names-every-control", test_names);
  add ("/app/grid/does-nothing-without-rows", test_empty);
}

int
main (int    argc,
      char **argv)
{
  return app_fixture_main (&argc, &argv, add_tests);
}
