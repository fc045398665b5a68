// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include <string.h>

#include "app-fixture.h"
#include "name-walk.h"
#include "yeji-application.h"
#include "yeji-document.h"
#include "yeji-field-row.h"
#include "yeji-importer.h"
#include "yeji-offers.h"
#include "yeji-section-page.h"
#include "yeji-sign-in-dialog.h"
#include "yeji-record-file.h"
#include "yeji-test.h"
#include "yeji-window.h"

typedef struct
{
  AppFixture base;
  YejiSyncEngine *engine;
  YejiWindow *window;          /* (nullable): weak */
} Fixture;

static gboolean
is_set (gpointer data)
{
  return !yeji_test_is_gone (data);
}

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

static void
open_window (Fixture *fixture)
{
  fixture->window = YEJI_WINDOW (yeji_window_new (NULL, fixture->base.store, fixture->engine));
  g_object_add_weak_pointer (G_OBJECT (fixture->window), (gpointer *) &fixture->window);
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
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  app_fixture_set_up_bare (&fixture->base, data);
  fixture->engine = yeji_sync_engine_new (fixture->base.store);
  open_window (fixture);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  close_window (fixture);
  yeji_sync_engine_stop (fixture->engine);
  /* a job may be on its way back */
  yeji_test_wait_until (yeji_test_is_last, fixture->engine, 5000);
  g_assert_finalize_object (g_steal_pointer (&fixture->engine));
  app_fixture_tear_down (&fixture->base, data);
}

static YejiDraft *
open_record (Fixture *fixture)
{
  yeji_window_open_record (fixture->window, yeji_record_get_uuid (fixture->base.record));
  yeji_test_wait_until (is_open, fixture, 5000);
  return yeji_editor_get_draft (yeji_window_get_editor (fixture->window));
}

static void
type_name (YejiDraft  *draft,
           const char *name)
{
  YejiRow *project = yeji_record_get_project (yeji_draft_get_record (draft));

  yeji_draft_set_value (draft, project,
                        yeji_table_def_find_field (yeji_row_get_table (project), "PrjName"), name);
}

static void
test_names (Fixture       *fixture,
            gconstpointer  data)
{
  g_assert_cmpuint (name_walk_check (GTK_WIDGET (fixture->window)), >, 10);
  open_record (fixture);
  g_assert_cmpuint (name_walk_check (GTK_WIDGET (fixture->window)), >, 60);
}

static void
test_sign_in (Fixture       *fixture,
              gconstpointer  data)
{
  GtkWidget *dialog = yeji_sign_in_dialog_new (GTK_WINDOW (fixture->window), fixture->engine,
                                               fixture->base.store,
                                               "http://127.0.0.1:1", "corp");

  gtk_window_present (GTK_WINDOW (dialog));
  g_assert_cmpuint (name_walk_check (dialog), >, 3);
  gtk_window_destroy (GTK_WINDOW (dialog));
}

/* Closing never asks and never loses: the key before the click is on the disk. */
static void
test_close (Fixture       *fixture,
            gconstpointer  data)
{
  g_autofree char *stored = NULL;

  type_name (open_record (fixture), "最后一个字");
  close_window (fixture);
  stored = app_fixture_stored (&fixture->base, "TBProjectInfo", 0, "PrjName");
  g_assert_cmpstr (stored, ==, "最后一个字");
}

static gboolean
says_unsaved (gpointer data)
{
  YejiStatusBar *bar = yeji_window_get_status_bar (((Fixture *) data)->window);
  const char *text = yeji_status_bar_get_saved (bar);

  return g_str_has_prefix (text, "Not saved since")
         && strstr (text, "too long, or a table has too many rows") != NULL;
}

static gboolean
says_saved (gpointer data)
{
  YejiStatusBar *bar = yeji_window_get_status_bar (((Fixture *) data)->window);

  return g_str_has_prefix (yeji_status_bar_get_saved (bar), "Saved on this computer");
}

/* What could not be read back is not written; it is said so, and what was there stays. */
static void
test_unreadable (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autofree char *too_long = g_strnfill ((1 << 20) + 1, 'x');
  YejiDraft *draft = open_record (fixture);
  g_autofree char *before = app_fixture_stored (&fixture->base, "TBProjectInfo", 0, "PrjName");
  g_autofree char *stored = NULL;

  type_name (draft, too_long);
  yeji_test_wait_until (says_unsaved, fixture, 10000);
  stored = app_fixture_stored (&fixture->base, "TBProjectInfo", 0, "PrjName");
  g_assert_cmpstr (stored, ==, before);
  type_name (draft, "短");
  yeji_test_wait_until (says_saved, fixture, 10000);
}

/* So is it when the window is closed and opened again, and in the list. */
static void
test_back (Fixture       *fixture,
           gconstpointer  data)
{
  YejiDraft *draft = open_record (fixture);
  g_autofree char *title = NULL;

  type_name (draft, "改过的名称");
  yeji_window_show_list (fixture->window);
  g_assert_null (yeji_editor_get_draft (yeji_window_get_editor (fixture->window)));
  title = g_strdup (yeji_draft_get_title (open_record (fixture)));
  g_assert_cmpstr (title, ==, "改过的名称");
}

static gboolean
is_saved (gpointer data)
{
  return g_str_has_prefix (yeji_status_bar_get_saved (
                             yeji_window_get_status_bar (((Fixture *) data)->window)),
                           "Saved on this computer ");
}

static void
test_status (Fixture       *fixture,
             gconstpointer  data)
{
  YejiStatusBar *bar = yeji_window_get_status_bar (fixture->window);

  g_assert_cmpstr (yeji_status_bar_get_sync (bar), ==, "Sign In…");
  type_name (open_record (fixture), "one");
  g_assert_cmpstr (yeji_status_bar_get_saved (bar), ==, "Saving…");
  yeji_test_wait_until (is_saved, fixture, 5000);
}

/* Without its documents the sample cannot be submitted; saying so is all that happens. */
static void
test_submit_errors (Fixture       *fixture,
                    gconstpointer  data)
{
  YejiDraft *draft = open_record (fixture);
  g_autoptr (GPtrArray) outbox = NULL;

  g_assert_cmpuint (yeji_draft_count_issues (draft, NULL, NULL, YEJI_SEVERITY_ERROR), >, 0);
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.submit", NULL);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  outbox = yeji_store_get_outbox (fixture->base.store, NULL);
  g_assert_cmpuint (outbox->len, ==, 0);
}

static void
attach (Fixture    *fixture,
        const char *slot)
{
  g_autofree char *path = g_build_filename (fixture->base.dir, slot, NULL);
  g_autofree char *named = g_strconcat (path, ".pdf", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (named);
  g_autofree char *content = g_strdup_printf ("%%PDF-1.4\n%% %s\n%%%%EOF\n", slot);
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiAttachment) attachment = NULL;

  g_assert_true (g_file_set_contents (named, content, -1, &error));
  attachment = yeji_store_attach (fixture->base.store, yeji_record_get_uuid (fixture->base.record),
                                  slot, file, NULL, &error);
  g_assert_no_error (error);
}

static const char *
get_focused_field (Fixture *fixture)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (fixture->window));

  while (focus != NULL && !YEJI_IS_FIELD_ROW (focus))
    focus = gtk_widget_get_parent (focus);
  return focus != NULL
           ? yeji_form_field_get_def (yeji_field_row_get_field (YEJI_FIELD_ROW (focus)))->id : NULL;
}

static GtkWidget *
find_widget (GtkWidget  *root,
             const char *type)
{
  if (g_str_equal (G_OBJECT_TYPE_NAME (root), type))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_widget (child, type);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static gboolean
is_queued (gpointer data)
{
  g_autoptr (GPtrArray) outbox = yeji_store_get_outbox (((Fixture *) data)->base.store, NULL);

  return outbox->len == 1;
}

static gboolean
is_locked (gpointer data)
{
  return !yeji_draft_is_editable (yeji_editor_get_draft (
           yeji_window_get_editor (((Fixture *) data)->window)));
}

static gboolean
is_editable (gpointer data)
{
  return !is_locked (data);
}

static YejiAnswer *
make_answer (Fixture    *fixture,
             const char *revision,
             const char *state)
{
  YejiAnswer *answer = yeji_answer_new ();

  answer->uuid = g_strdup (yeji_record_get_uuid (fixture->base.record));
  answer->revision = g_strdup (revision);
  answer->state = g_strdup (state);
  answer->at = g_strdup ("2026-11-22T02:00:00Z");
  return answer;
}

static void
apply (Fixture    *fixture,
       YejiAnswer *answer,
       const char *cursor)
{
  g_autoptr (GPtrArray) answers = g_ptr_array_new_with_free_func ((GDestroyNotify) yeji_answer_free);
  g_autoptr (GError) error = NULL;

  g_ptr_array_add (answers, answer);
  g_assert_true (yeji_store_apply_answers (fixture->base.store, answers, cursor, &error));
  g_assert_no_error (error);
}

/* What the sync engine does when the province said yes. */
static void
note_submitted (Fixture *fixture)
{
  g_autoptr (GPtrArray) outbox = yeji_store_get_outbox (fixture->base.store, NULL);
  const YejiOutboxItem *item = g_ptr_array_index (outbox, 0);
  g_autoptr (YejiAnswer) answer = make_answer (fixture, "r1", "submitted");
  g_autoptr (GError) error = NULL;

  g_assert_true (yeji_store_note_submitted (fixture->base.store, item->uuid, item->seq, answer,
                                            &error));
  g_assert_no_error (error);
}

static void
attach_needed (Fixture *fixture)
{
  static const char *slots[] = {
    "award_notice", "contract", "construction_permit", "acceptance_report"
  };

  for (guint i = 0; i < G_N_ELEMENTS (slots); i++)
    attach (fixture, slots[i]);
}

/* Signed out, a complete record waits; then the answer arrives while it is open. */
static void
test_submit (Fixture       *fixture,
             gconstpointer  data)
{
  YejiDraft *draft;
  YejiAnswer *returned;
  YejiRow *contract;
  YejiIssue *point;

  attach_needed (fixture);
  draft = open_record (fixture);
  g_assert_cmpuint (yeji_draft_count_issues (draft, NULL, NULL, YEJI_SEVERITY_ERROR), ==, 0);
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.submit", NULL);
  yeji_test_wait_until (is_queued, fixture, 5000);

  note_submitted (fixture);
  yeji_test_wait_until (is_locked, fixture, 5000);
  returned = make_answer (fixture, "r2", "returned");
  g_ptr_array_add (returned->points,
                   yeji_point_new ("/contracts/0/ContractMoney", "与中标金额不一致"));
  apply (fixture, returned, "e-2");
  yeji_test_wait_until (is_editable, fixture, 5000);
  contract = yeji_record_get_row (yeji_draft_get_record (draft),
                                  yeji_dictionary_find_table (fixture->base.dictionary,
                                                              "TBContractRecordManage"), 0);
  point = yeji_draft_find_point (draft, contract,
                                 yeji_table_def_find_field (yeji_row_get_table (contract),
                                                            "ContractMoney"));
  g_assert_nonnull (point);
  g_assert_cmpstr (yeji_issue_get_message (point), ==, "与中标金额不一致");
  g_assert_true (yeji_editor_show_issue (yeji_window_get_editor (fixture->window), point));
}

static GtkWidget *
find_question (void)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *item = windows; item != NULL; item = item->next)
    if (ADW_IS_MESSAGE_DIALOG (item->data))
      return item->data;
  return NULL;
}

static void
answer (const char *heading,
        const char *response)
{
  GtkWidget *dialog = find_question ();

  g_assert_nonnull (dialog);
  g_assert_cmpstr (adw_message_dialog_get_heading (ADW_MESSAGE_DIALOG (dialog)), ==, heading);
  name_walk_check (dialog);
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), response);
  gtk_window_destroy (GTK_WINDOW (dialog));
}

static void
submit (Fixture *fixture)
{
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.submit", NULL);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

/* About warnings without a reason it is asked once, and not at all about those that have one. */
static void
test_submit_warnings (Fixture       *fixture,
                      gconstpointer  data)
{
  YejiDraft *draft;
  YejiRow *project;
  const YejiFieldDef *code;

  attach_needed (fixture);
  draft = open_record (fixture);
  project = yeji_record_get_project (yeji_draft_get_record (draft));
  code = yeji_table_def_find_field (yeji_row_get_table (project), "BuildCorpCode");
  yeji_draft_set_value (draft, project, code, "91350211M00013FA1N");
  submit (fixture);
  answer ("1 Warning Has No Reason", "cancel");
  submit (fixture);
  answer ("1 Warning Has No Reason", "look");
  g_assert_cmpstr (get_focused_field (fixture), ==, "BuildCorpCode");
  g_assert_false (is_queued (fixture));
  g_assert_true (yeji_draft_keep (draft, yeji_draft_find_issue (draft, project, code), "见执照"));
  submit (fixture);
  g_assert_null (find_question ());
  yeji_test_wait_until (is_queued, fixture, 5000);
}

static void
test_submit_all_the_same (Fixture       *fixture,
                          gconstpointer  data)
{
  YejiDraft *draft;
  YejiRow *project;

  attach_needed (fixture);
  draft = open_record (fixture);
  project = yeji_record_get_project (yeji_draft_get_record (draft));
  yeji_draft_set_value (draft, project,
                        yeji_table_def_find_field (yeji_row_get_table (project), "BuildCorpCode"),
                        "91350211M00013FA1N");
  submit (fixture);
  answer ("1 Warning Has No Reason", "submit");
  yeji_test_wait_until (is_queued, fixture, 5000);
}

static gboolean
is_end_date_back (gpointer data)
{
  return g_str_equal (yeji_row_get_by_id (data, "EndDate"), "2017.12.30");
}

/* A suggestion that was taken is said, and can be undone while the record is open. */
static void
test_taken (Fixture       *fixture,
            gconstpointer  data)
{
  YejiDraft *draft = open_record (fixture);
  YejiRow *project = yeji_record_get_project (yeji_draft_get_record (draft));
  const YejiFieldDef *field = yeji_table_def_find_field (yeji_row_get_table (project), "EndDate");
  g_autoptr (GPtrArray) edits = NULL;
  GtkWidget *toast;

  yeji_draft_set_value (draft, project, field, "2017.12.30");
  edits = yeji_edits_new_for_one (project, field, "2017-12-30");
  yeji_edits_take (draft, edits);
  toast = find_widget (GTK_WIDGET (fixture->window), "AdwToastWidget");
  g_assert_nonnull (toast);
  g_assert_cmpstr (yeji_row_get (project, field), ==, "2017-12-30");
  g_signal_emit_by_name (find_widget (toast, "GtkButton"), "clicked");
  yeji_test_wait_until (is_end_date_back, project, 5000);
  yeji_edits_take (draft, edits);
  yeji_window_show_list (fixture->window);
}

/* A full record opens before the clerk notices; the bound is for a busy machine under Xvfb. */
static void
test_fast (Fixture       *fixture,
           gconstpointer  data)
{
  gint64 start = g_get_monotonic_time ();

  open_record (fixture);
  g_test_message ("opened in %.0f ms", (double) (g_get_monotonic_time () - start) / 1000.0);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 1000 * 1000);
}

static gboolean
is_selected (gpointer data)
{
  Fixture *fixture = data;
  g_autofree char *uuid = NULL;

  uuid = yeji_record_list_get_selected (yeji_window_get_list (fixture->window));
  return g_strcmp0 (uuid, yeji_record_get_uuid (fixture->base.record)) == 0;
}

static gboolean
is_listed_as_changed (gpointer data)
{
  Fixture *fixture = data;
  g_autoptr (YejiEntry) entry = NULL;

  entry = yeji_store_get_entry (fixture->base.store, yeji_record_get_uuid (fixture->base.record),
                                NULL);
  return g_strcmp0 (yeji_entry_get_name (entry), "换了位置") == 0 && is_selected (fixture);
}

/* Whoever comes back from a record finds it selected, also when it moved to the top of the list. */
static void
test_select (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr (YejiRecord) other = app_fixture_read (&fixture->base, "complete-design.json");
  g_autoptr (GError) error = NULL;

  g_assert_true (yeji_store_save (fixture->base.store, other, NULL, "imported", &error));
  g_assert_no_error (error);
  type_name (open_record (fixture), "换了位置");
  yeji_window_show_list (fixture->window);
  g_assert_true (is_selected (fixture));
  yeji_test_wait_until (is_listed_as_changed, fixture, 5000);
  gtk_test_widget_wait_for_draw (GTK_WIDGET (fixture->window));
  g_assert_true (is_selected (fixture));
}

static gboolean
is_drawn_again (GtkWidget     *widget,
                GdkFrameClock *clock,
                gpointer       data)
{
  gint64 *frame = data;

  if (*frame == 0)
    *frame = gdk_frame_clock_get_frame_counter (clock) + 3;
  if (gdk_frame_clock_get_frame_counter (clock) < *frame)
    return G_SOURCE_CONTINUE;
  *frame = -1;
  return G_SOURCE_REMOVE;
}

static gboolean
is_minus_one (gpointer data)
{
  return *(gint64 *) data == -1;
}

/* Searching from a record: the keyboard stays in the search, and does not follow the selection. */
static void
test_search (Fixture       *fixture,
             gconstpointer  data)
{
  gint64 frame = 0;
  GtkWidget *focus;

  open_record (fixture);
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.search", NULL);
  gtk_widget_add_tick_callback (GTK_WIDGET (fixture->window), is_drawn_again, &frame, NULL);
  yeji_test_wait_until (is_minus_one, &frame, 5000);
  focus = gtk_root_get_focus (GTK_ROOT (fixture->window));
  g_assert_nonnull (focus);
  g_assert_nonnull (gtk_widget_get_ancestor (focus, GTK_TYPE_SEARCH_ENTRY));
}

static gboolean
lists_both (gpointer data)
{
  Fixture *fixture = data;

  return yeji_record_list_get_n_all (yeji_window_get_list (fixture->window)) == 2;
}

typedef struct
{
  Fixture *fixture;
  const char *uuid;
} Expected;

static gboolean
selects_expected (gpointer data)
{
  Expected *expected = data;
  YejiRecordList *list = yeji_window_get_list (expected->fixture->window);
  g_autofree char *selected = yeji_record_list_get_selected (list);

  return g_strcmp0 (selected, expected->uuid) == 0 && yeji_record_list_get_n_shown (list) == 1;
}

/* Who types a name and presses Enter at once gets that record, not the one that stood there before
 * the search. */
static void
test_search_at_once (Fixture       *fixture,
                     gconstpointer  data)
{
  g_autoptr (YejiRecord) other = app_fixture_read (&fixture->base, "complete-design.json");
  const char *names[] = {
    yeji_row_get_title (yeji_record_get_project (fixture->base.record)),
    yeji_row_get_title (yeji_record_get_project (other)),
  };
  const char *uuids[] = {
    yeji_record_get_uuid (fixture->base.record), yeji_record_get_uuid (other)
  };
  GtkWidget *search;

  g_assert_true (yeji_store_save (fixture->base.store, other, NULL, "imported", NULL));
  yeji_test_wait_until (lists_both, fixture, 5000);
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.search", NULL);
  search = gtk_widget_get_ancestor (gtk_root_get_focus (GTK_ROOT (fixture->window)),
                                    GTK_TYPE_SEARCH_ENTRY);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      Expected expected = { fixture, uuids[i] };

      gtk_editable_set_text (GTK_EDITABLE (search), names[i]);
      g_signal_emit_by_name (search, "activate");
      yeji_test_wait_until (selects_expected, &expected, 5000);
    }
}

/* A problem that was solved leaves the list, and the next one moves up: it is not skipped. */
static void
test_step (Fixture       *fixture,
           gconstpointer  data)
{
  static const char *fields[] = { "PrjName", "BuildCorpName", "Address" };
  YejiDraft *draft = open_record (fixture);
  YejiRow *project = yeji_record_get_project (yeji_draft_get_record (draft));
  const YejiTableDef *table = yeji_row_get_table (project);

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    yeji_draft_set_value (draft, project, yeji_table_def_find_field (table, fields[i]), "");
  yeji_draft_validate (draft);
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.next-problem", NULL);
  g_assert_cmpstr (get_focused_field (fixture), ==, fields[0]);
  yeji_draft_set_value (draft, project, yeji_table_def_find_field (table, fields[0]), "名称");
  yeji_draft_validate (draft);
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.next-problem", NULL);
  g_assert_cmpstr (get_focused_field (fixture), ==, fields[1]);
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.next-problem", NULL);
  g_assert_cmpstr (get_focused_field (fixture), ==, fields[2]);
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.previous-problem", NULL);
  g_assert_cmpstr (get_focused_field (fixture), ==, fields[1]);
}

static void
on_result (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

/* JSON of another program has nothing of a record: it is refused, and by its name. */
static void
test_foreign (Fixture       *fixture,
              gconstpointer  data)
{
  g_autofree char *path = g_build_filename (fixture->base.dir, "package.json", NULL);
  g_autoptr (GListStore) files = g_list_store_new (G_TYPE_FILE);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  GAsyncResult *result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *batch = NULL;
  guint n = 0;

  g_assert_true (g_file_set_contents (path, "{\"name\": \"x\", \"version\": 1}", -1, &error));
  g_list_store_append (files, file);
  yeji_importer_run_async (fixture->base.store, G_LIST_MODEL (files), on_result, &result);
  yeji_test_wait_until (is_set, &result, 5000);
  g_assert_false (yeji_importer_run_finish (result, &n, &batch, &error));
  g_assert_error (error, YEJI_EXCHANGE_ERROR, YEJI_EXCHANGE_ERROR_FORMAT);
  g_assert_true (g_str_has_prefix (error->message, "package.json: "));
  g_object_unref (result);
}

/* Other programs go by the name; what they do to the copy does not harm the document. */
static void
test_document (Fixture       *fixture,
               gconstpointer  data)
{
  const char *uuid = yeji_record_get_uuid (fixture->base.record);
  g_autoptr (GPtrArray) attachments = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) copy = NULL;
  g_autoptr (GFile) again = NULL;
  g_autofree char *name = NULL;
  g_autofree char *text = NULL;

  attach (fixture, "contract");
  attachments = yeji_store_get_attachments (fixture->base.store, uuid, &error);
  g_assert_no_error (error);
  copy = yeji_document_copy (fixture->base.store, g_ptr_array_index (attachments, 0), NULL, &error);
  g_assert_no_error (error);
  name = g_file_get_basename (copy);
  g_assert_cmpstr (name, ==, "contract.pdf");
  g_assert_true (g_file_replace_contents (copy, "x", 1, NULL, FALSE, G_FILE_CREATE_NONE, NULL, NULL,
                                          &error));
  again = yeji_document_copy (fixture->base.store, g_ptr_array_index (attachments, 0), NULL,
                              &error);
  g_assert_no_error (error);
  g_assert_true (g_file_load_contents (again, NULL, &text, NULL, NULL, &error));
  g_assert_true (g_str_has_prefix (text, "%PDF-1.4"));
}

static void
test_replace (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr (YejiRecord) other = app_fixture_read (&fixture->base, "complete-design.json");
  YejiDraft *draft = open_record (fixture);
  g_autofree char *uuid = g_strdup (yeji_draft_get_uuid (draft));
  g_autoptr (GError) error = NULL;
  g_autofree char *stored = NULL;

  g_assert_true (yeji_draft_replace (draft, other, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (yeji_draft_get_uuid (draft), ==, uuid);
  g_assert_cmpstr (yeji_draft_get_title (draft), ==,
                   yeji_row_get_title (yeji_record_get_project (other)));
  close_window (fixture);
  stored = app_fixture_stored (&fixture->base, "TBProjectInfo", 0, "PrjName");
  g_assert_cmpstr (stored, ==, yeji_row_get_title (yeji_record_get_project (other)));
}

static void
add_tests (void)
{
#define ADD(path, test) g_test_add ("/app/window/" path, Fixture, NULL, set_up, test, tear_down)
  ADD ("names-every-control", test_names);
  ADD ("names-every-control-of-the-sign-in", test_sign_in);
  ADD ("saves-what-was-typed-before-closing", test_close);
  ADD ("keeps-what-was-typed-before-going-back", test_back);
  ADD ("says-what-is-saved", test_status);
  ADD ("says-when-a-draft-could-not-be-read-back", test_unreadable);
  ADD ("does-not-submit-a-record-with-errors", test_submit_errors);
  ADD ("queues-a-submission-and-shows-the-answer", test_submit);
  ADD ("asks-once-about-warnings-without-a-reason", test_submit_warnings);
  ADD ("submits-with-warnings-if-that-is-wanted", test_submit_all_the_same);
  ADD ("undoes-a-suggestion-that-was-taken", test_taken);
  ADD ("opens-a-record-fast", test_fast);
  ADD ("selects-the-record-that-was-left", test_select);
  ADD ("searches-from-a-record", test_search);
  ADD ("finds-what-was-typed-at-once", test_search_at_once);
  ADD ("goes-from-problem-to-problem-without-skipping", test_step);
  ADD ("refuses-to-import-what-is-no-record", test_foreign);
  ADD ("opens-a-copy-of-a-document", test_document);
  ADD ("imports-into-the-open-record", test_replace);
}

int
main (int    argc,
      char **argv)
{
  return app_fixture_main (&argc, &argv, add_tests);
}
