// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "app-fixture.h"
#include "name-walk.h"
#include "yeji-application.h"
#include "yeji-field-row.h"
#include "yeji-section-page.h"
#include "yeji-sign-in-dialog.h"
#include "yeji-test.h"
#include "yeji-window.h"

typedef struct
{
  AppFixture base;
  YejiSyncEngine *engine;
  YejiWindow *window;          /* (nullable): weak */
} Fixture;

static gboolean
is_gone (gpointer data)
{
  return *(gpointer *) data == NULL;
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
  yeji_test_wait_until (has_records, fixture, 5000);
}

static void
close_window (Fixture *fixture)
{
  if (fixture->window != NULL)
    gtk_window_close (GTK_WINDOW (fixture->window));
  yeji_test_wait_until (is_gone, &fixture->window, 5000);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  app_fixture_set_up (&fixture->base, data);
  g_clear_object (&fixture->base.draft);
  fixture->engine = yeji_sync_engine_new (fixture->base.store);
  open_window (fixture);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  close_window (fixture);
  yeji_sync_engine_stop (fixture->engine);
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

/* Signed out, a complete record waits; then the answer arrives while it is open. */
static void
test_submit (Fixture       *fixture,
             gconstpointer  data)
{
  static const char *slots[] = {
    "award_notice", "contract", "construction_permit", "acceptance_report"
  };
  YejiDraft *draft;
  YejiAnswer *returned;
  YejiRow *contract;
  YejiIssue *point;

  for (guint i = 0; i < G_N_ELEMENTS (slots); i++)
    attach (fixture, slots[i]);
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
  ADD ("does-not-submit-a-record-with-errors", test_submit_errors);
  ADD ("queues-a-submission-and-shows-the-answer", test_submit);
  ADD ("opens-a-record-fast", test_fast);
  ADD ("imports-into-the-open-record", test_replace);
}

int
main (int    argc,
      char **argv)
{
  return app_fixture_main (&argc, &argv, add_tests);
}
