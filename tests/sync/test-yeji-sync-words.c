// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "yeji-sync-words.h"

#include <string.h>

#include "sync-fixture.h"

static void
test_every_cause_has_words (void)
{
  for (guint i = YEJI_SYNC_CAUSE_NONE + 1; i < N_YEJI_SYNC_CAUSES; i++)
    {
      g_autofree char *words = yeji_sync_words_cause ((YejiSyncCause) i, "100 % of it");
      g_autofree char *bare = yeji_sync_words_cause ((YejiSyncCause) i, NULL);

      g_assert_cmpuint (strlen (words), >, 10);
      g_assert_null (strstr (words, "%s"));
      g_assert_null (strstr (bare, "(null)"));
      g_assert_cmpint (yeji_sync_cause_from_text (yeji_sync_cause_to_text ((YejiSyncCause) i)), ==,
                       i);
    }
  g_assert_cmpint (yeji_sync_cause_from_text ("later-invented"), ==, YEJI_SYNC_CAUSE_OTHER);
}

static YejiSyncOutcome *
make_outcome (YejiSyncError  code,
              YejiSyncCause  cause,
              const char    *message)
{
  YejiSyncOutcome *outcome = yeji_sync_outcome_new ();
  g_autoptr (GError) error = yeji_sync_error_new_cause (code, cause, message);
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;

  yeji_sync_outcome_take (outcome, NULL, now);
  yeji_sync_outcome_take (outcome, error, now);
  yeji_sync_outcome_plan (outcome, now + 100);
  return outcome;
}

static void
test_says_all_that_is_to_be_said (SyncFixture   *fixture,
                                  gconstpointer  data)
{
  g_autoptr (YejiSyncOutcome) outcome = make_outcome (YEJI_SYNC_ERROR_UNREACHABLE,
                                                      YEJI_SYNC_CAUSE_NAME, "no");
  g_autofree char *uuid = sync_fixture_add (fixture, "一号楼");
  g_autofree char *since = yeji_sync_words_moment (outcome->since);
  g_autoptr (YejiSyncWaiting) waiting = NULL;
  g_autofree char *engine = NULL;
  g_autofree char *visitor = NULL;

  sync_fixture_queue (fixture, uuid);
  waiting = yeji_sync_waiting_load (fixture->store, NULL);
  g_assert_cmpuint (waiting->items->len, ==, 1);
  engine = yeji_sync_words (outcome, waiting, YEJI_SYNC_TELLER_ENGINE);
  visitor = yeji_sync_words (outcome, waiting, YEJI_SYNC_TELLER_VISITOR);
  g_assert_nonnull (strstr (engine, "name in the province's address cannot be found"));
  g_assert_nonnull (strstr (engine, since));
  g_assert_nonnull (strstr (engine, "tried again by itself at"));
  g_assert_nonnull (strstr (engine, "1 submission waits"));
  g_assert_nonnull (strstr (engine, "was last reached at"));
  /* nobody tries by itself on the command line */
  g_assert_null (strstr (visitor, "by itself"));
  g_assert_nonnull (strstr (visitor, "1 submission waits"));
}

static void
test_tells_of_a_wrong_clock (void)
{
  static const struct
  {
    gint64 clock;
    gboolean told;
  } cases[] = { { 0, FALSE }, { 200, FALSE }, { -200, FALSE }, { 400, TRUE }, { -86400, TRUE },
                { G_MAXINT, TRUE } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (YejiSyncOutcome) outcome = yeji_sync_outcome_new ();
      g_autofree char *words = NULL;

      yeji_sync_outcome_take (outcome, NULL, 0);
      outcome->clock = cases[i].clock;
      words = yeji_sync_words (outcome, NULL, YEJI_SYNC_TELLER_ENGINE);
      g_assert_cmpint (strstr (words, "clock of this computer is wrong") != NULL, ==,
                       cases[i].told);
    }
}

static void
test_tells_of_a_submission (SyncFixture   *fixture,
                            gconstpointer  data)
{
  YejiSyncWaitingItem item = {
    .queued = (char *) "2026-01-02T03:04:05Z",
    .message = (char *) "one\ntwo",
    .next = g_get_real_time () / G_USEC_PER_SEC + 100,
    .n_files = 3,
  };
  g_autofree char *words = yeji_sync_words_item (&item);

  g_assert_nonnull (strstr (words, "2026-01-02"));
  g_assert_nonnull (strstr (words, "for 3 files"));
  g_assert_nonnull (strstr (words, "next try at"));
  g_assert_nonnull (strstr (words, "one two"));
}

static void
test_an_outcome_is_kept (SyncFixture   *fixture,
                         gconstpointer  data)
{
  static const char *const spoilt[] = { "", "[]", "1", "{", "{\"state\": 7}", "{\"state\": \"x\","
                                        "\"next\": \"soon\", \"failures\": -5, \"since\": {}}" };
  g_autoptr (YejiSyncOutcome) outcome = make_outcome (YEJI_SYNC_ERROR_REFUSED,
                                                      YEJI_SYNC_CAUSE_DENIED, "到点再来");
  g_autoptr (YejiSyncOutcome) kept = NULL;

  yeji_sync_outcome_set_user (outcome, "张三");
  g_assert_true (yeji_sync_outcome_save (outcome, fixture->store, NULL));
  kept = yeji_sync_outcome_load (fixture->store, NULL);
  g_assert_cmpint (kept->state, ==, YEJI_SYNC_TROUBLE);
  g_assert_true (yeji_sync_outcome_equal (outcome, kept));
  g_assert_cmpstr (kept->detail, ==, "到点再来");
  g_assert_cmpstr (kept->user, ==, "张三");
  g_assert_cmpstr (kept->heard, ==, outcome->heard);
  g_assert_cmpint (kept->next, ==, outcome->next);
  for (guint i = 0; i < G_N_ELEMENTS (spoilt); i++)
    {
      g_autoptr (YejiSyncOutcome) none = NULL;
      g_autofree char *words = NULL;

      yeji_store_set_setting (fixture->store, "sync.outcome", spoilt[i], NULL);
      none = yeji_sync_outcome_load (fixture->store, NULL);
      g_assert_nonnull (none);
      words = yeji_sync_words (none, NULL, YEJI_SYNC_TELLER_VISITOR);
      g_assert_nonnull (words);
    }
}

/* Later with each failure, never all at once, and not before the province asked for. */
static void
test_pauses_grow (void)
{
  static const struct
  {
    guint failures;
    gint64 asked;              /* seconds */
    guint least, most;         /* milliseconds */
  } cases[] = {
    { 1, 0, 500, 1000 },
    { 2, 0, 1000, 2000 },
    { 5, 0, 8000, 16000 },
    { 6, 0, 15000, 30000 },
    { 1000, 0, 15000, 30000 },
    { 1, 60, 60000, 67000 },
    { 1, -60, 500, 1000 },
    { 1, 3600, 3600000, 3962000 },
    { 1, G_MAXINT64 / 4, 7200000, 7922000 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    for (guint j = 0; j < 200; j++)
      {
        g_autoptr (YejiSyncOutcome) outcome = yeji_sync_outcome_new ();
        guint pause;

        outcome->failures = cases[i].failures;
        outcome->next = cases[i].asked != 0 ? 1000 + cases[i].asked : 0;
        pause = yeji_sync_outcome_plan (outcome, 1000);
        g_assert_cmpuint (pause, >=, cases[i].least);
        g_assert_cmpuint (pause, <=, cases[i].most);
        g_assert_cmpint (outcome->next, ==, 1000 + (pause + 999) / 1000);
      }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync/words/every-cause-has-words", test_every_cause_has_words);
  g_test_add_func ("/sync/words/pauses-grow", test_pauses_grow);
  g_test_add_func ("/sync/words/tells-of-a-wrong-clock", test_tells_of_a_wrong_clock);
  sync_test_add ("/sync/words/says-all-that-is-to-be-said", test_says_all_that_is_to_be_said);
  sync_test_add ("/sync/words/tells-of-a-submission", test_tells_of_a_submission);
  sync_test_add ("/sync/words/an-outcome-is-kept", test_an_outcome_is_kept);
  return g_test_run ();
}
