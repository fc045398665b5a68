// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "app-fixture.h"
#include "name-walk.h"
#include "yeji-issue-list.h"
#include "yeji-issue-outline.h"
#include "yeji-section-list.h"
#include "yeji-test.h"

#define PATIENCE_MS 5000
#define N_PROBLEMS 1000

static YejiIssue *
make_issue (AppFixture   *fixture,
            YejiSeverity  severity,
            const char   *pointer,
            guint         number)
{
  g_autofree char *message = g_strdup_printf ("%u", number);

  return yeji_issue_new (yeji_draft_get_record (fixture->draft), severity, pointer, message);
}

static void
append (AppFixture   *fixture,
        GListStore   *issues,
        YejiSeverity  severity,
        const char   *pointer,
        guint         n)
{
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (YejiIssue) issue = make_issue (fixture, severity, pointer, i);

      g_list_store_append (issues, issue);
    }
}

/* What the rows are, one letter each: group, section, more, issue. */
static char *
spell (GListModel *rows)
{
  static const char letters[] = {
    [YEJI_ISSUE_HEAD_GROUP] = 'G', [YEJI_ISSUE_HEAD_SECTION] = 'S', [YEJI_ISSUE_HEAD_MORE] = 'm'
  };
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (rows, i);

      g_string_append_c (text, YEJI_IS_ISSUE_HEAD (item)
                                 ? letters[yeji_issue_head_get_kind (YEJI_ISSUE_HEAD (item))]
                                 : 'i');
    }
  return g_string_free (text, FALSE);
}

static void
toggle (YejiIssueOutline *outline,
        guint             position)
{
  g_autoptr (GObject) head = g_list_model_get_item (yeji_issue_outline_get_rows (outline),
                                                    position);

  yeji_issue_outline_toggle (outline, YEJI_ISSUE_HEAD (head));
}

static void
check (YejiIssueOutline *outline,
       const char       *wanted)
{
  g_autofree char *text = spell (yeji_issue_outline_get_rows (outline));

  g_assert_cmpstr (text, ==, wanted);
}

/* By severity, and within by section; folded, limited to one section, and followed. */
static void
test_outline (AppFixture    *fixture,
              gconstpointer  data)
{
  g_autoptr (GListStore) issues = g_list_store_new (YEJI_TYPE_ISSUE);
  g_autoptr (YejiIssueOutline) outline = yeji_issue_outline_new ();
  g_autoptr (YejiIssue) hidden = NULL;
  guint position;

  append (fixture, issues, YEJI_SEVERITY_ERROR, "/project/PrjName", 2);
  append (fixture, issues, YEJI_SEVERITY_ERROR, "/contracts/0/ContractMoney", 1);
  append (fixture, issues, YEJI_SEVERITY_WARNING, "/contracts/0/ContractMoney", 2);
  yeji_issue_outline_set_model (outline, G_LIST_MODEL (issues));
  check (outline, "GSiiSiGSii");
  toggle (outline, 1);
  check (outline, "GSSiGSii");
  toggle (outline, 0);
  check (outline, "GGSii");
  hidden = g_list_model_get_item (G_LIST_MODEL (issues), 1);
  g_assert_true (yeji_issue_outline_reveal (outline, hidden, &position));
  g_assert_cmpuint (position, ==, 3);
  check (outline, "GSiiSiGSii");
  yeji_issue_outline_set_only (outline, TRUE, yeji_dictionary_get_root (fixture->dictionary));
  check (outline, "GSii");
  g_list_store_remove (issues, 0);
  check (outline, "GSi");
  yeji_issue_outline_set_only (outline, FALSE, NULL);
  check (outline, "GSiSiGSii");
}

static void
count_changes (guint *n)
{
  (*n)++;
}

/* Of a thousand the first are made, more when they are asked for, and one that goes costs a few rows
 * and not the list. */
static void
test_many (AppFixture    *fixture,
           gconstpointer  data)
{
  g_autoptr (GListStore) issues = g_list_store_new (YEJI_TYPE_ISSUE);
  GtkWidget *list = g_object_ref_sink (g_object_new (YEJI_TYPE_ISSUE_LIST, NULL));
  GtkWidget *window = gtk_window_new ();
  g_autoptr (YejiIssueOutline) outline = yeji_issue_outline_new ();
  GListModel *rows = yeji_issue_outline_get_rows (outline);
  GtkWidget *box;
  guint changes = 0;
  gint64 start;

  append (fixture, issues, YEJI_SEVERITY_ERROR, "/contracts/0/ContractMoney", N_PROBLEMS);
  yeji_issue_outline_set_model (outline, G_LIST_MODEL (issues));
  g_assert_cmpuint (g_list_model_get_n_items (rows), <, 100);
  toggle (outline, g_list_model_get_n_items (rows) - 1);
  g_assert_cmpuint (g_list_model_get_n_items (rows), >, 100);
  g_assert_cmpuint (g_list_model_get_n_items (rows), <, N_PROBLEMS);
  g_signal_connect_swapped (rows, "items-changed", G_CALLBACK (count_changes), &changes);
  g_list_store_remove (issues, 3);
  g_assert_cmpuint (changes, <, 10);

  gtk_window_set_child (GTK_WINDOW (window), list);
  gtk_window_present (GTK_WINDOW (window));
  start = g_get_monotonic_time ();
  yeji_issue_list_set_model (YEJI_ISSUE_LIST (list), G_LIST_MODEL (issues), fixture->draft);
  g_test_message ("shown in %.1f ms", (double) (g_get_monotonic_time () - start) / 1000);
  name_walk_check (window);
  box = name_walk_find (list, GTK_TYPE_LIST_BOX_ROW, "Contracts (999)");
  g_assert_nonnull (box);
  /* the keyboard folds it as a click does */
  g_assert_true (gtk_widget_grab_focus (box));
  g_signal_emit_by_name (box, "activate");
  box = name_walk_find (list, GTK_TYPE_LIST_BOX_ROW, "Contracts: Show 974 More");
  g_assert_null (box);
  gtk_window_destroy (GTK_WINDOW (window));
  g_assert_finalize_object (list);
}

static GtkWidget *
find_row (GtkWidget  *list,
          const char *name)
{
  GtkWidget *row = name_walk_find (list, GTK_TYPE_LIST_BOX_ROW, name);

  g_assert_nonnull (row);
  return row;
}

typedef struct
{
  GtkWidget *row;
  const char *words;
} Wanted;

static gboolean
is_described (gpointer data)
{
  Wanted *wanted = data;
  const char *tooltip = gtk_widget_get_tooltip_text (wanted->row);

  return tooltip != NULL && strstr (tooltip, wanted->words) != NULL;
}

static void
wait_for_words (GtkWidget  *row,
                const char *words)
{
  Wanted wanted = { row, words };

  yeji_test_wait_until (is_described, &wanted, PATIENCE_MS);
}

/* In words, and a moment after a keystroke. */
static void
test_sections (AppFixture    *fixture,
               gconstpointer  data)
{
  GtkWidget *list = g_object_ref_sink (g_object_new (YEJI_TYPE_SECTION_LIST, NULL));
  GtkWidget *window = gtk_window_new ();
  YejiRow *project = yeji_record_get_project (yeji_draft_get_record (fixture->draft));
  const YejiTableDef *root = yeji_row_get_table (project);
  GtkWidget *row;
  gint64 start;

  yeji_section_list_set_draft (YEJI_SECTION_LIST (list), fixture->draft);
  gtk_window_set_child (GTK_WINDOW (window), list);
  gtk_window_present (GTK_WINDOW (window));
  name_walk_check (window);
  row = find_row (list, root->label.in[YEJI_LANGUAGE_EN]);
  wait_for_words (row, "complete");
  yeji_draft_set_value (fixture->draft, project, yeji_table_def_find_field (root, "PrjName"), "");
  wait_for_words (row, "1 error");
  wait_for_words (row, " filled in");
  start = g_get_monotonic_time ();
  for (guint i = 0; i < 20; i++)
    yeji_section_list_update (YEJI_SECTION_LIST (list));
  g_test_message ("counted in %.2f ms", (double) (g_get_monotonic_time () - start) / 20000);
  gtk_window_destroy (GTK_WINDOW (window));
  g_assert_finalize_object (list);
}

static void
add_tests (void)
{
  app_fixture_add ("/app/problems/by-severity-and-section", test_outline);
  app_fixture_add ("/app/problems/a-thousand", test_many);
  app_fixture_add ("/app/sections/say-what-they-hold", test_sections);
}

int
main (int    argc,
      char **argv)
{
  return app_fixture_main (&argc, &argv, add_tests);
}
