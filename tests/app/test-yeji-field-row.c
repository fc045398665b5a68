// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "app-fixture.h"
#include "name-walk.h"
#include "yeji-chooser.h"
#include "yeji-code-offer.h"
#include "yeji-field-row.h"
#include "yeji-messages.h"
#include "yeji-test.h"

typedef struct
{
  AppFixture *fixture;
  YejiFieldRow *row;
  GtkWidget *window;
} Shown;

/* A field of the record in a window of its own. */
static Shown
show (AppFixture *fixture,
      const char *table,
      const char *id)
{
  const YejiTableDef *def = yeji_dictionary_find_table (fixture->dictionary, table);
  const YejiFieldDef *field = yeji_table_def_find_field (def, id);
  g_autoptr (YejiFormField) form_field = NULL;
  Shown shown = { fixture };

  g_assert_nonnull (field);
  form_field = yeji_form_field_new (fixture->draft, yeji_record_get_row (fixture->record, def, 0),
                                    field);
  shown.row = YEJI_FIELD_ROW (yeji_field_row_new (form_field));
  shown.window = gtk_window_new ();
  gtk_window_set_child (GTK_WINDOW (shown.window), GTK_WIDGET (shown.row));
  gtk_window_present (GTK_WINDOW (shown.window));
  return shown;
}

static void
hide (Shown *shown)
{
  name_walk_check (shown->window);
  gtk_window_destroy (GTK_WINDOW (shown->window));
}

static const char *
get_value (Shown *shown)
{
  return yeji_form_field_get_text (yeji_field_row_get_field (shown->row));
}

static gboolean
has_note (gpointer data)
{
  return yeji_field_row_get_note (((Shown *) data)->row) != NULL;
}

static gboolean
has_no_note (gpointer data)
{
  return !has_note (data);
}

static void
assert_invalid (Shown                      *shown,
                GtkAccessibleInvalidState   state)
{
  GtkWidget *target = yeji_field_row_get_target (shown->row);
  g_autofree char *differs = NULL;

  if (GTK_IS_MENU_BUTTON (target))
    target = gtk_widget_get_first_child (target);
  differs = gtk_test_accessible_check_state (GTK_ACCESSIBLE (target),
                                             GTK_ACCESSIBLE_STATE_INVALID, state);
  g_assert_cmpstr (differs, ==, NULL);
}

/* Text, number and date are typed; the wrong text of each is kept and spoken of. */
static const struct
{
  const char *table;
  const char *field;
  const char *good;
  const char *bad;
} typed_cases[] = {
  { "TBProjectInfo", "BuildCorpCode", "12220104000000115K", "123" },
  { "TBProjectInfo", "AllInvest", "3500.5", "三千五百万" },
  { "TBProjectInfo", "BeginDate", "2016-08-12", "2016年8月12日" },
};

static void
test_typed (AppFixture    *fixture,
            gconstpointer  data)
{
  for (guint i = 0; i < G_N_ELEMENTS (typed_cases); i++)
    {
      Shown shown = show (fixture, typed_cases[i].table, typed_cases[i].field);
      GtkWidget *entry = yeji_field_row_get_target (shown.row);

      g_assert_true (GTK_IS_EDITABLE (entry));
      gtk_editable_set_text (GTK_EDITABLE (entry), typed_cases[i].bad);
      g_assert_cmpstr (get_value (&shown), ==, typed_cases[i].bad);
      yeji_test_wait_until (has_note, &shown, 5000);
      g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (shown.row), "error"));
      assert_invalid (&shown, GTK_ACCESSIBLE_INVALID_TRUE);
      g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, typed_cases[i].bad);
      gtk_editable_set_text (GTK_EDITABLE (entry), typed_cases[i].good);
      yeji_test_wait_until (has_no_note, &shown, 5000);
      assert_invalid (&shown, GTK_ACCESSIBLE_INVALID_FALSE);
      g_assert_cmpstr (get_value (&shown), ==, typed_cases[i].good);
      hide (&shown);
    }
}

/* The record's undo is the only one: an entry's own would take turns with it. */
static void
test_undo (AppFixture    *fixture,
           gconstpointer  data)
{
  static const struct { const char *table; const char *field; } fields[] = {
    { "TBProjectInfo", "BuildCorpCode" }, { "TBProjectInfo", "PrjSize" },
    { "TBProjectInfo", "EndDate" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      Shown shown = show (fixture, fields[i].table, fields[i].field);
      GtkWidget *target = yeji_field_row_get_target (shown.row);

      if (GTK_IS_TEXT_VIEW (target))
        {
          GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (target));

          gtk_text_buffer_insert_at_cursor (buffer, "X", 1);
          g_assert_false (gtk_text_buffer_get_can_undo (buffer));
        }
      else
        {
          GtkEditable *text = gtk_editable_get_delegate (GTK_EDITABLE (target));
          int end = -1;

          gtk_editable_insert_text (text, "X", 1, &end);
          gtk_widget_activate_action (GTK_WIDGET (text), "text.undo", NULL);
          g_assert_true (g_str_has_suffix (get_value (&shown), "X"));
        }
      hide (&shown);
    }
}

static void
test_long_text (AppFixture    *fixture,
                gconstpointer  data)
{
  Shown shown = show (fixture, "TBProjectInfo", "PrjSize");
  GtkWidget *view = yeji_field_row_get_target (shown.row);

  g_assert_true (GTK_IS_TEXT_VIEW (view));
  g_assert_false (gtk_text_view_get_accepts_tab (GTK_TEXT_VIEW (view)));
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)), "三层，\n高 15 米", -1);
  g_assert_cmpstr (get_value (&shown), ==, "三层，\n高 15 米");
  hide (&shown);
}

/* The code is found by a part of its name and of its number, and chosen from the keyboard. */
static void
test_code (AppFixture    *fixture,
           gconstpointer  data)
{
  Shown shown = show (fixture, "TBContractRecordManage", "ContractTypeNum");
  const YejiFieldDef *def = yeji_form_field_get_def (yeji_field_row_get_field (shown.row));
  const YejiCode *last = NULL;
  GtkMenuButton *button = GTK_MENU_BUTTON (yeji_field_row_get_target (shown.row));
  YejiChooser *chooser;

  for (guint i = 0; i < def->codes->items->len; i++)
    if (((const YejiCode *) g_ptr_array_index (def->codes->items, i))->status == YEJI_CODE_CURRENT)
      last = g_ptr_array_index (def->codes->items, i);
  gtk_menu_button_popup (button);
  chooser = YEJI_CHOOSER (gtk_menu_button_get_popover (button));
  g_assert_cmpuint (yeji_chooser_get_n_shown (chooser), >, 1);
  name_walk_check (GTK_WIDGET (chooser));
  yeji_chooser_set_search (chooser, "no such code");
  g_assert_cmpuint (yeji_chooser_get_n_shown (chooser), ==, 0);
  yeji_chooser_set_search (chooser, last->code);
  g_assert_cmpuint (yeji_chooser_get_n_shown (chooser), ==, 1);
  yeji_chooser_set_search (chooser, last->name);
  g_assert_cmpuint (yeji_chooser_get_n_shown (chooser), >=, 1);
  yeji_chooser_set_search (chooser, last->code);
  yeji_chooser_accept (chooser);
  g_assert_cmpstr (get_value (&shown), ==, last->code);
  hide (&shown);
}

/* An import may bring any text into a code field. It is shown, and said to be wrong. */
static void
test_unknown_code (AppFixture    *fixture,
                   gconstpointer  data)
{
  Shown shown = show (fixture, "TBContractRecordManage", "ContractTypeNum");

  yeji_form_field_set_text (yeji_field_row_get_field (shown.row), "甲乙丙");
  yeji_test_wait_until (has_note, &shown, 5000);
  assert_invalid (&shown, GTK_ACCESSIBLE_INVALID_TRUE);
  g_assert_cmpstr (get_value (&shown), ==, "甲乙丙");
  hide (&shown);
}

static void
assert_offer (AppFixture *fixture,
              const char *id,
              const char *level,
              const char *prefix)
{
  YejiRow *project = yeji_record_get_project (fixture->record);
  const YejiFieldDef *field = yeji_table_def_find_field (yeji_row_get_table (project), id);
  g_autoptr (GPtrArray) offer = yeji_code_offer_get (fixture->dictionary, project, field);

  g_assert_cmpuint (offer->len, >, 0);
  for (guint i = 0; i < offer->len; i++)
    {
      const YejiCode *code = g_ptr_array_index (offer, i);

      g_assert_cmpstr (code->level, ==, level);
      g_assert_true (g_str_has_prefix (code->code, prefix));
    }
}

/* Below a city only its counties are offered; the rules of the dictionary say what is below what. */
static void
test_parent (AppFixture    *fixture,
             gconstpointer  data)
{
  assert_offer (fixture, "ProvinceNum", "province", "22");
  assert_offer (fixture, "CityNum", "prefecture", "22");
  assert_offer (fixture, "CountyNum", "county", "2201");
}

static void
test_link_choices (AppFixture    *fixture,
                   gconstpointer  data)
{
  Shown shown = show (fixture, "TBBuilderLicenceManage", "TenderNum");
  GtkWidget *button = yeji_field_row_get_target (shown.row);
  YejiChooser *chooser;

  yeji_form_field_set_text (yeji_field_row_get_field (shown.row), "");
  gtk_menu_button_popup (GTK_MENU_BUTTON (button));
  chooser = YEJI_CHOOSER (gtk_menu_button_get_popover (GTK_MENU_BUTTON (button)));
  g_assert_cmpuint (yeji_chooser_get_n_shown (chooser), ==, 1);
  yeji_chooser_accept (chooser);
  g_assert_cmpstr (get_value (&shown), ==, "2201041603300001-BD-001");
  hide (&shown);
}

static void
test_calendar (AppFixture    *fixture,
               gconstpointer  data)
{
  Shown shown = show (fixture, "TBProjectInfo", "BeginDate");
  GtkWidget *entry = yeji_field_row_get_target (shown.row);
  GtkWidget *button = gtk_widget_get_next_sibling (entry);
  g_autoptr (GDateTime) day = g_date_time_new_utc (2017, 2, 28, 0, 0, 0);
  GtkWidget *calendar;
  g_autofree char *before = g_strdup (get_value (&shown));

  gtk_menu_button_popup (GTK_MENU_BUTTON (button));
  calendar = gtk_popover_get_child (gtk_menu_button_get_popover (GTK_MENU_BUTTON (button)));
  g_assert_cmpstr (get_value (&shown), ==, before);
  gtk_calendar_select_day (GTK_CALENDAR (calendar), day);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "2017-02-28");
  g_assert_cmpstr (get_value (&shown), ==, "2017-02-28");
  hide (&shown);
}

/* An empty field that inherits shows what holds, and follows it. */
static void
test_inherits (AppFixture    *fixture,
               gconstpointer  data)
{
  Shown shown = show (fixture, "TBContractRecordManage", "PrjNum");
  YejiRow *project = yeji_record_get_project (fixture->record);
  GtkWidget *entry = yeji_field_row_get_target (shown.row);

  yeji_draft_set_value (fixture->draft, project,
                        yeji_table_def_find_field (yeji_row_get_table (project), "PrjNum"),
                        "2201041603300099");
  g_assert_cmpstr (gtk_entry_get_placeholder_text (GTK_ENTRY (entry)), ==, "2201041603300099");
  hide (&shown);
}

/* An empty field is calm until somebody has been there, or wanted to submit. */
static void
test_calm (AppFixture    *fixture,
           gconstpointer  data)
{
  Shown shown = show (fixture, "TBProjectInfo", "Address");
  YejiFormField *field = yeji_field_row_get_field (shown.row);

  yeji_form_field_set_text (field, "");
  yeji_draft_validate (fixture->draft);
  g_assert_nonnull (yeji_form_field_get_message (field));
  g_assert_null (yeji_field_row_get_note (shown.row));
  yeji_form_field_visit (field);
  g_assert_nonnull (yeji_field_row_get_note (shown.row));
  hide (&shown);

  shown = show (fixture, "TBProjectInfo", "Address");
  g_assert_null (yeji_field_row_get_note (shown.row));
  yeji_draft_insist (fixture->draft);
  g_assert_nonnull (yeji_field_row_get_note (shown.row));
  hide (&shown);
}

static void
test_name (AppFixture    *fixture,
           gconstpointer  data)
{
  Shown shown = show (fixture, "TBContractRecordManage", "ContractMoney");
  GtkWidget *entry = yeji_field_row_get_target (shown.row);
  const YejiFieldDef *def = yeji_form_field_get_def (yeji_field_row_get_field (shown.row));
  g_autofree char *differs = NULL;

  differs = gtk_test_accessible_check_property (GTK_ACCESSIBLE (entry),
                                                GTK_ACCESSIBLE_PROPERTY_LABEL,
                                                yeji_label (&def->label));
  g_assert_cmpstr (differs, ==, NULL);
  hide (&shown);
}

static void
add_tests (void)
{
  app_fixture_add ("/app/field/keeps-and-reports-what-is-typed", test_typed);
  app_fixture_add ("/app/field/leaves-undo-to-the-record", test_undo);
  app_fixture_add ("/app/field/edits-long-text", test_long_text);
  app_fixture_add ("/app/field/finds-a-code", test_code);
  app_fixture_add ("/app/field/shows-a-code-that-the-list-lacks", test_unknown_code);
  app_fixture_add ("/app/field/offers-what-lies-below-the-parent", test_parent);
  app_fixture_add ("/app/field/offers-the-rows-that-a-link-may-name", test_link_choices);
  app_fixture_add ("/app/field/takes-a-date-from-the-calendar", test_calendar);
  app_fixture_add ("/app/field/shows-what-it-inherits", test_inherits);
  app_fixture_add ("/app/field/is-calm-until-somebody-was-there", test_calm);
  app_fixture_add ("/app/field/is-named-like-its-label", test_name);
}

int
main (int    argc,
      char **argv)
{
  return app_fixture_main (&argc, &argv, add_tests);
}
