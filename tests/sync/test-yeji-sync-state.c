// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "yeji-sync-state.h"

static void
test_an_event_means_one_thing (void)
{
  for (guint i = 0; i < yeji_sync_n_rules; i++)
    g_assert_true (yeji_sync_state_find (yeji_sync_rules[i].state, yeji_sync_rules[i].event)
                   == &yeji_sync_rules[i]);
}

/* What can be got to from a state by any events. */
static void
walk (YejiSyncState  state,
      gboolean      *seen)
{
  if (seen[state])
    return;
  seen[state] = TRUE;
  for (guint i = 0; i < yeji_sync_n_rules; i++)
    if (yeji_sync_rules[i].state == state)
      walk (yeji_sync_rules[i].next, seen);
}

static void
test_no_state_is_a_trap (void)
{
  for (guint from = 0; from < N_YEJI_SYNC_STATES; from++)
    {
      gboolean seen[N_YEJI_SYNC_STATES] = { FALSE };

      walk ((YejiSyncState) from, seen);
      for (guint to = 0; to < N_YEJI_SYNC_STATES; to++)
        g_assert_true (seen[to]);
    }
}

/* Where nothing runs and no timer is set, somebody has to come: only there may it rest. */
static void
test_it_goes_on_by_itself (void)
{
  for (guint i = 0; i < yeji_sync_n_rules; i++)
    {
      const YejiSyncRule *rule = &yeji_sync_rules[i];

      if (rule->action == YEJI_SYNC_DO_REST || rule->action == YEJI_SYNC_DO_SIGN_OUT)
        g_assert_true (rule->next == YEJI_SYNC_SIGNED_OUT || rule->next == YEJI_SYNC_ENDED);
      if (rule->action == YEJI_SYNC_DO_PAUSE)
        g_assert_nonnull (yeji_sync_state_find (rule->next, YEJI_SYNC_EVENT_TIMER));
      if (rule->action == YEJI_SYNC_DO_REMEMBER)
        g_assert_cmpint (rule->state, ==, YEJI_SYNC_RUNNING);
      /* a step that runs has an end for the machine, good or bad */
      if (rule->action == YEJI_SYNC_DO_CYCLE || rule->action == YEJI_SYNC_DO_OPEN)
        g_assert_cmpint (rule->next, ==, YEJI_SYNC_RUNNING);
    }
}

static void
test_every_failure_of_a_step_has_a_state (void)
{
  static const YejiSyncEvent failures[] = {
    YEJI_SYNC_EVENT_ENDED, YEJI_SYNC_EVENT_NO_ACCOUNT, YEJI_SYNC_EVENT_UNREACHABLE,
    YEJI_SYNC_EVENT_BUSY, YEJI_SYNC_EVENT_TROUBLE, YEJI_SYNC_EVENT_VERSION,
  };

  for (guint i = 0; i < G_N_ELEMENTS (failures); i++)
    {
      const YejiSyncRule *cycle = yeji_sync_state_find (YEJI_SYNC_RUNNING, failures[i]);
      const YejiSyncRule *wait = yeji_sync_state_find (YEJI_SYNC_ONLINE, failures[i]);

      g_assert_nonnull (cycle);
      g_assert_nonnull (wait);
      g_assert_cmpint (cycle->next, ==, wait->next);
    }
}

static void
test_the_user_is_always_heard (void)
{
  for (guint state = YEJI_SYNC_STOPPED + 1; state < N_YEJI_SYNC_STATES; state++)
    {
      g_assert_nonnull (yeji_sync_state_find ((YejiSyncState) state, YEJI_SYNC_EVENT_SIGN_IN));
      g_assert_nonnull (yeji_sync_state_find ((YejiSyncState) state, YEJI_SYNC_EVENT_SIGN_OUT));
      g_assert_nonnull (yeji_sync_state_find ((YejiSyncState) state, YEJI_SYNC_EVENT_STOP));
      if (yeji_sync_state_find ((YejiSyncState) state, YEJI_SYNC_EVENT_TIMER) != NULL)
        g_assert_nonnull (yeji_sync_state_find ((YejiSyncState) state, YEJI_SYNC_EVENT_NOW));
    }
  /* what is queued does not hurry who asked for patience */
  g_assert_null (yeji_sync_state_find (YEJI_SYNC_BUSY, YEJI_SYNC_EVENT_WAKE));
  g_assert_null (yeji_sync_state_find (YEJI_SYNC_INCOMPATIBLE, YEJI_SYNC_EVENT_WAKE));
}

static void
test_names_come_back (void)
{
  YejiSyncState state;

  for (guint i = 0; i < N_YEJI_SYNC_STATES; i++)
    {
      g_assert_true (yeji_sync_state_from_text (yeji_sync_state_to_text ((YejiSyncState) i),
                                                &state));
      g_assert_cmpint (state, ==, i);
    }
  g_assert_false (yeji_sync_state_from_text ("on fire", &state));
  g_assert_false (yeji_sync_state_from_text (NULL, &state));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync/state/an-event-means-one-thing", test_an_event_means_one_thing);
  g_test_add_func ("/sync/state/no-state-is-a-trap", test_no_state_is_a_trap);
  g_test_add_func ("/sync/state/it-goes-on-by-itself", test_it_goes_on_by_itself);
  g_test_add_func ("/sync/state/every-failure-of-a-step-has-a-state",
                   test_every_failure_of_a_step_has_a_state);
  g_test_add_func ("/sync/state/the-user-is-always-heard", test_the_user_is_always_heard);
  g_test_add_func ("/sync/state/names-come-back", test_names_come_back);
  return g_test_run ();
}
