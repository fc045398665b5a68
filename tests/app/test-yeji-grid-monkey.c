// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "app-fixture.h"
#include "yeji-chooser.h"
#include "yeji-draft-undo.h"
#include "yeji-grid-page.h"
#include "yeji-grid-paste.h"
#include "yeji-paste-dialog.h"
#include "yeji-test.h"

#include <stdlib.h>

/* Somebody leans on the keyboard: keys, texts, input methods, pastes and undos in any order, and
 * rows that change under the cursor. What is on the screen must be what is on the disk, and all of
 * it must be undone and done again. YEJI_MONKEY_SEED and YEJI_MONKEY_STEPS make it another one. */

#define TABLE "TBProjectCorpInfo"
#define STEPS 300
#define STEPS_PER_CHECK 25

typedef struct
{
  AppFixture app;
  GtkWidget *window;
  YejiGridPage *page;
  YejiGrid *grid;
  const YejiTableDef *table;
  GRand *rand;
} Fixture;

static guint
get_number (const char *name,
            guint       otherwise)
{
  const char *text = g_getenv (name);

  return text != NULL ? (guint) strtoul (text, NULL, 10) : otherwise;
}

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
  fixture->rand = g_rand_new_with_seed (get_number ("YEJI_MONKEY_SEED", 20)
                                        + GPOINTER_TO_UINT (data));
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
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  g_rand_free (fixture->rand);
  app_fixture_tear_down (&fixture->app, data);
}

static guint
draw (Fixture *fixture,
      guint    n)
{
  return (guint) g_rand_int_range (fixture->rand, 0, (gint32) n);
}

static YejiGridInput *
get_input (Fixture *fixture)
{
  return yeji_grid_get_input (fixture->grid);
}

static YejiRow *
draw_row (Fixture *fixture)
{
  YejiRecord *record = yeji_draft_get_record (fixture->app.draft);
  guint n = yeji_record_get_n_rows (record, fixture->table);

  return n > 0 ? yeji_record_get_row (record, fixture->table, draw (fixture, n)) : NULL;
}

static char *
to_text (YejiRecord *record)
{
  g_autoptr (JsonNode) node = yeji_record_to_json (record);

  return json_to_string (node, TRUE);
}

/* Records are long: only the lines about the first difference are said. */
static void
assert_same (const char *what,
             YejiRecord *record,
             const char *expected)
{
  g_autofree char *text = to_text (record);
  gsize at = 0, from;

  if (g_str_equal (text, expected))
    return;
  while (text[at] == expected[at])
    at++;
  from = at - MIN (at, 200);
  g_error ("%s: is\n%.400s\n---- and should be\n%.400s", what, text + from, expected + from);
}

/* ---- What the monkey does */

static void
press_key (Fixture *fixture)
{
  static const guint keys[] = {
    GDK_KEY_Up, GDK_KEY_Down, GDK_KEY_Left, GDK_KEY_Right, GDK_KEY_Home, GDK_KEY_End,
    GDK_KEY_Page_Up, GDK_KEY_Page_Down, GDK_KEY_Tab, GDK_KEY_ISO_Left_Tab, GDK_KEY_Return,
    GDK_KEY_KP_Enter, GDK_KEY_Escape, GDK_KEY_F2, GDK_KEY_Delete, GDK_KEY_BackSpace, GDK_KEY_d,
    GDK_KEY_D, GDK_KEY_a, GDK_KEY_c, GDK_KEY_x, GDK_KEY_Delete, GDK_KEY_space,
  };
  static const GdkModifierType modifiers[] = {
    0, 0, 0, GDK_SHIFT_MASK, GDK_CONTROL_MASK, GDK_ALT_MASK, GDK_CONTROL_MASK | GDK_SHIFT_MASK,
  };

  yeji_grid_press (fixture->grid, keys[draw (fixture, G_N_ELEMENTS (keys))],
                   modifiers[draw (fixture, G_N_ELEMENTS (modifiers))]);
}

static const char *
draw_text (Fixture *fixture)
{
  static const char *const texts[] = {
    "甲", "x", "2021-3-5", "2021年3月5日", "１２，０００", "监理", "1", "无", " ", "\"", "911100",
    "王小二\n二行", "\xe2\x80\x8b", "施工总承包单位", "0.5万",
  };

  return texts[draw (fixture, G_N_ELEMENTS (texts))];
}

static void
type_text (Fixture *fixture)
{
  GtkEditable *text = GTK_EDITABLE (yeji_grid_input_get_widget (get_input (fixture)));
  int position = -1;

  gtk_editable_insert_text (text, draw_text (fixture), -1, &position);
}

static void
delete_text (Fixture *fixture)
{
  GtkEditable *text = GTK_EDITABLE (yeji_grid_input_get_widget (get_input (fixture)));

  gtk_editable_delete_text (text, (int) draw (fixture, 3), -1);
}

static void
compose (Fixture *fixture)
{
  g_signal_emit_by_name (yeji_grid_input_get_widget (get_input (fixture)), "preedit-changed",
                         draw (fixture, 2) == 0 ? "wang" : "");
}

static void
go (Fixture *fixture)
{
  yeji_grid_go (fixture->grid, draw (fixture, 20), draw (fixture, 14), draw (fixture, 2) == 0);
}

static void
paste (Fixture *fixture)
{
  g_autoptr (GString) text = g_string_new (draw (fixture, 4) == 0 ? "单位名称\t" : NULL);
  guint n = draw (fixture, 20);

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "%s%s", draw_text (fixture),
                            draw (fixture, 3) == 0 ? "\r\n" : draw (fixture, 5) == 0 ? "\"" : "\t");
  yeji_grid_paste_text (fixture->grid, text->str);
}

static void
change_from_elsewhere (Fixture *fixture)
{
  YejiRow *row = draw_row (fixture);
  const YejiFieldDef *field = g_ptr_array_index (fixture->table->fields,
                                                 draw (fixture, fixture->table->fields->len));

  if (row != NULL)
    yeji_draft_set_value (fixture->app.draft, row, field, draw_text (fixture));
}

static void
remove_from_elsewhere (Fixture *fixture)
{
  YejiRow *row = draw_row (fixture);

  if (row != NULL)
    yeji_draft_remove_row (fixture->app.draft, row);
}

static void
add_row (Fixture *fixture)
{
  if (yeji_record_get_n_rows (yeji_draft_get_record (fixture->app.draft), fixture->table) < 60)
    yeji_grid_add (fixture->grid);
}

static void
pump (Fixture *fixture)
{
  for (guint i = draw (fixture, 30); i > 0; i--)
    g_main_context_iteration (NULL, FALSE);
}

static gboolean
undo (Fixture  *fixture,
      gboolean  again)
{
  GAsyncResult *result = NULL;
  g_autoptr (GAsyncResult) done = NULL;
  g_autoptr (YejiUndo) undone = NULL;
  g_autoptr (GError) error = NULL;

  yeji_draft_undo_async (fixture->app.draft, again, yeji_test_store_result, &result);
  done = yeji_test_await (&result, 10000);
  undone = yeji_draft_undo_finish (fixture->app.draft, done, &error);
  if (undone == NULL)
    g_assert_error (error, YEJI_UNDO_ERROR, YEJI_UNDO_ERROR_NOTHING);
  return undone != NULL;
}

static void
undo_some (Fixture *fixture)
{
  undo (fixture, draw (fixture, 3) == 0);
}

/* Whatever asks is answered, and nothing is open when the next thing comes. */
static void
answer (Fixture *fixture)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();
  GtkWidget *next;

  for (GList *window = windows; window != NULL; window = window->next)
    if (YEJI_IS_PASTE_DIALOG (window->data))
      yeji_paste_dialog_respond (window->data, (YejiPasteResponse) draw (fixture, 3));
  for (GtkWidget *child = gtk_widget_get_first_child (
         GTK_WIDGET (yeji_grid_get_view (fixture->grid))); child != NULL; child = next)
    {
      next = gtk_widget_get_next_sibling (child);
      if (!YEJI_IS_CHOOSER (child))
        continue;
      if (draw (fixture, 2) == 0 && yeji_chooser_get_n_shown (YEJI_CHOOSER (child)) > 0)
        yeji_chooser_accept (YEJI_CHOOSER (child));
      else
        gtk_popover_popdown (GTK_POPOVER (child));
    }
  if (yeji_grid_page_get_row (fixture->page) != NULL)
    yeji_grid_page_close_row (fixture->page);
  yeji_grid_input_focus (get_input (fixture));
}

static void (*const deeds[]) (Fixture *fixture) = {
  press_key, press_key, press_key, press_key, press_key, press_key, press_key, press_key,
  type_text, type_text, type_text, delete_text, compose, go, go, paste, change_from_elsewhere,
  remove_from_elsewhere, add_row, pump, pump, undo_some,
};

/* ---- What must hold */

/* A paste may come while this waits, and is to be saved then, too. */
static void
save_all (Fixture *fixture)
{
  YejiDraftKeeper *keeper = yeji_draft_get_keeper (fixture->app.draft);

  do
    {
      GAsyncResult *result = NULL;
      g_autoptr (GAsyncResult) done = NULL;
      g_autoptr (GError) error = NULL;

      yeji_draft_keeper_flush_async (keeper, yeji_test_store_result, &result);
      done = yeji_test_await (&result, 10000);
      g_assert_true (yeji_draft_keeper_flush_finish (keeper, done, &error));
      g_assert_no_error (error);
    }
  while (yeji_draft_keeper_get_state (keeper) != YEJI_KEEPER_SAVED);
}

static void
assert_stored (Fixture *fixture)
{
  g_autoptr (YejiRecord) stored = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *shown = NULL;

  save_all (fixture);
  stored = yeji_store_load (fixture->app.store, yeji_draft_get_uuid (fixture->app.draft), &error);
  g_assert_no_error (error);
  shown = to_text (yeji_draft_get_record (fixture->app.draft));
  assert_same ("on the disk", stored, shown);
}

static void
assert_cursor (Fixture *fixture)
{
  const YejiGridArea *area = yeji_grid_view_get_area (yeji_grid_get_view (fixture->grid));
  YejiGridModel *model = yeji_grid_get_model (fixture->grid);
  guint n = MAX (yeji_grid_model_get_n_rows (model), 1);

  g_assert_cmpuint (area->row, <, n);
  g_assert_cmpuint (area->anchor_row, <, n);
  g_assert_cmpuint (area->column, <, yeji_grid_model_get_n_columns (model));
  g_assert_cmpuint (area->anchor_column, <, yeji_grid_model_get_n_columns (model));
}

static void
test_monkey (Fixture       *fixture,
             gconstpointer  data)
{
  g_autofree char *start = to_text (yeji_draft_get_record (fixture->app.draft));
  g_autofree char *end = NULL;
  guint n = get_number ("YEJI_MONKEY_STEPS", STEPS);

  for (guint i = 0; i < n; i++)
    {
      guint deed = draw (fixture, G_N_ELEMENTS (deeds));

      g_test_message ("%u: deed %u", i, deed);
      deeds[deed] (fixture);
      assert_cursor (fixture);
      if (draw (fixture, 3) == 0)
        answer (fixture);
      if (i % STEPS_PER_CHECK == 0)
        assert_stored (fixture);
    }
  for (guint i = 0; i < 200; i++)
    g_main_context_iteration (NULL, FALSE);
  answer (fixture);
  yeji_grid_input_commit (get_input (fixture));
  yeji_draft_add_row (fixture->app.draft, fixture->table);   /* nothing can be done again */
  assert_stored (fixture);
  end = to_text (yeji_draft_get_record (fixture->app.draft));
  while (undo (fixture, FALSE))
    ;
  assert_stored (fixture);
  assert_same ("undone", yeji_draft_get_record (fixture->app.draft), start);
  while (undo (fixture, TRUE))
    ;
  assert_stored (fixture);
  assert_same ("done again", yeji_draft_get_record (fixture->app.draft), end);
}

static void
add_tests (void)
{
  g_test_add ("/app/grid-monkey/loses-nothing", Fixture, GUINT_TO_POINTER (0), set_up, test_monkey,
              tear_down);
  g_test_add ("/app/grid-monkey/loses-nothing-another-time", Fixture, GUINT_TO_POINTER (1), set_up,
              test_monkey, tear_down);
}

int
main (int    argc,
      char **argv)
{
  return app_fixture_main (&argc, &argv, add_tests);
}
