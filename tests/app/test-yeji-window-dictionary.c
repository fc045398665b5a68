// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* The province publishes another version of the dictionary while the window is open. */

#include "config.h"

#include "app-fixture.h"
#include "name-walk.h"
#include "yeji-aside-page.h"
#include "yeji-dictionary-dialog.h"
#include "yeji-dictionary-switch.h"
#include "yeji-field-row.h"
#include "yeji-move-window.h"
#include "yeji-next-dictionary.h"
#include "yeji-test.h"
#include "yeji-window-dictionary.h"

typedef struct
{
  AppFixture base;
  NextDictionary next;
  YejiSyncEngine *engine;
  YejiWindow *window;          /* (nullable): weak */
  guint n_adopted;
  GPtrArray *reports;          /* (nullable) */
} Fixture;

static gboolean
has_records (gpointer data)
{
  return yeji_record_list_get_n_shown (yeji_window_get_list (((Fixture *) data)->window)) > 0;
}

static gboolean
is_open (gpointer data)
{
  return yeji_editor_get_draft (yeji_window_get_editor (((Fixture *) data)->window)) != NULL;
}

static gboolean
is_adopted (gpointer data)
{
  return ((Fixture *) data)->n_adopted > 0;
}

static YejiDictionaryBar *
get_bar (Fixture *fixture)
{
  return g_object_get_data (G_OBJECT (fixture->window), "yeji-dictionary-bar");
}

static gboolean
is_offered (gpointer data)
{
  return yeji_dictionary_bar_get_text (get_bar (data)) != NULL;
}

static gboolean
is_quiet (gpointer data)
{
  return !is_offered (data);
}

static void
on_adopted (YejiWindow *window,
            GPtrArray  *reports,
            Fixture    *fixture)
{
  fixture->n_adopted++;
  g_clear_pointer (&fixture->reports, g_ptr_array_unref);
  fixture->reports = g_ptr_array_ref (reports);
}

static void
open_window (Fixture *fixture)
{
  fixture->engine = yeji_sync_engine_new (fixture->base.store);
  fixture->window = YEJI_WINDOW (yeji_window_new (NULL, fixture->base.store, fixture->engine));
  g_object_add_weak_pointer (G_OBJECT (fixture->window), (gpointer *) &fixture->window);
  g_signal_connect (fixture->window, "adopted", G_CALLBACK (on_adopted), fixture);
  gtk_window_present (GTK_WINDOW (fixture->window));
  gtk_test_widget_wait_for_draw (GTK_WIDGET (fixture->window));
  yeji_test_wait_until (has_records, fixture, 5000);
}

static void
close_window (Fixture *fixture)
{
  if (fixture->window != NULL)
    gtk_window_close (GTK_WINDOW (fixture->window));
  yeji_test_wait_until (yeji_test_is_gone, &fixture->window, 5000);
  yeji_sync_engine_stop (fixture->engine);
  g_assert_finalize_object (g_steal_pointer (&fixture->engine));
}

/* What the application does after "adopted". */
static void
reopen (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *profile = g_strdup (yeji_store_get_directory (fixture->base.store));

  close_window (fixture);
  yeji_test_wait_until (yeji_test_is_last, fixture->base.store, 5000);
  yeji_store_close (fixture->base.store);
  g_assert_finalize_object (g_steal_pointer (&fixture->base.store));
  fixture->base.store = yeji_store_open (profile, fixture->base.dictionary, &error);
  g_assert_no_error (error);
  open_window (fixture);
}

static void
set_value (Fixture    *fixture,
           const char *field,
           const char *value)
{
  YejiRow *project = yeji_record_get_project (fixture->base.record);

  yeji_record_set (fixture->base.record, project,
                   yeji_table_def_find_field (yeji_row_get_table (project), field), value);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  next_dictionary_init (&fixture->next, "2018.81-next");
  app_fixture_set_up_bare (&fixture->base, data);
  set_value (fixture, fixture->next.removed, "旧内容");
  set_value (fixture, fixture->next.renamed, "改名内容");
  set_value (fixture, fixture->next.coded, fixture->next.retired);
  yeji_store_save (fixture->base.store, fixture->base.record, NULL, "typed", &error);
  g_assert_no_error (error);
  open_window (fixture);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  close_window (fixture);
  g_clear_pointer (&fixture->reports, g_ptr_array_unref);
  app_fixture_tear_down (&fixture->base, data);
  next_dictionary_clear (&fixture->next);
}

static void
offer (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  yeji_store_offer_dictionary (fixture->base.store, fixture->next.dictionary, fixture->next.bundle,
                               fixture->next.sha256, &error);
  g_assert_no_error (error);
  yeji_test_wait_until (is_offered, fixture, 5000);
}

static YejiDraft *
open_record (Fixture *fixture)
{
  yeji_window_open_record (fixture->window, yeji_record_get_uuid (fixture->base.record));
  yeji_test_wait_until (is_open, fixture, 5000);
  return yeji_editor_get_draft (yeji_window_get_editor (fixture->window));
}

static void
adopt (Fixture *fixture)
{
  GtkWidget *dialog = yeji_window_dictionary_ask (fixture->window);

  g_assert_nonnull (dialog);
  yeji_dictionary_dialog_update (YEJI_DICTIONARY_DIALOG (dialog));
  yeji_test_wait_until (is_adopted, fixture, 5000);
}

static YejiRecord *
load (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  YejiRecord *record = NULL;

  record = yeji_store_load (fixture->base.store, yeji_record_get_uuid (fixture->base.record),
                            &error);
  g_assert_no_error (error);
  return record;
}

static void
test_bar (Fixture       *fixture,
          gconstpointer  data)
{
  GtkWidget *later;

  g_assert_null (yeji_dictionary_bar_get_text (get_bar (fixture)));
  g_assert_null (yeji_window_dictionary_ask (fixture->window));
  offer (fixture);
  g_assert_cmpstr (yeji_dictionary_bar_get_text (get_bar (fixture)), ==,
                   "The province has published version 2018.81-next of the data standard; 1 draft "
                   "will be converted to it.");
  name_walk_check (GTK_WIDGET (fixture->window));
  later = name_walk_find (GTK_WIDGET (get_bar (fixture)), GTK_TYPE_BUTTON, "Later");
  g_assert_nonnull (later);
  g_signal_emit_by_name (later, "clicked");
  yeji_test_wait_until (is_quiet, fixture, 5000);

  reopen (fixture);
  yeji_test_wait_until (is_offered, fixture, 5000);
}

/* What was typed a moment before is in the draft that is moved. */
static void
test_adopt (Fixture       *fixture,
            gconstpointer  data)
{
  const YejiMoveReport *report;
  g_autoptr (YejiRecord) record = NULL;
  g_autoptr (YejiEntry) entry = NULL;
  YejiDraft *draft;
  YejiRow *project;

  offer (fixture);
  draft = open_record (fixture);
  project = yeji_record_get_project (yeji_draft_get_record (draft));
  yeji_draft_set_value (draft, project, yeji_table_def_find_field (yeji_row_get_table (project),
                                                                  "PrjName"), "最后一个字");
  adopt (fixture);
  g_assert_cmpuint (fixture->n_adopted, ==, 1);
  g_assert_null (yeji_editor_get_draft (yeji_window_get_editor (fixture->window)));
  g_assert_cmpuint (fixture->reports->len, ==, 1);
  report = g_ptr_array_index (fixture->reports, 0);
  g_assert_cmpstr (report->name, ==, "最后一个字");
  entry = yeji_store_get_entry (fixture->base.store, report->uuid, NULL);
  g_assert_cmpuint (yeji_entry_get_n_errors (entry) + yeji_entry_get_n_warnings (entry), >, 0);

  reopen (fixture);
  g_assert_cmpstr (yeji_dictionary_get_version (yeji_store_get_dictionary (fixture->base.store)),
                   ==, "2018.81-next");
  g_assert_true (is_quiet (fixture));
  record = load (fixture);
  project = yeji_record_get_project (record);
  g_assert_cmpstr (yeji_row_get_by_id (project, "PrjName"), ==, "最后一个字");
  g_assert_cmpstr (yeji_row_get_by_id (project, fixture->next.renamed_to), ==, "改名内容");
  g_assert_cmpstr (yeji_row_get_by_id (project, fixture->next.coded), ==,
                   fixture->next.replaced_by);
}

static void
fail_to_save (gpointer             target,
              YejiRecord          *record,
              const YejiFacts     *facts,
              const char          *why,
              GAsyncReadyCallback  callback,
              gpointer             user_data)
{
  GTask *task = g_task_new (target, NULL, callback, user_data);

  g_task_return_new_error (task, YEJI_STORE_ERROR, YEJI_STORE_ERROR_UNREADABLE, "too long");
  g_object_unref (task);
}

static char *
finish_to_save (gpointer       target,
                GAsyncResult  *result,
                GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* A draft that is not on the disk is not moved, and nothing else is. */
static void
test_unsaved (Fixture       *fixture,
              gconstpointer  data)
{
  static const YejiSaver saver = { fail_to_save, finish_to_save };
  g_autoptr (YejiDraftKeeper) keeper = NULL;
  g_autoptr (GList) keepers = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (YejiDictionary) offered = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *slot = NULL;

  offer (fixture);
  keeper = yeji_draft_keeper_new_full (fixture->base.store, &saver, fixture->base.record);
  yeji_draft_keeper_touch (keeper, "typed");
  keepers = g_list_append (NULL, keeper);
  yeji_dictionary_switch_async (fixture->base.store, keepers, yeji_test_store_result, &slot);
  result = yeji_test_await (&slot, 5000);
  g_assert_null (yeji_dictionary_switch_finish (result, &error));
  g_assert_error (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_UNREADABLE);
  offered = yeji_store_get_offered_dictionary (fixture->base.store);
  g_assert_nonnull (offered);
}

static void
test_dialog (Fixture       *fixture,
             gconstpointer  data)
{
  GtkWidget *widget = yeji_dictionary_dialog_new (GTK_WINDOW (fixture->window), "1", "2", 12);
  YejiDictionaryDialog *dialog = YEJI_DICTIONARY_DIALOG (widget);

  g_object_add_weak_pointer (G_OBJECT (widget), (gpointer *) &widget);
  gtk_window_present (GTK_WINDOW (dialog));
  g_assert_cmpuint (name_walk_check (widget), >=, 2);
  g_assert_null (yeji_dictionary_dialog_get_error (dialog));
  yeji_dictionary_dialog_update (dialog);
  gtk_window_close (GTK_WINDOW (dialog));
  g_assert_nonnull (widget);   /* what has begun is not left */
  yeji_dictionary_dialog_fail (dialog, "The disk is full.");
  g_assert_cmpstr (yeji_dictionary_dialog_get_error (dialog), ==,
                   "Nothing was changed. The disk is full.");
  gtk_window_close (GTK_WINDOW (dialog));
  yeji_test_wait_until (yeji_test_is_gone, &widget, 5000);
}

static gboolean
has_lines (gpointer data)
{
  return yeji_move_window_get_n_lines (data) > 1;
}

static GtkWidget *
find_aside_page (GtkWidget *root)
{
  GtkWidget *found = YEJI_IS_ASIDE_PAGE (root) && gtk_widget_get_mapped (root) ? root : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (root); found == NULL && child != NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_aside_page (child);
  return found;
}

static gboolean
shows_aside (gpointer data)
{
  return find_aside_page (GTK_WIDGET (((Fixture *) data)->window)) != NULL;
}

static YejiMoveWindow *
open_reports (Fixture *fixture)
{
  GtkWidget *reports = yeji_window_dictionary_show_reports (fixture->window);

  yeji_test_wait_until (has_lines, reports, 5000);
  return YEJI_MOVE_WINDOW (reports);
}

/* The line of the first note of a kind; the first report is open. */
static guint
find_line (Fixture      *fixture,
           YejiMoveKind  kind)
{
  const YejiMoveReport *report = g_ptr_array_index (fixture->reports, 0);

  for (guint i = 0; i < report->notes->len; i++)
    if (((const YejiMoveNote *) g_ptr_array_index (report->notes, i))->kind == kind)
      return i + 1;
  g_assert_not_reached ();
}

static void
test_report (Fixture       *fixture,
             gconstpointer  data)
{
  YejiMoveWindow *reports;
  GtkWidget *focus;
  guint n;

  offer (fixture);
  adopt (fixture);
  reopen (fixture);
  reports = open_reports (fixture);
  name_walk_check (GTK_WIDGET (reports));
  n = ((const YejiMoveReport *) g_ptr_array_index (fixture->reports, 0))->notes->len;
  g_assert_cmpuint (yeji_move_window_get_n_lines (reports), ==, n + 1);
  yeji_move_window_activate (reports, 0);
  g_assert_cmpuint (yeji_move_window_get_n_lines (reports), ==, 1);
  yeji_move_window_activate (reports, 0);

  yeji_move_window_activate (reports, find_line (fixture, YEJI_MOVE_CODE_MAPPED));
  yeji_test_wait_until (is_open, fixture, 5000);
  focus = gtk_root_get_focus (GTK_ROOT (fixture->window));
  while (focus != NULL && !YEJI_IS_FIELD_ROW (focus))
    focus = gtk_widget_get_parent (focus);
  g_assert_nonnull (focus);
  g_assert_cmpstr (yeji_form_field_get_def (yeji_field_row_get_field (YEJI_FIELD_ROW (focus)))->id,
                   ==, fixture->next.coded);

  yeji_move_window_activate (reports, find_line (fixture, YEJI_MOVE_KEPT_ASIDE));
  yeji_test_wait_until (shows_aside, fixture, 5000);
  gtk_window_destroy (GTK_WINDOW (reports));
}

static gboolean
is_saved (gpointer data)
{
  return yeji_draft_keeper_get_state (data) == YEJI_KEEPER_SAVED;
}

/* What was put aside is read, copied, and dropped only when it was said twice. */
static void
test_aside (Fixture       *fixture,
            gconstpointer  data)
{
  YejiEditor *editor;
  YejiDraft *draft;
  GPtrArray *aside;
  GtkWidget *page, *dialog;
  g_autoptr (YejiRecord) record = NULL;
  g_autoptr (GPtrArray) history = NULL;
  const YejiHistoryLine *line;
  g_autofree char *field = NULL;

  editor = yeji_window_get_editor (fixture->window);
  open_record (fixture);
  g_assert_false (yeji_editor_show_aside (editor));
  offer (fixture);
  adopt (fixture);
  reopen (fixture);
  editor = yeji_window_get_editor (fixture->window);
  draft = open_record (fixture);
  aside = yeji_record_get_aside (yeji_draft_get_record (draft));
  g_assert_cmpuint (aside->len, ==, 1);
  g_assert_true (yeji_editor_show_aside (editor));
  yeji_test_wait_until (shows_aside, fixture, 5000);
  page = find_aside_page (GTK_WIDGET (fixture->window));
  g_assert_cmpuint (name_walk_check (page), ==, 3);

  dialog = yeji_aside_page_ask (YEJI_ASIDE_PAGE (page), g_ptr_array_index (aside, 0));
  g_object_ref (dialog);
  gtk_window_present (GTK_WINDOW (dialog));
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  gtk_window_destroy (GTK_WINDOW (dialog));
  g_object_unref (dialog);
  g_assert_cmpuint (aside->len, ==, 1);

  dialog = yeji_aside_page_ask (YEJI_ASIDE_PAGE (page), g_ptr_array_index (aside, 0));
  g_object_ref (dialog);
  gtk_window_present (GTK_WINDOW (dialog));
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "delete");
  gtk_window_destroy (GTK_WINDOW (dialog));
  g_object_unref (dialog);
  g_assert_cmpuint (aside->len, ==, 0);
  g_assert_false (yeji_editor_show_aside (editor));
  yeji_test_wait_until (is_saved, yeji_draft_get_keeper (draft), 5000);
  record = load (fixture);
  g_assert_cmpuint (yeji_record_get_aside (record)->len, ==, 0);

  history = yeji_store_get_history (fixture->base.store, yeji_record_get_uuid (record), NULL);
  line = g_ptr_array_index (history, history->len - 1);
  field = g_strconcat ("aside:", fixture->next.removed, NULL);
  g_assert_cmpstr (line->change->field, ==, field);
  g_assert_cmpstr (line->change->before, ==, "旧内容");
  g_assert_cmpstr (line->change->after, ==, "");
}

static gboolean
says_problem (gpointer data)
{
  YejiStatusBar *bar = yeji_window_get_status_bar (((Fixture *) data)->window);

  return g_str_has_suffix (yeji_status_bar_get_sync (bar),
                           "The new data standard was not taken");
}

/* A version that was not taken is told where it is told how it stands with the province. */
static void
test_refused (Fixture       *fixture,
              gconstpointer  data)
{
  yeji_store_set_setting (fixture->base.store, "dictionary.problem", "sum\n2018.81-next", NULL);
  reopen (fixture);
  yeji_test_wait_until (says_problem, fixture, 5000);
}

#define ADD(path, test)                                                                            \
  g_test_add ("/app/dictionary/" path, Fixture, NULL, set_up, test, tear_down)

static void
add_tests (void)
{
  ADD ("is-offered-by-a-bar", test_bar);
  ADD ("is-adopted-after-the-last-key", test_adopt);
  ADD ("is-not-adopted-over-an-unsaved-draft", test_unsaved);
  ADD ("says-what-it-will-do", test_dialog);
  ADD ("is-reported-and-each-line-leads-to-its-place", test_report);
  ADD ("keeps-aside-what-has-no-place", test_aside);
  ADD ("is-told-of-when-it-was-not-taken", test_refused);
}

int
main (int    argc,
      char **argv)
{
  return app_fixture_main (&argc, &argv, add_tests);
}
