// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-sync"

#include "config.h"

#include "yeji-sync-state.h"

typedef struct
{
  const char *name;
  const char *meaning;         /* for docs/sync.md */
} Text;

static const Text states[N_YEJI_SYNC_STATES] = {
  [YEJI_SYNC_STOPPED] = { "stopped", "the program does not work with this profile" },
  [YEJI_SYNC_SIGNED_OUT] = { "signed-out", "nobody is signed in" },
  [YEJI_SYNC_ENDED] = { "ended",
    "somebody was signed in, and the province no longer takes the session" },
  [YEJI_SYNC_SIGNING_IN] = { "signing-in", "a user name and a password are tried" },
  [YEJI_SYNC_RUNNING] = { "running", "records, answers and the dictionary go to and fro" },
  [YEJI_SYNC_ONLINE] = { "online", "the last cycle succeeded; waiting for news" },
  [YEJI_SYNC_OFFLINE] = { "offline", "the last try did not reach the province" },
  [YEJI_SYNC_BUSY] = { "busy", "the province is there, but asks to come again later" },
  [YEJI_SYNC_TROUBLE] = { "trouble",
    "something on this computer is in the way, or the province refuses the account" },
  [YEJI_SYNC_INCOMPATIBLE] = { "incompatible",
    "the province speaks another version of the protocol" },
};

static const Text events[N_YEJI_SYNC_EVENTS] = {
  [YEJI_SYNC_EVENT_START] = { "start", "the program opens the profile" },
  [YEJI_SYNC_EVENT_STOP] = { "stop", "the program closes the profile" },
  [YEJI_SYNC_EVENT_SIGN_IN] = { "sign-in", "the user gives a name and a password" },
  [YEJI_SYNC_EVENT_ENTERED] = { "entered", "the province took them" },
  [YEJI_SYNC_EVENT_NOT_ENTERED] = { "not-entered", "it did not, or was not reached" },
  [YEJI_SYNC_EVENT_SIGN_OUT] = { "sign-out", "the user signs out" },
  [YEJI_SYNC_EVENT_OPENED] = { "opened", "the profile has an account" },
  [YEJI_SYNC_EVENT_NO_ACCOUNT] = { "no-account", "the profile has none" },
  [YEJI_SYNC_EVENT_ENDED] = { "ended", "the province no longer takes the session" },
  [YEJI_SYNC_EVENT_DONE] = { "done", "a cycle ended well" },
  [YEJI_SYNC_EVENT_OVERTAKEN] = { "overtaken",
    "a cycle ended well, but was asked for once more meanwhile" },
  [YEJI_SYNC_EVENT_NEWS] = { "news", "the province has news, or a submission's turn has come" },
  [YEJI_SYNC_EVENT_QUIET] = { "quiet", "the province has none" },
  [YEJI_SYNC_EVENT_UNREACHABLE] = { "unreachable", "no answer, or none that is the province's" },
  [YEJI_SYNC_EVENT_BUSY] = { "busy", "the province said \"later\", or failed itself" },
  [YEJI_SYNC_EVENT_TROUBLE] = { "trouble", "anything else went wrong" },
  [YEJI_SYNC_EVENT_VERSION] = { "version", "the other side speaks another version" },
  [YEJI_SYNC_EVENT_WAKE] = { "wake", "something was queued" },
  [YEJI_SYNC_EVENT_NOW] = { "now", "the user does not want to wait" },
  [YEJI_SYNC_EVENT_TIMER] = { "timer", "the pause is over" },
};

static const Text actions[N_YEJI_SYNC_ACTIONS] = {
  [YEJI_SYNC_DO_NOTHING] = { "nothing", "no more than the new state says" },
  [YEJI_SYNC_DO_OPEN] = { "open", "read the account from the profile" },
  [YEJI_SYNC_DO_CYCLE] = { "cycle",
    "send what is due, ask which dictionary holds, fetch what was decided" },
  [YEJI_SYNC_DO_WAIT] = { "wait", "ask for news, which is answered when there are any" },
  [YEJI_SYNC_DO_PAUSE] = { "pause", "set the timer, later with each failure" },
  [YEJI_SYNC_DO_REMEMBER] = { "remember", "run another cycle after this one" },
  [YEJI_SYNC_DO_REST] = { "rest", "do nothing until somebody signs in" },
  [YEJI_SYNC_DO_SIGN_IN] = { "sign in", "open a session with the password, which is kept nowhere" },
  [YEJI_SYNC_DO_SIGN_OUT] = { "sign out", "forget the session here, then end it there" },
  [YEJI_SYNC_DO_CLOSE] = { "close", "cancel what is under way and wait for its end" },
};

/* What may go wrong on the way, in a cycle and while waiting for news alike. */
#define FAILURES(state) \
  { state, YEJI_SYNC_EVENT_ENDED, YEJI_SYNC_ENDED, YEJI_SYNC_DO_REST }, \
  { state, YEJI_SYNC_EVENT_NO_ACCOUNT, YEJI_SYNC_SIGNED_OUT, YEJI_SYNC_DO_REST }, \
  { state, YEJI_SYNC_EVENT_UNREACHABLE, YEJI_SYNC_OFFLINE, YEJI_SYNC_DO_PAUSE }, \
  { state, YEJI_SYNC_EVENT_BUSY, YEJI_SYNC_BUSY, YEJI_SYNC_DO_PAUSE }, \
  { state, YEJI_SYNC_EVENT_TROUBLE, YEJI_SYNC_TROUBLE, YEJI_SYNC_DO_PAUSE }, \
  { state, YEJI_SYNC_EVENT_VERSION, YEJI_SYNC_INCOMPATIBLE, YEJI_SYNC_DO_PAUSE }

/* What the user may always do. */
#define WISHES(state) \
  { state, YEJI_SYNC_EVENT_SIGN_IN, YEJI_SYNC_SIGNING_IN, YEJI_SYNC_DO_SIGN_IN }, \
  { state, YEJI_SYNC_EVENT_SIGN_OUT, YEJI_SYNC_SIGNED_OUT, YEJI_SYNC_DO_SIGN_OUT }, \
  { state, YEJI_SYNC_EVENT_STOP, YEJI_SYNC_STOPPED, YEJI_SYNC_DO_CLOSE }

const YejiSyncRule yeji_sync_rules[] = {
  { YEJI_SYNC_STOPPED, YEJI_SYNC_EVENT_START, YEJI_SYNC_RUNNING, YEJI_SYNC_DO_OPEN },

  /* The profile forgets the session for certain, or it says that it could not. */
  { YEJI_SYNC_SIGNED_OUT, YEJI_SYNC_EVENT_TROUBLE, YEJI_SYNC_TROUBLE, YEJI_SYNC_DO_PAUSE },
  WISHES (YEJI_SYNC_SIGNED_OUT),

  WISHES (YEJI_SYNC_ENDED),

  /* The account before, if there was one, is still good. */
  { YEJI_SYNC_SIGNING_IN, YEJI_SYNC_EVENT_ENTERED, YEJI_SYNC_RUNNING, YEJI_SYNC_DO_OPEN },
  { YEJI_SYNC_SIGNING_IN, YEJI_SYNC_EVENT_NOT_ENTERED, YEJI_SYNC_RUNNING, YEJI_SYNC_DO_OPEN },
  WISHES (YEJI_SYNC_SIGNING_IN),

  { YEJI_SYNC_RUNNING, YEJI_SYNC_EVENT_OPENED, YEJI_SYNC_RUNNING, YEJI_SYNC_DO_CYCLE },
  { YEJI_SYNC_RUNNING, YEJI_SYNC_EVENT_WAKE, YEJI_SYNC_RUNNING, YEJI_SYNC_DO_REMEMBER },
  { YEJI_SYNC_RUNNING, YEJI_SYNC_EVENT_NOW, YEJI_SYNC_RUNNING, YEJI_SYNC_DO_REMEMBER },
  { YEJI_SYNC_RUNNING, YEJI_SYNC_EVENT_OVERTAKEN, YEJI_SYNC_RUNNING, YEJI_SYNC_DO_CYCLE },
  { YEJI_SYNC_RUNNING, YEJI_SYNC_EVENT_DONE, YEJI_SYNC_ONLINE, YEJI_SYNC_DO_WAIT },
  FAILURES (YEJI_SYNC_RUNNING),
  WISHES (YEJI_SYNC_RUNNING),

  /* A province that does not wait as it is asked to would be asked without end: hence the timer. */
  { YEJI_SYNC_ONLINE, YEJI_SYNC_EVENT_NEWS, YEJI_SYNC_RUNNING, YEJI_SYNC_DO_CYCLE },
  { YEJI_SYNC_ONLINE, YEJI_SYNC_EVENT_QUIET, YEJI_SYNC_ONLINE, YEJI_SYNC_DO_PAUSE },
  { YEJI_SYNC_ONLINE, YEJI_SYNC_EVENT_TIMER, YEJI_SYNC_ONLINE, YEJI_SYNC_DO_WAIT },
  { YEJI_SYNC_ONLINE, YEJI_SYNC_EVENT_WAKE, YEJI_SYNC_RUNNING, YEJI_SYNC_DO_CYCLE },
  { YEJI_SYNC_ONLINE, YEJI_SYNC_EVENT_NOW, YEJI_SYNC_RUNNING, YEJI_SYNC_DO_CYCLE },
  FAILURES (YEJI_SYNC_ONLINE),
  WISHES (YEJI_SYNC_ONLINE),

  { YEJI_SYNC_OFFLINE, YEJI_SYNC_EVENT_TIMER, YEJI_SYNC_RUNNING, YEJI_SYNC_DO_CYCLE },
  { YEJI_SYNC_OFFLINE, YEJI_SYNC_EVENT_WAKE, YEJI_SYNC_RUNNING, YEJI_SYNC_DO_CYCLE },
  { YEJI_SYNC_OFFLINE, YEJI_SYNC_EVENT_NOW, YEJI_SYNC_RUNNING, YEJI_SYNC_DO_CYCLE },
  WISHES (YEJI_SYNC_OFFLINE),

  /* What is queued here does not hurry a province that asked for patience; the user does. */
  { YEJI_SYNC_BUSY, YEJI_SYNC_EVENT_TIMER, YEJI_SYNC_RUNNING, YEJI_SYNC_DO_CYCLE },
  { YEJI_SYNC_BUSY, YEJI_SYNC_EVENT_NOW, YEJI_SYNC_RUNNING, YEJI_SYNC_DO_CYCLE },
  WISHES (YEJI_SYNC_BUSY),

  /* The keyring may have been locked: the account is read anew. */
  { YEJI_SYNC_TROUBLE, YEJI_SYNC_EVENT_TIMER, YEJI_SYNC_RUNNING, YEJI_SYNC_DO_OPEN },
  { YEJI_SYNC_TROUBLE, YEJI_SYNC_EVENT_WAKE, YEJI_SYNC_RUNNING, YEJI_SYNC_DO_OPEN },
  { YEJI_SYNC_TROUBLE, YEJI_SYNC_EVENT_NOW, YEJI_SYNC_RUNNING, YEJI_SYNC_DO_OPEN },
  WISHES (YEJI_SYNC_TROUBLE),

  { YEJI_SYNC_INCOMPATIBLE, YEJI_SYNC_EVENT_TIMER, YEJI_SYNC_RUNNING, YEJI_SYNC_DO_CYCLE },
  { YEJI_SYNC_INCOMPATIBLE, YEJI_SYNC_EVENT_NOW, YEJI_SYNC_RUNNING, YEJI_SYNC_DO_CYCLE },
  WISHES (YEJI_SYNC_INCOMPATIBLE),
};

const guint yeji_sync_n_rules = G_N_ELEMENTS (yeji_sync_rules);

/**
 * yeji_sync_state_find:
 *
 * Returns: (transfer none) (nullable): what becomes of @state; %NULL: @event is ignored in it
 */
const YejiSyncRule *
yeji_sync_state_find (YejiSyncState state,
                      YejiSyncEvent event)
{
  for (guint i = 0; i < yeji_sync_n_rules; i++)
    if (yeji_sync_rules[i].state == state && yeji_sync_rules[i].event == event)
      return &yeji_sync_rules[i];
  return NULL;
}

/**
 * yeji_sync_state_to_text:
 *
 * Returns: the state's name in profiles, in `yeji --json status` and in docs/sync.md
 */
const char *
yeji_sync_state_to_text (YejiSyncState state)
{
  g_return_val_if_fail (state < N_YEJI_SYNC_STATES, "");

  return states[state].name;
}

/**
 * yeji_sync_state_from_text:
 * @text: (nullable)
 * @state: (out): set on success only
 *
 * Returns: whether there is such a state
 */
gboolean
yeji_sync_state_from_text (const char    *text,
                           YejiSyncState *state)
{
  for (guint i = 0; i < N_YEJI_SYNC_STATES; i++)
    if (g_strcmp0 (text, states[i].name) == 0)
      {
        *state = (YejiSyncState) i;
        return TRUE;
      }
  return FALSE;
}

/**
 * yeji_sync_state_explain:
 *
 * Returns: what the state means, for docs/sync.md
 */
const char *
yeji_sync_state_explain (YejiSyncState state)
{
  g_return_val_if_fail (state < N_YEJI_SYNC_STATES, "");

  return states[state].meaning;
}

/**
 * yeji_sync_event_to_text:
 *
 * Returns: the event's name in docs/sync.md and in logs
 */
const char *
yeji_sync_event_to_text (YejiSyncEvent event)
{
  g_return_val_if_fail (event < N_YEJI_SYNC_EVENTS, "");

  return events[event].name;
}

/**
 * yeji_sync_event_explain:
 *
 * Returns: what the event means, for docs/sync.md
 */
const char *
yeji_sync_event_explain (YejiSyncEvent event)
{
  g_return_val_if_fail (event < N_YEJI_SYNC_EVENTS, "");

  return events[event].meaning;
}

/**
 * yeji_sync_action_to_text:
 *
 * Returns: the action's name in docs/sync.md
 */
const char *
yeji_sync_action_to_text (YejiSyncAction action)
{
  g_return_val_if_fail (action < N_YEJI_SYNC_ACTIONS, "");

  return actions[action].name;
}

/**
 * yeji_sync_action_explain:
 *
 * Returns: what the action does, for docs/sync.md
 */
const char *
yeji_sync_action_explain (YejiSyncAction action)
{
  g_return_val_if_fail (action < N_YEJI_SYNC_ACTIONS, "");

  return actions[action].meaning;
}
