// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* Chinese is typed with an input method: while its letters are on the screen they are no text, and
 * every key is for it. The input method of this test is found by GTK as ibus is. */

#include "config.h"

#include <string.h>

#include "app-fixture.h"
#include "yeji-chooser.h"
#include "yeji-field-row.h"
#include "yeji-grid-page.h"
#include "yeji-personal-entry.h"
#include "yeji-test.h"
#include "yeji-window.h"

#define LETTERS "shigong"
#define TEXT "施工"

/* ---- The input method */

typedef GtkIMContext TestMethod;
typedef GtkIMContextClass TestMethodClass;

static GType test_method_get_type (void);

G_DEFINE_TYPE (TestMethod, test_method, GTK_TYPE_IM_CONTEXT)

static GtkIMContext *method;   /* (transfer none) (nullable): of the text with the focus */
static const char *letters = "";

static void
test_method_focus_in (GtkIMContext *context)
{
  method = context;
}

static void
test_method_focus_out (GtkIMContext *context)
{
  if (method == context)
    method = NULL;
}

static void
test_method_get_preedit_string (GtkIMContext   *context,
                                char          **text,
                                PangoAttrList **attributes,
                                int            *cursor)
{
  const char *shown = context == method ? letters : "";

  if (text != NULL)
    *text = g_strdup (shown);
  if (attributes != NULL)
    *attributes = pango_attr_list_new ();
  if (cursor != NULL)
    *cursor = (int) g_utf8_strlen (shown, -1);
}

static void
test_method_class_init (TestMethodClass *klass)
{
  klass->focus_in = test_method_focus_in;
  klass->focus_out = test_method_focus_out;
  klass->get_preedit_string = test_method_get_preedit_string;
}

static void
test_method_init (TestMethod *self)
{
}

static void
compose (void)
{
  g_assert_nonnull (method);
  g_signal_emit_by_name (method, "preedit-start");
  for (guint i = 1; i <= strlen (LETTERS); i++)
    {
      g_autofree char *so_far = g_strndup (LETTERS, i);

      letters = so_far;
      g_signal_emit_by_name (method, "preedit-changed");
      letters = LETTERS;
    }
}

static void
end_letters (void)
{
  letters = "";
  g_signal_emit_by_name (method, "preedit-changed");
  g_signal_emit_by_name (method, "preedit-end");
}

/* ibus takes its letters away after the text, others before. */
static void
commit (gboolean text_first)
{
  g_assert_nonnull (method);
  if (!text_first)
    end_letters ();
  g_signal_emit_by_name (method, "commit", TEXT);
  if (text_first)
    end_letters ();
}

/* ---- Keys */

static gboolean
is_key (GtkShortcutTrigger *trigger,
        guint               keyval)
{
  if (GTK_IS_ALTERNATIVE_TRIGGER (trigger))
    return is_key (gtk_alternative_trigger_get_first (GTK_ALTERNATIVE_TRIGGER (trigger)), keyval)
           || is_key (gtk_alternative_trigger_get_second (GTK_ALTERNATIVE_TRIGGER (trigger)),
                      keyval);
  return GTK_IS_KEYVAL_TRIGGER (trigger)
         && gtk_keyval_trigger_get_keyval (GTK_KEYVAL_TRIGGER (trigger)) == keyval
         && gtk_keyval_trigger_get_modifiers (GTK_KEYVAL_TRIGGER (trigger)) == 0;
}

static gboolean
press_shortcut (GtkWidget  *widget,
                GListModel *shortcuts,
                guint       keyval)
{
  for (guint i = 0; i < g_list_model_get_n_items (shortcuts); i++)
    {
      g_autoptr (GtkShortcut) shortcut = g_list_model_get_item (shortcuts, i);

      if (is_key (gtk_shortcut_get_trigger (shortcut), keyval)
          && gtk_shortcut_action_activate (gtk_shortcut_get_action (shortcut), 0, widget, NULL))
        return TRUE;
    }
  return FALSE;
}

/* Whether the widget takes the key before the text in it, and so its input method, has it. */
static gboolean
is_taken_by (GtkWidget *widget,
             guint      keyval)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);
  gboolean taken = FALSE;

  for (guint i = 0; !taken && i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (gtk_event_controller_get_propagation_phase (controller) != GTK_PHASE_CAPTURE)
        continue;
      if (GTK_IS_EVENT_CONTROLLER_KEY (controller))
        g_signal_emit_by_name (controller, "key-pressed", keyval, 0, 0, &taken);
      else if (GTK_IS_SHORTCUT_CONTROLLER (controller))
        taken = press_shortcut (widget, G_LIST_MODEL (controller), keyval);
    }
  return taken;
}

/* The way of a key down to the text that has the focus. */
static gboolean
is_taken (GtkWidget *window,
          guint      keyval)
{
  g_autoptr (GPtrArray) way = g_ptr_array_new ();

  for (GtkWidget *at = gtk_root_get_focus (GTK_ROOT (window)); at != NULL;
       at = gtk_widget_get_parent (at))
    g_ptr_array_insert (way, 0, at);
  for (guint i = 0; i < way->len; i++)
    if (is_taken_by (g_ptr_array_index (way, i), keyval))
      return TRUE;
  return FALSE;
}

static const guint keys[] = {
  GDK_KEY_Return, GDK_KEY_KP_Enter, GDK_KEY_Escape, GDK_KEY_Up, GDK_KEY_Down, GDK_KEY_Left,
  GDK_KEY_Right, GDK_KEY_Page_Up, GDK_KEY_Page_Down, GDK_KEY_Home, GDK_KEY_End, GDK_KEY_Tab,
  GDK_KEY_ISO_Left_Tab, GDK_KEY_space, GDK_KEY_BackSpace, GDK_KEY_Delete, GDK_KEY_1, GDK_KEY_9,
  GDK_KEY_minus, GDK_KEY_equal, GDK_KEY_comma, GDK_KEY_period, GDK_KEY_apostrophe, GDK_KEY_F2,
  GDK_KEY_s,
};

/* All that a candidate is chosen or given up with. */
static void
press_all (GtkWidget *window)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (window));

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      if (is_taken (window, keys[i]))
        {
          g_test_message ("%s does not come to the input method", gdk_keyval_name (keys[i]));
          g_test_fail ();
        }
      g_assert_true (gtk_root_get_focus (GTK_ROOT (window)) == focus);
    }
}

/* ---- Fields of a form */

static YejiFieldRow *
make_row (AppFixture         *app,
          const YejiFieldDef *field,
          const YejiTableDef *table)
{
  g_autoptr (YejiFormField) form_field = NULL;

  form_field = yeji_form_field_new (app->draft, yeji_record_get_row (app->record, table, 0), field);
  return YEJI_FIELD_ROW (yeji_field_row_new (form_field));
}

/* A window with a field and something to go to. */
static GtkWidget *
show_row (YejiFieldRow  *row,
          GtkWidget    **other)
{
  GtkWidget *window = gtk_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  *other = gtk_entry_new ();
  gtk_box_append (GTK_BOX (box), *other);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (row));
  gtk_window_set_child (GTK_WINDOW (window), box);
  gtk_window_present (GTK_WINDOW (window));
  gtk_test_widget_wait_for_draw (window);
  gtk_widget_grab_focus (*other);
  gtk_widget_grab_focus (yeji_field_row_get_target (row));
  return window;
}

static void
compose_in (AppFixture         *app,
            const YejiTableDef *table,
            const YejiFieldDef *field,
            gboolean            text_first)
{
  YejiFieldRow *row = make_row (app, field, table);
  YejiFormField *form_field = yeji_field_row_get_field (row);
  GtkWidget *other;
  GtkWidget *window = show_row (row, &other);
  /* the arrows move a day that is there */
  const char *before = field->kind == YEJI_FIELD_DATE ? "2016-03-30" : "";
  g_autofree char *expected = g_strconcat (before, TEXT, NULL);

  yeji_form_field_set_text (form_field, before);
  if (GTK_IS_EDITABLE (yeji_field_row_get_target (row)))
    gtk_editable_set_position (GTK_EDITABLE (yeji_field_row_get_target (row)), -1);
  g_test_message ("%s.%s", table->id, field->id);
  compose ();
  press_all (window);
  g_assert_cmpstr (yeji_form_field_get_text (form_field), ==, before);
  commit (text_first);
  g_assert_cmpstr (yeji_form_field_get_text (form_field), ==, expected);
  /* a second word, which is given up by going away */
  compose ();
  gtk_widget_grab_focus (other);
  letters = "";
  g_assert_cmpstr (yeji_form_field_get_text (form_field), ==, expected);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* Every kind of field that is typed, once. */
static void
test_fields (AppFixture    *app,
             gconstpointer  data)
{
  GPtrArray *tables = yeji_dictionary_get_tables (app->dictionary);
  guint seen[N_YEJI_FIELD_KINDS][2] = { { 0 } };
  guint n = 0;

  for (guint i = 0; i < tables->len; i++)
    {
      const YejiTableDef *table = g_ptr_array_index (tables, i);

      for (guint j = 0; yeji_record_get_n_rows (app->record, table) > 0 && j < table->fields->len;
           j++)
        {
          const YejiFieldDef *field = g_ptr_array_index (table->fields, j);
          gboolean is_personal = field->personal != YEJI_PERSONAL_NO;

          if (field->by_platform || field->kind == YEJI_FIELD_CODE || field->kind == YEJI_FIELD_LINK
              || seen[field->kind][is_personal]++ > 0)
            continue;
          compose_in (app, table, field, n++ % 2 == 0);
        }
    }
  g_assert_cmpuint (n, >=, 5);
  g_assert_cmpuint (seen[YEJI_FIELD_LONG_TEXT][FALSE], >, 0);
}

/* A number that is masked is shown with the first key, and takes what is composed. */
static void
test_masked (AppFixture    *app,
             gconstpointer  data)
{
  GPtrArray *tables = yeji_dictionary_get_tables (app->dictionary);
  const YejiTableDef *table = NULL;
  const YejiFieldDef *field = NULL;
  g_autofree char *before = NULL;
  YejiFieldRow *row;
  GtkWidget *window, *other;

  for (guint i = 0; field == NULL && i < tables->len; i++)
    {
      table = g_ptr_array_index (tables, i);
      for (guint j = 0; field == NULL && yeji_record_get_n_rows (app->record, table) > 0
           && j < table->fields->len; j++)
        {
          const YejiFieldDef *at = g_ptr_array_index (table->fields, j);

          if (at->personal != YEJI_PERSONAL_NO
              && *yeji_row_get (yeji_record_get_row (app->record, table, 0), at) != '\0')
            field = at;
        }
    }
  g_assert_nonnull (field);
  row = make_row (app, field, table);
  window = show_row (row, &other);
  before = g_strdup (yeji_form_field_get_text (yeji_field_row_get_field (row)));
  g_assert_false (yeji_personal_entry_is_shown (yeji_field_row_get_target (row)));
  g_assert_null (method);      /* what cannot be typed into has none */
  g_assert_false (is_taken (window, GDK_KEY_s));
  g_assert_true (yeji_personal_entry_is_shown (yeji_field_row_get_target (row)));
  gtk_editable_set_position (GTK_EDITABLE (yeji_field_row_get_target (row)), 0);
  compose ();
  press_all (window);
  g_assert_cmpstr (yeji_form_field_get_text (yeji_field_row_get_field (row)), ==, before);
  commit (TRUE);
  g_assert_true (g_str_has_prefix (yeji_form_field_get_text (yeji_field_row_get_field (row)),
                                   TEXT));
  g_assert_cmpstr (yeji_form_field_get_text (yeji_field_row_get_field (row)) + strlen (TEXT), ==,
                   before);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* ---- A grid */

#define TABLE "TBProjectCorpInfo"

static gboolean
has_focus (gpointer data)
{
  return yeji_grid_input_has_focus (yeji_grid_get_input (data));
}

static GtkWidget *
show_grid (AppFixture  *app,
           YejiGrid   **grid)
{
  GtkWidget *window = gtk_window_new ();
  GtkWidget *page = yeji_grid_page_new (app->draft,
                                        yeji_dictionary_find_table (app->dictionary, TABLE));

  *grid = yeji_grid_page_get_grid (YEJI_GRID_PAGE (page));
  gtk_window_set_child (GTK_WINDOW (window), page);
  gtk_window_set_default_size (GTK_WINDOW (window), 900, 500);
  gtk_window_present (GTK_WINDOW (window));
  gtk_test_widget_wait_for_draw (window);
  yeji_grid_show (*grid, NULL, NULL);
  yeji_test_wait_until (has_focus, *grid, 5000);
  return window;
}

static const char *
get_cell (YejiGrid *grid,
          guint     row,
          guint     column)
{
  return yeji_grid_model_get_value (yeji_grid_get_model (grid), row, column);
}

static void
on_count (gpointer instance,
          gpointer first,
          gpointer second,
          guint   *count)
{
  (*count)++;
}

static guint
find_kind (YejiGrid      *grid,
           YejiFieldKind  kind)
{
  YejiGridModel *model = yeji_grid_get_model (grid);

  for (guint i = 0; i < yeji_grid_model_get_columns (model)->len; i++)
    if (yeji_grid_model_get_field (model, i)->kind == kind
        && yeji_grid_model_get_field (model, i)->personal == YEJI_PERSONAL_NO
        && yeji_grid_model_is_editable (model, i))
      return i;
  g_assert_not_reached ();
}

static void
test_grid (AppFixture    *app,
           gconstpointer  data)
{
  YejiGrid *grid;
  GtkWidget *window = show_grid (app, &grid);
  const YejiGridArea *area = yeji_grid_view_get_area (yeji_grid_get_view (grid));
  guint column = find_kind (grid, YEJI_FIELD_TEXT);
  guint count = 0;

  g_signal_connect (grid, "committed", G_CALLBACK (on_count), &count);
  for (guint i = 0; i < 4; i++)
    {
      gboolean edits = i >= 2;
      g_autofree char *before = NULL;
      g_autofree char *expected = NULL;

      yeji_grid_go (grid, 1, column, FALSE);
      before = g_strdup (get_cell (grid, 1, column));
      expected = g_strconcat (edits ? before : "", TEXT, NULL);
      if (edits)
        g_assert_true (is_taken (window, GDK_KEY_F2));
      compose ();
      g_assert_true (yeji_grid_input_is_composing (yeji_grid_get_input (grid)));
      press_all (window);
      g_assert_cmpuint (area->row, ==, 1);
      g_assert_cmpuint (area->column, ==, column);
      g_assert_cmpstr (get_cell (grid, 1, column), ==, before);
      commit (i % 2 == 0);
      g_assert_cmpstr (get_cell (grid, 1, column), ==, expected);
      g_assert_cmpuint (count, ==, i);
      g_assert_true (is_taken (window, GDK_KEY_Return));
      g_assert_cmpuint (area->row, ==, 2);
      g_assert_cmpstr (get_cell (grid, 1, column), ==, expected);
      g_assert_cmpuint (count, ==, i + 1);
      if (i == 0)
        {
          yeji_grid_go (grid, 1, column, FALSE);
          g_assert_true (is_taken (window, GDK_KEY_Delete));
          count = i + 1;
        }
    }
  gtk_window_destroy (GTK_WINDOW (window));
}

/* Who goes away half way has typed nothing. */
static void
test_grid_left (AppFixture    *app,
                gconstpointer  data)
{
  YejiGrid *grid;
  GtkWidget *window = show_grid (app, &grid);
  const YejiGridArea *area = yeji_grid_view_get_area (yeji_grid_get_view (grid));
  guint column = find_kind (grid, YEJI_FIELD_TEXT);
  g_autofree char *before = g_strdup (get_cell (grid, 1, column));

  yeji_grid_go (grid, 1, column, FALSE);
  compose ();
  gtk_root_set_focus (GTK_ROOT (window), NULL);
  letters = "";
  g_assert_cmpstr (get_cell (grid, 1, column), ==, before);
  yeji_grid_show (grid, NULL, NULL);
  g_assert_true (is_taken (window, GDK_KEY_Down));
  g_assert_cmpuint (area->row, ==, 2);
  g_assert_cmpstr (get_cell (grid, 1, column), ==, before);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
on_choose (YejiGridInput *input,
           const char    *text,
           GPtrArray     *asked)
{
  g_signal_stop_emission_by_name (input, "choose");
  g_ptr_array_add (asked, g_strdup (text));
}

/* A code is looked for with what was composed, and not with its letters. */
static void
test_grid_code (AppFixture    *app,
                gconstpointer  data)
{
  YejiGrid *grid;
  GtkWidget *window = show_grid (app, &grid);
  g_autoptr (GPtrArray) asked = g_ptr_array_new_with_free_func (g_free);

  g_signal_handlers_disconnect_matched (yeji_grid_get_input (grid), G_SIGNAL_MATCH_DATA, 0, 0,
                                        NULL, NULL, NULL);
  g_signal_connect (yeji_grid_get_input (grid), "choose", G_CALLBACK (on_choose), asked);
  yeji_grid_go (grid, 1, find_kind (grid, YEJI_FIELD_CODE), FALSE);
  compose ();
  press_all (window);
  g_assert_cmpuint (asked->len, ==, 0);
  commit (TRUE);
  g_assert_cmpuint (asked->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (asked, 0), ==, TEXT);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* ---- Searches */

static void
on_search (GtkSearchEntry *search,
           guint          *count)
{
  (*count)++;
}

static GtkWidget *
find_type (GtkWidget *root,
           GType      type)
{
  if (g_type_is_a (G_OBJECT_TYPE (root), type))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_type (child, type);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static gboolean
is_asked (gpointer data)
{
  return *(guint *) data > 0;
}

static void
compose_search (GtkWidget *window,
                GtkWidget *search)
{
  guint count = 0;
  gulong handler = g_signal_connect (search, "search-changed", G_CALLBACK (on_search), &count);

  gtk_widget_grab_focus (search);
  compose ();
  press_all (window);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (search)), ==, "");
  commit (TRUE);
  g_assert_cmpuint (count, ==, 0);
  yeji_test_wait_until (is_asked, &count, 5000);
  g_assert_cmpuint (count, ==, 1);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (search)), ==, TEXT);
  g_signal_handler_disconnect (search, handler);
}

static gboolean
is_listed (gpointer window)
{
  return yeji_record_list_get_n_shown (yeji_window_get_list (window)) > 0;
}

static void
test_search (AppFixture    *app,
             gconstpointer  data)
{
  YejiSyncEngine *engine = yeji_sync_engine_new (app->store);
  GtkWidget *window = yeji_window_new (NULL, app->store, engine);

  g_object_add_weak_pointer (G_OBJECT (window), (gpointer *) &window);
  gtk_window_present (GTK_WINDOW (window));
  gtk_test_widget_wait_for_draw (GTK_WIDGET (window));
  yeji_test_wait_until (is_listed, window, 5000);
  compose_search (window, find_type (GTK_WIDGET (yeji_window_get_list (YEJI_WINDOW (window))),
                                     GTK_TYPE_SEARCH_ENTRY));
  gtk_window_close (GTK_WINDOW (window));
  yeji_test_wait_until (yeji_test_is_gone, &window, 5000);
  yeji_sync_engine_stop (engine);
  yeji_test_wait_until (yeji_test_is_last, engine, 5000);
  g_assert_finalize_object (engine);
}

static void
test_chooser (AppFixture    *app,
              gconstpointer  data)
{
  GListStore *choices = g_list_store_new (YEJI_TYPE_CHOICE);
  GtkWidget *window = gtk_window_new ();
  GtkWidget *button = gtk_menu_button_new ();
  YejiChooser *chooser = yeji_chooser_new ("Kind");

  for (guint i = 0; i < 5; i++)
    {
      g_autofree char *code = g_strdup_printf ("%u", i);
      g_autoptr (YejiChoice) choice = yeji_choice_new (code, "施工总承包");

      g_list_store_append (choices, choice);
    }
  yeji_chooser_set_choices (chooser, G_LIST_MODEL (choices), "2");
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (button), GTK_WIDGET (chooser));
  gtk_window_set_child (GTK_WINDOW (window), button);
  gtk_window_present (GTK_WINDOW (window));
  gtk_test_widget_wait_for_draw (window);
  gtk_menu_button_popup (GTK_MENU_BUTTON (button));
  compose_search (window, find_type (GTK_WIDGET (chooser), GTK_TYPE_SEARCH_ENTRY));
  g_assert_true (is_taken (window, GDK_KEY_Down));
  gtk_window_destroy (GTK_WINDOW (window));
  g_object_unref (choices);
}

/* ---- */

static void
add_tests (void)
{
  app_fixture_add ("/app/composing/is-no-text-of-a-form-yet", test_fields);
  app_fixture_add ("/app/composing/is-no-number-yet-where-one-is-masked", test_masked);
  app_fixture_add ("/app/composing/moves-nothing-in-a-grid", test_grid);
  app_fixture_add ("/app/composing/is-nothing-when-a-grid-is-left", test_grid_left);
  app_fixture_add ("/app/composing/chooses-no-code-by-its-letters", test_grid_code);
  app_fixture_add ("/app/composing/is-not-searched-for", test_search);
  app_fixture_add ("/app/composing/is-not-looked-for-among-codes", test_chooser);
}

int
main (int    argc,
      char **argv)
{
  g_io_extension_point_register ("gtk-im-module");
  g_io_extension_point_implement ("gtk-im-module", test_method_get_type (), "yeji-test", 1000);
  g_setenv ("GTK_IM_MODULE", "yeji-test", TRUE);
  return app_fixture_main (&argc, &argv, add_tests);
}
