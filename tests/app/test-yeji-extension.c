// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* A table, a field and a code list that no source knows are forms like all others. */

#include "config.h"

#include "app-fixture.h"
#include "extended-dictionary.h"
#include "name-walk.h"
#include "yeji-code-offer.h"
#include "yeji-editor.h"
#include "yeji-field-list.h"
#include "yeji-section-page.h"
#include "yeji-test.h"

static void
set_up (AppFixture    *fixture,
        gconstpointer  data)
{
  g_autofree char *dir = yeji_test_dir_new ();
  g_autofree char *parts = g_build_filename (dir, "dictionary", NULL);
  g_autoptr (YejiDictionary) dictionary = NULL;
  g_autoptr (GError) error = NULL;

  yeji_test_extend_dictionary (parts);
  dictionary = yeji_dictionary_new_from_dir (parts, &error);
  g_assert_no_error (error);
  app_fixture_set_up_with (fixture, dir, dictionary);
}

/* What is said of a field before it is filled in is not yet what is said of its text. */
static gboolean
is_checked (gpointer field)
{
  const char *message = yeji_form_field_get_message (field);

  return message != NULL && g_str_has_prefix (message, "“Policy number” is");
}

/* The row of a field in the one list that is shown, made if the list had not come to it yet. */
static YejiFieldRow *
find_row (GtkWidget          *root,
          const YejiFieldDef *field)
{
  YejiFieldRow *found = NULL;

  if (YEJI_IS_FIELD_LIST (root))
    return yeji_field_list_find (YEJI_FIELD_LIST (root), field);
  for (GtkWidget *child = gtk_widget_get_first_child (root); found == NULL && child != NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_row (child, field);
  return found;
}

static GtkWidget *
show (AppFixture *fixture,
      const char *member)
{
  const YejiTableDef *table = yeji_dictionary_find_member (fixture->dictionary, member);
  GtkWidget *window = gtk_window_new ();
  GtkWidget *editor = yeji_editor_new ();

  gtk_window_set_child (GTK_WINDOW (window), editor);
  gtk_window_set_default_size (GTK_WINDOW (window), 1200, 800);
  yeji_editor_set_draft (YEJI_EDITOR (editor), fixture->draft);
  gtk_window_present (GTK_WINDOW (window));
  yeji_editor_show_section (YEJI_EDITOR (editor), table);
  return window;
}

static void
test_field (AppFixture    *fixture,
            gconstpointer  data)
{
  const YejiTableDef *table = yeji_dictionary_find_member (fixture->dictionary, "project");
  GtkWidget *window = show (fixture, "project");
  YejiFieldRow *row = find_row (window, yeji_table_def_find_field (table, "Nickname"));
  YejiFormField *field;

  g_assert_nonnull (row);
  field = yeji_field_row_get_field (row);
  g_assert_cmpstr (yeji_form_field_get_label (field), ==, "Nickname (invented)");
  yeji_form_field_set_text (field, "俗称");
  g_assert_cmpstr (yeji_row_get_by_id (yeji_record_get_project (fixture->record), "Nickname"), ==,
                   "俗称");
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_table (AppFixture    *fixture,
            gconstpointer  data)
{
  const YejiTableDef *table = yeji_dictionary_find_member (fixture->dictionary, "insurances");
  GtkWidget *window = show (fixture, "insurances");
  YejiRow *row = yeji_draft_add_row (fixture->draft, table);
  YejiFormField *field;

  g_assert_true (yeji_editor_show_place (YEJI_EDITOR (gtk_window_get_child (GTK_WINDOW (window))),
                                         table->id, yeji_row_get_id (row), "PolicyNum"));
  for (guint i = 0; i < table->fields->len; i++)
    {
      const YejiFieldDef *def = g_ptr_array_index (table->fields, i);
      YejiFieldRow *found = find_row (window, def);

      g_assert_nonnull (found);
      g_assert_cmpstr (yeji_form_field_get_label (yeji_field_row_get_field (found)), ==,
                       def->label.in[YEJI_LANGUAGE_EN]);
    }
  name_walk_check (window);

  field = yeji_field_row_get_field (
    find_row (window, yeji_table_def_find_field (table, "PolicyNum")));
  yeji_form_field_set_text (field, "Q1");
  g_assert_cmpstr (yeji_row_get_by_id (row, "PolicyNum"), ==, "Q1");
  yeji_test_wait_until (is_checked, field, 5000);
  g_assert_cmpstr (yeji_form_field_get_message (field), ==,
                   "“Policy number” is P and four digits: check “Q1”.");
  gtk_window_destroy (GTK_WINDOW (window));
}

/* The codes of the new list, in its order. */
static void
test_choices (AppFixture    *fixture,
              gconstpointer  data)
{
  static const char * const codes[] = { "A", "B" };
  static const char * const names[] = { "工伤保险", "工程一切险" };
  const YejiTableDef *table = yeji_dictionary_find_member (fixture->dictionary, "insurances");
  YejiRow *row = yeji_draft_add_row (fixture->draft, table);
  g_autoptr (GPtrArray) offer = NULL;

  offer = yeji_code_offer_get (fixture->dictionary, row,
                               yeji_table_def_find_field (table, "InsuranceTypeNum"));
  g_assert_cmpuint (offer->len, ==, G_N_ELEMENTS (codes));
  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      const YejiCode *code = g_ptr_array_index (offer, i);

      g_assert_cmpstr (code->code, ==, codes[i]);
      g_assert_cmpstr (code->name, ==, names[i]);
    }
}

#define ADD(path, test)                                                                            \
  g_test_add ("/app/extension/" path, AppFixture, NULL, set_up, test, app_fixture_tear_down)

static void
add_tests (void)
{
  ADD ("its-field-is-in-the-form", test_field);
  ADD ("its-table-is-a-section-with-its-problems", test_table);
  ADD ("its-code-list-is-offered", test_choices);
}

int
main (int    argc,
      char **argv)
{
  return app_fixture_main (&argc, &argv, add_tests);
}
