// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "app-fixture.h"
#include "name-walk.h"
#include "yeji-field-row.h"
#include "yeji-issue-list.h"
#include "yeji-keep-dialog.h"
#include "yeji-offers.h"
#include "yeji-test.h"

#include <adwaita.h>

#define REASON "执照上就是这样写的"

typedef struct
{
  AppFixture *fixture;
  YejiFieldRow *row;
  GtkWidget *window;
} Shown;

static const YejiFieldDef *
find_field (AppFixture *fixture,
            const char *table,
            const char *id)
{
  const YejiFieldDef *field = yeji_dictionary_find_field (fixture->dictionary, table, id);

  g_assert_nonnull (field);
  return field;
}

static YejiRow *
first_row (AppFixture         *fixture,
           const YejiFieldDef *field)
{
  return yeji_record_get_row (yeji_draft_get_record (fixture->draft), field->table, 0);
}

static void
set_value (AppFixture *fixture,
           const char *table,
           const char *id,
           const char *value)
{
  const YejiFieldDef *field = find_field (fixture, table, id);

  yeji_draft_set_value (fixture->draft, first_row (fixture, field), field, value);
}

static const char *
get_value (AppFixture *fixture,
           const char *table,
           const char *id)
{
  const YejiFieldDef *field = find_field (fixture, table, id);

  return yeji_row_get (first_row (fixture, field), field);
}

/* A field of the record in a window of its own. */
static Shown
show (AppFixture *fixture,
      const char *table,
      const char *id)
{
  const YejiFieldDef *field = find_field (fixture, table, id);
  g_autoptr (YejiFormField) form_field = NULL;
  Shown shown = { fixture };

  form_field = yeji_form_field_new (fixture->draft, first_row (fixture, field), field);
  shown.row = YEJI_FIELD_ROW (yeji_field_row_new (form_field));
  shown.window = gtk_window_new ();
  gtk_window_set_child (GTK_WINDOW (shown.window), GTK_WIDGET (shown.row));
  gtk_window_present (GTK_WINDOW (shown.window));
  gtk_widget_grab_focus (GTK_WIDGET (shown.row));
  return shown;
}

static void
hide (Shown *shown)
{
  name_walk_check (shown->window);
  gtk_window_destroy (GTK_WINDOW (shown->window));
}

static const char *
get_suggestion (Shown *shown)
{
  return yeji_issue_actions_get_suggestion (yeji_field_row_get_actions (shown->row));
}

static gboolean
has_suggestion (gpointer data)
{
  return get_suggestion (data) != NULL;
}

static gboolean
has_none (gpointer data)
{
  return get_suggestion (data) == NULL;
}

static void
type (Shown      *shown,
      const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (yeji_field_row_get_target (shown->row)), text);
}

/* What the window manager's key would do: the shortcut of the row that listens to it. */
static gboolean
press (Shown           *shown,
       guint            keyval,
       GdkModifierType  modifiers)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (GTK_WIDGET (shown->row));
  GtkShortcutTrigger *wanted = gtk_keyval_trigger_new (keyval, modifiers);
  gboolean done = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GObject) controller = g_list_model_get_item (controllers, i);
      guint n = GTK_IS_SHORTCUT_CONTROLLER (controller)
                  ? g_list_model_get_n_items (G_LIST_MODEL (controller)) : 0;

      for (guint j = 0; j < n; j++)
        {
          g_autoptr (GtkShortcut) shortcut = g_list_model_get_item (G_LIST_MODEL (controller), j);

          if (gtk_shortcut_trigger_equal (gtk_shortcut_get_trigger (shortcut), wanted))
            done = gtk_shortcut_action_activate (gtk_shortcut_get_action (shortcut), 0,
                                                 GTK_WIDGET (shown->row), NULL);
        }
    }
  g_object_unref (wanted);
  return done;
}

static void
assert_spoken (Shown      *shown,
               const char *words)
{
  GtkAccessible *target = GTK_ACCESSIBLE (yeji_field_row_get_target (shown->row));
  g_autofree char *said = gtk_test_accessible_check_property (target,
                                                              GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                                              "");

  g_assert_nonnull (strstr (said, words));
}

static const struct
{
  const char *table;
  const char *field;
  const char *typed;
  const char *wanted;
} offer_cases[] = {
  { "TBProjectInfo", "BeginDate", "2016年8月12日", "2016-08-12" },
  { "TBProjectInfo", "AllInvest", "35,000,000元", "3500" },
  { "TBProjectInfo", "AllInvest", "35000000", "3500" },
  { "TBContractRecordManage", "PrjNum", "2201041603300099", "2201041603300001" },
  { "TBProjectInfo", "PrjName", "　示例工程 ", "示例工程" },
};

static void
test_key (AppFixture    *fixture,
          gconstpointer  data)
{
  for (guint i = 0; i < G_N_ELEMENTS (offer_cases); i++)
    {
      Shown shown = show (fixture, offer_cases[i].table, offer_cases[i].field);
      const char *text;

      g_assert_null (get_suggestion (&shown));
      g_assert_false (gtk_widget_get_visible (
                        GTK_WIDGET (yeji_field_row_get_actions (shown.row))));
      type (&shown, offer_cases[i].typed);
      yeji_draft_validate (fixture->draft);
      g_assert_null (get_suggestion (&shown));       /* not under the typing hand */
      yeji_test_wait_until (has_suggestion, &shown, 5000);
      g_assert_cmpstr (get_suggestion (&shown), ==, offer_cases[i].wanted);
      name_walk_check (shown.window);
      assert_spoken (&shown, ": Alt+Enter");
      g_assert_true (press (&shown, GDK_KEY_Return, GDK_ALT_MASK));
      g_assert_cmpstr (get_value (fixture, offer_cases[i].table, offer_cases[i].field), ==,
                       offer_cases[i].wanted);
      text = gtk_editable_get_text (GTK_EDITABLE (yeji_field_row_get_target (shown.row)));
      g_assert_cmpstr (text, ==, offer_cases[i].wanted);
      g_assert_null (get_suggestion (&shown));
      hide (&shown);
    }
}

/* Whoever presses the key before the pause gets what belongs to the text, not to the one before. */
static void
test_fast_key (AppFixture    *fixture,
               gconstpointer  data)
{
  Shown shown = show (fixture, "TBProjectInfo", "BeginDate");

  type (&shown, "2016年8月12日");
  yeji_test_wait_until (has_suggestion, &shown, 5000);
  type (&shown, "2016年8月13日");
  g_assert_true (press (&shown, GDK_KEY_KP_Enter, GDK_ALT_MASK));
  g_assert_cmpstr (get_value (fixture, "TBProjectInfo", "BeginDate"), ==, "2016-08-13");
  yeji_test_wait_until (has_none, &shown, 5000);
  hide (&shown);
}

static void
on_taken (YejiDraft  *draft,
          GPtrArray  *edits,
          GPtrArray **taken)
{
  g_clear_pointer (taken, g_ptr_array_unref);
  *taken = g_ptr_array_ref (edits);
}

/* All of a kind: one step, and one step back; what has several ways is left alone. */
static void
test_alike (AppFixture    *fixture,
            gconstpointer  data)
{
  GPtrArray *taken = NULL;
  g_autoptr (GPtrArray) edits = NULL;
  g_autofree char *text = NULL;

  g_signal_connect (fixture->draft, "taken", G_CALLBACK (on_taken), &taken);
  set_value (fixture, "TBProjectInfo", "BeginDate", "2016年8月12日");
  set_value (fixture, "TBProjectInfo", "EndDate", "2017.12.30");
  set_value (fixture, "TBContractRecordManage", "ContractDate", "二〇一六年六月二十日");
  set_value (fixture, "TBProjectInfo", "AllInvest", "35,000,000元");
  yeji_draft_validate (fixture->draft);
  edits = yeji_offers_find_alike (fixture->draft, "date");
  g_assert_cmpuint (edits->len, ==, 3);
  yeji_edits_take (fixture->draft, edits);
  g_assert_true (taken == edits);
  text = yeji_edits_to_text (taken);
  g_assert_cmpstr (text, ==, "3 values changed as suggested");
  g_assert_cmpstr (get_value (fixture, "TBProjectInfo", "EndDate"), ==, "2017-12-30");
  g_assert_cmpstr (get_value (fixture, "TBContractRecordManage", "ContractDate"), ==, "2016-06-20");
  g_assert_cmpstr (get_value (fixture, "TBProjectInfo", "AllInvest"), ==, "35,000,000元");
  g_assert_null (yeji_draft_find_issue (fixture->draft,
                                        yeji_record_get_project (fixture->record),
                                        find_field (fixture, "TBProjectInfo", "EndDate")));
  /* what was typed since is not undone */
  set_value (fixture, "TBProjectInfo", "EndDate", "2018-01-01");
  g_assert_cmpuint (yeji_edits_undo (fixture->draft, taken), ==, 2);
  g_assert_cmpstr (get_value (fixture, "TBProjectInfo", "EndDate"), ==, "2018-01-01");
  g_assert_cmpstr (get_value (fixture, "TBProjectInfo", "BeginDate"), ==, "2016年8月12日");
  g_clear_pointer (&taken, g_ptr_array_unref);
}

static YejiIssue *
find_kept (AppFixture *fixture)
{
  return yeji_draft_find_issue (fixture->draft,
                                yeji_record_get_project (yeji_draft_get_record (fixture->draft)),
                                find_field (fixture, "TBProjectInfo", "BuildCorpCode"));
}

static void
flush (AppFixture *fixture)
{
  GAsyncResult *result = NULL;

  yeji_draft_keeper_flush_async (yeji_draft_get_keeper (fixture->draft), yeji_test_store_result,
                                 &result);
  g_object_unref (yeji_test_await (&result, 5000));
}

/* As the program does when the record is opened anew. */
static void
reopen (AppFixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiEntry) entry = NULL;
  g_autoptr (GPtrArray) attachments = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *uuid = g_strdup (yeji_draft_get_uuid (fixture->draft));

  flush (fixture);
  yeji_test_wait_until (yeji_test_is_last, fixture->draft, 5000);
  g_assert_finalize_object (g_steal_pointer (&fixture->draft));
  g_object_unref (fixture->record);
  fixture->record = yeji_store_load (fixture->store, uuid, &error);
  g_assert_no_error (error);
  entry = yeji_store_get_entry (fixture->store, uuid, &error);
  g_assert_no_error (error);
  fixture->draft = yeji_draft_new (fixture->store, NULL, fixture->record, entry, attachments);
}

/* A code that fails its check digit although the licence says so. */
static void
type_odd_code (AppFixture *fixture)
{
  set_value (fixture, "TBProjectInfo", "BuildCorpCode", "91350211M00013FA1N");
  yeji_draft_validate (fixture->draft);
  g_assert_nonnull (find_kept (fixture));
}

static void
test_keep (AppFixture    *fixture,
           gconstpointer  data)
{
  g_autoptr (YejiEntry) entry = NULL;
  g_autoptr (YejiIssue) last = NULL;
  GListModel *issues;
  guint before;

  before = yeji_draft_count_issues (fixture->draft, NULL, NULL, YEJI_SEVERITY_WARNING);
  type_odd_code (fixture);
  g_assert_cmpuint (yeji_draft_count_issues (fixture->draft, NULL, NULL, YEJI_SEVERITY_WARNING),
                    ==, before + 1);
  g_assert_true (yeji_draft_keep (fixture->draft, find_kept (fixture), REASON));
  reopen (fixture);
  g_assert_cmpstr (yeji_issue_get_reason (find_kept (fixture)), ==, REASON);
  g_assert_cmpuint (yeji_draft_count_issues (fixture->draft, NULL, NULL, YEJI_SEVERITY_WARNING),
                    ==, before);
  entry = yeji_store_get_entry (fixture->store, yeji_draft_get_uuid (fixture->draft), NULL);
  g_assert_cmpuint (yeji_entry_get_n_warnings (entry), ==, before);
  /* kept ones are the last of the list */
  issues = yeji_draft_get_issues (fixture->draft);
  last = g_list_model_get_item (issues, g_list_model_get_n_items (issues) - 1);
  g_assert_true (last == find_kept (fixture));

  g_assert_true (yeji_draft_keep (fixture->draft, find_kept (fixture), ""));
  g_assert_null (yeji_issue_get_reason (find_kept (fixture)));
  reopen (fixture);
  g_assert_null (yeji_issue_get_reason (find_kept (fixture)));
}

/* Another value is another question. */
static void
test_keep_changed (AppFixture    *fixture,
                   gconstpointer  data)
{
  type_odd_code (fixture);
  g_assert_true (yeji_draft_keep (fixture->draft, find_kept (fixture), REASON));
  set_value (fixture, "TBProjectInfo", "BuildCorpCode", "91350211M00013FA1P");
  yeji_draft_validate (fixture->draft);
  g_assert_nonnull (find_kept (fixture));
  g_assert_null (yeji_issue_get_reason (find_kept (fixture)));
}

static void
test_keep_error (AppFixture    *fixture,
                 gconstpointer  data)
{
  const YejiFieldDef *field = find_field (fixture, "TBProjectInfo", "BeginDate");
  Shown shown = show (fixture, "TBProjectInfo", "BeginDate");
  YejiIssue *issue;

  type (&shown, "gestern");
  yeji_draft_validate (fixture->draft);
  issue = yeji_draft_find_issue (fixture->draft, first_row (fixture, field), field);
  g_assert_nonnull (issue);
  g_assert_false (yeji_issue_is_keepable (issue));
  g_assert_false (yeji_draft_keep (fixture->draft, issue, REASON));
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (yeji_field_row_get_actions (shown.row))));
  hide (&shown);
}

static GtkWidget *
find_button (GtkWidget  *root,
             const char *label)
{
  if (GTK_IS_BUTTON (root) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (root)), label) == 0)
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_button (child, label);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static GtkWidget *
find_entry (GtkWidget *root)
{
  if (GTK_IS_ENTRY (root))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_entry (child);

      if (found != NULL)
        return found;
    }
  return NULL;
}

/* From the field: the button, the dialog, the reason, and the way back. */
static void
test_dialog (AppFixture    *fixture,
             gconstpointer  data)
{
  Shown shown;
  GtkWidget *dialog, *entry;

  type_odd_code (fixture);
  shown = show (fixture, "TBProjectInfo", "BuildCorpCode");
  g_assert_true (gtk_widget_get_visible (find_button (shown.window, "Keep with a Reason…")));
  g_assert_false (gtk_widget_get_visible (find_button (shown.window, "Do Not Keep")));
  dialog = yeji_keep_dialog_new (GTK_WINDOW (shown.window), fixture->draft, find_kept (fixture));
  gtk_window_present (GTK_WINDOW (dialog));
  name_walk_check (dialog);
  g_assert_false (adw_message_dialog_get_response_enabled (ADW_MESSAGE_DIALOG (dialog), "keep"));
  entry = find_entry (dialog);
  gtk_editable_set_text (GTK_EDITABLE (entry), "  ");
  g_assert_false (adw_message_dialog_get_response_enabled (ADW_MESSAGE_DIALOG (dialog), "keep"));
  gtk_editable_set_text (GTK_EDITABLE (entry), " " REASON " ");
  g_assert_true (adw_message_dialog_get_response_enabled (ADW_MESSAGE_DIALOG (dialog), "keep"));
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "keep");
  gtk_window_destroy (GTK_WINDOW (dialog));
  g_assert_cmpstr (yeji_issue_get_reason (find_kept (fixture)), ==, REASON);
  g_assert_nonnull (strstr (yeji_field_row_get_note (shown.row), REASON));
  g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (shown.row), "kept"));
  g_assert_false (gtk_widget_get_visible (find_button (shown.window, "Keep with a Reason…")));
  g_signal_emit_by_name (find_button (shown.window, "Do Not Keep"), "clicked");
  g_assert_null (yeji_issue_get_reason (find_kept (fixture)));
  g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (shown.row), "warning"));
  hide (&shown);
}

/* A button that solves its own problem leaves the keyboard in the list. */
static void
test_list_focus (AppFixture    *fixture,
                 gconstpointer  data)
{
  GtkWidget *list = g_object_new (YEJI_TYPE_ISSUE_LIST, NULL);
  GtkWidget *window = gtk_window_new ();
  GtkWidget *button;
  guint before;

  type_odd_code (fixture);
  set_value (fixture, "TBProjectInfo", "BeginDate", "2016年8月12日");
  set_value (fixture, "TBProjectInfo", "EndDate", "2017年12月30日");
  yeji_draft_validate (fixture->draft);
  yeji_issue_list_set_model (YEJI_ISSUE_LIST (list), yeji_draft_get_issues (fixture->draft),
                             fixture->draft);
  gtk_window_set_child (GTK_WINDOW (window), list);
  gtk_window_present (GTK_WINDOW (window));
  name_walk_check (window);
  before = yeji_draft_count_issues (fixture->draft, NULL, NULL, YEJI_SEVERITY_ERROR);
  button = name_walk_find (list, GTK_TYPE_BUTTON, "Planned start: Change to 2016-08-12");
  g_assert_nonnull (button);
  g_assert_true (gtk_widget_grab_focus (button));
  g_signal_emit_by_name (button, "clicked");
  g_assert_cmpuint (yeji_draft_count_issues (fixture->draft, NULL, NULL, YEJI_SEVERITY_ERROR), ==,
                    before - 1);
  g_assert_nonnull (gtk_window_get_focus (GTK_WINDOW (window)));
  g_assert_true (gtk_widget_is_ancestor (gtk_window_get_focus (GTK_WINDOW (window)), list));
  gtk_window_destroy (GTK_WINDOW (window));
}

static gboolean
has_issue (gpointer data)
{
  return find_kept (data) != NULL;
}

static gboolean
has_no_issue (gpointer data)
{
  return find_kept (data) == NULL;
}

/* The check follows each keystroke by itself, also when the record became another object. */
static void
test_live (AppFixture    *fixture,
           gconstpointer  data)
{
  g_autoptr (YejiRecord) other = app_fixture_read (fixture, "complete-design.json");
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 2; i++)
    {
      g_assert_null (find_kept (fixture));
      set_value (fixture, "TBProjectInfo", "BuildCorpCode", "91350211M00013FA1N");
      yeji_test_wait_until (has_issue, fixture, 5000);
      set_value (fixture, "TBProjectInfo", "BuildCorpCode", "12220104000000115K");
      yeji_test_wait_until (has_no_issue, fixture, 5000);
      g_assert_true (yeji_draft_replace (fixture->draft, other, &error));
      g_assert_no_error (error);
    }
}

/* A condition that looks at the project, and a star that follows it. */
static void
test_star (AppFixture    *fixture,
           gconstpointer  data)
{
  const YejiFieldDef *field = find_field (fixture, "TBTenderInfo", "TenderNum");
  g_autoptr (YejiFormField) form_field = NULL;

  form_field = yeji_form_field_new (fixture->draft, first_row (fixture, field), field);
  g_assert_true (yeji_form_field_is_required (form_field));
  set_value (fixture, "TBProjectInfo", "PrjNum", "");
  g_assert_false (yeji_form_field_is_required (form_field));
  set_value (fixture, "TBProjectInfo", "PrjNum", "2201041603300001");
  g_assert_true (yeji_form_field_is_required (form_field));
}

static void
add_tests (void)
{
  app_fixture_add ("/app/suggestion/is-taken-by-a-key", test_key);
  app_fixture_add ("/app/suggestion/belongs-to-what-is-typed-now", test_fast_key);
  app_fixture_add ("/app/suggestion/is-taken-for-all-of-a-kind-and-undone", test_alike);
  app_fixture_add ("/app/suggestion/leaves-the-keyboard-in-the-list", test_list_focus);
  app_fixture_add ("/app/keep/survives-reopening", test_keep);
  app_fixture_add ("/app/keep/ends-when-the-value-changes", test_keep_changed);
  app_fixture_add ("/app/keep/is-not-for-errors", test_keep_error);
  app_fixture_add ("/app/keep/asks-for-the-reason", test_dialog);
  app_fixture_add ("/app/check/follows-what-is-typed", test_live);
  app_fixture_add ("/app/field/is-required-when-the-project-says-so", test_star);
}

int
main (int    argc,
      char **argv)
{
  return app_fixture_main (&argc, &argv, add_tests);
}
