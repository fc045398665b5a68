// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "app-fixture.h"
#include "name-walk.h"
#include "yeji-grade-bar.h"
#include "yeji-test.h"

static void
attach (AppFixture *fixture,
        const char *slot)
{
  g_autofree char *name = g_strconcat (slot, ".pdf", NULL);
  g_autofree char *path = g_build_filename (fixture->dir, name, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autofree char *content = g_strdup_printf ("%%PDF-1.4\n%% %s\n%%%%EOF\n", slot);
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiAttachment) attachment = NULL;

  g_assert_true (g_file_set_contents (path, content, -1, &error));
  attachment = yeji_store_attach (fixture->store, yeji_draft_get_uuid (fixture->draft), slot, file,
                                  NULL, &error);
  g_assert_no_error (error);
}

/* Every document that any role needs, so that only the values make a difference. */
static void
attach_all (AppFixture *fixture)
{
  GPtrArray *slots = yeji_dictionary_get_slots (fixture->dictionary);

  for (guint i = 0; i < slots->len; i++)
    if (((const YejiSlot *) g_ptr_array_index (slots, i))->roles->len > 0)
      attach (fixture, ((const YejiSlot *) g_ptr_array_index (slots, i))->id);
}

static guint
count_needed (AppFixture *fixture)
{
  GPtrArray *slots = yeji_dictionary_get_slots (fixture->dictionary);
  guint n = 0;

  for (guint i = 0; i < slots->len; i++)
    n += ((const YejiSlot *) g_ptr_array_index (slots, i))->roles->len > 0;
  return n;
}

static gboolean
has_all (gpointer data)
{
  AppFixture *fixture = data;

  return yeji_draft_get_attachments (fixture->draft)->len == count_needed (fixture);
}

static gboolean
has_popped_up (gpointer data)
{
  return yeji_grade_bar_get_n_reasons (data) > 0;
}

static YejiGradeBar *
show (AppFixture  *fixture,
      GtkWidget  **window)
{
  YejiGradeBar *bar = g_object_new (YEJI_TYPE_GRADE_BAR, NULL);

  yeji_grade_bar_set_draft (bar, fixture->draft);
  *window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (*window), 600, 400);
  gtk_window_set_child (GTK_WINDOW (*window), GTK_WIDGET (bar));
  gtk_window_present (GTK_WINDOW (*window));
  return bar;
}

static void
set_value (AppFixture *fixture,
           const char *id,
           const char *value)
{
  YejiRow *project = yeji_record_get_project (yeji_draft_get_record (fixture->draft));

  yeji_draft_set_value (fixture->draft, project,
                        yeji_table_def_find_field (yeji_row_get_table (project), id), value);
  yeji_draft_validate (fixture->draft);
}

static void
on_chosen (YejiGradeBar  *bar,
           YejiIssue     *issue,
           char         **pointer)
{
  *pointer = g_strdup (yeji_issue_get_pointer (issue));
}

/* What is wanted of a sample with all its documents. */
static void
check_sample (AppFixture *fixture,
              const char *sample,
              const char *text,
              const char *style)
{
  g_autoptr (GError) error = NULL;
  GtkWidget *window;
  YejiGradeBar *bar;

  if (sample != NULL)
    {
      g_autoptr (YejiRecord) other = app_fixture_read (fixture, sample);

      g_assert_true (yeji_draft_replace (fixture->draft, other, &error));
      g_assert_no_error (error);
    }
  bar = show (fixture, &window);
  g_assert_true (g_str_has_suffix (yeji_grade_bar_get_text (bar),
                                   " left to fill in before it can be submitted"));
  g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (bar), "missing"));
  attach_all (fixture);
  yeji_draft_refresh (fixture->draft);
  yeji_test_wait_until (has_all, fixture, 5000);
  g_assert_cmpstr (yeji_grade_bar_get_text (bar), ==, text);
  g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (bar), style));
  set_value (fixture, "PrjName", "");
  g_assert_cmpstr (yeji_grade_bar_get_text (bar), ==,
                   "1 place left to fill in before it can be submitted");
  g_assert_false (gtk_widget_has_css_class (GTK_WIDGET (bar), "error"));
  set_value (fixture, "EndDate", "2001-02-30");
  g_assert_true (g_str_has_suffix (yeji_grade_bar_get_text (bar),
                                   " left, cannot be submitted yet"));
  g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (bar), "error"));
  name_walk_check (window);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_construction (AppFixture    *fixture,
                   gconstpointer  data)
{
  check_sample (fixture, NULL,
                "Expected: national platform (A, B or C by the confirming department)", "success");
}

/* It has no permit, which the national platform asks for. */
static void
test_design (AppFixture    *fixture,
             gconstpointer  data)
{
  check_sample (fixture, "complete-design.json", "Expected: D, shown by the province alone",
                "warning");
}

/* Each reason leads to its place. */
static void
test_reasons (AppFixture    *fixture,
              gconstpointer  data)
{
  GtkWidget *window;
  YejiGradeBar *bar = show (fixture, &window);
  g_autofree char *pointer = NULL;
  GtkListBoxRow *row;
  GtkWidget *list;
  guint errors;

  set_value (fixture, "PrjName", "");
  errors = yeji_draft_count_issues (fixture->draft, NULL, NULL, YEJI_SEVERITY_ERROR);
  g_signal_connect (bar, "chosen", G_CALLBACK (on_chosen), &pointer);
  yeji_grade_bar_open (bar);
  yeji_test_wait_until (has_popped_up, bar, 5000);
  g_assert_cmpuint (yeji_grade_bar_get_n_reasons (bar), >=, errors);
  name_walk_check (window);
  list = name_walk_find (GTK_WIDGET (bar), GTK_TYPE_LIST_BOX, "What makes the difference");
  g_assert_nonnull (list);
  row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), 0);
  g_signal_emit_by_name (list, "row-activated", row);
  g_assert_cmpstr (pointer, ==, "/project/PrjName");
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
add_tests (void)
{
  app_fixture_add ("/app/grade/of-a-construction-record", test_construction);
  app_fixture_add ("/app/grade/of-a-design-record", test_design);
  app_fixture_add ("/app/grade/leads-to-its-reasons", test_reasons);
}

int
main (int    argc,
      char **argv)
{
  return app_fixture_main (&argc, &argv, add_tests);
}
