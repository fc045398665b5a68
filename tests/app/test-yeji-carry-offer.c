// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* What stands elsewhere is offered, and taken only when asked. */

#include "config.h"

#include "app-fixture.h"
#include "name-walk.h"
#include "yeji-carry-all.h"
#include "yeji-carry-offer.h"
#include "yeji-field-list.h"
#include "yeji-profile.h"
#include "yeji-test.h"

#define COMPANY "吉林省示例建设集团有限公司"
#define CODE "912201010000000010"

typedef struct
{
  YejiRow *row;
  GtkWidget *list;
  GtkWidget *window;
} Shown;

static YejiRow *
add_row (AppFixture *fixture,
         const char *member)
{
  return yeji_draft_add_row (fixture->draft,
                             yeji_dictionary_find_member (fixture->dictionary, member));
}

static void
set (AppFixture *fixture,
     YejiRow    *row,
     const char *field,
     const char *value)
{
  yeji_draft_set_value (fixture->draft, row,
                        yeji_table_def_find_field (yeji_row_get_table (row), field), value);
}

static Shown
show (AppFixture *fixture,
      YejiRow    *row)
{
  Shown shown = { row, yeji_field_list_new (fixture->draft, row), gtk_window_new () };
  GtkWidget *scroller = gtk_scrolled_window_new ();

  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), shown.list);
  gtk_window_set_child (GTK_WINDOW (shown.window), scroller);
  gtk_window_set_default_size (GTK_WINDOW (shown.window), 860, 700);
  gtk_window_present (GTK_WINDOW (shown.window));
  return shown;
}

static void
hide (Shown *shown)
{
  name_walk_check (shown->window);
  gtk_window_destroy (GTK_WINDOW (shown->window));
}

static YejiFieldRow *
find (Shown      *shown,
      const char *field)
{
  YejiFieldRow *found;

  found = yeji_field_list_find (YEJI_FIELD_LIST (shown->list),
                                yeji_table_def_find_field (yeji_row_get_table (shown->row), field));
  g_assert_nonnull (found);
  return found;
}

static char *
get_offer (Shown      *shown,
           const char *field)
{
  const YejiCarried *offer = yeji_form_field_get_offer (
    yeji_field_row_get_field (find (shown, field)));

  return g_strdup (offer != NULL ? offer->value : NULL);
}

static GtkWidget *
find_button (GtkWidget *root,
             GType      type)
{
  GtkWidget *found = G_TYPE_CHECK_INSTANCE_TYPE (root, type) ? root : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (root); found == NULL && child != NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_button (child, type);
  return found;
}

/* A contract whose company is the award's. */
static YejiRow *
make_contract (AppFixture *fixture)
{
  YejiRow *row = add_row (fixture, "contracts");

  set (fixture, row, "ContractTypeNum", "301");
  return row;
}

static void
test_shown (AppFixture    *fixture,
            gconstpointer  data)
{
  YejiRow *tender = yeji_record_get_row (fixture->record,
                                         yeji_dictionary_find_member (fixture->dictionary,
                                                                      "tenders"), 0);
  Shown shown = show (fixture, make_contract (fixture));
  YejiFieldRow *name = find (&shown, "ContractorCorpName");
  GtkWidget *entry = yeji_field_row_get_target (name);
  GtkWidget *button = find_button (GTK_WIDGET (name), YEJI_TYPE_CARRY_OFFER);
  const char *wanted = yeji_row_get_by_id (tender, "TenderCorpName");

  g_assert_cmpstr (*wanted == '\0' ? NULL : "", ==, "");
  g_assert_cmpstr (gtk_entry_get_placeholder_text (GTK_ENTRY (entry)), ==, wanted);
  g_assert_cmpstr (yeji_row_get_by_id (shown.row, "ContractorCorpName"), ==, "");
  g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (name), "offered"));
  g_assert_true (gtk_widget_get_visible (button));
  g_assert_nonnull (strstr (gtk_widget_get_tooltip_text (button), wanted));
  /* it follows its source */
  set (fixture, tender, "TenderCorpName", "另一家公司");
  g_assert_cmpstr (gtk_entry_get_placeholder_text (GTK_ENTRY (entry)), ==, "另一家公司");
  /* and goes when something is typed, or when there is nothing to offer */
  yeji_form_field_set_text (yeji_field_row_get_field (name), "第三家公司");
  g_assert_false (gtk_widget_get_visible (button));
  g_assert_false (gtk_widget_has_css_class (GTK_WIDGET (name), "offered"));
  yeji_form_field_set_text (yeji_field_row_get_field (name), "");
  g_assert_true (gtk_widget_get_visible (button));
  set (fixture, tender, "TenderCorpName", "");
  g_assert_false (gtk_widget_get_visible (button));
  hide (&shown);
}

static void
test_taken (AppFixture    *fixture,
            gconstpointer  data)
{
  Shown shown = show (fixture, make_contract (fixture));
  YejiFieldRow *row = find (&shown, "ContractorCorpCode");
  g_autofree char *offer = get_offer (&shown, "ContractorCorpCode");
  g_autofree char *money = get_offer (&shown, "ContractMoney");

  g_assert_nonnull (offer);
  g_assert_null (money);
  g_assert_true (gtk_widget_grab_focus (GTK_WIDGET (row)));
  g_assert_true (gtk_widget_activate_action (yeji_field_row_get_target (row), "field.take", NULL));
  g_assert_cmpstr (yeji_row_get_by_id (shown.row, "ContractorCorpCode"), ==, offer);
  /* the amount is the award's only now that the company is */
  g_free (money);
  money = get_offer (&shown, "ContractMoney");
  g_assert_nonnull (money);
  hide (&shown);
}

static gboolean
count_all (gpointer data)
{
  return yeji_carry_all_count (data) > 0;
}

static void
test_all (AppFixture    *fixture,
          gconstpointer  data)
{
  YejiRow *row = make_contract (fixture);
  g_autoptr (GPtrArray) before = yeji_draft_carry_all (fixture->draft, yeji_row_get_table (row), row);
  Shown shown = show (fixture, row);
  GtkWidget *all = find_button (shown.list, YEJI_TYPE_CARRY_ALL);

  g_assert_cmpuint (before->len, >, 3);
  yeji_test_wait_until (count_all, all, 2000);
  g_assert_cmpuint (yeji_carry_all_count (YEJI_CARRY_ALL (all)), ==, before->len);
  g_assert_true (gtk_widget_activate_action (
    yeji_field_row_get_target (find (&shown, "PropietorCorpName")), "field.take-row", NULL));
  for (guint i = 0; i < before->len; i++)
    {
      const YejiEdit *edit = g_ptr_array_index (before, i);

      g_assert_cmpstr (yeji_row_get (row, edit->field), ==, edit->after);
    }
  g_assert_cmpuint (yeji_edits_undo (fixture->draft, before), ==, before->len);
  g_assert_cmpstr (yeji_row_get_by_id (row, "PropietorCorpName"), ==, "");
  hide (&shown);
}

/* Whose profile it is, in the role that the enterprise has. */
static void
test_enterprise (AppFixture    *fixture,
                 gconstpointer  data)
{
  YejiRow *row = add_row (fixture, "participants");
  g_autofree char *name = NULL;
  g_autofree char *code = NULL;
  Shown shown;

  g_assert_true (yeji_store_set_setting (fixture->store, YEJI_PROFILE_SETTING_NAME, COMPANY, NULL));
  g_assert_true (yeji_store_set_setting (fixture->store, YEJI_PROFILE_SETTING_CODE, CODE, NULL));
  yeji_enterprise_read (fixture->store);
  /* nothing else says it */
  while (yeji_record_get_n_rows (fixture->record,
                                 yeji_dictionary_find_member (fixture->dictionary,
                                                              "contracts")) > 0)
    yeji_draft_remove_row (fixture->draft,
                           yeji_record_get_row (fixture->record,
                                                yeji_dictionary_find_member (fixture->dictionary,
                                                                             "contracts"), 0));
  shown = show (fixture, row);
  name = get_offer (&shown, "CorpName");
  g_assert_null (name);
  set (fixture, row, "CorpRoleNum", "3");
  name = get_offer (&shown, "CorpName");
  code = get_offer (&shown, "CorpCode");
  g_assert_cmpstr (name, ==, COMPANY);
  g_assert_cmpstr (code, ==, CODE);
  hide (&shown);
}

static void
add_tests (void)
{
  app_fixture_add ("/app/carry-offer/shows-what-stands-elsewhere", test_shown);
  app_fixture_add ("/app/carry-offer/is-taken-by-one-key", test_taken);
  app_fixture_add ("/app/carry-offer/is-taken-in-a-whole-row-and-undone", test_all);
  app_fixture_add ("/app/carry-offer/knows-the-enterprise-and-its-role", test_enterprise);
}

int
main (int    argc,
      char **argv)
{
  return app_fixture_main (&argc, &argv, add_tests);
}
