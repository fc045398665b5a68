// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "app-fixture.h"
#include "name-walk.h"
#include "yeji-compare-cell.h"
#include "yeji-compare-picker.h"
#include "yeji-compare-row.h"
#include "yeji-compare-window.h"
#include "yeji-conflict-bar.h"
#include "yeji-conflicts.h"
#include "yeji-history.h"
#include "yeji-test.h"
#include "yeji-window.h"

/* A bound against hanging: the disk of a busy machine takes its time. */
#define PATIENCE_MS 20000

#define MINE "示例大厦二期（本机）"
#define THEIRS "示例大厦三期（省里）"
#define ADDRESS "长春市示例区示例路一百号"

typedef struct
{
  AppFixture base;
  YejiSyncEngine *engine;
  YejiWindow *window;          /* (nullable): weak */
  YejiCompareWindow *compare;  /* (nullable): weak */
  YejiDraft *draft;
  guint n;
  const char *wanted;
  char *other;
} Fixture;

static void
type (YejiRecord *record,
      const char *field,
      const char *value)
{
  YejiRow *project = yeji_record_get_project (record);

  yeji_record_set (record, project,
                   yeji_table_def_find_field (yeji_row_get_table (project), field), value);
}

static void
answer (Fixture    *fixture,
        YejiRecord *theirs,
        const char *revision)
{
  g_autoptr (GPtrArray) answers = NULL;
  YejiAnswer *word = yeji_answer_new ();
  g_autoptr (GError) error = NULL;

  answers = g_ptr_array_new_with_free_func ((GDestroyNotify) yeji_answer_free);
  word->uuid = g_strdup (yeji_record_get_uuid (theirs));
  word->revision = g_strdup (revision);
  word->state = g_strdup ("returned");
  word->at = g_strdup ("2026-01-02T03:04:05Z");
  word->record = yeji_record_to_text (theirs);
  g_ptr_array_add (answers, word);
  yeji_store_apply_answers (fixture->base.store, answers, revision, &error);
  g_assert_no_error (error);
}

/* Two values that both changed: the name and the address; and one row that the province took out. */
static void
make_conflicts (Fixture *fixture)
{
  YejiRecord *record = fixture->base.record;
  const YejiTableDef *people = yeji_dictionary_find_member (fixture->base.dictionary,
                                                            "participants");
  g_autoptr (YejiRecord) theirs = NULL;

  answer (fixture, record, "r1");
  theirs = yeji_record_copy (record);
  type (record, "PrjName", MINE);
  type (record, "Address", ADDRESS);
  yeji_record_set (record, yeji_record_get_row (record, people, 1),
                   yeji_table_def_find_field (people, "PersonName"), "本机改名");
  g_assert_true (yeji_store_save (fixture->base.store, record, NULL, "typed", NULL));
  type (theirs, "PrjName", THEIRS);
  type (theirs, "Address", "长春市示例区示例路二百号");
  yeji_record_remove_row (theirs, yeji_record_get_row (theirs, people, 1));
  answer (fixture, theirs, "r2");
}

static gboolean
has_records (gpointer data)
{
  return yeji_record_list_get_n_shown (yeji_window_get_list (((Fixture *) data)->window)) > 0;
}

static gboolean
is_open (gpointer data)
{
  return yeji_window_get_draft (((Fixture *) data)->window) != NULL;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  app_fixture_set_up_bare (&fixture->base, NULL);
  if (data != NULL)
    make_conflicts (fixture);
  fixture->engine = yeji_sync_engine_new (fixture->base.store);
  fixture->window = YEJI_WINDOW (yeji_window_new (NULL, fixture->base.store, fixture->engine));
  g_object_add_weak_pointer (G_OBJECT (fixture->window), (gpointer *) &fixture->window);
  gtk_window_present (GTK_WINDOW (fixture->window));
  gtk_test_widget_wait_for_draw (GTK_WIDGET (fixture->window));
  yeji_test_wait_until (has_records, fixture, PATIENCE_MS);
  yeji_window_open_record (fixture->window, yeji_record_get_uuid (fixture->base.record));
  yeji_test_wait_until (is_open, fixture, PATIENCE_MS);
  fixture->draft = yeji_window_get_draft (fixture->window);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  if (fixture->compare != NULL)
    {
      gtk_window_close (GTK_WINDOW (fixture->compare));
      yeji_test_wait_until (yeji_test_is_gone, &fixture->compare, PATIENCE_MS);
    }
  gtk_window_close (GTK_WINDOW (fixture->window));
  yeji_test_wait_until (yeji_test_is_gone, &fixture->window, PATIENCE_MS);
  yeji_sync_engine_stop (fixture->engine);
  yeji_test_wait_until (yeji_test_is_last, fixture->engine, PATIENCE_MS);
  g_assert_finalize_object (g_steal_pointer (&fixture->engine));
  yeji_test_wait_until (yeji_test_is_last, fixture->base.store, PATIENCE_MS);
  app_fixture_tear_down (&fixture->base, data);
  g_free (fixture->other);
}

/* ---- The window */

/* The first widget of a type that says something; NULL for anything. */
static GtkWidget *
find_widget (GtkWidget  *root,
             GType       type,
             const char *text)
{
  GtkWidget *found = NULL;

  if (G_TYPE_CHECK_INSTANCE_TYPE (root, type))
    {
      g_autofree char *says = NULL;

      if (GTK_IS_BUTTON (root))
        says = g_strdup (gtk_button_get_label (GTK_BUTTON (root)));
      else if (ADW_IS_PREFERENCES_ROW (root))
        says = g_strdup (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (root)));
      if (text == NULL || g_strcmp0 (says, text) == 0)
        return root;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_widget (child, type, text);
  return found;
}

static GtkWidget *
find_window (GType type)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (G_TYPE_CHECK_INSTANCE_TYPE (window, type))
        return window;
    }
  return NULL;
}

static gboolean
has_items (gpointer data)
{
  return g_list_model_get_n_items (yeji_compare_window_get_items (data)) > 0;
}

static void
take_window (Fixture *fixture)
{
  fixture->compare = YEJI_COMPARE_WINDOW (find_window (YEJI_TYPE_COMPARE_WINDOW));
  g_assert_nonnull (fixture->compare);
  g_object_add_weak_pointer (G_OBJECT (fixture->compare), (gpointer *) &fixture->compare);
  yeji_test_wait_until (has_items, fixture->compare, PATIENCE_MS);
}

static void
open_window (Fixture    *fixture,
             const char *action)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->window), action, NULL));
  take_window (fixture);
}

static gboolean
press (GtkWidget  *widget,
       const char *key)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);
  g_autoptr (GtkShortcutTrigger) trigger = gtk_shortcut_trigger_parse_string (key);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);
      guint n = GTK_IS_SHORTCUT_CONTROLLER (controller)
                  ? g_list_model_get_n_items (G_LIST_MODEL (controller)) : 0;

      for (guint j = 0; j < n; j++)
        {
          g_autoptr (GtkShortcut) shortcut = g_list_model_get_item (G_LIST_MODEL (controller), j);

          if (gtk_shortcut_trigger_equal (gtk_shortcut_get_trigger (shortcut), trigger))
            return gtk_shortcut_action_activate (gtk_shortcut_get_action (shortcut), 0, widget,
                                                 gtk_shortcut_get_arguments (shortcut));
        }
    }
  return FALSE;
}

static void
press_all (Fixture    *fixture,
           const char *keys)
{
  g_auto (GStrv) list = g_strsplit (keys, " ", -1);

  for (guint i = 0; list[i] != NULL; i++)
    g_assert_true (press (GTK_WIDGET (fixture->compare), list[i]));
}

static GPtrArray *
list_fields (Fixture      *fixture,
             YejiDecision  decision)
{
  g_autoptr (GPtrArray) places = yeji_compare_window_list_decided (fixture->compare, decision);
  GPtrArray *fields = g_ptr_array_new ();

  for (guint i = 0; i < places->len; i++)
    g_ptr_array_add (fields, ((YejiDifference *) g_ptr_array_index (places, i))->field);
  return fields;
}

static guint
count_decided (Fixture      *fixture,
               YejiDecision  decision)
{
  g_autoptr (GPtrArray) fields = list_fields (fixture, decision);

  return fields->len;
}

static gboolean
has_n_conflicts (gpointer data)
{
  Fixture *fixture = data;

  return yeji_entry_get_n_conflicts (yeji_draft_get_entry (fixture->draft)) == fixture->n;
}

static void
wait_for_conflicts (Fixture *fixture,
                    guint    n)
{
  fixture->n = n;
  yeji_test_wait_until (has_n_conflicts, fixture, PATIENCE_MS);
}

static gboolean
has_name (gpointer data)
{
  Fixture *fixture = data;
  g_autofree char *name = app_fixture_stored (&fixture->base, "TBProjectInfo", 0, "PrjName");

  return g_strcmp0 (name, fixture->wanted) == 0;
}

static void
wait_for_name (Fixture    *fixture,
               const char *name)
{
  fixture->wanted = name;
  yeji_test_wait_until (has_name, fixture, PATIENCE_MS);
}

static char *
get_last_why (Fixture *fixture)
{
  const char *uuid = yeji_record_get_uuid (fixture->base.record);
  g_autoptr (GPtrArray) history = yeji_store_get_history (fixture->base.store, uuid, NULL);
  const YejiHistoryLine *line = g_ptr_array_index (history, history->len - 1);

  return g_strdup (line->why);
}

/* ---- Conflicts */

static void
test_decide (Fixture       *fixture,
             gconstpointer  data)
{
  g_autofree char *why = NULL;
  YejiConflictBar *bar = YEJI_CONFLICT_BAR (find_widget (GTK_WIDGET (fixture->window),
                                                         YEJI_TYPE_CONFLICT_BAR, NULL));

  g_assert_nonnull (yeji_conflict_bar_get_text (bar));
  open_window (fixture, "win.compare-conflicts");
  g_assert_cmpuint (count_decided (fixture, YEJI_DECISION_LATER), ==, 3);

  /* the first one is selected; then the next by F8 */
  press_all (fixture, "2 F8 1 F8");
  g_assert_cmpuint (count_decided (fixture, YEJI_DECISION_THEIRS), ==, 1);
  g_assert_cmpuint (count_decided (fixture, YEJI_DECISION_MINE), ==, 1);
  press_all (fixture, "2 0");
  g_assert_cmpuint (count_decided (fixture, YEJI_DECISION_LATER), ==, 1);
  press_all (fixture, "<Control>Return");
  wait_for_name (fixture, THEIRS);
  wait_for_conflicts (fixture, 1);
  why = get_last_why (fixture);
  g_assert_cmpstr (why, ==, "merged");
  {
    g_autofree char *address = app_fixture_stored (&fixture->base, "TBProjectInfo", 0, "Address");

    g_assert_cmpstr (address, ==, ADDRESS);
  }

  /* one step back, as it was */
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.undo", NULL));
  wait_for_name (fixture, MINE);
  wait_for_conflicts (fixture, 2);
}

static void
test_all (Fixture       *fixture,
          gconstpointer  data)
{
  const YejiTableDef *people = yeji_dictionary_find_member (fixture->base.dictionary,
                                                            "participants");
  guint n = yeji_record_get_n_rows (yeji_draft_get_record (fixture->draft), people);
  GtkWidget *button;

  open_window (fixture, "win.compare-conflicts");
  button = find_widget (GTK_WIDGET (fixture->compare), GTK_TYPE_BUTTON, "All the _Province's");
  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
  g_assert_cmpuint (count_decided (fixture, YEJI_DECISION_THEIRS), ==, 3);
  press_all (fixture, "<Control>Return");
  /* nothing is left to be decided */
  yeji_test_wait_until (yeji_test_is_gone, &fixture->compare, PATIENCE_MS);
  wait_for_name (fixture, THEIRS);
  wait_for_conflicts (fixture, 0);
  g_assert_cmpuint (yeji_record_get_n_rows (yeji_draft_get_record (fixture->draft), people), ==,
                    n - 1);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.undo", NULL));
  wait_for_name (fixture, MINE);
  wait_for_conflicts (fixture, 3);
}

static void
test_names (Fixture       *fixture,
            gconstpointer  data)
{
  open_window (fixture, "win.compare-conflicts");
  gtk_test_widget_wait_for_draw (GTK_WIDGET (fixture->compare));
  g_assert_cmpuint (name_walk_check (GTK_WIDGET (fixture->compare)), >, 0);
}

/* ---- The last submission */

static void
test_submitted (Fixture       *fixture,
                gconstpointer  data)
{
  GListModel *items;
  guint n;
  GtkWidget *all;

  open_window (fixture, "win.compare-submitted");
  items = yeji_compare_window_get_items (fixture->compare);
  /* two sections, and three places */
  n = g_list_model_get_n_items (items);
  g_assert_cmpuint (n, ==, 5);
  g_assert_cmpuint (name_walk_check (GTK_WIDGET (fixture->compare)), >, 0);
  all = find_widget (GTK_WIDGET (fixture->compare), GTK_TYPE_TOGGLE_BUTTON, "Show All");
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (all), TRUE);
  g_assert_cmpuint (g_list_model_get_n_items (items), >, 50);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (all), FALSE);
  g_assert_cmpuint (g_list_model_get_n_items (items), ==, n);

  /* nothing is decided here */
  g_assert_false (press (GTK_WIDGET (fixture->compare), "1"));
}

static gboolean
is_focused (gpointer data)
{
  Fixture *fixture = data;
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (fixture->window));

  return focus != NULL && GTK_IS_EDITABLE (focus)
         && g_str_equal (gtk_editable_get_text (GTK_EDITABLE (focus)), fixture->wanted);
}

static void
test_place (Fixture       *fixture,
            gconstpointer  data)
{
  GtkWidget *list;

  open_window (fixture, "win.compare-submitted");
  list = find_widget (GTK_WIDGET (fixture->compare), GTK_TYPE_LIST_VIEW, NULL);
  fixture->wanted = MINE;
  g_signal_emit_by_name (list, "activate", 1);
  yeji_test_wait_until (is_focused, fixture, PATIENCE_MS);
}

/* ---- Two records */

static void
test_records (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr (YejiRecord) other = yeji_record_duplicate (fixture->base.record);
  const char *uuids[] = { yeji_record_get_uuid (fixture->base.record),
                          yeji_record_get_uuid (other), NULL };
  GListModel *items;

  type (other, "PrjName", "另一个示例项目");
  g_assert_true (yeji_store_save (fixture->base.store, other, NULL, "created", NULL));
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.compare-records",
                                             "^as", uuids));
  take_window (fixture);
  items = yeji_compare_window_get_items (fixture->compare);
  /* rows with other ids are the same rows */
  g_assert_cmpuint (g_list_model_get_n_items (items), ==, 2);
  gtk_test_widget_wait_for_draw (GTK_WIDGET (fixture->compare));
  g_assert_cmpuint (name_walk_check (GTK_WIDGET (fixture->compare)), >, 0);
}

static gboolean
has_other (gpointer data)
{
  Fixture *fixture = data;
  GtkWidget *picker = find_window (YEJI_TYPE_COMPARE_PICKER);

  return find_widget (picker, ADW_TYPE_ACTION_ROW, fixture->wanted) != NULL;
}

static gboolean
has_window (gpointer data)
{
  return find_window (YEJI_TYPE_COMPARE_WINDOW) != NULL;
}

static void
test_pick (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (YejiRecord) other = yeji_record_duplicate (fixture->base.record);
  GtkWidget *picker, *search;

  type (other, "PrjName", "另一个示例项目");
  g_assert_true (yeji_store_save (fixture->base.store, other, NULL, "created", NULL));
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.compare-other",
                                             NULL));
  picker = find_window (YEJI_TYPE_COMPARE_PICKER);
  fixture->wanted = "另一个示例项目";
  yeji_test_wait_until (has_other, fixture, PATIENCE_MS);
  g_assert_cmpuint (name_walk_check (picker), >, 0);
  search = find_widget (picker, GTK_TYPE_SEARCH_ENTRY, NULL);
  g_signal_emit_by_name (search, "activate");
  yeji_test_wait_until (has_window, fixture, PATIENCE_MS);
  take_window (fixture);
}

#define ADD(path, test, data) g_test_add (path, Fixture, data, set_up, test, tear_down)

static void
add_tests (void)
{
  ADD ("/app/compare/decides-conflicts-by-keyboard-in-one-step", test_decide, "conflicts");
  ADD ("/app/compare/takes-all-of-the-provinces-and-back", test_all, "conflicts");
  ADD ("/app/compare/names-every-control", test_names, "conflicts");
  ADD ("/app/compare/shows-what-changed-since-the-submission", test_submitted, "conflicts");
  ADD ("/app/compare/goes-to-the-place", test_place, "conflicts");
  ADD ("/app/compare/shows-two-records", test_records, NULL);
  ADD ("/app/compare/finds-another-record", test_pick, NULL);
}

int
main (int    argc,
      char **argv)
{
  return app_fixture_main (&argc, &argv, add_tests);
}
