// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* Days, amounts, links and help, by the keyboard. */

#include "config.h"

#include "app-fixture.h"
#include "name-walk.h"
#include "yeji-chooser.h"
#include "yeji-clock.h"
#include "yeji-condition-words.h"
#include "yeji-editor.h"
#include "yeji-field-help.h"
#include "yeji-field-row.h"
#include "yeji-link-control.h"
#include "yeji-test.h"

static GtkWidget *
show (AppFixture *fixture)
{
  GtkWidget *window = gtk_window_new ();
  GtkWidget *editor = yeji_editor_new ();

  gtk_window_set_child (GTK_WINDOW (window), editor);
  gtk_window_set_default_size (GTK_WINDOW (window), 1280, 720);
  yeji_editor_set_draft (YEJI_EDITOR (editor), fixture->draft);
  gtk_window_present (GTK_WINDOW (window));
  return window;
}

static YejiFieldRow *
go_to (AppFixture *fixture,
       GtkWidget  *window,
       const char *member,
       const char *field)
{
  const YejiTableDef *table = yeji_dictionary_find_member (fixture->dictionary, member);
  YejiEditor *editor = YEJI_EDITOR (gtk_window_get_child (GTK_WINDOW (window)));
  GtkWidget *focus;

  g_assert_true (yeji_editor_show_place (editor, table->id, "", field));
  focus = gtk_root_get_focus (GTK_ROOT (window));
  g_assert_nonnull (focus);
  return YEJI_FIELD_ROW (gtk_widget_get_ancestor (focus, YEJI_TYPE_FIELD_ROW));
}

/* As the window's own key handling would: through the controllers of the widget. */
static gboolean
press (GtkWidget       *widget,
       guint            keyval,
       GdkModifierType  state)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);
  gboolean handled = FALSE;

  for (guint i = 0; !handled && i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_KEY (controller))
        g_signal_emit_by_name (controller, "key-pressed", keyval, 0, state, &handled);
    }
  return handled;
}

static const char *
get_value (YejiFieldRow *row)
{
  return yeji_form_field_get_text (yeji_field_row_get_field (row));
}

static void
leave (AppFixture *fixture,
       GtkWidget  *window)
{
  go_to (fixture, window, "project", "PrjName");
}

/* What can mean one day only is written as the standard has it; the rest stays as typed. */
static const struct
{
  const char *typed;
  const char *value;
} days[] = {
  { "20160330", "2016-03-30" },
  { "2016.3.30", "2016-03-30" },
  { "2016/3/30", "2016-03-30" },
  { "2016年3月30日", "2016-03-30" },
  { "二〇一六年三月三十日", "2016-03-30" },
  { "16-3-30", "2016-03-30" },
  { "30 Mar 2016", "2016-03-30" },
  { "2016-03-30", "2016-03-30" },
  { "3/4/2016", "3/4/2016" },
  { "2016-02-30", "2016-02-30" },
  { "next week", "next week" },
};

static void
test_days (AppFixture    *fixture,
           gconstpointer  data)
{
  GtkWidget *window = show (fixture);

  for (guint i = 0; i < G_N_ELEMENTS (days); i++)
    {
      YejiFieldRow *row = go_to (fixture, window, "project", "BeginDate");

      gtk_editable_set_text (GTK_EDITABLE (yeji_field_row_get_target (row)), "");
      gtk_editable_set_text (GTK_EDITABLE (yeji_field_row_get_target (row)), days[i].typed);
      g_assert_cmpstr (get_value (row), ==, days[i].typed);
      leave (fixture, window);
      g_assert_cmpstr (get_value (row), ==, days[i].value);
      g_assert_cmpstr (yeji_form_field_get_read_from (yeji_field_row_get_field (row)), ==,
                       g_str_equal (days[i].typed, days[i].value) ? NULL : days[i].typed);
    }
  gtk_window_destroy (GTK_WINDOW (window));
}

/* Who takes it back is not corrected a second time. */
static void
test_refused (AppFixture    *fixture,
              gconstpointer  data)
{
  GtkWidget *window = show (fixture);
  YejiFieldRow *row = go_to (fixture, window, "project", "BeginDate");
  GtkWidget *entry = yeji_field_row_get_target (row);

  gtk_editable_set_text (GTK_EDITABLE (entry), "2016.3.30");
  g_signal_emit_by_name (entry, "activate");
  g_assert_cmpstr (get_value (row), ==, "2016-03-30");
  gtk_editable_set_text (GTK_EDITABLE (entry), "2016.3.30");
  leave (fixture, window);
  g_assert_cmpstr (get_value (row), ==, "2016.3.30");
  go_to (fixture, window, "project", "BeginDate");
  gtk_editable_set_text (GTK_EDITABLE (entry), "2016.3.31");
  leave (fixture, window);
  g_assert_cmpstr (get_value (row), ==, "2016-03-31");
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_keys (AppFixture    *fixture,
           gconstpointer  data)
{
  GtkWidget *window = show (fixture);
  YejiFieldRow *row = go_to (fixture, window, "project", "BeginDate");
  GtkWidget *entry = yeji_field_row_get_target (row);
  g_autofree char *today = yeji_clock_today ();

  gtk_editable_set_text (GTK_EDITABLE (entry), "2016-02-28");
  g_assert_true (press (entry, GDK_KEY_Up, 0));
  g_assert_cmpstr (get_value (row), ==, "2016-02-29");
  g_assert_true (press (entry, GDK_KEY_Up, 0));
  g_assert_cmpstr (get_value (row), ==, "2016-03-01");
  g_assert_true (press (entry, GDK_KEY_Down, 0));
  g_assert_cmpstr (get_value (row), ==, "2016-02-29");
  g_assert_true (press (entry, GDK_KEY_semicolon, GDK_CONTROL_MASK));
  g_assert_cmpstr (get_value (row), ==, today);
  gtk_editable_set_text (GTK_EDITABLE (entry), "");
  g_assert_false (press (entry, GDK_KEY_Up, 0));
  gtk_editable_set_text (GTK_EDITABLE (entry), "9999-12-31");
  press (entry, GDK_KEY_Up, 0);
  g_assert_cmpstr (get_value (row), ==, "9999-12-31");
  gtk_window_destroy (GTK_WINDOW (window));
}

static GtkWidget *
find_caption (GtkWidget *root)
{
  GtkWidget *found = gtk_widget_has_css_class (root, "yeji-caption") ? root : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (root); found == NULL && child != NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_caption (child);
  return found;
}

static void
test_amount (AppFixture    *fixture,
             gconstpointer  data)
{
  GtkWidget *window = show (fixture);
  YejiFieldRow *row = go_to (fixture, window, "project", "AllInvest");
  GtkWidget *entry = yeji_field_row_get_target (row);
  GtkWidget *caption = find_caption (GTK_WIDGET (row));

  gtk_editable_set_text (GTK_EDITABLE (entry), "2928.28");
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (caption)), ==,
                   "29,282,800 元 · 人民币贰仟玖佰贰拾捌万贰仟捌佰元整");
  g_assert_true (gtk_widget_get_visible (caption));
  g_assert_cmpstr (get_value (row), ==, "2928.28");
  gtk_editable_set_text (GTK_EDITABLE (entry), "2928.");
  g_assert_false (gtk_widget_get_visible (caption));
  gtk_window_destroy (GTK_WINDOW (window));
}

static YejiChooser *
open_chooser (YejiFieldRow *row)
{
  GtkMenuButton *button = GTK_MENU_BUTTON (yeji_field_row_get_target (row));

  gtk_menu_button_popup (button);
  return YEJI_CHOOSER (gtk_menu_button_get_popover (button));
}

static void
test_link (AppFixture    *fixture,
           gconstpointer  data)
{
  const YejiTableDef *tenders = yeji_dictionary_find_member (fixture->dictionary, "tenders");
  GtkWidget *window = show (fixture);
  YejiFieldRow *row = go_to (fixture, window, "permits", "TenderNum");
  YejiFormField *field = yeji_field_row_get_field (row);
  YejiLinkControl *control = YEJI_LINK_CONTROL (gtk_widget_get_ancestor (
    yeji_field_row_get_target (row), YEJI_TYPE_LINK_CONTROL));
  GtkWidget *go = gtk_widget_get_last_child (GTK_WIDGET (control));
  YejiChooser *chooser;
  YejiFieldRow *there;

  /* a number of no row says so, and others are offered */
  yeji_form_field_set_text (field, "2201041603300001-BD-999");
  g_assert_null (yeji_link_control_find_row (control));
  g_assert_false (gtk_widget_get_visible (go));
  chooser = open_chooser (row);
  g_assert_cmpuint (yeji_chooser_get_n_shown (chooser), ==, 1);
  yeji_chooser_set_search (chooser, "nothing of the kind");
  g_assert_cmpuint (yeji_chooser_get_n_shown (chooser), ==, 0);
  yeji_chooser_set_search (chooser, "BD-001");
  yeji_chooser_accept (chooser);
  g_assert_cmpstr (get_value (row), ==, "2201041603300001-BD-001");
  g_assert_nonnull (yeji_link_control_find_row (control));

  /* there, and back */
  go_to (fixture, window, "permits", "TenderNum");
  g_assert_true (gtk_widget_get_visible (go));
  g_signal_emit_by_name (go, "clicked");
  g_assert_false (gtk_widget_is_ancestor (gtk_root_get_focus (GTK_ROOT (window)),
                                          GTK_WIDGET (row)));
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (window), "place.back", NULL)
                 || gtk_widget_activate_action (gtk_window_get_child (GTK_WINDOW (window)),
                                                "place.back", NULL));
  g_assert_true (gtk_widget_is_ancestor (gtk_root_get_focus (GTK_ROOT (window)),
                                         GTK_WIDGET (row)));

  /* a new row, whose number comes first */
  chooser = open_chooser (row);
  gtk_popover_popdown (GTK_POPOVER (chooser));
  g_signal_emit_by_name (chooser, "add");
  g_assert_cmpuint (yeji_record_get_n_rows (fixture->record, tenders), ==, 2);
  there = YEJI_FIELD_ROW (gtk_widget_get_ancestor (gtk_root_get_focus (GTK_ROOT (window)),
                                                   YEJI_TYPE_FIELD_ROW));
  g_assert_cmpstr (yeji_form_field_get_def (yeji_field_row_get_field (there))->id, ==, "TenderNum");
  g_assert_true (gtk_widget_activate_action (gtk_window_get_child (GTK_WINDOW (window)),
                                             "place.back", NULL));
  /* without a number it is offered with what to do */
  chooser = open_chooser (row);
  g_assert_cmpuint (yeji_chooser_get_n_shown (chooser), ==, 2);
  yeji_chooser_set_search (chooser, "No number yet");
  g_assert_cmpuint (yeji_chooser_get_n_shown (chooser), ==, 1);
  yeji_chooser_accept (chooser);
  g_assert_cmpstr (get_value (row), ==, "2201041603300001-BD-001");
  there = YEJI_FIELD_ROW (gtk_widget_get_ancestor (gtk_root_get_focus (GTK_ROOT (window)),
                                                   YEJI_TYPE_FIELD_ROW));
  g_assert_cmpstr (yeji_form_field_get_def (yeji_field_row_get_field (there))->id, ==, "TenderNum");
  g_assert_true (there != row);
  gtk_window_destroy (GTK_WINDOW (window));
}

static gboolean
is_closed (gpointer data)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (data));

  return focus != NULL && gtk_widget_get_ancestor (focus, YEJI_TYPE_FIELD_ROW) != NULL
         && gtk_widget_get_ancestor (focus, GTK_TYPE_POPOVER) == NULL;
}

static GtkWidget *
find_popover (GtkWidget *root)
{
  GtkWidget *found = gtk_widget_has_css_class (root, "yeji-help-popover") ? root : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (root); found == NULL && child != NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_popover (child);
  return found;
}

static void
test_help (AppFixture    *fixture,
           gconstpointer  data)
{
  GtkWidget *window = show (fixture);
  YejiFieldRow *row = go_to (fixture, window, "tenders", "AgencyCorpName");
  GtkWidget *popover;

  g_assert_true (gtk_widget_activate_action (yeji_field_row_get_target (row), "field.help", NULL));
  popover = find_popover (GTK_WIDGET (row));
  g_assert_nonnull (popover);
  g_assert_true (gtk_widget_get_visible (popover));
  name_walk_check (popover);
  gtk_popover_popdown (GTK_POPOVER (popover));
  yeji_test_wait_until (is_closed, window, 2000);
  gtk_window_destroy (GTK_WINDOW (window));
}

static const struct
{
  const char *table;
  const char *field;
  const char *said;
} helps[] = {
  { "TBTenderInfo", "AgencyCorpName", "Required: When “Tender method” is not" },
  { "TBTenderInfo", "TenderMoney", "in 万元, not below 0" },
  { "TBTenderInfo", "TenderMoney", "Name in the standard: TBTenderInfo.TenderMoney" },
  { "TBTenderInfo", "TenderMoney", "Required: Always" },
  { "TBTenderInfo", "TenderResultDate", "such as 2016-03-30" },
  { "TBTenderInfo", "TenderClassNum", "which has 10" },
  { "TBTenderInfo", "PrjNum", "May stay empty: then it is what the project says" },
  { "TBTenderInfo", "TenderNum", "until approval" },
  { "TBTenderInfo", "DataLevel", "Set by the province" },
  { "TBContractRecordManage", "ContractMoney", "Offered from: Tenders · Award amount" },
  { "TBBuilderLicenceManage", "TenderNum", "A row of “Tenders”" },
  { "TBProjectInfo", "PrjSize", "at most 500 characters" },
};

static void
test_help_text (AppFixture    *fixture,
                gconstpointer  data)
{
  GPtrArray *tables = yeji_dictionary_get_tables (fixture->dictionary);

  for (guint i = 0; i < G_N_ELEMENTS (helps); i++)
    {
      const YejiFieldDef *field = yeji_dictionary_find_field (fixture->dictionary, helps[i].table,
                                                              helps[i].field);
      g_autofree char *text = yeji_field_help_to_text (fixture->dictionary, field);

      if (strstr (text, helps[i].said) == NULL)
        g_error ("“%s” is not said of %s: %s", helps[i].said, helps[i].field, text);
    }
  for (guint i = 0; i < tables->len; i++)
    {
      GPtrArray *fields = ((const YejiTableDef *) g_ptr_array_index (tables, i))->fields;

      for (guint j = 0; j < fields->len; j++)
        {
          g_autofree char *text = yeji_field_help_to_text (fixture->dictionary,
                                                           g_ptr_array_index (fields, j));

          g_assert_null (strstr (text, "{"));
        }
    }
}

static void
add_tests (void)
{
  app_fixture_add ("/app/field-input/reads-a-day-that-is-certain", test_days);
  app_fixture_add ("/app/field-input/does-not-insist-on-a-day", test_refused);
  app_fixture_add ("/app/field-input/moves-a-day-by-key", test_keys);
  app_fixture_add ("/app/field-input/shows-an-amount-in-words", test_amount);
  app_fixture_add ("/app/field-input/chooses-a-link-and-goes-there-and-back", test_link);
  app_fixture_add ("/app/field-input/shows-help-and-returns", test_help);
  app_fixture_add ("/app/field-input/says-all-of-every-field", test_help_text);
}

int
main (int    argc,
      char **argv)
{
  return app_fixture_main (&argc, &argv, add_tests);
}
