// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "yeji-window-withdraw.h"

#include <adwaita.h>

#include "app-fixture.h"
#include "name-walk.h"
#include "yeji-application.h"
#include "yeji-filters.h"
#include "yeji-test.h"
#include "yeji-text-dialog.h"

#define PATIENCE 10000

typedef struct
{
  AppFixture base;
  YejiSyncEngine *engine;
  YejiWindow *window;          /* (nullable): weak */
  YejiState state;             /* that is waited for */
} Fixture;

static gboolean
is_open_so (gpointer data)
{
  Fixture *fixture = data;
  YejiDraft *draft = yeji_window_get_draft (fixture->window);

  return draft != NULL && yeji_entry_get_state (yeji_draft_get_entry (draft)) == fixture->state;
}

/* (transfer full) (element-type YejiAnswer): an empty list */
static GPtrArray *
new_answers (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) yeji_answer_free);
}

static void
hear (Fixture    *fixture,
      const char *revision,
      const char *state)
{
  g_autoptr (GPtrArray) answers = new_answers ();
  YejiAnswer *answer = yeji_answer_new ();
  g_autoptr (GError) error = NULL;

  answer->uuid = g_strdup (yeji_record_get_uuid (fixture->base.record));
  answer->revision = g_strdup (revision);
  answer->state = g_strdup (state);
  answer->at = g_strdup ("2026-11-22T02:00:00Z");
  g_ptr_array_add (answers, answer);
  yeji_store_apply_answers (fixture->base.store, answers, "e-1", &error);
  g_assert_no_error (error);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  app_fixture_set_up_bare (&fixture->base, data);
  hear (fixture, "r2", "submitted");
  fixture->engine = yeji_sync_engine_new (fixture->base.store);
  fixture->window = YEJI_WINDOW (yeji_window_new (NULL, fixture->base.store, fixture->engine));
  g_object_add_weak_pointer (G_OBJECT (fixture->window), (gpointer *) &fixture->window);
  gtk_window_present (GTK_WINDOW (fixture->window));
  gtk_test_widget_wait_for_draw (GTK_WIDGET (fixture->window));
  yeji_window_open_record (fixture->window, yeji_record_get_uuid (fixture->base.record));
  fixture->state = YEJI_STATE_SUBMITTED;
  yeji_test_wait_until (is_open_so, fixture, PATIENCE);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  gtk_window_close (GTK_WINDOW (fixture->window));
  yeji_test_wait_until (yeji_test_is_gone, &fixture->window, PATIENCE);
  yeji_sync_engine_stop (fixture->engine);
  yeji_test_wait_until (yeji_test_is_last, fixture->engine, PATIENCE);
  g_assert_finalize_object (g_steal_pointer (&fixture->engine));
  app_fixture_tear_down (&fixture->base, data);
}

static GtkTextView *
find_view (GtkWidget *widget)
{
  if (GTK_IS_TEXT_VIEW (widget))
    return GTK_TEXT_VIEW (widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkTextView *found = find_view (child);

      if (found != NULL)
        return found;
    }
  return NULL;
}

/* Without a reason nothing is withdrawn; without an account it is said, and nothing happens. */
static void
test_asks_for_a_reason (Fixture       *fixture,
                        gconstpointer  data)
{
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (yeji_window_withdraw_ask (fixture->window));
  GtkTextView *view = find_view (GTK_WIDGET (dialog));

  g_assert_nonnull (view);
  gtk_test_widget_wait_for_draw (GTK_WIDGET (dialog));
  g_assert_cmpuint (name_walk_check (GTK_WIDGET (dialog)), >, 1);
  g_assert_false (adw_message_dialog_get_response_enabled (dialog, YEJI_TEXT_DIALOG_DONE));
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (view), "  \n", -1);
  g_assert_false (adw_message_dialog_get_response_enabled (dialog, YEJI_TEXT_DIALOG_DONE));
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (view), "合同有误", -1);
  g_assert_true (adw_message_dialog_get_response_enabled (dialog, YEJI_TEXT_DIALOG_DONE));
  g_assert_cmpint (adw_message_dialog_get_response_appearance (dialog, YEJI_TEXT_DIALOG_DONE), ==,
                   ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_response (dialog, YEJI_TEXT_DIALOG_DONE);
  gtk_window_destroy (GTK_WINDOW (dialog));
  g_assert_true (is_open_so (fixture));
}

/* The state says whether it can be withdrawn, and whether it can be changed. */
static void
test_follows_the_state (Fixture       *fixture,
                        gconstpointer  data)
{
  static const struct
  {
    const char *revision, *word;
    YejiState state;
    gboolean editable;
  } states[] = {
    { "r3", "withdrawn", YEJI_STATE_WITHDRAWN, TRUE },
    { "r5", "submitted", YEJI_STATE_SUBMITTED, FALSE },
    { "r6", "removed", YEJI_STATE_REMOVED_THERE, TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    {
      hear (fixture, states[i].revision, states[i].word);
      fixture->state = states[i].state;
      yeji_test_wait_until (is_open_so, fixture, PATIENCE);
      g_assert_true (yeji_draft_is_editable (yeji_window_get_draft (fixture->window))
                     == states[i].editable);
    }
}

static void
test_filter (void)
{
  const YejiFilterDef *filter = yeji_filter_get (yeji_filter_find ("withdrawn"));

  g_assert_cmpuint (filter->states, ==,
                    YEJI_STATE_BIT (YEJI_STATE_WITHDRAWN)
                    | YEJI_STATE_BIT (YEJI_STATE_REMOVED_THERE)
                    | YEJI_STATE_BIT (YEJI_STATE_REVOKED));
}

static void
add_tests (void)
{
  g_test_add_func ("/app/window-withdraw/has-a-filter", test_filter);
  g_test_add ("/app/window-withdraw/asks-for-a-reason", Fixture, NULL, set_up,
              test_asks_for_a_reason, tear_down);
  g_test_add ("/app/window-withdraw/follows-the-state", Fixture, NULL, set_up,
              test_follows_the_state, tear_down);
}

int
main (int    argc,
      char **argv)
{
  return app_fixture_main (&argc, &argv, add_tests);
}
